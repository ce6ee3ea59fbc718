"""What all pages share: the ledger, the templates, and how an answer is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sayso.ledger.store import Ledger
from sayso.pipeline import Known
from sayso.pipeline.deriving import Held, kept
from sayso.pipeline.recalling import looked_up, standings
from sayso.publish import glossary, wording
from sayso.reconcile.judgements import holding
from sayso.records import Claim, Incident, Judgement, Standing
from sayso.review import blind, queue
from sayso.review.queue import Asked
from sayso.serve.glossing import Glosses
from sayso.serve.people import Person, person
from sayso.settings import Settings
from sayso.version import __version__
from sayso.wire import encode

T = TypeVar("T")

LONGEST = 10.0
"""Seconds that one page may read the ledger at a stretch: where whoever decides something waits for
it (see `sqlite.ahead`), a third of those for which they do."""


NAME = "sayso_by"
"""The cookie in which a person's name is kept, at a desk without accounts."""
# How addresses of JSON end, and how an id does that ends alike (RFC 3986: %2E is a full stop).
_JSON, _OWN_JSON = ".json", "%2Ejson"
_OF_MANY = ("reject_text", "mend_incident")


class Desk:
    """A ledger that is being worked at.

    `name` is who decides, where nobody says otherwise. `read_only` hides every form and refuses
    every decision; `basemap` is a file of map tiles to draw under the incidents, None for the
    borders that Sayso brings. `reader` is whose second reading is blind, None for all others: what
    others decided of what they have not judged yet is as if it were not there.
    """

    def __init__(
        self,
        ledger: Ledger,
        settings: Settings,
        *,
        name: str | None,
        read_only: bool,
        basemap: Path | None,
    ) -> None:
        self.ledger = ledger.hurried(LONGEST)
        self.settings = settings
        self.name = name
        self.read_only = read_only
        self.basemap = basemap
        self.reader: str | None = None
        self.reading = False
        self._remembered: dict[str, tuple[str, Any]] = {}
        self._deriving = Lock()
        self._begun = 0
        self._told = Held()
        self._templates = Environment(
            loader=ChoiceLoader([PackageLoader("sayso.serve"), PackageLoader("sayso.publish")]),
            autoescape=True,
            finalize=_shown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "words": wording,
            "meaning": glossary.meaning,
            "version": __version__,
            "to": lambda claim: f"/claims/{named(claim['id'])}",
        }
        self._templates.filters["named"] = named

    def current(self) -> None:
        """See to it that the incidents are up to date: one request does it, others wait for that.
        While documents are being read they stay what they were, and it is done once at the end."""
        if self.reading:
            return
        before = self._begun
        with self._deriving:
            # Whoever began after this was asked for has done it, or could not for a long time.
            if self._begun == before:
                self._begun += 1
                kept(self.ledger, held=self._told)

    def has_documents(self) -> bool:
        """Whether anything was ever read into the ledger."""
        return self.ledger.head().seq > 0

    def known(self, incident: str) -> Known:
        """What the ledger tells of the incident of that id, as of when it was last worked out.
        Raises `NotFoundError`."""
        told = None if self.reader is None else self.judgements()
        return looked_up(self.ledger, self.settings, incident, told)

    def seen_by(self, who: Person) -> Desk:
        """The desk as that person is to see it."""
        if not (self.settings.blind and who.reads_second):
            return self
        found = copy(self)
        found.reader = who.name
        return found

    def judgements(self) -> list[Judgement]:
        """All that was decided, as far as it is to be seen."""
        made = self.remembered("judgements", self.ledger.judgements)
        if self.reader is None:
            return made
        by = self.reader
        return self.remembered(f"judgements seen by {by}", lambda: blind.seen(made, by))

    def standings(self, claims: Sequence[Claim]) -> dict[str, Standing]:
        """How these claims stand by that."""
        return standings(self.ledger, claims, self.judgements())

    def shown(self, incidents: Iterable[Incident]) -> list[Incident]:
        """These incidents as they are to be seen: without what is hidden of them."""
        if self.reader is None:
            return list(incidents)
        touched = self.remembered(f"hidden from {self.reader}", self._hidden)
        return [self.known(one.id).incidents[0] if one.id in touched else one for one in incidents]

    def unseen(self) -> frozenset[str]:
        """The judgements that are hidden, by their ids."""
        return frozenset(made.id for made in self._unseen())

    def _unseen(self) -> list[Judgement]:
        if self.reader is None:
            return []
        seen = {made.id for made in self.judgements()}
        every = self.remembered("judgements", self.ledger.judgements)
        return [made for made in every if made.id not in seen]

    def _hidden(self) -> frozenset[str]:
        """The incidents of which something is hidden, by their ids."""
        hidden = {id for made in self._unseen() for id in (made.a, *made.copies)}
        texts = self.ledger.headings(hidden)
        claims = {claim.id for id in texts for claim in self.ledger.reading(id).claims}
        return frozenset(one.id for one, _ in self.ledger.incidents_of(hidden | claims))

    def waiting(self, kind: str | None = None, incident: str | None = None) -> list[Asked]:
        """The claims of that kind and incident, or of all, that wait to be judged, the most useful
        first.

        What stands behind the tolls is looked up once and again when documents have come, or what
        concerns many claims was decided: what is judged meanwhile is left out, which takes no time.
        """
        judgements = self.judgements()
        whole = [made.id for made in holding(judgements) if made.verdict in _OF_MANY]
        documents = f"{self.ledger.head(besides=('judgement', 'problem', 'alert')).seq} {whole}"
        asked = self.held("asked", documents, lambda: queue.candidates(self.ledger))
        if self.reader is None:
            waiting = queue.left(asked, judgements, set(self.ledger.look_again()))
        else:
            every = self.remembered("judgements", self.ledger.judgements)
            waiting = blind.waiting(self.ledger, asked, every, self.reader)
        return [
            one for one in waiting if kind in (None, one.kind) and incident in (None, one.incident)
        ]

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """What was made under this name, made anew where something was entered since."""
        return self.held(name, self.ledger.head().hash, make)

    def held(self, name: str, head: str, make: Callable[[], T]) -> T:
        """What was made under this name as of `head`, made anew where that is another."""
        held = self._remembered.get(name)
        if held is None or held[0] != head:
            held = head, make()
            self._remembered[name] = held
        found: T = held[1]
        return found

    def page(
        self, request: Request, template: str, status: int = 200, **content: Any
    ) -> HTMLResponse:
        """A page of HTML; `may` says in it what whoever asks may do."""
        who = person(request)
        glosses = Glosses()
        told = {"term": glosses.term, "terms": glosses.terms, "glosses": glosses.used}
        told |= {"request": request, "person": who, "may": who.may}
        content = told | {"desk": self, "blind": self.reader is not None} | content
        text = self._templates.get_template(template).render(content)
        return HTMLResponse(text, status_code=status)


def named(id: str) -> str:
    """An id as one part of an address, whatever is in it: where it ends as addresses of JSON do,
    its own end is told from theirs, see `wants_json`."""
    own = id.endswith(_JSON)
    return quote(id.removesuffix(_JSON) if own else id, safe="") + (_OWN_JSON if own else "")


def subject(request: Request) -> str:
    """The id that an address is of."""
    id: str = request.path_params["id"]
    return id + _JSON if request.url.path.endswith(_JSON) and not _names_json(request) else id


def _shown(value: Any) -> Any:
    """Whatever is shown comes through here: nothing in it may act on the page or the eye."""
    return wording.clean(value) if type(value) is str else value


def block(text: str) -> Markup:
    """A text of many lines, as it stands, safe to be shown."""
    lines = (wording.clean(line) for line in text.split("\n"))
    return Markup("\n").join(lines)


def items(
    found: Iterable[Any],
    next: str | None = None,
    total: int | None = None,
    status: int = 200,
    joined: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    """An answer in JSON: `{"ok": true, "items": [...], "next": address or null}`; `joined` are the
    ids that lead to incidents among them and are no more their own, by the ids they have now."""
    body: dict[str, Any] = {"ok": True, "items": list(found), "next": next}
    if total is not None:
        body["total"] = total
    if joined is not None:
        body["joined"] = dict(joined)
    return json(body, status)


def failed(error: str, status: int) -> Response:
    """An answer in JSON that something could not be done."""
    return json({"ok": False, "error": error, "status": status}, status)


def json(body: Mapping[str, Any], status: int = 200) -> Response:
    """Any JSON."""
    return Response(encode(dict(body)) + "\n", status, media_type="application/json")


def refused(request: Request, error: str, status: int) -> Response:
    """An answer that something could not be done: a page for a browser, JSON for all others."""
    if wants_json(request) or "text/html" not in request.headers.get("accept", ""):
        return failed(error, status)
    return desk(request).page(request, "error.html", status, title="Not done", error=error)


def wants_json(request: Request) -> bool:
    """Whether a program asks: by the address, or by what it accepts or sends."""
    if _names_json(request) or "json" in request.headers.get("content-type", ""):
        return True
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def _names_json(request: Request) -> bool:
    """Whether an address ends as those of JSON do, and not as an id does that is written so."""
    sent: bytes = request.scope.get("raw_path") or b""
    own = sent.lower().endswith(_OWN_JSON.lower().encode())
    return request.url.path.endswith(_JSON) and not own


def ours(address: str) -> str | None:
    """An address where it is one of a page of the desk itself, and may come next."""
    within = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if within and address.isprintable() else None


def decider(request: Request, given: str | None) -> str | None:
    """The name that a decision is signed with: that of the account, whatever a form says; at a desk
    without accounts the one that was `given`, else the one that was given last, else that of the
    settings. Refuses the name of another."""
    who = person(request)
    if not who.known_by_name:
        return given or called(request) or None
    if given and given != who.name:
        raise HTTPException(403, f"you decide as {who.name}, and cannot sign as {given}")
    return who.name


def called(request: Request) -> str:
    """Who is at work: by their account, else as they called themselves last, else as the settings
    say."""
    who = person(request)
    if who.known_by_name:
        return who.name or ""
    return unquote(request.cookies.get(NAME, "")).strip() or desk(request).name or ""


def desk(request: Request) -> Desk:
    """The desk that a request is made at, as whoever makes it is to see it."""
    found: Desk = request.app.state.desk
    return found.seen_by(person(request))
