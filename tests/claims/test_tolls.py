"""Golden sentences for figures: each line a construction, and the figures it holds.

A figure is written "kind low..high category", with "<" before it when it is part of the one before.
To add a construction, add a line.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.tolls import Figure, figures
from sayso.language.trees import Sentence

GOLDEN = [
    # Verbs: active, passive, coordinated, controlled, relative, participle.
    ("A mine killed 13 soldiers near Karsa.", ["killed 13..13 military"]),
    ("Thirteen soldiers were killed near Karsa.", ["killed 13..13 military"]),
    (
        "A blast killed 13 people and wounded 20 others.",
        ["killed 13..13 unspecified", "injured 20..20 unspecified"],
    ),
    (
        "At least 9 miners were killed and 40 people were hurt, the governor said.",
        ["killed 9.. civilians", "injured 40..40 unspecified"],
    ),
    ("Up to 32 villagers are feared to have been killed.", ["killed ..32 civilians"]),
    ("The raid left four policemen dead.", ["killed 4..4 security_forces"]),
    ("Two villagers were found dead in a well.", ["killed 2..2 civilians"]),
    ("The 12 students who were abducted came home.", ["abducted 12..12 civilians"]),
    ("A bus overturned near Velm, injuring one person.", ["injured 1..1 unspecified"]),
    ("Gunmen shot dead four worshippers.", ["killed 4..4 civilians"]),
    ("Five nurses were shot at the gate.", ["injured 5..5 medics"]),
    ("Eleven people died when the roof fell.", ["killed 11..11 unspecified"]),
    ("More than 5,000 people marched through Karsa.", ["participants 5001.. unspecified"]),
    ("The union said 4,000 people had taken part.", ["participants 4000..4000 unspecified"]),
    ("Some 600 soldiers were deployed in the port.", ["deployed 540..660 military"]),
    ("Police arrested 120 protesters.", ["detained 120..120 protesters"]),
    ("Nine men were taken into custody.", ["detained 9..9 unspecified"]),
    ("The fighting displaced about 100 families.", ["displaced 90..110 civilians"]),
    # Phrases of a verb and a noun.
    ("Two women suffered burns in the fire.", ["injured 2..2 women"]),
    ("Eleven people were taken to hospital.", ["hospitalised 11..11 unspecified"]),
    ("The Port Hospital was treating 41 people.", ["hospitalised 41..41 unspecified"]),
    ("Rebels took six engineers hostage.", ["abducted 6..6 civilians"]),
    ("The flood claimed the lives of 17 people.", ["killed 17..17 unspecified"]),
    ("The quake claimed 84 lives.", ["killed 84..84 unspecified"]),
    ("The barge sank with the loss of 20 lives.", ["killed 20..20 unspecified"]),
    # Nouns, adjectives, lists, headlines, ellipsis.
    ("The murder of six priests shocked the valley.", ["killed 6..6 civilians"]),
    ("The bodies of two officers were found in the river.", ["killed 2..2 security_forces"]),
    ("The death toll rose to 45 on Friday from 38.", ["killed 45..45 unspecified"]),
    ("The number of dead has climbed to 18.", ["killed 18..18 unspecified"]),
    ("The ministry put the number of injured at 112.", ["injured 112..112 unspecified"]),
    ("The dead numbered seven or more.", ["killed 7.. unspecified"]),
    ("13 killed, 20 injured in blast", ["killed 13..13 unspecified", "injured 20..20 unspecified"]),
    (
        "Casualties: 4 dead, 12 hurt.",
        ["killed 4..4 unspecified", "injured 12..12 unspecified"],
    ),
    (
        "Seven people were killed and more than 50 injured when a bus fell.",
        ["killed 7..7 unspecified", "injured 51.. unspecified"],
    ),
    (
        "59 were killed and hundreds more were injured.",
        ["killed 59..59 unspecified", "injured 200..999 unspecified"],
    ),
    ("Fifteen miners remain missing.", ["missing 15..15 civilians"]),
    ("Relatives said nine people were missing.", ["missing 9..9 unspecified"]),
    ("The ministry spoke of five critical patients.", ["critical 5..5 unspecified"]),
    ("There were 62 people in intensive care.", ["critical 62..62 unspecified"]),
    # Parts of a whole.
    (
        "Twelve people died, including three children.",
        ["killed 12..12 unspecified", "<killed 3..3 children"],
    ),
    (
        "Nine people were injured, two of them police officers.",
        ["injured 9..9 unspecified", "<injured 2..2 security_forces"],
    ),
    (
        "The 27 dead included two children and a nurse.",
        ["killed 27..27 unspecified", "<killed 2..2 children", "<killed 1..1 medics"],
    ),
    (
        "Five people have been hurt, one critically.",
        ["injured 5..5 unspecified", "critical 1..1 unspecified"],
    ),
    (
        "Nine people died. Three of the dead were children.",
        ["killed 9..9 unspecified", "killed 3..3 children"],
    ),
    (
        "Thirty-one officers were hurt, two seriously.",
        ["injured 31..31 security_forces", "<injured 2..2 unspecified"],
    ),
    ("Three rebels were captured.", ["detained 3..3 militants"]),
    # One person, and nobody.
    ("A policeman was killed by a stone.", ["killed 1..1 security_forces"]),
    ("All parties condemned the murder of Luis Ostrand.", ["killed 1..1 unspecified"]),
    ("The killing of candidate Luis Ostrand shocked Karsa.", ["killed 1..1 unspecified"]),
    ("The body of Ada Brask was found in the river.", ["killed 1..1 unspecified"]),
    (
        "The bodies of Ada Brask and Ilse Holt were found.",
        ["killed 1..1 unspecified", "killed 1..1 unspecified"],
    ),
    ("Mr Orlin's driver was killed.", ["killed 1..1 civilians"]),
    ("We heard that one person had died.", ["killed 1..1 unspecified"]),
    ("We received a report that one person has died.", ["killed 1..1 unspecified"]),
    (
        "Candidate Fabio Roll and his brother-in-law Norbert Sand were shot dead.",
        ["killed 1..1 unspecified", "killed 1..1 unspecified"],
    ),
    (
        "Soldiers killed two reporters, Robert Ostrand and Maurice Pell.",
        ["killed 2..2 journalists", "<killed 1..1 unspecified", "<killed 1..1 unspecified"],
    ),
    ("No one was hurt in the fire.", ["injured 0..0 unspecified"]),
    (
        "There were no casualties.",
        ["killed 0..0 unspecified", "injured 0..0 unspecified"],
    ),
    # Wire copy in upper case.
    (
        "GUERRILLAS KILLED 13 SOLDIERS AND WOUNDED SEVEN OTHERS IN AN AMBUSH.",
        ["killed 13..13 military", "injured 7..7 unspecified"],
    ),
    # No figure of people at all.
    ("The minister, 54, spoke for three hours on 4 March.", []),
    ("The road to Velm is 13 km long and cost $5 million.", []),
    ("The company killed 300 jobs.", []),
    ("Prices rose by 20 percent and 12 shops closed.", []),
    ("The army shelled the hill with 122 mm rockets.", []),
    ("Channel 24 showed the wounded.", []),
    ("Two-thirds of the harvest was lost.", []),
]


def written(figure: Figure) -> str:
    low = "" if figure.count.low is None else figure.count.low
    high = "" if figure.count.high is None else figure.count.high
    who = figure.who.category if figure.who else "unspecified"
    return f"{'<' if figure.whole else ''}{figure.kind} {low}..{high} {who}"


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text[:50] for text, _ in GOLDEN])
def test_golden_sentence(
    parse: Callable[[str], list[Sentence]], text: str, expected: list[str]
) -> None:
    found = [figure for sentence in parse(text) for figure in figures(sentence)]
    assert [written(figure) for figure in found] == expected


def test_evidence_is_contiguous_and_holds_the_number(
    parse: Callable[[str], list[Sentence]],
) -> None:
    for text, _ in GOLDEN:
        for sentence in parse(text):
            for figure in figures(sentence):
                places = [token.i for token in figure.tokens]
                assert places == list(range(places[0], places[-1] + 1))
                quoted = text[figure.tokens[0].start : figure.tokens[-1].end]
                assert figure.count.text in quoted


def test_every_field_names_its_rule(parse: Callable[[str], list[Sentence]]) -> None:
    for text, _ in GOLDEN:
        for sentence in parse(text):
            for figure in figures(sentence):
                assert {"kind", "count"} <= set(figure.because)


def test_whoever_did_it_is_named_and_a_bomb_is_nobody(
    parse: Callable[[str], list[Sentence]],
) -> None:
    def doers(text: str) -> list[str | None]:
        (sentence,) = parse(text)
        return [f.by.text if f.by else None for f in figures(sentence)]

    assert doers("Rebels killed 13 soldiers.") == ["Rebels"]
    assert doers("Thirteen soldiers were killed by rebels.") == ["rebels"]
    assert doers("A bomb killed 13 soldiers.") == [None]
    assert doers("Rebels are accused of killing nine farmers.") == ["Rebels"]
    assert doers("The Karsa Front was behind the raid that killed nine farmers.") == [
        "The Karsa Front"
    ]
    assert doers("The killing of nine farmers was blamed on rebels.") == ["rebels"]
    assert doers("The army denied responsibility for killing nine farmers.") == [None]
