"""Where people differ who judged the same claims."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.publish import wording
from sayso.review import history
from sayso.review.agreement import KINDS, agreements
from sayso.serve.desk import desk, items, wants_json

MOST = 500
"""Differences of two people that are listed; the command has all."""


def agreement(request: Request) -> Response:
    """How far each two people agree, on all or one kind of decision, and each claim of which they
    say otherwise."""
    here = desk(request)
    kind = request.query_params.get("kind") or None
    found = [
        pair
        for pair in agreements(here.judgements(), blind=here.settings.blind)
        if kind in (None, pair.kind)
    ]
    if wants_json(request):
        return items([pair.record() for pair in found], total=len(found))
    listed = [one for pair in found for one in pair.differences[:MOST]]
    ids = {id for one in listed for id in (one.claim, one.other) if id}
    called = history.names(here.ledger, ids, here.judgements())
    return here.page(
        request,
        "agreement.html",
        title="Agreement",
        pairs=found,
        first=here.settings.blind,
        most=MOST,
        called=called,
        phrases={id: called[id] for id in here.ledger.claims_of(ids)},
        kind=kind,
        kinds=KINDS,
        names=wording.CORRECTED | wording.FIELDS,
    )
