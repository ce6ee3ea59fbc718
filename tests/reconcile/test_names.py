"""What the name of a source says."""

from __future__ import annotations

import pytest

from sayso.reconcile.names import longest, published_by, read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Health Ministry", "ministry of health"),
        ("Health Minister", "the Health Ministry"),
        ("HEALTH MINISTRY", "Health Ministry"),
        ("police spokesman", "the police"),
        ("the interior ministry's press service", "Interior Ministry"),
        ("The Associated Press", "AP"),
        ("Karsa Fire Dept", "Karsa Fire Department"),
    ],
)
def test_one_body_under_two_names(one, other):
    assert read(one) == read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Health Ministry", "Interior Ministry"),
        ("Channel 5", "Channel 9"),
        ("Karsa police", "Belov police"),
        ("doctors' union", "dockers' union"),
    ],
)
def test_two_bodies(one, other):
    assert read(one) != read(other)


@pytest.mark.parametrize(
    "text",
    [
        "a source",
        "officials",
        "two witnesses",
        "police sources",
        "residents of Karsa",
        "local authorities",
        "a nurse who asked not to be named",
        "It",
    ],
)
def test_nobody_is_named(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["Doctors Without Borders", "doctors' union", "police officials"])
def test_somebody_is_named(text):
    assert read(text) is not None


def test_a_name_after_a_role_is_a_person():
    assert read("police spokesman Ilan Dor").person == {"ilan", "dor"}


def test_a_body_after_a_role_is_a_body():
    name = read("Mira Sol, a spokeswoman for Karsa General Hospital")
    assert name.person == {"mira", "sol"}
    assert name.body == {"karsa", "hospital"}


def test_a_short_name_may_mean_two_long_ones():
    short, one, two = frozenset("a"), frozenset("ab"), frozenset("ac")
    assert longest([short, one, two])[short] == [one, two]


@pytest.mark.parametrize(
    ("outlet", "kind"),
    [
        ("Karsia Observatory for Human Rights", "ngo"),
        ("Karsa Body Count", "ngo"),
        ("UN OCHA", "international_body"),
        ("The Karsa Courier", "media"),
        ("Sun of Karsa", "media"),
        ("Ministry of National Defence, Karsia", "military"),
        ("Ministry of the Interior, Karsia", "security_forces"),
        ("Ministry of Health", "official"),
    ],
)
def test_a_monitor_that_publishes_is_a_monitor_and_an_office_an_office(outlet, kind):
    assert published_by(outlet) == kind
