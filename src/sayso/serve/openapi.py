"""What the desk can be asked by programs, as OpenAPI 3.1, made from the records themselves."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from sayso.ledger.conditions import Filters
from sayso.records import (
    Claim,
    Document,
    Entry,
    Heading,
    Incident,
    Judgement,
    Reading,
)
from sayso.review.corrections import HELP, HELP_OF_CLAIMS, HELP_OF_DOCUMENTS, HELP_OF_INCIDENTS
from sayso.serve.asking import CHOICES, CHOICES_AT, NAMES
from sayso.serve.exporting import SHAPES, TABLES
from sayso.serve.feeding import TYPES
from sayso.serve.review import DECISIONS
from sayso.settings import UNSET, Settings
from sayso.version import __version__

Schema = dict[str, Any]

RECORDS = (Claim, Document, Entry, Heading, Incident, Judgement, Reading)

WHAT: dict[str, str] = {
    "first": "a day: what happened on it or later",
    "last": "a day: what happened on it or before",
    "kind": "a kind of claim",
    "type": "a PLOVER type of event",
    "place": "part of a place's name",
    "country": "ISO 3166-1 alpha-2 code",
    "who": "a category of people, or words",
    "source": "part of a source's name",
    "outlet": "part of an outlet's name",
    "verdict": "how people judged it; none is what nobody judged",
    "incident": "the id of an incident",
    "ours": "no for the incidents that people set aside as not ours",
    "status": "the status of the incident, as new or published",
    "owner": "whose the incident is",
    "tag": "a tag of the incident",
}
"""Each of the `Filters`, for those who ask by an address."""

FIELDS = HELP_OF_INCIDENTS | HELP | HELP_OF_DOCUMENTS
"""What a decision can put in place, of a claim, a document or an incident."""

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"anyOf": [{"type": "string", "format": "date"}, {"const": ""}]}
ENUMS: dict[str, Schema] = {
    name: {"type": "string", "enum": [*allowed, ""]} for name, allowed in CHOICES.items()
} | {"first": DAY, "last": DAY}
"""What can be asked for only so; the field of a form that was left empty asks for nothing."""


Needs = tuple[tuple[str, str, str], ...]
"""Methods and paths, and the roles that they take."""


@cache
def document(needs: Needs = (), statuses: tuple[str, ...] = Settings().statuses) -> Schema:
    """The whole description, with what each operation takes at a desk with accounts, and the
    statuses that incidents can have."""
    _, records = msgspec.json.schema_components(RECORDS, ref_template="#/components/schemas/{name}")
    failure = _object(
        ok={"const": False}, error=TEXT, status={"type": "integer", "minimum": 400, "maximum": 599}
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sayso",
            "version": __version__,
            "description": "What a ledger tells, and decisions about it. Every answer is "
            '`{"ok": true, "items": [...], "next": address or null}` or '
            '`{"ok": false, "error": words, "status": number}`. Where the desk has accounts, a '
            "program sends a token of its person's, whose role has to do.",
        },
        "paths": _with_roles(_paths(statuses), needs),
        # At a desk without accounts nothing needs to be sent.
        "security": [{}, {"token": []}],
        "components": {
            "schemas": dict(records) | {"Failure": failure},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _with_roles(paths: Schema, needs: Needs) -> Schema:
    for method, path, role in needs:
        if operation := paths.get(path, {}).get(method.lower()):
            operation["description"] = f"At a desk with accounts it takes the role {role}."
    return paths


def _paths(statuses: tuple[str, ...]) -> Schema:
    one = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    moment = _query("as_of", TEXT, "an ISO date or date-time: what had been published by then")
    page = _query("page", {"type": "integer", "minimum": 1, "maximum": 9_999_999}, "from 1")
    words = _query("q", TEXT, "words that must be there")
    enums = ENUMS | {"status": {"type": "string", "enum": [*statuses, UNSET, ""]}}
    filters = [
        _query(NAMES.get(name, name), enums.get(name, TEXT), WHAT[name]) for name in Filters._fields
    ]
    sort = _query("sort", ENUMS["sort"], "the newest first, or by this; -this the other way")
    latest = _query("latest", ENUMS["latest"], "as all tells now, whatever was signed off")
    within = _query("in", ENUMS["in"], "where to look")
    of = _query("of", ENUMS["of"], "which claims")
    with_names = _query("names", ENUMS["names"], "with the names of people, or without")
    harms, decisions = (
        {"type": "string", "enum": [*CHOICES_AT[path]["kind"], ""]}
        for path in ("/review", "/agreement")
    )
    kind = _query("kind", harms, "of this kind of harm only")
    decided = _query("kind", decisions, "on this kind of decision only")
    subject = _query("subject", TEXT, "an incident, a claim or a document")
    shape = one | {"name": "shape", "schema": {"type": "string", "enum": [*SHAPES, *TABLES]}}
    number: Schema = {"type": "integer"}
    maybe: Schema = {"type": ["string", "null"]}
    asked = _object(claim=TEXT, kind=TEXT, incident=TEXT, weight=number, reasons=_array(TEXT))
    agreement = _object(
        first=TEXT,
        second=TEXT,
        kind=TEXT,
        both=COUNT,
        alike=COUNT,
        kappa={"type": ["number", "null"], "minimum": -1, "maximum": 1},
        differences=_array(
            _object(
                claim=TEXT,
                other=maybe,
                said=_array(TEXT),
                first=_ref("Judgement"),
                second=_ref("Judgement"),
                settled={"anyOf": [_ref("Judgement"), {"type": "null"}]},
            )
        ),
    )
    source = _object(
        name=TEXT,
        kind=TEXT,
        claims=COUNT,
        documents=COUNT,
        origin=COUNT,
        first=maybe,
        last=maybe,
        corrected=COUNT,
        mended={"type": "boolean"},
        passes_on=_array(_object(name=TEXT, claims=COUNT)),
    )
    found_claim = _object(claim=_ref("Claim"), document=_ref("Heading"), incident=maybe)
    found_document = _object(
        document=_ref("Heading"),
        incidents=_array(TEXT),
        passage=TEXT,
        start=COUNT,
        cut={"type": "boolean"},
        marks=_array(_array(COUNT)),
    )
    outcome = _object(input=TEXT, became=TEXT, document=maybe, claims={"type": ["integer", "null"]})
    job = _object(
        id=TEXT,
        total=COUNT,
        done=COUNT,
        finished={"type": "boolean"},
        stopped={"type": "boolean"},
        now=maybe,
        outcomes=_array(outcome),
    )
    said = {name: maybe for name in ("id", "title", "outlet", "published", "url", "language")}
    article = {
        "type": "object",
        "required": ["text"],
        "properties": said | {"text": {"type": "string", "minLength": 1}},
    }
    judged = _object(
        claim=_ref("Claim"), as_read=_ref("Claim"), judgements=_array(_ref("Judgement"))
    )
    decision = {
        "type": "object",
        "additionalProperties": False,
        "required": ["verdict", "a"],
        "properties": {
            "verdict": {"type": "string", "enum": list(DECISIONS)},
            "a": TEXT
            | {"description": "the claim, judgement, document, incident or name of a source"},
            "b": _array(TEXT)
            | {
                "description": "the others, of decisions about two or more; or the kind of a source"
            },
            "correction": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: TEXT | {"description": how} for name, how in FIELDS.items()},
            },
            "note": maybe,
            "by": maybe,
            "settle": {"type": "boolean", "description": "decide between people who differ"},
            "words": TEXT | {"description": HELP_OF_CLAIMS["words"]},
            "which": {"type": ["integer", "null"], "description": HELP_OF_CLAIMS["which"]},
        },
    }
    return {
        "/incidents.json": _get(
            "The incidents", _ref("Incident"), words, *filters, sort, page, latest
        ),
        "/incidents.geojson": {
            "get": {
                "summary": "The incidents on a map, as points",
                "parameters": [words, *filters, latest],
                "responses": _answers("200", "application/json", {"type": "object"}),
            }
        },
        "/incidents/{id}.json": _get(
            "One incident, with its tolls", _ref("Incident"), one, moment, latest
        ),
        "/incidents/{id}/near.json": _get(
            "The incidents that may be the same as one: by place and day, or by words",
            _object(incident=_ref("Incident"), why=TEXT),
            one,
            _query("near", TEXT, "words that another incident is found by"),
        ),
        "/claims/{id}.json": _get("A claim and what was decided about it", judged, one),
        "/documents/{id}.json": _get(
            "A document and all that was read in it",
            _object(document=_ref("Document"), reading=_ref("Reading")),
            one,
        ),
        "/sources.json": _get("Who is on record as saying things", source, *filters, page),
        "/search.json": _get(
            "Claims by their evidence, or documents by their text",
            {"anyOf": [found_claim, found_document]},
            words,
            within,
            *filters,
            page,
        ),
        "/log.json": _get(
            "What was entered, the newest first; or what changed one subject",
            {"type": "object"},
            subject,
            page,
        ),
        "/agreement.json": _get("How far each two people agree", agreement, decided),
        "/review.json": _get("The claims that wait to be judged", asked, kind, page),
        "/judgements": {
            "post": {
                "summary": "Decide about a claim, a document or an incident",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": decision}},
                },
                "responses": _answers("201", "application/json", _envelope(_ref("Judgement"))),
            }
        },
        "/documents": {
            "post": {
                "summary": "Read documents, one or a list or lines of JSON, and keep them",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"anyOf": [article, _array(article)]}}
                    },
                },
                "responses": _answers("202", "application/json", _envelope(job)),
            }
        },
        "/add/{id}.json": _get("How far the reading of documents is", job, one),
        "/add/{id}/stop": {
            "post": {
                "summary": "Stop the reading of documents; what was read is kept",
                "parameters": [one],
                "responses": _answers("200", "application/json", _envelope(job)),
            }
        },
        "/feed.{shape}": {
            "get": {
                "summary": "New incidents and changed tolls, as Atom or JSON Feed",
                "parameters": [
                    one | {"name": "shape", "schema": {"type": "string", "enum": [*TYPES]}},
                    *filters,
                    latest,
                ],
                "responses": _answers("200", TYPES["json"], {"type": "object"})
                | {
                    "200": {
                        "description": "the feed",
                        "content": {kind: {"schema": {}} for kind in TYPES.values()},
                    }
                },
            }
        },
        "/export.{shape}": {
            "get": {
                "summary": "Claims as a file",
                "parameters": [shape, of, with_names, latest, words, *filters],
                "responses": _answers("200", "application/octet-stream", {})
                | {
                    "200": {
                        "description": "the file",
                        "content": {
                            kind.partition(";")[0]: {"schema": {}} for _, kind in SHAPES.values()
                        },
                    }
                },
            }
        },
    }


def _get(summary: str, item: Schema, *parameters: Schema) -> Schema:
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": _answers("200", "application/json", _envelope(item)),
        }
    }


def _answers(status: str, kind: str, schema: Schema) -> Schema:
    return {
        status: {"description": "done", "content": {kind: {"schema": schema}}},
        "default": {
            "description": "not done",
            "content": {"application/json": {"schema": _ref("Failure")}},
        },
    }


def _envelope(item: Schema) -> Schema:
    schema = _object(ok={"const": True}, items=_array(item), next={"type": ["string", "null"]})
    schema["properties"]["total"] = COUNT
    return schema


def _query(name: str, schema: Schema, what: str) -> Schema:
    return {"name": name, "in": "query", "description": what, "schema": schema}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
