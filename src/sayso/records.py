"""Every kind of record that Sayso keeps, and nothing that works on them.

The JSON that Sayso writes is these records encoded as they are: there is no second format. All are
frozen and reject unknown fields. Offsets count Unicode characters of the document's text; dates are
ISO 8601; `None` in a bound of a count or a time means "open on that side".
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

Kind = Literal[
    "killed", "dead_or_missing", "casualties", "injured", "critical", "hospitalised", "missing",
    "trapped", "abducted", "detained", "displaced", "rescued", "returned", "participants",
    "deployed", "event",
]  # fmt: skip
Category = Literal[
    "civilians", "protesters", "security_forces", "military", "attackers", "militants",
    "suspects", "children", "women", "journalists", "medics", "officials", "foreigners",
    "unspecified",
]  # fmt: skip
SourceKind = Literal[
    "official", "security_forces", "military", "hospital", "court", "foreign_government",
    "international_body", "opposition", "armed_group", "ngo", "witness", "relative", "expert",
    "media", "news_agency", "company", "document", "anonymous",
]  # fmt: skip
Role = Literal["origin", "relay"]
Scope = Literal["current", "background", "period"]
Modality = Literal[
    "asserted", "reported", "alleged", "denied", "threatened", "planned", "hypothetical"
]
Basis = Literal["stated", "inherited", "outlet"]

HARMS: tuple[Kind, ...] = (
    "killed", "dead_or_missing", "casualties", "injured", "critical", "hospitalised", "missing",
    "trapped", "abducted", "detained", "displaced",
)  # fmt: skip
"""The kinds that count people to whom something was done, gravest first."""

COUNTED: tuple[Kind, ...] = (*HARMS, "rescued", "returned", "participants", "deployed")
"""Every kind that carries a figure."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What all records share: immutable, keyword-only, strict when decoded.

    Records are trees, so that counting references frees them: `gc=False` spares the collector
    walking a hundred thousand of them again and again."""


class Document(Record, frozen=True, kw_only=True):
    """One article as an outlet published it.

    `updated` is when it says that it was last changed, `byline` who wrote it, `captions` stand
    under its pictures, not in `text`, `mended` are those fields (`MENDED`) that a person put."""

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    updated: str | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


class Heading(Record, frozen=True, kw_only=True):
    """A document without its text, as a reading carries it."""

    id: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    mended: tuple[str, ...] = ()


class Problem(Record, frozen=True, kw_only=True):
    """Something that could not be read: which input, and why, in words."""

    input: str
    message: str


class Evidence(Record, frozen=True, kw_only=True):
    """The exact span that states a claim: `text == document.text[start:end]`, always."""

    start: int
    end: int
    text: str


MOST_PEOPLE = 10_000_000_000
"""A number above this is no count of people: 8.2 billion are alive, and the United Nations expect
some 10.3 billion at most (World Population Prospects 2024)."""

MOST_CLAIMS = 10_000
"""Of one reading."""

MAIN = "p0"
"""The episode that a document is about."""

LEAD = 500
"""Characters at the beginning of a text in which a report says what it is about."""

_Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]  # what a database can hold


class Count(Record, frozen=True, kw_only=True):
    """How many, in the author's words (`text`) and as honest bounds."""

    low: _Number | None
    high: _Number | None
    text: str


class Party(Record, frozen=True, kw_only=True):
    """A group of people or a body: as the text names it, and its category."""

    text: str
    category: Category


class Source(Record, frozen=True, kw_only=True):
    """One link of a chain of say-so."""

    text: str
    kind: SourceKind
    role: Role


class RunnerUp(Record, frozen=True, kw_only=True):
    """The other place that a name may well mean.

    `lead` says by how much it was passed over: at 0.0 nothing in the text told for either, at 1.0
    the one chosen is ten times as large, or as much nearer to the places around it."""

    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    lead: float


class Spot(Record, frozen=True, kw_only=True):
    """Where a name is: as the gazetteer has it; `lat` null = recognised, not placed.

    `precision` is `point`, `city`, `region`, `country` or `area`, or `near`: beside what is named.
    A name that the gazetteer lacks has the point of the nearest place that it lies in, whose kind
    `precision` says, and no `name`. `uncertainty_km` is how far from that point it may be, roughly.
    `chain` are the places that it lies in as the text names them, itself first, then ever wider;
    `admin1` to `admin3` the names of its divisions, from the province down, and `admin1_code` and
    `admin2_code` their codes as GeoNames has them ("AF.11", "AF.11.2012"). `runner_up` is what else
    the name may mean, where that is in doubt."""

    name: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    precision: str | None = None
    uncertainty_km: int | None = None
    chain: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    admin1_code: str | None = None
    admin2_code: str | None = None
    runner_up: RunnerUp | None = None


class Place(Spot, frozen=True, kw_only=True):
    """A place as named (`text`: "Karsa district, Helm province") and where it is.

    `basis` says how a claim came by it: `sentence`, `reference` ("the city"), `sayer`, `neighbour`,
    `dateline` or `story`."""

    text: str
    basis: str | None = None


def printed(place: Place) -> str:
    """The place's own name as the text has it, without what it lies in."""
    return place.chain[0] if place.chain else place.text


def is_narrow(place: Place) -> bool:
    """Whether it is a town or less, be it one that only lies somewhere in the region told."""
    contained = place.name is None and bool(place.chain)
    return contained or place.precision in ("point", "city", "near", None)


class When(Record, frozen=True, kw_only=True):
    """A span of time, both ends included, None = open; the days are those of the place.

    `basis` says how a claim came by it: `sentence`, `dateline`, `neighbour` (the day that the story
    is at) or `saying` (the day of what was going on as it was said, or by which it had happened).
    """

    text: str
    start: str | None = None
    end: str | None = None
    basis: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """A PLOVER event type and, where the text shows it, its mode."""

    type: str
    mode: str | None = None


class Change(Record, frozen=True, kw_only=True):
    """What a figure's own words say that it is to figures told before.

    `how`: `added` counts people beside those ("two more died"), `rest` whom a figure beside it
    leaves ("the other four") or who go free, `total` all so far ("bringing the toll to nine"),
    `revised` puts an earlier one right ("down to 41 from 49"), and `earlier` was said before ("had
    earlier put the toll at nine"). `was` is that earlier figure; `of` the kind under which the
    people were counted till now ("died of his wounds": injured); `why` whether the text gives a
    reason for revising."""

    how: Literal["added", "rest", "total", "revised", "earlier"]
    was: Count | None = None
    of: Kind | None = None
    why: bool = False


class Said(Record, frozen=True, kw_only=True):
    """How another sentence says a thing; no `sources`: the outlet does, or nobody is named."""

    evidence: Evidence
    modality: Modality
    sources: tuple[Source, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """One figure or event that a document states or relays, with its evidence and its say-so.

    `id` hashes the document's id, the evidence span, the kind and the figure or event, so that a
    later reading which finds the same claim gives it the same id. `count` is None for events;
    people in the plural without a number ("killed farmers") are two or more (`is_numbered`).
    `by_said` is given where `by` stands in another sentence, which may accuse (`alleged`) or have
    it from somebody, though the harm itself is certain. `cues` are the offsets of the words of
    saying behind `sources` ("said", "according to"), in text order.
    `episode` is what it tells of within its document: `p0` is what the document is about.
    `because` names the rule that made each field, by its id in the register (`sayso explain`)."""

    id: str
    kind: Kind
    event: Event | None = None
    count: Count | None = None
    who: Party | None = None
    by: Party | None = None
    by_said: Said | None = None
    to: Party | None = None
    where: Place | None = None
    when: When | None = None
    scope: Scope = "current"
    modality: Modality = "asserted"
    sources: tuple[Source, ...] = ()
    basis: Basis = "outlet"
    cues: tuple[tuple[int, int], ...] = ()
    part_of: str | None = None
    episode: str = MAIN
    change: Change | None = None
    because: dict[str, str] = {}
    evidence: Evidence


def is_numbered(claim: Claim) -> bool:
    """Whether the text gives a number: that "others were wounded" is two or more is grammar, and no
    figure that a toll may rest on."""
    return claim.count is not None and claim.because.get("count") != "number.not-given"


class Attribution(Record, frozen=True, kw_only=True):
    """An outermost "who says what": spans of source, cue and content; `None` = not stated."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]


class PlaceMention(Spot, frozen=True, kw_only=True):
    """A place name found in the text, and where it is."""

    start: int
    end: int
    text: str


class TimeMention(Record, frozen=True, kw_only=True):
    """A time expression in the text: first and last day, and TIMEX3's value and mod ("START", "MID"
    or "END" of the period) where it has them."""

    start: int
    end: int
    text: str
    first: str | None = msgspec.field(name="from", default=None)
    last: str | None = msgspec.field(name="to", default=None)
    value: str | None = None
    mod: str | None = None


class Reading(Record, frozen=True, kw_only=True):
    """Everything that one document says: what `sayso read` writes, one line per document.

    `reader` is who read it: the version of Sayso, the engine, and what of the text was parsed."""

    document: Heading
    reader: str = ""
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    problems: tuple[str, ...] = ()


class CopyGroup(Record, frozen=True, kw_only=True):
    """Documents that are one text, oldest first, and the agency they name, if any."""

    documents: tuple[str, ...]
    wire: str | None = None


class Origin(Record, frozen=True, kw_only=True):
    """An independent voice behind a toll, and the claims that rest on it."""

    name: str
    kind: SourceKind | None
    claims: tuple[str, ...]


class Voice(Record, frozen=True, kw_only=True):
    """Whose word a claim is: a key that is equal for the same voice, its name, and its kind.

    `line` is what the voice's next figure supersedes: its own last one, or, for a crowd that is not
    named ("relatives"), the last one of any such crowd."""

    key: str
    name: str
    kind: SourceKind | None
    line: str


class Bounds(Record, frozen=True, kw_only=True):
    """The least and the most, `None` = open."""

    low: int | None
    high: int | None


Relation = Literal[
    "repeated", "raised", "lowered", "corrected", "added", "part_of", "denied", "withdrawn",
    "contradicted", "other_scope",
]  # fmt: skip
Corroboration = Literal["single", "corroborated", "contested", "confirmed"]


class Link(Record, frozen=True, kw_only=True):
    """What claim `claim` did to the earlier claim `of`.

    `repeated`: it gives the same figure; `raised` and `lowered`: it counts more, or less, later;
    `corrected`: and says that it was wrong; `added`: it counts people beside those;
    `part_of`: it counts some of those; `withdrawn`: it takes its figure back; `denied`: another
    voice denies it; `contradicted`: another voice's figure cannot be true beside it; `other_scope`:
    it counts another stretch of land or an older event, and so says nothing against it.
    """

    claim: str
    relation: Relation
    of: str


class Toll(Record, frozen=True, kw_only=True):
    """Low - best - high for one kind and group of one incident, as of a moment.

    `copies` counts documents that repeat a text already counted. `withdrawn` are claims that their
    own origin took back or replaced with a lower figure; `disputed` are the pairs of claims that
    stand and cannot both be true. `links` tie each figure to those before it, claim to claim.
    `corroboration` is how well `best` is borne out, None where there is none: by a `single` origin,
    `corroborated` by two or more independent ones, `confirmed` where one of these counted, or
    `contested`. `because` says who set `best` and by what, how it is borne out, whose word set
    nothing since it is that of a side, and what was left out.
    """

    kind: Kind
    who: Category
    low: int | None
    best: int | None
    high: int | None
    origins: tuple[Origin, ...]
    copies: int
    withdrawn: tuple[str, ...]
    disputed: tuple[tuple[str, ...], ...]
    because: str
    links: tuple[Link, ...] = ()
    corroboration: Corroboration | None = None


class CurvePoint(Record, frozen=True, kw_only=True):
    """What became known when document `doc` was published at `at`."""

    at: str | None
    doc: str
    kind: Kind
    who: Category
    low: int | None
    high: int | None
    sources: tuple[str, ...]
    claim: str
    status: Literal["stands", "superseded", "withdrawn", "denied"]


class Incident(Record, frozen=True, kw_only=True):
    """What claims from many documents are about; derived, and always rebuildable.

    `aside` are those of its `documents` that lead with another event and tell of this one besides,
    `mended` those of its fields (`MENDED_OF_INCIDENTS`) that are as a person put them.
    """

    id: str
    title: str
    type: str | None
    where: Place | None
    when: When | None
    documents: tuple[str, ...]
    copy_groups: tuple[tuple[str, ...], ...]
    tolls: tuple[Toll, ...]
    curve: tuple[CurvePoint, ...]
    final: dict[str, Bounds]
    claims: tuple[str, ...]
    aside: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


class Part(Record, frozen=True, kw_only=True):
    """What one document tells of an incident: in which claims, and whether beside another event."""

    document: str
    claims: tuple[str, ...]
    aside: bool = False


class Gathering(Record, frozen=True, kw_only=True):
    """What an incident is made from: its documents, oldest first, each with those of its claims
    that are about it; `families` are the documents that are one text, copies and versions."""

    parts: tuple[Part, ...]
    families: tuple[tuple[str, ...], ...]


OfSources = Literal["same_source", "other_source"]
OF_SOURCES = get_args(OfSources)
OfOne = Literal["accept", "reject", "unsure", "correct", "mend", "mend_incident"]
Verdict = OfOne | OfSources | Literal["same", "different", "undo"]


class Correction(Record, frozen=True, kw_only=True):
    """What a person puts in place of what was read in a claim, of what a document came with
    (`MENDED`) or of what its documents tell of an incident (`MENDED_OF_INCIDENTS`); `None` leaves
    the field as it is."""

    count: Count | None = None
    who: Party | None = None
    where: Place | None = None
    when: When | None = None
    sources: tuple[Source, ...] | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    language: str | None = None
    type: str | None = None


MENDED = ("published", "outlet", "title", "language")
"""What people can put in place of what a document came with, of the fields of `Correction`."""

MENDED_OF_INCIDENTS = ("title", "type", "where", "when")
"""The same of an incident."""


class Judgement(Record, frozen=True, kw_only=True):
    """What a person decided; it is never changed, only followed by another.

    `accept`, `reject`, `unsure` and `correct` are about claim `a`, `mend` about document `a`,
    `mend_incident` about the incident that document `a` leads with or claim `a` is of; `same` and
    `different` say of two claims or documents that they are of one incident, or not, `same_source`
    and `other_source` of two names of sources; `undo` takes judgement `a` back.
    `seen` is the `fingerprint` of the claim as it was read when it was judged. `at` is when, in
    UTC: of two that contradict each other the later holds.
    """

    id: str
    verdict: Verdict
    a: str
    b: str | None = None
    correction: Correction | None = None
    seen: str | None = None
    by: str | None = None
    at: str | None = None
    note: str | None = None


JUDGED = "judged"
"""What `Claim.because` says of a field that a person corrected."""


class Standing(Record, frozen=True, kw_only=True):
    """A claim as people judged it.

    `claim` is as corrected, `verdict` the last of accept, reject and unsure, and `judgements` all
    that hold, oldest first. `look_again` says that the last of them was made when the claim read
    otherwise than it does now.
    """

    claim: Claim
    verdict: Literal["accept", "reject", "unsure"] | None
    corrected: bool
    look_again: bool
    judgements: tuple[Judgement, ...]


class Redaction(Record, frozen=True, kw_only=True):
    """That a document, with all that was read in it, is not to be shown or counted any more."""

    document: str
    by: str | None = None
    note: str | None = None


EntryKind = Literal["document", "reading", "problem", "judgement", "redaction", "import"]


class Entry(Record, frozen=True, kw_only=True):
    """One line of the ledger's log.

    `record` is the JSON of what was entered and `subject` the id of what it is about; `at` is when,
    in UTC, later than all before it. `hash` is the SHA-256 of the hash before it and of all else
    here, so that nothing before it can be changed without being noticed.
    """

    seq: int
    at: str
    kind: EntryKind
    subject: str
    record: str
    hash: str


class TollChange(Record, frozen=True, kw_only=True):
    """A line of the log, and a toll of one incident that it changed; `None` where there was none,
    or there is none any more; both where the line is a `mend_incident`, which changes no toll."""

    entry: Entry
    before: Toll | None
    after: Toll | None


class ClaimChange(Record, frozen=True, kw_only=True):
    """A line of the log, and what it made of a claim: a reading found it, found it otherwise or
    found it no more; or a person judged it, and then both are the same."""

    entry: Entry
    before: Claim | None
    after: Claim | None


class Unsettled(Record, frozen=True, kw_only=True):
    """A judgement that needs another look: the claim as it `was` read when it was judged, or last
    before it was found no more, and as it reads `now`; `None` where it is gone. `instead` is what
    is read there now in its place."""

    judgement: Judgement
    document: Heading
    was: Claim | None
    now: Claim | None
    instead: Claim | None


KEPT_HEADERS = ("content-type", "date", "etag", "last-modified", "server")
"""What is kept of the headers of a page: what it is, and what tells one version from another."""


class Capture(Record, frozen=True, kw_only=True):
    """A document and the bytes that it was read from, None where they are not to be kept; where
    they were fetched, when (UTC), and what the server said of them (`KEPT_HEADERS`)."""

    document: Document
    raw: bytes | None
    retrieved: str | None = None
    headers: dict[str, str] = {}
