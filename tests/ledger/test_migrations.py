"""A ledger of every released version opens, keeps all it had, and is the same as one made now."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from making import add, make_claim, make_document, run
from sqlalchemy import create_engine, inspect

from sayso.errors import LedgerError
from sayso.ledger import proof
from sayso.ledger.store import Ledger
from waiting import ending

RELEASED = sorted(Path(__file__).parent.glob("released/*.db"))
ARTICLES = Path(__file__).parent / "released" / "articles.jsonl"


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request, tmp_path) -> Path:
    """A copy of the ledger of a released version."""
    return Path(shutil.copy(request.param, tmp_path / "floods.db"))


def rows(path: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_there_is_one_of_each_release_before_this():
    assert [path.stem for path in RELEASED] == [
        f"0.{minor}.0" for minor in range(1, len(RELEASED) + 1)
    ]
    assert len(RELEASED) >= 6


def test_nothing_is_lost(released):
    before = {
        "documents": rows(released, "SELECT id, record FROM documents ORDER BY id"),
        "readings": rows(released, "SELECT document, reader, record FROM readings ORDER BY 1"),
        "problems": rows(released, "SELECT input, message FROM problems ORDER BY 1, 2"),
    }
    told = [json.loads(line) for line in ARTICLES.read_text().splitlines()[:4]]
    with Ledger.open(released) as ledger:
        documents = list(ledger.documents())
        assert {d.id: d.text for d in documents} == {a["id"]: a["text"] for a in told}
        assert [d.id for d in documents] == [id for id, _ in before["documents"]]
        for document, (_, record) in zip(documents, before["documents"], strict=True):
            assert json.loads(record).items() <= as_json(document).items()
        for reading, (_, reader, record) in zip(ledger.readings(), before["readings"], strict=True):
            assert reading.reader == reader
            held = as_json(reading)
            assert [claim["id"] for claim in held["claims"]] == [
                claim["id"] for claim in json.loads(record)["claims"]
            ]
            assert held["attributions"] == json.loads(record)["attributions"]
        assert [(p.input, p.message) for p in ledger.problems()] == before["problems"]
        assert proof.verify(ledger).faults == ()


def as_json(record: object) -> dict:
    from sayso.wire import encode

    return json.loads(encode(record))


def test_it_says_what_it_did_and_keeps_a_copy(released):
    before = released.read_bytes()
    copy = released.with_name("floods.db.v1")
    with Ledger.open(released) as ledger:
        assert ledger.upgraded == (
            f"{released} was brought from version 1 of its tables to 5; as it was, it is kept as "
            f"{copy}"
        )
    assert copy.read_bytes() == before
    with Ledger.open(released) as ledger:
        assert ledger.upgraded is None


def test_it_goes_on_as_a_ledger_of_this_version(released):
    with Ledger.open(released) as ledger:
        add(ledger, make_document("new"), make_claim("new-claim"))
        assert ledger.claim("new-claim")[1].id == "new"
        assert proof.verify(ledger).faults == ()


def test_its_tables_are_those_of_a_ledger_made_now(released, tmp_path):
    fresh = tmp_path / "fresh.db"
    Ledger.open(fresh, create=True).close()
    Ledger.open(released).close()

    def shape(path: Path) -> dict:
        engine = create_engine(f"sqlite:///{path}")
        found = inspect(engine)
        tables = {
            name: (
                sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)),
                found.get_pk_constraint(name)["constrained_columns"],
                sorted((i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)),
            )
            for name in found.get_table_names()
        }
        triggers = rows(path, "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        engine.dispose()
        return tables | {"triggers": sorted(triggers)}

    assert shape(released) == shape(fresh)
    version = "SELECT version_num FROM alembic_version"
    assert rows(released, version) == rows(fresh, version)


OPENING = """
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(address) as ledger:
    print(ledger.count().documents, flush=True)
"""


@pytest.mark.parametrize(
    "released", [RELEASED[0], RELEASED[-1]], indirect=True, ids=lambda p: p.stem
)
def test_programs_may_come_to_bring_it_up_at_once(released):
    with ExitStack() as held:
        processes = [
            held.enter_context(ending(run(OPENING, str(released), stdin=subprocess.PIPE)))
            for _ in range(5)
        ]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:  # all of them are running now: none has to be waited for
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.stdout.read() for process in processes] == ["4\n"] * 5
        assert [process.wait() for process in processes] == [0] * 5
    with Ledger.open(released) as ledger:
        assert proof.verify(ledger).faults == ()


def test_nobody_else_can_write_while_a_copy_is_kept(released, monkeypatch):
    # Whoever closes a file loses its locks on it, and another program comes in between.
    code = "import sqlite3; sqlite3.connect(sys.argv[1], 0).execute('BEGIN IMMEDIATE')"
    replace, said = os.replace, []

    def watched(part: Path, copy: Path) -> None:
        with run(code, str(released), stderr=subprocess.PIPE) as other:
            said.append(other.stderr.read())
        replace(part, copy)

    monkeypatch.setattr(os, "replace", watched)
    Ledger.open(released).close()
    assert len(said) == 1
    assert "database is locked" in said[0]


def test_no_copy_no_change(released):
    before = released.read_bytes()
    released.with_name("floods.db.v1").symlink_to("nowhere")
    with pytest.raises(LedgerError, match=r"no copy of it can be kept as .*floods\.db\.v1"):
        Ledger.open(released)
    assert released.read_bytes() == before


def test_what_fails_half_way_leaves_it_as_it_was(released):
    connection = sqlite3.connect(released)
    with connection:
        connection.execute("UPDATE readings SET record = '{' WHERE document = 'karsa-1'")
    connection.close()
    before = released.read_bytes()
    with pytest.raises(LedgerError, match="is damaged"):
        Ledger.open(released)
    assert released.read_bytes() == before
