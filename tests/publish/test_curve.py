from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.publish import curve, drawing
from sayso.publish.board import Board
from sayso.records import CurvePoint, Incident

SVG = "{http://www.w3.org/2000/svg}"


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def of(laid: Board, kind: str = "killed", who: str = "unspecified") -> ElementTree.Element:
    return tree(curve.svg(laid.incident, kind, who, speakers=laid.speakers))


def words(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def point(at: str | None, low: int | None, high: int | None, **more: str) -> CurvePoint:
    return CurvePoint(
        at=at,
        doc=more.get("doc", "d"),
        kind="killed",
        who="unspecified",
        low=low,
        high=high,
        sources=("somebody",),
        claim=more.get("claim", "c"),
        status=more.get("status", "stands"),  # type: ignore[arg-type]
    )


def incident(*points: CurvePoint) -> Incident:
    return Incident(
        id="i",
        title="t",
        type=None,
        where=None,
        when=None,
        documents=(),
        copy_groups=(),
        tolls=(),
        curve=points,
        final={},
        claims=(),
    )


def test_it_is_valid_xml_with_a_title_and_a_description(laid: Board) -> None:
    drawn = of(laid)
    title, description = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert title is not None and title.text and title.text.startswith("People killed: ")
    assert description is not None and description.text
    assert "17: health ministry, withdrawn, 5 Mar 2031 09:15" in description.text
    assert "27: doctors' union, 6 Mar 2031 12:00" in description.text


def test_each_origin_has_a_line_of_its_own(laid: Board) -> None:
    steps = [p for p in of(laid).iter(f"{SVG}path") if p.get("class") == "step"]
    assert len(steps) == 2
    assert len({step.get("stroke-dasharray") for step in steps}) == 2


def test_lines_end_with_the_figure_and_the_name(laid: Board) -> None:
    told = words(of(laid))
    assert told[told.index("doctors' union") - 1] == "27"
    assert told[told.index("health ministry") - 1] == "18"


def test_withdrawn_and_denied_figures_stay_crossed_out(laid: Board) -> None:
    crossed = [
        group.find(f"{SVG}title").text
        for group in of(laid).iter(f"{SVG}g")
        if any(line.get("class") == "cross" for line in group.iter(f"{SVG}line"))
    ]
    assert any(text.startswith("17: health ministry, withdrawn") for text in crossed)
    assert any(", denied, " in text for text in crossed)
    assert "withdrawn or denied" in words(of(laid))


def test_marks_of_officials_and_others_differ_in_shape(laid: Board) -> None:
    drawn = of(laid)
    circles = [c for c in drawn.iter(f"{SVG}circle") if c.get("class") == "mark"]
    squares = [p for p in drawn.iter(f"{SVG}path") if "h9v9h-9z" in (p.get("d") or "")]
    assert circles and squares


def test_an_open_bound_has_an_arrow_and_a_paler_band(laid: Board) -> None:
    drawn = of(laid, "hospitalised")
    assert any(p.get("class") == "open" for p in drawn.iter(f"{SVG}path"))
    assert any(r.get("class") == "band above" for r in drawn.iter(f"{SVG}rect"))


def test_the_axis_names_days(laid: Board) -> None:
    assert {"4 Mar 2031", "5 Mar", "6 Mar"} <= set(words(of(laid)))


SIZES = [curve.WIDE, curve.SMALL, curve.NARROW]


@pytest.mark.parametrize("size", SIZES)
def test_every_curve_stays_within_its_frame(laid: Board, size: tuple[int, int]) -> None:
    for kind, who in curve.worth(laid.incident):
        drawn = tree(curve.svg(laid.incident, kind, who, size, laid.speakers))
        for element in drawn.iter(f"{SVG}text"):
            assert 0 <= float(element.get("x", "-1")) <= size[0]
            assert 0 <= float(element.get("y", "-1")) <= size[1]


def test_it_is_the_same_every_time(laid: Board) -> None:
    backwards = Incident(
        **{name: getattr(laid.incident, name) for name in laid.incident.__struct_fields__}
        | {"curve": laid.incident.curve[::-1]}
    )
    once = curve.svg(laid.incident, "killed", speakers=laid.speakers)
    assert once == curve.svg(backwards, "killed", speakers=laid.speakers)


def test_it_loads_and_runs_nothing(laid: Board) -> None:
    drawn = curve.svg(laid.incident, "killed")
    assert "<script" not in drawn
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in drawn


def test_worth_begins_with_the_gravest_that_changed(laid: Board) -> None:
    worth = curve.worth(laid.incident)
    assert worth[0] == ("killed", "unspecified")
    assert ("deployed", "military") not in worth


def test_worth_falls_back_to_the_one_figure_there_is() -> None:
    assert curve.worth(incident(point("2031-03-04", 3, 3))) == [("killed", "unspecified")]


def test_nothing_to_draw_is_no_picture() -> None:
    assert curve.svg(incident(), "killed") == ""
    assert curve.svg(incident(point(None, 3, 3)), "killed") == ""


def test_figures_without_a_date_are_counted_in_the_description() -> None:
    drawn = curve.svg(incident(point("2031-03-04", 3, 3), point("once", 4, 4, doc="e")), "killed")
    assert "1 figure without a date left out" in drawn


def test_hostile_names_stay_characters(hostile: Board) -> None:
    drawn = curve.svg(hostile.incident, "killed", speakers=hostile.speakers)
    root = tree(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert "alert(1)" in (root.findtext(f"{SVG}desc") or "")
    assert "\u202e" not in drawn


def boxes(drawn: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Where the words of a picture stand, by the width that they are reckoned to have."""
    found = []
    for element in drawn.iter(f"{SVG}text"):
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        wide = drawing.width(element.text or "", bold=element.get("class") == "figure") / 1.06
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
        found.append((left, y - 9, left + wide, y + 2))
    return found


def touching(found: list[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(found[:i])
        if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("steep", [1, 3, 400])
def test_labels_never_touch_and_stay_within(size: tuple[int, int], steep: int) -> None:
    """Many voices with long names, within hours and over months, with close and far figures."""
    voices = ["Provincial disaster agency of Upper Karsa", "WWWW MMMM", "police", "a nurse", "union",
              "Ministry", "the 漢字 daily", "radio"]  # fmt: skip
    points = [
        CurvePoint(
            at=f"2031-0{1 + number % 9 if steep > 1 else 3}-0{1 + number % 4}T{number % 24:02}:10:00Z",
            doc=f"d{number}",
            kind="killed",
            who="unspecified",
            low=1000 + number * steep,
            high=None if number % 5 == 0 else 1000 + number * steep + number % 3,
            sources=(voices[number % len(voices)],),
            claim=f"c{number}",
            status="withdrawn" if number % 7 == 6 else "stands",
        )
        for number in range(40)
    ]
    drawn = tree(curve.svg(incident(*points), "killed", size=size))
    found = boxes(drawn)
    assert touching(found) == []
    assert all(left >= 0 and right <= size[0] + 1 for left, _, right, _ in found)
    assert max(bottom for *_, bottom in found) <= float(drawn.get("height", ""))
    assert len(found) > 12


@pytest.mark.parametrize("size", SIZES)
def test_labels_of_the_demo_never_touch(laid: Board, size: tuple[int, int]) -> None:
    for kind, who in curve.worth(laid.incident):
        drawn = tree(curve.svg(laid.incident, kind, who, size, laid.speakers))
        assert touching(boxes(drawn)) == []


def test_words_are_cut_and_wrapped_to_their_room() -> None:
    assert drawing.cut("health ministry", 200.0) == "health ministry"
    assert drawing.cut("health ministry", 50.0).endswith("…")
    assert drawing.width(drawing.cut("W" * 80, 50.0)) <= 50.0
    lines = drawing.wrapped("Ferry sinks on Lake Tervane with two hundred aboard", 120.0, 2)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert drawing.wrapped("W" * 80, 60.0, 2)[0].endswith("…")
    assert drawing.wrapped("", 60.0, 2) == []


moments = st.one_of(
    st.none(),
    st.sampled_from(["0001-01-01", "9999-12-31T23:59:59+00:00", "2031-03-04T10:00-12:00", "x"]),
    st.datetimes().map(lambda moment: moment.isoformat()),
)
numbers = st.one_of(st.none(), st.integers(0, 10**7))


@settings(max_examples=60)
@given(st.lists(st.tuples(moments, numbers, numbers), max_size=8))
def test_any_points_give_valid_xml_or_nothing(found) -> None:
    points = [point(at, low, high, claim=str(i)) for i, (at, low, high) in enumerate(found)]
    drawn = curve.svg(incident(*points), "killed")
    assert drawn == "" or tree(drawn).tag == f"{SVG}svg"
    assert "nan" not in drawn


@given(st.integers(0, 10**9))
def test_the_scale_has_few_round_steps(top: int) -> None:
    step = drawing.nice(top)
    assert step * 6 >= top
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(st.lists(st.floats(0, 100), max_size=6))
def test_names_at_the_ends_of_lines_never_touch(places: list[float]) -> None:
    moved = drawing.apart(sorted(places), 10.0, 100.0)
    assert all(b - a >= 10.0 - 1e-9 for a, b in pairwise(moved))
    assert all(place <= 100.0 for place in moved)
