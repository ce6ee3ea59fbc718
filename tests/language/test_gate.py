"""Paragraphs that can hold a claim are told from those that cannot, by the words of the tables."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from sayso.ingest.inputs import documents
from sayso.language.engine import Engine, load
from sayso.language.gate import Gate
from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def gated() -> Engine:
    return load(gate=True)


@pytest.fixture(scope="module")
def gate(gated: Engine) -> Gate:
    return gated._gate  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "line",
    [
        "Thirteen people died.",
        "GUNMEN SHOT TWO FARMERS",
        "The men were slain at dawn.",
        "No one was hurt.",
        "The toll rose to 18.",
        "Two of them are in intensive care.",
        "Residents were rushed to a clinic.",
        "The storm claimed nine lives.",
        "Thousands took to the streets of Karsa.",
        "Parliament declared a state of emergency.",
        "An explosion rocked the harbour.",
        "The ministry accused the rebels of looting.",
        "Workers walked out.",
        "A crowd of 500 stood outside.",
        "The killer of nine nurses was never found.",
        "The number of victims rose to 12.",
        "The victims were named as Ada Voss and Ilse Brandt.",
    ],
)
def test_lines_that_can_hold_a_claim(gate: Gate, line: str) -> None:
    assert gate.holds(re.findall(r"\w+", line))


@pytest.mark.parametrize(
    "line",
    [
        "The orchestra played until midnight.",
        "He has some books and was happy with them.",
        "They waited for the bus to the museum.",
        "The state of the roads is poor.",
        "It is cheaper than last year.",
        "",
    ],
)
def test_lines_that_cannot(gate: Gate, line: str) -> None:
    assert not gate.holds(re.findall(r"\w+", line))


def test_what_claims_lean_on_is_kept(gate: Gate) -> None:
    paragraphs = ["KARSA", "Rain fell", "It was cold", "He spoke", "Two people died", "He left"]
    wanted = gate.wanted([p.split() for p in paragraphs])
    assert wanted == [True, True, False, True, True, False]


def test_nothing_is_kept_of_a_document_without_any(gate: Gate) -> None:
    assert gate.wanted([["KARSA"], ["Rain", "fell"]]) == [False, False]


def test_skipped_paragraphs_are_no_sentences_and_others_read_alike(
    gated: Engine, engine: Engine
) -> None:
    text = "KARSA\n\nRain fell.\n\nIt was cold.\n\nThe mayor spoke.\n\nShe said two boys died."
    (some,), (every,) = gated.sentences([text]), engine.sentences([text])
    assert [s.text for s in some] == ["KARSA", "Rain fell.", "The mayor spoke.", every[-1].text]

    def shape(sentence: object) -> list:
        return [(t.text, t.dep, t.head.i, t.start) for t in sentence.tokens]  # type: ignore[attr-defined]

    assert shape(some[-1]) == shape(every[-1])


def test_no_claim_of_the_demo_is_lost(settings: Settings) -> None:
    whole, gated = Reader(settings), Reader(settings._replace(parse="claims"))
    story = str(files("sayso") / "data" / "demo" / "story.jsonl")
    lost = []
    for document in documents([story]):
        assert isinstance(document, Document)
        reading = gated.read(document)
        assert any("only paragraphs that can hold a claim" in p for p in reading.problems)
        found = {claim.id for claim in reading.claims}
        lost += [c.evidence.text for c in whole.read(document).claims if c.id not in found]
    assert not lost
