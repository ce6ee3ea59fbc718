"""Which words of a text are parsed together: runs of no more than the encoder takes.

A run is a block of the text, or part of a long one. Cells that hold a name or a label are none:
they have no grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sayso.language.encoder import LONGEST, PIECES, Run
from sayso.shapes.blocks import NAME_WORDS, Leaf, leaves

_ENDS = frozenset('.?!”"')
_HEAD = 6  # words within which the colon behind the head of a paragraph comes
_INITIALS = 3  # letters: a head so short is whoever speaks ("WHO: ...")


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words as plain lists: what each is, where it begins, and whether white space follows
    it; `leaf` is the number of the block or cell that it stands in, of those in `leaves`, -1 of the
    marks of a shape.
    """

    texts: list[str]
    starts: list[int]
    spaced: list[bool]
    leaf: list[int]
    leaves: Sequence[Leaf]

    @classmethod
    def of(cls, text: str, spans: Iterable[tuple[int, int]]) -> Words:
        """The words that stand in these places of a text."""
        texts, starts, spaced, leaf = [], [], [], []
        found, here = leaves(text), 0
        for start, end in spans:
            texts.append(text[start:end])
            starts.append(start)
            spaced.append(text[end : end + 1].isspace())
            while here < len(found) and found[here].end <= start:
                here += 1
            inside = here < len(found) and found[here].start < end
            leaf.append(here if inside else -1)
        return cls(texts, starts, spaced, leaf, found)

    def listed(self) -> Iterator[list[int]]:
        """Indexes of the words of each cell that is a name or a label, and no prose."""
        for leaf, words in groupby(
            (i for i in range(len(self.leaf)) if self.leaf[i] >= 0), self.leaf.__getitem__
        ):
            rows = list(words)
            if len(rows) <= NAME_WORDS.get(self.leaves[leaf].kind, 0):
                yield rows

    def run(self, rows: Sequence[int]) -> Run:
        """These words as the encoder takes them."""
        return tuple(self.texts[i] for i in rows), tuple(self.spaced[i] for i in rows)


def runs(words: Words, size: Callable[[str], int]) -> Iterator[list[int]]:
    """Indexes of the words to parse together: a block, cut at a likely sentence end if long.

    A run has at most `LONGEST` words and `PIECES` pieces; `size` says how many pieces a word is.
    """
    run: list[int] = []
    pieces = 2
    for i, (text, leaf) in enumerate(zip(words.texts, words.leaf, strict=True)):
        if leaf < 0:
            continue
        if run and leaf != words.leaf[run[-1]]:
            yield run
            run, pieces = [], 2
        more = size(text)
        if len(run) == LONGEST or pieces + more > PIECES:
            cut = _cut(words.texts, run, text)
            yield run[:cut]
            run = run[cut:]
            pieces = 2 + sum(size(words.texts[k]) for k in run)
        run.append(i)
        pieces += more
    if run:
        yield run


def head_of(texts: Sequence[str]) -> int:
    """How many words that open a paragraph head it, as in a round-up: "PORT KERIM: Gunmen ..."; 0
    where none do. Parsed with the sentence behind it, a place would be its subject.
    """
    mark = next((n for n, text in enumerate(texts) if text == ":"), 0)
    named = all(text.isupper() or not text[:1].isalpha() for text in texts[:mark])
    shouted = mark + 1 >= len(texts) or (texts[mark + 1].isupper() and len(texts[mark + 1]) > 1)
    return (
        mark + 1 if mark and named and len("".join(texts[:mark])) > _INITIALS and not shouted else 0
    )


def _cut(texts: Sequence[str], run: Sequence[int], after: str) -> int:
    """How many words of a full run to part with: up to its last likely sentence end, or all."""
    following = [*(texts[i] for i in run[1:]), after]
    for k in range(len(run), 20, -1):
        if texts[run[k - 1]] in _ENDS and following[k - 1][:1].isupper():
            return k
    return len(run)
