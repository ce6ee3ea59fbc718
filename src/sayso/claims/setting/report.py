"""The stretch of time that a report says it is of, in a line of its own, and what it dates.

"Reporting period: 3 May to 4 May 2031", "As of 17 February", "NOVEMBER 2031". It dates what the
report counts without a day; a post of a live page is so dated by its moment, as the last day on
which it can have happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from sayso.claims.setting.governing import day, inside
from sayso.claims.setting.sections import Section
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import Claim, TimeMention, When

_YEAR = re.compile(r"\d{4}")

_DIGIT = re.compile(r"\d")

_OPENING = 6
"""Paragraphs at the top in which a line without a label says it."""

_UNDATED = ("event", "participants", "deployed")
"""Kinds of claims that count no harm."""

_SEVERAL = 2
"""Blocks that begin with a day, where days head them."""
_MARKS = frozenset("-–—:.,|;")

_LONGEST = 24
"""Words of such a line, at the most."""

LONG = timedelta(days=27)
"""What is summed over more days than so many is a period's, and of no one event."""


def stretch(sentences: Sequence[Sentence], mentions: Sequence[TimeMention]) -> When | None:
    """The days that the report is of; of one that names but a day all up to it. None where no line
    says it: one that its label names goes before one that is only a date."""
    found: When | None = None
    led = {sentence.start for sentence, _ in _leads(sentences, mentions)}
    for sentence in sentences:
        labelled = _is_labelled(sentence)
        if not labelled and (found or sentence.paragraph >= _OPENING):
            continue
        if len(sentence.tokens) > _LONGEST or (not labelled and any(map(_tells, sentence.tokens))):
            continue
        named = [m for m in inside(sentence, mentions) if m.first and m.last]
        if not labelled and sentence.start in led:
            continue  # a chronicle's
        since = sentence.words("dates", "prepositions.since")
        if not labelled and any(t.lower in since for t in sentence.tokens):
            continue  # "SINCE 1 JANUARY": what stands under it is
        if not labelled:  # "Landmine Record 2031", "week 36/2031"
            named = [m for m in named if _DIGIT.search(m.text)]  # and not "the week"
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


def chronicled(
    over: Sequence[Section], sentences: Sequence[Sentence], mentions: Sequence[TimeMention]
) -> list[Section]:
    """What stands over each sentence, with the day of its block where blocks begin with days:
    "3 May - Two miners died in Vell", and below "7 May - A priest was shot"."""
    days = {
        sentence.paragraph: When(text=m.text, start=m.first, end=m.last, basis="neighbour")
        for sentence, m in _leads(sentences, mentions)
    }
    if len(days) < _SEVERAL:
        return list(over)
    return [
        section._replace(day=days.get(sentence.paragraph, section.day))
        for section, sentence in zip(over, sentences, strict=True)
    ]


def _leads(
    sentences: Sequence[Sentence], mentions: Sequence[TimeMention]
) -> Iterator[tuple[Sentence, TimeMention]]:
    """The sentences that begin their block with a day and a mark behind it, and that day."""
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        for mention in inside(sentence, mentions):
            behind = sentence.text[mention.end - sentence.start :].lstrip()[:1]
            before = [t for t in sentence.tokens if t.end <= mention.start]
            lone = all(t.pos in ("NUM", "PUNCT", "SYM", "X") for t in before)
            ends = behind in _MARKS and mention.first == mention.last
            if mention.first and lone and (ends or mention.end == sentence.end):
                yield sentence, mention
            break


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
