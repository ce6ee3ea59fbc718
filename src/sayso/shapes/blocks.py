"""The shape of a text: where its headings, paragraphs, items of lists and rows of tables stand.

A pure function of the text, for whatever says no more of its shape than its characters do: plain
text, Markdown, and the text of a page, whose lists and tables come in the same marks. A block is a
span of that text; no letter is changed. Blocks do not overlap, and outside them stand only white
space and the marks of the shape itself: bullets, bars, rules.

A block ends at each line break, or, where lines are wrapped to a width as in mail, at each empty
line and wherever a line shows by its marks that another block begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from sayso.lexicon import LANGUAGE, harm, table
from sayso.records import Block, BlockKind, Document, Span

MOST_WORDS = 12
"""Words of a heading that no mark tells from a paragraph."""

_LEADING = 4
"""Words of a heading that ends in a colon; what is longer leads in what follows."""

_LABEL_WORDS = 7
"""Words before the colon of "Civilians reported killed: 13", at the most."""

_LINE = re.compile(r"[^\n]+")
# A line break inside a sentence, as far as marks tell, and the letter it stands before.
_BREAK = re.compile(r"[^\s.?!:;”\"][ \t]*\n[ \t]*(\w)")
_DOTS = "-*+•·●○▪▫■□◾◽◼◻◆◇‣►▶➤➢➔→»✔✓🔸🔹🔴–—"
_BULLET = re.compile(rf"(?:[{_DOTS}]\uFE0F?|\(?(?:\d{{1,3}}|[a-z])[.)])[ \t]+(?=\S)")
_MARKED = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]*)+(?=\S)")
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,})$")
_RULE = re.compile(r"[\s|:+=-]*[-=]{2,}[\s|:+=-]*$")
_GAP = re.compile(r"\t+|\s*\|\s*|[ \xa0]{2,}|[ \xa0];[ \xa0]")
_TAB = re.compile(r"\t")
_ENDS = (".", "?", "!", ";", ",", "…", "”", '"')

NUMBER = r"(?:[<>~≥≤]\s*)?\d[\d,.’' ]*(?:\s*[-–—]\s*\d[\d,]*)?\+?"
"""A number as tables and lists have it: "1,234", "13 - 46", "~40", "200+"."""

NOTED = r"\s?(?:[*†‡§¶]+|[¹²³⁴⁵⁶⁷⁸⁹]+|\[[\da-z]{1,2}\])"
"""The mark of a footnote behind a number: "12*", "3 [1]"."""

_ALONE = re.compile(rf"(?!\d{{1,2}}\.\d\d$){NUMBER}(?:{NOTED})?$")  # "14.30" is a time
_TOLD = rf"(?P<number>{NUMBER})(?P<aside>\s*\([^)]*\))?(?=[ \t]*(?:[/;,.|•][ \t]|[.;]?$))"
_PAIR = re.compile(
    r"(?P<label>[^\W\d](?:[^:=|/;\d\n]|(?<=[ \t])\d{1,2}(?=[ \t]))*?(?:\([^)\d]*\))?)[ \t]*"
    rf"(?:[:=]|\.{{3,}}|…|[ \t][-–—][ \t])[ \t]*{_TOLD}"
)
_BARE = re.compile(rf"(?P<label>[^\W\d][^:=|/;,\d\n]*?)[ \t]+{_TOLD}")
"""Pairs without a mark between the two: only several on one line are such, "Women 11; men 137"."""
_BARE_WORDS = 3
"""Words of such a label, at the most: "police put the toll at 19, others at 27" is none."""

_WHOM = re.compile(
    rf"(?P<label>[^\W\d][^:\d\n]*?)[ \t]*:[ \t]*(?P<told>{NUMBER}[ \t]+[^\W\d]+)[.;]?"
)
"""A label with those whom it counts behind their number: "Missing: 2 shopkeepers"."""

_TAIL = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,2}:?")
"""What may stand behind the last pair: "Dead: 12, of whom"."""

_LEADS = re.compile(r"[^\W\d][^:|/;\d\n]{2,40}:[ \t]+")
"""What may stand before such: "Of the dead: men 9, women 3"."""

_PAIRED = 5_000
"""Characters of a line that is looked at for pairs: some hundred of them. What opens brackets and
closes none takes as long as the square of that."""

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BETWEEN = re.compile(r"[ \t]*[/;,.|•]*[ \t]*")


class _Line(NamedTuple):
    """A line without the white space around it; `after` is whether an empty one stands above it,
    `indent` how far in it begins."""

    start: int
    end: int
    text: str
    after: bool
    indent: int


def shape(document: Document) -> tuple[Block, ...]:
    """The blocks of a document: what its format told, else what its text shows."""
    return document.blocks or blocks(document.text)


def parting(text: str) -> int:
    """How many line breaks part two paragraphs: 2 where lines are wrapped to a width, else 1.

    A text is wrapped, as e-mail is, if most of its line breaks that end no sentence stand before a
    small letter.
    """
    breaks: list[str] = _BREAK.findall(text)
    return 2 if 2 * sum(after.islower() for after in breaks) > len(breaks) else 1


@lru_cache(8)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in its order."""
    lines = list(_lines(text))
    wrapped = parting(text) > 1
    tables = _tables(lines)
    found: list[Block] = []
    at = 0
    while at < len(lines):
        if rows := tables.get(at):
            found += _rows(text, lines[at : at + rows])
            at += rows
            continue
        at += _one(lines, at, wrapped, tables, found)
    return tuple(_headed(text, _paired(text, found)))


LeafKind = BlockKind | Literal["head", "cell"]


NAME_WORDS: Mapping[str, int] = {"head": 12, "cell": 8}
"""Words of a name or a label in a row, at the most; what is longer is prose in a table."""


class Leaf(NamedTuple):
    """A span that sentences stand in: of a block, or of a cell. `kind` is that of its block, "head"
    of what stands over a column or before a colon, and "cell" of what stands under such."""

    start: int
    end: int
    kind: LeafKind
    block: int


@lru_cache(8)
def leaves(text: str) -> tuple[Leaf, ...]:
    """The spans of a text that sentences stand in, none over two blocks or two cells; figures that
    stand alone in a cell are no sentence."""
    found: list[Leaf] = []
    for n, block in enumerate(blocks(text)):
        if block.kind != "row":
            cuts = [cut.start() for cut in _glued().finditer(text, block.start, block.end)]
            edges = pairwise((block.start, *cuts, block.end))
            found += [Leaf(*edge, block.kind, n) for edge in edges]
            continue
        own = [span for span in block.heads if block.start <= span[0] < block.end]
        under: LeafKind = "cell" if block.heads else "head"
        each: list[tuple[Span, LeafKind]] = [(span, "head") for span in own]
        each += [(span, under) for span in block.cells]
        found += [
            Leaf(*span, kind, n)
            for span, kind in sorted(each)
            if any(map(str.isalpha, text[slice(*span)]))
        ]
    return tuple(found)


@cache
def _glued() -> re.Pattern[str]:
    """Where a list that lost its line breaks goes on: "15 death1 injured31,739 people"."""
    told = sorted({w for forms in harm(LANGUAGE).labels.values() for w in forms if len(w) > 3})
    return re.compile("|".join(rf"(?<={word})(?=\d)" for word in told))


def standing(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """For each of these spans of the text, in its order, the block that it begins in, counted from
    0 without gaps, and the kind of its leaf."""
    each, here, last, count = iter(leaves(text)), None, -1, -1
    for start, _ in spans:
        while here is None or here.end <= start:
            following = next(each, None)
            if following is None:
                break
            here = following
        if here is None or here.block != last or count < 0:
            last, count = here.block if here else -1, count + 1
        yield count, here.kind if here else "paragraph"


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for found in _LINE.finditer(text):
        line = found[0].strip()
        if not line:
            continue
        start = found.start() + found[0].index(line)
        after = text.count("\n", end, start) > 1
        end = start + len(line)
        yield _Line(start, end, line, after, start - found.start())


def _one(
    lines: Sequence[_Line], at: int, wrapped: bool, tables: Mapping[int, int], found: list[Block]
) -> int:
    """Add the block that begins with a line, if it is one; how many lines it takes."""
    line = lines[at]
    under = lines[at + 1] if at + 1 < len(lines) else None
    if _RULE.match(line.text):
        return 1
    if under and not under.after and (rule := _UNDERLINE.match(under.text)) and _is_short(line):
        found.append(_block("heading", line.start, line.end, 1 if rule[1][0] == "=" else 2))
        return 2
    if mark := _MARKED.match(line.text):
        end = line.end - (len(line.text) - len(line.text.rstrip("# ")))
        found.append(_block("heading", line.start + mark.end(), end, len(mark[1])))
        return 1
    kind: BlockKind = "paragraph"
    start, level, size = line.start, 0, 1
    if mark := _QUOTED.match(line.text):
        kind, start = "quotation", line.start + mark.end()
    elif mark := _BULLET.match(line.text):
        kind, start, level = "item", line.start + mark.end(), 1 + line.indent // 2
    elif word := _noted().match(line.text):
        kind = "caption" if word["caption"] else "note"
    while wrapped and at + size < len(lines) and at + size not in tables:
        if not _goes_on(lines[at + size]):
            break
        size += 1
    found.append(_block(kind, start, lines[at + size - 1].end, level))
    return size


def _goes_on(line: _Line) -> bool:
    """Whether a line of a wrapped text goes on with the block above it."""
    return not (
        line.after
        or _BULLET.match(line.text)
        or _MARKED.match(line.text)
        or _RULE.match(line.text)
        or _QUOTED.match(line.text)
        or _pairs(line.text, 0)
    )


def _block(kind: BlockKind, start: int, end: int, level: int = 0) -> Block:
    return Block(kind=kind, start=start, end=end, level=level)


def _is_short(line: _Line) -> bool:
    return len(line.text.split()) <= MOST_WORDS and not _BULLET.match(line.text)


@cache
def _noted() -> re.Pattern[str]:
    """How a line begins that stands under a picture or a table, or beside the text."""
    pages = table("pages", LANGUAGE)
    caption, note = ("|".join(map(re.escape, pages[name])) for name in ("captions", "notes"))
    begins = rf"(?:(?P<caption>{caption})|(?P<note>{note}))(?:\s+\d+)?\s*[:.]\s+|[*†‡](?=\w)"
    return re.compile(begins, re.IGNORECASE)


# Tables.


def _cells(line: _Line, top: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """The cells of a line, those that are empty too; `top` are where, in their line, the cells of
    the table's first row stand, under which a line with fewer leaves some empty."""
    cells = _parted(line, _GAP)
    if not top or len(cells) == len(top) or "|" in line.text:
        return cells
    if "\t" in line.text:
        each = _parted(line, _TAB)
        return each if len(each) == len(top) else cells
    return _aligned(line, cells, top) or cells


def _aligned(line: _Line, cells: Sequence[Span], top: Sequence[tuple[int, int]]) -> list[Span]:
    """The cells of a line of fewer than the first has, each under that over it; none where one
    stands under none or two under the same."""
    found = {0: cells[0]}
    for start, end in cells[1:]:
        a, b = (edge - line.start + line.indent for edge in (start, end))
        over = [n for n, (first, last) in enumerate(top) if a < last and first < b]
        if len(over) != 1 or over[0] in found:
            return []
        found[over[0]] = start, end
    empty = line.start, line.start
    return [found.get(n, empty) for n in range(len(top))]


def _columns(line: _Line, cells: Sequence[Span]) -> list[tuple[int, int]]:
    """Where, in its line, each cell begins and ends."""
    shift = line.indent - line.start
    return [(start + shift, end + shift) for start, end in cells]


def _parted(line: _Line, gap: re.Pattern[str]) -> list[Span]:
    text, start, end = line.text, 0, len(line.text)
    if "|" in text:
        start += text.startswith("|")
        end -= text.endswith("|") and end > 1
        bars = [start - 1, *(n for n in range(start, end) if text[n] == "|"), end]
        spans = [(a + 1, b) for a, b in pairwise(bars)]
    else:
        gaps = [found.span() for found in gap.finditer(text)]
        edges = [0, *(edge for gap in gaps for edge in gap), end]
        spans = list(zip(edges[::2], edges[1::2], strict=True))
    return [_stripped(text, a, b, line.start) for a, b in spans]


def _stripped(text: str, start: int, end: int, offset: int) -> Span:
    cell = text[start:end]
    start += len(cell) - len(cell.lstrip())
    return offset + start, offset + max(start, start + len(cell.strip()))


def _tables(lines: Sequence[_Line]) -> dict[int, int]:
    """At which lines tables begin, and of how many lines each is."""
    found: dict[int, int] = {}
    at = 0
    while at < len(lines):
        size, is_table = _table(lines, at)
        if is_table:
            found[at] = size
        at += max(1, size)
    return found


def _table(lines: Sequence[_Line], at: int) -> tuple[int, bool]:
    """How many lines from here on are cut into as many cells each, and whether they are a table: of
    at least two, with cells that hold no more than a number; lines with a bar at either end are
    rows by that alone."""
    first = lines[at]
    if _RULE.match(first.text) and "|" not in first.text and "+" not in first.text:
        return 0, False
    barred = first.text.startswith("|") and first.text.endswith("|") and len(first.text) > 1
    if not barred and not (_RULE.match(first.text) or _GAP.search(first.text)):
        return 0, False
    top: list[tuple[int, int]] = []
    size, figures = 0, False
    for n in range(at, len(lines)):
        line = lines[n]
        if line.after and size and not barred:
            break
        if _RULE.match(line.text):
            size += 1
            continue
        if barred != line.text.startswith("|"):
            break
        cells = _cells(line, top)
        if len(cells) < 2 or (top and len(cells) != len(top)):
            break
        figures |= any(_ALONE.match(line.text[a - line.start : b - line.start]) for a, b in cells)
        top, size = top or _columns(line, cells), size + 1
    return size, barred or (size > 1 and figures)


def _rows(text: str, lines: Sequence[_Line]) -> Iterator[Block]:
    """The rows of a table, each with the heads of its columns, and what stands over it."""
    ruled = [bool(_RULE.match(line.text)) for line in lines]
    plain = [n for n, rule in enumerate(ruled) if not rule]
    first = lines[plain[0]] if plain else lines[0]
    top = _columns(first, _cells(first))
    rows = [_cells(line, top) for line in lines]
    bare = [n for n in plain if not any(_ALONE.match(text[a:b]) for a, b in rows[n])]
    told = [n for n in bare if n + 1 < len(lines) and ruled[n + 1]] or _top(
        text, rows, plain, bare, ruled
    )
    over: list[Span] = []
    if told and (under := _spanned(rows, plain, bare, told[0])):
        over, told = rows[told[0]], [under]
    heads: tuple[Span, ...] = ()
    for n in plain:
        line, cells = lines[n], rows[n]
        full = [span for span in cells if span[0] < span[1]]
        if len(full) == 1 and len(cells) > 1 and not _ALONE.match(text[slice(*full[0])]):
            yield _block("caption", *full[0])
        elif n in told:
            yield Block(kind="row", start=line.start, end=line.end, cells=tuple(cells))
            both = zip(cells, over or cells, strict=True)
            heads = tuple(a if a[0] < a[1] else b for a, b in both)
        elif not heads and len(cells) == 2 and _ALONE.match(text[slice(*cells[1])]):
            one, other = cells
            yield Block(kind="row", start=line.start, end=line.end, heads=(one,), cells=(other,))
        elif not heads and len(cells) == 2 and _ALONE.match(text[slice(*cells[0])]):
            one, other = cells
            yield Block(kind="row", start=line.start, end=line.end, heads=(other,), cells=(one,))
        else:
            yield Block(kind="row", start=line.start, end=line.end, heads=heads, cells=tuple(cells))


def _top(
    text: str,
    rows: Sequence[Sequence[Span]],
    plain: Sequence[int],
    bare: Sequence[int],
    ruled: Sequence[bool],
) -> Sequence[int]:
    """The line of a table that has its heads, of which some may be years, where no rule under
    heads without a figure shows it."""
    if not plain:
        return []
    top = plain[0]
    if top in bare:
        several = plain[1:2] == bare[1:2] and _spanned(rows, plain, bare, top) is None
        return [] if several else [top]
    figures = [text[a:b] for a, b in rows[top] if _ALONE.match(text[a:b])]
    under = top + 1 < len(ruled) and ruled[top + 1]
    few = under or 2 * len(figures) <= len(rows[top])
    return [top] if few and all(map(_YEAR.fullmatch, figures)) else []


def _spanned(
    rows: Sequence[Sequence[Span]], plain: Sequence[int], bare: Sequence[int], top: int
) -> int | None:
    """The line of heads under another, where that one's are over several columns each and so leave
    cells empty."""
    at = plain.index(top)
    if len(plain) < at + 3 or not any(a == b for a, b in rows[top][1:]):
        return None
    under, first = plain[at + 1 : at + 3]
    return under if under in bare and first not in bare else None


# Labels with their numbers.


def _pairs(text: str, offset: int) -> list[tuple[Span, Span]]:
    """The labels of a text with their numbers, where it is nothing but such pairs: "Dead: 4"."""
    if len(text) > _PAIRED:
        return []
    if told := _paired_by(_PAIR, text, offset):
        return told
    whom = _WHOM.fullmatch(text)
    if whom and whom["label"].lower() in _harms():
        label, each = whom.span("label"), whom.span("told")
        return [((offset + label[0], offset + label[1]), (offset + each[0], offset + each[1]))]
    lead = _LEADS.match(text)
    before = lead.end() if lead else 0
    bare = _paired_by(_BARE, text[before:], offset + before)
    short = all(len(text[a - offset : b - offset].split()) <= _BARE_WORDS for (a, b), _ in bare)
    alone = len(bare) == 1 and text[: bare[0][0][1] - offset].lower() in _harms()
    return bare if (len(bare) > 1 or alone) and short and not text.endswith(".") else []


@cache
def _harms() -> frozenset[str]:
    """The words for harm that are a label by themselves: "dead 5"."""
    labels = (harm(LANGUAGE).labels, table("rows", LANGUAGE)["labels"])
    return frozenset(word for told in labels for forms in told.values() for word in forms)


def _paired_by(mark: re.Pattern[str], text: str, offset: int) -> list[tuple[Span, Span]]:
    found: list[tuple[Span, Span]] = []
    at = 0
    while at < len(text):
        pair = mark.match(text, at)
        if pair is None and found and _TAIL.fullmatch(text, at):
            break
        if pair is None or len(pair["label"].split()) > _LABEL_WORDS:
            return []
        last = pair.end("aside") if pair["aside"] else pair.start("number")
        last = max(last, pair.start("number") + len(pair["number"].rstrip(" ,.")))
        label = (offset + pair.start("label"), offset + pair.end("label"))
        found.append((label, (offset + pair.start("number"), offset + last)))
        between = _BETWEEN.match(text, last)
        at = between.end() if between else last
    return found


def _paired(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with those that are labels and numbers as rows: on one line, or, label by label,
    the number on the next."""
    at = 0
    while at < len(found):
        block = found[at]
        if block.kind not in ("paragraph", "item"):
            yield block
            at += 1
            continue
        if pairs := _pairs(text[block.start : block.end], block.start):
            labels, figures = zip(*pairs, strict=True)
            yield Block(
                kind="row", start=block.start, end=block.end, heads=labels, cells=figures,
                level=block.level,
            )  # fmt: skip
            at += 1
            continue
        under = found[at + 1] if at + 1 < len(found) else None
        if under and _is_label(text, block) and _ALONE.match(text[under.start : under.end]):
            label, figure = (block.start, block.end), (under.start, under.end)
            yield Block(
                kind="row", start=block.start, end=under.end, heads=(label,), cells=(figure,)
            )
            at += 2
            continue
        yield block
        at += 1


def _is_label(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    return (
        len(line.split()) <= _LABEL_WORDS
        and line[:1].isalpha()
        and not line.endswith(_ENDS)
        and not any(map(str.isdigit, line))
    )


# Headings that no mark tells.


def _headed(text: str, found: Iterator[Block]) -> Iterator[Block]:
    """The blocks, with the short lines over others that end like no sentence as headings."""
    for block, under in pairwise((*found, None)):
        if block is None:
            return
        line = text[block.start : block.end]
        heads = (
            under is not None
            and block.kind == "paragraph"
            and line[:1].isupper()
            and not line.endswith(_ENDS)
            and len(line.split()) <= (_LEADING if line.endswith(":") else MOST_WORDS)
            and (under.kind != "paragraph" or under.end - under.start > 2 * len(line))
        )
        yield _block("heading", block.start, block.end, 3) if heads else block
