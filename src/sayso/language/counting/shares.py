"""Shares: what part of how many a figure is ("half of the 60", "all but two of the 14").

A share alone ("half of the harvest") says no number. With its whole it says one, and then the whole
is not what the sentence counts. The words stand in `data/<language>/numbers.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sayso.language.counting.numerals import (
    Numeral,
    Piece,
    is_hyphen,
    numeral,
    past,
    phrase,
    says,
    text_at,
)
from sayso.language.counting.units import is_year
from sayso.lexicon import table

_LONGEST = 3
"""Words in the longest share of the table that is no fraction."""
_BETWEEN = ("DET", "PRON", "ADJ", "NOUN", "PROPN", "PART")
"""What may stand between "of" and the number of the whole: "of the town's 5,000"."""

Bounds = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class Share:
    """A share up to before piece `end`. `rule` says how it is reckoned: as a `part` or "percent" of
    the whole, as the whole "but" so many, or as in the table ("all", "most", "some", "none").
    """

    end: int
    rule: str
    part: Fraction = Fraction(0)

    def of(self, low: Fraction | None, high: Fraction | None) -> Bounds:
        """How many it is of a whole within these bounds."""
        part, under = self.part, None if high is None else high - 1
        if self.rule == "none":
            return Fraction(0), Fraction(0)
        if self.rule == "most":
            return None if low is None else Fraction(low // 2 + 1), under
        if self.rule == "some":
            return Fraction(2), under
        if self.rule == "not_all":
            return None, under
        if self.rule == "but":
            least = None if low is None else max(low - part, Fraction(0))
            return least, None if high is None else high - part
        return None if low is None else low * part, None if high is None else high * part


def share(row: Sequence[Piece], at: int) -> Share | None:
    """The share that begins at that piece, whatever it is of."""
    return _listed(row, at) or _fraction(row, at) or _rate(row, at)


def whole(row: Sequence[Piece], at: int) -> int | None:
    """The piece where the number of the whole begins, behind a share that ends before `at`.

    None where no "of", or for "half" no "the", leads to a number.
    """
    if at >= len(row):
        return None
    of = says(row, at, "marks.of") or says(row, at, "marks.among")
    if not of and not (says(row, at - 1, "share.bare") and row[at].token.pos in ("DET", "PRON")):
        return None
    start = at + of
    hedge: int | None = None
    hedges = _hedges(row[0].token.language)
    for place in range(start, min(start + 6, len(row))):
        piece = row[place]
        if piece.token.pos == "NUM" or numeral(row, place):
            named = row[place - 1].token.pos in ("NOUN", "PROPN")  # "one of the Boeing 737s"
            return hedge if hedge is not None else None if named else place
        if hedge is None and not hedges.isdisjoint((piece.text, phrase(row, place, 2))):
            hedge = place
        if hedge is None and piece.token.pos not in _BETWEEN:
            return None
    return None


def out_of(row: Sequence[Piece], at: int) -> int | None:
    """The piece where the whole begins in "13 out of 20 sailors", whose 13 ends before `at`."""
    found = phrase(row, at, 2) in row[0].token.words("numbers", "share.rate")
    return past(row, at, 2) if found and past(row, at, 2) < len(row) else None


@cache
def _hedges(language: str) -> frozenset[str]:
    before = table("numbers", language)["before"].values()
    return frozenset(hedge for hedges in before for hedge in hedges)


def _listed(row: Sequence[Piece], at: int) -> Share | None:
    """ "most", "none", "not one", "all but two"."""
    listed = row[0].token.table("numbers")["share"]["words"]
    for length in range(_LONGEST, 0, -1):
        text, end = phrase(row, at, length), past(row, at, length)
        for rule, names in listed.items():
            if text not in names:
                continue
            if rule != "but":
                return Share(end, rule, Fraction(1))
            left = numeral(row, end) if end < len(row) else None
            return Share(left.end, "but", left.low) if left and left.low == left.high else None
    return None


def _fraction(row: Sequence[Piece], at: int) -> Share | None:
    """ "half", "a third", "two thirds", "10 percent"."""
    names = row[0].token.table("numbers")["share"]
    led = says(row, at, "marks.article")
    if led or says(row, at, "share.bare"):
        size = names["parts"].get(text_at(row, at + led))
        if not size or numeral(row, at):
            return None  # "half a million"
        return Share(at + led + 1, "part", Fraction(1, size))
    first = numeral(row, at)
    if first is None or first.high != first.low:
        return None
    then = first.end + 1 if first.end < len(row) and is_hyphen(row[first.end]) else first.end
    if size := names["parts" if first.low == 1 else "plural"].get(text_at(row, then)):
        return Share(then + 1, "part", first.low / size)
    for length in (2, 1):
        if phrase(row, then, length) in row[0].token.words("numbers", "percent.after"):
            return Share(past(row, then, length), "percent", first.low / 100)
    return None


def _rate(row: Sequence[Piece], at: int) -> Share | None:
    """ "one in five", "3 in 10", "one out of ten"."""
    first = numeral(row, at)
    if first is None or first.high != first.low:
        return None
    for length in (1, 2):
        if phrase(row, first.end, length) in row[0].token.words("numbers", "share.rate"):
            second = numeral(row, min(past(row, first.end, length), len(row) - 1))
            if second and _is_rate(row, first, second, length):
                return Share(second.end, "part", first.low / second.low)
    return None


def _is_rate(row: Sequence[Piece], first: Numeral, second: Numeral, length: int) -> bool:
    if second.high != second.low or first.low >= second.low or is_year(row[second.end - 1].text):
        return False
    if first.low == 1 and length == 1:
        return True
    return second.low in (10, 100, 1000) or (first.low <= 10 and second.low <= 10 and length == 1)
