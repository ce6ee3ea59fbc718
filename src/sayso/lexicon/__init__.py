"""Word knowledge: the TOML tables of `data/<language>/`, read once, never written.

What a word means to Sayso stands in those tables with a comment that says why; code only says what
is done with it. Tables of more than lists have a shape (`shapes`): a key that is misspelt in one,
or holds what it cannot, is an error that names file and line (`checking`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from sayso.errors import EngineError
from sayso.lexicon.checking import Sheet
from sayso.lexicon.shapes import Events, Harm, Saying

LANGUAGE = "en"
"""What Sayso reads, for what is not told in which language a name or a text is."""

SHAPES: dict[str, type[msgspec.Struct]] = {"harm": Harm, "events": Events, "saying": Saying}


@cache
def harm(language: str) -> Harm:
    """The words of harm, `harm.toml`. Raises `EngineError`, see `table`."""
    return sheet("harm", language).read(Harm)


@cache
def events(language: str) -> Events:
    """The words of events, `events.toml`. Raises `EngineError`, see `table`."""
    return sheet("events", language).read(Events)


@cache
def saying(language: str) -> Saying:
    """The words of saying, `saying.toml`. Raises `EngineError`, see `table`."""
    return sheet("saying", language).read(Saying)


@cache
def table(name: str, language: str) -> dict[str, Any]:
    """The table `data/<language>/<name>.toml`; treat it as read-only.

    Raises `EngineError` when the language or the table does not exist, and, naming file and line,
    where it is not of its shape.
    """
    written = sheet(name, language)
    if name in SHAPES:
        written.read(SHAPES[name])
    return written.rows


@cache
def sheet(name: str, language: str) -> Sheet:
    """A table as it is written, for one whose shape is made elsewhere. Raises `EngineError` when
    the language or the table does not exist."""
    return Sheet(text(name, language), f"data/{language}/{name}.toml")


def text(name: str, language: str) -> str:
    """The table as it is written, comments and all.

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
    return sheet(name, "codes").rows


@cache
def words(name: str, key: str, language: str) -> frozenset[str]:
    """One list of words of a table, as a set. `key` may be dotted: "verbs.saying"."""
    value: Any = table(name, language)
    for part in key.split("."):
        value = value[part]
    return frozenset(value)
