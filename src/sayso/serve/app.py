"""The desk put together: its addresses, its guard, and the server that answers."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sayso import borders
from sayso.errors import LedgerError, NotFoundError, SaysoError, SettingsError
from sayso.ingest.fetching import Fetcher
from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger
from sayso.serve import (
    adding,
    agreeing,
    changes,
    embedding,
    entering,
    exporting,
    feeding,
    managing,
    mapping,
    nearby,
    openapi,
    pages,
    review,
    saving,
)
from sayso.serve.desk import Desk, desk, json, refused
from sayso.serve.guard import Door, Guard
from sayso.serve.way import Way
from sayso.settings import Settings

LARGEST = 25_000_000
"""Bytes of one request: some uploaded files."""

LOOPBACK = "127.0.0.1"

WAY = Way()
"""Neither encrypted nor with anything in front: for this machine alone."""

RARELY = (50_000, 20, 50)
"""How many things are made before Python looks for those that nobody needs, see `gc`."""

STATIC = Path(__file__).parent / "static"

STATUS: dict[type[SaysoError], int] = {NotFoundError: 404, SettingsError: 400, LedgerError: 503}
"""What an error of ours means to a browser; any other is 500."""


def app(
    ledger: Ledger,
    settings: Settings,
    *,
    name: str | None = None,
    read_only: bool = False,
    basemap: Path | None = None,
    token: str | None = None,
    public: bool = False,
    accounts: bool = False,
    fetcher: Fetcher | None = None,
) -> Guard:
    """The desk on a ledger; see `Desk` and `Guard` for what can be said of it. `fetcher` fetches
    the addresses that people add."""
    addresses, people = doors(), Accounts(ledger)
    here = Desk(ledger, settings, name=name, read_only=read_only, basemap=basemap)
    jobs = adding.Jobs(here)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        with ledger.shared():
            yield
            jobs.close()

    made = Starlette(
        routes=[route for _, route in addresses],
        exception_handlers={SaysoError: _failed, HTTPException: _http, Exception: _fault},
        lifespan=life,
        max_body_size=LARGEST,
    )
    made.state.desk = here
    made.state.jobs = jobs
    made.state.fetcher = fetcher or Fetcher()
    made.state.entrance = entering.Entrance(people)
    return Guard(
        made,
        addresses,
        people,
        people_needed=accounts,
        public=public,
        token=token,
        read_only=read_only,
        blind=settings.blind,
    )


def doors() -> list[Door]:
    """Every address of the desk, and the role that it takes."""
    anyone, reader, coder, admin = Role.ANYONE, Role.READER, Role.CODER, Role.ADMIN
    return [
        (reader, Route("/", pages.home)),
        (reader, Route("/incidents.geojson", mapping.geojson)),
        (reader, Route("/towns.geojson", mapping.towns)),
        (reader, Route("/incidents/{id}/report", pages.printed)),
        (reader, Route("/incidents/{id}/near.json", nearby.answer)),
        (reader, Route("/embed/{id}/{piece}.{shape}", embedding.picture)),
        (reader, Route("/embed/{id}/{piece}", embedding.page)),
        (reader, Route("/oembed", embedding.oembed)),
        (reader, Route("/feed.{shape}", feeding.feed)),
        *_both(reader, "/incidents", pages.incidents),
        *_both(reader, "/incidents/counts", pages.counts),
        *_both(reader, "/incidents/{id}", pages.incident),
        *_both(reader, "/claims/{id:path}", pages.claim),
        *_both(reader, "/documents/{id:path}", pages.document),
        *_both(reader, "/sources", pages.sources),
        *_both(reader, "/log", changes.log),
        *_both(reader, "/search", pages.found),
        *_both(reader, "/agreement", agreeing.agreement),
        *_both(reader, "/review", review.review),
        *_both(coder, "/add/{id}", adding.progress),
        # What a decision takes stands in `people.DECIDES`: of some, more than this.
        (coder, Route("/judgements", review.judgements, methods=["POST"])),
        (coder, Route("/documents", adding.documents, methods=["POST"])),
        (coder, _form("/add/{id}/stop", adding.stop)),
        (coder, Route("/add", adding.adding)),
        (coder, _form("/views", saving.views)),
        (reader, Route("/about", pages.about)),
        (reader, Route("/export.{shape}", exporting.export)),
        (
            reader,
            Route(
                "/openapi.json", lambda request: json(description(desk(request).settings.statuses))
            ),
        ),
        (anyone, Route("/login", entering.login)),
        (anyone, _form("/login", entering.log_in)),
        (reader, _form("/logout", entering.log_out)),
        *_both(reader, "/account", entering.account),
        (reader, _form("/account/password", entering.password)),
        (reader, _form("/account/tokens", entering.tokens)),
        (reader, _form("/account/tokens/revoke", entering.revoke)),
        (admin, Route("/people", managing.people)),
        (admin, _form("/people", managing.change)),
        (admin, _form("/redactions", managing.redactions)),
        (anyone, Route("/style.css", pages.style)),
        (reader, Route("/basemap.pmtiles", _basemap)),
        (reader, Route("/borders.json", _borders)),
        (anyone, Mount("/static", StaticFiles(directory=STATIC))),
    ]


def description(statuses: tuple[str, ...] = Settings().statuses) -> dict[str, Any]:
    """What the desk can be asked by programs, and what each of that takes."""
    return openapi.document(
        tuple(
            (method, route.path_format, needs.word)
            for needs, route in doors()
            if isinstance(route, Route)
            for method in sorted(route.methods or ())
        ),
        statuses,
    )


def _both(needs: Role, path: str, answer: Callable[[Request], Response]) -> list[Door]:
    """A page, and the same as JSON."""
    return [(needs, Route(f"{path}.json", answer)), (needs, Route(path, answer))]


def _form(path: str, answer: Callable[[Request], Any]) -> Route:
    """What a small form is sent to."""
    return Route(path, answer, methods=["POST"], max_body_size=entering.LARGEST)


def _borders(request: Request) -> Response:
    """Borders and coastlines of the world, as TopoJSON."""
    return FileResponse(borders.FILE, media_type="application/json")


def _basemap(request: Request) -> Response:
    """The file of map tiles that the desk was started with, as a whole or in parts."""
    path: Path | None = request.app.state.desk.basemap
    if path is None:
        raise NotFoundError("there is no base map; sayso serve --basemap FILE takes one")
    return FileResponse(path, media_type="application/octet-stream")


def _failed(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    # Where a ledger lies is for whoever runs the desk, and not for all who read at it.
    name = desk(request).ledger.name
    words = str(error).replace(f"the ledger {name}", "the ledger").replace(name, "this ledger")
    return refused(request, words, status)


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "there is no such page", 405: "that cannot be done here"}
    answer = refused(request, words.get(status, str(getattr(error, "detail", error))), status)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _fault(request: Request, error: Exception) -> Response:
    return refused(request, f"a fault in Sayso: {type(error).__name__}", 500)


def serve(
    ledger: Ledger,
    settings: Settings,
    *,
    host: str,
    port: int,
    started: Callable[[str], None],
    accounts: bool = False,
    way: Way = WAY,
    **options: Any,
) -> None:
    """Answers until it is interrupted. `started` is called with the address to open once it does;
    port 0 takes any that is free.

    Bound to another address than this machine's own, or behind a proxy, it asks for a token, which
    is in the address; or, where there are accounts, or `accounts` says so, who people are. Raises
    `SettingsError` where it cannot be bound, or passwords would go over a way that is open.
    """
    public = host not in (LOOPBACK, "localhost", "::1") or bool(way.proxies)
    named = accounts or Accounts(ledger).any()
    if named and public and not way.encrypted and not way.proxies:
        raise SettingsError(
            f"passwords would go to {host} as they are: give a --certificate and its --key, or "
            "name the server in front that encrypts with --proxy ADDRESS"
        )
    token = token_urlsafe(24) if public and not named else None
    made = app(ledger, settings, token=token, public=public, accounts=accounts, **options)
    config = uvicorn.Config(
        made,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        **way.options(),
    )
    try:
        bound = config.bind_socket()
    except (OSError, SystemExit) as error:
        raise SettingsError(f"nothing can be served at {host} port {port}: {error}") from None
    with bound:
        # Without this an answer waits 40 ms for the packet before it to be acknowledged.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.listen()  # who comes before the server is up waits, rather than being turned away
        shown = f"[{host}]" if ":" in host else host
        scheme = "https" if way.encrypted else "http"
        address = f"{scheme}://{shown}:{bound.getsockname()[1]}/"
        started(address if token is None else f"{address}?token={token}")
        # What is held of a ledger is much and stays: going through all of it again and again for
        # what may be let go of costs more than the pages.
        gc.set_threshold(*RARELY)
        # Ctrl-C is how it is ended: uvicorn finishes what it is at, then raises it once more.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([bound])
