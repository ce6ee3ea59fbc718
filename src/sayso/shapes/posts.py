"""The posts of a live page or a digest, each with its moment, and the days that head what is under.

A line that is a day, or a time of day with at most its day and zone beside it, says when what
stands under it was posted. Of a text that has but one such time it is its own, and no post's.
A time without a day is of the day that heads it, else counted on from the day of publication, in
the order, up or down, in which most of the times run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sayso.lexicon import LANGUAGE, table
from sayso.records import Block, BlockKind
from sayso.shapes.blocks import blocks

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$"
)
_ZULU = "+00:00"
_LONGEST = 60  # characters of a line that is a day or a time


class _Stamp(NamedTuple):
    """A line that is a day, a time of day, or both; the day of one without its year has no year
    but that of publication."""

    start: int
    end: int
    day: date | None
    time: str | None
    zone: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    dates, pages = table("dates", LANGUAGE), table("pages", LANGUAGE)
    months, weekdays = "|".join(dates["months"]), "|".join(dates["weekdays"])
    day = rf"(?:(?:{weekdays})\.?,?\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{months})\.?|"
    day += rf"(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?\s+(?P<y>\d{{4}}))?"
    late, early = "|".join(pages["late"]), "|".join(pages["early"])
    time = r"(?P<h>\d{1,2})[:.](?P<min>\d\d)"
    time += rf"\s*(?:(?P<late>{late})|(?P<early>{early}))?\s*(?P<zone>[a-z]{{3,4}}\b)?"
    before = "|".join(map(re.escape, pages["posted"]))
    flags = re.IGNORECASE
    whole = rf"\W*(?:(?:{before})\W+)?(?:{day}\W+)?{time}(?:\W+{day.replace('P<', 'P<z')})?\W*$"
    return re.compile(rf"\W*{day}\W*$", flags), re.compile(whole, flags)


def posts(text: str, published: str | None) -> tuple[Block, ...]:
    """The posts of a text, in its order, each from its stamp to the next, and the headings that are
    days, from the day to the next; both with their moment."""
    return tuple(_posts(text, published))


def _posts(text: str, published: str | None) -> Iterator[Block]:
    first = _day(published[:10]) if published else None
    stamps = [s for block in blocks(text) if (s := _stamp(text, block, first)) is not None]
    if sum(stamp.time is not None for stamp in stamps) < 2:
        days = [stamp for stamp in stamps if stamp.time is None]
        # One day at the top is that of the text.
        stamps = days if len(days) > 1 else [stamp for stamp in days if stamp.start]
    moments = _days(stamps, first)
    ends = [*(stamp.start for stamp in stamps), len(text)][1:]
    for stamp, day, end in zip(stamps, moments, ends, strict=True):
        if day is None:
            continue
        moment = day.isoformat()
        if stamp.time is not None:
            moment = f"{moment}T{stamp.time}{stamp.zone}"
        kind: BlockKind = "post" if stamp.time is not None else "heading"
        yield Block(kind=kind, start=stamp.start, end=end, moment=moment)


def _stamp(text: str, block: Block, first: date | None) -> _Stamp | None:
    line = text[block.start : block.end]
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return None
    if iso := _ISO.match(line):
        zone = iso[3] or ""
        return _Stamp(block.start, block.end, _day(iso[1]), iso[2], _ZULU if zone == "Z" else zone)
    alone, timed = _patterns()
    if found := alone.match(line):
        return _Stamp(block.start, block.end, _named(found.groupdict(), "", first), None, "")
    if found := timed.match(line):
        told = found.groupdict()
        hour = int(told["h"])
        if told["late"] or told["early"]:
            hour = hour % 12 + (12 if told["late"] else 0)
        if hour > 23 or int(told["min"]) > 59:
            return None
        day = _named(told, "", first) or _named(told, "z", first)
        zone = _ZULU if (told["zone"] or "").upper() in ("GMT", "UTC") else ""
        return _Stamp(block.start, block.end, day, f"{hour:02}:{told['min']}", zone)
    return None


def _named(told: dict[str, str | None], prefix: str, first: date | None) -> date | None:
    """The day of a match; one without its year is of the year that puts it next to publication."""
    number, month = (told[f"{prefix}{a}"] or told[f"{prefix}{a}2"] for a in "dm")
    if number is None or month is None:
        return None
    year = told[f"{prefix}y"]
    if year is None and first is None:
        return None
    months = table("dates", LANGUAGE)["months"]
    near = [int(year)] if year else [first.year + n for n in (0, -1, 1)] if first else []
    each = [_day(f"{n:04}-{months[month.lower()]:02}-{int(number):02}") for n in near]
    found = [day for day in each if day is not None]
    return min(found, key=lambda day: abs(day - (first or day)), default=None)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _days(stamps: Sequence[_Stamp], first: date | None) -> list[date | None]:
    """The day of each stamp: its own, or that of the day over it, or counted on from the first."""
    heads = any(stamp.time is None for stamp in stamps)
    found: list[date | None] = []
    if heads or any(stamp.day for stamp in stamps):
        last = first
        for stamp in stamps:
            last = stamp.day or last
            found.append(last)
        return found
    times = [stamp.time or "" for stamp in stamps]
    falls = sum(b < a for a, b in pairwise(times)) * 2 >= len(times) - 1
    order = times[::-1] if falls else times
    day, before = first, ""
    for time in order:
        if before and time < before and day is not None:
            day += timedelta(days=1)
        found.append(day)
        before = time
    return found[::-1] if falls else found
