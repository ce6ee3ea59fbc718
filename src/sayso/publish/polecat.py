"""Events as POLECAT's files have them, and as records of PLOVER in JSON: one for each of a text.

Both are dyadic, source and target of one event, so their unit is what one text says that one did to
another, in however many claims: the act itself and each harm that it did. Copies are left out: of
one text printed by many, the oldest stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as struct_replace

from sayso.publish import codes, rows, wording
from sayso.publish.board import Board, Line
from sayso.publish.countries import country
from sayso.records import Claim, Party

NOTHING = "None"
"""How POLECAT's files write that there is nothing."""

COLUMNS: dict[str, str] = {
    "Event ID": "id of the claim that tells of the act, else of the first harm that it did",
    "Event Date": "first day, else the day of printing",
    "Event Type": "PLOVER type; types of ours that PLOVER lacks are left out",
    "Event Mode": "PLOVER mode",
    "Intensity": "always None: Sayso gives no scores",
    "Quad Code": "verbal or material, cooperation or conflict, by the type",
    "Contexts": "always None",
    "Actor Name": "who acted",
    "Actor Country": "always None",
    "Actor COW": "always None",
    "Primary Actor Sector": "PLOVER sector of who acted",
    "Actor Sectors": "the same",
    "Actor Title": "always None",
    "Actor Name Raw": "who acted, in the author's words",
    "Wikipedia Actor ID": "always None",
    "Recipient Name": "to whom",
    "Recipient Country": "always None",
    "Recipient COW": "always None",
    "Primary Recipient Sector": "PLOVER sector of to whom",
    "Recipient Sectors": "the same",
    "Recipient Title": "always None",
    "Recipient Name Raw": "to whom, in the author's words",
    "Wikipedia Recipient ID": "always None",
    "Placename": "the place as the gazetteer has it",
    "City": "the same, of a town",
    "District": "the second division: district, county",
    "Province": "the first division: province, state, governorate",
    "Country": "ISO 3166-1 alpha-3 code",
    "Latitude": "WGS 84",
    "Longitude": "WGS 84",
    "GeoNames ID": "of the place",
    "Raw Placename": "the place as the text names it",
    "Feature Type": "point, city, region, country or area",
    "Source": "the outlet",
    "Publication Date": "day of printing",
    "Story People": "always None",
    "Story Organizations": "always None",
    "Story Locations": "always None",
    "Language": "of the text",
    "Version": "which Sayso read it",
    "Mended": "ours: the fields of document and incident that a person mended, between spaces",
}
"""Every column in POLECAT's order, one of ours behind them, and what Sayso puts there."""

POLICY = rows.POLICY | {
    "unit": "one row for each event of different texts, of all the claims that tell of it",
    "missing": "None, as POLECAT writes it; never nought, and nothing is filled in from elsewhere",
}

QUAD = {
    "VERBAL COOPERATION": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "MATERIAL COOPERATION": ("COOPERATE", "AID", "RETREAT"),
    "VERBAL CONFLICT": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "MATERIAL CONFLICT": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""PLOVER's quad codes and their types."""

SECTORS = {
    "security_forces": "COP",
    "military": "MIL",
    "officials": "GOV",
    "militants": "REB",
    "attackers": "UAF",
    "journalists": "MED",
    "protesters": "CVL",
    "civilians": "CVL",
    "children": "CVL",
    "women": "CVL",
    "medics": "CVL",
    "foreigners": "CVL",
    "suspects": "CVL",
}
"""PLOVER's sectors, by our categories."""


def table(board: Board, version: str) -> Iterator[dict[str, object]]:
    """The events of an incident, by the names and in the order of `COLUMNS`."""
    for line, _, type, mode in _events(board):
        claim, document, where = line.claim, line.document, line.claim.where
        precision = where.precision if where else None
        name = wording.clean(where.name or where.text) if where else ""
        to = claim.to or claim.who
        told = {
            "Event ID": claim.id,
            "Event Date": _day(line),
            "Event Type": type,
            "Event Mode": mode,
            "Quad Code": next((quad for quad, types in QUAD.items() if type in types), ""),
            "Actor Name": _name(claim.by),
            "Primary Actor Sector": _sector(claim.by),
            "Actor Sectors": _sector(claim.by),
            "Actor Name Raw": _name(claim.by),
            "Recipient Name": _name(to),
            "Primary Recipient Sector": _sector(to),
            "Recipient Sectors": _sector(to),
            "Recipient Name Raw": _name(to),
            "Placename": name,
            "City": name if precision in ("city", "point") else "",
            "District": (where.admin2 or "") if where else "",
            "Province": (where.admin1 or "") if where else "",
            "Country": country(where.country if where else None).iso3,
            "Latitude": where.lat if where else None,
            "Longitude": where.lon if where else None,
            "GeoNames ID": where.geonameid if where else None,
            "Raw Placename": wording.clean(where.text) if where else "",
            "Feature Type": precision or "",
            "Source": wording.clean(document.outlet or ""),
            "Publication Date": (document.published or "")[:10],
            "Language": document.language or "en",
            "Version": f"Sayso {version}",
            "Mended": " ".join(wording.fields_mended(document, board.incident)),
        }
        yield {n: NOTHING if told.get(n) in (None, "") else told[n] for n in COLUMNS}


def records(board: Board) -> Iterator[dict[str, Any]]:
    """The events of an incident as records of PLOVER: its names for type, mode, sectors and the
    figures that it has fields for; ours beside them for what it has none."""
    for line, told, type, mode in _events(board):
        claim, where = line.claim, line.claim.where
        figures: dict[str, Any] = {}
        for row in board.rows:
            field = codes.field_of("plover", row.toll)
            counts = (c.count for c in told if c.kind == row.toll.kind and c.part_of is None)
            if field and (count := next(filter(None, counts), None)):
                figures[field] = count.low if count.low else count.high
        yield {
            "id": claim.id,
            "incident": board.incident.id,
            "date": _day(line),
            "event": type,
            "mode": mode or None,
            "source": _party(claim.by),
            "target": _party(claim.to or claim.who),
            "location": None
            if where is None
            else {
                "name": where.name or where.text,
                "admin2": where.admin2,
                "admin2_code": where.admin2_code,
                "admin1": where.admin1,
                "admin1_code": where.admin1_code,
                "country": country(where.country).iso3 or None,
                "lat": where.lat,
                "lon": where.lon,
                "geonameid": where.geonameid,
            },
            **figures,
            "text": claim.evidence.text,
            "say_so": [source.text for source in claim.sources],
            "publisher": line.document.outlet,
            "published": line.document.published,
            "url": line.document.url,
            "mended": list(wording.fields_mended(line.document, board.incident)),
        }


def _events(board: Board) -> Iterator[tuple[Line, list[Claim], str, str]]:
    """What is said to have happened, in the different texts: by one claim and by all that tell of
    it, with PLOVER's type and mode."""
    for text in board.texts:
        for line, told in _told_once(text.lines):
            event = line.claim.event
            theirs = codes.plover(event.type, event.mode) if event else None
            if theirs is not None:
                yield line, told, *theirs


def _told_once(lines: Iterable[Line]) -> Iterator[tuple[Line, list[Claim]]]:
    """Each event that stands by one claim: the act's, or the first of a harm that it did, with the
    mode, parties, place and day that others of it have where it lacks them; and by all."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        claim = line.claim
        if claim.event and claim.scope == "current" and claim.modality in codes.STANDING:
            name = claim.event.id or claim.id  # as read before events had ids
            found.setdefault((line.document.id, name), []).append(line)
    for told in found.values():
        acts = sorted(told, key=lambda line: line.claim.kind != "event")
        lacks = {
            name: next((v for one in acts if (v := getattr(one.claim, name))), None)
            for name in ("by", "to", "who", "where", "when")
        }
        modes = (one.claim.event for one in acts)
        event = next((e for e in modes if e and e.mode), acts[0].claim.event)
        one = struct_replace(acts[0].claim, event=event, **lacks)
        yield replace(acts[0], claim=one), [line.claim for line in told]


def _day(line: Line) -> str:
    first, _ = rows.days(line.claim.when)
    return first or (line.document.published or "")[:10]


def _name(party: Party | None) -> str:
    return wording.clean(party.text) if party else ""


def _sector(party: Party | None) -> str:
    return SECTORS.get(party.category, "UNK") if party else ""


def _party(party: Party | None) -> dict[str, str] | None:
    return None if party is None else {"name": party.text, "sector": _sector(party)}
