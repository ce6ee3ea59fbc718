"""The words of a text and how much each of them tells, for comparing documents.

How much a word tells depends on how rare it is, in news at large and among the incidents told so
far. The first comes from a shipped table, so that ten documents are weighed nearly as ten thousand
are. The second takes over as incidents gather: in the coverage of one war its front, its capital
and its general stand in every report, and tell no attack from another. Incidents are counted and
not documents, since a word that fills the hundred reports of one incident tells it from all others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache

from sayso.lexicon import LANGUAGE
from sayso.lexicon.background import counted
from sayso.reconcile.imprinting.numbers import hashed

Vector = dict[int, float]
"""Weights by word, of length one; words go by their numbers."""

BACKGROUND = 500
"""As many incidents as the shipped table counts for beside those told so far. Of 387 wire reports
from one war that people sorted, every second one was put among others where no incidents were
counted at all (BCubed precision .55); with them every fifth (.80)."""

RARE = 0.003
"""A word in fewer of the texts is rare: a name, a trade, a thing that few reports are about."""

STRONGEST = 160
"""Words of a text that are compared; the weakest of a long text tell nothing."""

_SCALE = 100_000  # the background table counts texts in so many
_UNLISTED = 3  # a word that the table lacks: rarer than its rarest, which stand in five or six
_ONE_WORD = 0.2
_PLACE_WORD = 0.05
_LEAD = 2
_EVERYWHERE = 1.5  # a word in more than every fifth text tells nothing


class Rarity:
    """How rare words are, in news at large and among the incidents counted here."""

    def __init__(self) -> None:
        self._incidents = 0
        self._in: Counter[int] = Counter()

    def open(self) -> None:
        """Count another incident, of no words yet."""
        self._incidents += 1

    def close(self) -> None:
        """Forget the incident counted last."""
        self._incidents -= 1

    def add(self, words: Collection[int]) -> None:
        """Count words that an incident had not used before."""
        self._in.update(words)

    def remove(self, words: Collection[int]) -> None:
        """Forget words that were added."""
        self._in.subtract(words)

    def __call__(self, word: int) -> float:
        """The share of texts that have the word, above 0 and at most 1."""
        at_large = _at_large().get(word, _UNLISTED) / _SCALE
        return (BACKGROUND * at_large + self._in[word]) / (BACKGROUND + self._incidents)

    def vector(self, counts: Mapping[int, int], lead: Collection[int] = ()) -> Vector:
        """Words by what they tell, of length one, the `STRONGEST` only.

        `counts` says how often a text has each word. A word said ten times tells more than a word
        said once, but not ten times as much; a word of the lead, where a report says what is new,
        tells twice as much as one of the history below.
        """
        told = {}
        for word, count in counts.items():
            weight = -math.log(self(word)) - _EVERYWHERE
            if weight > 0:
                told[word] = (1 + math.log(count)) * weight * (_LEAD if word in lead else 1)
        if len(told) > STRONGEST:
            strongest = sorted(told, key=lambda word: (-told[word], word))[:STRONGEST]
            told = {word: told[word] for word in strongest}
        length = math.sqrt(math.fsum(value * value for value in told.values()))
        return {word: value / length for word, value in told.items()} if length else {}


def likeness(a: Vector, b: Vector, places: Collection[int] = ()) -> float:
    """How alike two texts are, from 0 (no telling word in common) to at most 1.

    One word counts for a fifth at most, and one of `places` for a twentieth: two short texts that
    share a town's name and nothing else are not alike.
    """
    if len(b) < len(a):
        a, b = b, a
    # fsum, since the order of a dict must not show in the last digit.
    return math.fsum(
        min(value * b[word], _PLACE_WORD if word in places else _ONE_WORD)
        for word, value in a.items()
        if word in b
    )


@cache
def _at_large() -> dict[int, int]:
    """In how many of `_SCALE` texts each word stands, by its number."""
    return {hashed(word): texts for word, texts in counted(LANGUAGE)}
