"""The ledger: what was read, kept for good.

Documents and their readings are added whole or not at all, and never changed. What is derived from
them, such as incidents and tolls, is not kept here: it can always be made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Engine, func, insert, select

from sayso.errors import LedgerError, NotFoundError
from sayso.ledger import schema
from sayso.ledger.opening import WRITES, connect, damaged, explained
from sayso.records import Claim, Document, Problem, Reading, Record, decode, encode

R = TypeVar("R", bound=Record)

PAGE = 100
"""Records fetched at a time, so that going through a ledger slowly keeps nobody from writing."""


class Counts(NamedTuple):
    """How much a ledger holds."""

    documents: int
    claims: int
    problems: int


class Writer:
    """What may be written within a transaction; made by `Ledger.transaction` only."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._now = datetime.now(UTC).isoformat(timespec="seconds")

    def add(self, document: Document, reading: Reading, reader: str) -> bool:
        """Add a document and what `reader` (name and version) read in it; say whether it was new.

        A document that is there already stays as it is. Under the same id with another text it is
        not added either, and that is recorded as a problem.

        Raises `LedgerError` when the reading is of another document.
        """
        if reading.document.id != document.id:
            raise LedgerError(f"a reading of {reading.document.id!r} is none of {document.id!r}")
        table = schema.documents
        known = self._connection.execute(
            select(table.c.record).where(table.c.id == document.id)
        ).scalar_one_or_none()
        if known is not None:
            if _decoded(known, Document, self._path).text != document.text:
                message = "is in the ledger already, with another text: this one was not added"
                self.problem(Problem(input=document.id, message=message))
            return False
        self._connection.execute(
            insert(table).values(
                id=document.id,
                outlet=document.outlet,
                published=document.published,
                added_at=self._now,
                record=encode(document),
            )
        )
        self._connection.execute(
            insert(schema.readings).values(
                document=document.id, reader=reader, added_at=self._now, record=encode(reading)
            )
        )
        rows = [
            {"document": document.id, "position": position, "id": claim.id, "kind": claim.kind}
            for position, claim in enumerate(reading.claims)
        ]
        if rows:
            self._connection.execute(insert(schema.claims), rows)
        return True

    def problem(self, problem: Problem) -> None:
        """Record what could not be read. The same problem with the same input is recorded once."""
        table = schema.problems
        known = select(table.c.id).where(
            table.c.input == problem.input, table.c.message == problem.message
        )
        if self._connection.execute(known).first() is None:
            self._connection.execute(
                insert(table).values(
                    input=problem.input, message=problem.message, added_at=self._now
                )
            )


class Ledger:
    """An open ledger. Close it, or use it in a `with` statement.

    What comes out is ordered by id, whatever the order in which it was added. Every method raises
    `LedgerError` when the file is in use, damaged, or cannot be read or written.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Self:
        """The ledger in this file, which is made where there is none if `create` says so.

        Raises `LedgerError` where there is none, or the file is not a ledger that can be read.
        """
        path = Path(path)
        return cls(path, connect(path, create=create))

    def close(self) -> None:
        """Let go of the file."""
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
        with (
            explained(self.path),
            self._engine.connect().execution_options(**WRITES) as connection,
            connection.begin(),
        ):
            yield Writer(connection, self.path)

    def documents(self) -> Iterator[Document]:
        """All documents."""
        return self._all(schema.documents.c.id, schema.documents.c.record, Document)

    def readings(self) -> Iterator[Reading]:
        """What was read in all documents, in the same order."""
        return self._all(schema.readings.c.document, schema.readings.c.record, Reading)

    def claims(self) -> Iterator[Claim]:
        """The claims of all readings, those of a document in the order of the text."""
        return (claim for reading in self.readings() for claim in reading.claims)

    def document(self, id: str) -> Document:
        """The document of this id. Raises `NotFoundError`."""
        return self._one(schema.documents.c.id, schema.documents.c.record, Document, id)

    def reading(self, id: str) -> Reading:
        """What was read in the document of this id. Raises `NotFoundError`."""
        return self._one(schema.readings.c.document, schema.readings.c.record, Reading, id)

    def claim(self, id: str) -> tuple[Claim, Document]:
        """The claim of this id, or of the one id that begins so, and its document.

        Raises `NotFoundError` when there is none, or more than one.
        """
        table = schema.claims
        query = (
            select(table.c.id, table.c.document, table.c.position)
            .where(func.substr(table.c.id, 1, len(id)) == id)
            .order_by(table.c.id, table.c.document, table.c.position)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        found = sorted({row.id for row in rows})
        if not found or not id:
            raise NotFoundError(f"no claim {id!r} in {self.path}")
        if found[0] != id and len(found) > 1:
            raise NotFoundError(
                f"claim {id!r} could be {len(found)} claims, among them {found[0]} and {found[1]}; "
                "give more of it"
            )
        _, document, position = rows[0]
        return self.reading(document).claims[position], self.document(document)

    def problems(self) -> list[Problem]:
        """All that could not be read, by input."""
        table = schema.problems
        query = select(table.c.input, table.c.message).order_by(table.c.input, table.c.message)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [Problem(input=input, message=message) for input, message in rows]

    def count(self) -> Counts:
        """How many documents, claims and problems there are."""
        tables = (schema.documents, schema.claims, schema.problems)
        with self._reading() as connection:
            counts = [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables
            ]
        return Counts(*counts)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.path), self._engine.connect() as connection:
            yield connection

    def _one(self, key: Column[str], record: Column[str], kind: type[R], id: str) -> R:
        with self._reading() as connection:
            found = connection.execute(select(record).where(key == id)).scalar_one_or_none()
        if found is None:
            raise NotFoundError(f"no document {id!r} in {self.path}")
        return _decoded(found, kind, self.path)

    def _all(self, key: Column[str], record: Column[str], kind: type[R]) -> Iterator[R]:
        query = select(key, record).order_by(key).limit(PAGE)
        page = query
        while True:
            with self._reading() as connection:
                rows = connection.execute(page).all()
            for _, found in rows:
                yield _decoded(found, kind, self.path)
            if len(rows) < PAGE:
                return
            page = query.where(key > rows[-1][0])


def _decoded(record: str, kind: type[R], path: Path) -> R:
    try:
        return decode(record, kind)
    except msgspec.MsgspecError as error:
        raise damaged(path, str(error)) from error
