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

from sayso import lexicon
from sayso.language.encoding.lemmas import Lemmas
from sayso.language.people import members
from sayso.lexicon import words
from sayso.lexicon.shapes import Events, Harm, Words

OPENING = 2
"""Paragraphs at the top that are kept wherever anything is."""

Needs = tuple[frozenset[str], ...]
"""Sets of words, of each of which a paragraph must have one."""


ROW, NAME = 20, 5
"""Words of a row of a list, at most: with a number in it, and without."""


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
        _take_rows(paragraphs, holds)
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


def _take_rows(paragraphs: Sequence[Sequence[str]], holds: list[bool]) -> None:
    """Want the rows, too, of the lists that wanted paragraphs head: "The dead:", "NAMES OF THE
    DEAD"."""
    below = bare = False
    for n, row in enumerate(paragraphs):
        if holds[n]:
            bare = not row or row[-1] != ":"
            below = below or not bare or 0 < len(row) <= NAME
        else:
            aged = len(row) <= ROW and any(word.isdigit() for word in row)
            holds[n] = below = below and (aged or (not bare and 0 < len(row) <= NAME))


def _triggers(language: str) -> dict[str, list[Needs]]:
    """Per word, what else must stand in the paragraph, in one of these ways."""
    found: dict[str, list[Needs]] = defaultdict(list)
    for word, needs in (*_harms(lexicon.harm(language)), *_events(language)):
        found[word].append(needs)
    return {word: [()] if () in ways else ways for word, ways in found.items()}


def _harms(harm: Harm) -> Iterator[tuple[str, Needs]]:
    """The words that can make a figure."""
    counted = (*harm.toll.words.values(), *harm.named.words.values())
    alone = (*harm.toll.alone, *harm.none.both, *(word for words in counted for word in words))
    yield from ((word, ()) for word in (*harm.telling(), *alone))
    homes, cases = harm.homes, harm.cases
    wrecked = {w for each in (homes.destroyed, homes.damaged) for w in each.said()}
    wrecked |= {*harm.manner["evacuated"]}
    yield from ((word, (frozenset(wrecked),)) for word in homes.words)
    ill = frozenset((*cases.diseases, *cases.told))
    yield from ((word, (ill,)) for word in cases.words)
    yield from ((word, ()) for word in cases.infections)
    for nouns in harm.losses.values():
        for noun, of in nouns.items():
            yield noun, (frozenset(of),)
    for state in (state for states in harm.states.values() for state in states):
        *rest, last = state.split()
        yield last, tuple(frozenset((word.strip(","),)) for word in rest)
    for phrase in harm.phrase:
        needs = tuple(map(frozenset, phrase.company().values()))
        yield from ((verb, needs) for verb in phrase.verb)


def _events(language: str) -> Iterator[tuple[str, Needs]]:
    """The verbs and nouns that can make an event."""
    events = lexicon.events(language)
    demanded = partial(_demanded, events, language)
    for entry in events.verb:
        asked = (entry.object, entry.subject, entry.need, entry.need_noun, entry.inner)
        demands = demanded(*asked, entry.object_text, entry.subject_text)
        for pattern in entry.verbs:
            word, _, thing = pattern.partition(":")
            verb, _, particle = word.partition("+")
            needs = [frozenset((particle,))] if particle else []
            yield verb, (*needs, *demanded((thing,) if thing else None), *demands)
    for word in events.closed.willing:  # "is ready to"
        yield word, (words("grammar", "infinitive", language),)
    # "said that they must", "said that it will not"
    for word in lexicon.saying(language).stating():
        yield word, (words("grammar", "obliging", language),)
        yield word, (words("grammar", "future", language), words("grammar", "negation", language))
    for noun in events.noun:
        demands = demanded(noun.beside, noun.phrase)
        yield from ((word, demands) for word in noun.nouns)


def _demanded(events: Events, language: str, *conditions: Words | None) -> Needs:
    """The words that conditions of an event's entry ask for, each its own; nothing of one that
    other words fit, too."""
    found = []
    for names in conditions:
        fitting: set[str] = set()
        for name in names or ():
            if name.isupper():  # a kind ("PARTY", "NONE"), which any word may be
                break
            if name.startswith("@"):
                fitting |= {*events.classes.get(name[1:], ()), *members(name[1:], language)}
            else:
                fitting.add(name.split()[-1])
        else:
            if fitting:
                found.append(frozenset(fitting))
    return tuple(found)
