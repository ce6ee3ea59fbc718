"""How fast the desk answers over a ledger of a hundred thousand claims, to one and to many.

    python benchmarks/desk.py [DOCUMENTS or LEDGER] >> docs/performance.md

The ledger is that of `benchmarks/large.py`, made anew or a copy of the one that is named; `sayso
serve` answers from a process of its own, as for a browser. Its pages are asked for twice: the first
answer may be slower, since what it remembers until documents come is worked out then. Then `JUDGES`
people decide and undo, alone, and for `SECONDS` with `READERS` others who ask for everything in any
order. The floor, a small file that the same server reads from the disk, is measured in the same
run, and how often it goes into a time stands behind that in brackets. Nothing here is asserted.
"""

from __future__ import annotations

import http.client
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import large
from addresses import FLOOR, Asked, every

from ledger import GOES
from sayso.ledger.store import Ledger

GOAL = 150
"""Milliseconds in which 95 % of all pages are to be there."""

READERS, JUDGES = 20, 2
SECONDS = 60

PATIENCE = 60
"""Seconds after which whoever asks gives up."""


class Answer(NamedTuple):
    """What was asked, how it was answered (0: not at all), and how long that took, in ms."""

    asked: Asked
    status: int
    ms: float


class Person:
    """Somebody at the desk of that address."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address)
        self._line = self._connection()
        self.answers: list[Answer] = []

    def _connection(self) -> http.client.HTTPConnection:
        host = self._where.hostname or ""
        return http.client.HTTPConnection(host, self._where.port, timeout=PATIENCE)

    def get(self, asked: Asked) -> bytes:
        """Ask for an address, and note how long that took."""
        address = asked.address.replace("HOST", self._where.netloc)
        return self._ask(asked, "GET", address, None, {"accept": "text/html"})

    def post(self, kind: str, form: dict[str, str]) -> bytes:
        """Decide something, and look at the page that comes next."""
        headers = {"content-type": "application/json"}
        return self._ask(Asked(kind, "/judgements"), "POST", "/judgements", form, headers)

    def _ask(
        self, asked: Asked, way: str, to: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> bytes:
        began, status, body = time.perf_counter(), 0, b""
        try:
            self._line.request(way, to, json.dumps(form) if form else None, headers)
            answer = self._line.getresponse()
            status, body = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self._line.close()
            self._line = self._connection()
        self.answers.append(Answer(asked, status, (time.perf_counter() - began) * 1000))
        return body

    def decide(self, skip: int = 0) -> None:
        """Accept a claim that waits, look at the next, and take it back: each noted."""
        waiting = json.loads(self.get(Asked("the queue", "/review.json")) or b"{}").get("items", [])
        if len(waiting) <= skip:
            return
        began = time.perf_counter()
        made = self.post("", {"verdict": "accept", "a": waiting[skip]["claim"]})
        self.get(Asked("", "/review"))
        judged, looked = self.answers[-2:]
        del self.answers[-2:]
        whole = Asked("a decision and the next claim", "/judgements")
        bad = min(judged.status - 1, looked.status) if judged.status != 201 else looked.status
        self.answers.append(Answer(whole, bad, (time.perf_counter() - began) * 1000))
        if items := json.loads(made or b"{}").get("items"):
            self.post("an undo", {"verdict": "undo", "a": items[0]["id"]})


@contextmanager
def desk(ledger: Path) -> Iterator[str]:
    """The address of a desk on this ledger."""
    command = [sys.executable, "-m", "sayso", "serve", "--ledger", str(ledger), "--port", "0"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        words = next(line for line in running.stderr or () if "http://" in line).split()
        yield next(word for word in words if word.startswith("http://"))
    finally:
        running.send_signal(signal.SIGINT)
        running.wait()


def at(values: Sequence[float], share: float) -> float:
    """The value below which that share of them is."""
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))]


def table(answers: Sequence[Answer], floor: float, goal: float) -> None:
    """Print how long what was asked took, by its kind."""
    print("| | asked | p50, ms | p95 | max | within the goal | errors |")
    print("| --- |" + " ---: |" * 6)
    kinds = list(dict.fromkeys(one.asked.kind for one in answers))
    for kind in [*kinds, *(["all"] if len(kinds) > 1 else [])]:
        those = [one for one in answers if kind in (one.asked.kind, "all")]
        ms = [one.ms for one in those]
        cells = [f"{value:.0f} ({value / floor:.0f})" for value in (at(ms, 0.5), at(ms, 0.95))]
        cells.append(f"{max(ms):.0f}")
        cells.append(f"{100 * sum(value < goal for value in ms) / len(ms):.1f} %")
        cells.append(str(sum(one.status not in (200, 201, 307) for one in those)))
        print(f"| {kind} | {len(those):,} | {' | '.join(cells)} |")


def slowest(answers: Sequence[Answer], floor: float, most: int = 8) -> None:
    """Print what took longest."""
    print("\n| the slowest | ms |\n| --- | ---: |")
    for one in sorted(answers, key=lambda one: -one.ms)[:most]:
        print(f"| `{one.asked.address}` | {one.ms:.0f} ({one.ms / floor:.0f}) |")


def floor_of(person: Person) -> float:
    """How long the floor takes, in ms."""
    for _ in range(10 * GOES):
        person.get(Asked("floor", FLOOR))
    spent = at([one.ms for one in person.answers], 0.5)
    person.answers.clear()
    return spent


def alone(address: str, asked: Sequence[Asked]) -> None:
    """One who asks for everything, twice, and decides."""
    person = Person(address)
    floor = floor_of(person)
    print(f"The floor is {floor:.1f} ms, the goal {GOAL} ms.\n")
    for one in asked:
        if one.kind == "pages":
            person.get(one)
    first, person.answers = person.answers, []
    for one in asked:
        person.get(one)
    then, person.answers = person.answers, []
    print("Pages, asked for the first time:\n")
    table(first, floor, GOAL)
    print("\nEverything, after that:\n")
    table(then, floor, GOAL)
    slowest(then, floor)
    for _ in range(5 * GOES):
        person.decide()
    print("\n### Deciding\n\nThe goal is 60 ms.\n")
    table(person.answers, floor, 60)


def together(address: str, asked: Sequence[Asked]) -> None:
    """Many who ask and decide at once."""
    floor = floor_of(Person(address))
    end = time.monotonic() + SECONDS
    people: list[Person] = []

    def at_it(what: Callable[[Person], None]) -> threading.Thread:
        person = Person(address)
        people.append(person)

        def go() -> None:
            while time.monotonic() < end:
                what(person)

        return threading.Thread(target=go)

    def reads(number: int) -> Callable[[Person], None]:
        dice = random.Random(number)

        def read(person: Person) -> None:
            person.get(dice.choice(asked))

        return read

    threads = [at_it(reads(number)) for number in range(READERS)]
    # Each judge takes another claim of the queue.
    threads += [at_it(lambda person, skip=n: person.decide(skip)) for n in range(JUDGES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [one for person in people for one in person.answers]
    print(f"\n### {READERS} readers and {JUDGES} judges at once, for {SECONDS} seconds\n")
    print(f"The floor, asked alone, is {floor:.1f} ms, the goal 1,000 ms.\n")
    table(answers, floor, 1000)
    slowest(answers, floor)


def main(arguments: list[str]) -> None:
    """Measure, and print the section for `docs/performance.md`."""
    given = arguments[0] if arguments else "25000"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.db"
        if given.isdecimal():
            large.make(path, int(given))
        else:
            shutil.copy(given, path)
        with Ledger.open(path) as ledger:
            asked, held = every(ledger), ledger.count()
        print("\n## Desk\n\n`python benchmarks/desk.py`\n")
        print(f"{held.documents:,} documents and {held.claims:,} claims, by `sayso serve`: every")
        print("page and address for programs, every filter of every list alone and in pairs.")
        with desk(path) as address:
            alone(address, asked)
        with desk(path) as address:
            together(address, asked)


if __name__ == "__main__":
    main(sys.argv[1:])
