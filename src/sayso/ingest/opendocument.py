"""OpenDocument texts (`.odt`, `.fodt`), whose XML is read as it stands.

They come out in the marks that `shapes` knows: a heading behind hashes, an item of a list behind a
hyphen, a row with bars between its cells. Of changes that are tracked what they would leave is
read, as if all were accepted. What is not read is named: pictures, comments, such changes, hidden
text, heads and feet of pages, and files within the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.errors import InputError
from sayso.ingest import hidden, offices
from sayso.ingest.articles import unread
from sayso.records import Document, Problem

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLES = "styles.xml"
_REPEATED = f"{_TABLE}number-columns-repeated"
_MOST_REPEATED = 50
"""Cells that are told to be alike in a row; more are the empty rest of a sheet."""


def odt(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of an OpenDocument text, a package or flat, and a problem for what of it is not
    read."""
    try:
        flat = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        package = None if flat else offices.opened(data)
        root = offices.parsed(package.read("content.xml") if package else data)
        body = root.find(f".//{_OFFICE}text")
        if body is None:
            raise InputError("is no OpenDocument text")
        parts = [package.read(_STYLES)] if package and _STYLES in package.namelist() else []
        unseen = hidden.opened(body, [root, *map(offices.parsed, parts)])
        lines = [*_opened(body)]
        others = {
            "pictures": sum(1 for _ in body.iter(f"{_DRAW}image")),
            "comments": sum(1 for _ in body.iter(f"{_OFFICE}annotation")),
            "heads and feet of pages": (
                offices.headed(package, r"styles\.xml", "header", "footer") if package else 0
            ),
            "hidden text": unseen,
            "files within it": sum(1 for _ in body.iter(f"{_DRAW}object", f"{_DRAW}object-ole")),
        }
        changes = sum(1 for _ in body.iter(f"{_T}changed-region"))
        title = offices.title(package, "meta.xml") if package else None
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:
        yield unread(where, "an OpenDocument text", error)
        return
    yield from offices.document(lines, title, where, others, changes)


def _opened(parent: Any, depth: int = 0) -> Iterator[str]:
    """The lines of the blocks in an element of OpenDocument, in order."""
    for element in parent:
        if element.tag == f"{_T}h":
            level = element.get(f"{_T}outline-level", "1")
            hashes = "#" * min(6, int(level) if level.isdigit() and len(level) < 3 else 1)
            said = " ".join(_said(element).split())
            if said:
                yield f"{hashes} {said}"
        elif element.tag == f"{_T}p":
            said = _said(element)
            mark = "  " * (depth - 1) + "- " if depth else ""
            for line in said.split("\n"):
                if line.strip():
                    yield mark + " ".join(line.split())
        elif element.tag == f"{_T}list":
            yield from _opened(element, depth + 1)
        elif element.tag == f"{_TABLE}table":
            yield from filter(None, map(offices.row, _rows(element)))
        elif element.tag != f"{_T}tracked-changes":
            yield from _opened(element, depth)


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table row by row, without those of tables in it."""
    rows = table.iter(f"{_TABLE}table-row")
    own = [row for row in rows if next(row.iterancestors(f"{_TABLE}table")) is table]
    return [[cell for each in row for cell in _alike(each)] for row in own]


def _alike(cell: Any) -> list[str]:
    """What stands in a cell, as often as it is told to."""
    if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        return []
    times = cell.get(_REPEATED, "1")
    often = int(times) if times.isdigit() and len(times) < 4 else 1
    said = " ".join(" ".join(_said(part) for part in cell).split())
    return [said] * (often if often <= _MOST_REPEATED else 1)


_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_UNSAID = (f"{_OFFICE}annotation", f"{_SVG}title", f"{_SVG}desc")


def _said(element: Any) -> str:
    """The text of a paragraph: its spaces and line breaks are elements. What stands in a frame in
    it are paragraphs of their own."""
    if element.tag == f"{_TABLE}table":
        return offices.as_words(_rows(element))
    found = [element.text or ""]
    for part in element:
        if part.tag == f"{_T}line-break":
            found.append("\n")
        elif part.tag in (f"{_T}s", f"{_T}tab"):
            found.append(" ")
        elif part.tag == f"{_T}note":
            body = part.find(f"{_T}note-body")
            found.append(f" ({' '.join(_said(body).split())})" if body is not None else "")
        elif part.tag in (f"{_T}p", f"{_T}h", f"{_T}list-item"):
            found += ["\n", _said(part), "\n"]
        elif isinstance(part.tag, str) and part.tag not in _UNSAID:
            found.append(_said(part))
        found.append(part.tail or "")
    return "".join(found)
