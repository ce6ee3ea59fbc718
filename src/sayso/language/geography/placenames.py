"""Where a text names places: spans of words, before anybody asks what they mean.

Most are names that the engine saw as places, cut into single names. Others it took for persons or
bodies, or did not see: the words around and the gazetteer find those. Nothing here says where a
place is; that is the business of `senses` and `places`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise, takewhile

from sayso.language.gazetteer import Candidate, Gazetteer
from sayso.language.geography.folding import fold
from sayso.language.geography.senses import ENGLISH, options
from sayso.language.grammar.features import is_word
from sayso.language.spelling import bare
from sayso.language.trees import Entity, Sentence, Token
from sayso.lexicon import table
from sayso.lexicon.background import background

# A town this large is a place even where the engine saw no name at all, or that of a body.
_LARGE, _LARGE_IN_BODY, _LARGE_BODY, _LARGE_LABEL = 200_000, 100_000, 500_000, 50_000
# The longest place name looked for word by word.
_LONGEST = 4
_RARE = 100  # of 100,000 texts: a word in fewer is a name, as a rule

_CUTS = frozenset([",", "/", ";", "(", ")", "–", "—"])
_EDGES = frozenset("'’\"“”-:.?!")
_DASHES = frozenset(["-", "--", "–", "—"])


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Words of a sentence that name a place.

    A `facility` is a building, a street or grounds; `named_for` are its words that name the town
    or county which it belongs to, as in "Aktau Airport". `in_body` marks the place that a body is
    named for ("Oslo Police").
    """

    number: int
    sentence: Sentence
    tokens: tuple[Token, ...]
    facility: bool = False
    named_for: tuple[Token, ...] = ()
    in_body: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character in the document."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset past the last character in the document."""
        return self.tokens[-1].end

    @property
    def settled_by(self) -> tuple[Token, ...]:
        """The words that say where it is: of a facility only those that it is named for."""
        return self.named_for if self.facility else self.tokens


def runs(sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Run]:
    """All names of places in text order; of two that overlap, the first and longer."""
    found = [
        run
        for number, sentence in enumerate(sentences)
        for tokens in _seen(sentence, gazetteer)
        for run in _of_entity(number, sentence, tokens, gazetteer)
    ]
    people = _people(sentences)
    found = [run for run in found if not _is_person(run, people, gazetteer)]
    keys = {fold(text_of(run.tokens)) for run in found if not run.facility}
    language = sentences[0].language if sentences else ""
    known = {c.id for key in keys for c in options(key, gazetteer, language) if c.main}
    found = [_with_town(run, known, gazetteer) if run.facility else run for run in found]
    for number, sentence in enumerate(sentences):
        found += [Run(number, sentence, tuple(run)) for run in _unseen(sentence, gazetteer)]
        for entity in sentence.entities:
            if entity.label == "DATE" and (dated := _before_date(entity, gazetteer)):
                found.append(Run(number, sentence, tuple(dated)))
            if entity.label in ("LOC", "DATE", "MONEY"):
                continue
            body = False
            name = _misnamed(entity, sentence, keys, people, gazetteer)
            if name is None and entity.label in ("ORG", "MISC"):
                body, name = True, _in_body(entity, sentence, known, gazetteer)
            if name:
                found.append(Run(number, sentence, tuple(name), in_body=body))
    heads = [Run(n, s, words) for n, s in enumerate(sentences) if (words := _heading(s))]
    once = len({text_of(run.tokens) for run in heads}) == len(heads)  # not of those who speak
    found += heads if len(heads) > 1 and once else []
    found += [
        Run(n, s, tuple(s.tokens)) for n, s in enumerate(sentences) if _is_listed(s, gazetteer)
    ]
    found = [run for run in found if not (_is_christened(run) or _is_saints(run, gazetteer))]
    found = sorted(found, key=lambda run: (run.start, -run.end))
    kept: list[Run] = []
    for run in found:
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return kept


def _people(sentences: Sequence[Sentence]) -> set[str]:
    """First and last words of persons' full names: "clinton" where a "Marta Clinton" appears."""
    return {
        fold(token.text)
        for sentence in sentences
        for entity in sentence.entities
        if entity.label == "PERSON" and len(entity.tokens) > 1
        for token in (entity.tokens[0], entity.tokens[-1])
    }


def _is_person(run: Run, people: set[str], gazetteer: Gazetteer) -> bool:
    """Whether a person of the document bears the name, and nothing speaks for the small town.

    A full name that no map has is a person's too where somebody else has the surname.
    """
    first = run.tokens[0].i
    if len(run.tokens) == 2 and not _options(run.tokens, gazetteer):
        return fold(run.tokens[1].text) in people
    before = run.sentence.tokens[first - 1].lower if first else ""
    return (
        len(run.tokens) == 1
        and fold(run.tokens[0].text) in people
        and before not in (",", *run.sentence.words("places", "around.placing"))
        and not _well_known(run.tokens, gazetteer, _LARGE)
    )


def _is_christened(run: Run) -> bool:
    """Whether it is the name of a storm or a ship: "tropical storm Karsa", "the ferry Karsa"."""
    first = run.tokens[0]
    before = first.line()[max(0, first.i - 1) : first.i]
    return any(t.lower in first.words("places", "words.christened") for t in before)


def _is_saints(run: Run, gazetteer: Gazetteer) -> bool:
    """Whether it is called a saint's, and is no town: "at St Luke's", but not "in St. John's"."""
    behind = run.sentence.tokens[run.tokens[-1].i + 1 :][:1]
    owner = any(t.lower in t.words("places", "containment.owning") for t in behind)
    if not owner or run.tokens[0].lower not in run.sentence.words("places", "words.saints"):
        return False
    town = gazetteer.find(text_of((*run.tokens, *behind)))
    return not town and not _well_known(run.tokens, gazetteer, _LARGE_IN_BODY)


def _seen(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """The places that the engine saw; two with "and" between that are one name are one."""
    last: list[Token] = []
    for entity in sentence.entities:
        if entity.label != "LOC":
            yield from _called(entity, gazetteer)
            continue
        whole = list(sentence.tokens[last[0].i : entity.tokens[-1].i + 1]) if last else []
        gap = [t for t in whole[len(last) :] if t.i < entity.tokens[0].i and t.text != "."]
        if last and not gap and last[0].lower in sentence.words("places", "kinds.quarter"):
            last = whole  # "Barangay Karsa"
            continue
        between = sentence.tokens[last[-1].i : entity.tokens[0].i] if last else ()
        joins = sentence.words("places", "around.whole")
        if any(t.lower in joins for t in between) and _is_land(whole, gazetteer):
            last = whole
            continue
        if last:
            yield last
        last = list(entity.tokens)
    if last:
        yield last


def _called(entity: Entity, gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """What the engine took for a body or a person and the text calls a district or a province of
    the gazetteer's: "Karsa department (Helm)", "the department of Karsa".
    """
    tokens = list(entity.tokens)
    kinds = tokens[0].words("places", "kinds.part") | tokens[0].words("places", "kinds.region")
    led = len(tokens) > 2 and tokens[0].text in kinds and is_word(tokens[1], "genitive")
    parts = _cut(tokens[2:] if led else tokens, _CUTS)
    names = [_trim(part) for part in parts]
    said = led or any(len(part) > 1 and part[-1].text in kinds for part in parts)
    if entity.label in ("ORG", "PERSON", "MISC") and names and all(names):
        said = said or is_governed(names[0])
        yield from names if said and all(_is_abroad(n, gazetteer) for n in names) else ()


def _is_abroad(tokens: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether the name is a region's, or a town's where towns are not named for plain words:
    "department of energy" is of no Energy, Illinois."""
    found = [c for c in _options(tokens, gazetteer) if c.main]
    return any(c.kind == "region" or c.country not in ENGLISH for c in found)


def _is_land(tokens: list[Token], gazetteer: Gazetteer) -> bool:
    return any(c.main and c.kind != "city" for c in gazetteer.find(text_of(tokens)))


def _of_entity(
    number: int, sentence: Sentence, entity: list[Token], gazetteer: Gazetteer
) -> Iterator[Run]:
    lists = sentence.table("places")["facilities"]
    for part in [entity] if _party(entity) else _split(entity, gazetteer):
        tokens = _trim(part)
        if not tokens or _no_place(tokens, sentence) or _people_or_letters(tokens, gazetteer):
            continue
        facility = len(tokens) > 1 and (
            tokens[-1].lower in lists["last"]
            or tokens[0].lower in lists["first"]
            or _is_route(tokens, gazetteer)
        )
        yield Run(number, sentence, tuple(tokens), facility)


def _is_route(tokens: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether a land and a number are a road's name: "U.S. 54", "Ohio 63"."""
    numbered = tokens[-1].text[:1].isdigit()
    return numbered and any(c.main and c.kind != "city" for c in _options(tokens[:-1], gazetteer))


def _split(tokens: list[Token], gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """A list of names cut into its names; "and" and hyphens can belong to one ("Winston-Salem")."""
    parts = [p for part in _cut(tokens, _CUTS) for p in _owned(part, gazetteer)]
    for part in parts:
        way = part[-1].lower in part[-1].words("places", "near.ways")  # "the Karsa-Milna road"
        smaller = _cut(part, {*_CUTS, "-", *part[0].words("places", "around.joining")})
        hyphen = any(t.text == "-" for t in part)
        if way and hyphen:
            smaller[-1] = smaller[-1][:-1] or smaller[-1]
        if (
            len(smaller) < 2
            or (hyphen and part[0].lower in part[0].words("places", "spelling.articles"))
            or _options(_trim(part) or part, gazetteer)
            or (hyphen and not all(_options(p, gazetteer) for p in smaller))
        ):
            yield from _abreast(part, gazetteer)
        else:
            yield from smaller


def _owned(tokens: list[Token], gazetteer: Gazetteer) -> list[list[Token]]:
    """A land and what is its: "Helm's Tovar", but no "King's Lynn" or "St. John's"."""
    parts = _cut(tokens, tokens[0].words("places", "containment.owning"))
    if len(parts) < 2 or gazetteer.find(text_of(tokens)):
        return [tokens]
    lands = [c for c in gazetteer.find(text_of(parts[0])) if c.main and c.kind != "city"]
    country = any(c.kind == "country" for c in lands)  # no town "Malis" is meant by "Mali's Mopti"
    saint = gazetteer.find(text_of(tokens[: len(parts[0]) + 1]))
    return parts if country or (lands and not saint) else [tokens]


def _abreast(tokens: list[Token], gazetteer: Gazetteer) -> Iterator[list[Token]]:
    """A town and its state that no comma keeps apart: "Maiduguri Borno State", "Karsa district of
    Tovar".
    """
    kinds = tokens[0].table("places")["kinds"]
    levels = {word.split()[-1] for kind in ("region", "part", "quarter") for word in kinds[kind]}
    whole = bool(_options(tokens, gazetteer))  # "United States of America", "Centre-Nord Region"
    for at in range(2, 2 if whole else len(tokens) - 1):
        if tokens[at - 1].lower in levels and is_word(tokens[at], "genitive"):
            yield tokens[:at]
            yield from _abreast(tokens[at + 1 :], gazetteer)
            return
    if whole or tokens[-1].lower not in (*kinds["region"], *kinds["part"]):
        yield tokens
        return
    tail = next(
        (
            tokens[at:]
            for at in range(1, len(tokens) - 1)
            if any(c.main and c.kind == "region" for c in _options(tokens[at:], gazetteer))
        ),
        None,
    )
    town = tokens[: -len(tail)] if tail else []
    if tail and any(c.kind == "city" for c in gazetteer.find(text_of(town))):
        yield town
        yield tail
    else:
        yield tokens


def _cut(tokens: list[Token], at: Collection[str]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.lower in at:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _trim(tokens: list[Token]) -> list[Token]:
    """The name without article, possessive, stray marks, party, and "eastern" in lower case."""
    aside = tokens[0].words("places", "kinds.before")
    edges = _EDGES | tokens[0].words("places", "around.edges")
    if _party(tokens):
        tokens = tokens[2:]
    while tokens and (tokens[0].lower in edges or (tokens[0].text in aside and len(tokens) > 1)):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower in edges or (tokens[-1].text.islower() and tokens[1:])):
        tokens = tokens[:-1]
    return tokens


def _party(tokens: list[Token]) -> bool:
    """Whether a politician's party comes first, as in "D-Ohio"."""
    hyphened = len(tokens) > 2 and tokens[1].text == "-"
    return hyphened and tokens[0].text in tokens[0].words("places", "around.parties")


def _no_place(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether these are words like "Central", or an abbreviation without its dot ("Miss")."""
    text = text_of(tokens)
    after = sentence.text[tokens[-1].end - sentence.start :][:1]
    dotless = (
        fold(text) in _dotted(sentence.language) and "." not in text + after and not text.isupper()
    )
    return (
        dotless
        or fold(text) in sentence.words("places", "words.never")
        or text.lower() in sentence.words("places", "words.groups")
        or (text.islower() and _is_common(tokens, sentence))
        or not any(c.isalpha() for c in text)
    )


def _is_common(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether a name all in small letters is a common noun: "a turkey farm", where others are
    written large.
    """
    return tokens[0].pos != "PROPN" or any(t.text[:1].isupper() for t in sentence.tokens)


def _people_or_letters(tokens: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether the engine took a people ("Honduran") or mere letters ("UPI") for a place."""
    text = text_of(tokens)
    if len(tokens) == 1 and text.isupper() and len(text) <= 4 and not _options(tokens, gazetteer):
        return True
    return text.lower() in demonyms(tokens[0].language)


@cache
def _dotted(language: str) -> frozenset[str]:
    """Abbreviations of regions that are other words without their dot: "Miss.", "Ill."."""
    return frozenset(
        fold(name)
        for names in table("places", language)["regions"].values()
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
    text = text_of(tokens)
    letters = tokens[0].words("places", "around.letters")
    if len(text) < 4 and "." not in text and text not in letters:
        return False
    return any(
        c.main and (c.kind in ("country", "area") or c.population >= people)
        for c in gazetteer.find(text)
    )


def _in_body(
    entity: Entity, sentence: Sentence, known: set[int], gazetteer: Gazetteer
) -> list[Token] | None:
    """The place in the name of a body, if it is plainly one: known by itself or to the document.

    It stands first ("Oslo Police"), last ("Radio Kisumu"), or after "of" and the like.
    """
    edges = _EDGES | sentence.words("places", "around.edges")
    tokens = [t for t in entity.tokens if t.lower not in edges]
    never = sentence.words("places", "words.never") | sentence.words("places", "words.vague")
    for start in range(len(tokens)):
        led = start == 0 or tokens[start - 1].lower in sentence.words("places", "around.inside")
        for end in range(min(len(tokens), start + _LONGEST), start, -1):
            run = tokens[start:end]
            if (
                (led or end == len(tokens))
                and run[0].text[:1].isupper()
                and run[-1].text[:1].isupper()
                and fold(text_of(run)) not in never
                and (
                    _well_known(run, gazetteer, _LARGE_IN_BODY if run != tokens else _LARGE_BODY)
                    or any(
                        c.main and (c.id in known or _is_county(run))
                        for c in _options(run, gazetteer)
                    )
                )
            ):
                return run
    return None


def _misnamed(
    entity: Entity, sentence: Sentence, keys: set[str], people: set[str], gazetteer: Gazetteer
) -> list[Token] | None:
    """The place that the engine took for a person or a body, where the words around tell.

    A dateline ("KISUMU --") or "D-Ohio"; and, if no person of the document (`people`) bears that
    name, "in Kisumu", "43, of Kisumu", "a raid on Kisumu", "a Kisumu man", a place elsewhere in
    the document (`keys`), a capital or a country. Only names of the gazetteer's own will do.
    """
    tokens, run = sentence.tokens, list(entity.tokens)
    party = _party(run)
    run = _trim(run)
    long = len(run) > _LONGEST and not _is_land(run, gazetteer)
    if not run or long or _no_place(run, sentence):
        return None
    key = fold(text_of(run))
    if not {key, bare(key)}.isdisjoint(demonyms(sentence.language)):
        return None
    words = partial(sentence.words, "places")
    found = [c for c in _options(run, gazetteer) if c.main]
    first, last = run[0].i, run[-1].i
    before = tokens[first - 1].lower if first else ""
    after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    dotted = before == "," and after == "." and key in _dotted(sentence.language)
    told = party or (dotted and tokens[first - 2].entity == "LOC")  # "London, Ont."
    behind = tokens[last + 2 : last + 3]
    heads = after in _DASHES or (after == "," and any(t.entity == "LOC" for t in behind))
    told |= first == 0 and heads and text_of(run).isupper()
    told |= is_label(run) and key not in people and _well_known(run, gazetteer, _LARGE_LABEL)
    aside = first > 1 and tokens[first - 2].text == ","
    if not told and key not in people:
        told = (
            before in words("around.leading")
            or _is_paired(run)
            or (aside and is_word(tokens[first - 1], "genitive"))
            or after in words("words.townsfolk")
            or is_governed(run)
            or key in keys
            or any(map(_speaks, found))
            or (before == "," and tokens[first - 2].entity == "LOC" and _holds(run, found))
        )
    return run if found and told else None


def is_label(name: Sequence[Token]) -> bool:
    """Whether a name is what stands before the colon of an item of a list: "- Karsa: 12 dead"."""
    line, first, last = name[0].line(), name[0].i, name[-1].i
    marked = first == 0 and name[0].sentence.kind == "item"
    return marked and any(t.text == ":" for t in line[last + 1 : last + 2])


def _is_paired(name: Sequence[Token]) -> bool:
    """Whether something is between the name and a place: "between Karsa and Milna"."""
    line, first, last = name[0].line(), name[0].i, name[-1].i
    apart, pairs = (name[0].words("places", f"near.{key}") for key in ("apart", "pairs"))
    before, behind = line[max(0, first - 1) : first], line[last + 1 : last + 3]
    led = bool(before) and before[0].lower in apart
    return led and len(behind) > 1 and behind[0].lower in pairs and behind[1].entity == "LOC"


def is_governed(name: Sequence[Token]) -> bool:
    """Whether a name hangs on what is done to places, or had by them: "a raid on Karsa", "the mayor
    of Karsa". An attack may be on a person that news often names, as may anything on what is his.
    """
    first, line = name[0], name[0].line()
    led, behind = line[max(0, first.i - 2) : first.i], line[name[-1].i + 1 :][:1]
    if not led or any(t.text in first.words("places", "containment.owning") for t in behind):
        return False
    done = led[-1].lemma.lower() if first.dep == "obj" else ""
    governors = first.table("places")["governors"]
    known = background(first.language)
    common = first.entity == "PERSON" and any(known.get(t.lower, 0) >= _RARE for t in name)
    return any(
        led[0].lemma.lower() in governors[what].get(led[-1].lower, ())
        or done in governors[what]["object"]
        for what in ("places", *([] if common else ["bodies"]))
    )


def _heading(sentence: Sentence) -> tuple[Token, ...]:
    """The words that head a report of a round-up or an item of a list, where news seldom has one of
    them: "MARREN PASS:" or "- Marren Pass: two dead", and not "FIRE:".
    """
    line = sentence.tokens
    known = background(sentence.language)
    name = tuple(takewhile(lambda t: t.text != ":", line))
    rare = any(known.get(t.lower, 0) < _RARE for t in name)
    alone = line[-1].text == ":" and all(t.text.isupper() for t in name)
    listed = is_label(name) and all(t.text[:1].isupper() for t in name) if name else False
    return name if rare and len(name) < len(line) and (alone or listed) else ()


def _is_listed(sentence: Sentence, gazetteer: Gazetteer) -> bool:
    """Whether a cell of a table or a heading is nothing but a name that the map has."""
    line = sentence.tokens
    if sentence.kind not in ("cell", "heading") or len(line) > _LONGEST:
        return False
    known = background(sentence.language)
    rare = any(known.get(t.lower, 0) < _RARE for t in line)
    return rare and line[0].text[:1].isupper() and bool(_options(line, gazetteer))


def _before_date(entity: Entity, gazetteer: Gazetteer) -> list[Token]:
    """The place that the engine took for the beginning of a date: "in Karsa 22 June"."""
    first = entity.tokens[0]
    name = list(takewhile(lambda t: t.pos == "PROPN", entity.tokens))
    before = first.line()[first.i - 1].lower if first.i else ""
    if not name or len(name) == len(entity.tokens):
        return []
    dated = fold(text_of(name)) in first.words("places", "words.never")
    placed = before in first.words("places", "around.leading") and not dated
    return name if placed and _well_known(name, gazetteer, _LARGE_IN_BODY) else []


def _speaks(place: Candidate) -> bool:
    """Whether news lets the place speak for its government: "Washington said"."""
    return place.kind == "country" or (place.capital and place.population >= _LARGE_IN_BODY)


def _holds(tokens: Sequence[Token], found: Sequence[Candidate]) -> bool:
    """Whether what follows a place and a comma is what that lies in, and does nothing itself; of
    grounds that can be a town ("Gorse Park, Karsa").
    """
    acting = any(t.dep in ("nsubj", "nsubj:pass") for t in tokens)
    before = tokens[0].line()[tokens[0].i - 2]
    grounds = before.lower in before.words("places", "facilities.last")
    return not acting and any(c.kind == "region" or (grounds and c.kind == "city") for c in found)


def _with_town(run: Run, known: set[int], gazetteer: Gazetteer) -> Run:
    """The facility with the words that name its town, county or state, if it is named for one.

    Streets are named for places far away; only a place that the document speaks of will do.
    """
    street = run.tokens[-1].lower in run.sentence.words("places", "facilities.streets")
    never = run.sentence.words("places", "words.never")  # "Central Hospital" is of no Central
    for end in range(min(len(run.tokens) - 1, _LONGEST), 0, -1):
        head = run.tokens[:end]
        if fold(text_of(head)) in never:
            continue
        if (not street and _well_known(head, gazetteer, _LARGE_IN_BODY)) or any(
            c.main and (c.id in known or _is_county(head)) for c in _options(head, gazetteer)
        ):
            return Run(run.number, run.sentence, run.tokens, True, head)
    return run


def _options(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Candidate]:
    """What a name can mean; see `senses.options`."""
    return options(text_of(tokens), gazetteer, tokens[0].language)


def _is_county(tokens: Sequence[Token]) -> bool:
    return tokens[-1].lower in tokens[-1].words("places", "kinds.counties")


def text_of(tokens: Sequence[Token]) -> str:
    """The words as one name, spaced as the text spaces them."""
    parts = [token.text for token in tokens[:1]]
    for before, token in pairwise(tokens):
        parts += ["" if before.end == token.start else " ", token.text]
    return "".join(parts)


@cache
def demonyms(language: str) -> dict[str, str]:
    """The country of each people, by its adjective in lower case: "kazakh" -> "KZ"."""
    return {
        name.lower(): country
        for country, names in table("places", language)["demonyms"].items()
        for name in names
    }
