"""What a claim takes from others of its event: the place, the day, and who did the whole of it."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def last(reader: Reader, text: str) -> Claim:
    """The last harm of a text."""
    read = reader.read(Document(id="d", text=text, published="2031-03-06"))
    return [claim for claim in read.claims if claim.kind != "event"][-1]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        # some of those whom somebody wounded
        (
            "Gunmen entered the village of Karsa. They wounded six people, among them two women.",
            "Gunmen",
        ),
        (
            "A former student shot dead two pupils in Karsa. Police named the dead as Ada Voss, 15, "
            "and Ilian Orlin, 16.",
            "A former student",
        ),
        # nobody did it, and nobody is found
        ("A bus overturned in Karsa. It hurt six farmers, two of whom are in hospital.", None),
        # whose deed it was is disputed
        (
            "Nine farmers were killed in Karsa. The army blamed the rebels; the rebels blamed the "
            "army. Two of the nine were women.",
            None,
        ),
        # in a fight each side harms the other
        ("Soldiers and rebels clashed in Karsa. Nine villagers died, two of them women.", None),
    ],
)
def test_a_part_has_the_doer_of_its_whole(reader: Reader, text: str, by: str | None) -> None:
    doer = last(reader, text).by
    assert (doer.text if doer else None) == by


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        (
            "OSLO — Gunmen attacked the village of Karsa on Monday.\n\nParliament met in the "
            "evening.\n\nThe attack left nine dead.",
            "Karsa",
            "place.event",
        ),
        # where the wounded were brought is not where it was done
        (
            "OSLO — A gunman opened fire in a school on Monday, wounding nine. Four of the wounded "
            "were flown to a clinic in Karsa.\n\nParliament met in the evening.\n\nThe shooting "
            "left two dead.",
            "OSLO",
            "place.dateline",
        ),
    ],
)
def test_a_claim_has_the_place_of_its_event(
    reader: Reader, text: str, place: str, rule: str
) -> None:
    claim = last(reader, text)
    assert (claim.where and claim.where.text, claim.because["where"]) == (place, rule)


def test_a_claim_has_the_day_of_its_event_where_the_text_has_several(reader: Reader) -> None:
    claim = last(
        reader,
        "Rebels attacked a convoy near Karsa on Monday. On Tuesday they abducted ten farmers in "
        "Karsa. The attack left nine soldiers dead.",
    )
    assert claim.when and (claim.when.start, claim.because["when"]) == ("2031-03-03", "time.event")
