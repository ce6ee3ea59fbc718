"""Figures of tables and of labels: what stands under "Killed", or behind "Deaths:".

What cannot be understood is told, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from sayso import lexicon
from sayso.claims.listed.heads import (
    Head,
    category_of,
    head_of,
    is_total,
    kinds_in,
    words_of,
    year_of,
)
from sayso.lexicon import table
from sayso.records import Block, Count, Kind, Manner, Party, Span
from sayso.shapes.blocks import NOTED, NUMBER

_CELL = re.compile(rf"({NUMBER})(?:{NOTED})?(\s*\([^)]*\))?$")
_PART = re.compile(rf"({NUMBER})\s+(?=[^\W\d])")
_THOUSANDS = re.compile(r"(?<=\d)[,.’' ](?=\d{3}(?!\d))")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)$")


class Cell(NamedTuple):
    """A figure of a row. `start` and `end` are its evidence; `beside` are the cells of its row that
    may say where or when, each with its head, `lead` is where the rows begin that it is one of;
    `whole` is the number, among all cells, of the figure that it is part of; `rule` says how it was
    read."""

    kind: Kind
    number: Count
    manner: Manner | None
    who: Party | None
    start: int
    end: int
    beside: tuple[tuple[Span, Span], ...]
    lead: int
    whole: int | None
    rule: str

    @property
    def counts(self) -> tuple[Kind, Party | None, Manner | None]:
        """What it counts: only figures of the same are parts of each other."""
        return self.kind, self.who, self.manner


def cells(text: str, shape: Sequence[Block], language: str) -> tuple[list[Cell], list[str]]:
    """The figures of the rows of a text, in its order, and what could not be understood."""
    found: list[Cell] = []
    problems: list[str] = []
    for over, rows in _runs(shape):
        first = rows[0].start
        above = {k for b in over for k in kinds_in(words_of(text[b.start : b.end]), language)}
        said = " ".join(text[b.start : b.end] for b in over).lower()
        if not above and set(words_of(said)) & set(lexicon.harm(language).toll.alone):
            above = {"killed"}
        kind = next(iter(above)) if len(above) == 1 else None
        made: list[Cell] = []
        spanning = _spanning(text, rows, language)
        for _, those in groupby(rows, key=_sort):
            upto = len(found) + len(made)
            made += _read(text, list(those), kind, spanning, language, first, upto, problems)
        if not made and above and any(_is_figure(text, c) for row in rows for c in row.cells):
            heads = text[first : first + 60].split("\n")[0]
            problems.append(f"figures of a list or table are not read: {heads!r}")
        found += made
    return found, problems


def _spanning(text: str, rows: Sequence[Block], language: str) -> dict[Span, Kind | None]:
    """For each head that stands under one that spans several columns, what that one counts."""
    found: dict[Span, Kind | None] = {}
    for over, under in pairwise(rows):
        if over.heads or under.heads or len(over.cells) != len(under.cells):
            continue
        if any(_is_figure(text, cell) for cell in (*over.cells, *under.cells)):
            continue
        last: str = ""
        for cell, head in zip(over.cells, under.cells, strict=True):
            last = text[slice(*cell)] or last
            kinds = kinds_in(words_of(last), language)
            if last:
                found[head] = next(iter(kinds)) if len(kinds) == 1 else None
    return found


def _sort(row: Block) -> tuple[Span, ...] | None:
    """What rows of one table have alike: the heads; None of labels."""
    return row.heads if row.heads and row.heads[0][0] < row.start else None


def _runs(shape: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """Rows that stand under one another, with the blocks over them that may say what they count."""
    before: list[Block] = []
    for is_row, those in groupby(shape, key=lambda b: b.kind in ("row", "caption")):
        each = list(those)
        rows = [block for block in each if block.kind == "row"]
        if is_row and rows:
            yield [*before[-1:], *(b for b in each if b.end <= rows[0].start)], rows
        before = each


def _read(
    text: str,
    rows: Sequence[Block],
    kind: Kind | None,
    spanning: Mapping[Span, Kind | None],
    language: str,
    lead: int,
    upto: int,
    problems: list[str],
) -> list[Cell]:
    """The figures of rows that have their heads alike, or of labels; `kind` is what the words over
    them say that they count, `spanning` what a head over several columns does, `upto` how many
    figures were read before."""
    found: list[Cell] = []
    tabular = _sort(rows[0]) is not None
    heads: dict[Span, Head] = {}
    totals: dict[Span, int] = {}
    outer: dict[int, int] = {}
    for row in rows:
        beside = tuple(
            (head, cell)
            for head, cell in zip(row.heads, row.cells, strict=False)
            if tabular
            and cell[0] < cell[1]
            and (
                not _is_figure(text, cell)
                or year_of(text[slice(*cell)], text[slice(*head)], language)
            )
        )
        sums = any(is_total(text[slice(*cell)], language) for _, cell in beside)
        beside = () if sums else beside
        for head, cell in zip(row.heads, row.cells, strict=False):
            if not _is_figure(text, cell) or (sums and head in totals):
                continue
            if head not in heads:
                within = outer.get(row.level - 1) if row.level > 1 and not tabular else None
                above = kind if within is None else found[within - upto].kind
                heads[head] = head_of(text[slice(*head)], spanning.get(head, above), language)
                own = (
                    kinds_in(words_of(text[slice(*head)]), language) or heads[head].unit == "homes"
                )
                if own and (heads[head].strange or heads[head].kind is None):
                    problems.append(f"figures under {text[slice(*head)]!r} are not read")
            told = heads[head]
            if told.kind is None or told.strange:
                continue
            start, end = cell if tabular else (head[0] + told.start, cell[1])
            number = _CELL.match(text[slice(*cell)])
            count = _count(number[1]) if number else None
            if number is None or count is None or (tabular and count.high == 0):
                continue
            if not tabular:
                end = cell[0] + len(number[1].rstrip())
            mine = upto + len(found)
            whole = outer.get(row.level - 1) if row.level > 1 and not tabular else None
            rule = "row.column" if tabular else "row.label"
            count = replace(count, unit=told.unit)
            found.append(
                Cell(told.kind, count, told.manner, told.who, start, end, beside, lead, whole, rule)
            )
            if sums:
                totals[head] = mine
            outer = {level: n for level, n in outer.items() if level < row.level} | {
                row.level: mine
            }
            aside = cell[0] + (number.start(2) if number[2] else 0)
            for part in _parts(number[2] or "", aside, language):
                found.append(part._replace(kind=told.kind, lead=lead, whole=mine, rule=rule))
    if not tabular:
        return found
    for head, at in totals.items():
        summed = _sum(text, rows, head, language)
        total = found[at - upto].number
        if summed is not None and total.low == total.high != summed:
            name = text[slice(*head)]
            problems.append(f"rows under {name!r} add up to {summed:,}, the total is {total.text}")
    return _under(found, totals, upto)


def _sum(text: str, rows: Sequence[Block], head: Span, language: str) -> int | None:
    """What the figures under a head add up to without the totals; None where one is not exact or
    some other row has none, and where there is but one."""
    added, count = 0, 0
    for row in rows:
        if any(is_total(text[slice(*cell)], language) for cell in row.cells):
            continue
        cell = text[slice(*row.cells[row.heads.index(head)])]
        number = _CELL.match(cell)
        if number is None:
            if any(map(str.isalnum, cell)) and cell.lower() not in table("rows", language)["nil"]:
                return None
            continue
        told = _count(number[1])
        if told is None or told.low is None or told.low != told.high:
            return None
        added, count = added + told.low, count + 1
    return added if count > 1 else None


def _under(found: list[Cell], totals: dict[Span, int], upto: int) -> list[Cell]:
    """The figures of a table, those of its rows as parts of the row that sums them up."""
    sums = {found[at - upto].counts: at for at in totals.values()}
    return [
        cell._replace(whole=sums[cell.counts])
        if cell.whole is None and sums.get(cell.counts, upto + n) != upto + n
        else cell
        for n, cell in enumerate(found)
    ]


def _parts(aside: str, offset: int, language: str) -> Iterator[Cell]:
    """The figures in brackets behind another: "(including 3 children)"."""
    for found in _PART.finditer(aside):
        word = words_of(aside[found.end() :])[:1]
        count = _count(found[1])
        if word and count and (category := category_of(word[0], language)):
            end = found.end() + len(word[0])
            who = Party(text=aside[found.end() : end], category=category)
            span = (offset + found.start(), offset + end)
            yield Cell("killed", count, None, who, *span, (), 0, None, "")


def _is_figure(text: str, span: Span) -> bool:
    return _CELL.match(text[slice(*span)]) is not None


def _count(printed: str) -> Count | None:
    """The bounds of a number as it is printed; None of one with a fraction."""
    text = printed.strip(" ,.")
    plain = _THOUSANDS.sub("", text)
    if both := _RANGE.search(plain):
        low, high = sorted(map(int, both.groups()))
        return Count(low=low, high=high, text=text)
    digits = re.sub(r"\D+", " ", plain).split()
    if len(digits) != 1 or len(digits[0]) > 10:
        return None
    value = int(digits[0])
    least = plain.endswith("+") or plain[0] in ">≥"
    most = plain[0] in "<≤"
    return Count(low=None if most else value, high=None if least else value, text=text)
