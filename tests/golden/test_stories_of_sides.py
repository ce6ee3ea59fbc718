"""The toll of small stories whose sources have a hand in what they tell of."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Document, Incident, Kind, Toll
from sayso.settings import Settings

STORIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("sides.toml").read_text(encoding="utf-8")
)["story"]
NAMED = {story["name"]: story for story in STORIES}


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def incident(reader: Reader, story: dict[str, Any], texts: slice = slice(None)) -> Incident:
    documents = [
        Document(id=f"d{i}", text=text.strip(), outlet=outlet, published=day, language="en")
        for i, (day, outlet, text) in enumerate(story["told"])
    ]
    claims = {document.id: reader.read(document).claims for document in documents}
    (found,) = incidents(documents[texts], claims)
    return found


def figures(toll: Toll) -> list[int | str]:
    """Low, best and high as the stories give them."""
    return ["open" if n is None else n for n in (toll.low, toll.best, toll.high)]


def toll(reader: Reader, name: str, who: str = "unspecified", kind: Kind = "killed") -> Toll:
    found = incident(reader, NAMED[name])
    (one,) = (t for t in found.tolls if (t.kind, t.who) == (kind, who))
    return one


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_has_the_toll_that_a_recorder_would_sign(
    reader: Reader, story: dict[str, Any]
) -> None:
    found = incident(reader, story)
    counted = {
        (kind, who): those
        for kind in ("killed", "injured")
        for who, those in story.get(kind, {}).items()
    }
    told = {(t.kind, t.who): figures(t) for t in found.tolls if t.kind in ("killed", "injured")}
    assert told == counted
    if "final" in story:
        final = found.final["killed"]
        assert ["open" if n is None else n for n in (final.low, final.high)] == story["final"]


def test_what_a_side_says_stays_in_the_record(reader: Reader) -> None:
    one = toll(reader, "the police at a protest say nobody, a doctor counts four bodies")
    assert [origin.name for origin in one.origins][1] == "police spokesman"
    ((denial, count),) = one.disputed
    assert ((denial,), (count,)) == (one.origins[1].claims, one.origins[0].claims)


@pytest.mark.parametrize(
    ("name", "who", "said"),
    [
        (
            "the police at a protest say nobody, a doctor counts four bodies",
            "unspecified",
            "police spokesman: a denial sets no figure where others count",
        ),
        (
            "the governor against the hospital",
            "unspecified",
            "governor: a side sets no figure for what it is said to have done",
        ),
        (
            "rebels own to their losses",
            "militants",
            "army: a side sets no figure for its enemy's losses",
        ),
        (
            "what the accused owns to is a floor",
            "protesters",
            "interior ministry: at least what a side owns to",
        ),
        (
            "an army's enemies, and nobody else counts",
            "militants",
            "army: on the word of a side alone, so the least is open",
        ),
        (
            "the lead repeats the army's word",
            "militants",
            "army: on the word of a side alone, so the least is open",
        ),
        (
            "only the police have spoken",
            "unspecified",
            "police: on the word of a side alone",
        ),
        (
            "two sides blame each other",
            "civilians",
            "army, rebels: on the word of sides alone, so the least is open",
        ),
    ],
)
def test_a_toll_says_what_it_made_of_a_side(reader: Reader, name: str, who: str, said: str) -> None:
    assert toll(reader, name, who).because.split("; ")[1] == said


@pytest.mark.parametrize(
    "name", ["an earthquake has no sides", "the health ministry is no side", "two trains"]
)
def test_where_there_is_no_side_nothing_is_said_of_any(reader: Reader, name: str) -> None:
    because = toll(reader, name).because
    assert because.startswith("best: latest of") and " side " not in because


def test_before_anybody_else_has_counted_a_denial_stands_alone(reader: Reader) -> None:
    name = "a denial by one mouth, given up by another, and nobody else counts"
    before = incident(reader, NAMED[name], slice(1))
    (one,) = before.tolls
    assert figures(one) == [0, 0, 0]
    assert "police spokeswoman: on the word of a side alone" in one.because


@pytest.mark.parametrize("name", [s["name"] for s in STORIES if len(s["told"]) > 1])
def test_the_order_of_arrival_changes_nothing(reader: Reader, name: str) -> None:
    story = NAMED[name]
    assert incident(reader, story, slice(None, None, -1)) == incident(reader, story)
