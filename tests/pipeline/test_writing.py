"""What one document does to a ledger that cannot hold it: it is told of, and the rest is kept."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from sayso.ledger import proof, search
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add, derive, reread
from sayso.pipeline import reading as steps
from sayso.records import (
    MOST_PEOPLE,
    Capture,
    Claim,
    Count,
    Document,
    Evidence,
    Heading,
    Problem,
    Reading,
)

TEXT = "Four people were killed in Selm."


class Counting:
    """A reader that finds the same figure in every document."""

    name = "counting"

    def __init__(self, high: int = 4) -> None:
        self.high = high

    def each(self, items: Iterable[Capture | Problem]) -> Iterator[tuple[object, Reading | None]]:
        for item in items:
            yield item, self.attempt(item.document) if isinstance(item, Capture) else None

    def attempt(self, document: Document) -> Reading:
        heading = Heading(
            id=document.id, url=None, title=None, outlet=None, published=None, language=None
        )
        claim = Claim(
            id=f"c-{document.id}"[:20],
            kind="killed",
            count=Count(low=4, high=self.high, text="Four"),
            evidence=Evidence(start=0, end=4, text="Four"),
        )
        return Reading(document=heading, reader=self.name, claims=(claim,))


def documents(*ids: str) -> list[Capture]:
    return [Capture(document=Document(id=id, text=TEXT), raw=None) for id in ids]


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request, tmp_path):
    if request.param == "sqlite":
        address = str(tmp_path / "floods.db")
    else:
        address = request.getfixturevalue("postgresql_address")
    with Ledger.open(address, create=True) as opened:
        yield opened


@pytest.mark.parametrize("high", [3_000_000_000, MOST_PEOPLE, 2**63 - 1])
def test_a_count_of_many_is_kept_on_every_database(ledger, high):
    assert all(not isinstance(one, Problem) for one in add(ledger, Counting(high), documents("a")))
    assert ledger.reading("a").claims[0].count.high == high
    derive(ledger)
    assert search.claims(ledger).total == 1
    assert proof.verify(ledger).faults == ()


def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(ledger):
    found = list(add(ledger, Counting(2**64), documents("a")))
    found += list(add(ledger, Counting(), documents("b")))
    assert [isinstance(one, Problem) for one in found] == [True, False]
    assert found[0].message.startswith("cannot be kept: ValidationError")
    assert [document.id for document in ledger.documents()] == ["b"]
    assert ledger.problems() == [found[0]]
    assert proof.verify(ledger).faults == ()


def test_a_bad_one_among_good_ones_costs_none_of_them(postgresql_address):
    chance = random.Random(1)
    long = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(9000))
    with Ledger.open(postgresql_address, create=True) as ledger:
        found = list(add(ledger, Counting(), documents("a", long, "b")))
        (problem,) = [one for one in found if isinstance(one, Problem)]
        assert problem.message.startswith("cannot be kept: ProgramLimitExceeded")
        assert [document.id for document in ledger.documents()] == ["a", "b"]
        assert ledger.problems() == [problem]
        assert proof.verify(ledger).faults == ()


def test_a_reading_that_cannot_be_kept_leaves_the_one_before(ledger):
    list(add(ledger, Counting(), documents("a", "b")))
    again = Counting(2**64)
    again.name = "later"
    found = list(reread(ledger, again))
    assert [type(one) for one in found] == [Problem, Problem]
    assert ledger.reading("a").reader == "counting"


def test_a_reading_of_too_many_claims_is_cut_and_says_so(settings, monkeypatch):
    monkeypatch.setattr(steps, "MOST_CLAIMS", 2)
    text = "Four people were killed in Selm. Five were killed in Karsa. Six were killed in Belov."
    read = Reader(settings).read(Document(id="a", text=text, published="2031-03-04"))
    assert len(read.claims) == 2
    assert read.problems[-1].startswith("of ") and read.problems[-1].endswith("first 2 are kept")


def test_no_more_people_are_read_than_there_can_be(settings):
    reader = Reader(settings)

    def counts(said: str) -> list[tuple[int | None, int | None]]:
        text = f"Police said {said} people were killed in Selm on Monday."
        found = reader.read(Document(id="a", text=text, published="2031-03-04")).claims
        return [(c.count.low, c.count.high) for c in found if c.count is not None]

    assert counts("3,000,000,000") == [(3 * 10**9, 3 * 10**9)]
    for said in ("30 billion", "9999999999999999999999", "9" * 5000):
        assert counts(said) == []
