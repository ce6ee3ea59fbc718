"""What a person is asked to look at first."""

from __future__ import annotations

from sayso.records import Claim, Count, Evidence, Judgement, Place, RunnerUp
from sayso.review.queue import Asked, left, why


def asked(claim: str, weight: int, kind: str = "killed") -> Asked:
    return Asked(claim, kind, "karsa-2031-03-04", weight, ("accounts differ",))


def judged(claim: str, verdict: str = "accept") -> Judgement:
    return Judgement(id=f"j-{claim}", verdict=verdict, a=claim, at="2031-03-05T00:00:00Z")


QUEUE = [asked("a", 120), asked("b", 110), asked("c", 30, "injured"), asked("d", 8)]


def names(found: list[Asked]) -> list[str]:
    return [one.claim for one in found]


def test_what_was_judged_is_asked_no_more() -> None:
    assert names(left(QUEUE, [judged("a"), judged("c", "unsure")], ())) == ["b", "d"]


def test_what_was_undone_is_asked_again() -> None:
    undo = Judgement(id="u", verdict="undo", a="j-a", at="2031-03-06T00:00:00Z")
    assert names(left(QUEUE, [judged("a"), undo], ()))[0] == "a"


def test_what_reads_otherwise_now_comes_first_and_says_so() -> None:
    found = left(QUEUE, [judged("d")], {"d"})
    assert names(found)[0] == "d"
    assert found[0].reasons[0] == "it was judged when it read otherwise"


def test_the_reasons_name_the_words_behind_them() -> None:
    claim = Claim(
        id="a",
        kind="killed",
        count=Count(low=24, high=99, text="dozens"),
        where=Place(
            text="Karsa",
            runner_up=RunnerUp(
                name="Karsa-on-Sea", geonameid=None, lat=None, lon=None, country="TR", lead=0.1
            ),
        ),
        evidence=Evidence(start=0, end=11, text="dozens died"),
    )
    assert why(("accounts differ", "the figure has bounds"), claim) == (
        "accounts differ",
        "bounds from “dozens”",
        "“Karsa” may be Karsa-on-Sea, TR",
    )
