"""Parts of a stated whole: half of the sixty, all but two of the fourteen, none of the twelve.

The number that counts is the part's, worked out where it is printed as a share; the whole is never
what a sentence about its part counts. Words stand in `data/<language>/numbers.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sayso.language.counting.numerals import Numeral, Piece, numeral, past, phrase
from sayso.language.trees import Token
from sayso.lexicon import table, words

_BETWEEN = 6
"""Pieces between a part and the number of its whole: "of the mining company's some 60"."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A share of a number: it ends before piece `end`, the number of its whole before `until`."""

    end: int
    until: int
    count: Fraction


def portion(row: Sequence[Piece], at: int) -> Portion | None:
    """The share of a number that starts at that piece: "a third of the 120" is 40."""
    if but := _all_but(row, at):
        found = _whole(row, but.end)
        if found is None or found[1].low <= but.low:
            return None
        return Portion(but.end, found[1].end, found[1].low - but.low)
    part = _fraction(row, at)
    found = _whole(row, part[0]) if part else None
    if part is None or found is None:
        return None
    own = numeral(row, at)  # "a quarter of a million" is a number of its own
    if own is not None and own.end > part[0]:
        return None
    return Portion(part[0], found[1].end, part[1] * found[1].low)


def none_of(row: Sequence[Piece], at: int) -> int | None:
    """Where the "none" of "none of the twelve" ends that starts at that piece, if one does."""
    for length in (4, 3, 2, 1):
        if phrase(row, at, length) in words("numbers", "share.none"):
            end = past(row, at, length)
            return end if _whole(row, end) else None
    return None


def is_whole(row: Sequence[Piece], before: Token, at: int) -> bool:
    """Whether the number at that piece is the whole of the one that ends in the token `before`."""
    start = next((n + 1 for n in range(at - 1, -1, -1) if row[n].token is before), None)
    if start is None or at - start > _BETWEEN:
        return False
    found = _whole(row, start)
    return found is not None and found[0] == at


def _all_but(row: Sequence[Piece], at: int) -> Numeral | None:
    for length in (2, 1):
        if phrase(row, at, length) in words("numbers", "share.all_but"):
            start = past(row, at, length)
            return numeral(row, start) if start < len(row) else None
    return None


def _fraction(row: Sequence[Piece], at: int) -> tuple[int, Fraction] | None:
    """Where a share ends, and what part of its whole it is."""
    share = table("numbers")["share"]
    text = row[at].text
    if text in share["parts"][:1]:
        return at + 1, Fraction(1, 2)
    if text == "a" and at + 1 < len(row) and row[at + 1].text in share["parts"]:
        return at + 2, _part(share, row[at + 1].text)
    first = numeral(row, at)
    if first is None or first.high != first.low or first.end >= len(row):
        return None
    then = first.end + (row[first.end].text in "-–" and first.end + 1 < len(row))
    names = share["parts"] if first.low == 1 else share["plural_parts"]
    if row[then].text in names:
        return then + 1, first.low * _part(share, row[then].text)
    for length in (2, 1):
        after = past(row, first.end, length)
        if phrase(row, first.end, length) in share["rate"] and after < len(row):
            second = numeral(row, after)
            if second and second.high == second.low and first.low < second.low:
                return second.end, first.low / second.low
        if phrase(row, first.end, length) in words("numbers", "percent.after"):
            return after, first.low / 100
    return None


def _part(share: dict[str, list[str]], name: str) -> Fraction:
    singular = share["parts"]
    at = singular.index(name) if name in singular else share["plural_parts"].index(name)
    # half, third, quarter, fourth, fifth ...: the fourth has two names
    return Fraction(1, at + 2 if at < 3 else at + 1)


def _whole(row: Sequence[Piece], at: int) -> tuple[int, Numeral] | None:
    """The number of the whole behind a part that ended at that piece, and where it starts."""
    share = table("numbers")["share"]
    start = next((past(row, at, n) for n in (2, 1) if phrase(row, at, n) in share["of"]), at)
    led = start > at
    for n in range(start, min(start + _BETWEEN, len(row))):
        found = numeral(row, n)
        if found is not None:
            exact = found.high == found.low and found.low >= 1 and found.form != "soft"
            return (n, found) if led and exact else None
        owner = row[n].token.pos in ("NOUN", "PROPN", "ADJ") and led
        if not (row[n].text in share["between"] or owner):
            return None
        led = led or row[n].text in share["between"][:4]
    return None
