"""What an event knows, given to those of its claims that lack it: who did it, and on which day.

"Gunmen attacked the village of Karsa on Monday. Nine people were killed": nobody is named beside
the nine, and yet the text says who killed them. The claims of one episode tell of one event, so a
claim may take from another sentence what it lacks; `because` says that it did, and `by_said` how
that sentence has it. A doer that is wrong accuses somebody, so one is taken only where the text
leaves one alone: by nobody who came to harm by mishap or of what their own sentence tells, by none
of the doer's own side, by none of the people at large where two sides fight, by no sum.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from sayso.claims.deeds import (
    HURT,
    PEOPLE,
    RELEASE,
    SAID,
    Deed,
    camp,
    deeds,
    did,
    is_unclaimed,
    they,
)
from sayso.claims.event.senses import noun
from sayso.claims.event.words import states
from sayso.claims.setting.dating import far_off
from sayso.claims.setting.governing import day
from sayso.language.grammar.clause import completed
from sayso.language.grammar.features import is_gerund, is_past, is_verb, is_word
from sayso.language.trees import Sentence, Token
from sayso.lexicon import words
from sayso.records import MAIN, Claim, Party, When, is_narrow, is_numbered, printed

_REACH = 2  # paragraphs: so far a deed is carried to a harm that no verb tells of


def carried(
    sentences: Sequence[Sentence], claims: Sequence[Claim], language: str
) -> tuple[Claim, ...]:
    """The same claims, in text order, those that lack them with the doer and the day that another
    sentence has for the same event."""
    text = _Text(sentences, claims, language)
    return tuple(_with_day(text, _with_doer(text, claim)) for claim in claims)


def sentence_numbers(sentences: Sequence[Sentence], claims: Iterable[Claim]) -> dict[str, int]:
    """The number of the sentence in which each claim begins, by the claim's id."""
    ends = [sentence.end for sentence in sentences]
    return {claim.id: bisect_right(ends, claim.evidence.start) for claim in claims}


class _Text:
    """The claims of a document, what they say of who did what, and where it turns elsewhere."""

    def __init__(self, sentences: Sequence[Sentence], claims: Sequence[Claim], language: str):
        self.sentences, self.claims, self.language = sentences, claims, language
        self._places = sentence_numbers(sentences, claims)
        self._stretches = _stretches(sentences)
        self.deeds = deeds(sentences, claims, self._places)
        self.is_unclaimed = any(map(is_unclaimed, sentences))
        self.dated = [c for c in claims if _is_dated(c)]
        self._by_themselves = {c.id for c in claims if self._came_of_no_attack(c)}

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

    def is_near(self, claim: Claim, there: int) -> bool:
        """Whether a sentence stands in the paragraph of a claim or within reach of it."""
        here = self.sentences[self.place(claim)]
        return abs(here.paragraph - self.sentences[there].paragraph) <= _REACH

    def own(self, claim: Claim) -> list[Token]:
        """The words of a claim."""
        line = self.sentences[self.place(claim)].tokens
        return [t for t in line if claim.evidence.start <= t.start < claim.evidence.end]

    def tells(self, claim: Claim) -> bool:
        """Whether a verb tells of a harm, so that it is none that is only counted or named."""
        return any(t.pos == "VERB" for t in self.own(claim))

    def by_mishap(self, claim: Claim) -> bool:
        """Whether a claim's words are of those that nobody harms: "drowned", "trampled"."""
        mishaps = words("episodes", "mishaps", self.language)
        return any(t.lemma.lower() in mishaps for t in self.own(claim))

    def by_itself(self, claim: Claim) -> bool:
        """Whether a claim's sentence tells what the harm came of, and that is no attack: "two buses
        collided, leaving nine dead"."""
        return claim.id in self._by_themselves

    def _came_of_no_attack(self, claim: Claim) -> bool:
        if claim.event is not None:
            return claim.event.type == "DISASTER"
        line = (v for t in self.own(claim) for v in (t, *t.ancestors()))
        gerunds = (v for v in line if v.relation == "advcl" and is_gerund(v))
        return any(is_verb(completed(v)) and not states(completed(v)) for v in gerunds)

    def sums_up(self, claim: Claim) -> bool:
        """Whether a claim tells how many it has been so far, and so of no one event: "523 have
        died", but not "have died in a raid"."""
        if claim.event is not None:
            return False
        return any(map(has_until_now, self.own(claim)))


def has_until_now(word: Token) -> bool:
    """Whether a verb tells how it has been so far: "have died", but not "had died"."""
    return any(is_word(m, "perfect") and not is_past(m) for m in word.kids("aux"))


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
    if far_off(text.sentences[text.place(claim)]):
        return claim
    told = (c for c in text.dated if text.follows(claim, c, text.place(c)))
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
    return did(claim) and not later and claim.scope == "current"


def _days(when: When | None) -> tuple[date, date] | None:
    """The day, or the night's two, of a time that is no longer."""
    first, last = (day(when.start), day(when.end)) if when else (None, None)
    return (first, last) if first and last and last - first <= timedelta(days=1) else None


def _with_doer(text: _Text, claim: Claim) -> Claim:
    """The claim with whoever did it by another sentence, and on whose word."""
    if not lacks_doer(claim) or text.by_mishap(claim) or text.sums_up(claim):
        return claim
    if _by_nobody(text, claim):
        return claim
    deed = they(text.sentences, claim, text.own(claim), text.place(claim)) or _told_of(text, claim)
    if deed is None:
        return claim
    return replace(claim, by=deed.by, by_said=deed.said, because=claim.because | {"by": deed.rule})


def _told_of(text: _Text, claim: Claim) -> Deed | None:
    """The deed that a claim's harm came of: the last one before it, or one behind it that points
    back; None where the text has two doers for it."""
    told = [d for d in text.deeds if text.follows(claim, d.claim, d.sentence)]
    doers = [d for d in _doers(text, claim, told) if _may_be_of(claim, d)]
    before = [d for d in doers if d.sentence < text.place(claim)]
    found = before or [d for d in doers if _points_back(text, claim, d)]
    if len({_head(d.by) for d in found}) != 1:
        return None  # of "A man drove into a crowd. The police shot the man. Ten died" who knows
    deed = before[-1] if before else found[0]
    if deed.by_thing or (deed.by_name and text.is_unclaimed):
        return None
    near = text.is_near(claim, deed.sentence) or text.tells(claim)
    return deed if near else None


def lacks_doer(claim: Claim) -> bool:
    """Whether a claim tells of people to whom somebody may have done it, and does not say who."""
    harmed = claim.kind in HURT or claim.kind == "detained"
    by_hand = claim.event is None or claim.event.type in ("ASSAULT", "COERCE")
    nobody = claim.count is not None and claim.count.high == 0
    spread = claim.when is not None and claim.when.basis == "sentence" and not _days(claim.when)
    told = claim.modality in SAID and claim.scope != "period" and not spread
    return claim.by is None and harmed and by_hand and not nobody and told


def _by_nobody(text: _Text, claim: Claim) -> bool:
    """Whether the event of a claim is nobody's deed, by what the text told of last before it, or
    first."""
    told = [
        text.by_itself(c)
        for c in text.claims
        if c.episode == claim.episode and c.evidence.start < claim.evidence.start
        if text.by_itself(c) or (c.event and c.event.type == "ASSAULT")
    ]
    return text.by_itself(claim) or (claim.event is None and any((*told[:1], *told[-1:])))


def _doers(text: _Text, claim: Claim, told: Sequence[Deed]) -> list[Deed]:
    """The deeds, turned round where it was those attacked who did it, whose doer can have done what
    a claim tells of; of people at large those done to such people, if there are any."""
    side = camp(text.whom(claim))
    if claim.kind == "detained":
        return [d for d in told if camp(d.by) == "state" != side]
    if claim.kind == "abducted":
        told = [d for d in told if camp(d.by) != "state"]
    else:
        told = [d for d in told if d.claim.event != RELEASE]
    found: list[Deed] = []
    for deed in (d for d in told if d.claim.event is None or d.claim.event.type != "COERCE"):
        doer = camp(deed.by)
        if deed.is_mutual and PEOPLE in (side, doer):
            continue
        if side == PEOPLE:
            if not deed.is_pursuit:
                found.append(deed)
        elif doer != side:
            found.append(deed)
        elif deed.to is not None and camp(deed.to) not in (side, PEOPLE):
            found.append(deed._replace(by=deed.to, to=deed.by))
    alike = [d for d in found if d.to is None or camp(d.to) == side]
    return (alike if side == PEOPLE else []) or found


def _may_be_of(claim: Claim, deed: Deed) -> bool:
    """Whether a harm can have come of a deed: to none called as its doers are, and by the days that
    they have of no later one, and of an earlier one where it is told as more harm of the same."""
    if claim.who and claim.who.text.split()[-1] in deed.by.text.split():
        return False
    harm, done = _days(claim.when), _days(deed.claim.when)
    if harm is None or done is None:
        return True
    return done[0] <= harm[1] and (harm[0] <= done[1] or claim.change is not None)


def _points_back(text: _Text, claim: Claim, deed: Deed) -> bool:
    """Whether a deed told after a harm is the one that the harm came of: it is told of as known, or
    right behind, at no other place."""
    before = [c for c in text.claims if c.evidence.start < claim.evidence.start]
    if deed.rule != "by.episode" or deed.claim.because.get("by", "").startswith("by.blame"):
        return text.is_near(claim, deed.sentence)
    if any(did(c) and c.kind == "event" and c.episode == claim.episode for c in before):
        return False
    where, there = claim.where, deed.claim.where
    apart = where and there and there.basis == "sentence" and printed(where) != printed(there)
    return (
        not apart and deed.sentence - text.place(claim) == 1 and text.is_near(claim, deed.sentence)
    )


def _head(party: Party) -> str:
    return party.text.split()[-1].lower()
