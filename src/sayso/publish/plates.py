"""A toll as one picture to hand on: a card with the headline figures, or the table of all, as SVG.

Every letter carries its own size and colour, so that any program draws the picture alike: no style
sheet, no script, nothing to load. What does not fit is cut with an ellipsis, never written over.
"""

from __future__ import annotations

from typing import Any

from sayso.publish import drawing
from sayso.publish.drawing import FLAG, INK, RULE, SOFT

WIDTHS = {"card": 480, "table": 640}
"""In user units of about a CSS pixel; the height is what the content needs."""

PAD = 24
SOURCES = 5
"""Voices that a card names under its first figure."""


class _Plate:
    """Lines of words from the top down."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.y = float(PAD)
        self.drawn: list[str] = []

    @property
    def room(self) -> float:
        return float(self.width - 2 * PAD)

    def line(
        self,
        words: str,
        size: float = drawing.EM,
        *,
        bold: bool = False,
        colour: str = INK,
        most: int = 1,
        after: float = 6.0,
    ) -> None:
        """Words across the plate, on so many lines at most; `after` is the room below them."""
        for part in drawing.wrapped(words, self.room, most, bold, size):
            self.y += size
            self.put(PAD, part, size, bold=bold, colour=colour)
            self.y += size * 0.3
        self.y += after - size * 0.3

    def put(self, x: float, words: str, size: float, **how: Any) -> None:
        """Words at a place of the present line."""
        self.drawn.append(drawing.lettered(x, self.y, words, size, **how))

    def rule(self, colour: str = RULE, after: float = 8.0) -> None:
        """A line across."""
        self.drawn.append(
            f'<path d="M{PAD} {self.y:.1f}H{self.width - PAD}" stroke="{colour}" fill="none"/>'
        )
        self.y += after

    def svg(self, title: str, description: str) -> str:
        """The whole picture, with words for those who do not see it."""
        return drawing.picture(self.width, round(self.y + PAD - 8), title, description, self.drawn)


def card(told: dict[str, Any]) -> str:
    """The headline figures as one picture, from `report.content`: the gravest large, with its
    voices, the others below."""
    plate = _Plate(WIDTHS["card"])
    _head(plate, told)
    first, *others = told["cards"] or [None]
    if first is None:
        plate.line("No figures.", 14)
    else:
        plate.line(first["figure"], 52, bold=True, after=8)
        plate.line(first["words"], 16, bold=True, most=2)
        best = next((row["best"] for row in told["rows"]), "?")
        if best not in ("?", first["figure"]):
            plate.line(f"best figure: {best}", 13, colour=SOFT)
        if first["differ"]:
            plate.line("accounts differ", 12, bold=True, colour=FLAG)
        plate.y += 4
        for voice in first["voices"][:SOURCES]:
            plate.line(f"{voice['figure']} {voice['name']}".strip(), 13, colour=SOFT, after=5)
        if len(first["voices"]) > SOURCES:
            more = len(first["voices"]) - SOURCES
            plate.line(f"and {more} more", 13, colour=SOFT, after=5)
    if others:
        plate.y += 4
        plate.rule()
        for other in others:
            names = ", ".join(voice["name"] for voice in other["voices"])
            differ = " (accounts differ)" if other["differ"] else ""
            plate.line(f"{other['figure']} {other['words']}{differ}", 13, bold=True, after=3)
            plate.line(names, 12, colour=SOFT, after=7)
    _foot(plate, told)
    return plate.svg(_title(told), _said(told))


def table(told: dict[str, Any]) -> str:
    """All figures as one picture, each with low, best and high and on whose say-so."""
    plate = _Plate(WIDTHS["table"])
    _head(plate, told)
    columns = {"low": 370.0, "best": 435.0, "high": 500.0, "origins": 616.0}
    plate.y += 20
    plate.put(PAD, "kind, who", 12, colour=SOFT)
    for name, x in columns.items():
        plate.put(x, name, 12, colour=SOFT, anchor="end")
    plate.y += 8
    plate.rule(INK, after=4)
    for row in told["rows"]:
        plate.y += 14
        name = drawing.cut(f"{row['kind']}, {row['who']}", 240, bold=True, size=13)
        plate.put(PAD, name, 13, bold=True)
        for column, x in columns.items():
            value = drawing.cut(str(row[column]), 62, size=13)
            plate.put(x, value, 13, bold=column == "best", anchor="end")
        plate.y += 6
        voices = "; ".join(f"{voice['figure']} {voice['name']}" for voice in row["voices"])
        plate.line(voices, 12, colour=SOFT, most=2, after=7)
        plate.rule(after=4)
    if not told["rows"]:
        plate.line("No figures.", 14)
    _foot(plate, told)
    return plate.svg(_title(told), _said(told))


def _head(plate: _Plate, told: dict[str, Any]) -> None:
    plate.line(told["title"], 16, bold=True, most=2)
    if told["setting"]:
        plate.line(told["setting"], 12, colour=SOFT, after=8)


def _foot(plate: _Plate, told: dict[str, Any]) -> None:
    plate.y += 4
    if told["brief"]:
        plate.line(" ".join(told["brief"]), 11, colour=SOFT, most=4, after=3)
    plate.line(", ".join(told["counts"]), 11, colour=SOFT, after=3)
    plate.line(f"Last document: {told['last']}. {told['identifier']}", 11, colour=SOFT)


def _title(told: dict[str, Any]) -> str:
    return f"{told['title']}: {told['setting']}" if told["setting"] else str(told["title"])


def _said(told: dict[str, Any]) -> str:
    figures = [
        f"{row['kind']}, {row['who']}: low {row['low']}, best {row['best']}, high {row['high']}"
        for row in told["rows"]
    ]
    return "; ".join(figures) or "No figures."
