"""What people decide about an incident itself: its status, who owns it, tags, notes and grade; and
signing it off, by which it stands as it is until somebody signs again.

What is signed is in the judgement, so that the log proves it, and what comes later only proposes to
change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from sayso.errors import SettingsError
from sayso.pipeline.deriving import derive
from sayso.pipeline.recalling import looked_up
from sayso.reconcile.dossiers import dossier
from sayso.reconcile.judgements import AFTER_ALL, meant
from sayso.reconcile.verdicts import Verdicts
from sayso.records import Corroboration, Dossier, Incident, Judgement, Signed, Verdict
from sayso.review.mending import tied_to
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

LONGEST = 100
"""Characters of a status, an owner or a tag."""

FREEZE = 2
"""So many of the statuses, the last ones, freeze an incident."""

PUBLIC = "public"
"""That anybody may see the card, curve, map and table of an incident."""

GRADES: tuple[str, ...] = get_args(Corroboration)

_VALUES: dict[str, tuple[int, int | None]] = {
    "status": (1, 1),
    "sign": (0, 0),
    "owner": (0, 1),
    "tag": (1, None),
    "untag": (1, None),
    "note": (0, 0),
    "grade": (0, 1),
    "embed": (0, 1),
}
"""How many values each takes, at least and at most; owner, grade and embed without one take
theirs out."""


def freezing(statuses: Sequence[str]) -> tuple[str, ...]:
    """Those of these statuses with which an incident stands as it was signed off."""
    return tuple(statuses[-FREEZE:])


def signs(
    ledger: Ledger, verdict: str, incident: str, values: Sequence[str], statuses: Sequence[str]
) -> bool:
    """Whether a decision signs an incident off, or takes what was signed out of force; or is to
    undo, by the beginning of its id, a status with which it would come to that. Raises
    `NotFoundError`."""
    if verdict == "undo":
        made = ledger.judgements()
        return any(_signs(ledger, one.id, made) for one in made if one.id.startswith(incident))
    if verdict != "status":
        return verdict == "sign"
    if {*values} & {*freezing(statuses)}:
        return True
    derive(ledger)
    return ledger.incident(incident)[0].signed is not None


def _signs(ledger: Ledger, undone: str, made: Sequence[Judgement]) -> bool:
    """Whether to undo that judgement, which may itself undo one, changes what is signed off."""
    known = {one.id: one for one in made}
    root = meant(known[undone], known)
    if root is None or root.verdict != "status":
        return False
    derive(ledger)
    held = bool(ledger.headings([root.a]))
    claims = [claim.id for claim in ledger.reading(root.a).claims] if held else [root.a]
    back = Judgement(id="", verdict="undo", a=undone, at=AFTER_ALL)
    verdicts = Verdicts([*made, back])
    return any(
        (dossier(verdicts.of_incident(gathering), one) or Dossier()).signed != one.signed
        for one, gathering in ledger.incidents_of(claims)
    )


def keep(
    ledger: Ledger,
    verdict: Verdict,
    incident: str,
    values: Sequence[str] = (),
    settings: Settings | None = None,
    by: str | None = None,
    note: str | None = None,
) -> list[Judgement]:
    """Put into the ledger what a person decided about an incident itself, and give the judgements
    that it took, as they are kept there: one, or one for each tag.

    `sign` freezes what is known of it now; so does a status that freezes (see `freezing`) where
    nothing was signed, else that carries on what was. Raises `NotFoundError` where there is no such
    incident, and `SettingsError` where nothing would change or a value cannot be.
    """
    settings = settings or Settings()
    least, most = _VALUES[verdict]
    if len(values) < least or (most is not None and len(values) > most):
        raise SettingsError(_counted(verdict))
    derive(ledger)
    line = ledger.as_of(ledger.state())
    _, gathering = ledger.incident(incident)
    (held,) = looked_up(ledger, settings, incident).incidents
    told = held.dossier or Dossier()
    blank = Judgement(
        id="", verdict=verdict, a=tied_to(ledger, held, gathering), by=by, note=note or None
    )
    given = tuple(dict.fromkeys(_named(value) for value in values))
    if verdict == "sign":
        made = [_signing(blank, held, line, None, settings.statuses)]
    elif verdict == "status":
        made = [_status(blank, held, line, given[0], settings.statuses)]
    elif verdict == "note":
        if not blank.note:
            raise SettingsError("a note must say something")
        made = [blank]
    elif verdict == "embed":
        if given and given != (PUBLIC,):
            raise SettingsError(f"{given[0]!r} is not for whom pieces can be; there is {PUBLIC}")
        made = (
            [] if told.public == bool(given) else [replace(blank, value=PUBLIC if given else None)]
        )
    elif verdict in ("owner", "grade"):
        value = given[0] if given else None
        if verdict == "grade" and value is not None and value not in GRADES:
            raise SettingsError(f"{value!r} is no grade; there are {', '.join(GRADES)}")
        made = [] if getattr(told, verdict) == value else [replace(blank, value=value)]
    else:
        wanted = [one for one in given if (one in told.tags) == (verdict == "untag")]
        made = [replace(blank, value=one) for one in wanted]
    if not made:
        raise SettingsError(f"nothing of {held.id} would change")
    with ledger.transaction() as writer:
        return [writer.judge(judgement) for judgement in made]


def _status(
    blank: Judgement, held: Incident, line: int, status: str, statuses: Sequence[str]
) -> Judgement:
    if status not in statuses:
        raise SettingsError(f"{status!r} is no status; there are {', '.join(statuses)}")
    value = None if status == statuses[0] else status
    if value == (held.dossier.status if held.dossier else None):
        raise SettingsError(f"{held.id} is {status} already")
    if status in freezing(statuses):
        return _signing(blank, held, line, status, statuses)
    return replace(blank, value=value)


def _signing(
    blank: Judgement, held: Incident, line: int, status: str | None, statuses: Sequence[str]
) -> Judgement:
    """The judgement that signs an incident off, or, given another status while something is signed,
    carries that on."""
    signed = held.signed
    if signed is None or status is None:
        signed = as_it_is(held, line, blank.by)
    last = freezing(statuses)
    now = held.dossier.status if held.dossier else None
    return replace(
        blank, verdict="sign", value=status or (now if now in last else last[0]), signed=signed
    )


def as_it_is(held: Incident, line: int, by: str | None = None) -> Signed:
    """What there is to be signed of an incident, as of that line of the log."""
    return Signed(
        line=line,
        by=by,
        title=held.title,
        type=held.type,
        where=held.where,
        when=held.when,
        documents=held.documents,
        tolls=tuple(replace(toll, links=()) for toll in held.tolls),
        final=held.final,
        mended=held.mended,
    )


def _named(value: str) -> str:
    """A status, an owner or a tag as it is kept. Raises `SettingsError`."""
    said = " ".join(value.split())
    if not said or len(said) > LONGEST:
        raise SettingsError(f"a status, owner or tag has 1 to {LONGEST} characters")
    return said


def _counted(verdict: str) -> str:
    _, most = _VALUES[verdict]
    if most == 0:
        return f"{verdict} takes no value"
    return f"{verdict} takes {'one value' if most == 1 else 'what to ' + verdict}"
