"""How far it is from one point to another."""

from __future__ import annotations

import math

KM_TO_A_DEGREE = math.radians(6371.0)
"""Of a great circle, on an earth that is a ball of that radius in kilometres."""


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points in degrees, as on a flat map about the middle: good to a few in
    a hundred for some thousand kilometres, also over the line where the date changes."""
    middle = math.radians((lat + other_lat) / 2)
    east = ((lon - other_lon + 180) % 360 - 180) * math.cos(middle)
    return KM_TO_A_DEGREE * math.hypot(lat - other_lat, east)
