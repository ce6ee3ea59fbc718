from __future__ import annotations

import re
from typing import get_args
from xml.etree import ElementTree

import msgspec
import pytest

from sayso.errors import NotFoundError, SettingsError
from sayso.publish import embeds, pictures, wording
from sayso.publish.board import Board
from sayso.publish.embeds import Piece
from sayso.records import Place

SVG = "{http://www.w3.org/2000/svg}"
PIECES: tuple[Piece, ...] = get_args(Piece)
PLACE = Place(text="Karsa", name="Kars & Co", lat=40.6, lon=43.1, country="TR", precision="city")


@pytest.fixture(scope="module")
def placed(laid: Board) -> Board:
    return on_the_map(laid)


def on_the_map(board: Board) -> Board:
    from dataclasses import replace

    return replace(board, incident=msgspec.structs.replace(board.incident, where=PLACE))


@pytest.mark.parametrize("piece", PIECES)
def test_a_picture_stands_by_itself(piece: Piece, placed: Board) -> None:
    drawn = embeds.svg(placed, piece)
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg" and root.findtext(f"{SVG}title")
    assert "var(" not in drawn and "@media" not in drawn and "light-dark" not in drawn
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert next(root.iter(f"{SVG}rect")).get("fill", "").startswith("#")
    assert drawn == embeds.svg(placed, piece)


def test_a_card_has_the_figures_and_who_said_them(placed: Board) -> None:
    words = [
        text.text for text in ElementTree.fromstring(embeds.svg(placed, "card")).iter(f"{SVG}text")
    ]
    assert words.index("18–27") < words.index("best figure: 18") < words.index("accounts differ")
    assert "18 health ministry" in words and "27 doctors' union" in words
    assert "52 injured" in words


def test_a_table_has_a_line_for_each_toll(placed: Board) -> None:
    words = [
        text.text for text in ElementTree.fromstring(embeds.svg(placed, "table")).iter(f"{SVG}text")
    ]
    assert len([word for word in words if word and word.startswith("killed, ")]) == 4
    assert "18 health ministry (official); 27 doctors' union (civil society)" in words


@pytest.mark.parametrize("piece", ["card", "table"])
def test_words_of_a_picture_stay_within_it_whatever_they_are(piece: Piece, hostile: Board) -> None:
    from sayso.publish import drawing

    root = ElementTree.fromstring(embeds.svg(hostile, piece))
    assert not list(root.iter(f"{SVG}script"))
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    last = 0.0
    for element in root.iter(f"{SVG}text"):
        x, y, size = (float(element.get(name, "")) for name in ("x", "y", "font-size"))
        room = drawing.width(element.text or "", element.get("font-weight") is not None, size)
        left = x - room if element.get("text-anchor") == "end" else x
        assert left >= 0 and left + room <= wide and y < high
        assert y >= last
        last = y


@pytest.mark.parametrize("piece", PIECES)
def test_a_page_loads_and_runs_nothing(piece: Piece, placed: Board) -> None:
    page = embeds.html(placed, piece)
    assert "<script" not in page and "src=" not in page and "href=" not in page
    assert page.count("<h1>") == 1 and "<title>" in page
    assert wording.clean(placed.incident.title) in page
    linked = embeds.html(placed, piece, link="https://desk.example/incidents/a?b&c")
    assert (
        'href="https://desk.example/incidents/a?b&amp;c" target="_blank" rel="noopener"' in linked
    )


def test_hostile_text_is_harmless_in_a_page(hostile: Board) -> None:
    for piece in ("card", "curve", "table"):
        page = embeds.html(hostile, piece)
        assert "<script" not in page and "<img" not in page and "\u202e" not in page


def test_a_curve_is_drawn_for_wide_and_for_narrow_pages(placed: Board) -> None:
    page = embeds.html(placed, "curve")
    assert 'class="broad"' in page and 'viewBox="0 0 640 ' in page
    assert 'class="slim"' in page and 'viewBox="0 0 340 ' in page


def test_any_figure_with_a_curve_can_be_asked_for(placed: Board) -> None:
    assert "Children killed" in embeds.svg(placed, "curve", "killed-children")
    with pytest.raises(NotFoundError, match="there are killed-unspecified, "):
        embeds.svg(placed, "curve", "killed-dragons")


def test_what_there_is_not_is_said(laid: Board) -> None:
    with pytest.raises(NotFoundError, match="is not on the map"):
        embeds.svg(laid, "map")


def test_oembed_frames_the_page(placed: Board) -> None:
    told = embeds.oembed(placed, "card", 'https://desk.example/embed/a"b/card', (300, 10_000))
    assert told["version"] == "1.0" and told["type"] == "rich"
    assert told["width"] == 300 and told["height"] == embeds.FRAMES["card"][1]
    assert 'src="https://desk.example/embed/a&#34;b/card" width="300"' in told["html"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_picture_becomes_png(piece: Piece, placed: Board) -> None:
    pytest.importorskip("resvg_py")
    drawn = embeds.svg(placed, piece)
    made = pictures.png(drawn)
    assert made.startswith(b"\x89PNG")
    width = int.from_bytes(made[16:20], "big")
    assert width == float(ElementTree.fromstring(drawn).get("width", "")) * pictures.ZOOM
    assert made == pictures.png(drawn)


def test_without_resvg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    assert not pictures.can_png()
    with pytest.raises(SettingsError, match=r"pip install 'sayso\[png\]'"):
        pictures.png("<svg/>")
