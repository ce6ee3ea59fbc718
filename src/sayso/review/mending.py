"""What people put right of a document: its date, outlet, title and language. It is read again with
them, so that its relative days, its incident and the curve follow. And of an incident: its title,
type, place and day, which otherwise are by all its documents; nothing else of it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sayso.errors import InputError, NotFoundError, SettingsError
from sayso.pipeline.deriving import derive
from sayso.reconcile.judgements import AFTER_ALL, holding, in_order, meant
from sayso.reconcile.verdicts import given
from sayso.records import (
    MENDED,
    MENDED_OF_INCIDENTS,
    Correction,
    Document,
    Gathering,
    Incident,
    Judgement,
    Problem,
)
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.log import Deposit
    from sayso.ledger.store import Ledger
    from sayso.pipeline.running.stream import Reads


def mend(
    ledger: Ledger,
    reader: Reads,
    document: str,
    correction: Correction,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger what a person puts in place of what a document came with, with the
    document read again; give the judgement as it is kept there.

    Raises `NotFoundError` where there is no such document, `SettingsError` where nothing would
    change, and `InputError` where it could not be read so.
    """
    held = ledger.document(document)
    fields = _only(correction, MENDED, "document")
    read = ledger.reading(held.id).document  # its language may be another than it came with
    if replace(read, **fields) == read:
        raise SettingsError("mending must say what is otherwise: a date, outlet, title or language")
    made = Judgement(id="", verdict="mend", a=held.id, correction=correction, by=by, note=note)
    mended = tuple(name for name in MENDED if name in held.mended or name in fields)
    return _put(ledger, reader, replace(held, mended=mended, **fields), made)


def mend_incident(
    ledger: Ledger,
    incident: str,
    correction: Correction,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger what a person puts in place of what an incident's documents tell of it;
    give the judgement as it is kept there.

    Raises `NotFoundError` where there is no such incident, and `SettingsError` where nothing would
    change.
    """
    derive(ledger)
    held, gathering = ledger.incident(incident)
    fields = _only(correction, MENDED_OF_INCIDENTS, "incident")
    if replace(held, **fields) == held:
        raise SettingsError("mending must say what is otherwise: a title, type, place, day or note")
    tied = tied_to(ledger, held, gathering)
    made = Judgement(
        id="", verdict="mend_incident", a=tied, correction=correction, by=by, note=note
    )
    with ledger.transaction() as writer:
        return writer.judge(made)


def tied_to(ledger: Ledger, incident: Incident, gathering: Gathering) -> str:
    """What a judgement about an incident itself is tied to, since the incident's id may change as
    more becomes known: the oldest document that leads with it and has it where the id has it, so
    that, if the incident is split, that goes with the id."""
    from sayso.reconcile.build import begins

    leads = [part.document for part in gathering.parts if not part.aside]
    there = (
        document.id
        for document, reading in ledger.some(leads)
        if any(begins(incident.id, claim.where) for claim in reading.claims)
    )
    return next(there, leading(gathering))


def leading(gathering: Gathering) -> str:
    """The oldest document that leads with an incident, else the oldest claim about it."""
    found = [part.document for part in gathering.parts if not part.aside]
    return found[0] if found else gathering.parts[0].claims[0]


def take_back(
    ledger: Ledger,
    reader: Reads,
    undone: Judgement,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger that a mending is taken back, or taken up again where what is undone took
    it back: each of its fields is what the last mending that then holds says, else what it was
    before any. Raises what `mend` raises."""
    judgements = ledger.judgements()
    mending = meant(undone, {one.id: one for one in judgements}) or undone
    held = ledger.document(mending.a)
    made = Judgement(id="", verdict="undo", a=undone.id, by=by, note=note)
    each = [one for one in in_order(judgements) if one.verdict == "mend" and one.a == held.id]
    then = {one.id for one in holding([*judgements, replace(made, at=AFTER_ALL)])}
    fields, mended = {}, {*held.mended}
    for name in given(mending.correction or Correction(), MENDED):
        told = [one for one in each if getattr(one.correction, name) is not None]
        holds = [getattr(one.correction, name) for one in told if one.id in then]
        before = _before(ledger, told[0])
        fields[name] = holds[-1] if holds else getattr(before, name)
        if holds or name in before.mended:
            mended.add(name)
        else:
            mended.discard(name)
    in_turn = tuple(name for name in MENDED if name in mended)
    return _put(ledger, reader, replace(held, mended=in_turn, **fields), made)


def _only(correction: Correction, names: tuple[str, ...], what: str) -> dict[str, Any]:
    """What is to be mended, by these names. Raises `SettingsError` where there is more."""
    told = {n: v for n, v in given(correction, Correction.__struct_fields__).items() if v != ()}
    if other := told.keys() - set(names):
        raise SettingsError(
            f"{', '.join(sorted(other))} cannot be mended of this {what}; {', '.join(names)} can"
        )
    return told


def _put(ledger: Ledger, reader: Reads, document: Document, made: Judgement) -> Judgement:
    reading = reader.attempt(document)
    if isinstance(reading, Problem):
        raise InputError(f"{document.id} could not be read: {reading.message}")
    with ledger.transaction() as writer:
        decided = writer.judge(made)
        writer.mend(document, reading)
        return decided


def _before(ledger: Ledger, mending: Judgement) -> Deposit:
    """What the log said of the document before that judgement."""
    from sayso.ledger.log import Deposit

    found: Deposit | None = None
    for entry in ledger.entries(kinds=("document", "judgement"), subjects=(mending.a,)):
        if entry.kind == "document":
            found = decode(entry.record, Deposit)
        elif decode(entry.record, Judgement).id == mending.id:
            break
    if found is None:
        raise NotFoundError(f"no document {mending.a!r} in {ledger.name}")
    return found
