"""Who the named of an incident are, each once."""

from __future__ import annotations

import pytest

from sayso.reconcile.victims import victims
from sayso.records import Person


@pytest.fixture
def named(document, claim):
    """The people of claims, one document each: (kind, people, more of the claim)."""

    def name(*told, withdrawn=()):
        pairs = [
            (
                document(f"d{n}", f"2031-03-{n + 1:02}"),
                claim(f"c{n}", 1, kind=kind, people=tuple(people), **more),
            )
            for n, (kind, people, more) in enumerate(told)
        ]
        return victims(pairs, withdrawn)

    return name


def person(name, age=None, **more):
    return Person(name=name, age=age, **more)


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        (person("Ada Voss", 34), person("Voss"), ["Ada Voss"]),
        (person("Ada Voss", 34), person("A. Voss"), ["Ada Voss"]),
        (person("Ada Voss"), person("ADA VOSS"), ["Ada Voss"]),
        (person("Mohamed Saleh"), person("Muhammad Saleh"), ["Muhammad Saleh"]),
        (person("Tom", 6), person("Tom Voss", 6), ["Tom Voss"]),
        (person("Ana Ruiz Cala"), person("Ana Cala"), ["Ana Ruiz Cala"]),
        (person("Ada Voss", 34), person("Ada Voss", 61), ["Ada Voss", "Ada Voss"]),
        (person("Tom"), person("Tom Voss"), ["Tom", "Tom Voss"]),
        (person("Ada Voss"), person("Ida Voss"), ["Ada Voss", "Ida Voss"]),
        (person("Ada Voss", sex="f"), person("A. Voss", sex="m"), ["Ada Voss", "A. Voss"]),
        (
            person("Ada Voss", role="nurse"),
            person("Voss", role="bus driver"),
            ["Ada Voss", "Voss"],
        ),
    ],
)
def test_two_names_are_one_person_where_nothing_contradicts_it(named, one, other, people) -> None:
    found = named(("killed", [one], {}), ("killed", [other], {}))
    assert [v.name for v in found] == people


def test_a_name_that_two_people_may_bear_is_neither(named) -> None:
    found = named(
        ("killed", [person("Ada Voss", 34), person("Tom Voss", 6)], {}),
        ("killed", [person("Voss")], {}),
    )
    assert [(v.name, v.claims) for v in found] == [
        ("Ada Voss", ("c0",)),
        ("Tom Voss", ("c0",)),
        ("Voss", ("c1",)),
    ]


def test_the_last_fate_counts_and_the_dead_stay_dead(named) -> None:
    voss, reed = person("Ada Voss"), person("Tom Reed")
    found = named(
        ("missing", [voss, reed], {}),
        ("killed", [voss], {}),
        ("injured", [voss], {}),
        ("rescued", [reed], {}),
    )
    assert [(v.name, v.fate) for v in found] == [("Ada Voss", "killed"), ("Tom Reed", "rescued")]


def test_who_is_denied_or_taken_back_is_marked(named) -> None:
    people = [[person("Ada Voss")], [person("Tom Reed")], [person("Ilse Brandt")]]
    found = named(
        *(("killed", each, {}) for each in people),
        ("killed", people[1], {"modality": "denied"}),
        ("killed", people[2], {"modality": "threatened"}),
        withdrawn={"c0"},
    )
    assert [(v.name, v.status) for v in found] == [
        ("Ada Voss", "withdrawn"),
        ("Tom Reed", "disputed"),
        ("Ilse Brandt", "stands"),
    ]
    assert found[2].claims == ("c2",)


def test_what_one_text_tells_another_adds(named) -> None:
    (found,) = named(
        ("killed", [person("A. Voss", role="nurse")], {}),
        ("killed", [person("Ada Voss", 34, sex="f", relation="mother of two")], {}),
    )
    assert (found.name, found.age, found.sex, found.relation, found.role) == (
        "Ada Voss",
        34,
        "f",
        "mother of two",
        "nurse",
    )
