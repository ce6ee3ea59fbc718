"""Feeds out: what is new and what changed, under ids that stay."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import feedparser
import pytest
from starlette.testclient import TestClient

from sayso.ingest import feeds
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.records import Capture, Document
from sayso.review import decide
from sayso.settings import Settings

FIRST = "MARROW BAY, 4 March 2031 — Fourteen people were killed when the seawall of Marrow Bay gave way on Tuesday, the harbour board said."
LATER = FIRST.replace("Fourteen", "Sixteen")


@pytest.fixture
def told(settings: Settings, tmp_path) -> Callable[..., TestClient]:
    """A desk on a ledger of these texts, entered in turn, each published an hour after another."""
    from sayso.serve.app import app

    ledger = Ledger.open(tmp_path / "sea.db", create=True)
    reader = Reader(settings)
    count = 0

    def enter(*texts: str) -> TestClient:
        nonlocal count
        for text in texts:
            count += 1
            document = Document(
                id=f"d{count}", text=text, outlet=f"Outlet {count}", title="Seawall gives way",
                published=f"2031-03-04T{10 + count}:00:00Z",
            )  # fmt: skip
            list(add(ledger, reader, [Capture(document=document, raw=None)]))
        kept(ledger)
        return TestClient(app(ledger, settings, name="Aigul"), base_url="http://127.0.0.1")

    enter.ledger = ledger  # type: ignore[attr-defined]
    yield enter
    ledger.close()


def items(client: TestClient, query: str = "") -> list[dict]:
    answer = client.get(f"/feed.json{query}")
    assert answer.headers["content-type"].startswith("application/feed+json")
    return answer.json()["items"]


def test_a_new_incident_is_told_once_under_one_id(told) -> None:
    (first,) = items(told(FIRST))
    assert first["tags"] == ["incident"] and first["id"].startswith("urn:uuid:")
    assert "Seawall gives way" in first["title"] and "Outlet 1" in first["content_text"]
    changed, again = items(told(LATER))
    assert again == first | {"url": again["url"]}
    assert changed["tags"] == ["toll"] and "killed, people 14 → " in changed["title"]
    assert changed["url"].endswith("#killed-unspecified")
    assert changed["id"] != first["id"]


def test_a_judgement_that_moves_a_toll_is_told(told) -> None:
    client = told(FIRST, LATER)
    before = items(client)
    claim = next(
        one for one in told.ledger.claims() if one.kind == "killed" and one.count.low == 16
    )
    decide(told.ledger, "reject", claim.id, by="Aigul", note="misread")
    changed, *others = items(client)
    assert others == before
    assert "→ 14" in changed["title"] and "rejected" in changed["content_text"]


def test_of_what_was_signed_off_it_tells_what_came_since_and_no_change(told) -> None:
    client = told(FIRST)
    (new,) = items(client)
    (one,) = [one for one, _ in told.ledger.incidents()]
    decide(told.ledger, "sign", one.id, by="Aigul")
    signed, again = items(client)
    assert again == new and signed["tags"] == ["signed"]
    assert signed["title"].endswith(": signed off") and "killed 14" in signed["content_text"]
    client = told(LATER)
    proposed, *others = items(client)
    assert others == [signed, new]
    assert proposed["tags"] == ["proposed"] and "1 figure came after" in proposed["title"]
    assert "killed, people 14 to 16" in proposed["content_text"]
    changed, *_ = items(client, "?latest=1")
    assert changed["tags"] == ["toll"] and "14 → 16" in changed["title"]
    decide(told.ledger, "sign", one.id, by="Aigul")
    assert [one["tags"] for one in items(client)] == [["signed"], ["toll"], ["incident"]]


def test_it_is_what_the_filters_leave(client: TestClient) -> None:
    everything = items(client)
    ferry = items(client, "?place=Tervane")
    assert 0 < len(ferry) < len(everything)
    assert all("Ferry" in one["title"] for one in ferry)
    assert items(client, "?country=IS") == []
    assert client.get("/feed.json?from=nonsense").status_code == 400
    assert client.get("/feed.pdf").status_code == 404


def test_atom_says_the_same_and_any_reader_understands_it(client: TestClient) -> None:
    answer = client.get("/feed.atom?place=Selmarra")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(BytesIO(answer.content))
    assert not read.bozo and read.version == "atom10"
    there = items(client, "?place=Selmarra")
    assert [entry.id for entry in read.entries] == [one["id"] for one in there]
    assert [entry.link for entry in read.entries] == [one["url"] for one in there]
    assert read.feed.updated == there[0]["date_modified"] and read.feed.author
    assert {link.rel for link in read.feed.links} == {"self", "alternate"}
    assert len({one["id"] for one in there}) == len(there)
    ours = feeds.feed(client.get("/feed.json?place=Selmarra").content)
    assert [item.key for item in ours.items] == [one["id"] for one in there]


def test_an_empty_feed_is_a_feed(client: TestClient) -> None:
    read = feedparser.parse(BytesIO(client.get("/feed.atom?country=IS").content))
    assert not read.bozo and read.entries == []


def test_the_list_names_its_feed(client: TestClient) -> None:
    page = client.get("/incidents?place=Selmarra").text
    assert 'type="application/atom+xml" href="/feed.atom?place=Selmarra"' in page
