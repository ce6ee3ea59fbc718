"""Where a claim took place: the place of its own words, else of the words before, and on what
ground.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, tee
from operator import attrgetter

from msgspec.structs import replace

from sayso.claims.setting.bordering import on_line
from sayso.claims.setting.governing import (
    Spans,
    covered,
    governing,
    inside,
    is_dateline,
    is_heading,
    of_saying,
    own_of,
)
from sayso.claims.setting.nearness import aside, beside, is_beside
from sayso.claims.setting.ownership import (
    heads_text,
    is_elsewhere,
    is_on_the_way,
    is_only_told_there,
    speaks_there,
)
from sayso.language.geography.placenames import is_label
from sayso.language.geography.references import acts, head_of
from sayso.language.trees import Sentence, Token
from sayso.records import Place, PlaceMention, Spot

_PRECISE = {"point": 0, "city": 1, "region": 2, "area": 3, "country": 4}
# How far off a place may be that only the text's next name on the map tells of.
_ABOUT_KM = 100
# How many places are remembered with what their sentence says of them.
_KEPT = 4096
# Characters between an owner's name and what is its: "'s ".
_OWNED = range(2, 4)


def where(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    figure: Sequence[Token],
    mentions: Sequence[PlaceMention],
    references: Sequence[PlaceMention],
    apart: Spans,
) -> Place | None:
    """The place of a claim whose word is `predicate` in sentence `index`, or None.

    `figure` are the claim's own words: of "three in Karsa and eight in Tovar" each has its place.
    `references` are words that stand for a place named before, `apart` the spans of sayers and
    cues. `basis` is "sentence"; "reference" (the sentence says "the city", "several regions");
    "sayer" (the town of whoever says it, else their region: "Karsa police said"); "neighbour" (an
    earlier sentence of the paragraph or of the paragraph before, or a later one of it); "dateline"
    (the first place of the text, if it comes before); or "story" (the only country that the text
    names). A place that is on no map has the point of what it lies in, or else that of the text's
    next name on the map.
    """
    sentence = sentences[index]
    mentions = [
        m
        for s, m in _homes(sentences, mentions)
        if not (
            is_only_told_there(s, m, predicate) or _of_part(s, m, predicate, figure)
            if s is sentence
            else _is_only_told_there(s, m)
        )
    ]
    here = inside(sentence, mentions)
    apart = [s for s in apart if not (_lies_in(s, sentence) and _heads_item(sentence, here, s))]
    own = _of_figure(sentences[index], predicate, figure, mentions)
    still, known = (_without_ways(sentences, ms, predicate) for ms in (mentions, references))
    found = (
        own
        or _named(sentences, index, predicate, still, known, apart)
        or _named(sentences, index, predicate, mentions, references, apart)
    )
    if found is None:
        return None
    mention, basis = found
    home = next((s for s in sentences if s.start <= mention.start and mention.end <= s.end), None)
    place = at(mention, basis)
    if home is not None and home.quote(mention.start, mention.end) == mention.text:
        place = replace(place, text=_expression(mention, home, mentions))
    if home is not None:
        lined = on_line(place, mention, home, mentions)
        if lined is not place:
            return lined
    if place.lat is None and place.precision != "area":
        return _located(place, mention, sentences, index, mentions)
    if basis not in ("sentence", "sayer") and home is not sentences[index]:
        place = aside(place, sentences[index], predicate)
    return beside(place, mention, home, mentions) if home else place


def _without_ways(
    sentences: Sequence[Sentence], mentions: Sequence[PlaceMention], predicate: Token
) -> list[PlaceMention]:
    """The mentions but those of places that somebody only comes from or goes to."""
    ways = {
        (m.start, m.end)
        for s, m in _homes(sentences, mentions)
        if (is_on_the_way(s, m, predicate) if s is predicate.sentence else _is_on_the_way(s, m))
    }
    return [m for m in mentions if (m.start, m.end) not in ways]


def _homes(
    sentences: Sequence[Sentence], mentions: Iterable[PlaceMention]
) -> Iterator[tuple[Sentence, PlaceMention]]:
    """The mentions, each with the sentence that it stands in; both are in text order."""
    for mention in mentions:
        n = bisect_right(sentences, mention.start, key=attrgetter("start")) - 1
        if n >= 0 and mention.end <= sentences[n].end:
            yield sentences[n], mention


# What a sentence says of a place does not hang on a claim that stands in another: a long text has
# many claims, each of which asks it of all places.


@lru_cache(_KEPT)
def _is_only_told_there(sentence: Sentence, mention: PlaceMention) -> bool:
    return is_only_told_there(sentence, mention, None)


@lru_cache(_KEPT)
def _is_on_the_way(sentence: Sentence, mention: PlaceMention) -> bool:
    return is_on_the_way(sentence, mention, None)


def _lies_in(span: tuple[int, int], sentence: Sentence) -> bool:
    return span[0] < sentence.end and sentence.start < span[1]


def _heads_item(
    sentence: Sentence, mentions: Sequence[PlaceMention], span: tuple[int, int]
) -> bool:
    """Whether a sayer is but the place at the head of an item of a list: "- Karsa: two killed"."""
    named = [m for m in mentions if covered(m.start, [span])]
    return any(
        is_label([t for t in sentence.tokens if covered(t.start, [(m.start, m.end)])])
        for m in named
    )


def _of_figure(
    sentence: Sentence, predicate: Token, figure: Sequence[Token], mentions: Sequence[PlaceMention]
) -> tuple[PlaceMention, str] | None:
    """The place that hangs on a claim's number: of "three died in Karsa and eight in Tovar" the
    second's.
    """
    beside = own_of(sentence, figure, mentions)
    if beside is not None and _is_scene(sentence, beside):
        return _smallest(beside, sentence, mentions), "sentence"
    counted = [t for t in figure if t is not predicate and t.pos in ("NUM", "NOUN")]
    for mention in inside(sentence, mentions):
        head = head_of(sentence, mention.start, mention.end)
        placed = any(
            t.lower in sentence.words("places", "references.placing") for t in head.kids("case")
        )
        if placed and head.head in counted and _is_scene(sentence, mention):
            return mention, "sentence"
    return None


def _of_part(
    sentence: Sentence, mention: PlaceMention, predicate: Token, figure: Sequence[Token]
) -> bool:
    """Whether only a part of those counted is told to be there: "six, including a boy in Karsa",
    "six died: four in Karsa and two in Tovar"."""
    behind = sentence.tokens[figure[-1].i + 1 :]
    colon = next((t for t in behind if t.text == ":"), None)
    if colon is not None and colon.end <= mention.start:
        between = sentence.tokens[colon.i + 1 :]
        return any(t.pos == "NUM" and t.end <= mention.start for t in between)
    parts, head = (
        sentence.words("harm", "parts.before"),
        head_of(sentence, mention.start, mention.end),
    )
    for token in (head, *head.ancestors()):
        if any(t.lower in parts for t in token.kids("case")):
            return token.head in figure or token not in figure
        if token is predicate:
            break
    return False


def _named(
    sentences: Sequence[Sentence],
    index: int,
    predicate: Token,
    mentions: Sequence[PlaceMention],
    references: Sequence[PlaceMention],
    apart: Spans,
) -> tuple[PlaceMention, str] | None:
    """The mention that is a claim's place, and on what ground."""
    sentence = sentences[index]
    both = sorted([*mentions, *references], key=lambda m: m.start)
    own = governing(sentence, predicate, both, apart) or [
        # "reported new shootings in Oslo": the place hangs on the verb and belongs to its object.
        m
        for m in of_saying(sentence, predicate, both, apart)
        if predicate.dep == "obj" and m.start > predicate.start
    ]
    own = [m for m in own if _is_scene(sentence, m)]
    if own:
        mention = _smallest(_most_precise(own, sentence), sentence, mentions)
        return mention, "reference" if _is_one(mention, references) else "sentence"
    town = _of_sayers(sentence, mentions, apart, "city")
    if town:
        return town[0], "sayer"
    near = _before(sentences, index, both, apart)
    if near is not None and near[1] != "dateline":
        return near
    # "troops held three in a raid on a cell in Karsa": the place hangs on a deeper word
    loose = [m for m in inside(sentence, mentions, apart) if _is_scene(sentence, m)]
    if loose:
        return _smallest(_most_precise(loose, sentence), sentence, mentions), "sentence"
    if near is not None:
        return near
    first = _first(sentences, index, predicate, mentions)
    region = _of_sayers(sentence, mentions, apart, "region")
    if region and (first is None or first.precision == "country"):
        return region[0], "sayer"
    if first is not None:
        return first, "dateline"
    only = {m.country for m in mentions if m.country}
    told = _scenes(sentences, mentions)
    home = next((m for m in told if m.precision == "country"), None)
    if home is not None and len(only) == 1:
        return home, "story"
    behind = _behind(sentences, index, predicate, mentions)
    return (behind, "neighbour") if behind is not None else None


def _before(
    sentences: Sequence[Sentence], index: int, mentions: Sequence[PlaceMention], apart: Spans
) -> tuple[PlaceMention, str] | None:
    """The place of the sentence before, as far back as the paragraph before begins; what heads the
    report only where nothing else is named. Nowhere that people are taken to after it happened.
    """
    heading, later = None, sentences[index].words("episodes", "afterwards")
    mentions = [m for m in mentions if m.text.split()[-1].lower() not in later]
    for earlier in reversed(sentences[:index]):
        if earlier.paragraph < sentences[index].paragraph - 1:
            break
        near = [m for m in inside(earlier, mentions, apart) if _is_scene(earlier, m)]
        near = near or _of_sayers(earlier, mentions, apart, "city")
        if near and not is_dateline(earlier):
            headed = is_heading(earlier) and earlier.paragraph == sentences[index].paragraph
            place = _smallest(_most_precise(near, earlier), earlier, mentions)
            return place, "sentence" if headed else "neighbour"
        if near and heading is None:
            heading = _smallest(_most_precise(near, earlier), earlier, mentions), "dateline"
    return heading


def _first(
    sentences: Sequence[Sentence], index: int, predicate: Token, mentions: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The first place of the text, if it comes before: one below a country that something happens
    at rather than what heads the report, one on the map rather than another.
    """
    before = [m for m in mentions if m.start < predicate.start]
    body = [s for s in sentences[:index] if not is_dateline(s)]
    told, again = tee(
        chain(
            (m for m in _scenes(body, before) if m.precision != "country"),
            _scenes(sentences, before, dateline=True),
        )
    )
    return next((m for m in told if m.lat is not None), None) or next(again, None)


def _behind(
    sentences: Sequence[Sentence], index: int, predicate: Token, mentions: Sequence[PlaceMention]
) -> PlaceMention | None:
    """The first place that the paragraph goes on to name, where nothing was named before: "A bomb
    went off. The car was passing through Karsa."
    """
    rest = [s for s in sentences[index:] if s.paragraph == sentences[index].paragraph]
    return next((m for m in _scenes(rest, mentions) if m.start > predicate.start), None)


@lru_cache(_KEPT)
def _is_scene(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether something can happen at a place that a sentence names."""
    return is_heading(sentence) or not (
        acts(sentence, mention) or is_elsewhere(sentence, mention) or heads_text(sentence, mention)
    )


def _scenes(
    sentences: Sequence[Sentence], mentions: Iterable[PlaceMention], dateline: bool = False
) -> Iterator[PlaceMention]:
    """The mentions of these sentences at which something can happen."""
    return (
        m
        for s, m in _homes(sentences, mentions)
        if _is_scene(s, m) or (dateline and heads_text(s, m))
    )


def _located(
    place: Place,
    mention: PlaceMention,
    sentences: Sequence[Sentence],
    index: int,
    mentions: Sequence[PlaceMention],
) -> Place:
    """A place that no map has, at the point of the country that it lies in, or of the nearest name
    in the text that is on the map.
    """
    known = [m for m in mentions if m.lat is not None and place.country in (None, m.country)]
    known.sort(key=lambda m: (m.precision == "country", _far(m, mention)))
    anchor = next(_scenes(sentences, known, dateline=True), None)
    if anchor is None:
        return place
    home_of = next(s for s in sentences if s.start <= anchor.start < s.end)
    given = {field: getattr(anchor, field) for field in _ANCHORED}
    if anchor.precision == "country" and is_beside(home_of, anchor):
        return place  # "near the border with Mali" is in no Mali
    at = replace(place, **given)
    if anchor.precision in ("region", "country", "area"):
        return at
    if home_of.start <= mention.start < anchor.start:
        close = beside(at, anchor, home_of, mentions)
        if close.precision == "near":
            return close
    return replace(at, precision="near", uncertainty_km=_ABOUT_KM)


_ANCHORED = (
    "lat", "lon", "country", "precision", "uncertainty_km", "admin1", "admin1_code",
)  # fmt: skip


def _far(anchor: PlaceMention, mention: PlaceMention) -> tuple[int, int]:
    """How far an anchor stands from a mention, the text before it first at the same distance."""
    return abs(anchor.start - mention.start), anchor.start


def _expression(mention: PlaceMention, sentence: Sentence, mentions: Sequence[PlaceMention]) -> str:
    """The place with what it lies in, as printed: "Karsa district, Helm province"."""
    end, chain = mention.end, list(mention.chain[1:])
    for wider in inside(sentence, mentions):
        if chain and wider.start >= end and wider.text == chain[0]:
            end = wider.end
            del chain[0]
    text = sentence.quote(mention.start, end)
    if "(" not in text or ")" in text:
        return text
    whole = sentence.quote(mention.start, end + 1)
    return whole if whole.endswith(")") else mention.text


def _is_one(mention: PlaceMention, references: Sequence[PlaceMention]) -> bool:
    return any(mention is reference for reference in references)


def _smallest(
    mention: PlaceMention, sentence: Sentence, mentions: Sequence[PlaceMention]
) -> PlaceMention:
    """The place that a sentence puts right into this one: Karsa, of "Karsa, Helm province" and of
    "Helm's Karsa district".
    """
    for smaller in inside(sentence, mentions):
        owned = smaller.chain[1:2] == (mention.text,) and smaller.start - mention.end in _OWNED
        inside_it = owned or (smaller.end <= mention.start and mention.text in smaller.chain[1:])
        if inside_it and (smaller.lat is not None or mention.lat is None):
            return smaller
    return mention


def _of_sayers(
    sentence: Sentence, mentions: Sequence[PlaceMention], apart: Spans, precision: str
) -> list[PlaceMention]:
    """The towns or the regions of a sentence's sayers who speak from there."""
    named = inside(sentence, mentions)
    return [m for m in named if m.precision == precision and speaks_there(sentence, m, apart)]


def _most_precise(mentions: Sequence[PlaceMention], sentence: Sentence) -> PlaceMention:
    """The most precise of the nearest mentions: the city, not the country named beside it; of two
    countries rather the one that nobody is called by ("a US soldier in Jordan").
    """

    def rank(mention: PlaceMention) -> tuple[int, bool]:
        called = head_of(sentence, mention.start, mention.end).relation == "compound"
        level = _PRECISE.get(mention.precision or "city", 1)
        return level, called and mention.precision == "country"

    return min(mentions[:3], key=rank)


def at(mention: PlaceMention, basis: str) -> Place:
    """The place that a mention names."""
    told = {field: getattr(mention, field) for field in Spot.__struct_fields__}
    return Place(text=mention.text, basis=basis, **told)
