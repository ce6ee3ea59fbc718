"""What happened: events, measures and reactions, as PLOVER types with who did what to whom.

Frames are read off the tree with the senses of `data/en/events.toml`. A word that is itself an act
(accused, demanded, vowed) makes an event of its subject, and what it governs is then not taken to
have happened. What is negated, conditional or merely possible gives no frame; what the sentence
announces becomes AGREE or THREATEN, as PLOVER codes it. People killed or wounded are counted in
`claims.harm`. Who says so, where and when are other modules' business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sayso import lexicon
from sayso.claims.event import actors, blame, factuality, senses
from sayso.claims.event.factuality import FRIENDLY
from sayso.claims.event.stretch import stretch
from sayso.claims.event.words import forms, listed, sayer
from sayso.language.grammar import clause as grammar
from sayso.language.grammar.features import is_gerund, is_plural, is_word
from sayso.language.grammar.noun_phrase import is_definite
from sayso.language.grammar.polarity import is_negated
from sayso.language.trees import Sentence, Token
from sayso.records import Event, Modality, Party

SUFFERED = ("ASSAULT", "COERCE", "CRIME", "DISASTER")
"""Types whose other party is whom it happened to (`who`) and not a counterpart (`to`)."""

# Sentences whose events are remembered: each post of a live page is read behind the same opening.
_KEPT = 64
_BLAST = Event(type="DISASTER", mode="explosion")
_BOMBING = Event(type="ASSAULT", mode="explosives")
BLASTING = (None, "explosives", "suicide-attack", "heavy-weapons", "territory")
"""Modes of what an explosion may be told of."""

SPOKEN = ("AGREE", "THREATEN", "REQUEST", "REJECT", "ACCUSE")
"""Types that are words: announced, they are only planned."""

LASTING = ("AGREE", "COERCE", "CONCEDE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION")
"""Types of which a time goes on for as long as the text says: a curfew "for two weeks"."""

DEEDS = ("ASSAULT", "CRIME", "COERCE", "PROTEST")
"""Types of events that somebody is blamed for."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One event in a sentence.

    `predicate` is the word that names it; `by` did it, `to` is the other party of an act, `who`
    suffered it; several actors are joined with "; ". `tokens` are the contiguous words that state
    it. `modality_hint` is set where the frame itself says that it is planned and has not happened.
    `points_back` = the words may mean a deed told before, "the crime" or "the attack"; `event` is
    None where they say nothing else. `accident` = it is a disaster, and the sentence names what
    goes off by itself, as gas does.
    """

    predicate: Token
    event: Event | None
    by: Party | None
    to: Party | None
    who: Party | None
    tokens: tuple[Token, ...]
    rule: str
    modality_hint: Modality | None = None
    accident: bool = False
    points_back: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """What one figure or frame says of an event: which, if any; that it is one told before; that
    it is an accident by its own words.
    """

    event: Event | None
    points_back: bool = False
    accident: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A frame whose parties are still tokens; `hides` are words that it keeps from being events."""

    predicate: Token
    type: str  # "" where it points back to a deed told before
    mode: str | None
    by: tuple[Token, ...]
    to: Token | None
    rule: str
    needed: tuple[Token, ...]
    hides: tuple[Token, ...] = ()
    hint: Modality | None = None
    clause: Token | None = None  # whose words are the evidence, where it is not `predicate`


@lru_cache(_KEPT)
def frames(sentence: Sentence) -> tuple[Frame, ...]:
    """The events that the sentence states, in text order."""
    if _off_topic(sentence):
        return ()
    drafts: list[_Draft] = []
    hidden: set[int] = set()
    # From the top of the tree down, so that an act hides what it governs before that is read.
    for token in sorted(sentence.tokens, key=lambda t: (sum(1 for _ in t.ancestors()), t.i)):
        draft = None if token.i in hidden else _draft(token)
        if draft is not None:
            drafts.append(draft)
            hidden.update(t.i for t in draft.hides)
    drafts.sort(key=lambda d: d.predicate.i)
    return tuple(_frame(draft, sentence) for draft in drafts)


def settled(told: list[Happened]) -> list[Event | None]:
    """The events of one document in text order, each in the light of the others.

    Where an attack is told of, the "explosion" and "blast" are no accident; "the crime" is the deed
    told of last before it, None where there is none.
    """
    bombed = any(t.event and t.event.type == "ASSAULT" and t.event.mode in BLASTING for t in told)
    found: list[Event | None] = []
    deed: Event | None = None
    for one in told:
        event = one.event
        if bombed and event == _BLAST and not one.accident:
            event = _BOMBING
        if one.points_back and (event is None or (deed and deed.type == event.type)):
            event = deed
        elif event is not None and event.type in ("ASSAULT", "CRIME"):
            deed = event
        found.append(event)
    return found


def _off_topic(sentence: Sentence) -> bool:
    """Sport, business and show talk of battles, strikes and rallies that are none."""
    return any(
        t.pos == "NOUN"
        and listed(t, "topics.words")
        and not any(listed(c, "topics.unless") for c in t.children)
        for t in sentence.tokens
    )


def _draft(token: Token) -> _Draft | None:
    if token.pos in ("VERB", "AUX", "ADJ", "NOUN"):
        obliging = _obliging(token)
        if obliging is not None:
            return obliging
    if token.pos == "VERB" or is_word(token, "copula"):
        return _willing(token) or _verb(token)
    if token.pos == "ADJ":
        return _willing(token)
    return _noun(token) if token.pos == "NOUN" else None


def _verb(token: Token) -> _Draft | None:
    # "claimed responsibility for shelling the port": said of somebody, if not by us.
    culprits = blame.blamed(token)[0] if is_gerund(token) and token.kid("mark") else ()
    if factuality.unreal(token) and not culprits:
        return None
    found = senses.verb(token)
    if found is None:
        return _light(token, culprits)
    sense, clause = found.sense, found.clause
    if culprits:
        found = replace(found, agent=None)
        if sense.type not in DEEDS or sense.speech:
            return None
    inner = senses.verb(clause) if clause is not None and clause.pos == "VERB" else None
    kind = _kind(found, inner)
    to = actors.counterpart(token, found, inner)
    agent = found.agent
    if agent is None and sense.conditions.patient_acts:
        agent = found.patient  # "troops were flown in": it is the troops that move
    by = culprits or actors.behind(token, found)
    if not by and not sense.conditions.doer:
        by = actors.actors(agent, token)
    if kind is None or (sense.conditions.actor and not _allowed(by, to, token, sense)):
        return None
    if sense.conditions.both and to is None and len(by) < 2 and not any(map(is_plural, by)):
        return None
    draft = _Draft(
        predicate=token,
        type=kind,
        mode=sense.mode if kind == sense.type and sense.mode else _about(kind, token, found, inner),
        by=() if sense.conditions.by == "none" else by,
        to=to,
        rule=sense.rule,
        needed=_present(found.patient, clause if sense.speech else None),
        hides=_governed(token, found),
    )
    return _announced(draft, token)


def _kind(found: senses.Found, inner: senses.Found | None) -> str | None:
    """The event type of a verb in the light of what it governs, or None where it is no event."""
    kind, clause = found.sense.type, found.clause
    inside = inner.sense.type if inner is not None else None
    if found.sense.conditions.modal:
        return kind if factuality.menacing(clause, inside) else None
    if found.sense.conditions.hostile and clause is not None:
        if inside in FRIENDLY:
            return "AGREE"
        return kind if inside or listed(clause, "closed.hostile") else None
    if kind == "AGREE" and inside in ("ASSAULT", "COERCE"):
        return "THREATEN"
    return kind


def _about(kind: str, token: Token, found: senses.Found, inner: senses.Found | None) -> str | None:
    """The mode of an act of words by what it is about: "threatened to arrest", "demanded talks"."""
    governed = {inner.sense.type, f"{inner.sense.type}/{inner.sense.mode}"} if inner else set()
    within = grammar.patient(found.clause) if found.clause is not None else None
    about = grammar.obliques(token, *token.words("events", "closed.about"))
    nouns = [*_present(found.patient, within), *about]
    named = {senses.lemma(noun) for noun in nouns}
    for entry in lexicon.events(token.language).about:
        if kind in entry.of and (governed & set(entry.types) or named & set(entry.nouns)):
            return entry.mode
    return None


def _allowed(by: tuple[Token, ...], to: Token | None, token: Token, sense: senses.Sense) -> bool:
    if not by:
        return not sense.speech and grammar.is_passive(token)  # "sanctions were imposed"
    return actors.political(by, to, token)


def _governed(token: Token, found: senses.Found) -> tuple[Token, ...]:
    """What the frame's verb takes into itself: its object noun, and all that an act governs."""
    taken = [found.patient] if found.patient is not None and found.patient.head is token else []
    if not found.sense.speech:
        return tuple(taken)
    heads = [*taken, *_present(found.clause), *token.kids("obl", "ccomp", "xcomp", "advcl")]
    heads = [h for h in heads if h.i > token.i or h.relation != "advcl"]
    hidden = tuple(t for h in heads for t in h.subtree(without=_beside))
    if found.sense.mode == "allege":
        # Who is accused of a deed is said to have done it: that claim stands beside the charge.
        return tuple(t for t in hidden if not blame.blamed(t)[0])
    return hidden


def _beside(token: Token) -> bool:
    """A conjunct that belongs to a verb further up, and what is put in beside the sentence."""
    aside = token.relation == "parataxis"
    return aside or (token.relation == "conj" and grammar.partner(token) is not token.head)


def _light(token: Token, culprits: tuple[Token, ...]) -> _Draft | None:
    """An event noun that the verb carries out: "staged a protest", "carried out an attack"."""
    thing = grammar.patient(token)
    particle = "".join("+" + c.lower for c in token.kids("compound:prt"))
    light = token.words("events", "light.do")
    verb = next((form for form in forms(token) if form + particle in light), None)
    if thing is None or verb is None:
        return None
    entry, agent = senses.noun(thing), grammar.agent(token)
    if entry is None or factuality.denied(thing):
        return None
    if agent is not None and not (senses.is_party(agent) or senses.is_power(agent)):
        return None
    by = culprits or actors.actors(agent, token)
    if entry.not_named and any(one.entity == "PERSON" for one in by):
        return None
    if not entry.type and not is_definite(thing):
        return None
    if senses.lemma(token) in entry.not_made:
        return None
    over = grammar.obliques(token, *token.words("events", "light.against"))
    draft = _Draft(
        predicate=token,
        type=entry.type,
        mode=entry.mode,
        by=() if entry.by == "none" or listed(token, "light.causes") else by,
        to=actors.aimed_at(thing) or next((x for x in map(actors.reach, over) if x), None),
        rule=f"carried-out:{verb} {senses.lemma(thing)}",
        needed=(thing,),
        hides=tuple(thing.subtree(without=lambda t: t.relation in ("acl", "conj"))),
    )
    ahead = entry.type in ("ASSAULT", "PROTEST") and not entry.named
    if ahead and listed(token, "closed.announcing"):
        return replace(draft, hint="planned")  # "announced an offensive"
    return _announced(draft, token)


def _noun(token: Token) -> _Draft | None:
    """An event that a noun names on its own: "new shootings", "there was a blast"."""
    if token.relation in ("compound", "amod", "flat", "appos", "nmod:desc") or token.entity:
        return None
    entry, governor = senses.noun(token), token.head
    if entry is None or factuality.denied(token):
        return None
    if factuality.unreal(governor) or factuality.void(governor):
        return None
    blast = (entry.type, entry.mode) == (_BLAST.type, _BLAST.mode)
    culprits, word = blame.blamed(token) if blast or entry.type in ("", *DEEDS) else ((), "")
    meant = blast and word in blame.MEANT  # "the explosion was claimed by the front"
    if blast and not meant:
        culprits = ()
    happens = (token.relation == "nsubj" and listed(governor, "light.occur")) or any(
        map(_befell, token.kids("acl"))
    )
    told = token.relation in ("obj", "nsubj") and listed(governor, "light.report")
    there = governor.kid("expl") is not None or token.kid("expl") is not None
    to = actors.aimed_at(token)
    if to in culprits:
        to = None  # "blamed the bombing on rebels"
    if to is None and happens:
        to = actors.reach(grammar.patient(governor))  # "a bombing killed two soldiers"
    if entry.not_names and to is not None and to.entity == "PERSON":
        return None
    by = () if entry.by == "none" else actors.doers(token, entry.by_place)
    if entry.not_persons and any(one.entity == "PERSON" for one in by):
        return None  # "the senator's attacks on her rival"
    # That somebody is named as having done it is news, even of a deed told before.
    named = culprits or (by if entry.type == "ASSAULT" else ())
    known = entry.type or is_definite(token)
    if entry.named and (not named or not known or factuality.general(token)):
        return None
    stands = entry.strong and not factuality.pointing(token)
    if not (named or happens or told or there or stands):
        return None
    return _Draft(
        predicate=token,
        type=_BOMBING.type if meant else entry.type,
        mode=_BOMBING.mode if meant else entry.mode,
        by=by or culprits,
        to=to,
        rule=f"noun:{senses.lemma(token)}",
        needed=(*by, *_present(grammar.patient(governor) if happens else None)),
        clause=governor if happens else None,
    )


def _befell(clause: Token) -> bool:
    """Whether a clause says what a noun did: "a blackout that left the town in the dark"."""
    subject = clause.kid("nsubj")
    return subject is not None and is_word(subject, "relative") and listed(clause, "light.occur")


def _willing(token: Token) -> _Draft | None:
    """AGREE from "is ready to", "said it was prepared to"."""
    clause = token.kid("xcomp", "advcl", "ccomp")
    if not listed(token, "closed.willing") or clause is None or clause.i < token.i:
        return None
    if is_negated(token) or (token.pos == "VERB" and not grammar.is_passive(token)):
        return None
    by = actors.actors(grammar.subject(token), token)
    inner = senses.verb(clause)
    if not actors.political(by, None, token) or (inner and inner.sense.type in SUFFERED):
        return None
    to = actors.counterpart(clause, inner, None) if inner else None
    rule = f"willing:{senses.lemma(token)}"
    return _Draft(token, "AGREE", None, by, to, rule, (clause,), tuple(clause.subtree()))


def _obliging(token: Token) -> _Draft | None:
    """REQUEST from "X said that Y must", REJECT from "X said that it will not"."""
    speaker, subject = sayer(token), token.kid("nsubj")
    if token.relation != "ccomp" or speaker is None or subject is None:
        return None
    if not senses.is_power(speaker) or listed(speaker, "closed.bystanders"):
        return None
    modals = token.kids("aux")
    pronoun = subject.pos == "PRON"
    by, hides = tuple(speaker.conjuncts()), _clause(token)
    if any(is_word(m, "obliging") for m in modals) and not pronoun:
        if senses.is_party(subject):
            rule = "must"
            return _Draft(token.head, "REQUEST", None, by, subject, rule, (token,), hides)
    elif any(is_word(m, "future") for m in modals) and is_negated(token) and pronoun:
        to = actors.reach(grammar.patient(token))
        return _Draft(token.head, "REJECT", None, by, to, "will-not", (token,), hides)
    return None


def _clause(verb: Token) -> tuple[Token, ...]:
    return tuple(verb.subtree(without=lambda t: t.relation in ("parataxis", "conj")))


def _announced(draft: _Draft, verb: Token) -> _Draft:
    """The draft as the verb's tense leaves it: done, announced (AGREE, THREATEN) or planned."""
    top = grammar.governing(verb)
    if top is not verb and is_word(top, "intending"):
        return replace(draft, hint="planned")
    modals = grammar.modals(verb)
    if not any(is_word(m, "future") for m in modals):
        return draft
    speaker = sayer(top)
    itself = speaker is not None and bool(set(speaker.conjuncts()) & set(draft.by))
    if draft.type in SPOKEN:
        return replace(draft, hint="planned")
    hides = (*draft.hides, *_clause(verb))
    if draft.type in FRIENDLY and not factuality.conditional(verb):
        return replace(draft, type="AGREE", mode=None, hides=hides)
    if itself or factuality.conditional(verb):
        return replace(draft, type="THREATEN", mode=None, hides=hides)
    return replace(draft, hint="planned")


def _present(*tokens: Token | None) -> tuple[Token, ...]:
    return tuple(t for t in tokens if t is not None)


def _frame(draft: _Draft, sentence: Sentence) -> Frame:
    other = actors.named(draft.to) if draft.to is not None else None
    needed = [t for t in (*draft.needed, *_present(draft.to)) if t is not draft.predicate]
    suffered = draft.type in (*SUFFERED, "")
    return Frame(
        predicate=draft.predicate,
        event=Event(type=draft.type, mode=draft.mode) if draft.type else None,
        by=actors.joined(draft.by or _blamed(draft)),
        to=None if suffered else other,
        who=other if suffered else None,
        tokens=stretch(draft.clause or draft.predicate, needed, sentence.tokens),
        rule=draft.rule,
        modality_hint=draft.hint,
        points_back=not draft.type or _is_the_attack(draft),
        accident=draft.type == "DISASTER"
        and any(listed(t, "light.accidents") for t in sentence.tokens),
    )


def _is_the_attack(draft: _Draft) -> bool:
    """Whether it is "the attack" and no more: one of no mode, whose doer alone is news."""
    bare = draft.type == "ASSAULT" and draft.mode is None
    return bare and draft.predicate.pos == "NOUN" and factuality.pointing(draft.predicate)


def _blamed(draft: _Draft) -> tuple[Token, ...]:
    """Who is said elsewhere in the sentence to have done it."""
    return blame.blamed(draft.predicate)[0] if draft.type in ("", *DEEDS) else ()
