"""What people put in place of an incident's title, type, place and day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import bundle, conditions, proof, search
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.deriving import Held
from sayso.pipeline.recalling import mendings
from sayso.publish import wording
from sayso.records import Correction, Incident, Judgement, Place, When
from sayso.review import decide, history, judge, queue, split
from sayso.review.corrections import HELP_OF_INCIDENTS, correction, types
from sayso.settings import Settings
from telling import STORY, reading, tell

QUAY = Place(text="Velm", name="Velm", country="TR", lat=41.0, lon=29.0, precision="city")
MENDED = Correction(
    title="The strike at the grain quay",
    type="PROTEST",
    where=QUAY,
    when=When(text="2031-03-03", start="2031-03-03", end="2031-03-03"),
)


@pytest.fixture
def both(address: str) -> Iterator[Ledger]:
    """The story in a file, and in a database."""
    with Ledger.open(address, create=True) as opened:
        for document, read in STORY:
            with opened.transaction() as writer:
                writer.add(document, read)
        yield opened


def mend(ledger: Ledger, name: str, told: Correction = MENDED, by: str = "Aigul") -> Judgement:
    (made,) = decide(ledger, "mend", name, (), told, by, "by the port's log")
    return made


def incident(ledger: Ledger, name: str = "karsa", **moments: str) -> Incident:
    (found,) = recall(ledger, Settings(), name, **moments).incidents
    return found


def fields(found: Incident) -> tuple:
    return found.title, found.type, found.where, found.when


READ = ("3 killed in Karsa", "ASSAULT", "Karsa", "2031-03-04")
PUT = ("The strike at the grain quay", "PROTEST", "Velm", "2031-03-03")


def told(found: Incident) -> tuple:
    title, type, where, when = fields(found)
    return title, type, where and where.name, when and when.start


def test_what_a_person_puts_in_stands_everywhere_under_the_same_id(both):
    before = incident(both)
    assert told(before) == READ and before.mended == ()
    made = mend(both, before.id)
    assert (made.verdict, made.a, made.by) == ("mend_incident", "a", "Aigul")
    after = incident(both, before.id)
    assert told(after) == PUT and after.where == QUAY
    assert after.mended == ("title", "type", "where", "when")
    assert after == replace(
        before, mended=after.mended, **dict(zip(after.mended, fields(after), strict=True))
    ), "its figures stay, and its id"
    there = search.incidents(
        both, conditions.Filters(place="velm", type="PROTEST", first="2031-03-03")
    )
    assert [found.id for found in there.items] == [before.id]
    assert proof.verify(both).faults == ()


def test_only_what_is_given_is_put_in_and_of_several_the_last_holds(both):
    mend(both, "karsa", Correction(title="One"))
    mend(both, "karsa", Correction(type="PROTEST"))
    last = mend(both, "karsa", Correction(title="Two"))
    found = incident(both)
    assert told(found) == ("Two", "PROTEST", *READ[2:]) and found.mended == ("title", "type")
    judge(both, "undo", last.id)
    assert incident(both).title == "One"


def test_it_is_taken_back_and_taken_up_again(both):
    read = incident(both)
    made = mend(both, "karsa")
    undone = judge(both, "undo", made.id[:8], by="Marat")
    assert incident(both) == read and mendings(both, "karsa") == []
    judge(both, "undo", undone.id)
    assert told(incident(both)) == PUT and mendings(both, "karsa") == [made]


def test_it_outlives_a_rebuild_and_another_reading(both):
    mend(both, "karsa")
    put = incident(both)
    with both.transaction() as writer:
        writer.rebuild()
    derive(both)
    assert incident(both) == put
    document, read = STORY[0]
    with both.transaction() as writer:
        writer.read(reading(document, replace(read.claims[0], id="claim-new"), reader="test 2"))
    assert told(incident(both)) == PUT
    earlier = tell("earlier", 2, "a docker", "witness", 6)
    with both.transaction() as writer:
        writer.add(*earlier)
    found = incident(both)
    assert found.documents[0] == "earlier" and told(found) == PUT


def test_another_ledger_and_a_bundle_have_it_too(both, tmp_path):
    mend(both, "karsa")
    bundle.write(both, tmp_path / "out.sayso", texts=True)
    for number, source in enumerate((tmp_path / "out.sayso", both)):
        with Ledger.open(tmp_path / f"{number}.db", create=True) as other:
            bundle.read(source, other)
            assert incident(other) == incident(both)


def test_of_two_that_are_merged_the_later_holds_and_each_has_its_own_again(ledger):
    mend(ledger, "belov", Correction(title="The shaft", type="DISASTER"))
    mend(ledger, "karsa", Correction(title="The quay"))
    (made,) = decide(ledger, "merge", "karsa", ["belov"])
    (found,) = recall(ledger, Settings()).incidents
    assert (found.title, found.type) == ("The quay", "DISASTER")
    judge(ledger, "undo", made.id)
    assert incident(ledger).title == "The quay" and incident(ledger).type == "ASSAULT"
    assert incident(ledger, "belov").title == "The shaft"


def test_of_two_that_are_split_the_one_that_keeps_the_id_keeps_it(ledger):
    name = incident(ledger).id
    mend(ledger, name)
    split(ledger, name, ["c"])
    found = {one.documents: one for one in recall(ledger, Settings()).incidents}
    kept, other = found["a", "b"], found["c",]
    assert kept.id == name and told(kept) == PUT
    assert other.mended == ()


def test_so_it_is_when_the_first_document_has_another_place_and_is_split_off(ledger):
    with ledger.transaction() as writer:
        writer.add(*tell("x", 3, "a docker", "witness", 6, "Tovar"))
    name = incident(ledger).id
    decide(ledger, "same", "x", ["a"])
    assert incident(ledger, name).documents == ("x", "a", "b", "c")
    assert mend(ledger, name).a == "a"
    split(ledger, name, ["x"])
    found = {one.documents: one for one in recall(ledger, Settings()).incidents}
    assert (found["a", "b", "c"].id, told(found["a", "b", "c"])) == (name, PUT)
    assert found["x",].mended == ()


def test_it_is_found_by_a_name_that_the_incident_had(ledger):
    derive(ledger)
    old = incident(ledger, "belov").id
    decide(ledger, "merge", "karsa", [old])
    mend(ledger, old, Correction(title="Both"))
    assert incident(ledger, old).title == "Both"


def test_what_a_text_tells_beside_its_own_has_a_title_of_its_own(tmp_path):
    document, read = tell("a", 3, "ministry", "official", 8)
    _, beside = tell("a", 30, "company", "company", 8, "Belov")
    words = "Elsewhere 30 dockers were killed"
    text = f"{document.text}\n\n{words} in Belov."
    start = text.index(words)
    other = replace(
        beside.claims[0],
        id="claim-beside",
        episode="p1",
        evidence=replace(
            beside.claims[0].evidence, start=start, end=start + len(words), text=words
        ),
    )
    page = replace(document, text=text)
    with Ledger.open(tmp_path / "two.db", create=True) as ledger:
        with ledger.transaction() as writer:
            writer.add(page, reading(page, read.claims[0], other))
        made = mend(ledger, "belov", Correction(title="The shaft"))
        assert made.a == "claim-beside"
        titles = {one.id: one.title for one in recall(ledger, Settings()).incidents}
        assert titles == {"karsa-2031-03-04": READ[0], "belov-2031-03-04": "The shaft"}
        mend(ledger, "karsa", Correction(title="The quay"))
        assert incident(ledger, "belov").title == "The shaft"
        assert incident(ledger).title == "The quay"


def test_only_what_changed_is_made_again_and_as_if_all_were(ledger, monkeypatch):
    from sayso.reconcile import coverage

    derive(ledger)
    mend(ledger, "karsa")
    with monkeypatch.context() as patched:
        patched.setattr(coverage, "Coverage", None)  # which makes all of them
        assert derive(ledger)
    kept = list(ledger.incidents())
    derive(ledger, anew=True)
    assert list(ledger.incidents()) == kept


def test_what_is_held_goes_by_it(ledger):
    held = Held()
    derive(ledger, held=held)
    made = mend(ledger, "karsa")
    decide(ledger, "different", "b", ["d"])
    derive(ledger, held=held)
    assert told(incident(ledger)) == PUT
    judge(ledger, "undo", made.id)
    decide(ledger, "same", "b", ["c"])
    derive(ledger, held=held)
    assert told(incident(ledger)) == READ


def test_the_past_is_as_it_was_on_record(ledger):
    then = ledger.head().at
    mend(ledger, "karsa")
    assert told(incident(ledger, on_record=then)) == READ
    assert told(incident(ledger, as_of="2031-03-04T09:00")) == PUT


def test_its_history_tells_of_it_and_no_figure_changed(ledger):
    before = history.of_incident(ledger, "karsa")
    made = mend(ledger, "karsa")
    judge(ledger, "undo", made.id)
    *figures, mended, undone = history.of_incident(ledger, "karsa")
    assert figures == before
    assert {mended.before, mended.after, undone.before, undone.after} == {None}
    assert mended.entry.subject == "a" and undone.entry.subject == made.id


def test_what_cannot_be_mended_is_told_of_and_nothing_is_entered(ledger):
    derive(ledger)
    before = ledger.head()
    for name, correction_, said in (
        ("nowhere", MENDED, "no incident is called 'nowhere'"),
        ("karsa", Correction(), "must say what is otherwise: a title, type, place, day or note"),
        ("karsa", Correction(title=READ[0], type=READ[1]), "must say what is otherwise"),
        ("karsa", Correction(outlet="Lantern"), "outlet cannot be mended of this incident"),
    ):
        with pytest.raises((NotFoundError, SettingsError), match=said):
            mend(ledger, name, correction_)
    assert ledger.head() == before


def test_what_a_person_types_becomes_the_fields(settings):
    made = correction(
        settings.gazetteer,
        title=" The  quay ",
        type="protest",
        where="Velm @ 41,29",
        when="2031-03-03/2031-03-04",
    )
    assert (made.title, made.type) == ("The quay", "PROTEST")
    assert (made.where.name, made.where.lat) == ("Velm", 41.0)
    assert (made.when.start, made.when.end) == ("2031-03-03", "2031-03-04")
    assert set(HELP_OF_INCIDENTS) == {"title", "type", "where", "when", "remark"}


def test_a_type_that_is_none_is_told_with_those_that_are():
    with pytest.raises(SettingsError) as told:
        correction(type="BRAWL")
    assert str(told.value) == f"'BRAWL' is no type of event; there are {', '.join(types())}"
    assert {"ASSAULT", "PROTEST", "DISASTER", "CRIME"} <= set(types())


def test_a_remark_stands_with_the_incident_wherever_it_is_told(both):
    mend(both, "karsa", Correction(remark="Ask the harbour office"))
    found = incident(both)
    assert (found.remark, found.mended) == ("Ask the harbour office", ("remark",))
    assert wording.mended(found) == "remark by a person: “Ask the harbour office”"


def test_one_that_is_not_ours_is_left_out_and_can_be_taken_back_in(both):
    derive(both)
    others = [one.id for one in recall(both, Settings()).incidents if "karsa" not in one.id]
    (made,) = decide(both, "not_ours", "karsa", by="Aigul", note="a strike, no conflict")
    assert "set aside as not ours by Aigul" in wording.judgement(made)
    known = recall(both, Settings())
    assert [one.id for one in known.incidents] == others
    assert [document.id for document in known.documents] == ["d"] == list(known.claims)
    assert incident(both).ours is False, "asked for by name it is there"
    listed = search.incidents(both)
    assert [one.id for one in listed.items] == others and listed.total == 1
    (aside,) = search.incidents(both, conditions.Filters(ours="no")).items
    assert aside.id == "karsa-2031-03-04" and wording.mended(aside).startswith("not ours")
    assert {f.document.id for f in search.claims(both).items} == {"d"}
    assert {f.document.id for f in search.claims(both, conditions.Filters(ours="no")).items} == set(
        "abc"
    )
    assert {one.incident for one in queue.candidates(both)} == set(others)
    as_of = recall(both, Settings(), as_of="2031-03-05")
    assert [one.id for one in as_of.incidents] == others
    decide(both, "undo", made.id)
    assert len(recall(both, Settings()).incidents) == len(search.incidents(both).items) == 2
    decide(both, "not_ours", "karsa")
    decide(both, "ours", "karsa")
    derive(both)
    assert len(search.incidents(both).items) == 2
    with pytest.raises(SettingsError, match="must say what is otherwise"):
        decide(both, "ours", "karsa")
