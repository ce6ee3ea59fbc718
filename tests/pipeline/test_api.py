"""Sayso as other programs use it: by import, in a spaCy pipeline, in a notebook."""

from __future__ import annotations

import os
from pathlib import Path

import nanoarrow
import nbformat
import pytest
import spacy
from nbclient import NotebookClient

import sayso
from sayso.pipeline import Reader
from sayso.pipeline.component import Component
from sayso.records import Document
from waiting import PATIENCE

NOTEBOOK = Path(__file__).parents[2] / "docs" / "guides" / "python.ipynb"
TEXT = "KARSA — Police said on Tuesday that nine people were hurt when a bus overturned."


@pytest.fixture(autouse=True)
def gazetteer(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual settings, with the gazetteer of the tests."""
    monkeypatch.setattr("sayso.api.Settings", lambda: settings)


def test_a_text_is_read() -> None:
    reading = sayso.read(TEXT, published="2031-03-05", outlet="Lantern")
    (claim,) = [claim for claim in reading.claims if claim.kind == "injured"]
    assert claim.count.low == 9 and claim.sources[0].text == "Police"
    assert reading.document.outlet == "Lantern"
    assert claim.evidence.text == TEXT[claim.evidence.start : claim.evidence.end]
    assert sayso.read(Document(id="x", text=TEXT)).document.id == "x"


def test_a_reading_is_a_table_that_others_take_as_it_is() -> None:
    stream = nanoarrow.ArrayStream(sayso.table(sayso.read(TEXT)))
    rows = stream.read_all().to_pylist()
    assert [row["low"] for row in rows if row["kind"] == "injured"] == [9]
    assert rows[0]["say_so"].startswith("Police")


def test_only_what_is_offered_is_there() -> None:
    assert set(sayso.__all__) == {"Ledger", "__version__", "known", "read", "table"}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        sayso.nonsense  # noqa: B018


def test_it_is_a_component_of_a_spacy_pipeline(settings) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"gazetteer": str(settings.gazetteer)})
    (doc,) = nlp.pipe([TEXT])
    assert {claim.kind for claim in doc._.sayso.claims} >= {"injured"}
    assert "nine people were hurt" in [span.text for span in doc.spans["sayso"]]


def test_a_component_knows_what_it_is_told_of_a_document(settings) -> None:
    component = Component(Reader(settings))
    doc = spacy.blank("en").make_doc(TEXT)
    doc.user_data["sayso"] = {"published": "2031-03-05", "outlet": "Lantern", "id": "d7"}
    reading = component(doc)._.sayso
    assert (reading.document.id, reading.document.outlet) == ("d7", "Lantern")
    assert reading.claims[0].when is not None


def test_the_notebook_runs_from_top_to_bottom(settings, tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environment = os.environ | {"SAYSO_GAZETTEER": str(settings.gazetteer), "HOME": str(tmp_path)}
    client = NotebookClient(notebook, timeout=int(PATIENCE), kernel_name="python3")
    client.execute(env=environment, cwd=str(tmp_path))
    told = "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ())
    )
    assert "killed (13, None) | interior ministry" in told
    assert "selmarra-2031-03-04 killed unspecified 18 18 27" in told
