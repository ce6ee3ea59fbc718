"""What people keep of an incident, in words: its status, what was signed off, and what came after.

What was signed off is what lists, reports and files show; here it is set beside what is known now,
so that nobody takes the one for the other.
"""

from __future__ import annotations

from typing import Any

from sayso.publish import wording
from sayso.records import Incident, Place, Toll, When

MOST = 4
"""Changes that one sentence names."""


def changes(incident: Incident) -> list[tuple[str, str, str]]:
    """What would change if it were signed again: the name of each, as signed, and as it is now."""
    told = incident.dossier
    if told is None or told.signed is None or told.proposed is None:
        return []
    old, new = told.signed, told.proposed
    pairs = [
        ("title", wording.clean(old.title), new.title and wording.clean(new.title)),
        ("type", (old.type or "none").lower(), new.type and new.type.lower()),
        ("place", _place(old.where), new.where and _place(new.where)),
        ("day", _days(old.when), new.when and _days(new.when)),
    ]
    was = {_key(toll): toll for toll in old.tolls}
    pairs += [
        (
            f"{wording.kind(toll.kind)}, {wording.counted(toll)}",
            wording.toll(was.get(_key(toll))),
            wording.toll(present(toll)),
        )
        for toll in new.tolls
    ]
    return [(name, before, after) for name, before, after in pairs if after and before != after]


def present(toll: Toll) -> Toll | None:
    """A toll that is proposed; None where it is that there is none any more."""
    return None if toll.low is toll.high is None else toll


def is_same(one: Toll, other: Toll) -> bool:
    """Whether two tolls are of the same kind and group, whatever they say."""
    return _key(one) == _key(other)


def _key(toll: Toll) -> tuple[object, ...]:
    return toll.kind, toll.who, toll.unit, toll.manner


def _place(where: Place | None) -> str:
    if where is None:
        return "none"
    name = wording.clean(where.name or where.text)
    return f"{name} ({where.country})" if where.country else name


def _days(when: When | None) -> str:
    return wording.span(when.start, when.end) if when else "none"


def since(incident: Incident) -> str:
    """What came after sign-off, in short: "3 figures came after sign-off"; "" for nothing."""
    new = incident.dossier.proposed if incident.dossier else None
    if new is None:
        return ""
    if new.figures:
        return f"{wording.plural(new.figures, 'figure')} came after sign-off"
    if new.gone:
        return f"{wording.plural(len(new.gone), 'document')} left it after sign-off"
    return "it reads otherwise since sign-off"


def proposed(incident: Incident) -> str:
    """The same with what it would change: "...: killed, people 13+ to 18–27, best 18"."""
    told = since(incident)
    found = [f"{name} {before} to {after}" for name, before, after in changes(incident)]
    if not told or not found:
        return told and f"{told} and would change nothing"
    more = f"; and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"{told} and would change {'; '.join(found[:MOST])}{more}"


def status(incident: Incident) -> str:
    """Its status, marked where figures came after sign-off; "" before anybody set one."""
    told = incident.dossier
    if told is None or told.status is None:
        return ""
    said = wording.clean(told.status)
    return f"{said} ({after})" if (after := since(incident)) else said


def told(incident: Incident, *, changes: bool = True) -> list[str]:
    """What people say of it, a sentence each: its status with who signed it off and when, what came
    after that and what it would change, if that is wanted, how it was merged or split since, and
    its grade."""
    kept = incident.dossier
    if kept is None:
        return []
    said = []
    if kept.status:
        said.append(f"{wording.clean(kept.status).capitalize()}{signature(incident)}.")
    if changes and (after := proposed(incident)):
        said.append(f"{after[:1].upper()}{after[1:]}.")
    if new := kept.proposed:
        for ids, what in ((new.joined, MERGED), (new.gone, SPLIT)):
            if ids:
                said.append(f"{what}: {wording.plural(len(ids), 'document')}.")
    if kept.grade:
        said.append(f"Held by a person to be {kept.grade}.")
    return said


def brief(incident: Incident) -> list[str]:
    """The same for pieces that go out: that figures came after sign-off, and none of them."""
    after = since(incident)
    later = [f"{wording.sentence(after)}."] if after else []
    return [*told(incident, changes=False), *later]


MERGED = "Merged after sign-off with what was another incident's then"
SPLIT = "Split after sign-off from what is another incident's now"


def signature(incident: Incident) -> str:
    """Who signed it off and when, and whether these are the figures of then: "; its figures are as
    signed off by Aigul, 4 Mar 2031 10:42"; "" where nobody did."""
    signed = incident.signed
    if signed is None:
        return ""
    by = f" by {wording.clean(signed.by)}" if signed.by else ""
    at = f", {wording.moment(signed.at)}" if signed.at else ""
    those = "as" if incident.tolls == signed.tolls else "here not those"
    return f"; its figures are {those} signed off{by}{at}"


def is_late(incident: Incident | None, document: str) -> bool:
    """Whether a document came after its incident was signed off."""
    signed = incident.signed if incident else None
    return signed is not None and document not in signed.documents


def columns(incident: Incident | None) -> dict[str, Any]:
    """What a file says of it, by the names of `COLUMNS`."""
    kept = incident.dossier if incident else None
    return {
        "status": kept and kept.status,
        "owner": kept and kept.owner,
        "tags": (kept and " | ".join(kept.tags)) or None,
        "grade": kept and kept.grade,
        "signed": kept and kept.signed and kept.signed.at,
    }


COLUMNS: dict[str, str] = {
    "status": "status of the incident, as a person set it; empty = none set one",
    "owner": "whose the incident is",
    "tags": "tags of the incident, between vertical bars",
    "grade": "how well a person holds the incident to be borne out",
    "signed": "when the incident was signed off",
}
"""What files say of the dossier of an incident."""

FROZEN = (
    "of an incident that was signed off: title, type, place, day and figures as they stood then, "
    "of the documents that it had"
)
LATEST = "as all documents tell now, whatever was signed off"
"""Which version of what was signed off is in a file, for its metadata."""
