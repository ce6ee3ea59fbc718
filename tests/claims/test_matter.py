"""Harms of another matter: what is lowered, what stands on the same page, what is not judged."""

from __future__ import annotations

import pytest

from sayso.claims.matter import RULE, SHORTEST
from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings

MATCH = (
    "Tidewatch Rovers beat Karsa Town 3-1 on Saturday and go top. Two goals by Obi Marsh decided the "
    "match in the first half. The home side had hit the bar twice. Lena Holt praised her team, which "
    "had been beaten only nine times this season. The champions travel to "
    "Vell next week for the semi-final of the cup, for which all tickets have been sold. "
)
FILM = (
    "The Long Ferry, which opens on Friday, is the third work of Ruy Tal. The film has a "
    "fine cast, a score for one cello and an ending that will divide the audience. Critics at the "
    "festival of Karsa were enchanted by Mira Holm, who plays the widow. At 160 minutes it is "
    "rather long, and the love story, taken from a bestseller of 2027, can wait. "
)


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def harms(reader: Reader, text: str) -> list[Claim]:
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    return [claim for claim in claims if claim.count]


@pytest.mark.parametrize(
    "text",
    [
        f"{MATCH}Defender Tamo Brisk was injured and two of his team-mates limped off.",
        f"{FILM}By the interval nine passengers are dead and the captain is murdered in his cabin.",
    ],
)
def test_what_is_of_another_matter_counts_nobody(reader: Reader, text: str) -> None:
    found = harms(reader, text)
    assert found
    assert {claim.modality for claim in found} == {"hypothetical"}
    assert {RULE} == {claim.because["modality"] for claim in found}
    problems = reader.read(Document(id="x", text=text, published="2031-03-07")).problems
    assert any("another matter" in problem for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        f"{MATCH}A stand collapsed after the whistle and nine fans died, police said.",
        f"{FILM}Two stuntmen were killed on Monday when a helicopter crashed during the shooting.",
        f"{MATCH}A woman of 30 was stabbed to death outside the ground. Two men were hurt.",
    ],
)
def test_a_harm_on_the_same_page_stands(reader: Reader, text: str) -> None:
    found = harms(reader, text)
    assert found
    assert all(claim.modality in ("asserted", "reported") for claim in found)


def test_a_text_of_few_words_is_not_judged(reader: Reader) -> None:
    text = "The striker scored twice. Two of his team-mates were injured before half-time."
    assert len(text.split()) < SHORTEST
    assert [claim.modality for claim in harms(reader, text)] == ["asserted"]
