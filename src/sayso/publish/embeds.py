"""Pieces of an incident for pages and papers of others: toll card, curve, map and table.

Each is a picture that stands by itself, and a page of its own that fits any width, brings its own
style, loads nothing and runs nothing, so that it can stand in a frame or lie on any server.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

from sayso.errors import NotFoundError
from sayso.publish import atlas, curve, pictures, plates, report, wording
from sayso.publish.board import Board

Piece = Literal["card", "curve", "map", "table"]

PIECES: dict[Piece, str] = {
    "card": "Toll card",
    "curve": "Toll curve",
    "map": "Map",
    "table": "Toll table",
}
"""What there is, in words."""

FRAMES: dict[Piece, tuple[int, int]] = {
    "card": (480, 620),
    "curve": (640, 470),
    "map": (480, 440),
    "table": (640, 720),
}
"""Width and height of a frame in which each has room, in CSS pixels."""


def svg(board: Board, piece: Piece, figure: str | None = None) -> str:
    """A piece as an SVG document that any program shows. `figure` is which curve, as
    "killed-children"; None is the gravest. Raises `NotFoundError` where there is nothing to draw.
    """
    if piece == "curve":
        return pictures.plain(_curve(board, figure, curve.WIDE))
    if piece == "map":
        return pictures.plain(_map(board))
    draw = plates.card if piece == "card" else plates.table
    return draw(report.content(board))


def html(
    board: Board,
    piece: Piece,
    figure: str | None = None,
    link: str | None = None,
    discovery: str | None = None,
) -> str:
    """A piece as a page of its own. `link` is where the whole record is to be seen, `discovery`
    the address of what oEmbed tells of this page. Raises `NotFoundError` as `svg` does."""
    from markupsafe import Markup

    drawn: list[str] = []
    if piece == "curve":
        drawn = [_curve(board, figure, size) for size in (curve.WIDE, curve.NARROW)]
    elif piece == "map":
        drawn = [_map(board)]
    told = report.content(board)
    page = report.environment(wording.shown, autoescape=True)
    page.globals["to"] = lambda claim: ""
    return (
        page.get_template("embed.html.j2").render(
            told,
            piece=piece,
            called=PIECES[piece],
            drawn=[Markup(picture) for picture in drawn],
            style=Markup((files("sayso.publish") / "templates" / "report.css").read_text("utf-8")),
            link=link,
            discovery=discovery,
        )
        + "\n"
    )


def oembed(board: Board, piece: Piece, address: str, most: tuple[int, int]) -> dict[str, Any]:
    """What oEmbed 1.0 tells of the page at an address: a frame, no larger than `most`."""
    width, height = (min(pair) for pair in zip(FRAMES[piece], most, strict=True))
    title = f"{PIECES[piece]}: {wording.clean(board.incident.title)}"
    frame = (
        f'<iframe src="{_attribute(address)}" width="{width}" height="{height}" '
        f'title="{_attribute(title)}" style="border:0;max-width:100%" loading="lazy"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Sayso",
        "width": width,
        "height": height,
        "html": frame,
    }


def _curve(board: Board, figure: str | None, size: tuple[int, int]) -> str:
    drawable = curve.drawable(board.incident)
    wanted = curve.worth(board.incident)[:1]
    if figure is not None:
        wanted = [pair for pair in drawable if "-".join(pair) == figure]
        if not wanted:
            there = ", ".join("-".join(pair) for pair in drawable) or "none"
            raise NotFoundError(f"there is no figure {figure!r} with a curve; there are {there}")
    for kind, who in wanted:
        if drawn := curve.svg(board.incident, kind, who, size, board.speakers):
            return drawn
    raise NotFoundError(f"{board.incident.id} has no figure to draw")


def _map(board: Board) -> str:
    drawn = atlas.svg(board.incident.where)
    if not drawn:
        raise NotFoundError(f"{board.incident.id} is not on the map")
    return drawn


def _attribute(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))
