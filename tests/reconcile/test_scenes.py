"""Events, days and places that stay within one incident: each a row of its own, nobody twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from sayso.pipeline.boards import scenes
from sayso.pipeline.recalling import Known
from sayso.publish import acled, ucdp
from sayso.publish.board import Scenes
from sayso.reconcile.build import incident
from sayso.records import (
    Change,
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Party,
    Place,
    When,
)

KARSA = Place(text="Karsa", name="Karsa", geonameid=1, lat=40.6, lon=43.1, country="TR",
              precision="city", basis="sentence")  # fmt: skip
BIRE = Place(text="Bire", name="Bire", geonameid=2, lat=40.1, lon=43.9, country="TR",
             precision="city", basis="sentence")  # fmt: skip

Told = tuple[int, int | None, Place | None, dict[str, object]]


def figure(dead: int, day: int | None, place: Place | None = KARSA, **more: object) -> Told:
    """So many killed on a day of March, None where the sentence gives none, in a place."""
    return dead, day, place, more


def laid(*texts: Sequence[Told]) -> Scenes:
    """The scenes of the incident that texts of the tenth of March tell of, each by its figures."""
    documents = []
    told: dict[str, list[Claim]] = {}
    for number, figures in enumerate(texts):
        name = f"d{number}"
        text = ". ".join(f"They shelled the town, and {f[0]} were killed" for f in figures)
        documents.append(
            Document(id=name, text=text, outlet=f"Outlet {name}", published="2031-03-10")
        )
        for place, (dead, day, where, more) in enumerate(figures):
            claim = Claim(
                id=f"{name}.{place}",
                kind="killed",
                event=Event(type="ASSAULT", mode="heavy-weapons"),
                by=Party(text="rebels", category="militants"),
                who=Party(text="people", category="unspecified"),
                count=Count(low=dead, high=dead, text=str(dead)),
                where=where,
                when=on(day) if day else None,
                evidence=Evidence(start=40 * place, end=40 * place + 10, text=text[:10]),
            )
            fields = {name: getattr(claim, name) for name in claim.__struct_fields__}
            told.setdefault(name, []).append(Claim(**(fields | more)))
    made = incident(documents, told, [[d] for d in documents])
    (found,) = scenes(Known(tuple(documents), {d: tuple(c) for d, c in told.items()}, (made,)))
    return found


def on(day: int, to: int | None = None, basis: str = "sentence") -> When:
    return When(text="", start=f"2031-03-{day:02}", end=f"2031-03-{to or day:02}", basis=basis)


def rows(told: Scenes) -> list[tuple[str, str, int]]:
    """Day in March, place and dead of each row of ACLED."""
    return [(r["event_date"][8:], r["location"], r["fatalities"]) for r in acled.table(told)]


def test_deaths_of_four_days_are_four_rows() -> None:
    told = laid([figure(3, 3), figure(5, 4), figure(2, 5), figure(4, 6)])
    assert rows(told) == [("03", "Karsa", 3), ("04", "Karsa", 5), ("05", "Karsa", 2), ("06", "Karsa", 4)]  # fmt: skip
    names = [row["event_id_cnty"] for row in acled.table(told)]
    whole = told.whole.incident.id
    assert len(set(names)) == 4 and whole in names
    assert all(name.startswith(whole) for name in names)
    assert [row["best"] for row in ucdp.table(told)] == [3, 5, 2, 4]
    assert len({row["id"] for row in ucdp.table(told)}) == 4


def test_a_row_keeps_its_name_when_another_text_tells_of_one_day_more() -> None:
    first = {r["event_id_cnty"] for r in acled.table(laid([figure(5, 4), figure(2, 5)]))}
    more = [[figure(5, 4), figure(2, 5)], [figure(5, 4), figure(6, 8)]]
    assert first < {r["event_id_cnty"] for r in acled.table(laid(*more))}


def test_two_towns_on_one_day_are_two_rows() -> None:
    assert rows(laid([figure(2, 3), figure(3, 3, BIRE)])) == [("03", "Karsa", 2), ("03", "Bire", 3)]


@pytest.mark.parametrize(
    ("total", "rest"),
    [
        (figure(12, None, when=on(1, 7)), [("01", "Karsa", 4)]),
        (figure(8, None, when=on(1, 7)), []),
        (figure(12, None, None, when=on(1, 7)), []),  # nobody says where: only in the notes
    ],
    ids=["more", "no more", "anywhere"],
)
def test_whom_only_a_total_has_is_a_row_of_the_whole_time(
    total: Told, rest: list[tuple[str, str, int]]
) -> None:
    told = laid([total, figure(3, 3), figure(5, 5)])
    assert rows(told) == [("03", "Karsa", 3), ("05", "Karsa", 5), *rest]
    made = list(acled.table(told))
    assert all(f"{total[0]} people killed" in row["notes"] for row in made)
    assert not rest or (made[-1]["time_precision"], made[-1]["event_date"]) == (2, "2031-03-01")


def test_where_the_days_have_more_than_the_whole_there_is_one_row() -> None:
    told = laid([figure(7, None, when=on(1, 7)), figure(6, 3), figure(5, 5)])
    assert len(rows(told)) == 1


def test_parts_of_a_total_are_figures_of_their_own_days() -> None:
    whole = figure(8, None, None, when=on(1, 7))
    parts = [figure(3, 3, part_of="d0.0"), figure(5, 4, BIRE, part_of="d0.0")]
    assert rows(laid([whole, *parts])) == [("03", "Karsa", 3), ("04", "Bire", 5)]


@pytest.mark.parametrize(
    "texts",
    [
        [[figure(3, 3)], [figure(4, 4)]],  # one has the day wrong
        [[figure(3, 3)], [figure(3, 6)]],  # the same dead
        [[figure(3, 3), figure(3, 3)]],
        [[figure(3, 3), figure(2, 3, part_of="d0.0")]],
        [[figure(3, 3), figure(1, 5, change=Change(how="added"))]],  # of their wounds, perhaps
        [[figure(3, 3), figure(9, None, when=on(5, basis="saying"))]],
        [[figure(3, 3), figure(0, 5)]],
    ],
    ids=["a day off", "the same", "again", "a part", "added", "as said", "nobody"],
)
def test_what_is_one_event_stays_one_row(texts: list[list[Told]]) -> None:
    assert len(rows(laid(*texts))) == 1


def test_two_texts_days_apart_tell_of_two_events() -> None:
    assert rows(laid([figure(3, 3)], [figure(7, 6)])) == [("03", "Karsa", 3), ("06", "Karsa", 7)]


def test_a_march_days_later_is_a_row_with_its_crowd() -> None:
    march: dict[str, object] = {
        "kind": "participants",
        "event": Event(type="PROTEST", mode="demo"),
        "by": None,
        "count": Count(low=1800, high=2200, text="About 2,000"),
    }
    told = laid([figure(3, 3)], [figure(2000, 4, **march)])
    found = [(r["sub_event_type"], r["fatalities"], r["tags"]) for r in acled.table(told)]
    assert found == [
        ("Shelling/artillery/missile attack", 3, ""),
        ("Peaceful protest", None, "crowd size=About 2,000"),
    ]


def test_a_total_with_the_dead_of_another_incident_is_no_figure_of_this() -> None:
    documents = [Document(id="d0", text="x " * 60, outlet="Lantern", published="2031-03-10")]
    base = laid([figure(4, 3), figure(2, 5, change=Change(how="added"), episode="p1"),
                 figure(6, None, change=Change(how="total"), episode="p1")])  # fmt: skip
    four, two, six = (base.whole.lines[f"d0.{n}"].claim for n in range(3))
    made = [incident(documents, {"d0": those}, [documents]) for those in ([four], [two, six])]
    known = Known(tuple(documents), {"d0": (four, two, six)}, tuple(made))
    assert [row for told in scenes(known) for row in rows(told)] == [
        ("03", "Karsa", 4),
        ("05", "Karsa", 2),
    ]


def test_a_day_that_a_person_set_is_the_only_one() -> None:
    told = laid([figure(3, 3), figure(5, 4)])
    fixed = replace(told.whole.incident, mended=("when",))
    claims = {"d0": tuple(line.claim for line in told.whole.lines.values())}
    (found,) = scenes(Known(told.whole.documents, claims, (fixed,)))
    assert len(found.each) == 1


def test_who_dies_later_is_of_the_first_day_though_people_march_then() -> None:
    march: dict[str, object] = {"kind": "participants", "event": Event(type="PROTEST", mode="demo")}
    bomb = [figure(14, 3)]
    later = [
        figure(17, 3, change=Change(how="total")),
        figure(3, 5, change=Change(how="added", of="injured")),
        figure(500, 5, **march),
    ]
    assert rows(laid(bomb, later)) == [("03", "Karsa", 17), ("05", "Karsa", None)]


def test_a_total_of_the_place_goes_before_one_of_nowhere() -> None:
    country = figure(70, None, replace(KARSA, basis="neighbour"), when=on(9, basis="saying"))
    told = laid([country, figure(12, None, when=on(1, 7))], [figure(3, 3), figure(5, 5)])
    assert rows(told) == [("03", "Karsa", 3), ("05", "Karsa", 5), ("01", "Karsa", 4)]


def test_what_another_incident_is_of_is_told_there() -> None:
    told = laid([figure(3, 3), figure(17, 5, BIRE)])
    claims = {"d0": tuple(line.claim for line in told.whole.lines.values())}
    other = replace(told.each[1].incident, id="bire-2031-03-05", claims=())
    known = Known(told.whole.documents, claims, (told.whole.incident, other))
    first = next(iter(scenes(known)))
    assert rows(first) == [("03", "Karsa", 3)]
