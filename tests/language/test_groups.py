"""How groups of people are named and what they are, by the real engine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.engine import Engine
from sayso.language.groups import category, party, phrase
from sayso.language.trees import Token
from sayso.lexicon import table
from sayso.records import Category


@pytest.fixture(scope="session")
def find(parse):
    """The token of a text that reads like this, the first if there are several."""

    def token(text: str, word: str) -> Token:
        return next(t for s in parse(text) for t in s.tokens if t.text == word)

    return token


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        (
            "At least 13 law enforcement officials were killed in Velm.",
            "officials",
            "law enforcement officials",
        ),
        ("The two injured miners were found.", "miners", "injured miners"),
        ("The protesters fled.", "protesters", "The protesters"),
        ("Two other soldiers fled.", "soldiers", "other soldiers"),
        ("Many villagers fled.", "villagers", "villagers"),
        ("Dozens of villagers fled.", "Dozens", "villagers"),
        (
            "Members of the security forces fled.",
            "Members",
            "Members of the security forces",
        ),
        ("Residents of Velm fled.", "Residents", "Residents of Velm"),
        (
            "They held a group of 14 pilgrims on Monday.",
            "group",
            "a group of 14 pilgrims",
        ),
        (
            "They arrested opposition supporters who had gathered in the square.",
            "supporters",
            "opposition supporters",
        ),
        ("The driver, a father of two, was hurt.", "driver", "The driver"),
        ("Gunmen wearing masks fled.", "Gunmen", "Gunmen"),
        ("A 34-year-old farmer was hurt.", "farmer", "farmer"),
        ("Soldiers and nurses fled.", "Soldiers", "Soldiers"),
        ("The party's supporters fled.", "supporters", "The party's supporters"),
        ("They fled.", "They", "They"),
        ("AT LEAST 13 ARMY OFFICERS WERE KILLED.", "OFFICERS", "ARMY OFFICERS"),
    ],
)
def test_the_group_is_named_as_a_reader_would_cite_it(find, text, word, named):
    assert party(find(text, word)).text == named


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # the noun itself
        ("Four villagers were killed.", "villagers", "civilians"),
        ("Four passengers were killed.", "passengers", "civilians"),
        ("Four protesters were killed.", "protesters", "protesters"),
        ("Four policemen were killed.", "policemen", "security_forces"),
        ("Four officers were killed.", "officers", "security_forces"),
        ("Four soldiers were killed.", "soldiers", "military"),
        ("Four gunmen were killed.", "gunmen", "attackers"),
        ("Four rebels were killed.", "rebels", "militants"),
        ("Four prisoners were killed.", "prisoners", "suspects"),
        ("Four schoolchildren were killed.", "schoolchildren", "children"),
        ("Four women were killed.", "women", "women"),
        ("Four journalists were killed.", "journalists", "journalists"),
        ("Four nurses were killed.", "nurses", "medics"),
        ("Four officials were killed.", "officials", "officials"),
        ("Four tourists were killed.", "tourists", "foreigners"),
        ("Four people were killed.", "people", "unspecified"),
        ("They were killed.", "They", "unspecified"),
        ("FOUR SOLDIERS WERE KILLED.", "SOLDIERS", "military"),
        ("FOUR GUERRILLAS WERE KILLED.", "GUERRILLAS", "militants"),
        # words beside it
        ("Four army officers were killed.", "officers", "military"),
        ("Four police officers were killed.", "officers", "security_forces"),
        ("Four police lieutenants were killed.", "lieutenants", "security_forces"),
        ("Four rebel leaders were killed.", "leaders", "militants"),
        ("Four union leaders were killed.", "leaders", "civilians"),
        ("Four security guards were killed.", "guards", "security_forces"),
        ("Four opposition demonstrators were killed.", "demonstrators", "protesters"),
        ("Four opposition supporters were killed.", "supporters", "protesters"),
        ("Four foreign workers were killed.", "workers", "foreigners"),
        ("Four foreign journalists were killed.", "journalists", "journalists"),
        ("Four foreign fighters were killed.", "fighters", "militants"),
        ("Four armed men were killed.", "men", "attackers"),
        ("Four female victims were killed.", "victims", "women"),
        ("Four health workers were killed.", "workers", "medics"),
        ("Four gang members were killed.", "members", "suspects"),
        # words that mean more together
        ("Four law enforcement officials were killed.", "officials", "security_forces"),
        ("Riot police fired on the crowd.", "police", "security_forces"),
        ("Government forces took the town.", "forces", "military"),
        ("Security forces took the town.", "forces", "security_forces"),
        ("Two suicide bombers struck.", "bombers", "attackers"),
        # the "of"
        ("Four members of the security forces were killed.", "members", "security_forces"),
        ("Four members of the army were killed.", "members", "military"),
        ("One of the attackers was killed.", "One", "attackers"),
        ("Dozens of protesters were killed.", "Dozens", "protesters"),
        ("The bodies of two nurses were found.", "bodies", "medics"),
        ("An officer of the army was killed.", "officer", "military"),
        # names
        ("Governor Ada Lom was killed.", "Governor", "officials"),
        ("Tarik Dru, a nurse, was killed.", "Tarik", "medics"),
        ("Tarik Dru was killed.", "Tarik", "unspecified"),
        # things are nobody
        ("The police station burned.", "station", "unspecified"),
        ("The army base burned.", "base", "unspecified"),
    ],
)
def test_category(find, text, word, expected):
    assert category(find(text, word)) == expected


def test_every_listed_category_is_one_of_the_record():
    groups = table("groups", "en")
    named = {*groups["modifiers"], *groups["whole"]["categories"]}
    named |= {name for modifier in groups["modifiers"].values() for name in modifier["over"]}
    assert named <= set(Category.__args__)


NOUNS = ["soldiers", "men", "residents", "members", "fighters", "a crowd", "officers", "students"]


@settings(max_examples=50)
@given(
    before=st.sampled_from(["At least 13", "The two", "Some wounded", "Many", ""]),
    noun=st.sampled_from(NOUNS),
    after=st.sampled_from(["", "of the army", "from Velm", ", both armed,", "who had fled"]),
)
def test_a_phrase_holds_its_head_without_a_gap(engine: Engine, before, noun, after):
    text = f"{before} {noun} {after} were killed near the bridge.".strip()
    for sentence in next(iter(engine.sentences([text]))):
        for token in sentence.tokens:
            places = [t.i for t in phrase(token)]
            assert places == list(range(places[0], places[0] + len(places)))
            if token.pos == "NOUN":
                assert token.i in places
