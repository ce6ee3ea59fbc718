"""The parts in which a text is read: the posts of a live page, and stretches of a very long text.

What stands near a claim says when, where and on whose word it is; what stands pages before it does
not. A text up to `WHOLE` characters is read in one go, as articles and most reports are. In a
longer one each stretch is read by itself, behind the opening of the text and the sentences before
it, so that ten times the text takes ten times as long, and not a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.setting.sections import Section, parts
from sayso.language.trees import Sentence
from sayso.records import MAIN, Claim

WHOLE = 60_000
"""Characters that are read in one go."""

STRETCH = 15_000
"""Characters after which a stretch of a longer text ends with its paragraph, and in any case when
it is half as long again."""

OPENING = 3
"""Sentences that open a text, behind which each of its posts and stretches is read."""

BEFORE = 1_500
"""Characters before a stretch of which the sentences are read with it, for what it refers to."""


class Part(NamedTuple):
    """Sentences to read: from `first` up to before `past`, behind the first `opening` of the text
    and those from `before` on; `goes_on` says that it is no whole post or text."""

    first: int
    past: int
    opening: int
    before: int
    goes_on: bool = False


def chunks(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """The sentences of a text that are looked at together for what its places are: all of one that
    is read in one go, else some pages of it."""
    if not sentences or sentences[-1].end - sentences[0].start <= WHOLE:
        yield sentences
        return
    begun = 0
    for n in range(1, len(sentences) + 1):
        if n == len(sentences) or _ends(sentences, begun, n):
            yield sentences[begun:n]
            begun = n


def stretches(sentences: Sequence[Sentence], over: Sequence[Section]) -> Iterator[Part]:
    """The parts of a text, in order; `over` is what stands over its sentences."""
    above = next((n for n, section in enumerate(over) if section.posted), 0)
    for first, past in parts(over):
        # A post is read behind what opens its page, and as of its own moment.
        opening = min(above, OPENING) if over[first].posted else 0
        if sentences[past - 1].end - sentences[first].start <= WHOLE:
            yield Part(first, past, opening, first)
            continue
        begun = first
        for n in range(first + 1, past + 1):
            if n == past or _ends(sentences, begun, n):
                before = begun
                while before > first and _span(sentences, before - 1, begun) <= BEFORE:
                    before -= 1
                opened = opening if first else min(OPENING, before)
                yield Part(begun, n, opened, before, begun > first)
                begun = n


def _span(sentences: Sequence[Sentence], first: int, past: int) -> int:
    """How many characters lie from one sentence to another."""
    return sentences[past].start - sentences[first].start


def _ends(sentences: Sequence[Sentence], begun: int, n: int) -> bool:
    """Whether a stretch that began there ends before sentence `n`."""
    long = _span(sentences, begun, n)
    paragraph = sentences[n].paragraph != sentences[n - 1].paragraph
    return long > (STRETCH if paragraph else STRETCH * 3 // 2)


def numbered(claims: Sequence[Claim], opened: int, told: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of a stretch with the numbers of their events and episodes behind those of `told`,
    the stretches before it. It goes on with what the text is about where that is what the opening,
    up to that offset, tells of."""
    events = 1 + max((_number(c.event.id) for c in told if c.event and c.event.id), default=-1)
    others = max((_number(c.episode) for c in told), default=0)
    goes_on = any(c.episode == MAIN for c in claims if c.evidence.end <= opened)
    first = others if goes_on else others + 1
    found: list[Claim] = []
    for claim in claims:
        if claim.event is not None and claim.event.id is not None:
            id = f"e{events + _number(claim.event.id)}"
            claim = replace(claim, event=replace(claim.event, id=id))
        if claim.episode != MAIN or not goes_on:
            claim = replace(claim, episode=f"{claim.episode[0]}{first + _number(claim.episode)}")
        found.append(claim)
    return tuple(found)


def _number(name: str) -> int:
    return int(name[1:])
