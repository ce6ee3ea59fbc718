"""Who is a side, and for whom a voice speaks."""

from __future__ import annotations

import pytest

from sayso.reconcile.sides import Sides, Stake
from sayso.records import Claim, Count, Event, Evidence, Party, Source, Voice


def deed(doer, category, low=None, who=("people", "unspecified"), kind="killed", event=None):
    return Claim(
        id="deed",
        kind=kind,
        event=Event(type=event) if event else None,
        count=Count(low=low, high=low, text=str(low)) if low is not None else None,
        who=Party(text=who[0], category=who[1]) if who else None,
        by=Party(text=doer, category=category),
        evidence=Evidence(start=0, end=1, text="A"),
    )


def stake(name, kind, *deeds, low=3, high="same", group="unspecified", row="killed", **fields):
    """What a voice of that name and kind is to those whom it counts, after these deeds."""
    claim = Claim(
        id="said",
        kind=row,
        count=Count(low=low, high=low if high == "same" else high, text=str(low)),
        who=Party(text="people", category=group),
        sources=(Source(text=name, kind=kind, role="origin"),),
        evidence=Evidence(start=0, end=1, text="A"),
        **fields,
    )
    told = [(f"d{i}", one) for i, one in enumerate((*deeds, claim))]
    whole = max(one.count.low for _, one in told if one.count)
    return Sides(told).stake(
        claim, Voice(key=name, name=name, kind=kind, line=name), (row, group), whole
    )


FIRED = deed(
    "Police", "security_forces", kind="event", event="ASSAULT", who=("crowd", "protesters")
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("police", "security_forces"),
        ("police spokesman Ilan Dor", "security_forces"),
        ("interior ministry", "security_forces"),
        ("Interior Minister Oren Vale", "official"),
        ("government", "official"),
        ("governor of Karsa", "official"),
        ("authorities", "official"),
    ],
)
def test_who_speaks_for_the_police(name, kind):
    assert stake(name, kind, FIRED) == Stake("accused", True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("health ministry", "official"),
        ("Health Minister Ada Lind", "official"),
        ("police hospital", "hospital"),
        ("government hospital", "official"),
        ("fire brigade", "official"),
        ("mayor", "official"),
        ("prosecutor's office", "court"),
        ("army", "military"),
        ("a resident", "witness"),
        ("Lantern", "ngo"),
        ("president of the students' union", "official"),
    ],
)
def test_who_does_not(name, kind):
    assert stake(name, kind, FIRED) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("owners of the ferry", "witness"),
        ("festival's organisers", "company"),
        ("Velm Mining", "company"),
    ],
)
def test_who_runs_the_place_may_have_to_answer_for_a_mishap(name, kind):
    flood = Claim(
        id="slide",
        kind="event",
        event=Event(type="DISASTER"),
        evidence=Evidence(start=0, end=1, text="A"),
    )
    assert stake(name, kind, flood) == Stake("answerable", True)
    assert stake(name, kind, flood, low=0) == Stake("answerable", False)
    assert stake(name, kind, FIRED, low=4) is None
    assert stake(name, kind, flood, row="rescued") is None


def test_an_unsigned_message_is_nobodys_word():
    assert stake("a message", "document") == Stake("unsigned")
    assert stake("a message from the governor", "document") is None
    assert stake("a message signed by Mira Sendal", "document") is None


def test_an_outlet_is_no_side():
    assert stake("Karsa Courier", "media", FIRED) is None


def test_nobody_is_a_side_where_nobody_did_it():
    assert stake("police", "security_forces") is None


def test_those_whom_a_side_detained_are_on_its_list():
    arrested = deed("police", "security_forces", 40, kind="detained")
    assert stake("police", "security_forces", arrested, FIRED, row="detained") is None


@pytest.mark.parametrize("name", ["Velmarian army", "Velmar's defence ministry", "army"])
def test_an_army_speaks_for_its_own_nation(name):
    shelled = deed("Velmarian troops", "military", 6)
    assert stake(name, "military", shelled) == Stake("accused", True)


def test_an_army_does_not_speak_for_another_nation():
    assert stake("Karsian army", "military", deed("Velmarian troops", "military", 6)) is None


def test_who_is_called_the_same_speaks_for_it():
    bombed = deed("Concord aircraft", "unspecified", 6)
    assert stake("Concord", "international_body", bombed) == Stake("accused", True)


def test_the_police_who_shot_one_attacker_may_count_his_nine_victims():
    shot = deed("police", "security_forces", 1)
    assert stake("police", "security_forces", shot, low=9) is None
    assert stake("police", "security_forces", shot, low=2) == Stake("accused", True)


def test_one_text_that_names_the_police_is_not_believed_against_two_that_name_another():
    police, driver = deed("police", "security_forces", 9), deed("a driver", "civilians", 9)
    assert stake("police", "security_forces", police, driver, low=9) is not None
    assert stake("police", "security_forces", police, driver, driver, low=9) is None


def test_whom_an_officer_shot_at_is_not_everybody():
    gunman = deed(
        "Police", "security_forces", kind="event", event="ASSAULT", who=("man", "attackers")
    )
    assert stake("police", "security_forces", gunman) is None
    assert stake("police", "security_forces", gunman, group="attackers") == Stake("accused", True)


def test_a_nought_of_the_armed_is_a_denial():
    assert stake("police", "security_forces", low=0) == Stake("denies")
    assert stake("mayor", "official", low=0) is None


def test_a_nought_in_an_earthquake_is_none():
    quake = Claim(
        id="quake",
        kind="event",
        event=Event(type="DISASTER"),
        evidence=Evidence(start=0, end=1, text="A"),
    )
    assert stake("police", "security_forces", quake, low=0) is None


def test_an_army_boasts_of_its_enemies_and_owns_to_its_losses():
    fight = deed("army", "military", 40, ("rebels", "militants"))
    assert stake("army", "military", fight, group="militants") == Stake("boasts")
    assert stake("army", "military", fight, group="military") == Stake("own", True)
    assert stake("rebels", "armed_group", fight, group="militants") == Stake("own", True)
    assert stake("rebels", "armed_group", fight, group="military") == Stake("boasts")


def test_that_none_of_its_own_was_lost_is_its_interest():
    fight = deed("rebels", "militants", 30, ("soldiers", "military"))
    assert stake("army", "military", fight, low=0, group="military") == Stake("interested")


def test_an_armed_group_that_accuses_is_a_party_to_the_fight():
    strike = deed("army", "military", 12, ("villagers", "civilians"))
    assert stake("rebels", "armed_group", strike, low=12, group="civilians") == Stake("interested")


def test_who_blames_another_owns_to_nothing():
    mutual = deed("army", "military", 9)
    blame = Party(text="rebels", category="militants")
    assert stake("army", "military", mutual, low=9, by=blame) == Stake("accused", False)
