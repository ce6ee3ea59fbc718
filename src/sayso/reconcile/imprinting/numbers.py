"""Words as numbers: the same word has the same number everywhere, and no two have one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]


def hashed(text: str) -> int:
    """The number of some words, of 60 bits: the first of their BLAKE2b hash."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 4


number = lru_cache(maxsize=1 << 15)(hashed)
"""The same of a single word, which was in another text most of the time."""


def packed(found: Iterable[int]) -> bytes:
    """Numbers of 64 bits, one after another."""
    return np.fromiter(found, "<u8").tobytes()


def places(found: Iterable[int]) -> bytes:
    """Places in a text, or counts, of 32 bits each."""
    return np.fromiter(found, "<u4").tobytes()


def numbers_in(held: bytes) -> Numbers:
    """Packed numbers, as an array that is not to be written to."""
    return np.frombuffer(held, "<u8")


def places_in(held: bytes) -> Places:
    """The same of places."""
    return np.frombuffer(held, "<u4")
