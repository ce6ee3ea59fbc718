"""What an address asks for: filters, a page of them, a moment; and addresses that ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sayso.errors import SettingsError
from sayso.ledger import search
from sayso.ledger.conditions import Filters
from sayso.ledger.search import SORTS
from sayso.publish import countries
from sayso.records import HARMS, Category, Kind
from sayso.review import agreement, corrections
from sayso.serve.desk import Desk, desk
from sayso.serve.people import CLOSED
from sayso.settings import UNSET

PER_PAGE = 50

MOST = 50
"""Of what there is to choose from so many are named, where somebody asked for another."""

NAMES = {"first": "from", "last": "to"}
"""How a filter is called in an address, where that is not its own name."""

ONE = ("0", "1")

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": (*get_args(Kind),),
    "verdict": ("accept", "reject", "unsure", "none"),
    "ours": ("no",),
    "in": ("claims", "documents"),
    "of": ("claims", "incidents"),
    "names": ONE,
    "latest": ONE,
    "sort": (*SORTS, *(f"-{name}" for name in SORTS)),
    "view": ("list", "map", "time"),
    "type": (*corrections.types(), *(kind.upper() for kind in get_args(Kind))),
    "country": tuple(countries.codes()),
    "figure": tuple(f"{kind}-{who}" for kind in get_args(Kind) for who in get_args(Category)),
}
"""Of what is asked for, what can only be one of these, on whatever page."""

CHOICES_AT: dict[str, dict[str, tuple[str, ...]]] = {
    "/review": {"kind": HARMS},
    "/agreement": {"kind": agreement.KINDS},
}
"""The same, where a page has its own."""

_ANY_CASE = ("type", "country")


def fault(path: str, query: Mapping[str, str]) -> str | None:
    """What is wrong with an address of which a part can only be one of some, in words; None where
    nothing is. What is left empty asks for nothing."""
    for name, allowed in (CHOICES | CHOICES_AT.get(path.removesuffix(".json"), {})).items():
        value = query.get(name) or ""
        if value and (value.upper() if name in _ANY_CASE else value) not in allowed:
            some = ", ".join(allowed[:MOST]) + (", ..." if len(allowed) > MOST else "")
            return f"{name}={value!r} cannot be; there are {some}"
    return None


class Asked(NamedTuple):
    """The filters of an address, which page of what they leave, the words searched for, and what
    incidents are put in order by."""

    filters: Filters
    page: int
    words: str
    sort: str

    @property
    def offset(self) -> int:
        """How many items are on the pages before."""
        return (self.page - 1) * PER_PAGE


def asked(request: Request) -> Asked:
    """What the address asks for. Raises `SettingsError` where it cannot be."""
    query = request.query_params
    found: dict[str, Any] = {}
    for field in Filters._fields:
        value = (query.get(NAMES.get(field, field)) or "").strip()
        found[field] = value or None
    for field in ("first", "last"):
        if found[field]:
            found[field] = day(found[field])
    for field in ("type", "country"):
        found[field] = found[field] and found[field].upper()
    here = desk(request)
    found["status"] = _status(here, found["status"])
    if found["verdict"] and here.reader is not None:
        raise HTTPException(403, CLOSED)
    words, sort = (query.get("q") or "").strip(), (query.get("sort") or "day").strip()
    return Asked(Filters(**found), number(query.get("page")), words, sort)


def _status(here: Desk, said: str | None) -> str | None:
    """How that status is asked for. Raises `SettingsError` where there is none such: neither in the
    list of the project nor, from a list before, on record."""
    asked = here.settings.status(said)
    if asked is None or asked == UNSET:
        return asked
    there = {name.casefold() for name in here.settings.statuses}
    if asked.casefold() in there or search.incidents(here.ledger, Filters(status=asked), 1).total:
        return asked
    names = ", ".join((*here.settings.statuses, UNSET))
    raise SettingsError(f"status={said!r} cannot be; there are {names}")


def with_names(request: Request) -> bool:
    """Whether a file is to hold the names of people, which it does not unless asked for."""
    return request.query_params.get("names") == "1"


def as_of(request: Request) -> str | None:
    """The moment by which what is asked for had been published, as it was typed."""
    return (request.query_params.get("as_of") or "").strip() or None


def wants_latest(request: Request) -> bool:
    """Whether incidents are asked for as all documents tell now, whatever was signed off."""
    return request.query_params.get("latest") == "1"


def day(said: str) -> str:
    """A day. Raises `SettingsError` where it is none."""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise SettingsError(f"{said!r} is not a day; days are written 2031-03-04") from None


def number(said: str | None) -> int:
    """The number of a page, from 1. Raises `SettingsError`."""
    if said is None:
        return 1
    if not (said.isascii() and said.isdecimal() and 0 < int(said) < 10_000_000):
        raise SettingsError(f"{said!r} is not the number of a page")
    return int(said)


def address(request: Request, **changes: object) -> str:
    """The same address with these parts of the query changed; None takes one out."""
    query: Mapping[str, object] = dict(request.query_params) | changes
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def pages(request: Request, page: int, total: int) -> list[tuple[str, str, bool]]:
    """The numbered pages around this one: label, address, and whether it is this one."""
    last = max(1, -(-total // PER_PAGE))
    shown = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    return [(str(n), address(request, page=n if n > 1 else None), n == page) for n in shown]


def next_page(request: Request, page: int, total: int) -> str | None:
    """The address of the next page; None on the last."""
    return address(request, page=page + 1) if page * PER_PAGE < total else None
