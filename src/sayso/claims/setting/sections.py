"""What stands over a sentence: the heading that is a place, the day, the post with its moment.

A heading speaks for what stands under it, up to the next of its level or above, and no further;
what a claim's own words say goes before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.setting.governing import inside
from sayso.claims.setting.where import at
from sayso.language.trees import Sentence
from sayso.records import Block, Place, PlaceMention, When

_BESIDE = 2
"""Words that may stand beside the place in a heading: "Attacks in Gao"."""
_FAR_PLACES = ("dateline", "story")
_FAR_TIMES = ("neighbour", "saying")


class Section(NamedTuple):
    """What stands over a sentence: a place, a day as the heading has it, the moment of a post;
    `heads` are where the places begin that head sections, this one's too; `post` is where that post
    begins, and `stamps` whether the sentence is nothing but its moment."""

    place: PlaceMention | None = None
    day: When | None = None
    posted: str | None = None
    post: int | None = None
    heads: frozenset[int] = frozenset()
    stamps: bool = False

    def heads_other(self, place: PlaceMention) -> bool:
        """Whether a place is one that heads another section."""
        own = self.place is not None and place.start == self.place.start
        return place.start in self.heads and not own

    def where(self, told: Place | None) -> Place | None:
        """The place of a claim, for which its own words and those near it told another or none."""
        if self.place is None or not (told is None or told.basis in _FAR_PLACES):
            return told
        return at(self.place, "neighbour")

    def when(self, told: When | None) -> When | None:
        """The time of a claim, in the same way."""
        return told if told is not None and told.basis not in _FAR_TIMES else self.day or told


def sections(
    sentences: Sequence[Sentence],
    shape: Sequence[Block],
    posts: Sequence[Block],
    places: Sequence[PlaceMention],
) -> list[Section]:
    """What stands over each sentence; `posts` are the posts of the text and its days."""
    levels = {block.start: block.level for block in shape if block.kind == "heading"}
    title = shape[0].start if shape else -1
    over: list[tuple[int, PlaceMention | None]] = []
    following, here, day = deque(posts), Section(), None
    stamp = -1
    found: list[Section] = []
    for sentence in sentences:
        while following and following[0].start <= sentence.start:
            post = following.popleft()
            if post.kind == "post":
                here, over = Section(posted=post.moment, post=post.start), []
                stamp = sentence.paragraph
            else:
                day = When(text=post.moment or "", start=post.moment, end=post.moment)
                here = Section(day=replace(day, basis="neighbour"))
                over = []
        if sentence.start in levels and sentence.start != title:
            level = levels[sentence.start]
            over = [(n, place) for n, place in over if n < level]
            over.append((level, _named(sentence, places)))
        place = next((place for _, place in reversed(over) if place is not None), None)
        found.append(here._replace(place=place, stamps=sentence.paragraph == stamp))
    heads = frozenset(section.place.start for section in found if section.place)
    return [section._replace(heads=heads) for section in found]


def parts(over: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """The first sentence of each post and the one behind its last; what stands over the posts is a
    part of its own, and a text without posts is one."""
    first = 0
    for n in range(1, len(over) + 1):
        if n == len(over) or over[n].post != over[first].post:
            yield first, n
            first = n


def _named(heading: Sentence, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that a heading names, where it says hardly anything else."""
    named = inside(heading, places)
    first = next(iter(named), None)
    if first is None or any(other.text not in first.chain for other in named):
        return None
    rest = [
        t
        for t in heading.tokens
        if t.pos != "PUNCT" and not any(m.start <= t.start < m.end for m in named)
    ]
    return first if len(rest) <= _BESIDE and all(t.pos != "VERB" for t in rest) else None
