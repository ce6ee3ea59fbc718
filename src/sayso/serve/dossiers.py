"""What the page of an incident shows of what people keep of it, and of what came after sign-off."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from sayso.pipeline.recalling import Known, as_published, decisions
from sayso.pipeline.signing import as_signed_off
from sayso.publish import signed, wording
from sayso.records import OF_DOSSIERS, Dossier, Incident
from sayso.review.dossiers import GRADES, freezing
from sayso.serve.asking import as_of, wants_latest
from sayso.serve.desk import Desk


def known(request: Request, here: Desk, incident: str) -> Known:
    """What the ledger tells of that incident, as it was signed off, unless the address asks for the
    latest. Raises `NotFoundError`."""
    found = here.known(incident)
    return found if wants_latest(request) else as_signed_off(here.ledger, found)


def at_moment(request: Request, here: Desk, incident: str) -> Known:
    """The same, or what had been published of it by the moment that the address asks for. Raises
    `NotFoundError`, and `SettingsError` where that is none."""
    now, moment = known(request, here, incident), as_of(request)
    if moment is None or not now.incidents:
        return now
    return as_published(here.ledger, now.incidents[0].id, moment, here.judgements())


def view(request: Request, here: Desk, incident: Incident) -> dict[str, Any]:
    """What the page has of an incident's dossier, by the names that its template uses."""
    told = incident.dossier or Dossier()
    statuses = here.settings.statuses
    there = {*(told.signed.documents if told.signed else incident.documents)}
    after = signed.since(incident)
    made = [
        one
        for one in decisions(here.ledger, incident.id, here.judgements())
        if one.verdict in OF_DOSSIERS
    ]
    return {
        "status": told.status or statuses[0],
        "statuses": list(dict.fromkeys((*statuses, told.status or statuses[0]))),
        "freezing": freezing(statuses),
        "owner": told.owner or "",
        "tags": told.tags,
        "grade": told.grade,
        "public": told.public,
        "grades": GRADES,
        "notes": told.notes,
        "signed": told.signed,
        "said": signed.told(incident, changes=False),
        "since": after[:1].upper() + after[1:],
        "changes": signed.changes(incident),
        "late": [
            d
            for d in here.ledger.headings(_documents(here, incident)).values()
            if d.id not in there
        ],
        "latest": wants_latest(request),
        "made": [
            (one.id, wording.judgement(one)) for one in made if one.verdict not in ("note", "undo")
        ][::-1],
    }


def _documents(here: Desk, incident: Incident) -> tuple[str, ...]:
    """All that tell of it, those that came after sign-off too."""
    return tuple(part.document for part in here.ledger.incident(incident.id)[1].parts)
