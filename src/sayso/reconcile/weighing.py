"""Whose word sets the best figure of a toll and its bounds, and how that is said in words.

The policy stands in `data/<language>/weighing.toml`: independence, not office. Where anybody
counts who is no side, the sides set nothing; but there are at least as many as a side owns to.
Where only sides count, what they say stands and is said to be theirs: there may be as many as any
of them says, and of the least nobody knows, unless one owns to it.

A lower figure is overtaken by a later one of a voice that is placed as well to know, two hours
later by who states it by office, or a day later by any that can know: dead are found, and who
counts first seldom counts last. It holds no bound any more, unless it is said again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from sayso.lexicon import LANGUAGE, table
from sayso.reconcile.figure import Figure, denies
from sayso.reconcile.order import BEFORE_ALL
from sayso.reconcile.sides import Part
from sayso.records import Kind, SourceKind

OVERTAKEN = timedelta(hours=20)
"""So much later whoever is placed less well to know overtakes a lower figure: a day, less what lies
between two editions. Who is placed as well overtakes it in any later document."""

SOON = timedelta(hours=2)
"""So much later whoever states it by office does, and any who can know what there are at a time."""

STOCKS: frozenset[Kind] = frozenset({"missing", "displaced"})
"""Of these there are so many at a time: a later count takes the place of a higher one too."""

PART = 3
"""A figure of a voice that had counted nobody before is a part when others count so many times more
already: "four bodies were found on Friday"."""

UNHEARD: dict[Part, str] = {
    "accused": "a side sets no figure for what it is said to have done",
    "boasts": "a side sets no figure for its enemy's losses",
    "interested": "a side sets no figure for what its enemy did",
    "answerable": "who may have to answer for it sets no figure",
    "unsigned": "an unsigned message sets no figure",
    "denies": "a denial sets no figure where others count",
}
"""Why a side was not heard, after its name."""


class Rank(NamedTuple):
    """A line of the policy: the first is heard before all others."""

    place: int
    name: str
    says: str


def rank(figure: Figure) -> Rank:
    """How well placed the voice behind a figure is to know it, or was that whose figure this one
    overtook: what a hospital counted on Monday is not undone by who tells of more on Friday."""
    source = figure.claim.sources[0].text if figure.claim.sources else ""
    found = _rank(f"{figure.voice.name}; {source}", figure.voice.kind or "anonymous")
    place = figure.stands_for
    return found if place is None else found._replace(place=place)


@lru_cache(maxsize=10_000)
def _rank(text: str, kind: SourceKind) -> Rank:
    ranks = _ranks()
    named = kind not in ("media", "news_agency", "armed_group", "opposition", "relative")
    for found, said, unless, _ in ranks:
        if named and said and said.search(text) and not (unless and unless.search(text)):
            return found
    return next(found for found, _, _, kinds in ranks if kind in kinds)


_Words = re.Pattern[str] | None


@cache
def _ranks() -> list[tuple[Rank, _Words, _Words, frozenset[str]]]:
    """The ranks, each with what finds its words, and those against it, and its kinds of source."""
    return [
        (
            Rank(place, row["name"], row["says"]),
            _any(row["words"]),
            _any(row.get("unless", [])),
            frozenset(row["kinds"]),
        )
        for place, row in enumerate(table("weighing", LANGUAGE)["rank"])
    ]


def _any(listed: Sequence[str]) -> _Words:
    """What finds any of these words and phrases; None where there are none."""
    longest = sorted(listed, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, longest))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None


@cache
def _last_to_know() -> int:
    name = table("weighing", LANGUAGE)["knows"]["to"]
    return next(found.place for found, *_ in _ranks() if found.name == name)


def knows(figure: Figure) -> bool:
    """Whether a voice is placed so well that it can know how many there are in all."""
    return rank(figure).place <= _last_to_know()


def is_slow(figure: Figure) -> bool:
    """Whether a voice checks what is there, and does not count as it comes."""
    return rank(figure).name in table("weighing", LANGUAGE)["knows"]["slow"]


def overtaken(figures: Sequence[Figure]) -> dict[str, Figure]:
    """Of the last words of voices those that another's outgrew, by their claims, each with that
    figure: higher, or the same more exactly, later, by who can know and is no side."""
    can = [f for f in figures if weight(f) == 0 and knows(f)]
    can.sort(key=lambda figure: figure.when, reverse=True)
    found = {}
    for figure in figures:
        at = figure.when[0][0]
        for later in can:
            apart = later.when[0][0] - at
            if apart <= timedelta(0) or at == BEFORE_ALL:
                break
            placed = rank(later).place <= rank(figure).place and not is_slow(later)
            soon = not is_slow(later) and (rank(later).place < _last_to_know() or _is_stock(later))
            known = placed or _has_risen(later) or apart >= (SOON if soon else OVERTAKEN)
            if known and _outgrows(later, figure):
                found[figure.claim.id] = later
                break
    return found


def partial(figure: Figure, standing: Sequence[Figure], before: Iterable[Figure]) -> Figure | None:
    """The figure of which one is a part though its words do not say so: many times as large, told
    before by another voice, and the voice of this one (`before` are its earlier figures) had never
    counted as many. None where it may be the whole."""
    change = figure.claim.change
    whole = change is not None and change.how in ("total", "revised")
    if figure.kind in STOCKS:
        return None
    if whole or not figure.low or weight(figure) or figure.claim.because.get("kind") == "harm.toll":
        return None
    own = max((f.span[0] for f in before), default=0)
    wholes = [
        f
        for f in standing
        if f.when[0] < figure.when[0]
        and not weight(f)
        and knows(f)
        and (f.low or 0) >= PART * figure.span[1]
        and own * PART < (f.low or 0)
    ]
    return max(wholes, key=lambda f: f.when, default=None)


def _is_stock(figure: Figure) -> bool:
    return figure.kind in STOCKS


def _has_risen(figure: Figure) -> bool:
    """Whether a figure says that the count rose to it: who says so knows what it was."""
    change = figure.claim.change
    return change is not None and change.how == "total"


def _outgrows(later: Figure, figure: Figure) -> bool:
    """Whether a figure is higher than another, or lies within what that left open; of those of whom
    there are so many at a time also lower."""
    (low, high), (least, most) = later.span, figure.span
    if figure.low == later.low and figure.high == later.high:
        return False
    if figure.kind in STOCKS and (high < least or low > most):
        return True
    return low > most or (least <= low and high <= most and most > least)


def chosen(standing: Sequence[Figure]) -> Figure | None:
    """The figure that the policy takes for the best of those that stand; None of none."""
    if not standing:
        return None
    those = heard(standing)
    numbered = [figure for figure in those if number(figure) is not None]
    those = leading(numbered or those)
    best = max(those, key=lambda f: (len(origins_of(f, standing)), f.when))
    least = owned(standing)
    return least if least and best.span[1] < least.span[0] else best


def leading(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of the first rank that any of them has."""
    top = min((rank(figure).place for figure in figures), default=0)
    return [figure for figure in figures if rank(figure).place == top]


def origins_of(figure: Figure, standing: Iterable[Figure]) -> list[Figure]:
    """The figures of independent origins, no sides, that give its number. What an outlet says for
    itself counts where nobody is named for that number, and what is only left of a number when some
    of those have died is nobody's."""
    told = number(figure)
    same = [f for f in standing if f is figure or (not weight(f) and number(f) == told)]
    return [f for f in same if not (f.own_voice or f.moved)] or same


def number(figure: Figure) -> int | None:
    """The one number that a figure gives: the exact one, the one named ("about 100"), or the least
    where only the least is given ("at least 13"); None for "dozens" and "up to 30"."""
    low, high = figure.low, figure.high
    if low is None or low == high:
        return low
    if high is None or figure.sum is not None:
        return low
    text = figure.claim.count.text if figure.claim.count else ""
    named = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", text)}
    inside = [told for told in named if low <= told <= high]
    return inside[0] if len(named) == len(inside) == 1 else None


def weight(figure: Figure) -> int:
    """How much a voice has at stake: 0 where it is no side, or counts its own."""
    return figure.stake.weight if figure.stake else 0


def sound(figure: Figure) -> bool:
    """Whether a figure is more than a side's word for itself."""
    return weight(figure) == 0 or (figure.stake is not None and figure.stake.owns)


def heard(standing: Sequence[Figure]) -> list[Figure]:
    """The figures that `best` is chosen from: those of the voices that have the least at stake."""
    counting = _counting(standing)
    least = min(map(weight, counting), default=0)
    return [figure for figure in counting if weight(figure) == least]


def _counting(standing: Sequence[Figure]) -> list[Figure]:
    """The figures without "nobody" where somebody counts some who is no side: only who counts is
    heard on that, and only against those who do not."""
    some = [rank(f).place for f in standing if f.low and not weight(f)]
    first = min(some, default=len(_ranks()))
    return [f for f in standing if f.high != 0 or not some or rank(f).place == 0 < first]


def owned(standing: Sequence[Figure]) -> Figure | None:
    """The most that a side owns to against its own interest, None where no side does."""
    owns = [figure for figure in standing if figure.stake and figure.stake.owns]
    return max(owns, key=lambda figure: (figure.span, figure.when), default=None)


def bounds(
    standing: Sequence[Figure], denied: Sequence[Figure] = ()
) -> tuple[int | None, int | None]:
    """The least and the most of what stands, `None` where it is open.

    Who counts its own lost is heard on the least, but does not cap what its enemy says of them;
    what sides own to is a floor, and where nobody else counts there may be more. As many as an
    unsigned message had before anybody counted there may be till one who can know has `denied` it.
    """
    standing = _counting(standing)
    free = [figure for figure in standing if weight(figure) == 0]
    if standing and all(map(_is_floor, standing)):
        return _span(standing)[0], None
    if any(figure.stake is None for figure in free):
        low, high = _span(free)
        first = min(figure.when for figure in free)
        rumoured = [f for f in standing if f.when < first and _is_open_rumour(f, denied)]
        high = _span([*free, *rumoured])[1] if rumoured else high
    elif free:
        low, high = _span(free)[0], _span(standing)[1]
    else:
        low, high = _span(standing)
        nobody = any(figure.high == 0 for figure in heard(standing))
        low = 0 if nobody else None
    least = owned(standing)
    if least is not None and least.low is not None and (low is None or low < least.low):
        low = least.low
        high = high if high is None or high >= low else least.high
    return low, high


def _is_floor(figure: Figure) -> bool:
    """Whether a side owns to what it lost or may have to answer for: so many at least."""
    stake = figure.stake
    return stake is not None and stake.owns and stake.part in ("own", "answerable")


def _is_open_rumour(figure: Figure, denied: Sequence[Figure]) -> bool:
    """Whether nobody's word stands undenied by those who can know."""
    unsigned = figure.stake is not None and figure.stake.part == "unsigned"
    return unsigned and not any(denies(d, figure.span) and knows(d) for d in denied)


def told(standing: Sequence[Figure], chosen: Figure | None) -> list[str]:
    """What there is to say of the sides among the voices whose figures stand: "police: a denial
    sets no figure where others count". Empty where there is no side."""
    aside: dict[Part, set[str]] = defaultdict(set)
    for figure in standing:
        if figure.stake and weight(figure) and not figure.own_voice:
            aside[figure.stake.part].add(_name(figure))
    if all(map(weight, standing)):
        names = sorted(set().union(*aside.values()))
        said = f"on the word of {'a side' if len(names) == 1 else 'sides'} alone"
        least = "" if bounds(standing)[0] is not None else ", so the least is open"
        return [f"{', '.join(names)}: {said}{least}"] if names else []
    if chosen is not None and weight(chosen):
        return [f"{_name(chosen)}: at least what a side owns to"]
    return [
        f"{', '.join(sorted(aside[part]))}: {why}" for part, why in UNHEARD.items() if aside[part]
    ]


def _name(figure: Figure) -> str:
    return " ".join(figure.voice.name.replace(";", ",").split())


def _span(standing: Sequence[Figure]) -> tuple[int | None, int | None]:
    """The least and the most of figures; open where one is open at the most of all others."""
    lows = [figure.low for figure in standing if figure.low is not None]
    highs = [figure.high for figure in standing if figure.high is not None]
    low = min(lows, default=None)
    high = max(highs, default=None)
    if low is not None and any(f.low is None and f.span[1] < low for f in standing):
        low = None
    if high is not None and any(f.high is None and f.span[0] >= high for f in standing):
        high = None
    return low, high
