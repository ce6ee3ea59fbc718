"""Which accounts tell of the same incident.

Each account joins, oldest first, the incident whose accounts it resembles most, or begins a new
one. It is compared with a bounded number of accounts found by the words that tell most, so that
adding one never needs all. Where an account goes depends on those before it and on nothing later;
what was placed last can be taken back, so that one that arrives late can be put in its place.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from sayso.reconcile.judgements import Bonds
from sayso.reconcile.reports import Report
from sayso.reconcile.resemblance import Weighed, follow, resemblance, weighed
from sayso.reconcile.shelf import Shelf
from sayso.reconcile.twofold import are_two
from sayso.reconcile.words import Rarity

ALIKE = 0.17
"""Mean likeness to the `NEAREST` accounts of an incident that makes an account one of them, chosen
together with the factors of `resemblance`: what is higher parts stories, what is lower joins
attacks."""

NEAREST = 2

_RECENT = 30  # of the accounts that a word marks, so many of the latest are looked at
_CLOSEST = 12  # accounts looked at closely: those that share most marks


class _Step(NamedTuple):
    """What placing one account changed, for taking it back."""

    incident: int
    began: bool
    merged: tuple[tuple[int, int, int], ...]
    bonds: tuple[str, ...]


class Incidents:
    """Incidents by number; accounts are placed oldest first, and the last can be taken back."""

    def __init__(self, bonds: Bonds | None = None) -> None:
        self.bonds = bonds or Bonds()
        self._rarity = Rarity()
        self._placed: Shelf[Weighed] = Shelf()
        self._at: list[int] = []
        self._members: list[list[int]] = []
        # The words of each incident, with the account that used the word first.
        self._words: Shelf[dict[int, int]] = Shelf()
        # The accounts that a word marks, and its weight in each, in turns: an array is read at once
        # where tuples lie all over the memory.
        self._marked: dict[int, array[float]] = defaultdict(lambda: array("d"))
        self._into: list[int] = []
        self._home: dict[str, int] = {}  # the incident of each bond that was met
        self._judged: dict[int, list[str]] = defaultdict(list)  # the bonds of each incident
        self._steps: list[_Step] = []

    def place_all(
        self,
        reports: Mapping[int, Report],
        bonds: Sequence[Sequence[str]] = (),
        there: Mapping[int, int] | None = None,
    ) -> dict[int, int]:
        """The incident of each account of one document, by its number there, each placed in turn:
        of several those first that are most like what was told before, so that two events of one
        text stay two; and last what it tells as one more of its kind. Those that are `there`
        already, with an older print, stay where they are."""
        held = {n: bonds[n] if bonds else () for n in reports}
        found = dict(there or {})
        order = [n for n in reports if n not in found]
        if len(order) > 1:
            alike = {n: self._nearest(weighed(reports[n], self._rarity), held[n])[1] for n in order}
            order.sort(key=lambda n: (reports[n].again, -alike[n], n))
        for n in order:
            taken = [self.now(found[m]) for m in found if are_two(reports[m], reports[n])]
            found[n] = self.place(reports[n], held[n], taken)
        return found

    def place(self, report: Report, bonds: Sequence[str] = (), taken: Collection[int] = ()) -> int:
        """The number of the incident that the next account belongs to, by likeness none of `taken`.

        `bonds` are those of its claims and document. What people judged goes before likeness: an
        account is where its bonds are, which makes one of two incidents, and never where something
        is that was judged to be of another.
        """
        new = weighed(report, self._rarity)
        homes = dict.fromkeys(self.now(self._home[b]) for b in bonds if b in self._home)
        alike, _ = self._nearest(new, bonds, taken)
        homes |= dict.fromkeys([] if alike is None else [alike])
        began = not homes
        incident = self._begin() if began else next(iter(homes))
        merged = tuple(
            self._merge(other, incident)
            for other in list(homes)[1:]
            if not self._contradict(self._judged[other], self._judged[incident])
        )
        words = self._words[incident]
        # Not by a difference of sets: that would walk all words of a large incident.
        if new_words := [word for word in report.counts if word not in words]:
            self._words[incident] = words | dict.fromkeys(new_words, len(self._placed))
            self._rarity.add(new_words)
        met = tuple(bond for bond in bonds if bond not in self._home)
        for bond in met:
            self._home[bond] = incident
            self._judged[incident].append(bond)
        for word in new.marks:
            self._marked[word].extend((len(self._placed), new.vector[word]))
        self._members[incident].append(len(self._placed))
        self._placed.append(new)
        self._at.append(incident)
        self._steps.append(_Step(incident, began, merged, met))
        return incident

    def take_back(self) -> None:
        """Forget the account placed last."""
        step = self._steps.pop()
        incident = step.incident
        placed = self._placed.pop()
        self._at.pop()
        self._members[incident].pop()
        for word in placed.marks:
            del self._marked[word][-2:]
            if not self._marked[word]:
                del self._marked[word]
        for bond in step.bonds:
            del self._home[bond]
            self._judged[incident].pop()
        words = self._words[incident]
        last = len(self._placed)
        self._rarity.remove([word for word, first in words.items() if first == last])
        self._words[incident] = {word: first for word, first in words.items() if first != last}
        for merged in reversed(step.merged):
            self._unmerge(*merged, incident)
        if step.began:
            self._members.pop()
            self._words.pop()
            self._into.pop()
            self._judged.pop(incident, None)
            self._rarity.close()

    def now(self, incident: int) -> int:
        """The incident that one is part of since people judged the two to be one: mostly itself."""
        while self._into[incident] != incident:
            incident = self._into[incident]
        return incident

    def _begin(self) -> int:
        new = len(self._members)
        self._members.append([])
        self._words.append({})
        self._into.append(new)
        self._rarity.open()
        return new

    def _merge(self, other: int, incident: int) -> tuple[int, int, int]:
        """Make one incident part of another; what says how to undo it."""
        self._into[other] = incident
        self._members[incident] += self._members[other]
        self._judged[incident] += self._judged[other]
        return other, len(self._members[other]), len(self._judged[other])

    def _unmerge(self, other: int, members: int, judged: int, incident: int) -> None:
        self._into[other] = other
        del self._members[incident][len(self._members[incident]) - members :]
        del self._judged[incident][len(self._judged[incident]) - judged :]

    def _contradict(self, bonds: Sequence[str], others: Sequence[str]) -> bool:
        return any(self.bonds.apart(bond, other) for bond in bonds for other in others)

    def _nearest(
        self, new: Weighed, bonds: Sequence[str], taken: Collection[int] = ()
    ) -> tuple[int | None, float]:
        """The incident that an account resembles most and enough, and how much; None and 0 when it
        resembles none."""
        shared: dict[float, float] = defaultdict(float)
        for word in new.marks:
            if (marked := self._marked.get(word)) is not None:
                weight = new.vector[word]
                recent = marked[-2 * _RECENT :]
                for number, there in zip(recent[::2], recent[1::2], strict=True):
                    shared[number] += weight * there
        most = nsmallest(_CLOSEST, ((-share, number) for number, share in shared.items()))
        closest: dict[int, list[int]] = {}
        for old in (int(number) for _, number in most):
            if follow(new, self._placed[old]):
                continue
            incident = self.now(self._at[old])
            if incident in taken:
                continue
            if not (bonds and self._contradict(bonds, self._judged[incident])):
                closest.setdefault(incident, []).append(old)
        best: int | None = None
        nearest = ALIKE
        for incident, accounts in closest.items():
            each = sorted((resemblance(new, self._placed[old]) for old in accounts), reverse=True)
            # One account that is alike among several that are not is a chance likeness.
            among = min(NEAREST, len(self._members[incident]))
            mean = math.fsum(each[:among]) / among
            if mean > nearest:
                best, nearest = incident, mean
        return best, nearest if best is not None else 0.0
