"""Acts by weights of words that were learned: where they speak, what they leave to the grammar."""

from __future__ import annotations

import pytest

from sayso.claims.event import acts
from sayso.lexicon import codes
from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def read(reader: Reader, text: str) -> list[Claim]:
    return list(reader.read(Document(id="d", text=text, published="2031-03-05")).claims)


@pytest.mark.parametrize(
    ("text", "act", "by"),
    [
        (
            "Rebels planted their banner on the fort of Karsa after the garrison fled.",
            "Non-state actor overtakes territory",
            "Rebels",
        ),
        (
            "Troops found a cache of rifles and mortar shells outside Karsa, the army said.",
            "Disrupted weapons use",
            "Troops",
        ),
    ],
)
def test_words_name_an_act_that_the_lexicon_lacks(
    reader: Reader, text: str, act: str, by: str
) -> None:
    (claim,) = read(reader, text)
    assert claim.because["act"] == f"act.sure:{act}"
    assert claim.because["event"].startswith("event.learned:")
    assert claim.by is not None and claim.by.text == by


@pytest.mark.parametrize(
    "text",
    [
        "The striker rained shots at goal in Karsa on Sunday.",
        "Soldiers were due to find a cache of mortar shells above Ossal, but there was none.",
        "Fighters did not hoist their flag over Karsa, the army said.",
        "If the garrison fled, insurgents would hoist their flag over Karsa.",
        "The museum of Karsa shows rifles and mortar shells of the old war.",
        "Shares were pounded in Karsa as traders drove off buyers.",
        "A lorry overturned near Karsa.",
    ],
)
def test_words_alone_make_no_event(reader: Reader, text: str) -> None:
    assert read(reader, text) == []


def test_learned_words_of_a_fight_say_with_whom(reader: Reader) -> None:
    (claim,) = read(reader, "The Front clashed with soldiers near Vell.")
    assert claim.because["event"].startswith("event.learned:")
    assert (claim.by.text, claim.who.text) == ("The Front", "soldiers")


def test_the_lexicon_goes_first(reader: Reader) -> None:
    (claim,) = read(reader, "Rebels attacked a village near Karsa on Monday.")
    assert claim.because["event"] == "event.verb:attack"
    assert claim.because["act"].startswith("act.")


def test_words_may_leave_no_doubt_that_it_is_nothing(reader: Reader) -> None:
    (claim,) = read(
        reader, "The striker fired two shots at goal in Karsa, and the keeper was beaten."
    )
    assert claim.because["act"] == "act.none"


def test_the_table_has_acled_s_acts_and_a_row_a_word() -> None:
    table = acts.weights("en")
    assert set(table.acts) == set(codes("acled")["sub_event_types"])
    assert table.weights.shape == (len(table.rows), len(table.acts) + 1)
    assert table.scores([]).shape == table.bias.shape
