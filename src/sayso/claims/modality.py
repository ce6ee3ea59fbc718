"""How sure the text is of a claim: asserted, reported, alleged, denied, threatened, planned, or
only supposed.

Reads the words round the claim's own verb and what stands behind it on somebody's say-so. It does
not weigh sources, and a negation is no denial: "no one was killed" is a count of nought.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.claims.attribution import SaySo
from sayso.language.trees import Token
from sayso.lexicon import words
from sayso.records import Modality

Chain = list[tuple[Token, Token]]
"""(governor, the dependent below it), upwards from a predicate."""

_UP = frozenset(["ccomp", "xcomp", "acl", "advcl", "conj", "nsubj", "obj", "obl", "nmod", "csubj"])
_PASSED = frozenset(["conj", "nmod", "compound", "obj", "nsubj", "obl", "xcomp"])


def modality(predicate: Token, says: SaySo) -> tuple[Modality, str]:
    """The modality of the claim that `predicate` states, and the rule that found it.

    The strongest word wins: a condition before a denial, that before a threat, a plan, doubt; with
    none of them the claim is reported when anybody is named as its source, else asserted.
    """
    chain = _governors(predicate)
    for name, test in _TESTS:
        word = test(predicate, chain, says)
        if word:
            return name, f"{name}: {word}"
    if says.sources:
        return "reported", "reported: named source"
    return "asserted", "asserted"


def _governors(predicate: Token) -> Chain:
    """(governor, the dependent below it), as far up as the predicate's clause hangs on a verb or
    noun, four steps at most."""
    found: Chain = []
    below = predicate
    for above in predicate.ancestors():
        if below.relation not in _UP:
            break
        found.append((above, below))
        below = above
        if len(found) == 4:
            break
    return found


def _lemma(token: Token) -> str:
    return token.lemma.lower()


def _auxiliaries(predicate: Token, chain: Chain) -> list[Token]:
    """Auxiliaries of the predicate, and of the verb it completes: "could be forced to kill"."""
    found = predicate.kids("aux")
    if predicate.relation == "xcomp" and chain:
        found = found + chain[0][0].kids("aux")
    if predicate.relation == "conj" and not found and chain and predicate.kid("nsubj") is None:
        found = chain[0][0].kids("aux")
    return found


def _hypothetical(predicate: Token, chain: Chain, says: SaySo) -> str:
    marks = words("modality", "hypothetical.marks")
    for clause in (predicate, *(a for a, b in chain if b.relation in ("xcomp", "conj"))):
        for mark in clause.kids("mark"):
            if mark.lower in marks:
                return mark.lower
    for aux in _auxiliaries(predicate, chain):
        if aux.lower in words("modality", "hypothetical.auxiliaries") and not (
            # "warned that they would open fire" is a threat, "said it would send" a plan.
            aux.lower in ("would", "could") and _future_in_past(predicate, chain, says)
        ):
            return aux.lower
    for adverb in predicate.kids("advmod"):
        if adverb.lower in words("modality", "hypothetical.adverbs"):
            return adverb.lower
    return _noun(chain, "hypothetical.nouns")


def _future_in_past(predicate: Token, chain: Chain, says: SaySo) -> bool:
    """Whether "would" only turns a promise or threat into reported speech."""
    if not any(aux.lower == "would" for aux in _auxiliaries(predicate, chain)):
        return False
    return any(
        below.relation == "ccomp"
        and above.tag in ("VBD", "VBN", "VBG", "VBZ", "VBP")
        and (
            _lemma(above) in words("modality", "threatened.verbs")
            or _lemma(above) in words("modality", "planned.announced")
        )
        for above, below in chain[:2]
    ) and not any(m.lower == "if" for m in _deep_marks(predicate))


def _deep_marks(predicate: Token) -> list[Token]:
    return [m for clause in predicate.kids("advcl") for m in clause.kids("mark")]


def _denied(predicate: Token, chain: Chain, says: SaySo) -> str:
    if says.kind in words("modality", "denied.classes"):
        return "denying source"
    return _verb(chain, "denied.verbs") or _noun(chain, "denied.nouns")


def _threatened(predicate: Token, chain: Chain, says: SaySo) -> str:
    found = _verb(chain[:2], "threatened.verbs") or _noun(chain, "threatened.nouns")
    if not found or (predicate.tag in ("VBD", "VBN") and not predicate.kid("aux")):
        return ""
    # "warned that 13 people had died" tells of the past and threatens nobody.
    auxiliaries = {aux.lower for aux in _auxiliaries(predicate, chain)}
    future = auxiliaries & {"will", "would", "shall", "'ll", "’ll"}
    bare = predicate.tag == "VB" and bool(predicate.kid("mark"))
    return found if future or bare else ""


def _planned(predicate: Token, chain: Chain, says: SaySo) -> str:
    for aux in _auxiliaries(predicate, chain):
        if aux.lower in words("modality", "planned.auxiliaries"):
            return aux.lower
        if aux.lower == "would":
            return "would"
    infinitive = predicate.tag == "VB" and any(m.lower == "to" for m in predicate.kids("mark"))
    if infinitive and (predicate.relation == "root" or _headline(predicate)):
        return "to"
    if not infinitive or not chain:
        return ""
    return _verb(chain[:1], "planned.verbs") or _noun(chain[:1], "planned.nouns")


def _headline(predicate: Token) -> bool:
    """Whether "Norland to send 500 troops" is all there is: a noun with an infinitive."""
    above = predicate.head
    return predicate.relation == "acl" and above.relation == "root" and above.pos != "VERB"


def _alleged(predicate: Token, chain: Chain, says: SaySo) -> str:
    near = [predicate, *(a for a, b in chain[:2] if b.relation in _PASSED)]
    for token in near:
        for adverb in token.kids("advmod"):
            if adverb.lower in words("modality", "alleged.adverbs"):
                return adverb.lower
        for modifier in token.kids("amod"):
            if modifier.lower in words("modality", "alleged.adjectives"):
                return modifier.lower
    if says.kind in words("modality", "alleged.classes"):
        return "accusing source"
    if _lemma(predicate) in ("fear", "presume", "believe"):
        return predicate.lower
    for child in predicate.kids("amod", "acl"):
        if _lemma(child) in ("fear", "presume", "believe"):
            return child.lower
    return _verb(chain[:2], "alleged.verbs") or _noun(chain[:2], "alleged.nouns")


def _reported(predicate: Token, chain: Chain, says: SaySo) -> str:
    return _verb(chain[:2], "reported.verbs") or _noun(chain[:3], "reported.nouns")


def _verb(chain: Chain, key: str) -> str:
    """The first governing verb of that list whose clause this is."""
    for above, below in chain:
        if (
            below.relation in ("ccomp", "xcomp", "csubj", "acl", "advcl", "obj")
            and above.pos in ("VERB", "ADJ")
            and _lemma(above) in words("modality", key)
        ):
            return above.lower
    return ""


def _noun(chain: Chain, key: str) -> str:
    """The first governing noun of that list: "a threat to kill", "reports of deaths"."""
    for above, below in chain:
        if (
            below.relation in ("acl", "nmod", "ccomp")
            and above.pos == "NOUN"
            and _lemma(above) in words("modality", key)
        ):
            return above.lower
    return ""


_TESTS: tuple[tuple[Modality, Callable[[Token, Chain, SaySo], str]], ...] = (
    ("hypothetical", _hypothetical),
    ("denied", _denied),
    ("threatened", _threatened),
    ("planned", _planned),
    ("alleged", _alleged),
    ("reported", _reported),
)
"""The modalities from the strongest to the weakest, each with the test that gives its word."""
