"""Whether the rows that documents, claims and speakers are looked up by are what the log says.

Compared are some documents at a time, each within one transaction, so that whoever adds to the
ledger meanwhile neither waits nor is taken for a forger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import MsgspecError
from sqlalchemy import Column, ColumnElement, Connection, select

from sayso.ledger import schema, views
from sayso.ledger.log import PAGE, Deposit
from sayso.ledger.proving.faults import Fault, derived, otherwise, shown
from sayso.records import Reading
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""

Row = Mapping[str, Any]


class _Rows(NamedTuple):
    """Rows by what each is called by: documents by id, claims and speakers by numbers."""

    documents: dict[Any, Row]
    claims: dict[Any, Row]
    speakers: dict[Any, Row]


class _Span(NamedTuple):
    """Ids after the first and up to the last; None is no bound."""

    after: str | None
    upto: str | None

    def of(self, column: Column[str]) -> list[ColumnElement[bool]]:
        """The condition on a column."""
        return [
            *([] if self.after is None else [column > self.after]),
            *([] if self.upto is None else [column <= self.upto]),
        ]


def faults(ledger: Ledger, progress: Progress | None = None) -> Iterator[Fault]:
    """What is looked up otherwise than the log says."""
    after, done, total = None, 0, ledger.count().documents
    while True:
        with ledger.reading_at_once() as connection:
            ids = _subjects(connection, after)
            span = _Span(after, ids[-1] if len(ids) == PAGE else None)
            made, kept = _made(connection, span), _kept(connection, span)
        yield from _compared(kept, made)
        done += len(ids)
        if progress is not None:
            progress(min(done, total), total)
        if span.upto is None:
            break
        after = span.upto
    with ledger.reading_at_once() as connection:
        said, claims = schema.speakers, schema.claims
        query = select(said.c.claim, said.c.name).where(said.c.claim.not_in(select(claims.c.n)))
        strays = connection.execute(query).all()
    for n, name in strays:
        yield derived(f"{shown(name)} is kept as a source of claim number {n}, which there is not")


def _subjects(connection: Connection, after: str | None) -> Sequence[str]:
    """The ids of the next documents that lines of the log are about."""
    subject = schema.log.c.subject
    query = select(subject).where(schema.log.c.kind == "document", *_Span(after, None).of(subject))
    return connection.execute(query.distinct().order_by(subject).limit(PAGE)).scalars().all()


def _made(connection: Connection, span: _Span) -> _Rows:
    """What the log makes of these documents."""
    log = schema.log
    kinds = ("document", "reading", "redaction")
    query = select(log.c.seq, log.c.kind, log.c.subject)
    query = query.where(log.c.kind.in_(kinds), *span.of(log.c.subject)).order_by(log.c.seq)
    documents: dict[str, int] = {}
    readings: dict[str, int] = {}
    for seq, kind, subject in connection.execute(query):
        if kind == "document":
            documents[subject] = seq
        elif kind == "redaction":
            documents.pop(subject, None)
            readings.pop(subject, None)
        elif subject in documents:
            readings[subject] = seq
    made = _Rows({}, {}, {})
    for seq, deposit in _records(connection, list(documents.values()), Deposit):
        made.documents[deposit.id] = views.document_row(seq, deposit)
    for seq, reading in _records(connection, list(readings.values()), Reading):
        claims, speakers = views.claim_rows(seq, reading)
        made.claims.update((row["n"], row) for row in claims)
        made.speakers.update(((row["claim"], row["position"]), row) for row in speakers)
    return made


def _records(connection: Connection, lines: Sequence[int], kind: Any) -> Iterator[tuple[int, Any]]:
    """The records of these lines with their numbers; what is none is a fault of the log."""
    for start in range(0, len(lines), PAGE):
        some = lines[start : start + PAGE]
        query = select(schema.log.c.seq, schema.log.c.record).where(schema.log.c.seq.in_(some))
        for seq, record in connection.execute(query):
            try:
                yield seq, decode(record, kind)
            except (MsgspecError, TypeError):
                continue


def _kept(connection: Connection, span: _Span) -> _Rows:
    """What is there to look these documents up by."""
    documents, claims, speakers = schema.documents, schema.claims, schema.speakers
    of = span.of(claims.c.document)
    said = select(speakers).join(claims, claims.c.n == speakers.c.claim).where(*of)

    def rows(query: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(query).mappings()]

    return _Rows(
        {row["id"]: row for row in rows(select(documents).where(*span.of(documents.c.id)))},
        {row["n"]: row for row in rows(select(claims).where(*of))},
        {(row["claim"], row["position"]): row for row in rows(said)},
    )


def _compared(kept: _Rows, made: _Rows) -> Iterator[Fault]:
    for id in sorted(kept.documents.keys() | made.documents.keys(), key=str):
        yield from _row(f"document {id}", kept.documents.get(id), made.documents.get(id))
    for n in sorted(kept.claims.keys() | made.claims.keys(), key=str):
        there, told = kept.claims.get(n), made.claims.get(n)
        yield from _row(_claim(told or there or {}), there, told)
    for key in sorted(kept.speakers.keys() | made.speakers.keys(), key=str):
        claim = made.claims.get(key[0]) or kept.claims.get(key[0]) or {}
        name = f"{_claim(claim)}, its source at {key[1]}"
        yield from _row(name, kept.speakers.get(key), made.speakers.get(key))


def _claim(row: Row) -> str:
    return f"claim {row.get('id')} of {row.get('document')}"


def _row(name: str, kept: Row | None, made: Row | None) -> list[Fault]:
    if kept is not None and made is not None:
        return otherwise(name, kept, made)
    if made is not None:
        return [derived(f"{name}: the log has it, what is looked up has not")]
    return [derived(f"{name}: it is looked up, and the log says nothing of it")]
