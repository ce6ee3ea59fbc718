"""What a claim takes from another sentence that tells of the same event: who did it, and the day."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def harms(reader: Reader, text: str) -> list[Claim]:
    read = reader.read(Document(id="d", text=text, published="2031-03-06"))
    return [c for c in read.claims if c.kind != "event" and c.count is not None]


def doer(reader: Reader, text: str) -> tuple[str | None, str]:
    """Who did the last harm of a text, and by which rule."""
    last = harms(reader, text)[-1]
    return last.by.text if last.by else None, last.because.get("by", "")


@pytest.mark.parametrize(
    ("text", "by", "rule"),
    [
        ("Gunmen attacked Karsa on Tuesday. Nine people were killed.", "Gunmen", "by.episode"),
        ("Police opened fire on a crowd. Two boys were shot dead.", "Police", "by.episode"),
        # they, in the sentence before
        ("Gunmen entered Karsa at dawn. They wounded two farmers.", "Gunmen", "by.they"),
        # the other side of a fight, and of an attack
        (
            "Army troops clashed with rebels near Karsa. Three soldiers were killed.",
            "rebels",
            "by.episode",
        ),
        (
            "Militants ambushed a group of soldiers. Two militants were also killed.",
            "a group of soldiers",
            "by.episode",
        ),
        # in each of several places
        (
            "Bandits raided three villages in Helm on Saturday. In Uma, seven people were killed.",
            "Bandits",
            "by.episode",
        ),
        # said later, as somebody's word
        (
            "A bomb killed nine people in Karsa. The Red Front claimed responsibility.",
            "The Red Front",
            "by.blamed-elsewhere",
        ),
        (
            "Two farmers were shot dead in Karsa. Police blamed the Red Front.",
            "the Red Front",
            "by.blamed-elsewhere",
        ),
        (
            "Two men were found shot in Karsa. Relatives accuse the Lomak gang of killing them.",
            "the Lomak gang",
            "by.blamed-elsewhere",
        ),
        (
            "Two men were found dead in a well. Their family accuses the Lomak gang.",
            "the Lomak gang",
            "by.blamed-elsewhere",
        ),
        # a fight of two sides, named together or one as the other's object
        ("Army troops and rebels clashed. Three soldiers were killed.", "rebels", "by.episode"),
        ("Gang members fought police. Two officers were hurt.", "Gang members", "by.episode"),
        ("Rebels said they had ambushed a convoy. Two died.", "Rebels", "by.episode"),
        # who is told behind the harm is no rival of who is told before it
        (
            "A man attacked shoppers in Karsa. Two women were stabbed. Police shot him dead.",
            "A man",
            "by.episode",
        ),
        ("The Owls claimed a bombing that killed nine people.", "The Owls", "by.blame:claim"),
        # in the sentence itself: by whoever used the weapon, and not by whom it was used on
        ("Two died when a drone flown by troops struck a house.", "troops", "by.blame:do"),
        ("Nine people were killed by shells that rebels fired.", "rebels", "by.blame:do"),
        ("The four opened fire on a coach carrying men, killing six.", "The four", "by.role"),
        ("Police firing killed three people in Karsa.", "Police", "by.cause"),
    ],
)
def test_who_did_it_elsewhere_in_the_text(reader: Reader, text: str, by: str, rule: str) -> None:
    assert doer(reader, text) == (by, rule)


@pytest.mark.parametrize(
    "text",
    [
        # mishaps, though somebody attacks beside them
        "A bridge collapsed in Karsa on Monday. Nine people were killed.",
        "Gunmen attacked a ferry at Karsa. Two passengers drowned.",
        # nobody knows which side
        "Army troops clashed with rebels near Karsa. Two traders were killed.",
        # the text turns to another event
        "Gunmen attacked Karsa on Tuesday. Separately, a nurse was shot dead in Tovar.",
        "Gunmen attacked Karsa on Tuesday. In another attack, two nurses were killed.",
        # a count of all so far, and of a time before
        "Gunmen attacked Karsa on Tuesday. More than 300 people have been killed in the district.",
        "Rebels bombed Karsa on Tuesday. On Sunday two nurses were shot dead.",
        # the harm's own sentence tells what it came of, and what follows came of that
        "Two buses collided in Karsa, leaving 14 dead. Hours earlier, gunmen attacked a post.",
        "Fire swept a camp, killing four. Rebels once attacked it. Six are treated for burns.",
        # people who are counted or named, far from the deed
        "Rebels raided Karsa.\n\nIt was cold.\n\nIt rained.\n\nOpen Cell counts 61 executions.",
        # an account, and who only made the weapon
        "More than 300 people have been killed in Karsa, by the union's count.",
        "A missile supplied by Norland killed nine people.",
        # nobody is blamed, or nobody by name
        "Nine people were shot dead in Karsa. The governor blamed the people of the town.",
        "A bomb killed nine people in Karsa. No group has claimed responsibility.",
        "Two guards were killed. Nobody has claimed responsibility. The Red Front attacks posts.",
        # a thing did the last deed, and whose it is nobody says
        "Rebels attacked a post. Later, helicopters bombed a camp. Eight civilians were killed.",
        # not the doer's own, nor one of the same name
        "Young men from Osk attacked Karsa. Forty men were killed.",
        "Gunmen attacked Karsa. One gunman was killed.",
    ],
)
def test_nobody_is_taken(reader: Reader, text: str) -> None:
    assert doer(reader, text) == (None, "")


@pytest.mark.parametrize(
    ("text", "words", "modality", "sources"),
    [
        (
            "Two farmers were shot dead in Karsa. Police blamed the Red Front.",
            "Police blamed the Red Front.",
            "alleged",
            ["Police"],
        ),
        (
            "Gunmen attacked Karsa, the mayor said. Nine people were killed.",
            "Gunmen attacked Karsa",
            "reported",
            ["mayor"],
        ),
        ("Gunmen attacked Karsa. Nine were killed.", "Gunmen attacked Karsa", "asserted", []),
    ],
)
def test_on_whose_word_it_was_they(
    reader: Reader, text: str, words: str, modality: str, sources: list[str]
) -> None:
    last = harms(reader, text)[-1]
    said = last.by_said
    assert last.modality == "asserted" and said is not None
    assert (said.evidence.text, said.modality) == (words, modality)
    assert [s.text for s in said.sources] == sources


def test_a_doer_of_the_own_sentence_needs_no_other(reader: Reader) -> None:
    assert harms(reader, "Police killed nine people in Karsa.")[-1].by_said is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rebels shelled Karsa on Monday.\n\nIt was cold.\n\nTwo nurses died.", "2031-03-03"),
        ("Rebels shelled Karsa on Monday.\n\nIt was cold.\n\nNine have died so far.", None),
    ],
)
def test_the_day_of_the_event(reader: Reader, text: str, day: str | None) -> None:
    last = harms(reader, text)[-1]
    assert (last.when.start if last.when else None) == day
