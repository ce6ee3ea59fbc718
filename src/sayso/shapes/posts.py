"""The posts of a live page or a digest, each with its moment, and the days that head what is under.

A line that is a day, or a time of day with at most its day and zone beside it, says when what
stands under it was posted. Of a text that has but one such time it is its own, and no post's.
A time without a day is of the day that heads it, else counted on from a day that is told, or that
of publication, over each midnight.
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
    but that of publication. One that says how long ago has neither."""

    start: int
    end: int
    day: date | None
    time: str | None
    zone: str = ""

    @property
    def posts(self) -> bool:
        """Whether it is that of a post, and not a day over several."""
        return self.time is not None or self.day is None

    @property
    def is_open(self) -> bool:
        """Whether it says only how long ago a post was made."""
        return self.time is None and self.day is None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A line that is a day; a time, with its day; how long ago."""
    dates, pages = table("dates", LANGUAGE), table("pages", LANGUAGE)
    months, weekdays = "|".join(dates["months"]), "|".join(dates["weekdays"])
    day = rf"(?:(?:{weekdays})\.?,?\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{months})\.?|"
    day += rf"(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,?\s+(?P<y>\d{{4}}))?"
    late, early = ("|".join(map(re.escape, pages[half])) for half in ("late", "early"))
    zone = rf"{'|'.join(pages['zones'])}|{'|'.join(map(re.escape, pages['here']))}"
    zone = rf"\(?(?P<zone>(?:{zone})\b(?:\s?[+-]\d{{1,2}}(?::?\d\d)?)?)\)?"
    half = rf"(?:(?P<late>{late})|(?P<early>{early}))(?!\w)"
    time = rf"(?:(?P<h>\d{{1,2}})[:.h](?P<min>\d\d)(?::\d\d)?(?:\s*{half})?|(?P<h2>\d{{1,2}})\s*"
    time += rf"{half.replace('P<', 'P<h2')}|(?P<h3>\d\d)(?P<min3>\d\d)"
    time += rf"(?=\s*{zone.replace('P<', 'P<_')}))(?:\s*{zone})?"
    before = "|".join(sorted(map(re.escape, pages["posted"]), key=len, reverse=True))
    led, again = rf"\W+(?:(?:{before})\W+)?", time.replace("P<", "P<b")
    whole = rf"\W*(?:(?:{before})\W+)?(?:{day}{led})?{time}(?:\W+{again})?"
    whole += rf"(?:{led}{day.replace('P<', 'P<z')})?\W*$"
    number = "|".join([r"\d{1,3}", *pages["some"]])
    since = rf"\W*(?:(?:{before})\W+)?(?:(?:{number})\s*[a-z]+\s(?:{'|'.join(pages['ago'])})|"
    since += rf"{'|'.join(pages['now'])})\W*$"
    flags = re.IGNORECASE
    return tuple(re.compile(p, flags) for p in (rf"\W*{day}\W*$", whole, since))  # type: ignore[return-value]


def posts(text: str, published: str | None, updated: str | None = None) -> tuple[Block, ...]:
    """The posts of a text, in its order, each from its stamp to the next, and the headings that are
    days, from the day to the next; both with their moment. A post that says only how long ago it
    was made has the moment of the next that is later, else the last day that the page tells of: by
    then it was known."""
    return tuple(_posts(text, published, updated))


def undated(text: str) -> int:
    """How many posts of a text say only how long ago they were made."""
    stamps = _stamps(text, None)
    said = sum(stamp.posts for stamp in stamps)
    return sum(stamp.is_open for stamp in stamps) if said > 1 else 0


def is_stamp(line: str) -> bool:
    """Whether a line says when a post was made, with a time of day or how long ago."""
    told = _stamp(line, Block(kind="paragraph", start=0, end=len(line)), None)
    return told is not None and told.posts


def _posts(text: str, published: str | None, updated: str | None) -> Iterator[Block]:
    first = _day(published[:10]) if published else None
    stamps = _stamps(text, first)
    if sum(stamp.posts for stamp in stamps) < 2:
        alone = [stamp for stamp in stamps if not stamp.posts]
        # One day at the top is that of the text.
        stamps = alone if len(alone) > 1 else [stamp for stamp in alone if stamp.start]
    falls = _falls(stamps)
    days = _days(stamps, first, falls)
    moments = [_moment(stamp, day) for stamp, day in zip(stamps, days, strict=True)]
    known = max(filter(None, (updated, published, *moments)), default="")
    later = known[:10] or None  # the day is over when it is known
    for n in range(len(stamps)) if falls else reversed(range(len(stamps))):
        if stamps[n].is_open:
            moments[n] = later
        elif stamps[n].posts:
            later = moments[n] or later
    ends = [*(stamp.start for stamp in stamps), len(text)][1:]
    for stamp, moment, end in zip(stamps, moments, ends, strict=True):
        if moment is not None:
            kind: BlockKind = "post" if stamp.posts else "heading"
            yield Block(kind=kind, start=stamp.start, end=end, moment=moment)


def _moment(stamp: _Stamp, day: date | None) -> str | None:
    if day is None or stamp.is_open:
        return None
    return f"{day.isoformat()}T{stamp.time}{stamp.zone}" if stamp.posts else day.isoformat()


def _stamps(text: str, first: date | None) -> list[_Stamp]:
    """The stamps of a text; of two right under one another, as a page has one to show and one to
    be read by programs, that which says more."""
    found: list[_Stamp] = []
    last = False
    for block in blocks(text):
        stamp = _stamp(text, block, first)
        if stamp and last and found[-1].posts and stamp.posts:
            above = found.pop()
            best = max(above, stamp, key=lambda s: (not s.is_open, s.day is not None))
            stamp = best._replace(start=above.start)
        found += [stamp] if stamp else []
        last = stamp is not None
    return found


def _stamp(text: str, block: Block, first: date | None) -> _Stamp | None:
    line = text[block.start : block.end]
    if len(line) > _LONGEST:
        return None
    if iso := _ISO.match(line):
        zone = iso[3] or ""
        return _Stamp(block.start, block.end, _day(iso[1]), iso[2], _ZULU if zone == "Z" else zone)
    alone, timed, since = _patterns()
    if since.match(line):
        return _Stamp(block.start, block.end, None, None)
    if not any(map(str.isdigit, line)):
        return None
    if found := alone.match(line):
        day = _named(found.groupdict(), "", first)
        return None if day is None else _Stamp(block.start, block.end, day, None)
    if found := timed.match(line):
        told = found.groupdict()
        day = _named(told, "", first) or _named(told, "z", first)
        each = [read for prefix in ("", "b") if (read := _time(told, prefix))]
        # Of "14:05 (11:05 GMT)" the one that says of which zone it is.
        time, zone = next((read for read in each if read[1]), each[0] if each else ("", ""))
        return _Stamp(block.start, block.end, day, time, zone) if time else None
    return None


def _time(told: dict[str, str | None], prefix: str) -> tuple[str, str] | None:
    """The time of a match, and its offset from UTC as ISO has it; "" where the zone is not said, or
    means nothing everywhere."""
    hour, minute = (
        next((v for a in names if (v := told[prefix + a]) is not None), None)
        for names in (("h", "h2", "h3"), ("min", "min3"))
    )
    if hour is None:
        return None
    late, early = (
        told[f"{prefix}{half}"] or told[f"{prefix}h2{half}"] for half in ("late", "early")
    )
    n = int(hour) % 12 + (12 if late else 0) if late or early else int(hour)
    if n > 23 or int(minute or 0) > 59:
        return None
    return f"{n:02}:{minute or '00'}", _offset(told[f"{prefix}zone"] or "")


def _offset(zone: str) -> str:
    name, sign, far = re.fullmatch(r"([^+-]*)([+-]?)([\d:]*)", zone.lower()).groups()  # type: ignore[union-attr]
    if sign:
        hours, minutes = far[:2].rstrip(":"), far[2:].lstrip(":")
        return f"{sign}{int(hours):02}:{minutes or '00'}"
    return str(table("pages", LANGUAGE)["zones"].get(name.strip(), ""))


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


def _falls(stamps: Sequence[_Stamp]) -> bool:
    """Whether the newest stands first, as the days tell, else the order in which the posts took
    less time, if the next of each was made within a day."""
    days = [stamp.day for stamp in stamps if stamp.day is not None]
    if days and days[0] != days[-1]:
        return days[0] > days[-1]
    minutes = [int(s.time[:2]) * 60 + int(s.time[3:]) for s in stamps if s.time is not None]
    rising = sum((b - a) % _DAY for a, b in pairwise(minutes))
    return sum((a - b) % _DAY for a, b in pairwise(minutes)) <= rising


_DAY = 24 * 60  # minutes


def _days(stamps: Sequence[_Stamp], first: date | None, falls: bool) -> list[date | None]:
    """The day of each stamp: its own, or that of the day over it, or counted on over midnight from
    the one before it, the first from publication, or back from the one behind it."""
    given: list[date | None] = []
    over: date | None = None
    for stamp in stamps:
        over = stamp.day if not stamp.posts else over
        given.append(stamp.day or over)
    order = [n for n, stamp in enumerate(stamps) if stamp.time is not None]
    order = order[::-1] if falls else order
    known = next((n for n, at in enumerate(order) if given[at] is not None), None)
    if known is None and order:
        known = 0
        given[order[0]] = first
    for later, n in pairwise(order[known::-1] if known is not None else []):
        given[n] = _shifted(given[later], -((stamps[n].time or "") > (stamps[later].time or "")))
    for before, n in pairwise(order[known:] if known is not None else []):
        passed = (stamps[n].time or "") < (stamps[before].time or "")
        own, headed = stamps[n].day, given[n]
        if own is None and (headed is None or (headed == given[before] and not falls)):
            given[n] = _shifted(given[before], passed)
    return given


def _shifted(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None
