"""Incidents in the columns of UCDP GED (version 25.1): a row for each event, day and place on which
armed force killed somebody."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator

from sayso.publish import codes, rows, signed, wording
from sayso.publish.actors import ARMED, CROWD, STATE, Named, Register, Scene, named
from sayso.publish.board import Board, Row, Scenes
from sayso.publish.countries import country
from sayso.publish.sides import Sides, scene, within
from sayso.records import Place, Toll

COLUMNS: dict[str, str] = {
    "id": "a number made from the incident's id; it is Sayso's, not UCDP's",
    "relid": "id of the incident, and the day or place of an event that is not all of it",
    "year": "year of the first day",
    "active_year": "always empty: it takes a year's dyads to tell",
    "code_status": "Not checked: read by machine; and what is by a person",
    "type_of_violence": "1 state-based, 2 non-state, 3 one-sided, by the rules of the codebook",
    "conflict_dset_id": "always empty",
    "conflict_new_id": "always empty",
    "conflict_name": "always empty",
    "dyad_dset_id": "always empty",
    "dyad_new_id": "always empty",
    "dyad_name": "side_a - side_b",
    "side_a_dset_id": "always empty",
    "side_a_new_id": "always empty",
    "side_a": "the state where one fights, else who acted, as the register of actors has it",
    "side_b_dset_id": "always empty",
    "side_b_new_id": "always empty",
    "side_b": "the other side, likewise",
    "number_of_sources": "independent origins of the figures",
    "source_article": "outlet, day and headline of each text, between semicolons",
    "source_office": "outlets, between semicolons",
    "source_date": "day of the first text",
    "source_headline": "headline of the first text",
    "source_original": "on whose word the figures rest, between semicolons",
    "where_prec": "1 the place, 2 within 25 km, 3 a district, 4 a province, 5 a border, a road or "
    "farther off, 6 a country, 7 an area",
    "where_coordinates": "the place as the gazetteer has it",
    "where_description": "the place as the texts name it",
    "adm_1": "the first division: province, state, governorate",
    "adm_2": "the second division: district, county",
    "latitude": "WGS 84",
    "longitude": "WGS 84",
    "geom_wkt": "the point as well-known text",
    "priogrid_gid": "cell of PRIO-GRID, half a degree wide",
    "country": "name of the country",
    "country_id": "always empty: Gleditsch and Ward's number",
    "region": "always empty: UCDP's own division of the world",
    "event_clarity": "1 where day and place are told, else 2",
    "date_prec": "1 the day, 2 within 6 days, 3 a week, 4 a month, 5 longer",
    "date_start": "first day",
    "date_end": "last day",
    "deaths_a": "the dead of side a itself; this column and the next three add up to best",
    "deaths_b": "the dead of side b itself",
    "deaths_civilians": "the unarmed dead; where a side bears no arms, all others too",
    "deaths_unknown": "of best, those whom no group explains",
    "best": "all the dead: best, else low; empty where nobody counted",
    "high": "at most; empty is open",
    "low": "at least; empty is open",
    "gwnoa": "always empty",
    "gwnob": "always empty",
    "adm_1_code": "code of the first division in GeoNames; this column and the next are Sayso's",
    "adm_2_code": "code of the second",
}
"""Every column in UCDP's order, those of Sayso behind them, and what Sayso puts there."""

_UNARMED = ("Civilians", *CROWD)
_NEAR_KM = 25
PRECISION = {"point": 1, "city": 1, "near": 2, "region": 4, "country": 6, "area": 7}


def table(told: Scenes, actors: Register | None = None) -> Iterator[dict[str, object]]:
    """The rows of an incident: GED has one only where somebody died, or may have, by the force of
    those who bear arms, whether or not the type of violence can be told yet. Protests, disasters,
    crowds that kill and what is recalled after years have none."""
    for event in rows.events(told):
        found, dead = row(event, actors), event.dead
        some = bool(rows.number(dead) or (dead and dead.best is None and dead.high))
        if some and (found["type_of_violence"] or _is_open(event, actors)):
            yield found


def row(told: rows.Event | Board, actors: Register | None = None) -> dict[str, object]:
    """One event, or an incident as one, by the names and in the order of `COLUMNS`; its sides by
    the register of `actors`, that which Sayso brings if none is given."""
    event = told if isinstance(told, rows.Event) else rows.whole(told)
    board, dead = event.board, event.dead
    incident, where = board.incident, board.incident.where
    first, last = rows.days(incident.when)
    a, b, claimed = _sides(event, actors)
    violence = _type(event, a, b, claimed)
    names = [wording.clean(side.ucdp) if side else "" for side in (a, b)]
    texts = board.texts
    status = signed.status(event.whole.incident) or "Not checked"
    found = {
        "id": int(hashlib.sha256(incident.id.encode()).hexdigest()[:12], 16),
        "relid": incident.id,
        "year": first[:4],
        "code_status": "; ".join(filter(None, (status, wording.mended(incident)))),
        "type_of_violence": violence,
        "dyad_name": rows.joined(names, " - "),
        "side_a": names[0],
        "side_b": names[1],
        "number_of_sources": incident.origins,
        "source_article": rows.joined(_article(text.document) for text in texts),
        "source_office": rows.joined(rows.outlets(board)),
        "source_date": (texts[0].document.published or "")[:10] if texts else "",
        "source_headline": next(iter(rows.headlines(board)), ""),
        "source_original": rows.joined(rows.origins(board)),
        "where_prec": _where_precision(where),
        "where_coordinates": wording.clean(where.name or "") if where else "",
        "where_description": wording.clean(where.text) if where else "",
        "adm_1": (where.admin1 or "") if where else "",
        "adm_2": (where.admin2 or "") if where else "",
        "adm_1_code": (where.admin1_code or "") if where else "",
        "adm_2_code": (where.admin2_code or "") if where else "",
        "latitude": where.lat if where else None,
        "longitude": where.lon if where else None,
        "geom_wkt": _point(where),
        "priogrid_gid": _cell(where),
        "country": country(where.country if where else None).name,
        "event_clarity": 1 if first and first == last and where else 2,
        "date_prec": _date_precision(first, last),
        "date_start": first,
        "date_end": last,
        "best": rows.number(dead),
        "high": dead.high if dead else None,
        "low": dead.low if dead else None,
    }
    return {name: found.get(name, "") for name in COLUMNS} | {
        **_shares(event, a, b, scene(board, actors))
    }


def _sides(event: rows.Event, actors: Register | None) -> Sides:
    """Both sides, a state first."""
    coded = codes.coded_within(event.board, event.whole, "acled")
    a, b, claimed = within(event.board, event.whole, coded, actors)
    if b and b.kind in STATE and not (a and a.kind in STATE):
        a, b = b, a
    return Sides(a, b, claimed)


def _is_open(event: rows.Event, actors: Register | None) -> bool:
    """Whether force is told of, and who did it may yet turn out to be somebody who bears arms."""
    sides = [side for side in _sides(event, actors)[:2] if side]
    mob = any(side.kind in CROWD for side in sides) and all(s.kind in _UNARMED for s in sides)
    one = len(sides) > 1 and sides[0].ucdp == sides[1].ucdp != ""
    return _is_force(event) and not mob and not one


def _is_force(event: rows.Event) -> bool:
    boards = (event.board, event.whole)
    return any(map(codes.tells_of_force, boards)) and not codes.is_no_event(event.whole)


def _type(event: rows.Event, a: Named | None, b: Named | None, claimed: str) -> int | None:
    code = codes.coded_within(event.board, event.whole, "ucdp").code
    force = code or claimed or (rows.number(event.dead) and _is_force(event))
    return _violence(code, a, b) if force else None


def _violence(code: int | None, a: Named | None, b: Named | None) -> int | None:
    """The type of violence by the kinds of both sides, else by the categories in the claims: a
    state's needs a state, and a non-state one two that are known."""
    kinds = {side.kind for side in (a, b) if side and side.known}
    armed = kinds & set(ARMED)
    if a and b and a.kind in STATE and b.kind in STATE:
        return 1 if a.ucdp != b.ucdp else None
    if kinds & set(STATE) and (armed or (code and b and b.kind in ARMED)):
        return 1
    if a and b and a.kind in ARMED and b.kind in ARMED and a.known and b.known:
        return 2
    if (armed or kinds & set(STATE)) and kinds & set(_UNARMED):
        return 3
    return None if code == 2 else code


def _shares(
    event: rows.Event, a: Named | None, b: Named | None, there: Scene
) -> dict[str, int | None]:
    """The dead by side, which add up to the one number of all. No part is counted beside its whole,
    and a group of which more are told than are left explains nothing: it is a boast."""
    left = rows.number(event.dead)
    if not left:
        return {}
    found: dict[str, int | None] = {}
    unarmed = any(side and side.kind in _UNARMED for side in (a, b))
    for field, dead in sorted(_told(event.board, a, b, there).items(), key=_unarmed_first):
        if field != "deaths_unknown" and dead and dead <= left:
            found[field] = dead
            left -= dead
    if left:
        rest = "deaths_civilians" if unarmed else "deaths_unknown"
        found[rest] = (found.get(rest) or 0) + left
    return found


def _unarmed_first(told: tuple[str, int]) -> bool:
    return told[0] != "deaths_civilians"


def _told(board: Board, a: Named | None, b: Named | None, there: Scene) -> dict[str, int]:
    """How many of the dead are told of by side: groups that one text counts apart added up, of
    others the largest."""
    found: dict[str, int] = {}
    together = rows.apart(board)
    for row_ in board.rows:
        field, dead = codes.field_of("ucdp", row_.toll), rows.number(row_.toll)
        if row_.toll.kind != "killed" or not field or not dead:
            continue
        shares = {field: dead}
        if field in _OWN:
            by_name = _by_name(board, row_.toll, a, b, there)
            shares = by_name if len(by_name) > 1 else {_whose(row_, field, a, b, there): dead}
        for own, share in shares.items():
            before = found.get(own, 0)  # soldiers and policemen are one side
            found[own] = before + share if row_.toll in together else max(before, share)
    return found


def _by_name(
    board: Board, toll: Toll, a: Named | None, b: Named | None, there: Scene
) -> dict[str, int]:
    """The dead of each side by its name, where both are people of the kind that a toll is of."""
    found: dict[str, int] = {}
    for claim in (line.claim for line in board.lines.values()):
        counts = claim.kind == "killed" and claim.scope == "current" and not claim.part_of
        if not (counts and claim.count and claim.who and claim.who.category == toll.who):
            continue
        name = named(claim.who, there, acting=True)[0].ucdp
        for side, own in zip((a, b), _OWN, strict=True):
            if side and name == side.ucdp:
                found[own] = max(found.get(own, 0), claim.count.low or 0)
    return found


_OWN = ("deaths_a", "deaths_b")


def _whose(row_: Row, field: str, a: Named | None, b: Named | None, there: Scene) -> str:
    """The side whose own dead these are: by their name, else the one side of their kind."""
    party = row_.latest.claim.who if row_.latest else None
    name = named(party, there, acting=True)[0].ucdp if party else ""
    for side, own in zip((a, b), _OWN, strict=True):
        if side and name and side.ucdp == name:
            return own
    kinds = STATE if field == "deaths_a" else ARMED
    alike = [own for side, own in zip((a, b), _OWN, strict=True) if side and side.kind in kinds]
    return alike[0] if len(alike) == 1 else "deaths_unknown"


def _article(document: object) -> str:
    outlet = getattr(document, "outlet", None) or ""
    day = (getattr(document, "published", None) or "")[:10]
    title = getattr(document, "title", None) or ""
    return ", ".join(wording.clean(part) for part in (outlet, day, title) if part)


def _point(where: Place | None) -> str:
    if where is None or where.lat is None or where.lon is None:
        return ""
    return f"POINT ({where.lon} {where.lat})"


def _cell(where: Place | None) -> int | None:
    """The cell of PRIO-GRID: rows of 720 cells of half a degree, from the south-west corner."""
    if where is None or where.lat is None or where.lon is None:
        return None
    return math.floor((where.lat + 90) * 2) * 720 + math.floor((where.lon + 180) * 2) + 1


def _where_precision(where: Place | None) -> int | None:
    """A district is finer than a province, and both are regions to us; what is near a place by more
    than UCDP's 25 km is on a line or in a fuzzy area."""
    if where is None:
        return None
    if where.precision == "near" and (where.uncertainty_km or 0) > _NEAR_KM:
        return 5
    if where.precision == "region" and where.admin2:
        return 3
    return PRECISION.get(where.precision or "")


def _date_precision(first: str, last: str) -> int | None:
    between = rows.length(first, last)
    if between is None:
        return None
    limits = ((0, 1), (6, 2), (7, 3), (31, 4))
    return next((code for days, code in limits if between <= days), 5)
