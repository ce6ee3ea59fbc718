"""Stretches of the calendar: days, weeks, months and longer, with their names in TIMEX3.

Arithmetic only, on the proleptic Gregorian calendar with ISO weeks; it knows no words and no story.
Everything here raises `ValueError` or `OverflowError` where the calendar ends.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from typing import Literal

from convertdate import hebrew, holidays, islamic, persian

Grain = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "years", "span"
]

_CALENDARS: dict[str, ModuleType] = {"islamic": islamic, "persian": persian, "hebrew": hebrew}
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Seasons of the northern half, by whole months, as TimeML's users write them.


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included, the grain that they are named by, and the TIMEX3 name.

    A range ("5-7 January") has no name of its own.
    """

    first: date
    last: date
    grain: Grain
    value: str | None


Placed = Period | str | None
"""Days on the calendar; or only a TIMEX3 value; or neither, though it is a time expression."""


def day(when: date) -> Period:
    """One day."""
    return Period(when, when, "day", when.isoformat())


def week(when: date) -> Period:
    """The ISO week, Monday to Sunday, that holds this day."""
    monday = when - timedelta(when.weekday())
    year_, number, _ = monday.isocalendar()
    return Period(monday, monday + timedelta(6), "week", f"{year_}-W{number:02}")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week that holds this day."""
    whole = week(when)
    return Period(whole.first + timedelta(5), whole.last, "weekend", f"{whole.value}-WE")


def month(year_: int, number: int) -> Period:
    """One month; `number` may run past 12 or below 1, and then the year moves."""
    year_, number = year_ + (number - 1) // 12, (number - 1) % 12 + 1
    return _months(year_, number, 1, "month", f"{year_:04}-{number:02}")


def quarter(year_: int, number: int) -> Period:
    """One quarter; `number` may run past 4 or below 1, and then the year moves."""
    year_, number = year_ + (number - 1) // 4, (number - 1) % 4 + 1
    return _months(year_, number * 3 - 2, 3, "quarter", f"{year_:04}-Q{number}")


def half(year_: int, number: int) -> Period:
    """The first or the second half of a year."""
    return _months(year_, number * 6 - 5, 6, "half", f"{year_:04}-H{number}")


def season(year_: int, letters: str) -> Period:
    """A season ("SP", "SU", "FA", "WI") by whole months; winter begins in December of `year_`."""
    return _months(year_, _SEASONS[letters], 3, "season", f"{year_:04}-{letters}")


def year(number: int) -> Period:
    """One calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04}")


def decade(number: int) -> Period:
    """The ten years that begin with this one: 1990 is the nineties."""
    return Period(date(number, 1, 1), date(number + 9, 12, 31), "years", f"{number // 10:03}")


def century(number: int) -> Period:
    """The 20th century is 20: by its digits, 1900 to 1999, as TIMEX3 has it."""
    first = (number - 1) * 100
    return Period(date(first, 1, 1), date(first + 99, 12, 31), "years", f"{number - 1:02}")


def between(first: Period, last: Period) -> Period:
    """From the start of one period to the end of another.

    Raises `ValueError` when they run backwards.
    """
    if last.last < first.first:
        raise ValueError("a period that ends before it begins")
    return Period(first.first, last.last, first.grain, None)


def shift(when: date, number: int, unit: str) -> Period:
    """The period of the size of `unit`, a letter of `dates.toml`, that lies so many units away."""
    if unit in ("D", "h", "m", "s"):
        return day(when + timedelta(number if unit == "D" else 0))
    if unit in ("W", "F"):
        return week(when + timedelta(weeks=number * (2 if unit == "F" else 1)))
    if unit == "M":
        return month(when.year, when.month + number)
    if unit == "Q":
        return quarter(when.year, (when.month + 2) // 3 + number)
    return year(when.year + number * {"Y": 1, "E": 10, "C": 100}[unit])


def back(when: date, number: float, unit: str) -> date:
    """The day that lies exactly so many units away, months and years by the calendar."""
    days = {"s": 0.0, "m": 1 / 1440, "h": 1 / 24, "D": 1.0, "W": 7.0, "F": 14.0}.get(unit)
    if days is not None:
        return when + timedelta(int(number * days))
    months = int(number * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit])
    target = month(when.year, when.month + months)
    return target.first.replace(day=min(when.day, target.last.day))


def feast(rule: str, year_: int) -> Period:
    """The days of a feast in a year of the calendar that its rule names, as `dates.toml` has it:
    "easter-2" and "orthodox+0" are so many days from Easter Sunday of that church, "islamic 10-1 3"
    the first three days of the tenth month, "islamic 9" all of the ninth.

    Islamic months are those of the tabular calendar, a day or two from where the moon is seen.
    """
    if counted := re.fullmatch(r"(easter|orthodox)([+-]\d+)", rule):
        church = "orthodox" if counted[1] == "orthodox" else "western"
        sunday = date(*holidays.easter(year_, church))
        return day(sunday + timedelta(int(counted[2])))
    kind, named, *days = rule.split()
    month_, _, first = named.partition("-")
    known = _CALENDARS[kind]
    start = date(*known.to_gregorian(year_, int(month_), int(first or 1)))
    size = int(days[0]) if days else 1 if first else known.month_length(year_, int(month_))
    last = start + timedelta(size - 1)
    return day(start) if size == 1 else Period(start, last, "span", None)


def year_of(rule: str, when: date) -> int:
    """The year of that day in the calendar that a feast's rule names."""
    known = _CALENDARS.get(rule.partition(" ")[0])
    return when.year if known is None else int(known.from_gregorian(*when.timetuple()[:3])[0])


def nth_weekday(year_: int, month_: int, weekday: int, number: int) -> date:
    """The n-th such weekday (ISO: Monday is 1) of a month."""
    first = date(year_, month_, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def _months(year_: int, first: int, count: int, grain: Grain, value: str) -> Period:
    last_year, last = year_ + (first + count - 2) // 12, (first + count - 2) % 12 + 1
    return Period(
        date(year_, first, 1),
        date(last_year, last, calendar.monthrange(last_year, last)[1]),
        grain,
        value,
    )
