"""Which accounts agree and which cannot both be true, and how well a figure is borne out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from sayso.reconcile.figure import Figure
from sayso.reconcile.weighing import number, origins_of, rank, weight
from sayso.records import Corroboration

FOR_ALL = 3
"""Of a figure that many give, so many of the best placed stand for all when it is set against
another."""


def differing(standing: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Every two of the last words of voices that cannot both be true, in one article or in two, the
    earlier first. A denial in a number ("nobody") is one of them."""
    by_span: dict[tuple[float, float], list[Figure]] = defaultdict(list)
    for figure in sorted(standing, key=lambda f: (rank(f).place, f.when)):
        if len(by_span[figure.span]) < FOR_ALL:
            by_span[figure.span].append(figure)
    found = []
    for a, b in combinations(sorted(by_span), 2):
        if a[1] < b[0]:
            found += [
                (one, other) if one.when < other.when else (other, one)
                for one in by_span[a]
                for other in by_span[b]
            ]
    return sorted(found, key=lambda pair: (pair[1].when, pair[0].when))


def corroboration(
    best: Figure, standing: Sequence[Figure], denials: Sequence[Figure]
) -> tuple[Corroboration, str]:
    """How well the best figure is borne out, and why, in words.

    `confirmed`: two independent origins or more give it, one of whom counted or lists, and no
    disinterested voice is against it; `corroborated`: two or more, and none is against it;
    `contested`: another figure that stands cannot be true beside it, or it is denied; `single`: one
    origin. What a side says against two origins, one of whom counted, leaves it confirmed.
    """
    backers = [f for f in origins_of(best, standing) if not f.copy]
    names = sorted({f.voice.name for f in backers})
    against = [f for f in standing if f is not best and disjoint(f, best)] + list(denials)
    free = [f for f in against if not weight(f) and not f.denial]
    counted = any(rank(f).place <= 1 for f in backers)
    several = len({f.voice.key for f in backers}) > 1
    if several and counted and not free:
        return "confirmed", f"{joined(names)} give it, who are independent"
    if against:
        other = max(free or against, key=lambda f: f.when)
        says = "denies it" if other.denial else f"says {number(other)}"
        says = "says otherwise" if not other.denial and number(other) is None else says
        return "contested", f"{other.voice.name} {says}"
    if several:
        return "corroborated", f"{joined(names)} give it, who are independent"
    return "single", f"{names[0] if names else best.voice.name} alone gives it"


def disjoint(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot both be true."""
    return a.span[1] < b.span[0] or b.span[1] < a.span[0]


def joined(names: Sequence[str]) -> str:
    """Names in words, the first three: "a, b, c and 2 more"."""
    shown = [" ".join(name.replace(";", ",").split()) for name in names[:3]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
