"""Words that stand for a place named before. All texts are our own."""

from __future__ import annotations

import pytest

from sayso.language.geography.references import acts, references
from sayso.language.places import places


@pytest.fixture
def read(parse, gazetteer):
    """The references of one text: their words, and the place that they stand for."""

    def reads(text):
        sentences = parse(text)
        found = references(sentences, places(sentences, gazetteer), gazetteer)
        return [(text[r.start : r.end], r.name) for r in found]

    return reads


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off in Oslo. Crowds left the city.", [("city", "Oslo")]),
        ("Rain fell on Oslo and Bergen. Crowds left the city.", [("city", "Bergen")]),
        ("Rain fell on Bergen. Crowds filled the capital.", [("capital", "Oslo")]),
        ("Crowds filled the Kenyan capital.", [("capital", "Nairobi")]),
        ("Rain fell on Kano. A strike closed ports across the country.", [("country", "Nigeria")]),
        ("Ports closed in Kenya. Eleven people died nationwide.", [("nationwide", "Kenya")]),
        ("Ports closed in Kenya. Fires burned in several regions.", [("regions", "Kenya")]),
        ("Fires burned in Borno State. Herders left the state.", [("state", "Borno")]),
        ("Troops entered Freedom Square in Oslo. Crowds left the square.", [("square", "Oslo")]),
    ],
)
def test_words_stand_for_the_place_named_before(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Crowds left the city.",  # none is named
        "Oslo is calm. Crowds left the next city.",
        "Oslo is calm. Crowds left a city in the east.",
        "Oslo is calm. Crowds shouted at the city council.",
        "Oslo is calm. The city said that it would pay.",  # it speaks, and is no scene
        "Oslo is calm. Its mayor praised his city.",
        "Moscow said that shells had hit the city.",  # who speaks is no place
    ],
)
def test_words_that_nothing_settles_are_left_out(read, text):
    assert read(text) == []


def test_one_place_keeps_its_name_from_the_text(parse, gazetteer):
    text = "Rain fell on Christiania, Norway. Crowds filled Oslo. The capital was wet."
    sentences = parse(text)
    found = references(sentences, places(sentences, gazetteer), gazetteer)
    assert all(text.count(r.text) for r in found)


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Moscow said the bridge was safe.", "Moscow", True),
        ("Kenya was accused of arming rebels.", "Kenya", True),
        ("Lviv was shelled overnight.", "Lviv", False),
        ("Crowds gathered in Oslo.", "Oslo", False),
        ("A Moscow-led force entered the valley.", "Moscow", True),
    ],
)
def test_a_place_that_acts_is_a_party(parse, gazetteer, text, name, party):
    sentences = parse(text)
    (mention,) = [m for m in places(sentences, gazetteer) if m.text == name]
    assert acts(sentences[0], mention) is party
