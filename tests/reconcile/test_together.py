"""What those come to whom a text tells of in one row."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.reconcile.figures import rows
from sayso.records import Evidence, Place


def row(claim, *told, kind="detained"):
    """Claims of one verb: of each who, its group, and how many."""
    found = []
    for n, (who, low) in enumerate(told):
        one = claim(f"c{n}", low, kind=kind, who=who)
        found.append(replace(one, evidence=Evidence(start=n, end=20, text="A")))
    return found


def counted(document, claims):
    found = rows([document("d0", "2031-03-04T10:00")], {"d0": claims})
    return {who: [f.low for f in row.figures] for (_, who), row in found.items()}


def test_the_owner_and_his_brother_are_two(document, claim):
    told = row(claim, ("unspecified", 1), ("unspecified", 1))
    assert counted(document, told) == {"unspecified": [2]}


def test_those_of_two_groups_are_so_many_people_at_large(document, claim):
    told = row(claim, ("medics", 1), ("women", 2), ("medics", 1), kind="killed")
    assert counted(document, told) == {"unspecified": [4], "medics": [2], "women": [2]}


def test_soldiers_are_none_of_the_people_at_large_but_where_all_are_counted(document, claim):
    killed = row(claim, ("military", 1), ("women", 2), kind="killed")
    assert counted(document, killed) == {"military": [1], "women": [2]}
    held = row(claim, ("military", 1), ("women", 2))
    assert counted(document, held) == {"unspecified": [3], "military": [1], "women": [2]}


def test_parts_those_elsewhere_and_those_of_another_verb_add_nothing(document, claim):
    two = row(claim, ("unspecified", 3), ("unspecified", 1))
    part = [two[0], replace(two[1], part_of="c0")]
    away = [two[0], replace(two[1], where=Place(text="Osk", name="Osk", precision="city"))]
    later = [two[0], replace(two[1], evidence=Evidence(start=40, end=50, text="A"))]
    assert [counted(document, told) for told in (part, away, later)] == [{"unspecified": [3]}] * 3


def test_a_higher_figure_of_the_text_stands(document, claim):
    higher = claim("c9", 7, kind="detained", at=60)
    told = [*row(claim, ("unspecified", 1), ("unspecified", 1)), higher]
    assert counted(document, told) == {"unspecified": [7]}
