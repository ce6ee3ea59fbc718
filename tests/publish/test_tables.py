from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import msgspec
import pytest
from laying import board

from sayso.publish import sheets, tables
from sayso.publish.board import Board, Line
from sayso.records import Heading, Place, Reading, RunnerUp, When
from waiting import PATIENCE

WIDTHS = (80, 120)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_figure_of_the_toll_board_is_cut(laid: Board, width: int) -> None:
    drawn = tables.text(tables.tolls(laid, width), width)
    for row in laid.rows:
        toll = row.toll
        group = "people" if toll.who == "unspecified" else toll.who.replace("_", " ")
        numbers = [tables.side(n) for n in (toll.low, toll.best, toll.high)]
        counts = [str(len(toll.origins)), str(toll.copies)]
        wanted = r"\s+".join(map(re.escape, [group, *numbers, *counts, sheets.latest(row)]))
        assert re.search(wanted, drawn), wanted


@pytest.mark.parametrize("width", WIDTHS)
def test_every_voice_of_the_toll_board_is_named_with_its_figure(laid: Board, width: int) -> None:
    drawn = " ".join(tables.text(tables.tolls(laid, width), width).split())
    assert "health ministry (official): 18" in drawn
    assert "doctors' union (civil society): 27" in drawn


@pytest.mark.parametrize("width", (40, 80, 100, 120, 200))
def test_lines_fit_the_terminal(laid: Board, found, told, width: int) -> None:
    rows = sheets.document_rows(told[0], found)
    drawings = [tables.incidents(found, width), tables.documents(rows, width)]
    drawings += [tables.differences(laid), tables.tolls(laid, width)]
    for drawn in drawings:
        assert max(map(len, tables.text(drawn, width).splitlines())) <= width


def test_large_figures_stay_whole_at_80_columns(hostile: Board) -> None:
    toll = hostile.incident.tolls[0]
    big = type(toll)(
        **{name: getattr(toll, name) for name in toll.__struct_fields__}
        | {"low": 1_234_567, "high": None}
    )
    row = type(hostile.rows[0])(big, hostile.rows[0].voices)
    wide = Board(**{name: getattr(hostile, name) for name in Board.__slots__} | {"rows": (row,)})
    drawn = tables.text(tables.tolls(wide, 80), 80)
    assert re.search(r"people\s+1,234,567\s+\?\s+open", drawn)


def test_differences_show_both_quotations_and_say_what_they_are(laid: Board) -> None:
    drawn = tables.text(tables.differences(laid))
    assert "cannot both be true" in drawn
    assert "17 (withdrawn)" in drawn
    assert "22 (denied)" in drawn
    assert "“its soldiers had killed 22 people”" in drawn


def test_no_difference_is_said_in_words(told, found) -> None:
    drawn = tables.text(tables.differences(board(found[1], told[0], {})))
    assert drawn == "No accounts differ.\n"


def test_why_marks_the_sentence_and_names_every_link(laid: Board) -> None:
    (line,) = (
        line
        for line in laid.lines.values()
        if line.claim.evidence.text == "Two police officers were killed on Tuesday"
    )
    drawn = tables.text(tables.why(line))
    assert "[Two police officers were killed on Tuesday], Interior Minister <Ivar Destrin>" in drawn
    assert "Ivar Destrin (origin, official)" in drawn
    assert "→ Orrin News Agency (relay, news agency)" in drawn
    assert "→ Selmarra Courier (printed it)" in drawn
    assert line.claim.id in drawn


def test_why_says_on_what_ground_a_place_and_a_day_stand(laid: Board) -> None:
    line = next(iter(laid.lines.values()))
    other = RunnerUp(
        name="Valencia", geonameid=3625549, lat=10.2, lon=-68.0, country="VE", lead=0.4
    )
    spain = Place(
        text="Valencia", name="Valencia", lat=39.5, lon=-0.4, country="ES",
        precision="city", basis="neighbour", runner_up=other,
    )  # fmt: skip
    told = When(text="Wednesday", end="2031-03-05", basis="saying")
    drawn = tables.text(tables.why(told_of(line, spain, told)), 120)
    assert "Valencia, ES (city, neighbour); may be Valencia, VE" in drawn
    assert "up to 5 Mar 2031, from “Wednesday” (saying)" in drawn
    village = Place(text="Tarrabo", basis="sentence")
    drawn = tables.text(tables.why(told_of(line, village, None)), 120)
    assert "Tarrabo (not on the map, sentence)" in drawn


def told_of(line: Line, where: Place, when: When | None) -> Line:
    return replace(line, claim=msgspec.structs.replace(line.claim, where=where, when=when))


def test_why_says_when_the_outlet_speaks_for_itself(laid: Board) -> None:
    line = next(line for line in laid.lines.values() if not line.claim.sources)
    drawn = tables.text(tables.why(line))
    assert "speaks for itself: no one else is named" in drawn


def test_why_names_the_copies(laid: Board) -> None:
    (text,) = (text for text in laid.texts if text.copies)
    drawn = tables.text(tables.why(text.lines[0], text.copies), 120)
    assert "4 other texts: Harbour Post, Selmarra Courier, Halsten Monitor, Quayside Star" in drawn


def test_claims_of_a_reading_quote_and_count(told) -> None:
    document = told[0][0]
    heading = Heading(
        id=document.id, url=None, title=None, outlet=None, published=None, language=None
    )
    read = Reading(document=heading, claims=tuple(told[1][document.id]))
    drawn = tables.text(tables.claims(read))
    assert "harbour-post-0303\nno outlet, no date\n" in drawn
    assert "injured 2 people (security forces)  [part of a larger figure]" in drawn
    assert "“Nine people were injured”\n" in drawn
    assert "the health ministry → this outlet" in drawn
    assert "7 claims read" in drawn


def test_documents_name_the_text_they_copy(told, found) -> None:
    drawn = tables.text(tables.documents(sheets.document_rows(told[0], found), 80), 80)
    assert "quayside-star-0304, a copy of orrin-0304" in drawn


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_does_nothing_on_a_terminal(hostile: Board, width: int) -> None:
    drawings = [
        tables.tolls(hostile, width),
        tables.differences(hostile),
        tables.incidents([hostile.incident], width),
        tables.documents(sheets.document_rows(hostile.documents, [hostile.incident]), width),
        tables.table(sheets.tolls(hostile)),
        *(tables.why(line, hostile.documents) for line in hostile.lines.values()),
    ]
    drawn = "".join(tables.text(each, width) for each in drawings)
    assert not set(drawn) & set("\x1b\x00\x07\u202e\u202c")
    assert "[red]" in "".join(drawn.split())


def test_writing_json_does_not_load_rich() -> None:
    code = (
        "import sys; from sayso.publish import sheets, tables, exports, report, curve;"
        "print([m for m in ('rich', 'jinja2', 'spacy', 'sayso.language') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_curve_names_what_a_figure_did_and_leaves_copies_out(laid: Board, width: int) -> None:
    drawn = tables.text(tables.curve(laid), width)
    told = " ".join(drawn.split())
    assert "corrects 17" in told and "raised from 22" in told and "denies 22" in told
    assert drawn.count("killed 7+ people") < sum(
        (point.low, point.high) == (7, None) for point in laid.incident.curve
    )
