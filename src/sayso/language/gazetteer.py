"""Where names are: look-ups in the SQLite file of places that Sayso ships.

Beside it the user may have another, of what was added (`additions` makes that): look-ups unite the
two, and where both have an entry the first knows better.
Nothing of the world is held in memory but the names asked for last. This module answers "what
could this name be?"; which of the answers a text means is the business of `places`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from sayso.errors import EngineError
from sayso.language.geography.distance import km
from sayso.language.geography.folding import fold
from sayso.language.geography.ownership import spare

PlaceKind = Literal["city", "region", "country", "area"]
Progress = Callable[[int, int], None]

PACKAGED = Path(str(files("sayso") / "data" / "places" / "gazetteer.db"))
"""The file of places that Sayso ships."""

NOTHING = Path()
"""Instead of a file of added places: none."""

VERSION, ADDED = "packaged 4", "added 2"
"""The versions of that file and of a file of added places. To be raised when their tables or `fold`
change."""

# Enough for the names of several hundred articles, a few megabytes at most.
_REMEMBERED = 8192
# Countries whose regions are remembered; the largest has six thousand.
_COUNTRIES = 32

# Degrees about a point in which towns are looked for, letters that names alike begin with, and how
# alike they must be (`difflib`'s ratio).
_BESIDE, _SAME, _LIKENESS = 0.5, 2, 0.75

DEGREE = 10_000
"""Files of places keep points in whole numbers of so many to a degree: some ten metres."""

COLUMNS = "id, name, lat, lon, country, admin1, admin2, population, kind, part, capital, reach"
"""The columns of a place in a file of places, in order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name can mean.

    `geonameid` is None for what GeoNames does not number here (most regions, counties, areas);
    `id` is unique in the file. `lat` and `lon` are None for areas too wide to have a point, and
    `reach` is how many kilometres from it a region or a country goes on, roughly. `admin1` and
    `admin2` are the codes of the divisions that it lies in or is: those of GeoNames, in the United
    States the state's postal code; where GeoNames has none, one that only compares.
    `population` counts towns; for a region it is the sum of its towns, roughly. `main` is true if
    the name asked for is the entry's own, false if it is another name for it. `part` marks a
    second-level region: a county, a district, a French department. `added` marks what only the
    user's own files have; `admin3` is the name of a third division, where they tell it.
    """

    id: int
    geonameid: int | None
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    kind: PlaceKind
    part: bool
    capital: bool
    reach: int | None
    main: bool
    added: bool
    admin3: str | None = None


class Gazetteer:
    """An open gazetteer file; use `Gazetteer.open`. Not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path, united: bool) -> None:
        self._connection = connection
        self._path = path
        self._united = united
        self._remembered = lru_cache(_REMEMBERED)(self._look_up)
        self._of_country = lru_cache(_REMEMBERED)(self._look_up_country)
        self._divisions = lru_cache(_COUNTRIES)(self._look_up_divisions)

    @classmethod
    def open(cls, added: Path | str) -> Gazetteer:
        """The gazetteer that Sayso ships, with the places in the file at `added`, if there is one.

        That file is left out if it is damaged or from another version: `info` says so. Raises
        `SettingsError` where anything else is there, and `EngineError` when the gazetteer itself is
        missing or damaged.
        """
        if added != NOTHING:
            spare(Path(added))
        connection = connect(PACKAGED, VERSION)
        if connection is None:
            raise EngineError(
                f"the gazetteer {PACKAGED} is missing, damaged or from another version: "
                "install Sayso again"
            )
        return cls(connection, Path(added), _unite(connection, Path(added)))

    def find(self, name: str) -> list[Candidate]:
        """Everything of that name, the most populous first; empty if there is none.

        Case, accents, dots, hyphens and a leading "the" make no difference, nor "St." for "Saint".
        Mountains, lakes and other areas that were added answer only where nothing else bears the
        name: there is a hill called Kabul. Raises `EngineError` if the file is damaged.
        """
        return list(self._remembered(fold(name)))

    def of_country(self, country: str, kind: str) -> Candidate | None:
        """The country itself (`kind` "country") or its capital ("capital"); None if unknown.

        `country` is its ISO 3166-1 code. Raises `EngineError` if the file is damaged.
        """
        heads = self._of_country(country)
        return next((c for c in heads if c.capital == (kind == "capital")), None)

    def divisions(self, country: str) -> tuple[Candidate, ...]:
        """The regions of a country by its ISO 3166-1 code, the most populous first.

        Raises `EngineError` if the file is damaged.
        """
        return self._divisions(country)

    def nearest(self, lat: float, lon: float, country: str | None) -> Candidate | None:
        """The town nearest to a point, of that country if one is given; None within half a degree.

        Looks through all towns. Raises `EngineError` if the file is damaged.
        """
        box = [round((x + side * _BESIDE) * DEGREE) for x in (lat, lon) for side in (-1, 1)]
        found = [c for c in self._ask(_NEAR, *box) if country in (None, c.country)]
        return min(found, key=lambda c: (_off(c, lat, lon), c.id), default=None)

    def within(
        self, south: float, west: float, north: float, east: float, most: int
    ) -> list[Candidate]:
        """The towns between these degrees, the most populous first, so many at most; a box over the
        180th meridian has its `west` above its `east`.

        Looks through all towns. Raises `EngineError` if the file is damaged.
        """
        wests = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        found: list[Candidate] = []
        for begin, end in wests:
            box = [round(x * DEGREE) for x in (south, north, begin, end)]
            found += self._ask(f"{_NEAR} ORDER BY population DESC, id LIMIT ?", *box, most)
        return sorted(found, key=lambda c: (-c.population, c.id))[:most]

    def alike(self, name: str) -> list[Candidate]:
        """The places whose names are nearest to one that the gazetteer lacks, three at most, the
        nearest first. Raises `EngineError` if the file is damaged.
        """
        key = fold(name)
        found = {c.id: c for c in self._ask(_BEGIN, key[:_SAME], key[:_SAME] + "\uffff")}
        by_name: dict[str, Candidate] = {}
        for c in sorted(found.values(), key=lambda c: -c.population):
            by_name.setdefault(fold(c.name), c)
        return [by_name[near] for near in get_close_matches(key, by_name, 3, _LIKENESS)]

    def info(self) -> dict[str, str]:
        """What the file holds: number of entries and names, sources with versions, licences.

        `added` says the same of what was added, if anything was; `adding` that an import waits to
        be finished.
        """
        facts = {"path": str(PACKAGED), **self._meta("main")}
        added = self._path
        if self._united:
            more = self._meta("added")
            told = ", ".join(f"{key} {more[key]}" for key in ("entries", "names", "sources"))
            facts["added"] = f"{told}; {more['licences']}"
        elif added.exists():
            facts["added"] = f"{added} is left out: {UNSOUND}"
        if adding_beside(self._path).exists():
            facts["adding"] = UNFINISHED
        return facts

    def close(self) -> None:
        """Closes the file; the object is of no use afterwards."""
        self._remembered.cache_clear()
        self._of_country.cache_clear()
        self._divisions.cache_clear()
        self._connection.close()

    def _look_up(self, key: str) -> tuple[Candidate, ...]:
        found = self._ask(_FIND_UNITED if self._united else _FIND, key)
        if all(_only_added(c) for c in found):
            return found
        return tuple(c for c in found if not _only_added(c))

    def _look_up_country(self, code: str) -> tuple[Candidate, ...]:
        return self._ask(_OF_COUNTRY_UNITED if self._united else _OF_COUNTRY, code)

    def _look_up_divisions(self, country: str) -> tuple[Candidate, ...]:
        return self._ask(_DIVISIONS_UNITED if self._united else _DIVISIONS, country)

    def _ask(self, query: str, *about: str | int) -> tuple[Candidate, ...]:
        try:
            rows = self._connection.execute(query, about).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return tuple(_candidate(row) for row in rows)

    def _meta(self, schema: str) -> dict[str, str]:
        query = f"SELECT key, value FROM {schema}.meta ORDER BY key"
        try:
            return dict(self._connection.execute(query).fetchall())
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> EngineError:
        told = f"the gazetteer {PACKAGED} is damaged ({error}): install Sayso again"
        if self._united:
            told += f", or it is what was added in {self._path}: sayso gazetteer remove"
        return EngineError(told)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    number, name, lat, lon, *told, part, capital, reach, main, added, admin3 = row
    country, admin1, admin2, population, kind = told
    return Candidate(
        number,
        number if number > 0 else None,
        name,
        None if lat is None else lat / DEGREE,
        None if lon is None else lon / DEGREE,
        country,
        admin1,
        admin2,
        population,
        kind,
        bool(part),
        bool(capital),
        reach,
        bool(main),
        bool(added),
        admin3,
    )


def _off(place: Candidate, lat: float, lon: float) -> float:
    return km(place.lat or 0.0, place.lon or 0.0, lat, lon)


_FIND = f"""
    SELECT {COLUMNS}, main, 0, NULL FROM alias JOIN place ON place.id = alias.place
    WHERE alias.key = ? ORDER BY population DESC, id
"""
_FIND_UNITED = f"""
    WITH named AS (
        SELECT place, max(main) AS main FROM (
            SELECT place, main FROM main.alias WHERE key = ?1
            UNION ALL SELECT place, main FROM added.alias WHERE key = ?1
        ) GROUP BY place
    )
    SELECT {COLUMNS}, named.main, 0, NULL FROM named JOIN main.place ON id = named.place
    UNION ALL
    SELECT {COLUMNS}, named.main, 1, admin3 FROM named JOIN added.place ON id = named.place
    WHERE named.place NOT IN (SELECT id FROM main.place)
    ORDER BY population DESC, id
"""
_NEAR = f"""
    SELECT {COLUMNS}, 1, 0, NULL FROM main.place
    WHERE kind = 'city' AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?
"""
_BEGIN = f"""
    SELECT {COLUMNS}, main, 0, NULL FROM alias JOIN main.place ON place.id = alias.place
    WHERE alias.key BETWEEN ? AND ? AND main
"""
_SOME = f"SELECT {COLUMNS}, 1, %s AS added, NULL FROM %s.place WHERE country = ?1 AND "
_HEADS = _SOME + "(capital OR kind = 'country')"
_OF_COUNTRY = f"{_HEADS % (0, 'main')} ORDER BY population DESC, id"
# The first file knows better: parts of countries that call themselves one are "added" only.
_OF_COUNTRY_UNITED = f"""
    {_HEADS % (0, "main")} UNION ALL {_HEADS % (1, "added")}
    ORDER BY added, population DESC, id
"""
_REGIONS = _SOME + "kind = 'region'"
_DIVISIONS = f"{_REGIONS % (0, 'main')} ORDER BY population DESC, id"
_DIVISIONS_UNITED = f"""
    {_REGIONS % (0, "main")} UNION ALL {_REGIONS % (1, "added")}
    ORDER BY added, population DESC, id
"""

UNSOUND = (
    "it is damaged, or from another version of Sayso; add its files again, or drop it with: "
    "sayso gazetteer remove"
)
UNFINISHED = (
    "an import is unfinished; the same sayso gazetteer add goes on with it, "
    "sayso gazetteer remove drops it"
)


def adding_beside(path: Path) -> Path:
    """Where an import into the file of added places keeps its work until it is finished."""
    return path.with_name(f"{path.stem}-adding{path.suffix}")


def connect(path: Path, version: str) -> sqlite3.Connection | None:
    """The file opened for reading; None if it is missing, damaged or not of that version."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(_unchanging(path), uri=True)
    except sqlite3.Error:
        return None
    try:
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        whole = pages * size == path.stat().st_size
    except (sqlite3.Error, OSError):
        meta, whole = {}, False
    if whole and meta.get("version") == version:
        return connection
    connection.close()
    return None


def _unite(connection: sqlite3.Connection, added: Path) -> bool:
    """Attaches what was added, if it is sound."""
    sound = connect(added, ADDED)
    if sound is None:
        return False
    sound.close()
    try:
        connection.execute("ATTACH ? AS added", (_unchanging(added),))
    except sqlite3.Error:  # removed this very moment
        return False
    return True


def _unchanging(path: Path) -> str:
    """For SQLite: files of places are only ever replaced whole, so nobody need lock them."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _only_added(candidate: Candidate) -> bool:
    return candidate.added and candidate.kind == "area"
