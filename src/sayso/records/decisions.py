"""What people decide, and what a claim is by it."""

from __future__ import annotations

from typing import Literal, get_args

from sayso.records.base import Record
from sayso.records.claims import (
    Claim,
    Count,
    Event,
    Kind,
    Modality,
    Party,
    Person,
    Place,
    Scope,
    Source,
    SourceKind,
    When,
)
from sayso.records.incidents import Signed

OfSources = Literal["same_source", "other_source"]
OF_SOURCES = get_args(OfSources)
OfOne = Literal[
    "source_kind",
    "accept",
    "reject",
    "unsure",
    "correct",
    "reject_text",
    "claim",
    "mend",
    "mend_incident",
]
OfDossiers = Literal["status", "sign", "owner", "tag", "untag", "note", "grade", "embed"]
OF_DOSSIERS = get_args(OfDossiers)
Verdict = OfOne | OfSources | OfDossiers | Literal["same", "different", "undo"]


class Correction(Record, frozen=True, kw_only=True):
    """What a person puts in place of what was read in a claim (`CORRECTED`), of what a document
    came with (`MENDED`) or of what its documents tell of an incident (`MENDED_OF_INCIDENTS`);
    `None` leaves the field as it is. `cleared` are the fields of a claim (`CLEARED`) that are to
    say nothing. `source_kind` is of the name of a source, `remark` is what a person notes of an
    incident, `ours` whether it is one for this record at all."""

    kind: Kind | None = None
    event: Event | None = None
    count: Count | None = None
    who: Party | None = None
    by: Party | None = None
    to: Party | None = None
    where: Place | None = None
    when: When | None = None
    scope: Scope | None = None
    modality: Modality | None = None
    sources: tuple[Source, ...] | None = None
    people: tuple[Person, ...] | None = None
    source_kind: SourceKind | None = None
    part_of: str | None = None
    cleared: tuple[str, ...] = ()
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    language: str | None = None
    type: str | None = None
    remark: str | None = None
    ours: bool | None = None


CORRECTED = (
    "kind", "event", "count", "who", "by", "to", "where", "when", "scope", "modality", "sources",
    "part_of", "people",
)  # fmt: skip
"""What people can put in place of what was read in a claim, of the fields of `Correction`."""

CLEARED = ("event", "count", "who", "by", "to", "where", "when", "sources", "part_of", "people")
"""Of these, what a claim may also say nothing of."""

MENDED = ("published", "outlet", "title", "language")
"""What people can put in place of what a document came with, of the fields of `Correction`."""

MENDED_OF_INCIDENTS = ("title", "type", "where", "when", "remark", "ours")
"""The same of an incident."""


class Judgement(Record, frozen=True, kw_only=True):
    """What a person decided; it is never changed, only followed by another.

    `accept`, `reject`, `unsure` and `correct` are about claim `a`, `reject_text` about all that
    document `a` says, and its copies, of which `copies` were known then; `claim` makes `made`, a
    claim of document `a` that no reader found; `mend` is about document `a`, `mend_incident` about
    the incident that document `a` leads with or claim `a` is of, as are `status`, `owner`, `tag`,
    `untag`, `note`, `grade` and `embed`, which put `value` in its dossier, None taking out what is
    there, and `sign`, which gives it a status with which it stands as `signed`; `same` and
    `different` say of two claims or documents that they are of one incident, or not, `same_source`
    and `other_source` of two names of sources or outlets, `source_kind` what kind of source the one
    named `a` is; `undo` takes judgement `a` back.
    `seen` is the `fingerprint` of the claim as it was read when it was judged. `at` is when, in
    UTC: of two that contradict each other the later holds. `settles` are the judgements, of people
    who differ, between which it was meant to decide.
    """

    id: str
    verdict: Verdict
    a: str
    b: str | None = None
    correction: Correction | None = None
    made: Claim | None = None
    copies: tuple[str, ...] = ()
    seen: str | None = None
    by: str | None = None
    at: str | None = None
    note: str | None = None
    value: str | None = None
    signed: Signed | None = None
    settles: tuple[str, ...] = ()


JUDGED = "judged"
"""What `Claim.because` says of a field that a person corrected."""


def is_by_hand(claim: Claim) -> bool:
    """Whether a person made the claim, by choosing its words."""
    return claim.because.get("evidence") == JUDGED


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
