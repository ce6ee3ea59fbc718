"""What people keep of an incident: status, owner, tags, notes, grade, and what is signed off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import bundle, conditions, proof, search
from sayso.ledger.store import Ledger
from sayso.pipeline import derive, recall
from sayso.pipeline.boards import scenes, under
from sayso.pipeline.deriving import Held
from sayso.pipeline.recalling import as_published
from sayso.pipeline.signing import recall_signed
from sayso.publish import acled, signed, ucdp
from sayso.publish.codebooks import codebook
from sayso.records import Correction, Incident, Judgement, as_signed
from sayso.review import decide, history, judge, split
from sayso.review.dossiers import freezing, signs
from sayso.settings import Settings
from telling import STORY, reading, tell


@pytest.fixture
def both(address: str) -> Iterator[Ledger]:
    """The story in a file, and in a database."""
    with Ledger.open(address, create=True) as opened:
        for document, read in STORY:
            with opened.transaction() as writer:
                writer.add(document, read)
        yield opened


def keep(ledger: Ledger, verdict: str, *values: str, name: str = "karsa", **said) -> Judgement:
    *_, made = decide(ledger, verdict, name, values, by=said.pop("by", "Aigul"), **said)
    return made


def add(ledger: Ledger, *told: tuple) -> None:
    with ledger.transaction() as writer:
        for document, read in told:
            writer.add(document, read)


def living(ledger: Ledger, name: str = "karsa", **moments: str) -> Incident:
    (found,) = recall(ledger, Settings(), name, **moments).incidents
    return found


def shown(ledger: Ledger, name: str = "karsa", **moments: str) -> Incident:
    (found,) = recall_signed(ledger, Settings(), name, **moments).incidents
    return found


def dead(found: Incident) -> list[tuple]:
    return [(toll.low, toll.best, toll.high) for toll in found.tolls if toll.kind == "killed"]


LATER = tell("later", 31, "ministry", "official", 20)


def test_what_people_keep_stands_with_the_incident_and_is_taken_back(both):
    assert living(both).dossier is None
    keep(both, "status", "in review")
    keep(both, "owner", "Marat")
    keep(both, "tag", "quay", "strike")
    noted = keep(both, "note", note="Ask the port")
    keep(both, "grade", "confirmed")
    told = living(both).dossier
    assert (told.status, told.owner, told.tags) == ("in review", "Marat", ("quay", "strike"))
    assert [(note.text, note.by, note.judgement) for note in told.notes] == [
        ("Ask the port", "Aigul", noted.id)
    ]
    assert told.grade == "confirmed" and told.signed is None
    keep(both, "untag", "quay")
    keep(both, "owner")
    judge(both, "undo", noted.id)
    keep(both, "grade")
    keep(both, "status", "new")
    told = living(both).dossier
    assert (told.status, told.owner, told.tags, told.notes, told.grade) == (
        None, None, ("strike",), (), None,
    )  # fmt: skip
    keep(both, "untag", "strike")
    assert living(both).dossier is None
    assert proof.verify(both).faults == ()


def test_they_are_found_by_status_owner_and_tag(both):
    derive(both)
    everything = [one.id for one in search.incidents(both).items]
    karsa = next(id for id in everything if id.startswith("karsa"))
    keep(both, "status", "second read")
    keep(both, "owner", "Marat")
    keep(both, "tag", "Quay")
    keep(both, "note", note="Ask the port")
    derive(both)

    def found(**asked: str) -> list[str]:
        return [one.id for one in search.incidents(both, conditions.Filters(**asked)).items]

    assert found(status="second read") == found(owner="marat") == found(tag="quay") == [karsa]
    assert found(status="none") == [id for id in everything if id != karsa]
    assert found(status="published") == found(tag="port") == []
    assert search.incidents(both).facets["tag"] == [("Quay", 1)]
    claims = search.claims(both, conditions.Filters(tag="quay")).items
    assert {one.incident for one in claims} == {karsa}
    assert search.claims(both, conditions.Filters(status="none")).total < search.claims(both).total
    assert [one.id for one in search.incidents(both, typed="ask the port").items] == [karsa]


def test_codebooks_count_what_was_signed_off_and_not_what_was_judged_since(both):
    def rows(name: str) -> list[tuple]:
        book = codebook(name)
        known = recall_signed(both, Settings())
        told = scenes(under(known, book), policy="latest", book=book)
        table = acled.table if name == "acled" else ucdp.table
        figure = "fatalities" if name == "acled" else "best"
        return [(row[figure], row.get("after_signing")) for each in told for row in table(each)]

    before = {name: rows(name) for name in ("acled", "ucdp")}
    keep(both, "sign")
    assert {name: rows(name) for name in ("acled", "ucdp")} == before
    claim = next(c for t in living(both).tolls for o in t.origins for c in o.claims)
    judge(both, "reject", claim, by="Aigul")
    add(both, LATER)
    assert dead(living(both)) != dead(shown(both))
    assert [row[0] for row in rows("acled")] == [row[0] for row in before["acled"]]
    assert rows("ucdp") == before["ucdp"]
    assert "1 figure came after sign-off" in [row[1] for row in rows("acled")]
    (told,) = recall_signed(both, Settings(), "karsa").incidents
    assert claim in told.claims and claim not in living(both).claims


def test_what_is_signed_off_stays_and_what_comes_later_only_proposes(both):
    before = living(both)
    made = keep(both, "sign")
    assert (made.verdict, made.value) == ("sign", "signed off")
    assert made.signed.title == before.title and made.signed.documents == before.documents
    assert made.signed.line == len(STORY) * 2
    add(both, LATER)
    now, then = living(both), shown(both)
    assert dead(now) != dead(then) == dead(before)
    assert (then.title, then.documents, then.final) == (
        before.title, before.documents, before.final,
    )  # fmt: skip
    proposed = then.dossier.proposed
    assert proposed.figures == 1 and proposed.joined == proposed.gone == ()
    assert [(toll.low, toll.best, toll.high) for toll in proposed.tolls] == dead(now)
    assert signed.since(then) == "1 figure came after sign-off"
    assert signed.changes(then)[0][0] == "killed, civilians"
    assert signed.proposed(then).startswith(
        "1 figure came after sign-off and would change killed, civilians "
    )
    derive(both)
    (row,) = search.incidents(both, conditions.Filters(status="signed off")).items
    assert dead(as_signed(row)) == dead(before)
    assert proof.verify(both).faults == ()


def test_signing_again_takes_the_new_and_undoing_it_gives_the_old_back(both):
    keep(both, "sign")
    old = dead(shown(both))
    add(both, LATER)
    again = keep(both, "sign", by="Marat")
    assert dead(shown(both)) == dead(living(both)) != old
    assert shown(both).dossier.proposed is None and shown(both).signed.by == "Marat"
    judge(both, "undo", again.id)
    assert dead(shown(both)) == old and shown(both).dossier.proposed.figures == 1


def test_a_status_that_freezes_signs_and_the_next_carries_on_what_was_signed(ledger):
    first = keep(ledger, "status", "signed off")
    assert first.verdict == "sign" and first.signed is not None
    held = shown(ledger).signed
    assert held.at == first.at and held.by == "Aigul"
    add(ledger, LATER)
    published = keep(ledger, "status", "published", by="Marat")
    assert published.signed == held
    assert shown(ledger).dossier.status == "published" and shown(ledger).signed == held
    again = keep(ledger, "sign")
    assert again.value == "published" and again.signed.documents[-1] == "later"
    thawed = keep(ledger, "status", "in review")
    assert thawed.signed is None and shown(ledger) == living(ledger)


def test_a_judgement_after_sign_off_proposes_too(ledger):
    keep(ledger, "sign")
    before = shown(ledger)
    judge(ledger, "reject", "claim-c")
    decide(ledger, "mend", "karsa", (), Correction(title="The quay", type="PROTEST"))
    assert dead(living(ledger)) != dead(before)
    then = shown(ledger)
    assert (dead(then), then.title, then.mended) == (dead(before), before.title, ())
    assert signed.since(then) == "it reads otherwise since sign-off"
    assert [name for name, _, _ in signed.changes(then)][:2] == ["title", "type"]


def test_it_follows_the_incident_when_its_id_changes(both):
    keep(both, "sign")
    keep(both, "tag", "quay")
    name = living(both).id
    put = shown(both)
    add(both, tell("earlier", 2, "a docker", "witness", 6))
    assert living(both, name).documents[0] == "earlier"
    assert living(both, name).dossier.tags == ("quay",)
    assert dead(shown(both, name)) == dead(put)
    document, read = STORY[0]
    with both.transaction() as writer:
        writer.read(reading(document, replace(read.claims[0], id="claim-new"), reader="test 2"))
        writer.rebuild()
    derive(both)
    assert living(both, name).dossier.tags == ("quay",) and dead(shown(both)) == dead(put)


def test_what_is_merged_or_split_after_sign_off_says_so(ledger):
    keep(ledger, "sign")
    (merged,) = decide(ledger, "merge", "karsa", ["belov"])
    found = shown(ledger)
    joined = found.dossier.proposed.joined
    assert joined == tuple(id for id in living(ledger).documents if id not in found.documents)
    assert joined and f"{signed.MERGED}: 1 document." in " ".join(signed.told(found))
    judge(ledger, "undo", merged.id)
    name = living(ledger).id
    split(ledger, name, ["c"])
    found = shown(ledger, name)
    assert found.dossier.proposed.gone == ("c",)
    assert f"{signed.SPLIT}: 1 document." in signed.told(found)


def test_the_past_is_as_it_was_on_record_and_a_moment_is_as_published(ledger):
    then = ledger.head().at
    keep(ledger, "sign")
    assert shown(ledger, on_record=then).dossier is None
    add(ledger, LATER)
    assert dead(shown(ledger, as_of="2031-03-04T21:00")) == dead(living(ledger))


def test_a_moment_proposes_nothing(both):
    keep(both, "sign")
    id, moment = living(both).id, living(both).curve[0].at
    assert len(living(both).documents) > len(living(both, as_of=moment).documents)
    for then in (living(both, as_of=moment), *as_published(both, id, moment).incidents):
        assert then.signed and then.dossier.proposed is None
        assert "after sign-off" not in " ".join(signed.told(then))


def test_another_ledger_and_a_bundle_have_it_too(both, tmp_path):
    keep(both, "sign")
    keep(both, "tag", "quay")
    add(both, LATER)
    bundle.write(both, tmp_path / "out.sayso", texts=True)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        bundle.read(tmp_path / "out.sayso", other)
        assert shown(other) == shown(both)


def test_only_what_changed_is_made_again_and_as_if_all_were(ledger, monkeypatch):
    from sayso.reconcile import coverage

    derive(ledger)
    keep(ledger, "tag", "quay")
    keep(ledger, "sign")
    with monkeypatch.context() as patched:
        patched.setattr(coverage, "Coverage", None)  # which makes all of them
        assert derive(ledger)
    kept = list(ledger.incidents())
    found = search.incidents(ledger, conditions.Filters(tag="quay")).total
    derive(ledger, anew=True)
    assert list(ledger.incidents()) == kept
    assert search.incidents(ledger, conditions.Filters(tag="quay")).total == found == 1


def test_what_is_held_goes_by_it(ledger):
    held = Held()
    derive(ledger, held=held)
    keep(ledger, "owner", "Marat")
    decide(ledger, "different", "b", ["d"])
    derive(ledger, held=held)
    assert living(ledger).dossier.owner == "Marat"


def test_its_history_tells_of_it_and_no_figure_changed(ledger):
    before = history.of_incident(ledger, "karsa")
    keep(ledger, "status", "in review")
    keep(ledger, "sign")
    *figures, first, last = history.of_incident(ledger, "karsa")
    assert figures == before
    assert {first.before, first.after, last.before, last.after} == {None}


def test_what_cannot_be_is_told_and_nothing_is_entered(ledger):
    keep(ledger, "tag", "quay")
    before = ledger.head()
    for verdict, values, said in (
        ("status", ("done",), "'done' is no status; there are new, in review, "),
        ("status", (), "status takes one value"),
        ("status", ("new",), "is new already"),
        ("grade", ("good",), "'good' is no grade; there are single, "),
        ("tag", (), "tag takes what to tag"),
        ("tag", ("quay",), "nothing of karsa-2031-03-04 would change"),
        ("tag", ("x" * 101,), "has 1 to 100 characters"),
        ("untag", ("port",), "would change"),
        ("owner", ("a", "b"), "owner takes one value"),
        ("sign", ("published",), "sign takes no value"),
        ("note", (), "a note must say something"),
    ):
        with pytest.raises(SettingsError, match=said):
            keep(ledger, verdict, *values)
    with pytest.raises(NotFoundError, match="no incident is called 'nowhere'"):
        keep(ledger, "tag", "port", name="nowhere")
    assert ledger.head() == before


def test_a_project_has_statuses_of_its_own(ledger):
    own = Settings(statuses=("open", "coded", "checked", "closed"))
    assert freezing(own.statuses) == ("checked", "closed")
    with pytest.raises(SettingsError, match="there are open, coded, checked, closed"):
        keep(ledger, "status", "published", settings=own)
    assert not signs(ledger, "status", "karsa", ["coded"], own.statuses)
    assert signs(ledger, "status", "karsa", ["closed"], own.statuses)
    assert keep(ledger, "status", "closed", settings=own).signed is not None
    assert signs(ledger, "status", "karsa", ["coded"], own.statuses)
    assert own.status("OPEN") == own.status("none") == "none"
    assert own.status("coded") == "coded" and own.status("") is own.status(None) is None


def test_another_policy_is_signed_as_it_is_shown(ledger):
    lowest = Settings(best="lowest")
    made = keep(ledger, "sign", settings=lowest)
    (read,) = recall(ledger, lowest, "karsa").incidents
    assert [toll.best for toll in made.signed.tolls] == [toll.best for toll in read.tolls]
