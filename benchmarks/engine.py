"""How fast, how large: the language engine against cutting words alone; what its gate saves.

    python benchmarks/engine.py BENCH > docs/performance.md

Reads news texts of the open bench. Every speed is taken in a process of its own, on the cores it
names and no others, best of three passes; the floor, cutting the same texts into words, is
measured in the same process. Nothing here is asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

GATED = {
    "trnews": "geo/trnews-dev/input.jsonl",
    "tolls": "tolls/input.jsonl",
    "polnear": "polnear/polnear-train.input.jsonl",
    "timebank": "when/timebank/input.jsonl",
    "clusters": "clusters/input.jsonl",
}
SOME = 200
"""Documents of a set that the gate is measured on."""


def texts(bench: Path) -> list[str]:
    """The texts that speed is measured on: news in paragraphs."""
    paths = [bench / "geo/trnews-dev/input.jsonl", bench / "tolls/input.jsonl"]
    return [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]


def best(work: Callable[[], object], passes: int = 3) -> float:
    """Seconds of the quickest pass."""
    found = []
    for _ in range(passes):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def resident() -> float:
    """MB that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# What the processes of their own do; each prints one line of JSON.


def speed(bench: str, cores: str) -> dict[str, float]:
    """Words a second of cutting and engine on that many cores; seconds and MB of loading."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: int(cores)]))
    begun = time.perf_counter()
    from sayso.language.parse import Parser, cuts

    imported = time.perf_counter() - begun
    before = resident()
    begun = time.perf_counter()
    parser = Parser()
    loaded = time.perf_counter() - begun
    after = resident()
    cutting = cuts("en")
    read = texts(Path(bench))
    words = sum(1 for text in read for _ in cutting.words(text))

    def parse() -> None:
        parser.encoder.forget()  # or the second pass would only remember the first
        for _ in parser.sentences(read):
            pass

    floor = best(lambda: [None for text in read for _ in cutting.words(text)])
    parsed = best(parse)
    return {
        "import": imported,
        "load": loaded,
        "before": before,
        "after": after,
        "words": words,
        "floor": words / floor,
        "engine": words / parsed,
        "resident": resident(),
    }


def line(bench: str) -> dict[str, float]:
    """One line of 100,000 words."""
    from sayso.language.parse import Parser

    parser = Parser()
    for _ in parser.sentences(texts(Path(bench))[:10]):
        pass
    before = resident()
    # Numbered, so that no run comes twice and is remembered.
    told = "Gunmen killed {} villagers near the river and the ministry said so."
    text = " ".join(told.format(n) for n in range(7_700))
    begun = time.perf_counter()
    (sentences,) = parser.sentences([text])
    return {
        "words": sum(len(sentence.tokens) for sentence in sentences),
        "seconds": time.perf_counter() - begun,
        "before": before,
        "after": resident(),
    }


def stages(bench: str) -> dict[str, float]:
    """Seconds of each stage of reading on one core, best of three passes for each."""
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:1]))
    from sayso.claims import assemble
    from sayso.claims.attribution.statements import attributions, sayings
    from sayso.ingest.inputs import documents
    from sayso.language.dates import times
    from sayso.language.engine import load
    from sayso.language.gazetteer import Gazetteer
    from sayso.language.geography.references import references
    from sayso.language.places import places
    from sayso.records import Document
    from sayso.settings import load as settings

    paths = [f"{bench}/geo/trnews-dev/input.jsonl", f"{bench}/tolls/input.jsonl"]
    found = [d for d in documents(paths) if isinstance(d, Document)]
    engine, gazetteer = load("default"), Gazetteer.open(settings(None, {}, {}).gazetteer)
    taken: dict[str, float] = {}

    def clocked(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **more: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*given, **more)
            finally:
                taken[name] = taken.get(name, 0.0) + time.perf_counter() - begun

        return timed

    # Two steps of the last stage are asked for apart.
    assemble.say_so = clocked("chain of each claim", assemble.say_so)  # type: ignore[assignment]
    assemble.modality = clocked("modality of each claim", assemble.modality)  # type: ignore[assignment]
    least: dict[str, float] = {}
    for _ in range(3):
        taken.clear()
        engine.encoder.forget()  # type: ignore[attr-defined]
        for document in found:
            text = document.text
            read = clocked("parsing", lambda text=text: next(iter(engine.sentences([text]))))()
            said = clocked("sayings", lambda read=read: (s := sayings(read), attributions(s))[0])()
            where = clocked("places", lambda read=read: tuple(places(read, gazetteer)))()
            stand = clocked(
                "references", lambda r=read, w=where: tuple(references(r, w, gazetteer))
            )()
            when = clocked("times", lambda d=document, r=read: tuple(times(r, d.published)))()
            clocked("claims, all told", assemble.claims)(document, read, said, where, stand, when)
        least = {name: min(least.get(name, spent), spent) for name, spent in taken.items()}
    return least | {"documents": len(found)}


def gate(bench: str, path: str) -> dict[str, float]:
    """What the gate saves and what it costs, over the first documents of a set."""
    from sayso.ingest.inputs import documents
    from sayso.language.parse import cuts
    from sayso.pipeline import Reader
    from sayso.records import Document
    from sayso.settings import load

    found = [d for d in documents([str(Path(bench, path))]) if isinstance(d, Document)][:SOME]
    whole = Reader(load(None, {}, {}))
    gated = Reader(load(None, {"parse": "claims"}, {}))
    n: dict[str, float] = dict.fromkeys(("claims", "lost", "changed", "words", "parsed"), 0)
    seconds = {}
    readings = {}
    for name, reader in (("whole", whole), ("gated", gated)):
        begun = time.perf_counter()
        readings[name] = [reader.read(d) for d in found]
        seconds[name] = time.perf_counter() - begun
    for every, some in zip(readings["whole"], readings["gated"], strict=True):
        by = {claim.id: claim for claim in some.claims}
        n["claims"] += len(every.claims)
        n["lost"] += sum(claim.id not in by for claim in every.claims)
        n["changed"] += sum(c.id in by and by[c.id] != c for c in every.claims)
    cutting = cuts("en")
    n["words"] = sum(1 for d in found for _ in cutting.words(d.text))
    for sentences in gated._engine.sentences(d.text for d in found):
        n["parsed"] += sum(len(sentence.tokens) for sentence in sentences)
    return n | {"documents": len(found), **seconds}


def child(task: str, *arguments: str) -> dict[str, Any]:
    """What the task prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, f"--{task}", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A Markdown table."""
    head = list(head)
    print("|", " | ".join(head), "|")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("|", " | ".join(str(cell) for cell in row), "|")
    print()


def main(bench: str) -> None:
    """Measure everything and write the page to standard output."""
    cores = len(os.sched_getaffinity(0))
    print("# Performance\n")
    print("How fast the language engine is and what it weighs, on one machine, this one:")
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}.")
    print("`make bench` measures all of it again; ratios travel better than speeds.\n")
    print("## Engine\n\n`python benchmarks/engine.py BENCH`\n")
    one, all_ = child("speed", bench, "1"), child("speed", bench, str(cores))
    table(
        ["words a second", "cutting into words alone (the floor)", "engine", "floor / engine"],
        [
            (f"{n} core{'s' * (n > 1)}", *(f"{x:,.0f}" for x in (r["floor"], r["engine"])),
             f"{r['floor'] / r['engine']:.1f}")
            for n, r in ((1, one), (cores, all_))
        ],
    )  # fmt: skip
    folder = files("sayso") / "data" / "en" / "engine"
    size = sum(Path(str(f)).stat().st_size for f in folder.iterdir()) / 1e6
    long = child("line", bench)
    table(
        ["what it weighs", ""],
        [
            ("files in the wheel", f"{size:.1f} MB"),
            ("importing ONNX Runtime and the rest", f"{one['import']:.2f} s"),
            ("loading the engine after that", f"{one['load']:.2f} s"),
            ("memory with that imported", f"{one['before']:.0f} MB"),
            ("memory with the engine loaded", f"{one['after']:.0f} MB"),
            (f"memory at most, reading {one['words']:,} words", f"{one['resident']:.0f} MB"),
            ("the same on all cores", f"{all_['resident']:.0f} MB"),
            (f"one line of {long['words']:,} words", f"{long['seconds']:.0f} s"),
            ("memory it takes on top", f"{long['after'] - long['before']:.0f} MB"),
        ],
    )
    print("## Stages\n")
    print(
        "Seconds that each stage of reading takes of the same texts on one core, and its share of"
    )
    print("parsing; documents a second are those of the stage alone, once parsed. Attribution is")
    print("sayings and chains.\n")
    spent = child("stages", bench)
    read = spent.pop("documents")
    said = spent["sayings"] + spent["chain of each claim"]
    spent["attribution and modality"] = said + spent["modality of each claim"]
    rows = [
        (k, f"{v:.2f}", f"{100 * v / spent['parsing']:.0f} %", f"{read / v:,.0f}")
        for k, v in spent.items()
    ]
    table(["stage", "seconds", "of parsing", "documents a second"], rows)
    print("## Gate\n")
    print("`parse = claims` parses only paragraphs that can hold a claim. Lost: claims that the")
    print("whole reading has and the gated one has not. Changed: the same claim with another")
    print(f"place, source or party. At most {SOME} documents of each set.\n")
    rows = []
    total: dict[str, float] = dict.fromkeys(("claims", "lost", "changed"), 0)
    for name, path in GATED.items():
        n = child("gate", bench, path)
        total = {key: total[key] + n[key] for key in total}
        rows.append(
            (name, f"{n['documents']:.0f}", f"{100 * n['parsed'] / n['words']:.0f} %",
             f"{n['whole'] / n['gated']:.2f}", f"{n['claims']:.0f}", f"{n['lost']:.0f}",
             f"{n['changed']:.0f}")
        )  # fmt: skip
    rows.append(("all", "", "", "", *(f"{total[k]:.0f}" for k in ("claims", "lost", "changed"))))
    head = ["texts", "documents", "words parsed", "times as fast", "claims", "lost", "changed"]
    table(head, rows)


if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    if task.startswith("--"):
        print(
            json.dumps(
                {"speed": speed, "line": line, "stages": stages, "gate": gate}[task[2:]](*arguments)
            )
        )
    else:
        main(task)
