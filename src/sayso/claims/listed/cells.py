"""Figures of tables and of labels: what stands under "Killed", or behind "Deaths:".

What cannot be understood is told, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from msgspec.structs import replace

from sayso import lexicon
from sayso.claims.harm.roster import OF_PERSONS
from sayso.claims.listed.heads import (
    Head,
    category_of,
    divides,
    head_of,
    is_share,
    is_total,
    joined,
    kinds_in,
    names_people,
    words_of,
    year_of,
)
from sayso.language.spelling import singular
from sayso.lexicon import table
from sayso.records import Block, Count, Kind, Manner, Party, Span
from sayso.shapes.blocks import MOST_WORDS, NOTED, NUMBER

_CELL = re.compile(rf"({NUMBER})(?:{NOTED})?(\s*\([^)]*\))?$")
_WHOM = re.compile(rf"({NUMBER})()(?<=[ \t])(?P<who>[^\W\d]+)$")
_PART = re.compile(rf"({NUMBER})\s+(?=[^\W\d])")
_AFTER = re.compile(r"(?<=[(,; ])([^\W\d][^\d,;()]*?)\s+(\d+)(?=[,;)])")
_THOUSANDS = re.compile(r"(?<=\d)[,.’' ](?=\d{3}(?!\d))")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)$")


class Cell(NamedTuple):
    """A figure of a row. `start` and `end` are its evidence; `beside` are the cells of its row that
    may say where or when, each with its head, `lead` is where the rows begin that it is one of;
    `whole` is the number, among all cells, of the figure that it is part of; `rule` says how it was
    read, `head` is where its head stands, and `by` whom that names as the doer."""

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
    head: Span
    by: Party | None

    @property
    def counts(self) -> tuple[Kind, Party | None, Manner | None]:
        """What it counts: only figures of the same are parts of each other."""
        return self.kind, self.who, self.manner


def cells(text: str, shape: Sequence[Block], language: str) -> tuple[list[Cell], list[str]]:
    """The figures of the rows of a text, in its order, and what could not be understood."""
    found: list[Cell] = []
    problems: list[str] = []
    divided: Kind | None = None  # what the last heading divides: "Deaths by sector"
    named = _tabled(text, shape, language)
    for over, rows in _runs(shape):
        said = " ".join(text[b.start : b.end] for b in over)
        above = kinds_in(said, language)
        if not above and set(words_of(said, language)) & set(lexicon.harm(language).toll.alone):
            above = {"killed"}
        kind = next(iter(above)) if len(above) == 1 else None
        divides_it = divides(said, language)
        if divides_it:
            kind = divided = kind if above else divided
        made: list[Cell] = []
        spanning = _spanning(text, rows, language)
        for _, those in groupby((row for row in rows if row.heads), key=_sort):
            upto = len(found) + len(made)
            each = list(those)
            own = kind
            if _sort(each[0]):  # a table does not list those of a sentence: "Two men were killed."
                own = (None if said.endswith(".") and kind in OF_PERSONS else kind) or named
            run = _Run(text, each, language, rows[0].start, upto, own, divides_it)
            made += run.read(spanning, problems)
        if not made and above and any(_is_figure(text, c) for row in rows for c in row.cells):
            heads = text[rows[0].start : rows[0].start + 60].split("\n")[0]
            problems.append(f"figures of a list or table are not read: {heads!r}")
        found += made
    return found, problems


def _tabled(text: str, shape: Sequence[Block], language: str) -> Kind | None:
    """What the first line that names tables says that they count: "Displacement matrix"."""
    for block in shape:
        words = words_of(text[block.start : block.end], language)
        tables = {*table("rows", language)["tabled"]}.intersection(words)
        if tables and block.kind in ("paragraph", "heading") and len(words) <= MOST_WORDS:
            return joined(kinds_in(" ".join(words), language), language)
    return None


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
            kinds = kinds_in(last, language)
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


@dataclass(frozen=True)
class _Run:
    """Rows that have their heads alike, or labels, of a text. `lead` is where they begin, `upto`
    how many figures were read before; `kind` is what the words over them say that they count, and
    `divided` whether those say that a figure is divided below."""

    text: str
    rows: Sequence[Block]
    language: str
    lead: int
    upto: int
    kind: Kind | None
    divided: bool

    def read(self, spanning: Mapping[Span, Kind | None], problems: list[str]) -> list[Cell]:
        """Its figures; `spanning` is what a head over several columns says that they count."""
        if _sort(self.rows[0]) is not None:
            return self._table(spanning, problems)
        return self._labels(problems)

    def _table(self, spanning: Mapping[Span, Kind | None], problems: list[str]) -> list[Cell]:
        heads = self._heads(spanning, problems)
        if not heads and (others := self._turned() or self._by_name()):
            return others
        sums = self._sums()
        found: list[Cell] = []
        totals: dict[Span, int] = {}
        for row in self.rows:
            beside = () if row in sums else tuple(self._beside(row))
            left: int | None = None
            for head, cell in zip(row.heads, row.cells, strict=False):
                told = heads.get(head)
                if told is None or not _is_figure(self.text, cell):
                    continue
                if row in sums and head in totals:
                    continue
                mine = self.upto + len(found)
                made = self._made(told, cell, head, beside, mine, "row.column")
                if not made or made[0].number.high == 0:
                    continue
                share = is_share(self.text[slice(*head)], self.language) and row in sums
                found += [made[0]._replace(whole=left if share else None), *made[1:]]
                left = left if share else mine
                if row in sums:
                    totals[head] = mine
        for head, at in totals.items():
            summed = self._sum(head, sums)
            total = found[at - self.upto].number
            if summed is not None and total.low == total.high != summed:
                name = self.text[slice(*head)]
                told_so = f"rows under {name!r} add up to {summed:,}, the total is {total.text}"
                problems.append(told_so)
        return _under(found, totals, self.upto)

    def _heads(self, spanning: Mapping[Span, Kind | None], problems: list[str]) -> dict[Span, Head]:
        """The heads of a table that are understood: one that says no more than that it sums up is
        of all that the others count, one of a share of what the one before it does."""
        spans = self.rows[0].heads
        said = {head: self.text[slice(*head)] for head in spans}
        each = {
            head: head_of(said[head], spanning.get(head, self.kind), self.language)
            for head in spans
        }
        kinds = {
            told.kind
            for head, told in each.items()
            if told.kind and told.unit == "people" and kinds_in(said[head], self.language)
        }
        mixed = joined(kinds, self.language)
        found: dict[Span, Head] = {}
        before: Head | None = None
        for head, told in each.items():
            own = kinds_in(said[head], self.language) or told.unit == "homes"
            if mixed and not own and is_total(said[head], self.language, alone=True):
                told = Head(mixed, None, False, 0)
            elif before and not own and is_share(said[head], self.language):
                told = told._replace(kind=before.kind, manner=before.manner)
            if told.kind is not None and not told.strange:
                found[head] = told
                before = before if is_share(said[head], self.language) else told
            elif own:
                problems.append(f"figures under {said[head]!r} are not read")
        return found

    def _turned(self) -> list[Cell]:
        """The figures of a table that has its kinds of harm down the side, and times over them."""
        said = {head: self.text[slice(*head)] for head in self.rows[0].heads}
        plain = {
            head
            for head, text in said.items()
            if "%" not in text and not head_of(text, None, self.language).strange
        }
        found: list[Cell] = []
        for row in self.rows:
            side = next((c for c in row.cells if c[0] < c[1]), None)
            if side is None or _is_figure(self.text, side):
                continue
            label = self.text[slice(*side)]
            told = head_of(label, None, self.language)
            own = kinds_in(label, self.language) or told.unit == "homes"
            if told.kind is None or told.strange or not own:
                continue
            for head, cell in zip(row.heads, row.cells, strict=False):
                if head in plain and _is_figure(self.text, cell):
                    mine = self.upto + len(found)
                    beside = ((head, head),) if said[head] else ()
                    made = self._made(told, cell, side, beside, mine, "row.column")
                    found += [one._replace(head=head) for one in made if one.number.high]
        return found

    def _by_name(self) -> list[Cell]:
        """A table of people by name, each one to whom happened what a cell beside it says, or what
        the words over the table do."""
        heads = self.rows[0].heads
        names = next((h for h in heads if names_people(self.text[slice(*h)], self.language)), None)
        found: list[Cell] = []
        for row in self.rows if names else ():
            name = row.cells[heads.index(names)] if names else (0, 0)
            said = self.text[slice(*name)]
            told = [kinds_in(self.text[slice(*c)], self.language) for c in row.cells if c != name]
            own = [kind for kinds in told if (kind := joined(kinds, self.language))]
            kind = own[0] if len(own) == 1 else self.kind if not own else None
            if names and kind in OF_PERSONS and any(map(str.isalpha, said)) and row.cells != heads:
                who = Party(text=said, category="unspecified")
                count = Count(low=1, high=1, text=said)
                beside = tuple(pair for pair in self._beside(row) if pair[1] != name)
                found.append(
                    Cell(
                        kind, count, None, who, *name, beside, self.lead, None, "row.name",
                        names, None,
                    )
                )  # fmt: skip
        return found

    def _sums(self) -> list[Block]:
        """The rows that sum the others up: that say no more, or the only one that says so."""
        told = [
            row
            for row in self.rows
            if any(is_total(self.text[slice(*cell)], self.language) for cell in row.cells)
        ]
        alone = [
            row
            for row in told
            if any(is_total(self.text[slice(*c)], self.language, alone=True) for c in row.cells)
        ]
        return alone or (told if len(told) == 1 else [])

    def _beside(self, row: Block) -> Iterator[tuple[Span, Span]]:
        """The cells of a row that may say where or when."""
        for head, cell in zip(row.heads, row.cells, strict=False):
            printed = self.text[slice(*cell)]
            figure = _is_figure(self.text, cell)
            if printed and (not figure or year_of(printed, self.text[slice(*head)], self.language)):
                yield head, cell

    def _labels(self, problems: list[str]) -> list[Cell]:
        found: list[Cell] = []
        outer: dict[int, int] = {}
        parts = self._divided()
        last: int | None = None  # the figure of the last label
        for row in self.rows:
            homes = False
            for head, cell in zip(row.heads, row.cells, strict=False):
                said = self.text[slice(*head)]
                within = outer.get(row.level - 1) if row.level else None
                if row.level == 1 and kinds_in(said, self.language):
                    within = None  # "Dead: 4", and an item of its own: "Injured: 9"
                share = is_share(said, self.language) and not kinds_in(said, self.language)
                if share and last is not None:
                    within = last
                above = self._over(row) if within is None else found[within - self.upto].kind
                told = head_of(said, above, self.language, homes)
                homes = told.kind == "homes" and not told.strange
                own = kinds_in(said, self.language) or told.unit == "homes"
                beside: tuple[tuple[Span, Span], ...] = ()
                if parts and (told.strange or told.kind is None):
                    told = Head(self.kind, None, False, 0)
                    beside = () if is_total(said, self.language, alone=True) else ((head, head),)
                if told.kind is None or told.strange:
                    if own:
                        problems.append(f"figures under {said!r} are not read")
                    last = None
                    continue
                mine = self.upto + len(found)
                made = self._made(told, cell, head, beside, mine, "row.label")
                found += [one._replace(whole=within) for one in made[:1]] + made[1:]
                last = last if share else mine if made else None
                if made and not share:
                    outer = {level: n for level, n in outer.items() if level < row.level}
                    outer[row.level] = mine
        if parts and is_total(
            self.text[slice(*self.rows[-1].heads[-1])], self.language, alone=True
        ):
            whole = self.upto + len(found) - 1
            found = [
                cell._replace(whole=whole) if cell.whole is None and cell is not found[-1] else cell
                for cell in found
            ]
        return found

    def _over(self, row: Block) -> Kind | None:
        """What the words say that stand before the labels of a row: "Killed: men 9, women 3"."""
        lead = self.text[row.start : row.heads[0][0]]
        return joined(kinds_in(lead, self.language), self.language) or self.kind

    def _divided(self) -> bool:
        """Whether labels name what a figure is divided by, and no harms of their own: "Deaths by
        sector", and below "Building: 37"; or what a last line adds up: "Total: 22"."""
        if self.kind is None:
            return False
        pairs = [pair for row in self.rows for pair in zip(row.heads, row.cells, strict=False)]
        said = [self.text[slice(*head)] for head, _ in pairs]
        if any(head_of(t, None, self.language).unit == "homes" for t in said) or any(
            kinds_in(text, self.language) for text in said
        ):
            return False
        figures = [_CELL.match(self.text[slice(*cell)]) for _, cell in pairs]
        counts = [_count(figure[1]) if figure else None for figure in figures]
        exact = [count.low or 0 for count in counts if count and count.low == count.high]
        sums = len(exact) == len(pairs) > 2 and is_total(said[-1], self.language, alone=True)
        return self.divided or (sums and sum(exact[:-1]) == exact[-1])

    def _made(
        self,
        told: Head,
        cell: Span,
        head: Span,
        beside: tuple[tuple[Span, Span], ...],
        mine: int,
        rule: str,
    ) -> list[Cell]:
        """The figure of a cell, which is number `mine` of all, with its parts in brackets."""
        printed = self.text[slice(*cell)]
        number = _CELL.match(printed)
        edges = cell
        if number is None and rule == "row.label" and (number := _WHOM.match(printed)):
            category = category_of(number["who"].lower(), self.language)
            if category is None:
                return []
            told = told._replace(who=Party(text=number["who"], category=category))
            if singular(number["who"].lower()) in lexicon.harm(self.language).households.words:
                told = told._replace(unit="households")
        count = _count(number[1]) if number else None
        if number is None or count is None or told.kind is None:
            return []
        if rule == "row.label":
            last = cell[0] + len(number[1].rstrip()) if _is_figure(self.text, cell) else cell[1]
            edges = min(head[0] + told.start, cell[0]), max(last, head[1] if head > cell else 0)
        count = replace(count, unit=told.unit)
        own = Cell(
            told.kind, count, told.manner, told.who, *edges, beside, self.lead, None, rule,
            head, told.by,
        )  # fmt: skip
        aside = cell[0] + (number.start(2) if number[2] else 0)
        each = _parts(number[2] or "", aside, told, self.language)
        return [own, *(own._replace(whole=mine, **part) for part in each)]

    def _sum(self, head: Span, sums: Sequence[Block]) -> int | None:
        """What the figures under a head add up to without the totals; None where one is not exact
        or some other row has none, and where there is but one."""
        added, count = 0, 0
        for row in self.rows:
            if row in sums:
                continue
            cell = self.text[slice(*row.cells[row.heads.index(head)])]
            number = _CELL.match(cell)
            if number is None:
                nil = cell.lower() in table("rows", self.language)["nil"]
                if any(map(str.isalnum, cell)) and not nil:
                    return None
                continue
            told = _count(number[1])
            if told is None or told.low is None or told.low != told.high:
                return None
            added, count = added + told.low, count + 1
        return added if count > 1 else None


def _under(found: list[Cell], totals: dict[Span, int], upto: int) -> list[Cell]:
    """The figures of a table, those of its rows as parts of the row that sums them up: of what
    stands under their own head, or else of what counts the same."""
    sums = {found[at - upto].counts: at for at in totals.values()}
    each = [totals.get(cell.head, sums.get(cell.counts)) for cell in found]
    return [
        cell._replace(whole=whole)
        if cell.whole is None and whole is not None and upto + n not in totals.values()
        else cell
        for n, (cell, whole) in enumerate(zip(found, each, strict=True))
    ]


def _parts(aside: str, offset: int, told: Head, language: str) -> Iterator[dict[str, Any]]:
    """The figures in brackets behind another, as far as they are other than it: "(including 3
    children)", "(188 killed and 616 injured)", "(Syria 7, Chad 4)"."""
    for found in _PART.finditer(aside):
        word = words_of(aside[found.end() :], language)[:1]
        count = _count(found[1])
        if not word or not count:
            continue
        end = found.end() + len(word[0])
        span = {"number": count, "start": offset + found.start(), "end": offset + end}
        if kind := joined(kinds_in(word[0], language), language):
            yield span | {"kind": kind}
        elif category := category_of(word[0], language):
            yield span | {"who": Party(text=aside[found.end() : end], category=category)}
    each = [*_AFTER.finditer(aside)]
    if len(each) > 1 and told.who:
        for found in each:
            if count := _count(found[2]):
                start, end = offset + found.start(1), offset + found.end(2)
                yield {"number": count, "start": start, "end": end}


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
