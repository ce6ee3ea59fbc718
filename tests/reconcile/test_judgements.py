"""What people decide goes before what is alike, and holds for all that it follows for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.reconcile.coverage import Coverage, incidents
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.verdicts import seen
from sayso.records import Change, Claim, Count, Event, Evidence, Judgement, Place

MARKET = (
    "A blast tore through the covered market in Karsa on Tuesday, killing nine traders and bringing "
    "down the roof, the Health Ministry said. Rescuers with dogs searched the rubble until noon."
)
STALLS = (
    "The covered market of Karsa lay in rubble on Tuesday after a blast that killed nine traders. "
    "Its roof fell on the stalls, and rescuers with dogs were searching, the Health Ministry said."
)
FERRY = (
    "A ferry sank in a storm off the island of Sund, and eleven passengers drowned before fishing "
    "boats reached them, the coastguard said."
)


def decided(verdict, a, b, at="2031-04-01", id=None):
    return Judgement(id=id or f"{verdict} {a} {b}", verdict=verdict, a=a, b=b, at=at)


@pytest.fixture
def told(document, claim):
    pages = [
        document("a", "2031-03-04T09:00", MARKET),
        document("b", "2031-03-04T10:00", STALLS),
        document("c", "2031-03-04T11:00", FERRY),
    ]
    claims = {
        "a": [claim("c1", 9, where="Karsa")],
        "b": [claim("c2", 9, where="Karsa")],
        "c": [claim("c3", 11, where="Sund")],
    }
    return pages, claims


def together(told, *judgements):
    return [i.documents for i in incidents(*told, judgements=judgements)]


def test_nobody_asked(told):
    assert together(told) == [("a", "b"), ("c",)]


def test_different_takes_two_documents_apart(told):
    assert together(told, decided("different", "a", "b")) == [("a",), ("b",), ("c",)]


def test_a_claim_stands_for_what_its_document_tells_of_it(told):
    assert together(told, decided("different", "c1", "c2")) == [("a",), ("b",), ("c",)]


def test_same_makes_one_of_two_incidents(told):
    assert together(told, decided("same", "b", "c")) == [("a", "b", "c")]


def test_same_makes_no_incident_one_with_what_was_judged_another(told):
    held = decided("same", "b", "c"), decided("different", "a", "c")
    assert together(told, *held) == [("a",), ("b", "c")]


def test_a_copy_that_was_judged_another_leaves_its_text(told, document):
    pages, claims = told
    copy = document("z", "2031-03-05", MARKET, outlet="Echo")
    assert together(([*pages, copy], claims)) == [("a", "b", "z"), ("c",)]
    found = together(([*pages, copy], claims | {"z": claims["a"]}), decided("different", "a", "z"))
    assert not any({"a", "z"} <= set(those) for those in found)


def test_claims_of_one_document_can_be_of_two_incidents(told, claim):
    pages, claims = told
    claims["a"].append(claim("c4", 2, kind="injured", at=99))
    found = incidents(pages, claims, judgements=[decided("different", "c1", "c4")])
    assert not any({"c1", "c4"} <= set(incident.claims) for incident in found)
    assert {c for incident in found for c in incident.claims} == {"c1", "c2", "c3", "c4"}


def test_sameness_is_transitive():
    bonds = Bonds([decided("same", "a", "b"), decided("same", "b", "c")])
    assert bonds.bond("a") == bonds.bond("c") is not None


def test_what_is_another_than_one_is_another_than_its_like():
    bonds = Bonds([decided("same", "a", "b"), decided("different", "b", "c")])
    assert bonds.apart(bonds.bond("a"), bonds.bond("c"))


def test_likeness_joins_what_was_apart_from_both():
    held = decided("different", "b", "c"), decided("different", "a", "d"), decided("same", "a", "b")
    bonds = Bonds(held)
    assert bonds.apart(bonds.bond("c"), bonds.bond("a"))
    assert bonds.apart(bonds.bond("d"), bonds.bond("b"))


def test_the_later_of_two_decisions_holds_and_the_other_is_said_to_be_overruled():
    first, then = (
        decided("same", "a", "b", at="2031-04-01"),
        decided("different", "a", "b", "2031-04-02"),
    )
    bonds = Bonds([then, first])
    assert bonds.apart(bonds.bond("a"), bonds.bond("b"))
    assert bonds.overruled == (first,)


def test_a_decision_against_a_chain_of_later_ones_is_overruled():
    early = decided("different", "a", "c", at="2031-04-01")
    late = [decided("same", "a", "b", at="2031-04-02"), decided("same", "b", "c", at="2031-04-03")]
    assert Bonds([early, *late]).overruled == (early,)


def test_a_judgement_can_be_given_and_taken_back(told):
    coverage = Coverage()
    coverage.add(*told)
    before = coverage.incidents()
    coverage.judge([decided("same", "b", "c")])
    assert coverage.incidents() == incidents(*told, judgements=[decided("same", "b", "c")])
    coverage.judge([])
    assert coverage.incidents() == before


def test_nobody_has_a_bond_without_a_judgement():
    assert Bonds().bond("a") is None
    assert Bonds().of(["a", "b"]) == ()


def test_what_was_judged_by_an_earlier_version_needs_no_second_look() -> None:
    claim = Claim(
        id="a",
        kind="killed",
        count=Count(low=3, high=3, text="three"),
        event=Event(type="ASSAULT", mode="firearms", id="e4"),
        change=Change(how="total", was=Count(low=1, high=None, text="one")),
        evidence=Evidence(start=0, end=3, text="abc"),
        where=Place(text="Karsa", basis="sentence", lat=1.5, lon=2.0, name="Karsa"),
        because={"kind": "harm.verb"},
    )
    assert seen(claim) == "847fccbb1eeb2947"  # by 0.12.0, which knew neither unit nor manner
    assert seen(replace(claim, manner="fled")) != seen(claim)
