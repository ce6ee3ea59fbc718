"""What people keep of an incident: its status and what was signed off with it, who owns it, its
tags, notes and grade.

Each is a judgement of its own, so that all of them can be taken back one by one; of what can be one
thing only, the last holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sayso.records import (
    Corroboration,
    Dossier,
    Incident,
    Judgement,
    Proposed,
    Remark,
    Signed,
    Toll,
)


def dossier(judgements: Iterable[Judgement], incident: Incident) -> Dossier | None:
    """The dossier that these judgements about an incident make, oldest first; None where they say
    nothing that stands."""
    status: str | None = None
    owner: str | None = None
    grade: Corroboration | None = None
    signed: Signed | None = None
    public = False
    tags: dict[str, None] = {}
    notes = []
    for made in judgements:
        match made.verdict:
            case "status":
                status, signed = made.value, None
            case "sign":
                status, signed = made.value, _dated(made)
            case "owner":
                owner = made.value
            case "tag":
                tags[made.value or ""] = None
            case "untag":
                tags.pop(made.value or "", None)
            case "grade":
                grade = made.value  # type: ignore[assignment]
            case "embed":
                public = made.value is not None
            case "note":
                told = Remark(text=made.note or "", by=made.by, at=made.at, judgement=made.id)
                notes.append(told)
    found = Dossier(
        status=status,
        owner=owner,
        tags=tuple(sorted(tags)),
        notes=tuple(notes),
        grade=grade,
        signed=signed,
        proposed=None if signed is None else proposed(signed, incident),
        public=public,
    )
    return None if found == Dossier() else found


def _dated(made: Judgement) -> Signed | None:
    """What was signed off, with when: what is only carried on has that already."""
    if made.signed is None or made.signed.at is not None:
        return made.signed
    return replace(made.signed, at=made.at)


def proposed(signed: Signed, incident: Incident) -> Proposed | None:
    """What is known of an incident now and was not signed off; None where all is the same."""
    there = set(signed.documents)
    fields = ("title", "type", "where", "when")
    other = {n: v for n in fields if (v := getattr(incident, n)) != getattr(signed, n)}
    was, now = ({_key(toll): _bare(toll) for toll in one.tolls} for one in (signed, incident))
    gone = {key: replace(toll, low=None, best=None, high=None) for key, toll in was.items()}
    found = Proposed(
        figures=sum(point.doc not in there for point in incident.curve),
        tolls=tuple(
            now.get(key) or gone[key]
            for key in dict.fromkeys([*was, *now])
            if was.get(key) != now.get(key)
        ),
        gone=tuple(id for id in signed.documents if id not in {*incident.documents}),
        **other,
    )
    return None if found == Proposed(figures=0) else found


def _key(toll: Toll) -> tuple[object, ...]:
    return toll.kind, toll.who, toll.unit, toll.manner


def _bare(toll: Toll) -> Toll:
    """A toll by its figures alone."""
    return Toll(
        kind=toll.kind,
        who=toll.who,
        low=toll.low,
        best=toll.best,
        high=toll.high,
        origins=(),
        copies=0,
        withdrawn=(),
        disputed=(),
        because="",
        unit=toll.unit,
        manner=toll.manner,
    )
