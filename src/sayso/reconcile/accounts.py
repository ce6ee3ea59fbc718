"""Which of its claims a document makes about one event, and which about another.

Most reports tell of one event. A round-up tells of several: a mayor shot in one town, a bridge
blown up in another. What harmed people or was attacked at a place of its own is an account of its
own; all else, what officials said and what was recalled, belongs to the event that the report leads
with. A report that names the same dead, or gives the same figure, under two places tells of one
event: the doubt goes to one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sayso.lexicon import words
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.words import RARE, Rarity, tokens
from sayso.records import HARMS, Claim, Document, Place, is_narrow, is_numbered, printed

LEAD = 500
"""Characters at the beginning of a text in which a report says what it is about."""

NEAR_KM = 25.0
"""Two places so near are one place: a town and the road outside it."""

_SHORT = 3  # letters: shorter words of a name ("Al", "San") are shared by many places
_EARTH_KM = 6371.0


class Account(NamedTuple):
    """The claims that a document makes about one event, in text order.

    `site` names the place that sets it apart from what the document leads with; None for that one.
    """

    claims: tuple[Claim, ...]
    site: str | None = None


def accounts(
    document: Document, claims: Iterable[Claim], bonds: Bonds | None = None
) -> list[Account]:
    """The events that a document tells of: what it leads with first, then others in text order.

    Always one account at least, and every claim in one of them. Claims that people judged to be of
    different incidents are in different accounts.
    """
    in_order = sorted(claims, key=lambda claim: (claim.evidence.start, claim.id))
    found = _by_site(document, in_order)
    return _judged(document, found, bonds) if bonds and bonds.ids else found


def tells(claim: Claim) -> bool:
    """Whether a claim says that something happened: it is current, and no threat, plan or guess."""
    said = ("asserted", "reported", "alleged", "denied")
    return claim.scope == "current" and claim.modality in said


class _Site:
    """A place where something is said to have happened, and the claims that say so."""

    def __init__(self, claim: Claim, place: Place) -> None:
        self.places = [place]
        self.anchors = [claim]
        self.claims = [claim]

    def holds(self, place: Place) -> bool:
        """Whether a place is this one."""
        return any(_one_place(place, own) for own in self.places)


def _by_site(document: Document, claims: Sequence[Claim]) -> list[Account]:
    sites: list[_Site] = []
    loose: list[
        tuple[Claim, _Site | None]
    ] = []  # what has no place of its own, and what it follows
    last: _Site | None = None
    for claim in claims:
        place = _own_place(claim)
        if place is None:
            follows = last is not None and _follows(document, claim, last)
            loose.append((claim, last if follows else None))
            continue
        last = next((site for site in sites if site.holds(place)), None)
        if last is None:
            last = _Site(claim, place)
            sites.append(last)
        else:
            last.places.append(place)
            last.anchors.append(claim)
            last.claims.append(claim)
    if len(sites) < 2:
        return [Account(tuple(claims))]
    leading = max(sites, key=_leads)
    others = [site for site in sites if site is not leading and _another(site, leading)]
    kept = {id(site): site for site in others}
    for claim, site in loose:
        kept.get(id(site), leading).claims.append(claim)
    aside = {claim.id for site in others for claim in site.claims}
    main = Account(tuple(claim for claim in claims if claim.id not in aside))
    return [main, *(Account(tuple(site.claims), site.places[0].text) for site in others)]


def _own_place(claim: Claim) -> Place | None:
    """Where a claim says in so many words that people were harmed or attacked; no whole region, and
    no place to which they were brought."""
    if not _violent(claim) or claim.kind == "hospitalised":
        return None
    place = claim.where
    if place is None or place.basis != "sentence" or not is_narrow(place):
        return None
    named = set(tokens(printed(place)))
    if named & words("accounts", "afterwards") or named & words("accounts", "wide"):
        return None
    return place


def _violent(claim: Claim) -> bool:
    """Whether a claim says that people were harmed or something was attacked."""
    assault = claim.event is not None and claim.event.type == "ASSAULT"
    return tells(claim) and claim.modality != "denied" and (claim.kind in HARMS or assault)


def _follows(document: Document, claim: Claim, site: _Site) -> bool:
    """Whether a claim goes on about what was told last: in the same paragraph, or at a place that
    it takes from the sentence before."""
    if claim.where is not None and claim.where.basis == "neighbour" and _violent(claim):
        return True
    between = document.text[site.claims[-1].evidence.end : claim.evidence.start]
    return "\n\n" not in between


def _leads(site: _Site) -> tuple[int, int]:
    """Sorts sites: that of which a report says most in its lead, of equals the first, is last."""
    in_lead = sum(claim.evidence.start < LEAD for claim in site.anchors)
    return in_lead, -site.anchors[0].evidence.start


def _another(site: _Site, leading: _Site) -> bool:
    """Whether a site is that of another event than the one a report leads with."""
    if not any(claim.kind == "event" or _someone(claim) for claim in site.anchors):
        return False
    figures = set(map(_figure, leading.anchors)) - {None}
    if any(_figure(claim) in figures for claim in site.anchors):
        return False
    return not (_victims(site.anchors) & _victims(leading.anchors))


def _someone(claim: Claim) -> bool:
    return claim.count is not None and (claim.count.low or 0) > 0


def _figure(claim: Claim) -> tuple[str, int | None, int | None] | None:
    """The figure that a claim gives, None when it counts nobody or one person."""
    count = claim.count
    if count is None or not is_numbered(claim) or (count.low or 0) < 2:
        return None
    return claim.kind, count.low, count.high


def _victims(claims: Iterable[Claim]) -> set[str]:
    named = {word for claim in claims if claim.who for word in tokens(claim.who.text)}
    return {word for word in named if len(word) > _SHORT and _AT_LARGE(word) < RARE / 3}


_AT_LARGE = Rarity()


def _one_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or so near that one event may be told of under both names."""
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return True
    if any(len(word) > _SHORT for word in set(tokens(printed(a))) & set(tokens(printed(b)))):
        return True
    vague = max(a.uncertainty_km or 0, b.uncertainty_km or 0) > NEAR_KM
    if vague or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return printed(a).casefold() == printed(b).casefold()
    middle = math.radians((a.lat + b.lat) / 2)
    east = math.radians(a.lon - b.lon) * math.cos(middle)
    return _EARTH_KM * math.hypot(east, math.radians(a.lat - b.lat)) < NEAR_KM


def _judged(document: Document, found: Sequence[Account], bonds: Bonds) -> list[Account]:
    """The accounts, with claims taken apart that people judged to be of different incidents."""
    apart = []
    for number, account in enumerate(found):
        ids = [*([] if number else [document.id]), *(claim.id for claim in account.claims)]
        kinds = _camps(bonds.of(ids), bonds)
        away = {bond for camp in kinds[1:] for bond in camp}
        stay = tuple(c for c in account.claims if bonds.bond(c.id) not in away)
        apart.append(Account(stay, account.site))
        for camp in kinds[1:]:
            those = tuple(c for c in account.claims if bonds.bond(c.id) in camp)
            where = next((printed(c.where) for c in those if c.where), account.site)
            apart.append(Account(those, where or "elsewhere"))
    return apart


def _camps(held: Sequence[str], bonds: Bonds) -> list[Collection[str]]:
    """The bonds, those together that nobody judged to be apart."""
    camps: list[list[str]] = []
    for bond in held:
        for camp in camps:
            if not any(bonds.apart(bond, other) for other in camp):
                camp.append(bond)
                break
        else:
            camps.append([bond])
    return list(camps)
