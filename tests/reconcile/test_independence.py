"""Independent voices."""

from __future__ import annotations

import msgspec
import pytest

from sayso.reconcile.independence import origins, voices
from sayso.reconcile.verdicts import Verdicts
from sayso.records import CopyGroup, Judgement, Source


def one_voice(document, claim, *names, text=None):
    documents = [document(f"d{i}", text=text) for i in range(len(names))]
    claims = {f"d{i}": [claim(f"c{i}", 9, by=name)] for i, name in enumerate(names)}
    return len(origins(claims, documents)) == 1


def test_one_ministry_in_three_outlets_is_one(document, claim):
    names = "the Health Ministry", "Health Ministry", "ministry of health"
    assert one_voice(document, claim, *names)


def test_a_spokesman_by_name_by_role_and_by_both_is_one(document, claim):
    assert one_voice(document, claim, "police spokesman Ilan Dor", "Dor", "police spokesman")


def test_two_bodies_are_two(document, claim):
    assert not one_voice(document, claim, "Karsa police", "Belov police")


def test_an_unnamed_source_is_another_in_every_text(document, claim):
    assert not one_voice(document, claim, "a source", "a source")


def test_an_unnamed_source_is_the_same_in_copies(document, claim):
    documents = [document("a"), document("b")]
    claims = {"a": [claim("c1", 9, by="a source")], "b": [claim("c2", 9, by="a source")]}
    copied = [CopyGroup(documents=("a", "b"))]
    assert len(origins(claims, documents, copied)) == 1


def test_the_ministry_is_the_one_that_the_text_named_last(document, claim):
    text = "The Health Ministry gave nine. The ministry gave ten. The Interior Ministry was silent."
    page = document("a", text=text)
    claims = {
        "a": [
            claim("c1", 9, by="The Health Ministry", at=4),
            claim("c2", 10, by="The ministry", at=text.index("ten")),
            claim("c3", 1, by="The Interior Ministry", at=text.index("silent")),
        ]
    }
    found = voices(claims, [page])
    assert found["c2"].key == found["c1"].key != found["c3"].key


def test_a_person_speaks_for_the_body_that_a_text_gives(document, claim):
    text = "“No,” Interior Minister Ivo Marn told the Courier."
    documents = [document("a", text=text), document("b")]
    claims = {"a": [claim("c1", 2, by="Ivo Marn")], "b": [claim("c2", 2, by="interior ministry")]}
    assert len(origins(claims, documents)) == 1


def test_an_outlet_in_its_own_voice_is_an_origin(document, claim):
    (found,) = origins({"a": [claim("c1", 9)]}, [document("a", outlet="Karsa Courier")])
    assert (found.name, found.kind) == ("Karsa Courier", "media")


def test_copies_in_their_own_voice_are_their_agency(document, claim):
    documents = [document("a"), document("b")]
    claims = {"a": [claim("c1", 9)], "b": [claim("c2", 9)]}
    copied = [CopyGroup(documents=("a", "b"), wire="Vestnik News Agency")]
    (found,) = origins(claims, documents, copied)
    assert (found.name, found.kind) == ("Vestnik News Agency", "news_agency")


def test_copies_without_an_agency_are_the_first_outlet(document, claim):
    documents = [
        document("a", "2031-03-04", outlet="One"),
        document("b", "2031-03-05", outlet="Two"),
    ]
    claims = {"a": [claim("c1", 9)], "b": [claim("c2", 9)]}
    (found,) = origins(claims, documents, [CopyGroup(documents=("a", "b"))])
    assert found.name == "One"


def test_a_voice_goes_by_its_usual_name(document, claim):
    documents = [document(n) for n in "abc"]
    names = "the Health Ministry", "the Health Ministry", "Health Minister Oren Vale"
    claims = {d.id: [claim(d.id, 9, by=n)] for d, n in zip(documents, names, strict=True)}
    (found,) = origins(claims, documents)
    assert found.name == "Health Ministry"


@pytest.mark.parametrize(
    ("crowd", "text"),
    [
        ("parents", "Governor Ada Voss gave nine after meeting parents."),
        ("organisers", "After talks with organisers, police commander Ilan Dor gave nine."),
        ("Karsia", "Nine died near Vell in Karsia, the mayor of the town said."),
    ],
)
def test_neither_a_crowd_nor_a_country_holds_the_office_that_is_named_beside_it(
    document, claim, crowd, text
):
    pages = [document("a", text=text), document("b", text=text)]
    office = "Governor Ada Voss", "police commander Ilan Dor", "the mayor of the town"
    claims = {
        "a": [claim(f"c{i}", 9, by=name) for i, name in enumerate(office)],
        "b": [claim("own", 12, by=crowd)],
    }
    found = voices(claims, pages)
    assert all(found[f"c{i}"].key != found["own"].key for i in range(len(office)))


def test_a_crowd_that_only_saw_it_is_another_in_every_text(document, claim):
    pages = [document("a"), document("b")]
    for kind, many in (("witness", 2), ("armed_group", 1)):
        source = Source(text="miners", kind=kind, role="origin")
        told = {
            page.id: [msgspec.structs.replace(claim(page.id, 9, by="x"), sources=(source,))]
            for page in pages
        }
        assert len(origins(told, pages)) == many


def test_a_person_goes_by_the_whole_name_and_by_the_office_that_any_text_gives(document, claim):
    said = ("Dr Dor", "witness"), ("Dr Dor", "witness"), ("Dr Ilan Dor", "hospital")
    documents = [document(f"d{i}") for i in range(len(said))]
    claims = {}
    for page, (name, kind) in zip(documents, said, strict=True):
        source = Source(text=name, kind=kind, role="origin")
        claims[page.id] = [msgspec.structs.replace(claim(page.id, 9, by=name), sources=(source,))]
    (found,) = origins(claims, documents)
    assert (found.name, found.kind) == ("Dr Ilan Dor", "hospital")


def test_a_body_goes_by_its_own_name_before_that_of_its_head(document, claim):
    text = "Ilan Dor, the police commander, gave nine."
    documents = [document("a", text=text), document("b", text=text), document("c")]
    claims = {d.id: [claim(d.id, 9, by="Ilan Dor")] for d in documents[:2]}
    claims["c"] = [claim("c", 9, by="police")]
    (found,) = origins(claims, documents)
    assert found.name == "police"


def test_the_head_of_a_body_that_was_just_named_speaks_for_it(document, claim):
    text = "The city hospital had ten bodies, its director, Ilan Dor, said."
    pages = [document("a", "2031-03-04", text), document("b", "2031-03-05")]
    claims = {"a": [claim("c1", 10, by="Ilan Dor")], "b": [claim("c2", 12, by="city hospital")]}
    found = voices(claims, pages)
    assert found["c1"].key == found["c2"].key


def test_the_head_of_a_body_named_in_another_paragraph_is_not_guessed_at(document, claim):
    text = "The city hospital had ten bodies.\n\nIts gates were shut. The mayor, Ilan Dor, said so."
    pages = [document("a", "2031-03-04", text), document("b", "2031-03-05")]
    claims = {"a": [claim("c1", 10, by="Ilan Dor")], "b": [claim("c2", 12, by="city hospital")]}
    found = voices(claims, pages)
    assert found["c1"].key != found["c2"].key


def judged(verdict, *names):
    made = Judgement(id="j", verdict=verdict, a=names[0], b=names[1], at="2031-03-05T10:00Z")
    return Verdicts([made]).sources


def keys(document, claim, names, told):
    documents = [document(f"d{i}") for i in range(len(names))]
    claims = {f"d{i}": [claim(f"c{i}", 9, by=name)] for i, name in enumerate(names)}
    found = voices(claims, documents, judged=told)
    return [found[f"c{i}"].key for i in range(len(names))]


def test_two_names_that_people_say_are_one_source_are_one_with_all_that_goes_by_either(
    document, claim
):
    told = judged("same_source", "Dr Ilan Dor", "the District Hospital of Karsa")
    names = "Dr Ilan Dor", "Karsa District Hospital", "Dor", "district hospital of Karsa", "police"
    first, *others, police = keys(document, claim, names, told)
    assert {first} == set(others)
    assert police != first


def test_two_names_that_people_say_are_two_sources_are_two(document, claim):
    names = "police", "Karsa police", "the police"
    assert len(set(keys(document, claim, names, None))) == 1
    one, two, three = keys(document, claim, names, judged("other_source", "the police", names[1]))
    assert one == three != two


def test_what_people_say_of_sources_holds_in_no_other_incident(document, claim):
    told = judged("same_source", "Dr Ilan Dor", "Karsa District Hospital")
    names = "Interior Ministry", "Health Ministry"
    assert keys(document, claim, names, told) == keys(document, claim, names, None)
