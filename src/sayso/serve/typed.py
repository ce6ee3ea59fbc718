"""What a person typed into a form: which of it was changed, and, where it was not understood, the
same again with what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, get_args

from starlette.datastructures import FormData

from sayso.errors import SaysoError, SettingsError
from sayso.publish import wording
from sayso.records import CLEARED, Claim, Incident, Kind, Modality, Scope
from sayso.review import corrections

PICKED = "_picked"
"""What is put behind the name of a field for the one beside it in which a day is picked."""


class Typed(NamedTuple):
    """A form that was not understood: its decision, what was typed, by field, what is wrong, by
    field, and what is wrong besides."""

    verdict: str
    values: Mapping[str, str]
    faults: Mapping[str, str]
    fault: str

    @classmethod
    def of(cls, form: FormData, error: SaysoError) -> Typed:
        """A form with the error that it came to."""
        values = {name: str(value) for name, value in form.items()}
        faults = error.fields if isinstance(error, SettingsError) else {}
        return cls(values.get("verdict", ""), values, faults, "" if faults else str(error))


CHOICES: dict[str, list[tuple[str, str]]] = {
    "kind": [(name, wording.kind(name)) for name in get_args(Kind)],
    "event": [(name, name.replace("/", ", ").lower()) for name in corrections.events()],
    "scope": [(name, name) for name in get_args(Scope)],
    "modality": [(name, name) for name in get_args(Modality)],
    "type": [(name, name.lower()) for name in corrections.types()],
}
"""What there is to choose from in a field, and how it is called there."""


PLAIN = {"kind": "killed", "scope": "current", "modality": "asserted"}
"""What a claim by hand is unless something else is said."""


def changed(
    form: FormData, names: Iterable[str], present: Mapping[str, str], *, clears: bool
) -> dict[str, str]:
    """What was typed or picked in these fields and is otherwise than at present; what was there and
    is emptied is to be nothing where it `clears`."""
    found = {}
    for name in names:
        picked = str(form.get(f"{name}{PICKED}") or "").strip()
        said = picked or str(form.get(name) or "").strip()
        before = present.get(name, "")
        if said and said != before:
            found[name] = said
        elif not said and before and clears and name in form and _clears(name):
            found[name] = corrections.NOTHING
    return found


def _clears(name: str) -> bool:
    return corrections.FIELDS.get(name, name) in CLEARED


def of_claim(claim: Claim) -> dict[str, str]:
    """The fields that a person may correct, as `review.corrections` takes them."""
    count, event = claim.count, claim.event
    figure = "" if count is None else wording.bounds(count.low, count.high)
    figure = figure.replace("?", "").replace(",", "")
    if figure and count and count.unit != "people":
        figure = f"{figure} {count.unit}"
    parties = {"who": claim.who, "doer": claim.by, "target": claim.to}
    return {
        "kind": claim.kind,
        "event": "/".join(filter(None, (event.type, event.mode))) if event else "",
        "count": figure,
        **{name: f"{one.text} ({one.category})" if one else "" for name, one in parties.items()},
        **_setting(claim),
        "scope": claim.scope,
        "modality": claim.modality,
        "say_so": " > ".join(f"{source.text} ({source.kind})" for source in claim.sources),
        "people": "; ".join(map(wording.named, claim.people)),
        "part_of": claim.part_of or "",
    }


def of_incident(incident: Incident) -> dict[str, str]:
    """The fields that a person may mend of an incident, as `review.corrections` takes them."""
    return {
        "title": incident.title,
        "type": incident.type or "",
        **_setting(incident),
        "remark": incident.remark or "",
    }


def _setting(told: Claim | Incident) -> dict[str, str]:
    where, when = told.where, told.when
    days = [day[:10] for day in ((when.start, when.end) if when else ()) if day]
    return {
        "where": (where.name or where.text) if where else "",
        "when": "/".join(dict.fromkeys(days)),
    }
