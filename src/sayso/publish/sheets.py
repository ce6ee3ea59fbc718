"""Rows of plain strings for pipes and files: what a table shows, without how it looks.

A sheet has a name for every column and one string per cell, so that the same rows can be cut by
column, read by a spreadsheet or drawn on a terminal. Records as they are go out through `jsonl`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.cells import Rows
from sayso.publish import signed, wording
from sayso.publish.board import Board, Line, Row, order
from sayso.records import (
    COUNTED,
    Claim,
    CurvePoint,
    Document,
    Heading,
    Incident,
    Link,
    Reading,
    Record,
)
from sayso.wire import encode


@dataclass(frozen=True, slots=True)
class Sheet:
    """Named columns and rows of strings; `figures` names the columns that hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[str] = frozenset()


def claims(readings: Iterable[Reading]) -> Sheet:
    """One row for each claim of these readings, in the order of the texts."""
    return Sheet(
        _CLAIM,
        tuple(_claim(claim, r.document) for r in readings for claim in r.claims),
    )


def lines(found: Iterable[Line]) -> Sheet:
    """One row for each of these claims, in the order given."""
    return told((line.claim, line.document) for line in found)


def told(found: Iterable[tuple[Claim, Document | Heading]]) -> Sheet:
    """The same for claims with their documents."""
    return Sheet(_CLAIM, tuple(_claim(claim, document) for claim, document in found))


_CLAIM = ("claim", "document", "what", "who", "where", "when", "note", "say-so", "evidence")


def _claim(claim: Claim, document: Document | Heading) -> tuple[str, ...]:
    return (
        claim.id,
        document.id,
        wording.what(claim),
        wording.whom(claim),
        wording.clean(claim.where.text) if claim.where else "",
        wording.clean(claim.when.text) if claim.when else "",
        wording.noted(claim),
        wording.chain(claim, document.outlet),
        wording.clean(claim.evidence.text),
    )


def incidents(found: Iterable[Incident]) -> Sheet:
    """One row for each incident: when, where, what, its figures and how many texts tell it."""
    rows = [
        (
            incident.id,
            wording.span(incident.when.start, incident.when.end) if incident.when else "",
            wording.clean(incident.where.name or incident.where.text) if incident.where else "",
            wording.clean(incident.title),
            ", ".join(tally(incident)),
            str(len(incident.documents)),
            str(incident.texts),
            str(incident.origins),
            wording.mended(incident),
            signed.status(incident),
            "differ" if incident.differs else "",
        )
        for incident in found
    ]
    names = ("incident", "when", "where", "title", "toll")
    counts = ("documents", "texts", "origins")
    return Sheet((*names, *counts, "mended", "status", "accounts"), tuple(rows), frozenset(counts))


def tally(incident: Incident) -> list[str]:
    """The figures of an incident from low to high, gravest first: ["killed 18–27", "injured 52"].

    Of each kind the first row of its toll board: people of no stated group, where there are any.
    """
    first: dict[str, str] = {}
    for toll in sorted(incident.tolls, key=order):
        first.setdefault(toll.kind, f"{toll.kind} {wording.bounds(toll.low, toll.high)}")
    return list(first.values())


def document_rows(
    documents: Iterable[Document | Heading], found: Iterable[Incident]
) -> list[dict[str, Any]]:
    """For each document: its heading, the incident it leads with, and the first document of its
    copy group.

    A document that belongs to no incident has `incident` null; one that nobody copied is its own
    `copy_group`.
    """
    incident_of: dict[str, str] = {}
    first_of: dict[str, str] = {}
    for incident in found:
        leading = (name for name in incident.documents if name not in incident.aside)
        incident_of.update(dict.fromkeys(leading, incident.id))
        for group in incident.copy_groups:
            first_of.update(dict.fromkeys(group, group[0]))
    return [
        {
            "id": document.id,
            "incident": incident_of.get(document.id),
            "copy_group": first_of.get(document.id, document.id),
            "published": document.published,
            "outlet": document.outlet,
            "title": document.title,
            "url": document.url,
            "language": document.language,
        }
        for document in documents
    ]


def documents(rows: Iterable[Mapping[str, Any]]) -> Sheet:
    """The rows of `document_rows` as a sheet."""
    cells = [
        (
            str(row["id"]),
            str(row["published"] or ""),
            wording.clean(row["outlet"] or ""),
            wording.clean(row["title"] or ""),
            row["incident"] or "",
            row["copy_group"] if row["copy_group"] != row["id"] else "",
        )
        for row in rows
    ]
    return Sheet(("document", "published", "outlet", "title", "incident", "copy of"), tuple(cells))


def tolls(board: Board) -> Sheet:
    """The toll board: one row for each kind and group, with its say-so."""
    figures = ("low", "best", "high", "origins", "copies")
    rows = [
        (
            row.toll.kind,
            row.toll.who,
            *("" if n is None else str(n) for n in (row.toll.low, row.toll.best, row.toll.high)),
            str(len(row.toll.origins)),
            str(row.toll.copies),
            latest(row),
            "; ".join(said(row)),
            row.toll.because,
        )
        for row in board.rows
    ]
    names = ("kind", "who", *figures, "latest", "say-so", "because")
    return Sheet(names, tuple(rows), frozenset(figures))


def curve(board: Board) -> Sheet:
    """The toll curve: one row for each figure as it was printed, oldest first, with whose word it
    is, what it did to earlier figures, and what became of it."""
    links = effects(board)
    rows = [
        (
            point.at or "",
            point.kind,
            point.who,
            *("" if n is None else str(n) for n in (point.low, point.high)),
            speaker(board, point),
            "; ".join(f"{link.relation} {link.of}" for link in links.get(point.claim, ())),
            point.status,
            point.doc,
            point.claim,
        )
        for point in points(board)
    ]
    names = ("at", "kind", "who", "low", "high", "say-so", "change", "status", "document", "claim")
    return Sheet(names, tuple(rows), frozenset(("low", "high")))


def points(board: Board) -> list[CurvePoint]:
    """The points of the curves, oldest first; what has no date comes last."""
    order = {document.id: place for place, document in enumerate(board.documents)}
    return sorted(
        board.incident.curve,
        key=lambda p: (*wording.age(p.at), order.get(p.doc, len(order)), COUNTED.index(p.kind)),
    )


def speaker(board: Board, point: CurvePoint) -> str:
    """Whose word a point is, with the kind of source: "health ministry (official)"."""
    voice = board.speakers.get(point.claim)
    return wording.voice(voice.name, voice.kind) if voice else ""


def effects(board: Board) -> dict[str, list[Link]]:
    """What each claim of the board did to earlier ones, by its id."""
    found: dict[str, list[Link]] = {}
    for toll in board.incident.tolls:
        for link in toll.links:
            found.setdefault(link.claim, []).append(link)
    return found


def latest(row: Row) -> str:
    """When the youngest figure of a row was printed; "" where no document says."""
    line = row.latest
    return wording.moment(line.document.published, year=False) if line else ""


def said(row: Row) -> list[str]:
    """Each origin of a row with its last word: "health ministry (official): 18"."""
    words = []
    for voice in row.voices:
        line = voice.latest
        count = line.claim.count if line else None
        figure = f": {wording.bounds(count.low, count.high)}" if count else ""
        words.append(f"{wording.voice(voice.name, voice.kind)}{figure}")
    return words


def sides(row: Row) -> list[str]:
    """What a toll says of the sides among its voices: what stands in its `because` between how
    `best` was chosen and what was left out."""
    _, *told = row.toll.because.split("; ")
    return [part for part in told if not part.startswith("left out: ")]


def plain(sheet: Sheet) -> str:
    """The sheet as lines of cells between tabs, the column names first."""
    lines = [sheet.columns, *sheet.rows]
    return "".join("\t".join(wording.clean(cell) for cell in line) + "\n" for line in lines)


def separated(sheet: Sheet) -> str:
    """The sheet as CSV (RFC 4180, but with bare line feeds), the column names first."""
    out = io.StringIO()
    rows = Rows(out)
    for row in (sheet.columns, *sheet.rows):
        rows.add(row)
    return out.getvalue()


def jsonl(records: Iterable[Record | dict[str, Any]]) -> str:
    """The records as they are, one line of JSON each."""
    return "".join(encode(record) + "\n" for record in records)
