"""The words of a text by its sentences, and what an account in it has of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.lexicon.background import WORD, plain
from sayso.reconcile.imprinting.numbers import hashed, numbers_in, places_in
from sayso.records import LEAD, Parts

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b(?: [A-Z][a-z]{2,}\b)*")
"""Words with a capital that no beginning of a sentence gave them."""

_APOSTROPHES = "'’"
_LINE = re.compile(r"\n")
_STOP = re.compile(r"[.!?][”\"’' ](?=\S)")  # an initial too, and no harm done
_Ints = npt.NDArray[np.int64]
_SMALL = 1 << 16  # as many different words have few texts


class Told(NamedTuple):
    """Words by their numbers: how often each is there, those of the lead, and those of names."""

    counts: Counter[int]
    lead: frozenset[int]
    names: frozenset[int]


def parts(text: str) -> Parts:
    """The words of a text, by its sentences."""
    stops = [m.end() for m in _STOP.finditer(text)]
    lines = [m.start() for m in _LINE.finditer(text)] if "\n" in text.strip() else stops
    paragraphs = {0, *lines}
    begins = sorted({*paragraphs, *stops, *([LEAD] if len(text) > LEAD else ())})
    ends = [*begins[1:], len(text)]
    if LEAD in begins:  # a word that runs over the lead is of what follows
        ends[begins.index(LEAD) - 1] = _before_word(text, LEAD)
    words = [list(map(_number, WORD.findall(text, *span))) for span in pairwise([0, *ends])]
    names: list[list[int]] = [[] for _ in begins]
    for found in _NAME.finditer(text):
        names[bisect_right(begins, found.start()) - 1] += map(_number, WORD.findall(found[0]))
    each, place = np.unique(
        np.fromiter(chain(*words, *names), dtype=np.uint64), return_inverse=True
    )
    many, named = list(map(len, words)), list(map(len, names))
    kind = _kind(len(each))
    return Parts(
        words=each.astype("<u8").tobytes(),
        parts=np.array(
            [begins, [at in paragraphs for at in begins], many, named], dtype="<u4"
        ).T.tobytes(),
        told=_sorted(many, place[: sum(many)]).astype(kind).tobytes(),
        names=_sorted(named, place[sum(many) :]).astype(kind).tobytes(),
    )


def _before_word(text: str, at: int) -> int:
    """The place, or the beginning of the word that runs over it."""
    start = at
    while start and (text[start - 1].isalpha() or text[start - 1] in _APOSTROPHES):
        start -= 1
    found = WORD.search(text, start)
    return found.start() if found and found.start() < at < found.end() else at


def _sorted(many: Sequence[int], place: _Ints) -> _Ints:
    """The words of parts that have so many each, in each sorted."""
    return place[np.lexsort((place, np.repeat(np.arange(len(many)), many)))]


@lru_cache(maxsize=1 << 15)  # most words of a text were in another
def _number(printed: str) -> int:
    return hashed(plain(printed))


def told(held: Parts) -> Told:
    """What is told in all of a text."""
    rows = _rows(held)
    lead = int(rows[rows[:, 0] < LEAD, 2].sum())
    return _told(held, slice(None), slice(lead), slice(None))


def told_in(
    held: Parts, length: int, wanted: Callable[[set[int]], bool], starts: Collection[int]
) -> Told:
    """What is told in those paragraphs of a text of that length, or sentences of one that has
    none, that are wanted for which of `starts`, offsets, they hold."""
    rows = _rows(held)
    opening = np.flatnonzero(rows[:, 1]).tolist()
    bounds = [*rows[opening, 0].tolist(), length + 1]
    chosen = np.zeros(len(rows), dtype=bool)
    lead = np.zeros(len(rows), dtype=bool)
    before = 0  # characters of the paragraphs chosen till here
    for n, first in enumerate(opening):
        start, end = bounds[n], bounds[n + 1]
        if wanted({at for at in starts if start <= at < end}):
            until = opening[n + 1] if n + 1 < len(opening) else len(rows)
            chosen[first:until] = True
            lead[first:until] = before + rows[first:until, 0] - start < LEAD
            before += end - start + 1
    by_word, by_name = rows[:, 2], rows[:, 3]
    return _told(
        held, np.repeat(chosen, by_word), np.repeat(lead, by_word), np.repeat(chosen, by_name)
    )


_Chosen = slice | npt.NDArray[np.bool_]


def _told(held: Parts, counted: _Chosen, lead: _Chosen, named: _Chosen) -> Told:
    words = numbers_in(held.words)
    kind = _kind(len(words))
    each, names = np.frombuffer(held.told, kind), np.frombuffer(held.names, kind)
    counts = np.bincount(each[counted], minlength=len(words))
    there = np.flatnonzero(counts)
    return Told(
        Counter(dict(zip(words[there].tolist(), counts[there].tolist(), strict=True))),
        frozenset(words[each[lead]].tolist()),
        frozenset(words[names[named]].tolist()),
    )


def _rows(held: Parts) -> _Ints:
    """Of each part where it begins, whether a paragraph does, and how many words and names."""
    return places_in(held.parts).reshape(-1, 4).astype(np.int64)


def _kind(words: int) -> str:
    """How the places of so many words are written."""
    return "<u2" if words <= _SMALL else "<u4"
