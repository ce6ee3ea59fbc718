"""Which event a word means, under the conditions that `data/en/events.toml` sets for it.

The table's senses are tried in order and the first that fits the word's own subject, object and
prepositions wins. What is done with a sense (who is named, whether it happened) is decided in
`actors` and `frames`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from sayso import lexicon
from sayso.claims.event.stretch import below
from sayso.claims.event.words import forms, listed, sayer
from sayso.language import people
from sayso.language.grammar.clause import agent, complement, is_passive, obliques, patient
from sayso.language.grammar.features import (
    gender,
    is_singular_noun,
    is_word,
    stands_for_many,
)
from sayso.language.grammar.noun_phrase import genitives, marked, preposition
from sayso.language.grammar.polarity import is_negated
from sayso.language.spelling import singular
from sayso.language.trees import Token
from sayso.lexicon.shapes import NounSense, VerbSense, Words

NAMES = ("PERSON", "ORG", "LOC", "NORP")
"""Entity labels that can be a party to an event."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One entry of the table for one of its words.

    `to` lists where the other party stands; `speech` says that the word is itself an act and what
    it governs has not happened; `conditions` is the entry as written.
    """

    type: str
    mode: str | None
    rule: str
    to: tuple[str, ...]
    speech: bool
    conditions: VerbSense


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A verb's sense that fits, with what its conditions already looked up."""

    sense: Sense
    agent: Token | None
    patient: Token | None
    clause: Token | None


def lemma(token: Token) -> str:
    """The lemma in lower case, as the table writes it."""
    return token.lemma.lower()


def spelt(token: Token) -> set[str]:
    """The lemma, and the singular of what may be no name: "Warplanes" that begin a sentence."""
    return {lemma(token), singular(token.lower)} if token.pos == "PROPN" else {lemma(token)}


def core(head: Token) -> Token:
    """What a quantity is of ("thousands of miners" -> miners); any other head itself."""
    if (head.pos == "NUM" or listed(head, "closed.quantities")) and (of := genitives(head)):
        return core(of[-1])  # "tens of thousands of miners" may hang both on "tens"
    return head


def is_party(head: Token) -> bool:
    """Whether the phrase names someone who can act or be acted upon."""
    head = core(head)
    if head.pos == "PRON":
        return is_word(head, "personal")
    if head.pos == "NUM" or head.entity in NAMES:
        return True
    return people.acts(head) or lemma(head) in head.words("events", "classes.crowds")


def is_power(head: Token) -> bool:
    """Whether the phrase names one who acts politically: a state, body, office or force."""
    head = core(head)
    near = [head, *head.kids("amod", "compound", "nmod:desc")]
    if head.entity == "NORP" and head.pos == "NOUN" and is_singular_noun(head):
        return False  # "the Briton"
    return any(t.entity in ("ORG", "LOC", "NORP") or people.is_power(t) for t in near)


def is_a(head: Token | None, names: Iterable[str]) -> bool:
    """Whether a phrase is one of these: a lemma, an @class, or a kind in capitals."""
    if head is None:
        return "NONE" in names
    head = core(head)
    for name in names:
        if name.startswith("@"):
            fits = _belongs(head, name[1:])
        elif name in _KINDS:
            fits = _KINDS[name](head)
        else:
            fits = name in spelt(head)
        if fits:
            return True
    return False


def _belongs(head: Token, name: str) -> bool:
    """Whether a noun is of a class: a thing that events.toml lists, or people of that role."""
    word = people.known(head)
    things = lexicon.events(head.language).classes.get(name, ())
    return not spelt(head).isdisjoint(things) or (word is not None and word.plays(name))


_KINDS: dict[str, Callable[[Token], bool]] = {
    "PARTY": is_party,
    "PERSON": lambda head: is_party(head) and head.entity not in ("LOC", "ORG"),
    "POWER": is_power,
    "PLACE": lambda head: head.entity == "LOC",
    "NORP": lambda head: head.entity == "NORP",
    "NAME": lambda head: head.entity == "PERSON",
    "QUANTITY": lambda head: head.pos == "NUM" or listed(head, "closed.quantities"),
}


def verb(token: Token) -> Found | None:
    """The first sense of a verb whose conditions hold here, or None."""
    verbs = _verbs(token.language)
    entries = next((verbs[form] for form in forms(token) if form in verbs), [])
    if not entries:
        return None
    particles = {c.lower for c in token.kids("compound:prt")}
    particles |= {c.lower for c in token.kids("advmod") if abs(c.i - token.i) == 1}
    # "pulled out of the talks", "drove the rebels out of the town"
    led = (led.kids("case") for led in token.kids("obl"))
    particles |= {first.lower for first, *more in filter(None, led) if len(more) == 1}
    by, whom, clause = agent(token), patient(token), complement(token)
    passive = is_passive(token)
    for particle, thing, sense in entries:
        if particle in token.words("events", "closed.prepositional"):
            if not obliques(token, particle):
                continue
        elif particle and particle not in particles:
            continue
        if not particle and particles & token.words("events", "closed.particles"):
            continue
        # "stopped work": the tree may take the work for what they became; "were handed sentences".
        named = [whom, *token.kids("xcomp"), *(token.kids("obj") if passive else [])]
        if thing and not any(is_a(noun, (thing,)) for noun in named if noun is not None):
            continue
        found = Found(sense, by, whom, clause)
        if _fits(token, found):
            return found
    return None


def noun(token: Token) -> NounSense | None:
    """The first entry for an event noun whose neighbouring words allow it, or None."""
    entries = _nouns(token.language).get(lemma(token), [])
    if not entries:
        return None
    before = [c for c in token.kids("compound", "amod", "nmod", "nummod") if c.i < token.i]
    near = {lemma(t) for c in before for t in (c, *c.children)}
    of = genitives(token)
    for entry in entries:
        if near & set(entry.not_with):
            continue
        if entry.beside is not None and not near & set(entry.beside):
            continue
        if entry.phrase is not None and not _says(token, entry.phrase):
            continue
        if entry.made is not None and not set(entry.made) & set(forms(token.head)):
            continue
        if entry.of is not None and not any(is_a(c, entry.of) for c in [*of, *before]):
            continue
        if entry.not_of and of:
            continue
        return entry
    return None


def _fits(token: Token, found: Found) -> bool:
    c, by, whom, clause = found.sense.conditions, found.agent, found.patient, found.clause
    if by is not None and (stands_for_many(by) or gender(by) == "n"):
        by = sayer(token) or by  # "the rebels said they had ambushed a convoy"
    if c.subject is not None and not is_a(by, c.subject):
        return False
    if by is not None and is_a(by, c.not_subject):
        return False
    if c.object is not None and not is_a(whom, c.object):
        return False
    if whom is not None and is_a(whom, c.not_object):
        return False
    if c.object_text is not None and not _says(whom, c.object_text):
        return False
    if c.not_object_text and _says(whom, c.not_object_text):
        return False
    if c.subject_text is not None and not _says(by or whom, c.subject_text):
        return False
    if c.plain and any(x.pos in ("NOUN", "PROPN", "ADJ") for x in token.kids("xcomp")):
        return False
    if c.need is not None:
        led = obliques(token, *c.need)
        if not any(c.need_noun is None or is_a(x, c.need_noun) for x in led):
            return False
    led = token.kids("obl", "nmod") if c.not_prep else []
    if any(lemma(x) in c.not_prep or preposition(x) in c.not_prep for x in led):
        return False
    if c.governs is not None and not _governs(token, c.governs, found):
        return False
    if c.inner is not None and (clause is None or lemma(clause) not in c.inner):
        return False
    if clause is not None and lemma(clause) in c.not_inner:
        return False
    if c.intent and clause is not None and clause.relation == "ccomp" and not _ahead(clause):
        return False
    return not (found.sense.speech and clause is None and whom is None and not token.kids("obl"))


def _ahead(clause: Token) -> bool:
    """Whether a clause is an infinitive or speaks of what will be."""
    aux = clause.kids("aux")
    should = any(is_word(a, "pledging") for a in aux) and not is_negated(clause)
    return should or marked(clause, "infinitive") or any(is_word(a, "future") for a in aux)


def _governs(token: Token, wanted: Words, found: Found) -> bool:
    """Whether the verb has one of these: "clause", a phrase under "prep:", an object of a class."""
    if "clause" in wanted and found.clause is not None:
        return True
    prepositions = [w[5:] for w in wanted if w.startswith("prep:")]
    if prepositions and obliques(token, *prepositions):
        return True
    return found.patient is not None and is_a(found.patient, wanted)


def _says(head: Token | None, texts: Words) -> bool:
    if head is None:
        return False
    text = " ".join(t.lower for t in below(head)) + " "
    return any(part in text for part in texts)


@cache
def _verbs(language: str) -> dict[str, list[tuple[str, str, Sense]]]:
    """Per lemma its senses in the order of the table: particle, object, sense."""
    found: dict[str, list[tuple[str, str, Sense]]] = {}
    for entry in lexicon.events(language).verb:
        for pattern in entry.verbs:
            word, _, thing = pattern.partition(":")
            first, _, particle = word.partition("+")
            rule = "verb:" + pattern.replace("+", " ").replace(":", " ").replace("@", "")
            sense = Sense(entry.type, entry.mode, rule, entry.to, entry.speech, entry)
            found.setdefault(first, []).append((particle, thing, sense))
    return found


@cache
def _nouns(language: str) -> dict[str, list[NounSense]]:
    """Per lemma its entries in the order of the table."""
    found: dict[str, list[NounSense]] = {}
    for entry in lexicon.events(language).noun:
        for word in entry.nouns:
            found.setdefault(word, []).append(entry)
    return found
