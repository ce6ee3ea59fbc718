"""The ledger: what was read and what people decided, kept for good.

All that is known is in the log, which is only added to: each document with its contents, each
reading of it, each judgement, each problem. Whatever is asked for is what the log says, now or up
to a line of it. What is derived from it, such as incidents and tolls, can always be made again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Row, Select, and_, exists, func, inspect, select

from sayso.errors import NotFoundError
from sayso.ledger import imprints, schema, sqlite, views
from sayso.ledger.decided import Decided, Judgements
from sayso.ledger.imprints import Kept
from sayso.ledger.log import PAGE, Deposit, entries, latest, sha256
from sayso.ledger.opening import Place, connect
from sayso.ledger.sqlite import LONGEST, WRITES
from sayso.ledger.writer import Writer
from sayso.records import (
    MENDED,
    Claim,
    Document,
    Entry,
    EntryKind,
    Gathering,
    Heading,
    Imprint,
    Imprinted,
    Incident,
    Judgement,
    Problem,
    Reading,
    Record,
    Redaction,
)
from sayso.wire import version

R = TypeVar("R", bound=Record)


class Counts(NamedTuple):
    """How much a ledger holds."""

    documents: int
    claims: int
    problems: int
    judgements: int


class Head(NamedTuple):
    """The last line of a log: its number, 0 where there is none, its time and its hash."""

    seq: int
    at: str
    hash: str


class Ledger:
    """An open ledger. Close it, or use it in a `with` statement.

    `name` is how people are told of it, and `upgraded` a sentence where it was of an earlier
    version when it was opened. What comes out is ordered by id, whatever the order in which it was
    added. Every method raises `LedgerError` when the ledger is in use, damaged, or cannot be read
    or written. An `upto` is a line of the log: what was entered later is then not there.
    """

    def __init__(self, place: Place, engine: Engine, upgraded: str | None) -> None:
        self.name = place.name
        self.upgraded = upgraded
        self._place = place
        self._engine = engine
        self._judgements = Judgements(lambda record: self._decoded(record, Judgement))

    @classmethod
    def open(cls, address: str | Path, *, create: bool = False) -> Self:
        """The ledger in this file or at this `postgresql://` address, which is made where there is
        none if `create` says so.

        Raises `LedgerError` where there is none, or there is no ledger that can be read.
        """
        place = Place(address)
        return cls(place, *connect(place, create=create))

    def hurried(self, seconds: float) -> Ledger:
        """The same ledger, where reading gives up after so many seconds, with a `LedgerError`: who
        writes to a file has to wait for all who read it. It is closed with this one."""
        hurried = self._engine.execution_options(**{LONGEST: seconds})
        return Ledger(self._place, hurried, self.upgraded)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Within, many may read and decide at once, and nobody waits for who reads; a file has
        others beside it meanwhile, see `sqlite.ahead`."""
        with ExitStack() as held:
            if self._place.url is None:
                held.enter_context(sqlite.ahead(self._engine, self._place.path))
            yield

    def close(self) -> None:
        """Let go of the file or database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Writer]:
        """The only way to write: all that is written within is kept, or, on any error, none of it.

        Others cannot write meanwhile, so keep it short: read documents first, then write them.
        """
        with self.writing_at_once() as connection:
            yield Writer(connection, self._place)

    @contextmanager
    def writing_at_once(self) -> Iterator[Connection]:
        """A connection on which all is written or nothing; for the modules of the ledger."""
        with (
            self._place.explained(),
            self._engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def reading_at_once(self) -> Iterator[Connection]:
        """A connection on which all is read as of one moment; for the modules of the ledger."""
        with self._place.explained(), self._engine.connect() as connection:
            yield connection

    def head(self, at: datetime | None = None, besides: tuple[EntryKind, ...] = ()) -> Head:
        """The last line of the log, or the last that was entered by that moment; `besides` names
        the kinds of lines to pass over."""
        table = schema.log
        query = select(table.c.seq, table.c.at, table.c.hash).order_by(table.c.seq.desc()).limit(1)
        if at is not None:
            query = query.where(table.c.at <= at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        if besides:
            query = query.where(table.c.kind.not_in(besides))
        with self.reading_at_once() as connection:
            found = connection.execute(query).first()
        return Head(0, "", "") if found is None else Head(*found)

    def entries(
        self, since: int = 0, kinds: tuple[EntryKind, ...] = (), subjects: Iterable[str] = ()
    ) -> Iterator[Entry]:
        """The lines of the log after that of number `since`, all or those of some kinds and about
        some documents, claims or inputs."""
        while True:
            with self.reading_at_once() as connection:
                page = entries(connection, since, kinds, tuple(subjects))
            yield from page
            if len(page) < PAGE:
                return
            since = page[-1].seq

    def lines(self, since: int, until: int) -> list[Entry]:
        """The lines of the log after that of number `since` and up to that of number `until`."""
        table = schema.log
        query = select(table).where(table.c.seq > since, table.c.seq <= until)
        with self.reading_at_once() as connection:
            rows = connection.execute(query.order_by(table.c.seq)).mappings().all()
        return [Entry(**row) for row in rows]

    def documents(self, upto: int | None = None) -> Iterator[Document]:
        """All documents."""
        for page in self._pages("document", upto):
            yield from self._filled(page)

    def readings(self, upto: int | None = None) -> Iterator[Reading]:
        """What was last read in each document, in the same order."""
        for page in self._pages("reading", upto):
            yield from (self._decoded(row.record, Reading) for row in page)

    def claims(self) -> Iterator[Claim]:
        """The claims of all readings, those of a document in the order of the text."""
        return (claim for reading in self.readings() for claim in reading.claims)

    def judgements(self, upto: int | None = None) -> list[Judgement]:
        """What people decided, in that order."""
        return [
            judgement for entry, judgement in self.decided() if upto is None or entry.seq <= upto
        ]

    def decided(self) -> Sequence[Decided]:
        """The same with the lines of the log, read from it once."""
        with self.reading_at_once() as connection:
            return self._judgements.upto_now(connection)

    def document(self, id: str) -> Document:
        """The document of this id. Raises `NotFoundError`."""
        return self._documents([id])[id]

    def has_text(self, id: str) -> bool:
        """Whether the text of the document of this id is there, and not what is quoted of it only.
        Raises `NotFoundError`."""
        (row,) = next(self._those("document", [id]))
        table = schema.contents
        query = select(table.c.sha256)
        with self.reading_at_once() as connection:
            text = self._decoded(row.record, Deposit).text
            return connection.execute(query.where(table.c.sha256 == text)).first() is not None

    def reading(self, id: str) -> Reading:
        """What was last read in the document of this id. Raises `NotFoundError`."""
        return self._readings([id])[id]

    def headings(self, ids: Iterable[str]) -> dict[str, Heading]:
        """The headings of those of these documents that are there, by their ids."""
        wanted, found = list(ids), {}
        for start in range(0, len(wanted), PAGE):
            some = wanted[start : start + PAGE]
            query = _current("document", None).where(schema.log.c.subject.in_(some))
            with self.reading_at_once() as connection:
                for _, record in connection.execute(query):
                    heading = self._decoded(record, Deposit).heading()
                    found[heading.id] = heading
        return found

    def some(self, ids: Iterable[str]) -> list[tuple[Document, Reading]]:
        """The documents of these ids with their last readings, in this order.

        Raises `NotFoundError` where one of them is not there.
        """
        wanted = list(ids)
        documents, readings = self._documents(wanted), self._readings(wanted)
        return [(documents[id], readings[id]) for id in wanted]

    def admitted(self, document: Document) -> tuple[Document, str | None]:
        """The document under the id that it has or would have in this ledger, and who read it last,
        None where nobody did.

        Another text under an id that is taken is a `version`.
        """
        with self.reading_at_once() as connection:
            held = latest(connection, "document", document.id)
            text = sha256(document.text.encode())
            if held is not None and self._decoded(held, Deposit).text != text:
                document = version(document)
                held = latest(connection, "document", document.id)
            if held is None:
                return document, None
            last = latest(connection, "reading", document.id)
            there = self._decoded(held, Deposit)
            # What is known of it here counts: it may have been mended.
            here = {name: getattr(there, name) for name in (*MENDED, "mended")}
            document = replace(document, **here)
        return document, None if last is None else self._decoded(last, Reading).reader

    def claim(self, id: str) -> tuple[Claim, Document]:
        """The claim of this id, or of the one id that begins so, and its document.

        Raises `NotFoundError` when there is none, or more than one.
        """
        table = schema.claims
        query = (
            select(table.c.id, table.c.document, table.c.position)
            .where(table.c.id >= id, table.c.id <= id + "\U0010ffff")
            .order_by(table.c.id, table.c.document, table.c.position)
        )
        with self.reading_at_once() as connection:
            rows = connection.execute(query).all() if id else []
        found = sorted({row.id for row in rows})
        if not found:
            raise NotFoundError(f"no claim {id!r} in {self.name}")
        if found[0] != id and len(found) > 1:
            raise NotFoundError(
                f"claim {id!r} could be {len(found)} claims, among them {found[0]} and {found[1]}; "
                "give more of it"
            )
        _, document, position = rows[0]
        return self.reading(document).claims[position], self.document(document)

    def problems(self) -> list[Problem]:
        """All that could not be read, by input."""
        found = [self._decoded(e.record, Problem) for e in self.entries(kinds=("problem",))]
        return sorted(found, key=lambda problem: (problem.input, problem.message))

    def content(self, sha256: str) -> bytes | None:
        """The text or file of that SHA-256; None where the ledger does not have it."""
        table = schema.contents
        query = select(table.c.packed).where(table.c.sha256 == sha256)
        with self.reading_at_once() as connection:
            packed = connection.execute(query).scalar_one_or_none()
        return None if packed is None else zlib.decompress(packed)

    def imprints(self) -> Iterator[Kept]:
        """The imprints of texts that came without the text, by the SHA-256 of these."""
        last = ""
        while True:
            with self.reading_at_once() as connection:
                page = imprints.page(connection, last)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].text

    def imprint(self, text: str) -> Kept | None:
        """The imprint of the text of that SHA-256, None where the ledger has none."""
        with self.reading_at_once() as connection:
            return imprints.one(connection, text)

    def count(self) -> Counts:
        """How many documents, claims, problems and judgements there are."""
        log = schema.log
        with self.reading_at_once() as connection:
            documents, claims = (
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (schema.documents, schema.claims)
            )
            query = select(log.c.kind, func.count()).group_by(log.c.kind)
            kinds = {kind: number for kind, number in connection.execute(query)}
        return Counts(documents, claims, kinds.get("problem", 0), kinds.get("judgement", 0))

    def state(self) -> dict[str, str]:
        """What the incidents that are kept were made with: `seq`, the line of the log that they are
        as of, and what `Writer.put` was told. Empty where there are none."""
        with self.reading_at_once() as connection:
            return views.state(connection)

    def as_of(self, state: Mapping[str, str]) -> int:
        """The line of the log that such a `state` is as of, 0 of an empty one. Raises `LedgerError`
        where it names none."""
        return views.as_of(state, self.name)

    def incidents(self) -> Iterator[tuple[Incident, Gathering]]:
        """The incidents that are kept, in their order, each with what it was made from."""
        table = schema.incidents
        query = select(table.c.position, table.c.record, table.c.gathering)
        query = query.order_by(table.c.position).limit(PAGE)
        since = -1
        while True:
            with self.reading_at_once() as connection:
                rows = connection.execute(query.where(table.c.position > since)).all()
            for _, record, gathering in rows:
                yield self._decoded(record, Incident), self._decoded(gathering, Gathering)
            if len(rows) < PAGE:
                return
            since = rows[-1].position

    def incident(self, name: str) -> tuple[Incident, Gathering]:
        """The incident of that id, or the only one whose id begins so, and what it was made from;
        else the one that was called so before more became known.

        Raises `NotFoundError`.
        """
        table = schema.incidents
        query = (
            select(table.c.id, table.c.record, table.c.gathering)
            .where(table.c.id >= name, table.c.id <= name + "\U0010ffff")
            .order_by(table.c.position)
        )
        with self.reading_at_once() as connection:
            rows = connection.execute(query).all()
            some = select(table.c.id).order_by(table.c.position).limit(5)
            others = connection.execute(some).scalars().all()
        found = [row for row in rows if row.id == name] or rows
        began = None if found else self._began(name)
        if began is not None:
            if (now := self._telling(*began)) is not None:
                return self.incident(now)
            raise NotFoundError(
                f"no incident is called {name!r} any more: nothing that told of it stands; the log "
                f"says who decided so of the document {began[0]!r}"
            )
        if len(found) == 1:
            _, record, gathering = found[0]
            return self._decoded(record, Incident), self._decoded(gathering, Gathering)
        raise not_one(name, [row.id for row in found], others)

    def _began(self, name: str) -> tuple[str, str] | None:
        """The document and the claim that an incident which was called so began with."""
        names = schema.names
        with self.reading_at_once() as connection:
            if not inspect(connection).has_table(names.name):
                return None  # as Sayso up to 0.10 left it
            named = select(names.c.document, names.c.claim).where(names.c.id == name)
            row = connection.execute(named).one_or_none()
        return None if row is None else (row.document, row.claim)

    def _telling(self, document: str, claim: str) -> str | None:
        """The incident that tells this claim, else the first that tells of the document."""
        members = schema.members
        held = select(members.c.incident).join(
            schema.incidents, schema.incidents.c.id == members.c.incident
        )
        held = held.order_by(schema.incidents.c.position).limit(1)
        with self.reading_at_once() as connection:
            for same in (members.c.claim == claim, members.c.document == document):
                if now := connection.execute(held.where(same)).scalar_one_or_none():
                    return str(now)
        return None

    def incidents_of(self, claims: Iterable[str]) -> list[tuple[Incident, Gathering]]:
        """The incidents that any of these claims is about, in their order."""
        table, members = schema.incidents, schema.members
        wanted, found = list(claims), {}
        for start in range(0, len(wanted), PAGE):
            held = select(members.c.incident).where(
                members.c.claim.in_(wanted[start : start + PAGE])
            )
            query = select(table.c.position, table.c.record, table.c.gathering)
            with self.reading_at_once() as connection:
                for row in connection.execute(query.where(table.c.id.in_(held))):
                    found[row.position] = row
        return [
            (self._decoded(row.record, Incident), self._decoded(row.gathering, Gathering))
            for _, row in sorted(found.items())
        ]

    def look_again(self) -> list[str]:
        """The claims that were judged when they read otherwise, by their ids."""
        table = schema.verdicts
        query = select(table.c.claim).where(table.c.look_again).order_by(table.c.claim)
        with self.reading_at_once() as connection:
            return list(connection.execute(query).scalars())

    def claims_of(self, ids: Iterable[str]) -> dict[str, tuple[Claim, Document]]:
        """Those of these claims that are there, by their ids, with their documents."""
        table = schema.claims
        wanted = list(dict.fromkeys(ids))
        where: dict[str, Row[Any]] = {}
        for start in range(0, len(wanted), PAGE):
            query = select(table.c.id, table.c.document, table.c.position).where(
                table.c.id.in_(wanted[start : start + PAGE])
            )
            with self.reading_at_once() as connection:
                where |= {row.id: row for row in connection.execute(query)}
        pairs = {d.id: (d, r) for d, r in self.some(row.document for row in where.values())}
        found = {}
        for id in wanted:
            if row := where.get(id):
                document, reading = pairs[row.document]
                found[id] = (reading.claims[row.position], document)
        return found

    def speakers(self) -> list[str]:
        """The names of all on whose word claims rest, as they were last read."""
        query = select(schema.speakers.c.name).distinct().order_by(schema.speakers.c.name)
        with self.reading_at_once() as connection:
            return list(connection.execute(query).scalars())

    def outlets(self) -> list[str]:
        """The names of all who published a document."""
        table = schema.documents
        query = select(table.c.outlet).distinct().where(table.c.outlet.is_not(None))
        with self.reading_at_once() as connection:
            return list(connection.execute(query.order_by(table.c.outlet)).scalars())

    def said_by(self, names: Sequence[str]) -> set[str]:
        """The claims that rest on the word of any of these, by their ids."""
        said, found = schema.speakers, schema.claims
        query = select(found.c.id).join(said, said.c.claim == found.c.n)
        with self.reading_at_once() as connection:
            return set(connection.execute(query.where(said.c.name.in_(names))).scalars())

    def _documents(self, ids: Iterable[str]) -> dict[str, Document]:
        return {d.id: d for page in self._those("document", ids) for d in self._filled(page)}

    def _readings(self, ids: Iterable[str]) -> dict[str, Reading]:
        pages = self._those("reading", ids)
        return {row.subject: self._decoded(row.record, Reading) for page in pages for row in page}

    def _those(self, kind: EntryKind, ids: Iterable[str]) -> Iterator[Sequence[Row[Any]]]:
        """The last lines of that kind about these subjects. Raises `NotFoundError`."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PAGE):
            some = wanted[start : start + PAGE]
            with self.reading_at_once() as connection:
                query = _current(kind, None).where(schema.log.c.subject.in_(some))
                rows = connection.execute(query).all()
                if missing := sorted(set(some) - {row.subject for row in rows}):
                    raise self._missing(connection, missing[0])
            yield rows

    def _pages(self, kind: EntryKind, upto: int | None) -> Iterator[Sequence[Row[Any]]]:
        """Subject and record of the lines of that kind that hold, a page at a time."""
        query = _current(kind, upto).order_by(schema.log.c.subject).limit(PAGE)
        page = query
        while True:
            with self.reading_at_once() as connection:
                rows = connection.execute(page).all()
            yield rows
            if len(rows) < PAGE:
                return
            page = query.where(schema.log.c.subject > rows[-1].subject)

    def _filled(self, page: Sequence[Row[Any]]) -> Iterator[Document]:
        """The documents of these lines, with their texts, or else with the imprints of these."""
        deposits = [self._decoded(row.record, Deposit) for row in page]
        table = schema.contents
        query = select(table.c.sha256, table.c.packed)
        with self.reading_at_once() as connection:
            rows = connection.execute(query.where(table.c.sha256.in_({d.text for d in deposits})))
            packed = {name: content for name, content in rows}
            known = imprints.held(connection, {d.text for d in deposits} - packed.keys())
        for deposit in deposits:
            document = deposit.document(self._text(deposit, packed.get(deposit.text)))
            held = known.get(deposit.text)
            yield document if held is None else _imprinted(document, held)

    def _missing(self, connection: Connection, id: str) -> NotFoundError:
        redaction = latest(connection, "redaction", id)
        if redaction is None:
            return NotFoundError(f"no document {id!r} in {self.name}")
        told = self._decoded(redaction, Redaction)
        why = f": {told.note}" if told.note else ""
        return NotFoundError(f"document {id!r} in {self.name} was redacted{why}")

    def _text(self, deposit: Deposit, packed: bytes | None) -> str:
        if packed is None:
            return self._quoted(deposit)
        try:
            return zlib.decompress(packed).decode()
        except (zlib.error, UnicodeDecodeError) as error:
            raise self._place.damaged(f"the text of {deposit.id}: {error}") from error

    def _quoted(self, deposit: Deposit) -> str:
        """What is known of a text that another ledger kept to itself: what its claims quote, each
        where it stands, and blanks between."""
        with self.reading_at_once() as connection:
            last = latest(connection, "reading", deposit.id)
        claims = () if last is None else self._decoded(last, Reading).claims
        text = [" "] * max((claim.evidence.end for claim in claims), default=0)
        for claim in claims:
            text[claim.evidence.start : claim.evidence.end] = claim.evidence.text
        return "".join(text)

    def _decoded(self, record: str, kind: type[R]) -> R:
        return self._place.decoded(record, kind)


def _imprinted(document: Document, imprint: Imprint) -> Imprinted:
    fields = {name: getattr(document, name) for name in Document.__struct_fields__}
    return Imprinted(**fields, imprint=imprint)


def not_one(name: str, found: list[str], others: Iterable[str]) -> NotFoundError:
    """The error where a name is that of no incident, or the beginning of those of several."""
    if found:
        return NotFoundError(f"{name!r} is short for several incidents: {', '.join(found[:5])}")
    near = ", ".join(others) or "none"
    return NotFoundError(f"no incident is called {name!r}; there is: {near}")


def _current(kind: EntryKind, upto: int | None) -> Select[Any]:
    """Subject and record of the last line of that kind about each document not redacted."""
    log, other = schema.log, schema.log.alias()
    newer = and_(other.c.kind == kind, other.c.seq > log.c.seq)
    voiding = [newer, other.c.kind == "redaction"]
    if upto is not None:
        voiding = [and_(what, other.c.seq <= upto) for what in voiding]
    query = select(log.c.subject, log.c.record).where(log.c.kind == kind)
    for what in voiding:
        query = query.where(~exists().where(other.c.subject == log.c.subject, what))
    return query if upto is None else query.where(log.c.seq <= upto)
