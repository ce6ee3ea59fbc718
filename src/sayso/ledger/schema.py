"""The tables of a ledger.

Two hold all that the ledger knows: `log`, one line for everything that was ever entered, and
`contents`, the texts and files that its lines name by their SHA-256. Rows are added to these and
never changed or deleted; the database itself refuses it. (Of `contents`, `rebuild` drops what no
line names.) `names` has what incidents were ever called, which nobody can work out later, and
`imprints` what stands for texts that are not there. All other tables are views, for looking things
up: they can be dropped at any time and made again the same.

Beside them stand `accounts`, `sessions` and `tokens`, of the people who share a desk, and the views
of the list that they `saved`: they are no part of what the ledger knows, and nothing that leaves it
has any of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData()

# Numbers of claims: the row id on SQLite, 64 bits elsewhere.
N = BigInteger().with_variant(Integer, "sqlite")

# Sorted by the numbers of its characters on every database, whatever language that is set to.
ID = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", ID, nullable=False),
    Column("kind", ID, nullable=False),
    Column("subject", ID, nullable=False),
    Column("record", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("log_by_subject", "kind", "subject", "seq"),
    Index("log_by_kind", "kind", "seq"),
    Index("log_by_time", "at"),
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", ID, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

# What an incident was called, by a document that led with it then and a claim in that: under
# another name they are found in it still.
names = Table(
    "names",
    metadata,
    Column("id", ID, primary_key=True),
    Column("document", ID, nullable=False),
    Column("claim", ID, nullable=False),
)

# What incidents are derived from of a text that is not there, by its SHA-256: nobody here can make
# it, and it goes when its document is redacted.
imprints = Table(
    "imprints",
    metadata,
    Column("sha256", ID, primary_key=True),
    Column("sayso", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)


# Views: of each document and claim, in step with the log.

documents = Table(
    "documents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("outlet", ID),
    Column("published", ID),
    Column("title", Text),
    Column("language", Text),
    Index("documents_by_seq", "seq"),
)

claims = Table(
    "claims",
    metadata,
    Column("n", N, primary_key=True, autoincrement=False),
    Column("id", ID, nullable=False),
    Column("document", ID, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", ID, nullable=False),
    Column("type", ID),
    Column("low", Integer),
    Column("high", Integer),
    Column("who", Text),
    Column("category", ID),
    Column("place", Text),
    Column("country", ID),
    Column("first", ID),
    Column("last", ID),
    Column("scope", ID, nullable=False),
    Column("modality", ID, nullable=False),
    Column("sayers", Text),
    Column("evidence", Text, nullable=False),
    Index("claims_by_id", "id"),
    Index("claims_by_document", "document", "position"),
    Index("claims_by_kind", "kind", "n"),
    Index("claims_by_first", "first"),
    Index("claims_by_last", "last", "n"),
)

speakers = Table(
    "speakers",
    metadata,
    Column("claim", N, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", ID, nullable=False),
    Column("kind", ID, nullable=False),
    Column("role", ID, nullable=False),
    Column("first", ID),
    Column("last", ID),
    # All that is asked of sources stands in it, in the order in which they are counted.
    Index("speakers_by_name", "name", "kind", "claim", "role", "first", "last"),
)

# Views: of what the documents tell together, as of a line of the log that `state` names.

state = Table(
    "state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("type", ID),
    Column("place", Text),
    Column("country", ID),
    Column("first", ID),
    Column("last", ID),
    Column("lat", Float),
    Column("lon", Float),
    Column("title", Text, nullable=False),
    Column("dead", Integer),
    Column("texts", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("differ", Boolean, nullable=False),
    Column("ours", Boolean, nullable=False),
    Column("record", Text, nullable=False),
    Column("gathering", Text, nullable=False),
    Index("incidents_by_position", "position"),
    Index("incidents_by_first", "first"),
)

members = Table(
    "members",
    metadata,
    Column("claim", ID, primary_key=True),
    Column("document", ID, primary_key=True),
    Column("incident", ID, nullable=False),
    Index("members_by_incident", "incident"),
    Index("members_by_document", "document", "incident"),
)

# On whose word the claims of an incident rest in the end, each name once.
voices = Table(
    "voices",
    metadata,
    Column("incident", ID, primary_key=True),
    Column("name", ID, primary_key=True),
)

# What people keep of an incident: its status, its owner and its tags, a row each.
marks = Table(
    "marks",
    metadata,
    Column("incident", ID, primary_key=True),
    Column("field", ID, primary_key=True),
    Column("value", ID, primary_key=True),
    Index("marks_by_value", "field", "value"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("claim", ID, primary_key=True),
    Column("verdict", ID),
    Column("corrected", Boolean, nullable=False),
    Column("look_again", Boolean, nullable=False),
)

# Who may work at a desk: beside the log, never in it, nor in a bundle or an export.

accounts = Table(
    "accounts",
    metadata,
    Column("key", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", ID, nullable=False),
    Column("password", Text, nullable=False),
    Column("made", ID, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("sha256", ID, primary_key=True),
    Column("account", ID, nullable=False),
    Column("until", ID, nullable=False),
    Index("sessions_by_account", "account"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("sha256", ID, primary_key=True),
    Column("id", ID, nullable=False),
    Column("account", ID, nullable=False),
    Column("label", Text, nullable=False),
    Column("made", ID, nullable=False),
    Index("tokens_by_account", "account"),
)

# Views of the list that people saved: beside the log too.

saved = Table(
    "saved",
    metadata,
    Column("name", ID, primary_key=True),
    Column("query", Text, nullable=False),
    Column("by", Text),
    Column("at", ID, nullable=False),
)

KEPT = (log, contents)
"""What a ledger knows."""

VIEWS = (documents, claims, speakers, state, incidents, members, voices, marks, verdicts)
"""What is made of it."""


def create(connection: Connection) -> None:
    """Make all tables, with what keeps them from being changed and what makes them searchable."""
    metadata.create_all(connection)


def drop_views(connection: Connection) -> None:
    """Drop what is made of the log, as it is before tables of another version are made."""
    for words in ("words_of_claims", "words_of_documents"):
        connection.execute(text(f"DROP TABLE IF EXISTS {words}"))
    metadata.drop_all(connection, VIEWS)


def _then(table: Table, database: str, *statements: str) -> None:
    """Have these run on that kind of database once the table is made."""
    for statement in statements:
        made = DDL(statement)  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", made.execute_if(dialect=database))


def _guard(table: Table, change: str) -> str:
    """What makes SQLite refuse that change of a table."""
    return (
        f"CREATE TRIGGER {table.name}_no_{change.lower()} BEFORE {change} ON {table.name} "
        "BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END"
    )


def unguarded(table: Table, database: str) -> tuple[str, str]:
    """The statements that let rows of a table be deleted on that kind of database, and let it be no
    more."""
    if database == "sqlite":
        return f"DROP TRIGGER {table.name}_no_delete", _guard(table, "DELETE")
    guard = f"TRIGGER {table.name}_only_added_to"
    return (
        f"ALTER TABLE {table.name} DISABLE {guard}",
        f"ALTER TABLE {table.name} ENABLE {guard}",
    )


for _table in KEPT:
    for _change in ("UPDATE", "DELETE"):
        _then(_table, "sqlite", _guard(_table, _change))
    _then(
        _table,
        "postgresql",
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a ledger is only added to'; END $$",
        f"CREATE TRIGGER {_table.name}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE "
        f"ON {_table.name} EXECUTE FUNCTION only_added_to()",
    )

# Full text: an index of words without the words themselves, one row for each document and claim.
WORDS = "words, content='', tokenize='porter unicode61 remove_diacritics 2'"
"""What SQLite is told of such an index."""

_INDEXES = {
    name: f"CREATE VIRTUAL TABLE {name} USING fts5({WORDS})"
    for name in ("words_of_claims", "words_of_documents")
}
_then(claims, "sqlite", _INDEXES["words_of_claims"])
_then(documents, "sqlite", _INDEXES["words_of_documents"])
for _table, _name in ((claims, "words_of_claims"), (documents, "words_of_documents")):
    _then(
        _table,
        "postgresql",
        f"CREATE TABLE {_name} (n bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {_name}_index ON {_name} USING gin (words)",
    )


def statements() -> Iterator[tuple[str, str]]:
    """What SQLite is told beside the tables, by the names of what it makes: guards and indexes of
    words."""
    yield from _INDEXES.items()
    for table in KEPT:
        for change in ("UPDATE", "DELETE"):
            yield f"{table.name}_no_{change.lower()}", _guard(table, change)
