"""Where a claim took place: the place of its own words, else of the words before, and on what
ground.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.claims.setting.governing import Spans, covered, governing, inside, is_dateline, of_saying
from sayso.language.geography.references import acts
from sayso.language.trees import Sentence, Token
from sayso.records import Place, PlaceMention

_PRECISE = {"point": 0, "city": 1, "region": 2, "area": 3, "country": 4}


def where(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[PlaceMention],
    references: Sequence[PlaceMention],
    apart: Spans,
) -> Place | None:
    """The place of a claim whose word is `predicate` in sentence `index`, or None.

    `references` are words that stand for a place named before, `apart` the spans of sayers and
    cues. `basis` is "sentence"; "reference" (the sentence says "the city", "several regions");
    "sayer" (the town of whoever says it: "Karsa police said"); "neighbour" (an earlier sentence of
    the paragraph or of the paragraph before); "dateline" (the first place of the text, if it comes
    before); or "story" (the only country that the text names).
    """
    sentence = sentences[index]
    both = sorted([*mentions, *references], key=lambda m: m.start)
    own = governing(sentence, predicate, both, apart) or [
        # "reported new shootings in Oslo": the place hangs on the verb and belongs to its object.
        m
        for m in of_saying(sentence, predicate, both, apart)
        if predicate.dep == "obj" and m.start > predicate.start
    ]
    own = [m for m in own if not acts(sentence, m)]
    if own:
        place = _most_precise(own)
        return _place(place, "reference" if _is_one(place, references) else "sentence")
    town = _towns(sentence, mentions, apart)
    if town:
        return _place(town[0], "sayer")
    for earlier in reversed(sentences[:index]):
        if earlier.paragraph < sentence.paragraph - 1:
            break
        near = [m for m in inside(earlier, both, apart) if not acts(earlier, m)]
        near = near or _towns(earlier, mentions, apart)
        if near:
            basis = "dateline" if is_dateline(earlier) else "neighbour"
            return _place(_most_precise(near), basis)
    before = [m for m in mentions if m.start < predicate.start]
    first = next((m for m in before if m.lat is not None), None) or next(iter(before), None)
    if first is not None:
        return _place(first, "dateline")
    only = {m.country for m in mentions if m.country}
    home = next((m for m in mentions if m.precision == "country"), None)
    return _place(home, "story") if home is not None and len(only) == 1 else None


def _is_one(mention: PlaceMention, references: Sequence[PlaceMention]) -> bool:
    return any(mention is reference for reference in references)


def _towns(
    sentence: Sentence, mentions: Sequence[PlaceMention], apart: Spans
) -> list[PlaceMention]:
    """The towns named in a sentence's sayers."""
    named = inside(sentence, mentions)
    return [m for m in named if m.precision == "city" and covered(m.start, apart)]


def _most_precise(mentions: Sequence[PlaceMention]) -> PlaceMention:
    """The most precise of the nearest mentions: the city, not the country named beside it."""
    return min(mentions[:3], key=lambda m: _PRECISE.get(m.precision or "city", 1))


def _place(mention: PlaceMention, basis: str) -> Place:
    return Place(
        text=mention.text,
        name=mention.name,
        geonameid=mention.geonameid,
        lat=mention.lat,
        lon=mention.lon,
        country=mention.country,
        precision=mention.precision,
        basis=basis,
        runner_up=mention.runner_up,
    )
