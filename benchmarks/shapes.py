"""How long texts of hard shapes take: `python benchmarks/shapes.py [SIZE] [NAME ...]`; seconds,
megabytes, and how many times as long as plain prose of the same size.

Quotation marks without end, a line of a megabyte, 10,000 items, one name a hundred thousand times:
none is to take more than twenty times what prose of as many characters does, and nothing of it is
dropped. SIZE is in characters, 1,000,000 unless given. What is counted is the time of the processor
on one core, so that on a machine with other work to do the ratio holds.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import load

SIZE = 1_000_000
MOST = 20.0
"""How many times as long as prose a text may take."""

OURS = ("language",)
"""Nobody asks in which language these are."""


def _said(n: int) -> str:
    return f"Police said {n % 90 + 2} people were killed near Karsa."


def _quiet(n: int) -> str:
    return f"The road to village {n} is open, and the market is held on every other day."


def _each(make: Callable[[int], str], between: str = "\n") -> Callable[[int], str]:
    """Texts of so many characters, made of numbered parts."""

    def text(size: int) -> str:
        parts: list[str] = []
        n = length = 0
        while length < size:
            parts.append(make(n))
            length += len(parts[-1]) + len(between)
            n += 1
        return between.join(parts)[:size]

    return text


def _line(size: int) -> str:
    """Two claims, and as much as there is room for between them, on one line."""
    return f"{_said(1)} {_each(_quiet, ' ')(size - 150)} {_said(2)}"


def _posts(size: int) -> str:
    lead = "Nine people were killed in Gao on Monday, police said. The army sealed off the town."
    each = _each(
        lambda n: f"2031-03-{11 + n // 1440 % 18:02}T{n // 60 % 24:02}:{n % 60:02}Z\n{_said(n)}"
    )
    return f"{lead}\n{each(size - len(lead) - 1)}"


def _table(size: int) -> str:
    rows = _each(lambda n: f"District {n}\t{n % 9 + 1}\t{n % 7 + 1}")
    return "The toll by district:\nDistrict\tKilled\tInjured\n" + rows(size - 50)


def _nested(size: int) -> str:
    return "He said " + _each(lambda n: f"(the man [whom the {n} soldiers", " ")(size - 9)


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": _each(lambda n: f"{_said(n)} {_quiet(n)} {_quiet(n + 1)}"),
    "quotes": lambda size: '"' * size,
    "quoted words": _each(lambda n: '"so" \u201che\u201d', " "),
    "open quotes": _each(lambda n: f"\u201c{_said(n)}"),
    "brackets": lambda size: "(" * size,
    "brackets both ways": lambda size: "()[]" * (size // 4),
    "nesting": _nested,
    "capitals": _each(lambda n: "THE ARMY KILLED FIVE PEOPLE IN KARSA", " "),
    "names": _each(lambda n: "Karsa Gao Ivan Petrov", " "),
    "one name": _each(lambda n: "Ivan Petrov said Ivan Petrov was killed in Karsa.", " "),
    "claims": _each(_said),
    "claims in a paragraph": _each(_said, " "),
    "claims in a sentence": _each(lambda n: f"{n % 90 + 2} people were killed near Karsa", " and "),
    "counts": _each(lambda n: f"{n % 900 + 2} killed", ", "),
    "sayers": _each(lambda n: "according to police", ", "),
    "sayers in sentences": _each(
        lambda n: f"According to witness {n}, {n % 90 + 2} died, according to a doctor.", " "
    ),
    "days": _each(lambda n: f"Five died on {n % 28 + 1} March 2031, the day before Monday.", " "),
    "line": _line,
    "no stops": _each(lambda n: "the soldiers went on to the next village and they", " "),
    "items": _each(lambda n: f"- {n + 2} people were killed in Karsa"),
    "deep items": _each(lambda n: f"{'  ' * (n % 400)}- {n + 2} people were killed."),
    "live page": _posts,
    "table": _table,
    "numbers": _each(str, " "),
    "one number": lambda size: "7" * size,
    "numbers and commas": lambda size: "1,234," * (size // 6),
    "emoji": lambda size: "\U0001f525" * size,
    "combining marks": lambda size: "e" + "\u0301" * (size - 1),
    "Chinese": lambda size: "\u8b66\u5bdf\u8bf4\u6709\u4e94\u4eba\u6b7b\u4ea1\u3002" * (size // 10),
    "zero width": lambda size: "a\u200b" * (size // 2),
    "long word": lambda size: "a" * size,
    "long words": lambda size: ("abcdefghij" * 500 + " ") * (size // 5001),
    "stops": lambda size: "." * size,
    "dashes": lambda size: "- " * (size // 2),
    "commas": lambda size: "a, " * (size // 3),
    "blank lines": lambda size: "a\n" * (size // 2),
    "spaces": lambda size: "a" + " " * (size - 2) + "b",
    "addresses": _each(lambda n: f"https://a.example/{n}", " "),
    "headings": _each(lambda n: f"KILLED IN DISTRICT {n}\n\nFive.\n"),
    "colons": _each(lambda n: "Police: five dead: army:", " "),
}
"""What makes a text of so many characters, by the name of its shape. All but the first are given
behind a sentence with a claim, so that they are of what is read."""


def text(name: str, size: int) -> str:
    """The text of that shape, of about so many characters."""
    return f"{_said(7)} {SHAPES[name](size)}"


def main(given: list[str]) -> None:
    """Print a line for each text, or for those of these names."""
    size = int(given.pop(0)) if given and given[0].isdecimal() else SIZE
    reader = Reader(load(None, {}, {}), threads=1)
    reader.read(Document(id="first", text=_said(1), published="2031-03-11"))
    plain = worst = 0.0
    for name in dict.fromkeys(("prose", *(given or SHAPES))):
        document = Document(
            id=name, text=text(name, size), language="en", mended=OURS, published="2031-03-11"
        )
        began = time.process_time()
        reading = reader.read(document)
        spent = (time.process_time() - began) / len(document.text)
        plain = plain or spent
        worst = max(worst, spent / plain)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {len(document.text):,} characters, {len(reading.claims):,} claims in "
            f"{spent * len(document.text):.1f} s, {peak:,} MB, {spent / plain:.1f} times prose"
        )
        print(*(f"  {problem}" for problem in reading.problems), sep="\n", flush=True)
    print(f"at most {worst:.1f} times prose; {MOST:.0f} is the most that it may be")


if __name__ == "__main__":
    main(sys.argv[1:])
