"""How a codebook would count what a record holds, by the small tables of `data/codebooks`.

A codebook is applied where figures go out, never to what is kept: claims get the bounds that it
reads in their words, those that it does not count lose their figure and stay as what they tell, and
of each toll the number that it would print is the best.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from sayso.errors import EngineError, SettingsError
from sayso.lexicon import LANGUAGE, sheet, table, words
from sayso.lexicon.checking import Sheet
from sayso.records import (
    COUNTED,
    Category,
    Claim,
    Count,
    Incident,
    Kind,
    SourceKind,
    Toll,
    is_numbered,
)

OWN = {"acled": "acled", "ucdp-ged": "ucdp"}
"""Exports that are counted by a codebook of their own, unless another is asked for."""

_SOFT = ("soft", "soft_plural", "collective", "plural")
"""Tables of `numbers.toml` whose words are a range by themselves."""


_FIGURES = re.compile(r"\d[\d,]*")


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule, and where the codebook has it, or that it is ours."""

    source: str


class Differing(Rule, frozen=True, kw_only=True):
    """Which number is printed."""

    pick: Literal["best", "low", "lowest"]


class Words(Rule, frozen=True, kw_only=True):
    """The least that a vague word means."""

    low: dict[str, int] = {}


class Plural(Rule, frozen=True, kw_only=True):
    """The least that people in the plural are without a number."""

    least: int


class MoreThan(Rule, frozen=True, kw_only=True):
    """How many more "more than 50" is than 50."""

    beyond: Literal[0, 1]


class Groups(Rule, frozen=True, kw_only=True):
    """Whom it counts."""

    who: tuple[Category, ...] = ()


class OwnWord(Rule, frozen=True, kw_only=True):
    """Whether a number that only a side gives, of its enemy, is one."""

    counts: bool


class Outlets(Rule, frozen=True, kw_only=True):
    """By how many outlets a figure must be told."""

    least: int


class Sources(Rule, frozen=True, kw_only=True):
    """On whose word alone it counts, beside the outlet's own."""

    kinds: tuple[SourceKind, ...]


class Households(Rule, frozen=True, kw_only=True):
    """How many people a household is."""

    size: float


class Codebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A codebook as a policy: what it counts and how, each rule with its source."""

    title: str
    publication: str
    kinds: tuple[Kind, ...] = ()
    differing: Differing
    words: Words
    plural: Plural
    more_than: MoreThan
    groups: Groups
    own_word: OwnWord
    outlets: Outlets | None = None
    sources: Sources | None = None
    households: Households | None = None


def names() -> tuple[str, ...]:
    """The codebooks that come with Sayso."""
    there = (files("sayso") / "data" / "codebooks").iterdir()
    return tuple(sorted(one.name[:-5] for one in there if one.name.endswith(".toml")))


def codebook(name: str) -> Codebook:
    """The codebook of that name, or in that file. Raises `SettingsError` where there is none, or it
    is none."""
    try:
        if name in names():
            return sheet(name, "codebooks").read(Codebook)
        return Sheet(Path(name).read_text(encoding="utf-8"), name).read(Codebook)
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"there is no codebook {name!r}; there are {', '.join(names())}"
        ) from None
    except EngineError as error:
        raise SettingsError(str(error)) from None


def policy(book: Codebook) -> dict[str, Any]:
    """The codebook for the metadata of a file: its title, publication, and rules by name."""
    told: dict[str, Any] = msgspec.to_builtins(book)
    return {name: rule for name, rule in told.items() if rule not in (None, [])}


def uncounted(incident: Incident, claims: Iterable[Claim]) -> set[str]:
    """The ids of the claims of an incident that count people without a number, where none of its
    claims has a number of what befell them."""
    own = set(incident.claims)
    told = [claim for claim in claims if claim.id in own and claim.kind in COUNTED]
    numbered = {claim.kind for claim in told if claim.count and is_numbered(claim)}
    return {claim.id for claim in told if claim.kind not in numbered}


def read(claims: Sequence[Claim], book: Codebook, bare: Collection[str]) -> tuple[Claim, ...]:
    """The claims of a document with the figures that a codebook reads in them; `bare` are the ids
    of those of which people in the plural are a figure, see `uncounted`."""
    told = {claim.id: _counted(claim, book, bare) for claim in claims}
    for claim in claims:
        whole = told.get(claim.part_of or "")
        if whole and claim.kind == whole.kind and not _whom(claim, book) and claim.count:
            told[whole.id] = _without(whole, claim.count)
    return tuple(told.values())


def settled(
    incident: Incident, book: Codebook, outlets: Mapping[str, str], lowest: Incident
) -> Incident:
    """The incident whose tolls have the number that a codebook prints as their best; `outlets` are
    those of its claims, by id, and `lowest` is the same by the lowest of those placed to know."""
    least = {(toll.kind, toll.who): toll.best for toll in lowest.tolls}
    tolls = [_settled(t, book, outlets, least.get((t.kind, t.who))) for t in incident.tolls]
    return replace(incident, tolls=tuple(tolls))


def _counted(claim: Claim, book: Codebook, bare: Collection[str]) -> Claim:
    if claim.kind not in COUNTED:
        return claim
    kind = claim.kind in book.kinds or not book.kinds
    if not (kind and _whom(claim, book) and _heard(claim, book)):
        return replace(claim, count=None)
    rule, count = claim.because.get("count"), claim.count
    if rule == "number.not-given" and claim.id in bare and claim.modality != "denied":
        text = count.text if count else claim.who.text if claim.who else ""
        because = {name: id for name, id in claim.because.items() if name != "count"}
        return replace(
            claim, count=Count(low=book.plural.least, high=None, text=text), because=because
        )
    if count is None:
        return claim
    low = count.low
    if rule == "number.more_than" and low and not book.more_than.beyond:
        low -= 1
    elif (word := _word(count)) in book.words.low:
        low = book.words.low[word]
    count = Count(low=low, high=count.high, text=count.text)
    if book.households and claim.who and _is_household(claim.who.text):
        count = _times(count, book.households.size)
    return replace(claim, count=count)


def _whom(claim: Claim, book: Codebook) -> bool:
    who = claim.who.category if claim.who else "unspecified"
    return not book.groups.who or who in book.groups.who


def _heard(claim: Claim, book: Codebook) -> bool:
    """Whether it is on the word of those whom the codebook hears, or the outlet's own."""
    return not (book.sources and claim.sources) or claim.sources[0].kind in book.sources.kinds


def _word(count: Count) -> str:
    """The vague word that a figure is, "" where it is none, or one that multiplies another."""
    numbers = table("numbers", LANGUAGE)
    text = f" {count.text.casefold()} "
    found = [
        word
        for name in _SOFT
        for word, bounds in numbers[name].items()
        if bounds[0] == count.low and f" {word} " in text
    ]
    return max(found, key=len, default="")


def _is_household(text: str) -> bool:
    return not words("groups", "households", LANGUAGE).isdisjoint(text.casefold().split())


def _times(count: Count, size: float) -> Count:
    """So many times as many, in the words too, which say what number is meant: "some 200"."""
    low, high = (None if n is None else round(n * size) for n in (count.low, count.high))
    text = _FIGURES.sub(lambda m: str(round(int(m[0].replace(",", "")) * size)), count.text)
    return Count(low=low, high=high, text=text)


def _without(whole: Claim, part: Count) -> Claim:
    """A whole without some of those in it: as many as the part may be, at the least."""
    if whole.count is None:
        return whole
    low, high = whole.count.low, whole.count.high
    if low is not None:
        low = max(low - (part.low or 0 if part.high is None else part.high), 0)
    if high is not None:
        high = max(high - (part.low or 0), 0)
    return replace(whole, count=Count(low=low, high=high, text=whole.count.text))


def _settled(toll: Toll, book: Codebook, outlets: Mapping[str, str], lowest: int | None) -> Toll:
    best, low = toll.best, toll.low
    pick = book.differing.pick
    if low is None and not book.own_word.counts:
        best, said = None, "only a side's word"
    elif book.outlets and len(_printed(toll, outlets)) < book.outlets.least:
        best = low = None
        said = f"told by fewer than {book.outlets.least} outlets"
    elif pick == "low":
        best, said = best if low is None else low, "the least"
    elif pick == "lowest" and toll.disputed and lowest is not None:
        best, said = lowest, "the lowest of those placed to know, as accounts differ"
    else:
        said = "the best"
    return replace(toll, low=low, best=best, because=f"{book.title}: {said}; {toll.because}")


def _printed(toll: Toll, outlets: Mapping[str, str]) -> set[str]:
    claims: Iterable[str] = (claim for origin in toll.origins for claim in origin.claims)
    return {outlets[claim] for claim in claims if claim in outlets}
