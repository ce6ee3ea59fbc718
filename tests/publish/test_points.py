from __future__ import annotations

from datetime import UTC, datetime

from sayso.publish import points
from sayso.publish.board import Board
from sayso.publish.points import Said


def said(hour: int, low: int | None, high: int | None, line: str, status: str = "stands") -> Said:
    at = datetime(2031, 3, 4, hour, tzinfo=UTC)
    return Said(at, at.isoformat(), low, high, line, line, "circle", status)


END = datetime(2031, 3, 4, 20, tzinfo=UTC)


def test_copies_of_one_text_give_a_figure_once(laid: Board) -> None:
    curve = [p for p in laid.incident.curve if (p.kind, p.who) == ("killed", "security_forces")]
    of_agency = [p for p in curve if p.doc in laid.incident.copy_groups[0]]
    found = points.figures(laid.incident, of_agency, laid.speakers)
    assert len(of_agency) == 5
    assert len(found) == 1


def test_names_of_one_voice_make_one_line(laid: Board) -> None:
    curve = [p for p in laid.incident.curve if (p.kind, p.who) == ("killed", "unspecified")]
    lines = points.lines(points.figures(laid.incident, curve, laid.speakers))
    changes = sorted([point.level for point in line] for line in lines.values())
    assert changes == [[7, 17, 14, 18], [22, 27]]


def test_without_speakers_a_line_is_known_by_its_name(laid: Board) -> None:
    curve = [p for p in laid.incident.curve if (p.kind, p.who) == ("missing", "unspecified")]
    lines = points.lines(points.figures(laid.incident, curve, {}))
    assert [[point.level for point in line] for line in lines.values()] == [[9, 5]]


def test_a_vaguer_figure_changes_nothing() -> None:
    exact, vague = said(1, 31, 31, "a"), said(2, 24, 99, "a")
    assert not vague.replaces(exact)
    assert exact.replaces(vague)
    assert not said(3, 20, None, "a").replaces(exact)
    assert said(3, 32, None, "a").replaces(exact)


def test_a_denial_is_never_a_bound() -> None:
    assert points.stretches([said(1, 5, 5, "a"), said(2, 50, 50, "b", "denied")], END) == [
        (said(1, 5, 5, "a").at, END, 5, 5)
    ]


def test_bounds_span_the_last_word_of_each() -> None:
    told = [said(1, 5, 5, "a"), said(2, 9, 9, "b"), said(3, 7, 7, "a")]
    assert [(low, high) for _, _, low, high in points.stretches(told, END)] == [
        (5, 5),
        (5, 9),
        (7, 9),
    ]


def test_an_open_bound_stays_open_until_it_is_closed() -> None:
    told = [said(1, 7, None, "a"), said(3, 17, 17, "a")]
    assert [(low, high) for _, _, low, high in points.stretches(told, END)] == [(7, None), (17, 17)]


def test_no_more_lines_than_can_be_told_apart() -> None:
    told = [said(hour, hour, hour, f"voice {hour}") for hour in range(1, 12)]
    assert len(points.lines(told)) == points.LINES
