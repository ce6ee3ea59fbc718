"""What a side is called in a row: by the register, one's own file before it, and by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SettingsError
from sayso.lexicon import actors as tables
from sayso.publish.actors import Register, Scene, named, register
from sayso.publish.countries import country
from sayso.publish.sides import interaction
from sayso.records import Party

OWN = """
[governments]
TR = [2021-05-01, 2031-03-01]

[[forces]]
names = ["Karsan Guard", "KG"]
country = "TR"
arm = "Police"
unit = "Karsan Guard"

[[actor]]
names = ["Vell Front", "VF"]
acled = "VF: Front of Vell"
kind = "Rebel group"
countries = ["TR"]
until = 2031-03-04

[[actor]]
names = ["Vell Front", "VF"]
acled = "Vell Party"
ucdp = "Vell"
kind = "Political militia"
since = 2031-03-05
"""


@pytest.fixture
def own(tmp_path: Path) -> Register:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return register(file)


@pytest.mark.parametrize(
    ("text", "category", "acting", "acled"),
    [
        ("the army", "military", True, "Military Forces of Turkey (2031-)"),
        ("a military base", "unspecified", False, "Military Forces of Turkey (2031-)"),
        ("riot police", "security_forces", True, "Police Forces of Turkey (2031-)"),
        ("Karsan Guard officers", "unspecified", True, "Police Forces of Turkey (2031-) Karsan Guard"),
        ("Greek troops", "military", True, "Military Forces of Greece"),
        ("Vell Front fighters", "militants", True, "VF: Front of Vell"),
        ("a VF convoy", "unspecified", False, "VF: Front of Vell"),
        ("gunmen", "attackers", True, "Unidentified Armed Group (Turkey)"),
        ("Unknown gunmen", "attackers", True, "Unidentified Armed Group (Turkey)"),
        ("rebels", "militants", True, "Unidentified Armed Group (Turkey)"),
        ("the Northern League", "militants", True, "Northern League"),
        ("a gang", "suspects", True, "Unidentified Gang (Turkey)"),
        ("vigilantes", "attackers", True, "Vigilante Militia (Turkey)"),
        ("Brovald militiamen", "militants", True, "Brovald Communal Militia (Turkey)"),
        ("protesters", "protesters", True, "Protesters (Turkey)"),
        ("a mob", "unspecified", True, "Rioters (Turkey)"),
        ("farmers", "civilians", False, "Civilians (Turkey)"),
        ("a former soldier", "military", False, "Civilians (Turkey)"),
        ("the mayor", "officials", False, "Civilians (Turkey)"),
        ("the government", "officials", True, "Government of Turkey (2031-)"),
        ("a bridge", "unspecified", False, "a bridge"),
    ],
)  # fmt: skip
def test_a_party_has_its_name(
    own: Register, text: str, category: str, acting: bool, acled: str
) -> None:
    party = Party(text=text, category=category)
    assert named(party, Scene("TR", "2031-03-04", own), acting)[0].acled == acled


def test_a_name_means_who_bears_it_on_the_day_and_there(own: Register) -> None:
    front = Party(text="the Vell Front", category="militants")
    later = named(front, Scene("TR", "2031-03-05", own), True)[0]
    assert (later.acled, later.ucdp, later.kind) == ("Vell Party", "Vell", "Political militia")
    elsewhere = named(front, Scene("GR", "2031-03-04", own), True)[0]
    assert elsewhere.acled == "Vell Front"
    army = Party(text="the army", category="military")
    assert named(army, Scene("TR", "2030-01-01", own), True)[0].acled.endswith("(2021-2031)")
    assert named(army, Scene("TR", "2020-01-01", own), True)[0].acled.endswith("Turkey")


def test_a_foreign_state_is_external_and_a_group_beside_is_named(own: Register) -> None:
    there = Scene("TR", "2031-03-04", own)
    greek = named(Party(text="Greek troops", category="military"), there, True)[0]
    assert (greek.kind, greek.ucdp) == ("External/Other forces", "Government of Greece")
    both = named(Party(text="soldiers; VF fighters", category="military"), there, True)
    assert [one.ucdp for one in both] == ["Government of Turkey", "VF"]
    women = named(Party(text="students and women", category="civilians"), there, False)[0]
    assert women.beside == ("Students (Turkey)", "Women (Turkey)")


def test_where_the_country_is_unknown_nobody_s_forces_are_named(own: Register) -> None:
    nowhere = Scene(None, "2031-03-04", own)
    army = named(Party(text="the army", category="military"), nowhere, True)[0]
    assert (army.acled, army.kind) == ("the army", "State forces")
    assert named(Party(text="men", category="attackers"), nowhere, True)[0].acled == (
        "Unidentified Armed Group"
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('[[actor]]\nnames = ["VF"]\nacled = "VF"\nkindd = "Rebel group"\n', "line 4: unknown key"),
        ('[[actor]]\nnames = ["VF"]\nacled = "VF"\nkind = "Rebels"\n', "line 4: "),
        ("[[actor]\n", "at line 1"),
    ],
)
def test_a_misspelt_key_is_named_with_file_and_line(tmp_path: Path, wrong: str, said: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError, match="own") as raised:
        register(file)
    assert said in str(raised.value)
    with pytest.raises(SettingsError, match="cannot be read"):
        register(tmp_path / "none.toml")


def test_the_default_file_need_not_exist(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert register(Path("actors.toml")).government("TR", "2031-03-04").startswith("Turkey")


def test_the_register_holds_together() -> None:
    known = tables.shipped()
    lands = {land for one in known.actor for land in one.countries} | set(known.governments)
    lands |= {one.country for one in known.forces} | set(known.spelt.acled) | set(known.spelt.ucdp)
    assert all(country(land).name for land in lands)
    assert all(list(days) == sorted(days) for days in known.governments.values())
    for one in (*known.actor, *known.forces):
        assert not (one.since and one.until) or one.since <= one.until


def test_pairs_stand_in_the_order_of_the_codebook() -> None:
    assert interaction("Rebel group", "State forces") == "State forces-Rebel group"
    assert interaction("Civilians", "External/Other forces") == "External/Other forces-Civilians"
    assert interaction("Protesters", "") == "Protesters only"
    assert interaction("", "") == ""
