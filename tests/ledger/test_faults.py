"""What can go wrong with a ledger while it is written: nothing that was kept is lost by it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import add, add_all, make_claim, make_document, make_reading, run
from sqlalchemy import text

from sayso.errors import LedgerError
from sayso.ledger import log, proof
from sayso.ledger.store import Ledger
from sayso.records import Document, Judgement, Problem
from waiting import ending

ADDING = """
import os
for path in sys.stdin:  # each by a process of its own, which need not be started from nothing
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        with Ledger.open(path.strip(), create=True) as ledger:
            print("begun", flush=True)
            add_all(ledger, lambda: print("more", flush=True))
        os._exit(0)
    os.wait()
    print("ended", flush=True)
"""


def test_killed_at_any_moment_while_adding_it_is_whole_and_adding_again_completes_it(tmp_path):
    dice = random.Random(9)
    reached = set()
    with ending(run(ADDING, "", stdin=subprocess.PIPE)) as adding:

        def begin(path: Path) -> int:
            adding.stdin.write(f"{path}\n")
            adding.stdin.flush()
            return int(adding.stdout.readline())

        def ended() -> None:
            while adding.stdout.readline() != "ended\n":
                pass

        begin(tmp_path / "whole.db")
        started = time.perf_counter()
        assert adding.stdout.readline() == "begun\n"
        begun = time.perf_counter()
        ended()
        made, each = begun - started, (time.perf_counter() - begun) / 30
        for number in range(50):
            path = tmp_path / f"{number}.db"
            process = begin(path)
            # From before the ledger is made until the last document is in.
            if dice.random() < 0.9:
                for _ in range(dice.randint(1, 30)):
                    adding.stdout.readline()
                time.sleep(dice.uniform(0, each))
            else:
                time.sleep(dice.uniform(0, made))
            with suppress(ProcessLookupError):  # on a busy machine it may have come to its end
                os.kill(process, signal.SIGKILL)
            ended()
            with Ledger.open(path, create=True) as ledger:
                reached.add(ledger.count().documents)
                assert ledger.count().documents % 4 == 0
                assert proof.verify(ledger).faults == ()
                add_all(ledger)
                assert [document.id for document in ledger.documents()] == [
                    f"d{n:03}" for n in range(120)
                ]
                assert [claim.id for claim in ledger.claims()] == [f"c{n:03}" for n in range(120)]
                assert len(list(ledger.entries())) == 240
                assert proof.verify(ledger).faults == ()
        adding.stdin.close()
    assert len(reached) > 10, "the moments of death were not spread"


KILLED = """
with Ledger.open(address) as ledger, ledger.transaction() as writer:
    for number in range(60):
        noise = "".join(map(chr, range(0x4E00, 0x9000)))
        document = make_document(f"new{number}", text=f"{number}{noise}")
        writer.add(document, make_reading(document))
    print("written", flush=True)
    time.sleep(60)
"""


def test_a_process_killed_within_a_transaction_leaves_a_ledger_without_it(address):
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("old"))
    with run(KILLED, address) as process:
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
    if "://" not in address:
        # More than SQLite holds in memory was written, so half of it had got into the file.
        assert Path(address).stat().st_size > 1_000_000
        assert Path(f"{address}-journal").exists()
    with Ledger.open(address) as again:
        assert [document.id for document in again.documents()] == ["old"]
        assert add(again, make_document("next"))
        assert proof.verify(again).faults == ()


AT_ONCE = """
from sayso.records import Judgement, Problem
with Ledger.open(address, create=True) as ledger:
    for name in names:
        add(ledger, make_document(name), make_claim(f"claim-{name}"))
        with ledger.transaction() as writer:
            writer.judge(Judgement(id="", verdict="accept", a=f"claim-{name}", by=names[0]))
            writer.problem(Problem(input=name, message="was odd"))
    add(ledger, make_document("shared"), make_claim("claim-shared"))
"""


def test_eight_processes_add_and_judge_at_once_and_nothing_is_lost(address):
    shares = [[f"{worker}-{n}" for n in range(12)] for worker in range(8)]
    with ExitStack() as held:
        processes = [held.enter_context(ending(run(AT_ONCE, address, *share))) for share in shares]
        assert [process.wait() for process in processes] == [0] * 8
    everything = {name for share in shares for name in share}
    with Ledger.open(address) as ledger:
        assert {document.id for document in ledger.documents()} == everything | {"shared"}
        assert ledger.count() == (97, 97, 96, 96)
        assert {judgement.a for judgement in ledger.judgements()} == {
            f"claim-{name}" for name in everything
        }
        assert [entry.seq for entry in ledger.entries()] == list(range(1, 2 * 97 + 96 * 2 + 1))
        assert proof.verify(ledger).faults == ()


def test_a_file_that_may_not_grow_loses_nothing_that_was_there(tmp_path):
    path = str(tmp_path / "floods.db")
    with Ledger.open(path, create=True) as ledger:
        add(ledger, make_document("old"))
    code = """
import resource
from sqlalchemy import text

from sayso.errors import LedgerError
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
with Ledger.open(address) as ledger:
    try:
        add(ledger, make_document("big", text="".join(map(chr, range(0x1000, 0xD000)))))
    except LedgerError as error:
        print(error)
"""
    with run(code, path) as process:
        said = process.stdout.read()
    assert "could not be read or written to the end: the disk is full or has failed" in said
    with Ledger.open(path) as again:
        assert [document.id for document in again.documents()] == ["old"]
        assert proof.verify(again).faults == ()


class Clock:
    """A clock that stands at the moments it is given, one after another, and then at the last."""

    def __init__(self, *hours: int) -> None:
        self.hours = list(hours)

    def now(self, zone: object) -> datetime:
        hour = self.hours.pop(0) if len(self.hours) > 1 else self.hours[0]
        return datetime(2031, 3, 4, hour, tzinfo=UTC)

    fromisoformat = datetime.fromisoformat


def test_a_clock_that_goes_backwards_changes_no_order(address, monkeypatch):
    monkeypatch.setattr(log, "datetime", Clock(12, 11, 10, 9))
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("a"), make_claim("c1"))
        with ledger.transaction() as writer:
            first = writer.judge(Judgement(id="", verdict="reject", a="c1"))
        with ledger.transaction() as writer:
            second = writer.judge(Judgement(id="", verdict="accept", a="c1"))
        times = [entry.at for entry in ledger.entries()]
        assert times == [f"2031-03-04T12:00:00.00000{n}Z" for n in range(4)]
        assert first.at < second.at
        assert [judgement.verdict for judgement in ledger.judgements()] == ["reject", "accept"]
        assert proof.verify(ledger).faults == ()


def test_two_versions_of_one_document_are_both_kept(address):
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("a"))
        later, _ = ledger.admitted(make_document("a", text="Fifteen died in Marrow Bay."))
        add(ledger, later)
        assert [d.text for d in ledger.documents()] == [
            "Fourteen died in Marrow Bay.",
            "Fifteen died in Marrow Bay.",
        ]


def test_a_version_that_comes_unannounced_is_a_problem_and_loses_nothing(address):
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("a"))
        add(ledger, Document(id="a", text="Fifteen died."))
        assert ledger.problems() == [
            Problem(
                input="a",
                message="is in the ledger already, with another text: this one was not added",
            )
        ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://ada:secret@127.0.0.1:1/record", "cannot be reached"),
        ("postgresql://ada:secret@[::1", "is no address of a database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_of_without_the_password(address, said):
    with pytest.raises(LedgerError, match=said) as caught:
        Ledger.open(address)
    assert "secret" not in str(caught.value)


def test_a_database_without_a_ledger_is_told_of(postgresql_address):
    with pytest.raises(LedgerError, match="no ledger in postgresql://"):
        Ledger.open(postgresql_address)


def test_a_database_that_is_not_there_is_told_of(postgresql_address):
    with pytest.raises(LedgerError, match=r"cannot be reached .*does not exist"):
        Ledger.open(postgresql_address.replace("/sayso_", "/absent_"))


def test_a_reading_is_of_one_moment(address):
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("a"))
        with ledger.transaction() as writer:
            writer.add(make_document("b"), make_reading(make_document("b")))
            with Ledger.open(address) as other:
                assert [document.id for document in other.documents()] == ["a"]


COUNTING = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
    "SELECT count(*) FROM n"
)


def test_reading_in_a_hurry_gives_up_in_time_and_nothing_else_does(address):
    with Ledger.open(address, create=True) as ledger:
        hurried = ledger.hurried(0.2)
        add(ledger, make_document("old"))
        for _ in range(2):
            with (
                pytest.raises(LedgerError, match="had to be read for too long"),
                hurried.reading_at_once() as connection,
            ):
                connection.execute(COUNTING, {"most": 10**10})
            # The same connection, for one who is in no hurry, and for a writer.
            with ledger.reading_at_once() as connection:
                assert connection.execute(COUNTING, {"most": 10**6}).scalar_one() == 10**6
            with hurried.transaction() as writer:
                writer.problem(Problem(input="a", message="is odd"))
                many = writer._connection.execute(COUNTING, {"most": 10**6})
                assert many.scalar_one() == 10**6
        assert hurried.count() == (1, 0, 1, 0)


def test_more_may_read_at_once_than_there_are_threads_at_a_desk(tmp_path):
    with Ledger.open(tmp_path / "floods.db", create=True) as ledger, ExitStack() as held:
        add(ledger, make_document("old"))
        for _ in range(50):
            connection = held.enter_context(ledger.reading_at_once())
            assert connection.execute(text("SELECT count(*) FROM documents")).scalar_one() == 1
