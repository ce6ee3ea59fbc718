"""The tables of Sayso 0.1 to 0.6: documents, readings, claims and problems.

They were made without Alembic, on SQLite only; this is where the way from them begins.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: a ledger of that version has its tables."""
