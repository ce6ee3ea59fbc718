"""What changed what is on record, line by line of the log.

The tolls of an incident are made again after each line that concerns it, from the documents and
judgements entered by then, so that every change of a figure has the document or the judgement that
made it. The documents are those that belong to the incident now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sayso.errors import NotFoundError
from sayso.pipeline.deriving import POLICY, kept
from sayso.publish import wording
from sayso.records import (
    OF_DOSSIERS,
    OF_SOURCES,
    Category,
    Claim,
    ClaimChange,
    Entry,
    Gathering,
    Judgement,
    Kind,
    Reading,
    Toll,
    TollChange,
    Unsettled,
)
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

_STILL = ("accept", "unsure", "mend_incident", *OF_DOSSIERS)
"""The verdicts that change no figure where there were no others before."""

_AT_ONCE = 100  # subjects that are asked for in one query

Figures = dict[tuple[Kind, Category], Toll]


class Story(NamedTuple):
    """What became of an incident: a key that it keeps under whatever name, the line of the log with
    which it began, and what changed its figures after that, oldest first."""

    key: str
    begun: Entry
    changes: tuple[TollChange, ...]


def of_incident(ledger: Ledger, name: str) -> list[TollChange]:
    """What changed the figures of the incident of this id (or beginning of one), oldest first, and
    what people put in place of its title, type, place and day or in its dossier, which changes no
    figure.

    Raises `NotFoundError`.
    """
    kept(ledger)
    _, gathering = ledger.incident(name)
    return _changes(ledger, gathering, _concerning(ledger, gathering))


def story(ledger: Ledger, name: str, last: int) -> Story:
    """What became of the incident of this id by the `last` lines of the log that concern it. Its
    key is the claim, in the text that was entered first, with which that tells of it.

    Raises `NotFoundError`.
    """
    _, gathering = ledger.incident(name)
    entries = _concerning(ledger, gathering)
    begun = _begun(name, entries)
    changes = _changes(ledger, gathering, entries, max(0, len(entries) - last))
    later = (change for change in changes if change.entry.seq > begun.seq)
    return Story(
        _key(gathering, begun),
        begun,
        tuple(change for change in later if change.after or change.before),
    )


def key(ledger: Ledger, name: str) -> str:
    """The key of the incident of this id, see `story`."""
    _, gathering = ledger.incident(name)
    return _key(gathering, _begun(name, _concerning(ledger, gathering)))


def _begun(name: str, entries: Sequence[Entry]) -> Entry:
    begun = next((entry for entry in entries if entry.kind == "reading"), None)
    if begun is None:
        raise NotFoundError(f"of incident {name!r} there is no reading")
    return begun


def _key(gathering: Gathering, begun: Entry) -> str:
    told = (part.claims for part in gathering.parts if part.document == begun.subject)
    return next((claim for claims in told for claim in claims), begun.subject)


def _changes(
    ledger: Ledger, gathering: Gathering, entries: Sequence[Entry], first: int = 0
) -> list[TollChange]:
    """What these lines changed, from the `first` of them on."""
    from sayso.reconcile.coverage import made_from
    from sayso.reconcile.judgements import meant
    from sayso.reconcile.verdicts import Verdicts

    documents = {d.id: d for d, _ in ledger.some(part.document for part in gathering.parts)}
    claims: dict[str, tuple[Claim, ...]] = {}
    judgements: list[Judgement] = []

    def figures() -> Figures:
        present = {id: documents[id] for id in claims}
        made = made_from(gathering, present, claims, Verdicts(judgements), POLICY)
        return {} if made is None else {(toll.kind, toll.who): toll for toll in made.tolls}

    before: Figures | None = None  # not worked out yet
    changes = []
    for number, entry in enumerate(entries):
        made = None if entry.kind == "reading" else decode(entry.record, Judgement)
        # So long as people only agree no figure moves, and none has to be worked out.
        still = made is not None and all(one.verdict in _STILL for one in (*judgements, made))
        if number >= first and not still and before is None:
            before = figures() if claims else {}
        if made is None:
            claims[entry.subject] = decode(entry.record, Reading).claims
        else:
            judgements.append(made)
        if number < first:
            continue
        if not still:
            was, before = before or {}, figures()
            changes += [
                TollChange(entry=entry, before=was.get(key), after=before.get(key))
                for key in dict.fromkeys([*was, *before])
                if _bounds(was.get(key)) != _bounds(before.get(key))
            ]
        if made is not None:
            told = meant(made, {one.id: one for one in judgements})
            if told is not None and told.verdict in ("mend_incident", *OF_DOSSIERS):
                changes.append(TollChange(entry=entry, before=None, after=None))
    return changes


def of_claim(
    ledger: Ledger, name: str, judgements: Sequence[Judgement] | None = None
) -> list[ClaimChange]:
    """What became of the claim of this id (or beginning of one) in each reading of its document,
    and what people decided about it, all of that or what is among these `judgements`, oldest first.

    Raises `NotFoundError`.
    """
    claim, document = ledger.claim(name)
    held: Claim | None = None
    steps: list[ClaimChange] = []
    told = ledger.judgements() if judgements is None else judgements
    known = {judgement.id for judgement in told}
    undone = {
        judgement.id
        for judgement in told
        if judgement.a == claim.id or (judgement.made and judgement.made.id == claim.id)
    }
    for entry in ledger.entries(
        kinds=("reading", "judgement"), subjects=(document.id, claim.id, *undone)
    ):
        if entry.kind == "judgement":
            decided = decode(entry.record, Judgement)
            made = decided.made
            # Of its document another may be made.
            if decided.id in known and (made is None or made.id == claim.id):
                steps.append(ClaimChange(entry=entry, before=held, after=held))
            continue
        claims = decode(entry.record, Reading).claims
        found = next((each for each in claims if each.id == claim.id), None)
        if found != held:
            steps.append(ClaimChange(entry=entry, before=held, after=found))
        held = found
    return steps


def names(
    ledger: Ledger, ids: Iterable[str], judgements: Sequence[Judgement] | None = None
) -> dict[str, str]:
    """What these claims, documents and judgements are called, by their ids: a claim by what it
    says, a document by its title, a judgement by what was decided. `judgements` are those that may
    be spoken of, all where none are given."""
    wanted = {*ids}
    found = {id: one.title or "no title" for id, one in ledger.headings(wanted).items()}
    known = ledger.judgements() if judgements is None else judgements
    made = {one.id: one for one in known if one.id in wanted}
    about = wanted | {id for one in made.values() for id in (one.a, one.b) if id}
    claims = {id: phrase(claim) for id, (claim, _) in ledger.claims_of(about).items()}
    for id, one in made.items():
        said = f"{claims[one.a]} " if one.a in claims else ""
        found[id] = said + wording.judgement(one, dated=False, names=claims)
    return found | {id: words for id, words in claims.items() if id in wanted}


def phrase(claim: Claim) -> str:
    """A claim in a few words: "killed 13+ protesters"."""
    return f"{wording.what(claim)} {wording.whom(claim)}".strip()


def spoken_of(lines: Iterable[Entry]) -> set[str]:
    """The ids of what the judgements among these lines of the log are about."""
    made = (decode(line.record, Judgement) for line in lines if line.kind == "judgement")
    return {id for one in made for id in (one.a, one.b) if id}


def unsettled(ledger: Ledger) -> list[Unsettled]:
    """The judgements that need another look, since their claims read otherwise now, or are gone,
    oldest first. Of several about one claim it is the last that counts."""
    from sayso.reconcile.verdicts import Verdicts, seen

    verdicts = Verdicts(ledger.judgements())
    wanted = {id: verdicts.judgements(id)[-1] for id in verdicts.claims}
    present = ledger.claims_of(wanted)
    for id, (claim, _) in present.items():
        if wanted[id].seen in (None, seen(claim)):
            del wanted[id]
    if not wanted:
        return []
    # What is found no more may have been in any document; the others are where they are.
    documents = sorted({present[id][1].id for id in wanted if id in present})
    if len(documents) > _AT_ONCE or wanted.keys() - present.keys():
        documents = []
    read: dict[str, list[tuple[Reading, Claim]]] = {id: [] for id in wanted}
    current: dict[str, Reading] = {}
    for entry in ledger.entries(kinds=("reading",), subjects=documents):
        reading = decode(entry.record, Reading)
        current[entry.subject] = reading
        for claim in reading.claims:
            if claim.id in read:
                read[claim.id].append((reading, claim))
    found = []
    for id, judgement in wanted.items():
        if not read[id]:
            continue  # about a claim that came with no reading, as in a bundle that withholds it
        last, claim = read[id][-1]
        latest = current[last.document.id]
        now = claim if claim in latest.claims else None
        was = next((c for _, c in read[id] if seen(c) == judgement.seen), claim)
        found.append(
            Unsettled(
                judgement=judgement,
                document=last.document,
                was=was,
                now=now,
                instead=None if now else _near(was, latest.claims),
            )
        )
    return sorted(found, key=lambda one: (one.judgement.at or "", one.judgement.id))


def _near(was: Claim, claims: tuple[Claim, ...]) -> Claim | None:
    """What is read now where a claim was: of the same kind, in some of the same words."""
    there = [
        claim
        for claim in claims
        if claim.kind == was.kind
        and claim.evidence.start < was.evidence.end
        and was.evidence.start < claim.evidence.end
    ]
    return there[0] if there else None


def _concerning(ledger: Ledger, gathering: Gathering) -> list[Entry]:
    """The readings of an incident's documents and the judgements about its claims, about itself and
    about sources, as entered."""
    documents = sorted({part.document for part in gathering.parts})
    claims = {claim for part in gathering.parts for claim in part.claims}
    found = [
        entry
        for start in range(0, len(documents), _AT_ONCE)
        for entry in ledger.entries(
            kinds=("reading",), subjects=documents[start : start + _AT_ONCE]
        )
    ]
    about = claims | {part.document for part in gathering.parts if not part.aside}
    for entry, judgement in ledger.decided():
        of_sources = judgement.verdict in (*OF_SOURCES, "source_kind")
        if entry.subject in about or of_sources:
            found.append(entry)
            about.add(judgement.id)  # which may be taken back
    return sorted(found, key=lambda entry: entry.seq)


def _bounds(toll: Toll | None) -> tuple[int | None, int | None, int | None] | None:
    return None if toll is None else (toll.low, toll.best, toll.high)
