"""What comes in from other ledgers, honest or forged, leaves a ledger whole."""

from __future__ import annotations

import hashlib
import random
import zipfile
from pathlib import Path

import pytest
from making import add, make_claim, make_document, make_reading

from sayso.errors import LedgerError
from sayso.ledger import bundle, proof
from sayso.ledger.log import Deposit, seal
from sayso.ledger.manifest import Line, Manifest
from sayso.ledger.store import Ledger
from sayso.records import (
    MOST_PEOPLE,
    Capture,
    Claim,
    Correction,
    Count,
    Document,
    Evidence,
    Judgement,
    Problem,
    Record,
    Redaction,
)
from sayso.wire import encode, version

TEXTS = ("Fourteen died in Marrow Bay.", "Fourteen died at Selm.", "Fourteen died.")


@pytest.fixture
def ledger(address):
    with Ledger.open(address, create=True) as opened:
        yield opened


def put(ledger: Ledger, document: Document, raw: bytes | None, *claims: Claim) -> None:
    with ledger.transaction() as writer:
        writer.add(document, make_reading(document, *claims), raw)


def whole(ledger: Ledger) -> bool:
    """Whether nothing is wrong, and every document has a reading."""
    assert proof.verify(ledger).faults == ()
    return [d.id for d in ledger.documents()] == [r.document.id for r in ledger.readings()]


@pytest.mark.parametrize("texts", [True, False])
def test_the_same_text_from_other_bytes_leaves_the_first_bytes(ledger, tmp_path, texts):
    document = make_document()
    put(ledger, document, b"<p>first", make_claim())
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        put(other, document, b"<p>second", make_claim())
        bundle.write(other, tmp_path / "other.zip", texts=texts)
    done = bundle.read(tmp_path / "other.zip", ledger)
    assert (done.documents, done.known, done.problems) == (0, 2, ())
    assert whole(ledger)
    assert ledger.content(hashlib.sha256(b"<p>first").hexdigest()) == b"<p>first"
    bundle.write(ledger, tmp_path / "again.zip", texts=True)
    assert bundle.verify(tmp_path / "again.zip").faults == ()


def test_a_ledger_with_bytes_that_nothing_speaks_of_is_repaired(ledger):
    put(ledger, make_document(), b"<p>first", make_claim())
    with ledger.transaction() as writer:
        stray = writer.keep(b"<p>second")
    assert len(proof.verify(ledger).faults) == 1
    with ledger.transaction() as writer:
        assert writer.drop_unnamed() == [stray]
    assert whole(ledger)
    assert ledger.content(stray) is None
    with ledger.transaction() as writer:
        assert writer.drop_unnamed() == []
    with pytest.raises(LedgerError, match="a ledger is only added to"), ledger.transaction() as w:
        w._connection.exec_driver_sql("DELETE FROM contents")


def deed(ledger: Ledger, chance: random.Random) -> None:
    """One thing that may happen to a ledger."""
    text = chance.choice(TEXTS)
    document = make_document(chance.choice("ab"), text)
    document = chance.choice([document, document, version(document)])
    claim = make_claim(chance.choice(("c1", "c2")))
    what = chance.randrange(8)
    if what < 5:
        document, _ = ledger.admitted(document)
        raw = chance.choice([None, b"<p>one", b"<p>two", text.encode()])
        put(ledger, document, raw, *[claim] * chance.randrange(2))
    elif what == 5:
        with ledger.transaction() as writer:
            writer.judge(Judgement(id="", verdict="accept", a=claim.id, by="Aigul"))
    elif what == 6:
        with ledger.transaction() as writer:
            writer.problem(Problem(input=f"{text}.txt", message="is empty"))
    else:
        with ledger.transaction() as writer:
            if writer.deposit(document.id) is not None:
                writer.redact(Redaction(document=document.id))


def exchange(one: Ledger, two: Ledger, folder: Path, chance: random.Random, deeds: int) -> None:
    for _ in range(deeds):
        here, there = chance.sample([one, two], 2)
        if chance.randrange(3):
            deed(here, chance)
            continue
        if chance.randrange(3):
            bundle.write(there, folder / "there.zip", texts=bool(chance.randrange(2)))
            bundle.read(folder / "there.zip", here)
        else:
            bundle.read(there, here)
        assert whole(here)


@pytest.mark.parametrize("seed", range(24))
def test_whatever_two_ledgers_exchange_both_stay_whole(tmp_path, seed):
    with (
        Ledger.open(tmp_path / "one.db", create=True) as one,
        Ledger.open(tmp_path / "two.db", create=True) as two,
    ):
        exchange(one, two, tmp_path, random.Random(seed), deeds=25)


def test_a_file_and_a_database_that_exchange_both_stay_whole(ledger, tmp_path):
    with Ledger.open(tmp_path / "two.db", create=True) as two:
        exchange(ledger, two, tmp_path, random.Random(1), deeds=80)


# Forged bundles: their seals hold, and what they say is false.


def forged(path: Path, *lines: tuple[str, str, Record], contents: tuple[bytes, ...] = ()) -> Path:
    """A bundle with these lines, sealed as they have to be."""
    before, packed = "", b""
    for seq, (kind, subject, record) in enumerate(lines, 1):
        at, said = f"2031-03-04T00:00:00.{seq:06}Z", encode(record)
        before = seal(before, seq, at, kind, subject, said)
        line = Line(seq=seq, at=at, kind=kind, subject=subject, record=said, hash=before)
        packed += encode(line).encode() + b"\n"
    manifest = Manifest(
        format=bundle.FORMAT,
        sayso="0",
        lines=len(lines),
        last=at,
        hash=before,
        texts=bool(contents),
        log=hashlib.sha256(packed).hexdigest(),
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("manifest.json", encode(manifest))
        file.writestr("log.jsonl", packed)
        for content in contents:
            file.writestr(f"contents/{hashlib.sha256(content).hexdigest()}", content)
    return path


def entered(document: Document, *claims: Claim) -> list[tuple[str, str, Record]]:
    """The lines that say that a document was added, and read."""
    deposit = Deposit.of(Capture(document=document, raw=None))
    reading = make_reading(document, *claims)
    return [("document", document.id, deposit), ("reading", document.id, reading)]


LIE = Claim(id="lie", kind="killed", evidence=Evidence(start=0, end=13, text="Ninety-9 died"))


def test_a_text_that_belies_what_is_quoted_of_it_is_not_taken(ledger, tmp_path):
    document = make_document()
    bundle.read(forged(tmp_path / "lie.zip", *entered(document, LIE)), ledger)
    assert whole(ledger)
    text = document.text.encode()
    honest = forged(tmp_path / "honest.zip", *entered(document, make_claim()), contents=(text,))
    done = bundle.read(honest, ledger)
    assert [p.message for p in done.problems] == [
        "what is quoted of it here does not stand in its text"
    ]
    assert whole(ledger)


def test_a_reading_that_quotes_what_is_not_there_is_not_taken(ledger, tmp_path):
    document = make_document()
    add(ledger, document, make_claim())
    more = ("reading", document.id, make_reading(document, LIE))
    done = bundle.read(forged(tmp_path / "lie.zip", *entered(document, make_claim()), more), ledger)
    assert [p.message for p in done.problems] == [
        "its words do not stand in the text where it says"
    ]
    assert [claim.id for claim in ledger.reading("d1").claims] == ["c1"]
    assert whole(ledger)


def test_a_document_that_comes_without_a_reading_has_an_empty_one(ledger, tmp_path):
    document = make_document()
    bundle.read(forged(tmp_path / "bare.zip", entered(document)[0]), ledger)
    assert ledger.reading("d1").problems == (
        "no reading of it came with it: add it, to have it read",
    )
    assert whole(ledger)


@pytest.mark.parametrize(
    ("lines", "contents", "said"),
    [
        ([("document", "other", entered(make_document())[0][2])], (), "its record is about d1"),
        (
            [("document", "d1", Deposit(id="d1", text=hashlib.sha256(b"\xff").hexdigest()))],
            (b"\xff",),
            "its text is not UTF-8",
        ),
        (
            entered(make_document(), make_claim(count=Count(low=2**70, high=None, text="x"))),
            (),
            "its record is none of a reading",
        ),
    ],
)
def test_what_no_ledger_says_is_not_whole(ledger, tmp_path, lines, contents, said):
    path = forged(tmp_path / "forged.zip", *lines, contents=contents)
    with pytest.raises(LedgerError, match=said):
        bundle.read(path, ledger)
    assert ledger.head().seq == 0


def test_more_people_than_there_are_are_left_out_and_told(ledger, tmp_path):
    document = make_document()
    many = Count(low=MOST_PEOPLE + 1, high=None, text="more")
    most = Count(low=MOST_PEOPLE, high=MOST_PEOPLE, text="all")
    lines = [
        *entered(document, make_claim("many", count=many), make_claim("most", count=most)),
        (
            "judgement",
            "most",
            Judgement(id="j", verdict="correct", a="most", correction=Correction(count=many)),
        ),
    ]
    path = forged(tmp_path / "many.zip", *lines)
    done = bundle.read(path, ledger)
    assert [p.message for p in done.problems] == [
        "is left out: it counts more people than 10,000,000,000",
        "corrects to a count of more people than 10,000,000,000",
    ]
    assert [claim.id for claim in ledger.reading("d1").claims] == ["most"]
    assert ledger.judgements() == []
    assert whole(ledger)
    before = ledger.head().seq
    bundle.read(path, ledger)
    assert ledger.head().seq == before


def test_what_a_database_cannot_hold_costs_nothing_else(postgresql_address, tmp_path):
    chance = random.Random(1)
    long = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(9000))
    bad = [Document(id=id, text=make_document().text) for id in ("a\0b", long)]
    lines = [line for document in [*bad, make_document()] for line in entered(document)]
    with Ledger.open(postgresql_address, create=True) as ledger:
        done = bundle.read(forged(tmp_path / "bad.zip", *lines), ledger)
        assert len(done.problems) == 2
        assert all("cannot be kept" in p.message for p in done.problems)
        assert [document.id for document in ledger.documents()] == ["d1"]
        assert whole(ledger)
