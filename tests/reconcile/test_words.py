"""Words and what they tell."""

from __future__ import annotations

import pytest

from sayso.errors import EngineError
from sayso.reconcile.words import background, likeness, tokens, vector, weight


def test_words_come_in_lower_case_without_figures_or_possessives():
    assert list(tokens("Karsa's 13 dead, the mayor’s own")) == [
        "karsa",
        "dead",
        "the",
        "mayor",
        "own",
    ]


def test_a_rare_word_tells_more_than_a_common_one():
    assert weight("selmarrish") > weight("police") > weight("the")


def test_the_table_covers_common_words():
    assert background()["the"] > background()["minister"] > background()["protesters"]


def test_a_language_without_a_table_is_named():
    with pytest.raises(EngineError, match="xx"):
        background("xx")


def test_a_text_is_most_like_itself():
    told = vector("", "Rescuers with dogs searched the rubble of the covered market until evening.")
    again = vector("", "Rescuers searched the market.")
    assert likeness(told, told) > likeness(told, again) > 0


def test_one_name_in_common_makes_two_short_texts_little_alike():
    blast = vector("Blast in Karsa", "A market blast shook Karsa.")
    raid = vector("Raid in Karsa", "Gunmen stormed barracks near Karsa.")
    assert likeness(blast, raid) < 0.15


def test_common_words_make_no_likeness():
    assert likeness(vector("", "the and of to"), vector("", "the and of to")) == 0


def test_capitals_make_no_difference():
    assert vector("", "GUERRILLAS RAIDED KARSA") == vector("", "guerrillas raided Karsa")
