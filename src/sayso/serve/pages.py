"""What the ledger tells: incidents, toll boards, claims in their documents, sources, log, search.

Each function answers one address, with HTML or, at the same address with `.json` behind it, with
JSON. None of them changes anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, get_args

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotFoundError
from sayso.ledger import saved, search
from sayso.ledger.earlier import earlier
from sayso.ledger.store import not_one
from sayso.pipeline.boards import boards
from sayso.pipeline.recalling import (
    Known,
    as_published,
    kinds_by_people,
    mendings,
)
from sayso.publish import (
    atlas,
    chronicle,
    glossary,
    pictures,
    report,
    sheets,
    signed,
    syndication,
    wording,
)
from sayso.publish.board import Board
from sayso.publish.curve import STYLE
from sayso.records import (
    HARMS,
    Claim,
    Document,
    Dossier,
    Incident,
    Reading,
    SourceKind,
    Standing,
    Toll,
    as_signed,
)
from sayso.review import corrections, history
from sayso.serve import asking, dossiers, embedding, marking, nearby
from sayso.serve.asking import (
    PER_PAGE,
    Asked,
    address,
    as_of,
    asked,
    next_page,
    pages,
    wants_latest,
    with_names,
)
from sayso.serve.desk import Desk, desk, items, named, subject, wants_json
from sayso.serve.typed import CHOICES, PLAIN, Typed, of_claim, of_incident

SORTED_BY = {
    "day": "When",
    "title": "What",
    "place": "Where",
    "dead": "Figures",
    "texts": "Texts",
    "origins": "Origins",
}
"""What a click on a head of the list puts it in order by."""


def home(request: Request) -> Response:
    """The first page: the incidents, or where there is nothing yet that from which they come."""
    here = desk(request)
    return RedirectResponse("/incidents" if here.has_documents() or here.read_only else "/add", 307)


def incidents(request: Request) -> Response:
    """The incidents that the filters leave, as a list, on a map, or in time."""
    here, wanted = desk(request), asked(request)
    here.current()
    view = request.query_params.get("view") or "list"
    page = _found(request, wanted, PER_PAGE, wanted.offset)
    those = [one.id for one in page.items]
    joined = earlier(here.ledger, those)
    if wants_json(request):
        following = next_page(request, wanted.page, page.total)
        return items(page.items, following, page.total, joined=joined)
    judged = search.judged(here.ledger, those) if here.reader is None else {}
    rows = [
        _row(one, judged.get(one.id, search.Judged())) | {"joined": joined.get(one.id, ())}
        for one in page.items
    ]
    return here.page(
        request,
        "incidents.html",
        title="Incidents",
        view=view,
        views=[
            (name, address(request, view=name), name == view) for name in asking.CHOICES["view"]
        ],
        rows=rows,
        days=[(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row["day"])],
        total=page.total,
        facets=page.facets,
        statuses=_statuses(here, page.facets),
        points=address(request).replace("/incidents", "/incidents.geojson", 1),
        saved=saved.views(here.ledger),
        counts=address(request, page=None).replace("/incidents", "/incidents/counts", 1),
        sorts=[_sorted_by(request, wanted.sort, name, label) for name, label in SORTED_BY.items()],
        **_paged(request, wanted, page.total),
    )


def _sorted_by(
    request: Request, sort: str, name: str, label: str
) -> tuple[str, str, str, str | None]:
    """A head of the list: what it is, its label, where a click on it leads, and which way the list
    goes by it, if it does."""
    word = name in search.WORDS
    way = None
    if sort.removeprefix("-") == name:
        way = "ascending" if word != sort.startswith("-") else "descending"
    turned = f"-{name}" if sort == name else None if name == "day" else name
    return name, label, address(request, sort=turned, page=None), way


def counts(request: Request) -> Response:
    """How many incidents the filters leave by week, type, place and source; each a filter."""
    here, wanted = desk(request), asked(request)
    here.current()
    found = search.counts(here.ledger, wanted.filters, wanted.words, unseen=here.unseen())
    if wants_json(request):
        return items([{"by": by, **bar._asdict()} for by, bars in found.items() for bar in bars])

    def filtered(by: str, value: str) -> str:
        changes = {by: value}
        if by == "week":
            last = date.fromisoformat(value) + timedelta(days=6)
            changes = {"from": value, "to": last.isoformat()}
        asking = address(request, page=None, **changes)
        return asking.replace("/incidents/counts", "/incidents", 1)

    charts = {
        by: [(bar, filtered(by, bar.value), max(b.incidents for b in bars)) for bar in bars]
        for by, bars in found.items()
    }
    return here.page(request, "counts.html", title="Counts", charts=charts, query=request.url.query)


def _found(request: Request, wanted: Asked, limit: int, offset: int = 0) -> search.FoundIncidents:
    here = desk(request)
    words, sort, unseen = wanted.words, wanted.sort, here.unseen()
    found = search.incidents(
        here.ledger, wanted.filters, limit, offset, typed=words, sort=sort, unseen=unseen
    )
    shown = here.shown(found.items)
    return found._replace(items=tuple(shown if wants_latest(request) else map(as_signed, shown)))


def _statuses(here: Desk, facets: dict[str, list[tuple[str, int]]]) -> list[tuple[str, str]]:
    """The statuses to choose from: how each is asked for, and its label, with how many have it."""
    many = dict(facets["status"])
    names = dict.fromkeys((*here.settings.statuses, *many))
    return [(name, f"{name} ({many[name]})" if name in many else name) for name in names]


def incident(request: Request) -> Response:
    """The toll board of an incident, now or by what had been published at a moment."""
    here = desk(request)
    name = request.path_params["id"]
    here.current()
    now = dossiers.known(request, here, name)
    called = now.incidents[0].id if now.incidents else name
    if called != name:
        end = ".json" if request.url.path.endswith(".json") else ""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/incidents/{named(called)}{end}{query}", 307)
    moment = as_of(request)
    known = now if moment is None else as_published(here.ledger, name, moment, here.judgements())
    if wants_json(request):
        return items(known.incidents, joined=earlier(here.ledger, [called]))
    return incident_page(request, now, known, moment)


def incident_page(
    request: Request,
    now: Known,
    known: Known,
    moment: str | None = None,
    typed: Typed | None = None,
) -> Response:
    """The page of an incident as it is now and as it was known at that moment, with what was typed
    and not understood."""
    here = desk(request)
    laid = next(boards(known), None)
    whole = next(boards(now), None)
    if whole is None:
        raise not_one(request.path_params.get("id", ""), [], [])
    return here.page(
        request,
        "incident.html",
        400 if typed else 200,
        typed=typed,
        title=whole.incident.title,
        incident=whole.incident,
        joined=earlier(here.ledger, [whole.incident.id]).get(whole.incident.id, ()),
        moment=moment,
        moments=_moments(whole, moment),
        curves=[Markup(drawn) for drawn in report.curves(laid, styled=False)] if laid else [],
        rows=[_toll(row, shown) for row, shown in zip(laid.rows, _content(laid), strict=True)]
        if laid
        else [],
        content=report.content(laid, names=True) if laid else None,
        place=_place(whole.incident),
        where=Markup(atlas.svg(whole.incident.where, styled=False)),
        pieces=embedding.offered(whole, embedding.base(request)),
        can_png=pictures.can_png(),
        **nearby.view(request, whole.incident),
        mendings=mendings(here.ledger, whole.incident.id),
        fields=of_incident(whole.incident),
        help=corrections.HELP_OF_INCIDENTS,
        choices=CHOICES,
        dossier=dossiers.view(request, here, whole.incident),
    )


def style(request: Request) -> Response:
    """How everything looks: as the report does, and its curves, with what the desk has beside."""
    return Response(_style(), media_type="text/css")


@cache
def _style() -> str:
    theirs = (files("sayso.publish") / "templates" / "report.css").read_text("utf-8")
    ours = (files("sayso.serve") / "static" / "desk.css").read_text("utf-8")
    return f"{theirs}\n{STYLE}\n{atlas.STYLE}\n{ours}"


def printed(request: Request) -> Response:
    """The report of an incident, one file to keep or to print."""
    here = desk(request)
    here.current()
    laid = next(boards(dossiers.at_moment(request, here, request.path_params["id"])), None)
    if laid is None:
        raise NotFoundError(f"no incident {request.path_params['id']!r} by then")
    # The report brings its own style, and nothing that acts.
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
    return Response(
        report.html(laid, names=with_names(request)),
        media_type="text/html",
        headers={"Content-Security-Policy": policy},
    )


def claim(request: Request) -> Response:
    """A claim in its document."""
    here = desk(request)
    found, document = here.ledger.claim(request.path_params["id"])
    here.current()
    if found.id != request.path_params["id"]:
        return RedirectResponse(f"/claims/{named(found.id)}", 307)
    judged = here.standings([found]).get(found.id)
    shown = judged.claim if judged else found
    if wants_json(request):
        decided = judged.judgements if judged else ()
        return items([{"claim": shown, "as_read": found, "judgements": decided}])
    view = claim_view(here, shown, document, judged, as_read=found)
    return here.page(
        request,
        "claim.html",
        title=f"{wording.what(shown)} {wording.whom(shown)}".strip(),
        **view,
        **nearby.view(request, view["incident"]),
    )


def claim_view(
    here: Desk,
    shown: Claim,
    document: Document,
    standing: Standing | None,
    as_read: Claim | None = None,
) -> dict[str, Any]:
    """What a page shows of a claim: its chain, its text with the marks, its history."""
    reading = here.ledger.reading(document.id)
    about = here.ledger.incidents_of([shown.id])
    one = here.shown([about[0][0]])[0] if about else None
    copies = _copies(here, one, document) if one else []
    names = [
        (source.text, source.role, wording.source_kind(source.kind)) for source in shown.sources
    ]
    return {
        "claim": shown,
        "document": document,
        "standing": standing,
        "chain": [*names, (document.outlet or "this outlet", "printed it", "")],
        "text": marking.marked(as_read or shown, document.text),
        "others": [other for other in reading.claims if other.id != shown.id],
        "reader": reading.reader,
        "incident": one,
        "copies": copies,
        "steps": chronicle.claims(history.of_claim(here.ledger, shown.id, here.judgements())),
        "corrections": of_claim(shown),
        "choices": CHOICES,
    }


def document(request: Request) -> Response:
    """A document with all that was read in it."""
    here = desk(request)
    found = _document(here, request)
    reading = here.ledger.reading(found.id)
    if wants_json(request):
        return items([{"document": found, "reading": reading}])
    return document_page(request, found, reading)


def _document(here: Desk, request: Request) -> Document:
    """The document that an address is of; the end of its id may also be written as it is."""
    id = subject(request)
    try:
        return here.ledger.document(id)
    except NotFoundError:
        if wants_json(request):
            with suppress(NotFoundError):
                return here.ledger.document(f"{id}.json")
        raise


def document_page(
    request: Request, found: Document, reading: Reading, typed: Typed | None = None
) -> Response:
    """The page of a document, with what was typed and not understood."""
    here = desk(request)
    told = here.standings(reading.claims)
    made = (made for one in told.values() for made in one.judgements)
    return here.page(
        request,
        "document.html",
        400 if typed else 200,
        title=found.title or found.id,
        document=found,
        reading=reading,
        text=marking.laid_out(found, reading.claims),
        standings=told,
        rejected=next((one for one in made if one.verdict == "reject_text"), None),
        typed=typed,
        fields={
            "published": found.published or "",
            "outlet": found.outlet or "",
            "title": found.title or "",
            "language": reading.document.language or "",
        },
        blank=dict.fromkeys(corrections.HELP, "") | PLAIN,
        help=corrections.HELP | corrections.HELP_OF_CLAIMS | corrections.HELP_OF_DOCUMENTS,
        choices=CHOICES,
    )


def sources(request: Request) -> Response:
    """Who says what how often, who was corrected, and who only passes on."""
    here, wanted = desk(request), asked(request)
    here.current()
    page = search.sources(here.ledger, wanted.filters, PER_PAGE, wanted.offset)
    changed = here.remembered("corrected", lambda: _corrected(here))
    repeated = here.remembered("repeated", lambda: search.repeated(here.ledger))
    kinds = kinds_by_people(here.ledger)
    rows = [
        source._asdict()
        | ({"kind": kind, "mended": True} if (kind := kinds(source.name)) else {"mended": False})
        | {
            "corrected": changed.get(source.name, 0),
            "passes_on": [{"name": of, "claims": n} for of, n in repeated.get(source.name, [])[:3]],
        }
        for source in page.items
    ]
    if wants_json(request):
        return items(rows, next_page(request, wanted.page, page.total), page.total)
    return here.page(
        request,
        "sources.html",
        title="Sources",
        about=request.query_params.get("about") or "",
        names=sorted({*(row["name"] for row in rows), *here.ledger.outlets()}),
        kinds=[(name, wording.source_kind(name)) for name in get_args(SourceKind)],
        rows=rows,
        total=page.total,
        **_paged(request, wanted, page.total),
    )


def found(request: Request) -> Response:
    """What a search finds: claims by their evidence, or documents by their text."""
    here, wanted = desk(request), asked(request)
    here.current()
    within = "documents" if request.query_params.get("in") == "documents" else "claims"
    find = search.documents if within == "documents" else search.claims
    page = find(here.ledger, wanted.filters, wanted.words, PER_PAGE, wanted.offset)
    if wants_json(request):
        found = (item._asdict() for item in page.items)
        return items(found, next_page(request, wanted.page, page.total), page.total)
    return here.page(
        request,
        "search.html",
        title="Search",
        within=within,
        found=page.items,
        titles=_titles(here, page.items) if within == "claims" else {},
        passages=[marking.passage(item) for item in page.items] if within == "documents" else [],
        total=page.total,
        **_paged(request, wanted, page.total),
    )


def _titles(here: Desk, found: Iterable[search.FoundClaim]) -> dict[str, str]:
    """The titles of the incidents of these claims, by their ids."""
    ids = [one.claim.id for one in found if one.incident]
    return {one.id: as_signed(one).title for one, _ in here.ledger.incidents_of(ids)}


def about(request: Request) -> Response:
    """What this is, how to read it, whose borders the map has, and the keys."""
    here = desk(request)
    return here.page(
        request,
        "about.html",
        title="About",
        counts=here.ledger.count(),
        head=here.ledger.head(),
        ledger=here.ledger.name,
        glossary=glossary.words(),
    )


def _row(incident: Incident, judged: search.Judged) -> dict[str, Any]:
    """What a list shows of an incident."""
    kept = incident.dossier or Dossier()
    return {
        "judged": [f"{number} {what}" for what, number in judged._asdict().items() if number],
        "id": incident.id,
        "title": incident.title,
        "day": wording.day(incident.when.start if incident.when else None),
        "when": wording.span(incident.when.start, incident.when.end) if incident.when else "",
        "place": _place(incident),
        "type": (incident.type or "").lower(),
        "mended": wording.mended(incident),
        "status": kept.status,
        "signed": kept.signed is not None,
        "since": signed.since(incident),
        "owner": kept.owner,
        "tags": kept.tags,
        "tally": sheets.tally(incident),
        "documents": len(incident.documents),
        "texts": incident.texts,
        "origins": incident.origins,
        "differ": incident.differs,
        "withdrawn": any(toll.withdrawn for toll in incident.tolls),
    }


def _place(incident: Incident) -> str:
    where = incident.where
    if where is None:
        return ""
    name = wording.clean(where.name or where.text)
    precise = "" if where.lat is not None else ", not on the map"
    return f"{name}{f' ({where.country})' if where.country else ''}{precise}"


def _content(laid: Board) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = report.content(laid)["rows"]
    return rows


def _toll(row: Any, shown: dict[str, Any]) -> dict[str, Any]:
    """A line of the toll board, with its own name to be linked to and when it was last said."""
    return shown | {
        "name": figure_of(row.toll),
        "latest": sheets.latest(row),
        "differ": bool(row.toll.disputed),
        "single": len(row.toll.origins) == 1,
        "withdrawn": len(row.toll.withdrawn),
        "harm": row.toll.kind in HARMS,
    }


def figure_of(toll: Toll | None) -> str:
    """What a toll is called in addresses: "killed-children"."""
    return "" if toll is None else syndication.figure(toll)


def _moments(whole: Board, moment: str | None) -> list[tuple[str, str, bool]]:
    """The moments at which something was published: as asked for, in words, and whether asked."""
    found = sorted(
        {d.published for d in whole.documents if d.published} | ({moment} if moment else set()),
        key=lambda at: wording.age(at),
    )
    return [(at, wording.moment(at), at == moment) for at in found]


def _copies(here: Desk, one: Incident, document: Document) -> list[Document]:
    """The other documents that are the same text."""
    same = next((group for group in one.copy_groups if document.id in group), ())
    return [other for other, _ in here.ledger.some(id for id in same if id != document.id)]


def _corrected(here: Desk) -> Counter[str]:
    """How often each origin lowered, corrected or took back a figure of its own."""
    changed = {
        link.of
        for one, _ in here.ledger.incidents()
        for toll in one.tolls
        for link in toll.links
        if link.relation in ("lowered", "corrected", "withdrawn")
    }
    held = here.ledger.claims_of(changed)
    return Counter(found.sources[0].text for found, _ in held.values() if found.sources)


def _paged(request: Request, wanted: Asked, total: int) -> dict[str, Any]:
    """What every page with filters has."""
    return {
        "asked": wanted,
        "pages": pages(request, wanted.page, total),
        "query": request.url.query,
    }
