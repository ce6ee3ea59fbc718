"""JSONL, one document a line, from a stream of bytes of any length.

Only one line is ever held, and only up to a limit: a line beyond it is passed over as it streams
by. A line that is no document is a problem of its own and costs none of the others. The text of a
document is kept to the character, control characters included, since offsets count it as given.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator

import msgspec

from sayso.ingest.articles import LONGEST_ID, content_id, fault
from sayso.ingest.moments import moment, undated
from sayso.records import Capture, Document, Problem

LONGEST_LINE = 8 * 2**20
"""Bytes: the longest text with every character escaped as \\uXXXX, and room for the rest."""


class Line(msgspec.Struct):
    """What a line may say; anything else in it is passed over.

    Programs number their documents, so an id may be a number. `published` may be anything: a bad
    date costs the date, not the document.
    """

    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    published: object = None
    outlet: str | None = None
    language: str | None = None
    updated: object = None
    byline: str | None = None


Mapped = Callable[[bytes], bytes | None]
"""A line of JSON with its fields named anew; None where that is not wanted or not to be done."""


def documents(
    chunks: Iterable[bytes],
    where: str,
    mapped: Mapped | None = None,
) -> Iterator[tuple[str, Capture] | Problem]:
    """Each line's document with its place (`FILE:LINE`), or the problem with it; blank lines pass.
    `mapped` names the fields of a line as `Line` does.

    A document whose date cannot be is followed by a problem that says so.
    """
    empty = True
    try:
        for number, line in numbered(utf8(chunks)):
            if line is None or line.strip():
                empty = False
                yield from document(line, f"{where}:{number}", mapped)
    except UnicodeDecodeError:
        yield Problem(input=where, message="is broken UTF-16 from here on: save it as UTF-8")
        return
    if empty:
        yield Problem(input=where, message="has no document in it")


def utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same stream in UTF-8 without a byte order mark; UTF-16 is known by its mark.

    Raises `UnicodeDecodeError` where UTF-16 is broken. Nothing else is guessed: JSON is UTF-8.
    """
    stream = iter(chunks)
    first = next(stream, b"")
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from stream
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    yield decoder.decode(first).encode()
    for chunk in stream:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def numbered(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Every line with its number from 1; `None` in place of one over `LONGEST_LINE`."""
    number, line, too_long = 1, bytearray(), False
    for chunk in chunks:
        for position, piece in enumerate(chunk.split(b"\n")):
            if position > 0:
                yield number, None if too_long else bytes(line)
                number, line, too_long = number + 1, bytearray(), False
            too_long = too_long or len(line) + len(piece) > LONGEST_LINE
            if too_long:
                line.clear()
            else:
                line += piece
    if line or too_long:
        yield number, None if too_long else bytes(line)


def document(
    line: bytes | None, where: str, mapped: Mapped | None = None
) -> Iterator[tuple[str, Capture] | Problem]:
    """The document of one line, or the problem with it; None is a line that was too long."""
    if line is None:
        yield Problem(input=where, message=f"is longer than {LONGEST_LINE:,} bytes")
        return
    try:
        said = msgspec.json.decode((mapped and mapped(line)) or line, type=Line)
    except UnicodeDecodeError:
        yield Problem(input=where, message="is not UTF-8, which JSON has to be")
        return
    except msgspec.ValidationError as error:
        yield Problem(input=where, message=f"is not a document: {error}")
        return
    except (msgspec.DecodeError, RecursionError) as error:
        yield Problem(input=where, message=f"is not JSON: {error}")
        return
    text, outlet = said.text or "", said.outlet or None
    if why := fault(text):
        yield Problem(input=where, message=why)
        return
    found = Document(
        id=content_id(outlet, text) if said.id in (None, "") else str(said.id),
        url=said.url or None,
        title=said.title or None,
        text=text,
        published=moment(said.published),
        outlet=outlet,
        language=said.language or None,
        updated=moment(said.updated),
        byline=said.byline or None,
    )
    if "\0" in found.id:
        yield Problem(input=where, message="has an id with a NUL in it")
        return
    if len(found.id) > LONGEST_ID:
        message = f"has an id of more than {LONGEST_ID} characters"
        yield Problem(input=where, message=message)
        return
    yield where, Capture(document=found, raw=line)
    if why := undated(said.published):
        yield Problem(input=where, message=why)
