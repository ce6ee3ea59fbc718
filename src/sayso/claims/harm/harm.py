"""One word of harm with those whom it befell and whoever did it, and who these are of a verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso import lexicon
from sayso.claims.harm.singles import are_told_of, strength
from sayso.language.grammar.clause import (
    agent,
    is_passive,
    is_turned,
    patients,
    subject,
    subjects,
)
from sayso.language.grammar.contact import contact
from sayso.language.grammar.features import is_reflexive
from sayso.language.grammar.noun_phrase import genitives, under
from sayso.language.trees import Token
from sayso.records import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Harm:
    """One word of harm, the heads of those it befell, and the head of whoever did it.

    `tokens` are the words that belong to the harm itself, as in "shot dead"; `rule` names the
    reading that found it.
    """

    kind: Kind
    predicate: Token
    tokens: tuple[Token, ...]
    victims: tuple[Token, ...]
    doer: Token | None
    rule: str


def parties(verb: Token, told: Sequence[Token] = ()) -> tuple[list[Token], Token | None]:
    """Those to whom a verb is done, and who does it; `told` are words for what becomes of them."""
    beside = contact(verb)
    if beside is not None and are_known(beside[0]):
        whom, by = beside
        return [whom], by if by.pos != "PRON" else None
    if is_turned(verb):
        return subjects(verb), None
    # "two were shot and five sustained injuries": no injury is shot
    hurts = {noun for row in lexicon.harm(verb.language).nouns.values() for noun in row}
    held = [_oneself(p, verb) for p in patients(verb, apart=told) if p.lemma.lower() not in hurts]
    held = [p for p in held if p.head.relation != "obl" or are_known(p)]  # "and two villages"
    return held, doer(verb, told)


def _oneself(victim: Token, verb: Token) -> Token:
    """The guard of "a guard got himself shot"; any other as they are."""
    above = subject(verb.head) if is_reflexive(victim) and victim.head is verb.head else None
    return above if above is not None else victim


def doer(verb: Token, told: Sequence[Token] = ()) -> Token | None:
    """Who does it; of a passive also behind what belongs to it: "taken into custody by troops"."""
    found = agent(verb)
    if found is None and is_passive(verb):
        hung = (
            p for t in told for p in t.kids("nmod") if under(p, "agentive") and p.entity != "DATE"
        )
        found = next(hung, None)
    return found if found is not None and found.pos != "PRON" else None


def are_known(victim: Token) -> bool:
    """Whether a word is one for people, or a number or pronoun that may stand for some."""
    if victim.lemma.lower() in victim.words("harm", "remains.words"):
        return False
    held = [victim]
    if victim.pos == "NUM" or victim.lemma.lower() in victim.words("harm", "holders.words"):
        held = genitives(victim) or held
    if victim.lower in victim.words("changes", "rest.words") and victim.kid("nummod"):
        return True  # "14 others"
    return any(p.pos == "PRON" or are_told_of(p) or strength(p) > 1 for p in held)
