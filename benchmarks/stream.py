"""What a stream of all the news costs, and whether memory stays where it is.

    python benchmarks/stream.py BENCH [NOTES] >> docs/performance.md

The stream is of ARTICLES articles, one in ten about unrest: those are of the open bench; the others
are its business news, and invented articles of `benchmarks/prose.toml` on six other beats. They are
read from one file of JSONL, and from web pages with the menus, lists and scripts of a real one, on
one core. The floors: reading all of them with `parse = all`, and trafilatura alone on the same
pages. Memory is that of one process that reads NOTES (50,000) short notes, all different, with
`parse = all`. Nothing here is asserted anywhere.
"""

from __future__ import annotations

import html
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine import resident, table

from sayso.records import Document, Problem, Reading
from sayso.wire import encode

ARTICLES = 300
UNREST = ("tolls/input.jsonl", "when/aquaint/input.jsonl")
OTHER = "when/timebank/input.jsonl"
BUSINESS = "wsj_"
"""What the ids of the business news of the bench begin with."""

PROSE = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))


def stream(bench: Path) -> list[Document]:
    """The articles, every tenth about unrest."""
    unrest = [d for name in UNREST for d in told(bench / name)][: ARTICLES // 10]
    other = [d for d in told(bench / OTHER) if d.id.startswith(BUSINESS)]
    other += invented(ARTICLES - len(unrest) - len(other))
    random.Random(1).shuffle(other)
    found = []
    for number, document in enumerate(unrest):
        found += [document, *other[number * 9 : number * 9 + 9]]
    return found


def told(path: Path) -> list[Document]:
    """The documents of a set of the bench."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Document(
            id=str(row["id"]), text=row["text"], title=row["title"], published=row["published"]
        )
        for row in rows
    ]


def invented(count: int) -> list[Document]:
    """So many articles on other matters, no two the same."""
    by = random.Random(2)
    found = []
    for number in range(count):
        beat = sorted(PROSE["beats"])[number % len(PROSE["beats"])]
        sentences = [filled(sentence, by) for sentence in by.sample(PROSE["beats"][beat], 12)]
        text = "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, 12, 3))
        found.append(
            Document(
                id=f"{beat}-{number}",
                text=text,
                title=sentences[0][:60],
                published="2031-03-04T08:00:00Z",
            )
        )
    return found


def filled(sentence: str, by: random.Random) -> str:
    """A sentence with its names and numbers."""
    while "{" in sentence:
        for slot, choices in (("{name}", PROSE["names"]), ("{place}", PROSE["places"])):
            sentence = sentence.replace(slot, by.choice(choices), 1)
        sentence = sentence.replace("{number}", str(by.randint(3, 90)), 1)
    return sentence


def page(document: Document) -> str:
    """The article as a web page of about the size and the litter of a real one."""
    by = random.Random(document.id)
    links = [filled(by.choice(PROSE["beats"]["town"]), by) for _ in range(60)]
    menu = "".join(
        f'<li><a href="/{n}">{html.escape(s[:24])}</a></li>' for n, s in enumerate(links)
    )
    more = "".join(
        f'<li><a href="/more/{n}">{html.escape(s)}</a></li>' for n, s in enumerate(links)
    )
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in document.text.split("\n") if p.strip())
    script = "window.dataLayer=window.dataLayer||[];" + "var a={b:[1,2,3],c:'xyz'};" * 800
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{html.escape(document.title or "")}</title>
<meta property="article:published_time" content="{document.published or "2031-03-04"}">
<script>{script}</script><style>{".a{margin:0;padding:0}" * 300}</style></head><body>
<header><nav><ul>{menu}</ul></nav></header><main><article>
<h1>{html.escape(document.title or "")}</h1>{paragraphs}</article>
<aside class="related"><h2>More stories</h2><ul>{more}</ul></aside></main>
<footer><ul>{menu}</ul><p>Copyright Tidewatch Press</p></footer></body></html>"""


def written(documents: list[Document], folder: Path) -> tuple[Path, Path]:
    """The articles as one file of JSONL, and as a folder of pages."""
    lines, pages = folder / "stream.jsonl", folder / "pages"
    lines.write_text("".join(encode(d) + "\n" for d in documents), encoding="utf-8")
    pages.mkdir()
    for number, document in enumerate(documents):
        (pages / f"{number:05}.html").write_text(page(document), encoding="utf-8")
    return lines, pages


# What the processes of their own do, each on one core.


def read(parse: str, path: str) -> dict[str, Any]:
    """Seconds of reading what lies there, from its bytes to its claims."""
    from sayso.ingest.inputs import documents
    from sayso.pipeline import Reader
    from sayso.pipeline.running.stream import read_all
    from sayso.settings import Settings

    reader = Reader(Settings(parse=parse), threads=1)  # type: ignore[arg-type]
    reader.read(Document(id="warm", text="Police said that nine people were hurt in Karsa."))
    begun = time.perf_counter()
    done, claims = 0, []
    for item in read_all(reader, documents([path], sys.stdin.buffer)):
        if isinstance(item, Problem):
            raise SystemExit(f"{item.input}: {item.message}")
        done += 1
        claims.append([item[0].id, len(item[1].claims)])
    return {"seconds": time.perf_counter() - begun, "articles": done, "claims": claims}


def extract(path: str) -> dict[str, Any]:
    """Seconds of trafilatura alone on the pages that lie there."""
    from trafilatura import bare_extraction

    pages = [file.read_bytes() for file in sorted(Path(path).iterdir())]
    begun = time.perf_counter()
    for content in pages:
        bare_extraction(content, with_metadata=True)
    return {"seconds": time.perf_counter() - begun, "articles": len(pages)}


def notes(count: str) -> dict[str, Any]:
    """MB held at most after a fifth, two fifths, ... of so many notes."""
    from sayso.pipeline import Reader
    from sayso.settings import Settings

    reader = Reader(Settings(), threads=1)
    held = []
    for number, document in enumerate(short(int(count)), 1):
        found: Reading | Problem = reader.attempt(document)
        if isinstance(found, Problem):
            raise SystemExit(found.message)
        if number % (int(count) // 5) == 0:
            held.append([number, resident()])
    return {"held": held}


def short(count: int) -> Iterator[Document]:
    """Notes of a line or two, no two the same."""
    by = random.Random(3)
    for number in range(count):
        place, name = by.choice(PROSE["places"]), by.choice(PROSE["names"])
        text = f"{by.randint(2, 999)} people were hurt in {place} on {number} Road, {name} said."
        yield Document(id=str(number), text=text, published="2031-03-04T08:00:00Z")


def child(task: str, *arguments: str) -> dict[str, Any]:
    """What a process of its own prints, on one core."""
    command = [sys.executable, __file__, "--child", task, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(bench: Path, count: str) -> None:
    """Measure, and print tables for `docs/performance.md`."""
    documents = stream(bench)
    unrest = {d.id for d in documents[::10]}
    with tempfile.TemporaryDirectory() as folder:
        lines, pages = written(documents, Path(folder))
        size = sum(file.stat().st_size for file in pages.iterdir()) / len(documents) / 1000
        every, only = child("read", "all", str(lines)), child("read", "unrest", str(lines))
        alone, paged = child("extract", str(pages)), child("read", "unrest", str(pages))
    held = child("notes", count)["held"]
    print("\n## Stream\n\n`python benchmarks/stream.py BENCH`\n")
    words = sum(len(d.text.split()) for d in documents) / len(documents)
    print(f"{len(documents)} articles of {words:.0f} words, one in ten about unrest; one core.\n")
    whole, kept = (sum(n for i, n in run["claims"] if i in unrest) for run in (every, only))
    table(
        ("from JSONL", "seconds", "articles/s", "times as fast", "claims of articles on unrest"),
        [
            ("parse = all (the floor)", *_speed(every), "1", str(whole)),
            (
                "parse = unrest",
                *_speed(only),
                f"{every['seconds'] / only['seconds']:.1f}",
                str(kept),
            ),
        ],
    )
    table(
        (f"from pages of {size:.0f} kB", "seconds", "articles/s", "of the floor"),
        [
            ("trafilatura alone (the floor)", *_speed(alone), "1"),
            ("parse = unrest", *_speed(paged), f"{paged['seconds'] / alone['seconds']:.2f}"),
        ],
    )
    print(f"Memory, reading {int(count):,} notes that are all different:\n")
    table(("notes read", "MB at most"), [(f"{n:,}", f"{mb:.0f}") for n, mb in held])


def _speed(run: dict[str, Any]) -> tuple[str, str]:
    return f"{run['seconds']:.1f}", f"{run['articles'] / run['seconds']:.1f}"


if __name__ == "__main__":
    if sys.argv[1] == "--child":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        work = {"read": read, "extract": extract, "notes": notes}[sys.argv[2]]
        print(json.dumps(work(*sys.argv[3:])))
    else:
        main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "50000")
