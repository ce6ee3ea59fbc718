"""What brought a harm about: the event, and the word that names it ("killed in a car bombing")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso import lexicon
from sayso.claims.event import senses
from sayso.claims.event.words import listed, under
from sayso.language.grammar.clause import agent, completed, subject
from sayso.language.grammar.features import is_word
from sayso.language.grammar.noun_phrase import genitives, marks
from sayso.language.spelling import infinitives
from sayso.language.trees import Token
from sayso.records import Event, Kind, Party


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """The event behind a harm; `word` names it: a noun, a verb, or the thing that did the harm."""

    event: Event
    word: Token


def cause(predicate: Token, kind: Kind | None = None) -> Cause | None:
    """What the text names as the cause of a harm, or None: the most telling of `causes`."""
    return next(causes(predicate, kind), None)


def causes(predicate: Token, kind: Kind | None = None) -> Iterator[Cause]:
    """What the text names as the causes of a harm, the most telling first. What is itself an event,
    as an arrest is, has itself as cause: `kind` is that of the harm.
    """
    rules = lexicon.events(predicate.language).cause
    if kind in rules.kinds:
        yield Cause(rules.kinds[kind], predicate)
    beside = predicate.kids("advmod", "xcomp", "advcl")
    row = [predicate.head] if predicate.relation in ("xcomp", "conj") else []
    for word in [predicate, *beside, *row]:
        forms = (senses.lemma(word), *infinitives(word.lower)) if word.pos == "VERB" else ()
        if how := next((form for form in forms if form in rules.manner), None):
            yield Cause(rules.manner[how], word)  # "shot dead"; "hanged", whatever its lemma
    for verb in [predicate, *row, *predicate.kids("advcl")]:
        named = [_result(c) for c in verb.kids("obl", "nmod", "obj") if _comes_before(c)]
        first = agent(verb) if verb.relation != "advcl" else subject(verb)
        for thing in [*named, *(first.conjuncts() if first is not None else [])]:
            means = None if _is_pit(thing) else rules.means.get(senses.lemma(thing))
            entry = senses.noun(thing) or means
            if entry is not None and entry.type:
                yield Cause(Event(type=entry.type, mode=entry.mode), thing)
    for verb in _acts(predicate):
        found = senses.verb(verb)
        if found is not None and found.sense.type in ("ASSAULT", "DISASTER"):
            yield Cause(Event(type=found.sense.type, mode=found.sense.mode), verb)


def violence(predicate: Token, by: Party | None, kind: Kind) -> Event | None:
    """The assault that a harm is by who did it ("soldiers killed three rebels"), or None."""
    rules = lexicon.events(predicate.language).cause
    done = by is not None and by.category in rules.doers and kind in rules.done
    return Event(type="ASSAULT") if done else None


def times(harm: Token) -> Iterator[Token]:
    """The clauses of what was going on as people came to harm; what stands behind the last of two
    harms is of both: "two died in Karsa and three in Tovar when rebels shelled the towns"."""
    row = [harm.head] if harm.relation == "conj" else []
    row = [] if harm.kids("obj") else [*row, *(v for v in harm.conjuncts() if v is not harm)]
    shared = (c for v in row if not v.kids("obj") for c in v.kids("advcl") if c.i > harm.i)
    yield from (c for c in (*harm.kids("advcl"), *shared) if attends(c))


def attends(clause: Token) -> bool:
    """Whether a clause tells what was going on at the time."""
    return any(is_word(c, "attending") for c in clause.kids("mark", "advmod") if c.i < clause.i)


def _acts(harm: Token) -> Iterator[Token]:
    """The verbs that may tell what the harm came of, the nearest first."""
    if harm.relation == "advcl" and harm.head.pos == "VERB":
        yield completed(harm)  # "attacked the camp, killing 12"
    if harm.relation == "conj" and harm.head.pos == "VERB" and not harm.kid("nsubj", "nsubj:pass"):
        yield harm.head  # "attacked the camp and killed 12"
    # "killed when rebels attacked the camp", "wounded after police opened fire"
    yield from (c for c in times(harm) if c.pos == "VERB")


def _is_pit(thing: Token) -> bool:
    """Whether it is where people were, and not what did it: "in a mine", "a gold mine fell in"."""
    beside = (thing.head, *thing.kids("amod", "acl", "compound"))
    inside = bool(marks(thing) - thing.words("grammar", "agentive"))
    return listed(thing, "cause.pits") and (inside or any(listed(t, "cause.ruin") for t in beside))


def _comes_before(phrase: Token) -> bool:
    """Whether a phrase says what a harm came of or after, whatever the tree makes of its mark:
    "following" may be a preposition, a verb over the phrase, or one beside it.
    """
    before = phrase.line()[min(t.i for t in phrase.subtree()) - 1]
    bare = before.relation == "advcl" and before in (phrase.head, *phrase.head.children)
    return under(phrase, "cause.after") or (bare and listed(before, "cause.after"))


def _result(phrase: Token) -> Token:
    """What something is the result of ("as a result of an attack" -> attack); else the phrase."""
    if not listed(phrase, "cause.results"):
        return phrase
    return next(iter(genitives(phrase)), phrase)
