"""What a figure's own words say that it is to figures told before it."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(Settings(gazetteer=settings.gazetteer, parse="all"))


def changes(reader: Reader, text: str) -> list[str]:
    """Each counted figure with what it is to others: "killed 41 revised was 49"."""
    found = []
    for claim in reader.read(Document(id="x", text=text, published="2031-03-07")).claims:
        if claim.count is None:
            continue
        told = claim.change
        said = f"{claim.kind} {claim.count.low}"
        if told is not None:
            said += f" {told.how}"
            said += f" was {told.was.low}" if told.was else ""
            said += f" of {told.of}" if told.of else ""
            said += " why" if told.why else ""
        found.append(said)
    return found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two more people died in hospital on Friday.", ["killed 2 added"]),
        ("Police arrested another 15 people on Thursday.", ["detained 15 added"]),
        ("A further 12 residents were injured in Osk.", ["injured 12 added"]),
        ("An additional three bodies were found in Osk.", ["killed 3 added of missing"]),
        ("Another body was found in Osk.", ["killed 1 added of missing"]),
        ("A second body washed ashore in Osk.", ["killed 1 added of missing"]),
        ("The remains of one more clerk were found.", ["killed 1 added of missing"]),
        ("The remains of nine clerks were found.", ["killed 9"]),
        ("Another body of water was found.", []),
        ("The inquiry found that 19 people died, not 23.", ["killed 19 revised was 23"]),
        ("Police said 11 people died and not 14, as he had said.", ["killed 11 revised was 14"]),
        ("The union now has 61 dead; it had been 64.", ["killed 61 revised was 64"]),
        ("Seven men had died, three fewer than first reported.", ["killed 7 revised was 10"]),
        (
            "Six men were killed. The army corrected the number: six, not nine.",
            ["killed 6", "killed 6 revised was 9"],
        ),
        ("The union closed its list at 46 abducted.", ["abducted 46 total"]),
        ("Two men, not three women, were detained.", ["detained 2"]),
        ("Four people died, not far from where 12 had died.", ["killed 4", "killed 12"]),
        ("Nine people died, three fewer than in Karsa.", ["killed 9"]),
        ("The remains of two temples were found.", []),
        ("All 27 people aboard were safe.", ["rescued 27 total of missing"]),
        ("Our 300 shops are safe.", []),
        (
            "Nine people were killed. One of the 13 wounded had died overnight.",
            ["killed 9", "killed 1 added of injured", "injured 13"],
        ),
        ("Nine people were killed. Three of them died of their wounds.", ["killed 9", "killed 3"]),
        (
            "The office, which had given the number of dead as nine, said that the toll was now 12.",
            ["killed 9 earlier", "killed 12 total"],
        ),
        ("A second protester died on Friday.", ["killed 1 added"]),
        ("Another student was killed in Karsa on Friday.", ["killed 1 added"]),
        ("A nurse died of her wounds on Friday.", ["killed 1 added of injured"]),
        ("A man wounded in the raid on Monday died on Friday.", ["killed 1 added of injured"]),
        ("Two of the wounded died in Osk on Friday.", ["killed 2 added of injured"]),
        (
            "One of the 25 people injured in the crash has died.",
            ["killed 1 added of injured", "injured 25"],
        ),
        ("Three men died of gunshot wounds.", ["killed 3"]),
        ("Police had given the number of dead as nine.", ["killed 9 earlier"]),
        ("Police have put the number of dead at nine.", ["killed 9"]),
        ("Two of the miners succumbed to their injuries.", ["killed 2 added of injured"]),
        (
            "Two more people died on Friday, bringing the toll to nine.",
            ["killed 2 added", "killed 9 total"],
        ),
        ("The death toll climbed to 44 on Sunday.", ["killed 44 total"]),
        ("The death toll rose to 44 from 38 on Sunday.", ["killed 44 total was 38"]),
        ("The death toll was revised down to 41 from 49.", ["killed 41 revised was 49"]),
        (
            "The agency revised the death toll of the earthquake down to 38 from 44.",
            ["killed 38 revised was 44"],
        ),
        (
            "The ministry revised the death toll down to 41 from 49 since bodies had been counted twice.",
            ["killed 41 revised was 49 why"],
        ),
        ("Officials lowered the death toll to 41.", ["killed 41 revised"]),
        ("Police had earlier put the death toll at nine.", ["killed 9 earlier"]),
        ("Police earlier arrested nine people in Osk.", ["detained 9"]),
        ("The other four people were injured.", ["injured 4 rest"]),
        ("The army freed 12 nurses abducted in May.", ["abducted 12 rest"]),
        ("Twelve nurses kidnapped in May were released on Friday.", ["abducted 12 rest"]),
        ("The last four hostages walked home on Friday.", ["abducted 4 rest"]),
        (
            "Six men abducted from buses were let go by their captors on Sunday.",
            ["abducted 6 rest"],
        ),
        ("Police released 40 marchers arrested on Monday.", ["detained 40 rest"]),
        ("Six more of the nurses abducted in Osk came back on Friday.", ["abducted 6 rest"]),
        ("Raiders abducted 12 nurses and freed two.", ["abducted 12"]),
        ("Forty marchers were released and 20 arrested.", ["detained 20"]),
        ("Police arrested four men who had returned to the village.", ["detained 4"]),
        # Who is given up was missing till then.
        (
            "The court declared the 11 missing miners dead, and the toll stands at 42.",
            ["killed 11 added of missing", "killed 42 total"],
        ),
        # "Another 15" who are beside others that the text counts, and not beside other injured.
        ("Nine people were killed and another 15 injured.", ["killed 9", "injured 15"]),
        (
            "A bomb killed nine traders in Osk.\n\nAnother 15 were wounded, police said.",
            ["killed 9", "injured 15"],
        ),
        (
            "Two more people died on Friday. Another 15 people were arrested.",
            ["killed 2 added", "detained 15 added"],
        ),
        (
            "Nine soldiers were killed. Two more soldiers were killed in Karsa.",
            ["killed 9", "killed 2 added"],
        ),
        # What says nothing of figures before it.
        ("More than 20 people were killed in Osk.", ["killed 21"]),
        ("The dead numbered seven or more, the health ministry said.", ["killed 7"]),
        ("Nine or more farmers were wounded.", ["injured 9"]),
        ("Twelve people were killed in Osk on Friday.", ["killed 12"]),
        ("The second victim was a nurse.", []),
        ("Twelve miners died of hunger in Osk.", ["killed 12"]),
        ("Four people with more serious injuries died in Karsa.", ["injured 4"]),
        ("Police lowered a rope and 12 people were injured.", ["injured 12"]),
        ("Nine people were killed, including two more senior officers.", ["killed 9", "killed 2"]),
    ],
)
def test_a_figure_says_what_it_is_to_those_before_it(
    reader: Reader, text: str, told: list[str]
) -> None:
    assert changes(reader, text) == told


def parts(reader: Reader, text: str) -> list[str]:
    """Each counted figure, "<" before it where it is a part of one told before."""
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    counted = [c for c in claims if c.count is not None]
    return [f"{'<' * (c.part_of is not None)}{c.kind} {c.count.low}" for c in counted if c.count]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "At least 62 people were killed near Osk. Raiders killed 20 soldiers and 42 traders.",
            ["killed 62", "<killed 20", "<killed 42"],
        ),
        (
            "Troops detained four rebels, including a rebel commander, near Osk. The commander and"
            " three additional rebels were detained after a search.",
            ["detained 4", "<detained 1", "<detained 1", "<detained 3"],
        ),
        (
            "Troops detained several rebels, including a rebel commander. They detained the"
            " commander and two of his cousins in a house.",
            ["detained 3", "<detained 1", "<detained 1", "<detained 2"],
        ),
        (
            "Troops killed two rebels near Osk. Omar Dask was one of the rebels killed.",
            ["killed 2", "<killed 1"],
        ),
        (
            "It wounded another 25 people, including 18 policemen, two soldiers and six traders.",
            ["injured 25", "<injured 18", "<injured 2", "<injured 6"],
        ),
        # Others, as far as the words tell.
        (
            "Two soldiers were killed in Osk. A soldier was shot dead and another soldier was killed.",
            ["killed 2", "killed 1", "killed 1"],
        ),
        (
            "Fifteen soldiers were killed. Ten traders were killed and five rebels were killed.",
            ["killed 15", "killed 10", "killed 5"],
        ),
        (
            "Ten people were killed. Four farmers were killed and three traders were killed.",
            ["killed 10", "killed 4", "killed 3"],
        ),
        (
            "Ten rebels fled. Troops killed two rebels. Soldiers later killed one of the rebels.",
            ["displaced 10", "killed 2", "killed 1"],
        ),
        (
            "In Osk there were 80 casualties (18 killed and 62 injured).",
            ["casualties 80", "<killed 18", "<injured 62"],
        ),
        (
            "In Osk there were 80 casualties; elsewhere 18 were killed and 20 injured.",
            ["casualties 80", "killed 18", "injured 20"],
        ),
    ],
)
def test_figures_that_add_up_are_parts(reader: Reader, text: str, told: list[str]) -> None:
    assert parts(reader, text) == told
