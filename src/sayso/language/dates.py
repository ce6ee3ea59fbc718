"""Time expressions of a document, placed on the calendar.

`timex` finds them; here they get their days, from three things: the publication date, the tense of
the clause (`outlook`), and the day that the story itself named last ("the following day"). What
these do not settle stays open: no day is ever guessed. Durations and habits are found and never
placed. "early", "mid" and "the end of" do not narrow a period: the named period is kept whole.
Ages ("a 13-year-old") are no time expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sayso.language import periods
from sayso.language.outlook import Outlook, outlook
from sayso.language.periods import Period
from sayso.language.timex import Match, find
from sayso.language.trees import Sentence
from sayso.lexicon import table, words
from sayso.records import TimeMention

Placed = Period | str | None
"""Days on the calendar; or only a TIMEX3 value; or neither, though it is a time expression."""

_DAYLESS = ("clock", "noon", "part", "overnight")
_DAYS = ("date", "weekday", "near", "iso", "numeric", "holiday")
_BEFORE_DAY = re.compile(r"[\s,]*\(?[\s,]*(?:on\s+)?", re.IGNORECASE)


@dataclass
class _Story:
    """What a document has said about time so far."""

    published: date | None
    day: Period | None = None
    recent: Period | None = None
    quarter: Period | None = None

    def heard(self, match: Match, period: Period) -> None:
        """Remember a period as what "the following day" may refer to.

        Not what it is compared with: "a year earlier" does not move the story back.
        """
        if match.rule == "yearago" or period.grain == "span":
            return
        if match.rule == "ago" and match.value("unit") == "Y":
            return
        self.recent = period
        if period.grain == "day":
            self.day = period
        if period.grain == "quarter":
            self.quarter = period

    def anchor(self) -> date | None:
        """The day that the story is at: named last, or that of publication."""
        return self.day.first if self.day else self.published


@dataclass
class _Clause:
    """One match where it stands."""

    match: Match
    story: _Story
    sentence: Sentence
    start: int
    """Offset in the sentence of the whole expression, a time of day before it counted in."""

    @property
    def view(self) -> Outlook | None:
        """Which way the clause looks."""
        offset = self.sentence.start
        return outlook(self.sentence, offset + self.start, offset + self.match.end)

    @property
    def rel(self) -> str | None:
        """Which neighbour is meant: "last", "this", "next", "previous", "following", "that"."""
        kind = self.match.kind("rel")
        return {"bygone": "last", "current": "this"}.get(kind or "", kind)


def times(sentences: Sequence[Sentence], published: str | None) -> list[TimeMention]:
    """The time expressions of a document in text order, with their first and last days.

    `published` is an ISO date or date-time; without it, what is counted from publication stays
    open, and so it does when `published` is not a date.
    """
    story = _Story(_day_of(published))
    found: list[TimeMention] = []
    for sentence in sentences:
        matches = find(sentence)
        if matches:
            found += _sentence_times(sentence, matches, story)
    return found


def span(
    mention: TimeMention, sentence: Sentence, published: str | None
) -> tuple[str | None, str | None]:
    """The days that a mention bounds where it stands, its preposition counted in.

    "until Friday" gives (None, Friday), "since Wednesday" (Wednesday, publication day), "by" and
    "before" end with the day, "after" and "from" begin with it; anything else gives the mention's
    own days. Of "from Monday to Wednesday" and "between 5 and 7 January" each end is a mention, and
    the two spans meet in the middle: the first is open to the right, the second to the left.
    """
    first, last = mention.first, mention.last
    lead = [
        t.lower for t in sentence.tokens if t.end <= mention.start and t.start >= sentence.start
    ]
    between = words("dates", "prepositions.between")
    while lead and lead[-1] in between:
        lead.pop()
    word, pair = (lead[-1] if lead else ""), " ".join(lead[-2:])
    if first is None and last is None:
        return None, None
    for key, bounds in (
        ("until", (None, last)),
        ("since", (first, _iso(_day_of(published)))),
        ("by", (None, last)),
        ("after", (first, None)),
        ("opening", (first, None)),
    ):
        listed = words("dates", f"prepositions.{key}")
        if word in listed or pair in listed:
            return bounds
    if word in words("dates", "prepositions.closing") and any(
        w in words("dates", "prepositions.opening") for w in lead[-9:-1]
    ):
        return None, last
    return first, last


def _iso(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _sentence_times(sentence: Sentence, matches: list[Match], story: _Story) -> list[TimeMention]:
    placed: list[tuple[int, int, Match, Placed]] = []
    clock: Match | None = None
    for n, match in enumerate(matches):
        following = matches[n + 1] if n + 1 < len(matches) else None
        if clock is None and match.rule in _DAYLESS and following and following.rule in _DAYS:
            gap = sentence.text[match.end : following.start]
            if match.rule != "overnight" and _BEFORE_DAY.fullmatch(gap):
                clock = match
                continue
        try:
            start = clock.start if clock else match.start
            result = _place(_Clause(match, story, sentence, start))
        except _NotATime:
            clock = None
            continue
        if clock is not None:
            if isinstance(result, Period):
                result = replace(result, value=result.value[:10] + _time_of_day(clock))
            clock = None
        if isinstance(result, Period):
            story.heard(match, result)
        placed.append((start, match.end, match, result))
    mentions = []
    for start, end, match, result in placed:
        if match.rule in _DAYLESS and result is None:
            day = _nearest_day(placed, start)
            if match.rule == "overnight":
                today = story.published
                result = _overnight_to(day.first if day else today)
            else:
                result = _on_day(match, day or story.day)
        first = _iso(result.first) if isinstance(result, Period) else None
        last = _iso(result.last) if isinstance(result, Period) else None
        value = result.value if isinstance(result, Period) else result
        mentions.append(
            TimeMention(
                start=sentence.start + start,
                end=sentence.start + end,
                text=sentence.text[start:end],
                first=first,
                last=last,
                value=None if value and "/" in value else value,
            )
        )
    return mentions


def _nearest_day(placed: list[tuple[int, int, Match, Placed]], start: int) -> Period | None:
    days = [
        (abs(at - start), result)
        for at, _, match, result in placed
        if isinstance(result, Period) and result.grain == "day" and match.rule not in _DAYLESS
    ]
    return min(days, key=lambda d: d[0])[1] if days else None


class _NotATime(Exception):
    """The words of a time, used for something else."""


def _place(clause: _Clause) -> Placed:
    try:
        return _RULES[clause.match.rule](clause)
    except (ValueError, OverflowError):
        return None  # 31 February, or past the ends of the calendar


# --- days and longer by name -------------------------------------------------------------------


def _stamp(c: _Clause) -> Placed:
    return periods.day(date.fromisoformat(c.match.words[0].text[:10]))


def _numeric(c: _Clause) -> Placed:
    """05.01.2022 is day first wherever dots are used; with slashes only a number over 12 tells."""
    written = c.match.words[0].text
    one, two, year = (int(part) for part in re.split(r"[./]", written))
    year = _full_year(year, c.story.published) if len(written.split(written[-3])[-1]) < 3 else year
    if "." in written or one > 12:
        return periods.day(date(year, two, one))
    if two > 12 or one == two:
        return periods.day(date(year, one, two))
    return None


def _full_year(short: int, published: date | None) -> int:
    """Two digits as the year nearest to publication; without one, by POSIX: 69-99 are 19xx."""
    if short > 99:
        return short
    if published is None:
        return short + (1900 if short >= 69 else 2000)
    century = published.year // 100 * 100
    years = [century - 100 + short, century + short, century + 100 + short]
    return min(years, key=lambda year: abs(year - published.year))


def _date(c: _Clause) -> Placed:
    month, day, upto = c.match.value("month"), c.match.value("day"), c.match.value("upto")
    year = c.match.value("year")
    if year is not None and year < 100:
        year = _full_year(int(year), c.story.published)

    def named(in_year: int) -> Period:
        first = periods.day(date(in_year, month, day))
        return first if upto is None else periods.between(first, named_day(in_year))

    def named_day(in_year: int) -> Period:
        return periods.day(date(in_year, month, upto))

    if year is not None:
        found: Period | None = named(year)
    else:
        found = _yearly(c, named, "last" if c.match.has("last") else None)
    if found is None:
        return f"XXXX-{month:02}-{day:02}"
    return _with_part(found, c.match.value("part"))


def _month(c: _Clause) -> Placed:
    month, year, now = c.match.value("month"), c.match.value("year"), c.story.published
    if year is not None:
        return periods.month(year, month)
    rel = c.rel
    with_unit = any(w.kind == "unit" for w in c.match.words)
    if rel and with_unit:
        return periods.month(now.year + _STEP[rel], month) if now else f"XXXX-{month:02}"
    return _yearly(c, lambda in_year: periods.month(in_year, month), rel) or f"XXXX-{month:02}"


def _year(c: _Clause) -> Placed:
    return periods.year(c.match.value("year"))


def _years(c: _Clause) -> Placed:
    first, upto = c.match.value("year"), int(c.match.value("upto"))
    last = upto if upto > 99 else first // 100 * 100 + upto
    return periods.between(periods.year(first), periods.year(last))


def _decade(c: _Clause) -> Placed:
    first = int(c.match.value("decade"))
    return periods.decade(first if first > 99 else 1900 + first)


def _century(c: _Clause) -> Placed:
    return periods.century(c.match.value("number"))


def _quarter(c: _Clause) -> Placed:
    number, year, now = c.match.value("number"), c.match.value("year"), c.story.published
    if number > 4:
        return None
    rel = c.rel
    if year is None and now is not None:
        if rel:
            year = now.year + _STEP.get(rel, 0)
        elif c.match.kind("ago"):
            year = now.year - 1
    if year is not None:
        return periods.quarter(year, number)
    return _yearly(c, lambda y: periods.quarter(y, number), tense=False) or f"XXXX-Q{number}"


def _half(c: _Clause) -> Placed:
    number = 2 if c.match.kind("number") == "last" else c.match.value("number")
    if c.match.kind("decade"):
        return _decade(c)
    year = c.match.value("year")
    if year is None and c.story.published:
        year = c.story.published.year + _STEP.get(c.rel or "this", 0)
    return periods.half(year, number) if year and number in (1, 2) else None


def _season(c: _Clause) -> Placed:
    letters, year = c.match.value("season"), c.match.value("year")
    rel = c.rel
    if year is not None:
        return periods.season(year, letters)
    if rel and c.match.has("unit") and c.story.published:
        return periods.season(c.story.published.year + _STEP[rel], letters)
    return _yearly(c, lambda in_year: periods.season(in_year, letters), rel) or f"XXXX-{letters}"


def _holiday(c: _Clause) -> Placed:
    rule = c.match.value("holiday")

    def named(year: int) -> Period:
        if rule.startswith("easter"):
            return periods.day(periods.easter(year) + timedelta(int(rule[6:])))
        if "/" in rule:
            month, weekday, number = (int(part) for part in rule.split("/"))
            return periods.day(periods.nth_weekday(year, month, weekday, number))
        return periods.day(date(year, int(rule[:2]), int(rule[3:])))

    year = c.match.value("year")
    return named(year) if year else _yearly(c, named, c.rel)


_STEP = {"last": -1, "this": 0, "next": 1, "latest": 0, "previous": -1, "following": 1, "that": 0}

_FAR = 300
"""Days after which a date without a year is read on the other side, whatever the tense: nobody
writes "on 6 November" in a past tense for a day ten months back, more than a year is named."""


def _yearly(
    c: _Clause, named: Callable[[int], Period], rel: str | None = None, tense: bool = True
) -> Period | None:
    """The instance of something yearly that is meant, None without a publication date."""
    now = c.story.published
    if now is None:
        return None
    options = []
    for year in range(now.year - 2, now.year + 3):
        try:
            options.append(named(year))
        except ValueError:
            continue  # 29 February
    past = [p for p in options if p.first <= now]
    ahead = [p for p in options if p.last >= now]
    if rel in ("last", "previous"):
        return next((p for p in reversed(past) if p.last < now), None)
    if rel in ("next", "following"):
        return next((p for p in ahead if p.first > now), None)
    if rel == "this":
        return next((p for p in options if p.first.year == now.year), None)
    before, after = past[-1], ahead[0]
    behind = max((now - before.last).days, 0)
    beyond = max((after.first - now).days, 0)
    if tense and c.view == "past" and behind <= _FAR:
        return before
    if tense and c.view == "future" and beyond <= _FAR:
        return after
    return before if behind <= beyond else after


# --- days and longer by distance ---------------------------------------------------------------


def _weekday(c: _Clause) -> Placed:
    number, now, rel = c.match.value("weekday"), c.story.published, c.rel
    part = c.match.value("part")
    if rel in ("previous", "following", "that") and c.story.day:
        now = c.story.day.first
    if now is None:
        return f"XXXX-WXX-{number}" + (f"T{part}" if part else "")
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


def _near(c: _Clause) -> Placed:
    now, kind = c.story.published, c.match.kind("day")
    if now is None:
        return None
    step = {"yesterday": -1, "today": 0, "tomorrow": 1}[kind or "today"]
    if c.match.kind("way"):
        step *= 2
    return _with_part(periods.day(now + timedelta(step)), c.match.value("part"))


def _tonight(c: _Clause) -> Placed:
    now = c.story.published
    return _with_part(periods.day(now), "NI") if now else None


def _overnight(c: _Clause) -> Placed:
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


def _overnight_to(morning: date | None) -> Placed:
    return _night(morning - timedelta(1)) if morning else None


def _part(c: _Clause) -> Placed:
    now, rel, part = c.story.published, c.rel, c.match.value("part")
    if rel is None:
        return None
    if rel in ("last", "this", "latest"):
        return _with_part(periods.day(now + timedelta(_STEP[rel])), part) if now else None
    anchor = c.story.anchor()
    return _with_part(periods.day(anchor + timedelta(_STEP[rel])), part) if anchor else None


def _clock(c: _Clause) -> Placed:
    return None


def _with_part(period: Period, part: str | None) -> Period:
    return replace(period, value=f"{period.value}T{part}") if part else period


def _time_of_day(match: Match) -> str:
    """The time of a match that names one, as TIMEX3 appends it to a day: "T18:00", "TMO"."""
    part = next((w.value for w in match.words if w.kind == "part"), None)
    if match.rule == "noon":
        return f"T{match.value('noon')}"
    if match.rule != "clock":
        return f"T{part}"
    word = match.parts["clock"]
    digits = re.split(r"[:.]", word.text)
    hour, minute = int(digits[0]), digits[1] if len(digits) > 1 else "00"
    if len(digits) == 1 and len(word.text) == 4:
        hour, minute = int(word.text[:2]), word.text[2:]
    late = "p" in match.parts["meridiem"].text if "meridiem" in match.parts else None
    if late is None and part in ("AF", "EV", "NI"):
        late = True
    if late is not None:
        hour = hour % 12 + (12 if late else 0)
    return f"T{hour:02}:{minute}"


def _on_day(match: Match, day: Period | None) -> Placed:
    """A time of day put on the day that its sentence, or the story, named."""
    time = _time_of_day(match)
    return replace(day, value=day.value[:10] + time) if day else f"XXXX-XX-XX{time}"


def _unit(c: _Clause) -> Placed:
    """ "last week", "this year", "the following day", "the quarter"; "the past week" ends today."""
    rel, kind, now = c.rel, c.match.kind("unit"), c.story.published
    if kind == "period":
        return c.story.quarter or c.story.recent
    if rel is None and c.match.value("unit") == "D" and len(c.match.words) < 3:
        raise _NotATime  # "the day belonged to them"
    if c.match.kind("month"):  # "the week of 6 March"
        named = _date(c)
        if kind == "unit" and isinstance(named, Period):
            return periods.shift(named.first, 0, c.match.value("unit"))
        return None
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
    if c.match.kind("rel") == "bygone" or (rel == "last" and c.match.has("the")):
        span = periods.back(now, -1, c.match.value("unit"))
        return Period(span, now, "span", f"P{_letters(c.match.value('unit'), 1)}")
    step = _STEP[rel or "this"]
    if kind == "weekend":
        whole = periods.weekend(now + timedelta(weeks=step))
        if rel is None and c.view != "future" and whole.first > now:
            return periods.weekend(now - timedelta(7))
        return whole
    return periods.shift(now, step, c.match.value("unit"))


def _yearend(c: _Clause) -> Placed:
    now = c.story.published
    return periods.day(date(now.year, 12, 31)) if now else None


def _yearago(c: _Clause) -> Placed:
    """ "the year-ago quarter": the same quarter, a year before."""
    year = c.match.value("year")
    if c.story.quarter:
        number = (c.story.quarter.first.month + 2) // 3
        return periods.quarter(year or c.story.quarter.first.year - 1, number)
    if year is None and c.story.published:
        year = c.story.published.year - 1
    return periods.year(year) if year else None


def _ago(c: _Clause) -> Placed:
    """ "three days ago" from publication; "two days later", "a day earlier" from the story's day."""
    way, unit = c.match.kind("way"), c.match.value("unit")
    count = 1 if c.match.kind("n") in (None, "a") else c.match.value("n")
    later = way == "later" or c.match.parts["way"].text == "after"
    if not count:
        return "FUTURE_REF" if later else "PAST_REF"
    step = int(count) if later else -int(count)
    if unit == "Y" and count == 1 and c.story.quarter and not later:
        return periods.shift(c.story.quarter.first, -4, "Q")
    anchor = c.story.published if way == "ago" else c.story.anchor()
    return periods.shift(anchor, step, unit) if anchor else None


def _lately(c: _Clause) -> Placed:
    """ "the past 24 hours", "the next two weeks": a duration that ends or begins at publication."""
    rel, unit, now = c.rel, c.match.value("unit"), c.story.published
    if unit is None:
        return "PAST_REF"
    if c.match.kind("n") is None:
        return f"P{_letters(unit, 'X')}"
    value = _duration(c)
    count = c.match.value("n")
    if now is None or not count or not isinstance(value, str) or rel not in ("last", "next"):
        return value
    other = periods.back(now, count if rel == "next" else -count, unit)
    return Period(min(now, other), max(now, other), "span", value)


def _duration(c: _Clause) -> Placed:
    count = 1 if c.match.kind("n") == "a" else c.match.value("n")
    return f"P{_letters(c.match.value('unit'), count or 'X', c.match.has('half'))}"


def _letters(unit: str, count: Any, half: bool = False) -> str:
    """The letters of an ISO duration after "P": fortnights in weeks, decades in years."""
    size, letter = {"F": (2, "W"), "E": (10, "Y"), "C": (100, "Y")}.get(unit, (1, unit))
    time = letter in "hms"
    if count == "X":
        text = f"X{'E' if unit == 'E' else unit if unit == 'C' else letter.upper()}"
        return f"T{text}" if time else text
    whole, rest = divmod(count * size + (0.5 if half else 0), 1)
    text = f"{int(whole)}{letter.upper()}" if whole else ""
    if rest:
        lower = {"Y": (12, "M"), "D": (24, "H"), "h": (60, "M"), "m": (60, "S"), "W": (7, "D")}
        factor, name = lower.get(letter, (30, "D"))
        text += f"{'T' if letter == 'D' else ''}{round(rest * factor)}{name}"
    return f"T{text}" if time else text


def _habit(c: _Clause) -> Placed:
    if weekday := c.match.value("habit") or c.match.value("weekday"):
        return f"XXXX-WXX-{weekday}"
    if month := c.match.value("month"):
        return f"XXXX-{month:02}"
    unit = c.match.value("unit")
    return f"P{_letters(unit, 1)}" if unit else None


def _daily(c: _Clause) -> Placed:
    return str(table("dates")["repeats"][c.match.words[0].text])


_RULES: dict[str, Callable[[_Clause], Placed]] = {
    "iso": _stamp,
    "numeric": _numeric,
    "date": _date,
    "month": _month,
    "year": _year,
    "years": _years,
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "holiday": _holiday,
    "weekday": _weekday,
    "habit": _habit,
    "near": _near,
    "tonight": _tonight,
    "overnight": _overnight,
    "part": _part,
    "clock": _clock,
    "noon": _clock,
    "unit": _unit,
    "yearend": _yearend,
    "yearago": _yearago,
    "ago": _ago,
    "lately": _lately,
    "duration": _duration,
    "daily": _daily,
    "now": lambda c: "PRESENT_REF",
    "past": lambda c: "PAST_REF",
    "soon": lambda c: "FUTURE_REF",
}
