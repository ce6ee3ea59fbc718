"""Lines of another log into a ledger, so that it stays whole whatever they say.

What is there already stays as it is: of a text that comes from other bytes the first bytes, of
readings those made here. A line that cannot be taken in costs none of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ledger.contents import named
from sayso.ledger.imprints import Kept, is_sound, understood
from sayso.ledger.log import Deposit
from sayso.ledger.proof import misquoting
from sayso.records import MOST_PEOPLE, Count, Judgement, Problem, Reading, Redaction
from sayso.wire import decode, encode

if TYPE_CHECKING:
    from sayso.ledger.manifest import Line, Manifest, Progress
    from sayso.ledger.store import Ledger
    from sayso.ledger.writer import Writer

T = TypeVar("T")

TOGETHER = 200
"""Lines that are taken in within one transaction."""


class Given(NamedTuple):
    """What another ledger holds: the lines of its log, what gives its texts and files by their
    SHA-256, the imprints of those that it has not, and the head of its log."""

    lines: Iterable[Line]
    content: Callable[[str], bytes | None]
    imprints: Iterable[Kept]
    manifest: Manifest


class Imported(NamedTuple):
    """How much was new, how many lines were known, and what could not be taken in, or not whole."""

    documents: int
    readings: int
    judgements: int
    known: int
    problems: tuple[Problem, ...]


def take(given: Given, total: int, ledger: Ledger, progress: Progress | None) -> Imported:
    """Take in what is given; `progress` is told of how many lines of the `total` are done."""
    taking = _Taking(ledger, given)
    batch: list[Line] = []
    for line in given.lines:
        batch.append(line)
        if len(batch) >= TOGETHER and line.kind != "document":  # its reading comes next
            taking.take(batch)
            batch = []
            if progress is not None:
                progress(line.seq, total)
    taking.take(batch)
    taking.finish(given.imprints)
    return Imported(
        taking.new["document"],
        taking.new["reading"],
        taking.new["judgement"],
        taking.known,
        tuple(taking.problems),
    )


_OWN = ("import", "alert")  # lines that tell what was done at a ledger, not what is on record


class _Taking:
    """Takes lines of another log into a ledger."""

    def __init__(self, ledger: Ledger, given: Given) -> None:
        self.new = dict.fromkeys(("line", "document", "reading", "judgement"), 0)
        self.known = 0
        self.problems: list[Problem] = []
        self._ledger = ledger
        self._content = given.content
        self._manifest = given.manifest
        self._told = False  # whether the log says that this was taken in
        # Documents that were known by quotations, and have their text or its imprint now.
        self.gained = 0
        self._came = set[str]()  # their texts: several documents may have the same
        self._named: dict[str, str] = {}  # ids there, where they differ from those in the source
        self._before: dict[str, str | None] = {}  # the reading before, in the source
        self._refused: set[str] = set()  # documents there that were not taken in
        self._last: dict[str, Deposit] = {}  # the line before of each document, in the source
        self._made: dict[str, str] = {}  # documents, by the judgements that made claims of them
        self._unread: dict[str, Deposit] = {}  # new documents of which no reading came
        # The documents of a text, and whether they are new here.
        self._of_text: dict[str, dict[str, bool]] = defaultdict(dict)

    def take(self, lines: Iterable[Line]) -> None:
        """Take these in, all or none."""
        with self._ledger.transaction() as writer:
            for line in lines:
                if line.withheld or line.kind in _OWN or line.subject in self._refused:
                    continue
                try:
                    with writer.apart():
                        new = self._one(writer, line)
                except InputError as error:
                    name = f"{line.kind} {line.subject} of line {line.seq}"
                    self._problem(writer, Problem(input=name, message=str(error)))
                    if line.kind == "document":
                        self._refused.add(line.subject)
                    continue
                if new:
                    self.new["line"] += 1
                    if line.kind in self.new:
                        self.new[line.kind] += 1
                else:
                    self.known += 1
            self._tell(writer)

    def _tell(self, writer: Writer) -> None:
        """Enter that this was taken in, with the first that is: so the log says of all that texts
        may lack, even where somebody pulls the plug."""
        if (self.new["line"] or self.gained) and not self._told:
            writer.enter("import", self._manifest.hash, self._manifest)
            self._told = True

    def finish(self, imprints: Iterable[Kept]) -> None:
        """Give a reading to each new document of which none came, or none that can be taken: one in
        which nothing was found; and keep the imprints of texts that are not here."""
        if self._unread:
            with self._ledger.transaction() as writer:
                for id, deposit in self._unread.items():
                    aside = "no reading of it came with it: add it, to have it read"
                    writer.enter(
                        "reading", id, Reading(document=deposit.heading(), problems=(aside,))
                    )
        for some in _batched(imprints, TOGETHER):
            with self._ledger.transaction() as writer:
                for kept in some:
                    self._imprint(writer, kept)
                self._tell(writer)

    def _imprint(self, writer: Writer, kept: Kept) -> None:
        """Keep an imprint, if it is one, of a text that is not here but a document of it."""
        shown = {
            id: new for id, new in self._of_text.get(kept.text, {}).items() if writer.shows(id)
        }
        if not shown or writer.holds(kept.text):
            return
        found = understood(kept)
        if found is not None and not is_sound(found):
            message = "is none: its documents are known by quotations only"
            self._problem(writer, Problem(input=f"imprint {kept.text[:16]}", message=message))
        elif writer.keep_imprint(kept):
            self.gained += not all(shown.values())

    def _one(self, writer: Writer, line: Line) -> bool:
        """Take one in; whether it was new."""
        if line.kind == "document":
            return self._document(writer, decode(line.record, Deposit))
        if line.kind == "reading":
            reading = decode(line.record, Reading)
            id = self._named.get(reading.document.id)
            if id is not None:
                reading = replace(reading, document=replace(reading.document, id=id))
            return self._reading(writer, self._countable(writer, reading))
        if line.kind == "judgement":
            return self._judgement(writer, decode(line.record, Judgement))
        if line.kind == "redaction":
            redaction = decode(line.record, Redaction)
            id = self._named.get(redaction.document)
            if id is not None:
                redaction = replace(redaction, document=id)
            if writer.deposit(redaction.document) is None:
                return False  # what it is about was withheld
            return writer.enter_once("redaction", redaction.document, redaction)
        return writer.problem(decode(line.record, Problem))

    def _document(self, writer: Writer, deposit: Deposit) -> bool:
        source = deposit.id
        self._named.pop(source, None)
        there = writer.deposit(source)
        if there is not None and there.text != deposit.text:
            deposit = replace(deposit, id=f"{source}~{deposit.text[:8]}")
            self._named[source] = deposit.id
            there = writer.deposit(deposit.id)
            if there is not None and there.text != deposit.text:
                raise InputError("its id, and its id as a version, are those of other texts here")
        self._of_text[deposit.text].setdefault(deposit.id, there is None)
        text = self._content(deposit.text)
        came = deposit.text in self._came or not writer.holds(deposit.text)
        gained = there is not None and text is not None and came
        if gained and any(misquoting(reading, text) for reading in writer.readings(deposit.id)):
            raise InputError("what is quoted of it here does not stand in its text")
        # Only what a line here names: of a text that came twice the first bytes stay.
        for name in named(there or deposit):
            if (found := self._content(name)) is not None:
                writer.keep(found)
        if gained and text is not None:
            writer.regain(deposit.id, text.decode())
            self._came.add(deposit.text)
            self.gained += 1
        before, self._last[deposit.id] = self._last.get(deposit.id), deposit
        # A later line of a document is what a person mended there; what was mended here stays.
        if there is not None and (before is None or there != before):
            return False
        writer.enter("document", deposit.id, deposit, None if text is None else text.decode())
        if there is None:
            self._unread[deposit.id] = deposit
        return True

    def _reading(self, writer: Writer, reading: Reading) -> bool:
        """Take in a reading that comes next after the last one there: readings that somebody else
        made of what was read here do not take the place of those made here."""
        id, record = reading.document.id, encode(reading)
        last = writer.reading(id)
        follows = last == self._before.get(id)
        self._before[id] = record
        deposit = writer.deposit(id)
        if not follows or last == record or deposit is None:
            return False
        if misquoting(reading, writer.content(deposit.text)):
            raise InputError("its words do not stand in the text where it says")
        writer.enter("reading", id, reading)
        self._unread.pop(id, None)
        return True

    def _judgement(self, writer: Writer, judgement: Judgement) -> bool:
        """Take one in; a claim that people made, or took back, is put into its document's reading
        here."""
        told, made = judgement.correction, judgement.made
        if told is not None and not _possible(told.count):
            raise InputError(f"corrects to a count of more people than {MOST_PEOPLE:,}")
        if made is not None:
            judgement = replace(judgement, a=self._named.get(judgement.a, judgement.a))
            self._made[judgement.id] = judgement.a
            deposit = writer.deposit(judgement.a)
            if not _possible(made.count):
                raise InputError(f"counts more people than {MOST_PEOPLE:,}")
            if deposit is None:
                raise InputError("makes a claim of a document that is not there")
            of = Reading(document=deposit.heading(), claims=(made,))
            if misquoting(of, writer.content(deposit.text)):
                raise InputError("its words do not stand in the text where it says")
        new = writer.enter_once("judgement", judgement.a, judgement)
        about = self._made.get(judgement.id if made else judgement.a)
        if about is not None:
            self._made[judgement.id] = about  # what takes it back may be taken back
            writer.settle(about)
        return new

    def _countable(self, writer: Writer, reading: Reading) -> Reading:
        """A reading without the claims that count more people than there can be."""
        kept = tuple(claim for claim in reading.claims if _possible(claim.count))
        for claim in reading.claims:
            if claim not in kept:
                message = f"is left out: it counts more people than {MOST_PEOPLE:,}"
                self._problem(writer, Problem(input=f"claim {claim.id}", message=message))
        return replace(reading, claims=kept)

    def _problem(self, writer: Writer, problem: Problem) -> None:
        self.problems.append(problem)
        if writer.problem(problem):
            self.new["line"] += 1


def _possible(count: Count | None) -> bool:
    return count is None or max(count.low or 0, count.high or 0) <= MOST_PEOPLE


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time."""
    each = iter(items)
    while some := list(islice(each, size)):
        yield some
