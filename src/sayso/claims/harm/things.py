"""Counts of what is not people: homes that were destroyed or damaged, cases of a disease.

Homes are read like people, by what is done to them ("destroyed 40 homes", "66 houses damaged"); a
case is a person who has the disease, and the number of them says nothing of the dead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso import lexicon
from sayso.claims.harm.figure import Figure
from sayso.claims.harm.singles import those_counted
from sayso.language.grammar.clause import patients, subjects
from sayso.language.grammar.noun_phrase import antecedent, fellows, genitives
from sayso.language.grammar.polarity import is_negated, is_none, taken_back
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token
from sayso.lexicon.shapes import Wrecking
from sayso.records import Kind


def things(sentence: Sentence, counted: Sequence[Quantity]) -> Iterator[Figure]:
    """The figures of homes and of cases among these numbers of a sentence."""
    for quantity in counted:
        noun = those_counted(quantity)
        home = is_home(noun) or _are_more_homes(noun)
        if not (home or _is_case(noun)) or is_none(noun) or is_negated(noun):
            continue
        if found := _of_home(noun) if home else None:
            kind, word = found
            yield _figure(sentence, quantity, noun, kind, word)
        elif _is_case(noun):
            row = noun.head if noun.relation == "conj" and noun.head.pos == "NOUN" else noun
            yield _figure(sentence, quantity, noun, "cases", row)


def is_home(noun: Token) -> bool:
    """Whether a word names homes."""
    return noun.lemma.lower() in noun.words("harm", "homes.words")


def _are_more_homes(number: Token) -> bool:
    """Whether a bare number counts homes with those before it: "destroyed 40 homes and damaged 66",
    "40 homes were destroyed and 66 damaged"."""
    verb = number.head
    if number.pos != "NUM" or verb.relation != "conj" or number not in patients(verb):
        return False
    return any(is_home(p) for p in patients(verb.head) if p is not number and p.i < number.i)


def _of_home(noun: Token) -> tuple[Kind, Token] | None:
    """What became of homes, and the word that says so."""
    tables = lexicon.harm(noun.language)
    for word in _about(noun):
        lemma = word.lemma.lower()
        if word.pos == "VERB" and taken_back(word):
            continue
        for wrecking in (tables.homes.destroyed, tables.homes.damaged):
            if _says(word, noun, wrecking):
                return "homes", word
        cleared = lemma in tables.manner["evacuated"] and word is not noun
        if cleared and (noun in genitives(word) or noun in patients(word)):
            return "displaced", word
    return None


def _about(noun: Token) -> Iterator[Token]:
    """The words that may say what became of what a noun names: those above and on it."""
    first = next((a for a in noun.ancestors() if noun in fellows(a)), noun)
    yield from noun.kids("amod", "acl", "acl:relcl", "conj", "parataxis")
    for one in dict.fromkeys((noun, first)):
        if one.head is not one:
            yield one.head
            yield from one.head.kids("conj", "advcl", "xcomp")
    yield noun


def _says(word: Token, noun: Token, wrecking: Wrecking) -> bool:
    """Whether a word says it of these homes."""
    lemma, own = word.lemma.lower(), word.lower
    if word.pos in ("VERB", "AUX") or (word.pos == "ADJ" and lemma in wrecking.verbs):
        if lemma in wrecking.happens and noun in subjects(word):
            return True
        if lemma not in wrecking.verbs and own not in wrecking.adjectives:
            return False
        described = word.head is noun and word.relation in ("amod", "acl")
        relative = word.head is noun and word.relation == "acl:relcl"
        return described or relative or noun in map(antecedent, patients(word))
    if lemma in wrecking.adjectives:
        return word.head is noun or noun in subjects(word)
    return word.pos == "NOUN" and lemma in wrecking.nouns and noun in _whose(word)


def _whose(word: Token) -> list[Token]:
    """What a noun of harm is done to: "destruction of 40 homes", "damage to 40 homes"."""
    return [p for c in word.kids("nmod") for p in fellows(c)]


def _is_case(noun: Token) -> bool:
    """Whether a noun counts cases of a disease."""
    cases = lexicon.harm(noun.language).cases
    lemma = noun.lemma.lower()
    if lemma in cases.infections:
        return True
    if lemma not in cases.words:
        return False
    return all(_says_disease(p) for n in genitives(noun) for p in fellows(n))


def tells_of_disease(sentences: Sequence[Sentence]) -> bool:
    """Whether a text names a disease: "37 cases were registered" counts no patients elsewhere."""
    return any(_is_disease(token) for sentence in sentences for token in sentence.tokens)


def _says_disease(phrase: Token) -> bool:
    return any(_is_disease(t) for t in phrase.subtree())


def _is_disease(token: Token) -> bool:
    return not {token.lower, token.lemma.lower()}.isdisjoint(token.words("harm", "cases.diseases"))


def _figure(sentence: Sentence, quantity: Quantity, noun: Token, kind: Kind, word: Token) -> Figure:
    parts = [noun, *quantity.tokens, *(() if kind == "cases" else (word,))]
    if word.i > noun.i:
        parts += word.kids("aux", "aux:pass", "cop")
    parts = [t for t in parts if abs(t.i - noun.i) < _REACH]
    first, last = min(t.i for t in parts), max(t.i for t in parts)
    return Figure(
        kind=kind,
        count=quantity.count,
        who=None,
        by=None,
        predicate=word,
        tokens=sentence.tokens[first : last + 1],
        whole=None,
        because={"kind": "harm.thing", "count": f"number.{quantity.rule}"},
        noun=noun,
    )


_REACH = 25
"""Words between a count and the word that says what became of it, above which it is not quoted."""
