"""What a ledger keeps of what it tells: incidents and tolls, brought up to date with its log.

It can be dropped at any time: `derive` makes the same again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sayso.errors import LedgerError, NotFoundError
from sayso.pipeline.running.stream import Progress, counted
from sayso.records import OF_DOSSIERS, OF_SOURCES, Claim, Gathering, Incident, Judgement
from sayso.version import __version__
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger
    from sayso.ledger.views import Verdict
    from sayso.reconcile.coverage import Coverage
    from sayso.reconcile.verdicts import Verdicts

POLICY = "latest"
"""By which the tolls that are kept have their best figures."""


def kept(ledger: Ledger, progress: Progress | None = None, held: Held | None = None) -> bool:
    """Whether the incidents that the ledger keeps are up to date, now that it was tried: a ledger
    that may only be read, or that somebody else writes to, stays as it is."""
    try:
        derive(ledger, progress, held=held)
    except LedgerError:
        return False
    return True


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
        if entry.kind in ("redaction", "import"):
            return False  # texts that were missing may have come, with no line of their own
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
    told = facts()
    since = ledger.as_of(state)
    current = not anew and since > 0 and all(state.get(key) == told[key] for key in told)
    if current and since == head.seq:
        return False
    judgements = ledger.judgements(head.seq)
    if current:
        touched = _claims_judged(ledger, since, head.seq, judgements)
        if touched is not None and _patch(ledger, head.seq, touched, judgements, told):
            return True
    if held is None or anew:
        held = Held()
    coverage = held.upto(ledger, head.seq, judgements, progress)
    found = coverage.gathered()
    verdicts = judged(found, coverage.claims(), judgements)
    with ledger.transaction() as writer:
        writer.put(head.seq, found, verdicts, told)
    return True


def facts() -> dict[str, str]:
    """What incidents that are kept are made with, see `Ledger.state`."""
    return {"policy": POLICY, "version": __version__}


def judged(
    found: Iterable[tuple[Incident, Gathering]],
    claims: Mapping[str, Sequence[Claim]],
    judgements: Sequence[Judgement],
) -> dict[str, Verdict]:
    """How all claims stand, of which these incidents are, by their ids; of those judged only."""
    from sayso.reconcile.verdicts import Verdicts

    families = (family for _, gathering in found for family in gathering.families)
    verdicts = Verdicts(judgements).beside(families, claims)
    return verdicts_of((claim for each in claims.values() for claim in each), verdicts)


def verdicts_of(claims: Iterable[Claim], verdicts: Verdicts) -> dict[str, Verdict]:
    """What the ledger is to keep of how these claims stand, by their ids; of those judged only."""
    from sayso.ledger.views import Verdict

    standings = (verdicts.of(claim) for claim in claims)
    return {
        s.claim.id: Verdict(s.verdict, s.corrected, s.look_again)
        for s in standings
        if s is not None
    }


def _claims_judged(
    ledger: Ledger, since: int, until: int, judgements: Sequence[Judgement]
) -> set[str] | None:
    """The claims that were judged since that line, that rest on sources that were, or that tell of
    incidents that were; None where anything else came that changes what the documents tell.
    """
    from sayso.reconcile.judgements import meant

    by_id = {judgement.id: judgement for judgement in judgements}
    touched = set()
    for entry in ledger.entries(since):
        if entry.seq > until or entry.kind in ("problem", "import", "alert"):
            continue
        if entry.kind != "judgement":
            return None
        judgement = meant(decode(entry.record, Judgement), by_id)
        if judgement is None or judgement.verdict in ("same", "different", "reject_text"):
            return None
        if judgement.verdict in OF_SOURCES and are_outlets(ledger, judgement.a, judgement.b or ""):
            return None  # what an outlet says in its own voice has no source
        if judgement.verdict in (*OF_SOURCES, "source_kind"):
            touched |= claims_by(ledger, judgement.a, judgement.b or "")
        elif judgement.verdict == "mend_incident" or judgement.verdict in OF_DOSSIERS:
            told = _told_in(ledger, judgement.a)
            if not told:
                return None  # what leads with an incident may have no claim of it
            touched |= told
        else:
            touched.add(judgement.a)
    return touched


def _told_in(ledger: Ledger, id: str) -> set[str]:
    """The claims of the document of that id, or else the claim of that id."""
    try:
        return {claim.id for claim in ledger.reading(id).claims}
    except NotFoundError:
        return {id}


def claims_by(ledger: Ledger, *names: str) -> set[str]:
    """The claims that rest on the word of a source of one of these names, by their ids."""
    from sayso.reconcile.names import called

    wanted = {called(name) for name in names}
    return ledger.said_by([name for name in ledger.speakers() if called(name) in wanted])


def are_outlets(ledger: Ledger, *names: str) -> bool:
    """Whether one of these is the name of an outlet."""
    from sayso.reconcile.names import called

    wanted = {called(name) for name in names}
    return any(called(outlet) in wanted for outlet in ledger.outlets())


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
    read = []
    for kept, gathering in ledger.incidents_of(touched):
        pairs = ledger.some(part.document for part in gathering.parts)
        present = {document.id: document for document, _ in pairs}
        claims = {reading.document.id: reading.claims for _, reading in pairs}
        made = made_from(gathering, present, claims, verdicts, POLICY)
        if made is None or not re.fullmatch(rf"{re.escape(made.id)}(-\d+)?", kept.id):
            return False
        found.append((replace(made, id=kept.id), gathering))
        verdicts = verdicts.beside(gathering.families, claims)
        read += [claim for each in claims.values() for claim in each]
    read += [claim for id in sorted(touched) if (claim := _claim(ledger, id)) is not None]
    touched = touched | {claim.id for claim in read}
    with ledger.transaction() as writer:
        writer.put_some(seq, found, touched, verdicts_of(read, verdicts), facts)
    return True


def _claim(ledger: Ledger, id: str) -> Claim | None:
    """The claim of that id, as last read; None where it is no more."""
    try:
        return ledger.claim(id)[0]
    except NotFoundError:
        return None
