"""Imprints of texts that another ledger kept to itself, beside the log."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, LargeBinary, Text
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

ID = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "imprints",
        Column("sha256", ID, primary_key=True),
        Column("sayso", Text, nullable=False),
        Column("packed", LargeBinary, nullable=False),
    )
