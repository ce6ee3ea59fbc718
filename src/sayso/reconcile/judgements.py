"""What people decided about what is one: claims and documents of an incident, names of a source.

Decisions are transitive: when a is the same as b and b the same as c, then a is the same as c, and
what is another than c is another than a. Where decisions contradict each other, the later one
holds, and the earlier one is said to be overruled: nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sayso.reconcile.order import BEFORE_ALL, moment
from sayso.records import Judgement, Verdict

AFTER_ALL = datetime.max.replace(tzinfo=UTC).isoformat()
"""When something is decided that is only supposed: after all that was."""


class Bonds:
    """Which things belong together, and which apart, by what people decided.

    They go by their ids: claims and documents by `same` and `different`, names of sources (see
    `names.called`) by `same_source` and `other_source`. `overruled` are the judgements that
    contradict later ones, the latest first.
    """

    def __init__(
        self,
        judgements: Iterable[Judgement] = (),
        same: Verdict = "same",
        different: Verdict = "different",
    ) -> None:
        self._same: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        overruled = []
        for judgement in reversed(holding(judgements)):
            if judgement.b is None or judgement.verdict not in (same, different):
                continue
            holds = self.join if judgement.verdict == same else self._part
            if not holds(judgement.a, judgement.b):
                overruled.append(judgement)
        self.overruled = tuple(overruled)

    @property
    def ids(self) -> frozenset[str]:
        """What was judged, by their ids."""
        return frozenset(self._same)

    def of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The bonds of these things, each once, in the order given."""
        return tuple(dict.fromkeys(b for id in ids if (b := self.bond(id)) is not None))

    def bond(self, id: str) -> str | None:
        """What a thing shares with all that belong together with it: the least of their ids. None
        when nobody judged it."""
        if id not in self._same:
            return None
        while self._same[id] != id:
            id = self._same[id]
        return id

    def apart(self, a: str, b: str) -> bool:
        """Whether two bonds were judged to be two."""
        return b in self._apart.get(a, ())

    def differing(self, other: Bonds) -> set[str]:
        """What was judged in one of the two, unless both have just the same."""
        if (self._same, self._apart) == (other._same, other._apart):
            return set()
        return {*self.ids, *other.ids}

    def alone(self, bond: str) -> bool:
        """Whether a bond was judged to be another than some other."""
        return bool(self._apart.get(bond))

    def join(self, a: str, b: str) -> bool:
        """Take two as one; False when that would contradict what holds already."""
        first, second = sorted((self._known(a), self._known(b)))
        if first == second:
            return True
        if self.apart(first, second):
            return False
        self._same[second] = first
        for other in self._apart.pop(second, set()):
            self._apart[other].discard(second)
            self._apart[other].add(first)
            self._apart[first].add(other)
        return True

    def _part(self, a: str, b: str) -> bool:
        """Take two as different; False when that would contradict what holds already."""
        first, second = self._known(a), self._known(b)
        if first == second:
            return False
        self._apart[first].add(second)
        self._apart[second].add(first)
        return True

    def _known(self, id: str) -> str:
        self._same.setdefault(id, id)
        bond = self.bond(id)
        return bond if bond is not None else id


def holding(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that were not taken back, oldest first, each once, and nothing that took one
    back. What took one back can itself be taken back."""
    found: list[Judgement] = []
    void: set[str] = set()
    for judgement in reversed(in_order(judgements)):
        if judgement.id in void:
            continue
        if judgement.verdict == "undo":
            void.add(judgement.a)
        else:
            found.append(judgement)
    return found[::-1]


def meant(judgement: Judgement, among: Mapping[str, Judgement]) -> Judgement | None:
    """What a judgement is about in the end: the one that it takes back, or takes up again, else
    itself; None where that is not `among` those that are known, by their ids."""
    found: Judgement | None = judgement
    while found is not None and found.verdict == "undo":
        found = among.get(found.a)
    return found


def in_order(judgements: Iterable[Judgement]) -> Sequence[Judgement]:
    """The judgements, oldest first, each once."""
    each = {judgement.id: judgement for judgement in judgements}.values()
    return sorted(each, key=lambda j: (moment(j.at) or BEFORE_ALL, j.id))
