"""The text of a printed page, from its lines as they stand on it: in a fixed width, column under
column, as pypdf lays them out.

Where the same columns stay empty in line under line, something stands side by side: a table, if
figures stand in it, else columns of prose, which are read one after the other. A row comes out with
bars between its cells, an item of a list behind a hyphen, a paragraph on a line of its own. A table
whose heads or cells do not each lie in one column comes out as its lines, and is told of: nothing
is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from sayso.lexicon import LANGUAGE, table
from sayso.records import Span
from sayso.shapes.blocks import NAME_WORDS, NOTED, NUMBER

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(rf"(?:{NUMBER}(?:{NOTED})?\s?%?(?:\s?\([^)]*\))?|[-–—])$")
# A bullet of a font of its own has a letter of private use, or none at all.
_BULLET = re.compile(r"\s*(?:[•·●▪■◦‣►*–—\x7f\ue000-\uf8ff-]\s+|o {2,})+(?=\S)")
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\S)")
_CLOSED = re.compile(r"[.?!:;][”\")]*$")
_NAME_AND_NUMBERS = re.compile(r"[^\W\d][^.?!;:]{,40}?(?:\s+[-–]?\d[\d,.]*%?)+\s*")
_LIGATURES = str.maketrans(dict(enumerate("ff fi fl ffi ffl st st".split(), 0xFB00)))

_ROWS = 3
"""Lines of a name and numbers that, one under another, look like a table."""

_HEADS = 4
"""Lines that the heads of a table take, at the most."""

_BOTH = 3
"""Lines with words on both sides of a gap that make columns of prose, at the least."""

_BESIDE = 2.5
"""Words on either side of such a gap, on average, at the least."""

_FULL = 0.75
"""The share of its column's width that a line fills which goes on in the next."""


_INDENT = 2
"""Columns by which an item stands further in than those of its list, at the least."""


def printed(
    lines: Sequence[str], headings: Mapping[str, int], before: str = ""
) -> tuple[list[str], int]:
    """The lines of a page's text, each a paragraph, a heading, an item or a row, and how many
    tables could not be understood. `headings` are the lines that are set as headings are, without
    their spaces, with their levels; `before` is the last line of the page before: under a row of
    as many cells, a table goes on without its heads."""
    unread: list[int] = []
    plain = [line.rstrip().translate(_LIGATURES) for line in lines]
    while plain and not plain[0]:
        plain = plain[1:]
    wide = before.count("|") - 1 if before.startswith("|") else 0
    return [*_flow(plain, headings, unread, wide)], len(unread)


def whole(lines: Sequence[str]) -> str:
    """Lines joined, with the words whole that were broken at their ends; a hyphen is kept where
    what it joins is no one word ("Al-Nur", "twenty-four")."""
    text = "\n".join(line.strip() for line in lines).replace("\xad\n", "")
    kept = table("pages", LANGUAGE)["hyphened"]

    def joined(found: re.Match[str]) -> str:
        before, after = found.groups()
        one = before[-1:].islower() and after.islower() and before.lower() not in kept
        return f"{before}{'' if one else '-'}{after}"

    return " ".join(re.sub(r"(\w+)-\n(\w)", joined, text).split())


def follow(found: list[str], lines: list[str]) -> None:
    """Add lines to those before them, from the page or the column before; what goes on in them is
    one paragraph."""
    if found and lines and lines[0][:1].islower() and not found[-1].endswith(_LAST):
        found[-1] = whole([found[-1], lines.pop(0)])
    found += lines


_LAST = (".", "?", "!", ":", ";", "”", "|")


def _flow(
    lines: Sequence[str], headings: Mapping[str, int], unread: list[int], wide: int = 0
) -> Iterator[str]:
    """The lines of a page, or of one of its columns, in the order in which they are read; `wide`
    is how many columns a table has that goes on in them."""
    at = plain = 0
    while at < len(lines):
        if found := _table(lines, at, 0 if at else wide):
            yield from _prose(lines[plain:at], headings, unread)
            end, rows = found
            if not rows:
                unread.append(at)
            yield from rows or (" ".join(line.split()) for line in lines[at:end] if line)
        elif beside := _columns(lines, at, headings):
            begin, end, sides = beside
            yield from _prose(lines[plain : max(plain, begin)], headings, unread)
            text: list[str] = []
            for side in sides:
                follow(text, [*_flow(side, headings, unread)])
            yield from text
        else:
            at += 1
            continue
        at = plain = end
    yield from _prose(lines[plain:], headings, unread)


def _segments(line: str) -> list[Span]:
    """What stands on a line with at least two spaces between."""
    return [found.span() for found in _SEGMENT.finditer(line)]


# Tables.


def is_row(line: str) -> bool:
    """Whether a line has a figure beside something else, and nothing too long for a cell."""
    each = [line[a:b] for a, b in _segments(line)]
    return (
        len(each) > 1
        and not _BULLET.match(line)
        and any(_FIGURE.match(text) for text in each)
        and all(len(text.split()) <= NAME_WORDS["cell"] for text in each)
    )


def _table(lines: Sequence[str], at: int, wide: int) -> tuple[int, list[str]] | None:
    """Where the table ends that begins with a line, if one does, and its rows; none of one that
    cannot be understood."""
    alone = len(_segments(lines[at])) < 2
    if _BULLET.match(lines[at]) or (
        alone and (not lines[at].startswith(" ") or lines[at + 1 : at + 2] in ([], [""]))
    ):
        return None
    heads: list[str] = []
    first = at
    while first < len(lines) and not is_row(lines[first]):
        line = lines[first]
        short = all(len(line[a:b].split()) <= NAME_WORDS["cell"] for a, b in _segments(line))
        if not short or _BULLET.match(line) or len(heads) > _HEADS:
            return None
        heads += [line] if line else []
        first += 1
    columns: list[Span] = []
    rows: list[int] = []
    for n in range(first, len(lines)):
        if is_row(lines[n]):
            both = _merged([*columns, *_segments(lines[n])])
            if rows and len(both) < 2:
                break
            columns, rows = both, [*rows, n]
        elif lines[n] and not _lies_in(lines[n], columns):
            break
    under = _over(_segments(lines[at])[0], columns) if alone and len(rows) > 1 else [1]
    if len(rows) < 2 or len(under) != 1 or under == [0]:
        return None
    end = rows[-1] + 1
    # What goes on in the last row's cells on further lines, with no empty line between.
    while (
        end < len(lines) and lines[end] and _lies_in(lines[end], columns) and _goes_on(lines[end])
    ):
        end += 1
    top = _heads(heads, columns)
    body = _body(lines[first:end], columns)
    if top is None or body is None or len(columns) < 2:
        return end, []
    bars = [top, ["-" * 3] * len(columns)] if top else []
    labels = len(columns) == 2 and all(_FIGURE.match(row[1]) for row in body)
    if not bars and not labels and len(columns) != wide:
        return end, []
    return end, [f"| {' | '.join(cells)} |" for cells in (*bars, *body)]


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The columns that these spans take, where less than two spaces part no two of them."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1] + 2:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _lies_in(line: str, columns: Sequence[Span]) -> bool:
    """Whether each part of a line stands in one of the columns, and none is prose."""
    each = _segments(line)
    return all(
        len(_over(span, columns)) == 1 and len(line[slice(*span)].split()) <= NAME_WORDS["cell"]
        for span in each
    )


def _over(span: Span, columns: Sequence[Span]) -> list[int]:
    return [n for n, (start, end) in enumerate(columns) if span[0] < end and start < span[1]]


def _goes_on(line: str) -> bool:
    return line.strip()[:1].islower()


def _cells(line: str, columns: Sequence[Span]) -> list[str] | None:
    """What stands in each column of a line; None where something stands over two, or two things
    in one."""
    cells = [""] * len(columns)
    for start, end in _segments(line):
        under = _over((start, end), columns)
        if len(under) != 1 or cells[under[0]]:
            return None
        cells[under[0]] = line[start:end]
    return cells


def _heads(lines: Sequence[str], columns: Sequence[Span]) -> list[str] | None:
    """The heads of the columns, over whose figures they may stand to the left or the right; [] of
    none, None where one cannot be told apart from the next."""
    found: list[list[str]] = [[] for _ in columns]
    each = [_segments(line) for line in lines]
    if any(len(over) < len(under) for over, under in pairwise(each)):
        return None  # what stands over others may be for several of them
    for line, spans in zip(lines, each, strict=True):
        under = [_over(span, columns) for span in spans]
        if len(spans) == len(columns):
            under = [[n] for n in range(len(columns))]
        elif len(spans) == len(columns) - 1 and not all(len(each) == 1 for each in under):
            under = [[n] for n in range(1, len(columns))] if spans[0][0] >= columns[0][1] else under
        taken = [each[0] for each in under if len(each) == 1]
        if len(set(taken)) != len(spans):
            return None
        for n, (start, end) in zip(taken, spans, strict=True):
            found[n].append(line[start:end])
    heads = [whole(each) for each in found]
    return heads if any(heads) else []


def _body(lines: Sequence[str], columns: Sequence[Span]) -> list[list[str]] | None:
    """The rows under the heads, with the cells that go on in further lines; None where something
    stands in no one column, or a row has figures and its name is on the lines around it."""
    parted = sum(is_row(line) and n > 0 and not lines[n - 1] for n, line in enumerate(lines))
    apart = 2 * parted >= sum(map(is_row, lines))
    found: list[list[str]] = []
    after = True
    for line in lines:
        if not line:
            after = True
            continue
        cells = _cells(line, columns)
        if cells is None:
            return None
        bare = not is_row(line)
        if found and bare and (_goes_on(line) or (apart and not after)):
            pairs = [*zip(found[-1], cells, strict=True)]
            if any(part and not above for above, part in pairs):
                return None
            found[-1] = [whole([part for part in pair if part]) for pair in pairs]
        else:
            found.append(cells)
        after = False
    named = [bool(cells[0]) for cells in found]
    return found if all(named) or not any(named) else None


# Columns of prose.


def _columns(
    lines: Sequence[str], at: int, headings: Mapping[str, int]
) -> tuple[int, int, list[list[str]]] | None:
    """Where the prose in columns begins and ends that a line with a gap is of, if it is, and the
    lines of what stands to the left and to the right of that gap."""
    each = _segments(lines[at])
    for (_, start), (stop, _) in pairwise(each):
        end, start, stop = _beside(lines, at, (start, stop), headings)
        sides = [[line[:stop].rstrip() for line in lines[at:end]],
                 [line[stop:] for line in lines[at:end]]]  # fmt: skip
        both = [words for pair in zip(*sides, strict=True) if all(words := [*map(str.split, pair)])]
        if len(both) >= _BOTH and all(
            sum(len(words[n]) for words in both) >= _BESIDE * len(both) for n in (0, 1)
        ):
            begin = at  # what stands above to the right alone is of the right column
            while begin and not lines[begin - 1][:stop].strip():
                begin -= 1
            above = [line[stop:] for line in lines[begin:at]]
            return begin, end, [sides[0], [*above, *sides[1]]]
    return None


def _beside(
    lines: Sequence[str], at: int, gap: Span, headings: Mapping[str, int]
) -> tuple[int, int, int]:
    """Where the lines end that leave a gap empty, or part of it, and that part."""
    start, stop = gap
    end = n = at
    while n < len(lines):
        line, each = lines[n], _segments(lines[n])
        low = max([start, *(b for a, b in each if a < start)])
        high = min([stop, *(a for a, _ in each if a >= start)])
        if high - low < 2 or (squeezed(line) in headings and not _has_neighbours(lines, n)):
            break
        if line[high:]:
            end = n + 1
        elif line and n > end and not lines[n - 1] and len(line) < _FULL * low:
            break  # a short line alone below the columns
        start, stop, n = low, high, n + 1
    while end < n and lines[end]:
        end += 1
    return end, start, stop


def _has_neighbours(lines: Sequence[str], n: int) -> bool:
    return any(0 <= m < len(lines) and lines[m] for m in (n - 1, n + 1))


# Prose.


def _prose(lines: Sequence[str], headings: Mapping[str, int], unread: list[int]) -> Iterator[str]:
    """Lines that stand under one another as paragraphs, headings and items."""
    full = [n for n, line in enumerate(lines) if line]
    spaced = 4 * sum(n > 0 and not lines[n - 1] for n in full) > 3 * len(full) > 12
    width = max((len(" ".join(lines[n].split())) for n in full), default=0)
    levels: list[int] = []
    for indent in sorted(found.end() for n in full if (found := _BULLET.match(lines[n]))):
        levels += [indent] if not levels or indent > levels[-1] + _INDENT else []
    alike = groupby(full, key=lambda n: bool(_NAME_AND_NUMBERS.fullmatch(lines[n].strip())))
    unread += [0 for is_row, those in alike if is_row and len([*those]) >= _ROWS]
    block: list[str] = []
    mark, item, title = "", None, 0
    for n in full:
        line, level = lines[n], headings.get(squeezed(lines[n]), 0)
        bullet = _BULLET.match(line)
        after = n > 0 and not lines[n - 1] and not spaced
        begins = (
            bullet
            or _NUMBERED.match(line)
            or after
            or level != title
            or (item is not None and _indent(line) < item)
            or (bool(block) and not title and _ends(block[-1], line, width))
        )
        if block and begins:
            yield mark + whole(block)
            block = []
        if begins or not block:
            item = _indent(line) if bullet else None
            deep = bisect(levels, bullet.end()) if bullet else 0
            mark = "  " * (deep - 1) + "- " if deep else "#" * level + " " * bool(level)
        block.append(line[bullet.end() :] if bullet else line)
        title = level
    if block:
        yield mark + whole(block)


def _ends(line: str, under: str, width: int) -> bool:
    """Whether a paragraph ends with a line: there was room in it for the first word of the next,
    which begins as a sentence does, or the line ends as one."""
    words = under.split()
    room = len(" ".join(line.split())) + len(words[0]) < _FULL * width
    return room and (not words[0][:1].islower() or bool(_CLOSED.search(line)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def squeezed(line: str) -> str:
    """A line without its spaces, by which it is known in whatever order it was found."""
    return "".join(line.split())
