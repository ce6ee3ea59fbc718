"""What a person types to correct a claim, to the records it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from sayso.errors import SettingsError
from sayso.ingest.moments import moment, moments
from sayso.lexicon import codes
from sayso.records import (
    CLEARED,
    MOST_PEOPLE,
    Category,
    Correction,
    Count,
    Event,
    Kind,
    Modality,
    Party,
    Person,
    Place,
    Scope,
    Sex,
    Source,
    SourceKind,
    Unit,
    When,
)
from sayso.review import placing

NOTHING = "-"
"""What is typed for a field that is to say nothing."""

_OF_PARTIES = f"as who; {NOTHING} for nobody"

HELP = {
    "kind": f"what is counted, or event: {', '.join(get_args(Kind))}",
    "event": "the type of event, with its mode if it has one: PROTEST, or ASSAULT/firearms",
    "count": "18, 18-20, 18+ (no upper bound) or <=20; with its unit if that is not people: "
    "40 homes, 12 households",
    "who": "words and category: police officers (security_forces)",
    "doer": f"who did it, {_OF_PARTIES}",
    "target": f"to whom or against whom it was done, {_OF_PARTIES}",
    "where": placing.HELP,
    "when": "a day, or first and last day: 2031-03-04, 4 March 2031 or 2031-03-04/2031-03-06",
    "scope": f"whether it is of this story: {', '.join(get_args(Scope))}",
    "modality": f"how sure it is said to be: {', '.join(get_args(Modality))}",
    "say_so": "origin first: Health Ministry (official) > Lantern (media)",
    "people": "those of them who are named, with age, sex and what they were: Mila Dorn (34, f, "
    f"nurse); Tove Dorn; {NOTHING} for nobody",
    "part_of": f"the claim of the larger figure that it is some of, by its id; {NOTHING} for none",
}
"""How each field of a claim is to be given."""

FIELDS = {"doer": "by", "target": "to", "say_so": "sources"}
"""What is called otherwise where people type it than in a `Correction`."""

HELP_OF_CLAIMS = {
    "words": "the exact words of the text that say it",
    "which": "which of these words is meant, from 1, where the text has them more than once",
}
"""What else is to be given for a claim by hand."""

HELP_OF_DOCUMENTS = {
    "published": "when it was published: 2031-03-04, 4 March 2031 or 2031-03-04T18:30Z",
    "outlet": "who published it",
    "title": "its headline",
    "language": "its language by ISO 639-1, as en",
}
"""The same for what a document came with."""

HELP_OF_INCIDENTS = {
    "title": "what it is to be called",
    "type": "a type of event, as ASSAULT or PROTEST",
    "where": HELP["where"],
    "when": HELP["when"],
    "remark": "what is said of it in reports and files, to all; a note is for colleagues",
}
"""The same for an incident."""

OLDEST = 130
"""Years: nobody has lived longer than 122 (Jeanne Calment, 1875 to 1997)."""

_DAY = len("2031-03-04")
_TOO_MANY = f"a count is of people, and there are no more than {MOST_PEOPLE:,}"
_DIGITS = len(str(MOST_PEOPLE))

_COUNT = re.compile(
    r"(?:(?:<=|≤)\s*(?P<most>[\d,]+)|(?P<low>[\d,]+)\s*(?P<open>\+|[-–]\s*(?P<high>[\d,]+))?)"
    rf"(?:\s*(?P<unit>{'|'.join(get_args(Unit))}))?"
)
_DAYS = re.compile(r"(?P<first>\d{1,2})\s*[-–]\s*(?P<last>\d{1,2})(?P<rest>\D+\d{4})")
_PERSON = re.compile(r"(?P<name>[^()]*[^()\s])\s*(?:\((?P<said>[^()]*)\))?")
_NAMED = re.compile(r"(?P<text>.*\S)\s*\((?P<kind>\w+)\)")


def correction(gazetteer: Path | None = None, **given: str | None) -> Correction:
    """What these fields, named as in `HELP`, `HELP_OF_DOCUMENTS` and `HELP_OF_INCIDENTS`, put in
    place; those that are None stay as they are, and what is given as `NOTHING` is cleared.

    A place is looked up in the gazetteer with the added places of the file `gazetteer`, as
    `placing.placed` tells. Raises `SettingsError`, which tells of each field that is not given as
    `HELP` says.
    """
    fields: dict[str, Any] = {}
    cleared: list[str] = []
    faults: dict[str, str] = {}
    for name, value in given.items():
        if value is None:
            continue
        field = FIELDS.get(name, name)
        if value.strip() == NOTHING and field in CLEARED:
            cleared.append(field)
            continue
        try:
            fields[field] = _read(name, value.strip(), gazetteer)
        except SettingsError as error:
            faults[name] = str(error)
    if faults:
        raise SettingsError("; ".join(faults.values()), faults)
    return Correction(cleared=tuple(cleared), **fields)


def _read(name: str, value: str, gazetteer: Path | None) -> Any:
    """What was typed into a field. Raises `SettingsError`."""
    if not value:
        raise wrong(name, value)
    if name == "where":
        return _where(value, gazetteer)
    if name in _READERS:
        return _READERS[name](value)
    return _of_document(name, " ".join(value.split()))


def count(value: str) -> Count:
    """Bounds as a person writes them. Raises `SettingsError`."""
    found = _COUNT.fullmatch(value)
    if found is None:
        raise wrong("count", value)
    if any(len(digits) > _DIGITS for digits in re.findall(r"\d+", value.replace(",", ""))):
        raise SettingsError(_TOO_MANY)
    low, most, high = (
        None if text is None else int(text.replace(",", ""))
        for text in (found["low"], found["most"], found["high"])
    )
    if max(low or 0, most or 0, high or 0) > MOST_PEOPLE:
        raise SettingsError(_TOO_MANY)
    unit: Unit = found["unit"] or "people"  # type: ignore[assignment]
    if found["most"]:
        return Count(low=None, high=most, text=value, unit=unit)
    if found["open"] is None:
        return Count(low=low, high=low, text=value, unit=unit)
    if low is not None and high is not None and low > high:
        raise wrong("count", value)
    return Count(low=low, high=high, text=value, unit=unit)


def who(value: str) -> Party:
    """A group of people with its category. Raises `SettingsError`."""
    found = _NAMED.fullmatch(value)
    if found is None:
        return Party(text=value, category="unspecified")
    kind = found["kind"].lower()
    if kind not in get_args(Category):
        raise SettingsError(f"{kind!r} is no category; there are {', '.join(get_args(Category))}")
    return Party(text=found["text"], category=kind)  # type: ignore[arg-type]


def when(value: str) -> When:
    """A day, or first and last day. Raises `SettingsError`."""
    first, _, last = value.partition("/")
    if moment(first) is None:  # slashes are within a day: 4/3/2031
        first, last = value, ""
    if span := _DAYS.fullmatch(value):
        first, last = (f"{span[day]}{span['rest']}" for day in ("first", "last"))
    start, end = (moment(part.strip()) for part in (first, last or first))
    if start is None or end is None:
        raise wrong("when", value)
    start, end = start[:_DAY], end[:_DAY]
    if start > end:
        raise wrong("when", value)
    return When(text=value, start=start, end=end, basis="sentence")


def say_so(value: str) -> tuple[Source, ...]:
    """A chain of say-so, the origin first. Raises `SettingsError`."""
    chain = []
    for number, link in enumerate(re.split(r"\s*(?:>|→)\s*", value)):
        found = _NAMED.fullmatch(link)
        kind = found["kind"].lower() if found else ""
        if found is None:
            raise wrong("say_so", value)
        if kind not in get_args(SourceKind):
            known = ", ".join(get_args(SourceKind))
            raise SettingsError(f"{kind!r} is no kind of source; there are {known}")
        role = "relay" if number else "origin"
        chain.append(Source(text=found["text"], kind=kind, role=role))  # type: ignore[arg-type]
    return tuple(chain)


def people(value: str) -> tuple[Person, ...]:
    """Those who are named, each with age, sex and what they were. Raises `SettingsError`."""
    found = []
    for one in filter(None, (part.strip() for part in value.split(";"))):
        named = _PERSON.fullmatch(one)
        if named is None:
            raise wrong("people", value)
        said = [part.strip() for part in (named["said"] or "").split(",")]
        told: dict[str, Any] = {}
        for part in filter(None, said):
            if part.isascii() and part.isdecimal() and int(part) <= OLDEST:
                told["age"] = int(part)
            elif part in get_args(Sex):
                told["sex"] = part
            else:
                told["role"] = f"{told['role']}, {part}" if "role" in told else part
        found.append(Person(name=named["name"], **told))
    if not found:
        raise wrong("people", value)
    return tuple(found)


def types() -> list[str]:
    """The types of events, as the codebook has them."""
    return [name for name in codes("events")["event"] if "/" not in name]


def events() -> list[str]:
    """The types of events and, after each, its modes, as TYPE/mode."""
    return list(codes("events")["event"])


def event(value: str) -> Event:
    """A type of event, with its mode if it has one. Raises `SettingsError`."""
    named = next((name for name in events() if name.casefold() == value.casefold()), None)
    if named is None:
        raise SettingsError(f"{value!r} is no event; there are {', '.join(events())}")
    type, _, mode = named.partition("/")
    return Event(type=type, mode=mode or None)


def _one_of(name: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in allowed:
            raise SettingsError(f"{name} {value!r} is none; there are {', '.join(allowed)}")
        return value.lower()

    return read


def _type(value: str) -> str:
    if value.upper() not in types():
        raise SettingsError(f"{value!r} is no type of event; there are {', '.join(types())}")
    return value.upper()


def _where(value: str, gazetteer: Path | None) -> Place:
    found = placing.placed(value, gazetteer)
    if found is None:
        raise wrong("where", value)
    return found


def _of_document(name: str, value: str) -> str:
    """What a document is said to come with. Raises `SettingsError`."""
    if name == "published":
        readings = moments(value)
        if len(readings) > 1:
            raise SettingsError(f"{value!r} may be {' or '.join(readings)}; give one of these")
        if not readings:
            raise wrong(name, value)
        return readings[0]
    if name == "language" and not re.fullmatch(r"[a-z]{2,3}", value):
        raise wrong(name, value)
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": _one_of("kind", get_args(Kind)),
    "event": event,
    "count": count,
    "who": who,
    "doer": who,
    "target": who,
    "when": when,
    "scope": _one_of("scope", get_args(Scope)),
    "modality": _one_of("modality", get_args(Modality)),
    "say_so": say_so,
    "people": people,
    "type": _type,
}


def wrong(field: str, value: str) -> SettingsError:
    """The error for a field that is not given as it has to be."""
    how = (HELP_OF_INCIDENTS | HELP | HELP_OF_DOCUMENTS)[field]
    return SettingsError(f"{field.replace('_', '-')} {value!r} is not understood; give {how}")
