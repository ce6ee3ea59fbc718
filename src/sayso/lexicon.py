"""Word knowledge: the TOML tables of `data/<language>/`, read once, never written.

What a word means to Sayso stands in those tables with a comment that says why; code only says what
is done with it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.errors import EngineError

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@cache
def table(name: str, language: str = "en") -> dict[str, Any]:
    """The table `data/<language>/<name>.toml`; treat it as read-only.

    Raises `EngineError` when the language or the table does not exist.
    """
    return tomllib.loads(text(name, language))


def text(name: str, language: str = "en") -> str:
    """The table as it is written, comments and all, to say at which line something stands.

    Raises `EngineError` when the language or the table does not exist.
    """
    path = files("sayso") / "data" / language / f"{name}.toml"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise EngineError(f"no word table {name!r} for language {language!r}") from None


def codes(name: str) -> dict[str, Any]:
    """The table `data/codes/<name>.toml`, the same in all languages; treat it as read-only.

    Raises `EngineError` when it does not exist.
    """
    return table(name, "codes")


@cache
def words(name: str, key: str, language: str = "en") -> frozenset[str]:
    """One list of words of a table, as a set. `key` may be dotted: "verbs.saying"."""
    value: Any = table(name, language)
    for part in key.split("."):
        value = value[part]
    return frozenset(value)


def tokens(text: str) -> Iterator[str]:
    """The words of a text in order, in lower case, without figures and without a possessive 's."""
    for found in _WORD.finditer(text):
        word = found[0].lower().replace("’", "'")
        yield sys.intern(word[:-2] if word.endswith("'s") else word)


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
    return {sys.intern(word): int(count) for word, count in rows}
