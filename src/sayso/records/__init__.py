"""Every kind of record that Sayso keeps, and nothing that works on them.

The JSON that Sayso writes is these records encoded as they are: there is no second format. All are
frozen and reject unknown fields. Offsets count Unicode characters of the document's text; dates are
ISO 8601; `None` in a bound of a count or a time means "open on that side".
"""

# In the order in which the data flow, as the reference page has them.
# ruff: noqa: I001

from sayso.records.base import Record
from sayso.records.documents import (
    KEPT_HEADERS,
    Block,
    BlockKind,
    Capture,
    Document,
    Heading,
    Problem,
    Span,
)
from sayso.records.imprints import (
    FORM,
    Calls,
    Imprint,
    Imprinted,
    Parts,
    Sentences,
    Sequences,
)
from sayso.records.claims import (
    COUNTED,
    HARMS,
    LEAD,
    MAIN,
    MOST_CLAIMS,
    MOST_PEOPLE,
    Attribution,
    Basis,
    Category,
    Change,
    Claim,
    Corroboration,
    Count,
    Event,
    Evidence,
    Kind,
    Manner,
    Modality,
    Party,
    Person,
    Place,
    PlaceMention,
    Reading,
    Relation,
    Role,
    RunnerUp,
    Said,
    Scope,
    Sex,
    Source,
    SourceKind,
    Spot,
    TimeMention,
    Unit,
    When,
    is_narrow,
    is_numbered,
    of_any_text,
    printed,
)
from sayso.records.incidents import (
    Bounds,
    CopyGroup,
    CurvePoint,
    Dossier,
    Gathering,
    Incident,
    Link,
    Origin,
    Part,
    Proposed,
    Remark,
    Signed,
    Toll,
    Victim,
    Voice,
    as_signed,
)
from sayso.records.decisions import (
    CLEARED,
    CORRECTED,
    JUDGED,
    MENDED,
    MENDED_OF_INCIDENTS,
    OF_DOSSIERS,
    OF_SOURCES,
    Correction,
    Judgement,
    OfDossiers,
    OfOne,
    OfSources,
    Standing,
    Verdict,
    is_by_hand,
)
from sayso.records.log import (
    Alert,
    ClaimChange,
    Entry,
    EntryKind,
    Redaction,
    TollChange,
    Unsettled,
)

__all__ = [
    "CLEARED", "CORRECTED", "COUNTED", "FORM", "HARMS", "JUDGED", "KEPT_HEADERS", "LEAD", "MAIN",
    "MENDED", "MENDED_OF_INCIDENTS", "MOST_CLAIMS", "MOST_PEOPLE", "OF_DOSSIERS", "OF_SOURCES",
    "Alert", "Attribution", "Basis", "Block", "BlockKind", "Bounds", "Calls", "Capture", "Category",
    "Change", "Claim", "ClaimChange", "CopyGroup", "Correction", "Corroboration", "Count",
    "CurvePoint", "Document", "Dossier", "Entry", "EntryKind", "Event", "Evidence", "Gathering",
    "Heading", "Imprint", "Imprinted", "Incident", "Judgement", "Kind", "Link", "Manner",
    "Modality", "OfDossiers", "OfOne", "OfSources", "Origin", "Part", "Parts", "Party", "Person",
    "Place", "PlaceMention", "Problem", "Proposed", "Reading", "Record", "Redaction", "Relation",
    "Remark", "Role", "RunnerUp", "Said", "Scope", "Sentences", "Sequences", "Sex", "Signed",
    "Source", "SourceKind", "Span", "Spot", "Standing", "TimeMention", "Toll", "TollChange", "Unit",
    "Unsettled", "Verdict", "Victim", "Voice", "When", "as_signed", "is_by_hand", "is_narrow",
    "is_numbered", "of_any_text", "printed",
]  # fmt: skip
