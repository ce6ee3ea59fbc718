"""Whether a word stands in a list of the table of events, in any form that it may have."""

from __future__ import annotations

from functools import cache

from sayso import lexicon
from sayso.language.grammar.noun_phrase import preposition
from sayso.language.spelling import infinitives
from sayso.language.trees import Token


def listed(token: Token, key: str) -> bool:
    """Whether the word, as written or by its lemma, stands in a list of the table of events."""
    entries = token.words("events", key)
    return token.lower in entries or any(form in entries for form in forms(token))


def under(phrase: Token, key: str) -> bool:
    """Whether the first mark before a phrase stands in a list of the table of events."""
    return preposition(phrase) in phrase.words("events", key)


def states(token: Token) -> bool:
    """Whether the word is a verb by which somebody says, reports or writes something."""
    stating = _stating(token.language)
    return token.lower in stating or any(form in stating for form in forms(token))


@cache
def _stating(language: str) -> frozenset[str]:
    return lexicon.saying(language).stating()


def forms(token: Token) -> list[str]:
    """The lemma, and what it may be where the engine has guessed it wrongly ("staged" -> stag)."""
    return [token.lemma.lower(), *(infinitives(token.lower) if token.pos == "VERB" else ())]


def sayer(verb: Token) -> Token | None:
    """The subject of the "said" whose clause the verb heads, where the sentence has it."""
    clause = verb
    below = {"xcomp": ("VERB", "ADJ"), "conj": ("VERB",)}
    while clause.head.pos in below.get(clause.relation, ()):
        clause = clause.head
    above = clause.head
    if clause.relation == "acl" and clause.kid("mark") and above.relation == "obl":
        above = above.head  # "said in a statement that": the tree may hang the clause on that
    elif clause.relation != "ccomp":
        return None
    return above.kid("nsubj") if states(above) else None
