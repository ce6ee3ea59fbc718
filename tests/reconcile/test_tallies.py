"""Low - best - high, what was known when, and why."""

from __future__ import annotations

import pytest

from sayso.errors import SettingsError
from sayso.reconcile import tallies
from sayso.reconcile.figures import rows
from sayso.reconcile.order import known
from sayso.reconcile.supersession import histories
from sayso.reconcile.tallies import POLICIES
from sayso.records import Bounds, Change, CopyGroup


def told_by(documents, claims, copy_groups=(), as_of=None):
    return histories(rows(known(documents, as_of), claims, copy_groups))


def tolls(*told, policy="latest", **asked):
    return tallies.tolls(told_by(*told, **asked), policy)


def curve(*told, **asked):
    return tallies.curve(told_by(*told, **asked))


def final(*told, policy="latest", **asked):
    return tallies.final(told_by(*told, **asked), policy)


@pytest.fixture
def told(document, claim):
    """Documents and claims, one after another: (low, high, by, more) each."""

    def tell(*figures, hours=2):
        documents, claims = [], {}
        for i, (low, high, by, *more) in enumerate(figures):
            days, hour = divmod(12 + i * hours, 24)
            page = document(f"d{i}", f"2031-03-0{days + 1}T{hour:02}:00")
            documents.append(page)
            fields = more[0] if more else {}
            claims[page.id] = [claim(f"c{i}", low, high, by=by, **fields)]
        return documents, claims

    return tell


def one(told, *figures, hours=2, **asked):
    (toll,) = tolls(*told(*figures, hours=hours), **asked)
    return toll


def bounds(toll):
    return toll.low, toll.best, toll.high


def test_one_voice_gives_its_figure(told):
    assert bounds(one(told, (9, 9, "police"))) == (9, 9, 9)


def test_low_and_high_span_what_stands(told):
    assert bounds(one(told, (13, 13, "police"), (18, 18, "Lantern"))) == (13, 18, 18)


def test_an_open_figure_is_capped_by_a_closed_one(told):
    assert bounds(one(told, (13, None, "police"), (18, 18, "Lantern"))) == (13, 18, 18)


def test_an_open_figure_beyond_all_others_stays_open(told):
    assert bounds(one(told, (20, None, "police"), (18, 18, "Lantern"))) == (18, 18, None)


def test_a_figure_without_a_least_opens_the_low_end(told):
    assert bounds(one(told, (None, 8, "police"), (12, 12, "Lantern"))) == (None, 12, 12)


def test_dozens_give_bounds_and_no_best(told):
    assert bounds(one(told, (24, 99, "police", {"words": "dozens"}))) == (24, None, 99)


def test_about_100_gives_100(told):
    assert bounds(one(told, (90, 110, "police", {"words": "about 100"}))) == (90, 100, 110)


@pytest.mark.parametrize(
    ("policy", "best"),
    [("latest", 30), ("agreed", None), ("lowest", 11), ("highest", 30), ("median", 13)],
)
def test_best_is_chosen_by_the_named_policy(told, policy, best):
    figures = (13, 13, "police"), (11, 11, "a witness"), (30, 30, "Lantern")
    toll = one(told, *figures, policy=policy)
    assert toll.best == best
    assert policy in toll.because or policy == "agreed"


def test_agreed_gives_a_best_where_nothing_contradicts(told):
    assert one(told, (9, None, "police"), (12, 12, "Lantern"), policy="agreed").best == 12


def test_an_unknown_policy_is_refused(told):
    with pytest.raises(SettingsError, match="loudest"):
        tolls(*told((9, 9, "police")), policy="loudest")


def test_voices_that_cannot_both_be_right_are_disputed(told):
    figures = (13, 13, "police"), (18, 18, "Lantern"), (15, None, "a witness")
    assert one(told, *figures).disputed == (("c0", "c1"), ("c0", "c2"))


def test_a_figure_of_some_days_ago_is_outgrown_and_disputes_nothing(told):
    toll = one(told, (13, 13, "police"), (18, 18, "Lantern"), hours=36)
    assert toll.disputed == ()
    assert bounds(toll) == (18, 18, 18)
    assert [(link.claim, link.relation, link.of) for link in toll.links] == [("c1", "raised", "c0")]


def test_a_figure_said_again_is_outgrown_no_more(told):
    figures = (13, 13, "police"), (18, 18, "Lantern"), (13, 13, "police")
    assert bounds(one(told, *figures, hours=36)) == (13, 18, 18)


def test_a_part_that_is_not_marked_is_no_figure_of_all(told):
    toll = one(told, (18, 18, "Lantern"), (2, 2, "police"), hours=36)
    assert bounds(toll) == (18, 18, 18)
    assert ("c1", "part_of", "c0") in [(k.claim, k.relation, k.of) for k in toll.links]


def test_a_lower_figure_later_contradicts_a_higher_one(told):
    toll = one(told, (18, 18, "Lantern"), (13, 13, "police"), hours=72)
    assert toll.disputed == (("c1", "c0"),)


def test_voices_that_can_both_be_right_are_not(told):
    assert one(told, (13, None, "police"), (18, 18, "Lantern")).disputed == ()


def test_a_denial_stands_beside_what_it_denies(told):
    toll = one(told, (22, 22, "Lantern"), (22, 22, "police", {"modality": "denied"}))
    assert bounds(toll) == (22, 22, 22)
    assert toll.disputed == (("c0", "c1"),)


def test_a_withdrawn_figure_stays_visible(told):
    toll = one(told, (164, 164, "police"), (12, 12, "police"))
    assert toll.withdrawn == ("c0",)
    assert bounds(toll) == (12, 12, 12)


def test_a_figure_taken_back_without_another_leaves_no_bounds(told):
    toll = one(told, (164, 164, "police"), (164, 164, "police", {"modality": "denied"}))
    assert bounds(toll) == (None, None, None)
    assert toll.withdrawn == ("c0",)
    assert toll.because.startswith("nothing stands")


def test_what_was_only_denied_has_no_toll(told):
    assert tolls(*told((22, 22, "police", {"modality": "denied"}))) == ()


def test_groups_have_tolls_of_their_own_and_are_never_added(told):
    documents, claims = told((9, 9, "police"), (2, 2, "police", {"who": "security_forces"}))
    assert [(t.who, t.best) for t in tolls(documents, claims)] == [
        ("unspecified", 9),
        ("security_forces", 2),
    ]


def test_copies_are_counted_and_make_no_origin(told):
    documents, claims = told((9, 9, "police"), (9, 9, "police"), (9, 9, "police"))
    (toll,) = tolls(documents, claims, [CopyGroup(documents=("d0", "d1", "d2"))])
    assert toll.copies == 2
    assert [origin.claims for origin in toll.origins] == [("c0",)]


def test_who_told_of_deaths_is_no_second_origin_of_the_injured(told):
    died = {"change": Change(how="added", of="injured")}
    figures = (9, 9, "police", {"kind": "injured"}), (9, 9, "Ada Dor", {"kind": "injured"})
    injured = tolls(*told(*figures, (2, 2, "Ada Dor", died)))[-1]
    assert injured.kind == "injured" and len(injured.origins) == 2


def test_a_toll_says_why(told):
    documents, claims = told((9, 9, "police"), (43, 43, "police", {"scope": "background"}))
    (toll,) = tolls(documents, claims)
    assert toll.because == (
        "best: latest of police, who state it by office; police alone gives it; "
        "left out: 1 background"
    )


def test_nothing_learnt_later_leaks_back(told):
    figures = (9, 9, "police"), (30, 30, "police")
    assert bounds(one(told, *figures, as_of="2031-03-01T12:00")) == (9, 9, 9)


def test_before_everything_nothing_is_known(told):
    documents, claims = told((9, 9, "police"))
    assert tolls(documents, claims, as_of="2031-02-28") == ()
    assert curve(documents, claims, as_of="2031-02-28") == ()
    assert final(documents, claims, as_of="2031-02-28") == {}


def test_the_curve_has_a_point_for_every_word(told):
    documents, claims = told((9, 9, "police"), (12, 12, "police"), (7, 7, "police"))
    assert [(p.doc, p.low, p.status) for p in curve(documents, claims)] == [
        ("d0", 9, "superseded"),
        ("d1", 12, "withdrawn"),
        ("d2", 7, "stands"),
    ]


def test_copies_have_points_too(told):
    documents, claims = told((9, 9, "police"), (9, 9, "police"))
    points = curve(documents, claims, [CopyGroup(documents=("d0", "d1"))])
    assert [(p.doc, p.status) for p in points] == [("d0", "stands"), ("d1", "stands")]


def test_the_final_figure_is_that_for_people_at_large(told):
    documents, claims = told((9, 9, "police"), (2, 2, "police", {"who": "children"}))
    assert final(documents, claims) == {"killed": Bounds(low=9, high=9)}


def test_the_final_figure_is_never_below_a_single_group(told):
    documents, claims = told((3, 3, "police"), (9, 9, "police", {"who": "children"}))
    assert final(documents, claims) == {"killed": Bounds(low=9, high=9)}


def test_a_kind_on_which_voices_disagree_has_no_agreed_final(told):
    documents, claims = told((13, 13, "police"), (18, 18, "Lantern"))
    assert final(documents, claims, policy="agreed") == {}


def test_every_policy_is_one_that_tolls_know(told):
    documents, claims = told((9, 9, "police"))
    assert all(tolls(documents, claims, policy=policy) for policy in POLICIES)
