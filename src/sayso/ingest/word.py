"""Documents of Word's (`.docx`) to their text, by mammoth.

They come out in the marks that `shapes` knows: a heading behind hashes, an item of a list behind a
hyphen, a row with bars between its cells. Of changes that are tracked what they would leave is
read, as if all were accepted. What is not read is named: pictures, comments, such changes, hidden
text, heads and feet of pages, and files within the file.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from sayso.errors import InputError
from sayso.ingest import hidden, offices
from sayso.ingest.articles import unread
from sayso.records import Document, Problem

logging.getLogger("mammoth").addHandler(logging.NullHandler())

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
comment-reference =>
"""
_HEADING = re.compile(r"h([1-6])$")
_MOST_OVER = 50
"""Columns or rows that a cell goes over, at the most."""


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
        package = offices.opened(data)
        body = package.read("word/document.xml")
        said, unseen = _seen(package)
        made = mammoth.convert_to_html(
            _again(package, said) if said else BytesIO(data),
            style_map=_STYLES,
            convert_image=passed_over,
        ).value
        tree = html.fragment_fromstring(made, create_parent="body") if made.strip() else None
        lines = [] if tree is None else [*_html(tree)]
        changes = body.count(b"<w:ins ") + body.count(b"<w:del ")
        title = offices.title(package, "docProps/core.xml")
        others = {
            "pictures": pictures,
            "comments": offices.count(package, "word/comments.xml", b"<w:comment "),
            "heads and feet of pages": offices.headed(
                package, r"word/(?:header|footer)\d*\.xml", "t"
            ),
            "hidden text": unseen,
            "charts": offices.parts(package, r"word/charts/chart\d*\.xml"),
            "files within it": offices.parts(package, r"word/embeddings/.+")
            + body.count(b"<w:altChunk "),
        }
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    except Exception as error:  # a package may be broken anywhere
        yield unread(where, "a document of Word's", error)
        return
    yield from offices.document(lines, title, where, others, changes)


_FORMULA = re.compile(rb"<m:(oMath|oMathPara)\b[^>]*(?<!/)>(.*?)</m:\1>", re.DOTALL)
_FORMULA_TEXT = re.compile(rb"<m:t\b[^>]*>([^<]*)</m:t>")
_TEXTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_STYLES_PART = "word/styles.xml"


def _again(package: zipfile.ZipFile, parts: Mapping[str, bytes]) -> BytesIO:
    """A package anew, with other parts in place of some of it."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys(package.namelist()):
            new.writestr(name, parts[name] if name in parts else package.read(name))
    return made


def _seen(package: zipfile.ZipFile) -> tuple[dict[str, bytes], int]:
    """The parts with text that the library would not read as a reader sees them, as they are to be
    read, and in how many paragraphs text is hidden. It passes over formulas, and a figure may be
    one; and it reads what is hidden."""
    from lxml import etree

    parts = {name: package.read(name) for name in _TEXTS if name in package.namelist()}
    made = {name: _FORMULA.sub(_run, part) for name, part in parts.items() if b"<m:oMath" in part}
    styles = package.read(_STYLES_PART) if _STYLES_PART in package.namelist() else b"<none/>"
    by_style = hidden.words_styles(offices.parsed(styles)) if b"vanish" in styles else {}
    lines = 0
    for name, part in parts.items():
        if by_style or b"vanish" in part or b"w:hidden" in part:
            root = offices.parsed(made.get(name, part))
            if count := hidden.words(root, by_style):
                lines += count
                made[name] = etree.tostring(root)
    return made, lines


def _run(formula: re.Match[bytes]) -> bytes:
    said = b"".join(_FORMULA_TEXT.findall(formula[2]))
    return b'<w:r><w:t xml:space="preserve">' + said + b"</w:t></w:r>"


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
            yield from filter(None, map(offices.row, _grid(element)))
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
            over, down = (min(_number(cell.get(f"{way}span")), _MOST_OVER) for way in _WAYS)
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
    tables = [offices.as_words(_grid(each)) for each in element.iterchildren("table")]
    own = [_inner(part) for part in element if part.tag != "table"]
    return " ".join(" ".join([*own, *tables]).split() or (element.text or "").split())


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
