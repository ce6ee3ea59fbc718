"""How long the gazetteer takes to add to and to ask, and what it weighs.

    python benchmarks/gazetteer.py [ROWS] >> docs/performance.md

The places that are added are invented, in GeoNames'
format and about its proportions: ROWS lines (300,000). Floors are measured in the same run: reading
the same zip line by line for the import, one look-up by primary key for the look-ups. Nothing here
is asserted anywhere: the figures are for people.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

WORLD = 13_000_000
"""Lines in allCountries.txt, roughly; GeoNames says how many today."""

SHARES = {
    "P.PPL": 36, "P.PPLX": 2, "A.ADM2": 1, "A.ADM3": 2, "A.ADM4": 2, "H.STM": 15, "H.LK": 4,
    "T.MT": 5, "T.HLL": 5, "T.ISL": 2, "L.LCTY": 3, "L.PRK": 1, "S.SCH": 12, "S.CH": 9, "R.RD": 1,
}  # fmt: skip
"""Of a hundred lines, how many are of which class and code: a rough picture of the whole file."""

ASKED = 20_000
"""Names asked for in one pass."""


def name(dice: random.Random) -> str:
    """An invented name of one or two words, now and then with letters that English lacks."""
    parts = ("ka", "lo", "mir", "ta", "sel", "vé", "dor", "ñi", "ban", "ghu", "šu", "ran", "el")
    words = ["".join(dice.choices(parts, k=dice.randint(2, 4))) for _ in range(dice.choice((1, 2)))]
    return " ".join(words).title()


def dump(path: Path, rows: int) -> Path:
    """Writes a zip of that many places as GeoNames would."""
    dice = random.Random(20310304)
    codes, shares = list(SHARES), list(SHARES.values())

    def lines() -> Iterator[str]:
        for number in range(20_000_001, 20_000_001 + rows):
            own = name(dice)
            kind, code = dice.choices(codes, shares)[0].split(".")
            others = [name(dice) for _ in range(dice.choice((0, 0, 0, 1, 2)))]
            if dice.random() < 0.2:
                others += ["Сельмарра", "سلمرة"]
            point = f"{dice.uniform(30, 37):.5f}\t{dice.uniform(36, 42):.5f}"
            people = dice.choice((0, 0, 0, dice.randint(100, 90_000)))
            yield (
                f"{number}\t{own}\t{own}\t{','.join(others)}\t{point}\t{kind}\t{code}\tSY\t\t"
                f"{dice.randint(1, 14):02}\t\t\t\t{people}\t\t{dice.randint(0, 900)}"
                "\tAsia/Damascus\t2031-03-04\n"
            )

    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("SY.txt", "w", force_zip64=True) as out,
    ):
        for line in lines():
            out.write(line.encode())
    return path


def seconds(work: Callable[[], object]) -> float:
    """Seconds that it takes, once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# What the processes of their own do; each prints one line of JSON.


def add(base: str, path: str) -> dict[str, float]:
    """Seconds of adding a zip, and of only reading its lines; MB of memory and of the file."""
    from sayso.language.gazetteer import ADDED
    from sayso.language.geography import additions

    def bare() -> None:
        with zipfile.ZipFile(path) as archive, archive.open("SY.txt") as text:
            while text.readlines(4_000_000):
                pass

    floor = seconds(bare)
    took = seconds(lambda: additions.add(Path(base), [Path(path)]))
    done = additions.facts(Path(base), ADDED)
    return {
        "floor": floor, "seconds": took, "memory": memory(), "entries": int(done["entries"]),
        "names": int(done["names"]), "size": Path(base).stat().st_size / 1e6,
    }  # fmt: skip


def ask(base: str) -> dict[str, float]:
    """Look-ups a second: of names never asked before, of names asked before, of a bare key."""
    from sayso.language.gazetteer import PACKAGED, Gazetteer

    with sqlite3.connect(PACKAGED) as bare:
        names = bare.execute("SELECT name FROM place WHERE kind = 'city' ORDER BY id").fetchall()
        ids = bare.execute("SELECT id FROM place ORDER BY id").fetchall()
        aliases = bare.execute("SELECT count(*) FROM alias").fetchone()[0]
    dice = random.Random(20310304)
    asked = [name for (name,) in dice.sample(sorted(set(names)), ASKED)]
    rows = dice.sample(ids, ASKED)
    known = Gazetteer.open(base)
    again = asked[:1000] * (ASKED // 1000)
    for name in again[:1000]:
        known.find(name)
    repeated = seconds(lambda: [known.find(name) for name in again])
    known.close()
    known = Gazetteer.open(base)
    cold = seconds(lambda: [known.find(name) for name in asked])
    known.close()
    query = "SELECT * FROM place WHERE id = ?"
    floor = seconds(lambda: [bare.execute(query, row).fetchone() for row in rows])
    bare.close()
    return {
        "floor": ASKED / floor, "cold": ASKED / cold, "repeated": ASKED / repeated,
        "entries": len(ids), "names": aliases, "size": PACKAGED.stat().st_size / 1e6,
    }  # fmt: skip


def memory() -> float:
    """MB that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(task: str, *arguments: object) -> dict[str, Any]:
    """What the task prints, in a process of its own."""
    command = [sys.executable, __file__, f"--{task}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(head: list[str], rows: list[tuple[str, ...]]) -> None:
    """A Markdown table."""
    print("|", " | ".join(head), "|\n| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("|", " | ".join(row), "|")
    print()


def main(rows: int) -> None:
    """Measure everything and write the section to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "places.db"
        alone = child("ask", base)
        path = dump(Path(folder) / "SY.zip", rows)
        added = child("add", base, path)
        united = child("ask", base)
        packed = path.stat().st_size / 1e6
    rate = rows / added["seconds"]
    print("## Gazetteer\n\n`python benchmarks/gazetteer.py`\n")
    print(
        f"Added were {rows:,} invented lines in the format of GeoNames, a zip of {packed:.0f} MB.\n"
    )
    table(
        ["what it costs", "packaged", "added"],
        [
            ("seconds to add", "", f"{added['seconds']:.1f}"),
            ("lines read a second", "", f"{rate:,.0f}"),
            ("only unpacking and cutting them (the floor)", "", f"{rows / added['floor']:,.0f}"),
            ("memory at most, MB", "", f"{added['memory']:.0f}"),
            ("size of the file, MB", f"{alone['size']:.1f}", f"{added['size']:.1f}"),
            ("entries", f"{alone['entries']:,}", f"{added['entries']:,}"),
            ("names", f"{alone['names']:,}", f"{added['names']:,}"),
        ],
    )
    minutes, size = WORLD / rate / 60, WORLD / rows * added["size"] / 1000
    print(f"The whole world has some {WORLD / 1e6:.0f} million lines. At that rate they take")
    print(f"{minutes:.0f} minutes and {size:.1f} GB; `python benchmarks/gazetteer.py {WORLD}`")
    print("measures as many invented ones.\n")
    table(
        ["look-ups a second", "by key alone (the floor)", "names asked first", "asked again"],
        [
            (what, *(f"{found[key]:,.0f}" for key in ("floor", "cold", "repeated")))
            for what, found in (("packaged", alone), ("with the added", united))
        ],
    )


if __name__ == "__main__":
    task = sys.argv[1] if len(sys.argv) > 1 else "300000"
    if task.startswith("--"):
        print(json.dumps({"add": add, "ask": ask}[task[2:]](*sys.argv[2:])))
    else:
        main(int(task))
