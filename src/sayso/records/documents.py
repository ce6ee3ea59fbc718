"""Documents as they came, and what came with them."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records.base import Record

Span = tuple[int, int]
"""From the first character to behind the last, in the characters of the text."""

BlockKind = Literal["heading", "paragraph", "item", "row", "caption", "quotation", "post", "note"]


class Block(Record, frozen=True, kw_only=True):
    """A part of a document's text by its shape: a span of it.

    `level` is that of a heading, 1 the highest, or how deep an item stands in its list. A row has
    its `cells` as spans, those that are empty too, and in the same order what stands over its
    columns; of "Dead: 4" the label is the head. A post of a live page, with all that stands in
    it, and a heading that is a day have their `moment` (ISO)."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    cells: tuple[Span, ...] = ()
    heads: tuple[Span, ...] = ()
    moment: str | None = None


class Document(Record, frozen=True, kw_only=True):
    """One article as an outlet published it.

    `updated` is when it says that it was last changed, `byline` who wrote it, `captions` stand
    under its pictures, not in `text`, `mended` are those fields (`MENDED`) that a person put.
    `blocks` are the parts of the text as its format tells them, in text order; () where that tells
    no more than the text itself shows (`sayso.shapes`)."""

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    updated: str | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


class Heading(Record, frozen=True, kw_only=True):
    """A document without its text, as a reading carries it."""

    id: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    mended: tuple[str, ...] = ()


class Problem(Record, frozen=True, kw_only=True):
    """Something that could not be read: which input, and why, in words."""

    input: str
    message: str


KEPT_HEADERS = ("content-type", "date", "etag", "last-modified", "server")
"""What is kept of the headers of a page: what it is, and what tells one version from another."""


class Capture(Record, frozen=True, kw_only=True):
    """A document and the bytes that it was read from, None where they are not to be kept; where
    they were fetched, when (UTC), and what the server said of them (`KEPT_HEADERS`)."""

    document: Document
    raw: bytes | None
    retrieved: str | None = None
    headers: dict[str, str] = msgspec.field(default_factory=dict)
