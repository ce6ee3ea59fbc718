"""Beside a place, not in it: "20 km north of Karsa", "outside Karsa", "between Karsa and Milna",
"on the road from Karsa to Milna", "off the coast of Tovar", "in a village 12 km away".

The point is worked out where the words tell enough; else it is that of the place named. How far off
the truth may be is told in kilometres either way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from sayso.language.geography.distance import KM_TO_A_DEGREE, km
from sayso.language.trees import Sentence, Token
from sayso.records import Place, PlaceMention

# A distance in a text is a round one, and "north" is a quarter of the compass.
_ROUNDING, _LEAST_KM = 0.3, 3
# How many words before a name may say where it is beside it: "some 20 kilometres to the north-west
# of the small town of Karsa".
_BEFORE = 12


def beside(
    place: Place, mention: PlaceMention, sentence: Sentence, mentions: Sequence[PlaceMention]
) -> Place:
    """The place of a claim, moved to where the words before `mention` put it; itself where they put
    it nowhere else.
    """
    if place.lat is None or place.lon is None:
        return place
    led = _lead(sentence, mention)
    other = _other_end(sentence, mention, mentions)
    if other is not None and other.lat is not None and other.lon is not None:
        half = round(km(place.lat, place.lon, other.lat, other.lon) / 2)
        lat, lon = (place.lat + other.lat) / 2, (place.lon + other.lon) / 2
        vague = max(place.uncertainty_km or 0, other.uncertainty_km or 0)
        return _near(place, lat, lon, max(half, vague, _LEAST_KM))
    if not led:
        return place
    far, bearing = _distance(led), _bearing(led)
    if far is not None:
        if bearing is None:
            return _near(place, place.lat, place.lon, max(round(far), _LEAST_KM))
        lat, lon = _moved(place.lat, place.lon, far, bearing)
        return _near(place, lat, lon, max(round(far * _ROUNDING), _LEAST_KM))
    radius = _radius(led)
    if radius is None and bearing is not None and _is_off(led):
        radius = sentence.table("places")["near"]["direction_km"]
    if radius is None:
        return place
    return _near(place, place.lat, place.lon, max(radius, place.uncertainty_km or 0))


def aside(place: Place, sentence: Sentence, predicate: Token) -> Place:
    """A place that only an earlier sentence named, as far from it as the words about `predicate`
    say: "in a village 12 km away", "nearby", "in a neighbouring district".
    """
    told = [t for t in sentence.tokens if predicate in (t, *t.ancestors())]
    if place.lat is None or place.lon is None or not told:
        return place
    far = _distance(told, "near.off")
    if far is None:
        next_to = [t for t in told if t.lower in t.words("places", "near.neighbouring")]
        if not next_to:
            return place
        kinds = told[0].words("places", "kinds.region") | told[0].words("places", "kinds.part")
        near = told[0].table("places")["near"]
        wide = any(t.head.lower in kinds for t in next_to)
        far = near["division_km"] if wide else near["words"]["near"]
    radius = max(round(far), _LEAST_KM, place.uncertainty_km or 0)
    return _near(place, place.lat, place.lon, radius)


def is_beside(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether the words before a mention say that something is beside it."""
    led = _lead(sentence, mention)
    said = led and (_distance(led) is not None or _radius(led) is not None or _is_off(led))
    return bool(said)


def _near(place: Place, lat: float, lon: float, radius: int) -> Place:
    return replace(
        place, lat=round(lat, 4), lon=round(lon, 4), precision="near", uncertainty_km=radius
    )


def _lead(sentence: Sentence, mention: PlaceMention) -> list[Token]:
    """The words that lead up to a name: back to a verb, a comma, or another name."""
    before = [t for t in sentence.tokens if t.end <= mention.start][-_BEFORE:]
    lead: list[Token] = []
    for token in reversed(before):
        if token.pos in ("VERB", "AUX", "PRON", "SCONJ", "PUNCT") and token.text != "-":
            break
        if token.entity == "LOC":
            break
        lead.insert(0, token)
    return lead


def _radius(led: Sequence[Token]) -> int | None:
    """What the nearest words allow: "near", "outside", "on the outskirts of", "off the coast"."""
    near = led[0].table("places")["near"]
    said = " ".join(t.lower for t in led)
    fillers = "|".join(near["fillers"])
    for phrase, radius in near["words"].items():
        if re.search(rf"(^|\s){phrase}(\s({fillers}))*$", said):
            return int(radius)
    return None


def _distance(led: Sequence[Token], ends: str = "near.away") -> float | None:
    """Kilometres, of "20 km north of", "about 12 miles from"."""
    units, away = led[0].table("places")["near"]["units"], led[0].words("places", ends)
    for at, token in enumerate(led):
        number = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)[-–]?([a-z]+)?", token.lower)
        unit = number and (number[2] or (led[at + 1].lower.strip(".") if at + 1 < len(led) else ""))
        if number and unit in units and any(t.lower in away for t in led[at:]):
            return float(number[1].replace(",", "")) * float(units[unit])
    return None


def _bearing(led: Sequence[Token]) -> float | None:
    bearings = led[0].table("places")["near"]["bearings"]
    said = "".join(t.lower if t.text == "-" else f" {t.lower}" for t in led).replace("- ", "")
    found = [bearings[word] for w in said.split() if (word := w.replace("-", "")) in bearings]
    return float(found[-1]) if found else None


def _is_off(led: Sequence[Token]) -> bool:
    """Whether "north of" leads to a name, and not "the north of"."""
    said = [t.lower.replace("-", "") for t in led]
    if len(said) < 2 or said[-1] not in led[0].words("places", "near.away"):
        return False
    bearing = said[-2] in led[0].table("places")["near"]["bearings"]
    return bearing and not any(t.pos == "DET" for t in led[-3:-2])


def _other_end(
    sentence: Sentence, mention: PlaceMention, mentions: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The other of two places that something is between, or on the road from one to the other."""
    here = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
    cities, ways, joins, pairs, apart = (
        sentence.words("places", key)
        for key in ("kinds.city", "near.ways", "near.joins", "near.pairs", "near.apart")
    )
    for one, two in pairwise(here):
        if mention not in (one, two):
            continue
        between = [t for t in sentence.tokens if one.end <= t.start and t.end <= two.start]
        link = {t.lower for t in between if t.lower not in cities and t.pos != "DET"}
        before = {t.lower for t in _lead(sentence, one)}
        before |= {t.lower for t in [t for t in sentence.tokens if t.end <= one.start][-1:]}
        behind = {t.lower for t in [t for t in sentence.tokens if t.start >= two.end][:1]}
        joined = len(link) == 1 and link <= joins
        if (
            (len(link) == 1 and link <= pairs and before & apart)
            or (joined and before & ways)
            or ((joined or not link) and behind & ways)
        ):
            return two if mention == one else one
    return None


def _moved(lat: float, lon: float, far: float, bearing: float) -> tuple[float, float]:
    north = far * math.cos(math.radians(bearing)) / KM_TO_A_DEGREE
    east = far * math.sin(math.radians(bearing)) / KM_TO_A_DEGREE
    return lat + north, lon + east / max(0.1, math.cos(math.radians(lat)))
