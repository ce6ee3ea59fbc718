"""Which place lies in which other, by the codes of the gazetteer or by how far apart they are."""

from __future__ import annotations

from typing import NamedTuple

from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.distance import km
from sayso.language.geography.spelling import spelled

REACH_KM, PART_REACH_KM = 400.0, 80.0
"""How far from a region's one point its towns can lie, where no code ties them to it."""
# How far about a district's middle its towns may lie whose code is another, and quarters about a
# town's.
_PART_NEAR_KM, _TOWN_REACH_KM = 25.0, 20.0
# How far from its chief town a place can lie in a district of that town's name.
_SEAT_REACH_KM = 40.0


class Pair(NamedTuple):
    """A place and what it lies in."""

    place: Candidate
    area: Candidate


Scored = list[tuple[float, Candidate]]
"""The options of a name with what each scores, the likeliest first."""


def likeliest(own: Scored, wide: Scored, wider: str, gazetteer: Gazetteer) -> Pair | None:
    """Of a name's options and those of what it lies in the two that fit and score most, or None:
    first those that lie in each other, then those so near that they may, then a division that is
    another spelling of what the text calls the `wider` one.
    """
    for fits in (lies_in, may_lie_in):
        pairs = [
            (score + outer, -place.id, place, area)
            for score, place in own
            for outer, area in wide
            if fits(place, area)
        ]
        if pairs:
            return Pair(*max(pairs, key=lambda pair: pair[:2])[2:])
    if not any(area.kind == "region" for _, area in wide):
        return None
    for _, place in own:
        among = [d for d in gazetteer.divisions(place.country or "") if lies_in(place, d)]
        if area := spelled(wider, among):
            return Pair(place, area)
    return None


def lies_in(place: Candidate, area: Candidate) -> bool:
    """Whether one place lies in another, by their codes, or by how far apart they are."""
    if place.country != area.country or place.id == area.id or place.kind in ("country", "area"):
        return False
    if area.kind == "country":
        return True
    if area.kind == "city":
        small = place.kind == "city" and place.population < area.population
        return small and between(place, area) <= _TOWN_REACH_KM
    if area.kind != "region":
        return False
    if "-" in (area.admin1 or "-"):
        return between(place, area) <= (PART_REACH_KM if area.part else REACH_KM)
    if place.admin1 != area.admin1:
        return False
    if not area.part:
        return True
    if place.kind != "city":
        return False
    return place.admin2 == area.admin2 or between(place, area) <= max(
        area.reach or 0, _PART_NEAR_KM
    )


def may_lie_in(place: Candidate, area: Candidate) -> bool:
    """Whether it lies there or so near that the gazetteer may have the border elsewhere."""
    if lies_in(place, area):
        return True
    if place.country != area.country or place.id == area.id:
        return False
    apart = between(place, area)
    if area.kind == "city":
        return place.kind == "city" and apart <= _SEAT_REACH_KM
    return area.kind == "region" and apart <= max(PART_REACH_KM, 1.2 * (area.reach or 0))


def between(a: Candidate, b: Candidate) -> float:
    """Kilometres between two places, roughly; far, if one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 20_000.0
    return km(a.lat, a.lon, b.lat, b.lon)
