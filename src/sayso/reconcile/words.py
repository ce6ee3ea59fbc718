"""The words of a text and how much each of them tells, for comparing documents.

How much a word tells comes from a shipped table of how common words are in news at large, not from
the documents at hand: ten documents are weighed as ten thousand are, and a document that arrives
later changes no earlier weight. Nothing here knows what a word means.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sayso.errors import EngineError

Vector = dict[str, float]
"""Weights by word, of length one."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCALE = 100_000  # the background table counts texts in so many
_UNLISTED = 3  # a word that the table lacks: rarer than its rarest, which stand in five or six
_TITLE = 3  # a headline is the story in a few words
_ONE_WORD = 0.1
_EVERYWHERE = 1.5  # a word in more than every fifth text tells nothing


def tokens(text: str) -> Iterator[str]:
    """The words of a text in order, in lower case, without figures and without a possessive 's."""
    for found in _WORD.finditer(text):
        word = found[0].lower().replace("’", "'")
        yield word[:-2] if word.endswith("'s") else word


@cache
def background(language: str = "en") -> dict[str, int]:
    """Of 100,000 news texts, how many have the word; treat it as read-only.

    Raises `EngineError` when the language has no such table.
    """
    path = files("sayso") / "data" / language / "background.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise EngineError(f"no background table for language {language!r}") from None
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: int(count) for word, count in rows}


def weight(word: str) -> float:
    """How much a word tells: the logarithm of how rare it is among news texts.

    A word that the table lacks counts as standing in fewer than one text of 100,000.
    """
    return math.log(_SCALE / background().get(word, _UNLISTED))


def vector(title: str, text: str) -> Vector:
    """The words of a document by what they tell, of length one; one in the title counts as three.

    A word said ten times tells more than a word said once, but not ten times as much.
    """
    counts = Counter(tokens(text))
    for word in tokens(title):
        counts[word] += _TITLE
    told = {
        word: (1 + math.log(count)) * (weight(word) - _EVERYWHERE)
        for word, count in counts.items()
        if weight(word) > _EVERYWHERE
    }
    length = math.sqrt(math.fsum(value * value for value in told.values()))
    return {word: value / length for word, value in told.items()} if length else {}


def likeness(a: Vector, b: Vector) -> float:
    """How alike two documents are, from 0 (no telling word in common) to at most 1.

    One word counts for a tenth at most: two short texts that share a town's name and nothing else
    are not alike.
    """
    if len(b) < len(a):
        a, b = b, a
    return math.fsum(min(value * b[word], _ONE_WORD) for word, value in a.items() if word in b)
