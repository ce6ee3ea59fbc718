"""How far people agree who judged the same claims, by what the log says.

Of each person the last decision about a claim counts that they did not take back. Cohen's kappa
(1960) is how much more two agree than they would if each kept their own shares of the verdicts and
chose blindly: 1 where they always agree, 0 where no more than so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

from sayso.reconcile.judgements import holding
from sayso.records import Correction, Judgement

VERDICTS = ("accept", "correct", "reject", "unsure")
"""What people say of a claim, one of these."""


class Difference(NamedTuple):
    """A claim of which two people say another thing. Where both corrected it, `fields` are those
    that they corrected otherwise."""

    claim: str
    first: Judgement
    second: Judgement
    fields: tuple[str, ...]


class Agreement(NamedTuple):
    """Two people by their names, how many claims both judged, of how many they gave the same
    verdict, and where they differ. `kappa` is None where chance alone explains all: where both
    always gave one and the same verdict."""

    first: str
    second: str
    both: int
    alike: int
    kappa: float | None
    differences: tuple[Difference, ...]

    def record(self) -> dict[str, Any]:
        """The same for programs."""
        differences = [one._asdict() for one in self.differences]
        return self._asdict() | {"differences": differences}


def agreements(judgements: Iterable[Judgement]) -> list[Agreement]:
    """Each two people who judged a claim in common, by their names. What nobody signed is left
    out."""
    said: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in holding(judgements):
        if judgement.by and judgement.verdict in VERDICTS:
            said[judgement.by][judgement.a] = judgement
    found = (_between(a, b, said[a], said[b]) for a, b in combinations(sorted(said), 2))
    return [one for one in found if one.both]


def _between(
    first: str, second: str, a: dict[str, Judgement], b: dict[str, Judgement]
) -> Agreement:
    pairs = [(claim, a[claim], b[claim]) for claim in sorted(a.keys() & b.keys())]
    alike = sum(one.verdict == other.verdict for _, one, other in pairs)
    differ = []
    for claim, one, other in pairs:
        fields = _fields(one.correction, other.correction)
        if one.verdict != other.verdict or fields:
            differ.append(Difference(claim, one, other, fields))
    verdicts = [(one.verdict, other.verdict) for _, one, other in pairs]
    return Agreement(first, second, len(pairs), alike, kappa(verdicts), tuple(differ))


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of what two people said of the same things, one pair for each. None where there
    is nothing, or both said one and the same of all."""
    pairs = list(pairs)
    of_first, of_second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # In whole numbers, so that agreement by chance alone is known for what it is.
    chance = sum(of_first[word] * of_second[word] for word in of_first)
    if chance == len(pairs) ** 2:
        return None
    alike = len(pairs) * sum(a == b for a, b in pairs)
    return (alike - chance) / (len(pairs) ** 2 - chance)


def _fields(one: Correction | None, other: Correction | None) -> tuple[str, ...]:
    if one is None or other is None:
        return ()
    return tuple(
        name for name in Correction.__struct_fields__ if getattr(one, name) != getattr(other, name)
    )
