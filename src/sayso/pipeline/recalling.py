"""What was known: all that a ledger or a heap of readings tells, now or as of a moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.pipeline.deriving import POLICY, kept
from sayso.pipeline.running.stream import Progress, counted
from sayso.records import (
    Claim,
    Document,
    Gathering,
    Incident,
    Judgement,
    Reading,
    SourceKind,
    Standing,
)
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.ledger.conditions import Filters
    from sayso.ledger.store import Ledger
    from sayso.reconcile.judgements import Bonds
    from sayso.reconcile.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at one moment: documents published by then, their claims as people corrected
    them, by the document's id, and the incidents they tell of.

    `standings` are the claims that people judged, by their ids; incidents leave out the rejected.
    `judged` are the names of sources that people say to be one, or two.
    """

    documents: tuple[Document, ...]
    claims: dict[str, tuple[Claim, ...]]
    incidents: tuple[Incident, ...]
    standings: Mapping[str, Standing] = field(default_factory=dict)
    judged: Bonds | None = None

    def incident(self, name: str) -> Incident:
        """The incident of that id, or the only one whose id begins so. Raises `NotFoundError`."""
        found = [i for i in self.incidents if i.id == name] or [
            i for i in self.incidents if i.id.startswith(name)
        ]
        if len(found) == 1:
            return found[0]
        near = ", ".join(i.id for i in (found or self.incidents)[:5])
        if found:
            raise NotFoundError(f"{name!r} is short for several incidents: {near}")
        raise NotFoundError(f"no incident is called {name!r}; there is: {near or 'none'}")


def known(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    settings: Settings,
    as_of: str | None = None,
    judgements: Iterable[Judgement] = (),
    *,
    aside: bool = False,
) -> Known:
    """What these documents tell as of a moment (None: now), whatever order they come in, going by
    what people judged; with what they set `aside` as not theirs, or without.

    Raises `SettingsError` where `as_of` is no ISO date or date-time.
    """
    from sayso.reconcile.coverage import Coverage
    from sayso.reconcile.order import known as published
    from sayso.reconcile.order import posted
    from sayso.reconcile.verdicts import Verdicts

    judgements = tuple(judgements)
    present = tuple(published(tuple(documents), as_of))
    read = {reading.document.id: reading.claims for reading in readings}
    claims = {document.id: posted(read.get(document.id, ()), as_of) for document in present}
    coverage = Coverage(settings.best, judgements)
    coverage.add(present, claims)
    gathered = coverage.gathered()
    if as_of is not None:
        gathered = [(_proposing_nothing(one), gathering) for one, gathering in gathered]
    whole = _known(present, claims, gathered, Verdicts(judgements))
    return whole if aside else _ours(whole, gathered)


def _known(
    documents: tuple[Document, ...],
    claims: Mapping[str, tuple[Claim, ...]],
    gathered: Sequence[tuple[Incident, Gathering]],
    verdicts: Verdicts,
) -> Known:
    families = (family for _, gathering in gathered for family in gathering.families)
    verdicts = verdicts.beside(families, claims)
    judged = [verdicts.of(claim) for each in claims.values() for claim in each]
    standings = {standing.claim.id: standing for standing in judged if standing is not None}
    return Known(
        documents,
        {
            id: tuple(standings[c.id].claim if c.id in standings else c for c in each)
            for id, each in claims.items()
        },
        tuple(incident for incident, _ in gathered),
        standings,
        verdicts.sources,
    )


def _ours(known: Known, gathered: Sequence[tuple[Incident, Gathering]]) -> Known:
    """The same without the incidents that people set aside, what is told of them, and the documents
    that tell of nothing else."""
    if all(one.ours for one in known.incidents):
        return known
    parts = [(one.ours, part) for one, gathering in gathered for part in gathering.parts]
    away = {claim for ours, part in parts if not ours for claim in part.claims}
    kept = {part.document for ours, part in parts if ours}
    gone = {part.document for ours, part in parts if not ours} - kept
    return Known(
        tuple(document for document in known.documents if document.id not in gone),
        {
            id: tuple(claim for claim in claims if claim.id not in away)
            for id, claims in known.claims.items()
            if id not in gone
        },
        tuple(one for one in known.incidents if one.ours),
        known.standings,
        known.judged,
    )


def recall(
    ledger: Ledger,
    settings: Settings,
    incident: str | None = None,
    as_of: str | None = None,
    on_record: str | None = None,
    progress: Progress | None = None,
) -> Known:
    """What a ledger tells: all of it, or only of the incident whose id is, or begins with, this.

    `as_of` leaves out what was published after that moment, `on_record` what the ledger came to
    know after it, judgements too. Either takes time on a large ledger, since all is worked out
    again; without them, what was worked out before is looked up, unless something came since and
    the ledger may not be written.

    Raises `NotFoundError` and, for a moment that is no ISO date or date-time, `SettingsError`.
    """
    if as_of is not None or on_record is not None or not kept(ledger, progress):
        upto = None if on_record is None else line_at(ledger, on_record)
        judgements = ledger.judgements(upto)
        documents = counted(ledger.documents(upto), ledger.count().documents, progress)
        told = (documents, ledger.readings(upto), settings, as_of, judgements)
        if incident is None:
            return known(*told)
        whole = known(*told, aside=True)
        return _only(whole, _by_any_name(whole, ledger, incident))
    return looked_up(ledger, settings, incident)


def _by_any_name(known: Known, ledger: Ledger, name: str) -> Incident:
    """The incident of that name, or of what it is called in the ledger now. Raises
    `NotFoundError`."""
    try:
        return known.incident(name)
    except NotFoundError:
        parts = ledger.incident(name)[1].parts
        told = {claim for part in parts for claim in part.claims}
        found = next((one for one in known.incidents if told & set(one.claims)), None)
        if found is None:
            raise
        return found


def looked_up(
    ledger: Ledger,
    settings: Settings,
    incident: str | None = None,
    judgements: Sequence[Judgement] | None = None,
) -> Known:
    """What was last worked out of a ledger, all of it or one incident, as `recall` gives it; what
    came since is not in it. With `judgements` the tolls are worked out again, by these alone.
    Raises `NotFoundError`."""
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements() if judgements is None else judgements)
    if incident is None:
        found = list(ledger.incidents())
        present = {document.id: document for document in ledger.documents()}
        claims = {reading.document.id: reading.claims for reading in ledger.readings()}
    else:
        found = [ledger.incident(incident)]
        pairs = ledger.some(part.document for part in found[0][1].parts)
        present = {document.id: document for document, _ in pairs}
        claims = {reading.document.id: reading.claims for _, reading in pairs}
    if settings.best != POLICY or judgements is not None:
        found = [
            (_made(kept, gathering, present, claims, verdicts, settings.best) or kept, gathering)
            for kept, gathering in found
        ]
    whole = _known(tuple(present.values()), claims, found, verdicts)
    return _ours(whole, found) if incident is None else whole


def as_published(
    ledger: Ledger, name: str, as_of: str, judgements: Sequence[Judgement] | None = None
) -> Known:
    """One incident by what had been published at a moment, quickly: of the documents that belong to
    it now, those published by then. Where nothing was, it has no incident in it. It goes by all
    that people decided, or by these `judgements` alone.

    Raises `NotFoundError`, and `SettingsError` for a moment that is no ISO date or date-time.
    """
    from sayso.reconcile.order import known as published
    from sayso.reconcile.order import posted
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements() if judgements is None else judgements)
    found, gathering = ledger.incident(name)
    pairs = ledger.some(part.document for part in gathering.parts)
    documents = tuple(published([document for document, _ in pairs], as_of))
    present = {document.id: document for document in documents}
    claims = {reading.document.id: reading.claims for _, reading in pairs}
    claims = {id: posted(claims[id], as_of) for id in present}
    made = _made(found, gathering, present, claims, verdicts, POLICY)
    told = [] if made is None else [(_proposing_nothing(made), gathering)]
    return _known(documents, claims, told, verdicts)


def _proposing_nothing(incident: Incident) -> Incident:
    """An incident of a moment: what was not published by then did not leave it after sign-off."""
    told = incident.dossier
    if told is None or told.proposed is None:
        return incident
    return replace(incident, dossier=replace(told, proposed=None))


def standings(
    ledger: Ledger, claims: Sequence[Claim], judgements: Sequence[Judgement] | None = None
) -> dict[str, Standing]:
    """How claims stand, by their ids, as they were last read, by what people decided about them or
    about the same claim in a copy of the text, or by these `judgements` alone; those that nobody
    judged are left out."""
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements() if judgements is None else judgements)
    # Of what was rejected whole there may be no incident any more.
    texts = ledger.headings(verdicts.texts)
    verdicts = verdicts.beside((), {id: ledger.reading(id).claims for id in texts})
    for _, gathering in ledger.incidents_of([claim.id for claim in claims]):
        pairs = ledger.some(id for family in gathering.families for id in family)
        read = {reading.document.id: reading.claims for _, reading in pairs}
        verdicts = verdicts.beside(gathering.families, read)
    found = ((claim.id, verdicts.of(claim)) for claim in claims)
    return {id: standing for id, standing in found if standing is not None}


def kinds_by_people(ledger: Ledger) -> Callable[[str], SourceKind | None]:
    """What tells by the name of a source which kind people said it is, None where nobody did."""
    from sayso.reconcile.names import called
    from sayso.reconcile.verdicts import Verdicts

    kinds = Verdicts(ledger.judgements()).kinds

    def kind(name: str) -> SourceKind | None:
        made = kinds.get(called(name)) if kinds else None
        return made.correction.source_kind if made and made.correction else None

    return kind


def decisions(
    ledger: Ledger, incident: str, judgements: Sequence[Judgement] | None = None
) -> list[Judgement]:
    """What holds of what people decided about this incident itself, oldest first, of all or of
    these `judgements`. Raises `NotFoundError`."""
    from sayso.reconcile.verdicts import Verdicts

    told = ledger.judgements() if judgements is None else judgements
    return Verdicts(told).of_incident(ledger.incident(incident)[1])


def mendings(ledger: Ledger, incident: str) -> list[Judgement]:
    """What holds of what they put in place of its fields."""
    return [made for made in decisions(ledger, incident) if made.verdict == "mend_incident"]


def found(ledger: Ledger, filters: Filters) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the claims and of the incidents that these filters leave."""
    from sayso.ledger import search

    claims = search.claims(ledger, filters, limit=sys.maxsize).items
    incidents = search.incidents(ledger, filters, sys.maxsize).items
    return frozenset(one.claim.id for one in claims), frozenset(one.id for one in incidents)


def line_at(ledger: Ledger, moment: str) -> int:
    """The number of the last line of the log at that moment; a day means its end.

    Raises `SettingsError` where it is no ISO date or date-time.
    """
    from sayso.reconcile.order import moment as instant

    at = instant(moment)
    if at is None:
        raise SettingsError(
            f"{moment!r} is not a date (2031-03-04) or date-time (2031-03-04T12:00)"
        )
    return ledger.head(at).seq


def _made(
    kept: Incident,
    gathering: Gathering,
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    verdicts: Verdicts,
    policy: str,
) -> Incident | None:
    """An incident, under the id that it has now, from these of its documents; None where they tell
    of none."""
    from sayso.reconcile.coverage import made_from

    made = made_from(gathering, documents, claims, verdicts, policy)
    return None if made is None else replace(made, id=kept.id)


def _only(known: Known, incident: Incident) -> Known:
    """The same, of one incident only."""
    member = set(incident.documents)
    return Known(
        tuple(document for document in known.documents if document.id in member),
        {id: claims for id, claims in known.claims.items() if id in member},
        (incident,),
        known.standings,
        known.judged,
    )
