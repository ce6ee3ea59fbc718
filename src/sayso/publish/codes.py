"""What ACLED, UCDP and PLOVER would call an incident, by the rules of `data/codes/events.toml`.

A rule names conditions on who acts, who suffers and what came of it. They are asked of all that the
incident's claims say of one type of event together; what nobody says fails them, and where no rule
holds there is no code, and none is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sayso.lexicon import codes
from sayso.publish.board import Board
from sayso.records import Claim, Toll

STANDING = ("asserted", "reported", "alleged")
"""Modalities of what is said to have happened."""


class Side(NamedTuple):
    """Who acted or suffered, in the words most used for them, and their category."""

    text: str
    category: str


class Coded(NamedTuple):
    """An incident as one project codes it: Sayso's type and mode, the code, None where there is
    none, what a person may choose instead, and the two sides."""

    key: str
    code: Any
    instead: tuple[str, ...]
    by: Side | None
    to: Side | None


def coded(board: Board, target: str) -> Coded:
    """The code of an incident for `acled` or `ucdp`: of violence where somebody came to harm by it,
    else of its own type of event, else of the first other, the most told first, that has one.

    Of the claims of one type of event each gives a code by who acts and suffers in it, and the one
    that most give stands. Where a person set the incident's type, no other is asked.
    """
    harmed: set[str] = {toll.kind for toll in board.incident.tolls if _some(toll)}
    told = _told(board, bool(harmed & {"killed", "injured"}))
    if "type" in board.incident.mended:
        told = {k: c for k, c in told.items() if k.partition("/")[0] == board.incident.type}
    first = Coded(board.incident.type or "", None, (), None, None)
    for number, (key, claims) in enumerate(told.items()):
        alike = [
            c for k, each in told.items() if k.split("/")[0] == key.split("/")[0] for c in each
        ]
        by = _side(claim.by for claim in claims) or _side(claim.by for claim in alike)
        to = _side(_suffers(claims)) or _side(_suffers(alike))
        given = Counter(rule for claim in claims if (rule := _rule(key, target, claim, by, harmed)))
        if number == 0:
            first = Coded(key, None, (), by, to)
        if given:
            code, instead = given.most_common(1)[0][0]
            return Coded(key, code, instead, by, to)
    return first


def plover(type: str, mode: str | None) -> tuple[str, str] | None:
    """PLOVER's type and mode for ours; None where it has nothing."""
    entry = codes("events")["event"].get(_key(type, mode)) or codes("events")["event"].get(type, {})
    theirs = entry.get("plover", {"type": type, "mode": mode})
    return (theirs["type"], theirs.get("mode") or "") if theirs else None


def field_of(target: str, toll: Toll) -> str:
    """The field of a target that a toll goes to; "" where there is none."""
    theirs = codes("harms").get(toll.kind, {}).get(target, "")
    if isinstance(theirs, str):
        return theirs
    for rule in theirs:
        wanted = rule.get("when", {}).get("who")
        if wanted is None or toll.who in _categories(wanted):
            return str(rule["code"])
    return ""


def _told(board: Board, violent: bool) -> dict[str, list[Claim]]:
    """What is said to have happened, by type and mode: where there was violence that first, then
    the incident's own type, then the most told."""
    found: dict[str, list[Claim]] = {}
    for line in board.lines.values():
        claim = line.claim
        if claim.event and claim.scope == "current" and claim.modality in STANDING:
            found.setdefault(_key(claim.event.type, claim.event.mode), []).append(claim)

    def order(key: str) -> tuple[bool, bool, int, str]:
        type, own = key.partition("/")[0], board.incident.type
        return not (violent and type == "ASSAULT"), type != own, -len(found[key]), key

    return {key: found[key] for key in sorted(found, key=order)}


def _key(type: str, mode: str | None) -> str:
    return f"{type}/{mode}" if mode else type


def _rule(
    key: str, target: str, claim: Claim, by: Side | None, harmed: set[str]
) -> tuple[Any, tuple[str, ...]] | None:
    """The code that the first rule gives which holds of a claim, and what it may be instead. Where
    the claim does not say who acted it is who did so in the others, unless they are who suffered.
    """
    entry = codes("events")["event"].get(key)
    if entry is None:
        return None
    suffers = {party.category for party in (claim.who, claim.to) if party}
    acts = {claim.by.category} if claim.by else {by.category} - suffers if by else set()
    sides = {"by": acts, "who": suffers, "to": {claim.to.category} if claim.to else set()}
    for rule in codes("events")[target][entry[target]]:
        when = rule.get("when", {})
        met = all(sides[side] & _categories(when[side]) for side in sides if side in when)
        if met and ("harm" not in when or harmed & set(when["harm"])):
            return rule["code"], tuple(map(str, rule.get("or", ())))
    return None


def _categories(parties: Iterable[str]) -> set[str]:
    known = codes("events")["parties"]
    return {category for party in parties for category in known[party]}


def _some(toll: Toll) -> bool:
    return any(bound for bound in (toll.low, toll.best, toll.high))


def _suffers(claims: Iterable[Claim]) -> Iterable[Any]:
    for claim in claims:
        yield claim.to or claim.who


def _side(parties: Iterable[Any]) -> Side | None:
    """The one most named, the first of those named as often."""
    named = Counter(Side(party.text, party.category) for party in parties if party)
    return named.most_common(1)[0][0] if named else None
