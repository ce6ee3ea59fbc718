"""What a clause hangs on: the verbs and nouns above a predicate that say how sure it is.

Read by `modality` and `denial`; what the governors mean stands in `modality.toml`.
"""

from __future__ import annotations

from sayso.language.grammar.features import is_gerund, is_infinitive, is_word
from sayso.language.trees import Token

Chain = list[tuple[Token, Token]]
"""(governor, the dependent below it), upwards from a predicate."""

_UP = frozenset(["ccomp", "xcomp", "acl", "advcl", "conj", "nsubj", "obj", "obl", "nmod", "csubj"])
_STEPS = 4
"""How far up a word may still say something of the predicate."""


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return token.lemma.lower()


def governors(predicate: Token) -> Chain:
    """(governor, the dependent below it), as far up as the predicate's clause hangs on a verb or
    noun; never from one statement over to the one it only follows.
    """
    found: Chain = []
    noun = predicate.head if predicate.relation == "amod" else predicate
    # "reports of 15 dead soldiers"
    of_tale = noun.relation == "nmod" and lemma(noun.head) in noun.words("modality", "denied.tales")
    below = noun if of_tale else predicate
    for above in below.ancestors():
        if below.relation not in _UP:
            break
        found.append((above, below))
        beside = above.relation in ("advcl", "conj", "parataxis")
        if len(found) == _STEPS or (below.relation == "ccomp" and beside):
            break  # "denied that ten had died, saying four had": only the ten are denied
        below = above
    return found


def with_particle(verb: Token) -> list[str]:
    """The verb by its lemma, alone and with each word that makes another of it: "call", "call off",
    "take place".
    """
    parts = (p.lower for p in verb.kids("compound", "advmod", "obj") if p.i > verb.i)
    return [lemma(verb), *(f"{lemma(verb)} {part}" for part in parts)]


def verb_above(chain: Chain, key: str) -> str:
    """The first governing verb of that list of `modality.toml` whose clause this is."""
    for above, below in chain:
        if (
            below.relation in ("ccomp", "xcomp", "csubj", "acl", "advcl", "obj")
            and above.pos in ("VERB", "ADJ")
            and lemma(above) in above.words("modality", key)
            and lemma(below) not in below.words("modality", "parts.nouns")
            and not goes_on(above, below)
        ):
            return above.lower
    return ""


def noun_above(chain: Chain, key: str) -> str:
    """The first governing noun of that list: "a threat to kill", "reports of deaths"."""
    for above, below in chain:
        if (
            below.relation in ("acl", "nmod", "ccomp")
            and above.pos == "NOUN"
            and lemma(above) in above.words("modality", key)
        ):
            return above.lower
    return ""


def noun_past_by(predicate: Token, key: str) -> str:
    """The noun of that list whose infinitive this is, past those whose it was: "plans by rebels to
    kill two", "a bid by a gunman to", which trees hang anywhere.
    """
    mark = next((m for m in predicate.kids("mark")), None)
    if mark is None or not is_infinitive(predicate):
        return ""
    before = predicate.line()[max(0, mark.i - 8) : mark.i]
    case = (t for t in reversed(before) if t.relation == "case")
    by = next((t for t in case if t.lower in predicate.words("grammar", "agentive")), None)
    noun = predicate.line()[by.i - 1] if by is not None and by.i else None
    return (
        noun.lower if noun is not None and lemma(noun) in predicate.words("modality", key) else ""
    )


def goes_on(above: Token, below: Token) -> bool:
    """Whether a clause tells of what came about beside its verb: "went on to kill two", "denied any
    part when two were killed".
    """
    if any(is_word(c, "relative_places") for c in (above, *below.kids("advmod", "mark"))):
        return True  # "disputed how two had died"
    between = above.line()[above.i : below.i]
    bare = below.relation == "advcl" and not below.kids("mark", "case")
    apart = is_gerund(below) and any(t.text == "," for t in between)
    if bare and (below.i < above.i or apart):
        return True  # "police charged, killing two", "the two executed on Friday denied it"
    on = any(is_word(c, "continuing") for c in above.kids("advmod", "compound:prt"))
    when = below.relation == "advcl" and any(
        is_word(m, "temporal") or is_word(m, "giving") for m in below.kids("mark", "advmod")
    )
    return when or (on and is_word(above, "realising"))
