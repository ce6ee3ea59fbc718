"""One broken file after another, read; what came of each."""

from __future__ import annotations

import csv
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import NamedTuple

from fuzz.mutators import broken
from fuzz.seeds import FEEDS, SEEDS, Seed
from sayso.errors import InputError
from sayso.ingest import feeds, inputs
from sayso.records import Capture, Problem
from sayso.wire import encode

LONGEST = 60
"""Seconds that one case may take, on a machine that others use too."""


SEAMLESS = {"taken_out", "swapped"}
"""Ways that may join the beginning of one document to the end of another, as nobody can tell."""


class HangError(BaseException):
    """A case took too long. No `Exception`, which readers take for a fault of the file."""


class Fault(NamedTuple):
    """A case that should not be: its number, file, how it was broken, its bytes, and what is wrong."""

    case: int
    name: str
    how: str
    data: bytes
    what: str


def faults(cases: range, seed: int) -> Iterator[Fault | None]:
    """What is wrong with each case, or None, in their order; a case is the same in every run."""
    for case in cases:
        chance = Random(f"{seed}:{case}")
        one = chance.choice((*SEEDS, *FEEDS))
        data, how = broken(one.data, chance)
        what = wrong(one, data, set(how.split("+")))
        yield Fault(case, one.name, how, data, what) if what else None


def wrong(seed: Seed, data: bytes, ways: set[str]) -> str | None:
    """What is wrong with how a file is read that was broken in these ways; None where nothing is."""
    try:
        with bounded():
            documents, problems = (read if seed in SEEDS else fed)(seed.name, data)
    except HangError:
        return f"takes more than {LONGEST} seconds"
    except Exception:
        return traceback.format_exc(limit=-3)
    silent = documents < seed.documents and not problems and not seed.loose
    if silent and not SEAMLESS & ways and not ends_with_a_row(seed, data, ways):
        return f"gives {documents} documents of {seed.documents}, and not a word"
    return None


def ends_with_a_row(seed: Seed, data: bytes, ways: set[str]) -> bool:
    """Whether a table was cut where a row ends, or within its last cell, which leaves a whole table
    of fewer rows."""
    if "cut" not in ways or not seed.name.endswith((".csv", ".tsv")):
        return False
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8", "replace")
    mark = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=mark))
    return len(rows) < 2 or len(rows[-1]) >= len(rows[0]) or text.endswith(("\r", "\n"))


def read(name: str, data: bytes) -> tuple[int, int]:
    """How many documents and problems a file gives, each of which can be kept."""
    found = list(inputs.handed(name, data))
    for one in found:
        encode(one if isinstance(one, Problem) else one.document)
    documents = sum(isinstance(one, Capture) for one in found)
    return documents, len(found) - documents


def fed(name: str, data: bytes) -> tuple[int, int]:
    """How many items and problems a feed gives."""
    try:
        found = feeds.feed(data, "https://a.example/")
    except InputError:
        return 0, 1
    return len(found.items), len(found.broken)


@contextmanager
def bounded() -> Iterator[None]:
    """Raises `HangError` within where that takes too long."""

    def late(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
