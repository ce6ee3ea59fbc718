"""Whether the database itself is whole: its pages and indexes, as far as it can tell, and that its
tables and what guards them are those of a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from sayso.ledger import schema
from sayso.ledger.proving.faults import Fault

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

MOST = 20
"""Sentences of SQLite's about one file: one broken page makes many."""


def faults(ledger: Ledger) -> list[Fault]:
    """What is wrong with it. Raises `LedgerError` where it cannot be read at all."""
    with ledger.reading_at_once() as connection:
        if connection.dialect.name == "sqlite":
            found = [*_pages(connection), *_statements(connection), *_tables(connection)]
        else:
            found = _guards(connection)
        return [Fault(None, what) for what in found]


def _pages(connection: Connection) -> list[str]:
    said = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})").scalars().all()
    return [f"the database is damaged: {line}" for line in said if line != "ok"]


def _statements(connection: Connection) -> list[str]:
    """By what SQLite guards the tables, and how it indexes words: each as it is made here."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE '%VIRTUAL%'"
    there = {name: _plain(sql) for name, sql in connection.exec_driver_sql(query)}
    wanted = {name: _plain(sql) for name, sql in schema.statements()}
    return [
        f"{name} of the database is not as Sayso makes it"
        if name in there and name in wanted
        else f"{name} is missing from the database"
        if name in wanted
        else f"the database has {name}, which Sayso does not make"
        for name in sorted(there.keys() | wanted.keys())
        if there.get(name) != wanted.get(name)
    ]


def _plain(sql: str | None) -> str:
    return " ".join((sql or "").split())


def _guards(connection: Connection) -> list[str]:
    query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    there = set(connection.exec_driver_sql(query).scalars())
    wanted = {f"{table.name}_only_added_to" for table in schema.KEPT}
    return [f"{name} is missing from the database, or is off" for name in sorted(wanted - there)]


def _tables(connection: Connection) -> list[str]:
    """Whether each table has the columns that it should have."""
    inspector = inspect(connection)
    found = []
    for table in schema.metadata.sorted_tables:
        if table is schema.names and not inspector.has_table(table.name):
            continue  # ledgers of Sayso up to 0.10 have none, until incidents are next worked out
        there = {
            column["name"]: (str(column["type"]), column["nullable"])
            for column in inspector.get_columns(table.name)
        }
        made = {
            column.name: (column.type.compile(connection.dialect), column.nullable)
            for column in table.columns
        }
        if there != made:
            found.append(f"the table {table.name} has not the columns that it should have")
    return found
