"""Which claims of a text tell of one event: an act, the harm that it did, and what refers to it."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def read(reader: Reader, text: str) -> tuple[Claim, ...]:
    return reader.read(Document(id="d", text=text, published="2031-03-06")).claims


def told(claim: Claim) -> str:
    """A claim as the tables below write it: its event, and the harm or the type of the act."""
    number = f" {claim.count.low}" if claim.count else ""
    name = claim.event.id if claim.event else "-"
    return f"{name} {claim.event.type if claim.kind == 'event' and claim.event else claim.kind}{number}"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # an act and its harms, and what refers to it; those who shoot the gunmen do something else
        (
            "Gunmen attacked the village of Karsa, killing six and leaving three wounded. The attack "
            "came at dawn. Police later shot two of the gunmen.",
            "e0 ASSAULT, e0 killed 6, e0 injured 3, e0 ASSAULT, e1 injured 2",
        ),
        # the harm first
        (
            "Nine people were killed when a suicide bomber struck a market in Karsa. The blast also "
            "wounded 30. Police arrested two suspects.",
            "e0 killed 9, e0 ASSAULT, e0 ASSAULT, e0 injured 30, e1 detained 2",
        ),
        # two places are two events, and so are two days
        (
            "A bomb in Tovar killed four. Rebels carried out an attack on a checkpoint near Karsa, in "
            "which two soldiers died.",
            "e0 killed 4, e1 ASSAULT, e1 killed 2",
        ),
        (
            "Protesters marched in Karsa on Monday. Police fired tear gas at them, injuring ten. On "
            "Tuesday, some 300 protesters rallied again in Karsa.",
            "e0 PROTEST, e1 ASSAULT, e1 injured 10, e2 participants 270, e2 PROTEST",
        ),
        # what is said of a deed is no deed
        (
            "Police opened fire on protesters and killed two. At least five people were wounded in "
            "the shooting. The minister condemned the shooting.",
            "e0 ASSAULT, e0 killed 2, e0 injured 5, e1 ACCUSE",
        ),
        # an abduction is an act of its own, and so is a release
        (
            "Gunmen attacked Karsa and killed two guards. They abducted 20 pupils. Five of the pupils "
            "were released on Friday.",
            "e0 ASSAULT, e0 killed 2, e1 abducted 20, e2 RETREAT",
        ),
        # what did the harm stands in another sentence
        ("An earthquake hit the town of Karsa. Nine people died.", "e0 DISASTER, e0 killed 9"),
        # a running total is of no one event
        (
            "A bomb killed two people in Karsa. Since January, 140 people have been killed there.",
            "e0 killed 2, - killed 140",
        ),
        # what is threatened has not been done
        (
            "Rebels shelled Karsa, killing two. They threatened to shell Tovar.",
            "e0 ASSAULT, e0 killed 2, e1 THREATEN",
        ),
        # nothing says what did it
        ("Nine people died in Karsa.", "- killed 9"),
    ],
)
def test_claims_of_one_event_share_its_id(reader: Reader, text: str, claims: str) -> None:
    assert ", ".join(map(told, read(reader, text))) == claims


def test_a_harm_takes_type_and_mode_of_the_act_that_its_sentence_does_not_name(
    reader: Reader,
) -> None:
    _, harm = read(reader, "An earthquake hit the town of Karsa. Nine people died.")
    assert harm.event and (harm.event.type, harm.event.mode) == ("DISASTER", "quake")
    assert harm.because["event_id"] == "same.harm"


def test_the_event_is_no_part_of_a_claim_s_id(reader: Reader) -> None:
    later = "Gunmen attacked Karsa on Monday. Police arrested nine people in Tovar."
    (alone,) = read(reader, "Gunmen attacked Karsa on Monday.")
    first, second = read(reader, later)
    assert (alone.id, alone.event) == (first.id, first.event)
    assert second.event and second.event.id == "e1"
