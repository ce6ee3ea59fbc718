"""The named people of an incident as rows: who they were, what became of them, on whose say-so.

Names go nowhere unless they are asked for. What tells who somebody was goes with them: what they
were ("mayor of Tovar") and whose they were ("widow of Joris Veld"). Age, sex, fate, day and place
stay, which is what tables of casualties are made of, and the claims, by which whoever holds the
ledger finds the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.publish import rows, wording
from sayso.publish.board import Board, Line
from sayso.publish.sheets import Sheet
from sayso.records import Claim

COLUMNS: dict[str, str] = {
    "incident": "id of the incident",
    "name": "the fullest that is printed; without names, which of the incident's people",
    "age": "in years, 0 under one; empty where no text says it",
    "sex": "f or m, as words show it; never by the first name",
    "relation": "whose they were, as printed",
    "role": "what they were, as printed",
    "fate": "the last that is told of them: killed, injured, missing, ...",
    "status": "stands, withdrawn, denied or disputed",
    "day": "first day that the claims of that fate give, else that of the incident",
    "place": "the same of the place",
    "sources": "on whose word, between semicolons",
    "claims": "ids of the claims that name them, between spaces",
    "documents": "ids of the documents that do, between spaces",
}

POLICY = {
    "unit": "one row for each person whom the texts of an incident name",
    "one": "two names are one person where they fit and age, sex and role do not contradict it",
    "number": "age in whole years",
    "range": "none",
    "missing": "empty; never nought, and nothing is filled in from elsewhere",
    "figures": "the named are some of the dead; see the tolls for how many these were",
    "coder": "read by machine; not checked by a person unless judged",
}
"""How a person becomes a row, for the metadata of a file."""

_SHOWN = ("name", "age", "sex", "relation", "role", "fate", "status", "day", "place", "sources")


def table(board: Board, names: bool = False) -> Iterator[dict[str, object]]:
    """One row for each named person, by the names of `COLUMNS`; with `names`, who they were."""
    incident = board.incident
    for number, person in enumerate(incident.people, 1):
        lines = [board.lines[name] for name in person.claims if name in board.lines]
        fate = [line for line in lines if line.claim.kind == person.fate]
        yield {
            "incident": incident.id,
            "name": wording.clean(person.name) if names else f"person {number}",
            "age": person.age,
            "sex": person.sex,
            "relation": wording.clean(person.relation or "") if names else "",
            "role": wording.clean(person.role or "") if names else "",
            "fate": person.fate,
            "status": person.status,
            "day": _day(board, fate),
            "place": _place(board, fate),
            "sources": rows.joined(dict.fromkeys(_source(board, line) for line in lines)),
            "claims": " ".join(line.claim.id for line in lines),
            "documents": " ".join(dict.fromkeys(line.document.id for line in lines)),
        }


def sheet(board: Board) -> Sheet:
    """The same by name, as cells for the terminal."""
    told = (tuple(str(row[c] or "") for c in _SHOWN) for row in table(board, names=True))
    return Sheet(_SHOWN, tuple(told), frozenset(("age",)))


def counted(board: Board) -> list[str]:
    """How many of each toll are named: ["9 of the 14 killed are named"]."""
    fates = [p.fate for p in board.incident.people if p.status in ("stands", "disputed")]
    said = []
    for fate in dict.fromkeys(row.toll.kind for row in board.rows):
        count = fates.count(fate)
        tolls = (rows.number(row.toll) for row in board.rows if row.toll.kind == fate)
        total = next((n for n in tolls if n is not None), None)
        of = f" of the {wording.number(total)}" if total is not None and total >= count else ""
        are = "is" if count == 1 else "are"
        if count:
            said.append(f"{wording.number(count)}{of} {wording.kind(fate)} {are} named")
    return said


def people(claim: Claim) -> str:
    """Whom a claim names, in one cell: "Ada Voss (34, f, nurse); Tom (6, m, her son)"."""
    return rows.joined(map(wording.named, claim.people))


def _source(board: Board, line: Line) -> str:
    voice = board.speakers.get(line.claim.id)
    return voice.name if voice else line.document.outlet or ""


def _day(board: Board, lines: Sequence[Line]) -> str:
    own = (line.claim.when.start for line in lines if line.claim.when and line.claim.when.start)
    return next((day[:10] for day in own), rows.days(board.incident.when)[0])


def _place(board: Board, lines: Iterable[Line]) -> str:
    places = [line.claim.where for line in lines] + [board.incident.where]
    where = next(filter(None, places), None)
    return wording.clean(where.name or where.text) if where else ""
