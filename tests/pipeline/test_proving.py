"""What is looked up of a ledger is compared with its log, and whoever changes it is found."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.commands import main
from sayso.ledger import bundle, search, taking
from sayso.ledger.log import Deposit
from sayso.ledger.manifest import Manifest
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, proving
from sayso.records import Judgement
from sayso.wire import decode


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Path:
    """The demo's ledger, with a claim judged and an incident tagged."""
    path = tmp_path_factory.mktemp("story") / "story.db"
    CliRunner().invoke(main, ["demo", "--quiet", "--ledger", str(path)], catch_exceptions=False)
    with Ledger.open(path) as ledger:
        found = main_incident(ledger)
        with ledger.transaction() as writer:
            writer.judge(Judgement(id="", verdict="accept", a=found.claims[0]))
            writer.judge(Judgement(id="", verdict="tag", a=found.documents[0], value="Harbour"))
        derive(ledger)
    return path


@pytest.fixture
def own(story, tmp_path) -> Path:
    return Path(shutil.copy(story, tmp_path / "own.db"))


def main_incident(ledger: Ledger):
    return max((one for one, _ in ledger.incidents()), key=lambda one: len(one.documents))


def faults(path: Path, *statements: str) -> list[str]:
    """What is found after these were run on the file."""
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount, f"{statement} changed nothing"
    connection.close()
    with Ledger.open(path) as ledger:
        return [fault.what for fault in proving.verify(ledger).faults]


def test_a_ledger_that_nobody_touched_is_whole(own):
    with Ledger.open(own) as ledger:
        proof = proving.verify(ledger)
        assert (proof.faults, proof.unproved) == ((), ())


def test_a_forged_toll_is_told_by_its_incident_and_figures(own):
    with Ledger.open(own) as ledger:
        found = main_incident(ledger)
        (toll,) = [t for t in found.tolls if (t.kind, t.who) == ("killed", "unspecified")][:1]
    least = f'"kind":"killed","who":"unspecified","low":{toll.low},"best":{toll.best}'
    forged = least.replace(f'"best":{toll.best}', '"best":99')
    said = faults(own, f"UPDATE incidents SET record = replace(record, '{least}', '{forged}')"
                  f" WHERE id = '{found.id}'")  # fmt: skip
    right = {toll.low, toll.best, toll.high}
    made = (
        f"killed {toll.best}"
        if len(right) == 1
        else f"killed {toll.low} - {toll.best} - {toll.high}"
    )
    assert said == [
        f"incident {found.id}: the toll kept says killed {toll.low} - 99 - {toll.high}, "
        f"the log gives {made}"
    ]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE incidents SET dead = 99 WHERE dead > 0", "the dead kept says 99, the log gives"),
        ("UPDATE incidents SET title = 'Calm'", "the title kept says Calm, the log gives"),
        ("UPDATE incidents SET position = position + 1", "the position kept says 1, the log gives 0"),
        ("UPDATE incidents SET lat = 0", "the lat kept says 0.0, the log gives"),
        ("UPDATE incidents SET record = replace(record, '\"at\":\"2031', '\"at\":\"2001')", "of the curve kept says"),
        ("UPDATE incidents SET record = '{}'", "what is kept of it is no incident"),
        ("UPDATE incidents SET gathering = replace(gathering, 'harbour', 'harbor')", "what it is kept to be gathered from"),
        ("UPDATE incidents SET id = 'x' WHERE position = 0", "incident x: it is kept, and the log tells of none"),
        ("DELETE FROM incidents WHERE position = 0", "the log tells of it, and it is not kept"),
        ("DELETE FROM members WHERE rowid = 3", "the incident kept says nothing, the log gives"),
        ("UPDATE members SET incident = 'x' WHERE rowid = 3", "the incident kept says x, the log gives"),
        ("UPDATE marks SET value = 'Calm'", "it is looked up under the tag Calm, and the log gives it none such"),
        ("DELETE FROM marks", "the log gives it the tag Harbour, and it is not looked up under that"),
        ("UPDATE voices SET name = 'Nobody' WHERE rowid = 1", "it is counted to Nobody, who says none of it"),
        ("DELETE FROM voices", "it is not counted to"),
        ("UPDATE verdicts SET verdict = 'reject'", "the verdict kept says reject, the log gives accept"),
        ("INSERT INTO verdicts VALUES ('x', 'accept', 0, 0)", "claim x: the verdict kept says accept, the log gives nothing"),
        ("UPDATE names SET claim = 'x' WHERE rowid = 1", "the claim kept says x, the log gives"),
        ("UPDATE names SET id = 'old', claim = 'x' WHERE rowid = 1", "the name old is kept for a claim that never was"),
        ("UPDATE documents SET outlet = 'Nobody' WHERE seq = 1", "the outlet kept says Nobody, the log gives"),
        ("UPDATE claims SET low = 99 WHERE n = 20001", "the low kept says 99, the log gives"),
        ("UPDATE claims SET evidence = 'calm' WHERE n = 20001", "the evidence kept says calm, the log gives"),
        ("UPDATE speakers SET name = 'Nobody' WHERE rowid = 1", "the name kept says Nobody, the log gives"),
        ("INSERT INTO speakers (claim, position, name, kind, role) VALUES (7, 0, 'Nobody', 'media', 'origin')", "Nobody is kept as a source of claim number 7"),
        ("INSERT INTO words_of_documents (rowid, words) VALUES (1, 'calm')", "the index of the words of documents has others"),
        ("INSERT INTO words_of_claims (words_of_claims) VALUES ('delete-all')", "the index of the words of claims has others"),
        ("UPDATE words_of_claims_docsize SET sz = x'7f' WHERE id = 20001", "the index of the words of claims is damaged"),
        ("UPDATE state SET value = '999' WHERE key = 'seq'", "incidents are kept as of line 999 of a log that ends at"),
        ("UPDATE state SET value = '7x' WHERE key = 'seq'", "incidents are kept as of line 7x of a log that ends at"),
        ("UPDATE state SET value = '3' WHERE key = 'seq'", "incident"),
    ],
)  # fmt: skip
def test_what_was_forged_is_named(own, statement, found):
    said = faults(own, statement)
    assert any(found in what for what in said), said


def test_what_a_rebuild_makes_again_is_whole(own):
    assert faults(own, "UPDATE claims SET low = 99", "UPDATE documents SET title = 'Calm'")
    with Ledger.open(own) as ledger:
        with ledger.transaction() as writer:
            writer.rebuild()
        derive(ledger)
        assert proving.verify(ledger).faults == ()


def test_quick_looks_at_the_log_alone_and_says_so(own):
    assert faults(own, "UPDATE claims SET low = 99")
    with Ledger.open(own) as ledger:
        proof = proving.verify(ledger, quick=True)
    assert proof.faults == ()
    assert proof.unproved == ("what is looked up was not compared with the log",)


def test_incidents_of_another_version_are_made_again_before_anybody_sees_them(own):
    statements = ["UPDATE state SET value = '0.1' WHERE key = 'version'", "DELETE FROM incidents"]
    assert faults(own, *statements) == []
    with Ledger.open(own) as ledger:
        assert derive(ledger) and list(ledger.incidents())


def test_looking_changes_nothing_and_leaves_nothing_behind(own):
    before = own.read_bytes()
    with Ledger.open(own) as ledger:
        for _ in range(2):
            assert proving.verify(ledger).faults == ()
        assert search.claims(ledger, typed="killed").total
    assert own.read_bytes() == before
    assert [path.name for path in own.parent.iterdir()] == [own.name]


def test_a_ledger_as_an_earlier_import_of_other_bytes_left_it_is_named_and_mended(own):
    # Sayso up to 0.10.0 kept the bytes that an import brought of a document that was there already
    # from others, and no line of the log spoke of them: the ledger was never whole again.
    def run(*arguments: str):
        return CliRunner().invoke(main, [*arguments, "--ledger", str(own)])

    with Ledger.open(own) as ledger:
        before = list(ledger.entries()), list(ledger.documents()), list(ledger.incidents())
        named = hashlib.sha256(b"<p>from elsewhere").hexdigest()
        with ledger.transaction() as writer:
            writer.keep(b"<p>from elsewhere")
            manifest = Manifest(
                format=bundle.FORMAT, sayso="0.10.0", lines=2, last="2031-03-04T12:00:00.000000Z",
                hash="0" * 64, texts=True, log="0" * 64,
            )  # fmt: skip
            writer.enter("import", manifest.hash, manifest)
    done = run("verify")
    assert done.exit_code == 1
    assert f"nothing in the log speaks of the text or file {named}: sayso rebuild" in done.output
    done = run("rebuild")
    assert done.exit_code == 0 and named in done.output
    assert run("verify").exit_code == 0
    with Ledger.open(own) as ledger:
        after = list(ledger.entries())[:-1], list(ledger.documents()), list(ledger.incidents())
        assert after == before
        assert all(ledger.content(hash) for hash in kept_by(ledger))


def kept_by(ledger: Ledger) -> list[str]:
    """The texts and files that the log names."""
    deposits = (decode(line.record, Deposit) for line in ledger.entries(kinds=("document",)))
    return [name for deposit in deposits for name in (deposit.text, deposit.snapshot) if name]


def test_a_killed_import_is_told_in_the_log_and_can_be_gone_on_with(story, tmp_path, monkeypatch):
    bare, full = tmp_path / "bare.zip", tmp_path / "full.zip"
    with Ledger.open(story) as ledger:
        bundle.write(ledger, bare)
        bundle.write(ledger, full, texts=True)
    monkeypatch.setattr(taking, "TOGETHER", 4)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        with pytest.raises(KeyboardInterrupt):
            bundle.read(bare, other, interrupted)
        proof = proving.verify(other)
        assert proof.faults == () and proof.without_text > 0
        bundle.read(bare, other)
        derive(other)
        bundle.read(full, other)
        derive(other)
        proof = proving.verify(other)
        assert (proof.faults, proof.unproved, proof.without_text) == ((), (), 0)
        found = search.documents(other, typed='"ward list"').total
    with Ledger.open(story) as ledger:
        assert found == search.documents(ledger, typed='"ward list"').total > 0


def interrupted(done: int, total: int) -> None:
    raise KeyboardInterrupt
