"""What the map of the desk asks for: incidents as points, and the towns around them."""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import SettingsError
from sayso.ledger import search
from sayso.publish import exports, sheets, signed, wording
from sayso.records import Incident, as_signed
from sayso.serve.asking import asked, wants_latest
from sayso.serve.desk import desk, json
from sayso.wire import decode

ON_MAP = 2000
"""Incidents that are drawn at once, at most."""

TOWNS = 80
"""Towns named on the map at once, at most."""


def geojson(request: Request) -> Response:
    """The incidents that the filters leave, as points, for the map."""
    here, wanted = desk(request), asked(request)
    here.current()
    told = (here.ledger, wanted.filters, ON_MAP)
    words, unseen = wanted.words, here.unseen()
    page = search.records(*told, typed=words, sort=wanted.sort, unseen=unseen)
    drawn = (_feature(record, wants_latest(request)) for record in page.items)
    return json({"type": "FeatureCollection", "features": [one for one in drawn if one]})


@lru_cache(maxsize=ON_MAP)
def _feature(record: str, latest: bool) -> dict[str, Any] | None:
    """An incident as a point; None where it is nowhere. Most are what they were last time."""
    incident = decode(record, Incident)
    incident = incident if latest else as_signed(incident)
    geometry, when = exports.geometry(incident.where), incident.when
    if geometry is None:
        return None
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "id": incident.id,
            "title": wording.clean(incident.title),
            "toll": ", ".join(sheets.tally(incident)[:2]),
            "dead": incident.dead or 0,
            "mended": wording.mended(incident),
            "status": signed.status(incident),
            "day": wording.span(when.start, when.end) if when else "",
        },
    }


def towns(request: Request) -> Response:
    """The largest towns of a part of the map, from the gazetteer: `box` is its west, south, east
    and north in degrees. Raises `SettingsError` where it is none."""
    from sayso.language.gazetteer import Gazetteer

    said = request.query_params.get("box", "")
    try:
        west, south, east, north = (float(part) for part in said.split(","))
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError
    except ValueError:
        raise SettingsError(f"box={said!r} is not west,south,east,north in degrees") from None
    with closing(Gazetteer.open(desk(request).settings.gazetteer)) as gazetteer:
        found = gazetteer.within(south, west, north, east, TOWNS)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [town.lon, town.lat]},
            "properties": {"name": town.name, "rank": rank},
        }
        for rank, town in enumerate(found)
    ]
    return json({"type": "FeatureCollection", "features": features})
