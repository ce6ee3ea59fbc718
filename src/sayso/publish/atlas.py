"""Where an incident was, as a small map: borders and coastlines around one point, as SVG.

Only the lines near the point are drawn.
"""

from __future__ import annotations

import math
from html import escape

from sayso.borders import Point, arcs
from sayso.publish import wording
from sayso.records import Place

SIZE = (400, 240)
"""Width and height, in user units of about a CSS pixel."""

ACROSS = 18.0
"""Degrees of longitude that the map shows at the equator: a country of middle size."""

STYLE = (
    ".sayso-map{background:var(--wash,#f5f3ec)}"
    ".sayso-map .land{fill:none;stroke:var(--soft,#595955);stroke-width:.8}"
    ".sayso-map .place{fill:var(--flag,#8f2d10);stroke:var(--paper,#fff);stroke-width:2}"
    ".sayso-map text{font:600 13px system-ui,sans-serif;fill:var(--ink,#1d1d1b);"
    "paint-order:stroke;stroke:var(--wash,#f5f3ec);stroke-width:3px}"
)


def is_drawable(place: Place | None) -> bool:
    """Whether a place is on the map, and not at a pole."""
    if place is None or place.lat is None or place.lon is None:
        return False
    return abs(place.lat) <= 85


def svg(place: Place | None, *, styled: bool = True) -> str:
    """A map with one point on it; "" where the place is not on the map. Not `styled`, it needs a
    page that has `STYLE`."""
    if place is None or not is_drawable(place):
        return ""
    width, height = SIZE
    scale = width / ACROSS  # per degree of longitude at the equator; latitude is stretched to match
    shrink = math.cos(math.radians(place.lat))  # type: ignore[arg-type]
    name = escape(wording.clean(place.name or place.text))

    def at(point: Point) -> Point:
        east = (point[0] - place.lon + 540) % 360 - 180  # type: ignore[operator]
        north = point[1] - place.lat  # type: ignore[operator]
        return width / 2 + east * shrink * scale, height / 2 - north * scale

    paths = []
    for arc in arcs():
        line = [at(point) for point in arc]
        if any(-60 < x < width + 60 and -60 < y < height + 60 for x, y in line):
            paths.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line))
    style = f"<style>{STYLE}</style>" if styled else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sayso-map" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="Map: {name}">{style}'
        f"<title>{name}: {place.lat:.2f}, {place.lon:.2f} ({place.precision or 'place'})</title>"
        f'<path class="land" d="{"".join(paths)}"/>'
        f'<circle class="place" cx="{width / 2}" cy="{height / 2}" r="6"/>'
        f'<text x="{width / 2 + 11}" y="{height / 2 + 4}">{name}</text></svg>\n'
    )
