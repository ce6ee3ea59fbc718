"""What a process holds of a ledger tells what is worked out from nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from sayso.errors import LedgerError
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, deriving
from sayso.pipeline.deriving import Held
from sayso.records import Document, Reading, Redaction
from sayso.review import judge
from telling import STORY, reading, tell


class Desk:
    """A process at a ledger, and how often it worked everything out."""

    def __init__(self, ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
        self.ledger, self.held, self.anew = ledger, Held(), 0
        worked_out = deriving._worked_out

        def counted(*given: object) -> object:
            self.anew += 1
            return worked_out(*given)  # type: ignore[arg-type]

        patch.setattr(deriving, "_worked_out", counted)

    def add(self, document: Document, read: Reading) -> None:
        with self.ledger.transaction() as writer:
            writer.add(document, read)

    def tells(self) -> list:
        """The incidents kept after going on from what is held; checked against all made anew."""
        derive(self.ledger, held=self.held)
        found, so_far = list(self.ledger.incidents()), self.anew
        derive(self.ledger, anew=True)
        assert found == list(self.ledger.incidents())
        self.anew = so_far
        return found


@pytest.fixture
def desk(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(ledger, monkeypatch)
    desk.tells()
    assert desk.anew == 1
    return desk


LATE = tell("late", 4, "harbour board", "official", 1)
AGAIN = reading(STORY[1][0], reader="test 2")


@pytest.mark.parametrize(
    "happen",
    [
        lambda desk: desk.add(*tell("new", 9, "police", "security_forces", 20)),
        lambda desk: desk.add(*LATE),
        lambda desk: desk.add(*tell("far", 2, "mayor", "official", 9, place="Belov", day=20)),
        lambda desk: desk.add(STORY[1][0], AGAIN),
        lambda desk: (judge(desk.ledger, "different", "claim-c", "claim-a"), desk.add(*LATE)),
        lambda desk: (judge(desk.ledger, "same", "claim-d", "claim-a"), desk.add(*LATE)),
        lambda desk: (judge(desk.ledger, "reject", "claim-c"), desk.add(*LATE)),
    ],
)
def test_what_came_is_put_in_its_place(desk: Desk, happen: Callable[[Desk], object]) -> None:
    before = desk.tells()
    happen(desk)
    assert desk.tells() != before
    assert desk.anew == 1


def test_judgements_alone_are_caught_up_with(desk: Desk) -> None:
    rejected = judge(desk.ledger, "reject", "claim-c")
    desk.tells()
    judge(desk.ledger, "undo", rejected.id)
    desk.add(*LATE)
    judge(desk.ledger, "reject", "claim-late")
    desk.tells()
    assert desk.anew == 1


def test_what_is_taken_out_makes_it_begin_anew(desk: Desk) -> None:
    with desk.ledger.transaction() as writer:
        writer.redact(Redaction(document="c"))
    assert all("c" not in incident.documents for incident, _ in desk.tells())
    assert desk.anew == 2


def test_a_document_without_a_reading_yet_makes_it_begin_anew(desk: Desk) -> None:
    desk.add(*LATE)
    with desk.ledger.transaction() as writer:
        half = replace(writer.deposit("late"), id="half")
        writer.enter("document", "half", half, LATE[0].text)
    desk.tells()
    assert desk.anew == 2


def test_a_fault_on_the_way_leaves_nothing_by_half(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.add(*LATE)

    def broken(*given: object) -> bool:
        raise MemoryError

    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr(deriving, "_added", broken)
        derive(desk.ledger, held=desk.held)
    desk.tells()
    assert desk.anew == 2


@pytest.mark.parametrize("forged", ["7x", "-1", "", "9" * 5000])
def test_a_forged_line_is_a_sentence_and_made_good_by_a_rebuild(
    desk: Desk, tmp_path: Path, forged: str
) -> None:
    before = list(desk.ledger.incidents())
    with closing(sqlite3.connect(tmp_path / "story.db")) as connection, connection:
        connection.execute("UPDATE state SET value = ? WHERE key = 'seq'", (forged,))
    with pytest.raises(LedgerError, match=r"damaged \(its incidents .* sayso rebuild makes them"):
        derive(desk.ledger)
    with pytest.raises(LedgerError, match="which is none"):
        derive(desk.ledger, anew=True)
    with desk.ledger.transaction() as writer:
        writer.rebuild()
    assert derive(desk.ledger) and list(desk.ledger.incidents()) == before


def test_two_processes_tell_the_same(ledger: Ledger, tmp_path: Path) -> None:
    one, two = Held(), Held()
    derive(ledger, held=one)
    with Ledger.open(tmp_path / "story.db") as other:
        with other.transaction() as writer:
            writer.add(*LATE)
        assert derive(other, held=two)
    assert not derive(ledger, held=one)
    with ledger.transaction() as writer:
        writer.add(*tell("new", 9, "police", "security_forces", 20))
    derive(ledger, held=one)
    found = list(ledger.incidents())
    derive(ledger, anew=True)
    assert found == list(ledger.incidents())
