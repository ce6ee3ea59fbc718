"""Which places a text names, and where on the map each of them is.

`placenames` finds the names, `containment` says which lies in which, and `senses` settles what they
mean; this module writes the mentions. A name that nothing settles stays a mention without a point.
Nothing here says what happened where: that is the business of claims.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.containment import home_of, kinds_of, links
from sayso.language.geography.folding import fold
from sayso.language.geography.nesting import PART_REACH_KM, REACH_KM
from sayso.language.geography.placenames import Run, demonyms, runs, text_of
from sayso.language.geography.senses import Name, Sense, settle
from sayso.language.spelling import bare
from sayso.language.trees import Sentence
from sayso.lexicon import table
from sayso.records import PlaceMention, RunnerUp


def places(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[PlaceMention]:
    """The place names of a document in text order, each with its point where one is clear.

    A building or a street gets the point of the town that it is named for, or of the only town that
    a sentence names beside it. Names of peoples ("Kazakh") vote for their country and are no
    mentions.
    Raises `EngineError` if the gazetteer is damaged.
    """
    found = runs(sentences, gazetteer)
    inside = links(found, gazetteer)
    names = [
        Name(
            _called(run, kind, gazetteer),
            kind,
            link.within if link else None,
            link.loose if link else False,
            link.firm if link else False,
            home_of(run),
        )
        for run, kind, link in zip(found, kinds_of(found, gazetteer), inside, strict=True)
    ]
    if not found:
        return []
    meant = settle(names, _peoples(sentences), gazetteer, sentences[0].language)
    towns = _towns(found, meant)
    senses = [
        sense or (towns.get(_facility(run)) if run.facility else None)
        for run, sense in zip(found, meant, strict=True)
    ]
    return [
        _mention(run, sense, _chain(n, found, senses, names), gazetteer)
        for n, (run, sense) in enumerate(zip(found, senses, strict=True))
    ]


def _called(run: Run, kind: str | None, gazetteer: Gazetteer) -> str:
    """The words to look up: with the word behind them where the gazetteer has both in one."""
    text, tokens = text_of(run.settled_by), run.sentence.tokens
    if kind == "part" and not run.facility:
        word = next((t.lower for t in tokens[run.tokens[-1].i + 1 :][:1]), "")
        for full in (f"{text} {word}", f"{text} county"):
            if any(c.main and c.part for c in gazetteer.find(full)):
                return full
    return text.title() if kind == "city" else text  # "GAO, Mali -" are no letters


def _chain(
    n: int, found: Sequence[Run], senses: Sequence[Sense | None], names: Sequence[Name]
) -> tuple[str, ...]:
    """The name and what the text says that it lies in, as printed, the smallest first."""
    chain: list[str] = []
    at: int | None = n
    while at is not None and len(chain) < len(found):
        chain.append(_printed(found[at]))
        name, sense, link = names[at], senses[at], names[at].within
        if link is not None and name.loose and sense and sense.own:
            outer = senses[link]  # of a row each may lie there, or not
            link = link if outer and outer.place.country == sense.place.country else None
        at = link
    return tuple(chain)


def _printed(run: Run) -> str:
    return run.sentence.quote(run.start, run.end)


def _peoples(sentences: Sequence[Sentence]) -> Counter[str]:
    """How often the document names the people of each country, or an army that only it has."""
    language = sentences[0].language
    armies = table("places", language)["forces"]
    people = demonyms(language) | {n.lower(): land for land, names in armies.items() for n in names}
    return Counter(
        country
        for sentence in sentences
        for token in sentence.tokens
        if (country := people.get(token.lower) or people.get(bare(token.lower)))
    )


def _towns(found: Sequence[Run], meant: Sequence[Sense | None]) -> dict[str, Sense]:
    """The town of each facility by its name: the only one that a sentence names beside it."""
    towns: dict[str, Sense] = {}
    for run in found:
        beside = {
            sense.place.id: sense
            for other, sense in zip(found, meant, strict=True)
            if sense and sense.place.kind == "city" and other.number == run.number
            if not other.facility and not other.in_body
        }
        if run.facility and len(beside) == 1:
            towns.setdefault(_facility(run), next(iter(beside.values())))
    return towns


def _facility(run: Run) -> str:
    return fold(text_of(run.tokens))


def _mention(
    run: Run, sense: Sense | None, chain: tuple[str, ...], gazetteer: Gazetteer
) -> PlaceMention:
    text = _printed(run)
    if sense is None:
        precision = "point" if run.facility else None  # a square is no town, wherever it lies
        return PlaceMention(
            start=run.start, end=run.end, text=text, precision=precision, chain=chain
        )
    place = sense.place
    if not sense.own and place.kind in ("country", "area"):  # somewhere there: on no point
        return PlaceMention(
            start=run.start, end=run.end, text=text, country=place.country, chain=chain
        )
    return PlaceMention(
        start=run.start,
        end=run.end,
        text=text,
        chain=chain,
        runner_up=_rival(sense.rival, sense.lead) if sense.rival else None,
        # a square goes by the name of its town
        **spot(place, gazetteer, own=sense.own or (run.facility and place.kind == "city")),
    )


def spot(place: Candidate, gazetteer: Gazetteer, *, own: bool = True) -> dict[str, Any]:
    """The fields of a `Spot` at a place: `own` is false of what only lies somewhere in it."""
    first, second = divisions(place, gazetteer)
    uncertain = place.reach if place.kind in ("region", "country") else None
    if place.kind == "region" and uncertain is None:
        uncertain = round(PART_REACH_KM if place.part else REACH_KM)
    if not own and place.kind == "city":
        uncertain = town_radius(place.population)
    return {
        "name": place.name if own else None,
        "geonameid": place.geonameid if own else None,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "precision": place.kind,
        "uncertainty_km": uncertain,
        # a list of the user's own may name divisions that the gazetteer lacks
        "admin1": first.name if first else place.admin1 if place.added else None,
        "admin2": second.name if second else place.admin2 if place.added else None,
        "admin3": place.admin3,
        "admin1_code": _code(first),
        "admin2_code": _code(second),
    }


def town_radius(people: int) -> int:
    """How far a town of so many people goes on from its middle, in kilometres, at 3,000 to each
    square kilometre.
    """
    return 2 + round(math.sqrt(people / (3000 * math.pi)))


def divisions(place: Candidate, gazetteer: Gazetteer) -> tuple[Candidate | None, Candidate | None]:
    """The first and the second division that a place lies in or is; None for what is not known."""
    if place.country is None or place.admin1 is None:
        return None, None
    within = [d for d in gazetteer.divisions(place.country) if d.admin1 == place.admin1]
    first = next((d for d in within if not d.part), None)
    if place.kind == "region" and place.part and place.admin2 is None:
        return first, place
    second = place.admin2 and next((d for d in within if d.admin2 == place.admin2), None)
    return first, second or None


def _code(division: Candidate | None) -> str | None:
    if division is None or "-" in (division.admin1 or "-"):
        return None
    return ".".join(filter(None, (division.country, division.admin1, division.admin2)))


def _rival(place: Candidate, lead: float) -> RunnerUp:
    return RunnerUp(
        name=place.name,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        lead=lead,
    )
