"""Who of a figure's people is named, and what is told of them."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document, Person
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(Settings(gazetteer=settings.gazetteer))


def told(person: Person) -> str:
    """ "Ada Voss 34 f; her sister; nurse"."""
    first = " ".join(str(v) for v in (person.name, person.age, person.sex) if v is not None)
    return "; ".join(filter(None, (first, person.relation, person.role)))


def people(reader: Reader, text: str) -> list[str]:
    """Everybody whom the claims name, each once, with the kind of harm."""
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    return list(dict.fromkeys(f"{c.kind}: {told(p)}" for c in claims for p in c.people))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Ada Voss, 34, a nurse, was killed when a shell hit her house in Karsa.",
            ["killed: Ada Voss 34 f; nurse"],
        ),
        (
            "The dead were identified as Ada Voss, 34, and her son Tom, 6.",
            ["killed: Ada Voss 34 f", "killed: Tom 6 m; her son"],
        ),
        (
            "Three people were killed, among them the brothers Ilan and Peter Dor.",
            ["killed: Ilan m; brother", "killed: Peter Dor m; brother"],
        ),
        ("Killed: Ada Voss, 23; Oren Vale, 41.", ["killed: Ada Voss 23", "killed: Oren Vale 41"]),
        (
            "The dead: Kofi Mensah, 33, driver; Abena Owusu, 29, teacher; Yaw Boateng, 5.",
            [
                "killed: Kofi Mensah 33; driver",
                "killed: Abena Owusu 29; teacher",
                "killed: Yaw Boateng 5",
            ],
        ),
        (
            "Two journalists, Luis Ostrand and Ilse Brandt, were abducted on Monday.",
            ["abducted: Luis Ostrand; journalist", "abducted: Ilse Brandt; journalist"],
        ),
        (
            "Gunmen shot dead the mayor of Tovar, Joris Veld, on Sunday.",
            ["killed: Joris Veld; mayor of Tovar"],
        ),
        (
            "Police said Ada Voss, 34, and her husband, Peter, 40, died in the blaze.",
            ["killed: Ada Voss 34 f", "killed: Peter 40 m; her husband"],
        ),
        (
            "The victims were named as Mara Holt, 19, Dina Reyes, 22, and 4-month-old Sami Reyes.",
            ["killed: Mara Holt 19", "killed: Dina Reyes 22", "killed: Sami Reyes 0"],
        ),
        (
            "Journalist Nora Quill was shot dead by Captain Piers Lund in Karsa.",
            ["killed: Nora Quill; Journalist"],
        ),
        (
            "Aid worker Karim Daoud, 52, is missing after the flood.",
            ["missing: Karim Daoud 52; Aid worker"],
        ),
        (
            "Police arrested Luis Ostrand, 30, on suspicion of killing Ada Voss, 34.",
            ["detained: Luis Ostrand 30", "killed: Ada Voss 34"],
        ),
        (
            "A bomb killed Ms Voss and wounded her daughter Lena, 9.",
            ["killed: Voss f", "injured: Lena 9 f; her daughter"],
        ),
        (
            "Nine people, including the poet Amir Sahl, 61, were killed in the strike.",
            ["killed: Amir Sahl 61; poet"],
        ),
        (
            "Tom Reed, son of the former mayor, was kidnapped in Tovar.",
            ["abducted: Tom Reed m; son of the former mayor"],
        ),
        (
            "Rebels shot and killed Colonel Ravi Menon, the commander of the garrison.",
            ["killed: Ravi Menon; Colonel, commander of the garrison"],
        ),
        (
            "The murder of Nora Quill, a 34-year-old journalist and mother of two, shocked Karsa.",
            ["killed: Nora Quill 34 f; mother of two; journalist"],
        ),
        (
            "Sana Iqbal's husband, Omar, was detained.",
            ["detained: Omar m; Sana Iqbal's husband"],
        ),
        ("Ada Voss, who was 34, was killed by a stray bullet.", ["killed: Ada Voss 34"]),
        (
            "Police said the victims were Hana Brook, 51, a librarian, and Ivo Marsh, 19, a clerk.",
            ["killed: Hana Brook 51; librarian", "killed: Ivo Marsh 19; clerk"],
        ),
        (
            "A protester identified as Idris Khan, 29, was shot dead.",
            ["killed: Idris Khan 29; protester"],
        ),
        (
            "Kidnappers seized Father Luca Bern, the parish priest of Osk, on Friday.",
            ["abducted: Luca Bern m; Father, parish priest of Osk"],
        ),
        (
            "Two people were killed. They were named as Ada Voss, 34, and Oren Vale, 41.",
            ["killed: Ada Voss 34", "killed: Oren Vale 41"],
        ),
        (
            "A man was stabbed to death in Karsa on Sunday. Police identified him as Tom Reed, 23.",
            ["killed: Tom Reed 23"],
        ),
        (
            "Among the dead were Ada Voss, 34, and her son Tom, 6. Oren Vale, 41, is missing.",
            ["killed: Ada Voss 34 f", "killed: Tom 6 m; her son", "missing: Oren Vale 41"],
        ),
        (
            "Donald Kell, 62, of Croyd, Philip Ash, 52, and Robert Hume, 63, died.",
            ["killed: Donald Kell 62", "killed: Philip Ash 52", "killed: Robert Hume 63"],
        ),
        (
            "Twelve people died, including Mayor Elena Torv and her deputy, Jan Pires.",
            ["killed: Elena Torv f; Mayor", "killed: Jan Pires; her deputy"],
        ),
        (
            "Officials gave the names of those killed:\n1. Ada Voss, 34, nurse\n- Tom Reed, 6\n"
            "The governor came to Karsa.\nTom Bell, 40, a baker, said so.",
            ["killed: Ada Voss 34; nurse", "killed: Tom Reed 6"],
        ),
    ],
)
def test_the_named_and_what_they_were(reader: Reader, text: str, named: list[str]) -> None:
    assert people(reader, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old girl was killed.",
        "Gunman Tom Reed, 23, killed two people at a market in Karsa.",
        "A gunman killed two people. He was named as Tom Reed, 23.",
        "Two people were killed. They named the suspect as Tom Reed.",
        "Five people were injured in Voss Street on Friday.",
        "Mayor Joris Veld said three people were killed.",
        "The mother of Tom Reed said two men were arrested.",
        "Seven people died in Port Reed, said Mara Holt, a spokeswoman for the hospital.",
        "Six sailors went missing when the ferry Maria Lund sank.",
        "The team of Marco Bell was attacked and two players were injured.",
        "Two miners were killed at the Saint Agnes pit owned by Tomas Reed.",
        "Prime Minister Ana Cruz condemned the killing of 12 people in Karsa.",
        "A shell killed the wife of Joris Veld, mayor of Tovar.",
        "Reporter Nils Holm told the court that four prisoners were beaten to death.",
        "Farid Nazari, whose wife was wounded, said soldiers opened fire on the bus.",
    ],
)
def test_nobody_is_named_who_came_to_no_harm(reader: Reader, text: str) -> None:
    assert people(reader, text) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Shelling killed four people in Karsa.\n\nNAMES OF THE DEAD\n\n- Ada Voss, 34, nurse\n"
            "- Emin (9), pupil\n- an unidentified man of about 50\n- Unknown (f), approx. 30\n\n"
            "INJURED\n\n- Rolf and Tom Dahl, brothers",
            [
                "killed 1 Ada Voss",
                "killed 1 Emin",
                "killed 1 an unidentified man of about 50",
                "killed 1 Unknown",
                "injured 2 Rolf and Tom Dahl",
            ],
        ),
        ("List of the martyrs, as the clinic has it:\n1. Ada Voss, 34", ["killed 1 Ada Voss"]),
        # What is divided, counted or no person is no name.
        ("Deaths by town:\n- Karsa, 3\n- Tovar, 5", []),
        ("Affected:\n- Karsa\n- Tovar", []),
        ("THE COUNCIL\n\n- Ada Voss, 34\n- Emin Kaya, 9", []),
        ("Two killed as bus falls\n\n- Ada Voss, 34, is mayor", []),
    ],
)
def test_each_line_of_a_list_of_people_is_one_of_them(
    reader: Reader, text: str, rows: list[str]
) -> None:
    claims = reader.read(Document(id="x", text=text)).claims
    listed = [c for c in claims if c.because.get("kind") == "harm.listed"]
    assert [f"{c.kind} {c.count.low} {c.who.text}" for c in listed if c.count and c.who] == rows
