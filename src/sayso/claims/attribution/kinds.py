"""What kind of source a noun phrase names, from its words and not from lists of names alone.

The words stand in `people.toml`, and in `sources.toml` those that are no words for people; here is
how they are weighed. Also who publishes what they are told, and so is a link of a chain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from msgspec.structs import replace

from sayso.claims.attribution.noun_phrases import citation, gives_name, head_of
from sayso.language.grammar.features import is_genitive, is_personal, is_plural, is_possessive
from sayso.language.people import acts, rows
from sayso.language.spelling import singular
from sayso.language.trees import Token
from sayso.lexicon import table, words
from sayso.records import Source, SourceKind

_PAPER = ("document",)
"""What is on paper is on the word of whose paper it is."""

_ANYBODY = ("witness", "relative", "official", "military", "security_forces", "media")
"""What the common words in a name of a body may suggest: "Sons of Light", "Army of Truth"."""


@cache
def _kinds(language: str) -> dict[str, SourceKind]:
    """Words (one or several) to the kind of source that they name."""
    kinds = table("sources", language)["kinds"]
    named = {word: cast(SourceKind, name) for name, listed in kinds.items() for word in listed}
    return named | {
        word: row.source for word, row in rows(language).items() if row.source != "none"
    }


@cache
def _neutral(language: str) -> frozenset[str]:
    """Words that say only that somebody speaks, and leave it to the others to say for whom."""
    people = {word for word, row in rows(language).items() if row.neutral}
    return words("sources", "neutral", language) | people


def _lookup(run: Sequence[Token]) -> SourceKind | None:
    """The kind of a run of words, written as they are or in the singular.

    What the table writes with a capital counts as a name alone: the Post, not a post.
    """
    text = " ".join(t.lower for t in run).removeprefix("@")
    name = " ".join(t.text.capitalize() for t in run if t.text[:1].isupper())
    for form in (name, text, singular(text)):
        if form in _kinds(run[0].language):
            return _kinds(run[0].language)[form]
    return None


def kind(run: Sequence[Token], reporting: bool = False) -> SourceKind:
    """What sort of source a phrase names; `reporting` = it passes something on, as media do.

    The most telling word of the head wins, then any word of the phrase by the precedence in
    `sources.toml`, then what the head word alone suggests.
    """
    run = [t for t in run if not is_genitive(t)] or run  # "the festival's organisers"
    if (body := _body(run, reporting)) is not None:
        return body
    low = [t.lower for t in run]
    if any(word in run[0].words("sources", "anonymity.words") for word in low):
        return "anonymous"
    head = head_of(run)
    end = next((n for n, t in enumerate(run) if t is head), len(run) - 1) + 1
    neutral = _neutral(run[0].language)
    # A person's name says nothing; the words before it do.
    while end > 1 and run[end - 1].entity == "PERSON" and run[end - 1].pos == "PROPN":
        end -= 1
    for size in (3, 2, 1):
        if end >= size:
            found = _lookup(run[end - size : end])
            last = " ".join((*low[end - size : end - 1], singular(low[end - 1])))
            if found and size > 1 and last in neutral:
                break  # "the union's secretary-general", who is no general
            if found and not (size == 1 and (last in neutral or found in _PAPER)):
                return _rebel(run) if found == "military" else found
    seen = []
    n = 0
    while n < len(low):
        size = next((k for k in (3, 2) if n + k <= len(run) and _lookup(run[n : n + k])), 1)
        found = _lookup(run[n : n + size])
        bare = size == 1 and (singular(low[n]) in neutral or found in _PAPER)
        if found and not bare and " ".join(low[n : n + size]) not in neutral:
            seen.append(found)
        n += size
    if seen:
        order: list[str] = run[0].table("sources")["order"]
        return min(seen, key=order.index)
    alone = _lookup([run[end - 1]])
    if alone and alone not in _PAPER:
        return alone
    if reporting and head.pos == "PROPN" and head.entity != "PERSON":
        return (
            "news_agency" if set(low) & run[0].words("sources", "publishing.agencies") else "media"
        )
    # "the ministry's statement" is the ministry's word, "a member of the council" the council's.
    for token in (*reversed(run[: end - 1]), *run[end:]):
        other = _lookup([token])
        if other and other not in _PAPER and other != "anonymous":
            return other
    if alone:
        return alone
    if head.entity == "PERSON":
        return "witness"  # those who hold an office are given its title
    if reporting:
        return "media"
    return "official" if head.pos == "PROPN" else "witness"


def _rebel(run: Sequence[Token]) -> SourceKind:
    """The kind of an army: one that fights to free something is nobody's army."""
    names = run[0].words("sources", "rebels.names")
    return "armed_group" if any(t.text in names for t in run) else "military"


def _body(run: Sequence[Token], reporting: bool) -> SourceKind | None:
    """The kind of a body that a name stands behind, by what it is called and then by the name:
    "jihadist group Sons of Light"; None where the phrase is no such thing.

    A group of which no more is said than its name, or its people, bears arms.
    """
    bodies = run[0].words("sources", "bodies.any")
    at = next((n for n, t in enumerate(run[:-1]) if t.lower in bodies and t.text.islower()), None)
    if at is None or not (run[at + 1].text[:1].isupper() or gives_name(run[at + 1])):
        return None
    called = kind(run[: at + 1], reporting)
    if called not in _ANYBODY:
        return called
    name = [t for t in run[at + 1 :] if t.text[:1].isupper()]
    if name and (own := kind(name, reporting)) not in _ANYBODY:
        return own
    said = (t for t in run[:at] if t.pos != "DET" and t.entity != "NORP")
    return "ngo" if any(said) else "armed_group"


def is_neutral(run: Sequence[Token]) -> bool:
    """Whether the head of a phrase says only that somebody speaks: "its spokesman"."""
    return singular(head_of(citation(run)).lower) in _neutral(run[0].language)


def speaks(run: Sequence[Token]) -> bool:
    """Whether the head of a phrase is a word for somebody who can be a source."""
    cited = citation(run)
    head = head_of(cited)
    end = next((n for n, t in enumerate(cited) if t is head), 0) + 1
    known = acts(head) or any(_lookup(cited[max(0, end - size) : end]) for size in (1, 2))
    return known or head.entity == "PERSON" or singular(head.lower) in _neutral(run[0].language)


def publishes(run: Sequence[Token], known: bool = False) -> bool:
    """Whether who is told something tells the world: a medium or an agency, by name or by word.

    Reporters at large, parliaments, persons and neighbours do not, nor do sites on which anybody
    posts. `known` = only by a word that says so ("TV", "agency"), not any name of a body.
    """
    if not run:
        return False
    low = [t.lower for t in run]
    bare = [t.lower for t in run if t.pos != "DET" and not is_possessive(t)]
    if len(bare) == 1 and bare[0] in run[0].words("sources", "publishing.bare"):
        return False
    if low[-1] in run[0].words("sources", "publishing.never"):
        return any(t.entity == "ORG" for t in run) and not is_plural(run[-1])
    if any(is_personal(t) or is_possessive(t) for t in run) or _full_name(run):
        return False
    if not run[0].words("sources", "publishing.platforms").isdisjoint(low):
        return False
    if kind(run, reporting=not known) not in run[0].words("sources", "publishing.kinds"):
        return False
    return any(t.pos == "PROPN" or _lookup([t]) == "media" for t in run)


def seen_from(source: Source, country: str | None, lands: Mapping[str, str]) -> Source:
    """The source as seen from the country (ISO 3166-1) in which the thing happened.

    Officials of another country are a foreign government there: "the Norlandic foreign ministry".
    `lands` gives the country of each name of a country, or of its people, in lower case.
    """
    if source.kind != "official" or country is None:
        return source
    spoken = re.findall(r"\w+", source.text.lower())
    named = {lands[word] for word in spoken if word in lands}
    if named and country not in named:
        return replace(source, kind="foreign_government")
    return source


def _full_name(run: Sequence[Token]) -> bool:
    """Whether a name looks like a first and a last name, whatever sort of name the engine says.

    After "told", a name it has never met is soon taken for an agency's.
    """
    if len(run) != 2 or run[1].dep != "flat":
        return False
    low = [t.lower for t in run]
    known = any(_lookup([t]) for t in run) or _lookup(run)
    plain = all(t.text.isalpha() and t.text[:1].isupper() for t in run)
    return plain and not known and low[0] not in run[0].words("sources", "publishing.articles")
