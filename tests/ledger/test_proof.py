from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import add, make_claim, make_document, make_reading
from sqlalchemy import text

from sayso.errors import SettingsError
from sayso.ledger import bundle, proof, schema, seals
from sayso.ledger.proof import Proof
from sayso.ledger.store import Ledger
from sayso.pipeline.proving import verify
from sayso.records import Judgement, Problem, Redaction
from sayso.wire import encode

TRIGGERS = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{change}"
        for table in ("log", "contents")
        for change in ("update", "delete")
    ],
    "postgresql": [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("log", "contents")],
}

GUARDS = {
    "sqlite": [sql for name, sql in schema.statements() if "TRIGGER" in sql],
    "postgresql": [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in ("log", "contents")],
}


@pytest.fixture
def ledger(address):
    """A ledger with a line of every kind in it."""
    with Ledger.open(address, create=True) as opened:
        fill(opened)
        yield opened


def fill(ledger: Ledger) -> None:
    for name in ("a", "b"):
        document = make_document(name, text=f"Fourteen died in Marrow Bay. {name}")
        with ledger.transaction() as writer:
            writer.add(document, make_reading(document, make_claim(f"claim-{name}")), b"<p>raw")
    with ledger.transaction() as writer:
        writer.judge(Judgement(id="", verdict="accept", a="claim-a", by="Aigul"))
        writer.problem(Problem(input="x.txt", message="is empty"))
        writer.redact(Redaction(document="b"))


def tamper(ledger: Ledger, *statements: str, look: bool = True, **values: object) -> Proof | None:
    """What is found, if one is to look, after somebody changed the tables behind our back."""
    with ledger.transaction() as writer:
        connection = writer._connection
        for statement in TRIGGERS[connection.dialect.name]:
            connection.execute(text(statement))
        for statement in statements:
            connection.execute(text(statement), values)
        for statement in GUARDS[connection.dialect.name]:
            connection.execute(text(statement))
    return verify(ledger) if look else None


def test_a_ledger_that_nobody_touched_is_whole(ledger):
    proof = verify(ledger)
    assert proof.faults == ()
    assert (proof.entries, proof.documents, proof.claims, proof.judgements) == (7, 1, 1, 1)
    assert proof.head == ledger.head()
    assert (proof.without_text, proof.withheld) == (0, 0)


def test_an_empty_ledger_is_whole(address):
    with Ledger.open(address, create=True) as ledger:
        assert verify(ledger).faults == ()


def test_progress_is_told(ledger):
    seen = []
    verify(ledger, lambda done, total: seen.append((done, total)))
    assert seen == [*((n, 7) for n in range(1, 8)), (1, 1)]


@pytest.mark.parametrize("length", [64, 12])
def test_a_hash_written_down_earlier_is_still_there(ledger, length):
    then = seals.read(ledger.head().hash[:length])
    add(ledger, make_document("c"))
    assert verify(ledger, since=then).faults == ()
    (fault,) = verify(ledger, since=seals.read("0" * 16)).faults
    assert fault.what == "no line of the log has the hash 0000000000000000"


def cut(ledger: Ledger, last: int) -> None:
    """Write the log anew without what came after that line, as who has the file and time can."""
    with ledger.transaction() as writer:
        connection = writer._connection
        off, on = schema.unguarded(schema.log, connection.dialect.name)
        connection.execute(text(off))
        connection.execute(text(f"DELETE FROM log WHERE seq > {last}"))
        connection.execute(text(on))
        writer.rebuild()


def test_lines_that_were_taken_from_the_end_are_found_by_a_seal_that_was_kept(ledger):
    head = ledger.head()
    seal = seals.Seal(hash=head.hash, line=head.seq, at=head.at)
    assert verify(ledger, since=seal).faults == ()
    cut(ledger, 5)
    assert verify(ledger).faults == ()  # by itself nobody can tell
    (fault,) = verify(ledger, since=seal).faults
    assert fault.what == (
        "the log ends at line 5, and the seal is of line 7: what came after was taken away"
    )
    for name in "def":
        add(ledger, make_document(name))
    (fault,) = verify(ledger, since=seal).faults
    assert fault.what == "line 7 is not the one that the seal is of: the log was written anew"


def test_a_line_that_is_dated_ahead_of_the_next_is_told(ledger):
    at = "2999-01-01T00:00:00.000000Z"
    faults = tamper(ledger, f"UPDATE log SET at = '{at}' WHERE seq = 4").faults
    said = "line 4 (reading b): it is dated ahead of line 5, which came after it"
    assert said in [fault.what for fault in faults]


@pytest.mark.parametrize("table", ["log", "contents"])
def test_a_guard_that_was_taken_away_is_told(ledger, table):
    with ledger.transaction() as writer:
        connection = writer._connection
        connection.execute(
            text(schema.unguarded(getattr(schema, table), connection.dialect.name)[0])
        )
    (fault,) = verify(ledger).faults
    assert fault.what.startswith(f"{table}_") and "is missing from the database" in fault.what


@pytest.mark.parametrize("given", ["0123", "not a hash", "", "f" * 65])
def test_what_is_no_seal_is_refused(given):
    with pytest.raises(SettingsError, match="is no seal"):
        seals.read(given)


def test_a_seal_is_read_from_a_file_or_from_what_was_written_down(tmp_path):
    made = seals.Seal(hash="0123456789abcdef" * 4, line=7, at="2031-03-04T12:00:00.000000Z")
    (tmp_path / "seal").write_text(encode(made) + "\n")
    assert seals.read(str(tmp_path / "seal")) == made
    (tmp_path / "note").write_text(f"{made.hash}\nline 7 of {made.at}\n")
    assert seals.read(str(tmp_path / "note")).hash == made.hash
    assert seals.read(made.hash[:12].upper()) == seals.Seal(hash=made.hash[:12])


SEALED = "its hash is not that of what it says"


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE log SET record = replace(record, 'Aigul', 'Berik') WHERE seq = 5", SEALED),
        ("UPDATE log SET subject = 'z' WHERE seq = 6", SEALED),
        ("UPDATE log SET kind = 'problem' WHERE seq = 5", SEALED),
        ("UPDATE log SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 5", "no later than"),
        ("UPDATE log SET hash = 'a' || substr(hash, 2) || 'x' WHERE seq = 7", SEALED),
        ("DELETE FROM log WHERE seq = 5", "line 6 (problem x.txt): it follows line 4"),
        ("DELETE FROM log WHERE seq = 1", "line 2 (reading a): it follows line 0"),
        ("UPDATE log SET record = '{}' WHERE seq = 5", "its record is none of a judgement"),
        ("DELETE FROM claims", "claim claim-a of a: the log has it, what is looked up has not"),
        ("UPDATE documents SET id = 'z'", "document z: it is looked up, and the log says nothing"),
        ("INSERT INTO documents (id, seq) VALUES ('b', 3)", "document b: it is looked up, and the"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(ledger, statement, found):
    faults = tamper(ledger, statement).faults
    assert any(found in fault.what for fault in faults), faults


def test_a_text_that_was_changed_is_found(ledger):
    import zlib

    (name,) = {hash for hash in named(ledger) if b"Marrow Bay. a" in (ledger.content(hash) or b"")}
    other = zlib.compress(b"Fifteen died in Marrow Bay. a")
    faults = tamper(
        ledger, "UPDATE contents SET packed = :packed WHERE sha256 = :name", packed=other, name=name
    ).faults
    whats = [fault.what for fault in faults]
    assert "line 1 (document a): its text is not the one that was added" in whats
    assert "line 2 (reading a): the words of claim claim-a do not stand in its text" in whats


def test_a_text_that_cannot_be_unpacked_is_found(ledger):
    faults = tamper(ledger, "UPDATE contents SET packed = :packed", packed=b"noise").faults
    assert any("its text cannot be unpacked" in fault.what for fault in faults)
    assert any("its file cannot be unpacked" in fault.what for fault in faults)


def test_a_text_that_is_gone_is_told(ledger):
    faults = tamper(ledger, "DELETE FROM contents").faults
    found = [fault.what for fault in faults if "not there any more" in fault.what]
    assert found == [
        f"line {seq} (document {id}): its {what} is not there any more"
        for seq, id in ((1, "a"), (3, "b"))
        for what in ("text", "file")
    ]


def test_a_text_that_never_came_is_counted(ledger, tmp_path):
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        add(other, make_document("c"), make_claim("claim-c"))
        bundle.write(other, tmp_path / "other.zip")
    bundle.read(tmp_path / "other.zip", ledger)
    proof = verify(ledger)
    assert (proof.faults, proof.without_text) == ((), 1)


def test_a_file_that_nothing_speaks_of_is_found(ledger):
    with ledger.transaction() as writer:
        name = writer.keep(b"stray")
    (fault,) = verify(ledger).faults
    said = f"nothing in the log speaks of the text or file {name}: sayso rebuild drops it"
    assert fault.what == said


def named(ledger: Ledger) -> list[str]:
    with ledger.reading_at_once() as connection:
        return list(connection.execute(text("SELECT sha256 FROM contents")).scalars())


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_any_change_of_any_line_is_found(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("ledger") / "floods.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
        seq = data.draw(st.integers(1, 7))
        field = data.draw(st.sampled_from(["at", "kind", "subject", "record", "hash"]))
        with ledger.reading_at_once() as connection:
            query = text(f"SELECT {field} FROM log WHERE seq = {seq}")
            value = connection.execute(query).scalar_one()
        at = data.draw(st.integers(0, len(value) - 1))
        new = data.draw(st.characters(categories=["L", "N", "P"]).filter(lambda c: c != value[at]))
        changed = value[:at] + new + value[at + 1 :]
        tamper(ledger, f"UPDATE log SET {field} = :new WHERE seq = {seq}", look=False, new=changed)
        faults = proof.verify(ledger).faults
        assert any(fault.seq in (seq, seq + 1) for fault in faults)
