"""Who does something to people by the sentences of a text, told or by somebody's blame, and whom a
"they" stands for that does it: the deeds of which `carrying` asks what harm came of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sayso.claims.attribution.kinds import kind
from sayso.claims.event.actors import actors, is_named, joined, named
from sayso.claims.event.blame import accused
from sayso.claims.event.senses import is_party, is_power
from sayso.claims.event.words import states
from sayso.language.grammar.clause import is_passive, subject
from sayso.language.grammar.features import is_plural, is_third_person, stands_for_many
from sayso.language.grammar.polarity import is_negated, is_none
from sayso.language.groups import can_act, phrase
from sayso.language.trees import Sentence, Token
from sayso.lexicon import words
from sayso.records import Category, Claim, Event, Evidence, Kind, Modality, Party, Said, Source

SAID = ("asserted", "reported", "alleged")
HURT: frozenset[Kind] = frozenset(
    ("killed", "dead_or_missing", "casualties", "injured", "critical", "abducted")
)
"""What is done to people by whoever attacks them."""

RELEASE = Event(type="RETREAT", mode="release")  # of whom somebody holds
PEOPLE = "people"
_CAMPS: dict[Category, str] = {
    "military": "state",
    "security_forces": "state",
    "militants": "armed",
    "attackers": "armed",
    "suspects": "armed",
}
_BACK = 3  # sentences: so far back "they" finds whom it stands for


class Deed(NamedTuple):
    """That a sentence says who did something to people, `to` those; `said` is how it says so.
    `by_thing` = it names only a thing, "helicopters bombed a camp", and so nobody; `by_name` =
    it gives the name of a party, as "gunmen" does not."""

    claim: Claim
    by: Party
    to: Party | None
    sentence: int
    said: Said
    rule: str = "by.episode"
    is_mutual: bool = False
    by_thing: bool = False
    by_name: bool = False

    @property
    def is_pursuit(self) -> bool:
        """Whether it was done to those who had attacked: "police shot the attacker dead"."""
        return self.to is not None and self.to.category in ("attackers", "suspects")


def camp(party: Party | None) -> str:
    """On whose side people stand, "state" or "armed"; all others are the people at large."""
    return _CAMPS.get(party.category, PEOPLE) if party else PEOPLE


def did(claim: Claim) -> bool:
    """Whether a claim says that people were attacked, or came to harm."""
    act = claim.event.type if claim.event else None
    deed = act in ("ASSAULT", "DISASTER") if claim.kind == "event" else claim.kind in HURT
    return deed and claim.modality in SAID


def deeds(
    sentences: Sequence[Sentence], claims: Sequence[Claim], places: Mapping[str, int]
) -> list[Deed]:
    """The deeds of a text, in its order; `places` are the numbers of the claims' sentences."""
    found = [*_told(sentences, claims, places), *_blamed(sentences, claims, places)]
    return sorted(found, key=lambda d: d.sentence)


def _told(
    sentences: Sequence[Sentence], claims: Sequence[Claim], places: Mapping[str, int]
) -> Iterator[Deed]:
    fights = {places[c.id] for c in claims if _is_fight(c, sentences[0].language)}
    for claim in claims:
        act = claim.event.type if claim.event else None
        harms = act in ("ASSAULT", "COERCE") or claim.kind in HURT or claim.kind == "detained"
        if not (harms or claim.event == RELEASE) or claim.modality not in SAID or not claim.by:
            continue
        here = places[claim.id]
        heads = _heads(claim.by, sentences[here])
        by, to = claim.by, claim.who
        if len(heads) == 2 and to is None and here in fights:
            by, to = map(named, heads)  # "A and B clashed"
        thing = not (heads and _is_somebody(heads[0]))
        if not thing or act == "ASSAULT":
            said = Said(evidence=claim.evidence, modality=claim.modality, sources=claim.sources)
            name = any(h.pos == "PROPN" for h in heads)
            yield Deed(claim, by, to, here, said, "by.episode", here in fights, thing, name)


def _is_fight(claim: Claim, language: str) -> bool:
    """Whether a claim tells of a fight, in which each side harms the other."""
    told = claim.because.get("event", "").partition(":")[2].split()
    return not words("episodes", "mutual", language).isdisjoint(told)


def _blamed(
    sentences: Sequence[Sentence], claims: Sequence[Claim], places: Mapping[str, int]
) -> Iterator[Deed]:
    """Who is blamed for what the text told of last: one with a name, or who bears arms."""
    for number, sentence in enumerate(sentences):
        before = [c for c in claims if places[c.id] < number and did(c)]
        for heads in accused(sentence) if before else ():
            by = joined(heads)
            if by is not None and (camp(by) != PEOPLE or all(h.pos == "PROPN" for h in heads)):
                said = _said(sentence, "alleged", _accusers(sentence))
                yield Deed(before[-1], by, None, number, said, "by.blamed-elsewhere")


def is_unclaimed(sentence: Sentence) -> bool:
    """Whether it says that nobody has claimed the deed: "no group has claimed responsibility"."""
    parts = (t for t in sentence.tokens if t.lemma.lower() in t.words("events", "blame.alone"))
    verbs = (p.head for p in parts if p.relation in ("obj", "nsubj:pass"))
    return any(is_negated(v) or any(map(is_none, v.kids("nsubj"))) for v in verbs)


def _heads(party: Party, sentence: Sentence) -> list[Token]:
    """The words that head the phrases by which a sentence names a party."""
    found: list[Token] = []
    for text in party.text.split("; "):
        start = sentence.start + max(0, sentence.text.find(text))
        own = [t for t in sentence.tokens if start <= t.start and t.end <= start + len(text)]
        found += [t for t in own if t.head not in own or t.relation == "root"][:1]
    return found


def _is_somebody(head: Token) -> bool:
    """Whether a doer is a party of its own: no thing, and nobody's as in "its men"."""
    owner = head.kid("nmod:poss")
    owned = owner is not None and owner.pos == "PRON"
    return not owned and (is_party(head) or can_act(head) or is_power(head) or is_named(head))


def _top(sentence: Sentence) -> Token:
    return next(t for t in sentence.tokens if t.relation == "root")


def _said(sentence: Sentence, modality: Modality, sources: tuple[Source, ...]) -> Said:
    whole = Evidence(start=sentence.start, end=sentence.end, text=sentence.text)
    return Said(evidence=whole, modality=modality, sources=sources)


def _accusers(sentence: Sentence) -> tuple[Source, ...]:
    """Who blames somebody, or claims it: whoever acts in the sentence."""
    top = _top(sentence)
    heads = () if is_passive(top) else actors(subject(top), top)
    runs = ([t for t in phrase(head) if t.pos != "DET"] for head in heads)
    return tuple(
        Source(text=sentence.quote(*sentence.cover(run)), kind=kind(run), role="origin")
        for run in runs
    )


def they(
    sentences: Sequence[Sentence], claim: Claim, own: Sequence[Token], here: int
) -> Deed | None:
    """Who "they" are that did what a claim's `own` words tell of, in sentence `here`: those who act
    in the sentence before it, or in the one that this goes on from, of the same paragraph."""
    verbs = [t for t in own if t.pos == "VERB" and not is_passive(t)]
    if not any(s is not None and stands_for_many(s) for s in map(subject, verbs)):
        return None
    for there in range(here - 1, max(-1, here - 1 - _BACK), -1):
        before = sentences[there]
        if before.paragraph != sentences[here].paragraph:
            return None
        top = _top(before)
        said = top.kids("ccomp") if states(top) else []
        one = subject((*said, top)[0])
        if one is None or not is_third_person(one):
            heads = actors(one, top)
            able = bool(heads) and all(is_party(h) or can_act(h) for h in heads)
            several = len(heads) > 1 or any(is_plural(h) or h.entity == "ORG" for h in heads)
            by = joined(heads) if able and several else None
            word = _said(before, claim.modality, claim.sources)
            return Deed(claim, by, None, there, word, "by.they") if by else None
    return None
