"""What the heads of columns and the labels of rows say that their figures count.

No tree is asked: a head is read by its words, and a head with a word that is neither of harm nor
for people counts something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sayso import lexicon
from sayso.claims.harm.roster import OF_PERSONS
from sayso.language import people
from sayso.language.geography.placenames import demonyms
from sayso.language.spelling import infinitives, singular
from sayso.lexicon import table
from sayso.records import Category, Kind, Manner, Party, Span, Unit

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")

_OF_DISEASE: tuple[Kind, ...] = ("cases", "killed")
"""Kinds of which a head may say by what disease they are."""


class Head(NamedTuple):
    """What a head says that the figures under it count; `strange` where a word of it is not
    understood; `start` is where in it the words of harm or for people begin; `by` who did it."""

    kind: Kind | None
    who: Party | None
    strange: bool
    start: int
    unit: Unit = "people"
    manner: Manner | None = None
    by: Party | None = None


def names_regions(text: str, language: str) -> bool:
    """Whether a head stands over a column of what has the other places of a row in it."""
    return not set(words_of(text, language)).isdisjoint(table("rows", language)["regions"])


def year_of(text: str, head: str, language: str) -> str | None:
    """The year that a cell under such a head is."""
    heads = table("rows", language)["years"]
    return (
        text
        if _YEAR.fullmatch(text) and not set(words_of(head, language)).isdisjoint(heads)
        else None
    )


def names_places(text: str, language: str) -> bool:
    """Whether a head stands over a column of places: "District"."""
    return not set(words_of(text, language)).isdisjoint(table("rows", language)["places"])


def names_people(text: str, language: str) -> bool:
    """Whether a head stands over a column of people's names."""
    return not set(words_of(text, language)).isdisjoint(table("rows", language)["names"])


def head_of(text: str, kind: Kind | None, language: str, homes: bool = False) -> Head:
    """What a head says; `kind` is that of what stands over the table, `homes` whether the head
    before it on its line is of homes: "Houses damaged 27, destroyed 2"."""
    plain = _BRACKETS.sub(lambda found: " " * len(found[0]), text)
    spans = [found.span() for found in _WORD.finditer(plain)]
    words = words_of(plain, language)
    kinds = kinds_in(plain, language)
    harm, rows = lexicon.harm(language), table("rows", language)
    labels = {w for told in _labels(language).values() for form in told for w in form.split()}
    known = {*rows["filler"], *_of_time(language), *demonyms(language), *labels}
    known |= set() if kinds.isdisjoint(_OF_DISEASE) else {*harm.cases.diseases, *harm.cases.told}
    people_at = [n for n, w in enumerate(words) if w not in known and category_of(w, language)]
    strange = any(w not in known and n not in people_at for n, w in enumerate(words))
    if any(singular(w) in harm.homes.words for w in words) or (homes and not kinds):
        return _of_homes(text, words, known, language)
    agent = next((n for n, w in enumerate(words) if w in rows["agents"]), len(words))
    doers = [n for n in people_at if n > agent]
    whom = [n for n in people_at if n < agent]
    own = joined(kinds, language)
    units = {singular(words[n]) for n in whom} & {*harm.households.words}
    if own is None and not kinds and whom and not (units and kind in OF_PERSONS):
        own = kind
    told = [n for n, w in enumerate(words) if w in labels or n in whom]
    start = spans[told[0]][0] if told else 0
    manner = _manner(words, language) if own == "displaced" else None
    return Head(
        own,
        _party(text, spans, words, whom, language),
        strange or "%" in text,
        start,
        "households" if units else "people",
        manner,
        _party(text, spans, words, doers, language),
    )


def joined(kinds: Collection[Kind], language: str) -> Kind | None:
    """The one kind that all of these are, or that they are together; None where there is none."""
    joint = table("rows", language)["joint"]
    own = next((kind for kind, several in joint.items() if {*kinds} == {*several}), None)
    return own or (next(iter(kinds)) if len(kinds) == 1 else None)


def divides(text: str, language: str) -> bool:
    """Whether a heading says that a figure is divided below it: "By sector"."""
    return not set(_WORD.findall(text.lower())).isdisjoint(table("rows", language)["divided"])


def is_share(text: str, language: str) -> bool:
    """Whether a head counts some of those in the column before it: "of which children"."""
    return text.lower().strip(" .:").startswith(tuple(table("rows", language)["shares"]))


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
    wholly = not {*table("rows", language)["wholly"]}.isdisjoint(words)
    told = "damaged" if told and partly else "destroyed" if told and wholly else told
    strange = len(others) > len(partly) or "%" in text
    return Head("homes" if told else None, None, strange, 0, "homes", told)


def _manner(words: Sequence[str], language: str) -> Manner | None:
    """How people came to be displaced, by the words of a head."""
    manners = lexicon.harm(language).manner
    return next((m for m, forms in manners.items() if not set(words).isdisjoint(forms)), None)


def _party(
    text: str,
    spans: Sequence[Span],
    words: Sequence[str],
    named: Sequence[int],
    language: str,
) -> Party | None:
    """Those whom the words of these numbers name."""
    category = category_of(words[named[-1]], language) if named else None
    if category is None:
        return None
    return Party(text=text[spans[named[0]][0] : spans[named[-1]][1]], category=category)


def category_of(word: str, language: str) -> Category | None:
    """The category of a word for people whom harm can befall; None of any other word."""
    known = people.rows(language)
    found = known.get(word) or known.get(singular(word))
    return found.category if found is not None and found.suffers else None


def kinds_in(text: str, language: str) -> set[Kind]:
    """The kinds of harm that words name: each by a word or phrase of its own."""
    line = f" {' '.join(words_of(text, language))} "
    labels = _labels(language).items()
    return {kind for kind, forms in labels if any(f" {form} " in line for form in forms)}


@cache
def _labels(language: str) -> Mapping[Kind, tuple[str, ...]]:
    """The words for each kind of harm in heads."""
    also = table("rows", language)["labels"]
    labels = lexicon.harm(language).labels
    return {kind: (*labels.get(kind, ()), *also.get(kind, ())) for kind in {*labels, *also}}


@cache
def _of_time(language: str) -> frozenset[str]:
    """Words of time, which say when and not what."""
    dates = table("dates", language)
    lists = ("months", "weekdays", "units", "plurals")
    return frozenset(word for name in lists for word in dates[name])


def words_of(text: str, language: str) -> list[str]:
    """The words of a head in lower case, those cut short in full."""
    short = table("rows", language)["short"]
    return [short.get(word.lower(), word.lower()) for word in _WORD.findall(text)]


def is_total(text: str, language: str, alone: bool = False) -> bool:
    """Whether a cell says that its row sums the others up; with `alone`, that it says nothing else:
    "All districts", and not "Mopti total"."""
    rows, words = table("rows", language), words_of(text, language)
    beside = {*rows["filler"], *rows["places"], *rows["totals"]}
    told = not set(words).isdisjoint(rows["totals"]) and len(text) < 40
    return told and (not alone or all(w in beside or singular(w) in beside for w in words))
