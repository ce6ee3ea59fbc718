from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from sayso.publish import atlas, summary
from sayso.publish.board import Board
from sayso.records import Place

PLACE = Place(text="Karsa", name="Kars & Co", lat=40.6, lon=43.1, country="TR", precision="city")


def test_it_says_how_many_on_whose_word_and_who_differs(laid: Board) -> None:
    told = " ".join(summary.sentences(laid))
    assert "Between 18 and 27 people were killed: " in told
    assert "health ministry 18" in told and "doctors' union 27" in told
    assert "people killed" in told and "cannot all be true" in told
    assert "different texts in 17 documents" in told


def test_it_leads_with_best_and_bounds_and_names_five_sources(laid: Board) -> None:
    assert summary.lead(laid) == (
        "The best figure of people killed is 18, between 18 and 27; the main sources are "
        "health ministry, doctors' union, Jorun Ameld, Police and Anneke Brovald."
    )
    assert len(summary.main_sources(laid)) == summary.SOURCES


def test_an_open_figure_leads_with_the_bound_that_it_has(laid: Board) -> None:
    (row, *_) = laid.rows
    open_above = replace(row, toll=msgspec.structs.replace(row.toll, best=None, high=None))
    one = replace(open_above, voices=row.voices[:1])
    assert summary.lead(replace(laid, rows=(one,))) == (
        "The best figure of people killed is open, at least 18; the one source is health ministry."
    )
    assert summary.lead(replace(laid, rows=())) == ""


def test_every_number_in_it_stands_on_the_board(laid: Board) -> None:
    told = " ".join(summary.told(laid))
    known = {
        f"{bound:,}"
        for row in laid.rows
        for voice in row.voices
        for line in voice.lines
        for bound in (line.claim.count.low, line.claim.count.high, row.toll.low, row.toll.high)
        if line.claim.count and bound is not None
    }
    assert set(re.findall(r"\d[\d,]*\d|\d", told)) <= known


def test_it_is_the_same_every_time(laid: Board) -> None:
    assert summary.sentences(laid) == summary.sentences(laid)


def test_a_place_is_drawn_among_borders() -> None:
    drawn = atlas.svg(PLACE)
    assert drawn.count("M") > 5 and 'class="place"' in drawn and "Kars &amp; Co" in drawn
    assert len(drawn) < 200_000


def test_what_is_not_on_the_map_is_not_drawn() -> None:
    assert atlas.svg(None) == "" and atlas.svg(Place(text="Karsa")) == ""


def test_the_other_side_of_the_date_line_is_near() -> None:
    fiji = Place(text="Suva", lat=-18.1, lon=178.4)
    beyond = Place(text="Taveuni", lat=-16.9, lon=-179.9)
    assert atlas.svg(fiji).count("M") > 1 and atlas.svg(beyond).count("M") > 1
