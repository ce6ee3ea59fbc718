"""How long the shape of hard texts takes: `python benchmarks/shapes.py`; seconds and megabytes.

A table of 10,000 rows, a list 100 deep, a live page of 2,000 posts: each is to be read within
minutes and a gigabyte, and nothing of it dropped.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import load
from sayso.shapes.blocks import blocks
from sayso.shapes.posts import posts

ROWS, DEEP, POSTS = 10_000, 100, 2_000


def texts() -> Iterator[tuple[str, str]]:
    """Each text with its name."""
    rows = [f"District {n}\t{n % 9 + 1}\t{n % 7 + 1}" for n in range(ROWS)]
    yield "table", "\n".join(["The toll by district:", "District\tKilled\tInjured", *rows])
    yield "list", "\n".join(f"{'  ' * n}- {n + 2} people were killed." for n in range(DEEP))
    each = (
        f"2031-03-{11 + n // 600:02}T{n % 600 // 60 + 8:02}:{n % 60:02}Z\nPolice said {n % 90 + 2} "
        f"people were killed near Karsa."
        for n in range(POSTS)
    )
    yield "live page", "\n".join(["Violence in Mali: live", *each])


def main() -> None:
    """Print a line for each text."""
    reader = Reader(load(None, {}, {}))
    for name, text in texts():
        began = time.perf_counter()
        shown, posted = len(blocks(text)), len(posts(text, "2031-03-11"))
        shaped = time.perf_counter() - began
        reading = reader.read(Document(id=name, text=text, published="2031-03-11"))
        spent = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {len(text):,} characters, {shown:,} blocks, {posted:,} posts", end=" ")
        print(f"in {shaped:.1f} s; {len(reading.claims):,} claims in {spent:.1f} s, {peak:,} MB")
        print(*reading.problems, sep="\n", flush=True)


if __name__ == "__main__":
    main()
