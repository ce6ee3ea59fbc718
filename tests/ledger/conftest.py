"""Where the ledgers of the tests lie: in a file, and in a database of a real PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made: each test that asks for it runs on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "floods.db")
    found: str = request.getfixturevalue("postgresql_address")
    return found
