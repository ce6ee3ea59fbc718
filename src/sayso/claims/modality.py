"""How sure the text is of a claim: asserted, reported, alleged, denied, threatened, planned, or
only supposed.

Reads the words round the claim's own verb and what stands behind it on somebody's say-so. It does
not weigh sources, and a negation is no denial: "no one was killed" is a count of nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile

from sayso import lexicon
from sayso.claims.attribution.statements import SaySo
from sayso.claims.denial import denied
from sayso.claims.event.blame import blamed
from sayso.claims.governors import (
    Chain,
    governors,
    lemma,
    noun_above,
    noun_past_by,
    verb_above,
    with_particle,
)
from sayso.language.grammar.features import (
    is_gerund,
    is_infinitive,
    is_past,
    is_past_participle,
    is_present,
    is_verb,
    is_word,
)
from sayso.language.grammar.noun_phrase import clause_marks, is_definite, marked, marks
from sayso.language.grammar.polarity import is_denied
from sayso.language.trees import Token
from sayso.records import Modality

_PASSED = frozenset(["conj", "nmod", "compound", "obj", "nsubj", "obl", "xcomp"])


def modality(predicate: Token, says: SaySo, harm: bool = False) -> tuple[Modality, str]:
    """The modality of the claim that `predicate` states, and the rule that found it.

    `harm` = the claim is of people who came to harm: then what was only attempted is supposed,
    while an attempt to storm a building is a deed.

    The strongest word wins: a condition before a denial, that before a threat, a plan, doubt; with
    none of them the claim is reported when anybody is named as its source, else asserted.
    """
    doers = lexicon.harm(predicate.language).doers
    if any(lemma(predicate) in words for words in doers.values()):
        # What nobody doubts who speaks so: "the killers of two nurses may be soldiers".
        return ("reported", "named-source") if says.sources else ("asserted", "presupposed")
    if (
        predicate.relation == "amod"
        and predicate.i > predicate.head.i
        and is_verb(predicate.head.head)
    ):
        predicate = predicate.head.head  # "may have shot two men dead"
    chain = governors(predicate)
    tried = _attempted(predicate, chain) if harm else ""
    if tried:
        return "hypothetical", f"hypothetical:{tried}"
    for name, test in _TESTS:
        word = test(predicate, chain, says)
        if word:
            return name, f"{name}:{word}"
    if says.sources:
        return "reported", "named-source"
    return "asserted", "asserted"


def _auxiliaries(predicate: Token, chain: Chain) -> list[Token]:
    """Auxiliaries of the predicate, and of the verb it completes: "could be forced to kill"."""
    found = predicate.kids("aux")
    if predicate.relation == "xcomp" and chain:
        found = found + chain[0][0].kids("aux")
    beside = predicate
    while beside.relation == "conj" and not found and beside.kid("nsubj") is None:
        beside = beside.head
        found = beside.kids("aux")
    return found


def _future(predicate: Token, chain: Chain) -> bool:
    return any(is_word(aux, "future") for aux in _auxiliaries(predicate, chain))


def _condition(predicate: Token, role: str = "conditional") -> str:
    """The "if" or "unless" on which the predicate's clause depends."""
    found = (m for c in predicate.kids("advcl") for m in c.kids("mark") if is_word(m, role))
    return next((mark.lower for mark in found), "")


def _hypothetical(predicate: Token, chain: Chain, says: SaySo) -> str:
    for clause in (predicate, *(a for a, b in chain if b.relation in ("xcomp", "conj"))):
        for mark in clause_marks(clause):
            if is_word(mark, "conditional"):
                return mark.lower
    unable = predicate.words("modality", "hypothetical.able") if is_denied(predicate) else ()
    for aux in _auxiliaries(predicate, chain):
        if aux.lower in unable:
            continue  # "twelve could not be found"
        if aux.lower in predicate.words("modality", "hypothetical.auxiliaries") and not (
            # "warned that they would open fire" is a threat, "said it would send" a plan.
            aux.lower in predicate.words("modality", "planned.shifted")
            and _future_in_past(predicate, chain)
        ):
            return aux.lower
    if _future(predicate, chain):
        condition = "" if says.sources else _condition(predicate)
        if condition:
            return condition
        if chain and lemma(chain[0][0]) in predicate.words("modality", "hypothetical.fearing"):
            return chain[0][0].lower  # "fear that more will die"
    subjects = predicate.kids("nsubj")
    for token in (predicate, *subjects, *(n for s in subjects for n in s.kids("nummod"))):
        for adverb in token.kids("advmod"):
            before = [t for t in adverb.line()[: adverb.i] if t.pos not in ("PUNCT", "CCONJ")]
            sure = bool(before) and before[-1].pos == "NUM"  # "at least 40, perhaps 60, died"
            if adverb.lower in predicate.words("modality", "hypothetical.adverbs") and not sure:
                return adverb.lower
    if _asked((predicate, *(a for a, b in chain if b.relation in ("csubj", "ccomp")))):
        return "?"
    if inverted := _inverted(predicate) or _of_anyone(predicate):
        return inverted
    for above, below in chain[:2]:
        held = lemma(above) in predicate.words("modality", "hypothetical.adjectives")
        if held and below.relation in ("ccomp", "csubj", "xcomp"):
            return above.lower
    return (
        noun_above(chain, "hypothetical.nouns")
        or verb_above(chain[:2], "hypothetical.imagining")
        or _made_up(predicate, chain)
        or _measured(predicate, chain)
        or _undone(predicate, chain)
        or _expected(predicate, chain, "hypothetical.fearing", "hypothetical.warning")
    )


def _made_up(predicate: Token, chain: Chain) -> str:
    """The word by which it is told of in fiction or make-believe only: "in the novel", "the play is
    about a man who killed two", "a mock attack".
    """
    told = predicate.words("modality", "hypothetical.fiction")
    screened = told | predicate.words("modality", "hypothetical.screened")
    within = predicate.words("modality", "hypothetical.within")
    inner = takewhile(lambda link: link[1].relation not in ("advcl", "conj"), chain)
    for clause in (predicate, *(above for above, _ in inner)):
        for noun in clause.kids("nsubj", "obl"):
            inside = noun.relation == "obl" and not within.isdisjoint(marks(noun))
            if lemma(noun) in (screened if inside else told if noun.relation == "nsubj" else ()):
                return noun.lower
    for deed in (predicate, *predicate.kids("nsubj", "obl")):
        for word in deed.kids("amod", "compound"):
            if word.lower in word.words("modality", "hypothetical.feigned"):
                return word.lower
    return ""


def _measured(predicate: Token, chain: Chain) -> str:
    """The word that only says how much it would take: "enough to kill dozens"."""
    if not chain or not marked(predicate, "infinitive"):
        return ""
    above, _ = chain[0]
    near = (above, *above.kids("obj", "obl", "xcomp"))
    words = (w for t in near for w in (t, *t.kids("advmod", "amod")) if w.i < predicate.i)
    measuring = above.words("modality", "hypothetical.measuring")
    return next((w.lower for w in words if w.lower in measuring), "")


def _of_anyone(predicate: Token) -> str:
    """The modal that makes a rule of a relative clause in the present: "anyone who kills a guard
    will be shot", "a driver who kills a cyclist would go to prison".
    """
    verbs = (predicate, *predicate.kids("aux", "cop", "aux:pass"))
    if predicate.relation != "acl" or not any(map(is_present, verbs)):
        return ""
    above = predicate.head.head
    coming = (aux for aux in above.kids("aux") if is_word(aux, "future"))
    return next((aux.lower for aux in coming), "")


def _inverted(predicate: Token) -> str:
    """The auxiliary that makes a condition by standing first: "were troops to shoot two"."""
    line = predicate.line()
    first = line[0].lower
    if first not in predicate.words("modality", "hypothetical.inverted") or line[-1].text == "?":
        return ""
    before = line[1 : predicate.i]
    return "" if any(t.text == "," for t in before) or not before else first


def _asked(clauses: Iterable[Token]) -> bool:
    """Whether one of the clauses is a question that leaves it open: "Were nine people killed?",
    "Is it true that nine died?"; also in quotation marks, before who asks.
    """
    for clause in clauses:
        subject = clause.kid("nsubj", "expl")
        inside = [t for t in clause.subtree() if t.pos != "PUNCT"]
        number = len(inside) > 1 and inside[0].head is inside[1] and inside[1].pos == "ADJ"
        helpers = clause.kids("aux", "aux:pass", "cop")
        turned = subject is not None and any(aux.i < subject.i for aux in helpers)
        if inside and is_word(inside[0], "interrogative"):
            if not number:
                continue  # "who killed them?" asks of what was done, "how many died?" of its number
        elif not turned:
            continue
        behind = (t for t in clause.line() if t.i > inside[-1].i)
        if any(t.text == "?" for t in takewhile(lambda t: t.pos == "PUNCT", behind)):
            return True
        opening = turned and inside[0].i == 0 and inside[0].pos == "AUX"
        if opening and clause.line()[-1].text == "?":
            return True  # "Have troops really injured workers?", however its end is hung
    return False


def _undone(predicate: Token, chain: Chain) -> str:
    """What kept it from being done: "failed to free", "prevented clashes"."""
    for above, below in chain[:2]:
        if is_infinitive(above) and not above.kids("mark", "aux", "nsubj"):
            continue  # "Stop the killing": it goes on
        clause = below.relation in ("xcomp", "advcl", "ccomp") and (
            is_infinitive(below) or is_gerund(below)
        )
        if below.relation == "advcl" and is_gerund(below) and not below.kid("mark"):
            clause = False  # "called off the search, leaving 31 missing": what came of it
        deed = below is predicate and below.pos == "NOUN" and below.dep in ("obj", "nsubj:pass")
        if clause and lemma(above) in predicate.words("modality", "hypothetical.failing"):
            return above.lower
        preventing = predicate.words("modality", "hypothetical.preventing")
        came = below.relation == "advcl" and not clause_marks(below)  # "called it off, leaving 31"
        if (clause or deed) and not came and not preventing.isdisjoint(with_particle(above)):
            return above.lower
    return ""


def _attempted(predicate: Token, chain: Chain) -> str:
    """The word by which it was only tried, or kept from being: "tried to kill", "an attempt to
    kill", "launched a raid on Monday to capture", "banned gatherings of more than ten".
    """
    if not chain:
        return ""
    above, below = chain[0]
    if below.dep in ("obj", "nsubj:pass") and lemma(above) in predicate.words(
        "modality", "attempted.banning"
    ):
        return above.lower
    if not is_infinitive(predicate):
        return ""
    verb = below.relation == "xcomp" and lemma(above) in predicate.words(
        "modality", "attempted.verbs"
    )
    if verb:
        return above.lower
    near = [above] if below.relation == "acl" else []
    if below.relation == "advcl" and above.i < below.i and marked(predicate, "infinitive"):
        near = [n for n in above.kids("obj", "obl", "nsubj:pass") if not is_definite(n)]
    tried = (n for n in near if lemma(n) in predicate.words("modality", "attempted.nouns"))
    noun = next(tried, None)
    return noun.lower if noun else noun_past_by(predicate, "attempted.nouns")


def _expected(predicate: Token, chain: Chain, governing: str, announcing: str) -> str:
    """The verb by which a deed named by a noun lies ahead: "planned a strike", "warned of clashes".

    `announcing` = the same where a preposition of `modality.toml` stands between.
    """
    if predicate.pos != "NOUN" or not chain:
        return ""
    above, below = chain[0]
    commissioned = lemma(above) in predicate.words("modality", "planned.commissioning")
    done = governing == "planned.arranging" and (
        (commissioned and lemma(below) in predicate.words("modality", "planned.done"))
        or (below.dep == "nsubj:pass" and above.kids("conj", "obl:agent"))  # "planned and led by"
    )
    if below.dep in ("obj", "nsubj:pass") and lemma(above) in predicate.words(
        "modality", governing
    ):
        called = above.kid("xcomp", "parataxis")  # "called the killing a crime"
        return "" if done or (called is not None and called.pos == "NOUN") else above.lower
    ahead = marks(below) & predicate.words("grammar", "of_object")
    if (
        below.relation == "obl"
        and ahead
        and lemma(above) in predicate.words("modality", announcing)
    ):
        return above.lower
    return ""


def _future_in_past(predicate: Token, chain: Chain) -> bool:
    """Whether "would" only turns a promise or threat into reported speech."""
    if not _future(predicate, chain):
        return False
    announcing = predicate.words("modality", "threatened.verbs") | predicate.words(
        "modality", "planned.announced"
    )
    return any(
        below.relation == "ccomp" and not is_infinitive(above) and lemma(above) in announcing
        for above, below in chain[:2]
    ) and (not _condition(predicate) or bool(_condition(predicate, "unless")))


def _threatened(predicate: Token, chain: Chain, says: SaySo) -> str:
    if _future(predicate, chain) and says.sources:
        unless = _condition(predicate, "unless")
        if unless:
            return unless
    otherwise = _or_else(predicate, chain)
    if otherwise:
        return otherwise
    found = verb_above(chain[:2], "threatened.verbs") or noun_above(chain[:2], "threatened.nouns")
    found = found or noun_past_by(predicate, "threatened.nouns")
    past = is_past(predicate) or is_past_participle(predicate)
    if not found or (past and not predicate.kid("aux")):
        return ""
    # "warned that 13 people had died" tells of the past and threatens nobody.
    bare = is_infinitive(predicate) and bool(predicate.kid("mark"))
    return found if _future(predicate, chain) or bare else ""


def _or_else(predicate: Token, chain: Chain) -> str:
    """The "or" of an ultimatum: "told them to leave or be shot"."""
    links = [predicate, *(above for above, _ in chain)]
    for n, link in enumerate(links[:-1]):
        either = next((c for c in link.kids("cc") if is_word(c, "alternative")), None)
        if link.relation == "conj" and either is not None:
            demand = links[n + 1]
            if is_infinitive(demand) and marked(demand, "infinitive"):
                return either.lower
    return ""


def _planned(predicate: Token, chain: Chain, says: SaySo) -> str:
    for aux in _auxiliaries(predicate, chain):
        if is_word(aux, "future"):
            return aux.lower
    ahead = _expected(predicate, chain, "planned.arranging", "planned.calling")
    if ahead:
        return ahead
    if predicate.pos == "NOUN":
        case = next((c for c in predicate.kids("case") if is_word(c, "purpose")), None)
        orders = [predicate.line()[case.i - 1]] if case is not None and case.i else []
        orders += predicate.head.kids("nsubj:pass") if case is not None else []
        for order in orders:
            if lemma(order) in predicate.words("modality", "planned.nouns"):
                return order.lower  # "signed an order for the execution of two"
        scheduled = predicate.words("modality", "planned.scheduled")
        return next((c.lower for c in predicate.kids("acl") if lemma(c) in scheduled), "")
    marking = ((m, *m.kids("fixed")) for m in predicate.kids("mark"))  # "were due to attack"
    to = next((t for words in marking for t in words if is_word(t, "infinitive")), None)
    helpers = predicate.kids("aux", "aux:pass", "cop")
    if to is not None and any(h.i < to.i and is_word(h, "copula") for h in helpers):
        return to.lower  # "was to have been shot"
    infinitive = to is not None and any(map(is_infinitive, (predicate, *helpers)))
    if is_gerund(predicate) and chain and chain[0][1].relation in ("xcomp", "advcl", "ccomp"):
        weighing = predicate.words("modality", "planned.weighing")
        led = predicate.kid("mark") is not None or predicate.relation == "xcomp"
        if led and not weighing.isdisjoint(with_particle(chain[0][0])):
            return chain[0][0].lower  # "spoke of killing two"
    if infinitive and (predicate.relation == "root" or _headline(predicate)):
        return predicate.kids("mark")[0].lower
    if not infinitive or not chain:
        return ""
    return (
        verb_above(chain[:1], "planned.verbs")
        or noun_above(chain[:1], "planned.nouns")
        or noun_past_by(predicate, "planned.nouns")
    )


def _headline(predicate: Token) -> bool:
    """Whether "Norland to send 500 troops" is all there is: a noun with an infinitive."""
    above = predicate.head
    return predicate.relation == "acl" and above.relation == "root" and above.pos != "VERB"


def _near(predicate: Token, chain: Chain) -> list[Token]:
    """The words whose adverbs tell of the predicate too: it, what it is part of, its noun."""
    passed = [a for a, b in chain[:2] if b.relation in _PASSED]
    spoken = [a for a, b in chain[:2] if b.relation in ("acl", "ccomp") and a.pos == "NOUN"]
    return [predicate, *passed, *spoken]


def _alleged(predicate: Token, chain: Chain, says: SaySo) -> str:
    for token in _near(predicate, chain):
        for adverb in token.kids("advmod"):
            if adverb.lower in predicate.words("modality", "alleged.adverbs"):
                return adverb.lower
        graded = lemma(token) in predicate.words("harm", "cases.words")  # "suspected cases"
        for modifier in () if graded else token.kids("amod"):
            if modifier.lower in predicate.words("modality", "alleged.adjectives"):
                return modifier.lower
    for word in says.sources[0].text.lower().split() if says.sources else ():
        if word in predicate.words("modality", "alleged.of_source"):
            return word
    if says.kind in predicate.words("modality", "alleged.classes"):
        return "accusing source"
    for above, below in chain[:2]:
        if (
            below.relation == "ccomp"
            and is_denied(above)
            and lemma(above) in predicate.words("modality", "alleged.confirming")
        ):
            return f"not {above.lower}"
    _, blame = blamed(predicate)
    if blame in predicate.words("modality", "alleged.blamed"):
        return blame
    for token in (predicate, *predicate.kids("amod", "acl")):
        if lemma(token) in predicate.words("modality", "alleged.participles"):
            return token.lower
    for above, below in chain[:2]:
        if below.relation in ("advcl", "xcomp") and is_gerund(below) and below.kid("mark"):
            cleared = lemma(above) in predicate.words("modality", "alleged.cleared")
            negated = lemma(above) in predicate.words("modality", "alleged.if_negated")
            if cleared or (negated and is_denied(above)):
                return above.lower
    doubts = predicate.words("modality", "alleged.nouns") | predicate.words(
        "modality", "alleged.worries"
    )
    spoken = [n for n in predicate.kids("nsubj") if n.dep == "nsubj:outer"]
    for above, below in chain[:2]:
        if below.relation in ("ccomp", "acl", "csubj") and below.kid("nsubj"):
            spoken += [above, *above.kids("nsubj")]  # "fears are growing that ten have died"
            likely = lemma(above) in predicate.words("modality", "alleged.adjectives")
            if likely and below.relation != "acl":
                return above.lower
    if doubted := next((n for n in spoken if n.pos == "NOUN" and lemma(n) in doubts), None):
        return doubted.lower
    return verb_above(chain[:2], "alleged.verbs") or noun_above(chain[:2], "alleged.nouns")


def _reported(predicate: Token, chain: Chain, says: SaySo) -> str:
    for token in _near(predicate, chain):
        for adverb in token.kids("advmod"):
            if adverb.lower in predicate.words("modality", "reported.adverbs"):
                return adverb.lower
    return verb_above(chain[:2], "reported.verbs") or noun_above(chain[:3], "reported.nouns")


_TESTS: tuple[tuple[Modality, Callable[[Token, Chain, SaySo], str]], ...] = (
    ("hypothetical", _hypothetical),
    ("denied", denied),
    ("threatened", _threatened),
    ("planned", _planned),
    ("alleged", _alleged),
    ("reported", _reported),
)
"""The modalities from the strongest to the weakest, each with the test that gives its word."""
