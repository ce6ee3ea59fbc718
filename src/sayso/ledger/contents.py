"""The texts and files that lie beside the log, and that lines of it name by their SHA-256.

What no line names is nobody's: nothing says what it is of, or how it came. Sayso up to 0.10.0 left
such files when it brought in a document that was known already from other bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, select, text

from sayso.ledger import schema
from sayso.ledger.log import PAGE, Deposit, every
from sayso.wire import decode


def named(deposit: Deposit) -> tuple[str, ...]:
    """What a document names: its text, and the file that it was read from."""
    return (deposit.text,) if deposit.snapshot is None else (deposit.text, deposit.snapshot)


def drop_unnamed(connection: Connection) -> list[str]:
    """Drop what no line of the log names, for which the guard of the table is taken away within
    the transaction and put back; what comes back is the SHA-256 of each."""
    spoken: set[str] = set()
    for entry in every(connection, kinds=["document"]):
        spoken.update(named(decode(entry.record, Deposit)))
    left = [name for name in _held(connection) if name not in spoken]
    if left:
        table = schema.contents
        off, on = schema.unguarded(table, connection.dialect.name)
        connection.execute(text(off))
        for name in left:
            connection.execute(delete(table).where(table.c.sha256 == name))
        connection.execute(text(on))
    return left


def _held(connection: Connection) -> Iterator[str]:
    table = schema.contents
    query = select(table.c.sha256).order_by(table.c.sha256).limit(PAGE)
    last = ""
    while page := connection.execute(query.where(table.c.sha256 > last)).scalars().all():
        yield from page
        last = page[-1]
