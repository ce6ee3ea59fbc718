"""What the desk can be asked on a ledger of `benchmarks/large.py`: every address that it has, and
every filter of its lists, alone and in pairs.

Addresses are those of `serve.app.doors` and filters those of `conditions.Filters`, so that what
comes new is asked, too; a new part of an address or filter needs a value here, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple
from urllib.parse import quote, urlencode

from large import AGENCY
from starlette.routing import Mount

from sayso.ledger.accounts import Role
from sayso.ledger.conditions import Filters
from sayso.ledger.search import SORTS
from sayso.ledger.store import Ledger
from sayso.records import Incident
from sayso.serve.app import doors
from sayso.serve.asking import NAMES

FLOOR = "/static/keys.js"
"""A small file that the same server reads from the disk."""

LISTS = (
    "/incidents",
    "/incidents.geojson",
    "/incidents/counts",
    "/search",
    "/search?in=documents",
    "/sources",
    "/feed.atom",
)
"""What takes all filters."""

ELSEWHERE = {"/login", "/basemap.pmtiles", "/account", "/account.json", "/people"}
"""What a desk without accounts and without a base map does not have."""

SHAPES = {"/feed.{shape}": ("atom", "json"), "/export.{shape}": ("csv", "jsonl", "acled", "hxl")}

Parts = Mapping[str, tuple[str, ...]]


class Asked(NamedTuple):
    """An address, and what it is one of: pages, filters, pairs of filters, orders."""

    kind: str
    address: str


def every(ledger: Ledger) -> list[Asked]:
    """All that is asked."""
    incident = _large(ledger)
    told = values(incident)
    return [
        *(Asked("pages", address) for address in _pages(ledger, incident)),
        *(Asked("one filter", address) for address in _filtered(told, 1)),
        *(Asked("two filters", address) for address in _filtered(told, 2)),
        *(Asked("words and orders", address) for address in _others(told)),
    ]


def values(incident: Incident) -> dict[str, str]:
    """Something to ask for by every filter, by its name in an address."""
    place = incident.where
    known = {
        "first": "2031-05-01",
        "last": "2031-09-10",
        "kind": "killed",
        "type": "ASSAULT",
        "place": place.text if place else "a",
        "country": "TR",
        "who": "miners",
        "source": "police",
        "outlet": "Outlet 7",
        "verdict": "none",
        "incident": incident.id,
        "ours": "no",
        "status": "in review",
        "owner": "Aigul",
        "tag": "harbour",
    }
    if missing := {*Filters._fields} - known.keys():
        raise SystemExit(f"{__file__}: what is asked by {', '.join(sorted(missing))}?")
    return {NAMES.get(name, name): known[name] for name in Filters._fields}


def _large(ledger: Ledger) -> Incident:
    """The incident of the most documents of the first thousand."""
    found = [incident for _, (incident, _) in zip(range(1000), ledger.incidents(), strict=False)]
    return max(found, key=lambda one: len(one.documents))


def _pages(ledger: Ledger, incident: Incident) -> Iterator[str]:
    """Every address that answers to GET, with something real for each part of it."""
    claim = next(id for id in incident.claims if id.endswith("-0"))
    parts = {
        "/incidents": incident.id,
        "/embed": incident.id,
        "/claims": claim,
        "/documents": ledger.claim(claim)[1].id,
    }
    for needs, route in doors():
        if isinstance(route, Mount) or needs > Role.CODER or "GET" not in (route.methods or ()):
            continue
        path = route.path_format
        if path in ELSEWHERE or path.startswith("/add/"):
            continue
        yield from _filled(path, parts, incident)
    one = f"/incidents/{quote(incident.id)}"
    when = incident.when
    yield f"{one}?as_of={when.start if when else '2031-02-01'}"
    yield f"/log?subject={quote(incident.id)}"
    yield f"/log?subject={quote(claim)}"
    yield from ("/log?page=100", "/incidents?view=time", "/incidents?view=map")
    yield f"/review?incident={quote(incident.id)}"
    yield from ("/review?kind=killed", "/review.json?page=100")


def _filled(path: str, parts: Mapping[str, str], incident: Incident) -> Iterator[str]:
    if path == "/towns.geojson":
        yield f"{path}?box=20,30,50,50"
    elif path == "/oembed":
        yield f"{path}?{urlencode({'url': f'http://HOST/incidents/{incident.id}'})}"
    elif path.startswith("/export."):
        # A file of all that there is takes its time; it is written a piece at a time.
        for shape in SHAPES[path]:
            yield f"{path.format(shape=shape)}?incident={quote(incident.id)}"
    elif path in SHAPES:
        yield from (path.format(shape=shape) for shape in SHAPES[path])
    else:
        first = f"/{path.split('/')[1]}"
        known = {"id": quote(parts.get(first, ""), safe=""), "piece": "card", "shape": "svg"}
        try:
            yield path.format(**known)
        except KeyError as unknown:
            raise SystemExit(f"{__file__}: what is {unknown} in {path}?") from None


def _filtered(told: Mapping[str, str], many: int) -> Iterator[str]:
    for names in combinations(told, many):
        for path in LISTS:
            yield _with(path, {name: told[name] for name in names})


def _others(told: Mapping[str, str]) -> Iterator[str]:
    """Words, orders and later pages, with no filter and with some."""
    orders = [f"{way}{name}" for name in SORTS for way in ("", "-")]
    yield from (_with("/incidents", {"sort": order}) for order in orders)
    yield from (_with("/incidents", {"sort": order, "kind": "killed"}) for order in orders)
    for path in LISTS:
        yield _with(path, {"page": "10"})
        for asked in ({"q": "miners"}, {"q": "reports"}, {"q": "miners -fire Lantern*"}):
            yield _with(path, asked)
            yield _with(path, asked | {"kind": "killed"})
        yield _with(path, {"place": "a"})
        yield _with(path, {"source": AGENCY.text})
        for verdict in ("accept", "reject", "unsure"):
            yield _with(path, {"verdict": verdict})
        yield _with(path, {"kind": "killed", "source": "police", "outlet": "Outlet 7"})


def _with(path: str, asked: Mapping[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}"
