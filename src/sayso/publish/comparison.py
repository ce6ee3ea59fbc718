"""What changed between two states of a record: figures that came, went or changed, and what did it.

The two may be one ledger at two moments, or two ledgers. Incidents are the same where they share
most of their documents; an incident's own id may change as more becomes known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sayso.publish import wording
from sayso.publish.board import Board, Row
from sayso.publish.sheets import Sheet
from sayso.records import Incident, Toll


class Change(NamedTuple):
    """A figure of an incident before and after, None where there was none, and the last word behind
    what it is now: whose, and when it was printed."""

    incident: str
    title: str
    kind: str
    who: str
    before: Toll | None
    after: Toll | None
    source: str
    printed: str


def changes(before: Iterable[Board], after: Iterable[Board]) -> list[Change]:
    """Every figure that is another between two states of a record, each given as all its incidents
    laid out: gravest first within each incident, in the order of those."""
    earlier = {board.incident.id: board for board in before}
    found: list[Change] = []
    matched: set[str] = set()
    for new in after:
        same = _same(new.incident, [board.incident for board in earlier.values()], matched)
        if same is not None:
            matched.add(same.id)
        found += _figures(new.incident, None if same is None else earlier[same.id], new)
    for old in earlier.values():
        if old.incident.id not in matched:
            found += _figures(old.incident, old, None)
    return found


def sentence(change: Change) -> str:
    """A change as a person tells it: "killed, police: 13 → 18, Health Ministry, 7 Jan 09:10"."""
    was, now = wording.toll(change.before), wording.toll(change.after)
    told = f"{change.kind}, {wording.group(change.who)}: {was} → {now}"
    return ", ".join(part for part in (told, change.source, change.printed) if part)


def sheet(found: Sequence[Change]) -> Sheet:
    """One row for each change."""
    columns = ("incident", "kind", "who", "before", "after", "source", "printed")
    rows = tuple(
        (
            change.incident,
            change.kind,
            wording.group(change.who),
            wording.toll(change.before),
            wording.toll(change.after),
            change.source,
            change.printed,
        )
        for change in found
    )
    return Sheet(columns, rows)


def told(found: Sequence[Change]) -> Iterator[str]:
    """The changes in sentences under the headline of each incident."""
    last = None
    for change in found:
        if change.incident != last:
            yield f"{wording.clean(change.title)}  ({change.incident})"
            last = change.incident
        yield f"  {sentence(change)}"


def _same(incident: Incident, others: Sequence[Incident], taken: set[str]) -> Incident | None:
    """Which of the others it is: that with which it shares most documents, or of the same id."""
    documents = set(incident.documents)
    shared = [
        (len(documents.intersection(other.documents)), other.id == incident.id, other)
        for other in others
        if other.id not in taken
    ]
    best = max(shared, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and (best[0] or best[1]) else None


def _figures(incident: Incident, old: Board | None, new: Board | None) -> Iterator[Change]:
    before = {(row.toll.kind, row.toll.who): row for row in (old.rows if old else ())}
    after = {(row.toll.kind, row.toll.who): row for row in (new.rows if new else ())}
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if _bounds(was) == _bounds(now):
            continue
        source, printed = _behind(now)
        yield Change(
            incident=incident.id,
            title=incident.title,
            kind=key[0],
            who=key[1],
            before=was.toll if was else None,
            after=now.toll if now else None,
            source=source,
            printed=printed,
        )


def _bounds(row: Row | None) -> tuple[int | None, int | None, int | None] | None:
    return None if row is None else (row.toll.low, row.toll.best, row.toll.high)


def _behind(row: Row | None) -> tuple[str, str]:
    """Whose word came last, and when."""
    spoken = [(v.latest.document.published, v.name) for v in row.voices if v.latest] if row else []
    if not spoken:
        return "", ""
    printed, name = max(spoken, key=lambda one: wording.age(one[0]))
    return wording.clean(name), wording.moment(printed)
