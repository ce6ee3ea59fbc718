"""Claims as files for other tools: CSV for spreadsheets, JSONL for programs, GeoJSON for maps.

Every function writes one row, line or feature for each claim, in the order of the documents and of
their texts, with the incident it belongs to, and returns how many it wrote. Nothing is left out or
summed up: what a figure is worth (denied, background, part of another, rejected by a person) stands
in its own columns. But for this: whom a claim names is given only where `names` are asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from msgspec.structs import replace

from sayso.publish import packages, signed, victims, wording
from sayso.records import JUDGED, Claim, Document, Heading, Incident, Judgement, Place, Standing
from sayso.wire import encode

POLICY = {
    "unit": "one row for each claim",
    "number": "low and high as the words have it; no one number is made of them",
    "range": "an empty low or high is open",
    "missing": "empty; never nought",
    "figures": "none is left out: modality, scope, part_of and judged say what each is worth",
    "coder": "read by machine; judged says what a person decided",
}
"""How a claim becomes a row, for the metadata of a file."""

COLUMNS: dict[str, str] = {
    "claim": "id of the claim",
    "incident": "id of the incident, empty where it belongs to none",
    "document": "id of the document",
    "outlet": "who printed it",
    "published": "when it was printed, as the document says",
    "url": "where it was printed",
    "title": "headline of the document",
    "kind": "killed, injured, ... or event",
    "event": "the event within its document: claims of one document that share it tell of one",
    "event_type": "PLOVER type of the event, or of the event that caused the harm",
    "event_mode": "PLOVER mode",
    "low": "least, empty = open",
    "high": "most, empty = open",
    "count_text": "the figure in the author's words",
    "who": "whom it happened to, in the author's words",
    "who_category": "their category",
    "people": "those of them who are named, where names are asked for, between semicolons",
    "by": "who did it, in the author's words",
    "by_category": "their category",
    "by_modality": "how surely they did it; not `modality` where another sentence says so",
    "to": "the other party of an event",
    "to_category": "their category",
    "place": "place as named",
    "place_name": "place in the gazetteer",
    "geonameid": "GeoNames id of the place",
    "lat": "latitude, WGS 84",
    "lon": "longitude, WGS 84",
    "country": "ISO 3166-1 alpha-2 code",
    "admin1": "first division: province, state, governorate",
    "admin2": "second division: district, county",
    "admin3": "third division",
    "admin1_code": "code of the first in GeoNames",
    "admin2_code": "code of the second",
    "chain": "the place and what it lies in, as named, between vertical bars",
    "precision": "point, city, region, country or area; near: beside it",
    "uncertainty_km": "how far from the point it may be, roughly",
    "place_basis": "sentence, reference, sayer, neighbour, dateline or story",
    "runner_up": "what else the place's name may mean, empty = no doubt",
    "runner_up_id": "GeoNames id of that",
    "runner_up_lead": "how many powers of ten it is less likely",
    "when": "time as named",
    "start": "first day or moment, empty = open",
    "end": "last day or moment, empty = open",
    "when_basis": "sentence, dateline, neighbour, or saying (told on that day)",
    "scope": "current, background or period",
    "modality": "asserted, reported, alleged, denied, threatened, planned or hypothetical",
    "origin": "who said it first, empty = the outlet in its own voice",
    "origin_kind": "kind of that source",
    "relays": "who passed it on, in order, between vertical bars",
    "say_so": "the whole chain in words, ending with the outlet",
    "basis": "stated, inherited or outlet",
    "part_of": "id of the claim that this figure is part of",
    "because": "the rule behind each field, as JSON",
    "evidence_start": "first character of the evidence in the text",
    "evidence_end": "one past its last character",
    "evidence": "the exact words",
    "judged": "what a person decided: accept, reject or unsure, empty = nobody",
    "corrected": "the fields that a person corrected, between spaces",
    "judged_by": "who decided last",
    "look_again": "true where it was judged when it read otherwise",
    "mended": "the fields of document and incident that a person mended, between spaces",
    **signed.COLUMNS,
    "after_signing": "true where the document came after its incident was signed off",
}
"""Every column of the CSV in order, with what it holds; GeoJSON properties have the same names."""


def csv(
    out: TextIO,
    documents: Iterable[Document | Heading],
    claims: Mapping[str, Sequence[Claim]],
    incidents: Iterable[Incident],
    standings: Mapping[str, Standing] | None = None,
    *,
    names: bool = False,
) -> int:
    """Write one row for each claim, with the `COLUMNS` as first row.

    A cell of text that a spreadsheet would take for a formula gets an apostrophe in front; JSONL
    and GeoJSON hold it as it is. Lines end in a line feed; open `out` with `newline=""`.
    """
    return packages.write(out, COLUMNS, table(documents, claims, incidents, standings, names=names))


def table(
    documents: Iterable[Document | Heading],
    claims: Mapping[str, Sequence[Claim]],
    incidents: Iterable[Incident],
    standings: Mapping[str, Standing] | None = None,
    *,
    names: bool = False,
) -> Iterator[dict[str, Any]]:
    """One row for each claim, by the names and in the order of `COLUMNS`."""
    for document, claim, incident in _rows(documents, claims, incidents):
        yield flat(document, claim, incident, (standings or {}).get(claim.id), names=names)


def jsonl(
    out: TextIO,
    documents: Iterable[Document | Heading],
    claims: Mapping[str, Sequence[Claim]],
    incidents: Iterable[Incident],
    standings: Mapping[str, Standing] | None = None,
    *,
    names: bool = False,
) -> int:
    """Write a line for each claim: `{"claim", "document": its heading, "incident": id or null,
    "judgements": what people decided about it, oldest first, "mended": as in `COLUMNS`, a list,
    "status": of its incident}`.
    """
    count = 0
    for document, claim, incident in _rows(documents, claims, incidents):
        standing = (standings or {}).get(claim.id)
        line = {
            "incident": incident and incident.id,
            "document": heading(document),
            "claim": claim if names else replace(claim, people=()),
            "judgements": [_decided(one, names) for one in standing.judgements] if standing else [],
            "mended": wording.fields_mended(document, incident),
            "status": signed.columns(incident)["status"],
        }
        out.write(encode(line) + "\n")
        count += 1
    return count


def _decided(made: Judgement, names: bool) -> Judgement:
    """A judgement with the names that a person gave, where names are asked for."""
    if names:
        return made
    correction = made.correction and replace(made.correction, people=None)
    return replace(made, correction=correction, made=made.made and replace(made.made, people=()))


def geojson(
    out: TextIO,
    documents: Iterable[Document | Heading],
    claims: Mapping[str, Sequence[Claim]],
    incidents: Iterable[Incident],
    standings: Mapping[str, Standing] | None = None,
    *,
    names: bool = False,
) -> int:
    """Write a FeatureCollection (RFC 7946) with one feature for each claim, and the policy under
    `sayso`, a member that others pass over.

    A claim whose place is unknown or not on the map has `"geometry": null`. A place is drawn as the
    point the gazetteer gives for it: read `precision` before measuring anything.
    """
    policy = json.dumps(POLICY, ensure_ascii=False)
    out.write(f'{{"type": "FeatureCollection", "sayso": {policy}, "features": [')
    count = 0
    for document, claim, incident in _rows(documents, claims, incidents):
        properties = flat(document, claim, incident, (standings or {}).get(claim.id), names=names)
        properties["because"] = claim.because
        del properties["lat"], properties["lon"]
        feature = {
            "type": "Feature",
            "id": claim.id,
            "geometry": geometry(claim.where),
            "properties": properties,
        }
        written = json.dumps(feature, ensure_ascii=False, allow_nan=False)
        out.write(("\n" if count == 0 else ",\n") + written)
        count += 1
    out.write("\n]}\n")
    return count


def geometry(place: Place | None) -> dict[str, Any] | None:
    """A place as a GeoJSON point, longitude first; `None` where it is not on the map."""
    if place is None or place.lat is None or place.lon is None:
        return None
    if not (math.isfinite(place.lat) and math.isfinite(place.lon)):
        return None
    if abs(place.lat) > 90 or abs(place.lon) > 180:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def heading(document: Document | Heading) -> Heading:
    """The document without its text."""
    if isinstance(document, Heading):
        return document
    return Heading(
        id=document.id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=document.language,
        mended=document.mended,
    )


def flat(
    document: Document | Heading,
    claim: Claim,
    incident: Incident | None,
    standing: Standing | None = None,
    *,
    names: bool = False,
) -> dict[str, Any]:
    """A claim in one level, with the names and the order of `COLUMNS`; `None` where nothing is."""
    corrected = sorted(name for name, rule in claim.because.items() if rule == JUDGED)
    event, count, where, when = claim.event, claim.count, claim.where, claim.when
    origin = claim.sources[0] if claim.sources else None
    other = where and where.runner_up
    return {
        "claim": claim.id,
        "incident": incident and incident.id,
        "document": document.id,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "kind": claim.kind,
        "event": event and event.id,
        "event_type": event and event.type,
        "event_mode": event and event.mode,
        "low": count and count.low,
        "high": count and count.high,
        "count_text": count and count.text,
        "who": claim.who and claim.who.text,
        "who_category": claim.who and claim.who.category,
        "people": (names and victims.people(claim)) or None,
        "by": claim.by and claim.by.text,
        "by_category": claim.by and claim.by.category,
        "by_modality": claim.by and (claim.by_said or claim).modality,
        "to": claim.to and claim.to.text,
        "to_category": claim.to and claim.to.category,
        "place": where and where.text,
        "place_name": where and where.name,
        "geonameid": where and where.geonameid,
        "lat": where and where.lat,
        "lon": where and where.lon,
        "country": where and where.country,
        "admin1": where and where.admin1,
        "admin2": where and where.admin2,
        "admin3": where and where.admin3,
        "admin1_code": where and where.admin1_code,
        "admin2_code": where and where.admin2_code,
        "chain": (where and " | ".join(where.chain)) or None,
        "precision": where and where.precision,
        "uncertainty_km": where and where.uncertainty_km,
        "place_basis": where and where.basis,
        "runner_up": other and ", ".join(filter(None, (other.name, other.country))),
        "runner_up_id": other and other.geonameid,
        "runner_up_lead": other and other.lead,
        "when": when and when.text,
        "start": when and when.start,
        "end": when and when.end,
        "when_basis": when and when.basis,
        "scope": claim.scope,
        "modality": claim.modality,
        "origin": origin and origin.text,
        "origin_kind": origin and origin.kind,
        "relays": " | ".join(source.text for source in claim.sources[1:]) or None,
        "say_so": wording.chain(claim, document.outlet),
        "basis": claim.basis,
        "part_of": claim.part_of,
        "because": json.dumps(claim.because, ensure_ascii=False, sort_keys=True),
        "evidence_start": claim.evidence.start,
        "evidence_end": claim.evidence.end,
        "evidence": claim.evidence.text,
        "judged": standing and standing.verdict,
        "corrected": " ".join(corrected) or None,
        "judged_by": standing and standing.judgements[-1].by,
        "look_again": (standing and standing.look_again) or None,
        "mended": " ".join(wording.fields_mended(document, incident)) or None,
        **signed.columns(incident),
        "after_signing": signed.is_late(incident, document.id) or None,
    }


def _rows(
    documents: Iterable[Document | Heading],
    claims: Mapping[str, Sequence[Claim]],
    incidents: Iterable[Incident],
) -> Iterator[tuple[Document | Heading, Claim, Incident | None]]:
    """Each claim with its document and its incident, in the order given."""
    incident_of = {name: incident for incident in incidents for name in incident.claims}
    for document in documents:
        for claim in claims.get(document.id, ()):
            yield document, claim, incident_of.get(claim.id)
