"""What the exports of whole incidents share: numbers, dates and words, by one policy.

A format with one number for a figure gets `best` where a rule gives one, else the lower bound; what
is not known is empty, never nought. Nothing is added up but groups of the dead that one text counts
apart, and nothing is taken from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from sayso.publish import summary, wording
from sayso.publish.board import Board, Row
from sayso.records import Category, Toll, When

POLICY = {
    "unit": "one row for each incident",
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


def killed(board: Board) -> Toll | None:
    """The toll of all the dead: of people of no stated group, or of one group of them where more of
    these alone are counted, or of the groups that one text counts apart, added up: no part of
    another figure ever is."""
    tolls = [row.toll for row in board.rows if row.toll.kind == "killed"]
    every = [toll for toll in tolls if toll.who == "unspecified"]
    groups = apart(board)
    if every and (number(every[0]) or not groups):
        # "no casualties" of some is not that nobody died; and no part is larger than its whole.
        larger = [t for t in tolls if t.who not in FIGHTERS and (number(t) or 0) > 0]
        return max([every[0], *larger], key=lambda toll: number(toll) or 0)
    if not groups:
        return tolls[0] if len(tolls) == 1 else None
    return replace(
        groups[0],
        who="unspecified",
        low=_sum(toll.low for toll in groups),
        best=_sum(toll.best for toll in groups),
        high=_sum(toll.high for toll in groups),
    )


def apart(board: Board) -> list[Toll]:
    """The tolls of the dead of different groups, where one text counts all these groups, none as a
    part of another; empty where none does."""
    rows = [row for row in board.rows if row.toll.kind == "killed" and number(row.toll)]
    texts = {
        row.toll: found for row in rows if row.toll.who != "unspecified" and (found := _wholes(row))
    }
    return list(texts) if texts and set.intersection(*texts.values()) else []


def _wholes(row: Row) -> set[str]:
    """The documents that give a toll as a figure of its own."""
    lines = (line for voice in row.voices for line in voice.lines)
    return {line.document.id for line in lines if line.claim.part_of is None}


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


def notes(board: Board, *sides: str, claimed: str = "") -> str:
    """The record in sentences, after both sides where they are named, and whichever of them is
    known only from a claim of responsibility or an accusation."""
    named = [f"{' against '.join(sides)}."] if sides and all(sides) else []
    owned = [f"{claimed} by claim or accusation."] if claimed else []
    return " ".join([*named, *owned, *summary.sentences(board)])


def joined(words: Iterable[str], mark: str = "; ") -> str:
    """Words in one cell."""
    return mark.join(wording.clean(word) for word in words if word)
