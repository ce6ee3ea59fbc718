"""What an outlet takes back of its own, and what it leaves as it told it."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


@pytest.mark.parametrize(
    "text",
    [
        "We reported that 20 people had died in Vell. The report was wrong.",
        "Correction: an earlier version of this story said 20 people had died. That was not true.",
        "This newspaper said on Monday that 20 people had died in the fire; it was mistaken.",
        "Our website said that 20 people had died. We withdraw that claim.",
    ],
)
def test_an_outlet_takes_back_its_own_word(reader: Reader, text: str) -> None:
    (claim,) = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    assert (claim.modality, claim.sources, claim.basis) == ("denied", (), "outlet")
    assert claim.because["modality"].startswith("modality.withdrawn:")


@pytest.mark.parametrize(
    "text",
    [
        "We reported that 20 people had died. The attack was wrong.",
        "We reported that 20 people had died. The report was not wrong.",
        "We reported that 20 people had died. It was the worst fire in years.",
        "Police said that 20 people had died. The old report was wrong.",
    ],
)
def test_it_stands_by_the_rest(reader: Reader, text: str) -> None:
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    assert "denied" not in [claim.modality for claim in claims]


def test_fake_news_is_nobody_who_reports(reader: Reader) -> None:
    text = "The governor described as fake news reports that 30 people had been killed in Tovar."
    (claim,) = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    assert (claim.modality, claim.sources) == ("denied", ())
