from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.publish import wording
from sayso.records import Claim, Count, Evidence, Party, Source

CLAIM = Claim(id="c", kind="killed", evidence=Evidence(start=0, end=1, text="x"))


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (13, 13, "13"),
        (13, None, "13+"),
        (24, 99, "24–99"),
        (None, 32, "≤32"),
        (1500, 4000, "1,500–4,000"),
        (0, 0, "0"),
        (None, None, "?"),
    ],
)
def test_bounds_are_written_as_in_the_field(low, high, written) -> None:
    assert wording.bounds(low, high) == written


def test_clean_takes_out_what_could_act_on_a_terminal() -> None:
    assert wording.clean("a\x1b[31mb\x07c\x9bd") == "a�[31mb�c�d"


def test_clean_takes_out_marks_that_reorder() -> None:
    assert wording.clean("invoice\u202egpj.exe\u2066") == "invoice�gpj.exe�"


def test_clean_keeps_letters_that_run_from_right_to_left() -> None:
    assert wording.clean("قال شهود عيان") == "قال شهود عيان"


@given(st.text())
def test_cleaned_text_is_one_line_without_controls_and_stays_as_it_is(text: str) -> None:
    cleaned = wording.clean(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in cleaned)
    assert wording.clean(cleaned) == cleaned
    cleaned.encode("utf-8")


def test_a_chain_runs_from_the_origin_to_the_outlet() -> None:
    sources = (
        Source(text="the minister", kind="official", role="origin"),
        Source(text="Coast Agency", kind="news_agency", role="relay"),
    )
    claim = Claim(id="c", kind="killed", sources=sources, evidence=CLAIM.evidence)
    assert wording.chain(claim, "Morning Bell") == "the minister → Coast Agency → Morning Bell"


def test_an_outlet_alone_is_the_whole_chain() -> None:
    assert wording.chain(CLAIM, None) == "this outlet"


def test_what_says_kind_and_bounds() -> None:
    claim = Claim(
        id="c", kind="injured", count=Count(low=3, high=9, text="several"), evidence=CLAIM.evidence
    )
    assert wording.what(claim) == "injured 3–9"


@pytest.mark.parametrize(
    ("text", "category", "said"),
    [
        ("two conscripts", "military", "two conscripts (military)"),
        ("people", "unspecified", "people"),
        ("children", "children", "children"),
        ("", "medics", "medics"),
    ],
)
def test_whom_names_the_category_only_where_it_adds_something(text, category, said) -> None:
    who = Party(text=text, category=category)
    assert wording.whom(Claim(id="c", kind="killed", who=who, evidence=CLAIM.evidence)) == said


def test_standing_says_what_keeps_a_figure_out_of_the_toll() -> None:
    claim = Claim(id="c", kind="killed", scope="period", modality="denied", evidence=CLAIM.evidence)
    assert wording.standing(claim) == "running total, denied"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2031-03-04T17:30:00+02:00", "4 Mar 2031 17:30"),
        ("2031-03-04", "4 Mar 2031"),
        ("0001-01-01T00:00:00+14:00", "1 Jan 1 00:00"),
        ("soon", "no date"),
        ("", "no date"),
        (None, "no date"),
    ],
)
def test_a_moment_is_written_in_its_own_time_zone(moment, written) -> None:
    assert wording.moment(moment) == written


def test_a_day_names_its_weekday() -> None:
    assert wording.day("2031-03-04T17:30:00+02:00") == "Tue 4 Mar 2031"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2031-03-04", "2031-03-04", "4 Mar 2031"),
        ("2031-03-03", "2031-03-06", "3 Mar 2031 – 6 Mar 2031"),
        (None, "2031-03-10", "up to 10 Mar 2031"),
        ("2031-01-01", None, "from 1 Jan 2031"),
        (None, None, ""),
    ],
)
def test_a_span_says_which_side_is_open(start, end, written) -> None:
    assert wording.span(start, end) == written


def test_age_compares_moments_across_time_zones() -> None:
    moments = ["2031-03-04T12:00:00+02:00", "2031-03-04T11:00:00Z", "nonsense", None, "2031-03-04"]
    assert sorted(moments, key=wording.age) == [
        moments[4],
        moments[0],
        moments[1],
        "nonsense",
        None,
    ]


def test_a_voice_is_not_told_its_kind_twice() -> None:
    assert wording.voice("police", "security_forces") == "police (security forces)"
    assert wording.voice("Orrin News Agency", "news_agency") == "Orrin News Agency"
    assert wording.voice("somebody", None) == "somebody"
