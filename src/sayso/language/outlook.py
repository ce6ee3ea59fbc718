"""Which way a clause looks in time: back, ahead, or neither.

Reads tense and auxiliaries off the tree, and a short list of words that look ahead whatever their
own tense ("was scheduled for Friday"). No dates here; `dates` uses the answer to choose between
the Friday before and the Friday after.
"""

from __future__ import annotations

from typing import Literal

from sayso.language.trees import Token
from sayso.lexicon import words

Outlook = Literal["past", "present", "future"]


def outlook(token: Token) -> Outlook | None:
    """Whether the clause around a token looks back or ahead; None where no verb tells."""
    until = any(_is(case, "until") for case in token.kids("case", "mark"))
    path = [token, *token.ancestors()]
    for step in path:
        if _is(step, "ahead") and not (step is token and step.pos in ("NOUN", "PROPN")):
            return "future"
        if not _verbal(step):
            continue
        view = _view(step)
        if view == "past" and until and not _is(step, "lasting"):
            return "future"
        if view is not None:
            return view
    return None


def _view(verb: Token) -> Outlook | None:
    """What one verb says for itself; None if it takes its time from the verb above it."""
    helpers = verb.kids("aux", "cop")
    if any(_is(helper, "future") for helper in helpers):
        past = any(helper.lemma == "have" for helper in helpers)
        return "past" if past else "future"
    if any(helper.lemma == "have" and helper.tag != "VBG" for helper in helpers):
        return "past"
    forms = [verb, *helpers]
    if any(form.tag == "VBD" for form in forms):
        return "past"
    if any(form.tag in ("VBZ", "VBP") for form in forms):
        return "present"
    if verb.tag == "VB":
        if verb.relation in ("advcl", "conj") or _is(verb.head, "done"):
            return None
        return "future"
    if verb.tag == "VBN":
        return "past"
    return None


def _verbal(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or bool(token.kids("cop", "aux"))


def _is(token: Token, key: str) -> bool:
    listed = words("dates", f"tense.{key}")
    return token.lower in listed or token.lemma.lower() in listed
