"""What documents of Word's and of OpenDocument have in common: a zip with parts of XML, a title in
one of them, and what is told of that which is not read. When a file was made says nothing of when
its text was published.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from sayso.errors import InputError
from sayso.ingest.articles import content_id, fault, title_told
from sayso.records import Document, Problem

LARGEST_PART = 20_000_000
"""Bytes of one part of such a file, unpacked: far more than the longest text takes."""

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def document(
    lines: list[str], title: str | None, where: str, others: dict[str, int], changes: int
) -> Iterator[Document | Problem]:
    """The document of these lines, and problems that tell of how many `others` there are that are
    not read, by what they are, and of how many tracked changes."""
    text = "\n".join(lines)
    if why := fault(text):
        only = [what for what in ("pictures", "hidden text") if others[what]]
        message = f"{why}, only {' and '.join(only)}" if only else why
        yield Problem(input=where, message=message)
        return
    yield Document(id=content_id(None, text), text=text, title=title)
    if told := [f"{what} ({n:,})" for what, n in others.items() if n]:
        listed = " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
        yield Problem(input=where, message=f"has {listed} in it, which are not read")
    if changes:
        message = f"has {changes:,} tracked changes: it is read as if all were accepted"
        yield Problem(input=where, message=message)


def opened(data: bytes) -> zipfile.ZipFile:
    """The package that a file is. Raises `InputError` where a part would be too large."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("is of Word's old kind, or locked by a password: save it as .docx without")
    package = zipfile.ZipFile(BytesIO(data))
    for part in package.infolist():
        if part.file_size > LARGEST_PART and part.filename.endswith((".xml", ".rels")):
            raise InputError(f"has a part larger than {LARGEST_PART:,} bytes")
    return package


def count(package: zipfile.ZipFile, name: str, what: bytes) -> int:
    """How often these bytes stand in a part; 0 where there is no such part."""
    return package.read(name).count(what) if name in package.namelist() else 0


def parts(package: zipfile.ZipFile, pattern: str) -> int:
    """How many parts have such a name."""
    return sum(1 for name in package.namelist() if re.fullmatch(pattern, name))


def headed(package: zipfile.ZipFile, pattern: str, *tags: str) -> int:
    """How many different texts stand in elements of these names, in parts of such names: in the
    heads and feet of pages, but for the numbers of the pages."""
    texts = set()
    for name in package.namelist():
        if re.fullmatch(pattern, name):
            for element in parsed(package.read(name)).iter(*(f"{{*}}{tag}" for tag in tags)):
                texts.add(" ".join("".join(element.itertext()).split()))
    return sum(1 for text in texts if re.search(r"[^\W\d]{2}", text))


def title(package: zipfile.ZipFile, name: str) -> str | None:
    """The title that the part of this name says, if it does."""
    if name not in package.namelist():
        return None
    try:
        found = parsed(package.read(name)).find(f".//{_TITLE}")
    except SyntaxError:  # lxml's are such
        return None
    return title_told(found.text or "") if found is not None else None


def parsed(data: bytes) -> Any:
    """The root of a part of XML; nothing outside it is asked for."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def row(cells: list[str]) -> str:
    """A row of a table, with bars between its cells; "" of empty ones."""
    while cells and not cells[-1]:
        cells.pop()
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |" if cells else ""


def as_words(rows: list[list[str]]) -> str:
    """The rows of a table that stands in a cell of another."""
    return "; ".join(", ".join(filter(None, cells)) for cells in rows)
