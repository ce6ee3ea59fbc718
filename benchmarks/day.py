"""What a day of the world's news costs on one core, on 16 and on 256, from what is measured here.

    python benchmarks/day.py BENCH >> docs/cost.md

Measured are: reading archives of web pages by `scale` on a Ray cluster of one core and of two, the
pages being those of `benchmarks/stream.py`; and, at the size of a day, bringing what is about
unrest into incidents and into a ledger, with the invented documents of `benchmarks/growth.py`. The
rest is computed, and the page says how. Nothing here is asserted anywhere.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from engine import table
from stream import UNREST, invented, page, told

from sayso.records import Document

PAGES = 500_000
"""Web pages that CC-NEWS, the news archive of Common Crawl, takes on a day."""

SHARE = 10
"""One page in so many is about unrest, as in `benchmarks/stream.py`."""

CORES = (1, 16, 256)
ARCHIVE = 100
"""Pages in an archive here; those of CC-NEWS hold some ten thousand."""

FEW, MANY = 200, 800
"""Pages read; what a run costs whatever it reads is in both, and not in the difference."""


def archive(documents: list[Document], path: Path) -> None:
    """The pages as a WARC, each record compressed for itself as in CC-NEWS."""
    with path.open("wb") as out:
        for number, document in enumerate(documents):
            body = page(document).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            http += f"Content-Length: {len(body)}\r\n\r\n".encode()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://lantern.example/{path.stem}/{number}\r\n"
                "WARC-Date: 2031-03-04T08:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{path.stem}-{number}>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http) + len(body)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + http + body + b"\r\n\r\n"))


def archives(bench: Path, folder: Path) -> list[Path]:
    """Archives of `MANY` pages that are all different, every tenth about unrest."""
    unrest = [d for name in UNREST for d in told(bench / name)][: MANY // SHARE]
    other = iter(invented(MANY - len(unrest)))
    documents = [
        unrest[number // SHARE] if number % SHARE == 0 else next(other) for number in range(MANY)
    ]
    found = []
    for start in range(0, MANY, ARCHIVE):
        found.append(folder / f"{start:05}.warc.gz")
        archive(documents[start : start + ARCHIVE], found[-1])
    return found


# What the processes of their own do.


def spread(cores: str, *paths: str) -> dict[str, float]:
    """Seconds of a page on a cluster of so many cores."""
    from ray.cluster_utils import Cluster

    from sayso.scale.spread import read
    from sayso.settings import Settings

    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(cores)]))
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": int(cores)})
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        for number, some in enumerate((paths[:1], paths[: FEW // ARCHIVE], paths)):
            began = time.perf_counter()
            out = str(Path(folder, str(number)))
            read(some, out, Settings(parse="unrest"), cluster.address)
            spent.append(time.perf_counter() - began)
    cluster.shutdown()
    # The first run also loads what later ones find loaded.
    return {"page": (spent[2] - spent[1]) / (MANY - FEW)}


def together(documents: str) -> dict[str, float]:
    """Seconds of making incidents of so many documents, and of it those of placing the accounts."""
    from reconcile import batches, coverage
    from sayso.reconcile.coverage import Coverage
    from sayso.reconcile.incidents import Incidents

    spent = 0.0
    place = Incidents.place

    def clocked(*given: Any) -> int:
        nonlocal spent
        began = time.perf_counter()
        home = place(*given)
        spent += time.perf_counter() - began
        return home

    Incidents.place = clocked  # type: ignore[method-assign]
    given = coverage(int(documents))
    everything = Coverage()
    began = time.perf_counter()
    for batch in batches(given):
        everything.add([d for d, _ in batch], {d.id: claims for d, claims in batch})
    everything.incidents()
    return {"all": time.perf_counter() - began, "placing": spent}


def kept(documents: str) -> dict[str, float]:
    """Seconds of adding so many documents to a ledger."""
    from ledger import story, write
    from sayso.ledger.store import Ledger

    given = story(int(documents))
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder, "ledger.db"), create=True) as ledger,
    ):
        began = time.perf_counter()
        write(ledger, given)
        return {"all": time.perf_counter() - began}


def child(task: str, *arguments: str) -> dict[str, float]:
    """What a process of its own prints last."""
    command = [sys.executable, __file__, "--child", task, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def computed(
    cores: int, page: float, kept_up: float, incidents: dict[str, float], ledger: float
) -> list[float]:
    """Seconds of reading, of incidents, of loading, and of all, on so many cores.

    `kept_up` is the share of twice the speed that two cores gave: each doubling is taken to give as
    much.
    """
    speed = cores * kept_up ** math.log2(cores)
    reading = PAGES * page / speed
    apart = incidents["placing"] + (incidents["all"] - incidents["placing"]) / speed
    return [reading, apart, ledger, reading + apart + ledger]


def clock(seconds: float) -> str:
    """A duration in words that fit it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


ABOUT = """## A day of the world's news

`python benchmarks/day.py BENCH`

CC-NEWS takes some {pages:,} pages a day. The second table is **computed, not measured**, from the
first: one page in {share} is about unrest and read (`parse = "unrest"`), all are in English (of
CC-NEWS about half are; the others are set aside sooner, and cost less); each doubling of the cores
gives {kept:.2f} times two, as the first did here; placing accounts in incidents and writing the
ledger are each one process, however many cores there are. Not in it: fetching the archives, and
pages larger than the {size:.0f} kB of these, whose extraction takes longer in proportion.
"""


def main(bench: Path) -> None:
    """Measure, compute, and print the section."""
    documents = PAGES // SHARE
    with tempfile.TemporaryDirectory() as name:
        paths = [str(path) for path in archives(bench, Path(name))]
        one, two = (child("spread", cores, *paths)["page"] for cores in ("1", "2"))
    incidents, ledger = child("together", str(documents)), child("kept", str(documents))["all"]
    kept_up = one / two / 2
    size = sum(len(page(d).encode()) for d in invented(50)) / 50 / 1000
    print(ABOUT.format(pages=PAGES, share=SHARE, kept=kept_up, size=size))
    table(
        ("measured", ""),
        [
            ("a page on a cluster of one core, ms", f"{one * 1000:.1f}"),
            ("the same of two, ms", f"{two * 1000:.1f}"),
            (f"{documents:,} documents into incidents, one process, s", f"{incidents['all']:.0f}"),
            ("of it placing their accounts, s", f"{incidents['placing']:.0f}"),
            ("the same documents into a ledger (SQLite), s", f"{ledger:.0f}"),
        ],
    )
    lines = []
    for cores in CORES:
        spent = computed(cores, one, kept_up, incidents, ledger)
        lines.append((f"{cores}", *map(clock, spent), f"{cores * spent[0] / 3600:.1f}"))
    table(
        ("cores", "reading", "incidents", "loading a ledger", "all", "core-hours of reading"), lines
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        work = {"spread": spread, "together": together, "kept": kept}[sys.argv[2]]
        print(json.dumps(work(*sys.argv[3:])))
    else:
        main(Path(sys.argv[1]))
