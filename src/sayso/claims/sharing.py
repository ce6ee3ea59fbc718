"""What an event knows, given to those of its claims that lack it: the place, the day, the doer.

"Gunmen attacked the village of Karsa. The attack left nine dead": the nine died in Karsa. A claim
takes the place and the day that the event's own words give, if they give but one, and keeps what
its own sentence says. A doer accuses somebody, so one is taken only from the words that tell of the
harm and from the figure that this one is a part of; further off it is for `carrying` to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec.structs import replace

from sayso.claims.carrying import has_until_now, lacks_doer
from sayso.claims.deeds import did
from sayso.claims.episodes import one_place
from sayso.claims.identity import done_at
from sayso.claims.referents import Harm
from sayso.claims.setting.governing import day
from sayso.records import Claim, Place, When

_ASSUMED = (None, "dateline", "story", "sayer")
"""Grounds of a place that is not told of the claim at all."""


def shared(claims: Sequence[Claim], tellings: Mapping[str, Harm]) -> tuple[Claim, ...]:
    """The same claims, in text order, with what others of their event give; `tellings` are their
    words, by the claims' ids."""
    by_event: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.event and claim.event.id:
            by_event.setdefault(claim.event.id, []).append(claim)
    changed: dict[str, Claim] = {}
    for of_one in by_event.values():
        place, when = _place(of_one), _when(of_one)
        for claim in of_one:
            told = _placed(claim, place)
            if not _sums_up(claim, tellings) and not _has_day(claim, tellings):
                told = _dated(told, when)
            changed[claim.id] = _with_doer(told, of_one, tellings)
    return tuple(changed.get(claim.id, claim) for claim in claims)


def _place(claims: Iterable[Claim]) -> Place | None:
    """The one place at which the words of the claims of an event put it; None of several."""
    own = [place for c in claims if c.scope != "period" and (place := done_at(c)) is not None]
    return own[0] if own and all(one_place(own[0], p) for p in own) else None


def _placed(claim: Claim, place: Place | None) -> Claim:
    basis = claim.where.basis if claim.where else None
    if place is None or basis not in _ASSUMED or claim.scope == "period":
        return claim
    because = claim.because | {"where": "place.event"}
    return replace(claim, where=replace(place, basis="neighbour"), because=because)


def _when(claims: Iterable[Claim]) -> When | None:
    """The one day, or night, that the words of the claims of an event give; None of several."""
    own = [c.when for c in claims if c.when and c.when.basis == "sentence" and _is_dated(c)]
    days = [when for when in own if _is_day(when)]
    return days[0] if len({(w.start, w.end) for w in days}) == 1 else None


def _is_day(when: When) -> bool:
    first, last = day(when.start), day(when.end)
    return bool(first and last and last - first <= timedelta(days=1))


def _is_dated(claim: Claim) -> bool:
    """Whether a claim is of the deed itself, and not of what came of it later."""
    later = claim.change is not None and claim.change.of is not None
    return did(claim) and not later and claim.scope == "current"


def _sums_up(claim: Claim, tellings: Mapping[str, Harm]) -> bool:
    """Whether a claim tells how many it has been so far, in words that name no event."""
    own = tellings.get(claim.id)
    bare = claim.because.get("event_id") == "same.harm"
    return bare and own is not None and has_until_now(own.predicate)


def _has_day(claim: Claim, tellings: Mapping[str, Harm]) -> bool:
    """Whether its sentence names a day, which grammar has found to be another's, or to be none:
    "nine miners killed by a blast were flown home on Tuesday", "the day before the raid"."""
    own = tellings.get(claim.id)
    if own is None:
        return False
    named = any(t.entity in ("DATE", "TIME") for t in own.predicate.line())
    return named or own.predicate.kid("obl:unmarked") is not None


def _dated(claim: Claim, when: When | None) -> Claim:
    known = claim.when is not None and claim.when.basis != "saying"
    if when is None or known or not _is_dated(claim):
        return claim
    because = claim.because | {"when": "time.event"}
    return replace(claim, when=replace(when, basis="neighbour"), because=because)


def _with_doer(claim: Claim, claims: Sequence[Claim], tellings: Mapping[str, Harm]) -> Claim:
    """The claim with the one doer of the figure that it is a part of, or of its own words."""
    if not lacks_doer(claim):
        return claim
    own = tellings.get(claim.id)
    told = [
        other
        for other in claims
        if other.by is not None
        and (
            other.id == claim.part_of
            or (own and (theirs := tellings.get(other.id)) and _is_one(own, theirs))
        )
    ]
    doers = {other.by.text for other in told if other.by}
    if len(doers) != 1 or (claim.who and claim.who.text in doers):
        return claim
    because = claim.because | {"by": "by.event"}
    return replace(claim, by=told[0].by, by_said=told[0].by_said, because=because)


def _is_one(a: Harm, b: Harm) -> bool:
    return a.sentence == b.sentence and a.predicate is b.predicate
