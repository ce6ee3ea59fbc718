"""A ledger with a log as it is today whose lines an earlier release wrote: its records have fewer
fields, and are what they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from making import add, make_claim, make_document

from sayso.errors import NotFoundError
from sayso.ledger import proof
from sayso.ledger.store import Ledger

EARLIER = sorted(Path(__file__).parent.glob("earlier/*.db"))


@pytest.fixture(params=EARLIER, ids=lambda path: path.stem)
def earlier(request, tmp_path) -> Path:
    return Path(shutil.copy(request.param, tmp_path / "floods.db"))


def test_it_is_opened_proved_and_gone_on_with(earlier) -> None:
    with Ledger.open(earlier) as ledger:
        assert ledger.upgraded is not None and "version 2 of its tables" in ledger.upgraded
        documents = list(ledger.documents())
        assert len(documents) == 4 and all(document.updated is None for document in documents)
        head = ledger.head()
        assert proof.verify(ledger).faults == ()
        add(ledger, make_document("new"), make_claim("new-claim"))
        assert proof.verify(ledger).faults == ()
        assert [entry.hash for entry in ledger.lines(head.seq - 1, head.seq)] == [head.hash]


def test_its_views_can_be_made_again(earlier) -> None:
    with Ledger.open(earlier) as ledger:
        before = [d.id for d in ledger.documents()], ledger.count()
        with ledger.transaction() as writer:
            writer.rebuild()
        assert ([d.id for d in ledger.documents()], ledger.count()) == before


def test_a_name_that_no_incident_ever_had_is_told_of(earlier) -> None:
    with Ledger.open(earlier) as ledger, pytest.raises(NotFoundError, match="is called 'gone'"):
        ledger.incident("gone")
