"""Documents of word processors to their text: Word's (`.docx`), by mammoth, and OpenDocument's
(`.odt`), whose XML is read as it stands.

Both come out in the marks that `shapes` knows: a heading behind hashes, an item of a list behind a
hyphen, a row with bars between its cells. Of changes that are tracked what they would leave is
read, as if all were accepted. What is not read is named: pictures, comments, such changes, heads
and feet of pages, and files within the file. When a file was made says nothing of when its text was
published.
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
        body = package.read("word/document.xml")
        said = BytesIO(_said_in_formulas(data, body))
        made = mammoth.convert_to_html(said, style_map=_STYLES, convert_image=passed_over).value
        tree = html.fragment_fromstring(made, create_parent="body") if made.strip() else None
        lines = [] if tree is None else [*_html(tree)]
        changes = body.count(b"<w:ins ") + body.count(b"<w:del ")
        title = _title(package, "docx")
        others = {
            "pictures": pictures,
            "comments": _count(package, "word/comments.xml", b"<w:comment "),
            "heads and feet of pages": _headed(package, r"word/(?:header|footer)\d*\.xml", "t"),
            "charts": _parts(package, r"word/charts/chart\d*\.xml"),
            "files within it": _parts(package, r"word/embeddings/.+") + body.count(b"<w:altChunk "),
        }
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:  # a package may be broken anywhere
        yield unread(where, "a document of Word's", error)
        return
    yield from _document(lines, title, where, others, changes)


def odt(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of an OpenDocument text, a package or flat, and a problem for what of it is not
    read."""
    try:
        flat = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        package = None if flat else _package(data)
        root = _parsed(package.read("content.xml") if package else data)
        body = root.find(f".//{_OFFICE}text")
        if body is None:
            raise InputError("is no OpenDocument text")
        lines = [*_opened(body)]
        others = {
            "pictures": sum(1 for _ in body.iter(f"{_DRAW}image")),
            "comments": sum(1 for _ in body.iter(f"{_OFFICE}annotation")),
            "heads and feet of pages": (
                _headed(package, r"styles\.xml", "header", "footer") if package else 0
            ),
            "files within it": sum(1 for _ in body.iter(f"{_DRAW}object", f"{_DRAW}object-ole")),
        }
        changes = sum(1 for _ in body.iter(f"{_T}changed-region"))
        title = _title(package, "odt") if package else None
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:
        yield unread(where, "an OpenDocument text", error)
        return
    yield from _document(lines, title, where, others, changes)


def _document(
    lines: list[str], title: str | None, where: str, others: dict[str, int], changes: int
) -> Iterator[Document | Problem]:
    text = "\n".join(lines)
    if why := fault(text):
        yield Problem(input=where, message=f"{why}, only pictures" if others["pictures"] else why)
        return
    yield Document(id=content_id(None, text), text=text, title=title)
    if told := [f"{what} ({n:,})" for what, n in others.items() if n]:
        listed = " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
        yield Problem(input=where, message=f"has {listed} in it, which are not read")
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


def _parts(package: zipfile.ZipFile, pattern: str) -> int:
    return sum(1 for name in package.namelist() if re.fullmatch(pattern, name))


def _headed(package: zipfile.ZipFile, pattern: str, *tags: str) -> int:
    """How many different texts stand in elements of these names, in parts of such names: in the
    heads and feet of pages, but for the numbers of the pages."""
    texts = set()
    for name in package.namelist():
        if re.fullmatch(pattern, name):
            for element in _parsed(package.read(name)).iter(*(f"{{*}}{tag}" for tag in tags)):
                texts.add(" ".join("".join(element.itertext()).split()))
    return sum(1 for text in texts if re.search(r"[^\W\d]{2}", text))


_FORMULA = re.compile(rb"<m:(oMath|oMathPara)\b[^>]*(?<!/)>(.*?)</m:\1>", re.DOTALL)
_FORMULA_TEXT = re.compile(rb"<m:t\b[^>]*>([^<]*)</m:t>")


def _said_in_formulas(data: bytes, body: bytes) -> bytes:
    """A document of Word's whose formulas stand in it as text: the library passes over them, and a
    figure may be one."""
    if b"<m:oMath" not in body:
        return data
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            told = _FORMULA.sub(_run, body) if part.filename == "word/document.xml" else None
            new.writestr(part.filename, old.read(part) if told is None else told)
    return made.getvalue()


def _run(formula: re.Match[bytes]) -> bytes:
    said = b"".join(_FORMULA_TEXT.findall(formula[2]))
    return b'<w:r><w:t xml:space="preserve">' + said + b"</w:t></w:r>"


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
            yield from filter(None, map(_row, _grid(element)))
        elif element.tag in ("p", "pre"):
            yield from _marked("", element)
        elif element.tag in ("div", "blockquote", "body"):
            yield from _html(element, depth)
        elif said := _inner(element):
            yield " ".join(said.split())


def _grid(table: Any) -> list[list[str]]:
    """The cells of a table row by row, each under its head: one that goes over several columns or
    rows stands in the first of them, and the others are empty."""
    rows = [*table.iterchildren("tr"), *table.xpath("./*[self::thead or self::tbody]/tr")]
    grid: list[list[str]] = []
    taken: dict[int, int] = {}  # column -> rows below that a cell goes over
    for row in rows:
        cells: list[str] = []
        going = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in taken:
                cells.append("")
            over, down = (min(_number(cell.get(f"{way}span")), _MOST_REPEATED) for way in _WAYS)
            going |= {len(cells) + n: down - 1 for n in range(over) if down > 1}
            cells += [_cell(cell), *[""] * (over - 1)]
        taken = going
        grid.append(cells)
    return grid


_WAYS = ("col", "row")


def _number(written: str | None) -> int:
    return max(1, int(written)) if written and written.isdigit() and len(written) < 5 else 1


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
    tables = [line for each in element.iterchildren("table") for line in _inside(_grid(each))]
    own = [_inner(part) for part in element if part.tag != "table"]
    return " ".join(" ".join([*own, *tables]).split() or (element.text or "").split())


def _inside(rows: list[list[str]]) -> list[str]:
    """The rows of a table that stands in a cell of another, as words."""
    return ["; ".join(", ".join(filter(None, row)) for row in rows)]


def _inner(element: Any) -> str:
    """The text of an element, with its line breaks, and without the marks of footnotes and what
    leads back from them."""
    found = [element.text or ""]
    for part in element:
        is_note = part.tag == "sup" and part.find("a") is not None
        is_back = part.tag == "a" and (part.get("href") or "").startswith(_BACK)
        if part.tag == "br":
            found.append("\n")
        elif not is_note and not is_back:
            found.append(_inner(part))
        found.append(part.tail or "")
    return "".join(found)


_BACK = ("#footnote-ref", "#endnote-ref")


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
            yield from filter(None, map(_row, _rows(element)))
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
_UNSAID = (f"{_OFFICE}annotation", f"{_SVG}title", f"{_SVG}desc", f"{_T}hidden-text")


def _said(element: Any) -> str:
    """The text of a paragraph: its spaces and line breaks are elements. What stands in a frame in
    it are paragraphs of their own."""
    if element.tag == f"{_TABLE}table":
        return " ".join(_inside(_rows(element)))
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
