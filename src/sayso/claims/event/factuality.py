"""What a sentence speaks of without its having happened.

Negations, conditions, possibilities, purposes and plans; threats in the form of warnings; nouns
that only point back. Whether a claim that is made is asserted, alleged or denied is decided in
`claims.modality`.
"""

from __future__ import annotations

from sayso.claims.event.words import listed
from sayso.language.grammar.features import (
    is_gerund,
    is_infinitive,
    is_personal,
    is_plural,
    is_word,
)
from sayso.language.grammar.noun_phrase import is_definite, marked
from sayso.language.grammar.polarity import is_negated
from sayso.language.trees import Token

FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT")
"""Types whose announcement is AGREE; that of any other is THREATEN (PLOVER: "express intent")."""


_OBJECTS = ("xcomp", "ccomp", "csubj", "obj")


def unreal(verb: Token) -> bool:
    """Whether a verb is negated, conditional or only possible, or is the purpose of another."""
    if is_infinitive(verb) and verb.relation == "root" and not verb.kid("nsubj", "aux"):
        return True  # an order or a fragment
    if is_infinitive(verb) and marked(verb, "clause") and verb.kid("nsubj") and not verb.kid("aux"):
        return True  # "the request that the state extradite him"
    for _ in range(5):
        modals = verb.kids("aux")
        if is_negated(verb) or any(is_word(m, "possible") for m in modals):
            return True
        if any(is_word(m, "conditional") for m in verb.kids("mark")):
            return True
        if verb.relation == "advcl" and marked(verb, "purpose"):
            return True  # "arrested for attacking": a charge
        if verb.relation == "advcl" and marked(verb, "excluding"):
            return True  # "took the town without firing a shot"
        head = verb.head
        if is_gerund(verb) and verb.relation in _OBJECTS and listed(head, "light.void"):
            return True  # "discussed shooting them"
        if verb.relation == "xcomp" and head is not verb:
            if head.pos == "ADJ" and marked(verb, "infinitive"):
                return True  # "is ready to meet"
            if head.pos == "VERB" and not _realised(verb, head):
                return True
        elif verb.relation == "advcl" and marked(verb, "infinitive"):
            return verb.i > head.i  # a purpose: "called a meeting to discuss"
        elif verb.relation != "conj" or modals or verb.kid("nsubj"):
            return False
        verb = head
    return False


def _realised(verb: Token, head: Token) -> bool:
    """Whether an infinitive tells what was done ("began to fire") or at least intended."""
    if is_word(head, "realising") or is_word(head, "intending"):
        return True
    return not marked(verb, "infinitive") and not is_word(head, "failed")


def conditional(verb: Token) -> bool:
    """Whether what the verb says hangs on an "unless"."""
    around = [verb, *verb.ancestors()]
    return any(marked(clause, "unless") for t in around for clause in t.kids("advcl"))


def menacing(clause: Token | None, inside: str | None) -> bool:
    """Whether a warning is a threat: "that they would fire", "that looters could be shot"."""
    if clause is None:
        return False
    modals = clause.kids("aux")
    subject = clause.kid("nsubj")
    own = subject is not None and is_personal(subject)
    harm = inside is not None and inside not in FRIENDLY
    return (own and any(is_word(m, "future") for m in modals)) or (bool(modals) and harm)


def void(governor: Token) -> bool:
    """Whether the verb, or the one that governs it, keeps its object from having happened."""
    above = governor.head if governor.relation in ("xcomp", "ccomp") else governor
    return listed(governor, "light.void") or listed(above, "light.void")


def denied(noun: Token) -> bool:
    """Whether "no" stands before the noun."""
    return any(is_word(c, "negation") for c in noun.kids("det"))


def general(noun: Token) -> bool:
    """Whether a bare plural speaks of all such deeds: "most murders are committed by men"."""
    return is_plural(noun) and not noun.kid("det", "nummod", "nmod:poss", "amod")


def pointing(noun: Token) -> bool:
    """A definite noun that only points back ("the attack") says nothing new."""
    return is_definite(noun) and not noun.kid("amod", "nmod", "acl", "compound")
