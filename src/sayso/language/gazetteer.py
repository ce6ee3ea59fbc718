"""Where names are: look-ups in one SQLite file that is built once from installed packages.

The file lives in the user's cache and can be deleted at any time; it is made again when it is
missing, damaged, or older than the packages and tables that it was made from (`atlas` makes it).
Beside it may lie a second one, of what the user has added (`additions` makes that): look-ups unite
the two, and where both have an entry the first knows better.
Nothing of the world is held in memory but the names asked for last. This module answers "what
could this name be?"; which of the answers a text means is the business of `places`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sayso.errors import EngineError
from sayso.language.geography.folding import fold

PlaceKind = Literal["city", "region", "country", "area"]
Progress = Callable[[int, int], None]

ADDED = "added 1"
"""The version of a file of added places. To be raised when its tables or `fold` change."""

# Enough for the names of several hundred articles, a few megabytes at most.
_REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name can mean.

    `geonameid` is None for what GeoNames does not number here (most regions, counties, areas);
    `id` is unique in the file. `lat` and `lon` are None for areas too wide to have a point.
    `admin1` is the state's postal code in the United States, else a code that only compares.
    `population` counts towns; for a region it is the sum of its towns, roughly. `main` is true if
    the name asked for is the entry's own, false if it is another name for it. `part` marks a
    second-level region: a county, a district, a French department. `added` marks what only the
    user's own files have.
    """

    id: int
    geonameid: int | None
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    population: int
    kind: PlaceKind
    main: bool
    part: bool
    capital: bool
    added: bool


class Gazetteer:
    """An open gazetteer file; use `Gazetteer.open`. Not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path, united: bool) -> None:
        self._connection = connection
        self._path = path
        self._united = united
        self._remembered = lru_cache(_REMEMBERED)(self._look_up)
        self._of_country = lru_cache(_REMEMBERED)(self._look_up_country)

    @classmethod
    def open(cls, path: Path | str, progress: Progress | None = None) -> Gazetteer:
        """The gazetteer at `path`, built there first if it is missing, damaged or out of date.

        `progress(done, total)` is called now and then while building (some ten seconds). Two
        processes may build at once: each writes a file of its own, and the last to finish stays.
        What was added beside it is attached if it is sound, and left out if not: `info` says so.
        Raises `EngineError` when the file cannot be written or its sources cannot be read, and
        `SettingsError` when another kind of file is there: that one is left as it is.
        """
        from sayso.language.geography import atlas  # it needs numpy, which a look-up does not

        path = Path(path)
        version = atlas.version()
        connection = connect(path, version)
        if connection is None:
            atlas.build(path, version, progress)
            connection = connect(path, version)
        if connection is None:
            raise EngineError(f"the gazetteer {path} cannot be read even after building it anew")
        return cls(connection, path, _unite(connection, added_beside(path)))

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

    def info(self) -> dict[str, str]:
        """What the file holds: number of entries and names, sources with versions, licences.

        `added` says the same of what was added, if anything was; `adding` that an import waits to
        be finished.
        """
        facts = {"path": str(self._path), **self._meta("main")}
        added = added_beside(self._path)
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
        self._connection.close()

    def _look_up(self, key: str) -> tuple[Candidate, ...]:
        found = self._ask(_FIND_UNITED if self._united else _FIND, key)
        if all(_only_added(c) for c in found):
            return found
        return tuple(c for c in found if not _only_added(c))

    def _look_up_country(self, code: str) -> tuple[Candidate, ...]:
        return self._ask(_OF_COUNTRY_UNITED if self._united else _OF_COUNTRY, code)

    def _ask(self, query: str, about: str) -> tuple[Candidate, ...]:
        try:
            rows = self._connection.execute(query, (about,)).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return tuple(
            Candidate(
                row[0],
                row[0] if row[0] > 0 else None,
                row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                bool(row[10]),
                bool(row[8]),
                bool(row[9]),
                bool(row[11]),
            )
            for row in rows
        )

    def _meta(self, schema: str) -> dict[str, str]:
        query = f"SELECT key, value FROM {schema}.meta ORDER BY key"
        try:
            return dict(self._connection.execute(query).fetchall())
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> EngineError:
        told = f"the gazetteer {self._path} is damaged ({error}); delete it and it is built again"
        if self._united:
            told += ", or it is what was added to it: sayso gazetteer remove"
        return EngineError(told)


_ROW = "id, name, lat, lon, country, admin1, population, kind, part, capital"
_FIND = f"""
    SELECT {_ROW}, main, 0 FROM alias JOIN place ON place.id = alias.place
    WHERE alias.key = ? ORDER BY population DESC, id
"""
_FIND_UNITED = f"""
    WITH named AS (
        SELECT place, max(main) AS main FROM (
            SELECT place, main FROM main.alias WHERE key = ?1
            UNION ALL SELECT place, main FROM added.alias WHERE key = ?1
        ) GROUP BY place
    )
    SELECT {_ROW}, named.main, 0 FROM named JOIN main.place ON id = named.place
    UNION ALL
    SELECT {_ROW}, named.main, 1 FROM named JOIN added.place ON id = named.place
    WHERE named.place NOT IN (SELECT id FROM main.place)
    ORDER BY population DESC, id
"""
_HEADS = f"SELECT {_ROW}, 1, %s FROM %s.place WHERE country = ?1 AND (capital OR kind = 'country')"
_OF_COUNTRY = f"{_HEADS % (0, 'main')} ORDER BY population DESC, id"
# The first file knows better: parts of countries that call themselves one are "added" only.
_OF_COUNTRY_UNITED = f"""
    {_HEADS % (0, "main")} UNION ALL {_HEADS % (1, "added")}
    ORDER BY 12, population DESC, id
"""

UNSOUND = (
    "it is damaged, or from another version of Sayso; add its files again, or drop it with: "
    "sayso gazetteer remove"
)
UNFINISHED = (
    "an import is unfinished; the same sayso gazetteer add goes on with it, "
    "sayso gazetteer remove drops it"
)


def added_beside(path: Path) -> Path:
    """Where what was added to the gazetteer at `path` lies."""
    return path.with_name(f"{path.stem}-added{path.suffix}")


def adding_beside(path: Path) -> Path:
    """Where an import into the gazetteer at `path` keeps its work until it is finished."""
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
