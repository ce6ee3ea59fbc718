"""How far people agree who judged the same, and what a third settles."""

from __future__ import annotations

import pytest

from sayso.errors import SettingsError
from sayso.records import Correction, Count, Judgement
from sayso.review import agreement, decide
from sayso.review.agreement import agreed, answers, differing, kappa


def judged(ledger, verdict: str, claim: str, by: str, *others: str, **more) -> Judgement:
    (made,) = decide(ledger, verdict, claim, others, by=by, **more)
    return made


def to(low: int) -> Correction:
    return Correction(count=Count(low=low, high=low, text=f"{low}"))


def test_kappa_is_what_is_agreed_beyond_chance() -> None:
    # Two readers of 50, yes and no: 20 both yes, 15 both no, 5 and 10 apart.
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y"), ("n", "n")]) == 1
    assert kappa([("y", "n"), ("n", "y")]) == -1
    assert kappa([("y", "y")] * 3) is None and kappa([]) is None


def test_what_each_said_last_is_compared(ledger) -> None:
    for claim, first, second in (("a", "accept", "accept"), ("b", "reject", "reject")):
        judged(ledger, first, f"claim-{claim}", "Aigul")
        judged(ledger, second, f"claim-{claim}", "Marat")
    judged(ledger, "reject", "claim-c", "Aigul")
    judged(ledger, "accept", "claim-c", "Aigul")
    judged(ledger, "unsure", "claim-c", "Marat")
    judged(ledger, "accept", "claim-d", "Aigul")
    (one,) = agreed(answers(ledger.judgements()))
    assert (one.kind, one.readers, one.both, one.same) == ("verdict", ("Aigul", "Marat"), 3, 2)
    assert one.kappa == pytest.approx((2 / 3 - 1 / 3) / (1 - 1 / 3))
    (one,) = differing(ledger.judgements())
    assert (one.subject, one.said, one.settled) == (("claim-c",), ("accept", "unsure"), None)


def test_fields_pairs_and_grades_are_kinds_of_their_own(ledger) -> None:
    judged(ledger, "correct", "claim-a", "Aigul", correction=to(9))
    judged(ledger, "correct", "claim-a", "Marat", correction=to(8))
    judged(ledger, "correct", "claim-b", "Aigul", correction=to(7))
    judged(ledger, "accept", "claim-b", "Marat")
    judged(ledger, "same", "a", "Aigul", "b")
    judged(ledger, "different", "b", "Marat", "a")
    judged(ledger, "grade", "belov", "Aigul", "confirmed")
    judged(ledger, "grade", "belov", "Marat", "single")
    told = {one.kind: (one.both, one.same) for one in agreed(answers(ledger.judgements()))}
    assert told == {"verdict": (2, 2), "count": (2, 0), "pair": (1, 0), "grade": (1, 0)}
    said = {one.kind: one.said for one in differing(ledger.judgements())}
    assert said["pair"] == ("same", "different") and said["grade"] == ("confirmed", "single")
    count = [one for one in differing(ledger.judgements()) if one.kind == "count"]
    assert [one.said for one in count] == [("9", "8"), ("7", agreement.AS_READ)]


def test_a_third_settles_and_is_no_reader(ledger) -> None:
    first = judged(ledger, "accept", "claim-a", "Aigul")
    second = judged(ledger, "reject", "claim-a", "Marat")
    before = agreed(answers(ledger.judgements()))
    made = judged(ledger, "accept", "claim-a", "Cem", settle=True)
    assert made.settles == (first.id, second.id)
    assert agreed(answers(ledger.judgements())) == before
    (one,) = differing(ledger.judgements())
    assert one.settled == made
    assert ledger.judgements()[-1].verdict == "accept"
    judged(ledger, "unsure", "claim-a", "Marat")
    (one,) = differing(ledger.judgements())
    assert one.settled is None, "who thinks again opens it again"
    decide(ledger, "undo", made.id)
    (one,) = differing(ledger.judgements())
    assert one.settled is None


def test_what_nobody_differs_on_cannot_be_settled(ledger) -> None:
    judged(ledger, "accept", "claim-a", "Aigul")
    judged(ledger, "accept", "claim-a", "Marat")
    before = ledger.head()
    with pytest.raises(SettingsError, match="nothing to settle"):
        judged(ledger, "reject", "claim-a", "Cem", settle=True)
    with pytest.raises(SettingsError, match="tag settles nothing; accept, reject"):
        judged(ledger, "tag", "karsa", "Cem", "quay", settle=True)
    assert ledger.head() == before


def test_what_is_taken_back_is_no_answer(ledger) -> None:
    judged(ledger, "accept", "claim-a", "Aigul")
    made = judged(ledger, "reject", "claim-a", "Marat")
    decide(ledger, "undo", made.id)
    assert agreed(answers(ledger.judgements())) == [] == differing(ledger.judgements())
