"""Where a time expression lies on the calendar: one small function for each rule of `timex`.

What settles it: the publication date, the tense of the clause (`tense`), and the days that the
story itself named before ("the following day"). What these do not settle stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sayso.language.times import longer, periods
from sayso.language.times.instances import A_YEAR, STEP, yearly
from sayso.language.times.periods import Period, Placed
from sayso.language.times.story import Clause, Story
from sayso.language.times.timevalues import duration, habit, letters, time_of_day
from sayso.language.times.timex import Match


def place(clause: Clause) -> Placed:
    """The days of one match where it stands; None where nothing settles them."""
    try:
        return _RULES[clause.match.rule](clause)
    except (ValueError, OverflowError):
        return None  # 31 February, or past the ends of the calendar


def place_on(match: Match, day: Period | None, story: Story) -> Placed:
    """A time of day put on the day that its sentence named, or else the story.

    "overnight" leads to that day, or else to the day of publication; "during the night" is the one
    that begins on the story's day, if that is past, or else the one that led to publication.
    """
    if match.rule == "overnight":
        morning = day.first if day else story.published
        return _night(morning - timedelta(1)) if morning and morning > date.min else None
    if day is None and match.value("part") == "NI" and story.published:
        # "during the night": the one after the story's day, or the one that led to publication.
        told = story.day.first if story.day else story.published
        if told > date.min:
            return _night(min(told, story.published - timedelta(1)))
    time, day = time_of_day(match), day or story.day
    return at_time(day, time) if day else f"XXXX-XX-XX{time}"


def at_time(day: Period, time: str) -> Period:
    """The same day with a time of day in its value."""
    return replace(day, value=day.first.isoformat() + time)


def _stamp(c: Clause) -> Placed:
    return periods.day(date.fromisoformat(c.match.words[0].text[:10].replace("/", "-")))


def _numeric(c: Clause) -> Placed:
    """05.01.2022 is day first wherever dots are used; with slashes a number over 12 tells, or that
    one of the two days is yet to come when what happened on it is told."""
    written = c.match.words[0].text
    one, two, year = (int(part) for part in re.split(r"[./]", written))
    year = _full_year(year, c.story.published)
    if "." in written or one > 12:
        return periods.day(date(year, two, one))
    if two > 12 or one == two:
        return periods.day(date(year, one, two))
    readings = [date(year, two, one), date(year, one, two)]
    now = c.story.published
    past = [day for day in readings if now and day <= now]
    return periods.day(past[0]) if len(past) == 1 and c.view != "future" else None


def _full_year(short: int, published: date | None) -> int:
    """Two digits as the year nearest to publication; without one, by POSIX: 69-99 are 19xx."""
    if short > 99:
        return short
    if published is None:
        return short + (1900 if short >= 69 else 2000)
    century = published.year // 100 * 100
    years = [century - 100 + short, century + short, century + 100 + short]
    return min(years, key=lambda year: abs(year - published.year))


def _date(c: Clause) -> Placed:
    month, day, upto = c.match.value("month"), c.match.value("day"), c.match.value("upto")
    year = c.match.value("year")
    if year is not None and year < 1000:
        year = _full_year(int(year), c.story.published) if year == int(year) < 100 else None
    if year is None and c.rel and c.match.kind("unit") and c.story.published:  # "5 March last year"
        year = c.story.published.year + STEP[c.rel or "this"]

    def named(in_year: int) -> Period:
        first = periods.day(date(in_year, month, day))
        return first if upto is None else periods.between(first, named_day(in_year))

    def named_day(in_year: int) -> Period:
        return periods.day(date(in_year, month, upto))

    if year is not None:
        found: Period | None = named(year)
    else:
        found = yearly(c, named, "last" if c.match.has("last") else None)
    if found is None:
        return f"XXXX-{month:02}-{day:02}"
    return _with_part(found, c.match.value("part"))


def _monthday(c: Clause) -> Placed:
    """ "on the 10th": of the month that the story is in, or else of the one that is nearest."""
    number, upto, now = c.match.value("day"), c.match.value("upto"), c.story.published
    told = c.story.day.first if c.story.day else now
    if told is None or now is None:
        return f"XXXX-XX-{number:02}"
    options = []
    for step in (-1, 0, 1):
        first = periods.month(told.year, told.month + step).first
        try:
            last = first.replace(day=upto or number)
            options.append(periods.between(*map(periods.day, (first.replace(day=number), last))))
        except ValueError:
            continue  # the 31st
    past = [one for one in options if one.first <= now]
    if c.view == "future":
        options = [one for one in options if one.first >= now]
    else:
        options = [one for one in past if one.first >= told] or past[::-1]
    if not options:
        return None
    return _with_part(options[0] if upto else periods.day(options[0].first), c.match.value("part"))


def _holiday(c: Clause) -> Placed:
    """The days of "last Easter", "the second day of Eid"; of two feasts of one name the nearer."""
    now, year = c.story.published, c.match.value("year")
    each = [_feast(c, rule) for rule in c.match.value("holiday").split("|")]
    found = [one for one in each if one is not None]
    if len(found) > 1 and (year or now is None):
        return None
    nearest = min(found, key=lambda one: abs((one.first - (now or one.first)).days), default=None)
    return nearest and longer.part_of(nearest, c)


def _feast(c: Clause, rule: str) -> Period | None:
    """The days of the feast of this rule, see `dates.toml`."""
    now, year = c.story.published, c.match.value("year")
    if rule[0].isalpha():
        if year is not None:
            theirs = periods.year_of(rule, date(year, 1, 1))
            found = (periods.feast(rule, theirs + step) for step in (0, 1))
            return next((one for one in found if one.first.year == year), None)
        if now is None:
            return None
        theirs = periods.year_of(rule, now) - now.year
        return yearly(c, lambda in_year: periods.feast(rule, in_year + theirs), c.rel, far=A_YEAR)

    def named(year: int) -> Period:
        if "/" in rule:
            month, weekday, number = (int(part) for part in rule.split("/"))
            return periods.day(periods.nth_weekday(year, month, weekday, number))
        return periods.day(date(year, int(rule[:2]), int(rule[3:])))

    return named(year) if year else yearly(c, named, c.rel, far=A_YEAR)


def _weekday(c: Clause) -> Placed:
    number, now, rel = c.match.value("weekday"), c.story.published, c.rel
    part = c.match.value("part")
    if rel in ("previous", "following", "that") and c.story.day:
        now = c.story.day.first
    if now is None:
        return f"XXXX-WXX-{number}" + (f"T{part}" if part else "")
    if c.match.value("unit") == "W" and c.match.has("unit") and rel:  # "Monday last week"
        monday = periods.shift(now, STEP[rel], "W").first
        return _with_part(periods.day(monday + timedelta(number - 1)), part)
    behind = (now.isoweekday() - number) % 7
    before, after = now - timedelta(behind), now + timedelta((number - now.isoweekday()) % 7)
    if rel in ("last", "previous"):
        when = before if behind else now - timedelta(7)
    elif rel in ("next", "following"):
        when = after if behind else now + timedelta(7)
    elif rel == "this":
        when = before if c.view == "past" else after
    elif c.view == "future":
        when = after
    else:
        when = before
    return _with_part(periods.day(when), part)


def _ago_on(c: Clause) -> Placed:
    """ "two weeks ago Monday": that day of the week; of a longer time ago, all of it."""
    found = _ago(c)
    if not isinstance(found, Period) or found.grain != "week":
        return found
    day = found.first + timedelta(c.match.value("weekday") - 1)
    return _with_part(periods.day(day), c.match.value("part"))


def _near(c: Clause) -> Placed:
    now, kind = c.story.published, c.match.kind("day")
    if now is None:
        return None
    step = {"yesterday": -1, "today": 0, "tomorrow": 1}[kind or "today"]
    if c.match.kind("way"):
        step *= 2
    return _with_part(periods.day(now + timedelta(step)), c.match.value("part"))


def _beside(c: Clause) -> Placed:
    """ "a day before Sunday's vote", "the eve of the 8 March vote": so far from the day named."""
    named, way = _named_day(c), c.match.kind("way")
    count = c.match.value("n") if c.match.kind("n") not in (None, "a") else 1
    if not isinstance(named, Period) or not count:
        return "FUTURE_REF" if way == "after" else "PAST_REF"
    unit = c.match.value("span") or "D"
    return periods.day(periods.back(named.first, count if way == "after" else -count, unit))


def _leading(c: Clause) -> Placed:
    """ "the 72 hours to Monday", "the two days before the 8 March vote"."""
    named, unit = _named_day(c), c.match.value("span")
    count = c.match.value("n") if c.match.kind("n") else 1
    size = f"P{letters(unit, count or 'X')}"
    if not isinstance(named, Period) or not count:
        return size
    last = named.first - timedelta(1 if c.match.kind("way") == "before" else 0)
    return Period(periods.back(named.first, -count, unit), last, "span", size)


def _named_day(c: Clause) -> Placed:
    """The day that something is told to be before or after."""
    if c.match.kind("holiday"):
        return _holiday(c)
    if c.match.kind("month"):
        return _date(c)
    return _weekday(c)


def _tonight(c: Clause) -> Placed:
    now = c.story.published
    return _with_part(periods.day(now), "NI") if now else None


def _overnight(c: Clause) -> Placed:
    """The night that leads to a day, and both the days it touches; None to be tied to one later."""
    if c.match.kind("weekday") is None:
        return None
    named = _weekday(c)
    if not isinstance(named, Period):
        return None
    first = named.first - timedelta(1 if c.match.kind("into") else 0)
    return _night(first)


def _night(first: date) -> Period:
    return Period(first, first + timedelta(1), "day", f"{first.isoformat()}TNI")


def _part(c: Clause) -> Placed:
    now, rel, part = c.story.published, c.rel, c.match.value("part")
    if rel is None:
        return None
    if rel in ("last", "this", "latest"):
        return _with_part(periods.day(now + timedelta(STEP[rel])), part) if now else None
    anchor = c.story.anchor()
    return _with_part(periods.day(anchor + timedelta(STEP[rel])), part) if anchor else None


def _with_part(period: Period, part: str | None) -> Period:
    return replace(period, value=f"{period.value}T{part}") if part and period.value else period


def _unit(c: Clause) -> Placed:
    if not c.match.kind("month"):
        return longer.unit(c)
    named = _date(c)  # "the week of 6 March"
    if c.match.kind("unit") == "unit" and isinstance(named, Period):
        return periods.shift(named.first, 0, c.match.value("unit"))
    return None


def _ago(c: Clause) -> Placed:
    """ "three days ago" counts from publication, "two days later" from the story's own day."""
    way, unit = c.match.kind("way"), c.match.value("unit")
    kind = c.match.kind("n")
    count = 1 if kind == "a" or way in ("before", "after") else c.match.value("n")
    later = way in ("later", "after")
    if not count and way == "later" and unit in ("h", "m", "s") and c.story.day:
        return periods.day(c.story.day.first)  # "hours later"
    if not count:
        return "FUTURE_REF" if later else "PAST_REF"
    step = int(count) if later else -int(count)
    if unit == "Y" and count == 1 and c.story.quarter and not later:
        return periods.shift(c.story.quarter.first, -4, "Q")
    anchor = c.story.published if way == "ago" else c.story.anchor()
    if anchor and unit in ("h", "m", "s"):
        return periods.day(periods.back(anchor, step, unit))
    return periods.shift(anchor, step, unit) if anchor else None


def _lately(c: Clause) -> Placed:
    """ "the past 24 hours", "the next two weeks": a duration that ends or begins at publication."""
    rel, unit, now = c.rel, c.match.value("unit"), c.story.published
    if unit is None:
        return "PAST_REF"
    if c.match.kind("n") is None:
        return f"P{letters(unit, 'X')}"
    value, count = duration(c.match), c.match.value("n")
    if now is None or not count or rel not in ("last", "next"):
        return value
    other = periods.back(now, count if rel == "next" else -count, unit)
    return Period(min(now, other), max(now, other), "span", value)


_RULES: dict[str, Callable[[Clause], Placed]] = {
    "iso": _stamp,
    "numeric": _numeric,
    "date": _date,
    "monthday": _monthday,
    "month": longer.month,
    "year": longer.year,
    "years": longer.years,
    "decade": longer.decade,
    "century": longer.century,
    "quarter": longer.quarter,
    "half": longer.half,
    "opening": longer.opening,
    "season": longer.season,
    "holiday": _holiday,
    "weekday": _weekday,
    "habit": lambda c: habit(c.match, c.sentence.language),
    "near": _near,
    "beside": _beside,
    "leading": _leading,
    "tonight": _tonight,
    "overnight": _overnight,
    "part": _part,
    "clock": lambda c: None,
    "noon": lambda c: None,
    "unit": _unit,
    "same": longer.same,
    "yearend": longer.yearend,
    "yearago": longer.yearago,
    "ago": _ago,
    "agoon": _ago_on,
    "lately": _lately,
    "duration": lambda c: duration(c.match),
    "interval": lambda c: f"P{letters(c.match.value('unit'), 1)}",
    "daily": lambda c: habit(c.match, c.sentence.language),
    "now": lambda c: "PRESENT_REF",
    "past": lambda c: "PAST_REF",
    "soon": lambda c: "FUTURE_REF",
}
