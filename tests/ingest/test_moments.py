"""Written dates, and what they can mean."""

from __future__ import annotations

import doctest

import pytest

from sayso.ingest import moments as module
from sayso.ingest.moments import is_moment, moment, moments

ONE = [
    ("2031-03-11", "2031-03-11"),
    ("2031-03-11T10:42:00Z", "2031-03-11T10:42:00Z"),
    ("11 March 2031", "2031-03-11"),
    ("11th of March 2031", "2031-03-11"),
    ("Mar 11, 2031", "2031-03-11"),
    ("Tuesday, March 11, 2031", "2031-03-11"),
    ("March 11th, 2031 at 9:42 pm", "2031-03-11T21:42:00"),
    ("20310311", "2031-03-11"),
    (20310311, "2031-03-11"),
    ("20310311T104200Z", "2031-03-11T10:42:00+00:00"),
    ("2031-3-1", "2031-03-01"),
    ("2031/03/11", "2031-03-11"),
    ("25/03/2031", "2031-03-25"),
    ("03/25/2031", "2031-03-25"),
    ("11/11/2031", "2031-11-11"),
    ("1.2.2031", "2031-02-01"),
    ("Tue, 11 Mar 2031 09:00:00 +0300", "2031-03-11T09:00:00+03:00"),
    ("Tue, 11 Mar 2031 09:00:00 GMT", "2031-03-11T09:00:00+00:00"),
    ("11 March 2031 09:00 GMT+3", "2031-03-11T09:00:00+03:00"),
    ("Tuesday 11 March 2031 09.05 GMT", "2031-03-11T09:05:00+00:00"),
    ("Published: March 11, 2031", "2031-03-11"),
    ("Posted on the 11th of March, 2031", "2031-03-11"),
    ("Tue 11/03/2031", "2031-03-11"),
]

NONE = [
    *("", "March 2031", "2031", "12", "11 March", "11-03-31", "yesterday", "31 February 2031"),
    *("0000-00-00", "2031-03-11T25:00", "Monday 2031", "9" * 500, "2031-02-30", "0031-03-04"),
    *(1930000000, None, True, ["2031"], 3.5, "the 2031 report of 14 pages"),
]


@pytest.mark.parametrize(("written", "meant"), ONE)
def test_one_reading_is_believed(written, meant):
    assert moment(written) == meant
    assert is_moment(meant)


@pytest.mark.parametrize("written", NONE)
def test_nothing_is_filled_in(written):
    assert moments(written) == ()


@pytest.mark.parametrize("written", ["03/11/2031", "03-11-2031", "3/11/2031 10:00"])
def test_of_two_readings_none_is_chosen(written):
    assert len(moments(written)) == 2
    assert moment(written) is None


def test_the_examples_hold():
    assert doctest.testmod(module).failed == 0
