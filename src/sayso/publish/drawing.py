"""Strokes, marks, letters and scales of a picture in SVG: what any chart needs, and no records."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape

from sayso.publish import wording

INK, SOFT, RULE, PAPER, FLAG = "#1d1d1b", "#595955", "#d9d8d2", "#ffffff", "#8f2d10"
"""The colours of pictures that stand by themselves."""

FACES = (
    "Segoe UI, Roboto, Helvetica Neue, Arial, Liberation Sans, Noto Sans, DejaVu Sans, sans-serif"
)


def nice(top: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that cuts 0..top into at most six parts."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if top <= step * factor * 6:
                return step * factor
        step *= 10


def ticks(start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Round moments on the axis with their names: hours or days, at most nine of them."""
    hours = (end - start) / timedelta(hours=1)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if hours <= 30:
        step = timedelta(hours=next(h for h in (1, 2, 3, 6) if hours / h <= 9 or h == 6))
    else:
        step = timedelta(days=max(1, -(-int(hours // 24) // 8)))
    moments = [midnight + index * step for index in range((end - midnight) // step + 1)]
    found: list[tuple[datetime, str]] = []
    for at in moments:
        if at >= start:
            words = f"{at.day} {wording.MONTHS[at.month - 1]}"
            if hours > 24 * 300 or (hours > 30 and not found):
                words += f" {at.year}"
            if hours <= 30:
                words = (
                    f"{words} {at.hour:02}:00" if not found or not at.hour else f"{at.hour:02}:00"
                )
            found.append((at, words))
    return found


def apart(places: Sequence[float], room: float, end: float) -> list[float]:
    """The places in their order, moved so that each has room and the last is not beyond the end.

    >>> apart([10.0, 12.0, 90.0], 20.0, 80.0)
    [10.0, 30.0, 80.0]
    """
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + room) if moved else place)
    limit = end
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], limit)
        limit = moved[index] - room
    return moved


def shifted(at: datetime, by: timedelta) -> datetime:
    """The moment so much later, or itself where the calendar ends."""
    try:
        return at + by
    except OverflowError:
        return at


def mark(shape: str, x: float, y: float) -> str:
    """A mark of that shape around a point: "circle", "square", "diamond" or "triangle"."""
    if shape == "circle":
        return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    paths = {
        "square": f"M{x - 4.5:.1f} {y - 4.5:.1f}h9v9h-9z",
        "diamond": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
        "triangle": f"M{x:.1f} {y - 6:.1f}l6 10.5h-12z",
    }
    return f'<path class="mark" d="{paths[shape]}"/>'


def line(style: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line in a class of the style sheet."""
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def text(x: float, y: float, words: str, style: str, anchor: str = "start") -> str:
    """Words at a point, escaped; `anchor` is which end of them stands there."""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}"{side}>{escape(words)}</text>'


def lettered(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    anchor: str = "start",
) -> str:
    """Words at a point, escaped, that need no style sheet."""
    weight = ' font-weight="600"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}{side}>'
        f"{escape(wording.clean(words))}</text>"
    )


def picture(wide: int, high: int, title: str, description: str, drawn: Iterable[str]) -> str:
    """An SVG document on paper of its own."""
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sayso-plate" role="img" '
        f'viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" font-family="{FACES}">'
    )
    said = [
        f"<title>{escape(wording.clean(title))}</title>",
        f"<desc>{escape(wording.clean(description))}</desc>",
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
    ]
    return "\n".join([opening, *said, *drawn, "</svg>"]) + "\n"


THIN, SLIM, WIDE = "iIjl.,:;'|!’", "frt()[]-/ ", "mMwW%@—…"

EM = 12.0
"""The size of letters where nothing else is said, in user units."""


def width(words: str, bold: bool = False, size: float = EM) -> float:
    """About how much room words take on a line, rather more than less: advances of Arial, which the
    other faces of our pictures come near to, and 6 % for those that are wider."""
    ems = 0.0
    for character in words:
        if unicodedata.east_asian_width(character) in "WF":
            ems += 1.0
        elif character in THIN:
            ems += 0.27
        elif character in SLIM:
            ems += 0.35
        elif character in WIDE:
            ems += 0.9
        elif not unicodedata.combining(character):
            ems += 0.69 if character.isupper() else 0.56
    return ems * size * (1.13 if bold else 1.06)


def cut(words: str, room: float, bold: bool = False, size: float = EM) -> str:
    """The words, shortened with an ellipsis to fit into so much room."""
    if width(words, bold, size) <= room:
        return words
    while words and width(words + "…", bold, size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, room: float, most: int, bold: bool = False, size: float = EM) -> list[str]:
    """The words on lines of so much room, at most so many; the last is cut where more would follow.

    >>> wrapped("one two three", 50.0, 2)
    ['one two', 'three']
    """
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most:
        line = rest.pop(0)
        while rest and width(f"{line} {rest[0]}", bold, size) <= room:
            line += f" {rest.pop(0)}"
        lines.append(line)
    if rest:
        lines[-1] = f"{lines[-1]} {rest[0]}"
    return [cut(line, room, bold, size) for line in lines]


class Paper:
    """What is drawn on already, so that nothing written later covers it."""

    def __init__(self, wide: float, high: float) -> None:
        self._size = wide, high
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, wide: float, high: float) -> None:
        """Note that this box, from its left upper corner, is drawn on."""
        self._taken.append((x, y, x + wide, y + high))

    def free(self, x: float, y: float, wide: float, high: float) -> bool:
        """Whether a box is within the paper, and nothing is drawn there."""
        right, bottom = x + wide, y + high
        if x < 0 or y < 0 or right > self._size[0] or bottom > self._size[1]:
            return False
        return not any(
            x < taken[2] and right > taken[0] and y < taken[3] and bottom > taken[1]
            for taken in self._taken
        )

    def write(
        self, words: str, middles: Iterable[tuple[float, float]], style: str, bold: bool = False
    ) -> str:
        """The words around the first of these points (the middle of their base line) where they
        cover nothing; "" where there is none."""
        wide = width(words, bold)
        for x, y in middles:
            if self.free(x - wide / 2, y - EM * 0.8, wide, EM):
                self.take(x - wide / 2, y - EM * 0.8, wide, EM)
                return text(x, y, words, style, "middle")
        return ""
