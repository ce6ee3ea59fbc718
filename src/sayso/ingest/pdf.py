"""The text of a PDF, by pypdf.

A PDF knows where letters stand, not what a paragraph is. Lines are joined where no empty line parts
them, words that were broken at the end of a line are made whole, and lines that stand at the top or
the bottom of most pages are left out. Pages without letters (scans) are passed over and said to be,
and so are pages that look to have a table on them: its columns are lost.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from sayso.ingest.articles import LONGEST_TEXT, content_id, fault, unread
from sayso.records import Document, Problem

MOST_PAGES = 500

logging.getLogger("pypdf").addHandler(logging.NullHandler())

_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LINE = re.compile(r"(?<!\n)\n(?!\n)")
_EMPTY = re.compile(r"\n[ \t]*\n\s*")
_NUMBER = re.compile(r"\d+")
_ROW = re.compile(r"[^\W\d][^.?!;:]{,40}?(?:\s+[-–]?\d[\d,.]*%?)+\s*")
_ROWS = 3
"""Lines of a name and numbers that, one under another, look like a table."""


def pdf(data: bytes, where: str) -> Iterator[Document | Problem]:
    """The text of a PDF as one document, or why there is none, and a problem where pages of it have
    no letters. When the file was made says nothing of when its text was published."""
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
            pages.append(one.extract_text())
            size += len(pages[-1])
        told = reader.metadata
        title = (told.title or None) if told else None
    except Exception as error:  # pypdf meets every way a PDF can be broken
        yield unread(where, "a PDF", error)
        return
    text = paragraphs(pages)
    why = fault(text) if text else "has no letters in it: it is pictures of a text"
    if why:
        yield Problem(input=where, message=why)
        return
    yield Document(
        id=content_id(None, text),
        text=text,
        title=str(title).strip() or None if title else None,
    )
    if bare := [number for number, page in enumerate(pages, 1) if not page.strip()]:
        message = f"is not read whole: {len(bare)} of its {len(pages)} pages have no letters"
        yield Problem(input=where, message=f"{message}, page {bare[0]} the first")
    if tables := [number for number, page in enumerate(pages, 1) if _has_table(page)]:
        message = "may have tables in it, whose figures are not read as such"
        yield Problem(input=where, message=f"{message}: page {tables[0]} the first")


def paragraphs(pages: list[str]) -> str:
    """The pages as one text, a paragraph on a line of its own."""
    edges = Counter(edge for page in pages for edge in _edges(page))
    often = {edge for edge, times in edges.items() if times > max(2, len(pages) / 2)}
    kept = []
    for page in pages:
        lines = [line.strip() for line in page.split("\n")]
        kept.append("\n".join(line for line in lines if _pattern(line) not in often))
    text = _EMPTY.sub("\n\n", "\n\n".join(kept))
    text = _LINE.sub(" ", _BROKEN.sub("", text))
    return "\n".join(line.strip() for line in text.split("\n\n") if line.strip())


def _has_table(page: str) -> bool:
    """Whether lines that are a name and numbers stand one under another."""
    rows = (bool(_ROW.fullmatch(line.strip())) for line in page.split("\n"))
    return any(is_row and len([*those]) >= _ROWS for is_row, those in groupby(rows))


def _edges(page: str) -> set[str]:
    """The first and the last line of a page, the numbers in them alike."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return {_pattern(line) for line in (lines[:1] + lines[-1:])}


def _pattern(line: str) -> str:
    return _NUMBER.sub("#", line)
