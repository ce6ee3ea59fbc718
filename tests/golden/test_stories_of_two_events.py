"""Small stories in which a text tells of two events, or of one in several words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.pipeline import Reader
from sayso.reconcile.coverage import incidents
from sayso.records import Document, Incident
from sayso.settings import Settings

STORIES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("two_events.toml").read_text(encoding="utf-8")
)["story"]


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def dead(incident: Incident) -> int:
    """The best figure of those killed, of the largest group."""
    return max((t.best or 0 for t in incident.tolls if t.kind == "killed"), default=0)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_each_event_has_its_own_dead(reader: Reader, story: dict[str, Any]) -> None:
    documents = [
        Document(id=f"d{i}", text=text, outlet=outlet, published=day, language="en")
        for i, (day, outlet, text) in enumerate(story["told"])
    ]
    claims = {document.id: reader.read(document).claims for document in documents}
    found = [n for one in incidents(documents, claims) if (n := dead(one))]
    assert sorted(found) == sorted(story["killed"])
