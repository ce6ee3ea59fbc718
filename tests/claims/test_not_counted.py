"""Golden sentences for who must not be counted, and for what a part of a whole comes to.

Each line is a sentence and every figure it holds, written as in `test_tolls`, without the category.
To add a construction, add a line.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.claims.harm.figure import Figure
from sayso.claims.harm.figures import figures
from sayso.language.trees import Sentence

WHO_DOES_IT = [
    ("A throng of 500 carried three pilots strangled to death in Velm.", ["killed 3..3"]),
    ("The nine boys that a retired guard shot dead in Velm were orphans.", ["killed 9..9"]),
    ("A throng of 3,000 mourned two priests beaten to death in Velm.", ["killed 2..2"]),
    ("The bishop wept for one nurse, wounded by rebels in Velm.", ["injured 1..1"]),
    ("She met the widows of the nine drivers rebel fighters killed in Velm.", ["killed 9..9"]),
    ("The men arrested in Velm stabbed two boys to death.", ["killed 2..2"]),
    # Only nearly, or kept from being.
    ("Rioters all but killed a policeman in Velm.", []),
    ("A shell came within inches of killing two reporters.", []),
    ("Nine workers narrowly avoided being killed when a crane fell.", []),
    ("Seven fishermen just escaped drowning near Velm.", []),
    ("Far from killing 12 herders, the patrol never left its base.", []),
    ("Elders kept raiders from killing six traders.", []),
    ("The mayor said there had been no killing of any pilgrims.", []),
    ("At no time have the pilots killed villagers.", []),
    ("Not one of the pilgrims was wounded.", ["injured 0..0"]),
    ("Nobody among the 40 pilgrims was hurt.", ["injured 0..0"]),
    ("Bandits stopped a bus and killed four passengers.", ["killed 4..4"]),
    ("Two men escaped from prison, killing two guards.", ["killed 2..2"]),
    ("Far from the capital, 30 people were killed by a flood.", ["killed 30..30"]),
    ("The gunmen came within a mile of the palace, killing 13 guards.", ["killed 13..13"]),
    ("Under no circumstances did the guards kill nine men.", []),
    ("At no time were four sailors arrested.", []),
    ("Neither the guards nor the rebels killed nine men.", []),
    ("No guard shot two men dead.", []),
    ("In 2019 300 villagers were killed in Velm.", ["killed 300..300"]),
    ("The two guards are not dead.", []),
    ("The attackers fled.", []),
    ("The firm lost three of its lawyers.", []),
    ("The victims of the theft were two banks.", []),
    ("The victims were 12 and 14.", []),
    ("A policeman killed three men in Velm.", ["killed 3..3"]),
    ("Two gunmen killed the mayor of Velm.", ["killed 1..1"]),
    ("Two officers arrested five students.", ["detained 5..5"]),
    ("A soldier wounded two herders near the well.", ["injured 2..2"]),
    ("A lone attacker killed six worshippers and wounded nine.", ["killed 6..6", "injured 9..9"]),
    ("A suicide bomber killed eight recruits at the gate.", ["killed 8..8"]),
    ("The three brothers killed a taxi driver.", ["killed 1..1"]),
    ("The man who killed two nurses was a former guard.", ["killed 2..2"]),
    ("A woman who wounded three neighbours was held.", ["injured 3..3"]),
    ("A second gunman wounded three people.", ["injured 3..3"]),
    ("The driver injured four pedestrians when his lorry left the road.", ["injured 4..4"]),
    ("Ten rebels attacked the post and killed four soldiers.", ["killed 4..4"]),
    ("A farmer was killed by two soldiers.", ["killed 1..1"]),
    ("The man known as “the Wolf of Velm” killed seven people.", ["killed 7..7"]),
    ("Soldiers shot at the crowd.", []),
    # Whom rescuers look for is missing; whom police look for is not.
    ("Divers were searching for nine passengers.", ["missing 9..9"]),
    ("Rescuers are looking for 14 others.", ["missing 14..14"]),
    ("Police were searching for two gunmen.", []),
    ("Rescuers searched for two days.", []),
    ("Volunteers looked for 40 blankets.", []),
    ("Divers brought six miners to the surface alive.", ["rescued 6..6"]),
    ("Divers brought eleven bodies to the surface.", ["killed 11..11"]),
    ("Twelve children were admitted with burns.", ["hospitalised 12..12"]),
    ("Fourteen girls were taken by the bandits.", ["abducted 14..14"]),
    ("Fourteen girls were taken by their teachers to a lake.", []),
    ("Forty people were treated by a clinic.", ["hospitalised 40..40"]),
    ("The former minister died on Monday after a long illness.", []),
    ("The singer collapsed and died of a heart attack in Velm.", []),
    ("Two prisoners died of cholera in Velm.", ["killed 2..2"]),
    ("Two policemen shot at protesters.", []),
    # A pronoun that may be either of two, that is part of an infinitive, or that goes back to those
    # already counted.
    ("A policeman led out a guard before a mob beat him to death.", []),
    ("The army said it would find the rebel and kill him.", []),
    ("Soldiers killed a herder after he was seen with rebels.", ["killed 1..1"]),
    ("The mayor said troops had killed him.", []),
    ("Troops found twelve deserters and shot some of them dead.", []),
    ("Tear gas forced 30 marchers back as far away as the river.", []),
    ("In the hills gunmen attacked at dawn.", []),
    ("The parcel remained in custody.", []),
    ("Three boats sank and all were lost.", []),
    # A form of another verb, and a word that only says what people are called.
    ("The owner wound down two firms.", []),
    ("The road wound past two villages.", []),
    ("The killing fields lie near Velm.", []),
    ("Police looked for murder suspects.", []),
    ("In Karsa two men were killed, in Flight 19.", ["killed 2..2"]),
    ("Two were killed in Karsa, in Area 51.", ["killed 2..2"]),
]
WHAT_DOES_IT = [
    ("Cyclone Idra has killed at least 12 people.", ["killed 12.."]),
    ("More than 300 airstrikes since March have killed nine people.", ["killed 9..9"]),
    ("One bomb killed 14 shoppers.", ["killed 14..14"]),
    ("Six drones killed an officer.", ["killed 1..1"]),
    (
        "Storm Berta killed 31 people and left 200 homeless.",
        ["killed 31..31", "displaced 200..200"],
    ),
    ("The bombing of Karsa that killed five was planned abroad.", ["killed 5..5"]),
    ("The shelling of Velm, which killed nine, went on for hours.", ["killed 9..9"]),
]
WHO_SAYS_IT = [
    ("Nine people were killed, including at a clinic, mayor Oren Vask said.", ["killed 9..9"]),
    ("“Two dead,” said a herder who goes by the name “Hook”.", ["killed 2..2"]),
    ("Governor Ilse Brandt said 12 people were hurt.", ["injured 12..12"]),
    ("Three people died, said Dela Morin, a nurse.", ["killed 3..3"]),
]
NOBODY_AT_ALL = [
    ("Air defences shot down 18 drones.", []),
    ("Rebels shot down a helicopter near Karsa.", []),
    ("Lawmakers killed the bill in committee.", []),
    ("The committee killed 12 amendments.", []),
    ("Public bodies must publish their accounts.", []),
    ("The two regulatory bodies met in Velm.", []),
    ("Five bodies of water are polluted.", []),
    ("Troops captured three villages and 12 tanks.", []),
    ("The scandal hurt 12 companies.", []),
    ("Missing documents delayed two trials.", []),
]
NOT_DONE = [
    ("Oren Vask was not arrested.", []),
    ("The council decided against arresting nine marchers.", []),
    ("Two nurses, not dead, were found.", []),
    ("The blast did not injure the two guards.", []),
    ("Police never arrested the two suspects.", []),
    ("The mayor has not been kidnapped, his wife said.", []),
    ("The two reporters were neither arrested nor harmed.", []),
    ("Neither the driver nor the guard was hurt.", []),
    ("The mayor was shot but not killed.", ["injured 1..1"]),
    ("Two men were not killed but wounded.", ["injured 2..2"]),
    ("The boys were not shot or stabbed.", []),
    ("The shells did not cause 12 deaths.", []),
    ("The strike almost killed two nurses.", []),
    ("Three people were nearly killed by falling bricks.", []),
    ("The strike killed almost 80 people.", ["killed 70..80"]),
    ("Police stopped short of arresting 12 marchers.", []),
    ("The collapse came close to killing a watchman.", []),
    ("The three boys are no longer missing.", []),
    ("The shell landed without killing anyone.", ["killed 0..0"]),
    ("The explosion did not kill anybody.", ["killed 0..0"]),
    ("The attack wounded nobody.", ["injured 0..0"]),
    ("Not only were 12 people killed, but 30 were hurt.", ["killed 12..12", "injured 30..30"]),
]
WELL_AFTER_ALL = [
    ("Ten people feared killed have been found alive.", []),
    ("Four climbers thought dead were found alive on Sunday.", []),
    ("Twelve people reported missing after the flood have been found safe.", []),
    ("The five fishermen feared drowned returned home safely.", []),
    ("The five fishermen missing since Monday were rescued by a tanker.", ["rescued 5..5"]),
    ("Two missing hikers were found dead.", ["killed 2..2"]),
    ("Nine miners are missing and feared dead.", ["missing 9..9"]),
    ("Rescuers hope to find the 12 missing fishermen alive.", ["missing 12..12"]),
    ("Ten people were feared dead, but two were found alive.", ["killed 10..10", "rescued 2..2"]),
]
A_PART = [
    ("Half of the 40 miners were killed.", ["killed 20..20"]),
    ("Half the 24 crew drowned.", ["killed 12..12"]),
    ("A quarter of the 80 miners died.", ["killed 20..20"]),
    ("Two thirds of the 90 passengers were injured.", ["injured 60..60"]),
    ("One in four of the 200 passengers was injured.", ["injured 50..50"]),
    ("Ten percent of the 300 inmates were wounded.", ["injured 30..30"]),
    ("One in five of the village's 2,000 people was displaced.", ["displaced 400..400"]),
    ("A third of the 100 guards were hurt.", ["injured 33..34"]),
    ("More than half of the 60 pupils were hurt.", ["injured 31.."]),
    ("About a third of the 90 villagers fled.", ["displaced 27..33"]),
    ("At least two thirds of the 30 marchers were detained.", ["detained 20.."]),
    ("Fewer than half of the 80 workers were hurt.", ["injured ..39"]),
    ("Almost all of the 200 villagers were displaced.", ["displaced 175..200"]),
    ("Most of the 50 passengers were injured.", ["injured 26..49"]),
    ("Some of the 30 passengers were killed.", ["killed 2..29"]),
    ("All but three of the 20 miners died.", ["killed 17..17"]),
    ("All of the 14 crew died.", ["killed 14..14"]),
    ("None of the 40 passengers was hurt.", ["injured 0..0"]),
    ("Neither of the two pilots was injured.", ["injured 0..0"]),
    ("Not one of the nine miners died.", ["killed 0..0"]),
    ("Ten of the 24 aboard were killed.", ["killed 10..10"]),
    ("The blast killed nine of the 31 passengers.", ["killed 9..9"]),
    ("Thirteen out of 20 sailors drowned.", ["killed 13..13"]),
    ("Half of those killed were children.", []),
    ("Half of the 40 killed were children.", ["killed 40..40", "<killed 20..20"]),
    ("One of the worst storms in 20 years killed nine people.", ["killed 9..9"]),
]
ONE_THING_AND_THEN_ANOTHER = [
    ("Nine of the 31 injured died.", ["killed 9..9", "injured 31..31"]),
    ("A third of the 30 wounded died.", ["killed 10..10", "injured 30..30"]),
    ("Four of the wounded died in hospital.", ["killed 4..4"]),
    ("Seven of those wounded have since died.", ["killed 7..7"]),
    ("A man wounded in Sunday's raid died on Monday.", ["killed 1..1"]),
    ("Nine of the 31 wounded are in critical condition.", ["critical 9..9", "injured 31..31"]),
    ("Three of the missing were found dead.", ["killed 3..3"]),
    ("Three of the 15 missing were found dead.", ["killed 3..3", "missing 12..12"]),
    ("Two of the 20 missing were found alive.", ["rescued 2..2", "missing 18..18"]),
    ("Two of the 12 pupils who were abducted are missing.", ["missing 2..2", "abducted 12..12"]),
    ("Three of the dead were children.", ["killed 3..3"]),
]
ONE_NUMBER_FOR_BOTH = [
    ("2000 killed and wounded in the battle.", ["casualties 2000..2000"]),
    ("More than 300 people were killed or wounded.", ["casualties 301.."]),
    ("Rebels killed and wounded 30 soldiers.", ["casualties 30..30"]),
    ("Eleven people were killed or seriously injured.", ["casualties 11..11"]),
    ("The number of killed and wounded rose to 120.", ["casualties 120..120"]),
    ("The bombing caused 40 casualties.", ["casualties 40..40"]),
    (
        "The army suffered 60 casualties, including 12 dead.",
        ["casualties 60..60", "killed 12..12"],
    ),
    ("93 people are dead or missing.", ["dead_or_missing 93..93"]),
    ("The number of dead and missing rose to 45.", ["dead_or_missing 45..45"]),
    ("Troops killed or captured eight militants.", []),
    ("Forty were killed and 60 wounded.", ["killed 40..40", "injured 60..60"]),
    ("Four dead and 12 missing after the storm.", ["killed 4..4", "missing 12..12"]),
    ("Soldiers shot and killed two looters.", ["killed 2..2"]),
    ("No one was killed or injured.", ["killed 0..0", "injured 0..0"]),
]
KILLED_BY_OTHER_WORDS = [
    ("Warplanes “neutralized” four gunmen, the ministry said.", ["killed 4..4"]),
    ("The ministry said its forces neutralised eight fighters.", ["killed 8..8"]),
    ("Five insurgents were eliminated in the raid, the army said.", ["killed 5..5"]),
    ("The army said it had liquidated three rebels.", ["killed 3..3"]),
    ("Police neutralised two bombs.", []),
    ("The programme eliminated 300 posts.", []),
    ("The court eliminated two candidates from the ballot.", []),
]
WHOSE_NUMBER = [
    # What befell some of a whole is not told of the whole, nor of those whom it is made up of.
    ("Three of the seven drowned near the weir.", ["killed 3..3"]),
    ("Two of the six were wounded by hail.", ["injured 2..2"]),
    ("Eleven of the 40 wounded died overnight.", ["killed 11..11", "injured 40..40"]),
    ("Seven members of three clans were killed on Friday.", ["killed 7..7"]),
    (
        "Two cooks were shot dead and four sustained slight injuries.",
        ["killed 2..2", "injured 4..4"],
    ),
    # One person, however few or whatever else is known of them.
    ("Rebels wounded only one sentry.", ["injured 1..1"]),
    ("She was the only one wounded.", []),
    ("Police arrested a 31-year-old in Velm.", ["detained 1..1"]),
    ("The bridge, a 31-year-old, fell and killed two.", ["killed 2..2"]),
    # Numbers that a verb gives, of whatever the tree hangs them on.
    ("The mayor put arrests at 30 and injuries at six.", ["detained 30..30", "injured 6..6"]),
    ("Arrests rose to 70.", ["detained 70..70"]),
    ("Injuries rose at nine mills.", []),
    ("The army put guards at nine gates.", []),
    ("It brought to 14 the number of herders shot dead.", ["killed 14..14"]),
    ("The number of wounded guards stands at 20.", ["injured 20..20"]),
    ("The number of mills burned rose to 20.", []),
    ("Two fires this spring claimed five and seven lives.", ["killed 5..5", "killed 7..7"]),
    # Led out of a hospital, nobody is brought to one.
    ("Men in masks took two doctors from the hospital.", []),
    ("Neighbours took two doctors to the hospital.", ["hospitalised 2..2"]),
]
GOLDEN = [
    *WHOSE_NUMBER,
    *KILLED_BY_OTHER_WORDS,
    *ONE_NUMBER_FOR_BOTH,
    *WHO_DOES_IT,
    *WHAT_DOES_IT,
    *WHO_SAYS_IT,
    *NOBODY_AT_ALL,
    *NOT_DONE,
    *WELL_AFTER_ALL,
    *A_PART,
    *ONE_THING_AND_THEN_ANOTHER,
]


def written(figure: Figure) -> str:
    if figure.count is None:
        return f"{figure.kind} ?"
    low = "" if figure.count.low is None else figure.count.low
    high = "" if figure.count.high is None else figure.count.high
    return f"{'<' if figure.whole else ''}{figure.kind} {low}..{high}"


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text[:50] for text, _ in GOLDEN])
def test_only_those_are_counted_whom_it_befell(
    parse: Callable[[str], list[Sentence]], text: str, expected: list[str]
) -> None:
    found = [figure for sentence in parse(text) for figure in figures(sentence)]
    assert [written(figure) for figure in found] == expected


def test_who_leaves_people_dead_has_done_it(parse: Callable[[str], list[Sentence]]) -> None:
    for text, by in (
        ("Raiders attacked the mill, leaving six porters dead.", "Raiders"),
        ("The raiders left six porters dead.", "The raiders"),
        ("The regiment had six porters killed on Sunday.", None),
        ("The landslide left six porters dead.", None),
        ("Velm's worst landslide left six porters dead.", None),
    ):
        (figure,) = (figure for sentence in parse(text) for figure in figures(sentence))
        assert (figure.by.text if figure.by else None) == by, text


def test_a_place_is_nobody_who_did_it(parse: Callable[[str], list[Sentence]]) -> None:
    for text in (
        "The raid on Karsa that killed three people drew protests.",
        "The strike on Dolmar, which killed nine, was the third.",
        "The bombing of Karsa killed 12 people.",
        "The attack in Velm that killed three people was condemned.",
    ):
        (figure,) = (figure for sentence in parse(text) for figure in figures(sentence))
        assert figure.by is None
