"""Whether two accounts that one text gives are of two events, by their places, days and figures."""

from __future__ import annotations

from collections.abc import Collection

from sayso.lexicon.background import tokens
from sayso.reconcile.reports import Report
from sayso.records import Place, printed


def are_two(a: Report, b: Report) -> bool:
    """Whether two accounts of one text are of two events: the text itself tells them apart, in each
    people came to harm in a place of its own, or somebody attacked on days of its own. What is
    found of a sinking days later, a body or a wreck, is no second one."""
    if a.referred or b.referred:
        return True
    days = a.event and b.event and (a.event[1] < b.event[0] or b.event[1] < a.event[0])
    if days and a.struck and b.struck:
        return True
    return lie_beside(a.spots, b.spots) or _differ(a, b)


def _differ(a: Report, b: Report) -> bool:
    """Whether two accounts count different numbers of people harmed alike, each in places of its
    own that have no word in common; but for an earthquake or a flood, which strikes many."""
    kinds = [{kind for kind, *_ in one.figures} for one in (a, b)]
    if a.natural or b.natural or kinds[0].isdisjoint(kinds[1]):
        return False
    if not a.figures.isdisjoint(b.figures):
        return False
    named = [{w for place in one.scenes for w in tokens(printed(place))} for one in (a, b)]
    return all(named) and named[0].isdisjoint(named[1])


def lie_beside(these: Collection[Place], those: Collection[Place]) -> bool:
    """Whether there are places in both, and none of these is, or may be, where one of those is."""
    return bool(these and those) and all(_is_beside(x, y) for x in these for y in those)


def _is_beside(a: Place, b: Place) -> bool:
    """Whether places of two names are known to lie in two countries, provinces or districts."""
    divisions = zip(
        (a.country, a.admin1_code, a.admin2_code),
        (b.country, b.admin1_code, b.admin2_code),
        strict=True,
    )
    first = next((pair for pair in divisions if pair[0] != pair[1]), (None, None))
    return None not in first and printed(a).casefold() != printed(b).casefold()
