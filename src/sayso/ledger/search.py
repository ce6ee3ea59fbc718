"""Finding claims, documents and incidents: by words (`terms`), and by what is on record of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import json
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    case,
    column,
    func,
    or_,
    select,
    table,
    text,
    union,
)

from sayso.ledger import schema
from sayso.ledger.conditions import (
    EVERYTHING,
    MARKS,
    Filters,
    has_claim,
    of_claims,
    of_incidents,
    only_ours,
    within,
)
from sayso.ledger.log import PAGE
from sayso.ledger.terms import Query, fts5, passage, query, tsquery
from sayso.records import MOST_CLAIMS, Claim, Heading, Incident, Judgement
from sayso.wire import decode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


SORTS = ("day", "title", "place", "dead", "texts", "origins")
"""What incidents are put in order by: days and numbers from the highest down, words from A. What
has none comes last either way."""

WORDS = ("title", "place")
"""Those of `SORTS` that are words."""

_LINES = 500  # lines of the log that are gone through at a time
_FEW = 40  # incidents


class FoundClaim(NamedTuple):
    """A claim with what heads its document, and the incident that it is about, if it is."""

    claim: Claim
    document: Heading
    incident: str | None


class Stirred(NamedTuple):
    """An incident, the number of the last line of the log that concerns it, and how many of the
    last do."""

    incident: Incident
    last: int
    lines: int


class FoundDocument(NamedTuple):
    """A document, the incidents that it tells of, and a passage of it, from character `start` on,
    whether that is `cut` before the end, and the spans in it of the words found."""

    document: Heading
    incidents: tuple[str, ...]
    passage: str
    start: int
    cut: bool
    marks: tuple[tuple[int, int], ...]


class FoundSource(NamedTuple):
    """A source by its name and kind: how many claims and documents name it, in how many claims it
    is the origin, and the days of the first and the last that was said on its word."""

    name: str
    kind: str
    claims: int
    documents: int
    origin: int
    first: str | None
    last: str | None


class FoundIncidents(NamedTuple):
    """So many incidents are there in all, these are on the page, and so many are left of each type
    and country, the most first: what is asked of that itself is left out of account; and so many of
    each status, owner and tag."""

    total: int
    items: tuple[Incident, ...]
    facets: dict[str, list[tuple[str, int]]]


class FoundRecords(NamedTuple):
    """The same with each incident as its record is kept, undecoded."""

    total: int
    items: tuple[str, ...]
    facets: dict[str, list[tuple[str, int]]]


class Bar(NamedTuple):
    """How many incidents there are of one value, and how many were killed in them at the best
    figures."""

    value: str
    incidents: int
    dead: int


class Page(NamedTuple):
    """So many are there in all, and these are on the page."""

    total: int
    items: tuple[Any, ...]


def claims(
    ledger: Ledger, filters: Filters = EVERYTHING, typed: str = "", limit: int = 50, offset: int = 0
) -> Page:
    """The claims that these filters and words find, in whose words or in whose evidence they stand:
    the best first where there are words, else the latest."""
    found = schema.claims
    latest = (found.c.last.desc(), found.c.n.desc())
    with ledger.reading_at_once() as connection:
        those = select(found.c.document, found.c.position).where(*of_claims(filters))
        chosen = only_ours(those, found.c.n, filters)
        page = _page(connection, chosen, found.c.n, "words_of_claims", typed, latest, limit, offset)
        ids = [row.document for row in page.items]
        incidents = _incidents(connection, ids)
    readings = {reading.document.id: reading for _, reading in ledger.some(ids)} if ids else {}
    items = []
    for document, position in page.items:
        claim = readings[document].claims[position]
        heading = readings[document].document
        items.append(FoundClaim(claim, heading, incidents.get((document, claim.id))))
    return Page(page.total, tuple(items))


def documents(
    ledger: Ledger, filters: Filters = EVERYTHING, typed: str = "", limit: int = 50, offset: int = 0
) -> Page:
    """The documents that these filters and words find, each with a passage: the best first where
    there are words, else the latest printed. The days are those of the printing."""
    found = schema.documents
    printed = func.substr(found.c.published, 1, 10)
    chosen = select(found.c.id).where(
        *([printed >= filters.first] if filters.first else []),
        *([printed <= filters.last] if filters.last else []),
        *has_claim(filters._replace(first=None, last=None), found.c.id),
    )
    latest = (func.coalesce(found.c.published, "").desc(), found.c.id)
    with ledger.reading_at_once() as connection:
        if typed.strip():
            page = _page(
                connection, chosen, found.c.seq, "words_of_documents", typed, latest, limit, offset
            )
        else:
            page = _page_at_once(connection, chosen, latest, limit, offset)
        ids = [row.id for row in page.items]
        told: dict[str, set[str]] = {id: set() for id in ids}
        for (document, _), incident in _incidents(connection, ids).items():
            told[document].add(incident)
    pairs = ledger.some(ids) if ids else []
    asked = query(typed)
    return Page(
        page.total,
        tuple(
            FoundDocument(
                reading.document, tuple(sorted(told[document.id])), *passage(document, asked)
            )
            for document, reading in pairs
        ),
    )


def incidents(
    ledger: Ledger,
    filters: Filters = EVERYTHING,
    limit: int = 50,
    offset: int = 0,
    *,
    typed: str = "",
    sort: str | None = None,
    unseen: Collection[str] = (),
) -> FoundIncidents:
    """The incidents that these filters and words find: in the order of their first reports, or by
    one of `SORTS`, with `-` before it the other way round.

    The words stand in one of its texts, or in its title, its id or a note about it, unless that is
    of one of the judgements that are to be `unseen`, by their ids.
    """
    found = records(ledger, filters, limit, offset, typed=typed, sort=sort, unseen=unseen)
    return FoundIncidents(
        found.total, tuple(decode(record, Incident) for record in found.items), found.facets
    )


def records(
    ledger: Ledger,
    filters: Filters = EVERYTHING,
    limit: int = 50,
    offset: int = 0,
    *,
    typed: str = "",
    sort: str | None = None,
    unseen: Collection[str] = (),
) -> FoundRecords:
    """The same as records, for who keeps what comes of them."""
    found = schema.incidents
    # Claims are gone through once: what is asked of type and country is small enough for us.
    chosen = (
        select(found.c.id, found.c.position, found.c.type, found.c.country)
        .where(*of_incidents(filters._replace(type=None, country=None)))
        .order_by(*_order(sort))
    )
    with ledger.reading_at_once() as connection:
        if typed.strip():
            chosen = chosen.where(_tells_of(connection, typed, unseen))
        those = connection.execute(chosen).all()
        marks = connection.execute(select(schema.marks)).all()
        positions = [
            row.position
            for row in those
            if filters.type in (None, row.type) and filters.country in (None, row.country)
        ]
        shown, told = positions[offset : offset + limit], list[str]()
        for start in range(0, len(shown), PAGE):
            wanted = shown[start : start + PAGE]
            record = select(found.c.position, found.c.record).where(found.c.position.in_(wanted))
            held = {row.position: row.record for row in connection.execute(record)}
            told += [held[position] for position in wanted]
    facets = {
        "type": Counter(r.type for r in those if filters.country in (None, r.country)),
        "country": Counter(r.country for r in those if filters.type in (None, r.type)),
    }
    left = {row.id for row in those}
    for name in MARKS:
        facets[name] = Counter(m.value for m in marks if m.field == name and m.incident in left)
    return FoundRecords(
        len(positions),
        tuple(told),
        {
            name: sorted(
                ((word, many) for word, many in counted.items() if word is not None),
                key=lambda pair: (-pair[1], pair[0]),
            )
            for name, counted in facets.items()
        },
    )


def counts(
    ledger: Ledger,
    filters: Filters = EVERYTHING,
    typed: str = "",
    most: int = 12,
    unseen: Collection[str] = (),
) -> dict[str, list[Bar]]:
    """How many incidents, and how many dead in them, these filters and words find by week (its
    Monday, in order), and by type, place and source, the `most` frequent of each."""
    found = schema.incidents
    with ledger.reading_at_once() as connection:
        asked = of_incidents(filters)
        if typed.strip():
            asked.append(_tells_of(connection, typed, unseen))
        fields = (found.c.id, found.c.first, found.c.type, found.c.place, found.c.dead)
        rows = connection.execute(select(*fields).where(*asked)).all()
        dead = {row.id: row.dead or 0 for row in rows}
        said = connection.execute(select(schema.voices)).all()
    by: dict[str, list[tuple[str | None, str]]] = {
        "week": [(_monday(row.first), row.id) for row in rows],
        "type": [(row.type, row.id) for row in rows],
        "place": [(row.place, row.id) for row in rows],
        "source": [(one.name, one.incident) for one in said if one.incident in dead],
    }
    laid: dict[str, list[Bar]] = {}
    for name, pairs in by.items():
        each: dict[str, list[str]] = {}
        for value, incident in pairs:
            if value:
                each.setdefault(value, []).append(incident)
        bars = [Bar(value, len(ids), sum(dead[id] for id in ids)) for value, ids in each.items()]
        bars.sort(key=lambda bar: (-bar.incidents, bar.value))
        laid[name] = sorted(bars) if name == "week" else bars[:most]
    return laid


def _monday(day: str | None) -> str | None:
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return None
    return (found - timedelta(days=found.weekday())).isoformat()


def _order(sort: str | None) -> list[ColumnElement[Any]]:
    """What to put incidents in order by, those of one rank by their first reports."""
    found = schema.incidents
    if sort is None:
        return [found.c.position.asc()]
    name = sort.removeprefix("-")
    word = name in WORDS
    told = found.c["first" if name == "day" else name]
    by: ColumnElement[Any] = func.lower(told) if word else told
    way = by.asc() if word != sort.startswith("-") else by.desc()
    return [told.is_(None), way, found.c.position.desc()]


def _tells_of(
    connection: Connection, typed: str, unseen: Collection[str] = ()
) -> ColumnElement[bool]:
    """That an incident has these words: in a text that tells of it, in what it is called, or in a
    note on it or on one of its claims."""
    found, members = schema.incidents, schema.members
    said = typed.strip()
    ways = [within(found.c.title, said), within(found.c.id, said)]
    asked = query(typed)
    if asked.wanted:
        text = select(schema.documents.c.id)
        text, _ = _matching(connection, text, schema.documents.c.seq, "words_of_documents", asked)
        told = select(members.c.incident).where(members.c.document.in_(text))
        ways.append(found.c.id.in_(told))
    noted = _noted(connection, said, unseen)
    for subject in (members.c.claim, members.c.document):
        ways.append(found.c.id.in_(select(members.c.incident).where(subject.in_(noted))))
    return or_(*ways)


def _noted(connection: Connection, said: str, unseen: Collection[str]) -> list[str]:
    """What the notes are about that have these words, but for those of the judgements `unseen`."""
    log = schema.log
    as_kept = json.encode(said).decode()[1:-1]
    whole = func.lower(log.c.record).contains(as_kept.lower(), autoescape=True)
    there = select(log.c.record).where(
        log.c.kind == "judgement", or_(whole, log.c.record.contains(as_kept, autoescape=True))
    )
    # What else stands in a record, as its verdict, is none of a note's words.
    made = (decode(record, Judgement) for record in connection.execute(there).scalars())
    return [
        one.a for one in made if said.lower() in (one.note or "").lower() and one.id not in unseen
    ]


def latest(ledger: Ledger, filters: Filters = EVERYTHING, lines: int = 60) -> list[Stirred]:
    """The incidents that these filters find and the last so many readings and judgements about
    them are of, the one that is stirred last first."""
    found = schema.incidents
    stirred: dict[str, tuple[int, int]] = {}
    left = lines
    with ledger.reading_at_once() as connection:
        wanted = select(found.c.id).where(*of_incidents(filters))
        ids = set(connection.execute(wanted).scalars())
        for seq, about in _backwards(connection, ids) if ids else ():
            for id in sorted(about & ids):
                last, count = stirred.get(id, (seq, 0))
                stirred[id] = last, count + 1
                left -= 1
                if not left:
                    break
            if not left:
                break
        records = select(found.c.id, found.c.record).where(found.c.id.in_(stirred))
        incidents = {row.id: decode(row.record, Incident) for row in connection.execute(records)}
    return [Stirred(incidents[id], last, count) for id, (last, count) in stirred.items()]


def _backwards(connection: Connection, ids: Collection[str]) -> Iterator[tuple[int, set[str]]]:
    """The lines of the log, the last first, that are readings and judgements of something that
    incidents tell, each with the ids of all these. Of few incidents it is only what is about one
    of them, so that not all of the log is gone through for it."""
    log, members = schema.log, schema.members
    lines = select(log.c.seq, log.c.subject).where(log.c.kind.in_(("reading", "judgement")))
    lines = lines.order_by(log.c.seq.desc())
    subjects = (members.c.document, members.c.claim)
    if len(ids) <= _FEW:
        of = [select(subject).where(members.c.incident.in_(ids)) for subject in subjects]
        lines = lines.where(log.c.subject.in_(union(*of)))
    before: int | None = None
    while before != 1:
        page = lines if before is None else lines.where(log.c.seq < before)
        rows = connection.execute(page.limit(_LINES)).all()
        told: dict[str, set[str]] = {}
        some = list({row.subject for row in rows})
        for subject in subjects:
            about = select(subject, members.c.incident).where(subject.in_(some))
            for name, incident in connection.execute(about):
                told.setdefault(name, set()).add(incident)
        yield from ((row.seq, told[row.subject]) for row in rows if row.subject in told)
        before = rows[-1].seq if len(rows) == _LINES else 1


def sources(
    ledger: Ledger, filters: Filters = EVERYTHING, limit: int = 50, offset: int = 0
) -> Page:
    """On whose word the claims rest that these filters find: the most named first."""
    found, said = schema.claims, schema.speakers
    claims = func.count(said.c.claim.distinct())
    chosen = select(
        said.c.name,
        said.c.kind,
        claims,
        # A document has one reading, and of that the numbers of its claims are.
        func.count((said.c.claim // MOST_CLAIMS).distinct()),
        func.sum(case((said.c.role == "origin", 1), else_=0)),
        func.min(said.c.first),
        func.max(said.c.last),
    ).group_by(said.c.name, said.c.kind)
    if asked := of_claims(filters):
        chosen = chosen.where(said.c.claim.in_(select(found.c.n).where(*asked)))
    # All at once: counting them takes as long as finding them.
    with ledger.reading_at_once() as connection:
        chosen = only_ours(chosen, said.c.claim, filters)
        rows = connection.execute(chosen.order_by(claims.desc(), said.c.name, said.c.kind)).all()
    return Page(len(rows), tuple(FoundSource(*row) for row in rows[offset : offset + limit]))


class Judged(NamedTuple):
    """How many claims of an incident people rejected, corrected, and judged at all."""

    rejected: int = 0
    corrected: int = 0
    judged: int = 0


def judged(ledger: Ledger, ids: Sequence[str]) -> dict[str, Judged]:
    """The same by these incidents' ids; of which nobody judged any claim, nothing."""
    members, verdicts = schema.members, schema.verdicts
    claims = members.c.claim.distinct()
    chosen = (
        select(members.c.incident, verdicts.c.verdict, verdicts.c.corrected, func.count(claims))
        .join(verdicts, verdicts.c.claim == members.c.claim)
        .where(members.c.incident.in_(ids))
        .group_by(members.c.incident, verdicts.c.verdict, verdicts.c.corrected)
    )
    found: dict[str, Judged] = {}
    with ledger.reading_at_once() as connection:
        for id, verdict, corrected, many in connection.execute(chosen):
            before = found.get(id, Judged())
            found[id] = Judged(
                before.rejected + (many if verdict == "reject" else 0),
                before.corrected + (many if corrected else 0),
                before.judged + many,
            )
    return found


def repeated(ledger: Ledger) -> dict[str, list[tuple[str, int]]]:
    """Whom each source passes on that is named as a relay: the origins, the most named first."""
    origin, relay = schema.speakers.alias(), schema.speakers.alias()
    number = func.count()
    chosen = (
        select(relay.c.name, origin.c.name, number)
        .where(relay.c.claim == origin.c.claim, relay.c.role == "relay", origin.c.role == "origin")
        .group_by(relay.c.name, origin.c.name)
        .order_by(relay.c.name, number.desc(), origin.c.name)
    )
    found: dict[str, list[tuple[str, int]]] = {}
    with ledger.reading_at_once() as connection:
        for name, of, many in connection.execute(chosen):
            found.setdefault(name, []).append((of, many))
    return found


def _page(
    connection: Connection,
    chosen: Select[Any],
    key: ColumnElement[Any],
    words: str,
    typed: str,
    latest: Sequence[ColumnElement[Any]],
    limit: int,
    offset: int,
) -> Page:
    """The rows of a page of what is chosen, and how many there are in all: looked for twice, which
    is quick where the rows are found in their order."""
    order: Sequence[ColumnElement[Any] | TextClause] = latest
    if typed.strip():
        asked = query(typed)
        if not asked.wanted:
            return Page(0, ())
        chosen, rank = _matching(connection, chosen, key, words, asked)
        order = (rank, key)
    total = connection.execute(_counting(chosen)).scalar_one()
    rows = connection.execute(chosen.order_by(*order).limit(limit).offset(offset)).all()
    return Page(total, tuple(rows))


def _page_at_once(
    connection: Connection,
    chosen: Select[Any],
    latest: Sequence[ColumnElement[Any]],
    limit: int,
    offset: int,
) -> Page:
    """The same of what has to be found all before it can be put in order: looked for once."""
    all_of_them = chosen.add_columns(func.count().over().label("total"))
    rows = connection.execute(all_of_them.order_by(*latest).limit(limit).offset(offset)).all()
    # Behind the last page there is no row to say it.
    total = rows[0].total if rows else connection.execute(_counting(chosen)).scalar_one()
    return Page(total, tuple(rows))


def _counting(chosen: Select[Any]) -> Select[Any]:
    """How many rows are chosen, without fetching what is in them."""
    return chosen.with_only_columns(func.count(), maintain_column_froms=True)


def _matching(
    connection: Connection, chosen: Select[Any], key: ColumnElement[Any], words: str, asked: Query
) -> tuple[Select[Any], ColumnElement[Any] | TextClause]:
    """What is chosen and has these words, and by what to order it, the best first."""
    if connection.dialect.name == "sqlite":
        index = table(words, column("rowid"), column("rank"))
        match = text(f"{words} MATCH :asked").bindparams(asked=fts5(asked))
        hits = select(index.c.rowid, index.c.rank).where(match).cte("hits")
        # Else SQLite may look every claim of a kind up among the words, one by one.
        hits = hits.prefix_with("MATERIALIZED")
        return chosen.join(hits, hits.c.rowid == key), hits.c.rank
    index = table(words, column("n"), column("words"))
    sought, values = tsquery(asked)
    wanted = text(f"{words}.words @@ ({sought})").bindparams(**values)
    rank = text(f"ts_rank({words}.words, {sought}) DESC").bindparams(**values)
    return chosen.join(index, index.c.n == key).where(wanted), rank


def _incidents(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """The incident that each claim of these documents is about, by document and claim."""
    member = schema.members
    chosen = select(member).where(member.c.document.in_(set(ids)))
    return {(row.document, row.claim): row.incident for row in connection.execute(chosen)}
