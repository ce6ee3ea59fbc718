"""Which way a clause looks in time: back, ahead, or neither.

Reads tense and auxiliaries off the tree, and a short list of words that look ahead whatever their
own tense ("was scheduled for Friday"). No dates here; `dates` uses the answer to choose between
the Friday before and the Friday after.
"""

from __future__ import annotations

from typing import Literal

from sayso.language.grammar.features import (
    is_finite,
    is_gerund,
    is_infinitive,
    is_past,
    is_past_participle,
    is_present,
    is_word,
)
from sayso.language.grammar.polarity import is_negated
from sayso.language.trees import Sentence, Token

Outlook = Literal["past", "present", "future"]


def outlook(sentence: Sentence, start: int, end: int) -> Outlook | None:
    """Whether the clause around the words from `start` to `end` looks back or ahead.

    Offsets are the document's. None where no verb tells. The verb next to the words is asked first:
    in "announced Wednesday" and "said Thursday that the troops will stay" it knows better than a
    tree that tied the day to the wrong clause.
    """
    inside = [t for t in sentence.tokens if t.start < end and t.end > start]
    held = _held(sentence, inside[-1])
    if held is not None and not _is(held, "events"):
        return "past"
    left = inside[0].i - 1
    until = False
    while left >= 0 and _is(sentence.tokens[left], "between"):
        until = until or _is(sentence.tokens[left], "until")
        left -= 1
    head = next(t for t in inside if t.head is t or t.head not in inside)
    beside = sentence.tokens[left] if left >= 0 else None
    steps = [head, *head.ancestors()]
    if beside is not None and beside.pos == "VERB" and _tied(beside):
        steps.insert(0, beside)
    if beside is not None and beside.pos == "ADJ" and _is(beside, "ahead"):
        return "future"  # "a board of four, effective 1 May"
    for step in steps:
        if _is_aside(step):
            continue
        if any(inside[-1].i < mark.i < step.i for mark in step.kids("mark")):
            continue  # the clause of this verb opens after the time: "on Tuesday that ... would"
        # "is due to meet" may be read as the preposition "due to".
        due = is_infinitive(step) and any(_is(c, "ahead") for c in step.kids("case"))
        if step not in inside and (due or _is(step, "ahead")):
            return "future"
        if step.pos not in ("VERB", "AUX") and not step.kid("cop", "aux"):
            continue
        seen = view(step)
        if seen == "past" and until and not _is(step, "lasting") and not is_negated(step):
            return "future"  # "was closed until Friday", but "lasted until Friday"
        if seen is not None:
            return seen
    return None


def _is_aside(verb: Token) -> bool:
    """Whether a verb only says that it went as it was meant to: "began as planned on Friday"."""
    return is_past_participle(verb) and any(_is(t, "like") for t in verb.kids("mark"))


def _held(sentence: Sentence, last: Token) -> Token | None:
    """The noun that a time has by a possessive: the attack in "Friday's deadly attack"."""
    rest = sentence.tokens[last.i + 1 : last.i + 6]
    owned = bool(rest) and rest[0].pos == "PART" and rest[0].relation == "case"
    return next((t for t in rest if t.pos == "NOUN"), None) if owned else None


def _tied(verb: Token) -> bool:
    """Whether the form of a verb next to a time can be trusted by itself."""
    if is_infinitive(verb):
        return bool(verb.kids("aux", "mark"))
    return is_finite(verb) or is_past_participle(verb)


def is_perfect(verb: Token) -> bool:
    """Whether a verb is in the perfect: "has killed", "had been killed", "have left"."""
    return any(is_word(t, "perfect") and not is_gerund(t) for t in verb.kids("aux"))


def is_progressive(verb: Token) -> bool:
    """Whether a verb says what goes on: "are marching", "is being shelled"."""
    aux = verb.kids("aux")
    going = any(map(is_gerund, (verb, *aux)))
    return going and any(is_word(t, "progressive") and not is_gerund(t) for t in aux)


def view(verb: Token) -> Outlook | None:
    """What one verb says for itself; None if it takes its time from the verb above it."""
    helpers = verb.kids("aux", "cop")
    if any(_is(helper, "past_if_not") for helper in helpers) and is_negated(verb):
        return "past"  # "could not be reached on Friday"
    if any(_is(helper, "future") for helper in helpers):
        return "past" if is_perfect(verb) else "future"
    if is_perfect(verb) or any(map(is_past, (verb, *helpers))):
        return "past"
    if any(map(is_present, (verb, *helpers))):
        to_come = is_infinitive(verb) and verb.kids("mark")  # "is to meet on Friday"
        return "future" if to_come else "present"
    if is_infinitive(verb):
        if verb.relation in ("advcl", "conj") or _is(verb.head, "done"):
            return None
        # Without "to" it is a past form that looks like the infinitive: "a ship hit the bridge".
        return "future" if verb.kids("mark") else "past"
    return "past" if is_past_participle(verb) else None


def _is(token: Token, key: str) -> bool:
    listed = token.words("dates", f"tense.{key}")
    return token.lower in listed or token.lemma.lower() in listed
