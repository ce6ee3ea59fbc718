"""A ledger of a small invented story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import STORY

from sayso.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "story.db", create=True) as opened:
        for document, read in STORY:
            with opened.transaction() as writer:
                writer.add(document, read)
        yield opened
