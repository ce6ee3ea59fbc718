"""The tables of a ledger.

Each record is kept whole, as the JSON it would be written out as, beside the few columns that are
searched by. Rows are added and never changed or deleted. Nothing here is particular to SQLite.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

VERSION = 1
"""Of these tables. A ledger of a later version is refused, never guessed at."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("outlet", Text),
    Column("published", Text),
    # When the ledger came to know it, in UTC. It is no part of the record and orders nothing:
    # documents that arrive in another order must give the same output.
    Column("added_at", Text, nullable=False),
    Column("record", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("reader", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("record", Text, nullable=False),
)

# An index into the readings: the claim itself is `readings.record` -> claims[position].
claims = Table(
    "claims",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("input", Text, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("added_at", Text, nullable=False),
)
