"""Time expressions of a document, placed on the calendar.

`timex` finds them; here they get their days, from three things: the publication date, the tense of
the clause (`tense`), and the day that the story itself named last ("the following day"). What
these do not settle stays open: no day is ever guessed. Durations and habits are found and never
placed. "early", "mid" and "the end of" do not narrow a period: a mention keeps the named period
whole, as TIMEX3 does, and says in `mod` which part of it is meant; `span` narrows a month by it.
Ages ("a 13-year-old") are no time expressions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import zip_longest

from sayso.language.times.periods import Period, Placed
from sayso.language.times.placing import at_time, place, place_on
from sayso.language.times.story import Bound, Clause, Story
from sayso.language.times.timevalues import time_of_day
from sayso.language.times.timex import Match, find
from sayso.language.trees import Sentence
from sayso.records import TimeMention

_DAYLESS = ("clock", "noon", "part", "overnight")
_DAYS = ("date", "weekday", "near", "iso", "numeric", "holiday")
_HEAD = 6
"""So many of the first sentences may give the day of the text itself."""
_ENDS_HEAD = re.compile(r"\s*\)?\.?\s*($|--|[—–(:-])")
_BEFORE_DAY = re.compile(r"[\s,]*\(?[\s,]*(?:(\w+)\s+)?")


@dataclass(frozen=True, slots=True)
class _Found:
    """A match with the place that it got, its time of day taken in."""

    start: int
    match: Match
    placed: Placed


def times(sentences: Sequence[Sentence], published: str | None) -> list[TimeMention]:
    """The time expressions of a document in text order, with their first and last days.

    `published` is an ISO date or date-time; without it, what is counted from publication stays
    open, and so it does when `published` is not a date.
    """
    today = _day_of(published)
    # What is printed late by the clock of Greenwich is of the next day where its dateline says so.
    matched = [(sentence, find(sentence)) for sentence in sentences]
    headed = _day_of(_printed(matched[:_HEAD], today)) if today else None
    story = Story(headed if headed and today and headed - today == timedelta(days=1) else today)
    found: list[TimeMention] = []
    for sentence, matches in matched:
        if matches:
            found += _sentence_times(sentence, matches, story)
    return found


def printed(sentences: Sequence[Sentence]) -> str | None:
    """The day that a text gives as its own, as an ISO date: in its dateline, "KERIM (Nov. 20,
    2031)", or on one of its first lines with nothing but names beside it, "First published 11 March
    2031". One without its year is near the day on which it says that it was changed: "Updated 14
    March 2031. First published 11 March". None where it gives none.
    """
    return _printed([(sentence, find(sentence)) for sentence in sentences[:_HEAD]], None)


def _printed(head: Sequence[tuple[Sentence, list[Match]]], today: date | None) -> str | None:
    """The same of the first sentences with their matches; what it gives without its year is near
    the day `today`."""
    last: str | None = None
    for sentence, matches in head:
        lines = [*re.finditer(r"[^\n]+", sentence.text)]
        for mention in _sentence_times(sentence, matches, Story(today)):
            if mention.first is None or mention.first != mention.last:
                continue
            start, end = mention.start - sentence.start, mention.end - sentence.start
            line = next(line for line in lines if line.start() <= start < line.end())
            lead = re.split(r"[.;]\s", line[0][: start - line.start()])[-1]
            before = re.findall(r"[^\W\d_]+", lead)
            heading = sentence.words("dates", "forms.heading")
            small = any(word.islower() and word not in heading for word in before)
            changed = bool({w.lower() for w in before} & sentence.words("dates", "forms.changed"))
            if small or not _ENDS_HEAD.match(line[0], end - line.start()):
                continue
            if not changed:
                return mention.first
            last = mention.first
    return None if today or last is None else _printed(head, _day_of(last))


def span(
    mention: TimeMention, sentence: Sentence, published: str | None
) -> tuple[str | None, str | None]:
    """The days that a mention bounds where it stands, its preposition counted in.

    "until Friday" gives (None, Friday), "since Wednesday" (Wednesday, publication day), "by" and
    "before" end with the day, "after" and "from" begin with it, "more than a year ago" ends with
    the year; anything else gives the mention's own days. Of "from Monday to Wednesday" each end is
    a mention, and the two spans meet in the middle: the first is open to the right, the second to
    the left. "between 5 and 7 January" is one mention with both its ends. "early March" is the
    first ten days.
    """
    first, last = _part_of_month(mention)
    if first is None and last is None:
        return None, None
    if mention.mod == "BEFORE":
        return None, last
    if first != last and mention.value is None:
        return first, last  # a range that names both its ends: "between 2 and 4 January"
    match bound(mention, sentence):
        case "until" | "by":
            return None, last
        case "since":
            return first, _iso(_day_of(published))
        case "after" | "as_of":
            return first, None
    return first, last


def _part_of_month(mention: TimeMention) -> tuple[str | None, str | None]:
    """The days of a mention: of "early March" the first ten, of "mid-March" the ten behind them, of
    "late March" what is left; else all of its own."""
    first, last = mention.first, mention.last
    if (
        mention.mod in (None, "BEFORE")
        or not re.fullmatch(r"\d{4}-\d\d", mention.value or "")
        or not first
    ):
        return first, last
    month = first[:8]
    return {
        "START": (f"{month}01", f"{month}10"),
        "MID": (f"{month}11", f"{month}20"),
        "END": (f"{month}21", last),
    }[mention.mod]


def bound(mention: TimeMention, sentence: Sentence) -> Bound | None:
    """What the words before a mention make of it: an end, a start, or None for the time itself."""
    return _bound_at(mention.start, mention.end, sentence)


def _bound_at(start: int, end: int, sentence: Sentence) -> Bound | None:
    lead = [token.lower for token in sentence.tokens if token.end <= start]
    words = partial(sentence.words, "dates")
    between = words("prepositions.between")
    while lead and lead[-1] in between:
        lead.pop()
    word, pair = (lead[-1] if lead else ""), " ".join(lead[-2:])
    inside = [t.lower for t in sentence.tokens if start <= t.start < end]
    hourly = len(inside) > 1 and inside[0] in words("prepositions.hours")
    if hourly and word in words("prepositions.of_hours"):
        return None
    for key in _BOUNDS:
        listed = words(f"prepositions.{key}")
        if word in listed or pair in listed:
            return key
    if word in words("prepositions.opening"):
        behind = next((token.lower for token in sentence.tokens if token.start >= end), "")
        return None if behind in words("forms.possessive") else "after"  # "from Monday's blast"
    if word in words("prepositions.closing") and any(
        w in words("prepositions.opening") for w in lead[-9:-1]
    ):
        return "until"
    return None


_BOUNDS: tuple[Bound, ...] = ("until", "since", "by", "after", "as_of")


def _iso(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _sentence_times(sentence: Sentence, matches: list[Match], story: Story) -> list[TimeMention]:
    found: list[_Found] = []
    clock: Match | None = None
    for match, following in zip_longest(matches, matches[1:]):
        if clock is None and following and _joins(sentence, match, following):
            clock = match
            continue
        start = clock.start if clock else match.start
        placed = place(Clause(match, story, sentence, start))
        if isinstance(placed, Period):
            placed = at_time(placed, time_of_day(clock)) if clock else placed
            first, last = sentence.start + start, sentence.start + match.end
            story.heard(match, placed, _bound_at(first, last, sentence))
        if length := placed.value if isinstance(placed, Period) else placed:
            story.counted(length)
        found.append(_Found(start, match, placed))
        clock = None
    return [_mention(sentence, one, _with_day(sentence, one, found, story)) for one in found]


def _joins(sentence: Sentence, match: Match, following: Match) -> bool:
    """Whether a time of day belongs to the day that follows it: "6 p.m. on Tuesday"."""
    dayless = match.rule in ("clock", "noon") or (match.rule == "part" and not match.kind("rel"))
    day = following.rule in _DAYS or (following.rule == "part" and bool(following.kind("rel")))
    gap = _BEFORE_DAY.fullmatch(sentence.text[match.end : following.start])
    word = (gap[1] or "").lower() if gap else None
    return dayless and day and word in ("", *sentence.words("dates", "classes.on"))


def _with_day(sentence: Sentence, one: _Found, found: list[_Found], story: Story) -> Placed:
    """The place of a match, a bare time of day on the nearest day that the sentence names; the
    night gone by on none that only says which event is meant ("died overnight, after Monday's")."""
    if one.match.rule not in _DAYLESS or one.placed is not None:
        return one.placed
    days = [
        (abs(other.start - one.start), other.placed)
        for other in found
        if isinstance(other.placed, Period)
        and other.placed.grain == "day"
        and other.match.rule not in _DAYLESS
        and not (one.match.rule == "overnight" and _tells_apart(sentence, other.match.end))
    ]
    named = min(days, key=lambda d: d[0])[1] if days else None
    return place_on(one.match, named, story)


def _tells_apart(sentence: Sentence, end: int) -> bool:
    """Whether the time that ends there is said of a noun: "Monday's bombing", "the blast on
    Monday"."""
    at = sentence.start + end
    day = next((t for t in sentence.tokens if t.start < at <= t.end), None)
    return day is not None and day.relation in ("nmod", "compound") and day.head.pos == "NOUN"


def _mention(sentence: Sentence, one: _Found, placed: Placed) -> TimeMention:
    period = placed if isinstance(placed, Period) else None
    value = placed.value if isinstance(placed, Period) else placed
    return TimeMention(
        start=sentence.start + one.start,
        end=sentence.start + one.match.end,
        text=sentence.text[one.start : one.match.end],
        first=_iso(period.first) if period else None,
        last=_iso(period.last) if period else None,
        value=value,
        mod=one.match.mod,
    )
