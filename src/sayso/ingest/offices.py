"""Documents of word processors to their text: Word's (`.docx`), by mammoth, and OpenDocument's
(`.odt`), whose XML is read as it stands.

Both come out in the marks that `shapes` knows: a heading behind hashes, an item of a list behind a
hyphen, a row with bars between its cells. Of changes that are tracked what they would leave is
read, as if all were accepted. What is not read is named: pictures, comments, such changes. When a
file was made says nothing of when its text was published.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from sayso.errors import InputError
from sayso.ingest.articles import content_id, fault, unread
from sayso.records import Document, Problem

LARGEST_PART = 20_000_000
"""Bytes of one part of such a file, unpacked: far more than the longest text takes."""

logging.getLogger("mammoth").addHandler(logging.NullHandler())

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
comment-reference =>
"""
_HEADING = re.compile(r"h([1-6])$")
_CORE = {
    "docx": ("docProps/core.xml", "{http://purl.org/dc/elements/1.1/}title"),
    "odt": ("meta.xml", "{http://purl.org/dc/elements/1.1/}title"),
}
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_REPEATED = f"{_TABLE}number-columns-repeated"
_MOST_REPEATED = 50
"""Cells that are told to be alike in a row of OpenDocument; more are the empty rest of a sheet."""


def docx(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of a document of Word's, and a problem for what of it is not read."""
    import mammoth
    from lxml import html

    pictures = 0

    def passed_over(image: object) -> list[object]:
        nonlocal pictures
        pictures += 1
        return []

    try:
        package = _package(data)
        made = mammoth.convert_to_html(
            BytesIO(data), style_map=_STYLES, convert_image=passed_over
        ).value
        tree = html.fragment_fromstring(made, create_parent="body") if made.strip() else None
        lines = [] if tree is None else [*_html(tree)]
        body = package.read("word/document.xml")
        changes = body.count(b"<w:ins ") + body.count(b"<w:del ")
        comments = _count(package, "word/comments.xml", b"<w:comment ")
        title = _title(package, "docx")
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:  # a package may be broken anywhere
        yield unread(where, "a document of Word's", error)
        return
    yield from _document(lines, title, where, pictures, comments, changes)


def odt(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of an OpenDocument text, and a problem for what of it is not read."""
    try:
        package = _package(data)
        root = _parsed(package.read("content.xml"))
        body = root.find(f".//{_OFFICE}text")
        if body is None:
            raise InputError("is no OpenDocument text")
        lines = [*_opened(body)]
        pictures = sum(1 for _ in body.iter(f"{_DRAW}image"))
        comments = sum(1 for _ in body.iter(f"{_OFFICE}annotation"))
        changes = sum(1 for _ in body.iter(f"{_T}changed-region"))
        title = _title(package, "odt")
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:
        yield unread(where, "an OpenDocument text", error)
        return
    yield from _document(lines, title, where, pictures, comments, changes)


def _document(
    lines: list[str], title: str | None, where: str, pictures: int, comments: int, changes: int
) -> Iterator[Document | Problem]:
    text = "\n".join(lines)
    if why := fault(text):
        yield Problem(input=where, message=f"{why}, only pictures" if pictures else why)
        return
    yield Document(id=content_id(None, text), text=text, title=title)
    counts = {"pictures": pictures, "comments": comments}
    if told := " and ".join(f"{what} ({n:,})" for what, n in counts.items() if n):
        yield Problem(input=where, message=f"has {told} in it, which are not read")
    if changes:
        message = f"has {changes:,} tracked changes: it is read as if all were accepted"
        yield Problem(input=where, message=message)


def _package(data: bytes) -> zipfile.ZipFile:
    """Raises `InputError` where a part would be too large."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("is of Word's old kind, or locked by a password: save it as .docx without")
    package = zipfile.ZipFile(BytesIO(data))
    for part in package.infolist():
        if part.file_size > LARGEST_PART and part.filename.endswith((".xml", ".rels")):
            raise InputError(f"has a part larger than {LARGEST_PART:,} bytes")
    return package


def _count(package: zipfile.ZipFile, name: str, what: bytes) -> int:
    return package.read(name).count(what) if name in package.namelist() else 0


def _title(package: zipfile.ZipFile, kind: str) -> str | None:
    name, tag = _CORE[kind]
    if name not in package.namelist():
        return None
    try:
        found = _parsed(package.read(name)).find(f".//{tag}")
    except SyntaxError:  # lxml's are such
        return None
    return " ".join((found.text or "").split()) or None if found is not None else None


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _row(cells: list[str]) -> str:
    while cells and not cells[-1]:
        cells.pop()
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |" if cells else ""


# What mammoth makes of Word's.


def _html(parent: Any, depth: int = 0) -> Iterator[str]:
    """The lines of the blocks in an element, in order."""
    for element in parent:
        heading = _HEADING.match(str(element.tag))
        if heading:
            yield from _marked("#" * int(heading[1]) + " ", element)
        elif element.tag in ("ul", "ol"):
            yield from _html(element, depth + 1)
        elif element.tag == "li":
            yield from _item(element, depth)
        elif element.tag == "table":
            for row in element.iter("tr"):
                cells = [_cell(cell) for cell in row if cell.tag in ("td", "th")]
                if line := _row(cells):
                    yield line
        elif element.tag in ("p", "pre"):
            yield from _marked("", element)
        elif element.tag in ("div", "blockquote", "body"):
            yield from _html(element, depth)
        elif said := _inner(element):
            yield " ".join(said.split())


def _item(element: Any, depth: int) -> Iterator[str]:
    own = [part for part in element if part.tag not in ("ul", "ol")]
    said = " ".join(filter(None, [element.text or "", *(_inner(part) for part in own)]))
    if said.split():
        yield "  " * (depth - 1) + "- " + " ".join(said.split())
    yield from _html([part for part in element if part.tag in ("ul", "ol")], depth)


def _marked(mark: str, element: Any) -> Iterator[str]:
    """The lines of a paragraph or a heading; those that go on in the next are one."""
    lines: list[str] = []
    for line in (" ".join(part.split()) for part in _inner(element).split("\n")):
        if lines and line[:1].islower():
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    yield from (f"{mark}{line}" for line in lines)


def _cell(element: Any) -> str:
    return " ".join(" ".join(map(_inner, element)).split() or (element.text or "").split())


def _inner(element: Any) -> str:
    """The text of an element, with its line breaks, and without the marks of footnotes and what
    leads back from them."""
    found = [element.text or ""]
    for part in element:
        is_note = part.tag == "sup" and part.find("a") is not None
        is_back = part.tag == "a" and (part.get("href") or "").startswith("#footnote-ref")
        if part.tag == "br":
            found.append("\n")
        elif not is_note and not is_back:
            found.append(_inner(part))
        found.append(part.tail or "")
    return "".join(found)


# OpenDocument.


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
            for row in element.iter(f"{_TABLE}table-row"):
                if line := _row([cell for each in row for cell in _alike(each)]):
                    yield line
        elif element.tag != f"{_T}tracked-changes":
            yield from _opened(element, depth)


def _alike(cell: Any) -> list[str]:
    """What stands in a cell, as often as it is told to."""
    if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        return []
    times = cell.get(_REPEATED, "1")
    often = int(times) if times.isdigit() and len(times) < 4 else 1
    said = " ".join(" ".join(_said(part) for part in cell).split())
    return [said] * (often if often <= _MOST_REPEATED else 1)


def _said(element: Any) -> str:
    """The text of a paragraph: its spaces and line breaks are elements."""
    found = [element.text or ""]
    for part in element:
        if part.tag == f"{_T}line-break":
            found.append("\n")
        elif part.tag in (f"{_T}s", f"{_T}tab"):
            found.append(" ")
        elif part.tag == f"{_T}note":
            body = part.find(f"{_T}note-body")
            found.append(f" ({' '.join(_said(body).split())})" if body is not None else "")
        elif isinstance(part.tag, str) and part.tag != f"{_OFFICE}annotation":
            found.append(_said(part))
        found.append(part.tail or "")
    return "".join(found)
