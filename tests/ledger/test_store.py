from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError, NotFoundError
from sayso.ledger import store
from sayso.ledger.store import Ledger
from sayso.records import (
    Attribution,
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Heading,
    Party,
    Place,
    PlaceMention,
    Problem,
    Reading,
    Source,
    TimeMention,
    When,
)

READER = "rules 0.1"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "floods.db"


@pytest.fixture
def ledger(path):
    with Ledger.open(path, create=True) as opened:
        yield opened


def make_document(id: str = "d1", text: str = "Fourteen died in Marrow Bay.") -> Document:
    return Document(id=id, text=text, outlet="Tidewatch", published="2031-03-04")


def make_claim(id: str = "c1", **fields: object) -> Claim:
    evidence = Evidence(start=0, end=13, text="Fourteen died")
    return Claim(id=id, kind="killed", evidence=evidence, **fields)


def make_reading(document: Document, *claims: Claim) -> Reading:
    heading = Heading(
        id=document.id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=document.language,
    )
    return Reading(document=heading, claims=claims)


def add(ledger: Ledger, document: Document, *claims: Claim) -> bool:
    with ledger.transaction() as writer:
        return writer.add(document, make_reading(document, *claims), READER)


def test_a_new_ledger_is_empty(ledger):
    assert list(ledger.documents()) == list(ledger.readings()) == list(ledger.claims()) == []
    assert ledger.problems() == []
    assert ledger.count() == (0, 0, 0)


def test_a_document_comes_back_as_it_was(path, ledger):
    document = Document(
        id="d1",
        text="a\x00b\r\n“c” \U0001f30a",
        url="https://tidewatch.example/1",
        title="Seawall",
        outlet="Tidewatch",
        published="2031-03-04T18:30:00Z",
        language="en",
    )
    assert add(ledger, document)
    ledger.close()
    with Ledger.open(path) as again:
        assert again.document("d1") == document
        assert list(again.documents()) == [document]


def test_a_reading_comes_back_as_it_was(path, ledger):
    document = make_document()
    claim = make_claim(
        event=Event(type="ACCIDENT", mode=None),
        count=Count(low=14, high=None, text="Fourteen"),
        who=Party(text="fishermen", category="civilians"),
        where=Place(text="Marrow Bay", name="Marrow Bay", lat=1.5, lon=-2.25, precision="city"),
        when=When(text="Tuesday", start="2031-03-04", end="2031-03-04", basis="stated"),
        sources=(Source(text="harbour board", kind="official", role="origin"),),
        basis="stated",
        because={"count": "number.word", "sources": "said"},
    )
    reading = msgspec.structs.replace(
        make_reading(document, claim),
        attributions=(Attribution(source=(0, 3), cue=None, content=((4, 9), (12, 20))),),
        places=(PlaceMention(start=17, end=27, text="Marrow Bay"),),
        times=(
            TimeMention(start=0, end=7, text="Tuesday", first="2031-03-04", value="2031-03-04"),
        ),
        problems=("one sentence was too long",),
    )
    with ledger.transaction() as writer:
        assert writer.add(document, reading, READER)
    ledger.close()
    with Ledger.open(path) as again:
        assert again.reading("d1") == reading
        assert list(again.readings()) == [reading]
        assert list(again.claims()) == [claim]


@settings(max_examples=20)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), unique=True, max_size=5)
)
def test_any_text_comes_back_as_it_was(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("ledger") / "floods.db"
    with Ledger.open(path, create=True) as ledger:
        for text in texts:
            add(ledger, make_document(id=text, text=text))
        assert {document.text for document in ledger.documents()} == set(texts)


def test_output_is_ordered_by_id_and_not_by_arrival(ledger):
    for id in ("b", "a", "Z", "é"):
        add(ledger, make_document(id), make_claim(f"claim-{id}"))
    assert [document.id for document in ledger.documents()] == ["Z", "a", "b", "é"]
    assert [reading.document.id for reading in ledger.readings()] == ["Z", "a", "b", "é"]
    assert [claim.id for claim in ledger.claims()] == [f"claim-{id}" for id in ("Z", "a", "b", "é")]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
def test_going_through_page_by_page_misses_nothing(ledger, monkeypatch, number):
    monkeypatch.setattr(store, "PAGE", 2)
    with ledger.transaction() as writer:
        for id in map(str, range(number)):
            document = make_document(id)
            writer.add(document, make_reading(document), READER)
    assert [document.id for document in ledger.documents()] == [str(id) for id in range(number)]


def test_one_may_write_while_going_through(ledger, monkeypatch):
    monkeypatch.setattr(store, "PAGE", 1)
    add(ledger, make_document("a"))
    add(ledger, make_document("b"))
    for document in ledger.documents():
        if document.id < "c":
            add(ledger, make_document("c" + document.id))
    assert ledger.count().documents == 4


def test_claims_keep_the_order_of_the_text(ledger):
    add(ledger, make_document(), make_claim("z"), make_claim("a"))
    assert [claim.id for claim in ledger.claims()] == ["z", "a"]


def test_adding_twice_changes_nothing(path, ledger):
    assert add(ledger, make_document(), make_claim())
    before = path.read_bytes()
    assert not add(ledger, make_document(), make_claim())
    assert path.read_bytes() == before


def test_a_document_stays_as_it_was_when_only_its_heading_differs(ledger):
    add(ledger, make_document())
    later = Document(id="d1", text=make_document().text, title="A new title")
    assert not add(ledger, later)
    assert ledger.document("d1").title is None
    assert ledger.problems() == []


def test_an_id_with_another_text_is_not_added_and_is_a_problem(ledger):
    add(ledger, make_document())
    for _ in range(2):
        assert not add(ledger, make_document(text="Fifteen died."), make_claim())
    assert ledger.document("d1") == make_document()
    assert ledger.count() == (1, 0, 1)
    message = "is in the ledger already, with another text: this one was not added"
    assert ledger.problems() == [Problem(input="d1", message=message)]


def test_a_reading_of_another_document_is_refused(ledger):
    with (
        pytest.raises(LedgerError, match="reading of 'b' is none of 'a'"),
        ledger.transaction() as writer,
    ):
        writer.add(make_document("a"), make_reading(make_document("b")), READER)
    assert ledger.count().documents == 0


def test_problems_are_kept_once_and_ordered(ledger):
    problems = [
        Problem(input="b.txt", message="is empty"),
        Problem(input="a.txt", message="is empty"),
        Problem(input="a.txt", message="does not exist"),
    ]
    for _ in range(2):
        with ledger.transaction() as writer:
            for problem in problems:
                writer.problem(problem)
    assert ledger.problems() == [problems[2], problems[1], problems[0]]


def test_a_ledger_counts_what_it_holds(ledger):
    add(ledger, make_document("a"), make_claim("c1"), make_claim("c2"))
    add(ledger, make_document("b"))
    with ledger.transaction() as writer:
        writer.problem(Problem(input="a.txt", message="is empty"))
    counts = ledger.count()
    assert (counts.documents, counts.claims, counts.problems) == (2, 2, 1)


def test_the_time_of_adding_is_kept_in_utc(path, ledger):
    add(ledger, make_document())
    ledger.close()
    with sqlite3.connect(path) as connection:
        (added,) = connection.execute("SELECT added_at FROM documents").fetchone()
    connection.close()
    assert added.endswith("+00:00")


def test_a_claim_is_found_by_its_id_with_its_document(ledger):
    add(ledger, make_document("a"), make_claim("c1"), make_claim("c2"))
    add(ledger, make_document("b"), make_claim("c3"))
    assert ledger.claim("c2") == (make_claim("c2"), make_document("a"))


def test_a_claim_is_found_by_the_beginning_of_its_id(ledger):
    add(ledger, make_document("a"), make_claim("8f3a01"), make_claim("8f3b02"))
    assert ledger.claim("8f3a")[0].id == "8f3a01"


def test_a_whole_id_wins_over_one_that_only_begins_so(ledger):
    add(ledger, make_document("a"), make_claim("8f3a01"), make_claim("8f3a"))
    assert ledger.claim("8f3a")[0].id == "8f3a"


def test_the_beginning_of_several_claims_is_not_enough(ledger):
    add(ledger, make_document("a"), make_claim("8f3a01"), make_claim("8f3b02"))
    with pytest.raises(NotFoundError, match="'8f3' could be 2 claims, among them 8f3a01 and 8f3b0"):
        ledger.claim("8f3")


@pytest.mark.parametrize("id", ["c9", "", "%", "c_", "C1"])
def test_a_claim_that_is_not_there_is_not_found(ledger, id):
    add(ledger, make_document("a"), make_claim("c1"))
    with pytest.raises(NotFoundError, match=f"no claim '{id}' in .*floods.db"):
        ledger.claim(id)


def test_a_document_that_is_not_there_is_not_found(ledger):
    with pytest.raises(NotFoundError, match=r"no document 'd9' in .*floods\.db"):
        ledger.document("d9")
    with pytest.raises(NotFoundError, match=r"no document 'd9' in .*floods\.db"):
        ledger.reading("d9")


def test_an_error_within_a_transaction_leaves_nothing_of_it(ledger):
    add(ledger, make_document("a"))
    with pytest.raises(ZeroDivisionError), ledger.transaction() as writer:
        document = make_document("b")
        writer.add(document, make_reading(document, make_claim()), READER)
        writer.problem(Problem(input="a.txt", message="is empty"))
        raise ZeroDivisionError
    assert ledger.count() == (1, 0, 0)


def test_an_interrupt_within_a_transaction_leaves_nothing_of_it(ledger):
    with pytest.raises(KeyboardInterrupt), ledger.transaction() as writer:
        writer.problem(Problem(input="a.txt", message="is empty"))
        raise KeyboardInterrupt
    assert ledger.problems() == []


PROLOGUE = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_store import *
path, *names = sys.argv[1:]
"""


def run(code: str, path: Path, *names: str, **options: object) -> subprocess.Popen[str]:
    """Another process that runs this code with a ledger and some names."""
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + code, str(path), *names],
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


KILLED = """
with Ledger.open(path) as ledger, ledger.transaction() as writer:
    for number in range(60):
        document = make_document(f"new{number}", text="x" * 100_000)
        writer.add(document, make_reading(document), READER)
    print("written", flush=True)
    time.sleep(60)
"""


def test_a_process_killed_within_a_transaction_leaves_a_ledger_without_it(path, ledger):
    add(ledger, make_document("old"))
    ledger.close()
    process = run(KILLED, path)
    with process:
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
    # More than SQLite holds in memory was written, so half of it had got into the file.
    assert path.stat().st_size > 1_000_000
    assert Path(f"{path}-journal").exists()
    with Ledger.open(path) as again:
        assert [document.id for document in again.documents()] == ["old"]
        assert add(again, make_document("next"))


IN_TURN = """
for name in names:
    with Ledger.open(path, create=True) as ledger:
        add(ledger, make_document(name), make_claim(name))
"""


def test_two_processes_make_and_write_one_ledger_in_turn(path):
    evens, odds = [str(n) for n in range(0, 20, 2)], [str(n) for n in range(1, 20, 2)]
    processes = [run(IN_TURN, path, *evens), run(IN_TURN, path, *odds)]
    for process in processes:
        with process:
            pass
        assert process.returncode == 0
    with Ledger.open(path) as ledger:
        assert {document.id for document in ledger.documents()} == {*evens, *odds}
        assert ledger.count().claims == 20


def test_a_file_that_may_not_grow_loses_nothing_that_was_there(path, ledger):
    add(ledger, make_document("old"))
    ledger.close()
    code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
with Ledger.open(path) as ledger:
    try:
        add(ledger, make_document("big", text="x" * 900_000))
    except LedgerError as error:
        print(error)
"""
    process = run(code, path)
    with process:
        said = process.stdout.read()
    assert "could not be read or written to the end: the disk is full or has failed" in said
    with Ledger.open(path) as again:
        assert [document.id for document in again.documents()] == ["old"]


def test_the_module_is_no_burden_to_a_light_command():
    code = "import sys, sayso.settings, sayso.errors; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert os.path.basename(store.__file__) == "store.py"
