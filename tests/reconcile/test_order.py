"""Before and after."""

from __future__ import annotations

import pytest

from sayso.errors import SettingsError
from sayso.reconcile.order import key, known, moment, ordered


def test_a_day_counts_as_its_end():
    assert moment("2031-03-04") > moment("2031-03-04T23:59:59")


def test_a_moment_without_a_zone_is_utc():
    assert moment("2031-03-04T12:00") == moment("2031-03-04T14:00+02:00")


@pytest.mark.parametrize("text", [None, "", "yesterday", "2031-13-01"])
def test_what_is_no_date_is_no_moment(text):
    assert moment(text) is None


def test_zones_are_compared_not_their_letters(document):
    east = document("east", "2031-03-04T10:00+06:00")
    west = document("west", "2031-03-04T09:00+00:00")
    assert ordered([west, east]) == [east, west]


def test_equal_moments_are_ordered_by_id(document):
    assert key(document("a", "2031-03-04")) < key(document("b", "2031-03-04"))


def test_a_document_of_that_day_is_not_known_at_noon(document):
    dated = document("a", "2031-03-04")
    assert known([dated], "2031-03-04T12:00") == []
    assert known([dated], "2031-03-04") == [dated]


def test_an_undated_document_is_known_at_no_moment(document):
    undated = document("a")
    assert known([undated], "2031-03-04") == []
    assert known([undated], None) == [undated]


def test_a_moment_that_is_no_date_is_refused(document):
    with pytest.raises(SettingsError, match="soon"):
        known([document("a")], "soon")
