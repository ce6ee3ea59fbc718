"""What people decide: the queue of claims that wait for it, and every judgement."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args
from urllib.parse import quote, urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import search
from sayso.pipeline.recalling import standings
from sayso.publish import context, wording
from sayso.reconcile.judgements import holding
from sayso.records import HARMS, Claim, Incident, Judgement
from sayso.review import Decision, corrections, decide, mends, queue
from sayso.review.dossiers import signs
from sayso.serve.adding import jobs
from sayso.serve.asking import PER_PAGE, number
from sayso.serve.desk import (
    NAME,
    Desk,
    called,
    decider,
    desk,
    items,
    named,
    ours,
    wants_json,
)
from sayso.serve.marking import marked
from sayso.serve.pages import claim_view, fields_of, fields_of_incident
from sayso.serve.people import DECIDES, person, require, takes

LATEST = 10
"""Decisions that stay in sight, to be undone."""

DECISIONS: tuple[str, ...] = tuple(
    word for kind in get_args(Decision) for word in (get_args(kind) or (kind,))
)


FIELDS: dict[str, dict[str, str]] = {
    "mend": corrections.HELP_OF_DOCUMENTS | corrections.HELP_OF_INCIDENTS,
    "mend_incident": corrections.HELP_OF_INCIDENTS,
}
"""What can be put in place of what is there, by a decision that is not about a claim."""


class Asking(msgspec.Struct, forbid_unknown_fields=True):
    """A decision as a program sends it: see `pipeline.decide` for what each is about."""

    verdict: str
    a: str
    b: tuple[str, ...] = ()
    correction: dict[str, str] = msgspec.field(default_factory=dict)
    note: str | None = None
    by: str | None = None
    settle: bool = False


class Made(NamedTuple):
    """What was decided, and where to go on."""

    judgements: list[Judgement]
    next: str


def review(request: Request) -> Response:
    """The claim that is most worth a look, or the one that is asked for, and all that a person can
    decide about it."""
    here = desk(request)
    here.current()
    kind = request.query_params.get("kind") or None
    if kind is not None and kind not in HARMS:
        raise SettingsError(f"{kind!r} is no kind of harm; there are {', '.join(HARMS)}")
    incident = request.query_params.get("incident") or None
    waiting = here.waiting(kind, incident)
    parts = {name: value for name, value in (("kind", kind), ("incident", incident)) if value}
    if wants_json(request):
        start = (number(request.query_params.get("page")) - 1) * PER_PAGE
        more = start + PER_PAGE < len(waiting)
        following = (
            f"/review.json?{urlencode(parts | {'page': start // PER_PAGE + 2})}" if more else None
        )
        shown = (one._asdict() for one in waiting[start : start + PER_PAGE])
        return items(shown, following, len(waiting))
    wanted = request.query_params.get("claim") or (waiting[0].claim if waiting else None)
    content: dict[str, Any] = {
        "kinds": HARMS,
        "kind": kind,
        "incident_only": incident,
        "left": len(waiting),
        "latest": _latest(here),
        "shown": False,
        "by": called(request),
    }
    if wanted is not None:
        content |= _shown(here, wanted, waiting, parts)
    return here.page(request, "review.html", title="Review", **content)


def _shown(
    here: Desk, wanted: str, waiting: list[queue.Asked], parts: dict[str, str]
) -> dict[str, Any]:
    """What the page has of the one claim that is looked at."""
    found, document = here.ledger.claim(wanted)
    judged = standings(here.ledger, [found]).get(found.id)
    shown = judged.claim if judged else found
    place = next((n for n, one in enumerate(waiting) if one.claim == found.id), None)
    reasons = waiting[place].reasons if place is not None else ()
    following = waiting[place + 1 :] if place is not None else waiting
    after = parts | ({"claim": following[0].claim} if following else {})
    view = claim_view(here, shown, document, judged, as_read=found)
    one: Incident | None = view["incident"]
    return view | {
        "shown": True,
        "quote": marked(found, document.text, context.passages(found, document.text)),
        "why": queue.why(reasons, shown),
        "here": f"/review?{urlencode(parts | {'claim': found.id})}",
        "next": f"/review?{urlencode(after)}" if after else "/review",
        "corrections": fields_of(shown),
        "help": corrections.HELP,
        "others": _same_days(here, one),
    }


def _same_days(here: Desk, one: Incident | None) -> list[Incident]:
    """The incidents that a claim may be of instead: those of the same days."""
    if one is None or one.when is None or one.when.start is None:
        return []
    last = (one.when.end or one.when.start)[:10]
    days = search.Filters(first=one.when.start[:10], last=last)
    return [i for i in search.incidents(here.ledger, days, LATEST * 2).items if i.id != one.id]


def _latest(here: Desk) -> list[dict[str, Any]]:
    """The last decisions that hold, the newest first, each with where to look at it again."""
    made = holding(_made(here))[-LATEST:][::-1]
    claims = here.ledger.claims_of(judgement.a for judgement in made)
    return [
        {
            "id": judgement.id,
            "verdict": judgement.verdict,
            "words": wording.judgement(judgement, dated=False),
            "claim": judgement.a if judgement.a in claims else None,
            "what": _phrase(claims[judgement.a][0]) if judgement.a in claims else "",
        }
        for judgement in made
    ]


def _made(here: Desk) -> list[Judgement]:
    """Every decision that was made."""
    return here.remembered("judgements", here.ledger.judgements)


def _phrase(claim: Claim) -> str:
    return f"{wording.what(claim)} {wording.whom(claim)}".strip()


async def judgements(request: Request) -> Response:
    """Take a decision, from a form or as JSON, into the ledger."""
    here = desk(request)
    if request.headers.get("content-type", "").startswith("application/json"):
        sent = await request.body()
        made = await run_in_threadpool(_from_json, request, here, sent)
        return items(made.judgements, status=201)
    form = await request.form(max_files=0, max_fields=1000)
    made = await run_in_threadpool(_from_form, request, here, form)
    answer = RedirectResponse(made.next, 303)
    if (by := str(form.get("by") or "").strip()) and not person(request).known_by_name:
        answer.set_cookie(NAME, quote(by), max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def _from_json(request: Request, here: Desk, sent: bytes) -> Made:
    try:
        asked = msgspec.json.decode(sent, type=Asking)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SettingsError(f"that is no decision: {error}") from None
    fields = FIELDS.get(asked.verdict, corrections.HELP)
    if unknown := asked.correction.keys() - fields.keys():
        known = ", ".join(fields)
        raise SettingsError(f"{', '.join(sorted(unknown))} cannot be corrected; {known} can")
    return Made(_decided(request, here, asked), "")


def _from_form(request: Request, here: Desk, form: FormData) -> Made:
    def field(name: str) -> str:
        return str(form.get(name) or "").strip()

    others = tuple(str(other) for other in form.getlist("b") if str(other).strip())
    asked = Asking(field("verdict"), field("a"), others, note=field("note") or None)
    asked.by = field("by") or None
    asked.settle = bool(field("settle"))
    if asked.verdict == "correct":
        claim, _ = here.ledger.claim(asked.a)
        judged = standings(here.ledger, [claim]).get(claim.id)
        present = fields_of(judged.claim if judged else claim)
        given = {name: field(name) for name in corrections.HELP if field(name)}
        asked.correction = {name: as_ for name, as_ in given.items() if as_ != present[name]}
    elif asked.verdict == "mend":
        held = here.ledger.reading(asked.a).document
        given = {name: field(name) for name in corrections.HELP_OF_DOCUMENTS if field(name)}
        asked.correction = {n: said for n, said in given.items() if said != getattr(held, n)}
    elif asked.verdict == "mend_incident":
        here.current()
        present = fields_of_incident(here.ledger.incident(asked.a)[0])
        given = {name: field(name) for name in present if field(name)}
        asked.correction = {name: as_ for name, as_ in given.items() if as_ != present[name]}
    made = _decided(request, here, asked)
    return Made(made, ours(field("next")) or _about(here, made))


def _decided(request: Request, here: Desk, asked: Asking) -> list[Judgement]:
    if asked.verdict not in DECISIONS:
        raise SettingsError(f"{asked.verdict!r} is no decision; there are {', '.join(DECISIONS)}")
    for text in (asked.a, *asked.b, asked.note or "", asked.by or "", *asked.correction.values()):
        if "\0" in text or len(text) > 10_000:
            raise SettingsError("no word may be as long, or have a NUL in it")
    require(request, takes(asked.verdict, asked.a, _made(here)))
    told = here.ledger, asked.verdict, asked.a, asked.b, here.settings.statuses
    # What stands until it is signed again, and what decides between two, takes an editor.
    if asked.settle or (asked.verdict == "status" and signs(*told)):
        require(request, DECIDES["sign"])
    by = decider(request, asked.by)
    corrected = None
    if asked.verdict == "correct" or asked.verdict in FIELDS:
        corrected = corrections.correction(here.settings.gazetteer, **asked.correction)
    verdict: Decision = asked.verdict  # type: ignore[assignment]
    decision = here.ledger, verdict, asked.a, asked.b, corrected, by, asked.note
    if mends(here.ledger, verdict, asked.a):
        return jobs(request).reading(lambda reader: decide(*decision, lambda: reader))
    return decide(*decision, settings=here.settings, settle=asked.settle)


def _about(here: Desk, made: list[Judgement]) -> str:
    """The page of what a decision is about."""
    try:
        if made and made[0].verdict == "mend":
            return f"/documents/{named(made[0].a)}"
        return f"/claims/{named(here.ledger.claim(made[0].a)[0].id)}" if made else "/log"
    except NotFoundError:
        return "/log"
