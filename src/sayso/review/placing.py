"""A place as a person types it, to where it is on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import SettingsError
from sayso.records import Place

if TYPE_CHECKING:
    from sayso.language.gazetteer import Candidate, Gazetteer

HELP = "a place, with its country or its point: Karsa, or Karsa, TR, or Karsa @ 41,29"
"""How a place is to be given."""

_POINT = re.compile(r"(?P<name>.*\S)\s*@\s*(?P<lat>-?[\d.]+)\s*,\s*(?P<lon>-?[\d.]+)")
_INSIDE = re.compile(r"(?P<name>.*\S)\s*,\s*(?P<wider>[^,]*\S)")
_CODE = re.compile(r"[A-Z]{2}")
_TOWN = 15_000  # people


def placed(value: str, file: Path | None) -> Place | None:
    """The place that these words mean, by the gazetteer with the added places of `file`; None if
    they are not given as `HELP` says.

    Of several of a name it is a country, or the largest. A point has the country that it lies in
    and the divisions of the nearest town there; a name that the gazetteer lacks, and that is said
    to lie in a country or a region, has the point of that. Raises `SettingsError` for a name that
    the gazetteer lacks and nothing tells where it lies. Without a `file` nothing is looked up.
    """
    point, inside = _POINT.fullmatch(value), _INSIDE.fullmatch(value)
    if "@" in value and not point:
        return None
    if file is None:
        return _at(point, None) if point else Place(text=value, basis="sentence")
    from sayso.language.gazetteer import Gazetteer

    opened: Gazetteer = Gazetteer.open(file)
    try:
        return _at(point, opened) if point else _named(value, inside, opened)
    finally:
        opened.close()


def _at(found: re.Match[str], gazetteer: Gazetteer | None) -> Place | None:
    name = found["name"]
    try:
        lat, lon = float(found["lat"]), float(found["lon"])
    except ValueError:
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    place = Place(text=name, name=name, lat=lat, lon=lon, precision="point", basis="sentence")
    return _divided(place, gazetteer) if gazetteer else place


def _named(value: str, inside: re.Match[str] | None, gazetteer: Gazetteer) -> Place:
    from sayso.language.places import spot

    meant, wider = gazetteer.find(value), None
    name = value
    if not meant and inside:
        name, wider = inside["name"], _wider(inside["wider"], gazetteer)
        meant = [c for c in gazetteer.find(name) if wider and _lies(c, wider)]
    if meant:
        return Place(text=name, basis="sentence", **spot(_likeliest(meant), gazetteer))
    if wider:
        return Place(text=value, basis="sentence", **spot(wider, gazetteer, own=False))
    near = ", ".join(f"{c.name} ({c.country})" for c in gazetteer.alike(name))
    asked = f" (near it: {near})" if near else ""
    raise SettingsError(
        f"the gazetteer has no {value!r}{asked}: give its point, as {value} @ 41.2,29.1, "
        f"or what it lies in, as {value}, TR"
    )


def _wider(name: str, gazetteer: Gazetteer) -> Candidate | None:
    """The country of a code, or the country or the region of a name."""
    if _CODE.fullmatch(name) and (land := gazetteer.of_country(name, "country")):
        return land
    found = [c for c in gazetteer.find(name) if c.kind in ("country", "region")]
    return next((c for c in found if c.kind == "country"), found[0] if found else None)


def _lies(place: Candidate, wider: Candidate) -> bool:
    from sayso.language.geography.nesting import lies_in

    return lies_in(place, wider)


def _divided(place: Place, gazetteer: Gazetteer) -> Place:
    """The place with the country that its point lies in, and the divisions of the nearest town."""
    from msgspec.structs import replace

    from sayso.language.geography.lines import country_at
    from sayso.language.places import spot

    if place.lat is None or place.lon is None:
        return place
    land = country_at(place.lat, place.lon)
    town = gazetteer.nearest(place.lat, place.lon, land)
    if town is None:
        return replace(place, country=land)
    told: dict[str, Any] = spot(town, gazetteer)
    fields = ("country", "admin1", "admin2", "admin1_code", "admin2_code")
    return replace(place, **{field: told[field] for field in fields})


def _likeliest(meant: Sequence[Candidate]) -> Candidate:
    """What a person means who gives no more than a name: a country, else a town, if it is not
    small, rather than the region that is called after it."""
    for kind, least in (("country", 0), ("city", _TOWN)):
        found = [c for c in meant if c.kind == kind and c.population >= least]
        if found:
            return found[0]
    return meant[0]
