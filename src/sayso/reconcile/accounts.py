"""Which of its claims a document makes about one event, and which about another.

Reading gathers the claims of a document into episodes. What happened elsewhere or on another day is
an account of its own; what is recalled of the past counts for nothing, and stays with what the
report leads with. Claims that people judged to be of different incidents are taken apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sayso.reconcile.judgements import Bonds
from sayso.records import MAIN, Claim, Document, printed


class Account(NamedTuple):
    """The claims that a document makes about one event, in text order.

    `site` names the place or day that sets it apart from what the document leads with; None for
    that one.
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
    told: dict[str, list[Claim]] = {MAIN: []}
    for claim in sorted(claims, key=lambda claim: (claim.evidence.start, claim.id)):
        told.setdefault(claim.episode if tells(claim) else _home(claim), []).append(claim)
    found = [Account(tuple(those), _site(name, those)) for name, those in told.items()]
    return _judged(document, found, bonds) if bonds and bonds.ids else found


def tells(claim: Claim) -> bool:
    """Whether a claim says that something happened: it is current, and no threat, plan or guess."""
    said = ("asserted", "reported", "alleged", "denied")
    return claim.scope == "current" and claim.modality in said


def _home(claim: Claim) -> str:
    """The episode of what did not happen now: that of the past is the report's own."""
    return MAIN if claim.scope == "background" else claim.episode


def _site(name: str, claims: Sequence[Claim]) -> str | None:
    """What sets an episode apart: the first place, else the first day, that its own words give."""
    if name == MAIN:
        return None
    own = [setting for claim in claims for setting in (claim.where, claim.when) if setting]
    return next((setting.text for setting in own if setting.basis == "sentence"), name)


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
