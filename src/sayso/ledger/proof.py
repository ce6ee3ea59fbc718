"""Whether the log of a ledger is whole: every hash, every text, and every quotation in its place.

Nothing is trusted but the bytes: the chain of the log is sealed again line by line, each text and
file is hashed again, and the words of each claim are looked up where it says that they stand. What
is made of the log, for looking things up, is compared with it in `proving`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from sqlalchemy import select

from sayso.ledger import schema
from sayso.ledger.contents import named
from sayso.ledger.imprints import Kept, Make, is_sound, understood
from sayso.ledger.log import PAGE, Deposit, seal, sha256
from sayso.ledger.manifest import Manifest
from sayso.ledger.proving import database
from sayso.ledger.proving.faults import Fault
from sayso.ledger.seals import Seal
from sayso.records import (
    Alert,
    Claim,
    Entry,
    Judgement,
    Problem,
    Reading,
    Record,
    Redaction,
)
from sayso.version import __version__
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Head, Ledger

KINDS: dict[str, type[Record]] = {
    "document": Deposit,
    "reading": Reading,
    "judgement": Judgement,
    "problem": Problem,
    "redaction": Redaction,
    "alert": Alert,
    "import": Manifest,
}
"""What the record of a line is, by its kind."""

Text = Callable[[str], bytes | None]
"""Gives the text or file of that SHA-256; None where it is not there."""


class Proof(NamedTuple):
    """What was looked at, the last line of the log, and what is wrong; whole without `faults`.

    `without_text` are documents whose text is not there, known by what their claims quote, and
    `imprinted` those of them of which there is what incidents are derived from, which nothing but
    the text could prove; `withheld` are lines whose records were kept back, as those of redacted
    documents are in a bundle; `unproved` are sentences that say what was not looked at.
    """

    entries: int
    documents: int
    claims: int
    judgements: int
    without_text: int
    imprinted: int
    withheld: int
    head: Head
    faults: tuple[Fault, ...]
    unproved: tuple[str, ...] = ()


def verify(
    ledger: Ledger,
    progress: Callable[[int, int], None] | None = None,
    since: Seal | None = None,
    imprint: Make | None = None,
) -> Proof:
    """What is wrong with the log of a ledger and the texts and files that it names, if anything.

    `since` is a seal that was kept elsewhere: the log must still hold that line. `imprint` makes
    imprints, for comparing those that are kept with the texts where these are there, too. Raises
    `LedgerError` where the database itself cannot be read.
    """
    damage = database.faults(ledger)
    total = ledger.head().seq
    proving = Proving(ledger.content, since)
    for entry in ledger.entries():
        proving.line(entry)
        if progress is not None:
            progress(entry.seq, total)
    for kept in ledger.imprints():
        proving.imprint(kept, imprint)
    proving.faults += damage
    proving.faults += _contents(ledger, proving.named)
    return proving.proof()


_TEXTS = ("at", "kind", "subject", "record", "hash")


class Proving:
    """Goes through a log line by line and gathers what is wrong, against a seal if there is one.
    `texts` says that every text is to be there, as long as no line tells of an import without."""

    def __init__(self, text: Text, since: Seal | None = None, *, texts: bool = True) -> None:
        self.faults: list[Fault] = []
        self.named: set[str] = set()  # the contents that lines speak of
        self._text = text
        self._texts = texts
        self._since, self._found = since, False
        self._held: dict[str, str] = {}  # the SHA-256 of its text, by document
        self._claims: dict[str, int] = {}  # how many there are, by document, in its last reading
        self._gone: list[Fault] = []  # texts and files that are not there, by their lines
        self._added: set[str] = set()  # every document that ever was
        self._last: Entry | None = None
        self._judgements = self._withheld = 0
        self._missing: set[str] = set()  # texts that lines speak of and that are not there
        self._imprints: set[str] = set()  # texts of which there are imprints
        self._spoken: frozenset[str] | None = None  # texts of documents, once all lines were seen

    def line(self, entry: Entry, withheld: bool = False) -> None:
        """Look at the next line; of one `withheld` only the chain can be followed, not proved."""
        last = self._last
        if odd := [name for name in _TEXTS if not isinstance(getattr(entry, name), str)]:
            self._fault(entry, f"its {odd[0]} is no text")
            return
        if entry.seq != (last.seq if last else 0) + 1:
            self._fault(entry, f"it follows line {last.seq if last else 0}")
        if last is not None and entry.at <= last.at:
            self._fault(entry, "it is no later than the line before")
            self._fault(last, f"it is dated ahead of line {entry.seq}, which came after it")
        if withheld:
            self._withheld += 1
        elif entry.hash != _sealed(last.hash if last else "", entry):
            self._fault(entry, "its hash is not that of what it says")
        self._last = entry
        self._seal(entry)
        if entry.kind == "document":
            self._added.add(entry.subject)
        if withheld:
            return
        try:
            record = decode(entry.record, KINDS[entry.kind])
        except (msgspec.MsgspecError, KeyError):
            self._fault(entry, f"its record is none of {_a(entry.kind)}")
            return
        self._record(entry, record)

    def proof(self) -> Proof:
        """What was found."""
        from sayso.ledger.store import Head

        last = self._last
        head = Head(last.seq, last.at, last.hash) if last else Head(0, "", "")
        return Proof(
            entries=head.seq,
            documents=len(self._held),
            claims=sum(self._claims.values()),
            judgements=self._judgements,
            without_text=sum(text in self._missing for text in self._held.values()),
            imprinted=sum(
                text in self._missing and text in self._imprints for text in self._held.values()
            ),
            withheld=self._withheld,
            head=head,
            faults=(*self.faults, *(self._gone if self._texts else ()), *self._against(head)),
        )

    def _seal(self, entry: Entry) -> None:
        told = self._since
        if told is not None and entry.hash.startswith(told.hash):
            self._found = self._found or told.line in (None, entry.seq)

    def _against(self, head: Head) -> list[Fault]:
        """What a seal that was kept elsewhere says against the log."""
        told = self._since
        if told is None or self._found:
            return []
        if told.line is None:
            what = f"no line of the log has the hash {told.hash}"
        elif told.line > head.seq:
            what = (
                f"the log ends at line {head.seq}, and the seal is of line {told.line}: what came "
                "after was taken away"
            )
        else:
            what = f"line {told.line} is not the one that the seal is of: the log was written anew"
        return [Fault(None, what)]

    def _record(self, entry: Entry, record: Record) -> None:
        about = _about(record)
        if about not in (None, entry.subject):
            self._fault(entry, f"its record is about {about}")
        elif isinstance(record, Manifest):
            self._texts = self._texts and record.texts
        elif isinstance(record, Deposit):
            self._deposit(entry, record)
        elif isinstance(record, Reading):
            self._reading(entry, record)
        elif isinstance(record, Judgement):
            self._judgements += 1
        elif isinstance(record, Redaction):
            if entry.subject not in self._added:
                self._fault(entry, "no such document was added before")
            self._held.pop(entry.subject, None)
            self._claims.pop(entry.subject, None)

    def _deposit(self, entry: Entry, deposit: Deposit) -> None:
        self._held[entry.subject] = deposit.text
        self.named |= set(named(deposit))
        for what, name in (("text", deposit.text), ("file", deposit.snapshot)):
            content = None if name is None else self._content(entry, what, name)
            if content is not None and sha256(content) != name:
                self._fault(entry, f"its {what} is not the one that was added")
            elif content is not None and what == "text" and not _is_text(content):
                self._fault(entry, "its text is not UTF-8")
            if content is None and name is not None:
                self._gone.append(_fault(entry, f"its {what} is not there any more"))
                if what == "text":
                    self._missing.add(name)

    def imprint(self, kept: Kept, make: Make | None) -> None:
        """Look at an imprint, when all lines were: whether it is of a text that they speak of, and
        is one; and where the text is there, and this version made it, whether it is of that."""
        self._imprints.add(kept.text)
        self._spoken = self._spoken or frozenset(self._held.values())
        if kept.text not in self._spoken:
            what = f"nothing in the log speaks of the imprint of the text {kept.text}"
            self.faults.append(Fault(None, f"{what}: sayso rebuild drops it"))
            return
        own = kept.sayso == __version__
        found = understood(kept)
        if not kept.imprint or (found is not None and not is_sound(found)):
            self.faults.append(Fault(None, f"what is the imprint of the text {kept.text} is none"))
        try:
            content = self._text(kept.text) if make and own else None
        except (zlib.error, TypeError):
            return  # which is told of its document
        if make and content is not None and found != make(content.decode("utf-8", "replace")):
            what = f"the imprint of the text {kept.text} is not that of the text"
            self.faults.append(Fault(None, f"{what}: sayso rebuild drops it"))

    def _reading(self, entry: Entry, reading: Reading) -> None:
        if entry.subject not in self._added:
            self._fault(entry, "no such document was added before")
        text = self._held.get(entry.subject)
        if text is None:
            return  # its document was redacted
        self._claims[entry.subject] = len(reading.claims)
        content = self._content(entry, "text", text)
        for claim in misquoting(reading, content):
            self._fault(entry, f"the words of claim {claim.id} do not stand in its text")

    def _content(self, entry: Entry, what: str, name: str) -> bytes | None:
        try:
            return self._text(name)
        except (zlib.error, TypeError):  # where the database has no bytes there, but a number
            self._fault(entry, f"its {what} cannot be unpacked")
            return None

    def _fault(self, entry: Entry, what: str) -> None:
        self.faults.append(_fault(entry, what))


def _fault(entry: Entry, what: str) -> Fault:
    return Fault(entry.seq, f"line {entry.seq} ({entry.kind} {entry.subject}): {what}")


def _sealed(before: str, entry: Entry) -> str | None:
    """The hash that a line should have; None where what it says cannot be hashed."""
    try:
        return seal(before, entry.seq, entry.at, entry.kind, entry.subject, entry.record)
    except UnicodeError:
        return None


def _a(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def misquoting(reading: Reading, content: bytes | None) -> list[Claim]:
    """The claims of a reading whose words do not stand in this text where they say; of a text that
    is not there, those whose words are not as long as their places."""
    text = None if content is None else content.decode("utf-8", "replace")
    found = []
    for claim in reading.claims:
        start, end, words = claim.evidence.start, claim.evidence.end, claim.evidence.text
        stands = end - start == len(words) if text is None else text[start:end] == words
        if not stands:
            found.append(claim)
    return found


def _about(record: Record) -> str | None:
    """The id of the document that a record says it is about, where it says one."""
    if isinstance(record, Deposit):
        return record.id
    if isinstance(record, Reading):
        return record.document.id
    return record.document if isinstance(record, Redaction) else None


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _contents(ledger: Ledger, named: set[str]) -> Iterator[Fault]:
    """Texts and files that no line of the log speaks of."""
    table = schema.contents
    query = select(table.c.sha256).order_by(table.c.sha256).limit(PAGE)
    last = ""
    while True:
        with ledger.reading_at_once() as connection:
            page = connection.execute(query.where(table.c.sha256 > last)).scalars().all()
        for last in page:
            if last not in named:
                yield Fault(
                    None,
                    f"nothing in the log speaks of the text or file {last}: sayso rebuild drops it",
                )
        if len(page) < PAGE:
            return
