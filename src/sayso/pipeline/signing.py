"""What was signed off, in place of what is known now: the one place that decides which of the two
is shown, counted by codebooks and handed on.

An incident that was signed off is what it was then: its figures, and whatever is worked out from
its claims, go by the documents, the readings and the judgements of that line of the log. What came
later is told beside it, see `publish.signed`, and shown only where the latest is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as changed
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sayso.pipeline.recalling import Known, recall
from sayso.pipeline.running.stream import Progress
from sayso.records import (
    OF_DOSSIERS,
    Claim,
    Incident,
    Reading,
    Signed,
    Standing,
    as_signed,
)
from sayso.settings import Settings
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


def recall_signed(
    ledger: Ledger,
    settings: Settings,
    incident: str | None = None,
    as_of: str | None = None,
    on_record: str | None = None,
    progress: Progress | None = None,
) -> Known:
    """What a ledger tells, see `recall`, as it was signed off. As of a moment it is what had been
    published by then, whatever was signed off after it."""
    known = recall(ledger, settings, incident, as_of, on_record, progress)
    return known if as_of is not None else as_signed_off(ledger, known)


def as_signed_off(ledger: Ledger, known: Known) -> Known:
    """The same with each incident as it was signed off, if it was, see `records.as_signed`, with
    the claims that it had then as they stood; and with what was another's then and was merged with
    it."""
    claims, standings, told = dict(known.claims), dict(known.standings), []
    for one in known.incidents:
        signed = one.signed
        one = as_signed(_with_joined(ledger, one))
        if signed is not None and _moved(ledger, one, signed):
            one = _as_then(ledger, one, signed, claims, standings)
        told.append(one)
    return changed(known, incidents=tuple(told), claims=claims, standings=standings)


def _moved(ledger: Ledger, incident: Incident, signed: Signed) -> bool:
    """Whether anything was judged or read since that may change a claim of it."""
    line, kinds = signed.line, ("reading",)
    if any(True for _ in ledger.entries(line, kinds, subjects=incident.documents)):  # type: ignore[arg-type]
        return True
    before = {made.id for made in ledger.judgements(line)}
    return any(
        made.id not in before and made.verdict not in OF_DOSSIERS for made in ledger.judgements()
    )


def _as_then(
    ledger: Ledger,
    incident: Incident,
    signed: Signed,
    claims: dict[str, tuple[Claim, ...]],
    standings: dict[str, Standing],
) -> Incident:
    """Put its claims among these `claims` and `standings` as they were read and judged when it was
    signed off; the incident with those that counted."""
    from sayso.reconcile.verdicts import Verdicts

    _, gathering = ledger.incident(incident.id)
    there = {*incident.documents}
    own = {claim for part in gathering.parts if part.document in there for claim in part.claims}
    read = _read(ledger, incident.documents, signed.line)
    verdicts = Verdicts(ledger.judgements(signed.line)).beside(gathering.families, read)
    counted = []
    for id in incident.documents:
        now = {claim.id: claim for claim in claims.get(id, ()) if claim.id not in own}
        for claim in read.get(id, ()):
            if claim.id not in own:
                continue
            standings.pop(claim.id, None)
            if standing := verdicts.of(claim):
                standings[claim.id] = standing
            now[claim.id] = standing.claim if standing else claim
            if standing is None or standing.verdict != "reject":
                counted.append(claim.id)
        claims[id] = tuple(
            sorted(now.values(), key=lambda c: (c.evidence.start, c.evidence.end, c.id))
        )
    return replace(incident, claims=tuple(counted))


def _read(ledger: Ledger, documents: tuple[str, ...], line: int) -> Mapping[str, tuple[Claim, ...]]:
    """What was read in these documents by that line of the log."""
    found = {}
    for entry in ledger.entries(kinds=("reading",), subjects=documents):
        if entry.seq <= line:
            found[entry.subject] = decode(entry.record, Reading).claims
    return found


def _with_joined(ledger: Ledger, incident: Incident) -> Incident:
    told = incident.dossier
    if told is None or told.signed is None or told.proposed is None:
        return incident
    others = [id for id in incident.documents if id not in {*told.signed.documents}]
    first: dict[str, int] = {}
    for entry in ledger.entries(kinds=("document",), subjects=others) if others else ():
        first.setdefault(entry.subject, entry.seq)
    joined = tuple(id for id in others if id in first and first[id] <= told.signed.line)
    proposed = replace(told.proposed, joined=joined)
    return replace(incident, dossier=replace(told, proposed=proposed))
