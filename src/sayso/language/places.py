"""Which places a text names, and where on the map each of them is.

`placenames` finds the names and `senses` settles what they mean; this module says what the words
around a name tell of it, and writes the mentions. A name that nothing settles stays a mention
without a point. Nothing here says what happened where: that is the business of claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.folding import fold
from sayso.language.geography.placenames import Run, demonyms, runs, text_of
from sayso.language.geography.senses import Name, Sense, options, settle
from sayso.language.grammar.features import is_word
from sayso.language.spelling import bare
from sayso.language.trees import Sentence
from sayso.records import PlaceMention, RunnerUp


def places(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[PlaceMention]:
    """The place names of a document in text order, each with its point where one is clear.

    A building or a street gets the point of the town that it is named for, or of the only town that
    a sentence names beside it. Names of peoples ("Kazakh") vote for their country and are no
    mentions.
    Raises `EngineError` if the gazetteer is damaged.
    """
    found = runs(sentences, gazetteer)
    names = [
        Name(
            text_of(run.settled_by),
            _kind(run) if run.settled_by else None,
            n + 1 if n + 1 < len(found) and _lies_in(run, found[n + 1], gazetteer) else None,
        )
        for n, run in enumerate(found)
    ]
    if not found:
        return []
    meant = settle(names, _peoples(sentences), gazetteer, sentences[0].language)
    towns = _towns(found, meant)
    return [
        _mention(run, sense or (towns.get(_facility(run)) if run.facility else None))
        for run, sense in zip(found, meant, strict=True)
    ]


def _kind(run: Run) -> str | None:
    """ "region" for "Anbar province" and "the state of Lagos", "city" for "the town of Gao"."""
    tokens, run_tokens = run.sentence.tokens, run.settled_by
    first, last = run_tokens[0].i, run_tokens[-1].i
    said = {tokens[last + 1].lower} if last + 1 < len(tokens) else set()
    if first > 1 and is_word(tokens[first - 1], "genitive"):
        said.add(tokens[first - 2].lower)
    if len(run_tokens) > 1:
        said.add(run_tokens[-1].lower)
    for kind in ("region", "city"):
        if said & run.sentence.words("places", f"kinds.{kind}"):
            return kind
    return None


def _lies_in(run: Run, wider: Run, gazetteer: Gazetteer) -> bool:
    """Whether the next name says what this one lies in: "Texas" in "Paris, Texas"."""
    if run.number != wider.number or run.facility or wider.facility:
        return False
    tokens = run.sentence.tokens
    between = [t.lower for t in tokens[run.tokens[-1].i + 1 : wider.tokens[0].i]]
    if between and between[-1] in run.sentence.words("places", "around.within"):
        between = between[:-1] or [","]
    if between not in ([","], ["("]):
        return False
    text = text_of(wider.tokens)
    own = _levels(text_of(run.tokens), gazetteer, run.sentence.language)
    outer = _levels(text, gazetteer, run.sentence.language)
    # "Georgia, Alabama and Florida" is a list; "Washington, Pa." is not.
    return bool(outer) and (not own & outer or "." in text or text.isupper())


def _levels(text: str, gazetteer: Gazetteer, language: str) -> set[tuple[str, bool]]:
    return {
        (c.kind, c.part)
        for c in options(text, gazetteer, language)
        if c.main and c.kind in ("region", "country")
    }


def _peoples(sentences: Sequence[Sentence]) -> Counter[str]:
    """How often the document names the people of each country."""
    people = demonyms(sentences[0].language)
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


def _mention(run: Run, sense: Sense | None) -> PlaceMention:
    text = run.sentence.quote(run.start, run.end)
    if sense is None:
        precision = "point" if run.facility else None  # a square is no town, wherever it lies
        return PlaceMention(start=run.start, end=run.end, text=text, precision=precision)
    place = sense.place
    return PlaceMention(
        start=run.start,
        end=run.end,
        text=text,
        name=place.name,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        precision=place.kind,
        runner_up=_rival(sense.rival, sense.lead) if sense.rival else None,
    )


def _rival(place: Candidate, lead: float) -> RunnerUp:
    return RunnerUp(
        name=place.name,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        lead=lead,
    )
