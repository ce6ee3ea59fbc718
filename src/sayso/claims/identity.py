"""Which claims of a document tell of one and the same event, so that each event is one record.

"Gunmen attacked the village, killing six and leaving three wounded. Police later shot two of them":
the attack, the six and the three are one event, the shots of the police another. An act and the
harm that it did share the word that names it, and a figure its parts. All else is told apart by
what it is (its type and mode), by the episode that it belongs to, by day, place and doer, and by
what the text itself tells apart; where none of these differs, the doubt goes to one event.

A word of saying, as a demand or a promise is, is the same event only where the same party says the
like again. A running total is of no one event, but for what its own sentence names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.deeds import PEOPLE, camp
from sayso.claims.episodes import one_place
from sayso.claims.event.causes import cause, violence
from sayso.claims.event.frames import BLASTING
from sayso.claims.referents import Harm, Referent
from sayso.claims.setting.governing import day
from sayso.language.trees import Token
from sayso.lexicon import words
from sayso.records import HARMS, Claim, Event, Kind, Party, Place, When, is_narrow

_PHYSICAL = ("ASSAULT", "DISASTER", "COERCE", "PROTEST", "CRIME")  # told again without who acts
_HARMFUL = ("ASSAULT", "DISASTER")
_BROUGHT: tuple[Kind, ...] = ("hospitalised", "critical", "detained")
_AHEAD = ("threatened", "planned", "hypothetical")
_ALONE = frozenset({"abduct", "arrest"})  # acts of their own, were they of one raid
_PURSUED = ("attackers", "suspects")
_LONGEST, _WEEK = 2, 7  # days: a longer time tells no event from another; what is a sum
_NEAR = 1  # sentence: so far before a harm the text may say how it was done
_AFTER = 3  # sentences: so far behind a harm the text comes to what did it
_BACK = 40  # events: so far back one is looked for, lest a list of thousands take for ever

Days = tuple[date, date]


class _Told(NamedTuple):
    """What a claim says by which its event is known; `words` name the act or the harm."""

    claim: Claim
    sentence: int
    words: frozenset[Token]
    days: Days | None
    place: Place | None
    doer: Party | None
    referent: Referent | None

    @property
    def type(self) -> str | None:
        return self.claim.event.type if self.claim.event else None

    @property
    def mode(self) -> str | None:
        return self.claim.event.mode if self.claim.event else None

    @property
    def is_ahead(self) -> bool:
        return self.claim.modality in _AHEAD

    @property
    def is_sum(self) -> bool:
        """Whether it counts over a longer time, and so tells of many events."""
        return self.claim.scope == "period" or _span(self.claim.when) > _WEEK

    @property
    def is_pursuit(self) -> bool:
        """Whether somebody did it to those who had attacked: another act than theirs."""
        who = self.claim.who
        return self.doer is not None and who is not None and who.category in _PURSUED


@dataclass(slots=True, eq=False)
class _Event:
    """An event as far as the text has told of it."""

    first: _Told
    rules: dict[str, str] = field(default_factory=dict)  # of each claim of it, by the claim's id
    told: dict[str, int] = field(default_factory=dict)  # in which sentence, by the same
    type: str | None = None
    mode: str | None = None
    words: set[Token] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    days: set[Days] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    doers: list[Party] = field(default_factory=list)
    referents: set[int] = field(default_factory=set)

    def take(self, told: _Told, rule: str) -> None:
        self.rules[told.claim.id] = f"same.{rule}"
        self.type, self.mode = self.type or told.type, self.mode or told.mode
        self.words |= told.words
        self.told[told.claim.id] = told.sentence
        self.sentences.add(told.sentence)
        self.days |= {told.days} if told.days else set()
        self.places += [told.place] if told.place and told.place not in self.places else []
        self.doers += [told.doer] if told.doer and told.doer not in self.doers else []
        self.referents |= {told.referent.number} if told.referent else set()

    def is_beside(self, id: str) -> bool:
        """Whether another sentence than that of a claim tells of it within reach before it."""
        here = self.told[id]
        return any(here - _NEAR <= n <= here for i, n in self.told.items() if i != id)

    def may_be(self, told: _Told) -> bool:
        """Whether what a claim says is of the kind of this event, and as real."""
        return self.first.is_ahead == told.is_ahead and len({self.type, told.type} - {None}) < 2

    def is_other(self, told: _Told) -> bool:
        """Whether a claim says something by which its event is another one."""
        one = self.first.claim
        if not self.may_be(told) or one.episode != told.claim.episode:
            return True
        if "DISASTER" not in (self.type, told.type) and one.scope != told.claim.scope:
            return True
        if told.sentence in self.sentences and not (told.days or told.place or told.doer):
            return self.mode != told.mode and None not in (self.mode, told.mode)
        if (told.is_sum or told.is_pursuit) and told.sentence not in self.sentences:
            return True
        if told.referent and self.referents and told.referent.number not in self.referents:
            return True
        if told.days and self.days and not any(_overlap(told.days, d) for d in self.days):
            return True
        if told.place and self.places and not any(one_place(told.place, p) for p in self.places):
            return True
        if told.doer and self.doers and not any(_one_side(told.doer, d) for d in self.doers):
            return True
        return self.has_other_mode(told)

    def has_other_mode(self, told: _Told) -> bool:
        """Whether a claim's mode is another; of one doer they may be of one raid, but for some."""
        modes = {self.mode, told.mode}
        if len(modes) == 1 or modes.issubset(BLASTING):
            return False
        if not _ALONE.isdisjoint(modes):
            return True
        return None not in modes and not (told.doer and self.doers)


def identified(
    claims: Sequence[Claim],
    tellings: Mapping[str, Harm],
    referents: Mapping[str, Referent],
    language: str,
) -> tuple[Claim, ...]:
    """The same claims, in text order, each with the `id` of its event: "e0" is the first told.

    `tellings` are the words of the claims and `referents` the events that a text tells apart, both
    by the claims' ids. A harm whose sentence does not say what did it gets the type and mode of the
    event that it is of; where the text names none it stays without.
    """
    told = [_told(claim, tellings.get(claim.id), referents.get(claim.id)) for claim in claims]
    events: list[_Event] = []
    of: dict[str, _Event] = {}
    bare: list[_Told] = []
    for one in told:
        event, rule = _linked(one, events, of) or (None, "")
        if event is None and one.type is None:
            bare.append(one)
            continue
        if event is None:
            event, rule = _resolved(one, events), "told"
        if event is None:
            event, rule = _Event(one), "new"
            events.append(event)
        event.take(one, rule)
        of[one.claim.id] = event
    for one in bare:
        event, rule = _linked(one, events, of) or (_behind(one, events, language), "harm")
        if event is not None:
            event.take(one, rule)
            of[one.claim.id] = event
    return _numbered(claims, of)


def _numbered(claims: Sequence[Claim], of: Mapping[str, _Event]) -> tuple[Claim, ...]:
    names: dict[int, str] = {}
    found: list[Claim] = []
    for claim in claims:
        event = of.get(claim.id)
        if event is None or event.type is None:
            found.append(claim)
            continue
        name = names.setdefault(id(event), f"e{len(names)}")
        mode = event.mode if event.is_beside(claim.id) else None
        own = claim.event or Event(type=event.type, mode=mode)
        rule = {"event_id": event.rules[claim.id]}
        found.append(replace(claim, event=replace(own, id=name), because=claim.because | rule))
    return tuple(found)


def _told(claim: Claim, telling: Harm | None, referent: Referent | None) -> _Told:
    named: set[Token] = set()
    if telling is not None:
        behind = cause(telling.predicate, claim.kind)
        named = {telling.predicate} | ({behind.word} if behind else set())
        if claim.event is None and (act := violence(telling.predicate, claim.by, claim.kind)):
            claim = replace(claim, event=act)  # who did it stands in another sentence
    later = claim.change is not None and claim.change.of is not None  # died of it, days after
    return _Told(
        claim,
        telling.sentence if telling else -1,
        frozenset(named),
        None if later else _days(claim.when),
        done_at(claim),
        claim.by,
        referent,
    )


def done_at(claim: Claim) -> Place | None:
    """Where a claim's own words put what was done: no region, and no place to which people were
    brought, as some of the wounded are."""
    place = claim.where
    own = place is not None and place.basis == "sentence" and is_narrow(place)
    return place if own and claim.kind not in _BROUGHT and claim.part_of is None else None


def _linked(
    one: _Told, events: Sequence[_Event], of: Mapping[str, _Event]
) -> tuple[_Event, str] | None:
    """The event that a claim is of by the grammar: that of its whole, or of a word of its own."""
    whole = of.get(one.claim.part_of or "")
    if whole is not None and whole.may_be(one):
        return whole, "part"
    near = (e for e in reversed(events[-_BACK:]) if e.may_be(one))
    found = next((e for e in near if not e.words.isdisjoint(one.words)), None)
    return (found, "word") if found is not None else None


def _resolved(one: _Told, events: Sequence[_Event]) -> _Event | None:
    """The event told before that a claim tells of again: of its sentence, or the last."""
    near = [e for e in events[-_BACK:] if e.type is not None and not e.is_other(one)]
    if one.type not in _PHYSICAL:
        near = [e for e in near if e.mode == one.mode and one.doer and e.doers]
    return max(near, key=lambda e: (one.sentence in e.sentences, max(e.sentences)), default=None)


def _behind(one: _Told, events: Sequence[_Event], language: str) -> _Event | None:
    """The event that did a harm of which its words do not say what did it: the last before it, or
    else the first behind it."""
    if one.claim.kind not in HARMS:
        return None
    mishaps = words("episodes", "mishaps", language)
    types = ("DISASTER",) if any(t.lemma.lower() in mishaps for t in one.words) else _HARMFUL
    near = [e for e in events if e.type in types and not e.is_other(one)]
    before = [e for e in near if min(e.sentences) <= one.sentence]
    if before:
        return max(before, key=lambda e: max(n for n in e.sentences if n <= one.sentence))
    return next((e for e in near if min(e.sentences) - one.sentence <= _AFTER), None)


def _one_side(a: Party, b: Party) -> bool:
    """Whether two names for who did it may be of one party."""
    if _head(a) == _head(b) or "unspecified" in (a.category, b.category):
        return True
    return camp(a) == camp(b) != PEOPLE


def _head(party: Party) -> str:
    return party.text.split()[-1].lower()


def _overlap(a: Days, b: Days) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _days(when: When | None) -> Days | None:
    """The day or two that a claim's own words give."""
    first, last = (day(when.start), day(when.end)) if when else (None, None)
    return (first, last) if first and last and _span(when) in range(_LONGEST + 1) else None


def _span(when: When | None) -> int:
    """How many days lie between the first and the last that a claim's own words give, else -1."""
    first, last = (day(when.start), day(when.end)) if when else (None, None)
    stated = when is not None and when.basis == "sentence"
    return (last - first).days if stated and first and last else -1
