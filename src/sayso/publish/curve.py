"""The toll curve of one incident as a picture: what was known when, and on whose say-so.

One step line for each origin, since a toll has no other honest line where origins differ; a band
from the lowest to the highest account that stood at each moment; a mark for each figure whose shape
says what kind of source gave it; figures taken back or denied stay in sight, crossed out. The
picture is drawn here as SVG, without scripts or fonts of its own, and is the same every time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from sayso.publish import drawing, points, wording
from sayso.publish.points import Said
from sayso.records import Incident, Voice

WIDE, SMALL, NARROW = (640, 300), (400, 240), (340, 280)
"""Sizes, in user units of about a CSS pixel: across a page, two side by side, and across a
telephone. A picture is higher where its lines and marks are more than fit."""

NAMES = {WIDE: 152, SMALL: 112, NARROW: 92}
"""The room for names at the ends of lines."""

LEFT, TOP, BOTTOM = 48, 46, 34
ROW, ROOM = 18, 30
CROSS, CROSSED = "cross", ("withdrawn", "denied")
LEGEND = {
    "circle": "officials, armed forces",
    "square": "hospitals, unions, civil society",
    "diamond": "media",
    "triangle": "witnesses, relatives, unnamed",
    "cross": "withdrawn or denied",
}

STYLE = """
.sayso-curve{--paper:#fff;--ink:#1d1d1b;--soft:#595955;--rule:#d9d8d2;--band:#e9e4d4;--line:#1d1d1b;
background:var(--paper);font:12px -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,
"Liberation Sans","Noto Sans","DejaVu Sans Condensed",system-ui,sans-serif}
@media (prefers-color-scheme:dark){.sayso-curve{--paper:#181817;--ink:#eceae3;--soft:#b3b1a8;
--rule:#3a3936;--band:#36332a;--line:#eceae3}}
@media print{.sayso-curve{--paper:#fff;--ink:#000;--soft:#444;--rule:#ccc;--band:#eee;--line:#000}}
.sayso-curve text{fill:var(--ink)}.sayso-curve .soft{fill:var(--soft)}
.sayso-curve .rule{stroke:var(--rule);stroke-width:1}
.sayso-curve .band{fill:var(--band)}.sayso-curve .above{fill-opacity:.45}
.sayso-curve .step{fill:none;stroke:var(--line);stroke-width:1.75}
.sayso-curve .lead{fill:none;stroke:var(--soft);stroke-width:.75}
.sayso-curve .mark{fill:var(--paper);stroke:var(--line);stroke-width:1.5}
.sayso-curve .open{stroke:var(--line);stroke-width:1.5;fill:none}
.sayso-curve .cross{stroke:var(--line);stroke-width:1.5}
.sayso-curve .figure{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
""".strip().replace("\n", "")

DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")


def svg(
    incident: Incident,
    kind: str,
    who: str = "unspecified",
    size: tuple[int, int] = WIDE,
    speakers: Mapping[str, Voice] | None = None,
    styled: bool = True,
) -> str:
    """The toll curve of one kind and group as an SVG document; "" where there is nothing to draw.

    The time axis spans all that the incident knows, so that its curves can be compared. Points
    without a readable date cannot be placed on it and are left out; the description says how many.
    `speakers` (see `board.Board`) tells whose word a claim is; without it that is judged by the
    names in the incident alone. Not `styled`, it needs a page that has `STYLE`.
    """
    found = [point for point in incident.curve if (point.kind, point.who) == (kind, who)]
    said = points.figures(incident, found, speakers or {})
    if not said:
        return ""
    undated = sum(wording.instant(point.at) is None for point in found)
    known = [at for point in incident.curve if (at := wording.instant(point.at)) is not None]
    chart = _Chart(said, min(known), max(known), size)
    drawn = chart.draw(_name(kind, who), *_words(incident, kind, who, said, undated))
    return drawn if styled else drawn.replace(f"<style>{STYLE}</style>", "")


def worth(incident: Incident) -> list[tuple[str, str]]:
    """The kinds and groups whose figure changed or differs, in the order of the toll board.

    Where none did, the first that can be drawn at all.
    """
    found = _bounds(incident)
    pairs = drawable(incident)
    return [pair for pair in pairs if len(found[pair]) > 1] or pairs[:1]


def drawable(incident: Incident) -> list[tuple[str, str]]:
    """The kinds and groups that have a dated figure, in the order of the toll board."""
    kinds = list(wording.KINDS)
    return sorted(_bounds(incident), key=lambda p: (kinds.index(p[0]), p[1] != "unspecified", p[1]))


def _bounds(incident: Incident) -> dict[tuple[str, str], set[tuple[int | None, int | None]]]:
    found: dict[tuple[str, str], set[tuple[int | None, int | None]]] = {}
    for point in incident.curve:
        if wording.instant(point.at) is not None and point.kind != "event":
            found.setdefault((point.kind, point.who), set()).add((point.low, point.high))
    return found


def _name(kind: str, who: str) -> str:
    words = f"{wording.group(who)} {wording.kind(kind)}"
    return words[0].upper() + words[1:]


def _words(
    incident: Incident, kind: str, who: str, said: Sequence[Said], undated: int
) -> tuple[str, str]:
    """A title and a description that tell in words all that the picture shows."""
    title = f"{_name(kind, who)}: {wording.clean(incident.title)}"
    told = [points.told(point) for point in said]
    if undated:
        told.append(f"{wording.plural(undated, 'figure')} without a date left out")
    return title, "; ".join(told) + "."


class _Chart:
    """Scales and layers of one picture; made, drawn once, and thrown away."""

    def __init__(
        self, said: Sequence[Said], first: datetime, last: datetime, size: tuple[int, int]
    ) -> None:
        self.said = said
        self.lines = points.lines(said)
        self.width, height = size
        self.named = NAMES[size]
        self.right = self.width - self.named - 12
        self.keys = _legend(said, self.width)
        legend = BOTTOM + ROW * len(self.keys)
        self.height = max(height, TOP + ROOM * (len(self.lines) - 1) + ROW + legend)
        self.base = self.height - legend
        self.paper = drawing.Paper(self.width, self.base + BOTTOM - 8)
        self.paper.take(0, 0, self.width, 22)  # the name of the picture
        room = max((last - first) * 0.03, timedelta(hours=1))
        self.start, self.end = drawing.shifted(first, -room), drawing.shifted(last, room)
        top = max(max(point.low or 0, point.high or 0) for point in said)
        self.step = drawing.nice(top)
        self.top = self.step * -(-max(top, 1) // self.step)
        self.left = max(LEFT, 16 + drawing.width(wording.number(self.top)))

    def x(self, at: datetime) -> float:
        share = (at - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def y(self, value: int) -> float:
        return self.base - value / self.top * (self.base - TOP)

    def draw(self, name: str, title: str, description: str) -> str:
        ends = self.ends()  # these and the axes have their places; figures find what is left
        axes = self.axes()
        layers = [
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(description)}</desc>",
            f"<style>{STYLE}</style>",
            drawing.text(LEFT, 16, drawing.cut(name, self.width - LEFT, bold=True), "figure"),
            *self.band(),
            *axes,
            *self.steps(),
            *self.marks(),
            *ends,
            *self.legend(),
        ]
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="sayso-curve" role="img" '
            f'viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}">'
        )
        return "\n".join([opening, *layers, "</svg>"]) + "\n"

    def axes(self) -> list[str]:
        drawn = []
        for value in range(0, self.top + 1, self.step):
            y = self.y(value)
            drawn.append(drawing.line("rule", self.left, y, self.right, y))
            drawn.append(drawing.text(self.left - 8, y + 4, wording.number(value), "soft", "end"))
            self.paper.take(0, y - 6, self.left - 6, 12)
        for at, label in drawing.ticks(self.start, self.end):
            x = self.x(at)
            drawn.append(drawing.line("rule", x, self.base, x, self.base + 5))
            # A label that would touch the one before it is left out: its tick stays.
            drawn.append(self.paper.write(label, [(x, self.base + 19)], "soft"))
        return drawn

    def band(self) -> list[str]:
        """From the lowest to the highest account that stood, paler where the top is open."""
        drawn = []
        for at, until, low, high in points.stretches(self.said, self.end):
            top = self.top if high is None else high
            if top > low:
                x, y = self.x(at), self.y(top)
                width, height = self.x(until) - x, self.y(low) - y
                style = "band above" if high is None else "band"
                place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
                drawn.append(f'<rect class="{style}" {place}/>')
        return drawn

    def steps(self) -> list[str]:
        drawn = []
        for index, changes in enumerate(self.lines.values()):
            path = ""
            for point in changes:
                x, y = self.x(point.at), self.y(point.level)
                path += f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}"
            path += f"H{self.x(self.end):.1f}"
            dash = f' stroke-dasharray="{DASHES[index]}"' if DASHES[index] else ""
            drawn.append(f'<path class="step"{dash} d="{path}"/>')
        return drawn

    def marks(self) -> list[str]:
        """A mark for each figure; its number where its origin first gives it, if it has room."""
        drawn = []
        before: dict[str, Said] = {}
        written: list[tuple[str, float]] = []
        for point in self.said:
            x, y = self.x(point.at), self.y(point.level)
            half = 10 if point.status in CROSSED else 5
            self.paper.take(x - half, y - half, 2 * half, 2 * half)
            if point.high is None:
                self.paper.take(x - 4, y - 19, 8, 14)
        for point in self.said:
            x, y = self.x(point.at), self.y(point.level)
            inner = [
                f"<title>{escape(points.told(point))}</title>",
                drawing.mark(point.shape, x, y),
            ]
            if point.high is None:
                inner.append(f'<path class="open" d="M{x:.1f} {y - 7:.1f}v-12m-4 4l4 -4l4 4"/>')
            if point.status in CROSSED:
                inner.append(drawing.line("cross", x - 10, y + 10, x + 10, y - 10))
            earlier = before.get(point.line)
            if point.replaces(earlier):
                before[point.line] = point
                falls = earlier is not None and earlier.level > point.level
                # Two origins may give one figure within the hour: the number is written once.
                if not any(point.figure == figure and abs(x - at) < 24 for figure, at in written):
                    places = self.beside(point, x, y, falls)
                    inner.append(self.paper.write(point.figure, places, "figure", bold=True))
                    if inner[-1]:
                        written.append((point.figure, x))
            drawn.append(f"<g>{''.join(inner)}</g>")
        return drawn

    def beside(self, point: Said, x: float, y: float, falls: bool) -> list[tuple[float, float]]:
        """Where the number of a mark may stand, the best place first: above it, or below where the
        line comes down to it, else beside."""
        above, below = (x, y - (23 if point.high is None else 11)), (x, y + 20)
        aside = drawing.width(point.figure, bold=True) / 2 + 9
        first = [below, above] if falls else [above, below]
        beside = [(x + aside, y - 8), (x - aside, y - 8), (x + aside, y + 14)]
        return [*first, *beside, (x, y - 14), (x, y + 24)]

    def ends(self) -> list[str]:
        """Each line's last figure and name beside its end, moved apart where they would touch."""
        last = sorted(
            (changes[-1] for changes in self.lines.values()),
            key=lambda point: (-point.level, point.line),
        )
        places = drawing.apart([self.y(point.level) for point in last], ROOM, self.base)
        drawn = []
        x = self.x(self.end)
        for point, place in zip(last, places, strict=True):
            y = self.y(point.level)
            drawn.append(f'<path class="lead" d="M{x:.1f} {y:.1f}L{x + 8:.1f} {place:.1f}"/>')
            drawn.append(drawing.text(x + 12, place - 1, point.figure, "figure"))
            words = drawing.cut(wording.clean(point.origin), self.named - 2)
            drawn.append(drawing.text(x + 12, place + 13, words, "soft"))
            self.paper.take(x + 10, place - 12, self.named, 28)
        return drawn

    def legend(self) -> list[str]:
        drawn = []
        for row, keys in enumerate(self.keys):
            x, y = float(LEFT), self.base + 42 + ROW * row
            for shape, words in keys:
                if shape == CROSS:
                    drawn.append(drawing.line("cross", x, y + 1, x + 10, y - 9))
                else:
                    drawn.append(drawing.mark(shape, x + 5, y - 4))
                drawn.append(drawing.text(x + 15, y, words, "soft"))
                x += _room(words)
        return drawn


def _legend(said: Sequence[Said], width: int) -> list[list[tuple[str, str]]]:
    """The marks in use with their meaning, in rows that fit the width."""
    used = {point.shape for point in said}
    if any(point.status in CROSSED for point in said):
        used.add(CROSS)
    rows: list[list[tuple[str, str]]] = [[]]
    x = float(LEFT)
    for shape, words in LEGEND.items():
        if shape in used:
            if rows[-1] and x + _room(words) - 12 > width:
                rows.append([])
                x = float(LEFT)
            rows[-1].append((shape, words))
            x += _room(words)
    return rows


def _room(words: str) -> float:
    """The width of one key of the legend: its mark and its words."""
    return 28 + drawing.width(words)
