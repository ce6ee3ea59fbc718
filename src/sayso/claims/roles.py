"""Who does what to whom, read off a Universal Dependencies tree.

Surface relations become logical ones: passives are turned round, and what a conjunct, a controlled
infinitive, a participle or a relative clause leaves unsaid is taken from where the sentence says
it. Nothing here knows what a word means, beyond a few closed lists in `data/en/events.toml`.
"""

from __future__ import annotations

from sayso.language.trees import Token
from sayso.lexicon import words

CLAUSES = ("acl", "advcl", "ccomp", "parataxis", "csubj", "appos", "discourse")
"""Relations that begin a clause or an aside of their own."""


def preposition(token: Token) -> str:
    """The lower-case preposition that marks a noun phrase, or "" ("because of" gives "because")."""
    case = next((c for c in token.kids("case", "mark") if c.i < token.i), None)
    return case.lower if case else ""


def passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: "was attacked", "the man attacked by dogs"."""
    if verb.kid("aux:pass", "nsubj:pass", "obl:agent"):
        return True
    if verb.kid("nsubj", "aux", "obj") or verb.tag != "VBN":
        return False
    if verb.relation == "conj" and verb.head.pos == "VERB":
        return passive(verb.head)
    return verb.relation in ("acl", "amod", "xcomp", "advcl")


def negated(verb: Token) -> bool:
    """Whether "not", "never" or "no" denies the verb itself."""
    return any(c.lower in words("events", "closed.negation") for c in verb.kids("advmod", "det"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for ("the men who fired" -> men); any other token itself."""
    if token.lower not in words("events", "closed.relative"):
        return token
    for above in token.ancestors():
        if above.dep == "acl:relcl":
            return above.head
    return token


def partner(verb: Token) -> Token:
    """The verb that a conjunct stands beside: one of its own tense, even if hung lower.

    "demanded that people leave and warned ..." is read as "leave and warned"; the past tense tells.
    """
    head = verb.head
    if verb.tag == "VBD" and head.tag in ("VB", "VBP"):
        return next((a for a in head.ancestors() if a.tag == "VBD"), head)
    return head


def surface(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, own or shared; of a passive verb that is the patient."""
    own = next((c for c in verb.kids("nsubj", "csubj") if c.i < verb.i), None)
    if own is not None:
        return antecedent(own)
    dummy = verb.kid("expl")
    if dummy is not None and dummy.lower == "it" and verb.pos == "ADJ":
        return dummy
    head = verb.head
    if head is verb or depth > 6:
        return None
    if verb.relation == "conj":
        return surface(partner(verb), depth + 1)
    if verb.relation == "xcomp":
        if head.lemma in words("events", "closed.object_control"):
            return patient(head, depth + 1)
        return surface(head, depth + 1)
    if verb.relation == "acl":
        if any(c.lower == "to" for c in verb.kids("mark")):
            # "an order to reduce the price": whoever gives the order does it
            return surface(head.head, depth + 1) if head.relation in ("obj", "obl") else None
        if head.lemma in words("events", "closed.documents") and head.head.pos == "VERB":
            return surface(head.head, depth + 1)  # "issued a statement condemning"
        return antecedent(head)
    if verb.relation == "advcl" and (verb.tag == "VBG" or (verb.kid("mark") and verb.tag == "VB")):
        if verb.kid("mark") and verb.tag == "VBG" and head.lemma in _about_object():
            return patient(head, depth + 1)
        return surface(head, depth + 1)
    return None


def _about_object() -> frozenset[str]:
    return words("events", "closed.object_control")


def agent(verb: Token, depth: int = 0) -> Token | None:
    """Who does it: the subject, or the "by" of a passive."""
    if not passive(verb):
        return surface(verb, depth)
    by = verb.kid("obl:agent")
    if by is None:
        by = next((c for c in verb.kids("obl", "nmod") if preposition(c) == "by"), None)
    return by


def patient(verb: Token, depth: int = 0) -> Token | None:
    """To whom it is done: the object, or the subject of a passive."""
    if passive(verb):
        return surface(verb, depth)
    own = verb.kid("obj") or verb.kid("iobj")
    if own is not None:
        return antecedent(own)
    if verb.dep == "acl:relcl":
        subject = verb.kid("nsubj")
        if subject is not None and subject.lower not in words("events", "closed.relative"):
            return verb.head  # "the homes that troops burned", "the homes troops burned"
    return None


def oblique(predicate: Token, *prepositions: str) -> Token | None:
    """The first noun phrase after the predicate under one of these prepositions.

    The object's own modifiers count too ("imposed sanctions on", "held talks with"): parsers and
    people differ on where such a phrase hangs.
    """
    bearers = [predicate, *predicate.kids("obj", "xcomp"), *predicate.kids("nsubj:pass")]
    found = [
        c
        for bearer in bearers
        for c in bearer.kids("obl", "nmod", "advcl", "xcomp")
        if c.i > predicate.i or bearer is not predicate
        if c.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") and preposition(c) in prepositions
    ]
    return min(found, key=lambda c: c.i, default=None)


def complement(verb: Token) -> Token | None:
    """The clause that the verb, or its object noun, governs ("demanded that", "vowed to")."""
    for bearer in (verb, *verb.kids("obj")):
        for child in bearer.kids("ccomp", "xcomp"):
            if child.i > verb.i and child.pos in ("VERB", "AUX", "ADJ", "NOUN"):
                return child
        if bearer is not verb:
            for child in bearer.kids("acl"):
                if child.dep != "acl:relcl" and child.i > verb.i and child.kid("mark"):
                    return child
    for child in verb.kids("advcl"):
        # An infinitive after "called on troops" or "vowed on Monday" is often hung as adverbial.
        if child.i > verb.i and any(c.lower == "to" for c in child.kids("mark")):
            return child
    return None


def below(head: Token) -> list[Token]:
    """The words of a phrase without its relative clauses, asides and other conjuncts' clauses."""
    return head.subtree(without=lambda t: t.relation in CLAUSES or t.dep == "punct")


def stretch(predicate: Token, needed: list[Token], line: tuple[Token, ...]) -> tuple[Token, ...]:
    """The contiguous words that state an event, as a careful reader would quote them.

    From the subject where it stands close to the predicate, to the last of the needed phrases and
    the short complements after it; never a "said X" of the sentence around it. `line` is the
    sentence's tokens.
    """
    limits = words_limits()
    top = predicate
    while top.relation == "xcomp" and top.head.i < top.i and top.head.pos == "VERB":
        top = top.head
    first = last = predicate.i
    subject = top.kid("nsubj", "csubj")
    if subject is not None and 0 < predicate.i - subject.i <= limits["left"]:
        if subject.lower not in words("events", "closed.relative"):
            first = min(t.i for t in below(subject))
    else:
        first = min(
            [predicate.i, *(c.i for c in top.kids("aux", "advmod", "expl") if c.i < predicate.i)]
        )
        first = min(first, top.i)
    for arg in needed:
        span = [t.i for t in below(arg)]
        if arg.i > predicate.i and arg.i - predicate.i <= limits["right"]:
            last = max(last, *span)
        elif arg.i < predicate.i and predicate.i - arg.i <= limits["left"]:
            first = min(first, min(span))
    last = _extend(predicate, last, limits["right"])
    first, last = _cut_sayings(predicate, first, last, line)
    last = min(last, predicate.i + limits["right"])
    while last > predicate.i and line[last].pos in ("PUNCT", "CCONJ", "ADP", "DET", "SCONJ"):
        last -= 1
    while first < predicate.i and line[first].pos in ("PUNCT", "CCONJ", "SCONJ"):
        first += 1
    return line[first : last + 1]


def _extend(predicate: Token, last: int, right: int) -> int:
    """The end of the complements that follow without a break."""

    def outside(t: Token) -> bool:
        return t.relation in (*CLAUSES, "conj", "cc", "punct") and t.dep != "acl"

    for t in predicate.subtree(without=outside):
        if last < t.i <= predicate.i + right and t.i - last <= 2:
            last = t.i
    return last


def _cut_sayings(
    predicate: Token, first: int, last: int, line: tuple[Token, ...]
) -> tuple[int, int]:
    """The stretch without a parenthetical "the ministry said" on either side of the predicate."""
    for t in line[first : last + 1]:
        if t is predicate or t.lemma not in words("events", "closed.saying"):
            continue
        aside = t.relation == "parataxis" or predicate in _governed(t)
        if not aside:
            continue
        span = [x.i for x in t.subtree(without=lambda x: x.relation in ("ccomp", "conj"))]
        if t.i < predicate.i:
            first = max(
                first, min(predicate.i, max(i for i in (*span, t.i) if i < predicate.i) + 1)
            )
        else:
            last = min(last, max(predicate.i, min(i for i in (*span, t.i) if i > predicate.i) - 1))
    return first, last


def _governed(saying: Token) -> list[Token]:
    return [c for c in saying.kids("ccomp", "parataxis")]


def words_limits() -> dict[str, int]:
    """How far, in words, evidence may reach from its predicate: `{"left": ..., "right": ...}`."""
    from sayso.lexicon import table

    limits: dict[str, int] = table("events")["evidence"]
    return limits
