"""Who does what to whom, read off a Universal Dependencies tree.

Surface relations become logical ones: passives are turned round, and what a conjunct, a controlled
infinitive, a participle or a relative clause leaves unsaid is taken from where the sentence says
it. Nothing here knows what a word means, beyond the closed lists of `data/en/events.toml`.
"""

from __future__ import annotations

from sayso.language.trees import Token
from sayso.lexicon import words


def listed(token: Token, key: str) -> bool:
    """Whether the word, as written or by its lemma, stands in a list of the table of events."""
    entries = words("events", key)
    return token.lower in entries or any(form in entries for form in forms(token))


def forms(token: Token) -> list[str]:
    """The lemma, and what it may be where the engine has guessed it wrongly ("staged" -> stag)."""
    word, found = token.lower, [token.lemma.lower()]
    if token.pos == "VERB":
        for ending in ("ed", "d", "ing"):
            if word.endswith(ending):
                found += [word.removesuffix(ending), word.removesuffix(ending) + "e"]
    return found


def preposition(token: Token) -> str:
    """The lower-case preposition that marks a noun phrase, or ""; "because" for "because of"."""
    case = next((c for c in token.kids("case", "mark") if c.i < token.i), None)
    return case.lower if case else ""


def marked(verb: Token, word: str) -> bool:
    """Whether the clause is introduced by this word ("to", "that")."""
    return any(c.lower == word for c in verb.kids("mark"))


def passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: "was attacked", "a man attacked by dogs"."""
    if verb.kid("aux:pass", "obl:agent") or (verb.kid("nsubj:pass") and not verb.kid("obj")):
        return True
    if verb.kid("nsubj", "aux", "obj") or verb.tag != "VBN":
        return False
    if verb.relation == "conj" and verb.head.pos == "VERB":
        return passive(verb.head)
    return verb.relation in ("acl", "amod", "xcomp", "advcl")


def negated(word: Token) -> bool:
    """Whether "not", "never" or "no" denies the word itself."""
    return any(listed(c, "closed.negation") for c in word.kids("advmod", "det"))


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for ("the men who fired" -> men); any other token itself."""
    if listed(token, "closed.relative"):
        for above in token.ancestors():
            if above.dep == "acl:relcl":
                return above.head
    return token


def partner(verb: Token) -> Token:
    """The verb that a conjunct stands beside: one of its own tense, even if hung lower.

    "demanded that people leave and warned ..." may be read as "leave and warned"; the tense tells.
    """
    head = verb.head
    if verb.tag == "VBD" and head.tag in ("VB", "VBP"):
        return next((a for a in head.ancestors() if a.tag == "VBD"), head)
    return head


def governing(verb: Token) -> Token:
    """The verb at the top of a chain of infinitives ("had begun to carry out" -> begun)."""
    while verb.relation == "xcomp" and verb.head.pos in ("VERB", "ADJ") and verb.head is not verb:
        verb = verb.head
    return verb


def modals(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, of the one that governs it, and of the one it stands beside with
    no subject of its own ("will close the schools and arrest the teachers").
    """
    top = governing(verb)
    found = [c for t in (verb, top) for c in t.kids("aux")]
    while not found and top.relation == "conj" and top.tag == "VB" and not top.kid("nsubj"):
        top = top.head
        found = top.kids("aux")
    return found


def surface(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, own or shared; of a passive verb that is the patient."""
    own = next((c for c in verb.kids("nsubj", "csubj") if c.i < verb.i), None)
    if own is not None:
        return antecedent(own)
    dummy = verb.kid("expl")
    if dummy is not None and dummy.lower == "it" and verb.pos == "ADJ":
        return dummy  # "it is willing": parsers take the pronoun for a dummy
    head = verb.head
    if head is verb or depth > 6:
        return None
    if verb.relation == "conj":
        return surface(partner(verb), depth + 1)
    if verb.relation == "xcomp":
        controlled = listed(head, "closed.object_control")
        return patient(head, depth + 1) if controlled else surface(head, depth + 1)
    if verb.relation == "acl":
        if marked(verb, "to"):
            # "gave an order to reduce the price": whoever gives the order
            return surface(head.head, depth + 1) if head.relation in ("obj", "obl") else None
        if listed(head, "closed.documents") and head.head.pos == "VERB":
            return surface(head.head, depth + 1)  # "issued a statement condemning"
        return antecedent(head)
    if verb.relation == "advcl" and (verb.tag == "VBG" or marked(verb, "to")):
        of_object = verb.kid("mark") is not None and listed(head, "closed.object_control")
        return patient(head, depth + 1) if of_object else surface(head, depth + 1)
    return None


def agent(verb: Token, depth: int = 0) -> Token | None:
    """Who does it: the subject, or the "by" of a passive."""
    if not passive(verb):
        return surface(verb, depth)
    by = [c for c in verb.kids("obl", "nmod") if preposition(c) == "by"]
    return next((c for c in [*verb.kids("obl:agent"), *by] if preposition(c) == "by"), None)


def patient(verb: Token, depth: int = 0) -> Token | None:
    """To whom it is done: the object, or the subject of a passive."""
    if passive(verb):
        return surface(verb, depth)
    own = verb.kid("obj") or verb.kid("iobj")
    if own is not None:
        return antecedent(own)
    beside = verb.kid("conj")
    if beside is not None and beside.i - verb.i <= 3 and not beside.kid("nsubj"):
        shared = beside.kid("obj")  # "shot and wounded two men"
        if shared is not None and not verb.kid("obl"):
            return shared
    if verb.dep == "acl:relcl":
        subject = verb.kid("nsubj")
        if subject is not None and not listed(subject, "closed.relative"):
            return verb.head  # "the homes troops burned"
    return None


def obliques(predicate: Token, *prepositions: str) -> list[Token]:
    """The noun phrases after the predicate under one of these prepositions, in text order.

    Those of its object and of an infinitive count too ("imposed sanctions on", "held talks with"):
    parsers and people differ on where such a phrase hangs.
    """
    bearers = [predicate, *predicate.kids("obj", "xcomp", "nsubj:pass")]
    found = [
        c
        for bearer in bearers
        for c in bearer.kids("obl", "nmod", "advcl", "xcomp")
        if c.i > predicate.i or bearer is not predicate
        if c.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") and preposition(c) in prepositions
    ]
    return sorted(found, key=lambda c: c.i)


def complement(verb: Token) -> Token | None:
    """The clause that the verb, or its object noun, governs ("demanded that", "vowed to")."""
    for child in verb.kids("ccomp", "xcomp"):
        if child.i > verb.i and child.pos in ("VERB", "AUX", "ADJ", "NOUN"):
            return child
    for noun in verb.kids("obj"):
        for child in noun.kids("acl", "ccomp", "xcomp"):
            if child.dep != "acl:relcl" and child.i > verb.i and child.kid("mark"):
                return child
    # An infinitive after "called on troops" or "vowed on Monday" is often hung as adverbial.
    return next((c for c in verb.kids("advcl") if c.i > verb.i and marked(c, "to")), None)


def sayer(verb: Token) -> Token | None:
    """The subject of the "said" whose clause the verb heads, where the sentence has it."""
    clause = governing(verb)
    while clause.relation == "conj" and clause.head.pos == "VERB":
        clause = clause.head
    if clause.relation != "ccomp" or not listed(clause.head, "closed.saying"):
        return None
    return clause.head.kid("nsubj")
