"""A text cut into words, as the words of the treebanks are cut that the engine learnt from.

What stands between white space is cut from its ends inwards: marks in front and behind, then what
is joined within ("don't" has two words, "Dr." is one). The patterns and the words that are cut by
hand are spaCy's for English (`models/cuts.py`), and so is the order in which they are asked:
https://spacy.io/usage/linguistic-features#how-tokenizer-works
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from sayso.errors import EngineError
from sayso.lexicon import harm

LONGEST = 1_000
"""Characters without white space that are cut at all: an address has some hundreds. What is longer
stays one word, as no mark in it parts anything that people wrote."""

_PIECE = re.compile(r"\S+")

_REMEMBERED = 100_000


class Cuts:
    """Cuts texts of a language into words by the rules in a file.

    Raises `EngineError` where the file is missing or no such file.
    """

    def __init__(self, path: Path, language: str) -> None:
        try:
            rules = json.loads(path.read_text(encoding="utf-8"))
            # Wires close a headline with its source: "Blast kills nine -police".
            self._prefix = re.compile(rf"{rules['prefix']}|^-(?=[A-Za-z])").search
            self._suffix = re.compile(rules["suffix"]).search
            self._infix = re.compile("|".join((rules["infix"], *_glued(language)))).finditer
            self._address = re.compile(rules["address"]).match
            self._by_hand: dict[str, list[str]] = rules["words"]
        except (OSError, ValueError, KeyError, re.error) as error:
            raise EngineError(f"the language engine lacks {path}: {error}") from error
        # Words cut by hand that the patterns would cut: found again in what these made.
        self._joined: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for word in self._by_hand:
            if self._prefix(word) or self._suffix(word) or any(self._infix(word)):
                parts = tuple(self._by_pattern(word, by_hand=False))
                self._joined[parts[0]].append(parts)
        self._cut = lru_cache(_REMEMBERED)(self._ends)

    def words(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each word of the text begins and ends, in order; white space is in none."""
        for piece in _PIECE.finditer(text):
            start, past = piece.span()
            at = start
            for end in self._cut(piece[0]) if past - start <= LONGEST else (past - start,):
                yield at, start + end
                at = start + end

    def _ends(self, piece: str) -> tuple[int, ...]:
        """Where the words of what has no white space end."""
        ends, end = [], 0
        for word in self._by_hand.get(piece) or self._rejoined(self._by_pattern(piece)):
            end += len(word)
            ends.append(end)
        return tuple(ends)

    def _by_pattern(self, text: str, *, by_hand: bool = True) -> list[str]:
        """The words that the patterns cut, and, if asked for, those cut `by_hand` inside."""
        known = self._by_hand if by_hand else {}
        before: list[str] = []
        behind: list[str] = []
        size = -1
        while text and text not in known and size != len(text):
            size = len(text)
            found = self._prefix(text)
            first = found.end() - found.start() if found else 0
            if first and text[first:] in known:
                before.append(text[:first])
                text = text[first:]
                break
            found = self._suffix(text[first:])
            last = found.end() - found.start() if found else 0
            if last and text[:-last] in known:
                behind.append(text[-last:])
                text = text[:-last]
                break
            if first + last > size:
                last = 0
            if first:
                before.append(text[:first])
            if last:
                behind.append(text[-last:])
            text = text[first : size - last]
        return [*before, *(known.get(text) or self._within(text)), *reversed(behind)]

    def _within(self, text: str) -> list[str]:
        """The words of what has no mark before or behind it."""
        if not text or self._address(text):
            return [text] if text else []
        marks = [0]
        for found in self._infix(text):
            if found.start():
                marks += found.span()
        return [text[a:b] for a, b in pairwise([*marks, len(text)]) if b > a]

    def _rejoined(self, words: list[str]) -> list[str]:
        """The words, with those that are cut by hand put together again: the longest first."""
        if not any(word in self._joined for word in words):
            return words
        found = [
            (at, parts)
            for at, word in enumerate(words)
            for parts in self._joined.get(word, ())
            if tuple(words[at : at + len(parts)]) == parts
        ]
        taken: set[int] = set()
        for at, parts in sorted(found, key=lambda f: (-len(f[1]), f[0])):
            rows = range(at, at + len(parts))
            if rows[0] not in taken and rows[-1] not in taken:
                whole = self._by_hand["".join(parts)]
                words[at : at + len(parts)] = [*whole, *[""] * (len(parts) - len(whole))]
            taken.update(rows)
        return [word for word in words if word]


def _glued(language: str) -> Sequence[str]:
    """Between a number and a word glued to it, as in a list that lost its line breaks: "15 death1
    injured31 people"."""
    told = sorted({w for forms in harm(language).labels.values() for w in forms if len(w) > 3})
    return [r"(?<=\d)(?=[a-z]{4})", *(rf"(?<={word})(?=\d)" for word in told)]
