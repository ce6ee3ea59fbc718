"""What an event knows, given to those of its claims that lack it: who did it, and on which day.

"Gunmen attacked the village of Karsa on Monday. Nine people were killed": nobody is named beside
the nine, and yet the text says who killed them. The claims of one episode tell of one event, so a
claim may take from another sentence what it lacks; `because` says that it did. A doer is taken by
nobody who came to harm by mishap, by none of the doer's own side, and by none of the people at
large where two sides fight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.event.actors import actors, is_named, joined
from sayso.claims.event.blame import accused
from sayso.claims.event.senses import is_party, is_power, noun
from sayso.claims.event.words import states
from sayso.claims.setting.governing import day
from sayso.language.grammar.clause import is_passive, subject
from sayso.language.grammar.features import (
    is_past,
    is_plural,
    is_possessive,
    is_third_person,
    is_word,
    stands_for_many,
)
from sayso.language.groups import can_act
from sayso.language.trees import Sentence, Token
from sayso.lexicon import words
from sayso.records import (
    MAIN,
    Category,
    Claim,
    Event,
    Kind,
    Party,
    When,
    is_narrow,
    is_numbered,
    printed,
)

_SAID = ("asserted", "reported", "alleged")
_HURT: frozenset[Kind] = frozenset(
    ("killed", "dead_or_missing", "casualties", "injured", "critical", "abducted")
)
"""What is done to people by whoever attacks them."""

_CAMPS: dict[Category, str] = {
    "military": "state",
    "security_forces": "state",
    "militants": "armed",
    "attackers": "armed",
    "suspects": "armed",
}
"""On whose side people stand; all others are the people at large."""

_PEOPLE = "people"
_RELEASE = Event(type="RETREAT", mode="release")  # of whom somebody holds
_REACH = 2  # paragraphs: so far a deed that is not the first of its event is carried


_BACK = 3  # sentences: so far back "they" finds whom it stands for


class _Deed(NamedTuple):
    """That a sentence says who did something to people, `to` those; by blame, if `claim` only tells
    of what somebody is blamed for."""

    claim: Claim
    by: Party
    to: Party | None
    sentence: int
    rule: str = "by.episode"


def carried(
    sentences: Sequence[Sentence], claims: Sequence[Claim], language: str
) -> tuple[Claim, ...]:
    """The same claims, in text order, those that lack them with the doer and the day that another
    sentence has for the same event."""
    text = _Text(sentences, claims, language)
    return tuple(_with_day(text, _with_doer(text, claim)) for claim in claims)


class _Text:
    """The claims of a document, what they say of who did what, and where it turns elsewhere."""

    def __init__(self, sentences: Sequence[Sentence], claims: Sequence[Claim], language: str):
        self.sentences, self.claims, self.language = sentences, claims, language
        self._places = {c.id: sum(s.end <= c.evidence.start for s in sentences) for c in claims}
        self._stretches = _stretches(sentences)
        told = [*self._told(), *self._blamed()]
        self.deeds = sorted(told, key=lambda d: d.sentence)

    def place(self, claim: Claim) -> int:
        """The number of the sentence in which a claim begins."""
        return self._places[claim.id]

    def follows(self, claim: Claim, other: Claim, there: int) -> bool:
        """Whether a claim tells of the event of another, that sentence `there` tells of."""
        here = self.place(claim)
        if here == there or self._stretches[here] != self._stretches[there]:
            return False
        if claim.episode == other.episode:
            return claim.scope == other.scope
        # "They raided three villages. In Karsa nine died, in Tovar two": each of the three
        both = claim.scope == other.scope == "current"
        several = words("places", "references.plural", self.language)
        line = self.sentences[there].tokens
        return both and other.episode == MAIN and any(t.lower in several for t in line)

    def whom(self, claim: Claim) -> Party | None:
        """Those harmed, by the words before where a claim counts more of them: "one soldier died
        and two were hurt"."""
        here = [c for c in self.claims if c.who and self.place(claim) - self.place(c) in (0, 1)]
        before = [c.who for c in here if c.evidence.start <= claim.evidence.start]
        return claim.who or next(reversed(before), None)

    def is_near(self, claim: Claim, deed: _Deed) -> bool:
        """Whether a deed is told in the paragraph of a claim or in the one beside it."""
        here, there = self.sentences[self.place(claim)], self.sentences[deed.sentence]
        return abs(here.paragraph - there.paragraph) <= _REACH

    def is_mutual(self, deed: _Deed) -> bool:
        """Whether a deed is told of as a fight, in which each side harms the other."""
        fights = words("episodes", "mutual", self.language)
        there = (c for c in self.claims if self.place(c) == deed.sentence)
        return any(not fights.isdisjoint(_by_words(c)) for c in there)

    def own(self, claim: Claim) -> list[Token]:
        """The words of a claim."""
        line = self.sentences[self.place(claim)].tokens
        return [t for t in line if claim.evidence.start <= t.start < claim.evidence.end]

    def by_mishap(self, claim: Claim) -> bool:
        """Whether a claim's words are of those that nobody harms: "drowned", "trampled"."""
        mishaps = words("episodes", "mishaps", self.language)
        return any(t.lemma.lower() in mishaps for t in self.own(claim))

    def sums_up(self, claim: Claim) -> bool:
        """Whether a claim tells how many it has been so far, and so of no one event: "523 have
        died", but not "have died in a raid"."""
        if claim.event is not None:
            return False
        marks = (m for t in self.own(claim) for m in t.kids("aux"))
        return any(is_word(m, "perfect") and not is_past(m) for m in marks)

    def _told(self) -> Iterator[_Deed]:
        for claim in self.claims:
            act = claim.event.type if claim.event else None
            harms = act in ("ASSAULT", "COERCE") or claim.kind in _HURT or claim.kind == "detained"
            harms = harms or claim.event == _RELEASE
            if not harms or claim.by is None or claim.modality not in _SAID:
                continue
            if _is_somebody(claim.by, self.sentences[self.place(claim)]):
                yield _Deed(claim, claim.by, claim.who, self.place(claim))

    def _blamed(self) -> Iterator[_Deed]:
        """Who is blamed for what the text told of last."""
        for number, sentence in enumerate(self.sentences):
            before = [c for c in self.claims if self.place(c) < number and _did(c)]
            for heads in accused(sentence) if before else ():
                if by := joined(heads):
                    yield _Deed(before[-1], by, None, number, "by.blamed-elsewhere")


def _is_somebody(by: Party, sentence: Sentence) -> bool:
    """Whether a doer is a party of its own: no thing, and nobody's as in "its men"."""
    first = by.text.split("; ")[0]
    start = sentence.start + max(0, sentence.text.find(first))
    named = [t for t in sentence.tokens if start <= t.start and t.end <= start + len(first)]
    if not named or is_possessive(named[0]):
        return False
    head = next((t for t in named if t.head not in named or t.relation == "root"), named[-1])
    return is_party(head) or can_act(head) or is_power(head) or is_named(head)


def _meant(text: _Text, claim: Claim) -> Party | None:
    """Who "they" are that did what a claim tells of: those who act in the sentence before."""
    verbs = [t for t in text.own(claim) if t.pos == "VERB" and not is_passive(t)]
    if not any(s is not None and stands_for_many(s) for s in map(subject, verbs)):
        return None
    for before in reversed(text.sentences[: text.place(claim)][-_BACK:]):
        top = next(t for t in before.tokens if t.relation == "root")
        said = top.kids("ccomp") if states(top) else []
        one = subject((*said, top)[0])
        if one is None or not is_third_person(one):
            heads = actors(one, top)
            able = bool(heads) and all(is_party(h) or can_act(h) for h in heads)
            several = len(heads) > 1 or any(is_plural(h) or h.entity == "ORG" for h in heads)
            return joined(heads) if able and several else None
    return None


def _stretches(sentences: Sequence[Sentence]) -> list[int]:
    """For each sentence the number of the one that turned the text to another event, -1 where none
    did: to the end of its paragraph."""
    found: list[int] = []
    turned = -1
    for number, sentence in enumerate(sentences):
        if turned >= 0 and sentence.paragraph != sentences[turned].paragraph:
            turned = -1
        if any(map(_turns, sentence.tokens)):
            turned = number
        found.append(turned)
    return found


def _turns(word: Token) -> bool:
    """Whether a word turns the text to another event: "separately", "in another attack"."""
    if word.lower in word.words("episodes", "turning.to") and word.head.i > word.i:
        means = word.words("episodes", "turning.means")
        return noun(word.head) is not None or word.head.lemma in means
    return word.lower in word.words("episodes", "turning.words")


def _with_day(text: _Text, claim: Claim) -> Claim:
    """The claim with the one day that its event has, where it has none of its own."""
    dated = claim.when is not None and claim.when.basis != "saying"
    if dated or not (is_numbered(claim) and _is_dated(claim)) or text.sums_up(claim):
        return claim
    told = (c for c in text.claims if _is_dated(c) and text.follows(claim, c, text.place(c)))
    told = (c for c in told if not _is_elsewhere(claim, c))
    days = [c.when for c in told if c.when and c.when.basis != "saying" and _days(c.when)]
    if len({(w.start, w.end) for w in days}) != 1:
        return claim
    when = replace(days[0], basis="neighbour")
    return replace(claim, when=when, because=claim.because | {"when": "time.episode"})


def _is_elsewhere(claim: Claim, other: Claim) -> bool:
    """Whether each says of itself that it was done in a town, of two names."""
    own = [c.where for c in (claim, other) if c.where and c.where.basis == "sentence"]
    return len({printed(place) for place in own if is_narrow(place)}) == 2


def _is_dated(claim: Claim) -> bool:
    """Whether a claim tells of what was done as the event took place, and not of what came of it:
    those who died of their wounds, those arrested for it."""
    later = claim.change is not None and claim.change.of is not None
    return _did(claim) and not later and claim.scope == "current"


def _did(claim: Claim) -> bool:
    kind = claim.event.type if claim.event else None
    deed = kind in ("ASSAULT", "DISASTER") if claim.kind == "event" else claim.kind in _HURT
    return deed and claim.modality in _SAID


def _days(when: When | None) -> tuple[date, date] | None:
    """The day, or the night's two, of a time that is no longer."""
    first, last = (day(when.start), day(when.end)) if when else (None, None)
    return (first, last) if first and last and last - first <= timedelta(days=1) else None


def _with_doer(text: _Text, claim: Claim) -> Claim:
    """The claim with whoever did it by another sentence, the last one before it that says so."""
    none = text.by_mishap(claim) or text.sums_up(claim) or _by_nobody(claim, text.claims)
    if none or not _lacks_doer(claim):
        return claim
    if (they := _meant(text, claim)) is not None:
        return replace(claim, by=they, because=claim.because | {"by": "by.they"})
    told = [d for d in text.deeds if text.follows(claim, d.claim, d.sentence)]
    doers = [d for d in _doers(text, claim, told) if _may_be_of(claim, d)]
    if len({_head(d.by) for d in doers}) > 1:
        return claim  # of "A man drove into a crowd. The police shot the man. Ten died" who knows
    here = text.place(claim)
    near = [d for d in doers if d.sentence < here and (text.is_near(claim, d) or d is doers[0])]
    near = near[-1:] or [d for d in doers if d.sentence > here and _points_back(text, claim, d)]
    if not near:
        return claim
    return replace(claim, by=near[0].by, because=claim.because | {"by": near[0].rule})


def _lacks_doer(claim: Claim) -> bool:
    """Whether a claim tells of people to whom somebody may have done it, and does not say who."""
    harmed = claim.kind in _HURT or claim.kind == "detained"
    by_hand = claim.event is None or claim.event.type in ("ASSAULT", "COERCE")
    nobody = claim.count is not None and claim.count.high == 0
    spread = claim.when is not None and claim.when.basis == "sentence" and not _days(claim.when)
    told = claim.modality in _SAID and claim.scope != "period" and not spread
    return claim.by is None and harmed and by_hand and not nobody and told


def _by_nobody(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the event of a claim is a disaster: by what the text told of last before it, or
    first."""
    told = [
        c.event.type == "DISASTER"
        for c in claims
        if c.event and c.event.type in ("ASSAULT", "DISASTER") and c.episode == claim.episode
        if c.evidence.start < claim.evidence.start
    ]
    return claim.event is None and any((*told[:1], *told[-1:]))


def _doers(text: _Text, claim: Claim, told: Sequence[_Deed]) -> list[_Deed]:
    """The deeds, turned round where it was those attacked who did it, whose doer can have done what
    a claim tells of; of people at large those done to such people, if there are any."""
    camp = _camp(text.whom(claim))
    if claim.kind == "detained":
        return [d for d in told if _camp(d.by) == "state" != camp]
    if claim.kind == "abducted":
        told = [d for d in told if _camp(d.by) != "state"]
    else:
        told = [d for d in told if d.claim.event != _RELEASE]
    found: list[_Deed] = []
    for deed in (d for d in told if d.claim.event is None or d.claim.event.type != "COERCE"):
        doer = _camp(deed.by)
        if text.is_mutual(deed) and _PEOPLE in (camp, doer):
            continue
        if camp == _PEOPLE:
            if not _is_pursuit(deed):
                found.append(deed)
        elif doer != camp:
            found.append(deed)
        elif deed.to is not None and _camp(deed.to) not in (camp, _PEOPLE):
            found.append(deed._replace(by=deed.to, to=deed.by))
    alike = [d for d in found if d.to is None or _camp(d.to) == camp]
    return alike or found


def _is_pursuit(deed: _Deed) -> bool:
    """Whether it was done to those who had attacked: "police shot the attacker dead"."""
    return deed.to is not None and deed.to.category in ("attackers", "suspects")


def _may_be_of(claim: Claim, deed: _Deed) -> bool:
    """Whether a harm can have come of a deed: to none called as its doers are, and by the days that
    they have of no later one, and of an earlier one where it is told as more harm of the same."""
    if claim.who and claim.who.text.split()[-1] in deed.by.text.split():
        return False
    harm, done = _days(claim.when), _days(deed.claim.when)
    if harm is None or done is None:
        return True
    return done[0] <= harm[1] and (harm[0] <= done[1] or claim.change is not None)


def _points_back(text: _Text, claim: Claim, deed: _Deed) -> bool:
    """Whether a deed told after a harm is the one that the harm came of: it is told of as known, or
    right behind, at no other place."""
    before = [c for c in text.claims if c.evidence.start < claim.evidence.start]
    if deed.rule != "by.episode" or deed.claim.because.get("by", "").startswith("by.blame"):
        return text.is_near(claim, deed)
    if any(_did(c) and c.kind == "event" and c.episode == claim.episode for c in before):
        return False
    where, there = claim.where, deed.claim.where
    apart = where and there and there.basis == "sentence" and printed(where) != printed(there)
    return not apart and deed.sentence - text.place(claim) == 1 and text.is_near(claim, deed)


def _by_words(claim: Claim) -> list[str]:
    """The words by which an event was found."""
    return claim.because.get("event", "").partition(":")[2].split()


def _head(party: Party) -> str:
    return party.text.split()[-1].lower()


def _camp(party: Party | None) -> str:
    return _CAMPS.get(party.category, _PEOPLE) if party else _PEOPLE
