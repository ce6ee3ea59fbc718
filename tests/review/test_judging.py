from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.boards import boards
from sayso.pipeline.deriving import Held
from sayso.pipeline.recalling import standings
from sayso.records import Correction, Count, Incident, Place, Redaction, Source
from sayso.review import decide, history, judge, split
from sayso.settings import Settings
from telling import STORY, reading, tell


def incident(ledger: Ledger, name: str = "karsa", **moments: str) -> Incident:
    (found,) = recall(ledger, Settings(), name, **moments).incidents
    return found


def killed(ledger: Ledger, name: str = "karsa", **moments: str) -> tuple:
    (toll,) = [t for t in incident(ledger, name, **moments).tolls if t.kind == "killed"]
    return toll.low, toll.best, toll.high


def origins(ledger: Ledger) -> set[str]:
    (toll,) = [t for t in incident(ledger).tolls if t.kind == "killed"]
    return {origin.name for origin in toll.origins}


def ids(ledger: Ledger) -> list[str]:
    return [found.id for found in recall(ledger, Settings()).incidents]


def documents(ledger: Ledger) -> list[tuple[str, ...]]:
    return sorted(found.documents for found in recall(ledger, Settings()).incidents)


def anew(ledger: Ledger) -> list:
    """The incidents that are kept, after making all of them again."""
    derive(ledger, anew=True)
    return list(ledger.incidents())


def test_two_attacks_are_two_incidents_to_begin_with(ledger):
    assert documents(ledger) == [("a", "b", "c"), ("d",)]
    assert killed(ledger) == (5, 5, 7)


def test_a_rejected_claim_counts_no_more_and_stays_on_record(ledger):
    judge(ledger, "reject", "claim-c", by="Aigul", note="counted twice")
    assert killed(ledger) == (3, 5, 5)
    known = recall(ledger, Settings(), "karsa")
    assert known.standings["claim-c"].verdict == "reject"
    assert [claim.id for claim in known.claims["c"]] == ["claim-c"]


@pytest.mark.parametrize("verdict", ["accept", "unsure"])
def test_what_is_accepted_or_left_unsure_counts_as_before(ledger, verdict):
    judge(ledger, verdict, "claim-c")
    assert killed(ledger) == (5, 5, 7)
    assert recall(ledger, Settings(), "karsa").standings["claim-c"].verdict == verdict


def test_a_corrected_claim_counts_as_corrected(ledger):
    correction = Correction(count=Count(low=9, high=9, text="9"))
    judge(ledger, "correct", "claim-c", correction=correction)
    assert killed(ledger) == (5, 5, 9)
    (claim,) = recall(ledger, Settings(), "karsa").claims["c"]
    assert claim.because["count"] == "judged"
    assert ledger.claim("claim-c")[0].count.low == 7, "what was read stays as it was read"


def test_corrections_of_several_fields_add_up_and_the_later_holds(ledger):
    for correction in (
        Correction(count=Count(low=8, high=8, text="8")),
        Correction(sources=(Source(text="governor", kind="official", role="origin"),)),
        Correction(count=Count(low=9, high=9, text="9")),
    ):
        judge(ledger, "correct", "claim-c", correction=correction)
    standing = recall(ledger, Settings(), "karsa").standings["claim-c"]
    assert standing.claim.count.low == 9
    assert standing.claim.sources[0].text == "governor"
    assert len(standing.judgements) == 3


def test_what_is_taken_back_holds_no_more_and_can_be_taken_up_again(ledger):
    rejected = judge(ledger, "reject", "claim-c")
    undone = judge(ledger, "undo", rejected.id[:8])
    assert killed(ledger) == (5, 5, 7)
    judge(ledger, "undo", undone.id)
    assert killed(ledger) == (3, 5, 5)
    assert [j.verdict for j in ledger.judgements()] == ["reject", "undo", "undo"]


def test_the_last_of_several_verdicts_holds(ledger):
    for verdict in ("reject", "unsure", "accept"):
        judge(ledger, verdict, "claim-c")
    assert recall(ledger, Settings(), "karsa").standings["claim-c"].verdict == "accept"


def test_two_incidents_are_made_one_and_two_again(ledger):
    karsa, belov = ids(ledger)
    made = judge(ledger, "same", karsa, belov)
    assert documents(ledger) == [("a", "d", "b", "c")]
    assert {made.a, made.b} == {"a", "d"}, "tied to documents, since ids of incidents change"
    judge(ledger, "undo", made.id)
    assert documents(ledger) == [("a", "b", "c"), ("d",)]


def test_a_document_is_told_apart(ledger):
    judge(ledger, "different", "claim-c", "a")
    assert documents(ledger) == [("a", "b"), ("c",), ("d",)]


def test_an_incident_is_split(ledger):
    made = split(ledger, "karsa", ["b", "claim-c"], by="Aigul")
    assert [judgement.verdict for judgement in made] == ["different", "same"]
    assert documents(ledger) == [("a",), ("b", "c"), ("d",)]


def test_nothing_must_be_left_of_a_split(ledger):
    with pytest.raises(SettingsError, match="nothing would be left of karsa"):
        split(ledger, "karsa", ["a", "b", "c"])
    assert ledger.judgements() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "claim-z"), "no claim 'claim-z'"),
        (("undo", "zz"), "no judgement 'zz'"),
        (("undo", ""), "no judgement ''"),
        (("same", "a", "nowhere"), "no document, no claim and no incident 'nowhere'"),
        (("same", "claim-"), "is said of two"),
        (("same", "a", "a"), "these are one"),
        (("correct", "claim-a"), "must say what it corrects"),
    ],
)
def test_what_cannot_be_judged_is_told_of_and_nothing_is_entered(ledger, arguments, said):
    before = ledger.head()
    with pytest.raises((NotFoundError, SettingsError), match=said):
        judge(ledger, *arguments)
    assert ledger.head() == before


def test_a_claim_that_reads_otherwise_now_needs_another_look_and_keeps_its_judgement(ledger):
    judge(ledger, "accept", "claim-c", by="Aigul")
    document, read = STORY[2]
    later = replace(read.claims[0], count=Count(low=6, high=6, text="6"))
    with ledger.transaction() as writer:
        writer.read(reading(document, later, reader="test 2"))
    standing = recall(ledger, Settings(), "karsa").standings["claim-c"]
    assert standing.verdict == "accept" and standing.look_again
    (found,) = history.unsettled(ledger)
    assert (found.was, found.now) == (read.claims[0], later)
    judge(ledger, "accept", "claim-c")
    assert not recall(ledger, Settings(), "karsa").standings["claim-c"].look_again
    assert history.unsettled(ledger) == []


def test_other_rules_that_find_the_same_need_no_other_look(ledger):
    judge(ledger, "accept", "claim-c")
    document, read = STORY[2]
    later = replace(read.claims[0], because={"count": "another rule"})
    with ledger.transaction() as writer:
        writer.read(reading(document, later))
    assert not recall(ledger, Settings(), "karsa").standings["claim-c"].look_again


def test_a_judgement_about_a_claim_that_is_no_more_is_not_lost(ledger):
    judge(ledger, "accept", "claim-c", by="Aigul")
    document, read = STORY[2]
    with ledger.transaction() as writer:
        writer.read(reading(document, replace(read.claims[0], id="claim-new")))
    (found,) = history.unsettled(ledger)
    assert (found.judgement.a, found.now) == ("claim-c", None)
    assert found.was == read.claims[0]
    assert found.instead.id == "claim-new"


def test_judging_claims_gives_what_making_all_anew_gives(ledger):
    derive(ledger)
    rejected = judge(ledger, "reject", "claim-c")
    for step in (
        lambda: judge(ledger, "accept", "claim-a"),
        lambda: judge(ledger, "undo", rejected.id),
        lambda: judge(
            ledger, "correct", "claim-b", correction=Correction(count=Count(low=1, high=2, text=""))
        ),
        lambda: judge(ledger, "reject", "claim-d"),  # of Belov nothing is left
    ):
        step()
        derive(ledger)
        kept = list(ledger.incidents())
        assert kept == anew(ledger)
    assert ids(ledger) == ["karsa-2031-03-04"]


def test_only_what_changed_is_made_again(ledger, monkeypatch):
    from sayso.reconcile import coverage

    derive(ledger)
    judge(ledger, "reject", "claim-c")
    monkeypatch.setattr(coverage, "Coverage", None)  # which makes all of them
    assert derive(ledger)
    assert killed(ledger) == (3, 5, 5)
    assert not derive(ledger), "nothing came since"


def test_what_is_redacted_is_in_no_incident(ledger):
    with ledger.transaction() as writer:
        writer.redact(Redaction(document="c"))
    assert documents(ledger) == [("a", "b"), ("d",)]
    assert killed(ledger) == (3, 5, 5)


def test_the_past_is_as_it_was_on_record(ledger):
    then = ledger.head().at
    judge(ledger, "reject", "claim-c")
    assert killed(ledger) == (3, 5, 5)
    assert killed(ledger, on_record=then) == (5, 5, 7)
    assert killed(ledger, as_of="2031-03-04T09:00") == (3, 3, 3)
    assert killed(ledger, as_of="2031-03-04T21:00") == (3, 5, 5), "a misreading is none at any time"
    with pytest.raises(SettingsError, match="'soon' is not a date"):
        recall(ledger, Settings(), on_record="soon")
    assert recall(ledger, Settings(), on_record="2001-01-01").incidents == ()


def test_another_policy_is_worked_out_from_what_is_kept(ledger):
    (found,) = recall(ledger, Settings(best="lowest"), "karsa").incidents
    assert found.tolls[0].best == 5
    assert found.id == "karsa-2031-03-04"
    every = recall(ledger, Settings(best="highest")).incidents
    assert [i.tolls[0].best for i in every] == [7, 30]


def test_every_change_of_a_figure_has_what_made_it(ledger):
    rejected = judge(ledger, "reject", "claim-c", by="Aigul")
    judge(ledger, "undo", rejected.id)
    told = [
        (
            change.entry.kind,
            change.entry.subject,
            change.before and (change.before.low, change.before.best, change.before.high),
            change.after and (change.after.low, change.after.best, change.after.high),
        )
        for change in history.of_incident(ledger, "karsa")
    ]
    assert told == [
        ("reading", "a", None, (3, 3, 3)),
        ("reading", "b", (3, 3, 3), (3, 5, 5)),
        ("reading", "c", (3, 5, 5), (5, 5, 7)),
        ("judgement", "claim-c", (5, 5, 7), (3, 5, 5)),
        ("judgement", rejected.id, (3, 5, 5), (5, 5, 7)),
    ]


def test_a_claim_has_its_history(ledger):
    document, read = STORY[2]
    (claim,) = read.claims
    later = replace(claim, count=Count(low=6, high=6, text="6"))
    for claims in ((later,), (), (claim,)):
        with ledger.transaction() as writer:
            writer.read(reading(document, *claims))
    made = judge(ledger, "accept", "claim-c")
    judge(ledger, "undo", made.id)
    steps = history.of_claim(ledger, "claim-c")
    assert [(s.entry.kind, s.before, s.after) for s in steps] == [
        ("reading", None, claim),
        ("reading", claim, later),
        ("reading", later, None),
        ("reading", None, claim),
        ("judgement", claim, claim),
        ("judgement", claim, claim),
    ]


def test_a_ledger_that_may_only_be_read_tells_the_same(ledger, request):
    before = documents(ledger)
    judge(ledger, "different", "claim-c", "a")
    as_it_was = Path(ledger.name).read_bytes()
    told, figures = documents(ledger), killed(ledger, "karsa-2031-03-04")
    folder = request.getfixturevalue("as_nobody")
    path = folder / "story.db"
    path.write_bytes(as_it_was)
    folder.chmod(0o555)
    with Ledger.open(path) as other:
        assert documents(other) == told != before
        assert killed(other, "karsa-2031-03-04") == figures


def test_two_sources_that_people_say_are_one_are_one_origin(ledger):
    assert origins(ledger) == {"interior ministry", "dockers' union"}
    (made,) = decide(ledger, "same_source", "interior ministry", ["The dockers' union"], by="Aigul")
    assert len(origins(ledger)) == 1
    assert killed(ledger) == (7, 7, 7), "the last word of the one source"
    told = {i.id: i.tolls for i in recall(ledger, Settings()).incidents}
    assert told == {i.id: i.tolls for i, _ in anew(ledger)}
    (board,) = boards(recall(ledger, Settings(), "karsa"))
    assert len({voice.key for voice in board.speakers.values()}) == 1
    assert history.of_incident(ledger, "karsa")[-1].entry.subject == "interior ministry"
    judge(ledger, "undo", made.id)
    assert origins(ledger) == {"interior ministry", "dockers' union"}


def test_a_source_that_is_not_there_is_not_judged(ledger):
    with pytest.raises(NotFoundError, match="'ministry'; there is: interior ministry"):
        decide(ledger, "same_source", "ministry", ["dockers' union"])
    with pytest.raises(SettingsError, match="are one name"):
        decide(ledger, "same_source", "interior ministry", ["The Interior Ministry"])


def test_what_is_held_goes_by_what_people_say_of_sources(ledger):
    held = Held()
    derive(ledger, held=held)
    decide(ledger, "same_source", "interior ministry", ["dockers' union"])
    decide(ledger, "different", "b", ["d"])
    derive(ledger, held=held)
    assert [i for i, _ in ledger.incidents()] == [i for i, _ in anew(ledger)]
    assert len(origins(ledger)) == 1


def test_a_name_that_an_incident_had_leads_to_it_still(ledger):
    derive(ledger)
    (old,) = {id for id in ids(ledger) if id.startswith("belov")}
    (made,) = decide(ledger, "merge", "karsa", [old])
    (now,) = ids(ledger)
    assert now != old and incident(ledger, old).id == now
    assert incident(ledger, old, as_of="2031-03-04").id == now
    with ledger.transaction() as writer:
        writer.rebuild()
    assert incident(ledger, old).id == now, "what it was called is not in the log"
    judge(ledger, "undo", made.id)
    assert incident(ledger, old).id == old
    with pytest.raises(NotFoundError, match="no incident is called 'tovar'"):
        incident(ledger, "tovar")


def test_an_incident_that_its_first_document_left_is_found_by_the_claim_it_began_with(ledger):
    before = set(ids(ledger))
    correction = Correction(where=Place(text="Tovar", name="Tovar", precision="city"))
    for claim in ("claim-a", "claim-b", "claim-c"):
        judge(ledger, "correct", claim, correction=correction)
    (gone,) = before - set(ids(ledger))
    assert "claim-a" in incident(ledger, gone).claims


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Ledger]:
    """A story whose second outlet prints the text of the first."""
    document, read = tell("a", 9, "police", "security_forces", 8)
    text = f"{document.text} {' '.join(f'Stall {n} was burnt.' for n in range(60))}"
    with Ledger.open(tmp_path / "copied.db", create=True) as opened:
        for name, hour in (("a", 8), ("b", 9)):
            made = replace(
                document, id=name, text=text, outlet=name, published=f"2031-03-04T{hour:02}:00:00Z"
            )
            claim = replace(read.claims[0], id=f"claim-{name}")
            with opened.transaction() as writer:
                writer.add(made, reading(made, claim))
        yield opened


def test_what_is_decided_about_a_text_holds_for_its_copies(copied):
    correction = Correction(count=Count(low=8, high=8, text="8"))
    judge(copied, "correct", "claim-a", correction=correction)
    assert killed(copied) == (8, 8, 8)
    kept = list(copied.incidents())
    assert kept == anew(copied)
    known = recall(copied, Settings(), "karsa")
    assert {claim.count.low for each in known.claims.values() for claim in each} == {8}
    known = recall(copied, Settings())
    assert known.standings["claim-b"].corrected and not known.standings["claim-b"].look_again
    (told,) = copied.claims_of(["claim-b"]).values()
    assert standings(copied, [told[0]])["claim-b"].claim.count.low == 8
    judge(copied, "reject", "claim-a")
    assert not recall(copied, Settings()).incidents


def test_a_copy_that_was_itself_judged_goes_by_that(copied):
    judge(copied, "reject", "claim-a")
    judge(copied, "accept", "claim-b")
    assert killed(copied) == (9, 9, 9)


def test_what_another_text_says_in_the_same_words_is_not_judged_with_it(ledger):
    judge(ledger, "reject", "claim-a")
    assert set(recall(ledger, Settings()).standings) == {"claim-a"}
