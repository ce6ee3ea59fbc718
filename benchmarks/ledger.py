"""How fast a ledger of a hundred thousand claims is written, looked up and proved.

    python benchmarks/ledger.py [DOCUMENTS] >> docs/performance.md

The coverage is that of `benchmarks/reconcile.py`, DOCUMENTS (25,000) with four claims each: reading
is measured elsewhere. The floor of writing is measured in the same run: the same JSON put into a
plain table by SQLite. Looking up is the median of some goes, of pages of 50, on a ledger whose
incidents are up to date. Nothing here is asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from reconcile import coverage
from sayso.ledger import proof, search
from sayso.ledger.conditions import Filters
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.deriving import Held
from sayso.records import Capture, Claim, Count, Document, Heading, Reading
from sayso.review import history, judge
from sayso.settings import Settings
from sayso.wire import encode

TOGETHER = 100
"""Documents added in one transaction, as the pipeline adds them at most."""

GOES = 7

MORE = 10
"""Documents added to a full ledger by a process that stays at it, as the desk does."""

Story = list[tuple[Capture, Reading]]


def story(documents: int) -> Story:
    """The documents with four claims each, and the bytes that they came from."""
    return [read(document, claims) for document, claims in coverage(documents)]


def read(document: Document, claims: list[Claim]) -> tuple[Capture, Reading]:
    """A document with the bytes that it came from and four times its claims."""
    found = [other for claim in claims for other in (claim, *others(claim))]
    heading = Heading(
        id=document.id,
        url=None,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=None,
    )
    reading = Reading(document=heading, reader="benchmark", claims=tuple(found))
    return Capture(document=document, raw=encode(document).encode()), reading


def others(claim: Claim) -> Iterator[Claim]:
    """Three more claims that the same sentence could make."""
    for number, kind in enumerate(("injured", "missing", "detained"), 1):
        many = (claim.count.low or 0) * (number + 1) if claim.count else number
        yield replace(
            claim,
            id=f"{claim.id}-{kind}",
            kind=kind,
            count=Count(low=many, high=many, text=str(many)),
        )


def floor(told: Story, folder: Path) -> float:
    """Documents a second that SQLite takes as they are, in as many transactions."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("CREATE TABLE kept (document TEXT, reading TEXT, raw BLOB)")
    started = time.perf_counter()
    for start in range(0, len(told), TOGETHER):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO kept VALUES (?, ?, ?)",
            [(encode(c.document), encode(r), c.raw) for c, r in told[start : start + TOGETHER]],
        )
        connection.execute("COMMIT")
    connection.close()
    return len(told) / (time.perf_counter() - started)


def write(ledger: Ledger, told: Story) -> list[float]:
    """Documents a second, for each tenth of them."""
    speeds = []
    tenth = max(TOGETHER, len(told) // 10)
    for begin in range(0, len(told), tenth):
        part = told[begin : begin + tenth]
        started = time.perf_counter()
        for start in range(0, len(part), TOGETHER):
            with ledger.transaction() as writer:
                for capture, reading in part[start : start + TOGETHER]:
                    writer.add(capture.document, reading, capture.raw)
        speeds.append(len(part) / (time.perf_counter() - started))
    return speeds


def milliseconds(what: Callable[[], object]) -> float:
    """How long it takes, in the median of some goes."""
    spent = []
    for _ in range(GOES):
        started = time.perf_counter()
        what()
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


def seconds(what: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def pages(ledger: Ledger, some: Document, place: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The pages that are looked up, by name."""
    every = {
        "all": Filters(),
        "of a kind": Filters(kind="missing"),
        "of ten days": Filters(first="2031-05-01", last="2031-05-10"),
        "of a place": Filters(place=place),
        "of a source": Filters(source="union"),
        "of an outlet": Filters(outlet="Outlet 7"),
        "of a group": Filters(who="miners"),
        "that nobody judged": Filters(verdict="none"),
        "of a kind, source and outlet": Filters(kind="killed", source="police", outlet="Outlet 7"),
    }
    for name, filters in every.items():
        yield f"claims {name}", lambda f=filters: search.claims(ledger, f)
    yield "claims, the 1,000th page", lambda: search.claims(ledger, offset=50_000)
    word = some.text.split()[40]
    yield "claims by a word", lambda: search.claims(ledger, typed="miners")
    yield "documents by a word", lambda: search.documents(ledger, typed=word)
    yield "documents by a word of every text", lambda: search.documents(ledger, typed="reports")
    yield "incidents", lambda: search.incidents(ledger)
    yield "incidents of ten days", lambda: search.incidents(ledger, every["of ten days"])
    yield "incidents of a source", lambda: search.incidents(ledger, every["of a source"])


def main(arguments: list[str]) -> None:
    """Measure, and print tables for `docs/performance.md`."""
    documents = int(arguments[0]) if arguments else 25_000
    told = story(documents)
    claims = sum(len(reading.claims) for _, reading in told)
    settings = Settings()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = floor(told, folder)
        with Ledger.open(folder / "ledger.db", create=True) as ledger:
            speeds = write(ledger, told[:-MORE])
            size = os.path.getsize(folder / "ledger.db") / 2**20
            held = Held()
            derived = seconds(lambda: derive(ledger, held=held))
            more = seconds(lambda: (write(ledger, told[-MORE:]), derive(ledger, held=held)))
            incident = next(iter(ledger.incidents()))[0]
            print("\n## Ledger\n\n`python benchmarks/ledger.py`\n")
            print(f"{documents:,} invented documents with {claims:,} claims, in a file.\n")
            print("| what it costs | |\n| --- | ---: |")
            speed = statistics.harmonic_mean(speeds)
            print(f"| documents added a second, without reading | {speed:,.0f} |")
            print(f"| the last tenth of them | {speeds[-1]:,.0f} |")
            print(f"| put into a plain table a second (the floor) | {plain:,.0f} |")
            print(f"| size, MB | {size:,.0f} |")
            print(f"| working out all incidents, s | {derived:.0f} |")
            print(f"| adding {MORE} more where it stays open, all up to date, s | {more:.1f} |")
            judged = seconds(lambda: (judge(ledger, "reject", incident.claims[0]), derive(ledger)))
            print(f"| judging a claim, its incident made again, ms | {judged * 1000:.0f} |")
            print(f"| proving all of it, s | {seconds(lambda: proof.verify(ledger)):.0f} |")
            print("\n| looked up, a page of 50 | ms |\n| --- | ---: |")
            some = told[len(told) // 2]
            where = some[1].claims[0].where
            for name, page in pages(ledger, some[0].document, where.text if where else ""):
                print(f"| {name} | {milliseconds(page):.0f} |")
            toll = milliseconds(lambda: recall(ledger, settings, incident.id))
            told_of = milliseconds(lambda: history.of_incident(ledger, incident.id))
            print(f"| one toll with its curve ({len(incident.documents)} documents) | {toll:.0f} |")
            print(f"| the history of its figures, by the log | {told_of:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
