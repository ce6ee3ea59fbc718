"""A ledger, treated badly: its programs killed, its power cut, its disk full. Nothing that somebody
was told is kept may be lost, and all of it must be whole.

    python -m torture [KILLS [CUTS [FULL [SEED]]]]

Killed are programs that add, judge, import, rebuild, bring up an earlier ledger or watch a feed, on
SQLite and on PostgreSQL, at a moment chosen at random. Power cuts and full disks are SQLite's only
(see `disks`): what becomes of PostgreSQL's files is its server's matter, not a ledger's.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from click.testing import CliRunner
from sqlalchemy import make_url

import disks
import postgres
from sayso.cli.commands import main
from sayso.errors import LedgerError
from sayso.ingest.fetching import Fetched
from sayso.ledger import bundle
from sayso.ledger.store import Ledger
from sayso.pipeline import add, derive, proving
from sayso.pipeline.running.feeds import Watch
from sayso.records import Capture, Document, Heading, Judgement, Problem, Reading

EARLIER = Path(__file__).parent / "ledger" / "released" / "0.6.0.db"

Say = Callable[[str], object]
"""Is told what is kept."""


class Reads:
    """A reader that knows what the demo's articles say, and of others that they say nothing."""

    name = "torture"

    def __init__(self, known: Iterable[tuple[Document, Reading]] = ()) -> None:
        self.known = {document.text: reading for document, reading in known}

    def each(self, items: Iterable[Any]) -> Iterator[tuple[Any, Reading | Problem | None]]:
        for item in items:
            yield item, self.of(item.document) if isinstance(item, Capture) else None

    def of(self, document: Document) -> Reading:
        heading = Heading(**{n: getattr(document, n) for n in Heading.__struct_fields__})
        known = self.known.get(document.text)
        claims = known.claims if known else ()
        return Reading(document=heading, claims=claims, reader=self.name)


class Feed:
    """A feed, and the pages that it leads to, without a server."""

    def fetch(self, url: str, headers: object = None) -> Fetched:
        if url.endswith("feed"):
            items = [
                {"id": f"{n}", "url": f"http://feed.example/{n}", "title": f"Post {n}"}
                for n in range(12)
            ]
            version = "https://jsonfeed.org/version/1.1"
            data = json.dumps({"version": version, "title": "Tidewatch", "items": items})
            return Fetched(url, data.encode(), {"content-type": "application/json"}, AT)
        number = url.rpartition("/")[2]
        text = f"Post {number} of the harbour board says that the seawall stands. " * 5
        page = f"<html><body><article><h1>Sea</h1><p>{text}</p></article></body></html>"
        return Fetched(url, page.encode(), {"content-type": "text/html"}, AT)


AT = "2031-03-04T12:00:00Z"


class Deeds:
    """What programs do to a ledger. Each says what it was told is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.story = folder / "story.db"
        CliRunner().invoke(
            main, ["demo", "--quiet", "--ledger", str(self.story)], catch_exceptions=False
        )
        with Ledger.open(self.story) as ledger:
            self.pairs = list(zip(ledger.documents(), ledger.readings(), strict=True))
            bundle.write(ledger, folder / "story.zip", texts=True)
            bundle.write(ledger, folder / "bare.zip")
        self.reads = Reads(self.pairs)
        self.claims = [claim.id for _, reading in self.pairs for claim in reading.claims]

    def add(self, address: str, say: Say) -> None:
        captures = [Capture(document=document, raw=b"<p>raw") for document, _ in self.pairs]
        with Ledger.open(address, create=True) as ledger:
            for start in range(0, len(captures), 3):
                for item in add(ledger, self.reads, captures[start : start + 3]):
                    say(f"document {item.document.id}")
            derive(ledger)

    def judge(self, address: str, say: Say) -> None:
        with Ledger.open(address) as ledger:
            for number, claim in enumerate(self.claims[:12]):
                with ledger.transaction() as writer:
                    judgement = Judgement(
                        id="", verdict="reject", a=claim, note=f"{time.time_ns()}"
                    )
                    judgement = writer.judge(judgement)
                say(f"judgement {judgement.id}")
                if number % 4 == 3:
                    derive(ledger)

    def take(self, address: str, say: Say) -> None:
        with Ledger.open(address, create=True) as ledger:
            for name in ("bare.zip", "story.zip"):
                bundle.read(self.folder / name, ledger)
                for document, _ in self.pairs:
                    say(f"document {document.id}")
            derive(ledger)

    def rebuild(self, address: str, say: Say) -> None:
        with Ledger.open(address) as ledger:
            for document, _ in self.pairs:
                say(f"document {document.id}")
            with ledger.transaction() as writer:
                writer.drop_unnamed()
                writer.rebuild()
            derive(ledger)

    def migrate(self, address: str, say: Say) -> None:
        with Ledger.open(address) as ledger:
            for document in ledger.documents():
                say(f"document {document.id}")

    def watch(self, address: str, say: Say) -> None:
        state = Path(tempfile.mkdtemp(dir=self.folder)) / "state.json"
        with Ledger.open(address, create=True) as ledger:
            watch = Watch(state, Feed(), 60.0)  # type: ignore[arg-type]
            for item in watch.round(ledger, self.reads, ["http://feed.example/feed"]):
                if not isinstance(item, Problem) and hasattr(item, "document"):
                    say(f"document {item.document.id}")
            derive(ledger)


FROM_NOTHING = ("add", "take", "watch")
NAMES = ("add", "judge", "take", "rebuild", "migrate", "watch")


def kept(address: str) -> set[str]:
    """What a ledger holds, as deeds say it. Raises `AssertionError` where it is not whole."""
    with Ledger.open(address, create=True) as ledger:
        faults = proving.verify(ledger).faults
        if faults:
            raise AssertionError(f"{address} is not whole: {faults[0].what}")
        documents = {f"document {document.id}" for document in ledger.documents()}
        return documents | {f"judgement {judgement.id}" for judgement in ledger.judgements()}


def killed(deed: Callable[[str, Say], None], address: str, after: float) -> tuple[bool, list[str]]:
    """Whether a program that does this was killed before its end, so many seconds after it began,
    and what it had said is kept."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            deed(address, lambda what: os.write(writing, f"{what}\n".encode()))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        told = said.read().splitlines()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"{deed.__name__} failed on {address}")
    return os.WIFSIGNALED(status), told


class Places:
    """Where a deed finds what it begins with: a new ledger of its own each time."""

    def __init__(self, folder: Path, server: str | None, story: Path) -> None:
        self.folder, self.server, self.story = folder, server, story
        self.number = 0
        self.last: str | None = None
        if server is not None:
            with Ledger.open(self._made(), create=True) as ledger:
                bundle.read(folder / "story.zip", ledger)
                derive(ledger)
            self.template, self.last = self._name(), None

    def _name(self) -> str:
        return f"torture_{os.getpid()}_{self.number}"

    def _made(self, template: str | None = None) -> str:
        assert self.server is not None
        self.number += 1
        with psycopg.connect(self.server, autocommit=True) as connection:
            if self.last is not None:
                connection.execute(f"DROP DATABASE {self.last} WITH (FORCE)")
            of = f" TEMPLATE {template}" if template else ""
            connection.execute(f"CREATE DATABASE {self._name()}{of}")
        self.last = self._name()
        return make_url(self.server).set(database=self.last).render_as_string(hide_password=False)

    def new(self, name: str) -> str:
        """The address for a deed of that name."""
        if self.server is not None:
            return self._made(None if name in FROM_NOTHING else self.template)
        self.number += 1
        for old in self.folder.glob("tried*"):
            old.unlink()
        path = self.folder / f"tried{self.number}.db"
        if name not in FROM_NOTHING:
            shutil.copy(EARLIER if name == "migrate" else self.story, path)
        return str(path)


def kills(
    deeds: Deeds, server: str | None, many: int, seed: int, names: tuple[str, ...] = NAMES
) -> Iterator[str]:
    """Kill programs until so many were killed, and look at what they leave; the name of each."""
    places = Places(deeds.folder, server, deeds.story)
    if server is not None:  # earlier versions had no ledgers of these tables there
        names = tuple(name for name in names if name != "migrate")
    dice = random.Random(seed)
    lasts: dict[str, float] = {}
    done = 0
    while done < many:
        name = names[done % len(names)]
        deed = getattr(deeds, name)
        if name not in lasts:
            address, began = places.new(name), time.perf_counter()
            deed(address, len)
            lasts[name] = time.perf_counter() - began
        address = places.new(name)
        was, told = killed(deed, address, dice.uniform(0, lasts[name]))
        if not was:
            lasts[name] *= 0.95  # it came to its end before: kill it sooner
            continue
        lost = {*told} - kept(address)
        if lost:
            raise AssertionError(f"{name} on {address} lost {sorted(lost)[:3]}")
        deed(address, len)  # done again, it comes to its end, and nothing is there twice
        kept(address)
        done += 1
        yield name


def cuts(deeds: Deeds, many: int, seed: int) -> Iterator[int]:
    """Cut the power so many times while documents are added and judged, half of them just after
    somebody was told that something is kept; how much each found."""
    disk, dice = disks.Disk(), random.Random(seed)
    path = deeds.folder / "cut" / "cut.db"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with disk.under_sqlite():
        deeds.add(str(path), disk.told)
        deeds.judge(str(path), disk.told)
        deeds.rebuild(str(path), lambda what: None)
    after = [n + 1 for n, event in enumerate(disk.events) if event.what == "told"]
    for number in range(many):
        end = dice.choice(after) if number % 2 else dice.randrange(len(disk.events))
        with tempfile.TemporaryDirectory(dir=deeds.folder) as found:
            into = Path(found)
            told = disks.after_a_cut(
                disk.events[:end], lambda name, into=into: into / Path(name).name, dice
            )
            address = str(into / path.name)
            if lost := {*told} - kept(address):
                raise AssertionError(f"a cut after {end} events lost {sorted(lost)[:3]}")
            deeds.add(address, len)
            kept(address)
        yield len(told)


def full(deeds: Deeds, many: int, seed: int) -> Iterator[int]:
    """Let the disk be full at so many moments while documents are added; how much each kept."""
    dice = random.Random(seed)
    disk = disks.Disk()
    with tempfile.TemporaryDirectory(dir=deeds.folder) as found, disk.under_sqlite():
        deeds.add(f"{found}/whole.db", len)
    writes = sum(event.what == "write" for event in disk.events)
    for _ in range(many):
        with tempfile.TemporaryDirectory(dir=deeds.folder) as found:
            address, told = f"{found}/full.db", list[str]()
            disk = disks.Disk()
            disk.space = dice.randrange(writes)
            try:
                with disk.under_sqlite():
                    deeds.add(address, told.append)
            except LedgerError as error:
                if "no space left" not in str(error):
                    raise
            else:
                raise AssertionError(f"{disk.space} writes were enough")
            if lost := {*told} - kept(address):
                raise AssertionError(f"a full disk lost {sorted(lost)[:3]}")
            deeds.add(address, len)
            kept(address)
        yield len(told)


def told_of(what: str, each: Iterator[object], many: int) -> None:
    """Go through it, and tell of progress."""
    counts: Counter[object] = Counter()
    began = time.perf_counter()
    for number, came in enumerate(each, 1):
        counts[came if isinstance(came, str) else "done"] += 1
        if number % 20 == 0 or number == many:
            print(f"{what}: {number} of {many}: 0 lost", file=sys.stderr, flush=True)
    spread = ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=str))
    took = time.perf_counter() - began
    print(f"{what}: {many} ({spread}): 0 lost, all whole; {took:.0f} s", flush=True)


def run(many: int, power: int, space: int, seed: int) -> None:
    """All of it. Raises `AssertionError` at the first that is lost or not whole."""
    with tempfile.TemporaryDirectory() as name, postgres.server() as server:
        deeds = Deeds(Path(name))
        told_of("power cuts on SQLite", cuts(deeds, power, seed), power)
        told_of("full disks on SQLite", full(deeds, space, seed), space)
        half = many // 2
        told_of("SIGKILLs on SQLite", kills(deeds, None, many - half, seed), many - half)
        told_of("SIGKILLs on PostgreSQL", kills(deeds, server, half, seed), half)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    run(*[*numbers, *(1000, 100, 20, 31)[len(numbers) :]])
