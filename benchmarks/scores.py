"""Read the open bench, run every scorer in it, and write docs/scores.md and out/scores.json.

    python benchmarks/scores.py BENCH [SET ...]

With no set named it scores all and writes the page; with some it renews their sections of it, and
their figures. `sets.toml` says what sets there are and how each is scored; `ratchet.py` holds the
figures against those of docs/scores.json.

Every text is read once, by a process on each core, for all the sets that are scored from it. Each
scorer runs as its own process, as its own documentation says; nothing here touches a figure. What
was read is kept in out/, by the name of the texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from figures import Figures, figures, load, save
from msgspec import to_builtins
from page import renewed, section
from sets import SETS, Set

from sayso.ingest.inputs import documents
from sayso.pipeline import Known
from sayso.pipeline.boards import scenes
from sayso.pipeline.running.stream import Reads, read_all
from sayso.pipeline.running.workers import Team, cores
from sayso.publish import acled
from sayso.reconcile.coverage import incidents
from sayso.records import Document, Problem, Reading
from sayso.settings import load as settings
from sayso.wire import encode

OUT = Path("out")
FIGURES = OUT / "scores.json"
PAGE = Path("docs/scores.md")


@dataclass(frozen=True)
class Texts:
    """The texts of some sets, read: how much that was, and the files that their scorers are given,
    by the names that `sets.toml` has for them."""

    size: str
    files: dict[str, Path]


class Scored(NamedTuple):
    """What a set came to: its section of the page, and its figures."""

    section: str
    figures: Figures


def main(arguments: list[str]) -> int:
    """Score every set, or those named: 0 when done, 1 when there is no bench to read, 2 when there
    is no such set."""
    bench, *names = arguments or [""]
    if not Path(bench, "README.md").is_file():
        print(
            f"there is no open bench at {bench or '(no path given)'}: nothing was scored, "
            f"{PAGE} is as it was",
            file=sys.stderr,
        )
        return 1
    if unknown := set(names) - {s.name for s in SETS}:
        known = ", ".join(s.name for s in SETS)
        print(f"no such set: {', '.join(sorted(unknown))}; there are {known}", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    begun = time.perf_counter()
    found = scored([s for s in SETS if not names or s.name in names], Path(bench))
    page = PAGE.read_text(encoding="utf-8") if names and PAGE.is_file() else ""
    PAGE.write_text(renewed(page, {n: s.section for n, s in found.items()}), encoding="utf-8")
    kept = (load(FIGURES) if names else {}) | {n: s.figures for n, s in found.items()}
    save(FIGURES, kept)
    minutes = (time.perf_counter() - begun) / 60
    print(f"wrote {PAGE} and {FIGURES}: {minutes:.1f} minutes", file=sys.stderr)
    return 0


def scored(sets: Sequence[Set], bench: Path) -> dict[str, Scored]:
    """Each set's section and figures. While a text is read, scorers of those before it run."""
    config = settings(None, {}, {})
    by_source: dict[str, list[Set]] = {}
    for s in sets:
        by_source.setdefault(s.source, []).append(s)
    with Team(config, cores()) as team, ThreadPoolExecutor(cores()) as pool:
        waiting: dict[str, Future[Scored]] = {}
        for group in by_source.values():
            print(", ".join(s.name for s in group), file=sys.stderr)
            texts = read(group, bench, team)
            waiting |= {s.name: pool.submit(score, s, bench, texts) for s in group}
        return {s.name: waiting[s.name].result() for s in sets}


def read(group: Sequence[Set], bench: Path, team: Reads) -> Texts:
    """The texts of sets of one source, read and derived as far as their scorers ask."""
    first = group[0]
    files = {
        "bench": bench,
        "prepared": OUT / f"{first.source}.input.jsonl",
        "readings": OUT / f"{first.source}.jsonl",
        "alone": OUT / f"{first.source}.alone.jsonl",
        "documents": OUT / f"{first.source}.documents.jsonl",
        "incidents": OUT / f"{first.source}.incidents.json",
    }
    wanted = {name for name in files for s in group if f"{{{name}}}" in s.score}
    if first.prepare:
        run(filled(first.prepare, files), bench)
    texts = files["prepared"] if first.prepare else bench / first.texts
    begun = time.perf_counter()
    readings = []
    with (
        files["readings"].open("w", encoding="utf-8") as lines,
        files["alone"].open("w", encoding="utf-8") as fuller,
    ):
        for document, reading in well_read(team, texts):
            readings.append((document, reading))
            lines.write(encode(reading) + "\n")
            if "alone" in wanted:
                fuller.write(json.dumps(alone(document, reading), ensure_ascii=False) + "\n")
    if wanted & {"documents", "incidents"}:
        together(readings, files)
    words = sum(len(document.text.split()) for document, _ in readings)
    size = f"{len(readings):,} document{'s' * (len(readings) != 1)}, {words:,} words"
    print(f"   {size}, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return Texts(size, files)


def well_read(team: Reads, texts: Path) -> Iterator[tuple[Document, Reading]]:
    """Each document of the texts with its reading; a problem is said on stderr."""
    for item in read_all(team, documents([str(texts)])):
        if isinstance(item, Problem):
            print(f"   {item.input}: {item.message}", file=sys.stderr)
        else:
            yield item


def alone(document: Document, reading: Reading) -> dict[str, Any]:
    """A reading with what a ledger of this document alone would tell: incidents, and their rows in
    `sayso export acled`."""
    claims = {document.id: reading.claims}
    found = incidents([document], claims)
    whole = Known((document,), claims, tuple(found))
    rows = [row for told in scenes(whole) for row in acled.table(told, disasters=True)]
    return {**to_builtins(reading), "incidents": to_builtins(found), "acled": rows}


def together(readings: Sequence[tuple[Document, Reading]], files: dict[str, Path]) -> None:
    """Writes the incidents over all documents, and what each document belongs to."""
    found = incidents([d for d, _ in readings], {d.id: r.claims for d, r in readings})
    files["incidents"].write_text("[" + ",\n".join(encode(i) for i in found) + "]")
    of = {d: i.id for i in found for d in i.documents if d not in i.aside}
    copies = {d: group[0] for i in found for group in i.copy_groups for d in group}
    with files["documents"].open("w", encoding="utf-8") as lines:
        for document, _ in readings:
            row = {
                "id": document.id,
                "incident": of.get(document.id),
                "copy_group": copies.get(document.id),
            }
            lines.write(json.dumps(row) + "\n")


def score(s: Set, bench: Path, texts: Texts) -> Scored:
    """What the set's scorer makes of its texts."""
    command = filled(s.score, texts.files)
    answer = json.loads(run(command, bench))
    shown = " ".join(("python3", *command)).replace(f"{bench}/", "")
    return Scored(section(s, texts.size, shown, answer), figures(answer))


def run(command: tuple[str, ...], bench: Path) -> str:
    """What a scorer prints, the bench's own or one of ours; its failure ends the run."""
    ours = Path(command[0])
    done = subprocess.run(
        [sys.executable, ours if ours.is_file() else bench / command[0], *command[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout.strip()


def filled(command: str, files: dict[str, Path]) -> tuple[str, ...]:
    return tuple(part.format(**files) for part in command.split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
