"""What an account is compared by: its words, places, days, victims and figures.

Words of texts are there by their numbers; those that claims quote, as of places, as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sayso.lexicon.background import tokens
from sayso.reconcile.accounts import Account, tells
from sayso.reconcile.imprinting.making import length, parts_of
from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.imprinting.parts import Told, told_in
from sayso.reconcile.imprinting.parts import told as told_in_all
from sayso.reconcile.order import day
from sayso.records import (
    HARMS,
    LEAD,
    Claim,
    Document,
    Kind,
    Place,
    is_narrow,
    is_numbered,
    printed,
)

_PHYSICAL = ("PROTEST", "ASSAULT")
AFTERWARDS: tuple[Kind, ...] = ("detained", "hospitalised")
"""Arrests and care are often elsewhere than what they follow."""

_HURT = frozenset(HARMS).difference(AFTERWARDS)
_AGAIN = "episode.again"
_REFERRED = {_AGAIN, "episode.referent"}  # what the words of a text itself tell apart
_SPAN = 7  # days: a longer span dates a period, not an event
_TITLE = 3  # a headline is the story in a few words


class Report(NamedTuple):
    """What an account is compared by; `referred` is one that the words of its text tell apart from
    another, `again` one that they tell as one more of its kind."""

    counts: Counter[int]
    lead: frozenset[int]
    places: tuple[frozenset[str], ...]
    harms: bool
    published: date | None
    event: tuple[date, date] | None
    victims: frozenset[str]
    sites: frozenset[str]
    figures: frozenset[tuple[str, int | None, int | None]]
    names: frozenset[int]
    struck: bool = False
    spots: frozenset[Place] = frozenset()
    scenes: frozenset[Place] = frozenset()
    natural: bool = False
    aside: bool = False
    referred: bool = False
    again: bool = False


def report_of(document: Document, account: Account, others: Iterable[Account] = ()) -> Report:
    """What is compared of an account: the words of the paragraphs that tell it, where its place
    sets it apart; all, of what an event told as one more of its kind is one more than; else the
    title and all but the paragraphs that tell the `others` of its text, and of one with a place of
    its own no names of theirs.
    """
    others = list(others)
    current = [claim for claim in account.claims if tells(claim)]
    physical = [claim for claim in current if _on_the_ground(claim)]
    told = {claim.evidence.start for claim in account.claims}
    rules, beside = _rules([account]), _rules(others)
    aside = {claim.evidence.start for other in others for claim in other.claims}
    title, words = document.title or "", parts_of(document)
    held: Told | None = None
    if account.site is None:
        physical = [claim for claim in physical if claim.evidence.start < LEAD]
        if aside:
            held = told_in(
                words, length(document), lambda at: bool(at & told) or not at & aside, told | aside
            )
    elif _AGAIN in rules or _AGAIN not in beside:
        title = ""
        held = told_in(words, length(document), lambda at: bool(at & told), told)
    held = held or told_in_all(words)
    told_at = [
        (c.kind, c.where)
        for c in physical
        if c.where and c.where.basis == "sentence" and c.part_of is None
    ]
    own = _named_at(physical)
    away = _named_at(c for other in others for c in other.claims if tells(c)) - own if own else ()
    counts = held.counts
    for word in away:
        counts.pop(number(word), None)
    lead = Counter(number(word) for word in tokens(title) if word not in away)
    for heading, times in lead.items():
        counts[heading] += _TITLE * times
    return Report(
        counts=counts,
        lead=frozenset(lead) | held.lead,
        places=_places([c for c in physical if c.kind not in AFTERWARDS] or physical),
        aside=account.site is not None,
        referred=not rules.isdisjoint(_REFERRED),
        again=_AGAIN in rules,
        harms=any(claim.kind in HARMS for claim in current),
        struck=any(c.event is not None and c.event.type == "ASSAULT" for c in physical),
        natural=any(c.event is not None and c.event.type == "DISASTER" for c in current),
        spots=frozenset(place for _, place in told_at),
        scenes=frozenset(
            place for kind, place in told_at if kind in _HURT and place.precision != "country"
        ),
        published=day(document),
        event=_days(physical),
        victims=frozenset(w for c in physical if c.who for w in tokens(c.who.text)),
        sites=frozenset(
            word
            for claim in current
            if claim.where and (is_narrow(claim.where) or claim.where.precision != "country")
            for word in tokens(printed(claim.where))
        ),
        names=held.names,
        figures=frozenset(
            (c.kind, c.count.low, c.count.high)
            for c in physical
            if c.count is not None and is_numbered(c)
        ),
    )


def _rules(accounts: Iterable[Account]) -> set[str]:
    """What sets the episodes of accounts apart, by the rules that read it."""
    claims = (claim for account in accounts for claim in account.claims)
    return {claim.because.get("episode", "") for claim in claims}


def _on_the_ground(claim: Claim) -> bool:
    """Whether a claim tells where and when something happens: people harmed, or a protest or an
    assault."""
    return claim.kind in HARMS or (claim.event is not None and claim.event.type in _PHYSICAL)


def _places(claims: Sequence[Claim]) -> tuple[frozenset[str], ...]:
    """The words of the names of the places where most of it happened: no whole countries, and not
    where a report was written that says no other place."""
    names = Counter(
        printed(claim.where)
        for claim in claims
        if claim.where and claim.where.basis != "dateline"
        if is_narrow(claim.where) or claim.where.precision != "country"
    )
    most = max(names.values(), default=0)
    return tuple(
        words
        for name in sorted(names)
        if names[name] == most and (words := frozenset(tokens(name)))
    )


def _named_at(claims: Iterable[Claim]) -> frozenset[str]:
    """The words of the names of the towns at which claims are told."""
    towns = (c.where for c in claims if c.where and is_narrow(c.where))
    return frozenset(word for place in towns for word in tokens(printed(place)))


def _days(claims: Sequence[Claim]) -> tuple[date, date] | None:
    """First and last day on which it happened, from the claims that date it to a few days, of
    deaths before others: not by those of people who were taken before and go free."""
    spans = Counter(
        (claim.kind != "killed", (claim.when.start[:10], claim.when.end[:10]))
        for claim in claims
        if claim.when and claim.when.start and claim.when.end
        if claim.change is None or claim.change.how != "rest"
    )
    for _, span in sorted(spans, key=lambda s: (s[0], -spans[s], s)):
        try:
            start, end = map(date.fromisoformat, span)
        except ValueError:
            continue
        if 0 <= (end - start).days <= _SPAN:
            return start, end
    return None
