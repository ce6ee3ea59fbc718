"""Which paragraphs can hold a claim at all: word matching, so that the rest need not be parsed.

There is no word list here. A claim needs a word of `data/en/harm.toml`, or a verb or noun of
`data/en/events.toml` with the company that its entry demands, so a paragraph without one cannot
yield any. Around those that can, what claims lean on is kept: the paragraph before (who "he" is,
whose statement goes on) and the opening (dateline, what the story is about). Parsing less means
knowing less: places, times and sayings of the other paragraphs are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from sayso.language.encoding.lemmas import Lemmas
from sayso.language.people import members
from sayso.lexicon import table

OPENING = 2
"""Paragraphs at the top that are kept wherever anything is."""

Needs = tuple[frozenset[str], ...]
"""Sets of words, of each of which a paragraph must have one."""

# The conditions of an event's verb that ask for certain words.
_DEMANDS = ("object", "subject", "need", "need_noun", "inner", "object_text", "subject_text")


class Gate:
    """Matches the words of paragraphs in a language; `lemmas` says which words a form may be of."""

    def __init__(self, lemmas: Lemmas, language: str) -> None:
        self._needs = _triggers(language)
        self._forms = lru_cache(100_000)(lemmas.possible)

    def wanted(self, paragraphs: Sequence[Sequence[str]]) -> list[bool]:
        """For each paragraph of a document, given as its words, whether it has to be parsed."""
        holds = [self.holds(words) for words in paragraphs]
        if not any(holds):
            return holds
        following = [*holds[1:], False]
        return [
            n < OPENING or here or after
            for n, (here, after) in enumerate(zip(holds, following, strict=True))
        ]

    def holds(self, words: Iterable[str]) -> bool:
        """Whether these words can hold a claim."""
        present: set[str] = set()
        for word in words:
            present |= self._forms(word)
        return any(
            all(present & need for need in needs)
            for word in present & self._needs.keys()
            for needs in self._needs[word]
        )


def _triggers(language: str) -> dict[str, list[Needs]]:
    """Per word, what else must stand in the paragraph, in one of these ways."""
    found: dict[str, list[Needs]] = defaultdict(list)
    for word, needs in (*_harms(table("harm", language)), *_events(language)):
        found[word].append(needs)
    return {word: [()] if () in ways else ways for word, ways in found.items()}


def _harms(harm: dict[str, Any]) -> Iterator[tuple[str, Needs]]:
    """The words that can make a figure."""
    for section in ("transitive", "intransitive", "adjectives", "nouns", "people", "crowds"):
        for words in harm[section].values():
            yield from ((word, ()) for word in words)
    for word in (*harm["toll"]["alone"], *harm["none"]["both"]):
        yield word, ()
    for nouns in harm["losses"].values():
        for noun, of in nouns.items():
            yield noun, (frozenset(of),)
    for phrases in harm["states"].values():
        for *rest, last in map(str.split, phrases):
            yield last, tuple(frozenset((word.strip(","),)) for word in rest)
    for phrase in harm["phrase"]:
        needs = [
            frozenset(phrase[part])
            for part in ("object", "subject", "oblique", "complement")
            if part in phrase
        ]
        yield from ((verb, tuple(needs)) for verb in phrase["verb"])


def _events(language: str) -> Iterator[tuple[str, Needs]]:
    """The verbs and nouns that can make an event."""
    events, grammar = table("events", language), table("grammar", language)
    demanded = partial(_demanded, classes=events["classes"], language=language)
    for entry in events["verb"]:
        demands = [need for key in _DEMANDS for need in demanded(entry.get(key, []))]
        for pattern in entry["verbs"]:
            word, _, thing = pattern.partition(":")
            verb, _, particle = word.partition("+")
            needs = [frozenset((particle,))] if particle else []
            needs += demanded([thing] if thing else [])
            yield verb, (*needs, *demands)
    for word in events["closed"]["willing"]:  # "is ready to"
        yield word, (frozenset(grammar["infinitive"]),)
    for word in events["closed"]["saying"]:  # "said that they must", "said that it will not"
        yield word, (frozenset(grammar["obliging"]),)
        yield word, (frozenset(grammar["future"]), frozenset(grammar["negation"]))
    for entry in events["noun"]:
        demands = [need for key in ("with", "phrase") for need in demanded(entry.get(key, []))]
        yield from ((noun, tuple(demands)) for noun in entry["nouns"])


def _demanded(
    names: Iterable[str], classes: dict[str, list[str]], language: str
) -> list[frozenset[str]]:
    """The words that a condition of an event's entry asks for, none if other words fit too."""
    words: set[str] = set()
    for name in names:
        if name.isupper():  # a kind ("PARTY", "NONE"), which any word may be
            return []
        if name.startswith("@"):
            words |= {*classes.get(name[1:], ()), *members(name[1:], language)}
        else:
            words.add(name.split()[-1])
    return [frozenset(words)] if words else []
