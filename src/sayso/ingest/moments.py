"""When something was published, as people and programs write it, to the contract's ISO form.

One place for the question what a written date means: dateutil reads it in every order that the day,
the month and the year can stand in, and it is believed where all of them come to the same day. What
leaves a part open, or has its year in two digits, is no date: nothing is filled in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

from sayso.lexicon import LANGUAGE, table

YEARS = range(1900, 2201)
"""A year of publication outside these is a slip of the pen or of a program."""

# `datetime.fromisoformat` also takes "20310304" and "2031-W10-2", which are ISO but which no other
# reader of the record expects: the contract's dates have hyphens.
_HYPHENATED = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_LONGEST = 60  # characters; what is longer is no date
_WITH_YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{8}|\d{8}T\d{4,6}Z?)(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}[-/.]|\d{8}")
_DAY_FIRST = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
# What a part that is not written would be taken from: where the two differ, it was not.
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?(?=[+-]\d)")  # by POSIX, as dateutil has it, GMT+3 is -03:00
_HOUR = re.compile(r"(?<=\d{4} )(\d{1,2})\.(?=\d\d\b)")
_FILLED = datetime(1904, 1, 1, 0, 0), datetime(1908, 3, 2, 1, 1)


def is_moment(value: object) -> bool:
    """Whether this is an ISO date or date-time of a possible year.

    >>> is_moment("2031-03-04"), is_moment("2031-03-04T18:30:00Z"), is_moment("4 March")
    (True, True, False)
    """
    if not isinstance(value, str) or not _HYPHENATED.match(value):
        return False
    try:
        return datetime.fromisoformat(value).year in YEARS
    except ValueError:
        return False


def moments(written: object) -> tuple[str, ...]:
    """The ISO dates or date-times that something written can mean: one, several, or none.

    >>> moments("Tue, 11 Mar 2031 09:00 GMT"), moments("11 March 2031"), moments("11 March")
    (('2031-03-11T09:00:00+00:00',), ('2031-03-11',), ())
    >>> moments("03/11/2031"), moments("25/03/2031"), moments("03.11.2031")
    (('2031-11-03', '2031-03-11'), ('2031-03-25',), ('2031-11-03',))
    >>> moments("Posted on Tue 11/03/2031"), moments("11 March 2031 18.30 GMT+3")
    (('2031-03-11',), ('2031-03-11T18:30:00+03:00',))
    """
    if is_moment(written):
        return (str(written),)
    if not isinstance(written, str | int) or isinstance(written, bool):
        return ()
    said = _label().sub("", " ".join(str(written).split()))
    said = _HOUR.sub(r"\1:", _OFFSET.sub("", said))
    if len(said) > _LONGEST or not _WITH_YEAR.search(said):
        return ()
    orders = (True,) if _DAY_FIRST.match(said) else (True, False)
    orders = (False,) if _YEAR_FIRST.match(said) else orders
    each = (_read(said, day_first) for day_first in orders)
    found = tuple(dict.fromkeys(moment for moment in each if moment))
    return tuple(m for m in found if _is_on_its_weekday(m, said)) or found


def moment(written: object) -> str | None:
    """The one moment that something written means; None where that is none, or one of several."""
    found = moments(written)
    return found[0] if len(found) == 1 else None


def undated(written: object) -> str | None:
    """Why something published is kept without the date that is written with it, as a problem says
    it; None where that has one reading, or nothing is written."""
    readings = () if written in (None, "") else moments(written)
    if written in (None, "") or len(readings) == 1:
        return None
    why = f"may be {' or '.join(readings)}" if readings else "is no date of a year 1900 to 2200"
    return f"is kept without its date: {repr(written)[:60]} {why}"


@cache
def _label() -> re.Pattern[str]:
    """What stands before a date: "Published:", "posted on the"."""
    words = "|".join(map(re.escape, table("dates", LANGUAGE)["forms"]["heading"]))
    return re.compile(rf"^(?:(?:{words})\b[\s:]*)+", re.IGNORECASE)


def _is_on_its_weekday(moment: str, said: str) -> bool:
    """Whether a moment is on the day of the week that is written with it, if one is."""
    from dateutil.parser import parserinfo

    weekday = parserinfo().weekday
    named = [day for word in said.split() if (day := weekday(word.strip(",."))) is not None]
    return not named or datetime.fromisoformat(moment).weekday() in named


def _read(said: str, day_first: bool) -> str | None:
    from dateutil.parser import parser

    try:
        one, other = (
            parser().parse(said, default=filled, dayfirst=day_first, tzinfos=_zone)
            for filled in _FILLED
        )
    except (ValueError, OverflowError, TypeError):  # whatever is no date
        return None
    if one.date() != other.date():
        return None
    made = one.date().isoformat() if one.hour != other.hour else one.isoformat()
    return made if is_moment(made) else None


def _zone(name: str | None, seconds: int | None) -> tzinfo | None:
    """A time zone by its offset; of names only the one that means the same everywhere."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return UTC if name in ("GMT", "UTC", "Z") else None
