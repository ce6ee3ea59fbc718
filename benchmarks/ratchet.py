"""Hold what the sets reach: compare the figures of a run with the floors, and raise those.

    python benchmarks/ratchet.py FRESH FLOORS [--check] [--lower FIGURE ...]

FRESH is what `scores.py` wrote (out/scores.json), FLOORS what no run may fall below
(docs/scores.json). Every figure that moved by more than .005 is printed, as set.figure, before and
now. Where one that is better higher fell by more, or is gone, nothing is written and the answer is
1. Otherwise the floors rise to what is higher now; a smaller fall leaves its floor where it was, so
that small falls do not add up. A floor is lowered only by its name: --lower 'isaf.day.*' takes what
the run has for every figure so named, * standing for anything. --check compares and writes nothing.
Sets that the run did not read keep their floors.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from figures import Figures, Scores, load, save, way
from sets import SETS

SLACK = 0.005
"""What a figure may fall by: a few answers of a large set."""

_HELD = {s.name for s in SETS if s.held}
_EXACT = 1e-9  # so that .895 is not more than .005 below .9


class Move(NamedTuple):
    """A figure that moved: None where there was none before, or is none now."""

    set: str
    figure: str
    before: float | None
    now: float | None

    @property
    def name(self) -> str:
        return f"{self.set}.{self.figure}"

    @property
    def change(self) -> float | None:
        """By how much it moved; None where it is new or gone."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def moved(self) -> bool:
        """Whether it moved by more than the slack, is new or is gone; counts never do."""
        far = self.change is None or abs(self.change) > SLACK + _EXACT
        return far and way(self.set, self.figure) != "neither"

    @property
    def fell(self) -> bool:
        """Whether it is one that must not fall, and fell by more than the slack or is gone."""
        held = way(self.set, self.figure) == "higher" and self.before is not None
        return held and self.moved and (self.now is None or self.now < self.before)

    def __str__(self) -> str:
        remarks = ["left alone"] * (self.set in _HELD)
        remarks += {"lower": ["better lower"], "part": ["a part"]}.get(way(*self[:2]), [])
        change = f"{self.change:+.3f}" if self.change is not None else "   new"
        if self.now is None:
            change = "  gone"
        was, now = ("-" if v is None else f"{v:.4g}" for v in (self.before, self.now))
        told = f"{'FELL' if self.fell else '    '} {change}  {self.name}  {was} -> {now}"
        return told + (f"  ({', '.join(remarks)})" if remarks else "")


def moves(fresh: Scores, floors: Scores) -> Iterator[Move]:
    """Each figure that moved, of the sets that are in both."""
    for name in floors:
        if name in fresh:
            before, now = floors[name], fresh[name]
            for figure in dict.fromkeys((*before, *now)):
                move = Move(name, figure, before.get(figure), now.get(figure))
                if move.moved:
                    yield move


def raised(fresh: Scores, floors: Scores, lower: Sequence[str] = ()) -> Scores:
    """The floors after a run: what is higher now raises one, and so does whatever is now of figures
    that are not held; those named by `lower` are what they are now, or gone. Sets in the order of
    `sets.toml`, others last."""
    found = {**floors}
    for name, now in fresh.items():
        before = floors.get(name, {})
        after: Figures = {}
        for figure in dict.fromkeys((*now, *before)):
            held = way(name, figure) == "higher" and not _named(f"{name}.{figure}", lower)
            values = [now.get(figure), before.get(figure) if held else None]
            if told := [v for v in values if v is not None]:
                after[figure] = max(told)
        found[name] = after
    order = {s.name: place for place, s in enumerate(SETS)}
    return dict(sorted(found.items(), key=lambda row: order.get(row[0], len(order))))


def _named(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def main(arguments: Sequence[str]) -> int:
    """0 where nothing fell but what was named, 1 where something did, 2 where there is no run."""
    parser = argparse.ArgumentParser(prog="ratchet.py", description="Hold what the sets reach.")
    parser.add_argument("fresh", type=Path)
    parser.add_argument("floors", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lower", nargs="+", default=[], metavar="FIGURE")
    given = parser.parse_args(arguments)
    fresh, floors = load(given.fresh), load(given.floors)
    if not fresh:
        print(f"there are no figures in {given.fresh}: `make scores` writes them", file=sys.stderr)
        return 2
    moved = list(moves(fresh, floors))
    for move in moved:
        print(move)
    fallen = [m.name for m in moved if m.fell and not _named(m.name, given.lower)]
    if fallen:
        print(
            f"{len(fallen)} figures fell by more than {SLACK}; {given.floors} is as it was. "
            "Mend what made them fall, or lower them by name.",
            file=sys.stderr,
        )
        return 1
    if given.check:
        print("nothing fell", file=sys.stderr)
        return 0
    save(given.floors, raised(fresh, floors, given.lower))
    figures = sum(map(len, fresh.values()))
    print(f"{given.floors} keeps {figures} figures of {len(fresh)} sets", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
