"""Words as the encoder takes them: pieces of an uncased vocabulary, and a feature for case."""

from __future__ import annotations

import unicodedata

# The vocabulary is uncased and was trained with straight quotes and hyphens.
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "`": "'", "—": "-", "–": "-", "…": "."}
)


class Pieces:
    """WordPiece as BERT's uncased vocabulary has it: word -> ids of its pieces, at most twelve."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._seen: dict[str, list[int]] = {}
        self.begin, self.stop = self._ids["[CLS]"], self._ids["[SEP]"]
        self._unknown = self._ids["[UNK]"]

    def __call__(self, word: str) -> list[int]:
        known = self._seen.get(word)
        if known is None:
            known = self._split(word)
            if len(self._seen) < 200_000:
                self._seen[word] = known
        return known

    def _split(self, word: str) -> list[int]:
        plain = '"' if word in ("``", "''") else word.translate(_PLAIN)
        letters = [
            c
            for c in unicodedata.normalize("NFD", plain.lower())
            if unicodedata.category(c) not in ("Mn", "Cc", "Cf")
        ]
        parts, part = [], ""
        for c in letters:
            if c.isspace() or unicodedata.category(c)[0] == "P" or c in "$+<=>^`|~":
                parts += [part, c]
                part = ""
            else:
                part += c
        parts.append(part)
        ids = [i for p in parts if p.strip() for i in self._longest_first(p)]
        return (ids or [self._unknown])[:12]

    def _longest_first(self, part: str) -> list[int]:
        if len(part) > 100:
            return [self._unknown]
        ids, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start and ("##" * (start > 0) + part[start:end]) not in self._ids:
                end -= 1
            if end == start:
                return [self._unknown]
            ids.append(self._ids["##" * (start > 0) + part[start:end]])
            start = end
        return ids


def shape(word: str) -> int:
    """The case feature of a word, 1 to 8, as the encoder was trained with it."""
    if not any(c.isalnum() for c in word):
        return 8
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    if any(c.isdigit() for c in word):
        return 5
    if all(c.islower() for c in letters):
        return 1
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 7
