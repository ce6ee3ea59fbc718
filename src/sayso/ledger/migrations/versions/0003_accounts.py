"""Accounts of the people who share a desk, with their sessions, tokens and saved views, beside the
log."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

ID = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

TABLES = {
    "accounts": ("key", ("role", "made"), ("name", "password")),
    "sessions": ("sha256", ("account", "until"), ()),
    "tokens": ("sha256", ("id", "account", "made"), ("label",)),
}
"""Of each its key, the columns that are sorted by characters, and the others."""


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "saved",
        Column("name", ID, primary_key=True),
        Column("query", Text, nullable=False),
        Column("by", Text),
        Column("at", ID, nullable=False),
    )
    for table, (key, ids, texts) in TABLES.items():
        op.create_table(
            table,
            Column(key, ID, primary_key=True),
            *(Column(name, ID, nullable=False) for name in ids),
            *(Column(name, Text, nullable=False) for name in texts),
        )
        if "account" in ids:
            op.create_index(f"{table}_by_account", table, ["account"])
