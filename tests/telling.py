"""A small invented story, whose claims are given rather than read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.ledger.store import Ledger
from sayso.records import (
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Heading,
    Party,
    Place,
    Reading,
    Source,
    When,
)


def tell(
    name: str, dead: int, said_by: str, kind: str, hour: int, place: str = "Karsa", day: int = 4
) -> tuple[Document, Reading]:
    """An article that says on whose word so many were killed, and what a reader finds in it."""
    words = f"{dead} dockers were killed"
    text = (
        f"{words} in {place} on 4 March when police fired on a strike at the grain quay, the "
        f"{said_by} said. The strike over unpaid wages had begun a week before."
    )
    if place != "Karsa":
        text = f"{words} in {place} when a mine shaft flooded, the {said_by} said. Rain had fallen."
    document = Document(
        id=name,
        text=text,
        title=f"{dead} killed in {place}",
        outlet=f"Outlet {name}",
        published=f"2031-03-{day:02}T{hour:02}:00:00Z",
    )
    claim = Claim(
        id=f"claim-{name}",
        kind="killed",
        event=Event(type="ASSAULT"),
        count=Count(low=dead, high=dead, text=str(dead)),
        who=Party(text="dockers", category="civilians"),
        where=Place(text=place, name=place, lat=10.0 + len(place), lon=20.0, precision="city"),
        when=When(text="4 March", start="2031-03-04", end="2031-03-04", basis="sentence"),
        sources=(Source(text=said_by, kind=kind, role="origin"),),  # type: ignore[arg-type]
        basis="stated",
        evidence=Evidence(start=0, end=len(words), text=words),
    )
    return document, reading(document, claim)


def reading(document: Document, *claims: Claim, reader: str = "test 1") -> Reading:
    heading = Heading(
        id=document.id,
        url=None,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=None,
    )
    return Reading(document=heading, reader=reader, claims=claims)


STORY = (
    tell("a", 3, "interior ministry", "official", 8),
    tell("b", 5, "dockers' union", "ngo", 12),
    tell("c", 7, "interior ministry", "official", 13),
    tell("d", 30, "mine company", "company", 9, "Belov"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the story, for a `conftest` to bring in."""
    with Ledger.open(tmp_path / "story.db", create=True) as opened:
        for document, read in STORY:
            with opened.transaction() as writer:
                writer.add(document, read)
        yield opened
