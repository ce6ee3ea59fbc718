"""Homes, cases, people in need, and how people came to be displaced."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(Settings(gazetteer=settings.gazetteer, parse="all"))


def counts(reader: Reader, text: str) -> list[str]:
    """Each figure with its manner and its unit, where these are told: "homes 40 destroyed"."""
    found = []
    for claim in reader.read(Document(id="x", text=text, published="2031-03-07")).claims:
        if claim.count is None:
            continue
        told = [claim.kind, str(claim.count.low), claim.manner or ""]
        told.append(claim.count.unit if claim.count.unit == "households" else "")
        found.append(" ".join(word for word in told if word))
    return found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Floods destroyed 40 homes and damaged 66 houses in Karsa.",
            ["homes 40 destroyed", "homes 66 damaged"],
        ),
        ("The rains led to the destruction of 2,082 houses.", ["homes 2082 destroyed"]),
        ("More than 500 houses collapsed in Osk.", ["homes 501 destroyed"]),
        (
            "The slide killed nine people and left 150 houses destroyed.",
            ["killed 9", "homes 150 destroyed"],
        ),
        ("The storm partially destroyed 30 houses.", ["homes 30 damaged"]),
        ("Rioters burned down 14 houses.", ["homes 14 destroyed"]),
        (
            "In Osk 120 homes were destroyed and 300 damaged.",
            ["homes 120 destroyed", "homes 300 damaged"],
        ),
        ("The quake flattened 80 houses and killed 20.", ["homes 80 destroyed", "killed 20"]),
        ("The flood destroyed 120 homes and damaged 300 shops.", ["homes 120 destroyed"]),
        ("No homes were damaged.", []),
        ("The storm did not destroy 30 homes.", []),
        ("He has two homes in Karsa.", []),
        ("The builder sold 40 houses in Osk.", []),
        ("Vandals destroyed 40 cars in Osk.", []),
    ],
)
def test_homes_are_counted_as_homes(reader: Reader, text: str, told: list[str]) -> None:
    assert counts(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Doctors counted 310 cases of cholera and 12 deaths in Karsa.",
            ["cases 310", "killed 12"],
        ),
        ("Measles has come to Osk. The ministry recorded 47 cases.", ["cases 47"]),
        ("Cholera spread in Osk. The number of cases rose to 980.", ["cases 980"]),
        ("The ministry recorded 47 cases since Monday.", []),
        ("Cholera spread in Osk. Police counted 30 cases of theft.", []),
        ("Measles cases rose by 90 in Osk.", []),
        ("Police counted 300 cases of theft in Karsa.", []),
        ("The court heard nine cases on Monday.", []),
        ("The flooding affected 116,000 people in Karsa.", ["affected 116000"]),
        ("About 3,000 people are in urgent need of water.", ["affected 2700"]),
        ("Some 40,000 farmers need food assistance.", ["affected 36000"]),
        ("Three players need assistance with visas.", []),
    ],
)
def test_cases_and_those_affected(reader: Reader, text: str, told: list[str]) -> None:
    assert counts(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Some 337,000 people were forced to evacuate.", ["displaced 303300 evacuated"]),
        ("More than 3,000 people had to evacuate their homes.", ["displaced 3001 evacuated"]),
        ("Around 40 families fled Karsa.", ["displaced 36 fled households"]),
        (
            "The fire forced the evacuation of about 50 homes.",
            ["displaced 45 evacuated"],
        ),
        (
            "The fighting caused the relocation of 2,000 people to Osk.",
            ["displaced 2000 relocated"],
        ),
        ("Police evicted 70 families in Osk.", ["displaced 70 evicted households"]),
        (
            "Some 120 families are living in camps outside Karsa.",
            ["displaced 108 sheltered households"],
        ),
        ("At least 860 residents are in nine relief camps.", ["displaced 860 sheltered"]),
        ("Seven hundred people spent the night in a stadium.", ["displaced 700 sheltered"]),
        ("The agency moved 900 villagers to safety.", ["displaced 900 relocated"]),
        ("Police moved 20 protesters to a bus.", []),
        ("By noon 500 refugees had crossed the border.", ["displaced 500 fled"]),
        ("Five hundred traders crossed the border daily.", []),
        ("About 800 refugees returned to the town of Osk.", ["returned 720"]),
        ("More than 1,100 returnees have arrived in Osk.", ["returned 1101"]),
        ("On Monday 340 evacuees went back to their homes.", ["returned 340"]),
        ("The students returned to the town after the match.", []),
        ("Soldiers evacuated the base.", []),
        ("A family of five was killed.", ["killed 5"]),
    ],
)
def test_how_people_were_displaced(reader: Reader, text: str, told: list[str]) -> None:
    assert counts(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Firefighters freed two drivers from the wreckage.", ["rescued 2"]),
        ("Volunteers dug out two women from under the mud.", ["rescued 2"]),
        ("Divers saved nine boys from the cave.", ["rescued 9"]),
        ("The crew hauled 40 people aboard.", ["rescued 40"]),
        ("The court freed two drivers.", []),
        ("Eleven people are still under the rubble.", ["trapped 11"]),
        ("At least 300 workers staged a sit-in at the gate.", ["participants 300"]),
        ("The demonstration was attended by 700 people.", ["participants 700"]),
        ("The march drew 2,000 teachers.", ["participants 2000"]),
        ("Two hundred people blocked the bridge.", ["participants 200"]),
        ("Thousands of protesters flooded the square.", ["participants 2000"]),
        ("The wedding was attended by 90 guests.", []),
        ("The match drew 2,000 fans.", []),
        ("Sixty soldiers blocked the road.", []),
    ],
)
def test_who_was_rescued_and_who_came(reader: Reader, text: str, told: list[str]) -> None:
    assert counts(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Floods hit Osk.\n\nDistrict | Killed | Houses destroyed | Houses partially damaged\n"
            "Vell | 21 | 1,200 | 90\nHolm | 30 | 830 | 40\nTotal | 51 | 2,030 | 130",
            [
                "killed 21",
                "homes 1200 destroyed",
                "homes 90 damaged",
                "killed 30",
                "homes 830 destroyed",
                "homes 40 damaged",
                "killed 51",
                "homes 2030 destroyed",
                "homes 130 damaged",
            ],
        ),
        (
            "Cholera has come to Osk.\n\nSuspected cholera cases: 310\nDeaths from cholera: 4",
            ["cases 310", "killed 4"],
        ),
        (
            "Flood report.\n\nFamilies displaced: 900\nEvacuated: 300\nHouses: 12",
            ["displaced 900 households", "displaced 300 evacuated"],
        ),
    ],
)
def test_heads_and_labels_count_them_too(reader: Reader, text: str, told: list[str]) -> None:
    assert counts(reader, text) == told


def test_the_rows_of_damaged_homes_are_no_part_of_those_destroyed(reader: Reader) -> None:
    text = "District | Houses destroyed | Houses damaged\nVell | 12 | 90\nHolm | 8 | 40\nTotal | 20 | 130"
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    whole = {claim.id: claim for claim in claims if claim.part_of is None}
    parts = [(claim.manner, whole[claim.part_of].manner) for claim in claims if claim.part_of]
    assert parts == [("destroyed", "destroyed"), ("damaged", "damaged")] * 2
