"""How far the word of a side goes in a toll: in its bounds, in its best figure, and in words.

Where anybody counts who is no side, the sides set nothing; but there are at least as many as a side
owns to. Where only sides count, what they say stands and is said to be theirs: there may be as many
as any of them says, and of the least nobody knows, unless one owns to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.reconcile.figures import Figure
from sayso.reconcile.sides import Part

UNHEARD: dict[Part, str] = {
    "accused": "a side sets no figure for what it is said to have done",
    "boasts": "a side sets no figure for its enemy's losses",
    "interested": "a side sets no figure for what its enemy did",
    "denies": "a denial sets no figure where others count",
}
"""Why a side was not heard, after its name."""


def weight(figure: Figure) -> int:
    """How much a voice has at stake: 0 where it is no side, or counts its own."""
    return figure.stake.weight if figure.stake else 0


def sound(figure: Figure) -> bool:
    """Whether a figure is more than a side's word for itself."""
    return weight(figure) == 0 or (figure.stake is not None and figure.stake.owns)


def heard(standing: Sequence[Figure]) -> list[Figure]:
    """The figures that `best` is chosen from: those of the voices that have the least at stake."""
    least = min(map(weight, standing), default=0)
    return [figure for figure in standing if weight(figure) == least]


def owned(standing: Sequence[Figure]) -> Figure | None:
    """The most that a side owns to against its own interest, None where no side does."""
    owns = [figure for figure in standing if figure.stake and figure.stake.owns]
    return max(owns, key=lambda figure: (figure.span, figure.when), default=None)


def bounds(standing: Sequence[Figure]) -> tuple[int | None, int | None]:
    """The least and the most of what stands, `None` where it is open.

    Who counts its own lost is heard on the least, but does not cap what its enemy says of them.
    """
    free = [figure for figure in standing if weight(figure) == 0]
    if any(figure.stake is None for figure in free):
        low, high = _span(free)
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


def told(standing: Sequence[Figure], chosen: Figure | None) -> list[str]:
    """What there is to say of the sides among the voices whose figures stand: "police: a denial
    sets no figure where others count". Empty where there is no side."""
    aside: dict[Part, set[str]] = defaultdict(set)
    for figure in standing:
        if figure.stake and weight(figure) and figure.claim.sources:
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
    """The least and the most of figures; open where one is open beyond all others."""
    lows = [figure.low for figure in standing if figure.low is not None]
    highs = [figure.high for figure in standing if figure.high is not None]
    low = min(lows, default=None)
    high = max(highs, default=None)
    if low is not None and any(f.low is None and f.span[1] < low for f in standing):
        low = None
    if high is not None and any(f.high is None and f.span[0] > high for f in standing):
        high = None
    return low, high
