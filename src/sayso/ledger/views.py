"""What is made of the log for looking things up: a row for each document, claim and speaker.

Every line of the log does the same to these rows whenever it is looked at, now or in a rebuild, so
that rows made again are the same rows. What the documents tell together is filled in from outside,
by `put`, as of a line of the log.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple
from unicodedata import normalize

from sqlalchemy import Connection, Select, and_, delete, insert, select, text
from sqlalchemy import update as update_table

from sayso.errors import LedgerError
from sayso.ledger import schema
from sayso.ledger.log import Deposit, every
from sayso.records import MOST_CLAIMS, Claim, Entry, Gathering, Incident, Reading, as_signed
from sayso.wire import decode, encode

MOST_INTEGER = 2**31 - 1
"""Of PostgreSQL. A count beyond it is looked up as this; the record has it as it is."""

_AT_ONCE = 500  # names that are looked for in one query
_ACCENTS = re.compile("[\u0300-\u036f]+")


class Verdict(NamedTuple):
    """What people decided about a claim, in brief."""

    verdict: str | None
    corrected: bool
    look_again: bool


def update(connection: Connection, entry: Entry, text: str | None = None) -> None:
    """Bring the rows up to date with a line of the log; `text` is that of its document."""
    if entry.kind == "document":
        _document(connection, entry, decode(entry.record, Deposit), text)
    elif entry.kind == "reading":
        _reading(connection, entry, decode(entry.record, Reading))
    elif entry.kind == "redaction":
        _forget_claims(connection, entry.subject)
        table = schema.documents
        connection.execute(delete(table).where(table.c.id == entry.subject))


def state(connection: Connection) -> dict[str, str]:
    """What is noted of the incidents that are kept."""
    return {row.key: row.value for row in connection.execute(select(schema.state))}


def as_of(state: Mapping[str, str], ledger: str) -> int:
    """The line of the log that the incidents of a ledger of that name are as of; 0 where there are
    none. Raises `LedgerError` where what is noted is no line."""
    said = state.get("seq", "0")
    if not re.fullmatch("[0-9]{1,18}", said):
        told = f"its incidents are said to be as of line {said[:40]!r}, which is none"
        raise LedgerError(
            f"the ledger {ledger} is damaged ({told}): sayso rebuild makes them again"
        )
    return int(said)


def rebuild(connection: Connection) -> None:
    """Make all rows anew. What the documents tell together is then yet to be put in."""
    for table in reversed(schema.VIEWS):
        connection.execute(delete(table))
    for words in ("words_of_claims", "words_of_documents"):
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"INSERT INTO {words} ({words}) VALUES ('delete-all')"))
        else:
            connection.execute(text(f"DELETE FROM {words}"))
    for entry in every(connection, kinds=("document", "reading", "redaction")):
        body = None
        if entry.kind == "document":
            table = schema.contents
            wanted = decode(entry.record, Deposit).text
            packed = connection.execute(
                select(table.c.packed).where(table.c.sha256 == wanted)
            ).scalar_one_or_none()
            body = None if packed is None else zlib.decompress(packed).decode()
        update(connection, entry, body)


def put(
    connection: Connection,
    seq: int,
    found: Iterable[tuple[Incident, Gathering]],
    verdicts: Mapping[str, Verdict],
    facts: Mapping[str, str],
) -> None:
    """Replace what the documents tell together by what they tell as of line `seq` of the log."""
    derived = (schema.incidents, schema.members, schema.marks)
    for table in (*derived, schema.voices, schema.verdicts, schema.state):
        connection.execute(delete(table))
    rows: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for position, (incident, gathering) in enumerate(found):
        rows.append({"position": position, **incident_row(incident, gathering)})
        members += member_rows(incident, gathering)
        marks += mark_rows(incident)
    for table, made in zip(derived, (rows, members, marks), strict=True):
        if made:
            connection.execute(insert(table), made)
    connection.execute(insert(schema.voices).from_select(("incident", "name"), voices()))
    _remember(connection, members)
    _conclude(connection, seq, verdicts, facts)


def voices() -> Select[Any]:
    """Who is the origin of a claim of each incident, as claims and members have it."""
    found, members, said = schema.claims, schema.members, schema.speakers
    same = and_(members.c.claim == found.c.id, members.c.document == found.c.document)
    held = select(members.c.incident, said.c.name).join(found, found.c.n == said.c.claim)
    return held.join(members, same).where(said.c.role == "origin").distinct()


def names_of(members: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """The document and the claim that each incident of these members, oldest first, leads with."""
    first: dict[str, tuple[str, str]] = {}
    for member in members:
        first.setdefault(member["incident"], (member["document"], member["claim"]))
    return first


def _remember(connection: Connection, members: Iterable[Mapping[str, str]]) -> None:
    """Note what the incidents of these members, oldest first, are called."""
    table = schema.names
    table.create(connection, checkfirst=True)  # ledgers of Sayso up to 0.10 have none
    known = {id: (document, claim) for id, document, claim in connection.execute(select(table))}
    fresh = {id: found for id, found in names_of(members).items() if known.get(id) != found}
    for start in range(0, len(fresh), _AT_ONCE):
        page = list(fresh)[start : start + _AT_ONCE]
        connection.execute(delete(table).where(table.c.id.in_(page)))
    if fresh:
        rows = [{"id": id, "document": d, "claim": c} for id, (d, c) in fresh.items()]
        connection.execute(insert(table), rows)


def put_some(
    connection: Connection,
    seq: int,
    found: Iterable[tuple[Incident, Gathering]],
    judged: Collection[str],
    verdicts: Mapping[str, Verdict],
    facts: Mapping[str, str],
) -> None:
    """The same where only these incidents and the verdicts on the `judged` claims changed."""
    table, marks = schema.incidents, schema.marks
    for incident, gathering in found:
        changed = incident_row(incident, gathering)
        connection.execute(update_table(table).where(table.c.id == incident.id).values(changed))
        connection.execute(delete(marks).where(marks.c.incident == incident.id))
        if made := mark_rows(incident):
            connection.execute(insert(marks), made)
    connection.execute(delete(schema.verdicts).where(schema.verdicts.c.claim.in_(judged)))
    connection.execute(delete(schema.state))
    _conclude(connection, seq, verdicts, facts)


def _conclude(
    connection: Connection, seq: int, verdicts: Mapping[str, Verdict], facts: Mapping[str, str]
) -> None:
    told = [{"claim": claim, **verdict._asdict()} for claim, verdict in sorted(verdicts.items())]
    kept = [
        {"key": key, "value": value} for key, value in sorted({**facts, "seq": str(seq)}.items())
    ]
    if told:
        connection.execute(insert(schema.verdicts), told)
    connection.execute(insert(schema.state), kept)


def incident_row(incident: Incident, gathering: Gathering) -> dict[str, Any]:
    """The columns that an incident is looked up by, as it was signed off where it was; its place
    among the others is not in it."""
    shown = as_signed(incident)
    where, when = shown.where, shown.when
    return {
        "id": incident.id,
        "type": shown.type,
        "place": None if where is None else _plain(where.name or where.text),
        "country": where.country if where else None,
        "first": when.start[:10] if when and when.start else None,
        "last": when.end[:10] if when and when.end else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "title": _plain(shown.title),
        "dead": _integer(shown.dead),
        "texts": shown.texts,
        "origins": shown.origins,
        "differ": shown.differs,
        "ours": incident.ours,
        "record": encode(incident),
        "gathering": encode(gathering),
    }


def member_rows(incident: Incident, gathering: Gathering) -> list[dict[str, Any]]:
    """Which claims of which documents are about an incident, its first document first."""
    return [
        {"claim": claim, "document": part.document, "incident": incident.id}
        for part in gathering.parts
        for claim in part.claims
    ]


def mark_rows(incident: Incident) -> list[dict[str, Any]]:
    """What people keep of an incident, a row for its status, its owner and each tag."""
    told = incident.dossier
    if told is None:
        return []
    each = [("status", told.status), ("owner", told.owner), *(("tag", tag) for tag in told.tags)]
    return [
        {"incident": incident.id, "field": field, "value": _plain(value)}
        for field, value in each
        if value
    ]


def _document(connection: Connection, entry: Entry, deposit: Deposit, body: str | None) -> None:
    # What a person mended comes as another line of the document.
    connection.execute(delete(schema.documents).where(schema.documents.c.id == deposit.id))
    connection.execute(insert(schema.documents), document_row(entry.seq, deposit))
    _index(connection, "words_of_documents", [(entry.seq, words_of(deposit, body))])


def document_row(seq: int, deposit: Deposit) -> dict[str, Any]:
    """The columns that a document, entered by that line of the log, is looked up by."""
    return {
        "id": deposit.id,
        "seq": seq,
        "outlet": _plain(deposit.outlet),
        "published": _plain(deposit.published),
        "title": _plain(deposit.title),
        "language": _plain(deposit.language),
    }


def words_of(deposit: Deposit, body: str | None) -> str:
    """What a document is searched by, of which this is the text, if it is there."""
    return "\n".join(part for part in (deposit.title, deposit.outlet, body) if part)


def _reading(connection: Connection, entry: Entry, reading: Reading) -> None:
    _forget_claims(connection, entry.subject)
    table = schema.documents
    if not connection.execute(select(table.c.id).where(table.c.id == entry.subject)).first():
        return  # redacted
    rows, speakers = claim_rows(entry.seq, reading)
    if rows:
        connection.execute(insert(schema.claims), rows)
        words = [
            (row["n"], claim.evidence.text) for row, claim in zip(rows, reading.claims, strict=True)
        ]
        _index(connection, "words_of_claims", words)
    if speakers:
        connection.execute(insert(schema.speakers), speakers)


def claim_rows(seq: int, reading: Reading) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The columns that the claims of a reading, entered by that line of the log, are looked up by,
    and those of who said them."""
    rows, speakers = [], []
    for position, claim in enumerate(reading.claims):
        n, of = seq * MOST_CLAIMS + position, reading.document.id
        told = _claim(claim, reading)
        rows.append({"n": n, "document": of, "position": position, **told})
        speakers += [
            {
                "claim": n,
                "position": place,
                "name": _plain(source.text),
                "kind": source.kind,
                "role": source.role,
                "first": told["first"],
                "last": told["last"],
            }
            for place, source in enumerate(claim.sources)
        ]
    return rows, speakers


def _claim(claim: Claim, reading: Reading) -> dict[str, Any]:
    """The columns that a claim is looked up by. What has no time has the day of its printing."""
    where, when = claim.where, claim.when
    printed = (reading.document.published or "")[:10] or None
    return {
        "id": claim.id,
        "kind": claim.kind,
        "type": claim.event.type if claim.event else None,
        "low": _integer(claim.count.low) if claim.count else None,
        "high": _integer(claim.count.high) if claim.count else None,
        "who": _plain(claim.who.text) if claim.who else None,
        "category": claim.who.category if claim.who else None,
        "place": _plain(where.name or where.text) if where else None,
        "country": where.country if where else None,
        "first": ((when.start or when.end or "")[:10] or printed) if when else printed,
        "last": ((when.end or when.start or "")[:10] or printed) if when else printed,
        "scope": claim.scope,
        "modality": claim.modality,
        "sayers": _plain(" → ".join(source.text for source in claim.sources)) or None,
        "evidence": _plain(claim.evidence.text),
    }


def _forget_claims(connection: Connection, document: str) -> None:
    """What an earlier reading of a document gave. Its words stay in the index, where they lead
    nowhere until the next rebuild drops them."""
    claims, speakers = schema.claims, schema.speakers
    old = select(claims.c.n).where(claims.c.document == document)
    connection.execute(delete(speakers).where(speakers.c.claim.in_(old)))
    connection.execute(delete(claims).where(claims.c.document == document))


def _index(connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
    if connection.dialect.name == "sqlite":
        query = text(f"INSERT INTO {table} (rowid, words) VALUES (:n, :words)")
    else:
        query = text(f"INSERT INTO {table} (n, words) VALUES (:n, to_tsvector('english', :words))")
    connection.execute(query, [{"n": n, "words": searchable(words)} for n, words in rows])


def regain(connection: Connection, deposit: Deposit, body: str) -> None:
    """Index the words of a text that came after its document did; incidents are then yet to be put
    in anew."""
    table = schema.documents
    query = select(table.c.seq).where(table.c.id == deposit.id)
    n = connection.execute(query).scalar_one_or_none()
    if n is None:
        return  # redacted
    words = "words_of_documents"
    if connection.dialect.name == "sqlite":
        # An index without the words themselves has to be told what to take out.
        out = text(f"INSERT INTO {words} ({words}, rowid, words) VALUES ('delete', :n, :words)")
        connection.execute(out, {"n": n, "words": searchable(words_of(deposit, None))})
    else:
        connection.execute(text(f"DELETE FROM {words} WHERE n = :n"), {"n": n})
    _index(connection, words, [(n, words_of(deposit, body))])
    outdate(connection)


def outdate(connection: Connection) -> None:
    """Have what the documents tell together put in anew when it is next asked for."""
    connection.execute(delete(schema.state))


def searchable(words: str) -> str:
    """A text as it is searched: without accents, and without what a database cannot hold."""
    if not words.isascii():
        words = _ACCENTS.sub("", normalize("NFKD", words))
    return words.replace("\0", " ")


def _integer(value: int | None) -> int | None:
    return value if value is None else min(value, MOST_INTEGER)


def _plain(value: str | None) -> str | None:
    """For a column: PostgreSQL holds no NUL."""
    return value.replace("\0", " ") if value else value
