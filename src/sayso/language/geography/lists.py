"""Reads a user's own list of places: a CSV with a header, or GeoJSON, with names and points.

Columns go by what such lists call them, in any case: OCHA's gazetteers ("ADM1_EN"), a spreadsheet's
("Latitude"). A list is read whole: it has thousands of places, not millions.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import InputError
from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.filing import Alias, Row, key_of, parts_of_a_degree
from sayso.language.geography.folding import fold
from sayso.language.geography.spelling import spelled

SUFFIXES = (".csv", ".tsv", ".geojson", ".json")

# What a column may be called, in small letters and without what is no letter or digit.
_NAMES: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "nameen", "placename", "place", "location", "settlement", "village", "town",
        "featurename", "featureen", "toponym",
    ),
    "lat": ("lat", "latitude", "y", "pointy", "ycoord", "latitudedd"),
    "lon": ("lon", "lng", "long", "longitude", "x", "pointx", "xcoord", "longitudedd"),
    "country": (
        "country", "countrycode", "iso", "iso2", "iso3", "adm0", "adm0en", "adm0name", "admin0",
        "adm0pcode", "admin0name",
    ),
    "admin1": (
        "admin1", "adm1", "adm1en", "adm1name", "admin1name", "admin1nameen", "province", "state",
        "governorate", "region",
    ),
    "admin2": (
        "admin2", "adm2", "adm2en", "adm2name", "admin2name", "admin2nameen", "district", "county",
    ),
    "admin3": ("admin3", "adm3", "adm3en", "adm3name", "admin3name", "admin3nameen"),
    "population": ("population", "pop", "inhabitants"),
    "others": ("othernames", "alternatenames", "altnames", "aliases", "nameslocal", "namelocal"),
}  # fmt: skip
# Numbers of our own, below those that the packaged file gives to what GeoNames does not number.
_FIRST = 10**9


class Listed(NamedTuple):
    """What a list holds."""

    places: list[Row]
    aliases: list[Alias]


def is_list(path: Path) -> bool:
    """Whether a file is one to read here, by its name."""
    return path.suffix.lower() in SUFFIXES


def read(path: Path, gazetteer: Gazetteer) -> Listed:
    """The places of a list; their divisions by the codes of `gazetteer` where it has them.

    A row without a name or a point is left out. Raises `InputError`, naming the row, where a point
    is none, and, naming the columns, where they lack names or points.
    """
    places: dict[int, Row] = {}
    aliases: dict[tuple[str, int], bool] = {}
    for line, row in _rows(path):
        told = _told(row)
        name = told.get("name", "")
        if not (name and told.get("lat") and told.get("lon")):
            continue
        try:
            place = _place(told, path, gazetteer)
        except ValueError as error:
            raise InputError(f"{path}, row {line}: {error}") from error
        places[place.id] = place
        others = told.get("others", "").replace("|", ";").split(";")
        for main, names in ((False, others), (True, [name])):
            aliases |= {(key, place.id): main for n in names if (key := key_of(n.strip()))}
    if not places:
        raise InputError(f"{path} holds no row with a name and a point")
    return Listed(list(places.values()), [(key, n, main) for (key, n), main in aliases.items()])


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows with their numbers, from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8: save it as that") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    rows = _features(path, text) if path.suffix.lower().endswith("json") else _lines(path, text)
    for number, row in enumerate(rows, 1):
        if number == 1:
            _check(path, row)
        yield number, row


def _lines(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        yield from csv.DictReader(text.splitlines(), delimiter=mark)
    except csv.Error as error:
        raise InputError(f"{path} is no sound CSV: {error}") from error


def _features(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    try:
        features = json.loads(text)["features"]
        for feature in features:
            lon, lat = _middle(feature["geometry"]["coordinates"])
            yield {**feature["properties"], "lat": lat, "lon": lon}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} is no GeoJSON of features with names and points") from error


def _middle(coordinates: Any) -> tuple[float, float]:
    """The point, or the middle of what an outline goes round."""
    points = list(_points(coordinates))
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def _check(path: Path, row: Mapping[str, Any]) -> None:
    found = {field for field in _NAMES for key in row if _plain(key) in _NAMES[field]}
    if lacking := {"name", "lat", "lon"} - found:
        raise InputError(
            f"{path} lacks {' and '.join(sorted(lacking))}: a list of places has a header with "
            f"name, lat, lon, and if it can country, admin1, admin2, admin3, population; this one "
            f"has {', '.join(str(key) for key in row)}"
        )


def _told(row: Mapping[str, Any]) -> dict[str, str]:
    """The row by our names of its columns; of several for one, the first that is not empty."""
    plain = {_plain(key): str(value).strip() for key, value in row.items() if value is not None}
    return {
        field: next((plain[name] for name in names if plain.get(name)), "")
        for field, names in _NAMES.items()
    }


def _plain(key: object) -> str:
    return "".join(c for c in str(key).lower() if c.isalnum())


def _place(told: dict[str, str], path: Path, gazetteer: Gazetteer) -> Row:
    lat, lon = float(told["lat"]), float(told["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{told['lat']}, {told['lon']} is no point on the earth")
    country = _country(told["country"], gazetteer)
    first = _division(told["admin1"], country, None, gazetteer)
    second = _division(told["admin2"], country, first, gazetteer)
    mark = hashlib.sha256(f"{path.name}\0{told['name']}\0{lat:.4f}\0{lon:.4f}".encode()).digest()
    return Row(
        -_FIRST - int.from_bytes(mark[:6], "big"), told["name"], parts_of_a_degree(lat),
        parts_of_a_degree(lon), country,
        (first.admin1 if first else told["admin1"]) or None,
        (second.admin2 if second else told["admin2"]) or None,
        _people(told["population"]), "city", False, False, None, told["admin3"] or None,
    )  # fmt: skip


def _people(told: str) -> int:
    digits = told.replace(",", "").replace(" ", "").partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def _country(told: str, gazetteer: Gazetteer) -> str | None:
    if len(told) == 2:
        return told.upper()
    if len(told) == 3 and told.upper() in _three():
        return _three()[told.upper()]
    return next((c.country for c in gazetteer.find(told) if c.kind == "country"), None)


@cache
def _three() -> dict[str, str]:
    table = files("sayso") / "data" / "codes" / "countries.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["iso3"]: row["iso2"] for row in rows}


def _division(
    told: str, country: str | None, within: Candidate | None, gazetteer: Gazetteer
) -> Candidate | None:
    """The packaged division of a name: a first one, or a second one in another."""
    if not told or country is None:
        return None
    among = [
        d
        for d in gazetteer.divisions(country)
        if (d.part and d.admin1 == within.admin1 if within else not d.part)
    ]
    key = fold(told)
    return next((d for d in among if fold(d.name) == key), None) or spelled(told, among)
