"""A table of articles, one on each row: CSV or TSV with named columns.

Columns are known by their names (`data/en/pages.toml`) or by what the caller says. Rows stream; one
that is no article costs none of the others.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Self

import msgspec

from sayso.cells import unguarded
from sayso.errors import InputError
from sayso.ingest import lines
from sayso.ingest.articles import sound
from sayso.ingest.characters import decode
from sayso.lexicon import LANGUAGE, table
from sayso.records import Capture, Problem

LONGEST_FIELD = 4_000_000
"""Characters of one cell: the longest text, and room for quotation marks."""

_WHOLE = 20_000_000
"""Bytes of a table whose encoding is told by all of it; a longer one is UTF-8 or UTF-16."""

_SEP = re.compile(r"sep=([^\w\s\"]|\t)\s*$", re.IGNORECASE)
"""The line with which Excel is told how cells are parted."""

_BROKEN = re.compile("[\ufffd\u0a00]")
"""What is no UTF-16, and a line break whose bytes have changed places."""

_QUOTE = "a cell with a mark that parts cells needs quotation marks"

FIELDS = tuple(table("pages", LANGUAGE)["columns"])
"""What can be said of an article in a table."""


def documents(
    file: BinaryIO, where: str, named: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Capture] | Problem]:
    """Each row's document with its place (`FILE:LINE`), or the problem with it.

    `named` says which column is which of `FIELDS`, for those that go by another name. The bytes of
    a document are its row, as one line of JSON.
    """
    csv.field_size_limit(LONGEST_FIELD)
    text = _Text(file)
    first = text.line()
    told = _SEP.match(first)
    first = text.line() if told else first
    dialect = _dialect(first, told[1] if told else None)
    try:
        columns = [sound(name) for name in next(csv.reader([first], dialect), [])]
    except csv.Error as error:
        yield Problem(input=where, message=f"cannot be read as a table: {error}")
        return
    places = _places(columns, named or {})
    if isinstance(places, str):
        yield Problem(input=where, message=places)
        return
    while len(columns) > 1 and not columns[-1].strip():
        columns.pop()  # a mark at the end of the row of names makes no column
    texts = table("pages", LANGUAGE)["columns"]["text"]
    other = [n for n, name in enumerate(columns) if name.strip().lower() in texts]
    if not named and (more := [columns[n] for n in other if n != places["text"]]):
        message = f"has more columns of texts, which are not read: {', '.join(more)}"
        yield Problem(input=where, message=f"{message}; by --column another can be")
    rows = csv.reader(text, dialect)
    text.quotes = 0
    text.opens = re.compile(rf'(?:^|[{re.escape(dialect.delimiter)}])"')
    empty = cut = True
    while True:
        line = text.number
        try:
            row = next(rows, None)
        except csv.Error as error:
            empty = False
            place = f"{where}:{text.number}"
            yield Problem(input=place, message=f"cannot be read as a row: {error}")
            continue
        if row is None:
            break
        cut, over = text.opened and text.quotes % 2 == 1, text.over
        text.opened, text.quotes, text.over = False, 0, False
        if not any(cell.strip() for cell in row):
            continue
        empty = False
        # A row may go over several lines: it stands where it ends.
        place = f"{where}:{text.number}"
        said = {
            name: unguarded(row[at]) for name, at in places.items() if at < len(row) and row[at]
        }
        try:
            yield from lines.document(msgspec.json.encode(said), place)
        except UnicodeEncodeError:
            yield Problem(input=place, message="is not UTF-8: save the table as UTF-8")
        if over:
            message = f"is longer than {LONGEST_FIELD:,} characters: the rest of it is lost"
            yield Problem(input=place, message=message)
        elif any(cell.strip() for cell in row[len(columns) :]):
            message = f"may not be whole: {len(row)} cells for {len(columns)} columns; {_QUOTE}"
            yield Problem(input=place, message=message)
        elif cut and not text.ended and text.number > line + 1:
            message = "may be several rows in one: a quotation mark in it has no other"
            yield Problem(input=place, message=message)
        elif text.ended and len(row) < len(columns) and not cut and not text.closed:
            message = f"breaks off: {len(row)} cells for {len(columns)} columns"
            yield Problem(input=place, message=message)
    if text.broken:
        message = "is broken UTF-16, of which rows may be lost: save it as UTF-8"
        yield Problem(input=where, message=message)
    if empty:
        yield Problem(input=where, message="has no row in it")
    elif cut:
        message = "breaks off within quotation marks: its last row may not be whole"
        yield Problem(input=where, message=message)


class _Text:
    """The lines of a table, of which no more is held than a cell may be long, and what is known of
    them: the `number` of the last, whether that was the end and whether a line break `closed` it;
    and since somebody set these to nothing, how many `quotes` there were, whether one `opened` a
    cell, and whether a line went `over` the limit; and whether UTF-16 was ever `broken`.

    Bytes that are not UTF-8 become lone surrogates, so that only their rows are lost; a table of
    the length of a page may be in any encoding that can be told for certain.
    """

    def __init__(self, file: BinaryIO) -> None:
        begins = file.read(_WHOLE + 1)
        encoding, data = "utf-8-sig", begins
        if begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        elif len(begins) <= _WHOLE:
            try:
                data = decode(begins).encode()
            except (InputError, UnicodeError):
                data = begins
        raw = io.BufferedReader(_Joined(data, file))
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._text = io.TextIOWrapper(raw, encoding, errors, newline="")
        self._next = self._text.readline(LONGEST_FIELD)
        self.opens = re.compile('"')
        self.number = self.quotes = 0
        self.ended, self.closed = not self._next, True
        self.opened = self.over = self.broken = False
        self._wide = encoding == "utf-16"

    def line(self) -> str:
        line, lost = self._next, 0
        self.number += bool(line)
        self.closed = line.endswith(("\n", "\r"))
        self._next = self._text.readline(LONGEST_FIELD)
        while not self.closed and self._next:
            self.over = True
            lost += self._next.count('"')
            self.closed = self._next.endswith(("\n", "\r"))
            self._next = self._text.readline(LONGEST_FIELD)
        self.ended = not self._next
        line += '"' * (lost % 2)  # so that a cell ends where it did
        self.broken = self.broken or (self._wide and bool(_BROKEN.search(line)))
        self.quotes += line.count('"')
        self.opened = self.opened or self.opens.search(line) is not None
        return line

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if line := self.line():
            return line
        raise StopIteration


class _Joined(io.RawIOBase):
    """Bytes that were taken from the beginning of a file, and the rest of it behind them."""

    def __init__(self, begins: bytes, file: BinaryIO) -> None:
        self._begins = io.BytesIO(begins)
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(memoryview(buffer))
        data = self._begins.read(size) or self._file.read(size)
        memoryview(buffer)[: len(data)] = data
        return len(data)


def _dialect(header: str, told: str | None) -> type[csv.Dialect]:
    """How the cells are parted: as the file says, else as the row of names shows."""

    class Dialect(csv.excel):
        delimiter = told or max(",\t;|", key=header.count)

    return Dialect


def _places(columns: list[str], named: Mapping[str, str]) -> dict[str, int] | str:
    """At which column each field stands, or why that cannot be told."""
    present = [column.strip().lower() for column in columns]
    places: dict[str, int] = {}
    for name, known in table("pages", LANGUAGE)["columns"].items():
        if name in named:
            if named[name].strip().lower() not in present:
                return f"has no column {named[name]!r}; it has {', '.join(columns) or 'none'}"
            places[name] = present.index(named[name].strip().lower())
            continue
        at = next((present.index(column) for column in known if column in present), None)
        if at is not None and at not in places.values():
            places[name] = at
    if "text" not in places:
        return f"has no column of texts; it has {', '.join(columns) or 'none'}: name it by --column"
    return places
