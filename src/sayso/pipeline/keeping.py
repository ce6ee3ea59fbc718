"""What is read, and what people decide about it, into the ledger."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from sayso.errors import InputError, NotFoundError, SettingsError
from sayso.pipeline.knowing import derive
from sayso.pipeline.reading import Reader, Reads
from sayso.records import (
    Capture,
    Correction,
    Document,
    Gathering,
    Judgement,
    Problem,
    Reading,
    Verdict,
)

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger
    from sayso.ledger.writer import Writer

Decision = Verdict | Literal["merge", "split"]
"""What a person can decide."""

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
    if not items:
        return []
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
    and is shown as needing another look where a claim reads otherwise now."""
    for last in ledger.readings():
        if last.reader != reader.name:
            document = ledger.document(last.document.id)
            reading = reader.attempt(document)
            with ledger.transaction() as writer:
                if isinstance(reading, Problem):
                    writer.problem(reading)
                done = reading if isinstance(reading, Problem) else _put(writer, document, reading)
            yield done


def judge(
    ledger: Ledger,
    verdict: Verdict,
    a: str,
    b: str | None = None,
    correction: Correction | None = None,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger what a person decided, and give it as it is kept there.

    `accept`, `reject`, `unsure` and `correct` (with a `correction`) are about the claim `a`; `undo`
    about the judgement `a`; `same` and `different` about `a` and `b`, each a claim, a document or
    an incident. Claims, judgements and incidents may be named by the beginning of their ids. An
    incident stands for what it leads with, since its own id may change as more becomes known.

    Raises `NotFoundError` where there is no such thing, and `SettingsError` where the judgement
    says nothing.
    """
    seen = None
    if verdict == "undo":
        a = _judgement(ledger, a).id
    elif verdict in ("same", "different"):
        if b is None:
            raise SettingsError(f"{verdict!r} is said of two")
        a, b = _anchor(ledger, a), _anchor(ledger, b)
        if a == b:
            raise SettingsError(f"{verdict!r} is said of two, and these are one")
    else:
        from sayso.reconcile.verdicts import seen as as_read

        claim, _ = ledger.claim(a)
        a, seen = claim.id, as_read(claim)
        if verdict == "correct" and (correction is None or correction == Correction()):
            raise SettingsError("a correction must say what it corrects")
    decided = Judgement(
        id="", verdict=verdict, a=a, b=b, correction=correction, seen=seen, by=by, note=note
    )
    with ledger.transaction() as writer:
        return writer.judge(decided)


def decide(
    ledger: Ledger,
    verdict: Decision,
    subject: str,
    others: Sequence[str] = (),
    correction: Correction | None = None,
    by: str | None = None,
    note: str | None = None,
) -> list[Judgement]:
    """Put into the ledger what a person decided, and give the judgements that it took: `merge` says
    of an incident and each of `others` that they are the same, `split` is `split`, and all else is
    one judgement, see `judge`.

    Raises `SettingsError` where the decision is not about so many, and what these raise.
    """
    wanted = {"same": 1, "different": 1, "merge": None, "split": None}.get(verdict, 0)
    if wanted is None and not others:
        raise SettingsError(f"{verdict} needs what to {verdict}")
    if wanted is not None and len(others) != wanted:
        raise SettingsError(f"{verdict} takes {wanted or 'no'} other ID")
    if verdict == "split":
        return split(ledger, subject, others, by, note)
    if verdict == "merge":
        return [judge(ledger, "same", subject, other, None, by, note) for other in others]
    other = others[0] if others else None
    return [judge(ledger, verdict, subject, other, correction, by, note)]


def split(
    ledger: Ledger,
    incident: str,
    out: Sequence[str],
    by: str | None = None,
    note: str | None = None,
) -> list[Judgement]:
    """Put into the ledger that these claims and documents are of another incident than the rest of
    this one, all of them of the same; give the judgements that say so.

    Raises `NotFoundError`, and `SettingsError` where nothing would be left.
    """
    derive(ledger)
    found, gathering = ledger.incident(incident)
    apart = [_anchor(ledger, name) for name in out]
    rest = [
        part
        for part in gathering.parts
        if part.document not in apart and not set(part.claims) & set(apart)
    ]
    if not rest:
        raise SettingsError(f"nothing would be left of {found.id}")
    stays = _leading(Gathering(parts=tuple(rest), families=()))
    decided = [Judgement(id="", verdict="different", a=stays, b=apart[0], by=by, note=note)]
    decided += [
        Judgement(id="", verdict="same", a=apart[0], b=other, by=by, note=note)
        for other in apart[1:]
    ]
    with ledger.transaction() as writer:
        return [writer.judge(judgement) for judgement in decided]


def _anchor(ledger: Ledger, name: str) -> str:
    """What a judgement about this claim, document or incident is tied to."""
    try:
        return ledger.document(name).id
    except NotFoundError:
        pass
    try:
        return ledger.claim(name)[0].id
    except NotFoundError:
        derive(ledger)
    try:
        return _leading(ledger.incident(name)[1])
    except NotFoundError:
        raise NotFoundError(
            f"there is no document, no claim and no incident {name!r} in {ledger.name}"
        ) from None


def _leading(gathering: Gathering) -> str:
    """The oldest document that leads with an incident, else the oldest claim about it."""
    leading = [part.document for part in gathering.parts if not part.aside]
    return leading[0] if leading else gathering.parts[0].claims[0]


def _judgement(ledger: Ledger, name: str) -> Judgement:
    found = [judgement for judgement in ledger.judgements() if judgement.id.startswith(name)]
    if len(found) == 1 and name:
        return found[0]
    if found and name:
        raise NotFoundError(f"{name!r} is short for {len(found)} judgements; give more of it")
    raise NotFoundError(f"no judgement {name!r} in {ledger.name}")
