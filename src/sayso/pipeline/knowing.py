"""What a ledger tells: incidents and tolls, derived from all that is in it, now or as of a moment.

What was derived is kept in the ledger until something is added, so that looking it up is quick. It
can be dropped at any time: `derive` makes the same again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from sayso import __version__
from sayso.errors import LedgerError, NotFoundError, SettingsError
from sayso.pipeline.reading import Progress
from sayso.records import (
    Claim,
    Document,
    Gathering,
    Incident,
    Judgement,
    Reading,
    Record,
    decode,
)
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.ledger.search import Filters
    from sayso.ledger.store import Ledger
    from sayso.ledger.views import Verdict
    from sayso.reconcile.coverage import Coverage
    from sayso.reconcile.verdicts import Standing, Verdicts

T = TypeVar("T", bound=Record)

POLICY = "latest"
"""By which the tolls that are kept have their best figures."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at one moment: documents published by then, their claims as people corrected
    them, by the document's id, and the incidents they tell of.

    `standings` are the claims that people judged, by their ids; incidents leave out the rejected.
    """

    documents: tuple[Document, ...]
    claims: dict[str, tuple[Claim, ...]]
    incidents: tuple[Incident, ...]
    standings: Mapping[str, Standing] = field(default_factory=dict)

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
) -> Known:
    """What these documents tell as of a moment (None: now), whatever order they come in, going by
    what people judged.

    Raises `SettingsError` where `as_of` is no ISO date or date-time.
    """
    from sayso.reconcile.coverage import incidents
    from sayso.reconcile.order import known as published
    from sayso.reconcile.verdicts import Verdicts

    judgements = tuple(judgements)
    present = tuple(published(tuple(documents), as_of))
    read = {reading.document.id: reading.claims for reading in readings}
    claims = {document.id: read.get(document.id, ()) for document in present}
    found = tuple(incidents(present, claims, policy=settings.best, judgements=judgements))
    return _known(present, claims, found, Verdicts(judgements))


def _known(
    documents: tuple[Document, ...],
    claims: Mapping[str, tuple[Claim, ...]],
    incidents: tuple[Incident, ...],
    verdicts: Verdicts,
) -> Known:
    judged = [verdicts.of(claim) for each in claims.values() for claim in each]
    standings = {standing.claim.id: standing for standing in judged if standing is not None}
    return Known(
        documents,
        {
            id: tuple(standings[c.id].claim if c.id in standings else c for c in each)
            for id, each in claims.items()
        },
        incidents,
        standings,
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
        whole = known(documents, ledger.readings(upto), settings, as_of, judgements)
        return whole if incident is None else _only(whole, whole.incident(incident))
    return looked_up(ledger, settings, incident)


def looked_up(ledger: Ledger, settings: Settings, incident: str | None = None) -> Known:
    """What was last worked out of a ledger, all of it or one incident, as `recall` gives it; what
    came since is not in it. Raises `NotFoundError`."""
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements())
    if incident is None:
        found = list(ledger.incidents())
        present = {document.id: document for document in ledger.documents()}
        claims = {reading.document.id: reading.claims for reading in ledger.readings()}
    else:
        found = [ledger.incident(incident)]
        pairs = ledger.some(part.document for part in found[0][1].parts)
        present = {document.id: document for document, _ in pairs}
        claims = {reading.document.id: reading.claims for _, reading in pairs}
    incidents = [
        kept
        if settings.best == POLICY
        else _made(kept, gathering, present, claims, verdicts, settings.best)
        for kept, gathering in found
    ]
    return _known(tuple(present.values()), claims, tuple(incidents), verdicts)


def kept(ledger: Ledger, progress: Progress | None = None, held: Held | None = None) -> bool:
    """Whether the incidents that the ledger keeps are up to date, now that it was tried: a ledger
    that may only be read, or that somebody else writes to, stays as it is."""
    try:
        derive(ledger, progress, held=held)
    except LedgerError:
        return False
    return True


def as_published(ledger: Ledger, name: str, as_of: str) -> Known:
    """One incident by what had been published at a moment, quickly: of the documents that belong to
    it now, those published by then. Where nothing was, it has no incident in it.

    Raises `NotFoundError`, and `SettingsError` for a moment that is no ISO date or date-time.
    """
    from sayso.reconcile.order import known as published
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(ledger.judgements())
    found, gathering = ledger.incident(name)
    pairs = ledger.some(part.document for part in gathering.parts)
    documents = tuple(published([document for document, _ in pairs], as_of))
    present = {document.id: document for document in documents}
    claims = {reading.document.id: reading.claims for _, reading in pairs}
    claims = {id: claims[id] for id in present}
    made = _then(found, gathering, present, claims, verdicts)
    return _known(documents, claims, () if made is None else (made,), verdicts)


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


class Held:
    """What a process that stays at a ledger holds of it, so that what came since is put in its
    place and not everything worked out again. It is of one ledger, and of one thread at a time."""

    def __init__(self) -> None:
        self._coverage: Coverage | None = None
        self._seq = 0

    def upto(
        self,
        ledger: Ledger,
        seq: int,
        judgements: Sequence[Judgement],
        progress: Progress | None = None,
    ) -> Coverage:
        """All that the ledger holds up to that line of its log, judged so."""
        # Taken away while it changes: what was changed by half is of no use.
        coverage, self._coverage = self._coverage, None
        if coverage is None or not _added(coverage, ledger, self._seq, seq, judgements, progress):
            coverage = _worked_out(ledger, seq, judgements, progress)
        self._coverage, self._seq = coverage, seq
        return coverage


def _worked_out(
    ledger: Ledger, seq: int, judgements: Sequence[Judgement], progress: Progress | None
) -> Coverage:
    """All that the ledger holds up to that line, from nothing."""
    from sayso.reconcile.coverage import Coverage

    coverage = Coverage(POLICY, judgements)
    claims = {reading.document.id: reading.claims for reading in ledger.readings(seq)}
    coverage.add(counted(ledger.documents(seq), len(claims), progress), claims)
    return coverage


def _added(
    coverage: Coverage,
    ledger: Ledger,
    since: int,
    seq: int,
    judgements: Sequence[Judgement],
    progress: Progress | None,
) -> bool:
    """Put what came after the one line and up to the other into a coverage; False where that cannot
    be done, as something was taken out or is there by half."""
    came: dict[str, None] = {}
    judged = False
    for entry in ledger.entries(since):
        if entry.seq > seq:
            break
        if entry.kind == "redaction":
            return False
        judged = judged or entry.kind == "judgement"
        if entry.kind in ("document", "reading"):
            came[entry.subject] = None
    try:
        pairs = ledger.some(came)
    except NotFoundError:
        return False
    if judged:
        coverage.judge(judgements)
    claims = {document.id: reading.claims for document, reading in pairs}
    coverage.add(counted((document for document, _ in pairs), len(pairs), progress), claims)
    return True


def derive(
    ledger: Ledger,
    progress: Progress | None = None,
    *,
    anew: bool = False,
    held: Held | None = None,
) -> bool:
    """Bring the incidents that the ledger keeps up to date with its log; whether it took anything.

    Where nothing came but judgements of single claims, the incidents that tell them are made again;
    otherwise, or when it is to be done `anew`, all are; with what is `held` only what it touches.
    """
    head, state = ledger.head(), ledger.state()
    facts = {"policy": POLICY, "version": __version__}
    since = int(state.get("seq", 0))
    current = not anew and since > 0 and all(state.get(key) == facts[key] for key in facts)
    if current and since == head.seq:
        return False
    judgements = ledger.judgements(head.seq)
    if current:
        touched = _claims_judged(ledger, since, head.seq, judgements)
        if touched is not None and _patch(ledger, head.seq, touched, judgements, facts):
            return True
    from sayso.reconcile.verdicts import Verdicts

    if held is None or anew:
        held = Held()
    coverage = held.upto(ledger, head.seq, judgements, progress)
    found = coverage.gathered()
    told = verdicts_of(coverage.claims(), Verdicts(judgements))
    with ledger.transaction() as writer:
        writer.put(head.seq, found, told, facts)
    return True


def verdicts_of(claims: Iterable[Claim], verdicts: Verdicts) -> dict[str, Verdict]:
    """What the ledger is to keep of how these claims stand, by their ids; of those judged only."""
    from sayso.ledger.views import Verdict

    standings = (verdicts.of(claim) for claim in claims)
    return {
        s.claim.id: Verdict(s.verdict, s.corrected, s.look_again)
        for s in standings
        if s is not None
    }


def counted(items: Iterable[T], total: int, progress: Progress | None) -> Iterator[T]:
    """The same items, told to `progress` as they pass."""
    for number, item in enumerate(items, 1):
        if progress is not None:
            progress(number, total)
        yield item


def _claims_judged(
    ledger: Ledger, since: int, until: int, judgements: Sequence[Judgement]
) -> set[str] | None:
    """The claims that were judged since that line; None where anything else came that changes what
    the documents tell."""
    by_id = {judgement.id: judgement for judgement in judgements}
    touched = set()
    for entry in ledger.entries(since):
        if entry.seq > until or entry.kind in ("problem", "import"):
            continue
        if entry.kind != "judgement":
            return None
        judgement: Judgement | None = decode(entry.record, Judgement)
        while judgement is not None and judgement.verdict == "undo":
            judgement = by_id.get(judgement.a)
        if judgement is None or judgement.verdict in ("same", "different"):
            return None
        touched.add(judgement.a)
    return touched


def _patch(
    ledger: Ledger,
    seq: int,
    touched: set[str],
    judgements: Sequence[Judgement],
    facts: Mapping[str, str],
) -> bool:
    """Make the incidents that tell these claims again, and nothing else; False where one of them
    would get another id, or be none any more."""
    from sayso.reconcile.coverage import made_from
    from sayso.reconcile.verdicts import Verdicts

    verdicts = Verdicts(judgements)
    found = []
    for kept, gathering in ledger.incidents_of(touched):
        pairs = ledger.some(part.document for part in gathering.parts)
        present = {document.id: document for document, _ in pairs}
        claims = {reading.document.id: reading.claims for _, reading in pairs}
        made = made_from(gathering, present, claims, verdicts, POLICY)
        if made is None or not re.fullmatch(rf"{re.escape(made.id)}(-\d+)?", kept.id):
            return False
        found.append((replace(made, id=kept.id), gathering))
    read = [claim for id in sorted(touched) if (claim := _claim(ledger, id)) is not None]
    with ledger.transaction() as writer:
        writer.put_some(seq, found, touched, verdicts_of(read, verdicts), facts)
    return True


def _claim(ledger: Ledger, id: str) -> Claim | None:
    """The claim of that id, as last read; None where it is no more."""
    try:
        return ledger.claim(id)[0]
    except NotFoundError:
        return None


def _then(
    kept: Incident,
    gathering: Gathering,
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    verdicts: Verdicts,
) -> Incident | None:
    """An incident, under the id that it has now, from some of its documents."""
    from sayso.reconcile.coverage import made_from

    made = made_from(gathering, documents, claims, verdicts, POLICY)
    return None if made is None else replace(made, id=kept.id)


def _made(
    kept: Incident,
    gathering: Gathering,
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    verdicts: Verdicts,
    policy: str,
) -> Incident:
    from sayso.reconcile.coverage import made_from

    made = made_from(gathering, documents, claims, verdicts, policy)
    return kept if made is None else replace(made, id=kept.id)


def _only(known: Known, incident: Incident) -> Known:
    """The same, of one incident only."""
    member = set(incident.documents)
    return Known(
        tuple(document for document in known.documents if document.id in member),
        {id: claims for id, claims in known.claims.items() if id in member},
        (incident,),
        known.standings,
    )
