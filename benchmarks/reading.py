"""What reading costs over parsing, and what more cores give.

    python benchmarks/reading.py BENCH >> docs/performance.md

Reads articles of the open bench from their lines of JSON. The floor of reading is the bare parse of
the same texts by the same engine on the same core; that of more processes is one process on one
core. Each is measured in a process of its own. Nothing here is asserted anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from engine import table

from sayso.records import Document

SETS = ("clusters/input.jsonl", "polnear/polnear-train.input.jsonl")
SOME = 300
"""Articles of each set, at most."""


def documents(bench: str) -> list[Document]:
    """Articles that are all different."""
    found = []
    for name in SETS:
        with (Path(bench) / name).open(encoding="utf-8") as lines:
            for line, _ in zip(lines, range(SOME), strict=False):
                told = json.loads(line)
                found.append(Document(id=str(told["id"]), text=told["text"]))
    return found


def one(bench: str, cores: str, parse: str) -> dict[str, float]:
    """Seconds of the bare parse and of reading, in one process on so many cores."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(cores)]))
    from sayso.language.engine import load
    from sayso.pipeline import Reader
    from sayso.settings import Settings

    read = documents(bench)
    engine = load("default", gate=parse == "claims", threads=int(cores))
    begun = time.perf_counter()
    for _ in engine.sentences([document.text for document in read]):
        pass
    parsed = time.perf_counter() - begun
    reader = Reader(Settings(parse=parse), threads=int(cores))  # type: ignore[arg-type]
    reader.read(read[0])
    begun = time.perf_counter()
    for _ in reader.each(read):
        pass
    return {"parsed": parsed, "read": time.perf_counter() - begun, "documents": len(read)}


def many(bench: str, size: str) -> dict[str, float]:
    """Seconds of reading by so many processes, once they have begun."""
    from sayso.pipeline.running.workers import Team
    from sayso.settings import Settings

    read = documents(bench)
    with Team(Settings(), int(size)) as team:
        begun = time.perf_counter()
        for _ in team.each(read):
            pass
        return {"read": time.perf_counter() - begun, "documents": len(read)}


def child(task: str, *arguments: str) -> dict[str, Any]:
    """What a process of its own prints."""
    command = [sys.executable, __file__, "--child", task, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(bench: str) -> None:
    """Measure, and print tables for `docs/performance.md`."""
    cores = len(os.sched_getaffinity(0))
    alone, gated = child("one", bench, "1", "all"), child("one", bench, "1", "claims")
    team = child("many", bench, str(cores))
    print("\n## Reading\n\n`python benchmarks/reading.py BENCH`\n")
    print(f"{alone['documents']} articles, all different; a second is of the whole reading.\n")
    table(
        ("one core", "parse alone, s (the floor)", "reading, s", "reading / floor", "articles/s"),
        [
            (
                f"parse = {name}",
                f"{told['parsed']:.1f}",
                f"{told['read']:.1f}",
                f"{told['read'] / told['parsed']:.2f}",
                f"{told['documents'] / told['read']:.1f}",
            )
            for name, told in (("all", alone), ("claims", gated))
        ],
    )
    table(
        ("processes", "reading, s", "times as fast as one", "articles/s"),
        [
            (
                "1, on one core",
                f"{alone['read']:.1f}",
                "1",
                f"{alone['documents'] / alone['read']:.1f}",
            ),
            (
                f"{cores}, by `--workers {cores}`",
                f"{team['read']:.1f}",
                f"{alone['read'] / team['read']:.2f}",
                f"{team['documents'] / team['read']:.1f}",
            ),
        ],
    )


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        work = {"one": one, "many": many}[sys.argv[2]]
        print(json.dumps(work(*sys.argv[3:])))
    else:
        main(sys.argv[1])
