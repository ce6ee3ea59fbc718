from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from making import add, make_claim, make_document, make_reading

from sayso.errors import InputError, LedgerError, SaysoError
from sayso.ledger import bundle, proof
from sayso.ledger.store import Ledger
from sayso.records import Document, Judgement, Problem, Redaction


@pytest.fixture
def source(address):
    """A ledger with something to hand on."""
    with Ledger.open(address, create=True) as ledger:
        for name in ("a", "b", "c"):
            document = make_document(name, text=f"Fourteen died in Marrow Bay. {name}")
            with ledger.transaction() as writer:
                writer.add(document, make_reading(document, make_claim(f"claim-{name}")), b"<p>raw")
        with ledger.transaction() as writer:
            writer.judge(Judgement(id="", verdict="accept", a="claim-a", by="Aigul"))
            writer.problem(Problem(input="x.txt", message="is empty"))
            writer.redact(Redaction(document="c", note="names a child"))
        yield ledger


@pytest.fixture
def other(tmp_path):
    """An empty ledger to bring things into."""
    with Ledger.open(tmp_path / "other.db", create=True) as ledger:
        yield ledger


def packed(ledger: Ledger, path: Path, *, texts: bool = True) -> Path:
    bundle.write(ledger, path, texts=texts)
    return path


def same(one: Ledger, two: Ledger) -> bool:
    return (
        list(one.documents()) == list(two.documents())
        and list(one.readings()) == list(two.readings())
        and one.judgements() == two.judgements()
        and one.problems() == two.problems()
    )


def test_a_bundle_proves_what_the_ledger_was(source, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    told = bundle.verify(path)
    assert told.faults == ()
    assert told.head == source.head()
    assert (told.documents, told.claims, told.judgements) == (2, 2, 1)
    assert told.withheld == 2


def test_the_same_ledger_gives_the_same_bytes(source, tmp_path):
    one = packed(source, tmp_path / "one.zip").read_bytes()
    assert packed(source, tmp_path / "two.zip").read_bytes() == one


def test_what_was_redacted_is_nowhere_in_a_bundle(source, tmp_path):
    with zipfile.ZipFile(packed(source, tmp_path / "record.zip")) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"Marrow Bay. a" in everything
    assert b"Marrow Bay. c" not in everything
    assert b"claim-c" not in everything


def test_without_texts_a_bundle_has_only_what_is_quoted(source, tmp_path):
    path = packed(source, tmp_path / "record.zip", texts=False)
    with zipfile.ZipFile(path) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"Fourteen died" in everything and b"Marrow Bay" not in everything
    told = bundle.verify(path)
    assert told.faults == () and told.without_text == 2


def test_what_a_bundle_holds_comes_into_another_ledger_once(source, other, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    done = bundle.read(path, other)
    assert (done.documents, done.readings, done.judgements, done.known) == (2, 2, 1, 1)
    assert same(source, other)
    assert proof.verify(other).faults == ()
    assert [e.kind for e in other.entries()][-1] == "import"
    before = list(other.entries())
    again = bundle.read(path, other)
    assert (again.documents, again.readings, again.judgements) == (0, 0, 0)
    assert list(other.entries()) == before


def test_another_ledger_can_be_taken_in_as_it_is(source, other):
    bundle.read(source, other)
    assert same(source, other)
    assert proof.verify(other).faults == ()


def test_two_desks_that_exchange_what_they_have_have_the_same(source, other, tmp_path):
    add(other, make_document("d"), make_claim("claim-d"))
    with other.transaction() as writer:
        writer.judge(Judgement(id="", verdict="reject", a="claim-d", by="Berik"))
    bundle.read(packed(source, tmp_path / "one.zip"), other)
    bundle.read(packed(other, tmp_path / "two.zip"), source)
    assert {d.id for d in source.documents()} == {d.id for d in other.documents()} == set("abd")
    assert {j.id for j in source.judgements()} == {j.id for j in other.judgements()}
    assert proof.verify(source).faults == proof.verify(other).faults == ()


def test_a_document_without_its_text_is_known_by_its_quotations(source, other, tmp_path):
    bundle.read(packed(source, tmp_path / "record.zip", texts=False), other)
    document = other.document("a")
    assert document.text == "Fourteen died"
    assert proof.verify(other).without_text == 2
    bundle.read(packed(source, tmp_path / "whole.zip"), other)
    assert other.document("a").text == "Fourteen died in Marrow Bay. a"
    assert proof.verify(other).without_text == 0


def test_another_text_under_one_id_comes_in_as_a_version(source, other, tmp_path):
    add(other, Document(id="a", text="Nobody died."))
    bundle.read(packed(source, tmp_path / "record.zip"), other)
    ids = [document.id for document in other.documents()]
    assert ids[0] == "a" and ids[1].startswith("a~") and ids[2] == "b"
    assert other.reading(ids[1]).claims[0].id == "claim-a"


def test_a_reading_made_elsewhere_does_not_take_the_place_of_ones_own(source, other, tmp_path):
    document = make_document("a", text="Fourteen died in Marrow Bay. a")
    add(other, document, make_claim("own"))
    bundle.read(packed(source, tmp_path / "record.zip"), other)
    assert [claim.id for claim in other.reading("a").claims] == ["own"]


def test_a_later_reading_of_what_was_taken_in_is_taken_in_too(source, other, tmp_path):
    bundle.read(packed(source, tmp_path / "one.zip"), other)
    document = make_document("a", text="Fourteen died in Marrow Bay. a")
    add(source, document, make_claim("later"))
    bundle.read(packed(source, tmp_path / "two.zip"), other)
    assert [claim.id for claim in other.reading("a").claims] == ["later"]


def test_a_bundle_can_be_handed_on_again(source, other, tmp_path):
    bundle.read(packed(source, tmp_path / "one.zip"), other)
    with Ledger.open(tmp_path / "third.db", create=True) as third:
        bundle.read(packed(other, tmp_path / "two.zip"), third)
        assert same(third, source)


def repacked(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The zip with these files in place of its own; None leaves one out."""
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()} | changes
    with zipfile.ZipFile(path, "w") as file:
        for name, data in held.items():
            if data is not None:
                file.writestr(name, data)
    return path


def held(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as file:
        return file.read(name)


def test_a_line_that_was_changed_is_found_and_nothing_is_taken(source, other, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    log = held(path, "log.jsonl").replace(b"Aigul", b"Berik")
    repacked(path, {"log.jsonl": log})
    assert any("its hash is not that" in fault.what for fault in bundle.verify(path).faults)
    with pytest.raises(LedgerError, match=r"is not whole: line 7 .*; nothing was taken"):
        bundle.read(path, other)
    assert other.head().seq == 0


def test_a_log_that_was_cut_is_found(source, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    log = b"".join(held(path, "log.jsonl").splitlines(keepends=True)[:-2])
    repacked(path, {"log.jsonl": log})
    assert [f.what for f in bundle.verify(path).faults][-1] == "its manifest is of another log"


def test_a_text_that_was_changed_is_found(source, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    with zipfile.ZipFile(path) as file:
        name = next(n for n in file.namelist() if b"Bay. a" in file.read(n) and "/" in n)
    repacked(path, {name: b"Fifteen died in Marrow Bay. a"})
    assert any("its text is not the one" in fault.what for fault in bundle.verify(path).faults)


def test_a_file_too_many_is_found(source, tmp_path):
    path = repacked(packed(source, tmp_path / "record.zip"), {"../../etc/passwd": b"x"})
    (fault,) = bundle.verify(path).faults
    assert fault.what == "nothing in the log speaks of '../../etc/passwd'"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"manifest.json": None}, "it has no manifest.json"),
        ({"log.jsonl": None}, "it has no log.jsonl"),
        ({"manifest.json": b"[]"}, "its manifest is none"),
        ({"log.jsonl": b"noise\n"}, "log.jsonl holds what is no line of one"),
    ],
)
def test_a_zip_that_is_no_bundle_is_refused(source, tmp_path, changes, said):
    path = repacked(packed(source, tmp_path / "record.zip"), changes)
    with pytest.raises(InputError, match=said):
        bundle.verify(path)


def test_a_bundle_of_a_later_format_is_refused(source, tmp_path):
    path = packed(source, tmp_path / "record.zip")
    manifest = json.loads(held(path, "manifest.json")) | {"format": "sayso bundle 3"}
    repacked(path, {"manifest.json": json.dumps(manifest).encode()})
    with pytest.raises(InputError, match="its format is 'sayso bundle 3'"):
        bundle.verify(path)


def test_a_bundle_that_would_unpack_to_too_much_is_refused(source, tmp_path, monkeypatch):
    path = packed(source, tmp_path / "record.zip")
    monkeypatch.setattr(bundle, "LARGEST_CONTENT", 10)
    with pytest.raises(InputError, match="would be larger than 10 bytes"):
        bundle.verify(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.99])
def test_a_zip_cut_short_is_refused(source, tmp_path, share):
    path = packed(source, tmp_path / "record.zip")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match="is no whole zip"):
        bundle.verify(path)


def test_what_is_not_there_is_told_of(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        bundle.verify(tmp_path / "gone.zip")


def test_a_zip_that_cannot_be_written_is_told_of(source, tmp_path):
    with pytest.raises(SaysoError, match="cannot be written: No such file or directory"):
        bundle.write(source, tmp_path / "gone" / "record.zip")
