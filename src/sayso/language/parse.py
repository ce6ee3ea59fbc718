"""Sayso's own engine: texts cut into words, words into runs, runs parsed by the encoder.

The runs of a batch of texts share the cores. A text reads the same alone and among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path

from sayso.language.cuts import Cuts
from sayso.language.encoder import Encoder, Parse
from sayso.language.gate import Gate
from sayso.language.runs import Words, head_of, runs
from sayso.language.trees import Sentence, Token, attach, entities, name_label
from sayso.lexicon import LANGUAGE
from sayso.shapes.blocks import standing

BATCH = 32
"""Texts that are parsed together."""

Rows = list[int]
"""Which words of a text."""


class Parser:
    """The engine of a language. Raises `EngineError` if its files are missing or broken.

    `threads` runs are parsed at once, 0 for one on each core. With `gate` only paragraphs that can
    hold a claim are parsed (see `sayso.language.gate`).
    """

    def __init__(self, threads: int = 0, *, gate: bool = False, language: str = LANGUAGE) -> None:
        self.language = language
        with _folder(language) as folder:
            self.encoder = Encoder(folder, threads)
        self._cuts = cuts(language)
        self._gate = Gate(self.encoder.lemmas, language) if gate else None

    def sentences(self, texts: Iterable[str]) -> Iterator[list[Sentence]]:
        """For each text its sentences, in order; see `Engine`."""
        waiting = iter(texts)
        while batch := list(islice(waiting, BATCH)):
            words = [Words.of(text, self._cuts.words(text)) for text in batch]
            for text, each, parsed in zip(batch, words, self.parsed(words), strict=True):
                yield _sentences(text, each, parsed, self.language)

    def parsed(self, batch: Sequence[Words]) -> Iterator[list[tuple[Rows, Parse]]]:
        """For each text, given as its words, the runs of it with their parses, in order; words that
        are in none were not parsed."""
        listed = [[*words.listed()] for words in batch]
        cut = [self._wanted(*each) for each in zip(batch, listed, strict=True)]
        todo = [words.run(rows) for words, found in zip(batch, cut, strict=True) for rows in found]
        parses = iter(self.encoder.parse(todo))
        for words, found, names in zip(batch, cut, listed, strict=True):
            parsed = [(rows, next(parses)) for rows in found]
            parsed += [(rows, _named([words.texts[i] for i in rows])) for rows in names]
            yield sorted(parsed, key=lambda each: each[0][0])

    def _wanted(self, words: Words, listed: Sequence[Rows]) -> list[Rows]:
        """The runs to parse: all but those listed, which are names, and those of no interest."""
        aside = {rows[0] for rows in listed}
        found = [r for r in runs(words, self.encoder.size) if r[0] not in aside]
        texts = [[words.texts[i] for i in rows] for rows in found]
        heads = list(map(head_of, texts))
        named = [tuple(each[:at]) for each, at in zip(texts, heads, strict=True) if at]
        # One that heads two paragraphs is a speaker.
        several = len(named) > 1 and len(set(named)) == len(named)
        wanted = self._gate.wanted(texts) if self._gate is not None else [True] * len(found)
        kept = [
            (rows, at if several else 0)
            for rows, at, want in zip(found, heads, wanted, strict=True)
            if want
        ]
        return [part for rows, at in kept for part in (rows[:at], rows[at:]) if part]


def cuts(language: str) -> Cuts:
    """What cuts the texts of a language into words. Raises `EngineError` as `Cuts` does."""
    with _folder(language) as folder:
        return Cuts(folder / "cuts.json", language)


def _folder(language: str) -> AbstractContextManager[Path]:
    return as_file(files("sayso") / "data" / language / "engine")


def _named(words: Sequence[str]) -> Parse:
    """What stands in for the parse of a name in a table: its words side by side."""
    count = len(words)
    return Parse(
        pos=[_pos(word) for word in words],
        tags=[""] * count,
        feats=[""] * count,
        lemmas=[*words],
        heads=[0] * count,
        deps=["ROOT", *["flat"] * (count - 1)],
        names=["O"] * count,
    )


def _pos(word: str) -> str:
    """What a word is by its letters alone."""
    if word[:1].isalpha():
        return "PROPN" if word[0].isupper() else "NOUN"
    return "NUM" if word[:1].isdigit() else "PUNCT"


def _sentences(
    text: str, words: Words, parsed: Sequence[tuple[Rows, Parse]], language: str
) -> list[Sentence]:
    """The sentences of a text."""
    cut = [
        (rows, parse, first, past) for rows, parse in parsed for first, past in parse.sentences()
    ]
    bounds = [
        (words.starts[rows[first]], words.starts[rows[past - 1]] + len(words.texts[rows[past - 1]]))
        for rows, _, first, past in cut
    ]
    found = []
    stand = standing(text, bounds)
    for (rows, parse, first, past), (start, end), (number, kind) in zip(
        cut, bounds, stand, strict=True
    ):
        tokens = tuple(
            Token(
                i=row - first,
                text=words.texts[i],
                lemma=parse.lemmas[row],
                pos=parse.pos[row],
                tag=parse.tags[row],
                dep="root" if parse.deps[row] == "ROOT" else parse.deps[row],
                feats=parse.feats[row],
                start=words.starts[i],
                end=words.starts[i] + len(words.texts[i]),
                entity=name_label(parse.names[row][2:]),
            )
            for row, i in enumerate(rows[first:past], first)
        )
        attach(tokens, [head - first for head in parse.heads[first:past]])
        names = tuple(entities(tokens, parse.names[first:past]))
        found.append(Sentence(text[start:end], start, end, number, tokens, names, language, kind))
    return found
