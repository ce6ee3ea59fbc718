"""The words of a text by its sentences, and what an account in it has of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.lexicon.background import placed, tokens
from sayso.reconcile.imprinting.numbers import number, numbers_in, packed, places, places_in
from sayso.records import LEAD, Parts

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b(?: [A-Z][a-z]{2,}\b)*")
"""Words with a capital that no beginning of a sentence gave them."""

_LINE = re.compile(r"\n")
_STOP = re.compile(r"(?<=[.!?][”\"’' ])(?=\S)")  # an initial too, and no harm done
_SMALL = 1 << 16  # as many different words have few texts


class Told(NamedTuple):
    """Words by their numbers: how often each is there, those of the lead, and those of names."""

    counts: Counter[int]
    lead: frozenset[int]
    names: frozenset[int]


def parts(text: str) -> Parts:
    """The words of a text, by its sentences."""
    paragraphs = {0, *(m.start() for m in _paragraphs(text).finditer(text))}
    cuts = {LEAD} if len(text) > LEAD else set()
    begins = sorted({*paragraphs, *cuts, *(m.start() for m in _STOP.finditer(text))})
    told: dict[int, list[int]] = defaultdict(list)
    names: dict[int, set[int]] = defaultdict(set)
    for end, word in placed(text):  # one that runs over the lead is of what follows
        told[bisect_right(begins, end - 1) - 1].append(number(word))
    for found in _NAME.finditer(text):
        names[bisect_right(begins, found.start()) - 1].update(map(number, tokens(found[0])))
    each = sorted({*chain.from_iterable(told.values()), *chain.from_iterable(names.values())})
    place = {word: n for n, word in enumerate(each)}
    kind = _kind(len(each))
    numbered = range(len(begins))
    return Parts(
        words=packed(each),
        parts=places(
            chain.from_iterable(
                (at, at in paragraphs, len(told[n]), len(names[n])) for n, at in enumerate(begins)
            )
        ),
        told=np.fromiter(
            (p for n in numbered for p in sorted(place[w] for w in told[n])), kind
        ).tobytes(),
        names=np.fromiter(
            (p for n in numbered for p in sorted(place[w] for w in names[n])), kind
        ).tobytes(),
    )


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


def _rows(held: Parts) -> npt.NDArray[np.int64]:
    """Of each part where it begins, whether a paragraph does, and how many words and names."""
    return places_in(held.parts).reshape(-1, 4).astype(np.int64)


def _paragraphs(text: str) -> re.Pattern[str]:
    return _LINE if "\n" in text.strip() else _STOP


def _kind(words: int) -> str:
    """How the places of so many words are written."""
    return "<u2" if words <= _SMALL else "<u4"
