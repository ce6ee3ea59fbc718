"""Reading on several cores gives what one reader gives, whatever happens to the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from sayso.errors import EngineError
from sayso.ingest.inputs import documents
from sayso.pipeline import Reader
from sayso.pipeline.running.stream import read_all
from sayso.pipeline.running.workers import Team
from sayso.records import Document, Problem
from sayso.settings import Settings
from sayso.wire import encode
from waiting import PATIENCE, ending, until

STORY = str(files("sayso") / "data" / "demo" / "story.jsonl")


@pytest.fixture(scope="module")
def team(settings: Settings) -> Iterator[Team]:
    with Team(settings, 2) as made:
        yield made


def told(found: list) -> list[str]:
    return [encode(item if isinstance(item, Problem) else item[1]) for item in found]


class Killer:
    """Kills each process that reads a document of that id, so many times."""

    def __init__(self, team: Team, id: str, times: int) -> None:
        self.team, self.id, self.left = team, id, times
        self.over = False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        killed: set[int] = set()
        while not self.over and self.left:
            for member in self.team._members:
                slot, pid = member.slot, member.process.pid
                if slot and slot.document and slot.document.id == self.id and pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
                    self.left -= 1
            time.sleep(0.001)

    def stop(self) -> None:
        self.over = True
        self.thread.join()


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[2]) == group and told[0] != "Z":
            found.append(status.parent.name)
    return found


def long(id: str) -> Document:
    """A document that takes a while."""
    text = (
        "Police said on Tuesday that nine people were hurt when a bus overturned near Karsa. " * 400
    )
    return Document(id=id, text=text, published="2031-03-05")


def test_it_reads_what_one_reader_reads_in_the_same_order(team: Team, settings: Settings) -> None:
    problem = Problem(input="x", message="is empty")
    whole = [problem, *documents([STORY]), problem]
    alone = told(list(read_all(Reader(settings), whole)))
    assert told(list(read_all(team, whole))) == alone
    assert team.name == Reader(settings).name


def test_no_more_is_taken_from_the_input_than_can_be_read_soon(team: Team) -> None:
    taken = 0

    def source() -> Iterator[Document]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield Document(id=str(number), text="Two died.")

    found = read_all(team, source())
    next(found)
    assert taken <= 50
    found.close()


def test_a_document_over_which_a_process_ends_is_read_by_another(team: Team) -> None:
    killer = Killer(team, "long", 1)
    found = list(
        read_all(
            team,
            [Document(id="a", text="Two died."), long("long"), Document(id="b", text="Two died.")],
        )
    )
    killer.stop()
    assert killer.left == 0
    assert [document.id for document, _ in found] == ["a", "long", "b"]
    assert len(found[1][1].claims) > 100


def test_one_over_which_two_end_is_reported_and_costs_none_of_the_others(team: Team) -> None:
    killer = Killer(team, "long", 2)
    others = [Document(id=str(number), text="Two died.") for number in range(5)]
    found = list(read_all(team, [*others, long("long"), *others]))
    killer.stop()
    assert killer.left == 0
    (problem,) = [item for item in found if isinstance(item, Problem)]
    assert problem == Problem(input="long", message="not read: 2 processes ended over it")
    assert len(found) == 11


def test_an_engine_that_cannot_be_had_is_said_at_once(settings: Settings) -> None:
    with pytest.raises(EngineError, match="nonsense"):
        Team(settings._replace(engine="nonsense"), 2)


def test_ctrl_c_keeps_what_was_finished_and_leaves_no_process(
    settings: Settings, tmp_path: Path
) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text("\n".join(
        encode(Document(id=str(n), text="Police said nine people were hurt in Karsa. " * 20)) for n in range(3000)
    ), encoding="utf-8")  # fmt: skip
    db = tmp_path / "x.db"
    command = [
        sys.executable,
        "-m",
        "sayso",
        "add",
        str(lines),
        "--workers",
        "2",
        "--ledger",
        str(db),
    ]
    from sayso.errors import LedgerError
    from sayso.ledger.store import Ledger

    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={"SAYSO_GAZETTEER": str(settings.gazetteer), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    with ending(running):

        def added() -> int:
            assert running.poll() is None, "it ended by itself"
            try:
                with Ledger.open(db) as ledger:
                    kept = ledger.count().documents
            except LedgerError:  # it is not there yet
                return 0
            return kept if kept > 10 else 0

        kept = until(added)
        # As a terminal does it: to the command and to every process that it started.
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
        assert running.returncode == 130 and "interrupted" in said and "Traceback" not in said
        with Ledger.open(db) as ledger:
            assert 3000 > ledger.count().documents >= kept > 10
    until(lambda: not alive(running.pid))
