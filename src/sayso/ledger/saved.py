"""Views of the incidents' list that people saved: a name, and the filters that it stands for.

They stand in the ledger's database beside the log, as accounts do: what somebody looks at is no
part of the record, and no bundle has it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import schema
from sayso.ledger.store import Ledger

LONGEST = 100
"""Characters of a name; of the filters, forty times as many."""


class View(NamedTuple):
    """A saved view: its name, the query of its address, and who saved it."""

    name: str
    query: str
    by: str | None


def views(ledger: Ledger) -> list[View]:
    """The saved views of a ledger, by name."""
    table = schema.saved
    with ledger.reading_at_once() as connection:
        rows = connection.execute(select(table).order_by(table.c.name)).all()
    return [View(row.name, row.query, row.by) for row in rows]


def save(ledger: Ledger, name: str, query: str, by: str | None) -> View:
    """Keep a view under this name, in place of what had it. Raises `SettingsError` where the name
    is none or too long."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST or len(query) > 40 * LONGEST:
        raise SettingsError(f"a view has a name of 1 to {LONGEST} characters")
    table, now = schema.saved, datetime.now(UTC).isoformat(timespec="seconds")
    with ledger.writing_at_once() as connection:
        connection.execute(delete(table).where(table.c.name == name))
        connection.execute(insert(table).values(name=name, query=query, by=by, at=now))
    return View(name, query, by)


def forget(ledger: Ledger, name: str) -> None:
    """Keep a view no longer. Raises `NotFoundError` where there is none of that name."""
    table = schema.saved
    with ledger.writing_at_once() as connection:
        if not connection.execute(delete(table).where(table.c.name == name)).rowcount:
            raise NotFoundError(f"there is no view {name!r}")
