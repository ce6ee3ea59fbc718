"""An address to a ledger that may be read and written, or a sentence that says why not.

An address is the path of a file or `postgresql://...`. A ledger of an earlier version is brought up
to this one when it is opened, all or nothing; of a file, a copy as it was stays beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, TimeoutError

from sayso import outputs
from sayso.errors import LedgerError, SaysoError
from sayso.ledger import postgresql, schema, sqlite, views
from sayso.ledger.sqlite import WRITES
from sayso.records import Record
from sayso.wire import decode

R = TypeVar("R", bound=Record)

VERSION = 5
"""Of the tables: the number of the last migration. Later ones are refused, never guessed at."""


FIRST = 1
"""The version of the tables of Sayso up to 0.6, which had no views of a log."""


class Place:
    """Where a ledger is: `name` is how people are told of it."""

    def __init__(self, address: str | Path) -> None:
        self.url = str(address) if str(address).startswith(postgresql.SCHEMES) else None
        self.path = Path(address)
        self.name = str(self.path) if self.url is None else postgresql.shown(self.url)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Within, an error of the database is raised as a `LedgerError` in plain words."""
        try:
            yield
        except DBAPIError as error:
            first = _first(error)
            what = (
                sqlite.meaning(first.orig, self.path)
                if self.url is None
                else postgresql.meaning(first.orig)
            )
            raise LedgerError(f"the ledger {self.name} {what}") from error
        except UnicodeDecodeError as error:
            # Python's driver fails so where SQLite names, in its own sentence, what is damaged.
            raise LedgerError(f"the ledger {self.name} is damaged; {self._advice()}") from error
        except TimeoutError as error:
            what = "is asked by more at once than it can answer; try again"
            raise LedgerError(f"the ledger {self.name} {what}") from error

    def damaged(self, what: str) -> LedgerError:
        """The error for a ledger that its database can read and we cannot."""
        return LedgerError(f"the ledger {self.name} is damaged ({what}); {self._advice()}")

    def _advice(self) -> str:
        return "go back to a copy of it" if self.url else sqlite.last_good(self.path)

    def decoded(self, record: str, kind: type[R]) -> R:
        """A record as it stands in the log. Raises `LedgerError` where it is none."""
        try:
            return decode(record, kind)
        except MsgspecError as error:
            raise self.damaged(str(error)) from error


def _first(error: DBAPIError) -> DBAPIError:
    """The error that others followed from: where a disk is full, SQLite takes back the whole
    transaction, and then there is no savepoint any more to go back to."""
    first, before = error, error.__context__
    while before is not None:
        if isinstance(before, DBAPIError):
            first = before
        before = before.__context__
    return first


def connect(place: Place, *, create: bool) -> tuple[Engine, str | None]:
    """An engine on the ledger, which is made where there is none if `create` says so; and, where it
    was of an earlier version, a sentence that says so.

    Raises `LedgerError` where there is none, or it is not a ledger, is of a later version, is
    damaged, in use, or may not be read.
    """
    if place.url is None:
        engine = sqlite.engine(place.path, create=create)
    else:
        engine = postgresql.engine(place.url)
    try:
        with place.explained():
            if create:
                _make(engine, place)
            if place.url is None:
                sqlite.at_rest(engine)
            with engine.connect() as connection:
                version = _version(connection, place)
            upgraded = None if version == VERSION else _upgrade(engine, place, version)
    except BaseException:
        engine.dispose()
        raise
    return engine, upgraded


def _is_empty(connection: Connection, place: Place) -> bool:
    kind = sqlite if place.url is None else postgresql
    return bool(kind.is_empty(connection))


def _make(engine: Engine, place: Place) -> None:
    """Make the tables where there are none, all or nothing, even if two programs come to do it."""
    with engine.connect() as connection:
        if not _is_empty(connection, place):
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if place.url is not None:
            # Any number that no other program would think of: whoever comes second waits for it.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({sqlite.APPLICATION_ID})")
        if _is_empty(connection, place):
            schema.create(connection)
            mark(connection)
            if place.url is None:
                sqlite.sign(connection)


def mark(connection: Connection) -> None:
    """Note, as Alembic does, that the tables are of this version."""
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY NOT NULL)")
    )
    connection.execute(
        text("INSERT INTO alembic_version VALUES (:version)"), {"version": revision(VERSION)}
    )


def revision(version: int) -> str:
    """The name of a migration."""
    return f"{version:04}"


def _version(connection: Connection, place: Place) -> int:
    """The version of the tables. Raises `LedgerError` where they are none of ours."""
    if _is_empty(connection, place):
        if place.url is None:
            raise LedgerError(f"{place.name} is an empty file, not a ledger")
        raise LedgerError(
            f"no ledger in {place.name}; make one with: sayso add INPUT --ledger ADDRESS"
        )
    if not (sqlite if place.url is None else postgresql).is_ours(connection):
        raise LedgerError(f"{place.name} is a database of another program, not a ledger")
    # Ledgers of Sayso up to 0.6 kept their version, which was 1, in a table of facts.
    early = not inspect(connection).has_table("alembic_version")
    query = (
        "SELECT value FROM meta WHERE key = 'schema'"
        if early
        else "SELECT version_num FROM alembic_version"
    )
    found = connection.execute(text(query)).scalar_one_or_none() or ""
    if not found.isdecimal():
        raise place.damaged("it does not say its version")
    if int(found) > VERSION:
        raise LedgerError(
            f"the ledger {place.name} was written by a later Sayso (its tables are version "
            f"{int(found)}, this one knows {VERSION}); upgrade with: pip install --upgrade sayso"
        )
    return int(found)


def _upgrade(engine: Engine, place: Place, version: int) -> str:
    """Bring the tables up to this version, once, whoever else has come to do it."""
    from sayso.ledger import migrations

    told = f"{place.name} was brought from version {version} of its tables to {VERSION}"
    copy = place.path.with_name(f"{place.path.name}.v{version}")
    if place.url is None:
        told += f"; as it was, it is kept as {copy}"
    with (
        ExitStack() as afterwards,
        engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
    ):
        if _version(connection, place) == VERSION:  # somebody else has done it meanwhile
            return told
        if place.url is None and not copy.exists():
            _copy(place, copy, afterwards)
        if version > FIRST:
            schema.drop_views(connection)
        try:
            migrations.upgrade(connection, revision(version), revision(VERSION))
        except MsgspecError as error:
            raise place.damaged(str(error)) from error
        schema.create(connection)
        views.rebuild(connection)
    return told


def _copy(place: Place, copy: Path, afterwards: ExitStack) -> None:
    """Copy the file while its lock is held. It is closed `afterwards`, when the lock has been let
    go: whoever closes a file loses all locks on it, those of SQLite too (POSIX, fcntl)."""
    try:
        held = afterwards.enter_context(place.path.open("rb"))
        with outputs.replaced(copy) as written:
            shutil.copyfileobj(held, written, 1 << 20)
    except (OSError, SaysoError) as error:
        raise LedgerError(
            f"the ledger {place.name} is of an earlier version and cannot be brought up to this "
            f"one, since no copy of it can be kept as {copy}: {error}"
        ) from error
