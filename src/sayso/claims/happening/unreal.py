"""What a sentence speaks of without its having happened.

Negations, conditions, possibilities, purposes and plans; threats in the form of warnings; nouns
that only point back. Whether a claim that is made is asserted, alleged or denied is decided in
`claims.modality`.
"""

from __future__ import annotations

from sayso.claims.happening.roles import listed, marked, negated
from sayso.language.trees import Token

FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT")
"""Types whose announcement is AGREE; that of any other is THREATEN (PLOVER: "express intent")."""


_OBJECTS = ("xcomp", "ccomp", "csubj", "obj")


def unreal(verb: Token) -> bool:
    """Whether a verb is negated, conditional or only possible, or is the purpose of another."""
    if verb.tag == "VB" and verb.relation == "root" and not verb.kid("nsubj", "aux"):
        return True  # an order or a fragment
    if verb.tag == "VB" and marked(verb, "that") and verb.kid("nsubj") and not verb.kid("aux"):
        return True  # "the request that the state extradite him"
    for _ in range(5):
        modals = verb.kids("aux")
        if negated(verb) or any(listed(m, "closed.possible") for m in modals):
            return True
        if any(listed(m, "closed.conditional") for m in verb.kids("mark")):
            return True
        if verb.relation == "advcl" and marked(verb, "for"):
            return True  # "arrested for attacking": a charge
        head = verb.head
        if verb.tag == "VBG" and verb.relation in _OBJECTS and listed(head, "light.void"):
            return True  # "discussed shooting them"
        if verb.relation == "xcomp" and head is not verb:
            if head.pos == "ADJ" and marked(verb, "to"):
                return True  # "is ready to meet"
            if head.pos == "VERB" and not _realised(verb, head):
                return True
        elif verb.relation == "advcl" and marked(verb, "to"):
            return verb.i > head.i  # a purpose: "called a meeting to discuss"
        elif verb.relation != "conj" or modals or verb.kid("nsubj"):
            return False
        verb = head
    return False


def _realised(verb: Token, head: Token) -> bool:
    """Whether an infinitive tells what was done ("began to fire") or at least intended."""
    if listed(head, "closed.realising") or listed(head, "closed.intending"):
        return True
    return not marked(verb, "to") and not listed(head, "closed.failed")


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
    own = subject is not None and subject.lower in ("they", "it", "he", "she", "we")
    harm = inside is not None and inside not in FRIENDLY
    return (own and any(listed(m, "closed.future") for m in modals)) or (bool(modals) and harm)


def void(governor: Token) -> bool:
    """Whether the verb, or the one that governs it, keeps its object from having happened."""
    above = governor.head if governor.relation in ("xcomp", "ccomp") else governor
    return listed(governor, "light.void") or listed(above, "light.void")


def denied(noun: Token) -> bool:
    """Whether "no" stands before the noun."""
    return any(listed(c, "closed.negation") for c in noun.kids("det"))


def definite(noun: Token) -> bool:
    """Whether "the", "this" or the like stands before the noun."""
    return any(listed(c, "closed.definite") for c in noun.kids("det"))


def general(noun: Token) -> bool:
    """Whether a bare plural speaks of all such deeds: "most murders are committed by men"."""
    return "Number=Plur" in noun.feats and not noun.kid("det", "nummod", "nmod:poss", "amod")


def pointing(noun: Token) -> bool:
    """A definite noun that only points back ("the attack") says nothing new."""
    return definite(noun) and not noun.kid("amod", "nmod", "acl", "compound")
