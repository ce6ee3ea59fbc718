"""Figures that say what people some were: "Of the 36 dead, 12 were children and 17 women".

They name no harm: it is that of the figure told just before, of which they are parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.claims.harm.figure import Figure, several
from sayso.claims.harm.parts import holds
from sayso.claims.harm.singles import those_counted
from sayso.language.grammar.features import is_plural
from sayso.language.groups import category, party
from sayso.language.quantities import Quantity
from sayso.language.trees import Sentence, Token


def described(
    sentence: Sentence,
    left: Sequence[Quantity],
    done: Sequence[Figure],
    before: Sequence[Figure],
    earlier: Sequence[Figure],
) -> Iterator[Figure]:
    """One figure for each number of which a clause says only what people they were.

    `left` are the numbers that no harm has, `done` the figures of the sentence, `before` those of
    the sentence before it and `earlier` all before it, where one may be of "the 43".
    """
    for quantity in left:
        noun = _people(quantity)
        if noun is None:
            continue
        first, last = quantity.tokens[0].i, noun.i
        near = [f for f in done if f.tokens[0].i < first]
        if not near and not any(map(_others, sentence.tokens[:first])):
            near = list(before)
        told = [f.whole or f for f in near if several(f)]
        if (of := quantity.whole) is not None:
            told = [f for f in (*earlier, *done) if f.count and f.count.low == of.count.low]
        if quantity.count.low is None:
            continue
        counts = (f for f in reversed(told) if f.count and holds(f.count, quantity.count))
        whole = next(counts, None)
        if whole is None:
            continue
        yield Figure(
            kind=whole.kind,
            count=quantity.count,
            who=party(noun),
            by=whole.by,
            predicate=noun,
            tokens=sentence.tokens[first : last + 1],
            whole=whole,
            because={
                "kind": "harm.described",
                "count": f"number.{quantity.rule}",
                "part_of": "part.said",
            },
        )


def _people(quantity: Quantity) -> Token | None:
    """What those counted are said to have been: a group by its name, and no other harm."""
    head = quantity.head
    if head.relation == "nsubj" and head.pos == "NUM":
        noun, first = head.head, head.head
    else:  # "12 were children and 17 women"
        noun = those_counted(quantity)
        first = noun.head
        rest = noun.relation == "conj" and not noun.kid("cop", "nsubj")
        counted = any(k.pos == "NUM" for k in first.kids("nsubj"))
        if not (rest and counted and head.head is noun):
            return None
    said = first.kid("cop") is not None and noun.i > head.i
    own = said and noun.pos == "NOUN" and is_plural(noun)
    return noun if own and category(noun) != "unspecified" else None


def _others(token: Token) -> bool:
    """Whether a word names people of whom a number behind it may rather count some."""
    return token.relation == "nsubj" and token.pos == "NOUN" and is_plural(token)
