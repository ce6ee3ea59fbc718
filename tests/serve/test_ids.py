"""Whatever stands in an id, its document is shown at the desk and given to programs.

Asked by a network, as anyone asks: the client of other tests takes an address apart by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.records import Capture, Document
from sayso.serve.desk import named
from sayso.settings import Settings
from served import served

IDS = [
    "report.json",
    "report",
    "report.JSON",
    "report.json.json",
    ".json",
    "2031/03/report.json",
    "a/b//c/",
    "/leading",
    "50%",
    "50%25",
    "a%2Fb",
    "a%2Ejson",
    "what?",
    "a#b",
    "a b+c&d=e",
    "..x",
    "Ақтау.json",
    "报告",
    "https://lantern.example/2031/03/04/story.json?page=2#top",
    "~tilde:colon;semi,comma",
    '"><script>alert(1)</script>',
]

Ask = Callable[[str], tuple[int, Any]]


def told(number: int, id: str) -> Document:
    text = f"KARSA — {number + 2} miners were killed."
    return Document(id=id, text=text, title=f"Title {number}.")


@pytest.fixture(scope="module")
def ask(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """What the desk answers to a browser at an address: its status, and JSON or the page."""
    path: Path = tmp_path_factory.mktemp("ids") / "ids.db"
    captures = [Capture(document=told(n, id), raw=id.encode()) for n, id in enumerate(IDS)]
    with Ledger.open(path, create=True) as ledger:
        for _ in add(ledger, Reader(settings), captures):
            pass

    with served(path, settings.gazetteer) as address:

        def get(where: str) -> tuple[int, Any]:
            request = Request(address.rstrip("/") + where, headers={"accept": "text/html"})
            try:
                with urlopen(request) as answer:
                    body = answer.read().decode()
                    is_json = answer.headers["content-type"] == "application/json"
                    return answer.status, json.loads(body) if is_json else body
            except HTTPError as error:
                return error.code, json.loads(error.read())

        yield get


def record(ask: Ask, where: str) -> dict[str, Any]:
    status, body = ask(where)
    assert status == 200
    (found,) = body["items"]
    return dict(found)


@pytest.mark.parametrize(("number", "id"), [*enumerate(IDS)], ids=map(str, range(len(IDS))))
def test_a_document_of_any_id_has_its_page_and_its_record(ask: Ask, number: int, id: str) -> None:
    status, page = ask(f"/documents/{named(id)}")
    assert status == 200
    assert f"Title {number}." in page
    found = record(ask, f"/documents/{quote(id, safe='')}.json")
    assert found["document"]["id"] == id
    (claim,) = found["reading"]["claims"]
    status, page = ask(f"/claims/{claim['id']}")
    assert f'href="/documents/{named(id)}"' in page


def test_an_id_that_ends_as_addresses_of_json_do_is_found_as_it_is_written(ask: Ask) -> None:
    assert record(ask, "/documents/2031/03/report.json")["document"]["id"] == "2031/03/report.json"
    # Where both are there, the address means what it always did.
    assert record(ask, "/documents/report.json")["document"]["id"] == "report"
    status, body = ask("/documents/nothing.json")
    assert status == 404
    assert "'nothing'" in body["error"]
