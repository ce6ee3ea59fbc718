"""An index of the log by kind, for reading judgements in their order.

Views of the log have more indices, too, and one more is there, of who is heard on an incident:
views are dropped before a migration and made anew after it.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the index."""
    op.create_index("log_by_kind", "log", ["kind", "seq"], if_not_exists=True)
