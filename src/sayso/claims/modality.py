"""How sure the text is of a claim: asserted, reported, alleged, denied, threatened, planned, or
only supposed.

Reads the words round the claim's own verb and what stands behind it on somebody's say-so. It does
not weigh sources, and a negation is no denial: "no one was killed" is a count of nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile

from sayso.claims.attribution.statements import SaySo
from sayso.claims.event.blame import blamed
from sayso.language.grammar.features import is_infinitive, is_present, is_word
from sayso.language.grammar.noun_phrase import marks
from sayso.language.trees import Token
from sayso.lexicon import words
from sayso.records import Modality

Chain = list[tuple[Token, Token]]
"""(governor, the dependent below it), upwards from a predicate."""

_UP = frozenset(["ccomp", "xcomp", "acl", "advcl", "conj", "nsubj", "obj", "obl", "nmod", "csubj"])
_NOT = frozenset(["not", "n't", "n’t", "never", "neither", "nor"])
_PASSED = frozenset(["conj", "nmod", "compound", "obj", "nsubj", "obl", "xcomp"])


def modality(predicate: Token, says: SaySo, harm: bool = False) -> tuple[Modality, str]:
    """The modality of the claim that `predicate` states, and the rule that found it.

    `harm` = the claim is of people who came to harm: then what was only attempted is supposed,
    while an attempt to storm a building is a deed.

    The strongest word wins: a condition before a denial, that before a threat, a plan, doubt; with
    none of them the claim is reported when anybody is named as its source, else asserted.
    """
    if _lemma(predicate) in words("modality", "presupposed.nouns"):
        return ("reported", "named-source") if says.sources else ("asserted", "presupposed")
    chain = _governors(predicate)
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


def _governors(predicate: Token) -> Chain:
    """(governor, the dependent below it), as far up as the predicate's clause hangs on a verb or
    noun, four steps at most; never from one statement over to the one it only follows.
    """
    found: Chain = []
    below = predicate
    for above in predicate.ancestors():
        if below.relation not in _UP:
            break
        found.append((above, below))
        beside = above.relation in ("advcl", "conj", "parataxis")
        if len(found) == 4 or (below.relation == "ccomp" and beside):
            break  # "denied that ten had died, saying four had": only the ten are denied
        below = above
    return found


def _lemma(token: Token) -> str:
    return token.lemma.lower()


def _negated(verb: Token) -> bool:
    return any(c.lower in _NOT for c in verb.kids("advmod", "cc"))


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
    return any(
        aux.lower in words("modality", "planned.auxiliaries") or aux.lower == "would"
        for aux in _auxiliaries(predicate, chain)
    )


def _condition(predicate: Token, marks: frozenset[str]) -> str:
    """The "if" or "unless" on which the predicate's clause depends."""
    for clause in predicate.kids("advcl"):
        for mark in clause.kids("mark"):
            if mark.lower in marks:
                return mark.lower
    return ""


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
    if _future(predicate, chain):
        condition = "" if says.sources else _condition(predicate, marks)
        if condition:
            return condition
        if chain and _lemma(chain[0][0]) in words("modality", "hypothetical.fearing"):
            return chain[0][0].lower  # "fear that more will die"
    subjects = predicate.kids("nsubj")
    for token in (predicate, *subjects, *(n for s in subjects for n in s.kids("nummod"))):
        for adverb in token.kids("advmod"):
            if adverb.lower in words("modality", "hypothetical.adverbs"):
                return adverb.lower
    if _asked((predicate, *(a for a, b in chain if b.relation in ("csubj", "ccomp")))):
        return "?"
    if inverted := _inverted(predicate) or _of_anyone(predicate):
        return inverted
    for above, below in chain[:2]:
        held = _lemma(above) in words("modality", "hypothetical.adjectives")
        if held and below.relation in ("ccomp", "csubj", "xcomp"):
            return above.lower
    return (
        _noun(chain, "hypothetical.nouns")
        or _verb(chain[:2], "hypothetical.jesting")
        or _undone(predicate, chain)
        or _expected(predicate, chain, "hypothetical.fearing", "hypothetical.warning")
    )


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
    if first not in words("modality", "hypothetical.inverted") or line[-1].text == "?":
        return ""
    before = line[1 : predicate.i]
    return "" if any(t.text == "," for t in before) or not before else first


def _asked(clauses: Iterable[Token]) -> bool:
    """Whether one of the clauses is a question that leaves it open: "Were nine people killed?",
    "Is it true that nine died?"; also in quotation marks, before who asks.
    """
    for clause in clauses:
        subject = clause.kid("nsubj", "expl")
        if subject is None or not any(
            aux.i < subject.i for aux in clause.kids("aux", "aux:pass", "cop")
        ):
            continue
        inside = [t for t in clause.subtree() if t.pos != "PUNCT"]
        if is_word(inside[0], "interrogative"):
            continue  # "who killed them?" asks of what was done
        behind = (t for t in clause.line() if t.i > inside[-1].i)
        if any(t.text == "?" for t in takewhile(lambda t: t.pos == "PUNCT", behind)):
            return True
    return False


def _undone(predicate: Token, chain: Chain) -> str:
    """What kept it from being done: "failed to free", "prevented clashes"."""
    for above, below in chain[:2]:
        if above.tag == "VB" and not above.kids("mark", "aux", "nsubj"):
            continue  # "Stop the killing": it goes on
        clause = below.relation in ("xcomp", "advcl", "ccomp") and below.tag in ("VB", "VBG")
        deed = below is predicate and below.pos == "NOUN" and below.dep in ("obj", "nsubj:pass")
        if clause and _lemma(above) in words("modality", "hypothetical.failing"):
            return above.lower
        if (clause or deed) and _lemma(above) in words("modality", "hypothetical.preventing"):
            return above.lower
    return ""


def _attempted(predicate: Token, chain: Chain) -> str:
    """The word by which it was only tried, or kept from being: "tried to kill", "an attempt to
    kill", "banned gatherings of more than ten".
    """
    if not chain:
        return ""
    above, below = chain[0]
    if below.dep in ("obj", "nsubj:pass") and _lemma(above) in words(
        "modality", "attempted.banning"
    ):
        return above.lower
    if predicate.tag != "VB":
        return ""
    verb = below.relation == "xcomp" and _lemma(above) in words("modality", "attempted.verbs")
    noun = below.relation == "acl" and _lemma(above) in words("modality", "attempted.nouns")
    return above.lower if verb or noun else _behind_by(predicate, "attempted.nouns")


def _expected(predicate: Token, chain: Chain, governing: str, announcing: str) -> str:
    """The verb by which a deed named by a noun lies ahead: "planned a strike", "warned of clashes".

    `announcing` = the same where a preposition of `modality.toml` stands between.
    """
    if predicate.pos != "NOUN" or not chain:
        return ""
    above, below = chain[0]
    done = (
        _lemma(below) in words("modality", "planned.done")
        or (below.dep == "nsubj:pass" and above.kids("conj", "obl:agent"))  # "planned and led by"
    )
    if below.dep in ("obj", "nsubj:pass") and _lemma(above) in words("modality", governing):
        called = above.kid("xcomp")  # "called the killing a crime"
        return "" if done or (called is not None and called.pos == "NOUN") else above.lower
    ahead = any(c.lower in ("of", "for", "with") for c in below.kids("case"))
    if below.relation == "obl" and ahead and _lemma(above) in words("modality", announcing):
        return above.lower
    return ""


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
    ) and not _condition(predicate, frozenset(["if"]))


def _denied(predicate: Token, chain: Chain, says: SaySo) -> str:
    for above, below in chain:
        untrue = _lemma(above) in words("modality", "denied.adjectives")
        if _lemma(above) == "true":
            untrue = _negated(above)
        if untrue and below.relation in ("ccomp", "csubj", "nsubj"):
            return above.lower
        for beside in above.kids("ccomp"):  # "reports that ten died are untrue", hung on "reports"
            false = _lemma(beside) in words("modality", "denied.adjectives")
            if false and beside.i > below.i and beside.kid("cop") and not beside.kid("nsubj"):
                return beside.lower
    doubted = any(
        _lemma(above) in words("modality", "denied.verbs") and _negated(above) for above, _ in chain
    )
    if doubted:
        return ""  # "neither confirmed nor denied"
    if says.kind in words("modality", "denied.classes"):
        return "denying source"
    if says.denied:
        return ""  # who says so does not deny it: the denial is a claim of its own
    for above, below in chain[:1]:
        if below.relation == "obj" and _lemma(above) in words("modality", "denied.condemning"):
            return ""  # "all parties rejected the murder"
    return _verb(chain, "denied.verbs") or _noun(chain, "denied.nouns")


def _threatened(predicate: Token, chain: Chain, says: SaySo) -> str:
    if _future(predicate, chain) and says.sources:
        unless = _condition(predicate, frozenset(["unless"]))
        if unless:
            return unless
    otherwise = _or_else(predicate, chain)
    if otherwise:
        return otherwise
    found = _verb(chain[:2], "threatened.verbs") or _noun(chain[:2], "threatened.nouns")
    found = found or _behind_by(predicate, "threatened.nouns")
    if not found or (predicate.tag in ("VBD", "VBN") and not predicate.kid("aux")):
        return ""
    # "warned that 13 people had died" tells of the past and threatens nobody.
    auxiliaries = {aux.lower for aux in _auxiliaries(predicate, chain)}
    future = auxiliaries & {"will", "would", "shall", "'ll", "’ll"}
    bare = predicate.tag == "VB" and bool(predicate.kid("mark"))
    return found if future or bare else ""


def _or_else(predicate: Token, chain: Chain) -> str:
    """The "or" of an ultimatum: "told them to leave or be shot"."""
    links = [predicate, *(above for above, _ in chain)]
    for n, link in enumerate(links[:-1]):
        if link.relation == "conj" and any(c.lower == "or" for c in link.kids("cc")):
            demand = links[n + 1]
            if demand.tag == "VB" and any(m.lower == "to" for m in demand.kids("mark")):
                return "or"
    return ""


def _planned(predicate: Token, chain: Chain, says: SaySo) -> str:
    for aux in _auxiliaries(predicate, chain):
        if aux.lower in words("modality", "planned.auxiliaries"):
            return aux.lower
        if aux.lower == "would":
            return "would"
    ahead = _expected(predicate, chain, "planned.arranging", "planned.calling")
    if ahead:
        return ahead
    if predicate.pos == "NOUN" and any(_lemma(c) == "schedule" for c in predicate.kids("acl")):
        return "scheduled"
    infinitive = predicate.tag == "VB" and any(m.lower == "to" for m in predicate.kids("mark"))
    if infinitive and (predicate.relation == "root" or _headline(predicate)):
        return "to"
    if not infinitive or not chain:
        return ""
    return (
        _verb(chain[:1], "planned.verbs")
        or _noun(chain[:1], "planned.nouns")
        or _behind_by(predicate, "planned.nouns")
    )


def _headline(predicate: Token) -> bool:
    """Whether "Norland to send 500 troops" is all there is: a noun with an infinitive."""
    above = predicate.head
    return predicate.relation == "acl" and above.relation == "root" and above.pos != "VERB"


def _alleged(predicate: Token, chain: Chain, says: SaySo) -> str:
    near = [predicate, *(a for a, b in chain[:2] if b.relation in _PASSED)]
    spoken = [a for a, b in chain[:2] if b.relation in ("acl", "ccomp") and a.pos == "NOUN"]
    for token in (*near, *spoken):
        for adverb in token.kids("advmod"):
            if adverb.lower in words("modality", "alleged.adverbs"):
                return adverb.lower
        for modifier in token.kids("amod"):
            if modifier.lower in words("modality", "alleged.adjectives"):
                return modifier.lower
    for word in says.sources[0].text.lower().split() if says.sources else ():
        if word in ("unconfirmed", "unverified"):
            return word
    if says.kind in words("modality", "alleged.classes"):
        return "accusing source"
    for above, below in chain[:2]:
        if (
            below.relation == "ccomp"
            and _negated(above)
            and _lemma(above) in words("modality", "alleged.confirming")
        ):
            return f"not {above.lower}"
    _, blame = blamed(predicate)
    if blame in words("modality", "alleged.blamed"):
        return blame
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
            and _lemma(below) not in words("modality", "parts.nouns")
            and not _goes_on(above, below)
        ):
            return above.lower
    return ""


def _goes_on(above: Token, below: Token) -> bool:
    """Whether a clause tells of what came about beside its verb: "went on to kill two", "denied any
    part when two were killed".
    """
    on = any(is_word(c, "continuing") for c in above.kids("advmod", "compound:prt"))
    when = below.relation == "advcl" and any(
        is_word(m, "temporal") for m in below.kids("mark", "advmod")
    )
    return when or (on and is_word(above, "realising"))


def _behind_by(predicate: Token, key: str) -> str:
    """The noun of that list whose infinitive this is, past those whose it was: "plans by rebels to
    kill two", "a bid by a gunman to", which trees hang anywhere.
    """
    mark = next((m for m in predicate.kids("mark")), None)
    if mark is None or not is_infinitive(predicate):
        return ""
    before = predicate.line()[max(0, mark.i - 8) : mark.i]
    by = next((t for t in reversed(before) if t.relation == "case" and "by" in marks(t.head)), None)
    noun = predicate.line()[by.i - 1] if by is not None and by.i else None
    return noun.lower if noun is not None and _lemma(noun) in words("modality", key) else ""


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
