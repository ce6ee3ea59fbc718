"""A whole text is rejected: all that it says, and what its copies say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError
from sayso.ledger import conditions, search
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.deriving import Held
from sayso.pipeline.recalling import standings
from sayso.publish import exports, wording
from sayso.review import decide, judge
from sayso.settings import Settings
from telling import STORY, reading


@pytest.fixture
def both(address: str) -> Iterator[Ledger]:
    """The story, of which one text was printed twice, in a file and in a database."""
    document, read = STORY[3]
    copy = replace(document, id="copy", outlet="Outlet copy", published="2031-03-04T18:00:00Z")
    claim = replace(read.claims[0], id="claim-copy")
    with Ledger.open(address, create=True) as opened:
        with opened.transaction() as writer:
            for one, told in (*STORY, (copy, reading(copy, claim))):
                writer.add(one, told)
        yield opened


def told_of(ledger: Ledger) -> list[str]:
    return sorted(one.id for one in recall(ledger, Settings()).incidents)


BOTH = ["belov-2031-03-04", "karsa-2031-03-04"]


def test_a_text_is_rejected_with_its_copies_and_taken_back(both):
    held = Held()
    derive(both, held=held)
    assert told_of(both) == BOTH
    (made,) = decide(both, "reject", "d", by="Aigul", note="invented")
    assert (made.verdict, made.a) == ("reject_text", "d")
    assert wording.judgement(made, dated=False) == ("rejected with its copies by Aigul: invented")
    derive(both, held=held)
    assert told_of(both) == BOTH[1:]
    with pytest.raises(NotFoundError, match=r"any more: .* decided so of the document 'd'"):
        both.incident(BOTH[0])
    known = recall(both, Settings())
    assert {id for id, one in known.standings.items() if one.verdict == "reject"} == {
        "claim-d",
        "claim-copy",
    }
    found = search.claims(both, conditions.Filters(verdict="reject")).items
    assert {one.claim.id for one in found} == {"claim-d", "claim-copy"}
    claim, _ = both.claim("claim-copy")
    assert standings(both, [claim])[claim.id].verdict == "reject"
    rows = exports.table(known.documents, known.claims, known.incidents, known.standings)
    assert {r["claim"]: r["judged"] for r in rows}["claim-copy"] == "reject"
    decide(both, "undo", made.id)
    derive(both, held=held)
    assert told_of(both) == BOTH and not recall(both, Settings()).standings


def test_what_was_itself_judged_since_goes_by_that(both):
    decide(both, "reject", "d")
    judge(both, "accept", "claim-d")
    told = recall(both, Settings()).standings
    # What is decided about a claim holds for the same one in copies.
    assert (told["claim-d"].verdict, told["claim-copy"].verdict) == ("accept", "accept")
    assert told_of(both) == BOTH


def test_a_text_that_is_not_there_is_told_of(both):
    with pytest.raises(NotFoundError):
        decide(both, "reject", "gone")
