"""The desk put together: its addresses, its guard, and the server that answers."""

from __future__ import annotations

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
from sayso.ledger.store import Ledger
from sayso.serve import adding, changes, exporting, nearby, openapi, pages, review
from sayso.serve.desk import Desk, json, refused
from sayso.serve.guard import Guard
from sayso.settings import Settings

LARGEST = 25_000_000
"""Bytes of one request: some uploaded files."""

LOOPBACK = "127.0.0.1"

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
    fetcher: Fetcher | None = None,
) -> Guard:
    """The desk on a ledger; see `Desk` and `Guard` for what can be said of it. `fetcher` fetches
    the addresses that people add."""
    here = Desk(ledger, settings, name=name, read_only=read_only, basemap=basemap)
    jobs = adding.Jobs(here)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        jobs.close()

    made = Starlette(
        routes=_routes(),
        exception_handlers={SaysoError: _failed, HTTPException: _http, Exception: _fault},
        lifespan=life,
        max_body_size=LARGEST,
    )
    made.state.desk = here
    made.state.jobs = jobs
    made.state.fetcher = fetcher or Fetcher()
    return Guard(made, token=token, read_only=read_only)


def _routes() -> list[Route | Mount]:
    read = [
        *_both("/incidents", pages.incidents),
        *_both("/incidents/{id}", pages.incident),
        *_both("/claims/{id:path}", pages.claim),
        *_both("/documents/{id:path}", pages.document),
        *_both("/sources", pages.sources),
        *_both("/log", changes.log),
        *_both("/search", pages.found),
        *_both("/review", review.review),
        *_both("/add/{id}", adding.progress),
    ]
    return [
        Route("/", pages.home),
        Route("/incidents.geojson", pages.geojson),
        Route("/incidents/{id}/report", pages.printed),
        Route("/incidents/{id}/near.json", nearby.answer),
        *read,
        Route("/judgements", review.judgements, methods=["POST"]),
        Route("/documents", adding.documents, methods=["POST"]),
        Route("/add", adding.adding),
        Route("/about", pages.about),
        Route("/export.{shape}", exporting.export),
        Route("/openapi.json", lambda request: json(openapi.document())),
        Route("/style.css", pages.style),
        Route("/basemap.pmtiles", _basemap),
        Route("/borders.json", _borders),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _both(path: str, answer: Callable[[Request], Response]) -> list[Route]:
    """A page, and the same as JSON."""
    return [Route(f"{path}.json", answer), Route(path, answer)]


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
    return refused(request, str(error), status)


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
    **options: Any,
) -> None:
    """Answers until it is interrupted. `started` is called with the address to open once it does;
    port 0 takes any that is free.

    Bound to another address than this machine's own, it asks for a token, which is in the address.
    Raises `SettingsError` where it cannot be bound.
    """
    own = host in (LOOPBACK, "localhost", "::1")
    token = None if own else token_urlsafe(24)
    made = app(ledger, settings, token=token, **options)
    config = uvicorn.Config(
        made, host=host, port=port, log_level="warning", access_log=False, server_header=False
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
        address = f"http://{shown}:{bound.getsockname()[1]}/"
        started(address if token is None else f"{address}?token={token}")
        # Ctrl-C is how it is ended: uvicorn finishes what it is at, then raises it once more.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([bound])
