"""What is asked of claims, documents and incidents beside words: filters, as conditions of SQL."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, String, and_, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from sayso.ledger import schema
from sayso.ledger.sqlite import PLAIN
from sayso.ledger.views import searchable


class Filters(NamedTuple):
    """What is asked for beside words; None asks for nothing.

    `first` and `last` are days, both within: what happened in part between them. `place`, `who`,
    `source` and `outlet` are looked for within names, whatever the case and accents; `who` is a
    category, too.
    `verdict` is accept, reject, unsure, or "none" for what nobody judged. `ours` is "no" for the
    incidents that people set aside, which are else left out. Of documents and incidents all but
    `place`, `country`, `type`, the days and what people keep of incidents (`MARKS`, whatever the
    case) are asked of their claims; of what is no incident the latter are asked of that which it
    tells of. A `status` of "none" is that nobody set one.
    """

    first: str | None = None
    last: str | None = None
    kind: str | None = None
    type: str | None = None
    place: str | None = None
    country: str | None = None
    who: str | None = None
    source: str | None = None
    outlet: str | None = None
    verdict: str | None = None
    incident: str | None = None
    ours: str | None = None
    status: str | None = None
    owner: str | None = None
    tag: str | None = None


EVERYTHING = Filters()
"""No filter."""

MARKS = ("status", "owner", "tag")
"""The filters by what people keep of an incident."""


def of_ours(incident: FromClause, filters: Filters) -> list[ColumnElement[bool]]:
    """Of the incidents that people set aside, or of the others."""
    if filters.ours:
        return [~incident.c.ours]
    return [] if filters.incident else [incident.c.ours]


def only_ours(chosen: Select[Any], claim: ColumnElement[int], filters: Filters) -> Select[Any]:
    """Of the claims chosen, whose number is in that column, those that are about no incident that
    was set aside."""
    if filters.incident or filters.ours:
        return chosen
    found, members = schema.incidents, schema.members
    # From the few incidents to their claims, and not all claims one by one.
    away = select(found.c.id).where(~found.c.ours)
    theirs = select(members.c.claim).where(members.c.incident.in_(away))
    same = schema.claims.alias()
    return chosen.where(claim.not_in(select(same.c.n).where(same.c.id.in_(theirs))))


def of_incidents(filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of incidents: of themselves, and of the rest that a claim has it."""
    found, members = schema.incidents, schema.members
    own = [
        *of_days(found.c.first, found.c.last, filters),
        *([found.c.type == filters.type] if filters.type else []),
        *([found.c.country == filters.country] if filters.country else []),
        *([within(found.c.place, filters.place)] if filters.place else []),
        *([found.c.id == filters.incident] if filters.incident else []),
        *marked(found.c.id, filters),
        *of_ours(found, filters),
    ]
    rest = filters._replace(
        first=None, last=None, type=None, country=None, place=None, incident=None, ours=None
    )._replace(**dict.fromkeys(MARKS))
    if rest != EVERYTHING:
        held = select(members.c.incident)
        if rest == Filters(verdict=rest.verdict):  # asked of a claim's id: no need to look it up
            held = held.where(*of_verdict(members.c.claim, rest.verdict))
        else:
            held = held.join(schema.claims, is_member(schema.claims)).where(*of_claims(rest))
        own.append(found.c.id.in_(held))
    return own


def of_claims(filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of claims."""
    found = schema.claims
    asked = of_days(found.c.first, found.c.last, filters)
    for name in ("kind", "type", "country"):
        if value := getattr(filters, name):
            asked.append(found.c[name] == value)
    if filters.place:
        asked.append(within(found.c.place, filters.place))
    if filters.who:
        asked.append(or_(found.c.category == filters.who, within(found.c.who, filters.who)))
    if filters.source:
        asked.append(within(found.c.sayers, filters.source))
    if filters.outlet:
        held = schema.documents
        asked.append(
            found.c.document.in_(select(held.c.id).where(within(held.c.outlet, filters.outlet)))
        )
    asked += of_verdict(found.c.id, filters.verdict)
    members = schema.members
    of = marked(members.c.incident, filters)
    if filters.incident:
        of.append(members.c.incident == filters.incident)
    if filters.ours:
        away = select(schema.incidents.c.id).where(~schema.incidents.c.ours)
        of.append(members.c.incident.in_(away))
    if of:
        same = schema.claims.alias()
        told = select(same.c.n).join(members, is_member(same))
        asked.append(found.c.n.in_(told.where(*of)))
    return asked


def of_verdict(claim: ColumnElement[str], verdict: str | None) -> list[ColumnElement[bool]]:
    """What is asked of how a claim of that id is judged."""
    judged = schema.verdicts
    if not verdict:
        return []
    if verdict == "none":
        return [~exists().where(judged.c.claim == claim)]
    return [claim.in_(select(judged.c.claim).where(judged.c.verdict == verdict))]


def is_member(claims: FromClause) -> ColumnElement[bool]:
    """That a claim is one of those that `members` puts to incidents."""
    members = schema.members
    return and_(claims.c.id == members.c.claim, claims.c.document == members.c.document)


def has_claim(filters: Filters, document: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """What is asked of documents: of the outlet themselves, of the rest that a claim has it."""
    asked: list[ColumnElement[bool]] = []
    if filters.outlet:
        asked.append(within(schema.documents.c.outlet, filters.outlet))
    rest = filters._replace(outlet=None)
    if rest != EVERYTHING:
        asked.append(document.in_(select(schema.claims.c.document).where(*of_claims(rest))))
    return asked


def of_days(
    first: ColumnElement[str], last: ColumnElement[str], filters: Filters
) -> list[ColumnElement[bool]]:
    """What is asked of days: that they lie in part between the first and the last asked for."""
    asked = []
    if filters.first:
        asked.append(last >= filters.first)
    if filters.last:
        asked.append(first <= filters.last)
    return asked


def within(name: ColumnElement[str], value: str) -> ColumnElement[bool]:
    """Whether a name has these characters in it, whatever their case and accents."""
    return _Plain(name).contains(searchable(value).lower(), autoescape=True)


class _Plain(FunctionElement[str]):
    """A name in lower case and without accents."""

    type = String()
    inherit_cache = True


@compiles(_Plain, "sqlite")
def _in_sqlite(name: _Plain, compiler: SQLCompiler, **told: Any) -> str:
    # SQLite's `lower` knows ASCII only; to ask Python takes its time, and most names are ASCII.
    of = compiler.process(name.clauses, **told)
    other = "'*[^' || char(1) || '-~]*'"
    return f"CASE WHEN {of} GLOB {other} THEN {PLAIN}({of}) ELSE lower({of}) END"


@compiles(_Plain, "postgresql")
def _in_postgresql(name: _Plain, compiler: SQLCompiler, **told: Any) -> str:
    of = compiler.process(name.clauses, **told)
    return f"lower(regexp_replace(normalize({of}, NFKD), '[\u0300-\u036f]+', '', 'g'))"


def marked(incident: ColumnElement[str], filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of what people keep of the incident of that id, whatever the case."""
    marks = schema.marks
    asked: list[ColumnElement[bool]] = []
    for name in MARKS:
        if value := getattr(filters, name):
            held = select(marks.c.incident).where(marks.c.field == name)
            if (name, value) == ("status", "none"):
                asked.append(incident.not_in(held))
            else:
                asked.append(incident.in_(held.where(func.lower(marks.c.value) == value.lower())))
    return asked
