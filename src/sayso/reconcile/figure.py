"""One figure that a document tells, and what is put together of those of one kind and group."""

from __future__ import annotations

from typing import NamedTuple

from sayso.reconcile.order import Key, key
from sayso.reconcile.sides import Stake
from sayso.records import (
    Category,
    Claim,
    Document,
    Kind,
    Manner,
    Unit,
    Voice,
)

PAPERS = (None, "media", "news_agency")
ABSENT = float("inf")
Counted = tuple[int | None, int | None]
"""The least and the most, None where it is open."""


class Figure(NamedTuple):
    """What one document says, on one voice's word, about one kind and group of people.

    `stake` is what makes the voice a side of it, None for all others. `sum` is what there are in
    all where the claim counts only those beside others ("two more died"), or some of those told of
    in one row ("the owner and a mechanic"); `moved` says that those
    leave the row in which they were counted: who died of wounds is no more among the injured.
    `stands_for` is its rank where that is another than its voice's: that of a better placed voice
    whose figure this one overtook, or one behind what is left of it.
    """

    document: Document
    claim: Claim
    voice: Voice
    copy: bool
    denial: bool
    stake: Stake | None = None
    sum: Counted | None = None
    moved: bool = False
    stands_for: int | None = None

    @property
    def kind(self) -> Kind:
        """What it counts: of who died of wounds, the injured that are left."""
        change = self.claim.change
        return change.of if self.moved and change and change.of else self.claim.kind

    @property
    def row(self) -> tuple[Kind, Category]:
        """The kind and the group: every toll counts one of each."""
        return self.kind, group(self.claim)

    @property
    def low(self) -> int | None:
        """The least that is said, None when open."""
        if self.sum is not None:
            return self.sum[0]
        return self.claim.count.low if self.claim.count else None

    @property
    def high(self) -> int | None:
        """The most that is said, None when open."""
        if self.sum is not None:
            return self.sum[1]
        return self.claim.count.high if self.claim.count else None

    @property
    def span(self) -> tuple[float, float]:
        """Both bounds as numbers."""
        return (
            0 if self.low is None else self.low,
            ABSENT if self.high is None else self.high,
        )

    @property
    def counts(self) -> tuple[Unit, Manner | None]:
        """In what unit, and of homes what became of them."""
        unit = self.claim.count.unit if self.claim.count else "people"
        return unit, self.claim.manner if self.kind == "homes" else None

    @property
    def printed(self) -> str:
        """The id of the document that it stands in, of a post that of its page."""
        posted = self.claim.posted
        return self.document.id.removesuffix(f"#{posted}") if posted else self.document.id

    @property
    def adds(self) -> bool:
        """Whether it counts people beside those told before."""
        return self.claim.change is not None and self.claim.change.how == "added"

    @property
    def own_voice(self) -> bool:
        """Whether a paper or agency says it for itself, and no office that publishes its own."""
        return not self.claim.sources and self.voice.kind in PAPERS

    @property
    def when(self) -> tuple[Key, bool, int, str]:
        """Where it stands among all figures: by publication, what adds behind what it may add to,
        then by place in the text."""
        return key(self.document), self.adds or self.moved, self.claim.evidence.start, self.claim.id


class LeftOut(NamedTuple):
    """The claims of a row that were not counted, by why: what is background behind its document, a
    part before its whole."""

    background: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    unsure: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()


class Row(NamedTuple):
    """The figures of one kind and group that enter its toll, oldest first, and what did not;
    `beside` are the smaller ones that a voice gives beside its figure for the whole."""

    figures: tuple[Figure, ...]
    left_out: LeftOut
    beside: tuple[Figure, ...] = ()


def group(claim: Claim) -> Category:
    """The group of people that a claim counts."""
    return claim.who.category if claim.who else "unspecified"


def denies(denial: Figure, said: tuple[float, float]) -> bool:
    """Whether a denial speaks of what was said: it names no figure, nobody, or one that agrees."""
    low, high = denial.span
    return high == 0 or (low <= said[1] and said[0] <= high)


def sums(claim: Claim) -> bool:
    """Whether a claim says that it counts all so far, or puts an earlier count right."""
    return claim.change is not None and claim.change.how in ("total", "revised")
