"""Which places a text names, and where on the map each of them is.

Names come from the engine's entities and, where those are silent, from the gazetteer; `senses`
settles what they mean. A name that nothing settles stays a mention without a point. Nothing here
says what happened where: that is the business of claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sayso.language.gazetteer import Candidate, Gazetteer, fold
from sayso.language.senses import Name, options, settle
from sayso.language.trees import Entity, Sentence, Token
from sayso.lexicon import table, words
from sayso.records import PlaceMention

# A town this large is a place even where the engine saw no name at all, or that of a body.
_LARGE, _LARGE_IN_BODY = 200_000, 100_000
# The longest place name looked for word by word.
_LONGEST = 4

_JOINTS = frozenset([",", "/", "and", "&", ";", "(", ")", "or", "–", "—"])
_EDGES = frozenset(["the", "a", "an", *"'’\"“”-:.?!", "'s", "’s"])
_LEADS = frozenset(["in", "near", "from", "at", "outside"])
_INSIDE = frozenset(["of", "in", "for", "the", "at"])


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Words of a sentence that name a place.

    A `facility` is a building, a street or grounds; `named_for` are its words that name the town
    or county which it belongs to, as in "Aktau Airport".
    """

    number: int
    sentence: Sentence
    tokens: tuple[Token, ...]
    facility: bool = False
    named_for: tuple[Token, ...] = ()

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def settled_by(self) -> tuple[Token, ...]:
        return self.named_for if self.facility else self.tokens


def places(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[PlaceMention]:
    """The place names of a document in text order, each with its point where one is clear.

    A building or a street gets the point of the town that it is named for, or of the only town that
    its sentence names. Names of peoples ("Kazakh") vote for their country and are no mentions.
    Raises `EngineError` if the gazetteer is damaged.
    """
    runs = _runs(sentences, gazetteer)
    askable = [run for run in runs if run.settled_by]
    row = {id(run): n for n, run in enumerate(askable)}
    names = [
        Name(_text(run.settled_by), _kind(run), row.get(id(wider)) if wider else None)
        for run, wider in _contained(askable, gazetteer)
    ]
    found = settle(names, _peoples(sentences), gazetteer)
    placed = {id(run): place for run, place in zip(askable, found, strict=True)}
    return [_mention(run, placed.get(id(run)) or _town(run, runs, placed)) for run in runs]


# Finding names


def _runs(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[_Run]:
    """All names of places in text order; of two that overlap, the first and longer."""
    runs = [
        run
        for number, sentence in enumerate(sentences)
        for entity in sentence.entities
        if entity.label == "LOC"
        for run in _of_entity(number, sentence, entity, gazetteer)
    ]
    keys = {fold(_text(run.tokens)) for run in runs if not run.facility}
    known = {c.id for key in keys for c in options(key, gazetteer) if c.main}
    runs = [_with_town(run, known, gazetteer) if run.facility else run for run in runs]
    for number, sentence in enumerate(sentences):
        runs += [_Run(number, sentence, tuple(r)) for r in _unseen(sentence, gazetteer)]
        for entity in sentence.entities:
            if entity.label == "ORG":
                body = _in_body(entity, known, gazetteer)
            elif entity.label == "PERSON":
                body = _no_person(entity, sentence, keys)
            else:
                continue
            if body:
                runs.append(_Run(number, sentence, tuple(body)))
    runs.sort(key=lambda run: (run.start, -run.end))
    kept: list[_Run] = []
    for run in runs:
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return kept


def _of_entity(
    number: int, sentence: Sentence, entity: Entity, gazetteer: Gazetteer
) -> Iterator[_Run]:
    lists = table("places")["facilities"]
    for part in _split(list(entity.tokens), gazetteer):
        tokens = _trim(part)
        if not tokens or _no_place(tokens, sentence):
            continue
        facility = len(tokens) > 1 and (
            tokens[-1].lower in lists["last"] or tokens[0].lower in lists["first"]
        )
        yield _Run(number, sentence, tuple(tokens), facility)


def _split(tokens: list[Token], gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """A list of names cut into its names, unless the whole is one ("Bosnia and Herzegovina")."""
    if any(t.lower in _JOINTS for t in tokens) and gazetteer.find(_text(tokens)):
        yield tokens
        return
    part: list[Token] = []
    for token in tokens:
        if token.lower in _JOINTS:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _trim(tokens: list[Token]) -> list[Token]:
    """The name without article, possessive, stray marks, and "eastern" in lower case."""
    aside = table("places")["kinds"]["before"]
    while tokens and (tokens[0].lower in _EDGES or (tokens[0].text in aside and len(tokens) > 1)):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower in _EDGES or (tokens[-1].text.islower() and tokens[1:])):
        tokens = tokens[:-1]
    return tokens


def _no_place(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether these are words like "Central", or an abbreviation without its dot ("Miss")."""
    text = _text(tokens)
    after = sentence.text[tokens[-1].end - sentence.start :][:1]
    dotless = fold(text) in _dotted() and "." not in text + after and not text.isupper()
    return (
        dotless
        or fold(text) in words("places", "words.never")
        or not any(c.isalpha() for c in text)
    )


@cache
def _dotted() -> frozenset[str]:
    """Abbreviations of regions that are other words without their dot: "Miss.", "Ill."."""
    return frozenset(
        fold(name)
        for names in table("places")["regions"].values()
        for name in names
        if name.endswith(".") and name.count(".") == 1
    )


def _unseen(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """Capitalised words that the engine took for no name, and yet are a country or a large town."""
    run: list[Token] = []
    for token in (*sentence.tokens, None):
        if (
            token is not None
            and token.entity in ("", "MISC")
            and token.pos == "PROPN"
            and token.text[:1].isupper()
        ):
            run.append(token)
            continue
        while run:
            for end in range(min(len(run), _LONGEST), 0, -1):
                if _well_known(run[:end], gazetteer, _LARGE) and not _no_place(run[:end], sentence):
                    yield run[:end]
                    run = run[end:]
                    break
            else:
                run = run[1:]


def _well_known(tokens: Sequence[Token], gazetteer: Gazetteer, people: int) -> bool:
    """Whether the name alone is enough: a country, an area, a large region, a large town's own."""
    text = _text(tokens)
    if len(text) < 4 and "." not in text and text not in ("US", "UK", "UAE", "USA"):
        return False
    return any(
        c.main and (c.kind in ("country", "area") or c.population >= people)
        for c in gazetteer.find(text)
    )


def _in_body(entity: Entity, known: set[int], gazetteer: Gazetteer) -> list[Token] | None:
    """The place in the name of a body, if it is plainly one: known by itself or to the document."""
    tokens = [t for t in entity.tokens if t.lower not in _EDGES]
    starts = [0, *(n + 1 for n, t in enumerate(tokens) if t.lower in _INSIDE)]
    never = words("places", "words.never")
    for start in starts:
        for end in range(min(len(tokens), start + _LONGEST), start, -1):
            run = tokens[start:end]
            if not (run[0].text[:1].isupper() and run[-1].text[:1].isupper()):
                continue
            if fold(_text(run)) in never:
                continue
            if _well_known(run, gazetteer, _LARGE_IN_BODY) or any(
                c.main and (c.id in known or run[-1].lower == "county")
                for c in options(_text(run), gazetteer)
            ):
                return run
    return None


def _no_person(entity: Entity, sentence: Sentence, keys: set[str]) -> list[Token] | None:
    """A person's name that is a place after all: so named elsewhere, and led in by "in"."""
    first = entity.tokens[0].i
    lead = sentence.tokens[first - 1].lower if first else ""
    run = _trim(list(entity.tokens))
    return run if run and lead in _LEADS and fold(_text(run)) in keys else None


def _with_town(run: _Run, known: set[int], gazetteer: Gazetteer) -> _Run:
    """The facility with the words that name its town, county or state, if it is named for one.

    Streets are named for places far away; only a place that the document speaks of will do.
    """
    for end in range(min(len(run.tokens) - 1, _LONGEST), 0, -1):
        head = run.tokens[:end]
        if any(
            c.main and (c.id in known or head[-1].lower == "county")
            for c in options(_text(head), gazetteer)
        ):
            return _Run(run.number, run.sentence, run.tokens, True, head)
    return run


# What the words around say


def _kind(run: _Run) -> str | None:
    """ "region" for "Anbar province" and "the state of Lagos", "city" for "the town of Gao"."""
    tokens, run_tokens = run.sentence.tokens, run.settled_by
    first, last = run_tokens[0].i, run_tokens[-1].i
    said = {tokens[last + 1].lower} if last + 1 < len(tokens) else set()
    if first > 1 and tokens[first - 1].lower == "of":
        said.add(tokens[first - 2].lower)
    if len(run_tokens) > 1:
        said.add(run_tokens[-1].lower)
    for kind in ("region", "city"):
        if said & words("places", f"kinds.{kind}"):
            return kind
    return None


def _contained(runs: Sequence[_Run], gazetteer: Gazetteer) -> Iterator[tuple[_Run, _Run | None]]:
    """Each name with the one that says what it lies in: "Paris" with "Texas" in "Paris, Texas"."""
    for run, wider in pairwise([*runs, None]):
        if run is None:
            return
        yield run, wider if wider and _lies_in(run, wider, gazetteer) else None


def _lies_in(run: _Run, wider: _Run, gazetteer: Gazetteer) -> bool:
    if run.number != wider.number or run.facility or wider.facility:
        return False
    tokens = run.sentence.tokens
    between = [t.lower for t in tokens[run.tokens[-1].i + 1 : wider.tokens[0].i]]
    if between not in ([","], ["("], ["in"], [",", "in"]):
        return False
    text = _text(wider.tokens)
    own = _levels(_text(run.tokens), gazetteer)
    outer = _levels(text, gazetteer)
    # "Georgia, Alabama and Florida" is a list; "Washington, Pa." is not.
    return bool(outer) and (not own & outer or "." in text or text.isupper())


def _levels(text: str, gazetteer: Gazetteer) -> set[tuple[str, bool]]:
    return {
        (c.kind, c.part)
        for c in options(text, gazetteer)
        if c.main and c.kind in ("region", "country")
    }


def _peoples(sentences: Sequence[Sentence]) -> Counter[str]:
    """How often the document names the people of each country."""
    demonyms = _demonyms()
    return Counter(
        country
        for sentence in sentences
        for token in sentence.tokens
        if (country := demonyms.get(token.lower) or demonyms.get(token.lower.removesuffix("s")))
    )


@cache
def _demonyms() -> dict[str, str]:
    return {
        name.lower(): country
        for country, names in table("places")["demonyms"].items()
        for name in names
    }


# Saying where


def _town(run: _Run, runs: Sequence[_Run], placed: dict[int, Candidate | None]) -> Candidate | None:
    """The only town that a facility's sentence names."""
    if not run.facility:
        return None
    towns = {
        place.id: place
        for other in runs
        if other.number == run.number and not other.facility
        if (place := placed.get(id(other))) and place.kind == "city"
    }
    return next(iter(towns.values())) if len(towns) == 1 else None


def _text(tokens: Sequence[Token]) -> str:
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        parts += ["" if before.end == token.start else " ", token.text]
    return "".join(parts)


def _mention(run: _Run, place: Candidate | None) -> PlaceMention:
    text = run.sentence.quote(run.start, run.end)
    if place is None:
        return PlaceMention(start=run.start, end=run.end, text=text)
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
    )
