"""How the cost of a document grows with those that are there already.

    python benchmarks/growth.py [DOCUMENTS] > docs/cost.md

DOCUMENTS (200,000) are those of `benchmarks/reconcile.py`: invented, some twenty on each event,
with copies, follow-ups and round-ups. They come a thousand at a time, oldest first, into incidents
and, with the claims of `benchmarks/ledger.py`, into a ledger; each in a process of its own. Curves
go to `docs/images/growth.svg`. Nothing here is asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from engine import table

from ledger import TOGETHER, milliseconds, read, seconds
from reconcile import BATCH, batches, coverage
from sayso.ledger import search
from sayso.ledger.conditions import Filters
from sayso.ledger.store import Ledger
from sayso.pipeline import derive
from sayso.publish.drawing import nice
from sayso.reconcile.coverage import Coverage

CURVES = Path("docs/images/growth.svg")
SMOOTH = 10
"""Thousands whose median is shown, once there are so many: a machine's other work comes in bursts.
"""

SHOWN = (1, 2, 5, 10, 20, 50, 100, 150, 200)
"""Thousands of documents that have a line in the table."""


class Point(NamedTuple):
    """After so many documents: milliseconds that each of the last thousand took, and MB that are
    held beside the documents as they were given."""

    documents: int
    spent: float
    held: float


def resident() -> float:
    """MB that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def grown(documents: int, take: Callable[[list[Any]], None]) -> list[Point]:
    """What each thousand cost when `take` took them."""
    told = coverage(documents)
    gc.collect()
    gc.freeze()  # what is given is not walked again and again: it is no part of what is measured
    before, done, found = resident(), 0, []
    for batch in batches(told):
        started = time.perf_counter()
        take(batch)
        spent = time.perf_counter() - started
        done += len(batch)
        found.append(Point(done, spent / len(batch) * 1000, resident() - before))
        if sys.stderr.isatty():
            print(f"{done:,} documents", end="\r", file=sys.stderr)
    return found


# What the processes of their own do.


def reconciled(documents: int) -> dict[str, Any]:
    """Incidents, brought up to date after each thousand."""
    everything = Coverage()

    def take(batch: list[Any]) -> None:
        everything.add([document for document, _ in batch], {d.id: found for d, found in batch})
        everything.incidents()

    return {"points": grown(documents, take), "incidents": len(everything.incidents())}


def kept(documents: int) -> dict[str, Any]:
    """A ledger, `TOGETHER` documents in each transaction; then what is slow on it when full."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder, "ledger.db"), create=True) as ledger,
    ):

        def take(batch: list[Any]) -> None:
            for start in range(0, len(batch), TOGETHER):
                with ledger.transaction() as writer:
                    for document, claims in batch[start : start + TOGETHER]:
                        capture, reading = read(document, claims)
                        writer.add(capture.document, reading, capture.raw)

        points = grown(documents, take)
        gc.unfreeze()
        size = os.path.getsize(Path(folder, "ledger.db")) / 2**20
        derived = seconds(lambda: derive(ledger))
        return {
            "points": points,
            "size": size,
            "claims": ledger.count().claims,
            "derived": derived,
            "at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "page": milliseconds(lambda: search.claims(ledger, Filters(kind="missing"))),
        }


def child(task: str, documents: int) -> dict[str, Any]:
    """What a process of its own prints."""
    command = [sys.executable, __file__, "--child", task, str(documents)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    found["points"] = smooth([Point(*point) for point in found["points"]])
    return found


def smooth(points: Sequence[Point]) -> list[Point]:
    """Each with the median time of those before it that are near."""
    spent = [point.spent for point in points]
    return [
        point._replace(spent=statistics.median(spent[max(0, at + 1 - SMOOTH) : at + 1]))
        if at + 1 >= SMOOTH
        else point
        for at, point in enumerate(points)
    ]


# The curves.

WIDE, HIGH, LEFT, RIGHT, TOP = 330, 200, 52, 36, 40
INK = {"incidents": "#1f5fa8", "ledger": "#b4531f"}

Line = list[tuple[int, float]]


def curves(told: dict[str, list[Point]]) -> str:
    """Two charts beside each other: time of a document, and memory, over documents."""
    spent = {name: [(p.documents, p.spent) for p in points] for name, points in told.items()}
    held = {name: [(p.documents, p.held) for p in points] for name, points in told.items()}
    panels = panel(0, "ms for each document", spent) + panel(1, "MB beside the documents", held)
    width, height = 2 * (LEFT + WIDE + RIGHT), HIGH + TOP + 44
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="system-ui, sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{panels}</svg>\n'
    )


def panel(number: int, title: str, lines: dict[str, Line]) -> str:
    """One chart, its axes from nought."""
    left = LEFT + number * (LEFT + WIDE + RIGHT)
    far = max(x for line in lines.values() for x, _ in line)
    most = math.ceil(max(y for line in lines.values() for _, y in line))
    step = nice(most)
    high = step * math.ceil(most / step)
    found = [f'<text x="{left}" y="20" font-weight="600">{escape(title)}</text>']
    for tick in range(0, high + 1, step):
        y = TOP + HIGH * (1 - tick / high)
        found.append(f'<path d="M{left} {y:.0f}h{WIDE}" stroke="#ddd"/>')
        found.append(f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:,}</text>')
    under = TOP + HIGH + 18
    for part in range(5):
        x, told = left + WIDE * part / 4, f"{far * part / 4:,.0f}"
        found.append(f'<text x="{x:.0f}" y="{under}" text-anchor="middle">{told}</text>')
    middle = left + WIDE / 2
    found.append(f'<text x="{middle}" y="{under + 18}" text-anchor="middle">documents</text>')
    for at, (name, line) in enumerate(lines.items()):
        path = " ".join(
            f"{left + WIDE * x / far:.1f},{TOP + HIGH * (1 - y / high):.1f}" for x, y in line
        )
        found.append(
            f'<polyline points="{path}" fill="none" stroke="{INK[name]}" stroke-width="2"/>'
            f'<text x="{left + WIDE - 60 * at}" y="20" text-anchor="end" fill="{INK[name]}">'
            f"{name}</text>"
        )
    return "".join(found)


HEAD = """# What it costs as it grows

`make bench` measures all of this again.

## From the first thousand documents to the last

`python benchmarks/growth.py`

{documents:,} invented documents, {batch:,} at a time, oldest first: some twenty on each event, with
copies, follow-ups and round-ups. Incidents are brought up to date after each thousand; into the
ledger go {claims:,} claims. Memory is what is held beside the documents as they were given. Times
are the median of {smooth} thousands, once there are so many.

![Time and memory over {documents:,} documents](images/{curves})
"""

TAIL = """All incidents are worked out when something is looked up after documents were added. A
desk and a `sayso watch` that stay open hold what they worked out, and put what comes in its place;
what people judge touches only the incidents that it is about. Time and memory of working out all of
them are in proportion to the documents, so that memory is what bounds a ledger: an archive of a
million articles is one for several ledgers, by region or year.
"""


def main(documents: int) -> None:
    """Measure, draw, and print the page."""
    incidents, ledger = child("reconciled", documents), child("kept", documents)
    CURVES.write_text(
        curves({"incidents": incidents["points"], "ledger": ledger["points"]}), encoding="utf-8"
    )
    print(
        HEAD.format(
            documents=documents,
            batch=BATCH,
            claims=ledger["claims"],
            smooth=SMOOTH,
            curves=CURVES.name,
        )
    )
    rows = []
    for one, other in zip(incidents["points"], ledger["points"], strict=True):
        if one.documents % BATCH == 0 and one.documents // BATCH in SHOWN:
            each = one.held * 1024 / one.documents
            rows.append(
                (f"{one.documents:,}", f"{one.spent:.2f}", f"{one.held:,.0f}", f"{each:.1f}",
                 f"{other.spent:.2f}", f"{other.held:,.0f}")
            )  # fmt: skip
    table(
        (
            "documents",
            "incidents, ms each",
            "MB",
            "kB each",
            "ledger, ms each",
            "MB in its process",
        ),
        rows,
    )
    first, last = incidents["points"][0], incidents["points"][-1]
    began, ended = ledger["points"][0], ledger["points"][-1]
    table(
        ("the last thousand over the first", "documents", "time for each", "memory"),
        [
            ("incidents", f"{last.documents // first.documents:,}",
             f"{last.spent / first.spent:.2f}", f"{last.held / first.held:,.0f}"),
            ("ledger", f"{ended.documents // began.documents:,}",
             f"{ended.spent / began.spent:.2f}", f"{ended.held / max(began.held, 1):,.0f}"),
        ],
    )  # fmt: skip
    table(
        (f"the ledger with all {documents:,} in it", ""),
        [
            ("size, MB", f"{ledger['size']:,.0f}"),
            ("a page of 50 claims of a kind, ms", f"{ledger['page']:.0f}"),
            ("working out all incidents, s", f"{ledger['derived']:,.0f}"),
            ("memory at most for that, MB", f"{ledger['at most']:,.0f}"),
        ],
    )
    print(TAIL)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        work = {"reconciled": reconciled, "kept": kept}[sys.argv[2]]
        print(json.dumps(work(int(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
