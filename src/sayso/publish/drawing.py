"""Strokes, marks, letters and scales of a picture in SVG: what any chart needs, and no records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from sayso.publish import wording


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


def cut(words: str, length: int) -> str:
    """The words, shortened with an ellipsis to at most so many characters."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
