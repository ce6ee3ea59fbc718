"""Which incidents something may belong to: those of the same place or days, or of some words."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError
from sayso.ledger import conditions, search
from sayso.publish import wording
from sayso.records import Incident
from sayso.serve.desk import Desk, desk, items

MOST = 10
"""Incidents that are suggested at once."""

_SEARCHED = 100  # claims and documents that are looked through for words


class Near(NamedTuple):
    """An incident that may be the one, and why: "same place, same day"."""

    incident: Incident
    why: str


def near(here: Desk, about: Incident | None, words: str = "") -> list[Near]:
    """The incidents that may be the same as this one, the likeliest first: of all that there are,
    those that these words find, by name, place or what is said of them."""
    found: Counter[str] = Counter()
    if words.strip():
        with suppress(NotFoundError):
            found[here.ledger.incident(words.strip())[0].id] += _SEARCHED
        places = search.incidents(here.ledger, conditions.Filters(place=words.strip()), MOST).items
        found.update(one.id for one in places)
        claims = search.claims(here.ledger, typed=words, limit=_SEARCHED).items
        found.update(one.incident for one in claims if one.incident)
        for document in search.documents(here.ledger, typed=words, limit=_SEARCHED).items:
            found.update(document.incidents)
    elif about is not None:
        for filters in _beside(about):
            found.update(one.id for one in search.incidents(here.ledger, filters, MOST).items)
    if about is not None:
        found.pop(about.id, None)
    those = here.shown(here.ledger.incident(id)[0] for id, _ in found.most_common(2 * MOST))
    shared = {one.id: _shared(about, one) for one in those}
    those.sort(key=lambda one: (-len(shared[one.id]), -found[one.id], one.id))
    return [Near(one, ", ".join(shared[one.id])) for one in those if one.ours][:MOST]


def answer(request: Request) -> Response:
    """The incidents that may be the same as one, for programs."""
    here = desk(request)
    here.current()
    one, _ = here.ledger.incident(request.path_params["id"])
    return items(each._asdict() for each in near(here, one, asked(request)))


def asked(request: Request) -> str:
    """The words by which another incident is looked for."""
    return (request.query_params.get("near") or "").strip()


def view(request: Request, about: Incident | None) -> dict[str, Any]:
    """What a page shows of them."""
    words = asked(request)
    return {"near": near(desk(request), about, words), "near_words": words}


def _beside(about: Incident) -> list[conditions.Filters]:
    place, when = about.where, about.when
    found = []
    if place is not None:
        found.append(conditions.Filters(place=place.name or place.text))
    if when is not None and when.start is not None:
        last = (when.end or when.start)[:10]
        found.append(conditions.Filters(first=when.start[:10], last=last))
    return found


def _shared(about: Incident | None, other: Incident) -> list[str]:
    """What two incidents have in common, in words."""
    if about is None:
        return []
    here, there = (
        wording.clean(one.where.name or one.where.text).casefold() if one.where else None
        for one in (about, other)
    )
    days = [
        ((one.when.start or "")[:10], (one.when.end or one.when.start or "")[:10])
        for one in (about, other)
        if one.when and one.when.start
    ]
    alike = len(days) > 1 and days[0][0] <= days[1][1] and days[1][0] <= days[0][1]
    return [
        *(["same place"] if here and here == there else []),
        *(["same day"] if alike else []),
    ]
