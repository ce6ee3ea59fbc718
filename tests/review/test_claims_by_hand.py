"""Claims that people make, and every field of a claim that they put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import bundle, proof, search
from sayso.ledger.store import Ledger
from sayso.pipeline import recall, reread
from sayso.publish import exports, wording
from sayso.records import Correction, Document, Judgement, Party, Reading, is_by_hand
from sayso.review import decide, history, judge
from sayso.review.corrections import correction
from sayso.review.making import Quoted
from sayso.settings import Settings
from telling import STORY, reading

TEXT = (
    "The quay was quiet on Friday. Two pilots had drowned off Karsa on 4 March, the harbour\n"
    "office said. Two pilots were on leave."
)
LATER = Document(
    id="e",
    text=TEXT,
    title="Quiet quay",
    outlet="Outlet e",
    published="2031-03-07T08:00:00Z",
)
TOLD = {
    "kind": "killed",
    "count": "2",
    "who": "pilots (civilians)",
    "where": "Karsa @ 15,20",
    "when": "4 March 2031",
    "say_so": "harbour office (official)",
}


@pytest.fixture
def both(address: str) -> Iterator[Ledger]:
    """The story, and a document in which nothing was read, in a file and in a database."""
    with Ledger.open(address, create=True) as opened:
        for document, read in (*STORY, (LATER, reading(LATER))):
            with opened.transaction() as writer:
                writer.add(document, read)
        yield opened


def make(
    ledger: Ledger, words: str = "Two pilots had drowned", which: int | None = None, **told: str
) -> Judgement:
    fields = correction(**(TOLD | told))
    quoted = Quoted(words, which)
    (made,) = decide(ledger, "claim", "e", (), fields, "Aigul", "not read", None, quoted)
    return made


class Another:
    """A reader that finds nothing, as a later version may."""

    name = "later"

    def attempt(self, document: Document) -> Reading:
        return reading(document, reader=self.name)


def test_a_claim_by_hand_counts_as_any_other(both):
    made = make(both)
    (claim,) = both.reading("e").claims
    start = TEXT.index("Two pilots had")
    assert (claim.evidence.start, claim.evidence.text) == (start, "Two pilots had drowned")
    assert claim == made.made and made.a == "e" and is_by_hand(claim)
    assert (claim.kind, claim.count.low, claim.basis) == ("killed", 2, "stated")
    (karsa,) = [one for one in recall(both, Settings()).incidents if claim.id in one.claims]
    assert "e" in karsa.documents
    found = search.claims(both, typed="drowned").items
    assert [one.claim.id for one in found] == [claim.id]
    assert proof.verify(both).faults == ()


def test_it_enters_the_toll(both):
    make(both, count="9")
    (toll,) = recall(both, Settings(), "karsa").incidents[0].tolls
    assert toll.high == 9 and "harbour office" in [origin.name for origin in toll.origins]


def test_it_is_marked_wherever_it_is_told(both):
    made = make(both)
    known = recall(both, Settings())
    standing = known.standings[made.made.id]
    assert (standing.verdict, standing.corrected, standing.look_again) == (None, False, False)
    assert wording.by_person(made.made) == "by hand"
    assert wording.judgement(made, dated=False) == (
        "claimed by hand: killed 2 pilots (civilians) by Aigul: not read"
    )
    (row,) = [
        row
        for row in exports.table(known.documents, known.claims, known.incidents, known.standings)
        if row["claim"] == made.made.id
    ]
    assert row["corrected"] == "count evidence kind sources when where who"
    assert row["judged_by"] == "Aigul" and not row["look_again"]
    assert [step.entry.kind for step in history.of_claim(both, made.made.id)] == [
        "judgement",
        "reading",
    ]


def test_it_stays_when_a_newer_reader_reads(both):
    made = make(both)
    list(reread(both, Another()))
    assert both.reading("e").claims == (made.made,)
    assert both.reading("e").reader == "later"
    assert both.reading("a").claims == ()
    with both.transaction() as writer:
        writer.read(reading(LATER, reader="later still"))
        writer.rebuild()
    assert both.reading("e").claims == (made.made,)


def test_what_a_newer_reader_finds_too_is_a_persons_still(both):
    made = make(both)
    found = replace(made.made, who=Party(text="men", category="unspecified"), because={})
    with both.transaction() as writer:
        writer.read(reading(LATER, found, reader="later"))
    assert both.reading("e").claims == (made.made,)


def test_it_can_be_judged_corrected_and_taken_back(both):
    made = make(both)
    claim = made.made.id
    judge(both, "correct", claim, correction=correction(count="3", where="-"))
    shown = recall(both, Settings()).standings[claim].claim
    assert (shown.count.low, shown.where) == (3, None) and is_by_hand(shown)
    undone = judge(both, "undo", made.id)
    assert both.reading("e").claims == ()
    assert claim not in {c for one in recall(both, Settings()).incidents for c in one.claims}
    judge(both, "undo", undone.id)
    assert both.reading("e").claims == (made.made,)
    list(reread(both, Another()))
    assert both.reading("e").claims == (made.made,)


def test_words_that_stand_there_twice_need_to_be_told_apart(both):
    with pytest.raises(SettingsError, match=r"stand there 2 times.*1: .*2: ") as told:
        make(both, "Two pilots")
    assert "words" in told.value.fields
    assert make(both, "Two pilots", 2).made.evidence.start == TEXT.rindex("Two pilots")
    assert make(both, "harbour office").made.evidence.text == "harbour\noffice"
    for words, which, why in (
        ("three pilots", None, "does not stand in e"),
        (" ", None, "give the words"),
        ("Two pilots", 3, "stand there 2 times"),
    ):
        with pytest.raises(SettingsError, match=why):
            make(both, words, which)


def test_an_event_by_hand_is_of_its_type_and_counts_nobody(both):
    fields = correction(kind="event", event="PROTEST/strike")
    (made,) = decide(both, "claim", "a", (), fields, quoted=Quoted("a strike at the grain quay"))
    assert made.made.event.type == "PROTEST" and made.made.event.id == "e0"
    for told, why in (
        ({"kind": "event"}, "needs its type"),
        ({"kind": "event", "event": "PROTEST", "count": "5"}, "has no count"),
        ({"count": "5"}, "needs a kind"),
        ({"kind": "killed", "count": "5 homes"}, "counts no homes"),
    ):
        with pytest.raises(SettingsError, match=why):
            decide(both, "claim", "a", (), correction(**told), quoted=Quoted("police fired"))
    with pytest.raises(SettingsError, match="already: correct it"):
        decide(both, "claim", "a", (), fields, quoted=Quoted("a strike at the grain quay"))
    with pytest.raises(NotFoundError):
        decide(both, "claim", "gone", (), fields, quoted=Quoted("police"))


def test_every_field_of_a_claim_can_be_put_right_and_cleared(both):
    told = correction(
        kind="injured",
        event="PROTEST/strike",
        count="3+",
        doer="guards (security_forces)",
        scope="background",
        modality="alleged",
    )
    made = judge(both, "correct", "claim-a", correction=told)
    shown = recall(both, Settings()).standings["claim-a"].claim
    assert (shown.kind, shown.scope, shown.modality) == ("injured", "background", "alleged")
    assert (shown.event.type, shown.event.mode, shown.by.text) == ("PROTEST", "strike", "guards")
    assert wording.by_person(shown) == ("kind, event, count, doer, scope and modality by a person")
    assert "kind to injured, event to protest, strike, count to 3+, doer to guards" in (
        wording.judgement(made)
    )
    judge(both, "correct", "claim-a", correction=correction(doer="-", say_so="-", event="-"))
    shown = recall(both, Settings()).standings["claim-a"].claim
    assert (shown.by, shown.event, shown.sources, shown.basis) == (None, None, (), "outlet")
    with pytest.raises(SettingsError, match="needs its type"):
        judge(both, "correct", "claim-a", correction=correction(kind="event", count="-"))


def test_a_figure_is_part_of_another_of_its_text(both):
    with both.transaction() as writer:
        (claim,) = both.reading("a").claims
        writer.read(reading(STORY[0][0], claim, replace(claim, id="claim-whole"), reader="test 2"))
    judge(both, "correct", "claim-a", correction=correction(part_of="claim-w"))
    assert recall(both, Settings()).standings["claim-a"].claim.part_of == "claim-whole"
    for name, why in (("claim-b", "is no claim of a"), ("claim-", "is short for 2")):
        with pytest.raises(NotFoundError, match=why):
            judge(both, "correct", "claim-a", correction=Correction(part_of=name))
    with pytest.raises(SettingsError, match="no part of itself"):
        judge(both, "correct", "claim-a", correction=Correction(part_of="claim-a"))


def test_a_bundle_and_another_ledger_have_it_too(both, tmp_path: Path):
    made = make(both)
    undone = make(both, "Two pilots", 2)
    judge(both, "undo", undone.id)
    bundle.write(both, tmp_path / "out.sayso", texts=True)
    for number, source in enumerate((tmp_path / "out.sayso", both)):
        with Ledger.open(tmp_path / f"{number}.db", create=True) as other:
            bundle.read(source, other)
            assert other.reading("e").claims == (made.made,)
    with Ledger.open(tmp_path / "read.db", create=True) as other:
        with other.transaction() as writer:
            writer.add(LATER, reading(LATER, reader="elsewhere"))
        bundle.read(both, other)
        assert other.reading("e").claims == (made.made,)
        assert other.reading("e").reader == "elsewhere"
