"""How far people agree, and on what they differ: for a third to settle."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.publish import chronicle, concord
from sayso.review import agreement
from sayso.serve.desk import desk, items, wants_json

MOST = 200
"""Differences on the page, at most; programs get all."""


def agreeing(request: Request) -> Response:
    """How far each two people agree, by kind of decision, and on what they differ."""
    here = desk(request)
    judgements = here.remembered("judgements", here.ledger.judgements)
    agreed = agreement.agreed(agreement.answers(judgements))
    differing = agreement.differing(judgements)
    if wants_json(request):
        differ = request.query_params.get("differing") == "1"
        return items(concord.records(differing if differ else agreed))
    shown = differing[:MOST]
    claims = here.ledger.claims_of(one.subject[0] for one in shown if len(one.subject) == 1)
    return here.page(
        request,
        "agreement.html",
        title="Agreement",
        agreed=agreed,
        kappa=concord.kappa,
        total=len(differing),
        rows=[
            (one, chronicle.phrase(claims[one.subject[0]][0]))
            if one.subject[0] in claims
            else (one, "")
            for one in shown
        ],
    )
