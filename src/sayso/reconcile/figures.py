"""Which figures enter a toll, and what became of each: stands, superseded, withdrawn or denied.

A figure enters when it counts people of this incident (not of an older one, not of a period), when
it is said to be so, and when it is no part of another figure. Per voice the latest figure
supersedes the earlier ones. What a copy repeats is no second figure, but a copy that has another
one is an update. What the figures add up to is the business of `tallies`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from sayso.reconcile.copies import outlet
from sayso.reconcile.lineage import Voice, voices
from sayso.reconcile.order import Key, key, ordered
from sayso.records import COUNTED, Category, Claim, CopyGroup, Document, Kind

Status = Literal["stands", "superseded", "withdrawn", "denied"]

FULLER = 1.25
"""A copy is taken for an old edition when an earlier member of its group is so many times as long:
agencies lengthen a running story, outlets may print an early edition late."""

_SAID = ("asserted", "reported", "alleged")
_ABSENT = float("inf")


class Figure(NamedTuple):
    """What one document says, on one voice's word, about one kind and group of people."""

    document: Document
    claim: Claim
    voice: Voice
    copy: bool
    denial: bool

    @property
    def row(self) -> tuple[Kind, Category]:
        """The kind and the group: every toll counts one of each."""
        return self.claim.kind, group(self.claim)

    @property
    def low(self) -> int | None:
        """The least that is said, None when open."""
        return self.claim.count.low if self.claim.count else None

    @property
    def high(self) -> int | None:
        """The most that is said, None when open."""
        return self.claim.count.high if self.claim.count else None

    @property
    def span(self) -> tuple[float, float]:
        """Both bounds as numbers."""
        return (
            0 if self.low is None else self.low,
            _ABSENT if self.high is None else self.high,
        )

    @property
    def when(self) -> tuple[Key, int, str]:
        """Where it stands among all figures: by publication, then by place in the text."""
        return key(self.document), self.claim.evidence.start, self.claim.id


class LeftOut(NamedTuple):
    """How many claims of a row were not counted, and why."""

    background: int = 0
    parts: int = 0
    unsure: int = 0


class History(NamedTuple):
    """The figures of one kind and group, oldest first, and what became of each.

    `standing` are those that stand, one for each voice that was not taken back, oldest first.
    """

    figures: tuple[Figure, ...]
    status: tuple[Status, ...]
    standing: tuple[Figure, ...]
    left_out: LeftOut


def group(claim: Claim) -> Category:
    """The group of people that a claim counts."""
    return claim.who.category if claim.who else "unspecified"


def histories(
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    copy_groups: Sequence[CopyGroup] = (),
) -> dict[tuple[Kind, Category], History]:
    """The figures of one incident by kind and group of people, gravest kind first."""
    present = ordered(documents)
    counted = {d.id: _counted(claims.get(d.id, ())) for d in present}
    voice = voices(counted, present, copy_groups)
    rows: dict[tuple[Kind, Category], list[Figure]] = defaultdict(list)
    denials: list[Figure] = []
    for document in present:
        for claim in _main(counted[document.id], voice):
            denial = claim.modality == "denied"
            figure = Figure(document, claim, voice[claim.id], False, denial)
            (denials if denial else rows[figure.row]).append(figure)
    for denied in denials:
        for row in [row for row in rows if _meant(denied, row, rows[row])] or [denied.row]:
            rows[row].append(denied)
    left = _left_out(present, claims, counted)
    found = {}
    for row in sorted(rows, key=_gravest):
        figures = _copies(sorted(rows[row], key=lambda figure: figure.when), copy_groups)
        status, holding = _fates(figures)
        standing = tuple(figures[i] for i in sorted(holding))
        found[row] = History(tuple(figures), status, standing, left.get(row, LeftOut()))
    return found


def _gravest(row: tuple[Kind, Category]) -> tuple[int, bool, str]:
    """Sorts rows: the gravest kind first, people at large before any one group."""
    return COUNTED.index(row[0]), row[1] != "unspecified", row[1]


def _meant(denial: Figure, row: tuple[Kind, Category], said: Sequence[Figure]) -> bool:
    """Whether a denial speaks of that row: of its own group, or of any with its figure."""
    kind, who = denial.row
    if kind != row[0] or who not in (row[1], "unspecified"):
        return False
    return who == row[1] or any(denies(denial, figure.span) for figure in said)


def _counted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a document that may change a toll: current figures said to be so, and denials.

    A part of another figure enters only where it counts something else: the six children among
    the injured are a toll of children, the five critical in hospital a toll of the critical.
    """
    by_id = {claim.id: claim for claim in claims}
    found = []
    for claim in claims:
        if claim.kind not in COUNTED or claim.scope != "current":
            continue
        if claim.part_of is not None:
            whole = by_id.get(claim.part_of)
            if whole is None or (whole.kind, group(whole)) == (claim.kind, group(claim)):
                continue
        bounded = claim.count is not None and (claim.count.low, claim.count.high) != (None, None)
        if claim.modality == "denied" or (bounded and claim.modality in _SAID):
            found.append(claim)
    return found


def _main(claims: Sequence[Claim], voice: Mapping[str, Voice]) -> list[Claim]:
    """Per voice, kind and group the one figure that a document gives for the whole of it.

    That is the largest: smaller ones in the same text are parts that it does not mark as such. So
    is "the other four" beside a larger figure of the same kind, on whosever word.
    """
    best: dict[tuple[str, Kind, Category, bool], Claim] = {}
    largest: dict[Kind, int] = defaultdict(int)
    for claim in claims:
        if claim.count and claim.modality != "denied":
            largest[claim.kind] = max(largest[claim.kind], claim.count.low or 0)
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.id)):
        low = (claim.count.low or 0) if claim.count else 0
        if _rest(claim) and low < largest[claim.kind]:
            continue
        slot = (voice[claim.id].key, claim.kind, group(claim), claim.modality == "denied")
        held = best.get(slot)
        if held is None or _size(claim) > _size(held):
            best[slot] = claim
    return sorted(best.values(), key=lambda c: (c.evidence.start, c.id))


def _rest(claim: Claim) -> bool:
    """Whether a claim counts those that another figure leaves: "the other four", "20 others"."""
    if claim.count is None:
        return False
    told = f"{claim.who.text if claim.who else ''} {claim.count.text}"
    number = re.escape(claim.count.text)
    beside = rf"\b(?:other|another|remaining)\s+{number}\b|\b{number}\s+(?:others?|more)\b"
    return bool(
        re.search(r"\b(?:others?|another|remaining)\b", told, re.IGNORECASE)
        or re.search(beside, claim.evidence.text, re.IGNORECASE)
    )


def _size(claim: Claim) -> tuple[float, float]:
    count = claim.count
    if count is None:
        return -1, -1
    return count.low or 0, _ABSENT if count.high is None else count.high


def _copies(figures: Sequence[Figure], copy_groups: Sequence[CopyGroup]) -> list[Figure]:
    """The figures, those marked that a copy repeats from an older print of the same text."""
    text_of = {document: i for i, g in enumerate(copy_groups) for document in g.documents}
    earlier: dict[tuple[int, str, bool], list[Figure]] = defaultdict(list)
    found = []
    for figure in figures:
        if (text := text_of.get(figure.document.id)) is not None:
            before = earlier[text, figure.voice.key, figure.denial]
            older = [f for f in before if f.document.id != figure.document.id]
            if any(f.span == figure.span or _old_edition(figure, f) for f in older):
                figure = figure._replace(copy=True)
            before.append(figure)
        found.append(figure)
    return found


def _old_edition(figure: Figure, older: Figure) -> bool:
    """Whether another outlet's later print is so much shorter that it is an early edition."""
    shorter = len(figure.document.text) * FULLER < len(older.document.text)
    return shorter and outlet(figure.document) != outlet(older.document)


def _fates(figures: Sequence[Figure]) -> tuple[tuple[Status, ...], list[int]]:
    """What became of each figure, oldest first, and which of them each voice stands by in the end.

    A voice's next figure supersedes its last one; one that is lower throughout, or a denial,
    withdraws it. A figure that is only vaguer ("dozens" after "31") changes nothing.
    """
    fate: list[Status] = []
    holds: dict[str, dict[str, int]] = defaultdict(dict)
    for i, figure in enumerate(figures):
        line = holds[figure.voice.line]
        own = line.get(figure.voice.key)
        said = figures[own].span if own is not None else None
        low, high = figure.span
        fate.append("denied" if figure.denial else "stands")
        if figure.denial:
            if not figure.copy and said and denies(figure, said):
                _end(figures, fate, figure.voice.key, "withdrawn")
                del line[figure.voice.key]
        elif figure.copy:
            if said != figure.span:
                fate[i] = "superseded"
        elif said and said != figure.span and low <= said[0] and said[1] <= high:
            continue
        else:
            for key, held in list(line.items()):
                before = figures[held].span
                if before != figure.span:
                    lowered = key == figure.voice.key and high < before[0]
                    _end(figures[:i], fate, key, "withdrawn" if lowered else "superseded")
                    del line[key]
            line[figure.voice.key] = i
    return tuple(fate), [i for line in holds.values() for i in line.values()]


def denies(denial: Figure, said: tuple[float, float]) -> bool:
    """Whether a denial speaks of what was said: it names no figure, nobody, or one that agrees."""
    low, high = denial.span
    return high == 0 or (low <= said[1] and said[0] <= high)


def _end(figures: Sequence[Figure], fate: list[Status], voice: str, status: Status) -> None:
    """Mark what a voice had said as no longer standing."""
    for i, figure in enumerate(figures[: len(fate)]):
        if figure.voice.key == voice and fate[i] == "stands":
            fate[i] = status


def _left_out(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    counted: Mapping[str, Sequence[Claim]],
) -> dict[tuple[Kind, Category], LeftOut]:
    """How many figures of each kind and group were not counted, and why."""
    found: dict[tuple[Kind, Category], LeftOut] = {}
    for document in documents:
        enters = {claim.id for claim in counted[document.id]}
        for claim in claims.get(document.id, ()):
            if claim.kind not in COUNTED or claim.count is None or claim.id in enters:
                continue
            row = claim.kind, group(claim)
            old = found.get(row, LeftOut())
            if claim.scope != "current":
                found[row] = old._replace(background=old.background + 1)
            elif claim.part_of is not None:
                found[row] = old._replace(parts=old.parts + 1)
            else:
                found[row] = old._replace(unsure=old.unsure + 1)
    return found
