"""How common the words of a language are in news at large, for telling the rare ones that tell."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sayso.errors import EngineError

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word in a text, as it is printed."""


def tokens(text: str) -> Iterator[str]:
    """The words of a text in order, in lower case, without figures and without a possessive 's."""
    return map(plain, WORD.findall(text))


def plain(printed: str) -> str:
    """A word that is printed so, in lower case and without a possessive 's."""
    return printed.lower().replace("’", "'").removesuffix("'s")


@cache
def background(language: str) -> dict[str, int]:
    """Of 100,000 news texts, how many have the word; treat it as read-only.

    Raises `EngineError` when the language has no such table.
    """
    return {sys.intern(word): count for word, count in counted(language)}


def counted(language: str) -> Iterator[tuple[str, int]]:
    """The same, word by word, for who keeps them otherwise. Raises `EngineError`."""
    path = files("sayso") / "data" / language / "background.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise EngineError(f"no background table for language {language!r}") from None
    for line in lines:
        if not line.startswith("#"):
            word, count = line.split("\t")
            yield word, int(count)
