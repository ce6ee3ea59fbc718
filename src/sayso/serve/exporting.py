"""What a person looks at, as a file: its claims, or its incidents in the columns of others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from sayso.errors import NotFoundError
from sayso.ledger import search
from sayso.pipeline.boards import scenes, under
from sayso.publish import acled, codebooks, exports, hxl, packages, ucdp, victims
from sayso.publish.actors import Register, register
from sayso.publish.board import Scenes
from sayso.records import Claim, Document, Incident, Standing, as_signed
from sayso.serve import dossiers
from sayso.serve.asking import asked, wants_latest, with_names
from sayso.serve.desk import Desk, desk

SHAPES = {
    "csv": (exports.csv, "text/csv; charset=utf-8"),
    "jsonl": (exports.jsonl, "application/jsonl; charset=utf-8"),
    "geojson": (exports.geojson, "application/geo+json; charset=utf-8"),
}

Rows = Iterable[Mapping[str, object]]


TABLES: dict[str, tuple[Mapping[str, str], Callable[[Scenes, Register, bool], Rows]]] = {
    "acled": (acled.COLUMNS, lambda told, who, names: acled.table(told, actors=who)),
    "ucdp-ged": (ucdp.COLUMNS, lambda told, who, names: ucdp.table(told, who)),
    "hxl": (hxl.COLUMNS, lambda told, who, names: hxl.table(told.whole)),
    "victims": (victims.COLUMNS, lambda told, who, names: victims.table(told.whole, names)),
}
"""Tables of incidents, as CSV: their columns, and the rows of each incident, by the
register of actors and, where it is asked for, with the names of people."""

_CHUNK = 1 << 16


def export(request: Request) -> Response:
    """Every claim that the filters and words find or, `of=incidents`, all claims of the incidents
    that they leave; of `TABLES` the rows of these incidents. Names of people are within where the
    address says `names=1`."""
    here, shape = desk(request), request.path_params["shape"]
    if shape not in SHAPES and shape not in TABLES:
        there = ", ".join((*SHAPES, *TABLES))
        raise NotFoundError(f"there is no export {shape!r}; there are {there}")
    here.current()
    # A file, not a string: what is exported may be large, and is sent as it is read.
    file = TemporaryFile()  # noqa: SIM115 (it is closed when all is sent)
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    if shape in TABLES:
        columns, rows = TABLES[shape]
        who, names = register(here.settings.actors), with_names(request)
        told = (row for each in _scenes(request, here, shape) for row in rows(each, who, names))
        packages.write(text, columns, told, tags=hxl.TAGS if shape == "hxl" else None)
        kind, name = SHAPES["csv"][1], f"sayso-{shape}.csv"
    else:
        write, kind = SHAPES[shape]
        documents, claims, standings = _told(here, _wanted(request, here))
        incidents = [one for one, _ in here.ledger.incidents_of(_ids(claims.values()))]
        if not wants_latest(request):
            incidents = [as_signed(one) for one in incidents]
        write(text, documents, claims, incidents, standings, names=with_names(request))
        name = f"sayso.{shape}"
    text.detach()
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_sent(file), media_type=kind, headers=headers)


def _scenes(request: Request, here: Desk, shape: str) -> Iterator[Scenes]:
    """The incidents of the view, laid out: one, or those that the filters leave; counted as the
    codebook of the format would, where it has one."""
    book = codebooks.codebook(codebooks.OWN[shape]) if shape in codebooks.OWN else None
    best = here.settings.best
    wanted = asked(request).filters
    if wanted.incident is not None:
        names = [wanted.incident]
    else:
        names = [one.id for one in _incidents(request, here)]
    for name in names:
        known = dossiers.known(request, here, name)
        yield from scenes(under(known, book, best) if book else known, policy=best, book=book)


def _incidents(request: Request, here: Desk) -> Sequence[Incident]:
    wanted = asked(request)
    every = sys.maxsize
    return search.incidents(here.ledger, wanted.filters, every, typed=wanted.words).items


def _wanted(request: Request, here: Desk) -> list[str]:
    wanted = asked(request)
    if request.query_params.get("of") == "incidents":
        return [claim for one in _incidents(request, here) for claim in one.claims]
    page = search.claims(here.ledger, wanted.filters, wanted.words, sys.maxsize)
    return [found.claim.id for found in page.items]


def _told(
    here: Desk, ids: list[str]
) -> tuple[list[Document], dict[str, list[Claim]], dict[str, Standing]]:
    """These claims as people corrected them, by their documents, oldest first."""
    held = here.ledger.claims_of(ids)
    found = here.standings([claim for claim, _ in held.values()])
    documents = {document.id: document for _, document in held.values()}
    claims: dict[str, list[Claim]] = {id: [] for id in documents}
    for claim, document in held.values():
        claims[document.id].append(found[claim.id].claim if claim.id in found else claim)
    for each in claims.values():
        each.sort(key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))
    order = sorted(documents.values(), key=lambda d: (d.published or "", d.id))
    return order, claims, found


def _ids(claims: Iterable[Iterable[Claim]]) -> list[str]:
    return [claim.id for each in claims for claim in each]


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
