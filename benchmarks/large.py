"""A ledger of a hundred thousand claims for the desk to be measured on, with people at work.

    python benchmarks/large.py FILE [DOCUMENTS]

The documents are those of `benchmarks/ledger.py`, of several types of event, countries, outlets and
sources, every third of them passed on by an agency. `JUDGED` claims are judged and `MARKED`
incidents have a status, an owner or a tag, so that every filter finds something; `ASIDE` are set
aside.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args
from zlib import crc32

from msgspec.structs import replace

from ledger import Story, story, write
from sayso.ledger import saved
from sayso.ledger.store import Ledger
from sayso.pipeline import derive
from sayso.records import Category, Claim, Correction, Event, Judgement, Source, Verdict
from sayso.review.mending import leading

JUDGED = 1000
MARKED = 300
ASIDE = 20

COUNTRIES = ("TR", "KZ", "SD", "UA", "PH", "MX", "NG")
TYPES = ("ASSAULT", "PROTEST", "ACCIDENT", "DISASTER", "COERCE")
VOICES = 400
"""Sources that are named beside those of the story."""

AGENCY = Source(text="Lantern Wire", kind="media", role="relay")


def varied(told: Story) -> Story:
    """The same, where the event of a place has a type, a country and a group of its own."""
    return [
        (capture, replace(reading, claims=tuple(map(_varied, reading.claims))))
        for capture, reading in told
    ]


def _varied(claim: Claim) -> Claim:
    place, dice = claim.where, crc32(claim.id.split("-")[0].encode())
    if place is None or claim.who is None:
        return claim
    event = crc32(place.text.encode())
    categories = get_args(Category)
    origin = claim.sources[0]
    if dice % 4 == 0:
        origin = replace(origin, text=f"{place.text} {origin.text} {dice % VOICES}")
    return replace(
        claim,
        event=Event(type=TYPES[event % len(TYPES)]),
        where=replace(place, country=COUNTRIES[event % len(COUNTRIES)]),
        who=replace(claim.who, category=categories[event % len(categories)]),
        sources=(AGENCY, origin) if dice % 3 == 0 else (origin,),
    )


def make(path: Path | str, documents: int) -> None:
    """Make such a ledger, with all that it tells worked out."""
    with Ledger.open(path, create=True) as ledger:
        write(ledger, varied(story(documents)))
        derive(ledger)
        work(ledger)
        derive(ledger)


def work(ledger: Ledger) -> None:
    """Have claims judged, here and there, most accepted; and some incidents looked after."""
    every = [claim.id for claim in ledger.claims()]
    leads = [leading(gathering) for _, gathering in ledger.incidents()]
    words: tuple[Verdict, ...] = ("accept", "accept", "reject", "unsure")
    kept: tuple[tuple[Verdict, str], ...] = (
        ("status", "in review"),
        ("owner", "Aigul"),
        ("owner", "Ilan"),
        ("tag", "harbour"),
        ("tag", "to print"),
    )
    with ledger.transaction() as writer:
        for number, claim in enumerate(every[:: max(1, len(every) // JUDGED)]):
            verdict = words[number % len(words)]
            by = ("Aigul", "Ilan")[number % 2]
            writer.judge(Judgement(id="", verdict=verdict, a=claim, by=by))
        for number, document in enumerate(leads[:: max(1, len(leads) // MARKED)]):
            verdict, value = kept[number % len(kept)]
            writer.judge(Judgement(id="", verdict=verdict, a=document, value=value, by="Aigul"))
        for document in leads[1 :: max(1, len(leads) // ASIDE)]:
            aside = Correction(ours=False)
            writer.judge(Judgement(id="", verdict="mend_incident", a=document, correction=aside))
    saved.save(ledger, "killed in Turkey", "kind=killed&country=TR", "Aigul")


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 25_000)
