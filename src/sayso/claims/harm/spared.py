"""Whom a harm did not befall after all: the missing, or those feared dead, who are then found.

"Ten people feared killed have been found alive." What is negated in its own clause is no harm in
the first place (`language.grammar.polarity`); what was only feared, tried or threatened and left
open is marked by `modality`.
"""

from __future__ import annotations

from sayso.claims.harm.harm import Harm
from sayso.language.grammar.features import is_gerund, is_infinitive, is_past, is_word
from sayso.language.grammar.polarity import taken_back
from sayso.language.trees import Token


def spared(harm: Harm, victim: Token) -> bool:
    """Whether the sentence says that the missing, or those feared dead, turned up."""
    if harm.rule == "people" and _is_recounted(harm.predicate):
        return True
    above = harm.predicate.head.lemma.lower()
    feared = above in victim.words("modality", "spared.feared")
    if harm.kind != "missing" and not (harm.kind == "killed" and feared):
        return False
    line = victim.line()
    for token in line[max(victim.i, harm.predicate.i) + 1 :]:
        if _turns_up(token, harm):
            return True
        before = line[token.i - 1]
        others = token.pos == "NUM" or token.text == ";" or is_word(token, "some")
        if others or (before.pos == "CCONJ" and token.pos in ("NOUN", "PROPN", "DET")):
            return False  # "were feared dead, but two were found alive"
    return False


def _turns_up(word: Token, harm: Harm) -> bool:
    """Whether a word says that people are well, or that the missing were found dead."""
    verb = next((t for t in (word, *word.ancestors()) if t.pos == "VERB"), word)
    if word.pos == "NOUN" or taken_back(word) or taken_back(verb):
        return False  # "48 are missing, rescue officials said"
    if (is_infinitive(verb) or is_gerund(verb)) and not verb.kid("aux"):
        return False  # "hope to find them alive"
    if word.lower in word.words("modality", "spared.dead"):
        return harm.kind == "missing" and verb.lemma in word.words("modality", "spared.finding")
    well = word.lower in word.words("modality", "spared.well")
    return well or word.lemma.lower() in word.words("modality", "spared.returning")


def _is_recounted(bodies: Token) -> bool:
    """Whether it is only said that they were counted wrongly: "eight bodies had been counted
    twice", "had been entered in the books of two hospitals"."""
    verb, words = bodies.head, bodies.words
    if bodies.dep != "nsubj:pass":
        return False
    if any(k.lower in words("changes", "revised.reasons") for k in verb.kids("advmod")):
        return True
    had = any(is_word(a, "perfect") and is_past(a) for a in verb.kids("aux"))
    where = [t for o in verb.kids("obl") for t in o.subtree()]
    several = any(t.pos == "NUM" or t.lower in words("numbers", "marks.pairing") for t in where)
    return had and several and verb.lemma in words("changes", "revised.entering")
