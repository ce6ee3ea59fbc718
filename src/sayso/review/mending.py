"""What people put right of a document: its date, outlet, title and language. It is read again with
them, so that its relative days, its incident and the curve follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sayso.errors import InputError, NotFoundError, SettingsError
from sayso.records import MENDED, Correction, Document, Judgement, Problem
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.log import Deposit
    from sayso.ledger.store import Ledger
    from sayso.pipeline.reading import Reader


def mend(
    ledger: Ledger,
    reader: Reader,
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
    given = {name: value for name in MENDED if (value := getattr(correction, name)) is not None}
    if replace(held, **given) == held:
        raise SettingsError("mending must say what is otherwise: a date, outlet, title or language")
    made = Judgement(id="", verdict="mend", a=held.id, correction=correction, by=by, note=note)
    return _put(ledger, reader, replace(held, **given), made)


def take_back(
    ledger: Ledger,
    reader: Reader,
    mending: Judgement,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger that a mending is taken back: each field that nobody mended since is what
    it was before. Raises what `mend` raises."""
    held = ledger.document(mending.a)
    told = mending.correction or Correction()
    before = _before(ledger, mending)
    back = {
        name: getattr(before, name)
        for name in MENDED
        if getattr(told, name) is not None and getattr(held, name) == getattr(told, name)
    }
    made = Judgement(id="", verdict="undo", a=mending.id, by=by, note=note)
    return _put(ledger, reader, replace(held, **back), made)


def _put(ledger: Ledger, reader: Reader, document: Document, made: Judgement) -> Judgement:
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
