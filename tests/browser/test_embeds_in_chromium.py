"""Pieces to embed in a real browser: at any width, in light and dark, and in the frame of a page."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from looking import faults
from msgspec.structs import replace
from playwright.sync_api import Browser

from sayso.ingest.inputs import documents
from sayso.pipeline import Reader, known
from sayso.pipeline.boards import boards
from sayso.pipeline.running.stream import read_all
from sayso.publish import embeds
from sayso.publish.board import Board
from sayso.records import Place
from sayso.settings import Settings

STORY = Path(str(files("sayso"))) / "data" / "demo" / "story.jsonl"
PLACE = Place(text="Selmarra", name="Selmarra", lat=40.6, lon=43.1, precision="city")

LABELS = """() => [...document.querySelectorAll('svg text')].filter(t => t.checkVisibility())
  .map(t => {const b = t.getBoundingClientRect(), n = t.getBBox();
    return [b.left, b.top + b.height * .2, b.right, b.bottom - b.height * .2, t.textContent,
            parseFloat(getComputedStyle(t).fontSize) * b.width / (n.width || 1)]})"""


@pytest.fixture(scope="module")
def board(settings: Settings) -> Board:
    from dataclasses import replace as another

    read = list(read_all(Reader(settings), documents([str(STORY)])))
    record = known([d for d, _ in read], [r for _, r in read], settings)  # type: ignore[misc]
    found = max(boards(record), key=lambda board: len(board.documents))
    return another(found, incident=replace(found.incident, where=PLACE))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("piece", list(embeds.PIECES))
def test_a_piece_fits_and_can_be_read_at_any_width(
    browser: Browser, board: Board, tmp_path: Path, piece: embeds.Piece, scheme: str
) -> None:
    path = tmp_path / "piece.html"
    path.write_text(embeds.html(board, piece, link="https://desk.example/"), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for width in (1280, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.as_uri())
        labels = page.evaluate(LABELS)
        assert (len(labels) > 0) == (piece in ("curve", "map"))
        for number, one in enumerate(labels):
            assert one[0] >= 0 and one[2] <= width and one[5] >= 10.5, one
            for other in labels[:number]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] or other[3] <= one[1], (one[4], other[4])
        assert faults(page) == []
    assert set(asked) == {path.as_uri()}
    context.close()


def test_a_picture_of_its_own_shows_no_label_over_another(
    browser: Browser, board: Board, tmp_path: Path
) -> None:
    page = browser.new_page()
    for piece in embeds.PIECES:
        path = tmp_path / f"{piece}.svg"
        path.write_text(embeds.svg(board, piece), encoding="utf-8")
        page.goto(path.as_uri())
        labels = page.evaluate(LABELS)
        assert labels
        for number, one in enumerate(labels):
            for other in labels[:number]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] or other[3] <= one[1], (one[4], other[4])
    page.close()
