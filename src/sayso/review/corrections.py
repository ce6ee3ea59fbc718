"""What a person types to correct a claim, to the records it stands for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

from sayso.errors import SettingsError
from sayso.ingest.moments import moments
from sayso.lexicon import codes
from sayso.records import (
    MOST_PEOPLE,
    Category,
    Correction,
    Count,
    Party,
    Place,
    Source,
    SourceKind,
    When,
)
from sayso.review import placing

HELP = {
    "count": "18, 18-20, 18+ (no upper bound) or <=20",
    "who": "words and category: police officers (security_forces)",
    "where": placing.HELP,
    "when": "a day or first and last day: 2031-03-04 or 2031-03-04/2031-03-06",
    "say_so": "origin first: Health Ministry (official) > Lantern (media)",
}
"""How each field of a claim is to be given."""

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
}
"""The same for an incident."""

_TOO_MANY = f"a count is of people, and there are no more than {MOST_PEOPLE:,}"
_DIGITS = len(str(MOST_PEOPLE))

_COUNT = re.compile(
    r"(?:(?:<=|≤)\s*(?P<most>[\d,]+)|(?P<low>[\d,]+)\s*(?P<open>\+|[-–]\s*(?P<high>[\d,]+))?)"
)
_NAMED = re.compile(r"(?P<text>.*\S)\s*\((?P<kind>\w+)\)")


def correction(gazetteer: Path | None = None, **given: str | None) -> Correction:
    """What these fields, named as in `HELP`, `HELP_OF_DOCUMENTS` and `HELP_OF_INCIDENTS`, put in
    place; those that are None stay as they are.

    A place is looked up in the gazetteer with the added places of the file `gazetteer`, as
    `placing.placed` tells. Raises `SettingsError` where a field is not given as `HELP` says.
    """
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if value is not None:
            if not value.strip():
                raise wrong(name, value)
            if name == "type":
                fields[name] = _type(value.strip())
                continue
            if name in HELP_OF_DOCUMENTS:
                fields[name] = _of_document(name, " ".join(value.split()))
                continue
            fields["sources" if name == "say_so" else name] = (
                _where(value.strip(), gazetteer)
                if name == "where"
                else {"count": count, "who": who, "when": when, "say_so": say_so}[name](
                    value.strip()
                )
            )
    return Correction(**fields)


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
    if found["most"]:
        return Count(low=None, high=most, text=value)
    if found["open"] is None:
        return Count(low=low, high=low, text=value)
    if low is not None and high is not None and low > high:
        raise wrong("count", value)
    return Count(low=low, high=high, text=value)


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
    try:
        start, end = (date.fromisoformat(part.strip()) for part in (first, last or first))
    except ValueError:
        raise wrong("when", value) from None
    if start > end:
        raise wrong("when", value)
    return When(text=value, start=start.isoformat(), end=end.isoformat(), basis="sentence")


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


def types() -> list[str]:
    """The types of events, as the codebook has them."""
    return [name for name in codes("events")["event"] if "/" not in name]


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
        if len(readings) != 1:
            raise wrong(name, value)
        return readings[0]
    if name == "language" and not re.fullmatch(r"[a-z]{2,3}", value):
        raise wrong(name, value)
    return value


def wrong(field: str, value: str) -> SettingsError:
    """The error for a field that is not given as it has to be."""
    how = (HELP_OF_INCIDENTS | HELP | HELP_OF_DOCUMENTS)[field]
    return SettingsError(f"{field.replace('_', '-')} {value!r} is not understood; give {how}")
