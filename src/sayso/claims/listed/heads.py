"""What the heads of columns and the labels of rows say that their figures count.

No tree is asked: a head is read by its words, and a head with a word that is neither of harm nor
for people counts something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sayso import lexicon
from sayso.language import people
from sayso.language.geography.placenames import demonyms
from sayso.language.spelling import infinitives, singular
from sayso.lexicon import table
from sayso.records import Category, Kind, Manner, Party, Unit

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")

_OF_DISEASE: tuple[Kind, ...] = ("cases", "killed")
"""Kinds of which a head may say by what disease they are."""


class Head(NamedTuple):
    """What a head says that the figures under it count; `strange` where a word of it is not
    understood; `start` is where in it the words of harm or for people begin."""

    kind: Kind | None
    who: Party | None
    strange: bool
    start: int
    unit: Unit = "people"
    manner: Manner | None = None


def names_regions(text: str, language: str) -> bool:
    """Whether a head stands over a column of what has the other places of a row in it."""
    return not set(words_of(text)).isdisjoint(table("rows", language)["regions"])


def year_of(text: str, head: str, language: str) -> str | None:
    """The year that a cell under such a head is."""
    heads = table("rows", language)["years"]
    return text if _YEAR.fullmatch(text) and not set(words_of(head)).isdisjoint(heads) else None


def names_places(text: str, language: str) -> bool:
    """Whether a head stands over a column of places: "District"."""
    return not set(words_of(text)).isdisjoint(table("rows", language)["places"])


def head_of(text: str, kind: Kind | None, language: str) -> Head:
    """What a head says; `kind` is that of what stands over the table."""
    words = words_of(_BRACKETS.sub(" ", text))
    kinds = kinds_in(words, language)
    harm = lexicon.harm(language)
    labels = {w for forms in harm.labels.values() for w in forms}
    known = {*table("rows", language)["filler"], *demonyms(language), *labels}
    known |= set() if kinds.isdisjoint(_OF_DISEASE) else {*harm.cases.diseases, *harm.cases.told}
    whom = [w for w in words if w not in known and category_of(w, language)]
    strange = [w for w in words if w not in known and w not in whom]
    joint = table("rows", language)["joint"]
    own = next((k for k, several in joint.items() if kinds == set(several)), None)
    if own is None and len(kinds) == 1:
        own = next(iter(kinds))
    if own is None and not kinds and whom:
        own = kind
    if any(singular(w) in harm.homes.words for w in words):
        return _of_homes(text, words, known, language)
    shares = "%" in text
    category = category_of(whom[-1], language) if whom else None
    telling = (m.start() for m in _WORD.finditer(text) if m[0].lower() in {*labels, *whom})
    unit: Unit = "households" if {*map(singular, whom)} & {*harm.households.words} else "people"
    start = next(telling, 0)
    manner = _manner(words, language) if own == "displaced" else None
    party = _party(text, whom, category)
    return Head(own, party, shares or bool(strange), start, unit, manner)


def _of_homes(text: str, words: Sequence[str], known: Collection[str], language: str) -> Head:
    """What a head says that names homes: what became of them, where it has no other word."""
    homes = lexicon.harm(language).homes
    others = [w for w in words if w not in known and singular(w) not in homes.words]
    told: Manner | None = None
    for word in [w for w in words if w not in homes.partly]:
        forms = {word, *infinitives(word)}
        gone, hit = ({*wrecking.said()} & forms for wrecking in (homes.destroyed, homes.damaged))
        if gone or hit:
            told = told or ("destroyed" if gone else "damaged")
            others = [w for w in others if w != word]
    partly = [w for w in others if w in homes.partly]
    told = "damaged" if told and partly else told
    strange = len(others) > len(partly) or "%" in text
    return Head("homes" if told else None, None, strange, 0, "homes", told)


def _manner(words: Sequence[str], language: str) -> Manner | None:
    """How people came to be displaced, by the words of a head."""
    manners = lexicon.harm(language).manner
    return next((m for m, forms in manners.items() if not set(words).isdisjoint(forms)), None)


def _party(text: str, whom: Sequence[str], category: Category | None) -> Party | None:
    if not whom or category is None:
        return None
    lower = text.lower()
    start = lower.find(whom[0])
    end = lower.find(whom[-1], start) + len(whom[-1])
    return Party(text=text[start:end], category=category)


def category_of(word: str, language: str) -> Category | None:
    known = people.rows(language)
    found = known.get(word) or known.get(singular(word))
    return found.category if found is not None and found.suffers else None


def kinds_in(words: Sequence[str], language: str) -> set[Kind]:
    labels = lexicon.harm(language).labels
    return {kind for kind, forms in labels.items() if not set(forms).isdisjoint(words)}


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def is_total(text: str, language: str) -> bool:
    return bool(set(words_of(text)) & set(table("rows", language)["totals"])) and len(text) < 40
