"""What documents tell of together: incidents, their tolls and who stands behind them."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from sayso.records.base import Record
from sayso.records.claims import (
    Category,
    Corroboration,
    Kind,
    Manner,
    Place,
    Relation,
    Sex,
    SourceKind,
    Unit,
    When,
)


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
    nothing since it is that of a side, and what was left out. All that stands counts in one `unit`;
    `manner` is what became of homes, None of people.
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
    unit: Unit = "people"
    manner: Manner | None = None


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


class Victim(Record, frozen=True, kw_only=True):
    """One of the people of an incident whom texts name, under the fullest name they print.

    `fate` is the last that is told of them: of one who was missing and is found dead, `killed`.
    `status` is whether that `stands`, was `withdrawn` by those who said it, is `denied`, or said by
    some and denied by others (`disputed`). `claims` are those that name them, oldest first."""

    name: str
    age: int | None = None
    sex: Sex | None = None
    relation: str | None = None
    role: str | None = None
    fate: Kind
    status: Literal["stands", "withdrawn", "denied", "disputed"] = "stands"
    claims: tuple[str, ...]


class Signed(Record, frozen=True, kw_only=True):
    """An incident as it was signed off: what its documents told as of line `line` of the log.

    `by` is who signed it and `at` when; `tolls` are without their links. What came later changes
    nothing of it until it is signed again.
    """

    line: int
    by: str | None = None
    at: str | None = None
    title: str
    type: str | None
    where: Place | None
    when: When | None
    documents: tuple[str, ...]
    tolls: tuple[Toll, ...]
    final: dict[str, Bounds]
    mended: tuple[str, ...] = ()


class Proposed(Record, frozen=True, kw_only=True):
    """What is known of an incident otherwise than it was signed off; None where that is the same.

    So many `figures` came in documents that were not there; the documents in `gone` are no more
    its own, and those in `joined` were another's then (told where incidents are recalled). `tolls`
    are those that are otherwise, bare of whose word they are; of one that is there no more all
    three figures are None.
    """

    figures: int
    title: str | None = None
    type: str | None = None
    where: Place | None = None
    when: When | None = None
    tolls: tuple[Toll, ...] = ()
    gone: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


class Remark(Record, frozen=True, kw_only=True):
    """What a person noted on an incident, and the id of the judgement by which they did."""

    text: str
    by: str | None
    at: str | None
    judgement: str


class Dossier(Record, frozen=True, kw_only=True):
    """What people keep of an incident beside what its documents tell of it.

    `status` is None before anybody set one; `grade` is how well a person holds it to be borne out;
    its pieces for pages of others are `public` where an editor said so.
    `signed` is the version that was signed off, while its status is one that freezes, and
    `proposed` what is otherwise since.
    """

    status: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()
    grade: Corroboration | None = None
    signed: Signed | None = None
    proposed: Proposed | None = None
    public: bool = False


class Incident(Record, frozen=True, kw_only=True):
    """What claims from many documents are about; derived, and always rebuildable.

    `people` are those harmed whom its claims name, each once.
    `aside` are those of its `documents` that lead with another event and tell of this one besides,
    `mended` those of its fields (`MENDED_OF_INCIDENTS`) that are as a person put them, of which
    `remark` is what people noted of it, `dossier` what else people say of it, None where nobody
    said anything. One that is not `ours` was set aside: it is no incident for this record, and is
    left out of lists, reports and files.
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
    people: tuple[Victim, ...] = ()
    aside: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    remark: str | None = None
    ours: bool = True
    dossier: Dossier | None = None

    @property
    def signed(self) -> Signed | None:
        """The version of it that was signed off, where one is in force."""
        return self.dossier.signed if self.dossier else None

    @property
    def origins(self) -> int:
        """How many independent voices stand behind its tolls."""
        return len({origin.name for toll in self.tolls for origin in toll.origins})

    @property
    def texts(self) -> int:
        """How many different texts it rests on, every copy group counted once."""
        member = set(self.documents)
        groups = [member.intersection(group) for group in self.copy_groups]
        return len(member) - sum(len(group) - 1 for group in groups if group)

    @property
    def differs(self) -> bool:
        """Whether any of its tolls rests on accounts that cannot all be true."""
        return any(toll.disputed for toll in self.tolls)

    @property
    def dead(self) -> int | None:
        """How many were killed at the best figure; None where none tells."""
        told = self.final.get("killed")
        return None if told is None else told.low


def as_signed(incident: Incident) -> Incident:
    """The incident as it was signed off, of the documents that it had then; as it is, where no
    version was."""
    signed = incident.signed
    if signed is None:
        return incident
    there = set(signed.documents)
    return replace(
        incident,
        title=signed.title,
        type=signed.type,
        where=signed.where,
        when=signed.when,
        mended=signed.mended,
        tolls=signed.tolls,
        final=signed.final,
        documents=tuple(id for id in incident.documents if id in there),
        curve=tuple(point for point in incident.curve if point.doc in there),
    )


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
