"""The sequences of five words by which copies are found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from sayso.reconcile.imprinting.numbers import Numbers, hashed, numbers_in
from sayso.records import Sequences

WORDS = 5
"""Length of the sequences compared."""

_OPENING = 8  # words
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»")
_POWERS = np.array([1000003**i % 2**64 for i in range(WORDS)], dtype=np.uint64)


def sequences(text: str) -> Sequences:
    """Those of a text, with all that its outlet printed around it."""
    words = _WORD.findall(text.lower())
    whole = _numbered(words)
    quoted = joined = whole[:0]
    narrated, quotations = _QUOTED.subn(" ", text)
    if quotations:
        narration = _numbered(_WORD.findall(narrated.lower()))
        quoted = np.setdiff1d(whole, narration, assume_unique=True)
        joined = np.setdiff1d(narration, whole, assume_unique=True)
    return Sequences(
        opening=hashed(" ".join(words[:_OPENING])),
        whole=whole.astype("<u8").tobytes(),
        quoted=quoted.astype("<u8").tobytes(),
        joined=joined.astype("<u8").tobytes(),
    )


def compared(held: Sequences) -> tuple[Numbers, Numbers]:
    """All sequences of a text, and those outside quotation marks: one array where none is quoted.
    Each is sorted, and has each once."""
    whole = numbers_in(held.whole)
    if not held.quoted and not held.joined:
        return whole, whole
    narrated = np.setdiff1d(whole, numbers_in(held.quoted), assume_unique=True)
    return whole, np.union1d(narrated, numbers_in(held.joined))


def _numbered(words: Sequence[str]) -> Numbers:
    """Every sequence of five words as a number, sorted, each once; a short text is one sequence."""
    if len(words) < WORDS:
        return np.unique(np.array([crc32(" ".join(words).encode())], dtype=np.uint64))
    numbers = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, WORDS)
    mixed = (windows * _POWERS).sum(axis=1, dtype=np.uint64)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))
