"""The table of words for people: what it says, and what it refuses to be told."""

from __future__ import annotations

import tomllib

import pytest

from sayso import lexicon
from sayso.claims.attribution.kinds import kind
from sayso.claims.event.senses import is_party, is_power
from sayso.errors import EngineError
from sayso.language.groups import category
from sayso.language.people import known, members, read, rows, suffers
from sayso.lexicon import table, text
from sayso.lexicon.checking import Sheet

ROWS = rows("en")


@pytest.fixture(scope="session")
def noun(parse):
    """The token of a text that reads like this, the first if there are several."""
    return lambda sentence, word: next(
        t for s in parse(sentence) for t in s.tokens if t.text == word
    )


@pytest.mark.parametrize(
    ("word", "group", "source", "power"),
    [
        ("Gendarmes", "security_forces", "security_forces", True),
        ("Soldiers", "military", "military", True),
        ("Policemen", "security_forces", "security_forces", True),
        ("Rebels", "militants", "armed_group", True),
        ("Thieves", "suspects", "witness", False),
        ("Midwives", "medics", "hospital", False),
        ("Farmers", "civilians", "witness", False),
        ("Lawmakers", "officials", "official", True),
        ("Editors", "journalists", "media", False),
    ],
)
def test_one_word_says_the_same_to_groups_events_and_sources(noun, word, group, source, power):
    token = noun(f"{word} attacked a village near Velm.", word)
    assert category(token) == group
    assert is_party(token)
    assert is_power(token) is power
    assert kind([token]) == source


@pytest.mark.parametrize("word", ["ministry", "hospital", "court", "company"])
def test_a_body_stands_for_people_and_comes_to_no_harm(noun, word):
    token = noun(f"The {word} was silent.", word)
    assert known(token).body
    assert not suffers(token)


def test_a_word_may_be_none_for_people(noun):
    for word in ("tanker", "trailer", "tower", "computer"):
        assert known(noun(f"The {word} fell.", word)) is None


def test_one_human_being_is_told_from_many():
    assert [w for w in ("lodger", "source", "nun", "baby") if not ROWS[w].one] == []
    assert [w for w in ("police", "crew", "court", "corpse", "people") if ROWS[w].one] == []


def test_no_word_of_the_table_is_written_in_the_plural():
    plurals = {row.plural for row in ROWS.values()}
    double = [w for w in ROWS if f"{w}s" in ROWS and f"{w}s" not in plurals]
    assert double == []


def test_a_word_that_names_a_source_stands_in_one_table():
    listed = [word for words in table("sources", "en")["kinds"].values() for word in words]
    assert sorted(listed) == sorted(set(listed))
    assert [word for word in listed if word in ROWS and ROWS[word].source != "none"] == []


def test_classes_of_events_list_things_and_no_people():
    for name, words in lexicon.events("en").classes.items():
        assert members(name, "en").isdisjoint(words), name


def test_each_word_stands_in_its_group():
    written = text("people", "en")
    for group in tomllib.loads(written)["group"]:
        for word in group.get("words", ()):
            assert ROWS[word].category == group["category"]
        for word, own in group.get("but", {}).items():
            assert ROWS[word].category == own.get("category", group["category"])


GROUP = '[[group]]\ncategory = "civilians"\nwords = [\n  "baker",\n  "clerk",\n]\n'


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (GROUP.replace("category", "catgory"), ["line 2", "catgory"]),
        (GROUP + 'sorce = "witness"\n', ["line 7", "sorce"]),
        (GROUP.replace('"civilians"', '"civilian"'), ["line 2", "'civilian'"]),
        (GROUP + 'source = "wittness"\n', ["line 7", "'wittness'"]),
        (GROUP + "collective = 1\n", ["line 7", "bool"]),
        (GROUP + 'roles = [\n"power"]\n', ["line 8", "'power'"]),
        (GROUP + "[group.but]\ntailor = { genre = 1 }\n", ["line 8", "genre"]),
        (GROUP + '[group.but]\ntailor = {}\ncook = { roles = ["power"] }\n', ["line 9", "'power'"]),
        (GROUP + "[group.but]\nclerk = { acts = false }\n", ["line 5", "'clerk'", "twice"]),
        (GROUP + GROUP.replace("clerk", "cook"), ["line 10", "'baker'", "twice"]),
        (GROUP + '[group.but]\nchef = { plural = "baker" }\n', ["'baker'", "twice"]),
        ('[[group]]\ncategory = "civilians"\nwords = 3\n', ["line 3", "array"]),
        ('[[groups]]\ncategory = "civilians"\n', ["groups"]),
    ],
)
def test_what_is_wrong_in_the_table_is_named_with_its_line(written, said):
    with pytest.raises(EngineError) as error:
        read(Sheet(written, "people.toml"))
    assert all(part in str(error.value) for part in ["people.toml", *said]), error.value


def test_a_row_takes_what_its_group_says_and_its_own_word_wins():
    found = read(
        Sheet(GROUP + '[group.but]\nwife = { category = "women", plural = "wives" }\n', "t")
    )
    assert found["baker"].category == "civilians"
    assert found["wife"].category == found["wives"].category == "women"
    assert found["wife"].one and found["baker"].plays("people") and found["baker"].plays("captives")
