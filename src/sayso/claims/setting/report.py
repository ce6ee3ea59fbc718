"""The stretch of time that a report says it is of, in a line of its own, and what it dates.

"Reporting period: 3 May to 4 May 2031", "As of 17 February", "NOVEMBER 2031". It dates what the
report counts without a day; a post of a live page is so dated by its moment, as the last day on
which it can have happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from sayso.claims.setting.governing import day, inside
from sayso.claims.setting.sections import Section
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import Claim, TimeMention, When

_YEAR = re.compile(r"\d{4}")

_OPENING = 6
"""Paragraphs at the top in which a line without a label says it."""

_UNDATED = ("event", "participants", "deployed")
"""Kinds of claims that count no harm."""

_LONGEST = 24
"""Words of such a line, at the most."""

LONG = timedelta(days=27)
"""What is summed over more days than so many is a period's, and of no one event."""


def stretch(sentences: Sequence[Sentence], mentions: Sequence[TimeMention]) -> When | None:
    """The days that the report is of; of one that names but a day all up to it. None where no line
    says it: one that its label names goes before one that is only a date."""
    found: When | None = None
    for sentence in sentences:
        labelled = _is_labelled(sentence)
        if not labelled and (found or sentence.paragraph >= _OPENING):
            continue
        if len(sentence.tokens) > _LONGEST or (not labelled and any(map(_tells, sentence.tokens))):
            continue
        named = [m for m in inside(sentence, mentions) if m.first and m.last]
        since = sentence.words("dates", "prepositions.since")
        if not labelled and any(t.lower in since for t in sentence.tokens):
            continue  # "SINCE 1 JANUARY": what stands under it is
        if not labelled:  # "Landmine Record 2031", "week 36/2031"
            named = [m for m in named if not _YEAR.fullmatch(m.value or m.text)]
        if not named:
            continue
        first, last = min(m.first or "" for m in named), max(m.last or "" for m in named)
        said = " ".join(m.text for m in named)
        told = When(text=said, start=first if first < last else None, end=last, basis="dateline")
        if labelled:
            return told
        found = told
    return found


def is_long(when: When | None) -> bool:
    """Whether it is so long that what is summed over it is of no one event."""
    first, last = (day(when.start), day(when.end)) if when else (None, None)
    return first is not None and last is not None and last - first > LONG


def posted(section: Section) -> When | None:
    """The last day on which something can have happened that a post tells."""
    at = section.posted
    return When(text=at, start=None, end=at[:10], basis="saying") if at else None


def dated(
    claims: Iterable[Claim],
    numbers: dict[str, int],
    sections: Sequence[Section],
    told: When | None,
) -> list[Claim]:
    """The same claims, with the days that the report or the post tells (`told`) where a harm has no
    day of its own; `numbers` are those of their sentences, by their ids."""
    found = []
    for claim in claims:
        when = posted(sections[numbers[claim.id]]) or told
        if when and claim.when is None and claim.scope == "current" and claim.kind not in _UNDATED:
            because = claim.because | {"when": f"time.{when.basis}"}
            claim = replace(claim, when=when, because=because)
        found.append(claim)
    return found


def _is_labelled(sentence: Sentence) -> bool:
    line = sentence.text.lower().lstrip("( ")
    return line.startswith(tuple(table("rows", sentence.language)["periods"]))


def _tells(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.feats
