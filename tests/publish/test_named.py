"""The named people of an incident, as rows; names only where they are asked for."""

from __future__ import annotations

import io
import json

import pytest
from laying import board

from sayso.publish import exports, report, victims
from sayso.reconcile.build import incident
from sayso.records import Claim, Count, Document, Evidence, Person, Place, When


@pytest.fixture
def told():
    """Two articles on one blast, and their claims."""
    documents = [
        Document(id=id, text="Ada Voss, a nurse", outlet=outlet, published=f"2031-03-0{day}")
        for id, outlet, day in (("a", "The Karsa Courier", 4), ("b", "The Lowland Post", 5))
    ]
    voss = Person(name="Ada Voss", age=34, sex="f", role="nurse")
    tom = Person(name="=Tom Reed", relation="son of the mayor")
    claims = {
        "a": [claim("1", "killed", 3, ()), claim("2", "missing", 1, (voss,))],
        "b": [claim("3", "killed", 1, (voss,)), claim("4", "injured", 1, (tom,))],
    }
    return documents, claims


def claim(id: str, kind: str, low: int, people: tuple[Person, ...]) -> Claim:
    return Claim(
        id=id,
        kind=kind,
        count=Count(low=low, high=low, text=str(low)),
        people=people,
        where=Place(text="Karsa", name="Karsa", precision="city"),
        when=When(text="Tuesday", start="2031-03-04", end="2031-03-04"),
        evidence=Evidence(start=0, end=8, text="Ada Voss"),
    )


@pytest.fixture
def laid(told):
    documents, claims = told
    return board(incident(documents, claims, [[d] for d in documents]), documents, claims)


def test_a_row_says_who_what_became_of_them_and_on_whose_word(laid) -> None:
    first, second = victims.table(laid, names=True)
    assert list(first) == list(victims.COLUMNS)
    assert {k: first[k] for k in ("name", "age", "sex", "role", "fate", "status")} == {
        "name": "Ada Voss",
        "age": 34,
        "sex": "f",
        "role": "nurse",
        "fate": "killed",
        "status": "stands",
    }
    assert (first["day"], first["place"]) == ("2031-03-04", "Karsa")
    assert first["sources"] == "Karsa Courier; Lowland Post"
    assert (first["claims"], first["documents"]) == ("2 3", "a b")
    assert (second["relation"], second["fate"]) == ("son of the mayor", "injured")


def test_without_names_nothing_tells_who_they_were(laid) -> None:
    first, second = victims.table(laid)
    assert (first["name"], second["name"]) == ("person 1", "person 2")
    assert (first["age"], first["sex"], first["fate"]) == (34, "f", "killed")
    written = json.dumps([first, second])
    assert not any(word in written for word in ("Voss", "Tom", "nurse", "mayor"))


def test_how_many_of_a_toll_are_named(laid) -> None:
    assert "1 injured is named" in "; ".join(victims.counted(laid)).replace("1 of the 1", "1")


def test_a_report_lists_them_where_names_are_asked_for(laid) -> None:
    for write in (report.html, report.markdown):
        assert "People named" not in write(laid)
        assert "People named" in write(laid, names=True)
        assert "son of the mayor" in write(laid, names=True)


def test_claims_name_nobody_unless_asked(told) -> None:
    documents, claims = told
    for names in (False, True):
        lines = io.StringIO()
        exports.jsonl(lines, documents, claims, [], names=names)
        found = [json.loads(line)["claim"]["people"] for line in lines.getvalue().splitlines()]
        assert any(found) is names
        cells = [row["people"] for row in exports.table(documents, claims, [], names=names)]
        assert ("Ada Voss (34, f, nurse)" in cells) is names
        drawn = io.StringIO()
        exports.geojson(drawn, documents, claims, [], names=names)
        assert ("Tom Reed" in drawn.getvalue()) is names
