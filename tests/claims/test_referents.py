"""Which of several events that a text tells apart the words of a claim refer to."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import MAIN, Document
from sayso.settings import Settings

LEAD = "A landslide killed 14 people in Vell on Monday, the mayor said.\n\n"
APART = [
    "A second slide killed three rescuers.",
    "Three rescuers were killed by another.",
    "The figure does not include three rescuers killed by a further slide on Tuesday.",
    "Three rescuers were killed when the slope slipped again on Tuesday.",
    "Three mourners died in a bus accident near Osk.",
    "Three mourners were killed when their bus overturned on Tuesday.",
    "The mayor did not speak of the helicopter crash near Osk, in which three pilots died.",
    "The toll of last week's bus crash itself rose to three.",
]
ONE = [
    "The slide also killed three rescuers.",
    "Three more bodies were found after the disaster.",
    "Three of the victims died in the collapse of a school.",
    "Three people died in the accident.",
    "A second helicopter arrived, and three more bodies were found.",
    "The dead of Monday's slide include three teachers.",
    "Three people were hurt in the slide, the second since May.",
]


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def found(reader: Reader, text: str) -> list[tuple[str, str]]:
    page = Document(id="d", text=LEAD + text, published="2031-05-07", language="en")
    claims = [c for c in reader.read(page).claims if c.count]
    return [(claim.episode, claim.because["episode"]) for claim in claims]


@pytest.mark.parametrize("text", APART)
def test_what_the_text_calls_another_event_is_one(reader: Reader, text: str) -> None:
    (first, _), *others = found(reader, text)
    assert first == MAIN
    assert others
    assert all(name != MAIN and rule != "episode.another" for name, rule in others)


@pytest.mark.parametrize("text", ONE)
def test_what_may_be_the_same_event_is_the_same(reader: Reader, text: str) -> None:
    assert {name for name, _ in found(reader, text)} == {MAIN}


def test_what_is_told_first_of_two_of_a_kind_is_known_to_be_one_more(reader: Reader) -> None:
    text = (
        "Three people who searched for victims of this week's landslide were killed by another.\n\n"
    )
    page = Document(
        id="d",
        text=text + "Crews had recovered 22 bodies from Monday's slide.",
        published="2031-05-08",
        language="en",
    )
    rules = [(c.episode, c.because["episode"]) for c in reader.read(page).claims if c.count]
    assert rules == [(MAIN, "episode.again"), ("p1", "episode.referent")]
