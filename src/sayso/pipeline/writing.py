"""What is read, into the ledger."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.pipeline.reading import Reader
from sayso.pipeline.running.stream import Reads
from sayso.records import Capture, Document, Problem, Reading

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger
    from sayso.ledger.writer import Writer

TOGETHER = 100
"""Documents that are put into a ledger in one transaction, at most."""

SOON = 1.0
"""Seconds after which what was read is put into the ledger, so that an end costs no more."""


class Added(NamedTuple):
    """A document that was added to a ledger, and what became of it: it is `new`, or was there and
    is `read again` by another reader, or is `known`, read by this one, and then has no reading."""

    document: Document
    reading: Reading | None
    became: Literal["new", "read again", "known"]


def add(
    ledger: Ledger,
    reader: Reads,
    found: Iterable[Capture | Problem],
    snapshots: bool = True,
) -> Iterator[Added | Problem]:
    """Reads what the ledger does not have by this reader and puts it in, with the bytes it came
    from if there are to be `snapshots`; problems are put in too. Each comes out once it is kept.

    What was read is kept every second: whenever this is ended, all that came out is in the ledger,
    and adding the same again goes on from there.
    """
    waiting: list[tuple[Capture, Reading] | Problem | Added] = []
    since = time.monotonic()
    for item, reading in reader.each(_unread(ledger, reader.name, found, snapshots)):
        if isinstance(reading, Problem):
            waiting.append(reading)
        elif isinstance(item, Capture) and reading is not None:
            waiting.append((item, reading))
        elif not isinstance(item, Capture):
            waiting.append(item)
        if len(waiting) >= TOGETHER or time.monotonic() - since > SOON:
            yield from _kept(ledger, waiting)
            waiting, since = [], time.monotonic()
    yield from _kept(ledger, waiting)


def take(
    ledger: Ledger, reader: str, read: Iterable[tuple[Document, Reading] | Problem]
) -> Iterator[Added | Problem]:
    """Puts in what that reader has read elsewhere, without the bytes it came from, as `add` does
    with what it reads. What would go by another id here was read under the wrong one: it becomes a
    problem."""
    waiting: list[tuple[Capture, Reading] | Problem | Added] = []
    for item in read:
        if isinstance(item, Problem):
            waiting.append(item)
        else:
            document, last = ledger.admitted(item[0])
            if document.id != item[0].id:
                message = "another text is known under its id here: add it, to have it read anew"
                waiting.append(Problem(input=item[0].id, message=message))
            elif last == reader:
                waiting.append(Added(document, None, "known"))
            else:
                waiting.append((Capture(document=document, raw=None), item[1]))
        if len(waiting) >= TOGETHER:
            yield from _kept(ledger, waiting)
            waiting = []
    yield from _kept(ledger, waiting)


def _unread(
    ledger: Ledger, reader: str, found: Iterable[Capture | Problem], snapshots: bool
) -> Iterator[Capture | Problem | Added]:
    """What is to be read, under the id that it will have in the ledger; what this reader has read
    already is known."""
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        document, last = ledger.admitted(item.document)
        if last == reader:
            yield Added(document, None, "known")
        else:
            raw = item.raw if snapshots else None
            yield replace(item, document=document, raw=raw)


def _kept(
    ledger: Ledger, items: list[tuple[Capture, Reading] | Problem | Added]
) -> list[Added | Problem]:
    if all(isinstance(item, Added) for item in items):
        return [item for item in items if isinstance(item, Added)]
    done: list[Added | Problem] = []
    with ledger.transaction() as writer:
        for item in items:
            if isinstance(item, Problem):
                writer.problem(item)
                done.append(item)
            elif isinstance(item, Added):
                done.append(item)
            else:
                done.append(_put(writer, item[0].document, item[1], item[0]))
    return done


def _put(
    writer: Writer, document: Document, reading: Reading, capture: Capture | None = None
) -> Added | Problem:
    """Puts in a document with its reading, or another reading of one that is there; what the
    database cannot hold becomes a problem."""
    try:
        with writer.apart():
            new = capture is not None and writer.add(capture, reading)
            if capture is None:
                writer.read(reading)
    except InputError as error:
        problem = Problem(input=document.id, message=str(error))
        writer.problem(problem)
        return problem
    return Added(document, reading, "new" if new else "read again")


def reread(ledger: Ledger, reader: Reader) -> Iterator[Added | Problem]:
    """Reads every document again that was last read by another reader. What people judged stays,
    and is shown as needing another look where a claim reads otherwise now. What is known without
    its text stays as it was read, and is told of."""
    for last in ledger.readings():
        if last.reader == reader.name:
            continue
        if not ledger.has_text(last.document.id):
            message = "its text is not here: it stays as it was read where it came from"
            yield Problem(input=last.document.id, message=message)
        else:
            document = ledger.document(last.document.id)
            reading = reader.attempt(document)
            with ledger.transaction() as writer:
                if isinstance(reading, Problem):
                    writer.problem(reading)
                done = reading if isinstance(reading, Problem) else _put(writer, document, reading)
            yield done
