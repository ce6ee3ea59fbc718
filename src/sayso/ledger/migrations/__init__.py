"""From the tables of one version to those of the next, by Alembic, in the order of `versions/`.

A migration is written once, against the tables as they were, and never changed after its release.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection


def upgrade(connection: Connection, start: str, end: str) -> None:
    """Bring tables of version `start` to version `end`, within the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    if MigrationContext.configure(connection).get_current_revision() is None:
        command.stamp(config, start)
    command.upgrade(config, end)
