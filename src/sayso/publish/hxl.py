"""Tolls as a table with a row of HXL tags (Humanitarian Exchange Language 1.1), one row each."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.publish import rows, signed, wording
from sayso.publish.board import Board
from sayso.publish.countries import country

COLUMNS: dict[str, str] = {
    "incident": "id of the incident",
    "title": "its headline",
    "type": "PLOVER type of event",
    "start": "first day",
    "end": "last day",
    "place": "the place",
    "admin1": "the first division: province, state, governorate",
    "admin1_code": "its code in GeoNames",
    "admin2": "the second division: district, county",
    "admin2_code": "its code in GeoNames",
    "admin3": "the third, where your own list of places has it",
    "country": "ISO 3166-1 alpha-3 code",
    "latitude": "WGS 84",
    "longitude": "WGS 84",
    "kind": "killed, injured, ...",
    "group": "to whom",
    "best": "the one figure, where a rule gives one",
    "low": "at least; empty is open",
    "high": "at most; empty is open",
    "origins": "independent voices behind it",
    "sources": "these, between semicolons",
    "differ": "whether accounts cannot all be true",
    "mended": "what of title, type, place and day is by a person",
    "status": "status of the incident, as a person set it",
    "signed": "when it was signed off, as which it stands here",
    "after_signing": "what came after that, and is not in these figures",
    "texts": "different texts about the incident",
    "updated": "day of the last text",
}

TAGS: dict[str, str] = {
    "incident": "#event+id",
    "title": "#event+name",
    "type": "#event+type",
    "start": "#date+start",
    "end": "#date+end",
    "place": "#loc+name",
    "admin1": "#adm1+name",
    "admin1_code": "#adm1+code",
    "admin2": "#adm2+name",
    "admin2_code": "#adm2+code",
    "admin3": "#adm3+name",
    "country": "#country+code+v_iso3",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "kind": "#affected+type",
    "group": "#population+type",
    "best": "#affected+num+best",
    "low": "#affected+num+min",
    "high": "#affected+num+max",
    "origins": "#meta+source+num",
    "sources": "#meta+source+list",
    "differ": "#meta+disputed",
    "mended": "#meta+mended",
    "status": "#status",
    "signed": "#date+signed",
    "after_signing": "#meta+pending",
    "texts": "#meta+text+num",
    "updated": "#date+reported",
}
"""The hashtag of each column: the second row of the file."""

_DIVISIONS = ("admin1", "admin1_code", "admin2", "admin2_code", "admin3")

POLICY = rows.POLICY | {"unit": "one row for each toll of each incident"}


def table(board: Board) -> Iterator[dict[str, object]]:
    """The tolls of an incident, gravest first, by the names and in the order of `COLUMNS`."""
    incident, where = board.incident, board.incident.where
    first, last = rows.days(incident.when)
    kept = signed.columns(incident)
    for row in board.rows:
        toll = row.toll
        yield {
            "incident": incident.id,
            "title": wording.clean(incident.title),
            "type": incident.type or "",
            "start": first,
            "end": last,
            "place": wording.clean(where.name or where.text) if where else "",
            **{name: (where and getattr(where, name)) or "" for name in _DIVISIONS},
            "country": country(where.country if where else None).iso3,
            "latitude": where.lat if where else None,
            "longitude": where.lon if where else None,
            "kind": toll.kind,
            "group": wording.counted(toll),
            "best": toll.best,
            "low": toll.low,
            "high": toll.high,
            "origins": len(toll.origins),
            "sources": rows.joined(origin.name for origin in toll.origins),
            "differ": "yes" if toll.disputed else "no",
            "mended": wording.mended(incident),
            "status": kept["status"],
            "signed": kept["signed"],
            "after_signing": signed.since(incident),
            "texts": len(board.texts),
            "updated": (board.documents[-1].published or "")[:10] if board.documents else "",
        }
