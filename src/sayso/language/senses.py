"""Which of the places of a name a document means.

Every option starts from how many people live there; then the names of a document vote for each
other: for the same country, the same region, the same neighbourhood. "Paris, Texas" needs no vote.
One name has one sense in a document, save where the text itself says otherwise. A name that wins
too few votes for what it would be (a hamlet in a country nobody mentions) is left open.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.language.gazetteer import Candidate, Gazetteer, fold
from sayso.lexicon import table

# Scores are powers of ten of people: one point more outweighs a tenfold size. Worked out together
# on local and world news; none is sharp.
_COUNTRY, _AREA = 8.0, 8.0
_CAPITAL = 2.0
_OTHER_NAME = 1.5
_SAME_COUNTRY, _SAME_REGION, _NEARBY = 2.0, 2.5, 2.5
_KIND_SAID = 3.0
# A town against the region of its name, if at least this share of the region lives in the town.
_TOWN_SHARE, _TOWN_FIRST = 0.1, 1.0
_NEAR_KM = 80.0
_LEAST = 4.2
# The likeliest options of a name that are weighed, and how often all names are weighed anew.
_CONSIDERED, _ROUNDS = 30, 3
# How far from a region's one point its towns can lie, where no code ties them to it.
_REACH_KM, _PART_REACH_KM = 400.0, 80.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name to settle: its text, and what the words around it say of it.

    `kind` is "city" or "region" ("the town of Gao", "Anbar province"), or None; `within` the index
    of the name that follows it, as in "Paris, Texas", or None.
    """

    text: str
    kind: str | None = None
    within: int | None = None


def settle(
    names: Sequence[Name], peoples: Mapping[str, int], gazetteer: Gazetteer
) -> list[Candidate | None]:
    """For each name the place it means, or None. `peoples` counts demonyms by country."""
    found = {key: options(key, gazetteer) for key in dict.fromkeys(map(_key, names))}
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.kind:
            kinds[_key(name)][name.kind] += 1
    alone = {
        key: _alone(choice, kinds[key].most_common(1)[0][0] if kinds[key] else None)
        for key, choice in found.items()
        if choice
    }
    said = _said(names, alone)
    counts = Counter(map(_key, names))
    fixed: dict[str, Candidate] = {}
    for name, place in zip(names, said, strict=True):
        if place is not None:
            fixed.setdefault(_key(name), place)
    scores = alone
    for _ in range(_ROUNDS):
        taken = {key: fixed.get(key) or _best(scored) for key, scored in scores.items()}
        scores = {key: _voted(key, scored, taken, counts, peoples) for key, scored in alone.items()}
    taken = {key: fixed.get(key) or _best(scored) for key, scored in scores.items()}
    return [place or taken.get(_key(name)) for name, place in zip(names, said, strict=True)]


def options(text: str, gazetteer: Gazetteer) -> list[Candidate]:
    """What a name can mean: as it stands, else by its chief word ("Anbar province", "Metro Delhi").

    An area of our own table is never one of its namesakes: "Middle East" is no hamlet.
    """
    if _lettered(text):
        return _by_letters(text, gazetteer)
    found = gazetteer.find(text)
    words = fold(text).split()
    kinds = table("places")["kinds"]
    if not found and len(words) > 1:
        if words[-1] in (*kinds["region"], *kinds["city"]):
            found = gazetteer.find(" ".join(words[:-1]))
        elif words[0] in kinds["before"]:
            found = options(" ".join(words[2:] if words[1] == "of" else words[1:]), gazetteer)
    areas = [c for c in found if c.kind == "area" and c.main]
    return areas if areas and not any(c.kind == "country" for c in found) else found


_Scored = list[tuple[float, Candidate]]


def _key(name: Name) -> str:
    return name.text if _lettered(name.text) else fold(name.text)


def _lettered(text: str) -> bool:
    """ "WA" is not the town of Wa, nor "US" the village of Us."""
    return len(text) <= 3 and text.isupper()


def _by_letters(letters: str, gazetteer: Gazetteer) -> list[Candidate]:
    found = [
        candidate
        for country, codes in table("places")["postal"].items()
        if letters in codes
        for candidate in gazetteer.find(f"{country}-{letters}")
    ]
    return found + [c for c in gazetteer.find(letters) if c.main and c.kind != "city"]


def _alone(found: list[Candidate], kind: str | None) -> _Scored:
    """The options with what each scores before anything else is known, the likeliest first."""
    towns = [c for c in found if c.kind == "city"]
    scored = []
    for candidate in found:
        score = _prior(candidate)
        if candidate.kind == "region" and any(
            town.country == candidate.country
            and town.population >= _TOWN_SHARE * candidate.population
            and _lies_in(town, candidate)
            for town in towns
        ):
            score -= _TOWN_FIRST
        if kind is not None and candidate.kind == kind:
            score += _KIND_SAID
        scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return scored[:_CONSIDERED]


def _prior(candidate: Candidate) -> float:
    if candidate.kind == "country":
        return _COUNTRY
    if candidate.kind == "area":
        return _AREA
    if candidate.kind == "region":
        least = 20_000 if candidate.part else 300_000
        score = math.log10(max(candidate.population, least)) - 0.5 * candidate.part
        return score if candidate.main else score - _OTHER_NAME / 2
    score = math.log10(candidate.population + 100) + _CAPITAL * candidate.capital
    return score if candidate.main else score - _OTHER_NAME


def _said(names: Sequence[Name], alone: Mapping[str, _Scored]) -> list[Candidate | None]:
    """What the text itself says: for "Paris, Texas" the likeliest Paris in a Texas."""
    found: list[Candidate | None] = [None] * len(names)
    for i in range(len(names) - 1, -1, -1):
        within = names[i].within
        if within is None:
            continue
        wider = found[within]
        wide = [(0.0, wider)] if wider else alone.get(_key(names[within]), [])
        pairs = [
            (score + outer, -candidate.id, candidate)
            for score, candidate in alone.get(_key(names[i]), [])
            for outer, area in wide
            if area.kind in ("region", "country") and _lies_in(candidate, area)
        ]
        if pairs:
            found[i] = max(pairs)[2]
    return found


def _lies_in(place: Candidate, area: Candidate) -> bool:
    if place.country != area.country or place.id == area.id or place.kind in ("country", "area"):
        return False
    if area.kind == "country":
        return True
    if area.part:
        return place.kind == "city" and _km(place, area) <= _PART_REACH_KM
    if "-" in (area.admin1 or "-"):
        return _km(place, area) <= _REACH_KM
    return place.admin1 == area.admin1


def _best(scored: _Scored) -> Candidate | None:
    score, candidate = max(scored, key=lambda pair: (pair[0], -pair[1].id))
    return candidate if score >= _LEAST else None


def _voted(
    key: str,
    scored: _Scored,
    taken: Mapping[str, Candidate | None],
    counts: Mapping[str, int],
    peoples: Mapping[str, int],
) -> _Scored:
    """The options scored again with the votes of all other names."""
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    others = []
    for country, times in peoples.items():
        countries[country] += 0.5 * min(times, 4)
    for other, place in taken.items():
        if other == key or place is None or place.country is None:
            continue
        weight = 0.5 + 0.5 * min(counts[other], 3)
        countries[place.country] += weight * (2 if place.kind == "country" else 1)
        if place.admin1:
            regions[place.country, place.admin1] += weight * (1 if place.kind == "city" else 2)
        if place.kind != "country":
            others.append((weight, place))
    nations, states = sum(countries.values()) or 1.0, sum(regions.values()) or 1.0
    result = []
    for score, c in scored:
        if c.country is not None:
            score += _SAME_COUNTRY * countries.get(c.country, 0.0) / nations
            score += _SAME_REGION * regions.get((c.country, c.admin1 or ""), 0.0) / states
        if c.kind in ("city", "region"):
            near = sum(weight / (1 + (_km(c, other) / _NEAR_KM) ** 2) for weight, other in others)
            score += _NEARBY * near / (near + 1)
        result.append((score, c))
    return result


def _km(a: Candidate, b: Candidate) -> float:
    """Kilometres between two places, roughly; far, if one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 20_000.0
    north = math.radians(a.lat - b.lat)
    east = math.radians((a.lon - b.lon + 180) % 360 - 180)
    return 6371.0 * math.hypot(north, east * math.cos(math.radians((a.lat + b.lat) / 2)))
