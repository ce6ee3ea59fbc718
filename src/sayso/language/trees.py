"""Sentences as Universal Dependencies trees, free of any parser's own types.

An engine fills these; rules read them. A `Token` knows its head and its children, a `Sentence` its
tokens, entities and paragraph. All offsets count Unicode characters of the document's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sayso.lexicon import table, words

NAMES = frozenset(("PERSON", "ORG", "LOC", "NORP", "DATE", "MONEY", "MISC"))
"""The labels of names that rules know."""

_RENAMED = {
    "PER": "PERSON", "GPE": "LOC", "FAC": "LOC", "TIME": "DATE", "EVENT": "MISC", "LAW": "MISC",
    "PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip


def name_label(label: str) -> str:
    """A label of a name, as OntoNotes or CoNLL-2003 have it, as rules know it; "" if it is none.

    OntoNotes also labels what is no name ("CARDINAL"): that gives "".
    """
    label = _RENAMED.get(label, label)
    return label if label in NAMES else ""


@dataclass(eq=False, slots=True)
class Token:
    """One syntactic word.

    `i` counts within its sentence; `pos` is the universal part of speech, `tag` the Penn tag, `dep`
    the universal relation to `head` ("root" for the root, which is its own head; subtypes kept, as
    in "nsubj:pass"); `feats` the universal features as written ("Number=Plur|..."); `entity` the
    label of the name that the token belongs to (PERSON, ORG, LOC, NORP, DATE, MONEY, MISC) or "".
    `start` and `end` are offsets in the document. `lower` is the word as written in lower case, and
    `relation` is `dep` without its subtype: "nsubj" for "nsubj:pass"; rules ask for both so often
    that they are kept.
    """

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    feats: str
    start: int
    end: int
    entity: str = ""
    sentence: Sentence = field(init=False, repr=False)
    head: Token = field(init=False, repr=False)
    children: list[Token] = field(init=False, repr=False, default_factory=list)
    lower: str = field(init=False, repr=False)
    relation: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.head = self
        self.lower = self.text.lower()
        self.relation = self.dep.partition(":")[0]

    def kids(self, *relations: str) -> list[Token]:
        """Children in any of these relations, in text order.

        A relation without a colon matches every subtype; one with a colon matches exactly.
        """
        if not self.children:  # as half of all words have none
            return []
        return [c for c in self.children if c.dep in relations or c.relation in relations]

    def kid(self, *relations: str) -> Token | None:
        """The first child in any of these relations, or None."""
        for child in self.children:
            if child.dep in relations or child.relation in relations:
                return child
        return None

    def subtree(self, without: Callable[[Token], bool] | None = None) -> list[Token]:
        """This token and all below it, in text order.

        `without` cuts off each descendant (never the token itself) for which it is true, with all
        that hangs below it.
        """
        if not self.children:
            return [self]
        found, todo = [], [self]
        while todo:
            token = todo.pop()
            found.append(token)
            todo += [c for c in token.children if without is None or not without(c)]
        return sorted(found, key=_position)

    def ancestors(self) -> Iterator[Token]:
        """The head, its head, and so on up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def line(self) -> tuple[Token, ...]:
        """All tokens of the sentence this one stands in, in text order."""
        return self.sentence.tokens

    @property
    def language(self) -> str:
        """What its sentence is written in."""
        return self.sentence.language

    def words(self, name: str, key: str) -> frozenset[str]:
        """That list of words of its language; see `lexicon.words`."""
        return words(name, key, self.sentence.language)

    def table(self, name: str) -> dict[str, Any]:
        """That table of its language; see `lexicon.table`."""
        return table(name, self.sentence.language)

    def conjuncts(self) -> list[Token]:
        """This token and what is coordinated with it below, in text order."""
        found = [self]
        for child in self.kids("conj"):
            found += child.conjuncts()
        return sorted(found, key=_position)


_position = attrgetter("i")


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A name: its label and its tokens, contiguous."""

    label: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence: its tokens with their tree, its names, and the paragraph it stands in.

    `text` is the document's text from `start` to `end`; `paragraph` counts from 0, a new one for
    each block of the text, and `kind` says what that is, with "head" and "cell" for the parts of a
    row (`sayso.shapes.blocks`). `language` is what it is written in ("en"): whoever reads it asks
    for words by that. Its tokens know it from here on.
    """

    text: str
    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    language: str
    kind: str = "paragraph"

    def __post_init__(self) -> None:
        for token in self.tokens:
            token.sentence = self

    def words(self, name: str, key: str) -> frozenset[str]:
        """That list of words of its language; see `lexicon.words`."""
        return words(name, key, self.language)

    def table(self, name: str) -> dict[str, Any]:
        """That table of its language; see `lexicon.table`."""
        return table(name, self.language)

    def cover(self, tokens: Iterable[Token]) -> tuple[int, int]:
        """Document offsets from the first to the last of these tokens."""
        tokens = list(tokens)
        return min(t.start for t in tokens), max(t.end for t in tokens)

    def quote(self, start: int, end: int) -> str:
        """The words between two document offsets that lie in this sentence."""
        return self.text[start - self.start : end - self.start]


def attach(tokens: Sequence[Token], heads: Sequence[int]) -> None:
    """Tie tokens into a tree: `heads[i]` is the index of token i's head, its own for the root."""
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if head != token.i:
            tokens[head].children.append(token)


def entities(tokens: Sequence[Token], labels: Sequence[str]) -> Iterator[Entity]:
    """The names that labels of words tell: each begins with B or S, and goes on with I or E."""
    named: list[Token] = []
    for token, label in zip(tokens, labels, strict=True):
        if named and label[:1] not in ("I", "E"):
            yield Entity(named[0].entity, tuple(named))
            named = []
        if token.entity:
            named.append(token)
    if named:
        yield Entity(named[0].entity, tuple(named))
