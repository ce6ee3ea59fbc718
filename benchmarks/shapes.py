"""How long the shape of hard texts takes: `python benchmarks/shapes.py [NAME ...]`; seconds,
megabytes, and how many times as long as plain prose of the same size.

A table of 10,000 rows, a list 100 deep, a live page of 2,000 posts, a line of a megabyte: each is
to be read within minutes and a gigabyte, and nothing of it dropped. Plain prose is read first, in
the same run, and counted by the character: on a machine with other work to do the ratio holds.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import load
from sayso.shapes.blocks import blocks
from sayso.shapes.posts import posts

ROWS, DEEP, POSTS, LINE, PROSE = 10_000, 100, 2_000, 1_000_000, 300


def texts() -> Iterator[tuple[str, str]]:
    """Each text with its name, plain prose first."""
    yield "prose", "\n".join(f"{_said(n)} The road to village {n} is closed." for n in range(PROSE))
    rows = [f"District {n}\t{n % 9 + 1}\t{n % 7 + 1}" for n in range(ROWS)]
    yield "table", "\n".join(["The toll by district:", "District\tKilled\tInjured", *rows])
    yield "list", "\n".join(f"{'  ' * n}- {n + 2} people were killed." for n in range(DEEP))
    each = (
        f"2031-03-{11 + n // 600:02}T{n % 600 // 60 + 8:02}:{n % 60:02}Z\n{_said(n)}"
        for n in range(POSTS)
    )
    lead = "Nine people were killed in Gao on Monday, police said. The army sealed off the town."
    yield "live page", "\n".join([lead, *each])
    quiet = "The road to the next village is open, and the market is held on every other day. "
    yield "line", f"{_said(1)} {quiet * (LINE // len(quiet))}{_said(2)}"


def _said(n: int) -> str:
    return f"Police said {n % 90 + 2} people were killed near Karsa."


def main(names: list[str]) -> None:
    """Print a line for each text, or for those of these names."""
    reader = Reader(load(None, {}, {}))
    reader.read(Document(id="first", text=_said(1), published="2031-03-11"))
    plain = 0.0
    for name, text in texts():
        if names and name not in (*names, "prose"):
            continue
        began = time.perf_counter()
        shown, posted = len(blocks(text)), len(posts(text, "2031-03-11"))
        shaped = time.perf_counter() - began
        reading = reader.read(Document(id=name, text=text, published="2031-03-11"))
        spent = time.perf_counter() - began
        plain = plain or spent / len(text)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {len(text):,} characters, {shown:,} blocks, {posted:,} posts", end=" ")
        print(
            f"in {shaped:.1f} s; {len(reading.claims):,} claims in {spent:.1f} s, {peak:,} MB",
            end="",
        )
        print(f", {spent / len(text) / plain:.1f} times prose")
        print(*reading.problems, sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
