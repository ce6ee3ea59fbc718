"""What brought a harm about: the event, and the word that names it ("killed in a car bombing")."""

from __future__ import annotations

from dataclasses import dataclass

from sayso import lexicon
from sayso.claims.event import senses
from sayso.claims.event.words import listed, under
from sayso.language.grammar.clause import agent, completed
from sayso.language.grammar.noun_phrase import genitives, marks
from sayso.language.spelling import infinitives
from sayso.language.trees import Token
from sayso.records import Event, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """The event behind a harm; `word` names it: a noun, a verb, or the thing that did the harm."""

    event: Event
    word: Token


def cause(predicate: Token, kind: Kind | None = None) -> Cause | None:
    """What the text names as the cause of a harm, or None. What is itself an event, as an arrest
    is, has itself as cause: `kind` is that of the harm.
    """
    rules = lexicon.events(predicate.language).cause
    if kind in rules.kinds:
        return Cause(rules.kinds[kind], predicate)
    beside = predicate.kids("advmod", "xcomp", "advcl")
    row = [predicate.head] if predicate.relation in ("xcomp", "conj") else []
    for word in [predicate, *beside, *row]:
        forms = (senses.lemma(word), *infinitives(word.lower)) if word.pos == "VERB" else ()
        if how := next((form for form in forms if form in rules.manner), None):
            return Cause(rules.manner[how], word)  # "shot dead"; "hanged", whatever its lemma
    for verb in [predicate, *row, *predicate.kids("advcl")]:
        named = [_result(c) for c in verb.kids("obl", "nmod") if under(c, "cause.after")]
        subject = agent(verb)
        for thing in [*named, *(subject.conjuncts() if subject is not None else [])]:
            means = None if _is_pit(thing) else rules.means.get(senses.lemma(thing))
            entry = senses.noun(thing) or means
            if entry is not None and entry.type:
                return Cause(Event(type=entry.type, mode=entry.mode), thing)
    if predicate.relation == "advcl" and predicate.head.pos == "VERB":
        above = completed(predicate)
        found = senses.verb(above)  # "attacked the camp, killing 12"
        if found is not None and found.sense.type in ("ASSAULT", "DISASTER"):
            return Cause(Event(type=found.sense.type, mode=found.sense.mode), above)
    return None


def _is_pit(thing: Token) -> bool:
    """Whether it is where people were, and not what did it: "in a mine", "at a gold mine"."""
    return listed(thing, "cause.pits") and bool(marks(thing) - thing.words("grammar", "agentive"))


def _result(phrase: Token) -> Token:
    """What something is the result of ("as a result of an attack" -> attack); else the phrase."""
    if not listed(phrase, "cause.results"):
        return phrase
    return next(iter(genitives(phrase)), phrase)
