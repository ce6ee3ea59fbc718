"""Imprints of texts that another ledger kept to itself: what incidents are derived from of them.

They lie beside the log, by the SHA-256 of the text, since a text has one imprint whatever document
it is of, and whoever reads it. Nothing proves that one is of its text but the text itself. They are
never changed; but with a document that is redacted goes the imprint.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection
from typing import Any

from msgspec import MsgspecError
from sqlalchemy import Connection, Row, delete, insert, select

from sayso.ledger import schema
from sayso.ledger.log import PAGE, Deposit, every
from sayso.records import FORM, Imprint, Record
from sayso.wire import decode

Make = Callable[[str], Imprint]
"""Gives the imprint of a text."""

_TABLE = schema.imprints


class Kept(Record, frozen=True, kw_only=True):
    """An imprint as it is kept, and as a line of a bundle: the SHA-256 of its `text`, the version
    of `sayso` that made it, and the JSON of the imprint, which a later version may make otherwise.
    """

    text: str
    sayso: str
    imprint: str


def understood(kept: Kept) -> Imprint | None:
    """The imprint; None where it is of a form that this version does not know, or is none."""
    try:
        found = decode(kept.imprint, Imprint)
    except MsgspecError:
        return None
    return found if found.form == FORM else None


def is_sound(imprint: Imprint) -> bool:
    """Whether the numbers of an imprint are as many as they say, and those that point at others
    point at some that are there."""
    sequences, parts = imprint.sequences, imprint.parts
    calls, sentences = imprint.calls, imprint.sentences
    wide = (sequences.whole, sequences.quoted, sequences.joined, parts.words, calls.bodies)
    small = (parts.parts, calls.places, calls.firsts, sentences.marks, sentences.begins)
    if any(len(held) % 8 for held in (*wide, calls.people, calls.offices)):
        return False
    if any(len(held) % 4 for held in (*small, sentences.errors)):
        return False
    words = len(parts.words) // 8
    size = 2 if words <= 1 << 16 else 4
    rows, introductions = _small(parts.parts), _small(calls.firsts)
    return (
        imprint.length >= 0
        and sequences.opening >= 0
        and len(rows) % 4 == 0
        and rows[:2] == [0, 1]
        and rows[::4] == sorted(rows[::4])
        and sum(rows[2::4]) * size == len(parts.told)
        and sum(rows[3::4]) * size == len(parts.names)
        and all(n < words for held in (parts.told, parts.names) for n in _small(held, size))
        and len(calls.bodies) == 2 * len(calls.places)
        and 3 * len(calls.people) == 2 * len(calls.firsts)
        and sum(introductions[2::3]) * 8 == len(calls.offices)
    )


def held(connection: Connection, texts: Collection[str]) -> dict[str, Imprint]:
    """The imprints that are there of these texts, and are understood, by the SHA-256."""
    query = select(_TABLE).where(_TABLE.c.sha256.in_(texts))
    rows = map(_kept, connection.execute(query).all()) if texts else ()
    return {kept.text: made for kept in rows if (made := understood(kept))}


def page(connection: Connection, after: str) -> list[Kept]:
    """The next imprints, by the SHA-256 of their texts; fewer than `PAGE` where they end."""
    query = select(_TABLE).where(_TABLE.c.sha256 > after).order_by(_TABLE.c.sha256).limit(PAGE)
    return [_kept(row) for row in connection.execute(query).all()]


def one(connection: Connection, text: str) -> Kept | None:
    """The imprint of a text as it is kept, None where there is none."""
    row = connection.execute(select(_TABLE).where(_TABLE.c.sha256 == text)).first()
    return None if row is None else _kept(row)


def keep(connection: Connection, kept: Kept) -> bool:
    """Keep an imprint unless one of that text is there; whether it was not."""
    if one(connection, kept.text) is not None:
        return False
    packed = zlib.compress(kept.imprint.encode())
    connection.execute(insert(_TABLE), {"sha256": kept.text, "sayso": kept.sayso, "packed": packed})
    return True


def forget(connection: Connection, document: str) -> None:
    """Drop the imprint of the text of a document, unless another that is shown is of that text."""
    deposits: dict[str, Deposit] = {}
    for entry in every(connection, kinds=["document"], subjects=[document]):
        deposits[entry.subject] = decode(entry.record, Deposit)
    texts = {deposit.text for deposit in deposits.values()}
    if not any(one(connection, text) for text in texts):
        return
    shown = set(connection.execute(select(schema.documents.c.id)).scalars()) - {document}
    for entry in every(connection, kinds=["document"]):
        if entry.subject in shown:
            texts.discard(decode(entry.record, Deposit).text)
    connection.execute(delete(_TABLE).where(_TABLE.c.sha256.in_(texts)))


def drop(connection: Connection, text: str) -> None:
    """Drop the imprint of a text, which is there itself now."""
    connection.execute(delete(_TABLE).where(_TABLE.c.sha256 == text))


def drop_needless(connection: Connection) -> None:
    """Drop the imprints of texts that are there themselves, and of those that no line speaks of."""
    spoken = {decode(e.record, Deposit).text for e in every(connection, kinds=["document"])}
    there = schema.contents.c.sha256
    for text in connection.execute(select(_TABLE.c.sha256)).scalars().all():
        is_there = connection.execute(select(there).where(there == text)).first() is not None
        if is_there or text not in spoken:
            connection.execute(delete(_TABLE).where(_TABLE.c.sha256 == text))


def _kept(row: Row[Any]) -> Kept:
    try:
        imprint = zlib.decompress(row.packed).decode()
    except (zlib.error, TypeError, UnicodeDecodeError):
        imprint = ""  # it is damaged: none, which a proof tells
    return Kept(text=row.sha256, sayso=row.sayso, imprint=imprint)


def _small(held: bytes, size: int = 4) -> list[int]:
    """Numbers of so many bytes each."""
    return [int.from_bytes(held[at : at + size], "little") for at in range(0, len(held), size)]
