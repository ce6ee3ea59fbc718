"""What people decided about which claims and documents are of one incident.

Decisions are transitive: when a is the same as b and b the same as c, then a is the same as c, and
what is another than c is another than a. Where decisions contradict each other, the later one
holds, and the earlier one is said to be overruled: nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.reconcile.verdicts import holding
from sayso.records import Judgement


class Bonds:
    """Which claims and documents belong together, and which apart, by what people decided.

    A claim or document goes by its id. `overruled` are the judgements that contradict later ones,
    the latest first.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._same: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        overruled = []
        for judgement in reversed(holding(judgements)):
            if judgement.b is None or judgement.verdict not in ("same", "different"):
                continue
            holds = self._join if judgement.verdict == "same" else self._part
            if not holds(judgement.a, judgement.b):
                overruled.append(judgement)
        self.overruled = tuple(overruled)

    @property
    def ids(self) -> frozenset[str]:
        """The claims and documents that were judged, by their ids."""
        return frozenset(self._same)

    def of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The bonds of these claims and documents, each once, in the order given."""
        return tuple(dict.fromkeys(b for id in ids if (b := self.bond(id)) is not None))

    def bond(self, id: str) -> str | None:
        """What a claim or document shares with all that belong together with it: the least of
        their ids. None when nobody judged it."""
        if id not in self._same:
            return None
        while self._same[id] != id:
            id = self._same[id]
        return id

    def apart(self, a: str, b: str) -> bool:
        """Whether two bonds were judged to be of different incidents."""
        return b in self._apart.get(a, ())

    def _join(self, a: str, b: str) -> bool:
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
