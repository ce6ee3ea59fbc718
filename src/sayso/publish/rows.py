"""What the exports of whole incidents share: numbers, dates and words, by one policy.

A format with one number for a figure gets `best` where a rule gives one, else the lower bound; what
is not known is empty, never nought. Nothing is added up, and nothing is taken from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sayso.publish import summary, wording
from sayso.publish.board import Board
from sayso.records import Toll, When

POLICY = {
    "unit": "one row for each incident",
    "number": "best where a rule gives one, else low; empty where neither is known",
    "range": "low and high are those of the last word of every origin that stands; empty is open",
    "missing": "empty; never nought, and nothing is added up or filled in from elsewhere",
    "figures": "denied and withdrawn figures, older incidents and running totals count nothing",
    "coder": "read by machine; not checked by a person unless judged",
}
"""How a record becomes a row, for the metadata of a file."""


def number(toll: Toll | None) -> int | None:
    """The one number of a toll."""
    if toll is None:
        return None
    return toll.low if toll.best is None else toll.best


def killed(board: Board) -> Toll | None:
    """The toll of all the dead: of people of no stated group, or of the only group told of."""
    tolls = [row.toll for row in board.rows if row.toll.kind == "killed"]
    every = [toll for toll in tolls if toll.who == "unspecified"]
    return every[0] if every else tolls[0] if len(tolls) == 1 else None


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


def notes(board: Board) -> str:
    """The record in sentences."""
    return " ".join(summary.sentences(board))


def joined(words: Iterable[str], mark: str = "; ") -> str:
    """Words in one cell."""
    return mark.join(wording.clean(word) for word in words if word)
