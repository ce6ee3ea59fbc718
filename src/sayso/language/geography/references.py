"""Words that stand for a place named before: "the city", "the capital", "the square", "several
regions".

Each is settled by what the text has named up to there, and taken for no name itself: a mention here
lies where the words stand, and carries the name, point and precision of what they mean. Words that
nothing settles are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.language.gazetteer import Gazetteer
from sayso.language.geography.placenames import demonyms, is_governed, is_label
from sayso.language.grammar.features import is_past_participle
from sayso.language.grammar.noun_phrase import is_definite
from sayso.language.places import spot
from sayso.language.trees import Sentence, Token
from sayso.lexicon import words
from sayso.records import PlaceMention

_ACTING = ("nsubj", "obl:agent", "vocative")


def references(
    sentences: Sequence[Sentence], mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> list[PlaceMention]:
    """The references of a document in text order; `mentions` are its place names in text order.

    A town, a region, a square is the last one named that takes no part of its own ("Moscow said").
    A country is the one that the sentence or the one before names, else the one named most. Several
    places that have no names ("in different regions", "nationwide") are their country.
    Raises `EngineError` if the gazetteer is damaged.
    """
    found: list[PlaceMention] = []
    people = demonyms(sentences[0].language) if sentences else {}
    told: Counter[str] = Counter()
    named: list[PlaceMention] = []
    recent: list[str] = []
    left = list(mentions)
    whole = Counter(m.country for m in mentions if m.country)
    for sentence in sentences:
        own = [m for m in left if m.end <= sentence.end]
        left = left[len(own) :]
        still = [m for m in own if not acts(sentence, m)]
        countries = [m.country for m in still if m.country and m.precision == "country"]
        taken = {t.i for m in own for t in sentence.tokens if t.start < m.end and m.start < t.end}
        for token in sentence.tokens:
            if token.i in taken or not _refers(token, taken):
                continue
            before = [*named, *(m for m in still if m.end <= token.start)]
            home = _one(countries) or _one(recent) or _most(told) or _most(whole)
            meant = _meant(token, before, home, gazetteer)
            if meant is not None:
                found.append(replace(meant, start=token.start, end=token.end))
        named += still
        spoken = [people[t.lower] for t in sentence.tokens if t.lower in people]
        told.update([m.country for m in own if m.country] + spoken)
        recent = countries
    return found


def acts(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place stands for those who act from it: "Moscow said", "a Moscow-led force".

    A country that something is done to is a party too ("Kenya was accused"), a town the place
    ("Lviv was shelled").
    """
    head = head_of(sentence, mention.start, mention.end)
    led = is_past_participle(head.head) and head.head.relation == "amod"
    placed = any(t.lower in head.words("places", "around.leading") for t in head.kids("case"))
    party = (head.dep in _ACTING and not placed) or (
        head.dep == "nsubj:pass" and mention.precision == "country"
    )
    return led or party or (head.entity in ("ORG", "NORP", "PERSON") and not _is_in(head, mention))


def _is_in(head: Token, mention: PlaceMention) -> bool:
    """Whether something is "in" a name that the engine took for a body's, and that is all of it."""
    line = head.line()
    own = [t.i for t in line if t.start < mention.end and mention.start < t.end]
    beside = line[max(0, own[0] - 1) : own[0]] + line[own[-1] + 1 : own[-1] + 2]
    led = any(t.lower in head.words("places", "around.leading") for t in head.kids("case"))
    led = led or is_governed(line[own[0] : own[-1] + 1])
    led = led or is_label(line[own[0] : own[-1] + 1])
    return led and all(t.entity != head.entity for t in beside)


def head_of(sentence: Sentence, start: int, end: int) -> Token:
    """The token of a span of the document that hangs on a token outside it."""
    inside = [t for t in sentence.tokens if t.start < end and start < t.end]
    return next((t for t in inside if t.head not in inside or t.head is t), inside[0])


def is_ground(mention: PlaceMention, language: str) -> bool:
    """Whether a name in that language is that of a building, a street or grounds."""
    return mention.text.lower().split()[-1] in words("places", "facilities.last", language)


def _most(countries: Counter[str]) -> str | None:
    return max(countries, key=lambda c: (countries[c], c), default=None)


def _one(countries: Sequence[str]) -> str | None:
    return countries[0] if len(set(countries)) == 1 else None


def _refers(token: Token, named: set[int]) -> bool:
    """Whether a word can stand for a place named before: "the city", but not "the next city", "the
    city of Gao" or "the city council".
    """
    if token.lower in token.words("places", "references.wide"):
        return True
    if token.pos not in ("NOUN", "PROPN") or token.relation in ("compound", "flat", "appos"):
        return False
    if token.dep in _ACTING or any(t.i in named for t in token.subtree()):
        return False
    if token.lower in token.words("places", "references.plural"):
        leads = [*token.kids("case"), *token.head.kids("case")]
        return any(t.lower in token.words("places", "references.placing") for t in leads)
    definite = is_definite(token) or token.lower in token.words("places", "near.coasts")
    others = (t.lower for t in token.kids("amod", "compound", "nummod"))
    return definite and token.words("places", "references.other").isdisjoint(others)


def _meant(
    token: Token, before: Sequence[PlaceMention], home: str | None, gazetteer: Gazetteer
) -> PlaceMention | None:
    word = token.lower
    owner = token.kid("nmod:poss")
    people = next((demonyms(token.language).get(t.lower) for t in token.kids("amod")), None)
    if word in token.words("places", "references.capital"):
        return _of_country(people or home, "capital", before, gazetteer)
    if any(word in token.words("places", f"near.{line}") for line in ("borders", "coasts")):
        return _of_country(people, "country", before, gazetteer)
    if word in token.words("places", "references.country"):
        return _of_country(home, "country", before, gazetteer) if owner is None else None
    if any(word in token.words("places", f"references.{key}") for key in ("wide", "plural")):
        return _of_country(home, "country", before, gazetteer)
    if owner is not None:
        return None
    if word in token.words("places", "references.city"):
        towns = [
            m for m in before if m.precision in ("city", None) and not is_ground(m, token.language)
        ]
        return towns[-1] if towns else None
    part = word in token.words("places", "kinds.part")
    if part or word in token.words("places", "kinds.region"):
        regions = [m for m in reversed(before) if m.precision == "region"]
        alike = (m for m in regions if part == bool(m.admin2))  # no province is "the district"
        return next(alike, None) or next(iter(regions), None)
    if word in token.words("places", "facilities.last"):
        return next((m for m in reversed(before) if m.text.lower().endswith(word)), None)
    return None


def _of_country(
    country: str | None, kind: str, before: Sequence[PlaceMention], gazetteer: Gazetteer
) -> PlaceMention | None:
    """The country or its capital, by the name that the text gave it, else by the gazetteer's."""
    place = gazetteer.of_country(country, kind) if country else None
    if place is None:
        return None
    said = next((m for m in reversed(before) if m.geonameid == place.geonameid), None)
    return said or PlaceMention(start=0, end=0, text=place.name, **spot(place, gazetteer))
