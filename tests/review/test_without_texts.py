"""A bundle without texts tells elsewhere what it told where it came from."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from sayso.ledger import bundle, proof
from sayso.ledger.imprints import Kept
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, derive, recall, reread
from sayso.pipeline.deriving import Held
from sayso.reconcile.imprinting.making import imprint
from sayso.records import Correction, Count, Document, Imprinted, Incident, Reading, Redaction
from sayso.review import decide, judge
from sayso.review.making import Quoted
from sayso.settings import Settings
from sayso.version import __version__
from sayso.wire import encode
from stories import scoring
from telling import STORY, reading, tell

DEMO = files("sayso") / "data" / "demo" / "story.jsonl"
Told = list[tuple[Document, Reading]]


@pytest.fixture(scope="module")
def told(settings: Settings) -> dict[str, Told]:
    """The demo and two of the stories, with what is read in them."""
    lines = DEMO.read_text(encoding="utf-8").splitlines()
    given = {"demo": [msgspec.json.decode(line, type=Document) for line in lines]}
    stories = scoring.stories()
    given |= {name: scoring.documents(stories[name]) for name in ("zarku", "stampede")}
    reader = Reader(settings)
    return {name: [(d, reader.read(d)) for d in pages] for name, pages in given.items()}


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "source.db", create=True) as ledger:
        yield ledger


@pytest.fixture
def other(address: str) -> Iterator[Ledger]:
    """An empty ledger, in a file and in a database."""
    with Ledger.open(address, create=True) as ledger:
        yield ledger


def add(ledger: Ledger, given: Told) -> None:
    with ledger.transaction() as writer:
        for document, read in given:
            writer.add(document, read)


def handed(source: Ledger, other: Ledger, folder: Path, *, bare: bool = False) -> Path:
    """Hand a ledger on to another without texts."""
    path = folder / "record.zip"
    bundle.write(source, path, imprint=None if bare else imprint)
    assert not bundle.read(path, other).problems
    return path


def tells(ledger: Ledger) -> list[Incident]:
    derive(ledger)
    return [incident for incident, _ in ledger.incidents()]


@pytest.mark.parametrize("name", ["demo", "zarku", "stampede"])
def test_it_tells_the_same_and_goes_on_telling_the_same(source, other, tmp_path, told, name):
    given = told[name]
    add(source, given[:-3])
    path = handed(source, other, tmp_path)
    assert tells(source) and tells(other) == tells(source)
    moment = given[len(given) // 2][0].published
    before = [recall(ledger, Settings(), as_of=moment).incidents for ledger in (source, other)]
    assert before[0] and before[0] == before[1]
    for ledger in (source, other):
        add(ledger, given[-3:])
    assert tells(other) == tells(source)
    with zipfile.ZipFile(path) as file:
        everything = b"".join(file.read(name) for name in file.namelist()).decode()
    for document, read in given[:-3]:
        quoted = " ".join(claim.evidence.text for claim in read.claims)
        opening = document.text[:60]
        assert opening in quoted or opening not in everything


def test_it_tells_what_people_made_of_it_and_hands_it_on_again(source, other, tmp_path, told):
    add(source, told["demo"])
    first, *_ = tells(source)
    claims = [
        claim for _, read in told["demo"] for claim in read.claims if claim.id in first.claims
    ]
    counted = [claim for claim in claims if claim.kind == "killed" and claim.count]
    names = sorted({source.text for claim in claims for source in claim.sources})
    last = told["demo"][-1][0]
    judge(source, "correct", counted[0].id, correction=Correction(count=_one_more(counted[0])))
    judge(source, "reject", counted[1].id)
    judge(source, "accept", counted[2].id)
    judge(source, "reject_text", first.documents[1])
    judge(source, "same_source", names[0], names[1])
    judge(source, "source_kind", names[2], "ngo")
    judge(source, "different", claims[-1].id, claims[0].id)
    judge(source, "same", first.documents[2], first.documents[3])
    words = " ".join(last.text.split()[:3])
    made = Correction(kind="injured", count=Count(low=2, high=2, text="two"))
    decide(source, "claim", last.id, (), made, "Aigul", None, None, Quoted(words, 1))
    found, *_ = tells(source)
    decide(source, "mend", found.id, (), Correction(title="What it was"), "Aigul")
    decide(source, "sign", found.id, (), None, "Aigul", "as it stands")
    judge(source, "reject", counted[3].id)
    judged = tells(source)
    assert judged != [first] and judged[0].signed is not None
    handed(source, other, tmp_path)
    assert tells(other) == judged
    with Ledger.open(tmp_path / "third.db", create=True) as third:
        handed(other, third, tmp_path)
        assert tells(third) == judged
    with Ledger.open(tmp_path / "fourth.db", create=True) as fourth:
        bundle.read(other, fourth)
        assert tells(fourth) == judged


def _one_more(claim) -> Count:
    low = (claim.count.low or 0) + 1
    return Count(low=low, high=low, text=str(low))


def test_what_it_lacks_is_said(source, other, tmp_path, told):
    add(source, told["demo"])
    path = handed(source, other, tmp_path)
    for found in (bundle.verify(path, imprint=imprint), proof.verify(other, imprint=imprint)):
        assert found.faults == ()
        assert found.documents == found.without_text == found.imprinted == len(told["demo"])
    bundle.write(source, path, texts=True, imprint=imprint)
    whole = bundle.verify(path, imprint=imprint)
    assert (whole.without_text, whole.imprinted) == (0, 0)
    bundle.write(source, path)
    bare = bundle.verify(path, imprint=imprint)
    assert (bare.without_text, bare.imprinted) == (len(told["demo"]), 0)


def test_what_is_known_without_its_text_is_not_read_again(source, other, tmp_path, settings):
    add(source, list(STORY))
    handed(source, other, tmp_path)
    before = list(other.readings())
    done = list(reread(other, Reader(settings)))
    assert [(one.input, "its text is not here" in one.message) for one in done] == [
        (document.id, True) for document, _ in STORY
    ]
    assert list(other.readings()) == before and other.problems() == []


def test_the_same_ledger_gives_the_same_bytes(source, tmp_path):
    add(source, list(STORY))
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    for path in (one, two):
        bundle.write(source, path, imprint=imprint)
    assert one.read_bytes() == two.read_bytes()


def test_imprints_that_come_later_are_derived_from(source, other, tmp_path, told):
    add(source, told["zarku"])
    handed(source, other, tmp_path, bare=True)
    held = Held()
    derive(other, held=held)
    bare = [incident for incident, _ in other.incidents()]
    assert bare != tells(source)
    handed(source, other, tmp_path)
    derive(other, held=held)
    assert [incident for incident, _ in other.incidents()] == tells(source)
    before = other.head()
    handed(source, other, tmp_path)
    assert other.head() == before


def test_with_its_text_a_document_is_derived_from_that(source, other, tmp_path, told):
    add(source, told["stampede"])
    handed(source, other, tmp_path)
    assert all(isinstance(document, Imprinted) for document in other.documents())
    bundle.write(source, tmp_path / "whole.zip", texts=True)
    bundle.read(tmp_path / "whole.zip", other)
    assert not any(isinstance(document, Imprinted) for document in other.documents())
    assert tells(other) == tells(source)
    found = proof.verify(other, imprint=imprint)
    assert found.faults == () and found.without_text == 0
    with other.transaction() as writer:
        writer.drop_unnamed()
    assert list(other.imprints()) == []


def test_a_redaction_takes_the_imprint_away_with_the_last_of_its_text(source, other, tmp_path):
    document, read = tell("a", 3, "interior ministry", "official", 8)
    twin = replace(document, id="b", outlet="Another")
    add(source, [(document, read), (twin, reading(twin))])
    handed(source, other, tmp_path)
    assert len(list(other.imprints())) == 1
    for name, left in (("a", 1), ("b", 0)):
        with other.transaction() as writer:
            writer.redact(Redaction(document=name))
        assert len(list(other.imprints())) == left
    assert proof.verify(other, imprint=imprint).faults == ()
    with zipfile.ZipFile(tmp_path / "record.zip") as file:
        assert "imprints.jsonl" in file.namelist()
    with source.transaction() as writer:
        writer.redact(Redaction(document="a"))
        writer.redact(Redaction(document="b"))
    bundle.write(source, tmp_path / "record.zip", imprint=imprint)
    with zipfile.ZipFile(tmp_path / "record.zip") as file:
        assert "imprints.jsonl" not in file.namelist()


def put(ledger: Ledger, document: Document, made: str, by: str = __version__) -> Kept:
    """Keep an imprint of the text of a document that is there, whatever is said in it."""
    text = next(e for e in ledger.entries(kinds=("document",), subjects=[document.id]))
    kept = Kept(text=json.loads(text.record)["text"], sayso=by, imprint=made)
    with ledger.transaction() as writer:
        writer.keep_imprint(kept)
    return kept


def test_an_imprint_of_another_text_is_found_out_where_the_text_is(source):
    add(source, list(STORY))
    kept = put(source, STORY[0][0], encode(imprint(STORY[1][0].text)))
    (fault,) = proof.verify(source, imprint=imprint).faults
    assert fault.what.startswith(f"the imprint of the text {kept.text} is not that of the text")
    with source.transaction() as writer:
        writer.drop_unnamed()
    assert proof.verify(source, imprint=imprint).faults == ()


def test_an_imprint_of_another_version_is_not_compared(source):
    add(source, list(STORY))
    put(source, STORY[0][0], encode(imprint(STORY[1][0].text)), by="0")
    assert proof.verify(source, imprint=imprint).faults == ()


def test_what_is_no_imprint_is_not_taken_in(source, other, tmp_path):
    add(source, list(STORY))
    handed(source, other, tmp_path, bare=True)
    with Ledger.open(tmp_path / "third.db", create=True) as third:
        handed(source, third, tmp_path, bare=True)
        made = imprint(STORY[0][0].text)
        broken = replace(made, parts=replace(made.parts, told=made.parts.told + b"\xff\xff"))
        put(third, STORY[0][0], encode(broken))
        (fault,) = proof.verify(third).faults
        assert fault.what.endswith("is none")
        bundle.write(third, tmp_path / "broken.zip", imprint=imprint)
    assert len(bundle.verify(tmp_path / "broken.zip").faults) == 1
    assert tells(other) and list(other.imprints()) == []


def test_an_imprint_of_a_form_to_come_is_kept_and_not_used(source, other, tmp_path):
    add(source, list(STORY))
    handed(source, other, tmp_path, bare=True)
    later = json.loads(encode(imprint(STORY[0][0].text))) | {"form": 2, "more": [1]}
    kept = put(other, STORY[0][0], json.dumps(later))
    assert not any(isinstance(document, Imprinted) for document in other.documents())
    assert list(other.imprints()) == [kept]
    assert proof.verify(other, imprint=imprint).faults == ()


def test_imprints_that_the_manifest_does_not_know_are_a_fault(source, tmp_path):
    add(source, list(STORY))
    path = tmp_path / "record.zip"
    bundle.write(source, path, imprint=imprint)
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()}
    held["imprints.jsonl"] = held["imprints.jsonl"].splitlines(keepends=True)[0]
    with zipfile.ZipFile(path, "w") as file:
        for name, content in held.items():
            file.writestr(name, content)
    assert [f.what for f in bundle.verify(path).faults] == ["its manifest is of other imprints"]
