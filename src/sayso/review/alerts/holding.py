"""What of the rules holds on record now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sayso.ledger import search
from sayso.publish import signed, syndication, wording
from sayso.records import HARMS, Incident, Toll, as_signed
from sayso.review import history
from sayso.review.alerts.rules import Rule

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


class Holding(NamedTuple):
    """What holds of one toll: by which rule, the key that its incident keeps under whatever name,
    that name, which toll, what makes it another than before, and a sentence."""

    rule: str
    key: str
    incident: str
    figure: str
    value: str
    text: str


def holding(ledger: Ledger, rule: Rule) -> Iterator[Holding]:
    """All that holds of a rule, in the order of the incidents: of those that were signed off by the
    figures of then, unless it asks for the latest."""
    for incident in search.incidents(ledger, rule.filters, sys.maxsize).items:
        shown = incident if rule.latest else as_signed(incident)
        told = _proposed(rule, incident) if rule.signed_off else _standing(rule, shown)
        found = list(told)
        key = history.key(ledger, incident.id) if found else ""
        after = "" if rule.latest or rule.signed_off else signed.since(incident)
        for toll, value, words in found:
            figure = syndication.figure(toll)
            about = f"{wording.clean(shown.title)}: {words}{f'; {after}' if after else ''}"
            yield Holding(rule.name, key, incident.id, figure, value, about)


def _standing(rule: Rule, incident: Incident) -> Iterator[tuple[Toll, str, str]]:
    """The tolls of which it holds as they stand."""
    for toll in incident.tolls:
        if not _is_meant(rule, toll):
            continue
        name, said = _name(toll), wording.toll(toll)
        if rule.above is not None:
            figure = toll.low if toll.best is None else toll.best
            if figure is not None and figure > rule.above:
                yield toll, said, f"{name} {said}, above {wording.number(rule.above)}"
        elif rule.origins is not None:
            if len(toll.origins) >= rule.origins:
                names = ", ".join(wording.clean(origin.name) for origin in toll.origins)
                yield toll, str(rule.origins), f"{name} {said}, on the word of {names}"
        elif toll.disputed:
            yield toll, said, f"accounts of {name} differ, {said}"


def _proposed(rule: Rule, incident: Incident) -> Iterator[tuple[Toll, str, str]]:
    """The tolls that would be otherwise if it were signed off again."""
    version, told = incident.signed, incident.dossier
    new = told.proposed if told else None
    if version is None or new is None:
        return
    for toll in new.tolls:
        if not _is_meant(rule, toll):
            continue
        was = next((one for one in version.tolls if signed.is_same(one, toll)), None)
        before, after = wording.toll(was), wording.toll(signed.present(toll))
        if before != after:
            words = f"{_name(toll)} was signed off at {before} and would be {after} now"
            yield toll, f"{version.line}: {after}", words


def _is_meant(rule: Rule, toll: Toll) -> bool:
    kind = toll.kind in HARMS if rule.kind is None else toll.kind == rule.kind
    return kind and rule.who in (None, toll.who)


def _name(toll: Toll) -> str:
    return f"{wording.counted(toll)} {wording.kind(toll.kind)}"
