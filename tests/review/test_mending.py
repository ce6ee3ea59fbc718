"""What people put right of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import InputError, NotFoundError, SettingsError
from sayso.ledger import bundle, proof
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add, recall, reread
from sayso.pipeline.deriving import Held, derive
from sayso.records import Capture, Correction, Document, Judgement, Problem
from sayso.review import decide, history, judge
from sayso.settings import Settings

TEXT = (
    "Nine miners were killed on Monday when a shaft flooded near Karsa, the governor said. The "
    "company that owns the pit has been fined twice for leaving its pumps without repair."
)
DATED = Correction(published="2031-03-12", outlet="Karsa Courier")


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


@pytest.fixture
def undated(tmp_path: Path, reader: Reader) -> Ledger:
    """A ledger of one document that came without its date."""
    with Ledger.open(tmp_path / "undated.db", create=True) as opened:
        put(opened, reader)
        yield opened


def put(ledger: Ledger, reader: Reader) -> list:
    document = Document(id="a", text=TEXT, title="Nine killed")
    return list(add(ledger, reader, [Capture(document=document, raw=b"nine")]))


def mended(ledger: Ledger, reader: Reader, correction: Correction, id: str = "a") -> Judgement:
    (made,) = decide(ledger, "mend", id, (), correction, "Aigul", "by the paper", lambda: reader)
    return made


def day(ledger: Ledger) -> str | None:
    (claim,) = ledger.reading("a").claims[:1]
    return claim.when and claim.when.start


def test_relative_days_and_the_incident_follow_the_date(undated, reader):
    assert day(undated) is None
    (before,) = recall(undated, Settings()).incidents
    made = mended(undated, reader, DATED)
    assert made.verdict == "mend" and made.by == "Aigul"
    assert day(undated) == "2031-03-10"
    document = undated.document("a")
    assert (document.published, document.outlet, document.title) == (
        "2031-03-12",
        "Karsa Courier",
        "Nine killed",
    )
    (after,) = recall(undated, Settings()).incidents
    assert before.id.endswith("undated") and after.id.endswith("2031-03-10")
    assert after.curve[0].at == "2031-03-12"
    assert recall(undated, Settings(), before.id).incidents == (after,)
    assert proof.verify(undated).faults == ()
    assert undated.count().documents == 1


def test_what_is_added_again_is_what_was_mended(undated, reader):
    mended(undated, reader, DATED)
    (again,) = put(undated, reader)
    assert again.became == "known" and again.document.published == "2031-03-12"
    with undated.transaction() as writer:
        writer.rebuild()
    assert undated.document("a").outlet == "Karsa Courier"


def test_mending_is_taken_back_but_for_what_was_mended_since(undated, reader):
    first = mended(undated, reader, DATED)
    mended(undated, reader, Correction(outlet="Meridian"))
    (undone,) = decide(undated, "undo", first.id, by="Marat", reader=lambda: reader)
    assert undone.a == first.id
    document = undated.document("a")
    assert (document.published, document.outlet) == (None, "Meridian")
    assert day(undated) is None
    assert proof.verify(undated).faults == ()


def test_a_mending_that_is_taken_up_again_is_read_again(undated, reader):
    made = mended(undated, reader, DATED)
    (undone,) = decide(undated, "undo", made.id, reader=lambda: reader)
    assert undated.document("a").published is None and day(undated) is None
    (again,) = decide(undated, "undo", undone.id, by="Marat", reader=lambda: reader)
    assert (again.verdict, again.a, again.by) == ("undo", undone.id, "Marat")
    held = undated.document("a")
    assert (held.published, held.outlet) == ("2031-03-12", "Karsa Courier")
    assert held.mended == ("published", "outlet") and day(undated) == "2031-03-10"
    decide(undated, "undo", again.id, reader=lambda: reader)
    assert undated.document("a").mended == () and day(undated) is None
    assert proof.verify(undated).faults == ()


def test_nothing_comes_back_that_was_itself_taken_back(undated, reader):
    first = mended(undated, reader, DATED)
    second = mended(undated, reader, Correction(outlet="Meridian"))
    for made in (first, second):
        decide(undated, "undo", made.id, reader=lambda: reader)
    held = undated.document("a")
    assert (held.published, held.outlet, held.mended) == (None, None, ())


def test_what_people_judged_stays(undated, reader):
    claim = undated.reading("a").claims[0].id
    judge(undated, "accept", claim)
    mended(undated, reader, DATED)
    assert recall(undated, Settings()).standings[claim].verdict == "accept"
    assert history.of_claim(undated, claim)


def test_a_bundle_and_another_ledger_have_it_too(undated, reader, tmp_path):
    mended(undated, reader, DATED)
    bundle.write(undated, tmp_path / "out.sayso", texts=True)
    for source in (tmp_path / "out.sayso", undated):
        target = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        with Ledger.open(target, create=True) as other:
            bundle.read(source, other)
            assert other.document("a").published == "2031-03-12"
            assert day(other) == "2031-03-10"
            bundle.read(source, other)
            assert other.document("a").outlet == "Karsa Courier"


def test_what_is_mended_here_stays_when_another_ledger_is_brought_in(undated, reader, tmp_path):
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        put(other, reader)
        mended(other, reader, Correction(published="2031-04-12"))
        mended(undated, reader, DATED)
        bundle.read(other, undated)
    assert undated.document("a").published == "2031-03-12"
    assert day(undated) == "2031-03-10"


@pytest.mark.parametrize("correction", [None, Correction(), Correction(title="Nine killed")])
def test_nothing_is_mended_to_what_it_is(undated, reader, correction):
    with pytest.raises(SettingsError, match="must say what is otherwise"):
        decide(undated, "mend", "a", (), correction, reader=lambda: reader)
    assert not undated.judgements()


def test_what_cannot_be_mended_is_told_of(undated, reader):
    with pytest.raises(NotFoundError):
        mended(undated, reader, DATED, "gone")
    with pytest.raises(SettingsError, match="can be read again"):
        decide(undated, "mend", "a", (), DATED)

    class Failing:
        def attempt(self, document: Document) -> Problem:
            return Problem(input=document.id, message="no")

    with pytest.raises(InputError, match="could not be read: no"):
        decide(undated, "mend", "a", (), DATED, reader=Failing)
    assert not undated.judgements() and undated.document("a").published is None


def test_a_language_that_is_mended_is_what_it_is_read_in(undated, reader):
    read = undated.reading("a").claims
    assert read and undated.reading("a").document.language == "en"
    made = mended(undated, reader, Correction(language="ru"))
    gone = undated.reading("a")
    assert not gone.claims and not recall(undated, Settings()).incidents
    assert gone.document.mended == undated.document("a").mended == ("language",)
    assert gone.problems == ("language 'ru' is not read; only English is",)
    mended(undated, reader, Correction(language="en"))
    assert undated.reading("a").claims == read
    mended(undated, reader, Correction(language="de", title="Nine"))
    assert undated.document("a").mended == ("title", "language")
    decide(undated, "undo", made.id, reader=lambda: reader)
    assert undated.document("a").language == "de"


def test_what_is_mended_back_by_undoing_is_marked_no_more(undated, reader):
    first = mended(undated, reader, Correction(language="ru"))
    second = mended(undated, reader, DATED)
    assert undated.document("a").mended == ("published", "outlet", "language")
    decide(undated, "undo", first.id, reader=lambda: reader)
    assert undated.document("a").mended == ("published", "outlet")
    assert undated.reading("a").claims
    decide(undated, "undo", second.id, reader=lambda: reader)
    assert undated.document("a").mended == ()


def test_another_reader_keeps_to_the_language_that_was_mended(undated, reader, settings):
    mended(undated, reader, Correction(language="ru"))
    later = Reader(settings)
    later.name = "sayso later"
    (again,) = reread(undated, later)
    assert again.became == "read again" and not undated.reading("a").claims
    later.name = "sayso later still"
    document = Document(id="a", text=TEXT, title="Nine killed", language="en")
    list(add(undated, later, [Capture(document=document, raw=b"nine")]))
    assert undated.reading("a").reader == later.name and not undated.reading("a").claims


def test_the_language_that_a_page_declares_can_be_put_right(tmp_path, reader):
    """The text tells another than its page says, and a person sides with the page."""
    text = "Beim Einsturz der Brücke bei Karsa sind neun Menschen ums Leben gekommen."
    with Ledger.open(tmp_path / "declared.db", create=True) as opened:
        document = Document(id="a", text=text, language="en")
        list(add(opened, reader, [Capture(document=document, raw=None)]))
        assert opened.reading("a").document.language == "de"
        mended(opened, reader, Correction(language="en"))
        assert opened.reading("a").document.language == "en"


BLASTS = {
    "a": "A bomb exploded at the market of Karsa on Monday, killing nine people, police said.",
    "b": "Nine traders died on Monday when a bomb went off among the stalls of Karsa's market.",
    "c": "Four people were killed on Monday by a bomb at the fish market of Karsa, the mayor said.",
    "d": "A bomb tore through the fish market of Karsa on Monday and killed four fishmongers.",
    "e": "Doctors in Karsa said that the bomb at the market had killed nine people on Monday.",
}


@pytest.fixture
def blasts(tmp_path: Path, reader: Reader) -> Ledger:
    """Two blasts at one market, and an article on the one that has the date of the other."""
    with Ledger.open(tmp_path / "blasts.db", create=True) as opened:
        for id, text in BLASTS.items():
            day = "2030-06-14" if id in "ab" else "2031-03-05"
            document = Document(id=id, text=text, title=text[:-1], outlet=id, published=day)
            list(add(opened, reader, [Capture(document=document, raw=None)]))
        yield opened


def test_a_document_goes_to_the_incident_of_the_date_that_it_is_given(blasts, reader):
    held = Held()

    def places() -> list[tuple[str, ...]]:
        """The documents of each incident, the same however they were worked out."""
        derive(blasts, held=held)
        kept = [one for one, _ in blasts.incidents()]
        derive(blasts, anew=True)
        assert [one for one, _ in blasts.incidents()] == kept
        return [one.documents for one in kept]

    assert places() == [("a", "b"), ("c", "d", "e")]
    made = mended(blasts, reader, Correction(published="2030-06-15"), "e")
    assert places() == [("a", "b", "e"), ("c", "d")]
    first, second = (one for one, _ in blasts.incidents())
    assert first.when.start == "2030-06-10" and second.when.start == "2031-03-03"
    assert [point.at for point in first.curve if point.doc == "e"] == ["2030-06-15"]
    assert first.final["killed"].high == 9 and second.final["killed"].high == 4
    decide(blasts, "undo", made.id, reader=lambda: reader)
    assert places() == [("a", "b"), ("c", "d", "e")]
