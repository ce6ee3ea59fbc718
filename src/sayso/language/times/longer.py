"""Where months and longer stretches lie: one function for each rule of `timex` that names one, for
`placing`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sayso.language.times import periods
from sayso.language.times.instances import STEP, yearly
from sayso.language.times.periods import Period, Placed
from sayso.language.times.story import Clause
from sayso.language.times.timevalues import letters


def month(c: Clause) -> Placed:
    """The days of "late May", "last March", "the second week of June"."""
    found = _whole_month(c)
    return part_of(found, c) if isinstance(found, Period) else found


def part_of(whole: Period, c: Clause) -> Placed:
    """The part of a month or a feast that an ordinal names: the so-manieth week by sevens of days,
    so-manieth day, night, Friday or half; the last where it says so; all of it where none is named.
    "The first days" are three."""
    which, unit = c.match.kind("which"), c.match.value("unit")
    if which is None:
        return whole
    number = None if which in ("last", "final") else c.match.value("which")
    length = (whole.last - whole.first).days + 1
    if (weekday := c.match.value("weekday")) is not None:
        each = (whole.first + timedelta(n) for n in range(length))
        days = [one for one in each if one.isoweekday() == weekday]
        at = len(days) if number is None else number
        return periods.day(days[at - 1]) if 0 < at <= len(days) else None
    if c.match.kind("part") or c.match.kind("unit") == "dayunit":
        size = 1
    elif c.match.has("half"):
        size = 15 if number == 1 else length - 15
        number = None if number == 2 else number
    else:
        count = c.match.value("n") or (3 if unit == "D" else 1)
        size = int(count) * {"D": 1, "W": 7}.get(unit, length + 1)
    first = length - size if number is None else size * (number - 1)
    if first < 0 or first + size > length:
        return None
    begin = whole.first + timedelta(first)
    return (
        periods.day(begin)
        if size == 1
        else replace(whole, first=begin, last=begin + timedelta(size - 1), grain="span")
    )


def _whole_month(c: Clause) -> Placed:
    month, year, now = c.match.value("month"), c.match.value("year"), c.story.published
    if year is not None:
        return periods.month(year, month)
    rel = c.rel
    with_unit = any(w.kind == "unit" for w in c.match.words) and not c.match.kind("which")
    if rel and with_unit:
        return periods.month(now.year + STEP[rel], month) if now else f"XXXX-{month:02}"
    return yearly(c, lambda in_year: periods.month(in_year, month), rel) or f"XXXX-{month:02}"


def year(c: Clause) -> Placed:
    """The days of "2021", "fiscal 2021"."""
    return periods.year(c.match.value("year"))


def years(c: Clause) -> Placed:
    """The days of "1990-95"."""
    first, upto = c.match.value("year"), int(c.match.value("upto"))
    last = upto if upto > 99 else first // 100 * 100 + upto
    return periods.between(periods.year(first), periods.year(last))


def decade(c: Clause) -> Placed:
    """The days of "the 1990s", "the nineties"."""
    first = int(c.match.value("decade"))
    return periods.decade(first if first > 99 else 1900 + first)


def century(c: Clause) -> Placed:
    """The days of "the 19th century"."""
    return periods.century(c.match.value("number"))


def quarter(c: Clause) -> Placed:
    """The days of "the third quarter of 2020", "last year's fourth quarter"."""
    number, year, now = c.match.value("number"), c.match.value("year"), c.story.published
    if number > 4:
        return None
    rel = c.rel
    if year is None and now is not None:
        if rel:
            year = now.year + STEP.get(rel, 0)
        elif c.match.kind("ago"):
            year = now.year - 1
    if year is not None:
        return periods.quarter(year, number)
    # Reports look ahead to the quarter that they report on: only the past tense tells.
    gone = c.view == "past"
    return yearly(c, lambda y: periods.quarter(y, number), tense=gone) or f"XXXX-Q{number}"


def half(c: Clause) -> Placed:
    """The days of "the first half of 2021", "the last half of the nineties"."""
    number = 2 if c.match.kind("number") == "last" else c.match.value("number")
    if c.match.kind("decade"):
        return decade(c)
    year = c.match.value("year")
    if year is None and c.story.published:
        year = c.story.published.year + STEP.get(c.rel or "this", 0)
    return periods.half(year, number) if year and number in (1, 2) else None


def opening(c: Clause) -> Placed:
    """The days of "the first nine months of this year", "the last two weeks of 2021"."""
    count, unit, now = c.match.value("n"), c.match.value("span"), c.story.published
    year = c.match.value("year")
    if year is None and now is not None:
        year = now.year + STEP[c.rel or "this"]
    if year is None or not count or c.match.value("which") not in (None, 1):
        return None
    whole = periods.year(year)
    if c.match.value("which") is None:
        return Period(
            periods.back(whole.last, -count, unit) + timedelta(1), whole.last, "half", None
        )
    return Period(whole.first, periods.back(whole.first, count, unit) - timedelta(1), "half", None)


def season(c: Clause) -> Placed:
    """The days of "last winter", "the spring of 2020"."""
    letters, year = c.match.value("season"), c.match.value("year")
    rel = c.rel
    if year is not None:
        return periods.season(year, letters)
    if rel and c.match.has("unit") and c.story.published:
        return periods.season(c.story.published.year + STEP[rel], letters)
    return yearly(c, lambda in_year: periods.season(in_year, letters), rel) or f"XXXX-{letters}"


def unit(c: Clause) -> Placed:
    """ "last week", "this year", "the following day", "the quarter"; "the past week" ends today."""
    rel, kind, now = c.rel, c.match.kind("unit"), c.story.published
    if kind == "period":
        return c.story.quarter or c.story.recent
    told = c.story.recent.first if c.story.recent else None
    if rel in ("previous", "following", "that") or (rel == "next" and c.match.has("the")):
        now = (c.story.anchor() if c.match.value("unit") == "D" else told) or now
    elif rel is None and c.match.value("unit") == "D":
        now = c.story.anchor()
    if now is None:
        return None
    if kind == "quarter" and rel == "latest":
        return periods.shift(now, -1, "Q")
    if kind == "quarter" and rel is None and c.story.quarter:
        return c.story.quarter
    running = c.match.kind("rel") == "bygone" or (rel == "last" and c.match.has("the"))
    if running and kind != "weekend":
        span = periods.back(now, -1, c.match.value("unit"))
        return Period(span, now, "span", f"P{letters(c.match.value('unit'), 1)}")
    step = STEP[rel or "this"]
    if kind == "weekend":
        whole = periods.weekend(now + timedelta(weeks=step))
        gone = c.view == "past" if rel == "this" else rel is None and c.view != "future"
        if gone and whole.first > now:
            return periods.weekend(now - timedelta(7))
        return whole
    if c.match.value("unit") == "E":
        return periods.decade((now.year // 10 + step) * 10)
    if c.match.value("unit") == "C":
        return periods.century(now.year // 100 + 1 + step)
    return periods.shift(now, step, c.match.value("unit"))


def yearend(c: Clause) -> Placed:
    """The day of "year-end", the last of the year."""
    now = c.story.published
    return periods.day(date(now.year, 12, 31)) if now else None


def same(c: Clause) -> Placed:
    """ "the same period last year": the time that the story named last, in that year; all the year
    where it named no more than a day."""
    told, now, year = c.story.recent, c.story.published, c.match.value("year")
    if told is None or told.grain in ("day", "year"):
        told = c.story.quarter or told
    if year is None and c.match.kind("way"):
        year = told.last.year - 1 if told else None
    elif year is None and now is not None:
        year = now.year + STEP[c.rel or "last"]
    if year is None or told is None or told.grain == "day":
        return periods.year(year) if year else "PAST_REF"
    step = year - told.last.year
    first, last = (periods.back(day, step, "Y") for day in (told.first, told.last))
    value = told.value and told.value.replace(f"{told.first.year:04}", f"{first.year:04}", 1)
    return Period(first, last, told.grain, None if told.grain == "week" else value)


def yearago(c: Clause) -> Placed:
    """ "the year-ago quarter": the same quarter, a year before."""
    year = c.match.value("year")
    if c.story.quarter:
        number = (c.story.quarter.first.month + 2) // 3
        return periods.quarter(year or c.story.quarter.first.year - 1, number)
    if year is None and c.story.published:
        year = c.story.published.year - 1
    return periods.year(year) if year else None
