"""A ledger in a file, by SQLite: how the file is known for one, and what its errors mean.

A ledger keeps SQLite's rollback journal and not the write-ahead log. With the log a ledger would be
three files as long as it is open, could not lie on a network drive, and could not be read from a
folder that is read-only; here it is one file that can be copied, mailed and archived. What the log
gives instead, readers that go on while somebody writes, is had by keeping both short: reads fetch
a page at a time, and writers wait their turn. Only where many read and decide at once, as at a
desk, is it `ahead`: the log stands beside the file as long as that lasts, and no longer.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, create_engine, event

from sayso.errors import LedgerError
from sayso.ledger import disks
from sayso.ledger.log import seal
from sayso.ledger.views import searchable
from sayso.outputs import PRIVATE

PATIENCE = 30.0
"""Seconds to wait for other programs to finish with the ledger."""

APPLICATION_ID = int.from_bytes(b"Says", "big")
"""What SQLite keeps in the header of the file to tell whose it is; `file` shows it too."""

WRITES = "sayso_writes"
"""The execution option of a connection that is going to write."""

LONGEST = "sayso_longest"
"""The execution option that says for how many seconds a reader may go on reading."""

PLAIN = "sayso_plain"
"""The function that makes a name plain, to be found by any way of writing it."""

STEPS = 50_000
"""SQLite looks at the clock after so many steps of its own: some milliseconds."""

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_LOCKED: "is in use by another program; try again when that has finished",
    sqlite3.SQLITE_INTERRUPT: "had to be read for too long to answer that; ask for less at once",
    sqlite3.SQLITE_FULL: "could not be written: there is no space left on the disk",
    sqlite3.SQLITE_IOERR: "could not be read or written to the end: the disk is full or has failed",
    sqlite3.SQLITE_READONLY: "cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened or written: its folder does not permit it",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_NOTADB: "is not a ledger",
}


def engine(path: Path, *, create: bool) -> Engine:
    """An engine on the file at `path`, which SQLite makes where there is none if `create` says so.

    Raises `LedgerError` where there is none, or it is no file.
    """
    _look_at(path, create=create)
    made = create_engine(
        URL.create("sqlite", database=os.path.abspath(path)),
        connect_args={"timeout": PATIENCE},
        max_overflow=-1,  # a connection is an open file: nobody has to wait for one
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


@contextmanager
def ahead(engine: Engine, path: Path) -> Iterator[None]:
    """Within, a file on a disk of this machine has a write-ahead log: whoever reads keeps nobody
    from writing, nor the other way round. After it the ledger is one file again, unless somebody
    else has it open."""
    if not disks.is_local(path):
        yield
        return
    # While one connection is open nobody else can turn it back.
    held = engine.raw_connection()
    try:
        _turn(held, "WAL")
        yield
    finally:
        engine.dispose()
        _turn(held, "DELETE")
        held.close()


def at_rest(engine: Engine) -> None:
    """Make a ledger one file again where a desk that was killed left it `ahead`."""
    # Whatever is wrong with the file is told by whoever reads it first.
    with engine.connect() as connection, suppress(sqlite3.DatabaseError):
        held = connection.connection
        if held.cursor().execute("PRAGMA journal_mode").fetchone() == ("wal",):
            _turn(held, "DELETE")


def _turn(held: PoolProxiedConnection, journal: str) -> None:
    """Have the file keep that kind of journal from now on. Where others are at it, or it may only
    be read, it stays as it is."""
    cursor = held.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        cursor.execute(f"PRAGMA journal_mode = {journal}").fetchall()
    cursor.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
    cursor.execute("SELECT count(*) FROM sqlite_master").fetchall()


def is_empty(connection: Connection) -> bool:
    """Whether no table was ever made in the file."""
    changes: int = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    return changes == 0


def sign(connection: Connection) -> None:
    """Note in the header of the file whose it is."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def is_ours(connection: Connection) -> bool:
    """Whether the file says that it is a ledger."""
    found: int = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    return found == APPLICATION_ID


def meaning(error: BaseException | None, path: Path) -> str:
    """What an error of SQLite's driver says of the ledger at `path`, to be put behind its name."""
    # The driver's own errors have no code; the one that a file can cause is text that is not
    # UTF-8. Of SQLite's codes, all but the last byte is detail.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_CORRUPT:
        return f"is damaged; {last_good(path)}"
    return _SENTENCES.get(code, f"failed: {error}")


def last_good(path: Path) -> str:
    """How far the log of a damaged ledger can still be read, in words, and what to do."""
    advice = "go back to a copy of it"
    good = None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            # Without this SQLite does not look into a file that is shorter than it says.
            connection.execute("PRAGMA writable_schema = ON")
            before = ""
            rows = connection.execute(
                "SELECT seq, at, kind, subject, record, hash FROM log ORDER BY seq"
            )
            for seq, at, kind, subject, record, hash in rows:
                if seal(before, seq, at, kind, subject, record) != hash:
                    break
                before, good = hash, (seq, at, kind, subject)
        finally:
            connection.close()
    except (sqlite3.Error, TypeError, UnicodeDecodeError):
        pass  # that far and no farther
    if good is None:
        return f"nothing of its log can be read; {advice}"
    seq, at, kind, subject = good
    return f"its log is whole up to line {seq} ({kind} {subject}, {at}); {advice}"


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
        _make_private(path)
        return
    except OSError as error:
        raise LedgerError(f"the ledger {path} cannot be opened: {error.strerror}") from error
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no regular file"
        raise LedgerError(f"{path} is {kind}, not a ledger")


def _make_private(path: Path) -> None:
    """An empty file that its owner alone may read: SQLite would leave that to the umask. The files
    that it lays beside have the rights of this one. Where it cannot be made, SQLite says why."""
    with suppress(OSError):
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Stop Python's driver from choosing when a transaction begins: that is `_begin`'s to say; and
    give SQLite what it lacks, and have what is kept be on the disk."""
    connection.isolation_level = None
    connection.create_function(PLAIN, 1, _plain, deterministic=True)
    # The folder is synced, too, once the journal is deleted: else that may come back with the
    # power, and take back what somebody was told is kept.
    connection.execute("PRAGMA synchronous = EXTRA")


def _plain(name: str | None) -> str | None:
    """A name in lower case and without accents: `lower` knows ASCII only."""
    return None if name is None else searchable(name).lower()


def _begin(connection: Connection) -> None:
    """A writer takes its place in the queue at once, not when it has something to lose; a reader,
    for whom writers have to wait at the end, gives up when its time is over."""
    options = connection.get_execution_options()
    writes, longest = options.get(WRITES), options.get(LONGEST)
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    over = None if writes or longest is None else _after(longest)
    driver.set_progress_handler(over, STEPS)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _after(seconds: float) -> Callable[[], bool]:
    """Asks whether so many seconds went by since it was first asked: waiting is no reading."""
    end = inf

    def over() -> bool:
        nonlocal end
        now = time.monotonic()
        end = min(end, now + seconds)
        return now > end

    return over
