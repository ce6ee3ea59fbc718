"""Which claims a person should look at first, and why.

What needs another look comes first, then figures that cannot be true beside another, then what
rests on one voice or on a word like "dozens". Only what stands behind a toll is asked: whatever
else is wrong changes no figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sayso.records import HARMS, Claim, Incident, Judgement, Toll

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

AGAIN, DIFFERS, RANGE, ALONE = 1000, 100, 20, 10
"""How much each reason weighs; the gravity of the harm is added."""

LEAD = 0.5
"""Below this a place may as well be its runner-up: see the table in docs/concepts.md."""


class Asked(NamedTuple):
    """A claim to be looked at, of which kind and incident it is, and the reasons, the weightiest
    first."""

    claim: str
    kind: str
    incident: str
    weight: int
    reasons: tuple[str, ...]


def candidates(ledger: Ledger) -> list[Asked]:
    """The claims behind all tolls, whether judged or not, the most useful first."""
    asked: dict[str, Asked] = {}
    for incident, _ in ledger.incidents():
        for toll in incident.tolls if incident.ours else ():
            for one in _of_toll(incident, toll):
                held = asked.get(one.claim)
                if held is None or held.weight < one.weight:
                    asked[one.claim] = one
    return in_order(asked.values())


def left(
    asked: Sequence[Asked],
    judgements: Iterable[Judgement],
    again: Collection[str],
) -> list[Asked]:
    """Those of the candidates that nobody judged, and first of all those that need another look:
    `again` has the ids of these."""
    from sayso.reconcile.verdicts import Verdicts

    judged = Verdicts(judgements).claims
    found = []
    for one in asked:
        if one.claim in again:
            found.append(read_otherwise(one))
        elif one.claim not in judged:
            found.append(one)
    return in_order(found)


def read_otherwise(one: Asked) -> Asked:
    """The same, of a claim that was judged when it read otherwise."""
    reasons = ("it was judged when it read otherwise", *one.reasons)
    return one._replace(weight=one.weight + AGAIN, reasons=reasons)


def in_order(asked: Iterable[Asked]) -> list[Asked]:
    """The weightiest first."""
    return sorted(asked, key=lambda one: (-one.weight, one.incident, one.claim))


def _of_toll(incident: Incident, toll: Toll) -> Iterable[Asked]:
    """The last word of each origin of a toll, and all that it is disputed by."""
    gravity = len(HARMS) - HARMS.index(toll.kind) if toll.kind in HARMS else 0
    differing = {claim for group in toll.disputed for claim in group}
    last = [origin.claims[-1] for origin in toll.origins if origin.claims]
    for claim in dict.fromkeys([*sorted(differing), *last]):
        weight, reasons = gravity, []
        if claim in differing:
            weight += DIFFERS
            reasons.append("accounts differ")
        if len(toll.origins) == 1:
            weight += ALONE
            reasons.append("no second origin")
        if toll.low != toll.high:
            weight += RANGE
            reasons.append("the figure has bounds")
        reasons = reasons or ["it stands behind a figure"]
        yield Asked(claim, toll.kind, incident.id, weight, tuple(reasons))


def why(reasons: Sequence[str], claim: Claim) -> tuple[str, ...]:
    """The reasons in full, now that the claim itself is at hand."""
    told = [reason for reason in reasons if reason != "the figure has bounds"]
    count = claim.count
    if count is not None and count.low != count.high:
        told.append(f"bounds from “{count.text}”")
    place = claim.where
    if place is not None and place.runner_up is not None and place.runner_up.lead < LEAD:
        other = place.runner_up
        where = f"{other.name}, {other.country}" if other.country else other.name
        told.append(f"“{place.text}” may be {where}")
    return tuple(told)
