"""A table of articles, one on each row: CSV or TSV with named columns.

Columns are known by their names (`data/en/pages.toml`) or by what the caller says. Rows stream; one
that is no article costs none of the others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from sayso.cells import unguarded
from sayso.ingest import lines
from sayso.lexicon import LANGUAGE, table
from sayso.records import Capture, Problem

LONGEST_FIELD = 4_000_000
"""Characters of one cell: the longest text, and room for quotation marks."""

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
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        first = text.readline(LONGEST_FIELD)
        dialect = _dialect(first)
        columns = next(csv.reader([first], dialect), [])
        places = _places(columns, named or {})
        if isinstance(places, str):
            yield Problem(input=where, message=places)
            return
        quotes = [0]
        rows = csv.reader(_counted(text, quotes), dialect)
        empty = cut = True
        for row in rows:
            cut, quotes[0] = quotes[0] % 2 == 1, 0
            if not any(cell.strip() for cell in row):
                continue
            empty = False
            # A row may go over several lines: it stands where it ends.
            place = f"{where}:{rows.line_num + 1}"
            said = {
                name: unguarded(row[at]) for name, at in places.items() if at < len(row) and row[at]
            }
            yield from lines.document(msgspec.json.encode(said), place)
            if any(cell.strip() for cell in row[len(columns) :]):
                message = f"may not be whole: {len(row)} cells for {len(columns)} columns; {_QUOTE}"
                yield Problem(input=place, message=message)
        if empty:
            yield Problem(input=where, message="has no row in it")
        elif cut:
            message = "breaks off within quotation marks: its last row may not be whole"
            yield Problem(input=where, message=message)
    except UnicodeDecodeError:
        yield Problem(input=where, message="is not UTF-8 from here on: save it as UTF-8")
    except csv.Error as error:
        yield Problem(input=where, message=f"cannot be read as a table from here on: {error}")
    finally:
        text.detach()


def _counted(text: Iterable[str], quotes: list[int]) -> Iterator[str]:
    """The lines, and how many quotation marks there were since somebody set that to nothing."""
    for line in text:
        quotes[0] += line.count('"')
        yield line


def _dialect(header: str) -> type[csv.Dialect]:
    """How the cells are parted, as the row of names shows."""

    class Dialect(csv.excel):
        delimiter = max(",\t;|", key=header.count)

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
