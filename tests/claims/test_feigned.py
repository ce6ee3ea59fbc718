"""Texts of which nothing happened, and those that only speak of films, matches and drills."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


@pytest.mark.parametrize(
    "text",
    [
        "Six passengers were kidnapped in Karsa. It was only an exercise, the port said.",
        "Gunmen took nine clerks hostage in Vell. The attack was just a drill, police said.",
        "The director's new film is a bore. Rebels storm a camp and kill nine guards. The script is thin"
        " and the audience yawned.",
        "Karsa Town won the derby. Nine players were shot down in flames, their coach said. The"
        " referee lost his whistle and the goalkeeper his nerve.",
    ],
)
def test_nothing_of_it_happened(reader: Reader, text: str) -> None:
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    assert {claim.modality for claim in claims} == {"hypothetical"}
    assert all(c.because["modality"].startswith("modality.feigned:") for c in claims)


@pytest.mark.parametrize(
    "text",
    [
        "Two guards were killed in an exercise near Karsa.",
        "Nine people were killed in Vell. The army had begun a drill there on Monday.",
        "Gunmen shot dead a film director and an actor at a cinema in Karsa as the audience fled,"
        " police said.",
        "Nine people were crushed at the derby in Karsa. The referee ended the match and the"
        " goalkeeper and a coach were taken to hospital.",
    ],
)
def test_what_is_real_stands(reader: Reader, text: str) -> None:
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    assert claims
    assert "hypothetical" not in {claim.modality for claim in claims}
