"""The text of a PDF, by pypdf.

A PDF knows where letters stand, not what a paragraph is: `printed` makes a text of the lines of a
page as they stand on it. Lines that stand at the top or the bottom of many pages are left out, and
so are their numbers. Lines that are set larger than most, or alone are bold, are headings. Pages
without letters (scans) are passed over and said to be, and so are tables that are not understood.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from sayso.ingest.articles import LONGEST_TEXT, content_id, fault, unread
from sayso.ingest.printed import follow, is_row, printed, squeezed
from sayso.records import Document, Problem
from sayso.shapes.blocks import MOST_WORDS

MOST_PAGES = 500

logging.getLogger("pypdf").addHandler(logging.NullHandler())

_NUMBER = re.compile(r"\d+")
_CLOSED = re.compile(r"[.?!;,]\s*$")
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be its running heads."""

_LARGER = 1.15
"""How much larger than most of the text a heading is set, at the least."""

_LOST = 0.98
"""The share of a page's letters that its layout has, at the least, for it to be read by that."""


class _Page(NamedTuple):
    """The lines of a page as they stand on it, and those set as headings, without their spaces,
    by their size."""

    lines: list[str]
    headings: dict[str, float]


def pdf(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of a PDF as one document, or why there is none, and a problem where pages of it have
    no letters or tables are not understood. When the file was made says nothing of when its text
    was published."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield Problem(input=where, message="is locked by a password")
            return
        pages, size = [], 0
        for number, one in enumerate(reader.pages):
            if number >= MOST_PAGES or size > LONGEST_TEXT:
                yield Problem(input=where, message=f"is longer than {MOST_PAGES} pages")
                return
            pages.append(_page(one))
            size += sum(map(len, pages[-1].lines))
        about = reader.metadata
        title = (about.title or None) if about else None
    except Exception as error:  # pypdf meets every way a PDF can be broken
        yield unread(where, "a PDF", error)
        return
    text, tables = paragraphs(pages)
    why = fault(text) if text else "has no letters in it: it is pictures of a text"
    if why:
        yield Problem(input=where, message=why)
        return
    yield Document(
        id=content_id(None, text),
        text=text,
        title=str(title).strip() or None if title else None,
    )
    if bare := [n for n, page in enumerate(pages, 1) if not any(map(str.strip, page.lines))]:
        message = f"is not read whole: {len(bare)} of its {len(pages)} pages have no letters"
        yield Problem(input=where, message=f"{message}, page {bare[0]} the first")
    if tables:
        message = "has what may be tables in it, whose figures are not read as such"
        yield Problem(input=where, message=f"{message}: page {tables[0]} the first")


def paragraphs(pages: Sequence[_Page]) -> tuple[str, list[int]]:
    """The pages as one text, a paragraph on a line of its own, and the pages on which a table could
    not be understood. What goes on over the end of a page is one paragraph."""
    heads = _running(pages)
    if not any(line.strip() for page, out in zip(pages, heads, strict=True)
               for at, line in enumerate(page.lines) if at not in out):  # fmt: skip
        heads = [set() for _ in pages]  # what would leave nothing is no running head
    found: list[str] = []
    unclear: list[int] = []
    sizes = sorted({size for page in pages for size in page.headings.values()}, reverse=True)
    for n, page in enumerate(pages):
        kept = ["" if at in heads[n] else line for at, line in enumerate(page.lines)]
        levels = {line: min(6, 1 + sizes.index(size)) for line, size in page.headings.items()}
        lines, tables = printed(kept, levels, found[-1] if found else "")
        follow(found, lines)
        unclear += [n + 1] if tables else []
    return "\n".join(found), unclear


def _running(pages: Sequence[_Page]) -> list[set[int]]:
    """Which lines of each page are its running heads: they stand at its edges, and again on at
    least two pages in five, with the same numbers or with such as go up with the pages. A row of
    figures does so only with the number of its page."""
    alike: dict[str, list[_Edge]] = {}
    for n, page in enumerate(pages):
        full = [at for at, line in enumerate(page.lines) if line.strip()]
        for at in {*full[:_EDGE], *full[-_EDGE:]}:
            line = squeezed(page.lines[at])
            numbers = [int(found) for found in _NUMBER.findall(line)]
            alike.setdefault(_NUMBER.sub("#", line), []).append(_Edge(n, at, numbers))
    found: list[set[int]] = [set() for _ in pages]
    for edges in alike.values():
        for edge in edges:
            often = {other.page for other in edges if edge.is_again(other)}
            line = pages[edge.page].lines[edge.line]
            numbered = any(edge.numbers != other.numbers for other in edges)
            if len(often) >= max(2, 0.4 * len(pages)) and (numbered or not is_row(line)):
                found[edge.page].add(edge.line)
    return found


class _Edge(NamedTuple):
    """A line at an edge of a page, and the numbers in it."""

    page: int
    line: int
    numbers: list[int]

    def is_again(self, other: _Edge) -> bool:
        """Whether the other is the same line, on its own page."""
        pairs = zip(self.numbers, other.numbers, strict=True)
        return all(b - a in (0, other.page - self.page) for a, b in pairs)


def _page(page: Any) -> _Page:
    """The lines of a page by its layout; where that lost letters, in the order of the file."""
    chunks: list[tuple[str, float, bool]] = []

    def met(text: str, around: list[float], own: list[float], font: Any, size: float) -> None:
        name = str(font.get("/BaseFont", "")) if font else ""
        chunks.append((text, round(size * abs(own[3] * around[3]), 1), "Bold" in name))

    plain = page.extract_text(visitor_text=met)
    try:
        laid = page.extract_text(extraction_mode="layout")
    except Exception:  # what the one way cannot read the other may
        laid = ""
    letters, kept = (sum(map(str.isalnum, text)) for text in (plain, laid))
    return _Page((laid if kept >= _LOST * letters else plain).split("\n"), _headings(chunks))


def _headings(chunks: Sequence[tuple[str, float, bool]]) -> dict[str, float]:
    """The lines of a page that are set as headings are, with their size; bold ones of the size of
    the text are a little larger than that."""
    letters: Counter[tuple[float, bool]] = Counter()
    lines: list[list[tuple[str, float, bool]]] = [[]]
    for text, size, bold in chunks:
        letters[size, bold] += sum(map(str.isalpha, text))
        for n, part in enumerate(text.split("\n")):
            if n:
                lines.append([])
            if part.strip():
                lines[-1].append((part, size, bold))
    if not letters:
        return {}
    (most, heavy), _ = letters.most_common(1)[0]
    found: dict[str, float] = {}
    for line in filter(None, lines):
        said = "".join(part for part, _, _ in line)
        least = min(size for _, size, _ in line)
        bold = all(bold for _, _, bold in line) and not heavy and least >= most
        large = least >= _LARGER * most
        short = any(map(str.isalnum, said)) and len(said.split()) <= MOST_WORDS
        if (large or bold) and short and not _CLOSED.search(said):
            found[squeezed(said)] = least if large else most + 0.1
    return found
