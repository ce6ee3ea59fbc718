"""The demo's truth file agrees with the demo's articles."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from typing import get_args

import msgspec
import pytest

from sayso.records import COUNTED, Category, Document, Modality, Scope

DEMO = files("sayso") / "data" / "demo"
DOCUMENTS = {
    document.id: document
    for document in (
        msgspec.json.decode(line, type=Document)
        for line in (DEMO / "story.jsonl").read_text(encoding="utf-8").splitlines()
    )
}
TRUTH = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
FIGURES = [
    pytest.param(name, figure, id=f"{name}-{index}")
    for name, found in TRUTH["documents"].items()
    for index, figure in enumerate(found["figures"])
]


def sequences(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def test_every_article_has_its_row_of_truth() -> None:
    assert set(TRUTH["documents"]) == set(DOCUMENTS)


def test_articles_stand_oldest_first() -> None:
    published = [document.published or "" for document in DOCUMENTS.values()]
    assert all(a < b for a, b in pairwise(published))


def test_articles_are_short() -> None:
    assert all(80 <= len(document.text.split()) <= 220 for document in DOCUMENTS.values())


def test_addresses_use_the_reserved_domain() -> None:
    assert all(".example/" in (document.url or "") for document in DOCUMENTS.values())


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_evidence_of_a_figure_occurs_once(name: str, figure: dict) -> None:
    assert DOCUMENTS[name].text.count(figure["evidence"]) == 1


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_figure_uses_the_words_of_the_record(name: str, figure: dict) -> None:
    assert set(figure["kind"]) <= set(COUNTED)
    assert set(figure["who"]) <= set(get_args(Category))
    assert figure["scope"] in get_args(Scope)
    assert figure["modality"] in get_args(Modality)


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_figure_has_a_bound_and_keeps_its_order(name: str, figure: dict) -> None:
    low, high = figure["low"], figure["high"]
    assert (low, high) != (None, None)
    assert low is None or high is None or low <= high


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_part_belongs_to_a_whole_of_the_same_text(name: str, figure: dict) -> None:
    wholes = {other["evidence"]: other for other in TRUTH["documents"][name]["figures"]}
    if "part_of" in figure:
        whole = wholes[figure["part_of"]]
        assert figure["high"] <= whole["high"]


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_named_source_stands_in_the_text(name: str, figure: dict) -> None:
    text = DOCUMENTS[name].text.lower()
    assert all(source.lower() in text for source in figure["sources"])


def test_events_quote_their_text() -> None:
    for name, found in TRUTH["documents"].items():
        for event in found["events"]:
            assert DOCUMENTS[name].text.count(event["evidence"]) == 1


def test_copies_share_most_of_their_word_sequences_and_others_do_not() -> None:
    (group,) = TRUTH["copy_groups"]
    agency = sequences(DOCUMENTS[group[0]].text)
    for name, document in DOCUMENTS.items():
        if name == group[0]:
            continue
        own = sequences(document.text)
        contained = len(own & agency) / min(len(own), len(agency))
        assert (contained > 0.8) == (name in group), name


def test_the_two_incidents_hold_every_article_once() -> None:
    held = [name for incident in TRUTH["incidents"].values() for name in incident["documents"]]
    assert sorted(held) == sorted(DOCUMENTS)


def test_a_moment_knows_only_what_was_published_before_it() -> None:
    main = TRUTH["incidents"]["selmarra"]["documents"]
    for moment in TRUTH["tolls"]:
        known = {
            number
            for name in main
            if (DOCUMENTS[name].published or "") <= moment["as_of"]
            for figure in TRUTH["documents"][name]["figures"]
            for number in (figure["low"], figure["high"])
        }
        for toll in moment["tolls"]:
            assert {toll["low"], toll["high"]} <= known | {None}
