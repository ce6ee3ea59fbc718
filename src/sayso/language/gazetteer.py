"""Where names are: look-ups in one SQLite file that is built once from installed packages.

The file lives in the user's cache and can be deleted at any time; it is made again when it is
missing, damaged, or older than the packages and tables that it was made from (`atlas` makes it).
Nothing of the world is held in memory but the names asked for last. This module answers "what
could this name be?"; which of the answers a text means is the business of `places`.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sayso.errors import EngineError

PlaceKind = Literal["city", "region", "country", "area"]
Progress = Callable[[int, int], None]

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
    second-level region: a county, a district, a French department.
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


class Gazetteer:
    """An open gazetteer file; use `Gazetteer.open`. Not to be shared between threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._remembered = lru_cache(_REMEMBERED)(self._look_up)
        self._of_country = lru_cache(_REMEMBERED)(self._look_up_country)

    @classmethod
    def open(cls, path: Path | str, progress: Progress | None = None) -> Gazetteer:
        """The gazetteer at `path`, built there first if it is missing, damaged or out of date.

        `progress(done, total)` is called now and then while building (some ten seconds). Two
        processes may build at once: each writes a file of its own, and the last to finish stays.
        Raises `EngineError` when the file cannot be written or its sources cannot be read.
        """
        from sayso.language.geography import atlas

        path = Path(path)
        version = atlas.version()
        connection = _connect(path, version)
        if connection is None:
            atlas.build(path, version, progress)
            connection = _connect(path, version)
        if connection is None:
            raise EngineError(f"the gazetteer {path} cannot be read even after building it anew")
        return cls(connection, path)

    def find(self, name: str) -> list[Candidate]:
        """Everything of that name, the most populous first; empty if there is none.

        Case, accents, dots, hyphens and a leading "the" make no difference, nor "St." for "Saint".
        Raises `EngineError` if the file turns out to be damaged.
        """
        return list(self._remembered(fold(name)))

    def of_country(self, country: str, kind: str) -> Candidate | None:
        """The country itself (`kind` "country") or its capital ("capital"); None if unknown.

        `country` is its ISO 3166-1 code. Raises `EngineError` if the file is damaged.
        """
        heads = self._of_country(country)
        return next((c for c in heads if c.capital == (kind == "capital")), None)

    def info(self) -> dict[str, str]:
        """What the file holds: number of entries and names, sources with versions, licences."""
        try:
            rows = self._connection.execute("SELECT key, value FROM meta ORDER BY key").fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        return {"path": str(self._path), **dict(rows)}

    def close(self) -> None:
        """Closes the file; the object is of no use afterwards."""
        self._remembered.cache_clear()
        self._of_country.cache_clear()
        self._connection.close()

    def _look_up(self, key: str) -> tuple[Candidate, ...]:
        return self._ask(_FIND, key)

    def _look_up_country(self, code: str) -> tuple[Candidate, ...]:
        return self._ask(_OF_COUNTRY, code)

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
            )
            for row in rows
        )

    def _damaged(self, error: sqlite3.Error) -> EngineError:
        return EngineError(
            f"the gazetteer {self._path} is damaged ({error}); delete it and it is built again"
        )


_FIND = """
    SELECT place.id, place.name, lat, lon, country, admin1, population, kind, part, capital, main
    FROM alias JOIN place ON place.id = alias.place
    WHERE alias.key = ? ORDER BY population DESC, place.id
"""
_OF_COUNTRY = """
    SELECT id, name, lat, lon, country, admin1, population, kind, part, capital, 1 FROM place
    WHERE country = ? AND (capital OR kind = 'country') ORDER BY population DESC, id
"""


def _connect(path: Path, version: str) -> sqlite3.Connection | None:
    """The file opened for reading, or None if it has to be built."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
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


# Letters that Unicode does not take apart into a Latin letter and a mark.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ə": "a", "æ": "ae", "œ": "oe",
        "þ": "th", "ħ": "h", "ŋ": "ng", "-": " ", "–": " ", "‑": " ", "/": " ", "_": " ",
        ",": " ", "&": " and ", **dict.fromkeys(".'’‘ʻʼ`´ʿʾ\"()[]", ""),
    }
)  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SHORT_LAST = {"co": "county", "twp": "township"}


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """The form of a name that decides what is the same name.

    >>> fold("The St.-Étienne")
    'saint etienne'
    """
    return folded(name)


def folded(name: str) -> str:
    """As `fold`, but remembering nothing: for names that come once."""
    name = name.casefold()
    if not name.isascii():
        name = "".join(
            c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
        ).casefold()
    words = name.translate(_LETTERS).split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        words[:-1] = [_SHORT.get(word, word) for word in words[:-1]]
        words[-1] = _SHORT_LAST.get(words[-1], words[-1])
    return " ".join(words)
