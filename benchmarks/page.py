"""The page of scores: what is read right, set by set, and which sets no change is tuned on."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sets import SETS, Set, table

from sayso import __version__

REMAINING: dict[str, str] = table("remaining.toml")
"""What remains wrong in a set, read by hand from its errors."""

TUNED = "Changes may be tuned on it."
HELD = "Left alone: no change is tuned on it."

_WIDTH = 100
_NAMES = 30  # columns for the names of figures
_JOINED = "\xa0"  # between a figure and its value, where no line ends


def head() -> str:
    """The beginning of the page: what it is, and the sets by kind of text."""
    kinds: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for s in SETS:
        kinds[s.kind][s.held].append(s.name)
    rows = "\n".join(
        f"| {kind} | {', '.join(open_)} | {', '.join(held)} |"
        for kind, (open_, held) in kinds.items()
    )
    return f"""# Scores

What Sayso {__version__} reads right on an open bench of real texts with human answers. Every figure
below comes from `make scores`; the command under each heading is the scorer that printed it. All
figures of all sets are kept in [scores.json](scores.json) as floors: `make ratchet` raises them,
and fails where one fell by more than .005, so that a change to reading is kept when no set loses by
it. Not held are figures that are better lower, counts, and parts of others
([which](../benchmarks/ways.toml)).

Whoever changes how Sayso reads looks at the errors of some sets only. The others, one in three and
one or more of each kind of text, are left alone: nobody reads their errors or tunes a rule on them,
so that they tell whether a gain is one on texts that nobody looked at. That is so since 0.10.1. All
that was in the bench before (wire reports, places, times, and the news but for chains, wikievents,
ipe and incidents-ecb) was open while the rules for it were written.

| kind of text | changes may be tuned on | left alone |
| --- | --- | --- |
{rows}
"""


def section(s: Set, size: str, command: str, answer: Mapping[str, Any]) -> str:
    """The part of the page about one set: `size` says how much was read, `command` is the scorer
    that printed `answer`."""
    about = f"{s.about[0].upper()}{s.about[1:]} ({size})."
    told = textwrap.fill(f"{about} {HELD if s.held else TUNED}", _WIDTH)
    page = f"## {s.name}\n\n{told}\n\n`{command}`\n\n```\n{shown(answer, s.show)}\n```\n"
    if s.name in REMAINING:
        page += f"\n{REMAINING[s.name].strip()}\n"
    return page


def renewed(page: str, sections: Mapping[str, str]) -> str:
    """A page with these sections by name in place of its own, and a fresh beginning; in the order
    of the sets."""
    old = ["## " + part.rstrip("\n") + "\n" for part in page.split("\n## ")[1:]]
    named = {part.partition("\n")[0].removeprefix("## "): part for part in old} | dict(sections)
    return "\n".join([head(), *(named[s.name] for s in SETS if s.name in named)])


def shown(answer: Mapping[str, Any], names: Collection[str]) -> str:
    """A scorer's figures as the page has them, those so named or all but the set's name: a line
    each, and a line for each table of them."""
    kept = names or [name for name in answer if name != "set"]
    return "\n".join(_lines({name: answer[name] for name in kept}, ""))


def _lines(values: Mapping[str, Any], name: str) -> Iterator[str]:
    plain = {k: v for k, v in values.items() if not isinstance(v, dict)}
    if name and plain:
        pairs = (f"{k} {_value(v)}".replace(" ", _JOINED) for k, v in plain.items())
        told = textwrap.fill(
            "  ".join(pairs),
            _WIDTH,
            initial_indent=f"{name:{_NAMES}} ",
            subsequent_indent=" " * (_NAMES + 1),
            break_on_hyphens=False,
        )
        yield told.replace(_JOINED, " ")
    elif plain:
        yield from (f"{k:{_NAMES}} {_value(v)}" for k, v in plain.items())
    for key, inner in values.items():
        if isinstance(inner, dict):
            yield from _lines(inner, f"{name}.{key}" if name else key)


def _value(value: Any) -> str:
    match value:
        case float():
            return f"{value:.4g}"
        case None:
            return "none"
        case [int() | float() as share, int() as asked]:
            return f"{share} ({asked})"
        case list():
            return ", ".join(map(str, value)) or "none"
    return str(value)
