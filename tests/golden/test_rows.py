"""The rows that a coder would hand in, by what a few sentences tell: how many, of whom, and whose dead."""

from __future__ import annotations

import pytest

from sayso.pipeline import Known, Reader
from sayso.pipeline.boards import scenes
from sayso.publish import acled, ucdp
from sayso.publish.board import Scenes
from sayso.reconcile.coverage import incidents
from sayso.records import Document
from sayso.settings import Settings

DEAD = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def told(settings: Settings, text: str) -> tuple[Scenes, ...]:
    """The incidents of a text of Thursday, the sixth of March, in their scenes."""
    read = Document(id="d", text=text, published="2031-03-06", outlet="Lantern", language="en")
    claims = {read.id: Reader(settings).read(read).claims}
    known = Known((read,), claims, tuple(incidents([read], claims)))
    return tuple(scenes(known))


NO_FORCE_THAT_KILLED = [
    "Hundreds of teachers marched through Vell on Wednesday to demand their pay.",
    "The government and the Holm Army signed a ceasefire in Vell on Monday.",
    "A bus collided with a lorry near Vell on Tuesday, killing nine people.",
    "Holm Army rebels kidnapped six traders near Vell on Monday.",
    "Police detained 31 suspects in raids in Vell on Monday.",
    "A mob beat a suspected thief to death in Vell on Monday.",
]


@pytest.mark.parametrize("text", NO_FORCE_THAT_KILLED)
def test_only_force_that_killed_has_a_row_of_ucdp(settings: Settings, text: str) -> None:
    assert [row for each in told(settings, text) for row in ucdp.table(each)] == []


SHARES = [
    # A part is not counted beside its whole, and who bears no arms is a civilian.
    (
        "Holm Army rebels killed eleven people, including four women and two infants, in Vell on Monday.",
        3, ("", "", 11, ""),
    ),
    ("Soldiers killed two people in a market in Vell on Monday.", 3, ("", "", 2, "")),
    # Both sides and those between them.
    (
        "Soldiers fought Dafra Front rebels near Vell on Monday, killing seven rebels. Two soldiers "
        "and three villagers were also killed.",
        1, (2, 7, 3, ""),
    ),
    # In a fight of two that bear arms nobody knows what the others were.
    (
        "Soldiers fought Dafra Front rebels near Vell on Monday. Nine people were killed, including "
        "three soldiers.",
        1, (3, "", "", 6),
    ),
    # Nobody knows who did it; that somebody was killed by force is a row all the same.
    ("Gunmen killed five farmers near Vell on Monday.", None, ("", "", 5, "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type", "dead"), SHARES, ids=[text for text, _, _ in SHARES])
def test_the_dead_by_side_add_up(
    settings: Settings, text: str, type: int | None, dead: tuple[object, ...]
) -> None:
    ((row,),) = (tuple(ucdp.table(each)) for each in told(settings, text))
    assert (row["type_of_violence"], tuple(row[name] for name in DEAD)) == (type, dead)
    assert sum(int(str(row[name] or 0)) for name in DEAD) == row["best"]


def test_protesters_who_are_shot_are_targets(settings: Settings) -> None:
    (each,) = told(
        settings, "Soldiers opened fire on demonstrators in Vell on Monday, killing four."
    )
    (row,) = acled.table(each)
    assert row["civilian_targeting"] == "Civilian targeting"


def test_notes_say_the_number_that_is_printed(settings: Settings) -> None:
    text = "Rebels attacked Vell on Monday. Five villagers and nine soldiers were killed, a medic said."
    (each,) = told(settings, text)
    (row,) = acled.table(each)
    assert row["fatalities"] == 14 and "Counted in this row: 14 dead." in str(row["notes"])
    (plain,) = told(settings, "Rebels killed nine soldiers in Vell on Monday.")
    assert "Counted" not in str(next(acled.table(plain))["notes"])


def test_villages_that_fight_are_two_sides(settings: Settings) -> None:
    text = "A clash between Amra and Inyo, two villages of Holm, killed seven people on Monday."
    (each,) = told(settings, text)
    (row,) = ucdp.table(each)
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == ("Amra", "Inyo", 2)


def test_a_country_that_shells_is_its_forces(settings: Settings) -> None:
    text = "Russian artillery killed two women in Vell on Monday."
    (each,) = told(settings, text)
    assert str(next(acled.table(each))["actor1"]).startswith("Military Forces of Russia")


def test_what_is_recalled_after_years_has_no_row(settings: Settings) -> None:
    text = (
        "A court in Vell on Tuesday sentenced two men to life in prison over the 2027 attack on a "
        "church in Dornach in which gunmen killed 17 worshippers."
    )
    each = told(settings, text)
    assert not [row for one in each for row in (*acled.table(one), *ucdp.table(one))]


def test_both_may_be_people_of_one_kind(settings: Settings) -> None:
    text = (
        "Fighters of the Ostrel Front and the Dafra Front fought near Vell on Tuesday, and "
        "eight Ostrel Front fighters and five Dafra Front fighters were killed, a local committee said."
    )
    (each,) = told(settings, text)
    (row,) = ucdp.table(each)
    assert {row["side_a"]: row["deaths_a"], row["side_b"]: row["deaths_b"]} == {
        "Ostrel Front": 8,
        "Dafra Front": 5,
    }


def test_who_is_among_passengers_is_no_side(settings: Settings) -> None:
    text = (
        "Seven passengers, among them two soldiers on leave, were killed on Monday when a bus struck a "
        "landmine near Vell."
    )
    (each,) = told(settings, text)
    assert next(acled.table(each))["actor2"] == "Civilians"


def test_one_who_dies_in_crossfire_makes_no_attack_of_a_battle(settings: Settings) -> None:
    text = (
        "Five soldiers and nine Holm Army fighters were killed on Tuesday when the militants ambushed an "
        "army patrol near Vell, a medic said. A farmer was caught in the crossfire and died."
    )
    (each,) = told(settings, text)
    assert next(acled.table(each))["sub_event_type"] == "Armed clash"


def test_days_of_shelling_are_rows_of_shelling(settings: Settings) -> None:
    text = (
        "Six residents of Vell were killed by Russian shelling this week. Three died on Monday when a "
        "shell hit a shop. On Tuesday a woman was killed at her gate. Two men were killed on Wednesday."
    )
    (each,) = told(settings, text)
    rows = [(r["fatalities"], r["sub_event_type"]) for r in acled.table(each)]
    assert rows == [(n, "Shelling/artillery/missile attack") for n in (3, 1, 2)]


def test_towns_that_a_sum_adds_up_are_rows(settings: Settings) -> None:
    text = (
        "The Holm Army shelled three towns in Holm province on Thursday, killing nine civilians. Five "
        "people were killed in Umm Tarra. Three more died in Wad Inyo, among them a nurse, and one man "
        "was killed in Hillat Tol."
    )
    rows = [row for each in told(settings, text) for row in acled.table(each)]
    assert sorted((row["location"], row["fatalities"]) for row in rows) == [
        ("Hillat Tol", 1), ("Umm Tarra", 5), ("Wad Inyo", 3),
    ]  # fmt: skip


def test_what_forces_do_in_another_town_on_another_day_is_a_row(settings: Settings) -> None:
    text = (
        "Holm Army rebels entered the town of Umm Tarra on Monday after the army pulled out. On Tuesday the "
        "rebels established a base at Wad Inyo."
    )
    (each,) = told(settings, text)
    assert [(row["event_date"], row["location"], row["actor1"]) for row in acled.table(each)] == [
        ("2031-03-03", "Umm Tarra", "Holm Army"), ("2031-03-04", "Wad Inyo", "Holm Army"),
    ]  # fmt: skip
