"""Which accounts tell of the same incident, by words, places, days, victims and figures.

Each account joins, oldest first, the incident whose accounts it resembles most, or begins a new
one. It is compared with a bounded number of accounts found by the words that tell most, so that
adding one never needs all. Where an account goes depends on those before it and on nothing later;
what was placed last can be taken back, so that one that arrives late can be put in its place.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

from sayso.lexicon.background import tokens
from sayso.reconcile.accounts import Account, tells
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.order import day
from sayso.reconcile.shelf import Shelf
from sayso.reconcile.words import RARE, Rarity, Vector, likeness
from sayso.records import (
    HARMS,
    LEAD,
    Claim,
    Document,
    Place,
    is_narrow,
    is_numbered,
    printed,
)

ALIKE = 0.17
"""Mean likeness to the `NEAREST` accounts of an incident that makes an account one of them.

This and the factors below were chosen together, on 92 news articles that people sorted and 223
undated ones on events in pairs that are easily taken for one: here both stay at their best (BCubed
F1 .95 and .96); what is higher parts stories, what is lower joins attacks. Those that reach over
days and places were then set so that the project's own stories hold together.
"""

NEAREST = 2

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

_PHYSICAL = ("PROTEST", "ASSAULT")
_HURT = frozenset(HARMS) - {"detained", "hospitalised"}  # arrests and care are often elsewhere
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b(?: [A-Z][a-z]{2,}\b)*")
"""Words with a capital that no beginning of a sentence gave them."""

_LINE = re.compile(r"\n")
_STOP = re.compile(r"(?<=[.!?][”\"’' ])(?=\S)")  # an initial too, and no harm done
_SPAN = 7  # days: a longer span dates a period, not an event
_TITLE = 3  # a headline is the story in a few words
_MARKS = 20  # the words of an account that tell most, by which candidates are found
_RECENT = 30  # of the accounts that a word marks, so many of the latest are looked at
_CLOSEST = 12  # accounts looked at closely: those that share most marks


class Report(NamedTuple):
    """What an account is compared by."""

    counts: Counter[str]
    lead: frozenset[str]
    places: tuple[frozenset[str], ...]
    harms: bool
    published: date | None
    event: tuple[date, date] | None
    victims: frozenset[str]
    sites: frozenset[str]
    figures: frozenset[tuple[str, int | None, int | None]]
    names: frozenset[str]
    struck: bool = False
    spots: frozenset[Place] = frozenset()
    scenes: frozenset[Place] = frozenset()
    natural: bool = False
    aside: bool = False


class _Placed(NamedTuple):
    """What later accounts are compared with: of a report its words, those that tell by their
    weights, and of the words for victims and sites the rare ones."""

    vector: Vector
    others: frozenset[str]
    marks: tuple[str, ...]
    places: tuple[frozenset[str], ...]
    harms: bool
    days: tuple[date, date] | None
    dated: bool
    victims: frozenset[str]
    sites: frozenset[str]
    figures: frozenset[tuple[str, int | None, int | None]]
    names: frozenset[str]
    ground: bool
    scenes: frozenset[Place]
    aside: bool

    def named(self, places: Collection[frozenset[str]]) -> bool:
        """Whether it has all the words of one of these names, one of many or several of them."""
        return any(
            all(self._has(w) or self._has(f"{w}s") or self._has(w.removesuffix("s")) for w in place)
            for place in places
        )

    def _has(self, word: str) -> bool:
        return word in self.vector or word in self.others


class _Step(NamedTuple):
    """What placing one account changed, for taking it back."""

    incident: int
    began: bool
    merged: tuple[tuple[int, int, int], ...]
    bonds: tuple[str, ...]


def report_of(document: Document, account: Account, others: Iterable[Account] = ()) -> Report:
    """What is compared of an account: the words of the paragraphs that tell it, where its place
    sets it apart; else the title and all but the paragraphs that tell the `others` of its text,
    and of one with a place of its own no names of theirs.
    """
    others = list(others)
    current = [claim for claim in account.claims if tells(claim)]
    physical = [claim for claim in current if _on_the_ground(claim)]
    told = {claim.evidence.start for claim in account.claims}
    if account.site is not None:
        title, text = "", _paragraphs(document.text, lambda held: bool(held & told), told)
    else:
        title, text = document.title or "", document.text
        physical = [claim for claim in physical if claim.evidence.start < LEAD]
        if aside := {claim.evidence.start for other in others for claim in other.claims}:
            text = _paragraphs(
                text, lambda held: bool(held & told) or not held & aside, told | aside
            )
    told_at = [
        (c.kind, c.where)
        for c in physical
        if c.where and c.where.basis == "sentence" and c.part_of is None
    ]
    own = _named_at(physical)
    away = _named_at(c for other in others for c in other.claims if tells(c)) - own if own else ()
    counts = Counter(word for word in tokens(text) if word not in away)
    lead = Counter(word for word in tokens(title) if word not in away)
    for word in lead:
        counts[word] += _TITLE * lead[word]
    return Report(
        counts=counts,
        lead=frozenset(lead) | frozenset(tokens(text[:LEAD])),
        places=_places(physical),
        aside=account.site is not None,
        harms=any(claim.kind in HARMS for claim in current),
        struck=any(c.event is not None and c.event.type == "ASSAULT" for c in physical),
        natural=any(c.event is not None and c.event.type == "DISASTER" for c in current),
        spots=frozenset(place for _, place in told_at),
        scenes=frozenset(
            place for kind, place in told_at if kind in _HURT and place.precision != "country"
        ),
        published=day(document),
        event=_days(physical),
        victims=frozenset(w for c in physical if c.who for w in tokens(c.who.text)),
        sites=frozenset(
            word
            for claim in current
            if claim.where and (is_narrow(claim.where) or claim.where.precision != "country")
            for word in tokens(printed(claim.where))
        ),
        names=frozenset(name for found in _NAME.finditer(text) for name in tokens(found[0])),
        figures=frozenset(
            (c.kind, c.count.low, c.count.high)
            for c in physical
            if c.count is not None and is_numbered(c)
        ),
    )


class Incidents:
    """Incidents by number; accounts are placed oldest first, and the last can be taken back."""

    def __init__(self, bonds: Bonds | None = None) -> None:
        self.bonds = bonds or Bonds()
        self._rarity = Rarity()
        self._placed: Shelf[_Placed] = Shelf()
        self._at: list[int] = []
        self._members: list[list[int]] = []
        # The words of each incident, with the account that used the word first.
        self._words: Shelf[dict[str, int]] = Shelf()
        # The accounts that a word marks, and its weight in each, in turns: an array is read at once
        # where tuples lie all over the memory.
        self._marked: dict[str, array[float]] = defaultdict(lambda: array("d"))
        self._into: list[int] = []
        self._home: dict[str, int] = {}  # the incident of each bond that was met
        self._judged: dict[int, list[str]] = defaultdict(list)  # the bonds of each incident
        self._steps: list[_Step] = []

    def place_all(
        self,
        reports: Mapping[int, Report],
        bonds: Sequence[Sequence[str]] = (),
        there: Mapping[int, int] | None = None,
    ) -> dict[int, int]:
        """The incident of each account of one document, by its number there, each placed in turn:
        of several those first that are most like what was told before, so that two events of one
        text stay two. Those that are `there` already, with an older print, stay where they are."""
        held = {n: bonds[n] if bonds else () for n in reports}
        found = dict(there or {})
        order = [n for n in reports if n not in found]
        if len(order) > 1:
            alike = {n: self._nearest(self._weighed(reports[n]), held[n])[1] for n in order}
            order.sort(key=lambda n: (-alike[n], n))
        for n in order:
            taken = [self.now(found[m]) for m in found if _are_two(reports[m], reports[n])]
            found[n] = self.place(reports[n], held[n], taken)
        return found

    def place(self, report: Report, bonds: Sequence[str] = (), taken: Collection[int] = ()) -> int:
        """The number of the incident that the next account belongs to, by likeness none of `taken`.

        `bonds` are those of its claims and document. What people judged goes before likeness: an
        account is where its bonds are, which makes one of two incidents, and never where something
        is that was judged to be of another.
        """
        new = self._weighed(report)
        homes = dict.fromkeys(self.now(self._home[b]) for b in bonds if b in self._home)
        alike, _ = self._nearest(new, bonds, taken)
        homes |= dict.fromkeys([] if alike is None else [alike])
        began = not homes
        incident = self._begin() if began else next(iter(homes))
        merged = tuple(
            self._merge(other, incident)
            for other in list(homes)[1:]
            if not self._contradict(self._judged[other], self._judged[incident])
        )
        words = self._words[incident]
        # Not by a difference of sets: that would walk all words of a large incident.
        if new_words := [word for word in report.counts if word not in words]:
            self._words[incident] = words | dict.fromkeys(new_words, len(self._placed))
            self._rarity.add(new_words)
        met = tuple(bond for bond in bonds if bond not in self._home)
        for bond in met:
            self._home[bond] = incident
            self._judged[incident].append(bond)
        for word in new.marks:
            self._marked[word].extend((len(self._placed), new.vector[word]))
        self._members[incident].append(len(self._placed))
        self._placed.append(new)
        self._at.append(incident)
        self._steps.append(_Step(incident, began, merged, met))
        return incident

    def take_back(self) -> None:
        """Forget the account placed last."""
        step = self._steps.pop()
        incident = step.incident
        placed = self._placed.pop()
        self._at.pop()
        self._members[incident].pop()
        for word in placed.marks:
            del self._marked[word][-2:]
            if not self._marked[word]:
                del self._marked[word]
        for bond in step.bonds:
            del self._home[bond]
            self._judged[incident].pop()
        words = self._words[incident]
        last = len(self._placed)
        self._rarity.remove([word for word, first in words.items() if first == last])
        self._words[incident] = {word: first for word, first in words.items() if first != last}
        for merged in reversed(step.merged):
            self._unmerge(*merged, incident)
        if step.began:
            self._members.pop()
            self._words.pop()
            self._into.pop()
            self._judged.pop(incident, None)
            self._rarity.close()

    def now(self, incident: int) -> int:
        """The incident that one is part of since people judged the two to be one: mostly itself."""
        while self._into[incident] != incident:
            incident = self._into[incident]
        return incident

    def _weighed(self, report: Report) -> _Placed:
        vector = self._rarity.vector(report.counts, report.lead)
        return _Placed(
            vector=vector,
            others=frozenset(report.counts.keys() - vector),
            marks=tuple(sorted(vector, key=lambda word: (-vector[word], word))[:_MARKS]),
            places=report.places,
            harms=report.harms,
            days=_event(report),
            dated=report.event is not None,
            victims=frozenset(word for word in report.victims if self._rarity(word) < RARE),
            sites=frozenset(word for word in report.sites if self._rarity(word) < LOCAL),
            figures=frozenset(f for f in report.figures if max(f[1] or 0, f[2] or 0) > 1),
            names=frozenset(word for word in report.names if self._rarity(word) < RARE),
            ground=report.event is not None,
            scenes=report.scenes,
            aside=report.aside,
        )

    def _begin(self) -> int:
        new = len(self._members)
        self._members.append([])
        self._words.append({})
        self._into.append(new)
        self._rarity.open()
        return new

    def _merge(self, other: int, incident: int) -> tuple[int, int, int]:
        """Make one incident part of another; what says how to undo it."""
        self._into[other] = incident
        self._members[incident] += self._members[other]
        self._judged[incident] += self._judged[other]
        return other, len(self._members[other]), len(self._judged[other])

    def _unmerge(self, other: int, members: int, judged: int, incident: int) -> None:
        self._into[other] = other
        del self._members[incident][len(self._members[incident]) - members :]
        del self._judged[incident][len(self._judged[incident]) - judged :]

    def _contradict(self, bonds: Sequence[str], others: Sequence[str]) -> bool:
        return any(self.bonds.apart(bond, other) for bond in bonds for other in others)

    def _nearest(
        self, new: _Placed, bonds: Sequence[str], taken: Collection[int] = ()
    ) -> tuple[int | None, float]:
        """The incident that an account resembles most and enough, and how much; None and 0 when it
        resembles none."""
        shared: dict[float, float] = defaultdict(float)
        for word in new.marks:
            if (marked := self._marked.get(word)) is not None:
                weight = new.vector[word]
                recent = marked[-2 * _RECENT :]
                for number, there in zip(recent[::2], recent[1::2], strict=True):
                    shared[number] += weight * there
        most = nsmallest(_CLOSEST, ((-share, number) for number, share in shared.items()))
        closest: dict[int, list[int]] = {}
        for old in (int(number) for _, number in most):
            incident = self.now(self._at[old])
            if incident in taken:
                continue
            if not (bonds and self._contradict(bonds, self._judged[incident])):
                closest.setdefault(incident, []).append(old)
        best: int | None = None
        nearest = ALIKE
        for incident, accounts in closest.items():
            each = sorted((_alike(new, self._placed[old]) for old in accounts), reverse=True)
            # One account that is alike among several that are not is a chance likeness.
            among = min(NEAREST, len(self._members[incident]))
            mean = math.fsum(each[:among]) / among
            if mean > nearest:
                best, nearest = incident, mean
        return best, nearest if best is not None else 0.0


def _are_two(a: Report, b: Report) -> bool:
    """Whether two accounts of one text are of two events: in each people came to harm in a place of
    its own, or somebody attacked on days of its own. What is found of a sinking days later, a body
    or a wreck, is no second one."""
    days = a.event and b.event and (a.event[1] < b.event[0] or b.event[1] < a.event[0])
    if days and a.struck and b.struck:
        return True
    return _lie_beside(a.spots, b.spots) or _differ(a, b)


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


def _lie_beside(these: Collection[Place], those: Collection[Place]) -> bool:
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


def _on_the_ground(claim: Claim) -> bool:
    """Whether a claim tells where and when something happens: people harmed, or a protest or an
    assault."""
    return claim.kind in HARMS or (claim.event is not None and claim.event.type in _PHYSICAL)


def _paragraphs(text: str, wanted: Callable[[set[int]], bool], starts: Collection[int]) -> str:
    """The paragraphs of a text, or the sentences of one that has none, that are wanted for which of
    `starts`, offsets, they hold."""
    ends = [m.start() for m in (_LINE if "\n" in text.strip() else _STOP).finditer(text)]
    cuts = [0, *ends, len(text) + 1]
    return "\n".join(
        text[start:end]
        for start, end in pairwise(cuts)
        if wanted({at for at in starts if start <= at < end})
    )


def _places(claims: Sequence[Claim]) -> tuple[frozenset[str], ...]:
    """The words of the names of the places where most of it happened: no whole countries, and not
    where a report was written that says no other place."""
    names = Counter(
        printed(claim.where)
        for claim in claims
        if claim.where and claim.where.basis != "dateline"
        if is_narrow(claim.where) or claim.where.precision != "country"
    )
    most = max(names.values(), default=0)
    return tuple(
        words
        for name in sorted(names)
        if names[name] == most and (words := frozenset(tokens(name)))
    )


def _named_at(claims: Iterable[Claim]) -> frozenset[str]:
    """The words of the names of the towns at which claims are told."""
    towns = (c.where for c in claims if c.where and is_narrow(c.where))
    return frozenset(word for place in towns for word in tokens(printed(place)))


def _days(claims: Sequence[Claim]) -> tuple[date, date] | None:
    """First and last day on which it happened, from the claims that date it to a few days, of
    deaths before others: not by those of people who were taken before and go free."""
    spans = Counter(
        (claim.kind != "killed", (claim.when.start[:10], claim.when.end[:10]))
        for claim in claims
        if claim.when and claim.when.start and claim.when.end
        if claim.change is None or claim.change.how != "rest"
    )
    for _, span in sorted(spans, key=lambda s: (s[0], -spans[s], s)):
        try:
            start, end = map(date.fromisoformat, span)
        except ValueError:
            continue
        if 0 <= (end - start).days <= _SPAN:
            return start, end
    return None


def _alike(a: _Placed, b: _Placed) -> float:
    """How alike two accounts are in words, less what their days and places say against it, and more
    for the same harm to the same people."""
    places = frozenset().union(*a.places, *b.places)
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
    elif harms and not _lie_beside(a.scenes, b.scenes):
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


def _is_elsewhere(a: _Placed, b: _Placed) -> bool:
    """Whether each happened in a place that the other never names, and neither lies in the other's
    province."""
    if not a.places or not b.places or b.named(a.places) or a.named(b.places):
        return False
    return not any(_is_within(x, y) or _is_within(y, x) for x in a.scenes for y in b.scenes)


def _are_strangers(these: Collection[str], those: Collection[str]) -> bool:
    """Whether both have `SOME_NAMES`, and none of them is in the other."""
    return min(len(these), len(those)) >= SOME_NAMES and set(these).isdisjoint(those)


def _is_named(a: _Placed, b: _Placed) -> bool:
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
    """When it happened, or when it was published where a report does not say."""
    return report.event or ((report.published, report.published) if report.published else None)


def _between(a: tuple[date, date] | None, b: tuple[date, date] | None) -> int:
    """How many days lie between two events, 0 where one has none."""
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0) if a and b else 0
