"""The words of the screen have a meaning each, from one table, and none says what is not so."""

from __future__ import annotations

from typing import get_args

import pytest

from sayso.publish import glossary, wording
from sayso.records import COUNTED, Corroboration, Modality, Relation, Scope
from sayso.records.claims import Basis, Role
from sayso.serve.glossing import Glosses
from sayso.settings import Settings

VALUES = [
    value
    for kind in (Corroboration, Modality, Relation, Scope, Basis, Role)
    for value in get_args(kind)
]


@pytest.mark.parametrize("word", [*VALUES, *COUNTED, *Settings().statuses, "best", "kappa"])
def test_every_value_that_is_shown_has_a_meaning(word: str) -> None:
    assert glossary.meaning(word).endswith(".")
    assert glossary.meaning(wording.kind(word)) == glossary.meaning(word)


def test_meanings_are_sentences_and_words_stand_once() -> None:
    told = glossary.words()
    assert len({word for word, _ in told}) == len(told)
    for word, means in told:
        assert means[0].isupper() and means.endswith("."), word


def test_a_word_opens_its_meaning_by_a_press_and_others_stand_as_they_are() -> None:
    glosses = Glosses()
    made = glosses.term("best", "Best <b>")
    assert 'popovertarget="word-best"' in made and "Best &lt;b&gt;" in made
    assert glosses.used["word-best"] == ("best", glossary.meaning("best"))
    assert glosses.term("Karsa & Co") == "Karsa &amp; Co" and len(glosses.used) == 1
    assert 'tabindex="-1"' in glosses.term("withdrawn", quiet=True)
    assert str(glossary.marked("withdrawn")).startswith('<abbr class="term" title="')
