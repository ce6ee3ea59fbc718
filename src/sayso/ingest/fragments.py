"""A piece of HTML, or of XML that goes by its names, to all of its text: what is sent by mail, or
stands in a feed or in a field, is no page in which an article has to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
_UNREAD = frozenset("head noscript script style template".split())
_TAGS = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|b|i|em|strong|span|a|table)\b[^<>]*>", re.I)
_LONGEST_CELL = 200  # characters; what has longer ones, or lines in them, is set as a table only


def is_marked_up(text: str) -> bool:
    """Whether a text is HTML: whether a tag is in it."""
    return _TAGS.search(text) is not None


def fragment(html: str) -> str:
    """The text of a piece of HTML, its blocks on lines of their own; "" where it has none."""
    from lxml import html as library

    if not html.strip():
        return ""
    # A tag of the head before all others would take what is behind it along.
    return lines(library.fromstring(f"<html><body><div>{html}</div></body></html>"))


def lines(element: Any) -> str:
    """The text of an element and what is in it, its blocks on lines of their own."""
    found = [""]
    for piece in _pieces(element):
        if piece is None:
            found.append("")
        else:
            found[-1] += piece
    told = (" ".join(line.split()) for line in found)
    return "\n".join(line for line in told if line not in ("", "-"))


def plain(text: str) -> str:
    """A title without its tags and entities, on one line."""
    marked = is_marked_up(text) or "&" in text
    return " ".join((fragment(text) if marked else text).split())


def _pieces(element: Any) -> Iterator[str | None]:
    """What stands in an element; None where a line ends."""
    if not isinstance(element.tag, str):
        return
    name = element.tag.rpartition("}")[2].lower()
    if name in _UNREAD:
        return
    if name == "br":
        yield None
        return
    if name == "tr" and (cells := _cells(element)):
        yield from (None, f"| {' | '.join(cells)} |", None)
        return
    if name in _BLOCKS:
        yield from (None, "- " if name == "li" else "")
    yield element.text or ""
    for part in element:
        yield from _pieces(part)
        yield part.tail or ""
    if name in _BLOCKS:
        yield None


def _cells(row: Any) -> list[str]:
    """The cells of a row; [] of one by which a page is only set."""
    found = [lines(cell) for cell in row if cell.tag in ("td", "th")]
    single = all("\n" not in cell and len(cell) <= _LONGEST_CELL for cell in found)
    return found if len(found) > 1 and single else []
