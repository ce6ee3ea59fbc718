"""One incident laid out for the eye: its texts, its toll rows, and its accounts that differ.

The terminal, the report and the Markdown all show these values, so that none of them can tell a
different story. Everything here is looked up in the records or counted from them; no figure is
made, and no account is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.publish import wording
from sayso.records import (
    COUNTED,
    Claim,
    Document,
    Incident,
    SourceKind,
    Standing,
    Toll,
    of_any_text,
)
from sayso.records import Voice as Speaker


@dataclass(frozen=True, slots=True)
class Line:
    """A claim with the document that prints it, and how people judged it, if they did."""

    claim: Claim
    document: Document
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin behind a toll, and its claims that stand, oldest first."""

    name: str
    kind: SourceKind | None
    lines: tuple[Line, ...]

    @property
    def latest(self) -> Line | None:
        """Its last word."""
        return self.lines[-1] if self.lines else None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the toll board: a toll with the voices behind it."""

    toll: Toll
    voices: tuple[Voice, ...]

    @property
    def latest(self) -> Line | None:
        """The youngest claim that stands behind this toll."""
        last = [voice.latest for voice in self.voices if voice.latest is not None]
        return max(last, key=lambda line: wording.age(line.document.published), default=None)


@dataclass(frozen=True, slots=True)
class Difference:
    """Accounts that cannot all be true, side by side, each with its claims, oldest first.

    `reason` is "contradicted", "withdrawn" or "denied"; of a withdrawn or denied figure the first
    account is what was said and the second what was said against it, where the record has both.
    """

    kind: str
    who: str
    reason: str
    accounts: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Documents that are one text: the first that printed it, the others, and its claims."""

    document: Document
    copies: tuple[Document, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """An incident with its documents and claims at hand.

    `speakers` tells by a claim's id whose word it is, under one name for all texts; `rejected` are
    the claims of its documents that people rejected, which count for nothing.
    """

    incident: Incident
    documents: tuple[Document, ...]
    lines: Mapping[str, Line]
    texts: tuple[Text, ...]
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    speakers: Mapping[str, Speaker]
    rejected: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenes:
    """An incident with the boards of its scenes, by day and place; `total` is of what its texts
    count over several of them."""

    whole: Board
    each: tuple[Board, ...]
    total: Board | None = None


def board(
    incident: Incident,
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    speakers: Mapping[str, Speaker],
    standings: Mapping[str, Standing] | None = None,
) -> Board:
    """The incident laid out: its documents oldest first, its texts, toll rows and differences.

    `claims` holds the claims of each document by the document's id, `speakers` whose word each
    figure is and `standings` how people judged claims, both by the claim's id. Documents and claims
    that the incident does not name are left aside; what it names and nobody gave is left out.
    """
    member = set(incident.documents)
    wanted = set(incident.claims)
    held = sorted(
        (document for document in documents if document.id in member),
        key=lambda document: (*wording.age(document.published), document.id),
    )
    lines = {
        claim.id: Line(claim, document, (standings or {}).get(claim.id))
        for document in held
        for claim in claims.get(document.id, ())
        if claim.id in wanted
    }
    rows = tuple(_row(toll, lines) for toll in sorted(incident.tolls, key=order))
    return Board(
        incident=incident,
        documents=tuple(held),
        lines=lines,
        texts=_texts(incident, held, lines),
        rows=rows,
        differences=_differences(rows, lines, speakers),
        speakers=speakers,
        rejected=_rejected(held, claims, standings or {}),
    )


def _rejected(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    standings: Mapping[str, Standing],
) -> tuple[Line, ...]:
    found = (
        Line(claim, document, standings.get(claim.id))
        for document in documents
        for claim in claims.get(document.id, ())
    )
    return tuple(line for line in found if line.standing and line.standing.verdict == "reject")


def order(toll: Toll) -> tuple[int, bool, str]:
    """A key that puts the gravest kind first, and people of no stated group before groups."""
    return (COUNTED.index(toll.kind), toll.who != "unspecified", toll.who)


def voices(board: Board) -> dict[str, list[tuple[Row, Voice]]]:
    """Every origin by name with the rows it speaks to, in the order of the board."""
    found: dict[str, list[tuple[Row, Voice]]] = {}
    for row in board.rows:
        for voice in row.voices:
            found.setdefault(voice.name, []).append((row, voice))
    return found


def _pick(identifiers: Iterable[str], lines: Mapping[str, Line]) -> tuple[Line, ...]:
    """The lines of these claims, oldest first."""
    found = [lines[name] for name in identifiers if name in lines]
    return tuple(
        sorted(
            found,
            key=lambda line: (
                *wording.age(line.document.published),
                line.document.id,
                line.claim.evidence.start,
            ),
        )
    )


def _row(toll: Toll, lines: Mapping[str, Line]) -> Row:
    voices = (Voice(o.name, o.kind, _pick(o.claims, lines)) for o in toll.origins)
    return Row(toll, tuple(voices))


def _texts(
    incident: Incident, documents: Sequence[Document], lines: Mapping[str, Line]
) -> tuple[Text, ...]:
    of_group = {name: group for group in incident.copy_groups for name in group}
    by_document: dict[str, list[Line]] = {}
    for line in lines.values():
        by_document.setdefault(line.document.id, []).append(line)
    texts: list[Text] = []
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            continue
        group = set(of_group.get(document.id, (document.id,)))
        same = [other for other in documents if other.id in group]
        seen.update(other.id for other in same)
        texts.append(Text(same[0], tuple(same[1:]), _once(same, by_document)))
    return tuple(texts)


def _once(documents: Sequence[Document], by_document: Mapping[str, list[Line]]) -> tuple[Line, ...]:
    """The claims of one text in its own order, each once: a copy adds only what it alone says."""
    kept: list[Line] = []
    told: set[tuple[object, ...]] = set()
    for document in documents:
        own = sorted(by_document.get(document.id, ()), key=lambda line: line.claim.evidence.start)
        fresh = [line for line in own if _said(line.claim) not in told]
        kept += fresh
        told.update(_said(line.claim) for line in fresh)
    return tuple(kept)


def _said(claim: Claim) -> tuple[object, ...]:
    count = (claim.count.low, claim.count.high) if claim.count else None
    return (claim.kind, of_any_text(claim.event), count, claim.evidence.text)


def _differences(
    rows: Sequence[Row], lines: Mapping[str, Line], speakers: Mapping[str, Speaker]
) -> tuple[Difference, ...]:
    found = []
    back = {name for row in rows for name in row.toll.withdrawn}
    for row in rows:
        kind, who = row.toll.kind, row.toll.who
        differing = dict.fromkeys(name for pair in row.toll.disputed for name in pair)
        accounts: dict[tuple[int, float], tuple[Line, ...]] = {}
        for line in _affirmed(_pick(tuple(differing), lines)):
            accounts[_bounds(line)] = (*accounts.get(_bounds(line), ()), line)
        sides = [accounts[bounds] for bounds in sorted(accounts)]
        if len(sides) > 1:
            found.append(Difference(kind, who, "contradicted", tuple(sides)))
        found += _retractions(row, lines, speakers)
    return tuple(found + _denials(lines, back))


def _bounds(line: Line) -> tuple[int, float]:
    """The bounds of a claim's figure, to be sorted by."""
    count = line.claim.count
    high = count.high if count else None
    return (count.low or 0) if count else 0, float("inf") if high is None else high


def _affirmed(side: tuple[Line, ...]) -> tuple[Line, ...]:
    """The claims of an account that say so; its denials are told by `_denials`."""
    return tuple(line for line in side if line.claim.modality != "denied")


def _retractions(
    row: Row, lines: Mapping[str, Line], speakers: Mapping[str, Speaker]
) -> list[Difference]:
    """For each voice that took figures back: those, and what it said next."""
    back = set(row.toll.withdrawn)
    taken: dict[str, list[str]] = {}
    for name in row.toll.withdrawn:
        if name in lines:
            taken.setdefault(speakers[name].key if name in speakers else name, []).append(name)
    found = []
    for key, names in taken.items():
        gone = _pick(names, lines)
        last = wording.age(gone[-1].document.published)
        later = [
            name
            for name, line in lines.items()
            if name not in back
            and name in speakers
            and speakers[name].key == key
            and (line.claim.kind, _who(line.claim)) == (row.toll.kind, row.toll.who)
            and line.claim.scope == "current"
            and line.claim.modality != "denied"
            and wording.age(line.document.published) > last
        ]
        instead = _pick(later, lines)[:1]
        accounts = (gone, instead) if instead else (gone,)
        found.append(Difference(row.toll.kind, row.toll.who, "withdrawn", accounts))
    return found


def _who(claim: Claim) -> str:
    return claim.who.category if claim.who else "unspecified"


def _denials(lines: Mapping[str, Line], back: set[str]) -> list[Difference]:
    """Each denied figure of this story beside the claims that say it, of the same kind and bounds.

    A figure that its own origin took back (`back`) is told as withdrawn, not as denied as well.
    """
    denied: dict[tuple[object, ...], list[str]] = {}
    said: dict[tuple[object, ...], list[str]] = {}
    for name, line in lines.items():
        claim = line.claim
        if claim.count is not None and claim.scope == "current":
            key: tuple[object, ...] = (claim.kind, claim.count.low, claim.count.high)
            (denied if claim.modality == "denied" else said).setdefault(key, []).append(name)
    found = []
    for figure, names in denied.items():
        beside = said.get(figure, [])
        if beside and back.issuperset(beside):
            continue
        sides = tuple(side for side in (_pick(beside, lines), _pick(names, lines)) if side)
        first = lines[names[0]].claim
        found.append(Difference(first.kind, _who(first), "denied", sides))
    return found
