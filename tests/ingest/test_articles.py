from __future__ import annotations

import pytest

from sayso.ingest.articles import LONGEST_TEXT, content_id, fault
from sayso.ingest.moments import is_moment


def test_an_id_is_sixteen_hex_digits_and_always_the_same():
    assert content_id("The Marrow Courier", "Seawall gives way.") == "7c5449472d23ca31"


def test_the_same_text_at_another_outlet_has_another_id():
    assert content_id("The Marrow Courier", "x") != content_id("Tidewatch", "x")


def test_outlet_and_text_cannot_run_into_one_another():
    assert content_id("ab", "c") != content_id("a", "bc")


@pytest.mark.parametrize(
    "value",
    [
        "2031-03-04",
        "2031-03-04T18:30",
        "2031-03-04T18:30:00Z",
        "2031-03-04 18:30:00.123+02:00",
        "1900-01-01",
        "2200-12-31",
    ],
)
def test_iso_dates_and_date_times_are_moments(value):
    assert is_moment(value)


@pytest.mark.parametrize(
    "value",
    [
        "1899-12-31",
        "2201-01-01",
        "0001-01-01",
        "2031-02-30",
        "2031-13-01",
        "2031-03",
        "20310304",
        "2031-W10-2",
        " 2031-03-04",
        "2031-03-04T25:00",
        "2031-03-041",
        "4 March 2031",
        "yesterday",
        "",
        None,
        1930000000,
    ],
)
def test_anything_else_is_no_moment(value):
    assert not is_moment(value)


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0\u2003"])
def test_a_blank_text_is_at_fault(text):
    assert fault(text) == "has no text"


def test_a_text_beyond_the_limit_is_at_fault():
    assert fault("a" * LONGEST_TEXT) is None
    assert fault("a" * (LONGEST_TEXT + 1)) == "is longer than 1,000,000 characters"
