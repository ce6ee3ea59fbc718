"""Words for people: one table, `data/<language>/people.toml`, and what may be asked of it.

What a word says stands in the table, once. Groups of people (`groups`), the parties to events and
the kinds of source are views of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import msgspec

from sayso.language.grammar.features import Gender
from sayso.language.spelling import bare, singular
from sayso.language.trees import Token
from sayso.lexicon import sheet, table
from sayso.lexicon.checking import Sheet
from sayso.records import Category, SourceKind

Role = Literal["powers", "rulers", "forces", "armed", "envoys", "talkers"]
"""What people can be in an event; the table says what each means."""


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the table says of one word; its head explains the fields."""

    category: Category
    source: SourceKind | Literal["none"] = "none"
    roles: frozenset[Role] = frozenset()
    neutral: bool = False
    acts: bool = True
    suffers: bool = True
    collective: bool = False
    body: bool = False
    gender: Literal["f", "m"] | None = None
    plural: str | None = None

    @property
    def one(self) -> bool:
        """Whether the word in the singular is one human being, dead or alive to what is said."""
        somebody = self.acts or self.suffers or self.source != "none" or self.neutral
        return somebody and not self.collective and not self.body

    def plays(self, role: str) -> bool:
        """Whether it has this role, or is one of "people" (who act and hold no power) or one of
        "captives" (whoever can be held).
        """
        if role == "people":
            return self.acts and not self.body and "powers" not in self.roles
        return (self.suffers and not self.body) if role == "captives" else role in self.roles


class _Group(Word, frozen=True, forbid_unknown_fields=True):
    """A group as it is written: what its words share, and what single ones differ in."""

    words: tuple[str, ...] = ()
    but: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    group: tuple[_Group, ...]


def known(token: Token) -> Word | None:
    """What the table says of a word, as written or by its lemma; None for no word for people."""
    known_words = rows(token.language)
    return next((known_words[form] for form in forms(token) if form in known_words), None)


def forms(token: Token) -> tuple[str, ...]:
    """The spellings under which a word may stand in the table, the likeliest first."""
    lower, lemma = token.lower, token.lemma.lower()
    return tuple(dict.fromkeys((lower, lemma, singular(lower), bare(lower))))


def acts(token: Token) -> bool:
    """Whether the word is for people, or a body of them, who can do something."""
    word = known(token)
    return word is not None and word.acts


def is_power(token: Token) -> bool:
    """Whether the word is for those who act politically."""
    word = known(token)
    return word is not None and "powers" in word.roles


def is_collective(token: Token) -> bool:
    """Whether one of what the word says is many people or a body: "a crew", "the court"."""
    word = known(token)
    return word is not None and (word.collective or word.body)


def suffers(token: Token) -> bool:
    """Whether the word is for people, whoever they are, to whom harm can be done."""
    word = known(token)
    return word is not None and word.suffers and not word.body


def is_aged(token: Token) -> bool:
    """Whether an age stands for the one who has it: "a 22-year-old"."""
    spans = token.words("numbers", "age.spans")
    after = token.lower in token.words("numbers", "age.after")
    return after and any(k.lemma.lower() in spans and k.i < token.i for k in token.children)


def shown_gender(low: Sequence[str], language: str) -> Gender | None:
    """The gender that titles or nouns, in lower case, show: "Mrs", "spokeswoman"."""
    persons, people = table("sources", language)["persons"], rows(language)
    endings: dict[Gender, str] = persons["endings"]
    for one in endings:
        known = any(people[word].gender == one for word in low if word in people)
        if known or not set(low).isdisjoint(persons[one]):
            return one
    ends = (g for g, end in endings.items() if low[-1].endswith(end) and low[-1] != end)
    return next(ends, None)


@cache
def members(role: str, language: str) -> frozenset[str]:
    """The words of the table that can play a role in an event, as `Word.plays` has it."""
    return frozenset(word for word, row in rows(language).items() if row.plays(role))


@cache
def rows(language: str) -> Mapping[str, Word]:
    """Every word of the table, with plurals that spelling does not tell; treat it as read-only.

    Raises `EngineError` naming the file and the line of what is wrong in it.
    """
    return read(sheet("people", language))


def read(table: Sheet) -> Mapping[str, Word]:
    """The words of a table as it is written.

    Raises `EngineError` naming it and the line, of a key or value that no row may have and of a
    word that stands there twice.
    """
    found: dict[str, Word] = {}
    for number, group in enumerate(table.read(_Table).group):
        at = ("group", number)
        for word, row in _rows(table, at, group):
            for form in dict.fromkeys((word, row.plural or word)):
                if form in found:
                    raise table.fault(at, f"{form!r} stands in the table twice", form)
                found[form] = row
    return found


def _rows(table: Sheet, at: tuple[str, int], group: _Group) -> Iterator[tuple[str, Word]]:
    """The words of one group, which stands at that place."""
    written = table.rows["group"][at[1]]
    shared = {key: value for key, value in written.items() if key not in ("words", "but")}
    row = table.fit(shared, Word, at)
    yield from ((word, row) for word in group.words)
    for word, own in group.but.items():
        yield word, table.fit(shared | own, Word, (*at, "but", word))
