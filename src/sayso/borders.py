"""The borders and coasts of the world's countries, as Sayso brings them.

The lines are those of Natural Earth as world-atlas packs them (TopoJSON: arcs of whole numbers,
each as a step from the one before; what two countries share is one arc of both). The file is read
when a line is first asked for.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

FILE = Path(str(files("sayso") / "data" / "borders" / "countries-50m.json"))
"""Borders and coastlines of the world, 1:50 million, as TopoJSON."""

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

# Parts that the atlas draws by themselves and gives no number: of these countries.
_UNNUMBERED = {"Somaliland": "SO", "Kosovo": "XK", "N. Cyprus": "CY"}


@cache
def arc(number: int) -> tuple[Point, ...]:
    """One line of the atlas, in degrees."""
    told = _atlas()
    (wide, high), (west, south) = told["transform"]["scale"], told["transform"]["translate"]
    x = y = 0
    line = []
    for step_x, step_y in told["arcs"][number]:
        x, y = x + step_x, y + step_y
        line.append((x * wide + west, y * high + south))
    return tuple(line)


def arcs() -> Iterable[tuple[Point, ...]]:
    """Every line of the atlas, in degrees."""
    return map(arc, range(len(_atlas()["arcs"])))


@cache
def _atlas() -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(FILE.read_bytes())
    return told


@cache
def parts() -> dict[str, list[set[int]]]:
    """The arcs about each part of each country, by its ISO 3166-1 code."""
    table = files("sayso") / "data" / "codes" / "countries.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    codes = {row["number"].zfill(3): row["iso2"] for row in rows if row["number"]}
    found: dict[str, list[set[int]]] = defaultdict(list)
    for land in _atlas()["objects"]["countries"]["geometries"]:
        # of an arc's number the sign is only the direction
        code = codes.get(land.get("id", "")) or _UNNUMBERED.get(land["properties"]["name"])
        rings = land["arcs"] if land["type"] == "MultiPolygon" else [land["arcs"]]
        if code:
            found[code] += [{n if n >= 0 else ~n for ring in part for n in ring} for part in rings]
    return found
