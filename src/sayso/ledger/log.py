"""The log: everything that was ever entered, line by line, each sealed with the line before.

A line's hash is over the hash before it, its number, its time, its kind, its subject and its
record, one after another on lines of their own. Whoever knows the last hash can tell whether
anything before it was changed. Its time is that of the clock, or just after the line before where
the clock went back: the order of the log is the order of things.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from msgspec import field
from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from sayso.ledger import schema
from sayso.records import Capture, Document, Entry, EntryKind, Heading, Record

PAGE = 100
"""Lines fetched at a time, so that going through a ledger slowly keeps nobody from writing."""


class Deposit(Record, frozen=True, kw_only=True):
    """A document as the log has it: `text` and `snapshot` are the SHA-256 of its text, in UTF-8,
    and of the bytes that it was read from; the contents themselves are kept beside the log. Of what
    was fetched it has the time and the headers, see `Capture`."""

    id: str
    text: str
    snapshot: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    updated: str | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    retrieved: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    mended: tuple[str, ...] = ()

    @classmethod
    def of(cls, capture: Capture) -> Deposit:
        """What the log says of a document that was read from these bytes."""
        document, raw = capture.document, capture.raw
        return cls(
            id=document.id,
            text=sha256(document.text.encode()),
            snapshot=None if raw is None else sha256(raw),
            url=document.url,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=document.language,
            updated=document.updated,
            byline=document.byline,
            captions=document.captions,
            retrieved=capture.retrieved,
            headers=capture.headers,
            mended=document.mended,
        )

    def heading(self) -> Heading:
        """What heads the document."""
        return Heading(
            id=self.id,
            url=self.url,
            title=self.title,
            outlet=self.outlet,
            published=self.published,
            language=self.language,
            mended=self.mended,
        )

    def document(self, text: str) -> Document:
        """The document, with its text."""
        return Document(
            id=self.id,
            text=text,
            url=self.url,
            title=self.title,
            outlet=self.outlet,
            published=self.published,
            language=self.language,
            updated=self.updated,
            byline=self.byline,
            captions=self.captions,
            mended=self.mended,
        )


class Log:
    """The log within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        table = schema.log
        last = connection.execute(select(table).order_by(table.c.seq.desc()).limit(1)).first()
        self.seq = 0 if last is None else last.seq
        self.at = "" if last is None else last.at
        self.hash = "" if last is None else last.hash

    def moment(self) -> str:
        """Now, in UTC to the microsecond, or just after the last line where that is later."""
        now = datetime.now(UTC)
        if self.at:
            now = max(now, datetime.fromisoformat(self.at) + timedelta(microseconds=1))
        return now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def append(self, kind: EntryKind, subject: str, record: str, at: str | None = None) -> Entry:
        """Add a line, of this `moment` or the given one of before; what comes back is the line."""
        self.seq += 1
        self.at = at or self.moment()
        self.hash = seal(self.hash, self.seq, self.at, kind, subject, record)
        entry = Entry(
            seq=self.seq, at=self.at, kind=kind, subject=subject, record=record, hash=self.hash
        )
        self._connection.execute(
            insert(schema.log),
            {name: getattr(entry, name) for name in Entry.__struct_fields__},
        )
        return entry

    def keep(self, content: bytes) -> str:
        """Keep a text or a file, once; what comes back is its SHA-256."""
        name = sha256(content)
        postgres = self._connection.dialect.name == "postgresql"
        add = (postgresql if postgres else sqlite).insert(schema.contents).on_conflict_do_nothing()
        self._connection.execute(add, {"sha256": name, "packed": zlib.compress(content)})
        return name


def seal(before: str, seq: int, at: str, kind: str, subject: str, record: str) -> str:
    """The hash of a line of the log that follows one whose hash is `before` ("" for the first)."""
    return sha256("\n".join((before, str(seq), at, kind, subject, record)).encode())


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def entries(
    connection: Connection,
    since: int = 0,
    kinds: Collection[EntryKind] = (),
    subjects: Collection[str] = (),
) -> list[Entry]:
    """The next `PAGE` lines after that of number `since`, all or those of some kinds and about
    some subjects; fewer where the log ends."""
    table = schema.log
    # Asked for few subjects, SQLite would go through all lines of these kinds for the sake of the
    # order; of what is reckoned it knows none, and looks the subjects up.
    seq = table.c.seq + 0 if subjects else table.c.seq
    query = select(table).where(seq > since).order_by(seq).limit(PAGE)
    if kinds:
        query = query.where(table.c.kind.in_(kinds))
    if subjects:
        query = query.where(table.c.subject.in_(subjects))
    return [Entry(**row) for row in connection.execute(query).mappings()]


def every(
    connection: Connection, kinds: Collection[EntryKind] = (), subjects: Collection[str] = ()
) -> Iterator[Entry]:
    """All lines, or those of some kinds and about some subjects, in order."""
    page = entries(connection, 0, kinds, subjects)
    while page:
        yield from page
        page = entries(connection, page[-1].seq, kinds, subjects)


def latest(connection: Connection, kind: EntryKind, subject: str) -> str | None:
    """The record of the last line of that kind about that subject."""
    table = schema.log
    query = (
        select(table.c.record)
        .where(table.c.kind == kind, table.c.subject == subject)
        .order_by(table.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()
