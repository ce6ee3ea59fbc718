"""Borders between countries and their coasts, as points along them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sayso.borders import Point, arc, parts
from sayso.language.geography.distance import km

# Of a line that many are tried as its middle.
_TRIED = 60


class Spot(NamedTuple):
    """A point of a line, and how far off in kilometres the rest of the line may be."""

    lat: float
    lon: float
    radius: float


def border(country: str, other: str) -> tuple[Point, ...]:
    """The points of the border between two countries by their ISO 3166-1 codes; none if they share
    none."""
    shared = _arcs_of(country) & _arcs_of(other)
    return _points(shared) if country != other else ()


def coast(country: str) -> tuple[Point, ...]:
    """The points of a country's coast: of its largest part if the sea divides it."""
    lines = [
        _points(n for n in part if _owners()[n] == {country}) for part in parts().get(country, ())
    ]
    return max(lines, key=len, default=())


def country_at(lat: float, lon: float) -> str | None:
    """The ISO 3166-1 code of the country that a point lies in, by the atlas; None at sea."""
    for country, lands in parts().items():
        for land in lands:
            if _crossed(land, lat, lon) % 2:
                return country
    return None


def _crossed(numbers: Iterable[int], lat: float, lon: float) -> int:
    """How many of the lines lie due east of a point: an odd number if it is inside of them."""
    lines = [arc(number) for number in numbers]
    ends = [x for line in lines for x, _ in line]
    turn = 360.0 if max(ends) - min(ends) > 180 else 0.0  # over the line where the date changes
    lon += turn * (lon < 0)
    found = 0
    for line in lines:
        for (x, y), (other_x, other_y) in pairwise((x + turn * (x < 0), y) for x, y in line):
            crosses = (y > lat) != (other_y > lat)
            found += crosses and lon < x + (lat - y) / (other_y - y) * (other_x - x)
    return found


def middle(line: Sequence[Point]) -> Spot:
    """The point of a line that is least far from all the others."""
    step = max(1, len(line) // _TRIED)
    some = line[::step]
    far, lon, lat = min((_farthest(point, some), *point) for point in some)
    return Spot(lat, lon, far)


def nearest(line: Sequence[Point], lat: float, lon: float) -> Spot:
    """The point of a line that is nearest to a place, and how far that is."""
    far, x, y = min((km(y, x, lat, lon), x, y) for x, y in line)
    return Spot(y, x, far)


def _farthest(point: Point, others: Iterable[Point]) -> float:
    return max(km(point[1], point[0], y, x) for x, y in others)


def _points(numbers: Iterable[int]) -> tuple[Point, ...]:
    return tuple(point for number in sorted(numbers) for point in arc(number))


def _arcs_of(country: str) -> set[int]:
    return set().union(*parts().get(country, ()))


@cache
def _owners() -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for country, lands in parts().items():
        for number in set().union(*lands):
            found[number].add(country)
    return found
