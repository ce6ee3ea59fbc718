"""The toll of small stories whose figures change, and what each figure did to those before it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Claim, Document, Incident, Toll
from sayso.settings import Settings

STORIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("changes.toml").read_text(encoding="utf-8")
)["story"]
KINDS = ("killed", "injured", "detained", "missing", "abducted")


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def told(reader: Reader, story: dict[str, Any]) -> tuple[list[Document], dict[str, list[Claim]]]:
    documents = [
        Document(id=f"d{i}", text=text.strip(), outlet=outlet, published=day, language="en")
        for i, (day, outlet, text) in enumerate(story["told"])
    ]
    return documents, {d.id: list(reader.read(d).claims) for d in documents}


def incident(reader: Reader, story: dict[str, Any]) -> Incident:
    found = incidents(*told(reader, story))
    return max(found, key=lambda one: len(one.claims))


def figures(toll: Toll) -> list[int | str]:
    return ["open" if n is None else n for n in (toll.low, toll.best, toll.high)]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_has_the_toll_that_a_recorder_would_sign(
    reader: Reader, story: dict[str, Any]
) -> None:
    found = incident(reader, story)
    wanted = {(kind, who): n for kind in KINDS for who, n in story.get(kind, {}).items()}
    assert {(t.kind, t.who): figures(t) for t in found.tolls if t.kind in KINDS} == wanted


@pytest.mark.parametrize("story", [s for s in STORIES if "grade" in s], ids=lambda s: s["name"])
def test_a_best_figure_is_graded(reader: Reader, story: dict[str, Any]) -> None:
    found = incident(reader, story)
    graded = {t.kind: t.corroboration for t in found.tolls if t.kind in story["grade"]}
    assert graded == story["grade"]


@pytest.mark.parametrize("story", [s for s in STORIES if "links" in s], ids=lambda s: s["name"])
def test_a_figure_is_tied_to_those_before_it(reader: Reader, story: dict[str, Any]) -> None:
    _, claims = told(reader, story)
    number = {c.id: str(c.count.low) for those in claims.values() for c in those if c.count}
    found = incident(reader, story)
    links = [[number[k.claim], k.relation, number[k.of]] for t in found.tolls for k in t.links]
    assert [link for link in story["links"] if link not in links] == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_the_order_of_arrival_changes_nothing(reader: Reader, story: dict[str, Any]) -> None:
    documents, claims = told(reader, story)
    assert incidents(documents[::-1], claims) == incidents(documents, claims)
