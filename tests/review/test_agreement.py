"""How far two people agree, by what the log says."""

from __future__ import annotations

import pytest

from sayso.errors import SettingsError
from sayso.records import Correction, Count, Judgement
from sayso.review import decide
from sayso.review.agreement import agreements, kappa


def judged(
    by: str | None, claim: str, verdict: str, n: int = 0, low: int | None = None
) -> Judgement:
    correction = None if low is None else Correction(count=Count(low=low, high=low, text=str(low)))
    return Judgement(
        id=f"{by}-{claim}-{n}",
        verdict=verdict,
        a=claim,
        by=by,
        correction=correction,
        at=f"2031-03-05T00:00:{n:02}Z",
    )


def test_kappa_is_as_cohen_has_it() -> None:
    # The example of Cohen (1960), table 1, as counts of 200.
    pairs = [("a", "a")] * 88 + [("a", "b")] * 14 + [("a", "c")] * 18 + [("b", "a")] * 10
    pairs += [("b", "b")] * 40 + [("b", "c")] * 10 + [("c", "a")] * 2 + [("c", "b")] * 6
    pairs += [("c", "c")] * 12
    observed, chance = 140 / 200, (120 * 100 + 60 * 60 + 20 * 40) / 200**2
    assert kappa(pairs) == pytest.approx((observed - chance) / (1 - chance))
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0
    assert kappa([("a", "a")] * 3) is None and kappa([]) is None
    assert kappa([("a", "b")] * 3) == 0


def test_two_people_and_where_they_differ() -> None:
    made = [
        judged("Aigul", "a", "accept"),
        judged("Aigul", "b", "accept"),
        judged("Aigul", "c", "correct", low=4),
        judged("Aigul", "d", "correct", low=5),
        judged("Aigul", "only hers", "reject"),
        judged("Cem", "a", "accept"),
        judged("Cem", "b", "reject"),
        judged("Cem", "c", "correct", low=6),
        judged("Cem", "d", "correct", low=5),
        judged(None, "a", "reject"),
        judged("Bo", "nothing of theirs", "accept"),
    ]
    found, count = agreements(made)
    assert (found.first, found.second, found.kind) == ("Aigul", "Cem", "verdict")
    assert (found.both, found.alike) == (4, 3)
    assert found.kappa == pytest.approx((4 * 3 - 6) / (16 - 6))
    assert [(one.claim, one.said) for one in found.differences] == [("b", ("accept", "reject"))]
    assert (count.kind, count.both, count.alike) == ("count", 2, 1)
    assert [(d.claim, d.said) for d in count.differences] == [("c", ("count to 4", "count to 6"))]


def test_the_last_that_was_not_taken_back_counts() -> None:
    made = [
        judged("Aigul", "a", "reject", 1),
        judged("Aigul", "a", "accept", 2),
        judged("Cem", "a", "accept", 3),
        judged("Cem", "a", "reject", 4),
        Judgement(id="u", verdict="undo", a="Cem-a-4", by="Cem", at="2031-03-06T00:00:00Z"),
    ]
    [found] = agreements(made)
    assert (found.both, found.alike, found.differences) == (1, 1, ())


def decided(ledger, verdict: str, about: str, by: str, *others: str, **more) -> Judgement:
    (made,) = decide(ledger, verdict, about, others, by=by, **more)
    return made


def test_pairs_and_grades_are_kinds_of_their_own(ledger) -> None:
    decided(ledger, "same", "a", "Aigul", "b")
    decided(ledger, "different", "b", "Marat", "a")
    decided(ledger, "grade", "belov", "Aigul", "confirmed")
    decided(ledger, "grade", "belov", "Marat", "single")
    told = {one.kind: one for one in agreements(ledger.judgements())}
    assert set(told) == {"incident", "grade"}
    (pair,) = told["incident"].differences
    assert (pair.claim, pair.other, pair.said) == ("a", "b", ("same", "different"))
    assert [one.said for one in told["grade"].differences] == [("confirmed", "single")]


def test_a_third_settles_and_is_no_reader(ledger) -> None:
    first = decided(ledger, "accept", "claim-a", "Aigul")
    second = decided(ledger, "reject", "claim-a", "Marat")
    made = decided(ledger, "accept", "claim-a", "Cem", settle=True)
    assert made.settles == (first.id, second.id)
    (pair,) = agreements(ledger.judgements())
    assert (pair.first, pair.second) == ("Aigul", "Marat")
    assert [one.settled for one in pair.differences] == [made]
    decided(ledger, "unsure", "claim-a", "Marat")
    (pair,) = agreements(ledger.judgements())
    assert pair.differences[0].settled is None, "who thinks again opens it again"
    decided(ledger, "accept", "claim-a", "Cem", settle=True)
    decide(ledger, "undo", ledger.judgements()[-1].id)
    (pair,) = agreements(ledger.judgements())
    assert pair.differences[0].settled is None


def test_what_nobody_differs_on_cannot_be_settled(ledger) -> None:
    decided(ledger, "accept", "claim-a", "Aigul")
    decided(ledger, "accept", "claim-a", "Marat")
    before = ledger.head()
    with pytest.raises(SettingsError, match="nothing to settle"):
        decided(ledger, "reject", "claim-a", "Cem", settle=True)
    with pytest.raises(SettingsError, match="tag settles nothing; accept, reject"):
        decided(ledger, "tag", "karsa", "Cem", "quay", settle=True)
    assert ledger.head() == before
