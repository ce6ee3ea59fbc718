"""Which documents are one text, so that forty outlets that print one report are one witness.

Two texts are one when the shorter one's sequences of five words stand, for the most part, in the
longer one: containment, not overlap, so that a trimmed copy is still a copy. What stands in
quotation marks counts for less, since two reporters may print one statement. Documents of one
outlet that are one text are successive *versions* of a page, not copies: they are no second witness
either, but the later one corrects the earlier. A reworded translation is out of reach here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import numpy as np

from sayso.reconcile.imprinting.making import sequences_of
from sayso.reconcile.imprinting.numbers import Numbers
from sayso.reconcile.imprinting.sequences import compared
from sayso.reconcile.order import day
from sayso.reconcile.wires import wire
from sayso.records import CopyGroup, Document

T = TypeVar("T")

CONTAINED = 0.5
"""Share of the shorter text that must stand in the longer one: copies and light rewrites that
people called one text reach .54 and more, different reports with a shared statement stay below
.48."""

CONTAINED_SAME_WIRE = 0.3
"""The same, for two texts that name one agency within `DAYS_SAME_WIRE`: agencies rewrite their own
report as it grows."""

DAYS_SAME_WIRE = 2
NARRATED = 0.4
"""Share of the shorter text's words outside quotation marks that must be shared as well."""

FEWEST = 12
"""Sequences that must be shared at least; a common sentence is not a common text."""

ALIEN = 0.2
"""A document joins no family in which it shares less than this with any member looked at: a
round-up that holds many short reports must not make one text of them."""

NEIGHBOURS = 10
"""Documents that an outlet published before another, in which its furniture is sought; for the
first `LEADS` of an outlet also as many after it."""

LEADS = 3
"""A sequence under so many different openings at one outlet is that outlet's furniture."""

OLDEST = 32
"""Documents remembered per sequence: the five-hundredth copy still meets the first."""

_SAMPLE = 4  # one sequence in four finds candidates: a copy shares dozens of them
LOOKED_AT = 8
"""Members of a family that a newcomer is compared with."""


class Text(NamedTuple):
    """What a document is compared by: its sequences of five words, those outside quotation marks,
    how it opens, who published it when, and the agency it names.
    """

    whole: Numbers
    narration: Numbers
    opening: int
    document: Document
    wire: str | None


def text_of(document: Document) -> Text:
    """A document as it is compared, with all that its outlet printed around it."""
    held = sequences_of(document)
    whole, narration = compared(held)
    return Text(
        whole=whole,
        narration=narration,
        opening=held.opening,
        document=document,
        wire=wire(document),
    )


def around(pages: Sequence[T], at: int) -> list[T]:
    """Of what an outlet published, oldest first, that around the one which stands there, in which
    its furniture is sought."""
    found = list(pages[max(0, at - NEIGHBOURS) : at])
    return found + list(pages[at + 1 : at + 1 + NEIGHBOURS] if at < LEADS else ())


def without_furniture(text: Text, neighbours: Sequence[Text]) -> Text:
    """A text less what its outlet prints under everything.

    `neighbours` are the texts that the outlet published around it. What stands in this and two more
    of them, under three different openings, is no news.
    """
    openings = {other.opening: other.whole for other in neighbours if other.opening != text.opening}
    if len(openings) < LEADS - 1:
        return text
    unique, count = np.unique(np.concatenate(list(openings.values())), return_counts=True)
    common = unique[count >= LEADS - 1]
    whole = np.setdiff1d(text.whole, common, assume_unique=True)
    if len(whole) == len(text.whole):
        return text
    if text.narration is text.whole:
        return text._replace(whole=whole, narration=whole)
    narration = np.setdiff1d(text.narration, common, assume_unique=True)
    return text._replace(whole=whole, narration=narration)


class Copies:
    """Families of documents that are one text; documents are placed oldest first.

    A family goes by the number of its oldest document, counted as they were placed. The one placed
    last can be taken back, so that a document which arrives late can be put in its place.
    """

    def __init__(self) -> None:
        self._texts: list[Text] = []
        self._family: list[int] = []
        self._members: dict[int, list[int]] = {}
        # The documents that have a sequence: most are in one only, for which no tuple is kept.
        self._seen: dict[int, int | tuple[int, ...]] = {}

    def place(self, text: Text) -> int:
        """The family of the next document: its own number when it is no text placed before."""
        new = len(self._texts)
        family = self._one_of(text)
        if family is None:
            family = new
            self._members[new] = []
        self._members[family].append(new)
        self._texts.append(text)
        self._family.append(family)
        for shingle in sample(text).tolist():
            seen = self._seen.setdefault(shingle, new)
            if isinstance(seen, tuple):
                if len(seen) < OLDEST:
                    self._seen[shingle] = (*seen, new)
            elif seen != new:
                self._seen[shingle] = (seen, new)
        return family

    def take_back(self) -> None:
        """Forget the document placed last."""
        text, family = self._texts.pop(), self._family.pop()
        last = len(self._texts)
        self._members[family].pop()
        if family == last:
            del self._members[family]
        for shingle in sample(text).tolist():
            seen = self._seen[shingle]
            if seen == last:
                del self._seen[shingle]
            elif isinstance(seen, tuple) and seen[-1] == last:
                self._seen[shingle] = seen[:-1] if len(seen) > 2 else seen[0]

    def _one_of(self, text: Text) -> int | None:
        """The family that a text is one of, None when of none."""
        shared: Counter[int] = Counter()
        for shingle in sample(text).tolist():
            if (seen := self._seen.get(shingle)) is not None:
                shared.update((seen,) if isinstance(seen, int) else seen)
        for old in nearest(shared):
            if is_one_text(self._texts[old], text):
                family = self._family[old]
                if joins(text, [self._texts[i] for i in self._members[family][:LOOKED_AT]]):
                    return family
        return None


def sample(text: Text) -> Numbers:
    """The sequences by which texts that may be one are found."""
    found: Numbers = text.whole[text.whole % _SAMPLE == 0]
    return found


def nearest(shared: Mapping[int, int]) -> list[int]:
    """The older documents that a text is compared with, by how many of the `sample` they share."""
    return sorted(shared, key=lambda old: (-shared[old], old))[: 2 * LOOKED_AT]


def joins(text: Text, members: Iterable[Text]) -> bool:
    """Whether a text that is one with a member of a family has enough of its first members."""
    return all(_contained(member.whole, text.whole) >= ALIEN for member in members)


def copy_group(family: Sequence[Document]) -> CopyGroup | None:
    """The copy group of documents that are one text, with the agency that most of those which name
    any name; None when they are versions of one outlet."""
    if len({outlet(document) for document in family}) < 2:
        return None
    wires = Counter(name for name in map(wire, family) if name)
    named = min(wires, key=lambda name: (-wires[name], name)) if wires else None
    return CopyGroup(documents=tuple(document.id for document in family), wire=named)


def versions(family: Sequence[Document]) -> list[tuple[str, ...]]:
    """The successive versions of a page among documents that are one text: ids, oldest first, two
    or more of each outlet."""
    pages: dict[str, list[str]] = defaultdict(list)
    for document in family:
        pages[outlet(document)].append(document.id)
    return [tuple(ids) for ids in pages.values() if len(ids) > 1]


def outlet(document: Document) -> str:
    """Who published a document, for telling outlets apart: the site of its address, else the
    outlet's name, else the document itself."""
    site = urlsplit(document.url or "").hostname or ""
    name = site or (document.outlet or "").casefold().strip()
    for prefix in ("www.", "m.", "amp.", "edition."):
        name = name.removeprefix(prefix)
    return name or f"document {document.id}"


def is_one_text(a: Text, b: Text) -> bool:
    """Whether two documents are one text."""
    needed = CONTAINED
    whole = _contained(a.whole, b.whole)
    if whole < CONTAINED:
        first, second = day(a.document), day(b.document)
        close = not first or not second or abs((second - first).days) <= DAYS_SAME_WIRE
        if close and a.wire and a.wire == b.wire:
            needed = CONTAINED_SAME_WIRE
    if whole < needed:
        return False
    return _contained(a.narration, b.narration) >= NARRATED * needed / CONTAINED


def _contained(a: Numbers, b: Numbers) -> float:
    """The share of the smaller set that stands in the other; 0 when too little is shared."""
    smaller = min(len(a), len(b))
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / smaller if shared >= min(FEWEST, smaller) and smaller else 0.0
