"""Feeds out: what is new of the incidents that the filters leave."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError
from sayso.ledger import search
from sayso.ledger.search import Stirred
from sayso.publish import syndication
from sayso.publish.syndication import News
from sayso.review import history
from sayso.serve.asking import asked, wants_latest
from sayso.serve.desk import Desk, desk, named
from sayso.serve.embedding import base
from sayso.wire import encode

LINES = 60
"""A feed tells what so many lines of the log changed, the last that concern its incidents."""

TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


def feed(request: Request) -> Response:
    """New incidents and changed tolls, the newest first, as Atom or JSON Feed, by the filters of
    the list of incidents; of what was signed off no later change, unless the latest is asked for.
    """
    here, shape = desk(request), request.path_params["shape"]
    if shape not in TYPES:
        raise NotFoundError(f"there is no feed {shape!r}; there are {', '.join(TYPES)}")
    wanted = asked(request)
    here.current()
    found = search.latest(here.ledger, wanted.filters, LINES)
    latest = wants_latest(request)
    told = (one for each in found for one in _news(here, each, base(request), latest=latest))
    news = syndication.latest(told)
    query = {name: value for name, value in request.query_params.items() if value}
    asks = f"?{urlencode(query)}" if query else ""
    title = "Sayso" + (f": {', '.join(query.values())}" if query else "")
    home, own = f"{base(request)}/incidents{asks}", f"{base(request)}/feed.{shape}{asks}"
    if shape == "atom":
        body: str | bytes = syndication.atom(news, title, home, own)
    else:
        body = encode(syndication.json_feed(news, title, home, own)) + "\n"
    return Response(body, media_type=f"{TYPES[shape]}; charset=utf-8")


def _news(here: Desk, stirred: Stirred, base: str, *, latest: bool) -> list[News]:
    """What is told of one incident, worked out again where something was entered of it."""

    def make() -> list[News]:
        incident = stirred.incident
        told = history.story(here.ledger, incident.id, stirred.lines)
        about = {told.begun.subject, *(change.entry.subject for change in told.changes)}
        headings = here.ledger.headings(about)
        at = f"{base}/incidents/{named(incident.id)}"
        return list(syndication.news(incident, *told, headings, at, latest=latest))

    # Feeds by other filters tell of the same incidents, if by fewer of their lines.
    name = f"news of {stirred.incident.id} by {stirred.lines} lines at {base} {latest}"
    return here.held(name, str(stirred.last), make)
