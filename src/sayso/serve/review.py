"""What people decide: the queue of claims that wait for it, and every judgement."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args
from urllib.parse import quote, urlencode

import msgspec
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotFoundError, SaysoError, SettingsError
from sayso.publish import context, wording
from sayso.reconcile.judgements import holding
from sayso.records import HARMS, Claim, Incident, Judgement
from sayso.review import Decision, corrections, decide, history, incident_of, mends, queue
from sayso.review.dossiers import signs
from sayso.review.making import Quoted
from sayso.serve import dossiers, nearby
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
from sayso.serve.pages import claim_view, document_page, incident_page
from sayso.serve.people import DECIDES, person, require, takes
from sayso.serve.typed import PLAIN, Typed, changed, of_claim, of_incident

LATEST = 10
"""Decisions that stay in sight, to be undone."""

ACCOUNTS = 4
"""Accounts that are shown beside the one that is asked about, at most."""

DECISIONS: tuple[str, ...] = tuple(
    word for kind in get_args(Decision) for word in (get_args(kind) or (kind,))
)


FIELDS: dict[str, dict[str, str]] = {
    "mend": corrections.HELP_OF_DOCUMENTS | corrections.HELP_OF_INCIDENTS,
    "mend_incident": corrections.HELP_OF_INCIDENTS,
    "claim": corrections.HELP,
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
    words: str = ""
    which: int | None = None
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
    return _page(request, waiting, wanted, parts)


def _page(
    request: Request,
    waiting: list[queue.Asked],
    wanted: str | None,
    parts: dict[str, str],
    typed: Typed | None = None,
) -> Response:
    here = desk(request)
    content: dict[str, Any] = {
        "kinds": HARMS,
        "kind": parts.get("kind"),
        "incident_only": parts.get("incident"),
        "typed": typed,
        "left": len(waiting),
        "latest": _latest(here),
        "shown": False,
        "by": called(request),
    }
    if wanted is not None:
        content |= _shown(request, here, wanted, waiting, parts)
    status = 400 if typed else 200
    return here.page(request, "review.html", status, title="Review", **content)


def _shown(
    request: Request, here: Desk, wanted: str, waiting: list[queue.Asked], parts: dict[str, str]
) -> dict[str, Any]:
    """What the page has of the one claim that is looked at."""
    found, document = here.ledger.claim(wanted)
    judged = here.standings([found]).get(found.id)
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
        "help": corrections.HELP,
        "differing": _differing(here, one, shown),
        **nearby.view(request, one),
    }


def _differing(here: Desk, one: Incident | None, claim: Claim) -> list[dict[str, Any]]:
    """The accounts that cannot be true beside a claim, each with its words and who says so."""
    groups = [group for toll in one.tolls for group in toll.disputed] if one else []
    others = [id for group in groups if claim.id in group for id in group if id != claim.id]
    held = here.ledger.claims_of(dict.fromkeys(others))
    told = here.standings([other for other, _ in held.values()])
    return [
        {
            "claim": told[other.id].claim if other.id in told else other,
            "standing": told.get(other.id),
            "document": document,
            "quote": marked(
                other, document.text, context.passages(other, document.text), anchor=False
            ),
        }
        for other, document in held.values()
    ][:ACCOUNTS]


def _latest(here: Desk) -> list[dict[str, Any]]:
    """The last decisions that hold, the newest first, each with where to look at it again."""
    made = holding(here.judgements())[-LATEST:][::-1]
    about = [
        (judgement, judgement.made.id if judgement.made else judgement.a) for judgement in made
    ]
    claims = here.ledger.claims_of(id for _, id in about)
    pairs = [id for one in made if one.b is not None for id in (one.a, one.b)]
    names = history.names(here.ledger, pairs, here.judgements()) if pairs else {}
    return [
        {
            "id": judgement.id,
            "verdict": judgement.verdict,
            "words": wording.judgement(replace(judgement, made=None), dated=False, names=names),
            "claim": id if id in claims else None,
            "what": history.phrase(claims[id][0]) if id in claims else "",
        }
        for judgement, id in about
    ]


async def judgements(request: Request) -> Response:
    """Take a decision, from a form or as JSON, into the ledger."""
    here = desk(request)
    if request.headers.get("content-type", "").startswith("application/json"):
        sent = await request.body()
        made = await run_in_threadpool(_from_json, request, here, sent)
        return items(made.judgements, status=201)
    form = await request.form(max_files=0, max_fields=1000)
    try:
        made = await run_in_threadpool(_from_form, request, here, form)
    except (SettingsError, NotFoundError) as error:
        again = await run_in_threadpool(_again, request, here, form, error)
        if again is None:
            raise
        return again
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
    fields = FIELDS.get(asked.verdict, corrections.HELP if asked.verdict == "correct" else {})
    clears = asked.verdict == "correct"
    asked.correction = changed(form, fields, _present(here, asked), clears=clears)
    if asked.verdict == "claim":
        asked.words = str(form.get("words") or "")
        which = field("which")
        if which and not (which.isascii() and which.isdecimal()):
            raise SettingsError("that is no number", {"which": f"{which!r} is no number"})
        asked.which = int(which) if which else None
    made = _decided(request, here, asked)
    about = _about(here, made, split=asked.verdict == "split")
    return Made(made, ours(field("next")) or about)


def _present(here: Desk, asked: Asking) -> dict[str, str]:
    """What the fields of a form held before anybody typed."""
    if asked.verdict == "correct":
        claim, _ = here.ledger.claim(asked.a)
        judged = here.standings([claim]).get(claim.id)
        return of_claim(judged.claim if judged else claim)
    if asked.verdict == "mend":
        held = here.ledger.reading(asked.a).document
        return {name: getattr(held, name) or "" for name in corrections.HELP_OF_DOCUMENTS}
    if asked.verdict == "mend_incident":
        here.current()
        return of_incident(here.ledger.incident(asked.a)[0])
    return PLAIN | {"kind": ""}  # which a claim always says


def _again(request: Request, here: Desk, form: FormData, error: SaysoError) -> Response | None:
    """The page that a form is on, with what was typed and what is wrong with it; None where there
    is nothing to be typed, or it is about nothing."""
    typed, about = Typed.of(form, error), str(form.get("a") or "")
    if "text/html" not in request.headers.get("accept", ""):
        return None
    try:
        if typed.verdict == "correct":
            return _page(request, here.waiting(), here.ledger.claim(about)[0].id, {}, typed)
        if typed.verdict in ("mend", "claim"):
            document, reading = here.ledger.some([about])[0]
            return document_page(request, document, reading, typed)
        if typed.verdict == "mend_incident":
            now = dossiers.known(request, here, about)
            return incident_page(request, now, now, typed=typed)
    except NotFoundError:
        pass
    return None


def _decided(request: Request, here: Desk, asked: Asking) -> list[Judgement]:
    if asked.verdict not in DECISIONS:
        raise SettingsError(f"{asked.verdict!r} is no decision; there are {', '.join(DECISIONS)}")
    said = (asked.note or "", asked.by or "", asked.words, *asked.correction.values())
    for text in (asked.a, *asked.b, *said):
        if "\0" in text or len(text) > 10_000:
            raise SettingsError("no word may be as long, or have a NUL in it")
    require(
        request,
        takes(asked.verdict, asked.a, here.remembered("judgements", here.ledger.judgements)),
    )
    told = here.ledger, asked.verdict, asked.a, asked.b, here.settings.statuses
    # What stands until it is signed again, and what decides between two, takes an editor.
    if asked.settle or (asked.verdict in ("status", "undo") and signs(*told)):
        require(request, DECIDES["sign"])
    by = decider(request, asked.by)
    corrected = None
    if asked.verdict == "correct" or asked.verdict in FIELDS:
        corrected = corrections.correction(here.settings.gazetteer, **asked.correction)
    verdict: Decision = asked.verdict  # type: ignore[assignment]
    decision = here.ledger, verdict, asked.a, asked.b, corrected, by, asked.note
    if verdict == "claim":
        return decide(*decision, quoted=Quoted(asked.words, asked.which))
    if mends(here.ledger, verdict, asked.a):
        return jobs(request).reading(lambda reader: decide(*decision, lambda: reader))
    return decide(*decision, settings=here.settings, settle=asked.settle)


def _about(here: Desk, made: list[Judgement], *, split: bool) -> str:
    """The page of what came of a decision."""
    if not made:
        return "/log"
    first = made[0]
    if first.verdict in ("same", "different"):
        here.current()
        about = first.b if split else made[-1].a
        one = incident_of(here.ledger, about or first.a)
        return f"/incidents/{named(one.id)}" if one else "/log"
    if first.verdict in ("same_source", "other_source", "source_kind"):
        return f"/sources?source={named(first.a)}"
    try:
        if first.verdict == "mend":
            return f"/documents/{named(first.a)}"
        claim = first.made.id if first.made else first.a
        return f"/claims/{named(here.ledger.claim(claim)[0].id)}"
    except NotFoundError:
        return "/log"
