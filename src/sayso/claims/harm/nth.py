"""Figures that a text gives by the place of the last one: "hers is the third death of the raid"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso import lexicon
from sayso.claims.event.senses import noun
from sayso.claims.harm.figure import Figure
from sayso.language.grammar.noun_phrase import is_definite
from sayso.language.grammar.polarity import is_negated
from sayso.language.trees import Sentence, Token
from sayso.records import Count


def nth(sentence: Sentence) -> Iterator[Figure]:
    """All so far of an event that the sentence names, where it tells the place of one of them."""
    ordinals: list[str] = sentence.table("numbers")["ordinal"]["words"]
    killed = lexicon.harm(sentence.language).nouns["killed"]
    for death in sentence.tokens:
        if death.lemma.lower() not in killed or not is_definite(death) or is_negated(death):
            continue
        place = next((k for k in death.kids("amod") if k.lower in ordinals), None)
        event = next((n for n in death.kids("nmod") if _is_this_event(n)), None)
        if place is None or event is None:
            continue
        many = ordinals.index(place.lower) + 1
        yield Figure(
            kind="killed",
            count=Count(low=many, high=many, text=place.text),
            who=None,
            by=None,
            predicate=death,
            tokens=sentence.tokens[place.i : death.i + 1],
            whole=None,
            because={"kind": "harm.nth", "count": "number.ordinal"},
            noun=death,
        )


def _is_this_event(word: Token) -> bool:
    """Whether a word names an event that was told of: "the raid"."""
    return is_definite(word) and noun(word) is not None
