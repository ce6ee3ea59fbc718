"""The named people of an incident at the desk, and in the files that it hands out."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.records import Capture, Document
from sayso.serve.app import app
from sayso.settings import Settings

TEXT = "Four people were killed in Karsa. The dead were named as Ada Voss, 34, and Oren Vale, 41."


@pytest.fixture
def client(settings: Settings, tmp_path: Path):
    with Ledger.open(tmp_path / "people.db", create=True) as ledger:
        document = Document(id="a", text=TEXT, outlet="The Karsa Courier", published="2031-03-04")
        list(add(ledger, Reader(settings), [Capture(document=document, raw=None)]))
        kept(ledger)
        with TestClient(app(ledger, settings), base_url="http://127.0.0.1") as made:
            made.headers["accept"] = "text/html"
            yield made


def test_the_page_of_an_incident_lists_them(client: TestClient) -> None:
    id = client.get("/incidents.json").json()["items"][0]["id"]
    page = client.get(f"/incidents/{id}").text
    assert 'id="people"' in page
    assert "Ada Voss" in page
    assert "2 of the 4 killed are named" in page
    assert "People named" not in client.get(f"/incidents/{id}/report").text
    assert "People named" in client.get(f"/incidents/{id}/report?names=1").text


def test_its_files_name_nobody_unless_asked(client: TestClient) -> None:
    assert "person 1" in client.get("/export.victims").text
    assert "Ada Voss" in client.get("/export.victims?names=1").text
    assert '"people":[]' in client.get("/export.jsonl").text
    assert '"name":"Ada Voss"' in client.get("/export.jsonl?names=1").text
