"""Figures of tables and of labels: what stands under "Killed", or behind "Deaths:".

No tree is asked: a head is read by its words, and a head with a word that is neither of harm nor
for people counts something else. What cannot be understood is told, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from sayso import lexicon
from sayso.language import people
from sayso.language.geography.placenames import demonyms
from sayso.language.spelling import infinitives, singular
from sayso.lexicon import table
from sayso.records import Block, Category, Count, Kind, Manner, Party, Span, Unit
from sayso.shapes.blocks import NOTED, NUMBER

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CELL = re.compile(rf"({NUMBER})(?:{NOTED})?(\s*\([^)]*\))?$")
_PART = re.compile(rf"({NUMBER})\s+(?=[^\W\d])")
_THOUSANDS = re.compile(r"(?<=\d)[,.’' ](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)$")


_OF_DISEASE: tuple[Kind, ...] = ("cases", "killed")
"""Kinds of which a head may say by what disease they are."""


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


class _Head(NamedTuple):
    """What a head says that the figures under it count; `strange` where a word of it is not
    understood; `start` is where in it the words of harm or for people begin."""

    kind: Kind | None
    who: Party | None
    strange: bool
    start: int
    unit: Unit = "people"
    manner: Manner | None = None


def cells(text: str, shape: Sequence[Block], language: str) -> tuple[list[Cell], list[str]]:
    """The figures of the rows of a text, in its order, and what could not be understood."""
    found: list[Cell] = []
    problems: list[str] = []
    for over, rows in _runs(shape):
        first = rows[0].start
        above = {k for b in over for k in _kinds(_words(text[b.start : b.end]), language)}
        said = " ".join(text[b.start : b.end] for b in over).lower()
        if not above and set(_words(said)) & set(lexicon.harm(language).toll.alone):
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


def names_regions(text: str, language: str) -> bool:
    """Whether a head stands over a column of what has the other places of a row in it."""
    return not set(_words(text)).isdisjoint(table("rows", language)["regions"])


def year_of(text: str, head: str, language: str) -> str | None:
    """The year that a cell under such a head is."""
    heads = table("rows", language)["years"]
    return text if _YEAR.fullmatch(text) and not set(_words(head)).isdisjoint(heads) else None


def names_places(text: str, language: str) -> bool:
    """Whether a head stands over a column of places: "District"."""
    return not set(_words(text)).isdisjoint(table("rows", language)["places"])


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
            kinds = _kinds(_words(last), language)
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
    heads: dict[Span, _Head] = {}
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
        is_total = any(_is_total(text[slice(*cell)], language) for _, cell in beside)
        beside = () if is_total else beside
        for head, cell in zip(row.heads, row.cells, strict=False):
            if not _is_figure(text, cell) or (is_total and head in totals):
                continue
            if head not in heads:
                within = outer.get(row.level - 1) if row.level > 1 and not tabular else None
                above = kind if within is None else found[within - upto].kind
                heads[head] = _head(text[slice(*head)], spanning.get(head, above), language)
                own = _kinds(_words(text[slice(*head)]), language) or heads[head].unit == "homes"
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
            if is_total:
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
        if any(_is_total(text[slice(*cell)], language) for cell in row.cells):
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
        word = _words(aside[found.end() :])[:1]
        count = _count(found[1])
        if word and count and (category := _category(word[0], language)):
            end = found.end() + len(word[0])
            who = Party(text=aside[found.end() : end], category=category)
            span = (offset + found.start(), offset + end)
            yield Cell("killed", count, None, who, *span, (), 0, None, "")


def _head(text: str, kind: Kind | None, language: str) -> _Head:
    """What a head says; `kind` is that of what stands over the table."""
    words = _words(_BRACKETS.sub(" ", text))
    kinds = _kinds(words, language)
    harm = lexicon.harm(language)
    labels = {w for forms in harm.labels.values() for w in forms}
    known = {*table("rows", language)["filler"], *demonyms(language), *labels}
    known |= set() if kinds.isdisjoint(_OF_DISEASE) else {*harm.cases.diseases, *harm.cases.told}
    whom = [w for w in words if w not in known and _category(w, language)]
    strange = [w for w in words if w not in known and w not in whom]
    joint = table("rows", language)["joint"]
    own = next((k for k, several in joint.items() if kinds == set(several)), None)
    if own is None and len(kinds) == 1:
        own = next(iter(kinds))
    if own is None and not kinds and whom:
        own = kind
    if any(singular(w) in harm.homes.words for w in words):
        return _of_homes(text, words, known, language)
    shares = "%" in text
    category = _category(whom[-1], language) if whom else None
    telling = (m.start() for m in _WORD.finditer(text) if m[0].lower() in {*labels, *whom})
    unit: Unit = "households" if {*map(singular, whom)} & {*harm.households.words} else "people"
    start = next(telling, 0)
    manner = _manner(words, language) if own == "displaced" else None
    party = _party(text, whom, category)
    return _Head(own, party, shares or bool(strange), start, unit, manner)


def _of_homes(text: str, words: Sequence[str], known: Collection[str], language: str) -> _Head:
    """What a head says that names homes: what became of them, where it has no other word."""
    homes = lexicon.harm(language).homes
    others = [w for w in words if w not in known and singular(w) not in homes.words]
    told: Manner | None = None
    for word in [w for w in words if w not in homes.partly]:
        forms = {word, *infinitives(word)}
        gone, hit = ({*wrecking.said()} & forms for wrecking in (homes.destroyed, homes.damaged))
        if gone or hit:
            told = told or ("destroyed" if gone else "damaged")
            others = [w for w in others if w != word]
    partly = [w for w in others if w in homes.partly]
    told = "damaged" if told and partly else told
    strange = len(others) > len(partly) or "%" in text
    return _Head("homes" if told else None, None, strange, 0, "homes", told)


def _manner(words: Sequence[str], language: str) -> Manner | None:
    """How people came to be displaced, by the words of a head."""
    manners = lexicon.harm(language).manner
    return next((m for m, forms in manners.items() if not set(words).isdisjoint(forms)), None)


def _party(text: str, whom: Sequence[str], category: Category | None) -> Party | None:
    if not whom or category is None:
        return None
    lower = text.lower()
    start = lower.find(whom[0])
    end = lower.find(whom[-1], start) + len(whom[-1])
    return Party(text=text[start:end], category=category)


def _category(word: str, language: str) -> Category | None:
    known = people.rows(language)
    found = known.get(word) or known.get(singular(word))
    return found.category if found is not None and found.suffers else None


def _kinds(words: Sequence[str], language: str) -> set[Kind]:
    labels = lexicon.harm(language).labels
    return {kind for kind, forms in labels.items() if not set(forms).isdisjoint(words)}


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _is_total(text: str, language: str) -> bool:
    return bool(set(_words(text)) & set(table("rows", language)["totals"])) and len(text) < 40


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
