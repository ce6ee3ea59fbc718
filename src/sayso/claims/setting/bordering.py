"""On the border of a country, or off its coast: "on the border of Karsa and Tovar", "near Tovar's
border with Karsa", "off the Tovari coast".

The point lies on that line: in the region that is named beside it, else in its middle; how far the
line goes on from there is told in kilometres.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.borders import Point
from sayso.language.geography.lines import border, coast, middle, nearest
from sayso.language.geography.placenames import demonyms
from sayso.language.geography.references import head_of
from sayso.language.trees import Sentence, Token
from sayso.records import Place, PlaceMention

_LEAST_KM = 15


def on_line(
    place: Place, mention: PlaceMention, sentence: Sentence, mentions: Sequence[PlaceMention]
) -> Place:
    """A country or a region of a claim, moved to the border or the coast of it that its sentence
    tells of; itself where it tells of none.
    """
    if place.precision not in ("country", "region") or place.lat is None or place.lon is None:
        return place
    for noun in sentence.tokens:
        is_coast = noun.lower in noun.words("places", "near.coasts")
        if not is_coast and noun.lower not in noun.words("places", "near.borders"):
            continue
        if noun.relation in ("compound", "amod", "flat") or not _ties(noun, sentence, mention):
            continue
        lands = _lands(noun, sentence, mentions)
        if place.precision == "country" and place.country not in lands:
            continue
        line, home = _coast(lands, place) if is_coast else _border(noun, lands, place, mentions)
        if line:
            return _placed(place, line, home, _said(noun, sentence, mention, lands))
    return place


def _ties(noun: Token, sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a border is told with a place: a country's own, or one in or near the region."""
    head = head_of(sentence, mention.start, mention.end)
    above = [head, *head.ancestors()]
    return noun in above or noun.head in above or head in noun.ancestors()


def _lands(noun: Token, sentence: Sentence, mentions: Sequence[PlaceMention]) -> list[str]:
    """The countries of a border or a coast, in text order: named, or by their peoples."""
    people = demonyms(noun.language)
    named = [m for m in mentions if m.precision == "country" and m.country]
    found = []
    for token in noun.subtree():
        own = next((m.country for m in named if m.start <= token.start < m.end), None)
        found.append(own or people.get(token.lower))
    return list(dict.fromkeys(land for land in found if land))


def _coast(lands: Sequence[str], place: Place) -> tuple[tuple[Point, ...], str | None]:
    home = lands[0] if lands else place.country
    return coast(home or ""), home


def _border(
    noun: Token, lands: Sequence[str], place: Place, mentions: Sequence[PlaceMention]
) -> tuple[tuple[Point, ...], str | None]:
    """The border of two countries, and the one that it is told of: of one named alone, or of some
    that each have one, the one of the region, else the one that the text speaks of most of those
    that it borders on.
    """
    each = "Number=Plur" in noun.feats or place.precision == "region"
    two = border(lands[0], lands[1]) if len(lands) > 1 else ()
    if two and not each:
        return two, lands[0]
    told = Counter(m.country for m in mentions if m.country and m.country not in lands)
    homes = [place.country, *(land for land, _ in told.most_common())]
    for land in lands:
        for home in homes:
            if home and (line := border(land, home)):
                return line, home
    return two, lands[0] if lands else None


def _placed(place: Place, line: Sequence[Point], home: str | None, text: str | None) -> Place:
    whole = middle(line)
    at, radius = whole, whole.radius
    if place.precision == "region" and place.lat is not None and place.lon is not None:
        reach = place.uncertainty_km or 0
        near = nearest(line, place.lat, place.lon)
        if near.radius > reach:  # hardly a border of that region
            return place
        at, radius = near, min(reach, whole.radius)
    told = {"lat": round(at.lat, 4), "lon": round(at.lon, 4), "country": home}
    far = {"precision": "near", "uncertainty_km": max(round(radius), _LEAST_KM)}
    if place.precision == "region":
        return replace(place, **told, **far)
    return replace(place, **told, **far, text=text or place.text, name=None, geonameid=None)


def _said(
    noun: Token, sentence: Sentence, mention: PlaceMention, lands: Sequence[str]
) -> str | None:
    """The words from the border's to its last country's, or the other way: "border of Karsa and
    Tovar"."""
    people = demonyms(noun.language)
    words = [t for t in noun.subtree() if t.pos == "PROPN" or people.get(t.lower) in lands]
    ends = [noun.start, noun.end, mention.start, mention.end]
    ends += [end for t in words for end in (t.start, t.end)]
    return sentence.quote(min(ends), max(ends))
