"""What each claim of a document tells of: the event it is about, another one, or one of the past.

Most reports tell of one event. A round-up tells of several: a mayor shot in one town, a bridge
blown up in another. Many recall an older one: "in 2028 a blast killed nine in the same market". The
claims of a document are gathered into such episodes by where and when things were done, to whom,
and how many that harmed. What has no place or day of its own, what officials said and what is
planned, goes with what it stands beside.

A report whose only event is an old one is about that one: a study months later, a trial, the find
of a grave. What was background is its story then.

How well it tells them apart was measured on wire reports of the 1990s that tell of several attacks
(MUC-4): of two figures of different attacks it keeps 43 % apart where places alone keep 20 %, and
94 of 100 that it sets apart are; of two of one attack it keeps 99 % together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.referents import Referent
from sayso.claims.setting.governing import day
from sayso.claims.setting.scope import RUNNING
from sayso.language.geography.distance import km
from sayso.lexicon import words
from sayso.lexicon.background import background, tokens
from sayso.records import (
    HARMS,
    LEAD,
    MAIN,
    Claim,
    Document,
    Place,
    is_narrow,
    is_numbered,
    printed,
)

NEAR_KM = 25.0
"""Two places so near are one place: a town and the road outside it."""

_SLACK = timedelta(days=1)  # a night has two days, and reports of one deed differ by one
_AFTERMATH = timedelta(days=365)  # so long after an event people still die of it, or come home
_LONGEST = timedelta(days=2)  # a longer time is a period, and tells no deed from another
# "KARSA: A bomb ..." or "KARSA. A bomb ..." in a round-up
_SECTION = re.compile(r"(?m)^([A-Z][A-Z'’ .-]{2,40})[:.]\s")
_GOING_ON = frozenset({"added", "rest", "total"})
_HEAD, _FIRST = 60, 2  # characters in which there are so many words
_SHORT = 3  # letters: shorter words of a name ("Al", "San") are shared by many places
_RARE = 100  # of 100,000 texts: a word in fewer is a name, or a trade that few people have
_UNLISTED = 3

# How much each agreement tells, by sign and size alone: a figure or a victim told again outweighs
# another place, another day outweighs all. Hand-set on the open half of those reports.
_PLACE, _DAY, _OTHER_DAY, _AGAIN, _LAST = 2.0, 1.0, 3.0, 2.5, 0.5
_REFERENT = 9.0  # what the text itself tells apart is apart, whatever else agrees


_REFERRED = frozenset({"episode.again", "episode.referent"})


class _Page(NamedTuple):
    """A text in a language, with its title, and which event the words of its claims refer to where
    it tells several apart."""

    text: str
    title: str
    language: str
    referents: Mapping[str, Referent]

    def refers(self, claims: Iterable[Claim]) -> set[Referent]:
        """The events that the words of claims refer to."""
        return {self.referents[claim.id] for claim in claims if claim.id in self.referents}

    def rule(self, claims: Iterable[Claim], main: set[Referent]) -> str:
        """What sets claims apart from those that refer to the `main` event."""
        found = self.refers(claims)
        if not found or not found.isdisjoint(main):
            return "episode.another"
        return "episode.again" if any(event.again for event in found) else "episode.referent"

    def opens(self, claim: Claim) -> bool:
        """Whether the paragraph of a claim begins with its place, as "In Karsa," and "Sunday,
        Karsa." do, and is not the first: all in it is of there."""
        place, start = claim.where, self.text.rfind("\n\n", 0, claim.evidence.start)
        if place is None or place.basis == "dateline":
            return False
        head = islice(tokens(self.text[start : start + _HEAD]), _FIRST) if start > 0 else ()
        return next(tokens(printed(place)), None) in head


class _Told(NamedTuple):
    """What a claim says by which its event is known: where, when, how many, and whom, in rare
    words; and the event that its words refer to."""

    place: Place | None
    days: tuple[date, date] | None
    figure: tuple[str, int | None, int | None] | None
    victims: frozenset[str]
    referent: Referent | None


class _Episode:
    """The claims of one event: its anchors say where or when it was, the others go with them."""

    def __init__(self, first: Claim, told: _Told) -> None:
        self.anchors: list[Claim] = []
        self.claims: list[Claim] = []
        self.places: set[Place] = set()
        self.days: set[tuple[date, date]] = set()
        self.figures: set[tuple[str, int | None, int | None]] = set()
        self.victims: set[str] = set()
        self.referents: set[Referent] = set()
        self.add(first, told)

    def add(self, claim: Claim, told: _Told) -> None:
        self.anchors.append(claim)
        self.claims.append(claim)
        if told.place:
            self.places.add(told.place)
        if told.days:
            self.days.add(told.days)
        if told.figure:
            self.figures.add(told.figure)
        self.victims |= told.victims
        if told.referent is not None:
            self.referents.add(told.referent)

    def likeness(self, told: _Told) -> float:
        """How much tells for a claim's being of this event, and below nought how much against."""
        found = 0.0
        if self.places and (where := told.place):
            found += _PLACE if any(one_place(where, place) for place in self.places) else -_PLACE
        if self.days and (when := told.days):
            found += _DAY if any(_one_time(when, days) for days in self.days) else -_OTHER_DAY
        if self.referents and told.referent is not None and told.referent not in self.referents:
            found -= _REFERENT
        again = told.figure in self.figures or not self.victims.isdisjoint(told.victims)
        return found + _AGAIN * again

    def tells_again(self, other: _Episode) -> bool:
        """Whether its claims give a figure or a victim that those of another give."""
        return bool(self.figures & other.figures or self.victims & other.victims)


def episodes(
    document: Document,
    claims: Sequence[Claim],
    language: str,
    referents: Mapping[str, Referent] | None = None,
) -> tuple[Claim, ...]:
    """The same claims, each with its `episode`, and with the scope that this gives it.

    `claims` are in text order, of a text in that language; `referents` are the events that
    their words refer to, by the claims' ids. `p0` is what the document is about;
    others are numbered in the order in which the text comes to them.
    """
    page = _Page(document.text, document.title or "", language, referents or {})
    claims = _only_story(page, claims)
    current = [claim for claim in claims if claim.scope != "background"]
    main, *others = _sections(page, current) or _gathered(page, current)
    several = _several(page, [main, *others])
    referred = page.refers(main)
    apart = [(found, page.rule(found, referred)) for found in others]
    apart += [(e.claims, "episode.past") for e in _past(page, claims)]
    again = {rule for _, rule in apart} & _REFERRED and page.rule(main, set()) == "episode.again"
    # What a running total has in it that was told before was another event.
    again = again or any(c.because.get("scope") == RUNNING and c.scope == "period" for c in main)
    found = {claim.id: (MAIN, "episode.again" if again else "episode.main") for claim in main}
    for number, (those, rule) in enumerate(sorted(apart, key=lambda a: a[0][0].evidence.start), 1):
        found |= {claim.id: (f"p{number}", rule) for claim in those}
    return tuple(
        replace(claim, episode=name, because=claim.because | {"episode": rule})
        if claim.id not in several
        else replace(
            claim,
            episode=name,
            scope="period",
            because=claim.because | {"episode": rule, "scope": "scope.several"},
        )
        for claim, (name, rule) in ((claim, found[claim.id]) for claim in claims)
    )


def _several(page: _Page, events: Sequence[Sequence[Claim]]) -> set[str]:
    """The figures, by their ids, that are of several events of a text: of a kind of which one that
    has no place is the sum of what is told at a place of each, all without a place that are more
    than any of these."""
    found: set[str] = set()
    kinds = {claim.kind for those in events[1:] for claim in those if _figure(claim)}
    for kind in kinds:
        numbered = [[c for c in those if c.kind == kind and _figure(c)] for those in events]
        rows = [next((c for c in those if _own_place(page, c)), None) for those in numbered]
        each = [row.count.low or 0 for row in rows if row is not None and row.count]
        homeless = [c for those in numbered for c in those if not _own_place(page, c)]
        if len(each) > 1 and any(c.count and c.count.low == sum(each) for c in homeless):
            found |= {c.id for c in homeless if c.count and (c.count.low or 0) > max(each)}
    return found


def _only_story(page: _Page, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The same claims, those of the past current where a report has no other story: its lead has an
    older event and nobody hurt at a place or on a day since. What came of that event later, within
    `_AFTERMATH`, is told with it: a hostage shot, one more who died."""
    lead = [claim for claim in claims if claim.evidence.start < LEAD]
    past = _past(page, lead)
    since = [claim for claim in lead if claim.scope != "background" and _hurts(claim)]
    if not past or any(
        claim.evidence.start < past[0].claims[0].evidence.start
        or _own_place(page, claim)
        or _own_days(claim)
        for claim in since
    ):
        return claims
    first = min((days[0] for days in past[0].days), default=date.max)
    own = {claim.id for claim in past[0].claims}

    def is_its(claim: Claim) -> bool:
        days = _own_days(claim)
        later = days is not None and timedelta(0) <= days[1] - first <= _AFTERMATH
        return claim.id in own or later

    if not all(is_its(claim) for event in past for claim in event.claims):
        return claims
    return [
        replace(claim, scope="current", because=claim.because | {"scope": "scope.only-story"})
        if claim.because.get("scope") == "scope.date" and is_its(claim)
        else claim
        for claim in claims
    ]


def _sections(page: _Page, claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of a round-up by its headed reports in which people were harmed or attacked, those
    of the first with all else before them; empty where a document has no two such heads."""
    heads = _heads(page.text)
    if len(heads) < 2:
        return []
    found: list[list[Claim]] = [[] for _ in heads]
    for claim in claims:
        found[max(0, bisect_right(heads, claim.evidence.start) - 1)].append(claim)
    kept = [those for those in found[1:] if any(map(_did_harm, those))]
    aside = {claim.id for those in kept for claim in those}
    return [[claim for claim in claims if claim.id not in aside], *kept]


@lru_cache(8)
def _heads(text: str) -> tuple[int, ...]:
    """Where the headed reports of a round-up begin; () where one heads two: that is a speaker."""
    heads = list(_SECTION.finditer(text))
    several = len({head[1] for head in heads}) < len(heads)
    return () if several else tuple(head.start() for head in heads)


def _gathered(page: _Page, claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims by event, those of what the document leads with first."""
    found: list[_Episode] = []
    beside: list[tuple[Claim, _Episode]] = []
    referring: list[tuple[Claim, Referent]] = []
    last: _Episode | None = None
    for claim in claims:
        told = _told(page, claim)
        if _did_harm(claim) and (told.place or told.days or told.referent is not None):
            last = _joined(claim, told, found, last, 0.0)
        elif told.referent is not None:
            referring.append((claim, told.referent))
        elif told.place and (there := [e for e in found if _is_at(told.place, e)]):
            beside.append((claim, last if last in there else there[0]))
        elif last is not None and _follows(page, claim, last):
            beside.append((claim, last))
    if not found:
        return [list(claims)]
    beside += [(c, e) for c, referent in referring for e in found if referent in e.referents]
    wholes = {claim.id: episode for episode in found for claim in episode.anchors}
    beside = [(c, wholes.get(c.part_of or "", episode)) for c, episode in beside]
    leading = _leading(page, claims, found)
    others = [e for e in found if e is not leading and _another(page, e, leading)]
    for claim, episode in beside:
        if episode in others:
            episode.claims.append(claim)
    aside = {claim.id for episode in others for claim in episode.claims}
    main = [claim for claim in claims if claim.id not in aside]
    return [main, *(episode.claims for episode in others)]


def _is_at(place: Place, episode: _Episode) -> bool:
    return any(one_place(place, own) for own in episode.places)


def _past(page: _Page, claims: Iterable[Claim]) -> list[_Episode]:
    """Older events: what is told of one and the same place, day or people."""
    found: list[_Episode] = []
    last: _Episode | None = None
    for claim in claims:
        if claim.scope == "background":
            last = _joined(claim, _told(page, claim), found, last, _LAST)
    return found


def _joined(
    claim: Claim, told: _Told, found: list[_Episode], last: _Episode | None, least: float
) -> _Episode:
    """The episode that a claim anchors now: the likest that is no less like, or one of its own."""
    likest, most = None, least
    for episode in found:
        likeness = episode.likeness(told) + (_LAST if episode is last else 0.0)
        if likeness >= most and (likest is None or likeness > most):
            likest, most = episode, likeness
    if likest is None:
        found.append(_Episode(claim, told))
        return found[-1]
    likest.add(claim, told)
    return likest


def _told(page: _Page, claim: Claim) -> _Told:
    victims = _victims(claim, page.language)
    referent = page.referents.get(claim.id)
    return _Told(_own_place(page, claim), _own_days(claim), _figure(claim), victims, referent)


def _did_harm(claim: Claim) -> bool:
    """Whether a claim says that people were harmed or something was attacked."""
    said = claim.modality in ("asserted", "reported", "alleged")
    assault = claim.event is not None and claim.event.type == "ASSAULT"
    # Those brought to a hospital were hurt before, and elsewhere.
    return said and claim.kind != "hospitalised" and (claim.kind in HARMS or assault)


def _hurts(claim: Claim) -> bool:
    """Whether people came to harm by a claim, other than those arrested for an older deed."""
    return _did_harm(claim) and claim.kind != "detained"


def _own_place(page: _Page, claim: Claim) -> Place | None:
    """Where a claim says in so many words that it was done, or the paragraph does that begins with
    a place; no whole region, and no place to which people were brought."""
    place = claim.where
    if place is None or claim.part_of is not None or not is_narrow(place):
        return None  # of two provinces that a text names one is often its own
    goes_on = claim.change is not None and claim.change.how in _GOING_ON
    told_there = place.basis == "sentence" and (
        not goes_on or claim.because["change"] == "change.freed"
    )
    # What goes on with a count ("a third protester died in a clinic in Osk") is of what is told,
    # but in a paragraph that begins with its place: "In Osk, all is calm. One more man died".
    if not told_there and not page.opens(claim):
        return None
    afterwards = words("episodes", "afterwards", page.language)
    told = afterwards | words("episodes", "wide", page.language)
    itself = printed(place).partition(",")[0]  # Karsa, of "Karsa, Helm State"
    return place if set(tokens(itself)).isdisjoint(told) else None


def _own_days(claim: Claim) -> tuple[date, date] | None:
    """When a claim says in so many words that it was done, if that is a day or two; of what is long
    past any time."""
    when = claim.when
    if when is None or when.basis != "sentence":
        return None
    first, last = day(when.start), day(when.end)
    if first is None or last is None:
        return None
    return (first, last) if claim.scope == "background" or last - first <= _LONGEST else None


def _follows(page: _Page, claim: Claim, episode: _Episode) -> bool:
    """Whether a claim goes on about what was told last: at a place of it that it takes from the
    sentence before, or in the same paragraph of a text that has several."""
    if claim.where is not None and claim.where.basis == "neighbour" and _did_harm(claim):
        return not episode.places or _is_at(claim.where, episode)
    between = page.text[episode.claims[-1].evidence.end : claim.evidence.start]
    return "\n\n" not in between and "\n\n" in page.text.strip()


def _leading(page: _Page, claims: Sequence[Claim], found: Sequence[_Episode]) -> _Episode:
    """The episode that a report leads with. Where none is in its lead, it leads with what happens
    at the place that most claims of the lead have, though nobody is said to be harmed there."""
    leading = max(found, key=_leads)
    if _leads(leading)[0]:
        return leading
    told = [c.where for c in claims if c.evidence.start < LEAD and c.where and c.where.lat]
    places = set().union(*(episode.places for episode in found))
    lands = {place.country for place in places}
    if any(
        (place.precision == "country" and place.country in lands)
        or any(one_place(place, own) for own in places)
        for place in told
    ):
        return leading
    most = Counter(place.geonameid for place in told).most_common(1)
    first = (c for c in claims if most and c.where and c.where.geonameid == most[0][0])
    return next((_Episode(claim, _told(page, claim)) for claim in first), leading)


def _leads(episode: _Episode) -> tuple[bool, int]:
    """Sorts episodes: what a report tells first comes last. How often it tells of each would put
    the older deed, which has a date and a figure, before the one that it answers."""
    first = episode.anchors[0].evidence.start
    return first < LEAD, -first


def _another(page: _Page, episode: _Episode, leading: _Episode) -> bool:
    """Whether an episode is another event than what a report leads with. A report that gives the
    same dead or the same figure under two places tells of one, as does one whose title has the
    figure: the doubt goes to one."""
    if _refers_elsewhere(episode, leading):
        return any(claim.kind == "event" or _somebody(claim) for claim in episode.anchors)
    title = set(re.findall(r"\d+", page.title))
    if any(_digits(claim) & title for claim in episode.anchors):
        return False
    if not any(claim.kind == "event" or _somebody(claim) for claim in episode.anchors):
        return False
    return not episode.tells_again(leading)


def _refers_elsewhere(episode: _Episode, leading: _Episode) -> bool:
    """Whether the text itself tells two apart, by the words that it refers to each with."""
    both = episode.referents and leading.referents
    return bool(both) and episode.referents.isdisjoint(leading.referents)


def _digits(claim: Claim) -> set[str]:
    """The numbers of two and more that a claim gives, in digits."""
    count = claim.count
    told = (count.low, count.high) if count is not None and is_numbered(claim) else ()
    return {str(number) for number in told if number is not None and number > 1}


def _somebody(claim: Claim) -> bool:
    return claim.count is not None and (claim.count.low or 0) > 0


def _figure(claim: Claim) -> tuple[str, int | None, int | None] | None:
    """The figure that a claim gives, None when it counts nobody or one person."""
    count = claim.count
    if count is None or not is_numbered(claim) or (count.low or 0) < 2:
        return None
    return claim.kind, count.low, count.high


def _victims(claim: Claim, language: str) -> frozenset[str]:
    """The rare words by which those harmed are named."""
    named = set(tokens(claim.who.text)) if claim.who else ()
    known = background(language)
    return frozenset(w for w in named if len(w) > _SHORT and known.get(w, _UNLISTED) < _RARE)


def _one_time(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] - b[1] <= _SLACK and b[0] - a[1] <= _SLACK


def one_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or so near that one event may be told of under both names."""
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return True
    if any(len(word) > _SHORT for word in set(tokens(printed(a))) & set(tokens(printed(b)))):
        return True
    vague = max(a.uncertainty_km or 0, b.uncertainty_km or 0) > NEAR_KM
    if vague or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return printed(a).casefold() == printed(b).casefold()
    return km(a.lat, a.lon, b.lat, b.lon) < NEAR_KM
