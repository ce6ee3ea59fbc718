"""How many there are in all, where a figure counts only those beside others: "two more died".

What it adds to is the whole that its own text gives, or the best figure that stood till then. A
text that gives the sum besides ("bringing the toll to nine") needs no adding, and what another
tells of the same two is no second addition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sayso.reconcile.figure import Counted, Figure
from sayso.reconcile.imprinting.making import sentences_of
from sayso.reconcile.imprinting.sentences import parted
from sayso.reconcile.order import day, moment
from sayso.reconcile.weighing import chosen
from sayso.records import Claim

SAME = timedelta(days=1)
"""Two that add as many, published less than so far apart, tell of the same people."""

_ALL = ("total", "revised")


class Step(NamedTuple):
    """That a count rose by so many, as a figure says or as two that follow each other show."""

    by: int
    figure: Figure


class Sum(NamedTuple):
    """What a figure comes to: the `figure` with its sum, and what it was added `to`, None where
    nothing was told before; or the `whole` of its own text that has it in it already, and what that
    was before where it makes the difference."""

    figure: Figure
    to: Figure | None = None
    whole: Figure | None = None
    again: bool = False


def summed(figure: Figure, told: Sequence[Figure], steps: Sequence[Step]) -> Sum:
    """What a figure that counts people beside others comes to, by what was `told` and still stands,
    oldest first, and by how the count rose till then."""
    here = [f for f in told if f.document.id == figure.document.id]
    before = [f for f in told if f.document.id != figure.document.id]
    base = chosen(before)
    least, most = figure.low or 0, figure.high
    total: Counted
    away = figure.moved
    if away:  # "one of the 25 injured died": of the 25, where that is no count of those left
        most_told = base.low or 0 if base else 0
        base = chosen([*before, *(f for f in here if (f.low or 0) >= most_told)])
    else:
        for whole in sorted(here, key=lambda f: f.span, reverse=True):
            if not _adds_to(figure, whole, base):
                up = base is not None and (base.low or 0) + least == whole.low
                return Sum(figure, base if up else None, whole)
            base = whole
            break
    for step in reversed(steps):
        if step.by == least and _same(step.figure, figure):
            total = step.figure.low, step.figure.high
            return Sum(figure._replace(sum=total), step.figure, again=True)
    if base is None:
        return Sum(figure._replace(sum=(figure.low, None)))
    low, high = base.low, base.high
    if away:
        total = (
            None if low is None else max(low - least, 0),
            None if high is None else max(high - least, 0),
        )
    else:
        total = (
            None if low is None else low + least,
            None if high is None or most is None else high + most,
        )
    return Sum(figure._replace(sum=total), base)


def _adds_to(figure: Figure, whole: Figure, base: Figure | None) -> bool:
    """Whether a whole of the same text is what a figure adds to, and not what it comes to."""
    change = whole.claim.change
    if change is not None and change.how in _ALL:
        return False
    if whole.low is None or figure.low is None or whole.low <= figure.low:
        return True
    if base is not None and base.low is not None:
        return whole.low < base.low + figure.low
    if _days_apart(whole.claim, figure.claim):
        return True
    return _behind_its_sentence(whole, figure)


def _behind_its_sentence(whole: Figure, figure: Figure) -> bool:
    """Whether a figure stands in a later sentence of the text than its whole."""
    first, then = whole.claim.evidence.end, figure.claim.evidence.start
    return parted(sentences_of(whole.document), first, then)


def _days_apart(a: Claim, b: Claim) -> bool:
    """Whether the second tells of a later day than the first."""
    if not a.when or not b.when or not a.when.end or not b.when.start:
        return False
    return a.when.end[:10] < b.when.start[:10]


def _same(earlier: Figure, later: Figure) -> bool:
    """Whether two that add as many tell of the same people: the later tells of the day on which the
    first was published, or the day before; or they are published on one day, and it does not tell
    of a later one."""
    if earlier.document.id == later.document.id:
        return False
    published, when = day(earlier.document), later.claim.when
    start = moment(when.start[:10]) if when and when.start else None
    if published is not None and start is not None:
        after = (start.date() - published).days
        if after > 0:
            return False
        if after >= -1:
            return True
    return later.when[0][0] - earlier.when[0][0] < SAME
