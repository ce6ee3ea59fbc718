"""What people decide about claims, documents and incidents, into the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.pipeline.deriving import are_outlets, claims_by, derive
from sayso.pipeline.recalling import standings
from sayso.reconcile.verdicts import corrected
from sayso.records import (
    OF_DOSSIERS,
    OF_SOURCES,
    Claim,
    Correction,
    Gathering,
    Incident,
    Judgement,
    SourceKind,
    Verdict,
)
from sayso.review import agreement
from sayso.review.dossiers import keep
from sayso.review.making import Quoted, checked, make, whole
from sayso.review.mending import leading, mend, mend_incident, take_back

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger
    from sayso.pipeline.running.stream import Reads
    from sayso.settings import Settings

Decision = Verdict | Literal["merge", "split", "move", "ours", "not_ours"]
"""What a person can decide."""

_OTHERS: dict[str, int | None] = {
    "same": 1,
    "different": 1,
    "same_source": 1,
    "other_source": 1,
    "source_kind": 1,
    "move": 1,
    "merge": None,
    "split": None,
}
"""How many others a decision is about; None: one or more."""


SETTLED = ("accept", "reject", "unsure", "correct", "same", "different", *OF_SOURCES)
"""What can decide between people who differ."""


def judge(
    ledger: Ledger,
    verdict: Verdict,
    a: str,
    b: str | None = None,
    correction: Correction | None = None,
    by: str | None = None,
    note: str | None = None,
    *,
    settle: bool = False,
) -> Judgement:
    """Put into the ledger what a person decided, and give it as it is kept there.

    `accept`, `reject`, `unsure` and `correct` (with a `correction`) are about the claim `a`; `undo`
    about the judgement `a`; `reject_text` about the document `a` with its copies; `same` and
    `different` about `a` and `b`, each a claim, a document or
    an incident; `same_source` and `other_source` about the names of two sources or outlets,
    `source_kind` about the name `a` of one, `b` its kind. Claims, judgements
    and incidents may be named by the beginning of their ids. An incident stands for what it leads
    with, since its own id may change as more becomes known. `settle` says that it is to decide
    between people who differ.

    Raises `NotFoundError` where there is no such thing, and `SettingsError` where the judgement
    says nothing.
    """
    seen: str | None = None
    copies: tuple[str, ...] = ()
    if verdict == "undo":
        a = _judgement(ledger, a).id
    elif verdict in ("same", "different"):
        if b is None:
            raise SettingsError(f"{verdict!r} is said of two")
        a, b = _anchor(ledger, a), _anchor(ledger, b)
        if a == b:
            raise SettingsError(f"{verdict!r} is said of two, and these are one")
    elif verdict == "reject_text":
        a = ledger.document(a).id
        copies = _copies(ledger, a)
    elif verdict == "source_kind":
        a, correction, b = _source(ledger, a), _kind(b), None
    elif verdict in OF_SOURCES:
        a, b = _sources(ledger, a, b or "")
    else:
        from sayso.reconcile.verdicts import seen as as_read

        claim, _ = ledger.claim(a)
        a, seen = claim.id, as_read(claim)
        if verdict == "correct":
            correction = _sound(ledger, claim, correction or Correction())
    decided = Judgement(
        id="",
        verdict=verdict,
        a=a,
        b=b,
        correction=correction,
        copies=copies,
        seen=seen,
        by=by,
        note=note,
    )
    if settle:
        settles = agreement.differing(ledger.judgements(), *filter(None, (a, b)))
        decided = replace(decided, settles=settles)
    root = _meant(ledger, a) if verdict == "undo" else None
    with ledger.transaction() as writer:
        decided = writer.judge(decided)
        if root is not None and root.verdict == "claim":
            writer.settle(root.a)
        return decided


def _copies(ledger: Ledger, document: str) -> tuple[str, ...]:
    """The other documents that are the same text."""
    derive(ledger)
    claims = [claim.id for claim in ledger.reading(document).claims]
    families = [f for _, gathering in ledger.incidents_of(claims) for f in gathering.families]
    same = {id for family in families if document in family for id in family}
    return tuple(sorted(same - {document}))


def _sound(ledger: Ledger, claim: Claim, correction: Correction) -> Correction:
    """A correction that says something, and of which a claim comes that can be. Raises
    `SettingsError`."""
    if correction == Correction():
        raise SettingsError("a correction must say what it corrects")
    held = standings(ledger, [claim]).get(claim.id)
    correction = whole(correction, ledger.reading(ledger.claim(claim.id)[1].id))
    checked(corrected(held.claim if held else claim, correction))
    return correction


def decide(
    ledger: Ledger,
    verdict: Decision,
    subject: str,
    others: Sequence[str] = (),
    correction: Correction | None = None,
    by: str | None = None,
    note: str | None = None,
    reader: Callable[[], Reads] | None = None,
    quoted: Quoted | None = None,
    settings: Settings | None = None,
    *,
    settle: bool = False,
) -> list[Judgement]:
    """Put into the ledger what a person decided, and give the judgements that it took: `merge` says
    of an incident and each of `others` that they are the same, `split` is `split`, `move` is of a
    claim or document that is of another incident than where it is, `mend` of a
    document or an incident is `mending`'s, as is its undoing of a document, for which `reader`
    makes what reads that again; `not_ours` and `ours` mend an incident so, `claim` is `making`'s,
    in the words `quoted`; what goes into the dossier of an incident is that of `dossiers.keep`,
    with `others` for its values; and all else is one judgement, see `judge`.

    Raises `SettingsError` where the decision is not about so many, and what these raise.
    """
    if settle and verdict not in SETTLED:
        raise SettingsError(f"{verdict} settles nothing; {', '.join(SETTLED)} can")
    if verdict in OF_DOSSIERS:
        return keep(ledger, verdict, subject, others, settings, by, note)  # type: ignore[arg-type]
    wanted = _OTHERS.get(verdict, 0)
    if wanted is None and not others:
        raise SettingsError(f"{verdict} needs what to {verdict}")
    if wanted is not None and len(others) != wanted:
        raise SettingsError(f"{verdict} takes {wanted or 'no'} other ID")
    if mends(ledger, verdict, subject):
        if reader is None:
            raise SettingsError("a document is mended where it can be read again")
        if verdict == "undo":
            return [take_back(ledger, reader(), _judgement(ledger, subject), by, note)]
        return [mend(ledger, reader(), subject, correction or Correction(), by, note)]
    if verdict in ("mend", "mend_incident"):
        return [mend_incident(ledger, subject, correction or Correction(), by, note)]
    if verdict == "ours" or verdict == "not_ours":
        told = Correction(ours=verdict == "ours")
        return [mend_incident(ledger, subject, told, by, note)]
    if verdict == "claim":
        words = quoted or Quoted("")
        return [make(ledger, subject, words, correction or Correction(), by, note)]
    if verdict == "split":
        return split(ledger, subject, others, by, note)
    if verdict == "move":
        return move(ledger, subject, others[0], by, note)
    if verdict == "merge":
        return [judge(ledger, "same", subject, other, None, by, note) for other in others]
    if verdict == "reject" and ledger.headings([subject]):
        verdict = "reject_text"
    other = others[0] if others else None
    return [judge(ledger, verdict, subject, other, correction, by, note, settle=settle)]


def split(
    ledger: Ledger,
    incident: str,
    out: Sequence[str],
    by: str | None = None,
    note: str | None = None,
) -> list[Judgement]:
    """Put into the ledger that these claims and documents are of another incident than the rest of
    this one, all of them of the same; give the judgements that say so.

    Raises `NotFoundError`, and `SettingsError` where nothing would be left.
    """
    derive(ledger)
    found, gathering = ledger.incident(incident)
    apart = [_anchor(ledger, name) for name in out]
    rest = [
        part
        for part in gathering.parts
        if part.document not in apart and not set(part.claims) & set(apart)
    ]
    if not rest:
        raise SettingsError(f"nothing would be left of {found.id}")
    stays = leading(Gathering(parts=tuple(rest), families=()))
    decided = [Judgement(id="", verdict="different", a=stays, b=apart[0], by=by, note=note)]
    decided += [
        Judgement(id="", verdict="same", a=apart[0], b=other, by=by, note=note)
        for other in apart[1:]
    ]
    with ledger.transaction() as writer:
        return [writer.judge(judgement) for judgement in decided]


def move(
    ledger: Ledger, subject: str, incident: str, by: str | None = None, note: str | None = None
) -> list[Judgement]:
    """Put into the ledger that a claim or document is of this incident and of no other; give the
    judgements that say so. Raises what `judge` and `split` raise."""
    derive(ledger)
    what = _anchor(ledger, subject)
    to = ledger.incident(incident)[0]
    at = incident_of(ledger, what)
    if at is not None and at.id == to.id:
        raise SettingsError(f"{subject} is of {to.id} already")
    out: list[Judgement] = []
    try:
        _, document = ledger.claim(what)
        if len(ledger.reading(document.id).claims) > 1:
            out = [judge(ledger, "different", what, document.id, None, by, note)]
    except NotFoundError:
        if at is not None and len(ledger.incident(at.id)[1].parts) > 1:
            out = split(ledger, at.id, [what], by, note)
    return [*out, judge(ledger, "same", what, to.id, None, by, note)]


def incident_of(ledger: Ledger, anchor: str) -> Incident | None:
    """The incident that the document of that id leads with, or that the claim of that id is of, as
    of when incidents were last worked out; None where there is none."""
    try:
        claims = [claim.id for claim in ledger.reading(anchor).claims]
    except NotFoundError:
        claims = [anchor]
    found = ledger.incidents_of(claims)
    for one, gathering in found:
        if any(part.document == anchor and not part.aside for part in gathering.parts):
            return one
    return found[0][0] if found else None


def _anchor(ledger: Ledger, name: str) -> str:
    """What a judgement about this claim, document or incident is tied to."""
    try:
        return ledger.document(name).id
    except NotFoundError:
        pass
    try:
        return ledger.claim(name)[0].id
    except NotFoundError:
        derive(ledger)
    try:
        return leading(ledger.incident(name)[1])
    except NotFoundError:
        raise NotFoundError(
            f"there is no document, no claim and no incident {name!r} in {ledger.name}"
        ) from None


def _sources(ledger: Ledger, *names: str) -> tuple[str, ...]:
    """The names of two sources, as they are. Raises where nobody is so called, or both are one."""
    from sayso.reconcile.names import called

    if called(names[0]) == called(names[1]):
        raise SettingsError(f"{names[0]!r} and {names[1]!r} are one name")
    return tuple(_source(ledger, name) for name in names)


def _source(ledger: Ledger, name: str) -> str:
    """The name of a source or an outlet, as it is. Raises `NotFoundError`."""
    from sayso.reconcile.names import called

    if claims_by(ledger, name) or are_outlets(ledger, name):
        return name
    near = [n for n in ledger.speakers() if called(name) in called(n)][:5]
    there_is = f"; there is: {', '.join(near)}" if near else ""
    raise NotFoundError(f"no claim rests on the word of {name!r}{there_is}")


def _kind(value: str | None) -> Correction:
    """What kind of source somebody is said to be. Raises `SettingsError`."""
    if value not in get_args(SourceKind):
        known = ", ".join(get_args(SourceKind))
        raise SettingsError(f"{value!r} is no kind of source; there are {known}")
    return Correction(source_kind=value)  # type: ignore[arg-type]


def mends(ledger: Ledger, verdict: Decision, subject: str) -> bool:
    """Whether a decision changes what a document came with, or takes that back or up again, so that
    it is read again. Raises `NotFoundError` where there is nothing to be undone."""
    if verdict == "undo":
        root = _meant(ledger, _judgement(ledger, subject).id)
        return root is not None and root.verdict == "mend"
    return verdict == "mend" and bool(ledger.headings([subject]))


def _meant(ledger: Ledger, id: str) -> Judgement | None:
    """What is taken back, or taken up again, in the end."""
    from sayso.reconcile.judgements import meant

    known = {judgement.id: judgement for judgement in ledger.judgements()}
    return meant(known[id], known)


def _judgement(ledger: Ledger, name: str) -> Judgement:
    found = [judgement for judgement in ledger.judgements() if judgement.id.startswith(name)]
    if len(found) == 1 and name:
        return found[0]
    if found and name:
        raise NotFoundError(f"{name!r} is short for {len(found)} judgements; give more of it")
    raise NotFoundError(f"no judgement {name!r} in {ledger.name}")
