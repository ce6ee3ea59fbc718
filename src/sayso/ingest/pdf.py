"""The text of a PDF, by pypdf.

A PDF knows where letters stand, not what a paragraph is: `printed` makes a text of the lines of a
page as they stand on it. What `heads` finds to be running heads is left out, and said to be. Lines
that are set larger than most, or alone are bold, are headings. Pages without letters (scans) are
passed over and said to be, and so are tables that are not understood.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from sayso.ingest.articles import LONGEST_TEXT, content_id, fault, title_told, unread
from sayso.ingest.heads import running
from sayso.ingest.printed import follow, printed, squeezed
from sayso.records import Document, Problem
from sayso.shapes.blocks import MOST_WORDS

MOST_PAGES = 500

logging.getLogger("pypdf").addHandler(logging.NullHandler())

_CLOSED = re.compile(r"[.?!;,]\s*$")
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
        beside = _beside(reader)
        about = reader.metadata
        title = (about.title or None) if about else None
    except Exception as error:  # pypdf meets every way a PDF can be broken
        yield unread(where, "a PDF", error)
        return
    heads = _running(pages)
    text, tables = paragraphs(pages, heads)
    why = fault(text) if text else "has no letters in it: it is pictures of a text"
    if beside:
        yield Problem(input=where, message=beside)
    if why:
        yield Problem(input=where, message=why)
        return
    yield Document(
        id=content_id(None, text),
        text=text,
        title=title_told(str(title)) if title else None,
    )
    if bare := [n for n, page in enumerate(pages, 1) if not any(map(str.strip, page.lines))]:
        message = f"is not read whole: {len(bare)} of its {len(pages)} pages have no letters"
        yield Problem(input=where, message=f"{message}, page {bare[0]} the first")
    if left_out := _left_out(pages, heads):
        yield Problem(input=where, message=left_out)
    if tables:
        message = "has what may be tables in it, whose figures are not read as such"
        yield Problem(input=where, message=f"{message}: page {tables[0]} the first")


def _beside(reader: Any) -> str | None:
    """What is told of text that stands on the pages and is no part of them: what somebody filled
    into a form, or put over a page as a note."""
    fields = (reader.get_fields() or {}).items()
    filled = [(name, said) for name, field in fields if field.get("/FT") in ("/Tx", "/Ch")
              and (said := " ".join(str(field.get("/V") or "").split()))]  # fmt: skip
    notes = [
        " ".join(str(note.get("/Contents") or "").split())
        for page in reader.pages
        for note in (one.get_object() for one in page.get("/Annots") or ())
        if note.get("/Subtype") == "/FreeText"
    ]
    told = []
    if filled:
        name, said = filled[0]
        told.append(
            f"fields of a form filled in ({len(filled):,}; {name!r} says {said[:_SHOWN]!r})"
        )
    if notes := [*filter(None, notes)]:
        told.append(f"notes put over its pages ({len(notes):,}; {notes[0][:_SHOWN]!r})")
    return f"has {' and '.join(told)}, which are not read" if told else None


def _running(pages: Sequence[_Page]) -> list[set[int]]:
    """The lines of each page that are its running heads; what would leave nothing is none."""
    heads = running([page.lines for page in pages])
    left = any(line.strip() for page, out in zip(pages, heads, strict=True)
               for at, line in enumerate(page.lines) if at not in out)  # fmt: skip
    return heads if left else [set() for _ in pages]


def _left_out(pages: Sequence[_Page], heads: Sequence[set[int]]) -> str | None:
    """What is told of the running heads: how many, and the one with the most words."""
    lines = [" ".join(page.lines[at].split()) for page, out in zip(pages, heads, strict=True)
             for at in sorted(out)]  # fmt: skip
    if not lines:
        return None
    told = max(lines, key=lambda line: len(line.split()))[:_SHOWN]
    return f"has running heads, which are left out: {len(lines):,} lines such as {told!r}"


_SHOWN = 100
"""Characters that are shown of what is told."""


def paragraphs(pages: Sequence[_Page], heads: Sequence[set[int]]) -> tuple[str, list[int]]:
    """The pages as one text, a paragraph on a line of its own, and the pages on which a table could
    not be understood; `heads` are lines of each that are left out. What goes on over the end of a
    page is one paragraph."""
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
