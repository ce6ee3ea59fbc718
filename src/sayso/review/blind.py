"""The blind second reading: nobody who judges is shown what others decided of a thing before they
have judged it themselves, so that how far two agree says something.

It is of what a claim is worth, of what is put in place of its fields, of a whole text that is
rejected, and of how well an incident is held to be borne out: what two readers are compared in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sayso.reconcile import judgements as decided
from sayso.records import HARMS, Judgement
from sayso.review.agreement import VERDICTS
from sayso.review.queue import DIFFERS, Asked, in_order, read_otherwise

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

HIDDEN = (*VERDICTS, "reject_text", "grade")
"""The decisions that are hidden from whoever has not made one about the same."""

READERS = 2
"""So many people judge a claim before it is asked no more."""

AGAIN = "a second reading"
"""Why a claim is asked that somebody else has judged: whatever they said of it."""


def seen(judgements: Iterable[Judgement], by: str) -> list[Judgement]:
    """The judgements that this person may know of, oldest first: their own, those about what they
    have judged themselves, and those that are not hidden. What takes back or settles what they may
    not know of is left out with it."""
    judgements = decided.in_order(judgements)
    among = {one.id: one for one in judgements}
    mine = {
        _about(one) for one in decided.holding(judgements) if one.by == by and one.verdict in HIDDEN
    }
    found = []
    for one in judgements:
        root = decided.meant(one, among) or one
        if root.by == by or root.verdict not in HIDDEN or _about(root) in mine:
            found.append(one)
    return found


def waiting(
    ledger: Ledger, asked: Sequence[Asked], judgements: Iterable[Judgement], by: str
) -> list[Asked]:
    """Which claims this person is asked, the most useful first: those of the candidates that nobody
    has judged, and every claim that one other has, be it what it may be by that. Of these neither
    place nor reason says what was decided. What they judged themselves comes again where it reads
    otherwise now."""
    readers: dict[str, set[str]] = defaultdict(set)
    for one in decided.holding(judgements):
        if one.verdict in VERDICTS:
            readers[one.a].add(one.by or "")
    once = {id for id, people in readers.items() if by not in people and len(people) < READERS}
    mine = {id for id in ledger.look_again() if by in readers[id]}
    found = [read_otherwise(one) for one in asked if one.claim in mine]
    found += [one for one in asked if one.claim not in readers]
    held = ledger.claims_of(sorted(once))
    of = _incidents(ledger, once)
    for id, (claim, _) in held.items():
        gravity = len(HARMS) - HARMS.index(claim.kind) if claim.kind in HARMS else 0
        found.append(Asked(id, claim.kind, of.get(id, ""), DIFFERS + gravity, (AGAIN,)))
    return in_order(found)


def _about(made: Judgement) -> tuple[str, str]:
    """What a judgement says something of: a claim, a text, or an incident's grade."""
    return ("claim" if made.verdict in VERDICTS else made.verdict), made.a


def _incidents(ledger: Ledger, claims: Iterable[str]) -> Mapping[str, str]:
    wanted = {*claims}
    return {
        id: incident.id
        for incident, gathering in ledger.incidents_of(wanted)
        for part in gathering.parts
        for id in wanted.intersection(part.claims)
    }
