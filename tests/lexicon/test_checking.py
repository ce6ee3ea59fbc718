"""What is misspelt in a word table is told with its file and line."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso import lexicon
from sayso.claims import rules
from sayso.errors import EngineError
from sayso.language import people
from sayso.lexicon import SHAPES, table, words
from sayso.lexicon.checking import Sheet
from sayso.records import Kind

SOURCES = Path(lexicon.__file__).parents[1]


class Row(msgspec.Struct, forbid_unknown_fields=True):
    kind: Kind
    verb: tuple[str, ...] = ()
    sure: bool = False
    inner: dict[str, int] = {}


class Whole(msgspec.Struct, forbid_unknown_fields=True):
    """A table of every form that ours have."""

    row: tuple[Row, ...] = ()
    of: dict[Kind, tuple[str, ...]] = {}
    deep: dict[str, dict[str, frozenset[Kind]]] = {}


TABLE = """
# A comment, and [row] in it.
[of]
killed = [
    "kill",  # [[row]]
    "slay",
]
injured = ["hurt"]

[[row]]
kind = "killed"
verb = ["take"]

[[row]]
kind = "missing"
inner = { a = 1, b = 2 }

[deep.one]
two = ["killed"]
"""


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('verb = ["take"]', 'vreb = ["take"]', "line 12: unknown key 'vreb' in [[row]]"),
        ('kind = "missing"', 'sure = "yes"', "line 15: expected `bool`, got `str` at row.sure"),
        ('kind = "missing"\n', "", "line 14: 'kind' is missing in [[row]]"),
        ('kind = "missing"', 'kind = "mising"', "line 15: invalid enum value 'mising' at row.kind"),
        ("b = 2", 'b = "x"', "line 16: expected `int`, got `str` at row.inner.b"),
        ('"slay"', "7", "line 6: expected `str`, got `int` at of.killed"),
        ("injured", "injurd", "line 8: invalid enum value 'injurd' in [of]"),
        ("[deep.one]", "[depe.one]", "line 18: unknown key 'depe' in the table"),
        ('["killed"]', '["killd"]', "line 19: invalid enum value 'killd' at deep.one.two"),
        ('["killed"]', '"killed"', "line 19: expected `array`, got `str` at deep.one.two"),
        ('["hurt"]', '["hurt"', "line 10"),  # what is no TOML at all, as the library says it
    ],
)
def test_a_fault_is_named_with_its_line(was: str, becomes: str, said: str) -> None:
    assert TABLE.count(was) == 1 and Sheet(TABLE, "x").read(Whole).row[1].inner == {"a": 1, "b": 2}
    with pytest.raises(EngineError) as error:
        Sheet(TABLE.replace(was, becomes), "data/xx/test.toml").read(Whole)
    assert str(error.value).startswith("data/xx/test.toml") and said in str(error.value)


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("harm", 'victim = "subject"', 'victm = "subject"'),
        ("harm", "[to_death]", "[to_deaht]"),
        ("harm", "injured = [", "injurd = ["),
        ("events", "speech = true", "speach = true"),
        ("events", 'type = "PROTEST"', 'type = "PROTESTS"'),
        ("events", "bomb = {", "bomb = 3 #"),
        ("saying", "reporting = [", "reprting = ["),
        ("people", "collective = true", 'collective = "yes"'),
    ],
)
def test_each_table_of_ours_is_checked(
    name: str, was: str, becomes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = lexicon.text(name, "en")
    line = written[: written.index(was)].count("\n") + 1
    broken = Sheet(written.replace(was, becomes, 1), f"data/en/{name}.toml")
    with pytest.raises(EngineError, match=rf"^data/en/{name}\.toml, line {line}: "):
        people.read(broken) if name == "people" else broken.read(SHAPES[name])


def test_a_table_is_checked_whoever_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = lexicon.text("harm", "en") + "\n[tings]\nwords = []\n"
    monkeypatch.setattr(lexicon, "text", lambda *about: broken)
    for ask in (table, words, lexicon.sheet):
        ask.cache_clear()
    try:
        with pytest.raises(EngineError, match=r"unknown key 'tings'"):
            words("harm", "things.words", "en")
    finally:
        for ask in (table, words, lexicon.sheet):
            ask.cache_clear()


def test_the_register_of_rules_is_checked() -> None:
    written = (SOURCES / "claims" / "rules.toml").read_text(encoding="utf-8")
    was = "says = "
    line = written[: written.index(was)].count("\n") + 1
    broken = Sheet(written.replace(was, "sais = ", 1), "claims/rules.toml")
    with pytest.raises(EngineError, match=rf"rules\.toml, line {line}: unknown key 'sais' in \["):
        broken.read(dict[str, rules.Rule])


def asked() -> Iterator[tuple[str, str]]:
    """Every list of words that the sources ask for by its name."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="words") | ast.Attribute(attr="words"),
                    args=[ast.Constant(value=name), ast.Constant(value=key), *_],
                ):
                    yield name, key


def test_every_list_that_is_asked_for_is_there() -> None:
    lists = set(asked())
    assert len(lists) > 100
    for name, key in lists:
        assert words(name, key, "en"), (name, key)


def lists(part: Any, at: str = "") -> Iterator[tuple[str, list[Any]]]:
    if isinstance(part, list):
        yield at, part
    pairs = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in pairs:
        if isinstance(value, dict | list):
            yield from lists(value, f"{at}.{key}")


@pytest.mark.parametrize(
    "path", sorted((SOURCES / "data" / "en").glob("*.toml")), ids=lambda path: path.stem
)
def test_a_list_has_no_word_twice(path: Path) -> None:
    for at, listed in lists(tomllib.loads(path.read_text(encoding="utf-8"))):
        plain = [word for word in listed if isinstance(word, str)]
        assert sorted(plain) == sorted(set(plain)), at
