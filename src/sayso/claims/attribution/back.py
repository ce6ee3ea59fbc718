"""Words of saying that speak of what was said just before: "This was reported by the prosecutor".

"The rebels said six had died. The army denied it": what a pronoun stands for is what the sentence
before says, or what somebody says there.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.claims.attribution.cue import Cue
from sayso.claims.attribution.extent import Span
from sayso.language.grammar import features
from sayso.language.trees import Sentence, Token

RULE = "said-before"
"""The rule of a cue that speaks of what was said just before."""

_OPENING = 2
"""Words before which a sentence must name what was said: "but this, too, was reported by"."""


def points_back(cue: Cue, tokens: Sequence[Token]) -> bool:
    """Whether what the cue speaks of stands before its clause."""
    verb = cue.token
    if cue.form == "according":
        opening = tokens[: cue.block[0]]
        low = [t.lower for t in opening if t.pos not in ("AUX", "PUNCT", "CCONJ", "ADV")]
        return len(low) == 1 and low[0] in cue.token.words("saying", "usage.said_before")
    if cue.form != "verb" or verb.kid("ccomp", "csubj", "xcomp") is not None:
        return False
    if cue.rule != "passive":
        return cue.kind == "denying" and any(_is_said(o) for o in verb.kids("obj"))
    return any(_is_said(s) and s.i <= _OPENING for s in verb.kids("nsubj:pass", "nsubj"))


def said_before(
    cue: Cue, said: Sequence[Span], spoken: bool, above: Sentence | None
) -> tuple[Span, ...]:
    """The stretches that such a cue speaks of; empty where nothing stands there.

    `said` are those of the last saying in its sentence or the one before, `spoken` whether that is
    in the one before, which is `above`.
    """
    if cue.kind == "denying" and said:
        return tuple(said)
    if above is None or (spoken and cue.kind != "denying"):
        return ()  # "police said so. This was confirmed by the mayor": it is on the police's word
    return ((above.start, above.end),)


def _is_said(noun: Token) -> bool:
    """Whether it is "it", "this", or "the claim" without what is claimed."""
    if noun.lower in noun.words("saying", "usage.said_before"):
        return noun.pos != "NOUN" and not noun.kids("nmod", "acl")
    told = noun.lemma.lower() in noun.words("saying", "usage.rejected")
    pointed = any(features.is_word(d, "definite") for d in noun.kids("det"))
    return told and pointed and not noun.kids("acl", "ccomp", "nmod", "nmod:poss", "compound")
