"""A file to a ledger that may be read and written, or a sentence that says why not.

Everything that is particular to SQLite is here: how a file is known for a ledger, how transactions
begin, and what its errors mean to a person. A ledger on another database has its own such module.

A ledger keeps SQLite's rollback journal and not the write-ahead log. With the log a ledger would be
three files as long as it is open, could not lie on a network drive, and could not be read from a
folder that is read-only; here it is one file that can be copied, mailed and archived. What the log
gives instead, readers that go on while somebody writes, is had by keeping both short: reads fetch
a page at a time, and writers wait their turn.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError

from sayso.errors import LedgerError
from sayso.ledger import schema

PATIENCE = 5.0
"""Seconds to wait for another program to finish with the ledger."""

APPLICATION_ID = int.from_bytes(b"Says", "big")
"""What SQLite keeps in the header of the file to tell whose it is; `file` shows it too."""

WRITES = {"sayso_writes": True}
"""The execution option of a connection that is going to write."""

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_LOCKED: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_FULL: "could not be written: there is no space left on the disk",
    sqlite3.SQLITE_IOERR: "could not be read or written to the end: the disk is full or has failed",
    sqlite3.SQLITE_READONLY: "cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened or written: its folder does not permit it",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_NOTADB: "is not a ledger",
    sqlite3.SQLITE_CORRUPT: "is damaged; go back to a copy of it",
}


def connect(path: Path, *, create: bool) -> Engine:
    """An engine on the ledger at `path`, which is made where there is none if `create` says so.

    Raises `LedgerError` where there is none, or where the file is not a ledger, is of a later
    version, is damaged, in use, or may not be read.
    """
    _look_at(path, create=create)
    url = URL.create("sqlite", database=os.path.abspath(path))
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with explained(path):
            if create:
                _make(engine)
            with engine.connect() as connection:
                _check(connection, path)
    except LedgerError:
        engine.dispose()
        raise
    return engine


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Within, an error of the database is raised as a `LedgerError` in plain words."""
    try:
        yield
    except DBAPIError as error:
        # The driver's own errors have no code; the one that a file can cause is text that is not
        # UTF-8. Of SQLite's codes, all but the last byte is detail.
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        sentence = _SENTENCES.get(code, f"failed: {error.orig}")
        raise LedgerError(f"the ledger {path} {sentence}") from error


def damaged(path: Path, what: str) -> LedgerError:
    """The error for a ledger that SQLite can read and we cannot."""
    return LedgerError(f"the ledger {path} is damaged ({what}); go back to a copy of it")


def _look_at(path: Path, *, create: bool) -> None:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        if not create:
            raise LedgerError(
                f"no ledger at {path}; make one with: sayso add INPUT --ledger {path}"
            ) from None
        if not os.path.isdir(path.parent):
            raise LedgerError(f"no ledger can be made at {path}: its folder is missing") from None
        return
    except OSError as error:
        raise LedgerError(f"the ledger {path} cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no regular file"
        raise LedgerError(f"{path} is {kind}, not a ledger")


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Stop Python's driver from choosing when a transaction begins: that is `_begin`'s to say."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """A writer takes its place in the queue at once, not when it has something to lose."""
    writes = connection.get_execution_options().get(*WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_empty(connection: Connection) -> bool:
    changes: int = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    return changes == 0  # no table was ever made in it


def _make(engine: Engine) -> None:
    """Make the tables in an empty file, all or none, even if two programs come to do it."""
    with engine.connect() as connection:
        if not _is_empty(connection):
            return
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        if _is_empty(connection):
            schema.metadata.create_all(connection)
            version = {"key": "schema", "value": str(schema.VERSION)}
            connection.execute(insert(schema.meta).values(version))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _check(connection: Connection, path: Path) -> None:
    if _is_empty(connection):
        raise LedgerError(f"{path} is an empty file, not a ledger")
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        raise LedgerError(f"{path} is a database of another program, not a ledger")
    query = select(schema.meta.c.value).where(schema.meta.c.key == "schema")
    version = connection.execute(query).scalar_one_or_none() or ""
    if not version.isdecimal():
        raise damaged(path, "it does not say its version")
    if int(version) > schema.VERSION:
        raise LedgerError(
            f"the ledger {path} was written by a later Sayso (its tables are version {version}, "
            f"this one knows {schema.VERSION}); upgrade with: pip install --upgrade sayso"
        )
