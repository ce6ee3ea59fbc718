"""The grid at the command line, from the project's root, with tests/ on the path.

python -m grid write             write tests/grid/grid.jsonl anew
python -m grid read              read it with Sayso, print the table, write docs/grid.md
python -m grid score FILE        the table for a file of readings in the record's JSON
python -m grid wrong FILE [NAME ...]   its sentences that are not right, of some constructions
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from grid.generate import FILE, written
from grid.page import amiss, table
from grid.scoring import Judged, claims_of, judged


def main(arguments: list[str]) -> int:
    """Do what is asked; 2 where it is nothing of the above."""
    match arguments:
        case ["write"]:
            FILE.write_bytes(written())
        case ["read"]:
            from grid.reading import read, refresh

            results = list(judged(rows(), read(rows())))
            print(table(results), amiss(results), sep="\n\n")
            refresh(results)
        case ["score", path]:
            results = scored(path)
            print(table(results), amiss(results), sep="\n\n")
        case ["wrong", path, *names]:
            for result in scored(path):
                if result.outcome != "right" and (not names or result.row["construction"] in names):
                    print(
                        result.outcome,
                        result.row["id"],
                        result.row["text"],
                        *result.amiss,
                        sep="\t",
                    )
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def rows() -> list[dict[str, Any]]:
    """The grid as it lies in its file."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def scored(path: str) -> list[Judged]:
    """A file of readings held against the grid."""
    with Path(path).open(encoding="utf-8") as lines:
        return list(judged(rows(), claims_of(lines)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
