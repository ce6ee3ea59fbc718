"""One incident whose every text tries to act on whoever shows it."""

from __future__ import annotations

from laying import board

from sayso.publish.board import Board
from sayso.records import (
    Bounds,
    Claim,
    Count,
    CurvePoint,
    Document,
    Evidence,
    Incident,
    Origin,
    Party,
    Place,
    Source,
    Toll,
    When,
)

SCRIPT = "<script>alert(1)</script>"
TRAP = f'{SCRIPT}"onload="x" \x1b[31m[red]\u202egnp.exe\u202c ]]> --> {{{{ 7*7 }}}} | `x` \x00 =1+1'


def build() -> Board:
    """Two such documents with two figures that differ."""
    documents, claims = [], {}
    for index, low in enumerate((5, 9)):
        text = f"{TRAP} killed {low} {TRAP}"
        document = Document(
            id=f"{index}{TRAP}",
            text=text,
            url="javascript:alert(1)" if index else "https://a.example/<script>?x=\"'",
            title=TRAP,
            outlet=f"{index} {TRAP}",
            published=f"2031-03-0{index + 1}T10:00:00+02:00",
            language="en",
        )
        claim = Claim(
            id=f"{index}{SCRIPT}",
            kind="killed",
            count=Count(low=low, high=low, text=TRAP),
            who=Party(text=TRAP, category="unspecified"),
            where=Place(text=TRAP),
            modality="reported",
            sources=(Source(text=f"{index} {TRAP}", kind="official", role="origin"),),
            basis="stated",
            because={TRAP: TRAP},
            evidence=Evidence(start=0, end=len(text), text=text),
        )
        documents.append(document)
        claims[document.id] = [claim]
    names = [c.id for d in documents for c in claims[d.id]]
    toll = Toll(
        kind="killed",
        who="unspecified",
        low=5,
        best=None,
        high=9,
        origins=tuple(
            Origin(name=f"{name} {TRAP}", kind="official", claims=(name,)) for name in names
        ),
        copies=0,
        withdrawn=(),
        disputed=tuple((name,) for name in names),
        because=TRAP,
    )
    points = tuple(
        CurvePoint(
            at=document.published,
            doc=document.id,
            kind="killed",
            who="unspecified",
            low=claim.count.low,
            high=claim.count.high,
            sources=tuple(source.text for source in claim.sources),
            claim=claim.id,
            status="stands",
        )
        for document in documents
        for claim in claims[document.id]
    )
    incident = Incident(
        id=TRAP,
        title=TRAP,
        type="ASSAULT",
        where=Place(text=TRAP),
        when=When(text=TRAP, start="2031-03-01", end=TRAP),
        documents=tuple(document.id for document in documents),
        copy_groups=(),
        tolls=(toll,),
        curve=points,
        final={"killed": Bounds(low=5, high=9)},
        claims=tuple(names),
    )
    return board(incident, documents, claims)
