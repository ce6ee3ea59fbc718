from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from making import add, make_document
from sqlalchemy import Engine, event

from sayso.errors import LedgerError
from sayso.ledger import sqlite
from sayso.ledger.opening import VERSION
from sayso.ledger.store import Ledger
from sayso.records import Document, Heading, Problem, Reading


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "floods.db"


@pytest.fixture
def full(path) -> Path:
    """A ledger with something in it, closed."""
    with Ledger.open(path, create=True) as ledger, ledger.transaction() as writer:
        for number in range(40):
            document = Document(id=f"d{number:02}", text="Fourteen died in Marrow Bay. " * 100)
            heading = Heading(
                id=document.id, url=None, title=None, outlet=None, published=None, language=None
            )
            writer.add(document, Reading(document=heading))
    return path


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)


def write(path: Path) -> None:
    with Ledger.open(path) as ledger, ledger.transaction() as writer:
        writer.problem(Problem(input="a.txt", message="is empty"))


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def refused(path: Path, *, create: bool = False) -> str:
    """What is said when this is opened."""
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path, create=create)
    return str(caught.value)


def test_a_missing_ledger_is_not_made_unasked(path):
    assert refused(path) == f"no ledger at {path}; make one with: sayso add INPUT --ledger {path}"
    assert not path.exists()


def test_a_ledger_is_made_once_and_then_opened(path):
    Ledger.open(path, create=True).close()
    before = path.read_bytes()
    Ledger.open(path, create=True).close()
    Ledger.open(path).close()
    assert path.read_bytes() == before


def test_a_ledger_is_one_file(full):
    assert list(full.parent.iterdir()) == [full]


def test_a_ledger_may_have_any_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:a?mode=memory", "a b%20ü#.db", "noend"):
        Ledger.open(name, create=True).close()
        assert Path(name).is_file()


def test_the_file_says_whose_it_is(full):
    assert full.read_bytes()[68:72] == b"Says"


def test_a_missing_folder_is_told_of(tmp_path):
    path = tmp_path / "gone" / "floods.db"
    assert refused(path, create=True) == f"no ledger can be made at {path}: its folder is missing"


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_not_a_ledger(tmp_path, create):
    assert refused(tmp_path, create=create) == f"{tmp_path} is a folder, not a ledger"


def test_a_pipe_is_not_a_ledger(path):
    os.mkfifo(path)
    assert refused(path, create=True) == f"{path} is no regular file, not a ledger"


def test_a_file_below_a_file_is_not_a_ledger(full):
    below = full / "floods.db"
    assert refused(below) == f"the ledger {below} cannot be opened: Not a directory"


@pytest.mark.parametrize("create", [False, True])
def test_a_text_is_not_a_ledger(path, create):
    path.write_text("Fourteen people died when a seawall gave way.\n" * 100)
    assert refused(path, create=create) == f"the ledger {path} is not a ledger"
    assert path.read_text().startswith("Fourteen")


@pytest.mark.parametrize("create", [False, True])
def test_a_short_text_is_not_a_ledger(path, create):
    path.write_text("Fourteen\n")
    assert refused(path, create=create) == f"the ledger {path} is not a ledger"
    assert path.read_text() == "Fourteen\n"


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_another_program_is_not_a_ledger(path, create):
    sql(path, "CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    says = f"{path} is a database of another program, not a ledger"
    assert refused(path, create=create) == says
    assert path.read_bytes() == before


def test_an_empty_file_is_made_a_ledger_only_when_asked(path):
    path.touch()
    assert refused(path) == f"{path} is an empty file, not a ledger"
    Ledger.open(path, create=True).close()
    write(path)


def test_a_ledger_of_a_later_version_is_refused(full):
    sql(full, f"UPDATE alembic_version SET version_num = '{VERSION + 1:04}'")
    assert refused(full) == (
        f"the ledger {full} was written by a later Sayso (its tables are version {VERSION + 1}, "
        f"this one knows {VERSION}); upgrade with: pip install --upgrade sayso"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = 'one'",
        "UPDATE alembic_version SET version_num = ''",
    ],
)
def test_a_ledger_that_does_not_say_its_version_is_damaged(full, statement):
    sql(full, statement)
    assert (
        "is damaged (it does not say its version); its log is whole up to line 80 (reading d39, "
        in refused(full)
    )


def test_a_ledger_without_its_tables_is_refused(full):
    sql(full, "DROP TABLE alembic_version")
    assert refused(full) == f"the ledger {full} failed: no such table: meta"


@pytest.mark.parametrize("size", [100, 4096, 5000, 20_000])
def test_a_ledger_cut_short_is_damaged(full, size):
    whole = full.read_bytes()
    full.write_bytes(whole[:size])
    nothing = "nothing of its log can be read; go back to a copy of it"
    assert refused(full) == f"the ledger {full} is damaged; {nothing}"


def test_damage_in_what_sqlite_says_of_its_tables_is_told(full):
    # SQLite names the column in its sentence, and Python's driver cannot read that sentence.
    named = b"claims_by_first ON claims (first)"
    data = full.read_bytes()
    assert data.count(named) == 1
    full.write_bytes(data.replace(named, named.replace(b"(first", b"(fi\xf2st")))
    assert refused(full).startswith(f"the ledger {full} is damaged; ")


def test_of_a_ledger_cut_short_the_last_good_line_is_named(path):
    with Ledger.open(path, create=True) as ledger:
        for number in range(300):
            add(ledger, make_document(f"d{number:03}", text=f"Fourteen died. {number}" * 50))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    found = re.search(r"its log is whole up to line (\d+) \((\w+) d(\d+), 20", refused(path))
    assert found and 100 < int(found[1]) < 600
    assert int(found[3]) == (int(found[1]) - 1) // 2


def test_damage_within_is_told_of_when_it_is_met(full):
    data = bytearray(full.read_bytes())
    data[60_000:] = b"\xff" * (len(data) - 60_000)
    full.write_bytes(data)
    with pytest.raises(LedgerError, match="is damaged; "), Ledger.open(full) as ledger:
        list(ledger.documents())


def test_a_record_that_is_no_record_is_told_of_when_it_is_met(full):
    sql(full, "DROP TRIGGER log_no_update", "UPDATE log SET record = '{}' WHERE seq = 15")
    with (
        Ledger.open(full) as ledger,
        pytest.raises(LedgerError, match=r"is damaged \(Object missing.*whole up to line 14 \("),
    ):
        list(ledger.documents())


def test_a_ledger_that_another_program_holds_cannot_be_opened(full, impatient):
    other = sqlite3.connect(full, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    says = "is in use by another program; try again when that has finished"
    assert refused(full) == f"the ledger {full} {says}"
    other.close()
    Ledger.open(full).close()


def test_a_ledger_that_another_program_writes_to_can_be_read_and_not_written(full, impatient):
    other = sqlite3.connect(full, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(full) as ledger:
        assert ledger.count().documents == 40
        with (
            pytest.raises(LedgerError, match="is in use by another program"),
            ledger.transaction(),
        ):
            raise AssertionError("never begun")
    other.close()
    write(full)


def test_a_writer_waits_for_another_to_finish(full):
    with Ledger.open(full) as one, Ledger.open(full) as two:
        with one.transaction() as writer:
            writer.problem(Problem(input="a.txt", message="is empty"))
        with two.transaction() as writer:
            writer.problem(Problem(input="b.txt", message="is empty"))
        assert one.count().problems == 2


@pytest.fixture
def little_space():
    """Databases may have ninety pages and no more."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 90")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


def test_a_full_disk_is_told_of_and_costs_nothing_that_was_there(path, little_space):
    write_many = [Problem(input=f"{n}.txt", message="x" * 1000) for n in range(400)]
    with Ledger.open(path, create=True) as ledger:
        with ledger.transaction() as writer:
            writer.problem(write_many[0])
        with (
            pytest.raises(LedgerError, match="there is no space left on the disk"),
            ledger.transaction() as writer,
        ):
            for problem in write_many:
                writer.problem(problem)
        assert ledger.problems() == write_many[:1]


def test_a_ledger_in_a_folder_that_is_read_only_can_be_read_and_not_written(as_nobody):
    path = as_nobody / "floods.db"
    Ledger.open(path, create=True).close()
    as_nobody.chmod(0o555)
    with Ledger.open(path) as ledger:
        assert ledger.count().documents == 0
    with pytest.raises(LedgerError, match="cannot be written: the file or its folder is read-only"):
        write(path)


def test_a_ledger_that_is_read_only_can_be_read_and_not_written(as_nobody):
    path = as_nobody / "floods.db"
    Ledger.open(path, create=True).close()
    path.chmod(0o444)
    with Ledger.open(path) as ledger:
        assert ledger.count().documents == 0
    with pytest.raises(LedgerError, match="cannot be written: the file or its folder is read-only"):
        write(path)


def test_no_ledger_is_made_in_a_folder_that_is_read_only(as_nobody):
    as_nobody.chmod(0o555)
    path = as_nobody / "floods.db"
    says = "cannot be opened or written: its folder does not permit it"
    assert refused(path, create=True) == f"the ledger {path} {says}"


def test_a_ledger_that_may_not_be_read_is_told_of(as_nobody):
    path = as_nobody / "floods.db"
    Ledger.open(path, create=True).close()
    path.chmod(0)
    assert "cannot be opened" in refused(path)


def test_a_folder_that_may_not_be_entered_is_told_of(as_nobody):
    (as_nobody / "closed").mkdir()
    (as_nobody / "closed").chmod(0)
    path = as_nobody / "closed" / "floods.db"
    assert refused(path) == f"the ledger {path} cannot be opened: Permission denied"
    (as_nobody / "closed").chmod(0o700)
