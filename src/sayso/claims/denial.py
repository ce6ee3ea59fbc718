"""Whether the text says that it did not happen, and by which word.

What governs a clause denies it in one of three ways: the clause or the deed is itself said to be
untrue ("it is false that", "the killing never took place", "nothing suggests that"), what tells of
it is ("scotched rumours that", "the story of ... is a myth"), or somebody denies it ("denied
killing two"). Whatever is said of people known by what befell them ("denied that the two killed
were rebels") leaves it as it was. That nobody came to harm is a count of nought (`polarity`).
"""

from __future__ import annotations

from itertools import takewhile

from sayso.claims.attribution.statements import SaySo
from sayso.claims.governors import Chain, goes_on, lemma, noun_above, verb_above, with_particle
from sayso.language.grammar.features import is_word
from sayso.language.grammar.noun_phrase import is_definite, marks
from sayso.language.grammar.polarity import is_denied, is_none, taken_back
from sayso.language.people import known
from sayso.language.trees import Token

_NEAR = 4
"""Words before a tale in which it may be called untrue, however the tree hangs them."""


def denied(predicate: Token, chain: Chain, says: SaySo) -> str:
    """The word by which it is said not to have happened, "" where nothing says so."""
    if says.denied:
        return ""  # who says so does not deny it: the denial is a claim of its own
    links = _still_open(chain)
    found = _never_was(predicate)
    for above, below in links:
        # "no truth in reports that six died", and not "no sign of those who died"
        told = below.relation != "nmod" or below is predicate or _is_tale(below)
        found = found or _untrue(above, below) or _untold(above, below)
        found = found or (_unproven(above, below) if told else "")
    if found:
        return found
    denying = predicate.words("modality", "denied.verbs")
    if any(lemma(above) in denying and is_denied(above) for above, _ in links):
        return ""  # "neither confirmed nor denied"
    if says.kind in predicate.words("modality", "denied.classes") and links == chain:
        return "denying source"
    for above, below in links[:1]:
        if below.relation == "obj" and lemma(above) in predicate.words(
            "modality", "denied.condemning"
        ):
            return ""  # "all parties rejected the murder"
    return verb_above(links, "denied.verbs") or noun_above(links, "denied.nouns")


def _still_open(chain: Chain) -> Chain:
    """The governors up to those whom the clause tells apart: "a witness who saw it", "the nine
    killed by police", or to what asks how it came about: "disputes how six died". What is said of
    them is not said of the deed.
    """
    for n, (above, below) in enumerate(chain):
        known = is_definite(above) and above.relation in ("nsubj", "obj", "obl")
        who = below.dep == "acl:relcl" and any(
            is_word(k, "personal") for k in below.kids("nsubj", "obj")
        )
        told = _is_false(above) or _is_tale(above)
        if not told and below.relation == "acl" and (known or who):
            return chain[:n]
        if goes_on(above, below):
            return chain[:n]
    return chain


def _is_false(token: Token) -> bool:
    """Whether it calls something untrue: an adjective, noun or verb of the list, and nobody who is
    called like one ("doctors")."""
    if token.pos == "NOUN" and known(token) is not None:
        return False
    return not token.words("modality", "denied.false").isdisjoint((lemma(token), token.lower))


def _is_tale(token: Token) -> bool:
    """Whether it is a noun for what is told, and may be told falsely."""
    return lemma(token) in token.words("modality", "denied.tales")


def _never_was(predicate: Token) -> str:
    """What takes a deed back of which a noun is the subject, or says it of what is told: "the
    killing never took place", "the killing was staged", "the lie is that ten died".
    """
    for subject in predicate.kids("nsubj"):
        if subject.dep == "nsubj:outer" and _is_false(subject):
            return subject.lower
    if predicate.pos != "NOUN" or predicate.relation != "nsubj":
        return ""
    verb = predicate.head
    happening = not verb.words("modality", "denied.happening").isdisjoint(with_particle(verb))
    return taken_back(verb) if happening else ""


def _untrue(above: Token, below: Token) -> str:
    """The word that calls the clause, or what tells of it, untrue: "it is false that", "false
    reports that", "it is not true that", "dismissed as lies claims that", however it is hung.
    """
    for told in above.kids("amod", "compound", "advcl", "xcomp"):
        if _is_false(told) and told is not below:
            return told.lower
    for how in above.kids("advmod"):  # "falsely reported that"
        if below.relation == "ccomp" and how.lower in above.words("modality", "denied.adverbs"):
            return how.lower
    untrue = _is_false(above) and not is_denied(above)
    if lemma(above) in above.words("modality", "denied.if_negated"):
        untrue = is_denied(above)
    deed = below.relation in ("nsubj", "csubj") and not _is_tale(below)
    judged = deed and lemma(above) in above.words("modality", "denied.condemning")
    tale = above.pos == "NOUN" and _is_tale(above)
    of_it = below.relation in ("ccomp", "csubj", "nsubj", "acl", "nmod")
    if untrue and of_it and not judged and not tale:
        return above.lower
    for beside in above.kids("ccomp"):  # "reports that ten died are untrue", hung on "reports"
        judging = beside.kid("cop") is not None and beside.kid("nsubj") is None
        if judging and _is_false(beside) and beside.i > below.i:
            return beside.lower
    return ""


def _tale_before(clause: Token) -> Token | None:
    """The tale right before the mark of a clause that the tree hangs on a verb: "described as fake
    news reports that ten died"."""
    mark = clause.kid("mark") if clause.relation == "advcl" else None
    before = clause.line()[mark.i - 1] if mark is not None and mark.i else None
    clausal = mark is not None and is_word(mark, "clause")
    return before if clausal and before is not None and _is_tale(before) else None


def _unproven(above: Token, below: Token) -> str:
    """The word for what would show it, where nothing does: "no evidence that", "nothing suggests
    that", "there is nothing to suggest that".
    """
    if lemma(above) not in above.words("modality", "denied.grounds"):
        return ""
    if below.relation not in ("acl", "ccomp", "nmod", "xcomp") or below.dep == "acl:relcl":
        return ""
    holders = [*above.kids("nsubj"), *([above.head] if above.relation == "acl" else [])]
    sought = above.pos == "NOUN" and above.relation in ("obj", "nsubj") and above.head.pos == "VERB"
    negated = taken_back(above) if above.pos == "VERB" else is_denied(above)
    negated = negated or (sought and taken_back(above.head)) or any(map(is_none, holders))
    return above.lower if negated else ""


def _untold(above: Token, below: Token) -> str:
    """The word by which a tale of it is rebutted or called untrue: "scotched rumours that ten
    died", "the story of ten killed is a myth", "called the report that ten died a lie".
    """
    tale, verb = above, above.head
    if (beside := _tale_before(below)) is not None:
        tale, verb = beside, beside.head
    elif not _is_tale(above):
        # trees may lose the tale: "scotched [rumours] that ten died"
        lost = next((o for o in above.kids("obj") if _is_tale(o)), None)
        called = marks(below) & above.words("saying", "phrase.as_told")  # "dismissed as talk ..."
        over = [above] if below.relation == "obl" and called else []
        over += [c for c in above.kids("ccomp") if c.i < above.i < below.i]
        for denying in over:
            if lemma(denying) in above.words("modality", "denied.verbs") and not is_denied(denying):
                return denying.lower
        if below.relation != "ccomp" or lost is None or lost.i > below.i:
            return ""
        tale, verb = lost, above
    before = takewhile(lambda t: t.pos != "PUNCT", reversed(tale.line()[: tale.i]))
    near = (t for _, t in zip(range(_NEAR), before, strict=False))
    if named := next((t for t in near if _is_false(t)), None):
        return named.lower  # "described as pure invention reports that"
    if is_denied(verb):
        return ""
    rebutting = above.words("modality", "denied.rebutting")
    held = tale.relation in ("obj", "nsubj", "obl") or tale is not above
    if held and not rebutting.isdisjoint(with_particle(verb)):
        return verb.lower
    ends = [verb, *verb.kids("xcomp", "ccomp", "obl", "obj"), *tale.kids("ccomp", "conj")]
    ends += [*below.kids("obj"), *(x for e in tale.kids("ccomp") for x in e.kids("xcomp"))]
    return next((e.lower for e in ends if _is_false(e) and e.i > tale.i), "")
