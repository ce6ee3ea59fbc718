"""Which figures enter a toll, and what became of each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.reconcile import supersession as became
from sayso.reconcile.figures import rows
from sayso.records import Change, CopyGroup, Place, When

ROW = ("killed", "unspecified")


def histories(documents, claims, copy_groups=()):
    return became.histories(rows(documents, claims, copy_groups))


@pytest.fixture
def fates(document, claim):
    """What became of figures that were published day after day: (low, high, by, more) each."""

    def tell(*figures):
        documents, claims = [], {}
        for i, (low, high, by, *more) in enumerate(figures):
            page = document(f"d{i}", f"2031-03-0{i + 1}")
            documents.append(page)
            fields = more[0] if more else {}
            claims[page.id] = [claim(f"c{i}", low, high, by=by, **fields)]
        return histories(documents, claims).get(ROW)

    return tell


def test_a_raised_figure_supersedes(fates):
    found = fates((9, 9, "police"), (12, 12, "police"))
    assert found.status == ("superseded", "stands")


def test_a_lowered_figure_withdraws(fates):
    found = fates((12, 12, "police"), (9, 9, "police"))
    assert found.status == ("withdrawn", "stands")


def test_a_denial_of_its_own_figure_withdraws_it(fates):
    found = fates((12, 12, "police"), (12, 12, "police", {"modality": "denied"}))
    assert found.status == ("withdrawn", "denied")
    assert found.standing == ()


def test_a_denial_by_another_voice_withdraws_nothing(fates):
    found = fates((12, 12, "police"), (12, 12, "Lantern", {"modality": "denied"}))
    assert found.status == ("stands", "denied")


def test_not_17_but_14_denies_only_17(fates):
    found = fates(
        (17, 17, "police"), (14, 14, "police"), (17, 17, "police", {"modality": "denied"})
    )
    assert [figure.low for figure in found.standing] == [14]


def test_a_vaguer_figure_changes_nothing(fates):
    found = fates((31, 31, "police"), (24, 99, "police"))
    assert [figure.span for figure in found.standing] == [(31, 31)]


def test_an_open_figure_that_is_filled_in_is_superseded(fates):
    found = fates((9, None, "police"), (12, 12, "police"))
    assert found.status == ("superseded", "stands")


def test_each_voice_keeps_its_own_figure(fates):
    found = fates((12, 12, "police"), (9, 9, "Lantern"))
    assert [figure.low for figure in found.standing] == [12, 9]


def test_a_later_crowd_supersedes_an_earlier_one(fates):
    found = fates((9, 9, "relatives"), (5, 5, "relatives"))
    assert found.status == ("superseded", "stands")


def test_another_single_unnamed_voice_supersedes_nothing(fates):
    found = fates((9, 9, "a source"), (5, 5, "a source"))
    assert found.status == ("stands", "stands")


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "background"},
        {"scope": "period"},
        {"modality": "threatened"},
        {"modality": "planned"},
        {"modality": "hypothetical"},
        {"part_of": "nowhere"},
    ],
)
def test_what_is_not_of_this_story_does_not_enter(fates, fields):
    assert fates((43, 43, "police", fields)) is None


def test_a_part_enters_the_toll_of_its_own_group(document, claim):
    whole = claim("c1", 34, by="police")
    part = claim("c2", 6, by="police", who="children", part_of="c1", at=9)
    found = histories([document("a")], {"a": [whole, part]})
    assert {row: history.standing[0].low for row, history in found.items()} == {
        ROW: 34,
        ("killed", "children"): 6,
    }


def test_a_part_of_the_same_group_is_left_out(document, claim):
    whole, part = claim("c1", 34, by="police"), claim("c2", 6, by="police", part_of="c1", at=9)
    history = histories([document("a")], {"a": [whole, part]})[ROW]
    assert [figure.low for figure in history.standing] == [34]
    assert history.left_out.parts == (("c2", "c1"),)


def test_those_treated_are_hurt_where_they_are_more_than_were_counted(document, claim):
    pages = [document("d0", "2031-03-04T10:00"), document("d1", "2031-03-04T12:00")]
    told = {
        "d0": [claim("c0", 20, by="police", kind="injured")],
        "d1": [claim("c1", 43, by="a doctor", kind="hospitalised")],
    }
    found = rows(pages, told)
    assert [f.claim.id for f in found["injured", "unspecified"].figures] == ["c0", "c1"]
    told["d1"] = [claim("c1", 12, by="a doctor", kind="hospitalised")]
    found = rows(pages, told)
    assert [f.claim.id for f in found["injured", "unspecified"].figures] == ["c0"]


def test_what_was_years_ago_is_left_out_beside_what_is_of_today(document, claim):
    def on(day):
        return When(text=day, start=day, end=day, basis="sentence")

    pages = [document("d0", "2031-03-04T10:00"), document("d1", "2031-03-05T12:00")]
    told = {
        "d0": [replace(claim("c0", 14), when=on("2031-03-03"))],
        "d1": [replace(claim("c1", 200), when=on("2029-03-03"))],
    }
    assert [f.claim.id for f in rows(pages, told)["killed", "unspecified"].figures] == ["c0"]


def test_the_largest_figure_of_a_text_is_its_figure(document, claim):
    claims = [claim("c1", 3, by="police"), claim("c2", 9, by="police", at=9)]
    history = histories([document("a")], {"a": claims})[ROW]
    assert [figure.low for figure in history.standing] == [9]


def test_the_other_four_are_no_toll_beside_five(document, claim):
    five = claim("c1", 5, by="Health Ministry")
    rest = claim("c2", 4, by="police", at=9, change=Change(how="rest"))
    history = histories([document("a")], {"a": [five, rest]})[ROW]
    assert [figure.low for figure in history.standing] == [5]


def test_a_copy_with_the_same_figure_is_a_copy(document, claim):
    pages = [document("a", "2031-03-04"), document("b", "2031-03-05")]
    claims = {"a": [claim("c1", 9, by="police")], "b": [claim("c2", 9, by="police")]}
    history = histories(pages, claims, [CopyGroup(documents=("a", "b"))])[ROW]
    assert [figure.copy for figure in history.figures] == [False, True]


def test_a_copy_with_a_new_figure_is_an_update(document, claim):
    pages = [document("a", "2031-03-04"), document("b", "2031-03-05")]
    claims = {"a": [claim("c1", 9, by="police")], "b": [claim("c2", 12, by="police")]}
    history = histories(pages, claims, [CopyGroup(documents=("a", "b"))])[ROW]
    assert history.status == ("superseded", "stands")


def test_a_late_print_of_an_early_edition_changes_nothing(document, claim):
    pages = [
        document("a", "2031-03-04", "Nine people died. " * 20),
        document("b", "2031-03-05", "Twelve people died. " * 10),
    ]
    claims = {"a": [claim("c1", 9, by="police")], "b": [claim("c2", 12, by="police")]}
    history = histories(pages, claims, [CopyGroup(documents=("a", "b"))])[ROW]
    assert history.status == ("stands", "superseded")
    assert [figure.low for figure in history.standing] == [9]


def test_the_towns_dead_are_some_of_those_of_the_province_in_one_text(document, claim):
    town = Place(text="Karsa", name="Karsa", lat=1.0, lon=1.0, country="XX", basis="sentence")
    town = replace(town, precision="city", admin1_code="XX.1", admin2_code="XX.1.2")
    land = replace(town, text="Helm", name="Helm", precision="region", admin2_code=None)
    forty = replace(claim("town", 40, by="the mayor"), where=town)
    all_ = replace(claim("land", 52, by="Health Ministry"), where=land)
    page, later = document("d0", "2031-03-01"), document("d1", "2031-03-02")
    told = histories([page], {"d0": [forty, all_]})[ROW]
    assert [figure.claim.id for figure in told.figures] == ["land"]
    assert told.left_out.parts == (("town", "land"),)
    apart = histories([page, later], {"d0": [forty], "d1": [replace(all_, where=town)]})[ROW]
    assert [figure.claim.id for figure in apart.figures] == ["town", "land"]
