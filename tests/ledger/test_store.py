from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import add, make_claim, make_document, make_reading
from sqlalchemy import text

from sayso.errors import LedgerError, NotFoundError
from sayso.ledger import store
from sayso.ledger.store import Ledger
from sayso.records import (
    Attribution,
    Count,
    Document,
    Event,
    Judgement,
    Party,
    Place,
    PlaceMention,
    Problem,
    Reading,
    Redaction,
    Source,
    TimeMention,
    When,
)


@pytest.fixture
def ledger(address):
    """An empty ledger, on either database."""
    with Ledger.open(address, create=True) as opened:
        yield opened


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "floods.db"


@pytest.fixture
def filed(path):
    """An empty ledger in the file at `path`."""
    with Ledger.open(path, create=True) as opened:
        yield opened


def test_a_new_ledger_is_empty(ledger):
    assert list(ledger.documents()) == list(ledger.readings()) == list(ledger.claims()) == []
    assert ledger.problems() == []
    assert ledger.count() == (0, 0, 0, 0)


def test_a_document_comes_back_as_it_was(address, ledger):
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
    with Ledger.open(address) as again:
        assert again.document("d1") == document
        assert list(again.documents()) == [document]


def test_a_reading_comes_back_as_it_was(address, ledger):
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
        assert writer.add(document, reading)
    ledger.close()
    with Ledger.open(address) as again:
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
            writer.add(document, make_reading(document))
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


def test_adding_twice_changes_nothing(ledger):
    assert add(ledger, make_document(), make_claim())
    before = list(ledger.entries())
    assert not add(ledger, make_document(), make_claim())
    assert list(ledger.entries()) == before


def test_adding_twice_does_not_touch_the_file(path, filed):
    add(filed, make_document(), make_claim())
    before = path.read_bytes()
    add(filed, make_document(), make_claim())
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
    assert ledger.count() == (1, 0, 1, 0)
    message = "is in the ledger already, with another text: this one was not added"
    assert ledger.problems() == [Problem(input="d1", message=message)]


def test_a_reading_of_another_document_is_refused(ledger):
    with (
        pytest.raises(LedgerError, match="reading of 'b' is none of 'a'"),
        ledger.transaction() as writer,
    ):
        writer.add(make_document("a"), make_reading(make_document("b")))
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


def test_the_time_of_entering_is_kept_in_utc(ledger):
    before = datetime.now(UTC)
    add(ledger, make_document())
    at = ledger.head().at
    assert at.endswith("Z")
    assert before <= datetime.fromisoformat(at) <= datetime.now(UTC)


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
    with pytest.raises(NotFoundError, match=f"no claim '{id}' in .+"):
        ledger.claim(id)


def test_a_document_that_is_not_there_is_not_found(ledger):
    with pytest.raises(NotFoundError, match=r"no document 'd9' in .+"):
        ledger.document("d9")
    with pytest.raises(NotFoundError, match=r"no document 'd9' in .+"):
        ledger.reading("d9")


def test_an_error_within_a_transaction_leaves_nothing_of_it(ledger):
    add(ledger, make_document("a"))
    with pytest.raises(ZeroDivisionError), ledger.transaction() as writer:
        document = make_document("b")
        writer.add(document, make_reading(document, make_claim()))
        writer.problem(Problem(input="a.txt", message="is empty"))
        raise ZeroDivisionError
    assert ledger.count() == (1, 0, 0, 0)


def test_an_interrupt_within_a_transaction_leaves_nothing_of_it(ledger):
    with pytest.raises(KeyboardInterrupt), ledger.transaction() as writer:
        writer.problem(Problem(input="a.txt", message="is empty"))
        raise KeyboardInterrupt
    assert ledger.problems() == []


def test_a_later_reading_takes_the_place_of_the_last_and_both_stay(ledger):
    first, second = make_claim("c1"), make_claim("c2")
    add(ledger, make_document(), first)
    add(ledger, make_document(), second)
    assert list(ledger.claims()) == [second]
    assert ledger.claim("c2")[0] == second
    with pytest.raises(NotFoundError):
        ledger.claim("c1")
    read = [entry for entry in ledger.entries() if entry.kind == "reading"]
    assert [msgspec.json.decode(e.record, type=Reading).claims for e in read] == [
        (first,),
        (second,),
    ]


def test_another_text_under_an_id_is_admitted_as_a_version(ledger):
    add(ledger, make_document())
    same, reader = ledger.admitted(make_document())
    assert (same, reader) == (make_document(), "")
    other = make_document(text="Fifteen died.")
    version, reader = ledger.admitted(other)
    assert version.id.startswith("d1~") and version.text == other.text and reader is None
    assert add(ledger, version)
    assert ledger.admitted(other) == (version, "")
    assert [document.text for document in ledger.documents()] == [make_document().text, other.text]


def test_what_a_document_was_read_from_is_kept(ledger):
    document = make_document()
    with ledger.transaction() as writer:
        writer.add(document, make_reading(document), b"<p>Fourteen died")
    (deposit,) = [e.record for e in ledger.entries() if e.kind == "document"]
    assert ledger.content(msgspec.json.decode(deposit)["snapshot"]) == b"<p>Fourteen died"
    assert ledger.content("0" * 64) is None


def test_a_judgement_gets_its_time_and_id_from_the_ledger(ledger):
    asked = Judgement(id="", verdict="reject", a="c1", by="Aigul", note="counted twice")
    with ledger.transaction() as writer:
        first, second = writer.judge(asked), writer.judge(asked)
    assert first.id != second.id and first.at < second.at
    assert ledger.judgements() == [first, second]
    assert ledger.judgements(upto=1) == [first]
    assert ledger.count().judgements == 2


def test_a_redacted_document_is_shown_no_more_and_stays_in_the_log(ledger):
    for name in ("a", "b"):
        add(ledger, make_document(name), make_claim(f"claim-{name}"))
    with ledger.transaction() as writer:
        writer.redact(Redaction(document="a", by="Aigul", note="names a child"))
    assert [document.id for document in ledger.documents()] == ["b"]
    assert [claim.id for claim in ledger.claims()] == ["claim-b"]
    assert ledger.count().documents == 1
    with pytest.raises(NotFoundError, match=r"document 'a' in .+ was redacted: names"):
        ledger.document("a")
    with pytest.raises(NotFoundError):
        ledger.claim("claim-a")
    add(ledger, make_document("a"), make_claim("claim-c"))
    assert [claim.id for claim in ledger.claims()] == ["claim-b"]
    assert [entry.subject for entry in ledger.entries()] == ["a", "a", "b", "b", "a", "a"]


def test_what_is_not_there_cannot_be_redacted_or_read_again(ledger):
    with pytest.raises(NotFoundError, match="no document 'd9'"), ledger.transaction() as writer:
        writer.redact(Redaction(document="d9"))
    with pytest.raises(LedgerError, match="no document 'd9'"), ledger.transaction() as writer:
        writer.read(make_reading(make_document("d9")))


def test_the_past_is_what_the_log_said_then(ledger):
    add(ledger, make_document("a"), make_claim("c1"))
    then = ledger.head()
    add(ledger, make_document("a"), make_claim("c2"))
    add(ledger, make_document("b"))
    with ledger.transaction() as writer:
        writer.redact(Redaction(document="a"))
    assert [document.id for document in ledger.documents(then.seq)] == ["a"]
    assert [r.claims[0].id for r in ledger.readings(then.seq)] == ["c1"]
    assert ledger.head(datetime.fromisoformat(then.at)) == then
    assert ledger.head(datetime(2001, 1, 1, tzinfo=UTC)).seq == 0
    assert list(ledger.documents(0)) == []


@pytest.mark.parametrize(
    "change", ["UPDATE log SET at = ''", "DELETE FROM log", "DELETE FROM contents"]
)
def test_the_database_itself_refuses_to_change_what_was_entered(ledger, change):
    add(ledger, make_document(), make_claim())
    with pytest.raises(LedgerError, match="only added to"), ledger.transaction() as writer:
        writer._connection.execute(text(change))
    assert ledger.document("d1") == make_document()


def views(ledger: Ledger) -> dict[str, list[tuple]]:
    """Every row of every table that is derived."""
    from sayso.ledger import schema

    with ledger.reading_at_once() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in schema.VIEWS
        }


def test_what_is_derived_can_be_made_again_the_same(ledger):
    rich = make_claim(
        "c2",
        who=Party(text="fishermen", category="civilians"),
        sources=(Source(text="harbour board", kind="official", role="origin"),),
    )
    add(ledger, make_document("a"), make_claim("c1"))
    add(ledger, make_document("a"), rich, make_claim("c3"))
    add(ledger, make_document("b"), make_claim("c4"))
    add(ledger, make_document("c"), make_claim("c5"))
    with ledger.transaction() as writer:
        writer.redact(Redaction(document="c"))
    before = views(ledger)
    with ledger.transaction() as writer:
        writer.rebuild()
    assert views(ledger) == before
    assert len(before["claims"]) == 3 and before["speakers"]


def test_the_module_is_no_burden_to_a_light_command():
    code = "import sys, sayso.settings, sayso.errors; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    assert os.path.basename(store.__file__) == "store.py"
