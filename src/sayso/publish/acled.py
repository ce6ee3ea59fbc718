"""Incidents in the columns of ACLED's data export (codebook of 2024): a row for each event, day and
place."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.lexicon import codes as tables
from sayso.publish import codes, rows, sides, signed, wording
from sayso.publish.actors import Register
from sayso.publish.board import Board, Scenes
from sayso.publish.countries import country
from sayso.records import Place, printed

COLUMNS: dict[str, str] = {
    "event_id_cnty": "id of the incident, and the day or place of an event that is not all of it; "
    "it is Sayso's, not ACLED's",
    "event_date": "first day",
    "year": "year of the first day",
    "time_precision": "1 the day, 2 within a week, 3 within a month or more",
    "disorder_type": "by the sub-event type",
    "event_type": "by the sub-event type",
    "sub_event_type": "by the rules of the codebook; empty where ACLED has none",
    "actor1": "who acted, as the register of actors has it, else in the words of the texts",
    "assoc_actor_1": "groups beside it, between semicolons",
    "inter1": "what kind of actor",
    "actor2": "to whom, likewise",
    "assoc_actor_2": "groups beside it, between semicolons",
    "inter2": "what kind of actor",
    "interaction": 'inter1-inter2 in the order of the codebook; of one alone, that and "only"',
    "civilian_targeting": "Civilian targeting, where violence hit civilians or peaceful protesters",
    "iso": "ISO 3166-1 number of the country",
    "region": "always empty: ACLED's own division of the world",
    "country": "name of the country",
    "admin1": "the first division: province, state, governorate",
    "admin2": "the second division: district, county",
    "admin3": "the third, where your own list of places has it",
    "location": "the place",
    "latitude": "WGS 84",
    "longitude": "WGS 84",
    "geo_precision": "1 a town or point, 2 near it or in part of a region, 3 a region or country",
    "source": "outlets, between semicolons",
    "source_scale": "always empty",
    "notes": "both sides, and the record in sentences",
    "fatalities": "the dead: best, else low; groups that one text counts apart are added up; empty "
    "where nobody counted",
    "tags": "crowd size=..., in the words of the last report that tells it",
    "timestamp": "always empty: when ACLED published it",
    "admin1_code": "code of the first division in GeoNames; this column and the next are Sayso's",
    "admin2_code": "code of the second",
    "status": "Sayso's: status of the incident, as a person set it",
    "signed": "Sayso's: when the incident was signed off, as which it stands here",
    "after_signing": "Sayso's: what came after that, and is not in this row",
}
"""Every column in ACLED's order, those of Sayso behind them, and what Sayso puts there."""

PRECISION = {"point": 1, "city": 1, "near": 2, "area": 2, "region": 3, "country": 3}
_REGION_KM = 100
"""From so far on "near" is no more than somewhere in a region: on a border, on a long road."""


def table(
    told: Scenes, disasters: bool = False, actors: Register | None = None
) -> Iterator[dict[str, object]]:
    """The rows of an incident; of what ACLED has no code for, a disaster, a mishap or what is only
    recalled, only if asked for."""
    for event in rows.events(told):
        found, whole = row(event, actors), event.whole
        coded = disasters or found["sub_event_type"]
        if coded or not (whole.incident.type == "DISASTER" or codes.is_no_event(whole)):
            yield found


def row(told: rows.Event | Board, actors: Register | None = None) -> dict[str, object]:
    """One event, or an incident as one, by the names and in the order of `COLUMNS`; its sides by
    the register of `actors`, that which Sayso brings if none is given."""
    event = told if isinstance(told, rows.Event) else rows.whole(told)
    board = event.board
    incident, where = board.incident, board.incident.where
    coded = codes.coded_within(board, event.whole, "acled")
    kind = tables("acled")["sub_event_types"].get(coded.code, {})
    event_type = kind.get("event_type", "")
    first, last = rows.days(incident.when)
    by, to, claimed = sides.within(board, event.whole, coded, actors)
    named = [wording.clean(side.acled) if side else "" for side in (by, to)]
    kinds = [side.kind if side else "" for side in (by, to)]
    beside = [rows.joined(side.beside) if side else "" for side in (by, to)]
    there = country(where.country if where else None)
    kept = signed.columns(event.whole.incident)
    return {
        "event_id_cnty": incident.id,
        "event_date": first,
        "year": first[:4],
        "time_precision": _time_precision(first, last),
        "disorder_type": kind.get("disorder_type", ""),
        "event_type": event_type,
        "sub_event_type": coded.code or "",
        "actor1": named[0],
        "assoc_actor_1": beside[0],
        "inter1": kinds[0],
        "actor2": named[1],
        "assoc_actor_2": beside[1],
        "inter2": kinds[1],
        "interaction": sides.interaction(*kinds),
        "civilian_targeting": _civilian(kinds[1], kind.get("disorder_type", "")),
        "iso": there.number,
        "region": "",
        "country": there.name,
        "admin1": (where.admin1 or "") if where else "",
        "admin2": (where.admin2 or "") if where else "",
        "admin3": (where.admin3 or "") if where else "",
        "location": wording.clean(where.name or printed(where)) if where else "",
        "latitude": where.lat if where else None,
        "longitude": where.lon if where else None,
        "geo_precision": _geo_precision(where),
        "source": rows.joined(rows.outlets(board)),
        "source_scale": "",
        "notes": rows.notes(event, *named, claimed=claimed),
        "fatalities": rows.number(event.dead),
        "tags": _crowd(board),
        "timestamp": "",
        "admin1_code": (where.admin1_code or "") if where else "",
        "admin2_code": (where.admin2_code or "") if where else "",
        "status": kept["status"] or "",
        "signed": kept["signed"] or "",
        "after_signing": signed.since(event.whole.incident),
    }


def _geo_precision(where: Place | None) -> int | None:
    if where is None:
        return None
    wide = where.precision == "near" and (where.uncertainty_km or 0) > _REGION_KM
    return PRECISION["region"] if wide else PRECISION.get(where.precision or "")


def _civilian(to: str, disorder_type: str) -> str:
    violent = "Political violence" in disorder_type
    return "Civilian targeting" if to in ("Civilians", "Protesters") and violent else ""


def _time_precision(first: str, last: str) -> int | None:
    between = rows.length(first, last)
    if between is None:
        return None
    return 1 if between == 0 else 2 if between <= 7 else 3


def _crowd(board: Board) -> str:
    for row_ in board.rows:
        count = row_.latest.claim.count if row_.latest else None
        if codes.field_of("acled", row_.toll) == "tags" and count and rows.number(row_.toll):
            return f"crowd size={wording.clean(count.text)}"
    return ""
