"""How alike two accounts are: in words, and by their places, days, victims, figures and names.

The factors here, and from how much on two are of one incident (`incidents`), were chosen together,
on 92 news articles that people sorted and 223 undated ones on events in pairs that are easily taken
for one: here both stay at their best (BCubed F1 .95 and .96). Those that reach over days and places
were then set so that the project's own stories hold together.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.reports import Report
from sayso.reconcile.twofold import lie_beside
from sayso.reconcile.words import RARE, Rarity, Vector, likeness
from sayso.records import Place, is_narrow

FADE = 0.8
"""Likeness fades with the days between what two accounts tell of, as (1 + days) ** -FADE: news of
another day on the same matter is, more often than not, another event."""

FADE_TOLL = 0.25
"""The same rate for accounts that both count people harmed, or are of one place that few others are
of: what happened there is told for weeks."""

FADE_ANSWER = 0.2
"""The same rate when only one of them tells of something on the ground: the other answers it, asks
or mourns, and what it is about is days ago."""

FADE_NAMED = 0.1
"""The same rate when the other names where it happened: that says which, weeks later."""

LEFT = 0.25
"""What is left of the likeness at least, however far apart the days: tolls change after weeks."""

MONTH = 30
OTHER_DAY = 0.3
"""What is left of it again where both say on which days it happened, and more than a `MONTH` lies
between: two blasts at one market are told in the same words."""

ELSEWHERE = 0.3
"""What is left of the likeness when each happens in a place that the other never names."""

HARMED = 1.5
"""How much more alike two accounts are that both count people harmed, and not in places beside each
other: reports of the toll, of the curfew and of the burials have few words in common beside the
place, where a march in the next town has many."""

SAME_VICTIMS = 2.5
"""The same, when both name the same victims by a rare word: a name, a trade."""

SAME_PLACE = 1.45
"""The same, when both tell of a place that few other incidents are told of."""

SAME_TOWN = 1.2
"""The same again, when they tell of it as where most of it happened, and one is told beside other
events: of "Twelve died in Osk, four in Karsa", few words tell anything but the place."""

NAMED_PLACE = 3.0
"""The same, when one has no place of its own and names such a place, where the other happened:
bishops who call for an inquiry into "the shootings in Osk" share few words with the report on the
march. The name alone, a twentieth, is not enough. From 2 to 4 the figures of all sets are equal."""

LOCAL = 0.01
"""A word in fewer of the texts names such a place."""

SAME_FIGURE = 1.3
"""The same, when both give one figure for one harm, of more than one person: of one, many tell."""

NAMES_APART = 0.5
"""What is left of the likeness of two that both count people harmed, or are of one place, when both
have `SOME_NAMES` and none of them is the other's: of a victim, an officer, a ship. Words of their
places do not count, which all events there have in common. Where one does not say when it was, two
accidents on one mountain and two earthquakes on one coast are told apart by little else."""

SOME_NAMES = 4

_MARKS = 20  # the words of an account that tell most, by which candidates are found


class Weighed(NamedTuple):
    """What accounts are compared by: of a report its words, those that tell by their
    weights, and of the words for victims and sites the rare ones."""

    vector: Vector
    others: frozenset[int]
    marks: tuple[int, ...]
    places: tuple[frozenset[str], ...]
    of_places: frozenset[int]
    harms: bool
    days: tuple[date, date] | None
    dated: bool
    victims: frozenset[str]
    sites: frozenset[str]
    figures: frozenset[tuple[str, int | None, int | None]]
    names: frozenset[int]
    ground: bool
    scenes: frozenset[Place]
    aside: bool
    again: bool

    def named(self, places: Collection[frozenset[str]]) -> bool:
        """Whether it has all the words of one of these names, one of many or several of them."""
        return any(
            all(self._has(w) or self._has(f"{w}s") or self._has(w.removesuffix("s")) for w in place)
            for place in places
        )

    def _has(self, word: str) -> bool:
        meant = number(word)
        return meant in self.vector or meant in self.others


def weighed(report: Report, rarity: Rarity) -> Weighed:
    """The same report, by the weights that words have now."""
    vector = rarity.vector(report.counts, report.lead)
    return Weighed(
        vector=vector,
        others=frozenset(report.counts.keys() - vector),
        marks=tuple(sorted(vector, key=lambda word: (-vector[word], word))[:_MARKS]),
        places=report.places,
        of_places=frozenset(number(word) for place in report.places for word in place),
        harms=report.harms,
        days=_event(report),
        dated=report.event is not None,
        victims=frozenset(word for word in report.victims if rarity(number(word)) < RARE),
        sites=frozenset(word for word in report.sites if rarity(number(word)) < LOCAL),
        figures=frozenset(f for f in report.figures if max(f[1] or 0, f[2] or 0) > 1),
        names=frozenset(word for word in report.names if rarity(word) < RARE),
        ground=report.event is not None,
        scenes=report.scenes,
        aside=report.aside,
        again=report.again,
    )


def resemblance(a: Weighed, b: Weighed) -> float:
    """How alike two accounts are in words, less what their days and places say against it, and more
    for the same harm to the same people."""
    places = a.of_places | b.of_places
    there = not a.sites.isdisjoint(b.sites)
    named = not there and (_is_named(a, b) or _is_named(b, a))
    harms = a.harms and b.harms
    lasts = there or harms
    found = likeness(a.vector, b.vector, places)
    if there:
        found *= SAME_PLACE
        if (a.aside or b.aside) and not set(a.places).isdisjoint(b.places):
            found *= SAME_TOWN
    elif named:
        found *= NAMED_PLACE
    if not a.victims.isdisjoint(b.victims):
        found *= SAME_VICTIMS
    if _is_elsewhere(a, b):
        found *= ELSEWHERE
    elif harms and not lie_beside(a.scenes, b.scenes):
        found *= HARMED
        if not a.figures.isdisjoint(b.figures):
            found *= SAME_FIGURE
    if lasts and _are_strangers(a.names - places, b.names - places) and not (a.days and b.days):
        found *= NAMES_APART
    answers = FADE_NAMED if named else FADE_ANSWER if a.ground != b.ground else FADE
    days = _between(a.days, b.days)
    if days > MONTH and a.dated and b.dated:
        found *= OTHER_DAY
    return found * max(LEFT, math.pow(1 + days, -(FADE_TOLL if lasts else answers)))


def follow(a: Weighed, b: Weighed) -> bool:
    """Whether one is told as one more of its kind, of other days than the other, which is not."""
    days = a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0])
    return a.again != b.again and bool(days)


def _is_elsewhere(a: Weighed, b: Weighed) -> bool:
    """Whether each happened in a place that the other never names, and neither lies in the other's
    province."""
    if not a.places or not b.places or b.named(a.places) or a.named(b.places):
        return False
    return not any(_is_within(x, y) or _is_within(y, x) for x in a.scenes for y in b.scenes)


def _are_strangers(these: Collection[int], those: Collection[int]) -> bool:
    """Whether both have `SOME_NAMES`, and none of them is in the other."""
    return min(len(these), len(those)) >= SOME_NAMES and set(these).isdisjoint(those)


def _is_named(a: Weighed, b: Weighed) -> bool:
    """Whether the other, that has no place of its own, names where one happened, if few other
    incidents are told of there."""
    return not b.places and b.named([p for p in a.places if not p.isdisjoint(a.sites)])


def _is_within(a: Place, b: Place) -> bool:
    """Whether a place lies in a province or district, as far as their divisions tell; or beside the
    same town as one that is no better known."""
    if b.name is None:
        return a.name is None and b.lat is not None and (a.lat, a.lon) == (b.lat, b.lon)
    if is_narrow(b) or b.admin1_code is None or a.admin1_code != b.admin1_code:
        return False
    return b.admin2_code in (None, a.admin2_code)


def _event(report: Report) -> tuple[date, date] | None:
    """When it happened, or when it was published where a report does not say; None of what it only
    refers to beside another event."""
    if report.event or report.published is None or (report.referred and report.aside):
        return report.event
    return report.published, report.published


def _between(a: tuple[date, date] | None, b: tuple[date, date] | None) -> int:
    """How many days lie between two events, 0 where one has none."""
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0) if a and b else 0
