"""A claim by hand: what a person finds in a document's words and no reader did. It is a judgement,
and stands among the claims of the document, whoever reads that again; taken back, it is gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.publish import wording
from sayso.reconcile.verdicts import corrected, seen
from sayso.records import (
    COUNTED,
    JUDGED,
    MAIN,
    Claim,
    Correction,
    Document,
    Event,
    Evidence,
    Judgement,
    Reading,
)
from sayso.wire import claim_id

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

_SHOWN = 5
_AROUND = 30  # characters that show which of several places is meant


class Quoted(NamedTuple):
    """Words of a document, and which they are of several that are the same, from 1; None where it
    has them once."""

    words: str
    which: int | None = None


def make(
    ledger: Ledger,
    document: str,
    quoted: Quoted,
    told: Correction,
    by: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Put into the ledger a claim that a person makes of a document, in these of its words, with
    what is `told` of it; give the judgement as it is kept there.

    Raises `NotFoundError` where there is no such document, and `SettingsError` where the words do
    not stand in it, the claim is there already, or says nothing.
    """
    held = ledger.document(document)
    reading = ledger.reading(held.id)
    if told.kind is None:
        raise SettingsError("a claim needs a kind", {"kind": "say what is counted, or event"})
    evidence = found(held, quoted)
    blank = Claim(
        id="", kind=told.kind, evidence=evidence, episode=MAIN, because={"evidence": JUDGED}
    )
    made = checked(corrected(blank, whole(told, reading)))
    made = replace(made, event=made.event and _of_text(made.event, reading))
    made = replace(made, id=_id(held.id, made))
    if any(claim.id == made.id for claim in reading.claims):
        raise SettingsError(f"that is claim {made.id} of {held.id} already: correct it instead")
    decided = Judgement(
        id="", verdict="claim", a=held.id, made=made, seen=seen(made), by=by, note=note
    )
    with ledger.transaction() as writer:
        decided = writer.judge(decided)
        writer.settle(held.id)
        return decided


def found(document: Document, quoted: Quoted) -> Evidence:
    """Where words stand in a document, whatever white space is between them. Raises
    `SettingsError` where they do not, or where it is not said which of several are meant."""
    words = quoted.words.split()
    if not words:
        raise _not_there("give the words that say it")
    places = list(re.finditer(r"\s+".join(map(re.escape, words)), document.text))
    if not places:
        raise _not_there(f"{' '.join(words)!r} does not stand in {document.id}")
    if quoted.which is None and len(places) > 1:
        each = "; ".join(
            f"{n}: …{wording.clean(document.text[max(0, start - _AROUND) : end + _AROUND])}…"
            for n, (start, end) in enumerate((place.span() for place in places[:_SHOWN]), 1)
        )
        raise _not_there(f"these words stand there {len(places)} times: say which ({each})")
    which = quoted.which or 1
    if not 1 <= which <= len(places):
        raise _not_there(f"these words stand there {wording.plural(len(places), 'time')}")
    start, end = places[which - 1].span()
    return Evidence(start=start, end=end, text=document.text[start:end])


def whole(told: Correction, reading: Reading) -> Correction:
    """The same with the whole id of the claim that a figure is said to be part of. Raises
    `NotFoundError`."""
    if told.part_of is None:
        return told
    near = [claim.id for claim in reading.claims if claim.id.startswith(told.part_of)]
    if len(near) != 1:
        why = f"is short for {len(near)} claims" if near else "is no claim"
        raise NotFoundError(f"{told.part_of!r} {why} of {reading.document.id}")
    return replace(told, part_of=near[0])


def checked(claim: Claim) -> Claim:
    """The claim, if it can be one. Raises `SettingsError`."""
    if claim.kind == "event":
        if claim.event is None:
            raise SettingsError("an event needs its type", {"event": "say of which type it is"})
        if claim.count is not None:
            raise SettingsError("an event has no count", {"count": "an event counts nobody"})
    unit = claim.count.unit if claim.count else None
    if claim.kind in COUNTED and unit and (unit == "homes") != (claim.kind == "homes"):
        if claim.kind != "homes":
            raise SettingsError(f"{claim.kind} counts no homes", {"count": "homes are a kind"})
        claim = replace(claim, count=claim.count and replace(claim.count, unit="homes"))
    if claim.part_of == claim.id and claim.part_of is not None:
        raise SettingsError("a figure is no part of itself", {"part_of": "that is this claim"})
    return claim


def _not_there(why: str) -> SettingsError:
    return SettingsError(why, {"words": why})


def _of_text(event: Event, reading: Reading) -> Event:
    """The event as one of its text: the one of that type which the document is about, else one
    more."""
    there = [claim for claim in reading.claims if claim.event and claim.event.id]
    for claim in there:
        if claim.episode == MAIN and claim.event and replace(claim.event, id=None) == event:
            return claim.event
    ids = {claim.event.id for claim in there if claim.event}
    return replace(event, id=next(id for n in range(len(ids) + 1) if (id := f"e{n}") not in ids))


def _id(document: str, claim: Claim) -> str:
    count, event = claim.count, claim.event
    if count is not None:
        told = [count.text, str(count.low), str(count.high)]
    else:
        told = [event.type, event.mode or ""] if event else ["not given"]
    return claim_id(document, claim.evidence, claim.kind, *told)
