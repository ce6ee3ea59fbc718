"""Whether a ledger is whole: every hash, every text, and every quotation in its place.

Nothing is trusted but the bytes: the chain of the log is sealed again line by line, each text and
file is hashed again, and the words of each claim are looked up where it says that they stand.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from sqlalchemy import select

from sayso.ledger import schema
from sayso.ledger.contents import named
from sayso.ledger.imprints import Kept, Make, is_sound, understood
from sayso.ledger.log import PAGE, Deposit, seal, sha256
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
}
"""What the record of a line is, by its kind. Of "import" it is what the other ledger said."""

Text = Callable[[str], bytes | None]
"""Gives the text or file of that SHA-256; None where it is not there."""


class Fault(NamedTuple):
    """Something that is not as it was entered: the line of the log, if it is one, and what."""

    seq: int | None
    what: str


class Proof(NamedTuple):
    """What was looked at, the last line of the log, and what is wrong; whole without `faults`.

    `without_text` are documents whose text is not there, known by what their claims quote, and
    `imprinted` those of them of which there is what incidents are derived from, which nothing but
    the text could prove; `withheld` are lines
    whose records were kept back, as those of redacted documents are in a bundle.
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


def verify(
    ledger: Ledger,
    progress: Callable[[int, int], None] | None = None,
    since: str | None = None,
    imprint: Make | None = None,
) -> Proof:
    """What is wrong with a ledger, if anything.

    `since` is the hash of a line, or its beginning, written down when that was the last: the log
    must still hold it. `imprint` makes imprints, for comparing those that are kept with the texts
    where these are there, too. Raises `LedgerError` where the database itself cannot be read.
    """
    total = ledger.head().seq
    proving = Proving(ledger.content)
    for entry in ledger.entries():
        proving.line(entry)
        if progress is not None:
            progress(entry.seq, total)
    for kept in ledger.imprints():
        proving.imprint(kept, imprint)
    proving.since(since)
    proving.faults += _contents(ledger, proving.named)
    proving.faults += _views(ledger, proving)
    return proving.proof()


class Proving:
    """Goes through a log line by line and gathers what is wrong."""

    def __init__(self, text: Text) -> None:
        self.faults: list[Fault] = []
        self.named: set[str] = set()  # the contents that lines speak of
        self.documents: dict[str, Deposit] = {}
        self.claims: dict[str, tuple[str, ...]] = {}  # by document, of its last reading
        self._text = text
        self._hashes: set[str] = set()
        self._added: set[str] = set()  # every document that ever was
        self._seq, self._at, self._hash = 0, "", ""
        self._judgements = self._withheld = 0
        self._missing: set[str] = set()  # texts that lines speak of and that are not there
        self._imprints: set[str] = set()  # texts of which there are imprints

    def line(self, entry: Entry, withheld: bool = False) -> None:
        """Look at the next line; of one `withheld` only the chain can be followed, not proved."""
        if entry.seq != self._seq + 1:
            self._fault(entry, f"it follows line {self._seq}")
        if entry.at <= self._at:
            self._fault(entry, "it is no later than the line before")
        if withheld:
            self._withheld += 1
        elif entry.hash != seal(
            self._hash, entry.seq, entry.at, entry.kind, entry.subject, entry.record
        ):
            self._fault(entry, "its hash is not that of what it says")
        self._seq, self._at, self._hash = entry.seq, entry.at, entry.hash
        self._hashes.add(entry.hash)
        if entry.kind == "document":
            self._added.add(entry.subject)
        if withheld or entry.kind == "import":
            return
        try:
            record = decode(entry.record, KINDS[entry.kind])
        except (msgspec.MsgspecError, KeyError):
            self._fault(entry, f"its record is none of a {entry.kind}")
            return
        self._record(entry, record)

    def since(self, hash: str | None) -> None:
        """Note it where no line of the log has that hash, or one that begins so."""
        if hash is not None and not any(own.startswith(hash) for own in self._hashes):
            self.faults.append(Fault(None, f"no line of the log has the hash {hash}"))

    def proof(self) -> Proof:
        """What was found."""
        from sayso.ledger.store import Head

        return Proof(
            entries=self._seq,
            documents=len(self.documents),
            claims=sum(map(len, self.claims.values())),
            judgements=self._judgements,
            without_text=sum(d.text in self._missing for d in self.documents.values()),
            imprinted=sum(
                d.text in self._missing and d.text in self._imprints
                for d in self.documents.values()
            ),
            withheld=self._withheld,
            head=Head(self._seq, self._at, self._hash),
            faults=tuple(self.faults),
        )

    def _record(self, entry: Entry, record: Record) -> None:
        about = _about(record)
        if about not in (None, entry.subject):
            self._fault(entry, f"its record is about {about}")
        elif isinstance(record, Deposit):
            self._deposit(entry, record)
        elif isinstance(record, Reading):
            self._reading(entry, record)
        elif isinstance(record, Judgement):
            self._judgements += 1
        elif isinstance(record, Redaction):
            if entry.subject not in self._added:
                self._fault(entry, "no such document was added before")
            self.documents.pop(entry.subject, None)
            self.claims.pop(entry.subject, None)

    def _deposit(self, entry: Entry, deposit: Deposit) -> None:
        self.documents[entry.subject] = deposit
        self.named |= set(named(deposit))
        for what, name in (("text", deposit.text), ("file", deposit.snapshot)):
            content = None if name is None else self._content(entry, what, name)
            if content is not None and sha256(content) != name:
                self._fault(entry, f"its {what} is not the one that was added")
            elif content is not None and what == "text" and not _is_text(content):
                self._fault(entry, "its text is not UTF-8")
            if content is None and what == "text":
                self._missing.add(deposit.text)

    def imprint(self, kept: Kept, make: Make | None) -> None:
        """Look at an imprint, when all lines were: whether it is of a text that they speak of, and
        is one; and where the text is there, and this version made it, whether it is of that."""
        self._imprints.add(kept.text)
        if kept.text not in {deposit.text for deposit in self.documents.values()}:
            what = f"nothing in the log speaks of the imprint of the text {kept.text}"
            self.faults.append(Fault(None, f"{what}: sayso rebuild drops it"))
            return
        found = understood(kept)
        if found is not None and not is_sound(found):
            self.faults.append(Fault(None, f"what is the imprint of the text {kept.text} is none"))
        content = self._text(kept.text) if make and kept.sayso == __version__ else None
        if make and content is not None and found != make(content.decode("utf-8", "replace")):
            what = f"the imprint of the text {kept.text} is not that of the text"
            self.faults.append(Fault(None, f"{what}: sayso rebuild drops it"))

    def _reading(self, entry: Entry, reading: Reading) -> None:
        if entry.subject not in self._added:
            self._fault(entry, "no such document was added before")
        deposit = self.documents.get(entry.subject)
        if deposit is None:
            return  # its document was redacted
        self.claims[entry.subject] = tuple(claim.id for claim in reading.claims)
        content = self._content(entry, "text", deposit.text)
        for claim in misquoting(reading, content):
            self._fault(entry, f"the words of claim {claim.id} do not stand in its text")

    def _content(self, entry: Entry, what: str, name: str) -> bytes | None:
        try:
            return self._text(name)
        except zlib.error:
            self._fault(entry, f"its {what} cannot be unpacked")
            return None

    def _fault(self, entry: Entry, what: str) -> None:
        self.faults.append(
            Fault(entry.seq, f"line {entry.seq} ({entry.kind} {entry.subject}): {what}")
        )


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


def _views(ledger: Ledger, proving: Proving) -> Iterable[Fault]:
    """Where what is looked up is not what the log says."""
    told = {id: proving.claims.get(id, ()) for id in proving.documents}
    with ledger.reading_at_once() as connection:
        there: dict[str, list[str]] = {
            id: [] for id in connection.execute(select(schema.documents.c.id)).scalars()
        }
        table = schema.claims
        query = select(table.c.document, table.c.id).order_by(table.c.document, table.c.position)
        for document, claim in connection.execute(query):
            there.setdefault(document, []).append(claim)
    return [
        Fault(None, f"what is looked up of {id} is not what the log says: run sayso rebuild")
        for id in sorted(told.keys() | there.keys())
        if id not in told or id not in there or tuple(there[id]) != told[id]
    ]
