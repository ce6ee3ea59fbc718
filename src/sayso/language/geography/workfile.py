"""The file in which an import of places keeps its work until it is finished.

One process has it for itself; rows are only ever appended, in transactions that also note how far
each file of GeoNames has been read. `additions` says what is read and what becomes of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sayso.language.gazetteer import ADDED, COLUMNS
from sayso.language.geography.filing import Row
from sayso.language.geography.geonames import Batch, Source
from sayso.language.geography.ownership import APPLICATION_ID, spare

# Steps of SQLite, some milliseconds of them, between two looks at whether Ctrl-C was pressed.
_STEPS = 1_000_000

FILE = """
    CREATE TABLE {0}.file (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, holds TEXT NOT NULL, size INTEGER NOT NULL,
        mark TEXT NOT NULL, done INTEGER NOT NULL, lines INTEGER NOT NULL
    );
"""
"""The table of files, for a schema."""

# The tables of a gazetteer with nothing to keep in order.
_TABLES = f"""
    PRAGMA {{0}}.application_id = {APPLICATION_ID};
    CREATE TABLE {{0}}.meta (key, value);
    CREATE TABLE {{0}}.place ({COLUMNS}, source, admin3);
    CREATE TABLE {{0}}.alias (key, place, main);
    {FILE}
"""


class File(NamedTuple):
    """A file of GeoNames that was or is being added; `done` of its `size` bytes have been read."""

    id: int
    name: str
    holds: str
    size: int
    mark: str
    done: int
    lines: int

    def is_of(self, other: Source | File) -> bool:
        """Whether it is this very version of this file."""
        return (self.name, self.size, self.mark) == (other.name, other.size, other.mark)


def files(connection: sqlite3.Connection, schema: str = "main") -> list[File]:
    """The files noted in a file of added places or a work file, in the order of reading."""
    rows = connection.execute(f"SELECT * FROM {schema}.file ORDER BY id").fetchall()
    return [File(*row) for row in rows]


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """The work file at `path` for this process alone; made where there is none, or a damaged one.

    It is deleted at the end if no file of GeoNames is noted in it. Raises `sqlite3.Error`, and
    `SettingsError` where something is there that is no file of places.
    """
    spare(path)
    try:
        connection = _open(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damaged
        path.unlink()
        connection = _open(path)
    try:
        yield connection
    finally:
        idle = not files(connection)
        connection.close()
        if idle:
            path.unlink()


def clear(connection: sqlite3.Connection) -> None:
    """Empties the work file."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with _transaction(connection):
        for (name,) in connection.execute(tables).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        make_tables(connection, "main")
        connection.execute("INSERT INTO meta VALUES ('version', ?)", (ADDED,))


def make_tables(connection: sqlite3.Connection, schema: str) -> None:
    """Empty tables, as a work file has them."""
    for statement in _TABLES.format(schema).split(";"):
        connection.execute(statement)


def begin(connection: sqlite3.Connection, source: Source) -> File:
    """How far the file has been read; from now on it is noted."""
    for file in files(connection):
        if file.is_of(source):
            return file
    with _transaction(connection):
        connection.execute(
            "INSERT INTO file (name, holds, size, mark, done, lines) VALUES (?, ?, ?, ?, 0, 0)",
            (source.name, source.holds, source.size, source.mark),
        )
    return files(connection)[-1]


def append(connection: sqlite3.Connection, file: File, batch: Batch) -> None:
    """Keeps the rows of a batch of that file, all or none."""
    columns = f"{COLUMNS}, admin3, source"
    row = f"INSERT INTO place ({columns}) VALUES ({'?, ' * len(Row._fields)}{file.id})"
    far = (batch.size, batch.lines, file.id)
    with _transaction(connection):
        connection.executemany(row, batch.places)
        connection.executemany("INSERT INTO alias VALUES (?, ?, ?)", batch.aliases)
        connection.execute("UPDATE file SET done = ?, lines = ? WHERE id = ?", far)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path.absolute().as_uri(), uri=True, timeout=0, isolation_level=None
    )
    try:
        connection.set_progress_handler(lambda: 0, _STEPS)
        # 64 MB of memory at most, for sorting too.
        connection.executescript(
            "PRAGMA cache_size=-65536; PRAGMA synchronous=NORMAL; PRAGMA locking_mode=EXCLUSIVE;"
            "BEGIN EXCLUSIVE; COMMIT"
        )
        try:
            version = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.OperationalError:  # no such table
            version = None
        if version != (ADDED,):
            clear(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
