"""What the exports of whole incidents share: numbers, dates and words, by one policy.

A format with one number for a figure gets `best` where a rule gives one, else the lower bound; what
is not known is empty, never nought. Nothing is added up but groups of the dead that one text counts
apart, and nothing is taken from elsewhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from sayso.publish import summary, wording
from sayso.publish.board import Board, Scenes
from sayso.records import Category, Toll, When

POLICY = {
    "unit": "one row for each event, day and place that the texts count apart; what only a total "
    "of several has is a row of the whole time, or in the notes",
    "number": "best where a rule gives one, else low; empty where neither is known",
    "range": "low and high are those of the last word of every origin that stands; empty is open",
    "missing": "empty; never nought, and nothing is filled in from elsewhere",
    "figures": "denied and withdrawn figures, older incidents and running totals count nothing",
    "coder": "read by machine; not checked by a person unless judged",
}
"""How a record becomes a row, for the metadata of a file."""


FIGHTERS: tuple[Category, ...] = ("military", "security_forces", "militants", "attackers")
"""Groups that bear arms: what one side says of them may be more than anybody else counts in all."""


def number(toll: Toll | None) -> int | None:
    """The one number of a toll."""
    if toll is None:
        return None
    return toll.low if toll.best is None else toll.best


class Event(NamedTuple):
    """What becomes one row: a board, how many died, the incident that it is of, and which of its
    rows it is, "" where it is the only one."""

    board: Board
    dead: Toll | None
    whole: Board
    aside: str = ""


def whole(board: Board) -> Event:
    """An incident as one row."""
    return Event(board, killed(board), board)


def events(told: Scenes) -> list[Event]:
    """The rows of an incident: one for each of its scenes, and one for those dead whom a total has
    beyond them, where it says where they died.

    Where the scenes together have more dead than a total told since, they are not told apart well
    enough, and the incident is one row.
    """
    if len(told.each) == 1:
        return [whole(told.each[0])]
    found = [(scene, killed(scene)) for scene in told.each]
    dead = killed(told.total) if told.total else None
    most = number(dead)
    until = (
        max(((d.published or "")[:10] for d in told.total.documents), default="")
        if told.total
        else ""
    )
    before = [toll for scene, toll in found if days(scene.incident.when)[0] <= until]
    if most is not None and sum(number(toll) or 0 for toll in before) > most:
        return [whole(told.whole)]
    dated = [*found]
    left = (most or 0) - sum(number(toll) or 0 for _, toll in found)
    if told.total and dead and left > 0 and _placed(told.total):
        dated.append((_over(told.total, told.each), less(dead, most or 0, left)))
    others = told.total.incident.tolls if told.total else ()
    aside = wording.rows_of(told.whole.incident.id, len(dated), others)
    return [Event(scene, toll, told.whole, aside) for scene, toll in dated]


def _placed(board: Board) -> bool:
    """Whether the text of some figure of the dead says where they died."""
    dead = (line.claim for line in board.lines.values() if line.claim.kind == "killed")
    return any(c.where and c.where.basis in ("sentence", "reference") for c in dead)


def _over(total: Board, scenes: Iterable[Board]) -> Board:
    """The board of a total, over all the days that it, or any scene, is of."""
    whens = [board.incident.when for board in (total, *scenes)]
    first = min(filter(None, (days(when)[0] for when in whens)), default=None)
    last = max(filter(None, (days(when)[1] for when in whens)), default=None)
    over = When(text="", start=first, end=last)
    return dataclasses.replace(total, incident=replace(total.incident, when=over))


def less(toll: Toll, of: int, left: int) -> Toll:
    """A toll without those who are counted elsewhere: `left` of the one number `of`."""
    gone = of - left
    low, high = (None if n is None else max(n - gone, 0) for n in (toll.low, toll.high))
    return replace(toll, low=low, best=left, high=high)


def killed(board: Board) -> Toll | None:
    """The toll of all the dead: of people of no stated group, or of one group of them where more of
    these alone are counted, or of the groups that one text counts apart, added up: no part of
    another figure ever is. Of groups that no text has together there are at least as many as of the
    largest; that nobody of some died is no figure of the others."""
    tolls = [row.toll for row in board.rows if row.toll.kind == "killed"]
    some = [toll for toll in tolls if number(toll)]
    every = [toll for toll in some or tolls if toll.who == "unspecified"]
    if every:  # no part is larger than its whole
        larger = [t for t in some if t.who not in FIGHTERS]
        most = max([every[0], *larger], key=lambda toll: number(toll) or 0)
        beside = [t for t in some if t.who == "attackers" and _beside(board, most.who, t.who)]
        return _together([most, *beside]) if beside else most
    groups = apart(board)
    if not groups:
        largest = max(some or tolls, key=lambda toll: number(toll) or 0, default=None)
        one = len(some or tolls) == 1
        return largest if one or not largest else replace(largest, high=None)
    return _together(groups)


def _together(groups: Sequence[Toll]) -> Toll:
    return replace(
        groups[0],
        who="unspecified",
        low=_sum(toll.low for toll in groups),
        best=_sum(map(number, groups)),
        high=_sum(toll.high for toll in groups),
    )


def _beside(board: Board, people: Category, others: Category) -> bool:
    """Whether one sentence counts both, neither in the other: "nine people and the bomber"."""
    these, those = (
        {
            (line.document.id, line.claim.evidence.start)
            for line in board.lines.values()
            if line.claim.kind == "killed" and line.claim.part_of is None
            if (line.claim.who.category if line.claim.who else "unspecified") == who
        }
        for who in (people, others)
    )
    return not these.isdisjoint(those)


def apart(board: Board) -> list[Toll]:
    """The tolls of the dead of different groups, where one text counts all these groups, none as a
    part of another; empty where none does."""
    tolls = [row.toll for row in board.rows if row.toll.kind == "killed" and number(row.toll)]
    groups = [toll for toll in tolls if toll.who != "unspecified"]
    texts = [_wholes(board, toll.who) for toll in groups]
    return groups if texts and set.intersection(*texts) else []


def _wholes(board: Board, who: Category) -> set[str]:
    """The documents that give a figure of the dead of that group as one of its own."""
    return {
        line.document.id
        for line in board.lines.values()
        if line.claim.kind == "killed"
        and line.claim.part_of not in board.lines
        and line.claim.count
        and line.claim.who
        and line.claim.who.category == who
    }


def _sum(numbers: Iterable[int | None]) -> int | None:
    """All together, None where one is not known."""
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def days(when: When | None) -> tuple[str, str]:
    """The first and the last day; "" where it is open."""
    if when is None:
        return "", ""
    return (when.start or "")[:10], (when.end or when.start or "")[:10]


def length(first: str, last: str) -> int | None:
    """How many days lie between two days; None where one is open."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return None


def outlets(board: Board) -> list[str]:
    """Who printed it, in the order of printing, each once."""
    return list(dict.fromkeys(wording.clean(d.outlet) for d in board.documents if d.outlet))


def origins(board: Board) -> list[str]:
    """On whose word the figures rest, each once."""
    return sorted({origin.name for row in board.rows for origin in row.toll.origins})


def headlines(board: Board) -> list[str]:
    """The headlines of the different texts."""
    return [wording.clean(t.document.title) for t in board.texts if t.document.title]


def notes(event: Event, *sides: str, claimed: str = "") -> str:
    """The record in sentences, after both sides where they are named, and whichever of them is
    known only from a claim of responsibility or an accusation; at its end which rows it is one
    of."""
    named = [f"{' against '.join(sides)}."] if sides and all(sides) else []
    owned = [f"{claimed} by claim or accusation."] if claimed else []
    record = summary.sentences(event.board, every=True)
    return " ".join([*named, *owned, *_counted(event), *record, *filter(None, [event.aside])])


def _counted(event: Event) -> Iterator[str]:
    """The one number that is printed of the dead, with its bounds, where no sentence of the record
    has just that: it adds up groups, or lies between their bounds."""
    dead, best = event.dead, number(event.dead)
    told = [row.toll for row in event.board.rows if row.toll.kind == "killed"]
    same = any((dead.low, dead.high) == (t.low, t.high) for t in told) if dead else True
    if dead is None or best is None or (same and best == dead.low):
        return
    bounds = f" ({wording.bounds(dead.low, dead.high)})" if dead.low != dead.high else ""
    yield f"Counted in this row: {wording.number(best)} dead{bounds}."


def joined(words: Iterable[str], mark: str = "; ") -> str:
    """Words in one cell."""
    return mark.join(wording.clean(word) for word in words if word)
