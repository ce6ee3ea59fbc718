"""Whether a word stands in a list of the table of events, in any form that it may have."""

from __future__ import annotations

from functools import cache

from sayso import lexicon
from sayso.language.trees import Token
from sayso.lexicon import words


def listed(token: Token, key: str) -> bool:
    """Whether the word, as written or by its lemma, stands in a list of the table of events."""
    entries = words("events", key)
    return token.lower in entries or any(form in entries for form in forms(token))


def states(token: Token) -> bool:
    """Whether the word is a verb by which somebody says, reports or writes something."""
    return token.lower in _stating() or any(form in _stating() for form in forms(token))


@cache
def _stating() -> frozenset[str]:
    return lexicon.saying().stating()


def forms(token: Token) -> list[str]:
    """The lemma, and what it may be where the engine has guessed it wrongly ("staged" -> stag)."""
    word, found = token.lower, [token.lemma.lower()]
    if token.pos == "VERB":
        for ending in ("ed", "d", "ing"):
            if word.endswith(ending):
                found += [word.removesuffix(ending), word.removesuffix(ending) + "e"]
    return found


def sayer(verb: Token) -> Token | None:
    """The subject of the "said" whose clause the verb heads, where the sentence has it."""
    clause = verb
    while clause.relation in ("xcomp", "conj") and clause.head.pos in ("VERB", "ADJ"):
        if clause.head is clause or (clause.relation == "conj" and clause.head.pos != "VERB"):
            break
        clause = clause.head
    if clause.relation != "ccomp" or not states(clause.head):
        return None
    return clause.head.kid("nsubj")
