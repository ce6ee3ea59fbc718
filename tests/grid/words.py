"""What the grid's sentences are made of: words.toml and figures.toml, typed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ARTICLES = frozenset("a an the of for".split())
REALITIES = ("real", "any", "said", "unreal", "may")
"""How a harm is told of, see `sentences`."""


@dataclass(frozen=True)
class Counted:
    """People to be counted: bounds, the words of which one names them, and how real it is."""

    low: int | None
    high: int | None
    heads: tuple[str, ...]
    part: bool = False
    reality: str = "real"


@dataclass(frozen=True)
class Noun:
    """People by what they are: `one` and `many`."""

    one: str
    many: str
    sort: str


@dataclass(frozen=True)
class Figure:
    """A way to say how many, see figures.toml."""

    sort: str
    text: str
    counts: tuple[str, ...]
    first: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A noun phrase for people who suffer: a figure with its noun."""

    text: str
    first: str
    counts: tuple[Counted, ...]
    many: bool
    sort: str
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doer:
    """Somebody or something that acts; `sort` is armed, body, state, person, crowd, nature, blast."""

    text: str
    the: str
    many: bool
    sort: str

    @property
    def head(self) -> str:
        """The word by which it is known."""
        return self.text.split(" of ")[0].split(" for ")[0].split()[-1]

    @property
    def acts_as(self) -> str:
        """The sort by which verbs know it: bodies with a name are armed."""
        return "armed" if self.sort == "body" else self.sort

    @property
    def is_somebody(self) -> bool:
        """False of storms and bombs: whether they are named as having done it is not judged."""
        return self.sort not in ("nature", "blast")


@dataclass(frozen=True)
class Verb:
    """What is done; `kind` is empty where it is no harm."""

    id: str
    kind: str
    base: str
    now: str
    past: str
    part: str
    ing: str
    noun: str = ""
    tail: str = ""
    particle: str = ""
    by: frozenset[str] = frozenset()
    of: str = ""
    many: bool = False
    few: bool = False
    by_name: bool = False


@dataclass(frozen=True)
class Words:
    """All words of the grid."""

    published: str
    places: tuple[str, ...]
    days: tuple[str, ...]
    sayers: tuple[str, ...]
    bosses: tuple[str, ...]
    nouns: tuple[Noun, ...]
    figures: tuple[Figure, ...]
    doers: tuple[Doer, ...]
    verbs: dict[str, Verb] = field(default_factory=dict)


def load() -> Words:
    """The words as the two files have them. Raises `TypeError` or `ValueError` for a bad row."""
    table = read("words.toml")
    return Words(
        published=table["published"],
        places=tuple(table["places"]),
        days=tuple(table["days"]),
        sayers=tuple(table["sayers"]),
        bosses=tuple(table["bosses"]),
        nouns=tuple(noun(sort, row) for sort, rows in table["nouns"].items() for row in rows),
        figures=tuple(
            Figure(
                row["sort"],
                row["text"],
                tuple(row["counts"]),
                row.get("first", ""),
                tuple(row.get("never", ())),
            )
            for row in read("figures.toml")["figure"]
        ),
        doers=tuple(doer(sort, row) for sort, rows in table["doers"].items() for row in rows),
        verbs={name: verb(name, row) for name, row in table["verbs"].items()},
    )


def read(name: str) -> dict[str, Any]:
    """One of the grid's files of words."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def noun(sort: str, row: str) -> Noun:
    """A noun from "one/many"."""
    one, many = row.split("/")
    return Noun(one, many, sort)


def doer(sort: str, row: str) -> Doer:
    """A doer from its line."""
    text, the, number = (part.strip() for part in row.split("|"))
    return Doer(text, the, number == "many", sort)


def verb(name: str, row: dict[str, Any]) -> Verb:
    """A verb from its row."""
    base, now, past, part, ing = row["forms"].split()
    return Verb(
        name,
        row.get("kind", ""),
        base,
        now,
        past,
        part,
        ing,
        noun=row.get("noun", ""),
        tail=row.get("tail", ""),
        particle=row.get("particle", ""),
        by=frozenset(row.get("by", "state armed person").split()),
        of=row.get("of", ""),
        many=row.get("many", False),
        few=row.get("few", False),
        by_name=row.get("by_name", False),
    )


def group(figure: Figure, noun: Noun) -> Group:
    """The people that a figure makes of a noun."""
    article = "an" if noun.one[0] in "aeiou" else "a"
    said = {"one": noun.one, "many": noun.many, "a_one": f"{article} {noun.one}"}
    text = figure.text.format(**said)
    counts = tuple(counted(row.format(**said)) for row in figure.counts)
    alone = len(counts) == 1 and (counts[0].low, counts[0].high) == (1, 1)
    singular = alone or figure.text.startswith(("one in", "not one"))
    first = (figure.first or figure.text).format(**said)
    return Group(text, first, counts, not singular, figure.sort, figure.never)


def counted(row: str) -> Counted:
    """People to be counted from "LOW..HIGH HEAD part", with "may" before it where they need not be."""
    words = row.split()
    reality = words.pop(0) if words[0] in REALITIES else "real"
    low, dots, high = words.pop(0).partition("..")
    part = words[-1:] == ["part"]
    head = " ".join(words[:-1] if part else words)
    return Counted(
        int(low) if low else None,
        (int(high) if high else None) if dots else int(low),
        tuple(name.split()[-1] for name in head.split("/") if name),
        part,
        reality,
    )


def tokens(*texts: str) -> set[str]:
    """The words of texts that name somebody or something, in lower case."""
    found = (re.findall(r"[\w'-]+", text.lower()) for text in texts)
    return {word.removesuffix("'s") for words in found for word in words} - ARTICLES
