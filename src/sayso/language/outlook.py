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


def outlook(token: Token, before: Token | None = None) -> Outlook | None:
    """Whether the clause around a token looks back or ahead; None where no verb tells.

    `before` is the token on its left, prepositions left out: in "announced Wednesday" and "said
    Thursday that the troops will stay" the neighbour knows better than a tree that tied the day to
    the wrong clause.
    """
    if before is not None and before.tag in ("VBD", "VBN", "VBZ", "VBP") and not _waits(before):
        near = _view(before)
        if near is not None:
            return _until(token, before, near)
    held = token.relation == "nmod" and token.dep != "nmod"  # "Friday's attack"
    if held and not _is(token.head, "events"):
        return "past"
    for step in (token, *token.ancestors()):
        if any(token.i < mark.i < step.i for mark in step.kids("mark")):
            continue  # the clause of this verb opens after the time: "on Tuesday that ... would"
        if step is not token and _waits(step):
            return "future"
        if not _verbal(step):
            continue
        view = _view(step)
        if view is not None:
            return _until(token, step, view)
    return None


def _until(token: Token, verb: Token, view: Outlook) -> Outlook:
    """ "until" a day looks ahead from a past verb ("was closed until"), unless it went on."""
    if view == "past" and any(_is(case, "until") for case in token.kids("case", "mark")):
        lasted = _is(verb, "lasting") or verb.kids("advmod", "aux") != []
        return "past" if lasted else "future"
    return view


def _waits(token: Token) -> bool:
    return _is(token, "ahead")


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
