"""Which lines of a PDF's pages are running heads: what stands at the edge of most pages is of the
report and not of its text.

Only the outermost line of a page may be one, and what comes to be the outermost where that is one.
It has the same words at the same edge of most pages, of most left ones or of most right ones. A
number in it may rise with the pages where it is the page's: it stands alone, apart from the words
at the end of the line, or after "page". Any other line whose number rises tells something each
time, and so does a row of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sayso.ingest.printed import is_row, squeezed
from sayso.lexicon import LANGUAGE, table

_NUMBER = re.compile(r"\d{1,18}")
_APART = re.compile(r" {2,}|\t|\s[|•·–—-]\s")
_DEEPEST = 3
"""Lines at the top and at the bottom of a page that may be its running heads."""

Page = Sequence[str]
"""The lines of a page as they stand on it."""


class _Edge(NamedTuple):
    """The outermost line of a page, the numbers in it, and the line that stands next to it."""

    page: int
    line: int
    said: str
    numbers: tuple[int, ...]
    next: str


def running(pages: Sequence[Page]) -> list[set[int]]:
    """Which lines of each page, by their number on it, are its running heads."""
    found: list[set[int]] = [set() for _ in pages]
    for side in (1, -1):
        for _ in range(_DEEPEST):
            alike: dict[str, list[_Edge]] = {}
            for edge in _outermost(pages, found, side):
                alike.setdefault(squeezed(_NUMBER.sub("#", edge.said)), []).append(edge)
            heads = [edge for edges in alike.values() for edge in _heads(edges, len(pages))]
            for edge in heads:
                found[edge.page].add(edge.line)
            if not heads:
                break
    return found


def _outermost(pages: Sequence[Page], found: Sequence[set[int]], side: int) -> Iterator[_Edge]:
    """The first line of each page that is not found yet, or with a `side` of -1 the last."""
    for n, page in enumerate(pages):
        full = [at for at, line in enumerate(page) if line.strip() and at not in found[n]][::side]
        if full:
            said = page[full[0]]
            numbers = tuple(map(int, _NUMBER.findall(said)))
            yield _Edge(n, full[0], said, numbers, page[full[1]] if len(full) > 1 else "")


def _heads(edges: Sequence[_Edge], pages: int) -> Iterator[_Edge]:
    """Those of lines that are alike but for their numbers that are running heads."""
    for edge in edges:
        again = [other for other in edges if _is_again(edge, other)]
        if _is_often([other.page for other in again], pages) and not _is_table(edge, again):
            yield edge


def _is_table(edge: _Edge, again: Sequence[_Edge]) -> bool:
    """Whether a line is a row of figures, which is a head only with the number of its page, or
    stands against one on every page, as the heads of columns do."""
    if _paged().search(edge.said):
        return False
    numbered = any(edge.numbers != other.numbers for other in again)
    parts = len(_APART.split(edge.said.strip())) > 1
    return (is_row(edge.said) and not numbered) or (parts and all(is_row(at.next) for at in again))


def _is_often(there: Sequence[int], pages: int) -> bool:
    """Whether these are most of the pages, or at least two that are most of the left or right."""
    if len(there) < 2:
        return False
    odd = sum(page % 2 for page in there)
    sides = ((odd, pages // 2), (len(there) - odd, pages - pages // 2))
    return 2 * len(there) > pages or any(some > 1 and 2 * some > of for some, of in sides)


def _is_again(edge: _Edge, other: _Edge) -> bool:
    """Whether the other is the same line, but for the number of its page."""
    rise = other.page - edge.page
    pairs = enumerate(zip(edge.numbers, other.numbers, strict=True))
    risen = [(n, b - a) for n, (a, b) in pairs if a != b]
    return not risen or (
        len(risen) == 1
        and risen[0][1] == rise
        and all(_is_pages(said, risen[0][0]) for said in (edge.said, other.said))
    )


def _is_pages(line: str, which: int) -> bool:
    """Whether this number of a line stands in it as that of a page does."""
    at = [*_NUMBER.finditer(line)][which].start()
    if any(found.end() == at for found in _paged().finditer(line)):
        return True
    gaps = [found.span() for found in _APART.finditer(line)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(line)]
    parts = [(a, b) for a, b in zip(starts, ends, strict=True) if line[a:b].strip()]
    own = next(part for part in parts if part[0] <= at < part[1])
    alone = _alone().fullmatch(line, own[0], own[1])
    return own in (parts[0], parts[-1]) and alone is not None and alone.start(1) == at


@cache
def _paged() -> re.Pattern[str]:
    words = "|".join(map(re.escape, table("pages", LANGUAGE)["page"]))
    return re.compile(rf"(?i)(?<!\w)(?:{words})\.?\s*(?=\d)")


@cache
def _alone() -> re.Pattern[str]:
    """A number, and of how many it may be."""
    words = "|".join(map(re.escape, table("pages", LANGUAGE)["of_pages"]))
    return re.compile(rf"(?i)\W*(\d+)(?:\s*(?:/|{words})\s*\d+)?\W*")
