"""The result of the grid in words: a table of constructions, for the screen and for docs/grid.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from grid.scoring import Judged

HEADS = (
    "construction",
    "sentences",
    "right",
    "wrong",
    "unreal counted",
    "wrong dead",
    "held out: right",
)


def table(results: Sequence[Judged]) -> str:
    """A row for each construction, one for each family and one for all, as Markdown."""
    rows = []
    for family in sorted({r.row["family"] for r in results}):
        of_family = [r for r in results if r.row["family"] == family]
        rows.append(row(f"**{family}**", of_family))
        for name in sorted({r.row["construction"] for r in of_family}):
            rows.append(row(name, [r for r in of_family if r.row["construction"] == name]))
    rows.append(row("**all**", results))
    widths = [max(len(line[at]) for line in (HEADS, *rows)) for at in range(len(HEADS))]
    rule = tuple("-" * (w - 1) + ":" if at else "-" * w for at, w in enumerate(widths))
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(w) if not at else cell.rjust(w)
            for at, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        + " |"
        for line in (HEADS, rule, *rows)
    )


def row(name: str, results: Sequence[Judged]) -> tuple[str, ...]:
    """One line of the table."""
    found = Counter(r.outcome for r in results)
    held = [r for r in results if r.row["held"]]
    return (
        name,
        str(len(results)),
        share(results),
        str(found["wrong"]),
        str(found["unreal"]),
        str(found["dead"]),
        share(held),
    )


def share(results: Sequence[Judged]) -> str:
    """The share that is right, to three decimals as the record's scores have it."""
    return f"{right(results):.3f}".removeprefix("0") if results else ""


def right(results: Sequence[Judged]) -> float:
    """The share that is right, from 0 to 1; 1 of none."""
    return sum(r.outcome == "right" for r in results) / len(results) if results else 1.0


def amiss(results: Iterable[Judged]) -> str:
    """What is amiss, most frequent first, with the number of sentences."""
    found = Counter(fault for r in results for fault in set(r.amiss))
    return "\n".join(f"| {name} | {number} |" for name, number in found.most_common())
