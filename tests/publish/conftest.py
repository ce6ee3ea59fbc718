"""The demo as its truth file has it: no engine reads anything here, only figures are reckoned."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files

import msgspec
import pytest
from hostile import build as trap
from laying import board

from sayso.publish.board import Board
from sayso.reconcile.coverage import incidents
from sayso.records import Claim, Count, Document, Event, Evidence, Incident, Party, Source, When

DEMO = files("sayso") / "data" / "demo"
KINDS = {
    "ministry": "official",
    "tolmer": "official",
    "destrin": "official",
    "brovald": "official",
    "union": "ngo",
    "institute": "ngo",
    "relatives": "relative",
    "nurse": "anonymous",
    "police": "security_forces",
    "army": "military",
    "ameld": "hospital",
    "agency": "news_agency",
}

Claims = dict[str, list[Claim]]


def build() -> tuple[list[Document], Claims]:
    """The documents of the demo, and by document the claims that a careful reader finds."""
    lines = (DEMO / "story.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [msgspec.json.decode(line, type=Document) for line in lines]
    truth = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))["documents"]
    return documents, {document.id: read(document, truth[document.id]) for document in documents}


def read(document: Document, found: dict) -> list[Claim]:
    names: dict[str, str] = {}
    claims = []
    for index, row in enumerate(found["figures"]):
        names[row["evidence"]] = identifier = digest(document.id, index)
        claims.append(
            Claim(
                id=identifier,
                kind=row["kind"][0],
                count=Count(low=row["low"], high=row["high"], text=str(row["low"])),
                who=Party(text="people", category=row["who"][0]),
                scope=row["scope"],
                modality=row["modality"],
                sources=chain(row["sources"]),
                basis="stated" if row["sources"] else "outlet",
                part_of=names.get(row.get("part_of")),
                because={"count": "truth"},
                evidence=evidence(document, row["evidence"]),
            )
        )
    for index, row in enumerate(found["events"]):
        claims.append(
            Claim(
                id=digest(document.id, index, "event"),
                kind="event",
                event=Event(type=row["type"]),
                when=When(text=row["what"], end=row["until"]) if "until" in row else None,
                modality=row["modality"],
                sources=chain(row["sources"]),
                basis="stated" if row["sources"] else "outlet",
                evidence=evidence(document, row["evidence"]),
            )
        )
    return claims


def chain(names: list[str]) -> tuple[Source, ...]:
    return tuple(
        Source(
            text=name,
            kind=next((kind for word, kind in KINDS.items() if word in name.lower()), "media"),
            role="relay" if index else "origin",
        )
        for index, name in enumerate(names)
    )


def evidence(document: Document, text: str) -> Evidence:
    start = document.text.index(text)
    return Evidence(start=start, end=start + len(text), text=text)


def digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]


@pytest.fixture(scope="session")
def told() -> tuple[list[Document], Claims]:
    """All documents of the demo, and their claims by document id."""
    return build()


@pytest.fixture(scope="session")
def found(told: tuple[list[Document], Claims]) -> list[Incident]:
    """The incidents of the demo, the largest first."""
    return sorted(incidents(*told), key=lambda incident: -len(incident.documents))


@pytest.fixture(scope="session")
def laid(told: tuple[list[Document], Claims], found: list[Incident]) -> Board:
    """The main incident laid out."""
    return board(found[0], *told)


@pytest.fixture(scope="session")
def hostile() -> Board:
    """An incident whose every text tries to act on whoever shows it."""
    return trap()
