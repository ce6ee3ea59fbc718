"""Whether words find the documents and claims that they should: the index of words is made again of
what the log says, and held against the one that is kept.

An index has no words of a document that one could look at, only documents of a word. So all of it
is gone through once: each word in its place weighs something for its document, and where the two
do not weigh the same, it is another. Words of documents and readings that were replaced since lead
nowhere, and may stay until the next rebuild.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgspec import MsgspecError
from sqlalchemy import Column, Connection, Select, Table, select, text
from sqlalchemy.exc import DBAPIError

from sayso.ledger import schema, views
from sayso.ledger.log import PAGE, Deposit
from sayso.ledger.proving.faults import Fault, derived
from sayso.records import MOST_CLAIMS, Reading, Record
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

R = TypeVar("R", bound=Record)

Words = Iterator[list[tuple[int, str]]]

SHADOWS = ("data", "idx", "docsize", "config")
"""The tables in which SQLite keeps an index of words."""

_AVERAGES = 1  # the row of `data` in which the number of rows and of words stands


class Compared(NamedTuple):
    """Where words would find otherwise than the log has it; and how many documents are found only
    by what heads them, as their texts came to the ledger after they did."""

    faults: list[Fault]
    late: int


def compared(ledger: Ledger) -> Compared:
    """What the indexes of words have otherwise than the log gives."""
    found = []
    late: set[int] = set()
    for index, table, told in (
        ("words_of_documents", schema.documents, _of_documents),
        ("words_of_claims", schema.claims, _of_claims),
    ):
        key = table.c.seq if table is schema.documents else table.c.n
        name = index.replace("_", " ")
        with ledger.reading_at_once() as connection:
            check = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
            wrong = check(connection, index, select(key), told)
            if wrong and table is schema.documents and _came_without_texts(connection):
                late = wrong - check(connection, index, select(key), _of_headings)
            called = _names(connection, table, key, sorted(wrong))
        for n in sorted(wrong - late):
            if n == _WHOLE:
                found.append(derived(f"the index of the {name} is damaged"))
            else:
                who = called.get(n, f"number {n}")
                what = f"{who}: the index of the {name} has others than the log gives"
                found.append(derived(what))
    return Compared(found, len(late))


def _came_without_texts(connection: Connection) -> bool:
    """Whether anything came from a bundle that keeps its texts to itself."""
    log = schema.log
    query = select(log.c.seq).where(log.c.kind == "import")
    without = query.where(log.c.record.contains('"texts":false', autoescape=True))
    return connection.execute(without.limit(1)).first() is not None


_WHOLE = -1  # in place of a number: the index itself


def _on_sqlite(connection: Connection, index: str, live: _Live, told: _Told) -> set[int]:
    """The numbers of what is indexed otherwise. A copy of the index is looked at, for which SQLite
    uses a file of its own: nobody has to wait for it, and it can be written to where the ledger
    cannot."""

    def run(statement: str) -> None:
        connection.execute(text(statement))

    def weighed(made: str, numbers: set[int]) -> dict[int, int]:
        run(f"CREATE VIRTUAL TABLE temp.places USING fts5vocab(temp, {made}, instance)")
        query = text("SELECT term, doc, offset FROM temp.places")
        weights = dict.fromkeys(numbers, 0)
        for term, n, place in connection.execute(query):
            if n in weights:
                weights[n] += hash((term, place))
        run("DROP TABLE temp.places")
        return weights

    try:
        for name in ("kept", "made"):
            run(f"CREATE VIRTUAL TABLE temp.{name} USING fts5({schema.WORDS})")
        connection.commit()
        for part in SHADOWS:
            run(f"DELETE FROM temp.kept_{part}")
            run(f"INSERT INTO temp.kept_{part} SELECT * FROM main.{index}_{part}")
        numbers = set(connection.execute(live).scalars())
        connection.commit()
        try:
            run("INSERT INTO temp.kept (kept) VALUES ('integrity-check')")
            kept = weighed("kept", numbers)
        except DBAPIError:
            return {_WHOLE}
        for page in told(connection, numbers):
            add = text("INSERT INTO temp.made (rowid, words) VALUES (:n, :words)")
            if page:
                connection.execute(add, [{"n": n, "words": views.searchable(w)} for n, w in page])
        made = weighed("made", numbers)
        wrong = {n for n in numbers if kept[n] != made[n]}
        query = text(
            "SELECT made.id FROM temp.made_docsize AS made LEFT JOIN temp.kept_docsize AS kept "
            "ON kept.id = made.id WHERE kept.sz IS NOT made.sz"
        )
        wrong |= set(connection.execute(query).scalars())
        return wrong if _averages(connection) else wrong | {_WHOLE}
    finally:
        connection.rollback()
        for name in ("places", "kept", "made"):
            run(f"DROP TABLE IF EXISTS temp.{name}")
        connection.commit()


def _averages(connection: Connection) -> bool:
    """Whether what is kept of how many rows and words there are, by which what is found is put in
    order, is the sum of what is kept of each row."""
    query = text(f"SELECT block FROM temp.kept_data WHERE id = {_AVERAGES}")
    told = _numbers(connection.execute(query).scalar_one_or_none() or b"")
    sizes = connection.execute(text("SELECT sz FROM temp.kept_docsize")).scalars()
    rows = words = 0
    for size in sizes:
        rows, words = rows + 1, words + sum(_numbers(size))
    return sum(told) == 0 if not rows else told == [rows, words]


def _numbers(packed: object) -> list[int]:
    """Numbers as SQLite packs them: seven bits in each byte, the eighth says that more come."""
    found, number = [], 0
    for byte in packed if isinstance(packed, bytes) else b"":
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            found.append(number)
            number = 0
    return found


def _on_postgresql(connection: Connection, index: str, live: _Live, told: _Told) -> set[int]:
    numbers = set(connection.execute(live).scalars())
    connection.commit()
    query = text(
        "SELECT told.n FROM unnest(CAST(:numbers AS bigint[]), CAST(:words AS text[])) "
        f"AS told (n, words) LEFT JOIN {index} AS kept ON kept.n = told.n "
        "WHERE kept.words IS DISTINCT FROM to_tsvector('english', told.words)"
    )
    wrong: set[int] = set()
    for page in told(connection, numbers):
        values = {
            "numbers": [n for n, _ in page],
            "words": [views.searchable(words) for _, words in page],
        }
        wrong |= set(connection.execute(query, values).scalars())
        connection.commit()
    return wrong


def _of_documents(connection: Connection, numbers: Iterable[int]) -> Words:
    """What each of these documents is searched by, by the number of its line."""
    contents = schema.contents
    for lines in _lines(connection, numbers):
        deposits = {seq: deposit for seq, record in lines if (deposit := _read(record, Deposit))}
        wanted = contents.c.sha256.in_({deposit.text for deposit in deposits.values()})
        query = select(contents.c.sha256, contents.c.packed).where(wanted)
        packed = {name: content for name, content in connection.execute(query)}
        connection.commit()
        yield [
            (seq, views.words_of(deposit, _text(packed.get(deposit.text))))
            for seq, deposit in deposits.items()
        ]


def _of_headings(connection: Connection, numbers: Iterable[int]) -> Words:
    """The same without their texts."""
    for lines in _lines(connection, numbers):
        connection.commit()
        deposits = {seq: deposit for seq, record in lines if (deposit := _read(record, Deposit))}
        yield [(seq, views.words_of(deposit, None)) for seq, deposit in deposits.items()]


def _of_claims(connection: Connection, numbers: Iterable[int]) -> Words:
    """The words of each of these claims, by its number."""
    wanted = set(numbers)
    for lines in _lines(connection, {n // MOST_CLAIMS for n in wanted}):
        connection.commit()
        readings = {seq: reading for seq, record in lines if (reading := _read(record, Reading))}
        yield [
            (n, claim.evidence.text)
            for seq, reading in readings.items()
            for n, claim in enumerate(reading.claims, seq * MOST_CLAIMS)
            if n in wanted
        ]


_Live = Select[Any]
_Told = Callable[[Connection, Iterable[int]], Words]


def _lines(connection: Connection, numbers: Iterable[int]) -> Iterator[list[tuple[int, str]]]:
    """Number and record of these lines of the log, some at a time."""
    log = schema.log
    ordered = sorted(numbers)
    for start in range(0, len(ordered), PAGE):
        some = log.c.seq.in_(ordered[start : start + PAGE])
        rows = connection.execute(select(log.c.seq, log.c.record).where(some))
        yield [(seq, record) for seq, record in rows]


def _read(record: str, kind: type[R]) -> R | None:
    """A record of the log; None where it is none, which is a fault of the log."""
    try:
        return decode(record, kind)
    except (MsgspecError, TypeError):
        return None


def _text(packed: bytes | None) -> str | None:
    """A text; None where it is not there or cannot be read, which is a fault of the text."""
    try:
        return None if packed is None else zlib.decompress(packed).decode()
    except (zlib.error, TypeError, UnicodeDecodeError):
        return None


def _names(
    connection: Connection, table: Table, key: Column[int], numbers: list[int]
) -> dict[int, str]:
    """How people know what has these numbers."""
    found = {}
    word = "document" if table is schema.documents else "claim"
    for start in range(0, len(numbers), PAGE):
        some = numbers[start : start + PAGE]
        query = select(key, table.c.id).where(key.in_(some))
        found.update({n: f"{word} {id}" for n, id in connection.execute(query)})
    return found
