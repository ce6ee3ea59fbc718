"""What changed a figure is tied to it, claim to claim."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.reconcile.figures import rows
from sayso.reconcile.supersession import histories
from sayso.reconcile.weighing import chosen
from sayso.records import Place

ROW = ("killed", "unspecified")
TOWN = Place(text="Karsa", name="Karsa", precision="city", basis="sentence")
LAND = Place(text="Karsia", name="Karsia", precision="country", basis="sentence")


@pytest.fixture
def links(document, claim):
    """The links between figures published hour after hour: (low, high, by, more) each."""

    def tell(*figures):
        documents, claims = [], {}
        for i, (low, high, by, *more) in enumerate(figures):
            fields = dict(more[0]) if more else {}
            page = document(f"d{i}", f"2031-03-04T{i:02}:00", fields.pop("text", None))
            place = fields.pop("place", None)
            documents.append(page)
            claims[page.id] = [replace(claim(f"c{i}", low, high, by=by, **fields), where=place)]
        found = histories(rows(documents, claims))[ROW]
        return [(link.claim, link.relation, link.of) for link in found.links]

    return tell


def test_more_is_raised(links):
    assert links((9, 9, "police"), (12, 12, "police")) == [("c1", "raised", "c0")]


def test_an_exact_figure_after_an_open_one_is_raised(links):
    assert links((9, None, "police"), (12, 12, "police")) == [("c1", "raised", "c0")]


def test_another_raises_what_was_the_least(links):
    assert links((9, None, "police"), (17, 17, "Health Ministry"))[0] == ("c1", "raised", "c0")


def test_a_lower_count_of_those_held_is_some_of_all_who_were_taken(document, claim):
    pages = [document("d0", "2031-03-04T10:00"), document("d1", "2031-03-06T10:00")]
    told = {
        page.id: [claim(f"c{n}", many, by="police", kind="abducted")]
        for n, (page, many) in enumerate(zip(pages, (16, 5), strict=True))
    }
    found = histories(rows(pages, told))["abducted", "unspecified"]
    assert [figure.claim.id for figure in found.standing] == ["c0"]
    assert ("c1", "part_of") in [(link.claim, link.relation) for link in found.links]


def test_an_office_overtakes_a_lower_count_hours_before_though_others_count(document, claim):
    pages = [document("d0", "2031-03-04T08:00"), document("d1", "2031-03-04T11:00")]
    told = {
        "d0": [claim("c0", 6, by="the fire service")],
        "d1": [claim("c1", 9, by="police")],
    }
    found = histories(rows(pages, told))[ROW]
    assert [figure.claim.id for figure in found.standing] == ["c1"]


def test_less_is_lowered(links):
    assert links((12, 12, "police"), (9, 9, "police")) == [("c1", "lowered", "c0")]


def test_less_with_an_error_owned_is_corrected(links):
    owned = {"text": "Nine died, police said. They corrected a count that held three names twice."}
    assert links((12, 12, "police"), (9, 9, "police", owned)) == [("c1", "corrected", "c0")]


def test_an_error_owned_further_on_is_about_something_else(links):
    text = "Nine died, police said. Schools stayed shut. A timetable of the trams was corrected."
    assert links((12, 12, "police"), (9, 9, "police", {"text": text})) == [("c1", "lowered", "c0")]


def test_the_same_again_changes_nothing(links):
    assert links((9, 9, "police"), (9, 9, "police")) == [("c1", "repeated", "c0")]


def test_ones_own_figure_is_withdrawn_and_anothers_denied(links):
    denial = {"modality": "denied"}
    assert links((12, 12, "police"), (12, 12, "police", denial)) == [("c1", "withdrawn", "c0")]
    assert links((12, 12, "Lantern"), (12, 12, "police", denial)) == [("c1", "denied", "c0")]


def test_voices_that_cannot_both_be_right_contradict(links):
    assert links((13, 13, "police"), (18, 18, "Lantern")) == [("c1", "contradicted", "c0")]


def test_voices_that_can_both_be_right_do_not(links):
    assert links((13, None, "police"), (18, 18, "Lantern")) == []


def test_the_dead_of_the_land_are_none_of_the_towns(links):
    town, land = {"place": TOWN}, {"place": LAND}
    assert links((9, 9, "police", town), (40, 40, "police", land)) == [("c1", "other_scope", "c0")]


def test_the_scope_that_more_documents_give_is_that_of_the_incident(links):
    town, land = {"place": TOWN}, {"place": LAND}
    found = links((40, 40, "police", land), (42, 42, "Lantern", land), (9, 9, "police", town))
    assert ("c2", "other_scope", "c1") in found
    assert not any(link[0] == "c2" and link[1] != "other_scope" for link in found)


def test_the_land_named_with_no_more_dead_is_the_same_scope(links):
    town, land = {"place": TOWN}, {"place": LAND}
    found = links((9, 9, "police", town), (9, 9, "Lantern", land))
    assert found == [("c1", "repeated", "c0")]


def test_who_overtakes_who_counted_is_heard_before_others_only_where_nobody_placed_as_well_does(
    document, claim
):
    pages = [document("d0", "2031-03-04T10:00"), document("d1", "2031-03-06T10:00")]
    told = {
        "d0": [claim("c0", 24, by="St Anna hospital")],
        "d1": [claim("c1", 39, by="Health Ministry"), claim("c2", 44, by="Lantern", at=90)],
    }
    best = chosen(histories(rows(pages, told))[ROW].standing)
    assert best is not None and best.low == 39
    told["d1"] = told["d1"][1:]
    best = chosen(histories(rows(pages, told))[ROW].standing)
    assert best is not None and best.low == 44
