"""Figures that count another thing than the rest of their row: another land, another unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.reconcile.figure import Figure, sums
from sayso.records import (
    Claim,
    Place,
    is_narrow,
)

_LONG_KM = 100
"""A line that goes on from its point for more than so far, a coast or a border, is no town."""


def other_scope(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The claims that count another stretch of land than the rest: the whole country's dead among
    those of a town, or the town's among the country's.

    Only a place that a claim names in its own sentence is believed, or a country that it means, and
    only where the wider figure is the larger. The scope that more documents give is that of the
    incident, of equals the town's.
    """
    whole = [f for f in figures if not (f.denial or f.moved)]
    wide = [f for f in whole if _reach(f.claim) == "wide"]
    narrow = [f for f in whole if _reach(f.claim) == "narrow"]
    towns = max((f.span[0] for f in narrow), default=0)
    wide = [f for f in wide if narrow and f.span[0] > towns]
    if not wide:
        return ()
    countries = len({f.document.id for f in wide}) > len({f.document.id for f in narrow})
    return tuple(f.claim.id for f in (narrow if countries else wide))


def other_unit(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The claims that count another thing than the row: households beside people."""
    said = [f for f in figures if not f.denial]
    found = [f.counts for f in said]
    order = (("people", None), ("homes", "destroyed"), *found)
    first = next((pair for pair in order if pair in found), None)
    return tuple(f.claim.id for f in said if f.counts != first)


def of_wider_ones(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The figures of a town or district that are some of a larger one that the same text gives for
    its province or country, each with that: "52 died in the province, 40 in Vell alone"."""
    found = []
    for figure in figures:
        wider = (
            other
            for other in figures
            if other.document.id == figure.document.id
            and not (figure.denial or other.denial or figure.adds or other.adds)
            and figure.span[1] < other.span[0]
            and _lies_in(figure.claim.where, other.claim.where)
        )
        if whole := next(wider, None):
            found.append((figure, whole))
    return found


def _lies_in(place: Place | None, other: Place | None) -> bool:
    """Whether a town or district that a claim names lies in the province or country that another
    names."""
    if not place or not other or place.lat is None or other.name is None or is_narrow(other):
        return False
    if not place.basis == other.basis == "sentence" or place.country != other.country:
        return False
    if other.precision == "country":
        return place.precision != "country"
    finer = is_narrow(place) or (place.admin2_code is not None and other.admin2_code is None)
    within = other.admin1_code is not None and other.admin1_code == place.admin1_code
    return finer and within and other.admin2_code in (None, place.admin2_code)


def _reach(claim: Claim) -> Literal["wide", "narrow"] | None:
    """Whether a claim says that it counts a whole region or country, or a town; None if neither."""
    place = claim.where
    wide = place is not None and place.basis == "reference" and place.precision == "country"
    if place is None or (place.basis != "sentence" and not wide):
        return None
    if not is_narrow(place):  # what a count rose to is of the scope that it had
        return None if sums(claim) else "wide"
    # "the coast of Karsia"
    long = (place.uncertainty_km or 0) > _LONG_KM
    off = place.precision == "near" and (place.name is not None or long)
    return None if off or place.precision is None else "narrow"
