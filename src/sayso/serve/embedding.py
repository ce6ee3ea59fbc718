"""Pieces of an incident for pages of others: in a frame, as a picture, and by oEmbed.

Only the pages here may stand in a frame of another site, and they hold nothing that acts: no form,
no script. Whoever may not read the desk is shown them only of an incident whose pieces an editor
made public, and then as it stands for all: as it was signed off, if it was.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError, SettingsError
from sayso.pipeline.boards import boards
from sayso.publish import embeds, pictures
from sayso.publish.board import Board
from sayso.publish.embeds import Piece
from sayso.serve import dossiers
from sayso.serve.asking import as_of, number, wants_latest
from sayso.serve.desk import desk, failed, json, named
from sayso.serve.people import person

FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What is sent with a piece, and with no other page."""

LARGEST = 10_000
"""CSS pixels of a frame that somebody asks for, at most."""


def is_public(request: Request) -> bool:
    """Whether a request is for a piece of an incident whose pieces are public, as it was signed
    off, or for what oEmbed tells of one."""
    # The path as it is routed, which is read already.
    steps = request.scope["path"].split("/")[1:]
    if steps == ["oembed"]:
        url = urlsplit(request.query_params.get("url", ""))
        steps = [unquote(step) for step in url.path.split("/")[1:]]
        steps = ["embed", *steps[1:]] if steps[:1] in (["incidents"], ["embed"]) else []
    other = wants_latest(request) or as_of(request) is not None
    if request.method not in ("GET", "HEAD") or other or steps[:1] != ["embed"]:
        return False
    here = desk(request)
    here.current()
    try:
        kept = here.ledger.incident(steps[1])[0].dossier if len(steps) > 1 else None
    except NotFoundError:
        return False
    return kept is not None and kept.public


def page(request: Request) -> Response:
    """A piece as a page of its own, to stand in a frame."""
    board, piece = _asked(request)
    told = embeds.html(
        board,
        piece,
        request.query_params.get("figure") or None,
        link=f"{base(request)}/incidents/{named(board.incident.id)}"
        if person(request).may("reader")
        else None,
        discovery=f"{base(request)}/oembed?{urlencode({'url': str(request.url)})}",
    )
    return Response(told, media_type="text/html", headers=FRAMED)


def picture(request: Request) -> Response:
    """A piece as a picture, SVG or PNG."""
    board, piece = _asked(request)
    drawn = embeds.svg(board, piece, request.query_params.get("figure") or None)
    shape = request.path_params["shape"]
    if shape not in ("svg", "png"):
        raise NotFoundError(f"there is no picture {shape!r}; there are svg and png")
    name = f"{board.incident.id}-{piece}.{shape}"
    headers = FRAMED | {"Content-Disposition": f"inline; filename*=UTF-8''{named(name)}"}
    if shape == "svg":
        return Response(drawn, media_type="image/svg+xml", headers=headers)
    return Response(pictures.png(drawn), media_type="image/png", headers=headers)


def oembed(request: Request) -> Response:
    """What oEmbed 1.0 tells of an address of this desk: of an incident its card, of a piece that.
    Only JSON is answered, as the standard lets a provider do."""
    query = request.query_params
    if query.get("format", "json") != "json":
        return failed("only format=json is answered", 501)
    parts = urlsplit(query.get("url", ""))
    steps = [unquote(step) for step in parts.path.split("/")[1:]]
    if f"{parts.scheme}://{parts.netloc}" != base(request):
        raise NotFoundError("that is no address of this desk")
    match steps:
        case ["incidents", id]:
            piece: Piece = "card"
        case ["embed", id, ("card" | "curve" | "map" | "table") as piece]:
            pass
        case _:
            raise NotFoundError("of that address there is nothing to embed")
    most = (_most(query.get("maxwidth")), _most(query.get("maxheight")))
    board = _board(request, id)
    kept = f"?{parts.query}" if parts.query and steps[0] == "embed" else ""
    address = f"{base(request)}{path(board, piece)}{kept}"
    told = embeds.oembed(board, piece, address, most)
    return json(told | {"provider_url": f"{base(request)}/"})


def path(board: Board, piece: Piece) -> str:
    """Where a piece is on this desk."""
    return f"/embed/{named(board.incident.id)}/{piece}"


def offered(board: Board, base: str) -> list[dict[str, Any]]:
    """The pieces that there are of an incident, for its page: what each is called, where it is,
    and the frame to be put into a page of another."""
    found = []
    for piece in embeds.there(board):
        at = path(board, piece)
        told = embeds.oembed(board, piece, f"{base}{at}", (LARGEST, LARGEST))
        found.append({"called": embeds.PIECES[piece], "at": at, "frame": told["html"]})
    return found


def base(request: Request) -> str:
    """The address of this desk, as it was asked."""
    return str(request.base_url).rstrip("/")


def _asked(request: Request) -> tuple[Board, Piece]:
    piece = request.path_params["piece"]
    if piece not in embeds.PIECES:
        there = ", ".join(embeds.PIECES)
        raise NotFoundError(f"there is no piece {piece!r} to embed; there are {there}")
    return _board(request, request.path_params["id"]), piece


def _board(request: Request, id: str) -> Board:
    """The incident as it was signed off, unless the address asks for the latest, or for what had
    been published by a moment."""
    here = desk(request)
    here.current()
    laid = next(boards(dossiers.at_moment(request, here, id)), None)
    if laid is None:
        raise NotFoundError(f"no incident {id!r} by then")
    return laid


def _most(said: str | None) -> int:
    try:
        return min(number(said), LARGEST) if said else LARGEST
    except SettingsError:
        raise SettingsError(f"{said!r} is no number of pixels") from None
