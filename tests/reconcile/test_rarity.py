"""Words and what they tell."""

from __future__ import annotations

from collections import Counter

import pytest

from sayso.errors import EngineError
from sayso.lexicon.background import background, tokens
from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.words import STRONGEST, Rarity, likeness


def vector(text, rarity=None, lead=()):
    return (rarity or Rarity()).vector(Counter(map(number, tokens(text))), set(map(number, lead)))


def test_words_come_in_lower_case_without_figures_or_possessives():
    assert list(tokens("Karsa's 13 dead, the mayor’s own")) == [
        "karsa",
        "dead",
        "the",
        "mayor",
        "own",
    ]


def test_a_rare_word_tells_more_than_a_common_one():
    rarity = Rarity()
    assert rarity(number("selmarrish")) < rarity(number("police")) < rarity(number("the"))


def test_a_word_that_many_incidents_share_tells_little():
    rarity = Rarity()
    alone = rarity(number("selmarrish"))
    for _ in range(100):
        rarity.open()
        rarity.add({number("selmarrish")})
    assert rarity(number("selmarrish")) > 100 * alone


def test_what_is_taken_back_was_never_counted():
    rarity = Rarity()
    before = vector("Selmarrish dockers", rarity)
    rarity.open()
    rarity.add({number("selmarrish"), number("dockers")})
    assert vector("Selmarrish dockers", rarity) != before
    rarity.remove({number("selmarrish"), number("dockers")})
    rarity.close()
    assert vector("Selmarrish dockers", rarity) == before


def test_the_table_covers_common_words():
    assert background("en")["the"] > background("en")["minister"] > background("en")["protesters"]


def test_a_language_without_a_table_is_named():
    with pytest.raises(EngineError, match="xx"):
        background("xx")


def test_a_text_is_most_like_itself():
    told = vector("Rescuers with dogs searched the rubble of the covered market until evening.")
    again = vector("Rescuers searched the market.")
    assert likeness(told, told) > likeness(told, again) > 0


def test_one_name_in_common_makes_two_short_texts_little_alike():
    blast = vector("Blast in Karsa. A market blast shook Karsa.")
    raid = vector("Raid in Karsa. Gunmen stormed barracks near Karsa.")
    assert likeness(blast, raid) < 0.25
    assert likeness(blast, raid, places={number("karsa")}) < 0.1


def test_words_of_the_lead_tell_more():
    text = "Rescuers searched the rubble"
    assert vector(text, lead={"rubble"})[number("rubble")] > vector(text)[number("rubble")]


def test_of_a_long_text_the_strongest_words_are_kept():
    text = " ".join(a + b + c for a in "bcdfg" for b in "aeiou" for c in "klmnprst")
    assert len(vector(text)) == STRONGEST


def test_common_words_make_no_likeness():
    assert likeness(vector("the and of to"), vector("the and of to")) == 0


def test_capitals_make_no_difference():
    assert vector("GUERRILLAS RAIDED KARSA") == vector("guerrillas raided Karsa")
