"""A ledger in a PostgreSQL database, for a team: how it is reached, and what its errors mean.

The address is `postgresql://USER:PASSWORD@HOST/DATABASE`; what it leaves out, libpq takes from its
environment (`PGPASSWORD`, `PGHOST`, `~/.pgpass`). The database must exist and be empty at first.
"""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from sayso.errors import LedgerError
from sayso.ledger.sqlite import LONGEST, WRITES

SCHEMES = ("postgresql://", "postgres://")
"""How the address of such a ledger begins."""

# Of SQLSTATE, the first two characters are the class.
_SENTENCES = {
    "08": "cannot be reached",
    "28": "refuses this user or password",
    "42": "does not permit this user to do that, or is no ledger",
    "53": "could not be written: the server has no space or memory left",
    "55": "is in use by another program; try again when that has finished",
    "57": "was shut down meanwhile",
    "57014": "had to be read for too long to answer that; ask for less at once",
}


def engine(address: str) -> Engine:
    """An engine on that database. Raises `LedgerError` where the address is none, or the driver is
    not installed."""
    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
        made = create_engine(url.set(drivername="postgresql+psycopg"))
    except ImportError as error:
        raise LedgerError(
            "a ledger in PostgreSQL needs its driver: pip install 'sayso[postgresql]'"
        ) from error
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise LedgerError(f"{shown(address)} is no address of a database") from error
    event.listen(made, "begin", _begin)
    return made


def shown(address: str) -> str:
    """The address as it may be shown: without its password."""
    try:
        url: URL = make_url(address)
    except (ArgumentError, ValueError):  # not an address: what may be a password is left out
        return f"{address.partition(':')[0]}://…{address.rpartition('@')[2]}"
    return url.render_as_string(hide_password=True)


def is_empty(connection: Connection) -> bool:
    """Whether there is no table in the database that one would find without saying where."""
    return not inspect(connection).get_table_names()


def is_ours(connection: Connection) -> bool:
    """Whether the database holds a ledger."""
    return inspect(connection).has_table("alembic_version")


def meaning(error: BaseException | None) -> str:
    """What an error of the driver says of the ledger, to be put behind its name."""
    code = getattr(error, "sqlstate", None) or "08"
    detail = str(error).strip().splitlines()
    reason = f" ({detail[0]})" if detail else ""
    return (_SENTENCES.get(code) or _SENTENCES.get(code[:2], "failed")) + reason


def is_too_much(error: BaseException | None) -> bool:
    """Whether the driver says that a value is too large for an index or for searching (SQLSTATE
    54), which is the fault of that value and of nothing else."""
    return str(getattr(error, "sqlstate", None) or "").startswith("54")


def _begin(connection: Connection) -> None:
    """Writers add to the log one after another, as on SQLite; readers see what was at the start."""
    options = connection.get_execution_options()
    if options.get(WRITES):
        if inspect(connection).has_table("log"):
            connection.exec_driver_sql("LOCK TABLE log IN EXCLUSIVE MODE")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if longest := options.get(LONGEST):
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(longest * 1000)}")
