"""How far a place can be trusted: where its name was in doubt, and where no entry bears it.

    python benchmarks/places.py BENCH

Reads the three geo sets of the open bench. A place is right if it lies within 161 km (100 miles)
of the answer's. The first table tells the places on the map by the lead over their runner-up; the
second what becomes of toponyms with a point in the answer that the gazetteer has no entry for.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from math import acos, cos, radians, sin
from pathlib import Path
from typing import Any

from sayso.ingest.inputs import documents
from sayso.language.gazetteer import Gazetteer
from sayso.language.geography.senses import options
from sayso.pipeline import Reader
from sayso.pipeline.running.stream import read_all
from sayso.records import Document, PlaceMention
from sayso.settings import load

SETS = ("lgl-dev", "gwn-dev", "trnews-dev")
NEAR_KM = 161.0


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points."""
    a, b, turn = radians(lat), radians(other_lat), radians(lon - other_lon)
    return 6371 * acos(min(1.0, sin(a) * sin(b) + cos(a) * cos(b) * cos(turn)))


def matched(bench: str, reader: Reader) -> Iterator[tuple[dict[str, Any], PlaceMention | None]]:
    """Every toponym of the answers with the mention that covers it, if any."""
    for name in SETS:
        folder = Path(bench, "geo", name)
        read = [d for d in documents([str(folder / "input.jsonl")]) if isinstance(d, Document)]
        found = {document.id: reading.places for document, reading in read_all(reader, read)}
        for answer in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8")):
            for toponym in answer["toponyms"]:
                over = (
                    m
                    for m in found[answer["id"]]
                    if m.start < toponym["end"] and toponym["start"] < m.end
                )
                yield toponym, next(over, None)


def is_right(toponym: dict[str, Any], mention: PlaceMention) -> bool:
    """Whether a placed mention is where the answer has it."""
    if toponym["lat"] is None or mention.lat is None or mention.lon is None:
        return False
    same = mention.geonameid is not None and mention.geonameid == toponym["geonameid"]
    return same or km(mention.lat, mention.lon, toponym["lat"], toponym["lon"]) <= NEAR_KM


def fate(toponym: dict[str, Any], mention: PlaceMention | None) -> str:
    """What became of a toponym, in words."""
    if mention is None:
        return "not found"
    if mention.lat is None:
        return "left off the map"
    return "placed right" if is_right(toponym, mention) else "misplaced"


def main(bench: str) -> None:
    """Print both tables."""
    settings = load(None, {}, {})
    gazetteer = Gazetteer.open(settings.gazetteer)
    leads: dict[str, Counter[bool]] = {}
    fates: Counter[str] = Counter()
    for toponym, mention in matched(bench, Reader(settings)):
        placed = mention is not None and mention.lat is not None
        if mention is not None and placed and toponym["lat"] is not None:
            rival = mention.runner_up
            lead = (
                "no runner-up" if rival is None else f"lead of {int(rival.lead * 2) / 2} and more"
            )
            leads.setdefault(lead, Counter())[is_right(toponym, mention)] += 1
        # where the answer has no point either, nothing tells right from wrong
        if toponym["lat"] is not None and not options(toponym["text"], gazetteer, "en"):
            fates[fate(toponym, mention)] += 1
    print("| placed, by doubt | places | right |\n| --- | ---: | ---: |")
    for lead, told in sorted(leads.items()):
        print(f"| {lead} | {told.total()} | {told[True] / told.total():.0%} |")
    print("\n| names without an entry | toponyms | share |\n| --- | ---: | ---: |")
    for became, count in fates.most_common():
        print(f"| {became} | {count} | {count / fates.total():.0%} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
