"""A file of places: its tables, and how one is written whole.

The packaged gazetteer is made with it when Sayso is made, and `additions` makes files of the same
tables on a user's machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sayso.language.gazetteer import DEGREE, PlaceKind
from sayso.language.geography.folding import folded
from sayso.language.geography.ownership import APPLICATION_ID

TABLES = f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE place (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat INTEGER, lon INTEGER, country TEXT,
        admin1 TEXT, admin2 TEXT, population INTEGER NOT NULL, kind TEXT NOT NULL,
        part INTEGER NOT NULL, capital INTEGER NOT NULL, reach INTEGER
    );
    CREATE TABLE alias (
        key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, place)
    ) WITHOUT ROWID;
"""
"""What every file of places holds. `reach` is how many kilometres from its point a region or a
country goes on, roughly."""

INDEXES = (
    "CREATE INDEX {0}head ON place (country) WHERE capital OR kind = 'country'",
    "CREATE INDEX {0}division ON place (country) WHERE kind = 'region'",
)
"""For a schema, as "fresh." or nothing."""

_LONGEST = 40


class Row(NamedTuple):
    """A place as a file of places keeps it, in the order of `gazetteer.COLUMNS`.

    `lat` and `lon` are in parts of a degree (`DEGREE`). The last, a name, is only kept of what a
    user adds.
    """

    id: int
    name: str
    lat: int | None
    lon: int | None
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    kind: PlaceKind
    part: bool
    capital: bool
    reach: int | None = None
    admin3: str | None = None


Alias = tuple[str, int, bool]
"""A key, the place that it finds, and whether it is that place's own name."""


def write(
    path: Path, places: Iterable[Row], aliases: Iterable[Alias], about: Mapping[str, str]
) -> None:
    """Writes a file of places at `path`, where nothing may be; `about` is what it says of itself.

    Raises `sqlite3.Error` where it cannot be written.
    """
    with closing(sqlite3.connect(path)) as connection:
        # A crash leaves a file that nobody opens: no journal is needed.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
        marks = ",".join("?" * (len(Row._fields) - 1))
        kept = (row[:-1] for row in places)
        connection.executemany(f"INSERT INTO place VALUES ({marks})", kept)
        connection.executemany("INSERT INTO alias VALUES (?,?,?)", aliases)
        for index in INDEXES:
            connection.execute(index.format(""))
        connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(about.items()))
        connection.commit()
        connection.execute("VACUUM")


def key_of(name: str) -> str | None:
    """The key to find a name by, in any script; None for letters that stand alone, and for whole
    sentences.
    """
    key = folded(name)
    return key if 1 < len(key) <= _LONGEST else None


def worth_keeping(name: str) -> bool:
    """Not airport codes ("LHR"), nor what machines make: transliterations that begin in lower case,
    a town and its state in one.
    """
    code = len(name) <= 3 and name.isascii() and name.isupper()
    return not (name[:1].islower() or code or "," in name or "،" in name)


def parts_of_a_degree(degrees: float) -> int:
    """Degrees as a file of places keeps them."""
    return round(degrees * DEGREE)
