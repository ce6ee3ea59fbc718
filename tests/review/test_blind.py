"""The blind second reading: who is asked what, and what each may know of what others decided."""

from __future__ import annotations

import pytest

from sayso.records import Correction, Judgement
from sayso.review import agreement
from sayso.review.blind import seen


def made(id: str, verdict: str, a: str, by: str, **more: object) -> Judgement:
    return Judgement(
        id=id, verdict=verdict, a=a, by=by, at=f"2031-03-04T10:{id[1:]:0>2}:00Z", **more
    )


SAID = [
    made("j1", "reject", "one", "Cem", note="misread"),
    made("j2", "accept", "two", "Cem"),
    made("j3", "correct", "two", "Cem", correction=Correction(kind="injured")),
    made("j4", "accept", "two", "Dana"),
    made("j5", "reject_text", "text", "Cem"),
    made("j6", "grade", "lead", "Cem", value="single"),
    made("j7", "undo", "j1", "Cem"),
    made("j8", "same", "one", "Esra", b="two"),
    made("j9", "tag", "lead", "Cem", value="quay"),
]


def test_what_others_decided_is_hidden_until_one_has_judged_the_same() -> None:
    assert [one.id for one in seen(SAID, "Dana")] == ["j2", "j3", "j4", "j8", "j9"]
    assert [one.id for one in seen(SAID, "Nobody")] == ["j8", "j9"]


def test_what_takes_back_or_settles_is_hidden_with_it() -> None:
    both = [*SAID, made("j10", "accept", "one", "Dana")]
    assert {"j1", "j7"} <= {one.id for one in seen(both, "Dana")}
    settled = [
        made("j1", "accept", "one", "Cem"),
        made("j2", "reject", "one", "Dana"),
        made("j3", "reject", "one", "Esra", settles=("j1", "j2")),
    ]
    assert [one.id for one in seen(settled, "Fay")] == []
    assert len(seen(settled, "Dana")) == 3


def test_what_was_taken_back_opens_nothing() -> None:
    back = [made("j1", "accept", "one", "Cem"), made("j2", "reject", "one", "Dana")]
    back.append(made("j3", "undo", "j2", "Dana"))
    assert [one.id for one in seen(back, "Dana")] == ["j2", "j3"]


@pytest.mark.parametrize(("blind", "alike"), [(False, 1), (True, 0)])
def test_agreement_counts_what_each_said_first(blind: bool, alike: int) -> None:
    said = [
        made("j1", "accept", "one", "Cem"),
        made("j2", "reject", "one", "Dana"),
        made("j3", "accept", "one", "Dana"),  # now that Cem's was shown
    ]
    (pair,) = agreement.agreements(said, blind=blind)
    assert (pair.both, pair.alike) == (1, alike)
    assert agreement.differing(said, "one") == ("j1", "j2")
