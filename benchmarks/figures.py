"""A scorer's figures by flat names, which way each counts, and the file that keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sets import table

Figures = dict[str, float]
"""The figures of one set by their names, such as `row.place.within_50_km`."""

Scores = dict[str, Figures]
"""The figures of each set by its name."""

WAYS: dict[str, list[str]] = table("ways.toml")
"""The figures that are not better higher, by which way they count."""

_OF = re.compile(r"(\d+)/(\d+)")


def figures(answer: Any) -> Figures:
    """Every number in a scorer's answer, by the names on the way to it: "3/4" as the share .75, a
    pair as a share and how many it is of. What is no number is left out."""
    return {name: round(value, 4) for name, value in _walk(answer, "")}


def _walk(value: Any, name: str) -> Iterator[tuple[str, float]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _walk(inner, f"{name}.{key}" if name else key)
        case bool():
            return
        case int() | float():
            yield name, value
        case str() if (parts := _OF.fullmatch(value)) and int(parts[2]):
            yield name, int(parts[1]) / int(parts[2])
        case [int() | float() as share, int() as asked]:
            yield name, share
            yield f"{name}.asked", asked


def way(of: str, figure: str) -> str:
    """Which way a figure of a set counts: "higher" is better, "lower" is, "neither", or it is a
    "part" of another figure."""
    name = f"{of}.{figure}"
    for kind, patterns in WAYS.items():
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return kind
    return "higher"


def load(path: Path) -> Scores:
    """The figures that a file keeps; none where there is no file. Raises `ValueError` where it
    holds something else."""
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    rows = kept.values() if isinstance(kept, dict) else [None]
    if not all(
        isinstance(row, dict) and all(isinstance(v, int | float) for v in row.values())
        for row in rows
    ):
        raise ValueError(f"{path} does not hold figures by set and name")
    return kept


def save(path: Path, scores: Scores) -> None:
    """Keep figures in a file, a line each, so that a change of one reads well."""
    path.write_text(json.dumps(scores, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
