"""What happened: events, measures and reactions, as PLOVER types with who did what to whom.

Frames are read off the tree with the senses of `data/en/events.toml`. A word that is itself an act
(accused, demanded, vowed) makes an event of its subject, and what it governs is then not taken to
have happened. What is negated, conditional or merely possible gives no frame; what the sentence
announces becomes AGREE or THREATEN, as PLOVER codes it. People killed or wounded are counted in
`claims.tolls`; `cause` names the event behind such a harm. Who says so, where and when are other
modules' business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sayso.claims import roles, senses
from sayso.language.groups import party
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table, words
from sayso.records import Category, Event, Modality, Party

FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT")
"""Types whose announcement is AGREE; that of any other type is THREATEN (PLOVER: "intend to")."""

SUFFERED = ("ASSAULT", "COERCE", "CRIME")
"""Types whose other party is whom it happened to (`who`) and not a counterpart (`to`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One event in a sentence.

    `predicate` is the word that names it; `by` did it, `to` is the other party of an act, `who`
    suffered it; several actors are joined with "; ". `tokens` are the contiguous words that state
    it. `modality_hint` is set where the frame itself says that it is planned and has not happened.
    """

    predicate: Token
    event: Event
    by: Party | None
    to: Party | None
    who: Party | None
    tokens: tuple[Token, ...]
    rule: str
    modality_hint: Modality | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A frame whose parties are still tokens; `hides` are words that it keeps from being events."""

    predicate: Token
    type: str
    mode: str | None
    by: tuple[Token, ...]
    to: Token | None
    rule: str
    needed: tuple[Token, ...]
    hides: tuple[Token, ...] = ()
    hint: Modality | None = None


def frames(sentence: Sentence) -> list[Frame]:
    """The events that the sentence states, in text order."""
    if _off_topic(sentence):
        return []
    drafts: list[_Draft] = []
    hidden: set[int] = set()
    for token in sorted(sentence.tokens, key=_depth):
        if token.i in hidden:
            continue
        draft = _draft(token)
        if draft is not None:
            drafts.append(draft)
            hidden.update(t.i for t in draft.hides)
            hidden.add(token.i)
    return [
        _frame(d, sentence) for d in sorted(drafts, key=lambda d: d.predicate.i) if d.type != "NONE"
    ]


def cause(predicate: Token) -> Event | None:
    """The event that the text names as the cause of a harm ("killed in a car bombing"), or None."""
    rules = table("events")["cause"]
    near = [predicate, *predicate.kids("advmod", "xcomp", "advcl", "compound:prt")]
    for verb in near:
        manner = rules["manner"].get(verb.lemma.lower())
        if manner is not None and verb.pos == "VERB":
            return Event(**manner)
    if predicate.relation == "xcomp" and predicate.head.lemma.lower() in rules["manner"]:
        return Event(**rules["manner"][predicate.head.lemma.lower()])
    heads = [predicate] + [
        a for a in predicate.ancestors() if predicate.relation in ("conj", "xcomp")
    ]
    for head in heads[:2]:
        named = [
            c for c in head.kids("obl", "nmod") if roles.preposition(c) in rules["prepositions"]
        ]
        subject = roles.agent(head)
        for thing in [*named, *([subject] if subject is not None else [])]:
            for one in thing.conjuncts():
                entry = senses.noun(one)
                if entry is not None:
                    return Event(type=entry["type"], mode=entry.get("mode"))
                means = rules["means"].get(one.lemma.lower())
                if means is not None:
                    return Event(**means)
    if predicate.relation == "advcl" and predicate.head.pos == "VERB":
        found = senses.verb(predicate.head)  # "attacked the camp, killing 12"
        if found is not None and found.sense.type in ("ASSAULT", "DISASTER"):
            return Event(type=found.sense.type, mode=found.sense.mode)
    return None


def _depth(token: Token) -> tuple[int, int]:
    return sum(1 for _ in token.ancestors()), token.i


def _off_topic(sentence: Sentence) -> bool:
    """Sport, business and show talk of battles, strikes and rallies that are none."""
    topics = words("events", "topics.words")
    return any(
        t.pos == "NOUN" and t.lemma.lower() in topics and not _war_game(t) for t in sentence.tokens
    )


def _war_game(token: Token) -> bool:
    return token.lemma == "game" and any(c.lemma == "war" for c in token.children)


def _draft(token: Token) -> _Draft | None:
    if token.pos == "VERB" or token.lemma == "be":
        return _obliging(token) or _willing(token) or _verb(token)
    if token.pos == "ADJ":
        return _obliging(token) or _willing(token)
    if token.pos == "NOUN":
        return _obliging(token) or _noun(token)
    return None


def _verb(token: Token) -> _Draft | None:
    if _never_happened(token):
        return None
    found = senses.verb(token)
    if found is None:
        return _light(token)
    sense, clause = found.sense, found.clause
    inner = senses.verb(clause) if clause is not None and clause.pos == "VERB" else None
    kind, mode = sense.type, sense.mode
    if sense.conditions.get("modal") and not _menace(clause, inner):
        return None
    if kind == "THREATEN" and token.lemma in ("vow", "swear") and inner:
        kind = "AGREE" if inner.sense.type in FRIENDLY else kind
    if kind == "AGREE" and token.lemma in ("promise", "pledge") and inner:
        kind = "THREATEN" if inner.sense.type in SUFFERED else kind
    actors = _actors(token, found)
    if sense.conditions.get("actor", True) and not _acts(actors, token, sense.speech):
        return None
    draft = _Draft(
        predicate=token,
        type=kind,
        mode=mode if mode in table("events")["modes"].get(kind, [mode]) else None,
        by=() if sense.conditions.get("by") == "none" else actors,
        to=_counterpart(token, found, inner),
        rule=sense.rule,
        needed=_present(found.patient, clause if sense.speech else None),
        hides=_hidden(token, found),
    )
    return _announced(draft, token)


def _hidden(token: Token, found: senses.Found) -> tuple[Token, ...]:
    """What the frame's verb takes into itself: its object noun, and all that an act governs."""
    taken = [found.patient] if found.patient is not None and found.patient.head is token else []
    if not found.sense.speech:
        return tuple(taken)
    heads = [*taken, *token.kids("obl", "ccomp", "xcomp", "advcl")]
    heads += [found.clause] if found.clause is not None else []
    heads = [h for h in heads if h.i > token.i or h.relation != "advcl"]
    return tuple(t for h in heads for t in h.subtree(without=_beside))


def _beside(token: Token) -> bool:
    """A conjunct that belongs to a verb further up, and what is put in beside the sentence."""
    aside = token.relation == "parataxis"
    return aside or (token.relation == "conj" and roles.partner(token) is not token.head)


def _light(token: Token) -> _Draft | None:
    """An event noun that the verb carries out: "staged a protest", "carried out an attack"."""
    thing = roles.patient(token)
    particle = "".join("+" + c.lower for c in token.kids("compound:prt"))
    if thing is None or token.lemma + particle not in words("events", "light.do"):
        return None
    entry = senses.noun(thing)
    if entry is None or _denied(thing):
        return None
    actor = roles.agent(token)
    draft = _Draft(
        predicate=token,
        type=entry["type"],
        mode=entry.get("mode"),
        by=() if entry.get("by") == "none" else _group(actor, token),
        to=_aimed_at(thing) or _reach(roles.oblique(token, "on", "against", "at", "with")),
        rule="event:" + token.lemma + " " + thing.lemma,
        needed=_present(thing),
        hides=tuple(thing.subtree(without=lambda t: t.relation in roles.CLAUSES)),
    )
    if actor is not None and not senses.is_party(actor):
        return None
    return _announced(draft, token)


def _noun(token: Token) -> _Draft | None:
    """An event that a noun names on its own: "new shootings", "there was a blast"."""
    if token.relation in ("compound", "amod", "flat", "appos", "nmod:desc") or token.entity:
        return None
    entry = senses.noun(token)
    if entry is None or _denied(token) or _never_happened(token.head):
        return None
    governor = token.head
    happens = token.relation == "nsubj" and governor.lemma in words("events", "light.occur")
    told = token.relation in ("obj", "nsubj") and governor.lemma in words("events", "light.report")
    there = governor.kid("expl") is not None or token.kid("expl") is not None
    if governor.lemma in words("events", "light.void") or (
        governor.relation in ("xcomp", "ccomp")
        and governor.head.lemma in words("events", "light.void")
    ):
        return None
    if not (happens or told or there) and not (entry.get("strong") and not _bare(token)):
        return None
    return _Draft(
        predicate=token,
        type=entry["type"],
        mode=entry.get("mode"),
        by=() if entry.get("by") == "none" else _doer(token),
        to=_aimed_at(token),
        rule="event:" + token.lemma,
        needed=_present(token),
    )


def _willing(token: Token) -> _Draft | None:
    """AGREE from "is ready to", "said it was prepared to"."""
    clause = token.kid("xcomp", "advcl", "ccomp")
    if token.lemma not in words("events", "closed.willing") or clause is None:
        return None
    actors = _group(roles.surface(token), token)
    if token.pos == "VERB" and not roles.passive(token):
        return None
    if roles.negated(token) or clause.i < token.i or not any(senses.is_power(a) for a in actors):
        return None
    inner = senses.verb(clause)
    if inner is not None and inner.sense.type in SUFFERED:
        return None
    to = _counterpart(clause, inner, None) if inner else _reach(roles.patient(clause))
    rule, hides = "event:" + token.lemma + " to", tuple(clause.subtree())
    return _Draft(token, "AGREE", None, actors, to, rule, (clause,), hides)


def _obliging(token: Token) -> _Draft | None:
    """REQUEST from "X said that Y must", REJECT from "X said that it will not"."""
    sayer = _sayer(token)
    if sayer is None or not senses.is_power(sayer):
        return None
    saying = next(a for a in token.ancestors() if a.lemma in words("events", "closed.saying"))
    subject = token.kid("nsubj")
    modals = {c.lower for c in token.kids("aux")}
    itself = subject is not None and subject.pos == "PRON" and subject.lower != "we"
    if token.relation != "ccomp" or subject is None or sayer.lemma in _bystanders():
        return None
    hides = tuple(token.subtree(without=lambda t: t.relation in ("parataxis", "conj")))
    if modals & words("events", "closed.obliging") and not itself and senses.is_party(subject):
        by = tuple(sayer.conjuncts())
        return _Draft(saying, "REQUEST", None, by, subject, "event:say must", (token,), hides)
    if modals & words("events", "closed.future") and roles.negated(token) and itself:
        to = _reach(roles.patient(token))
        by = tuple(sayer.conjuncts())
        return _Draft(saying, "REJECT", None, by, to, "event:say will not", (token,), hides)
    return None


def _announced(draft: _Draft, verb: Token) -> _Draft | None:
    """The draft as the verb's tense leaves it: done, announced (AGREE, THREATEN) or planned."""
    top = _top(verb)
    if top is not verb and top.lemma in words("events", "closed.unreal"):
        return replace(draft, hint="planned")
    modals = {c.lower for t in (verb, top) for c in t.kids("aux")}
    if not modals & words("events", "closed.future"):
        return draft
    sayer = _sayer(top)
    itself = sayer is not None and any(a is sayer or a in sayer.conjuncts() for a in draft.by)
    if draft.type in ("AGREE", "THREATEN", "REQUEST", "REJECT", "ACCUSE"):
        return replace(draft, hint="planned")
    if draft.type in FRIENDLY and not _unless(verb):
        hidden = tuple(verb.subtree(without=lambda t: t.relation in ("parataxis", "conj")))
        return replace(draft, type="AGREE", mode=None, hides=(*draft.hides, *hidden))
    if itself or _unless(verb):
        hidden = tuple(verb.subtree(without=lambda t: t.relation in ("parataxis", "conj")))
        return replace(draft, type="THREATEN", mode=None, hides=(*draft.hides, *hidden))
    return replace(draft, hint="planned")


def _unless(verb: Token) -> bool:
    above = [verb, *verb.ancestors()]
    return any(m.lower == "unless" for t in above for c in t.kids("advcl") for m in c.kids("mark"))


def _never_happened(verb: Token) -> bool:
    """Whether the verb is negated, conditional, or only possible."""
    if roles.negated(verb):
        return True
    steps = 0
    while True:
        marks = {c.lower for c in verb.kids("mark")}
        modals = {c.lower for c in verb.kids("aux")}
        if marks & words("events", "closed.conditional"):
            return True
        if modals & words("events", "closed.possible") or (steps and roles.negated(verb)):
            return True
        if verb.relation not in ("xcomp", "conj", "advcl") or verb.head is verb or steps > 4:
            return False
        steps += 1
        if verb.relation == "xcomp":
            if verb.head.lemma in words("events", "closed.failed"):
                return True
        elif verb.relation == "advcl" and not any(c.lower == "to" for c in verb.kids("mark")):
            return False
        elif verb.relation == "advcl":
            return verb.i > verb.head.i and verb.kid("aux", "nsubj") is None  # a purpose
        elif verb.kid("nsubj") or verb.kid("aux"):
            return False
        verb = verb.head


def _denied(noun: Token) -> bool:
    return any(c.lower in words("events", "closed.negation") for c in noun.kids("det"))


def _bare(noun: Token) -> bool:
    """A definite noun that only points back ("the attack") says nothing new."""
    definite = any(c.lower in words("events", "closed.definite") for c in noun.kids("det"))
    return definite and not noun.kid("amod", "nmod", "acl", "compound")


def _menace(clause: Token | None, inner: senses.Found | None) -> bool:
    """ "Warned that they would ..." and "warned that people could be shot" are threats."""
    if clause is None:
        return False
    modals = {c.lower for c in clause.kids("aux")}
    subject = clause.kid("nsubj")
    own = (
        subject is not None
        and subject.pos == "PRON"
        and subject.lower in ("they", "it", "he", "she", "we")
    )
    harm = inner is not None and inner.sense.type not in FRIENDLY
    return bool(modals & words("events", "closed.future") and own) or (bool(modals) and harm)


def _top(verb: Token) -> Token:
    """The verb that governs a chain of infinitives ("had begun to carry out" -> begun)."""
    while verb.relation == "xcomp" and verb.head.pos in ("VERB", "ADJ"):
        verb = verb.head
    return verb


def _sayer(verb: Token) -> Token | None:
    """Who says the clause that the verb heads, where the sentence has it."""
    clause = _top(verb)
    while clause.relation == "conj" and clause.head.pos == "VERB":
        clause = clause.head
    saying = clause.head if clause.relation == "ccomp" else None
    if saying is None or saying.lemma not in words("events", "closed.saying"):
        return None
    return saying.kid("nsubj")


def _bystanders() -> frozenset[str]:
    return words("events", "closed.bystanders")


def _actors(token: Token, found: senses.Found) -> tuple[Token, ...]:
    agent = found.agent
    if agent is None and found.sense.conditions.get("patient_acts"):
        agent = found.patient  # "troops were flown in": it is the troops that move
    return _group(agent, token)


def _group(head: Token | None, verb: Token) -> tuple[Token, ...]:
    """The actors behind a subject: its conjuncts, or the sayer whom a pronoun stands for."""
    if head is None:
        return ()
    owner = head.kid("nmod:poss")
    if head.pos == "PRON" or (owner is not None and owner.pos == "PRON"):
        sayer = _sayer(verb)
        if sayer is not None and sayer.pos != "PRON" and sayer.lemma not in _bystanders():
            return tuple(sayer.conjuncts())
        return () if head.pos == "PRON" else (head,)
    return tuple(c for c in head.conjuncts() if c.pos in ("NOUN", "PROPN", "NUM", "ADJ"))


def _acts(actors: tuple[Token, ...], verb: Token, speech: bool) -> bool:
    """Whether a sense that only powers perform has one: a bare name will do beside a power."""
    if any(senses.is_power(a) for a in actors):
        return True
    if not actors:
        return not speech and roles.passive(verb)
    named = any(senses.is_party(a) for a in actors)
    top = verb
    while top.head is not top:
        top = top.head
    return named and any(
        t.entity in ("LOC", "ORG", "NORP") or t.lemma in words("events", "classes.offices")
        for t in top.subtree()
        if t not in actors
    )


def _counterpart(token: Token, found: senses.Found, inner: senses.Found | None) -> Token | None:
    """The other party, from the first of the sense's places that holds one."""
    clause = found.clause
    for place in found.sense.to:
        kind, _, prep = place.partition(":")
        there: Token | None = None
        if kind == "obj":
            there = found.patient
        elif kind == "iobj":
            there = token.kid("iobj")
        elif kind == "obl":
            there = roles.oblique(token, prep)
        elif kind == "comp" and clause is not None:
            there = clause.kid("nsubj")
        elif kind == "inner" and clause is not None:
            if inner is not None:
                there = _counterpart(clause, inner, None)
            there = there or _within(clause)
        reached = _reach(there)
        if reached is not None and reached is not found.agent:
            return reached
    if found.sense.conditions.get("both") and found.agent is not None:
        return None
    return None


def _within(clause: Token) -> Token | None:
    """Whom a governed clause is aimed at, whatever its verb."""
    candidates = [roles.patient(clause), *clause.kids("iobj", "obl")]
    deeper = clause.kid("xcomp", "ccomp")
    for head in candidates:
        reached = _reach(head)
        if reached is not None:
            return reached
    return _within(deeper) if deeper is not None else None


def _reach(head: Token | None) -> Token | None:
    """The party that a phrase is or names: "the rebels' demand" -> rebels."""
    if head is None or head.entity == "DATE":
        return None
    if head.pos != "PRON" and senses.is_party(head):
        return head
    for child in head.kids("nmod:poss", "nmod", "amod", "compound", "acl", "appos"):
        if child.entity in ("LOC", "ORG", "NORP", "PERSON") and child.relation != "acl":
            return child
        if child.relation == "nmod" and (reached := _reach(child)) is not None:
            return reached
        if child.pos == "NOUN" and senses.is_party(child):
            return child
    return None


def _aimed_at(noun: Token) -> Token | None:
    """Whom an event noun is directed at: "attack on", "clashes with", "shelling of"."""
    for child in noun.kids("nmod", "obl"):
        if roles.preposition(child) in ("on", "against", "with", "of", "at"):
            reached = _reach(child)
            if reached is not None:
                return reached
    return None


def _doer(noun: Token) -> tuple[Token, ...]:
    """Who is named at an event noun as doing it: "by", "between", a possessive, an adjective."""
    for child in noun.kids("nmod", "nmod:poss", "amod", "compound"):
        led = roles.preposition(child)
        if child.relation == "nmod" and child.dep != "nmod:poss" and led not in ("by", "between"):
            continue
        if child.relation == "amod" and child.entity != "NORP":
            continue
        if child.relation == "compound" and (child.entity == "LOC" or not senses.is_power(child)):
            continue
        if senses.is_party(child):
            return tuple(child.conjuncts())
    return ()


def _present(*tokens: Token | None) -> tuple[Token, ...]:
    return tuple(t for t in tokens if t is not None)


def _frame(draft: _Draft, sentence: Sentence) -> Frame:
    other = _party(draft.to) if draft.to is not None else None
    suffered = draft.type in SUFFERED
    needed = [t for t in draft.needed if t is not draft.predicate]
    if draft.to is not None:
        needed.append(draft.to)
    return Frame(
        predicate=draft.predicate,
        event=Event(type=draft.type, mode=draft.mode),
        by=_joined(draft.by),
        to=None if suffered else other,
        who=other if suffered else None,
        tokens=roles.stretch(draft.predicate, needed, sentence.tokens),
        rule=draft.rule,
        modality_hint=draft.hint,
    )


def _joined(heads: tuple[Token, ...]) -> Party | None:
    """Several actors are one `Party` whose text lists them, each under its own name."""
    parties = [_party(h) for h in heads]
    if not parties:
        return None
    return Party(text="; ".join(p.text for p in parties), category=parties[0].category)


def _party(head: Token) -> Party:
    """The phrase as a party; an adjective ("Greek") stands for those it names."""
    if head.pos == "ADJ":
        category: Category = "unspecified"
        return Party(text=head.text, category=category)
    return party(head)


def modes() -> dict[str, list[str]]:
    """For each event type the modes it can have: PLOVER's, and those that the table adds."""
    found: dict[str, Any] = table("events")["modes"]
    return {kind: list(names) for kind, names in found.items()}
