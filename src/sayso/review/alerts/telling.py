"""Telling what holds once: what was told stands in the ledger, and what could not be sent waits
there for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from sayso.errors import SaysoError
from sayso.records import Alert
from sayso.review.alerts.holding import holding
from sayso.review.alerts.rules import Alerts
from sayso.wire import decode, fingerprint

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

Told = dict[str, Alert]
"""Alerts by what each is about: a rule, an incident and a toll of that."""

Send = Callable[[str, Sequence[tuple[str, Alert]]], None]
"""Sends alerts, each with its id, by a way; raises `SaysoError` where that cannot be done."""


class Undelivered(NamedTuple):
    """Alerts that could not be sent: by which way, how many, and why."""

    way: str
    alerts: int
    why: str


def due(ledger: Ledger, alerts: Alerts) -> Told:
    """What is to be told now: what holds and was not told as it is, and what holds no more."""
    before = _told(ledger)
    found: Told = {}
    standing: set[str] = set()
    for rule in alerts.rule:
        for one in holding(ledger, rule):
            subject = _subject(one.rule, one.key, one.figure)
            standing.add(subject)
            if subject not in before or before[subject].value != one.value:
                found[subject] = Alert(
                    rule=one.rule,
                    incident=one.incident,
                    figure=one.figure,
                    value=one.value,
                    text=one.text,
                    waiting=alerts.ways,
                )
    passing = {rule.name for rule in alerts.rule if not rule.signed_off}
    for subject, alert in before.items():
        if alert.rule in passing and alert.value and subject not in standing:
            text = f"no longer: {alert.text}"
            found[subject] = replace(alert, value="", text=text, waiting=alerts.ways)
    return found


def tell(ledger: Ledger, alerts: Alerts, send: Send) -> Iterator[Alert | Undelivered]:
    """Enter what is to be told and give it; then send that, and what waits since before, by every
    way that is set, and say what could not be sent: it waits for the next time."""
    found = due(ledger, alerts)
    _enter(ledger, found)
    yield from found.values()
    for way in alerts.ways:
        waiting = {id: alert for id, alert in _told(ledger).items() if way in alert.waiting}
        if not waiting:
            continue
        try:
            send(way, list(waiting.items()))
        except SaysoError as error:
            yield Undelivered(way, len(waiting), str(error))
            continue
        sent = {
            id: replace(alert, waiting=tuple(one for one in alert.waiting if one != way))
            for id, alert in waiting.items()
        }
        _enter(ledger, sent)


def _told(ledger: Ledger) -> Told:
    """The last that was told about each, in the order in which it first was."""
    return {
        entry.subject: decode(entry.record, Alert) for entry in ledger.entries(kinds=("alert",))
    }


def _enter(ledger: Ledger, alerts: Told) -> None:
    if alerts:
        with ledger.transaction() as writer:
            for subject, alert in alerts.items():
                writer.enter("alert", subject, alert)


def _subject(*parts: str) -> str:
    return fingerprint(dict(enumerate(parts)))  # type: ignore[arg-type]
