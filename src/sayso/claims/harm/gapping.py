"""Figures whose verb is left out: "147 died in Vessa, 33 in Tovar", "police put the toll at 10, the
opposition at 14", "Twelve had died, the director said. The priest said nine."

A bare number that no harm of its own has, behind a figure and before its own place, day or sayer,
counts those to whom the same was done. Where it stands decides, more than the tree: parsers hang
such remnants anywhere. So does a number that a count comes to, of those told of in the sentence
before: "The count is 19", "Its list now has 29 names", "The hospital corrected itself: 11".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso import lexicon
from sayso.claims.harm.singles import those_counted
from sayso.language.grammar.features import is_finite, is_word
from sayso.language.grammar.noun_phrase import is_definite, led, marks
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token

_WITHIN = 8
"""Words between a remnant and the stop before it: "the government of the province at 14"."""


def remnants(
    sentence: Sentence, left: Sequence[Quantity], ends: Sequence[int], begins: bool = False
) -> Iterator[Quantity]:
    """The bare numbers of a sentence that count on with a figure, in text order.

    `left` are the numbers that no harm has, `ends` the last tokens of the figures before them;
    `begins` = the sentence before ended with a figure that its first number may count on with.
    """
    for quantity in left:
        if quantity.whole is not None:
            continue
        if begins and _is_count(quantity):
            yield quantity
            return
        if not is_bare(quantity):
            continue
        first = quantity.tokens[0].i
        before = [end for end in ends if end < first]
        if before:
            between = sentence.tokens[before[-1] + 1 : first]
            if _follows(between) and (_has_place(quantity) or _is_said(between, quantity)):
                yield quantity
                ends = [*ends, quantity.tokens[-1].i]
        elif begins and _is_an_answer(sentence, quantity):
            yield quantity


def is_bare(quantity: Quantity) -> bool:
    """Whether the number stands alone: no noun, no "of them", is behind it."""
    head = quantity.head
    if head.dep in ("nummod", "amod", "det", "compound") and head.head.i > head.i:
        return False
    behind = _behind(quantity)
    return not behind or (
        behind[0].pos in ("ADP", "PUNCT", "CCONJ", "VERB", "ADV")
        and not (behind[0].relation == "case" and is_word(behind[0], "genitive"))
    )


def is_gapped(quantity: Quantity) -> bool:
    """Whether a number that the words beside it make a label or a date may yet count people: "in
    Tovar 14", where the 14 is no part of the name, "and 14 on Tuesday".
    """
    head, behind = quantity.head, _behind(quantity)
    line = head.line()
    before = line[max(0, quantity.tokens[0].i - 1)]
    if not behind or behind[0].pos == "PUNCT":
        if _is_opened_alike(before):
            return True
        return quantity.unit == "label" and before.entity == "LOC" and not head.entity
    own = len(behind) > 1 and is_led(behind[0]) and behind[1].entity == "DATE"
    apart = before.pos in ("PUNCT", "CCONJ") or before.entity != "DATE"  # no "March 19"
    return quantity.unit == "date" and own and apart


def _is_opened_alike(name: Token) -> bool:
    """Whether a name ends a phrase like the one that opens its sentence: "in Karsa ten died, in
    Tovar 14", where no tree or label is asked whether Tovar is a place."""
    line, first = name.line(), name
    while first.i and first.relation in ("flat", "compound"):
        first = line[first.i - 1]
    opened = line[max(0, first.i - 1)]
    known = first.pos == "PROPN" and first.i > 1 and is_led(opened)
    return known and opened.i > 0 and opened.lower == line[0].lower and line[1].pos == "PROPN"


def is_led(word: Token) -> bool:
    """Whether a word may lead a place or a day: "in", "on", "last"."""
    return word.lower in word.words("harm", "gapping.places")


def _behind(quantity: Quantity) -> tuple[Token, ...]:
    behind = quantity.head.line()[quantity.tokens[-1].i + 1 :]
    early = len(behind) > 1 and behind[0].pos == "ADV" and is_led(behind[1])
    return behind[early:][:2]  # "33 early on Monday"


def _follows(between: Sequence[Token]) -> bool:
    """Whether nothing stands between but a stop or an "and", then few words and no verb but that
    of a sayer.
    """
    stops = [n for n, t in enumerate(between) if t.text in (",", ";", ":") or t.pos == "CCONJ"]
    if not stops or len(between) - stops[-1] > _WITHIN:
        return False
    return not any(_tells(t) for t in between[stops[0] :])


def _tells(token: Token) -> bool:
    """Whether a word is a verb that says something new: not "said", nor "put" and the like."""
    own = token.pos == "VERB" and (
        is_finite(token) or any(o.pos == "NUM" for o in token.kids("obj"))
    )
    return own and token.lemma.lower() not in token.words("harm", "gapping.saying")


def _has_place(quantity: Quantity) -> bool:
    """Whether a place or a day of its own stands beside the number: "33 in Tovar"."""
    behind, line, first = _behind(quantity), quantity.head.line(), quantity.tokens[0].i
    led = bool(behind) and is_led(behind[0])
    before = line[max(0, first - 5) : first]
    named = bool(before) and (before[-1].entity in ("LOC", "DATE") or _is_opened_alike(before[-1]))
    ends = not behind or behind[0].pos in ("PUNCT", "CCONJ")
    opened = any(map(is_led, before))
    return led or (named and opened and ends)


def _is_said(between: Sequence[Token], quantity: Quantity) -> bool:
    """Whether a sayer of its own stands before the number or behind it: "the opposition at 14",
    "the charity said 27", "five according to the governor".
    """
    behind = _behind(quantity)
    if behind and behind[0].lower in quantity.head.words("harm", "gapping.by_sayer"):
        return True
    saying = quantity.head.words("harm", "gapping.saying")
    near = list(between[-_WITHIN:])
    stop = max(
        (n for n, t in enumerate(near) if t.text in (",", ";") or t.pos == "CCONJ"), default=-1
    )
    near = near[stop + 1 :]
    if not near or not any(t.pos in ("NOUN", "PROPN") for t in near):
        return False
    sayer = all(t.pos in ("DET", "ADJ", "NOUN", "PROPN") for t in near)
    if sayer and (not behind or behind[0].pos == "PUNCT"):  # "the governor said five, the union 9"
        before = quantity.head.line()[: between[0].i]
        return any(is_finite(t) and t.lemma.lower() in saying for t in before)
    last = near[-1].lower
    said = near[-1].lemma.lower() in saying
    return said or last in quantity.head.words("harm", "gapping.markers")


def _is_an_answer(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the number is all that is said: "The priest said nine.", "The mayor put it at ten.",
    "“No, it was four,” she said."; not "“I was nine.”", "“It was nine in the morning.”".
    """
    number, behind = quantity.head, _behind(quantity)
    if number.head.lemma.lower() not in sentence.words("harm", "gapping.saying"):
        return False
    toll = sentence.words("harm", "gapping.toll")
    if number.relation == "obl":  # "put it at ten", "spoke of 16"
        spoken = led(number, "genitive") and not number.head.kid("obj") and not behind[1:]
        return spoken or any(t.lower in toll for t in number.head.kids("obj"))
    about = number.relation in ("obj", "ccomp")
    return (
        about
        and all(t.lower in toll for t in number.kids("nsubj"))
        and (not behind or behind[0].pos == "PUNCT")
    )


def _is_count(quantity: Quantity) -> bool:
    """Whether a word that counts, and does not say whom, is said to come to the number: "the count
    is 19", "gave the number: 41", "its list now has 29 names", "closed its list at 46"; or a voice
    puts itself right: "corrected itself: 11, not 12".
    """
    tables, noun = lexicon.harm(quantity.head.language), those_counted(quantity)
    line, first = noun.line(), quantity.tokens[0].i
    named = noun.lemma.lower() in tables.lists.names
    if not named and (noun.pos != "NUM" or not is_bare(quantity)):
        return False
    if first > 1 and line[first - 1].text == ":":
        revised = noun.words("changes", "revised.words")
        return any(_counts(t) or t.lemma.lower() in revised for t in line[: first - 1])
    verb = noun.head
    if any(map(_counts, noun.kids("nsubj"))):
        return noun.kid("cop") is not None
    if verb.pos != "VERB":
        return False
    has = verb.lemma in (*tables.lists.having, *tables.toll.reaching)
    if noun.relation == "obj" and has and any(map(_counts, verb.kids("nsubj"))):
        return True
    given = noun.relation == "obl" and not marks(noun).isdisjoint(tables.toll.markers)
    stands = verb.lemma in (*tables.toll.standing, *tables.toll.moving)
    return given and any(map(_counts, verb.kids("obj", "nsubj") if stands else verb.kids("obj")))


def _counts(word: Token) -> bool:
    """Whether it is a word for a count or a list that does not say of what: "its list"."""
    tables = lexicon.harm(word.language)
    counting = word.lower in (*tables.toll.heads, *tables.lists.words)
    known = is_definite(word) or word.kid("nmod:poss") is not None
    return counting and known and not any(led(n, "genitive") for n in word.kids("nmod"))
