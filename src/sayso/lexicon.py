"""Word knowledge: the TOML tables of `data/<language>/`, read once, never written.

What a word means to Sayso stands in those tables with a comment that says why; code only says what
is done with it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.errors import EngineError


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
