"""Read the open bench, run every scorer in it, and write docs/scores.md.

    python benchmarks/scores.py BENCH [SET ...]

With no set named it scores all and writes the page; with some it renews their sections of it.

Each scorer runs as its own process, as its own documentation says; nothing here touches a figure.
Readings are kept in out/, one JSONL file per set.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.ingest.inputs import documents
from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Document, Problem, Reading, encode
from sayso.settings import load

OUT = Path("out")
PAGE = Path("docs/scores.md")
REMAINING = tomllib.loads(Path(__file__).with_name("remaining.toml").read_text(encoding="utf-8"))
"""What remains wrong in a set, read by hand from its errors."""


@dataclass(frozen=True)
class Bar:
    """One set of texts: where they lie, how they are scored, and what to show of the answer."""

    name: str
    about: str
    texts: str
    command: tuple[str, ...]
    show: tuple[str, ...]
    derive: bool = False
    prepare: tuple[str, ...] = ()


BARS = (
    Bar(
        "seed",
        "one article against a careful reader's record",
        "../seed/article.jsonl",
        ("seed.py", "score", "{out}"),
        ("found", "sources", "where", "when", "modality", "extra", "evidence_not_in_text"),
    ),
    Bar(
        "tolls",
        "17 articles: figure, whom, on whose say-so, current or background",
        "tolls/input.jsonl",
        ("tolls.py", "score", "{out}"),
        (
            "f1",
            "precision",
            "recall",
            "bounds_accuracy",
            "who_accuracy_specific",
            "origin_accuracy_attributed",
            "own_voice_accuracy",
            "chain_accuracy",
            "background_recall",
            "clean_empty_documents",
            "evidence_not_in_text",
        ),
    ),
    Bar(
        "curves",
        "the toll curves of the same articles' five incidents",
        "tolls/input.jsonl",
        ("tolls.py", "curve", "{incidents}"),
        ("points_accuracy", "finals_ok", "finals"),
        derive=True,
    ),
    Bar(
        "polnear",
        "840 articles: who says what",
        "polnear/polnear-train.input.jsonl",
        ("polnear.py", "score", "{bench}/polnear/polnear-train.gold.jsonl", "{out}"),
        (),
    ),
    Bar(
        "muc4",
        "1,300 wire reports in upper case",
        "{prepared}",
        ("muc4.py", "score", "--split", "dev", "--pred", "{out}"),
        (),
        prepare=("muc4.py", "extract", "--split", "dev", "--out", "{prepared}"),
    ),
    Bar(
        "muc4-tests",
        "200 more of the same",
        "{prepared}",
        ("muc4.py", "score", "--split", "tst1+tst2", "--pred", "{out}"),
        (),
        prepare=("muc4.py", "extract", "--split", "tst1+tst2", "--out", "{prepared}"),
    ),
    Bar(
        "plover",
        "161 sentences: event type, actor, target",
        "plover/input.jsonl",
        ("plover.py", "score", "{bench}/plover/gold.jsonl", "{out}"),
        (),
    ),
    *(
        Bar(
            f"geo-{name}",
            "places found and put on the map",
            f"geo/{name}-dev/input.jsonl",
            ("geo.py", "score", f"{{bench}}/geo/{name}-dev/gold.jsonl", "{out}"),
            (),
        )
        for name in ("lgl", "gwn", "trnews")
    ),
    *(
        Bar(
            f"when-{name}",
            "times found and put on the calendar",
            f"when/{name}/input.jsonl",
            ("when.py", "score", f"{{bench}}/when/{name}/gold.jsonl", "{out}"),
            (),
        )
        for name in ("timebank", "aquaint")
    ),
    Bar(
        "events",
        "30 of the 96 articles below: every event judged by reading",
        "clusters/input.jsonl",
        ("benchmarks/events.py", "{bench}/clusters/input.jsonl", "{out}"),
        (),
    ),
    Bar(
        "incidents",
        "96 articles: which tell of the same incident",
        "clusters/input.jsonl",
        ("clusters.py", "score", "{documents}"),
        (),
        derive=True,
    ),
    Bar(
        "copies",
        "the same articles: which are one text",
        "clusters/input.jsonl",
        ("clusters.py", "copies", "{documents}"),
        (),
        derive=True,
    ),
)


def main(arguments: list[str]) -> int:
    """Score every set, or those named; 0 when done, 1 when there is no bench to read."""
    bench, *names = arguments or [""]
    if not Path(bench, "README.md").is_file():
        print(
            f"there is no open bench at {bench or '(no path given)'}: nothing was scored, "
            f"{PAGE} is as it was",
            file=sys.stderr,
        )
        return 1
    OUT.mkdir(exist_ok=True)
    reader = Reader(load(None, {}, {}))
    pages = []
    for bar in BARS:
        if names and bar.name not in names:
            continue
        print(f"{bar.name}: {bar.about}", file=sys.stderr)
        page, short = score(bar, Path(bench), reader)
        pages.append(page)
        print(f"   {short}", file=sys.stderr)
    if names and PAGE.is_file():
        pages = renewed(PAGE.read_text(encoding="utf-8"), pages)
    PAGE.write_text("\n".join([HEAD, *pages]), encoding="utf-8")
    print(f"wrote {PAGE}", file=sys.stderr)
    return 0


HEAD = f"""# Scores

What Sayso {__version__} reads right on an open bench of real texts with human answers. Every figure
below comes from `make scores`; the command under each heading is the scorer that printed it. Floors
only rise: a change to reading is kept when no set loses by it.
"""


def renewed(page: str, pages: list[str]) -> list[str]:
    """The sections of a page, those of the same heading replaced."""
    fresh = {section.partition("\n")[0]: section for section in pages}
    old = ["## " + part.rstrip("\n") + "\n" for part in page.split("\n## ")[1:]]
    return [fresh.get(section.partition("\n")[0], section) for section in old]


def score(bar: Bar, bench: Path, reader: Reader) -> tuple[str, str]:
    """The section of the page about one set, and a line for the terminal."""
    paths = {
        "bench": bench,
        "out": OUT / f"{Path(bar.texts).parent.name if not bar.prepare else bar.name}.jsonl",
        "prepared": OUT / f"{bar.name}.input.jsonl",
        "documents": OUT / f"{bar.name}.documents.jsonl",
        "incidents": OUT / f"{bar.name}.incidents.json",
    }
    if bar.prepare:
        run(bench, fill(bar.prepare, paths))
        texts = paths["prepared"]
    else:
        texts = bench / bar.texts
    begun = time.perf_counter()
    readings = list(read(reader, texts))
    seconds = time.perf_counter() - begun
    with paths["out"].open("w", encoding="utf-8") as lines:
        lines.writelines(encode(reading) + "\n" for _, reading in readings)
    if bar.derive:
        derive(readings, paths)
    answer = run(bench, fill(bar.command, paths))
    words = sum(len(document.text.split()) for document, _ in readings)
    size = f"{len(readings)} documents, {words:,} words"
    shown = pick(answer, bar.show)
    command = " ".join(("python3", *fill(bar.command, paths))).replace(f"{bench}/", "")
    page = f"## {bar.name}\n\n{bar.about[0].upper()}{bar.about[1:]} ({size}).\n\n"
    page += f"`{command}`\n\n```\n{shown}\n```\n"
    if bar.name in REMAINING:
        page += f"\n{REMAINING[bar.name].strip()}\n"
    return page, f"{size}, {seconds:.0f} s"


def read(reader: Reader, texts: Path) -> Iterator[tuple[Document, Reading]]:
    """Each document of the set with its reading; a problem is said on stderr."""
    for item in reader.read_all(documents([str(texts)])):
        if isinstance(item, Problem):
            print(f"   {item.input}: {item.message}", file=sys.stderr)
        else:
            yield item


def derive(readings: list[tuple[Document, Reading]], paths: dict[str, Path]) -> None:
    """Incidents over the whole set, and what each document belongs to."""
    found = incidents([d for d, _ in readings], {d.id: r.claims for d, r in readings})
    paths["incidents"].write_text("[" + ",\n".join(encode(i) for i in found) + "]")
    of = {d: i.id for i in found for d in i.documents if d not in i.aside}
    copies = {d: group[0] for i in found for group in i.copy_groups for d in group}
    with paths["documents"].open("w", encoding="utf-8") as lines:
        for document, _ in readings:
            row = {
                "id": document.id,
                "incident": of.get(document.id),
                "copy_group": copies.get(document.id),
            }
            lines.write(json.dumps(row) + "\n")


def run(bench: Path, command: tuple[str, ...]) -> str:
    """What a scorer prints, the bench's own or one of ours; its failure ends the run."""
    ours = Path(command[0])
    done = subprocess.run(
        [sys.executable, ours if ours.is_file() else bench / command[0], *command[1:]],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path.cwd(),
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout.strip()


def fill(command: tuple[str, ...], paths: dict[str, Path]) -> tuple[str, ...]:
    return tuple(part.format(**paths) for part in command)


def pick(answer: str, keys: tuple[str, ...]) -> str:
    """The named measures of a JSON answer, a line each; all of the answer where none are named."""
    if not keys:
        return answer
    values: dict[str, Any] = json.loads(answer)
    return "\n".join(f"{key:28} {values.get(key)}" for key in keys)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
