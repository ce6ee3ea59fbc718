"""What of the rules holds on record now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sayso.ledger import search
from sayso.publish import syndication, wording
from sayso.records import HARMS, Incident, Toll, TollChange
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
    """All that holds of a rule, in the order of the incidents."""
    filters = rule.filters
    if rule.signed_off:
        filters = filters._replace(verdict="accept")
    for incident in search.incidents(ledger, filters, sys.maxsize).items:
        told = _signed(ledger, rule, incident) if rule.signed_off else _standing(rule, incident)
        found = list(told)
        key = history.key(ledger, incident.id) if found else ""
        for toll, value, words in found:
            figure = syndication.figure(toll)
            about = f"{wording.clean(incident.title)}: {words}"
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


def _signed(ledger: Ledger, rule: Rule, incident: Incident) -> Iterator[tuple[Toll, str, str]]:
    """The tolls that changed after all claims behind them had been accepted: the last change of
    each."""
    last: dict[str, tuple[Toll, TollChange]] = {}
    for change in history.of_incident(ledger, incident.id):
        before = change.before
        if before is not None and _is_meant(rule, before) and _was_signed(ledger, change, before):
            last[syndication.figure(before)] = before, change
    for before, change in last.values():
        after = wording.toll(change.after)
        words = f"{_name(before)} was signed off at {wording.toll(before)} and is {after} now"
        yield before, change.entry.hash[:16], words


def _was_signed(ledger: Ledger, change: TollChange, before: Toll) -> bool:
    """Whether people had accepted all that a toll rested on when that line was entered."""
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements(change.entry.seq - 1))
    claims = [claim for origin in before.origins for claim in origin.claims]
    said = [[j.verdict for j in verdicts.judgements(claim) if j.verdict != "correct"]
            for claim in claims]  # fmt: skip
    return bool(claims) and all(each and each[-1] == "accept" for each in said)


def _is_meant(rule: Rule, toll: Toll) -> bool:
    kind = toll.kind in HARMS if rule.kind is None else toll.kind == rule.kind
    return kind and rule.who in (None, toll.who)


def _name(toll: Toll) -> str:
    return f"{wording.counted(toll)} {wording.kind(toll.kind)}"
