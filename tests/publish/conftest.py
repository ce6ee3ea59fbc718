"""The demo's records, built by hand from its truth file: no reading, no reckoning."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files

import msgspec
import pytest

from sayso.records import (
    Bounds,
    Claim,
    Count,
    CurvePoint,
    Document,
    Event,
    Evidence,
    Incident,
    Origin,
    Party,
    Source,
    Toll,
    When,
)

DEMO = files("sayso") / "data" / "demo"
NAMES = {
    "health ministry": "health ministry",
    "the ministry": "health ministry",
    "wrenna tolmer": "health ministry",
    "doctors' union": "doctors' union",
    "the union": "doctors' union",
    "interior ministry": "interior ministry",
    "ivar destrin": "interior ministry",
    "dockers' union": "dockers' union",
    "nurse": "a nurse who asked not to be named",
    "relatives": "relatives",
    "police": "police",
    "jorun ameld": "Jorun Ameld",
    "anneke brovald": "Anneke Brovald",
    "press union": "Veldane Press Union",
    "lake rescue": "lake rescue service",
    "army": "army",
}
KINDS = {
    "health ministry": "official",
    "interior ministry": "official",
    "Anneke Brovald": "official",
    "doctors' union": "ngo",
    "dockers' union": "ngo",
    "Veldane Press Union": "ngo",
    "Jorun Ameld": "hospital",
    "a nurse who asked not to be named": "anonymous",
    "relatives": "relative",
    "police": "security_forces",
    "army": "military",
    "lake rescue service": "official",
}


def origin(source: str) -> str:
    return next((name for key, name in NAMES.items() if key in source.lower()), source)


def chain(names: list[str]) -> tuple[Source, ...]:
    return tuple(
        Source(
            text=name,
            kind=KINDS.get(origin(name), "news_agency" if "Agency" in name else "media"),
            role="relay" if index else "origin",
        )
        for index, name in enumerate(names)
    )


def build() -> tuple[Incident, list[Document], dict[str, list[Claim]]]:
    """The main incident of the demo with all documents and claims of the story."""
    lines = (DEMO / "story.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [msgspec.json.decode(line, type=Document) for line in lines]
    truth = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    claims = {d.id: read(d, truth["documents"][d.id]) for d in documents}
    main = truth["incidents"]["selmarra"]
    known = {d.id: d for d in documents if d.id in main["documents"]}
    copies = set(truth["copy_groups"][0][1:])
    rows: dict[tuple[str, str], list[tuple[Document, Claim]]] = {}
    for document in known.values():
        for claim in claims[document.id]:
            if claim.evidence.text.startswith("Thousands of mourners"):
                continue  # another crowd than the march: a policy may or may not keep them apart
            if claim.count is not None and claim.scope == "current":
                rows.setdefault((claim.kind, claim.who.category), []).append((document, claim))
    tolls, curve = [], []
    final = truth["tolls"][-1]["tolls"]
    for (kind, who), told in rows.items():
        expected = next((t for t in final if (t["kind"], t["who"]) == (kind, who)), None)
        voices: dict[str, list[tuple[Document, Claim]]] = {}
        for document, claim in told:
            if claim.modality != "denied":
                name = origin(claim.sources[0].text) if claim.sources else document.outlet
                voices.setdefault(name, []).append((document, claim))
        last = {name: said[-1][1] for name, said in voices.items()}
        withdrawn = tuple(
            c.id
            for d, c in told
            if (kind, who, c.count.low) == ("killed", "unspecified", 17) and c.modality != "denied"
        )
        lows = [c.count.low for c in last.values()]
        highs = [c.count.high for c in last.values()]
        low, high = min(lows), None if None in highs else max(highs)
        if expected is not None:
            assert (low, high) == (expected["low"], expected["high"]), (kind, who)
        differ = {c.count.low for c in last.values()}
        tolls.append(
            Toll(
                kind=kind,
                who=who,
                low=low,
                best=low if len(differ) == 1 else None,
                high=high,
                origins=tuple(
                    Origin(name=name, kind=KINDS.get(name), claims=tuple(c.id for _, c in said))
                    for name, said in voices.items()
                ),
                copies=sum(d.id in copies for d, _ in told),
                withdrawn=withdrawn,
                disputed=tuple(
                    tuple(c.id for _, c in told if c.count.low == side and c.modality != "denied")
                    for side in sorted(differ)
                )
                if len(differ) > 1
                else (),
                because="best is the one figure that every origin last gave",
            )
        )
        for document, claim in told:
            name = origin(claim.sources[0].text) if claim.sources else document.outlet
            status = "denied" if claim.modality == "denied" else "superseded"
            if claim.id in withdrawn:
                status = "withdrawn"
            elif last.get(name) is not None and last[name].count == claim.count:
                status = "stands"
            curve.append(
                CurvePoint(
                    at=document.published,
                    doc=document.id,
                    kind=kind,
                    who=who,
                    low=claim.count.low,
                    high=claim.count.high,
                    sources=tuple(s.text for s in claim.sources),
                    claim=claim.id,
                    status=status,
                )
            )
    incident = Incident(
        id="selmarra-2031-03-04",
        title="Shooting in Customs Square, Selmarra",
        type="ASSAULT",
        where=None,
        when=When(text="Tuesday", start="2031-03-03", end="2031-03-06"),
        documents=tuple(known),
        copy_groups=tuple(tuple(group) for group in truth["copy_groups"]),
        tolls=tuple(tolls),
        curve=tuple(curve),
        final={"killed": Bounds(low=18, high=27)},
        claims=tuple(c.id for d in known for c in claims[d]),
    )
    return incident, documents, claims


def read(document: Document, found: dict) -> list[Claim]:
    """The claims of one document, as its truth has them."""
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


def digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]


def evidence(document: Document, text: str) -> Evidence:
    start = document.text.index(text)
    return Evidence(start=start, end=start + len(text), text=text)


@pytest.fixture(scope="session")
def record() -> tuple[Incident, list[Document], dict[str, list[Claim]]]:
    """Incident, documents, and claims by document id."""
    return build()
