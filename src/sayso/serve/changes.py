"""The log: what was entered, and what changed one incident, claim or document."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError
from sayso.publish import chronicle
from sayso.records import Entry
from sayso.review import history
from sayso.serve.asking import PER_PAGE, next_page, number, pages
from sayso.serve.desk import Desk, desk, items, wants_json
from sayso.serve.pages import figure_of


def log(request: Request) -> Response:
    """What was entered, the newest first; or what changed one incident, claim or document."""
    here = desk(request)
    subject = (request.query_params.get("subject") or "").strip()
    if subject:
        return _log_of(request, here, subject)
    page, head = number(request.query_params.get("page")), here.ledger.head().seq
    until = head - (page - 1) * PER_PAGE
    since = max(0, until - PER_PAGE)
    lines = here.ledger.lines(since, until)[::-1]
    if wants_json(request):
        return items(lines, next_page(request, page, head), head)
    named = _headings(here, lines), _names(here, lines)
    steps = chronicle.entries(lines[::-1], *named)[::-1]
    return here.page(
        request,
        "log.html",
        title="Log",
        steps=steps,
        subject="",
        about="",
        unsettled=chronicle.unsettled(
            here.remembered("unsettled", lambda: history.unsettled(here.ledger))
        )
        if page == 1
        else [],
        total=head,
        pages=pages(request, page, head),
    )


def _log_of(request: Request, here: Desk, subject: str) -> Response:
    """What changed an incident or a claim, or all that was entered about a document."""
    here.current()
    try:
        changes: Any = history.of_claim(here.ledger, subject)
        steps = chronicle.claims(changes)
        about = history.phrase(here.ledger.claim(subject)[0])
    except NotFoundError:
        try:
            figure = request.query_params.get("figure")
            changes = [
                change
                for change in history.of_incident(here.ledger, subject)
                if figure
                in (None, "", *(figure_of(toll) for toll in (change.before, change.after)))
            ]
            lines = [change.entry for change in changes]
            steps = chronicle.tolls(changes, _headings(here, lines), _names(here, lines))
            about = here.ledger.incident(subject)[0].title
        except NotFoundError:
            document = here.ledger.document(subject)
            name, about = document.id, document.title or "no title"
            changes = list(here.ledger.entries(subjects=(name,)))
            if wants_json(request):
                return items(changes)
            steps = chronicle.entries(changes, _headings(here, changes), _names(here, changes))
    if wants_json(request):
        return items(chronicle.records(changes))
    return here.page(
        request,
        "log.html",
        title=f"Log of {about}",
        steps=steps[::-1],
        subject=subject,
        about=about,
        unsettled=[],
        total=len(steps),
        pages=[],
    )


def _headings(here: Desk, lines: list[Entry]) -> dict[str, Any]:
    return here.ledger.headings(
        {line.subject for line in lines if line.kind in ("document", "reading")}
    )


def _names(here: Desk, lines: list[Entry]) -> dict[str, str]:
    return history.names(here.ledger, history.spoken_of(lines), here.judgements())
