"""Which way a clause looks in time: back, ahead, or neither.

Reads tense and auxiliaries off the tree, and a short list of words that look ahead whatever their
own tense ("was scheduled for Friday"). No dates here; `dates` uses the answer to choose between
the Friday before and the Friday after.
"""

from __future__ import annotations

from typing import Literal

from sayso.language.trees import Sentence, Token
from sayso.lexicon import words

Outlook = Literal["past", "present", "future"]


def outlook(sentence: Sentence, start: int, end: int) -> Outlook | None:
    """Whether the clause around the words from `start` to `end` looks back or ahead.

    Offsets are the document's. None where no verb tells. The verb next to the words is asked first:
    in "announced Wednesday" and "said Thursday that the troops will stay" it knows better than a
    tree that tied the day to the wrong clause.
    """
    inside = [t for t in sentence.tokens if t.start < end and t.end > start]
    if not inside:
        return None
    held = _held(sentence, inside[-1])
    if held is not None and not _is(held, "events"):
        return "past"
    left = inside[0].i - 1
    until = False
    while left >= 0 and sentence.tokens[left].lower in words("dates", "tense.between"):
        until = until or _is(sentence.tokens[left], "until")
        left -= 1
    head = next(t for t in inside if t.head is t or t.head not in inside)
    beside = sentence.tokens[left] if left >= 0 else None
    steps = [head, *head.ancestors()]
    if beside is not None and beside.pos == "VERB" and _tied(beside):
        steps.insert(0, beside)
    for step in steps:
        if any(inside[-1].i < mark.i < step.i for mark in step.kids("mark")):
            continue  # the clause of this verb opens after the time: "on Tuesday that ... would"
        # "is due to meet" may be read as the preposition "due to".
        due = step.tag == "VB" and any(_is(c, "ahead") for c in step.kids("case"))
        if step not in inside and (due or _is(step, "ahead")):
            return "future"
        if not _verbal(step):
            continue
        seen = view(step)
        if seen == "past" and until and not _is(step, "lasting") and not _negated(step):
            return "future"  # "was closed until Friday", but "lasted until Friday"
        if seen is not None:
            return seen
    return None


def _held(sentence: Sentence, last: Token) -> Token | None:
    """The noun that a time has by a possessive: the attack in "Friday's deadly attack"."""
    rest = sentence.tokens[last.i + 1 : last.i + 6]
    if not rest or rest[0].tag != "POS":
        return None
    return next((t for t in rest if t.pos == "NOUN"), None)


def _tied(verb: Token) -> bool:
    """Whether the form of a verb next to a time can be trusted by itself."""
    return verb.tag in ("VBD", "VBN", "VBZ", "VBP") or (
        verb.tag == "VB" and bool(verb.kids("aux", "mark"))
    )


def _negated(verb: Token) -> bool:
    return any(t.feats.find("Polarity=Neg") >= 0 for t in verb.kids("advmod"))


def view(verb: Token) -> Outlook | None:
    """What one verb says for itself; None if it takes its time from the verb above it."""
    helpers = verb.kids("aux", "cop")
    if any(helper.lower == "could" for helper in helpers) and _negated(verb):
        return "past"  # "could not be reached on Friday"
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
        # Without "to" it is a past form that looks like the infinitive: "a ship hit the bridge".
        return "future" if verb.kids("mark") else "past"
    if verb.tag == "VBN":
        return "past"
    return None


def _verbal(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or bool(token.kids("cop", "aux"))


def _is(token: Token, key: str) -> bool:
    listed = words("dates", f"tense.{key}")
    return token.lower in listed or token.lemma.lower() in listed
