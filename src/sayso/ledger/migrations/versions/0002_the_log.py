"""One log of all that was entered, each line sealed with the one before, in place of the tables.

The lines are in the order of the time that the tables gave to the second, documents first, then
their readings, then problems.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, datetime, timedelta

from alembic import op
from sqlalchemy import text

from sayso.records import Document, Reading
from sayso.wire import decode, encode

revision = "0002"
down_revision = "0001"

TABLES = """
CREATE TABLE log (
    seq INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    record TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX log_by_subject ON log (kind, subject, seq);
CREATE INDEX log_by_time ON log (at);
CREATE TABLE contents (sha256 TEXT NOT NULL PRIMARY KEY, packed BLOB NOT NULL);
"""

GUARDS = [
    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END"
    for table in ("log", "contents")
    for change in ("UPDATE", "DELETE")
]

ENTERED = """
SELECT added_at, 0 AS rank, rowid AS row, 'document' AS kind, id AS subject, record,
       NULL AS reader FROM documents
UNION ALL
SELECT added_at, 1, rowid, 'reading', document, record, reader FROM readings
UNION ALL
SELECT added_at, 2, id, 'problem', input, message, NULL FROM problems
ORDER BY added_at, row, rank
"""


def upgrade() -> None:
    """Write the log from the tables, and drop them."""
    connection = op.get_bind()
    for statement in filter(str.strip, TABLES.split(";")):
        connection.execute(text(statement))
    before, last = "", None
    for seq, row in enumerate(connection.execute(text(ENTERED)).all(), 1):
        record = row.record
        if row.kind == "document":
            document = decode(record, Document)
            content = document.text.encode()
            name = hashlib.sha256(content).hexdigest()
            keep = text("INSERT OR IGNORE INTO contents VALUES (:name, :packed)")
            connection.execute(keep, {"name": name, "packed": zlib.compress(content)})
            record = encode(
                {
                    "id": document.id,
                    "text": name,
                    "snapshot": None,
                    "url": document.url,
                    "title": document.title,
                    "outlet": document.outlet,
                    "published": document.published,
                    "language": document.language,
                }
            )
        elif row.kind == "reading":
            reading = decode(record, Reading)
            record = encode(
                Reading(
                    document=reading.document,
                    reader=row.reader,
                    claims=reading.claims,
                    attributions=reading.attributions,
                    places=reading.places,
                    times=reading.times,
                    problems=reading.problems,
                )
            )
        else:
            record = encode({"input": row.subject, "message": record})
        entered = datetime.fromisoformat(row.added_at).astimezone(UTC)
        last = entered if last is None else max(entered, last + timedelta(microseconds=1))
        at = last.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        sealed = "\n".join((before, str(seq), at, row.kind, row.subject, record))
        before = hashlib.sha256(sealed.encode()).hexdigest()
        connection.execute(
            text("INSERT INTO log VALUES (:seq, :at, :kind, :subject, :record, :hash)"),
            {
                "seq": seq,
                "at": at,
                "kind": row.kind,
                "subject": row.subject,
                "record": record,
                "hash": before,
            },
        )
    for table in ("claims", "readings", "documents", "problems", "meta"):
        connection.execute(text(f"DROP TABLE {table}"))
    for guard in GUARDS:
        connection.execute(text(guard))
