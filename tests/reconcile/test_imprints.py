"""What incidents are derived from of a text, and that it says what the text does."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.imprints import is_sound
from sayso.lexicon.background import tokens
from sayso.reconcile.coverage import incidents
from sayso.reconcile.imprinting.calling import calls, introduction, last_call
from sayso.reconcile.imprinting.making import imprint, imprinted
from sayso.reconcile.imprinting.numbers import number
from sayso.reconcile.imprinting.parts import parts, told, told_in
from sayso.reconcile.imprinting.sentences import owns_to_an_error, parted, sentences
from sayso.records import LEAD, Document, Evidence, Imprint
from sayso.wire import decode, encode

STORY = (
    "KARSA (Vestnik News Agency) — The interior minister, Ilan Dor, said that nine traders died.\n\n"
    "“We grieve with every family,” said Mira Sol, director of the county hospital. A nurse from "
    "Belov was among them.\n\nThe ministry corrected its figure. The county hospital did not."
)


def words(*found: str) -> set[int]:
    return set(map(number, found))


def test_a_text_introduces_a_person() -> None:
    told = introduction(calls("The interior minister, Ilan Dor, left early."), "Ilan Dor")
    assert told is not None and words("interior", "ministry") <= told.office


def test_an_introduction_may_follow() -> None:
    told = introduction(calls("Mira Sol, director of the hospital, wept."), "Mira Sol")
    assert told is not None and words("hospital") <= told.office


def test_another_sentence_introduces_nobody() -> None:
    assert introduction(calls("The police chief left. Mira Sol stayed."), "Mira Sol") is None


def test_who_is_placed_in_a_town_is_not_introduced_by_its_mayor() -> None:
    assert introduction(calls("The chief in Karsia, the mayor, spoke."), "Karsia") is None


def test_a_text_calls_a_body_last_where_it_does() -> None:
    text = "The county hospital had four, the city hospital nine. The hospital gave no names."
    held = calls(text)
    assert last_call(held, ["county hospital"], len(text)) == text.index("county hospital")
    assert last_call(held, ["county hospital"], 20) == text.index("county hospital")
    assert last_call(held, ["county hospital"], 18) == -1
    assert last_call(held, ["city hospital", "county hospital"], 53) == text.index("city hospital")
    assert last_call(held, ["county hospital"], len(text), since=30) == -1
    assert last_call(held, ["town hospital"], len(text)) == -1


@pytest.mark.parametrize(
    ("told", "owns"),
    [
        ("Nine died, the ministry said.", False),
        ("Nine died, the ministry said. It corrected an earlier figure.", True),
        ("Nine died, the ministry said. It was cold. It corrected a map.", False),
        ("It corrected a map. Nine died, the ministry said.", False),
        ("By a corrected count, nine died. It was cold.", True),
    ],
)
def test_a_figure_is_put_right_in_its_sentence_or_the_next(told: str, owns: bool) -> None:
    start = told.lower().index("nine died")
    evidence = Evidence(start=start, end=start + 9, text=told[start : start + 9])
    assert owns_to_an_error(sentences(told), evidence) is owns


def test_a_sentence_ends_between_two_places() -> None:
    held = sentences("Nine died. Two more died, and one fled.")
    assert parted(held, 4, 11) and not parted(held, 11, 20)


def test_the_words_of_a_text_are_those_that_it_has() -> None:
    found = told(parts(STORY))
    assert found.counts == Counter(map(number, tokens(STORY)))
    assert found.names == words("news", "agency", "ilan", "dor", "mira", "sol", "belov")
    assert found.lead == set(found.counts)


def test_a_word_that_runs_over_the_lead_is_not_of_it() -> None:
    text = "x " * (LEAD // 2 - 2) + "overboard and ashore"
    assert told(parts(text)).lead == words("x")


def test_an_account_has_the_words_of_its_paragraphs() -> None:
    at = {STORY.index("A nurse")}
    found = told_in(parts(STORY), len(STORY), lambda held: bool(held & at), at)
    middle = STORY.split("\n\n")[1]
    assert found.counts == Counter(map(number, tokens(middle)))
    assert found.lead == set(found.counts)


text = st.text(
    st.sampled_from("aB é.!?\"”'’\n,;() İ9—") | st.characters(codec="utf-8"), max_size=700
)


@given(text, st.sets(st.integers(0, 700), max_size=3))
def test_whatever_a_text_is_its_imprint_is_sound_and_counts_its_words(text, at) -> None:
    made = imprint(text)
    assert is_sound(made)
    assert decode(encode(made), Imprint) == made
    found = told(made.parts)
    assert found.counts == Counter(map(number, tokens(text)))
    whole = told_in(made.parts, len(text), lambda held: True, at)
    assert whole.counts == found.counts and whole.names == found.names
    none = told_in(made.parts, len(text), lambda held: False, at)
    assert not none.counts and not none.lead


def test_no_word_of_a_text_is_in_its_imprint_but_its_agency() -> None:
    made = encode(imprint(STORY)).casefold()
    strings = set(re.findall(r'"((?:[^"\\]|\\.)*)"', made))
    fields = {name for kind in (Imprint,) for name in kind.__struct_fields__}
    assert "vestnik news agency" in strings
    assert not {word for word in tokens(STORY)} & strings - fields


def test_what_is_derived_from_imprints_is_what_is_derived_from_texts(document, claim) -> None:
    pages = [
        document("a", "2031-03-04T09:00", STORY),
        document("b", "2031-03-04T10:00", STORY),
        document("c", "2031-03-05T10:00", STORY[: STORY.index("\n")] + " Two more died."),
    ]
    told = {page.id: [claim(f"c{page.id}", 9, at=STORY.index("nine"))] for page in pages}
    by_texts = incidents(pages, told)
    assert len(by_texts) == 1 and by_texts[0].copy_groups
    without = [imprinted(page) for page in pages]
    assert not any(page.text for page in without)
    assert incidents(without, told) == by_texts


def test_a_document_keeps_what_it_came_with() -> None:
    page = Document(id="a", text=STORY, outlet="Courier", title="Nine die", published="2031-03-04")
    held = imprinted(page)
    assert (held.id, held.outlet, held.title, held.published) == (
        page.id,
        page.outlet,
        page.title,
        page.published,
    )
    assert imprinted(held) == held
