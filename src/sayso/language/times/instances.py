"""Which one is meant of what comes again every year: the last, this year's or the next."""

from __future__ import annotations

from collections.abc import Callable

from sayso.language.times.periods import Period
from sayso.language.times.story import Clause

STEP = {"last": -1, "this": 0, "next": 1, "latest": 0, "previous": -1, "following": 1, "that": 0}
"""How far each neighbour is off, in whatever is counted."""

FAR = 300
"""Days after which a date without a year is read on the other side, whatever the tense: nobody
writes "on 6 November" in a past tense for a day ten months back, more than a year is named."""
A_YEAR = 366
"""The same for feasts, which are named whenever they were."""


def yearly(
    c: Clause,
    named: Callable[[int], Period],
    rel: str | None = None,
    tense: bool = True,
    far: int = FAR,
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
    if not past or not ahead:
        return None  # at the ends of the calendar
    before, after = past[-1], ahead[0]
    behind = max((now - before.last).days, 0)
    beyond = max((after.first - now).days, 0)
    if tense and c.view == "past" and behind <= far:
        return before
    if tense and c.view == "future" and beyond <= far:
        return after
    return before if behind <= beyond else after
