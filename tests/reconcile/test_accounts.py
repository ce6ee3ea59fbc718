"""Which of its claims a document makes about one event, and which about another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.reconcile.accounts import accounts
from sayso.reconcile.coverage import incidents
from sayso.records import Place

ROUND_UP = (
    "Gunmen shot the mayor of Belov on Monday outside the town hall, police said.\n\n"
    "Two of his guards were hurt.\n\n"
    "In Karsa, a bomb in the covered market killed nine traders on the same day, the Health "
    "Ministry said. Four more were missing.\n\n"
    "The president called for calm."
)
BELOV = Place(text="Belov", lat=40.0, lon=20.0, precision="city", basis="sentence")
KARSA = Place(text="Karsa", lat=41.0, lon=22.0, precision="city", basis="sentence")


@pytest.fixture
def said(claim):
    def say(name, low, quote, where=None, episode="p0", **fields):
        found = claim(name, low, at=ROUND_UP.index(quote), **fields)
        return replace(found, where=where, episode=episode)

    return say


@pytest.fixture
def round_up(document, said):
    claims = [
        said("mayor", 1, "shot the mayor", BELOV),
        said("guards", 2, "Two of his", kind="injured"),
        said("traders", 9, "killed nine", KARSA, "p1"),
        said("missing", 4, "Four more", None, "p1", kind="missing"),
    ]
    return document("r", "2031-03-04T18:00", ROUND_UP), claims


def names(found):
    return [tuple(claim.id for claim in account.claims) for account in found]


def test_an_episode_of_its_own_is_an_account_of_its_own(round_up):
    page, claims = round_up
    first, second = accounts(page, claims)
    assert names([first, second]) == [("mayor", "guards"), ("traders", "missing")]
    assert (first.site, second.site) == (None, "Karsa")


def test_what_is_recalled_of_the_past_is_no_account(round_up):
    page, (mayor, *_, missing) = round_up
    assert names(accounts(page, [mayor, replace(missing, scope="background")])) == [
        ("mayor", "missing")
    ]


def test_a_round_up_is_of_two_incidents_and_adds_nothing_to_either(round_up, document, claim):
    page, claims = round_up
    market = document(
        "m",
        "2031-03-04T12:00",
        "A bomb in the covered market of Karsa killed nine traders, the Health Ministry said. "
        "Four traders were missing under the stalls.",
        title="Bomb in Karsa market kills nine traders",
    )
    told = {"r": claims, "m": [claim("first", 9, where="Karsa", by="Health Ministry")]}
    first, second = incidents([page, market], told)
    assert (first.documents, set(first.claims)) == (("m", "r"), {"first", "traders", "missing"})
    assert (second.documents, set(second.claims)) == (("r",), {"mayor", "guards"})
    assert {t.kind: t.best for t in first.tolls} == {"killed": 9, "missing": 4}
    assert {t.kind: t.best for t in second.tolls} == {"killed": 1, "injured": 2}
