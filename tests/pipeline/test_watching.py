"""Feeds of a server of ours, looked at again and again by a real reader."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.errors import InputError, SettingsError
from sayso.ingest import inputs
from sayso.ingest.fetching import Fetcher
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader
from sayso.pipeline.running.feeds import TRIES, Left, Watch, listed
from sayso.records import Problem

STORY = "Fourteen people died in Marrow Bay on Tuesday when the seawall gave way, the harbour board said."


class Host:
    """What the server says, and what it was asked."""

    def __init__(self) -> None:
        self.items: dict[str, str] = {"/sea": STORY}
        self.updated = "2031-03-04T18:30:00Z"
        self.status = 200
        self.retry = ""
        self.left: list[Left] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                host.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feed(self) -> str:
        entries = [
            {"id": path, "url": f"{self.address}{path}", "title": path, "date_modified": self.updated,
             "content_html": f"<p>{text}</p>"}
            for path, text in self.items.items()
        ]  # fmt: skip
        return json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "Tidewatch", "items": entries}
        )

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        body, tag = b"", None
        status = 404
        if to.path == "/feed":
            body, status = self.feed().encode(), self.status
            tag = f'"{hash(body)}"'
            if to.headers.get("if-none-match") == tag:
                body, status = b"", 304
        elif to.path in self.items and "gone" not in to.path:
            page = f"<html><head><title>Sea</title></head><body><article><h1>Sea</h1><p>{self.items[to.path]}</p></article></body></html>"
            body, status = page.encode(), 200
        to.send_response(status)
        to.send_header("content-type", "text/html; charset=utf-8")
        if tag:
            to.send_header("etag", tag)
        if self.retry:
            to.send_header("retry-after", self.retry)
        to.end_headers()
        to.wfile.write(body)

    def fetched(self, path: str) -> int:
        return [asked for asked, _ in self.asked].count(path)


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def reader(settings) -> Reader:
    return Reader(settings)


@pytest.fixture
def look(host: Host, reader: Reader, tmp_path: Path, clock: Clock):
    """One round over the feed, by a watch that has nothing but its note; what came out."""

    def round(later: float = 0.0, **options: object) -> list:
        clock.now += later
        watch = Watch(tmp_path / "feeds.json", Fetcher(private=True), 600.0, clock)
        with Ledger.open(tmp_path / "sayso.db", create=True) as ledger:
            found = list(watch.round(ledger, reader, [f"{host.address}/feed"], **options))
        host.left = [item for item in found if isinstance(item, Left)]
        return [item for item in found if not isinstance(item, Left)]

    return round


def became(found: list) -> list[str]:
    return [item.message if isinstance(item, Problem) else item.became for item in found]


def test_what_is_new_is_added_once(look, host: Host) -> None:
    assert became(look()) == ["new"]
    assert became(look(601)) == []
    host.items["/fire"] = (
        "Three people died in a fire in Belov on Friday, the fire brigade said on Saturday."
    )
    assert became(look(601)) == ["new"]
    assert host.fetched("/sea") == 1 and host.fetched("/fire") == 1


def test_a_feed_is_asked_whether_it_has_changed_and_not_before_its_time(look, host: Host) -> None:
    look()
    assert became(look(599)) == [] and host.fetched("/feed") == 1
    look(2)
    assert host.asked[-1][0] == "/feed" and "if-none-match" in host.asked[-1][1]


def test_a_page_that_changed_is_another_version(look, host: Host, tmp_path: Path) -> None:
    look()
    host.items["/sea"] = STORY.replace("Fourteen", "Sixteen")
    host.updated = "2031-03-05T09:00:00Z"
    assert became(look(601)) == ["new"]
    with Ledger.open(tmp_path / "sayso.db") as ledger:
        first, second = sorted(ledger.documents(), key=lambda document: len(document.id))
    assert second.id.startswith(f"{first.id}~") and "Sixteen" in second.text
    assert first.url == second.url == f"{host.address}/sea"
    # The feed alone changed: the page is fetched, and there already.
    host.updated = "2031-03-05T10:00:00Z"
    assert became(look(601)) == ["known"]


def test_what_was_fetched_is_kept_with_when_and_how(look, host: Host, tmp_path: Path) -> None:
    look()
    with Ledger.open(tmp_path / "sayso.db") as ledger:
        (entry,) = list(ledger.entries(kinds=("document",)))
        told = json.loads(entry.record)
        assert b"<article>" in (ledger.content(told["snapshot"]) or b"")
    assert told["retrieved"].endswith("Z") and told["headers"]["content-type"].startswith(
        "text/html"
    )


def test_without_snapshots_only_the_text_is_kept(look, tmp_path: Path) -> None:
    look(snapshots=False)
    with Ledger.open(tmp_path / "sayso.db") as ledger:
        (entry,) = list(ledger.entries(kinds=("document",)))
        assert json.loads(entry.record)["snapshot"] is None
        assert STORY in next(iter(ledger.documents())).text


def test_a_feed_that_fails_is_left_alone_for_longer_each_time(look, host: Host) -> None:
    host.status = 500
    assert became(look()) == ["answers 500"]
    assert became(look(1199)) == [] and became(look(2)) == ["answers 500"]
    assert became(look(2399)) == [] and became(look(2)) == ["answers 500"]
    host.status = 200
    assert became(look(86_400)) == ["new"]
    assert became(look(601)) == []


def test_a_server_that_asks_for_time_is_given_it(look, host: Host) -> None:
    host.status, host.retry = 503, "7200"
    assert became(look()) == ["answers 503"]
    host.status = 200
    assert became(look(7199)) == [] and became(look(2)) == ["new"]


def test_an_article_that_cannot_be_had_is_taken_from_the_feed(look, host: Host) -> None:
    host.items = {"/gone": STORY}
    (added,) = look()
    assert added.document.text.strip() == STORY and added.document.outlet == "Tidewatch"


def test_an_article_that_cannot_be_had_at_all_is_tried_so_often(look, host: Host) -> None:
    host.items = {"/gone": ""}
    for number in range(TRIES + 2):
        host.updated = f"2031-03-0{number + 1}T00:00:00Z"
        found = look(601)
        assert len(found) == (1 if number < TRIES else 0), number
    assert host.fetched("/gone") == TRIES


def test_an_item_that_cannot_be_taken_ends_nothing(look, host: Host, monkeypatch) -> None:
    host.items = {"/a": STORY, "/b": STORY.replace("Fourteen", "Six")}
    real = inputs.addressed

    def faulty(address: str, fetcher: Fetcher):
        if address.endswith("/a"):
            raise ValueError("Invalid IPv6 URL")
        return real(address, fetcher)

    monkeypatch.setattr(inputs, "addressed", faulty)
    assert became(look()) == ["cannot be read as an article: ValueError: Invalid IPv6 URL", "new"]


def test_a_link_that_is_none_costs_none_of_the_others(look, host: Host) -> None:
    entries = [
        {"id": "1", "url": "http://[::1", "title": "x"},
        {"id": "2", "url": f"{host.address}/sea", "title": "y"},
    ]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": entries}
    host.feed = lambda: json.dumps(told)  # type: ignore[method-assign]
    assert became(look()) == ["is no address of a page", "new"]


def test_how_far_a_feed_was_read_is_noted_item_by_item(
    host: Host, reader: Reader, tmp_path: Path, look
) -> None:
    host.items = {"/a": STORY, "/b": STORY.replace("Fourteen", "Six")}
    watch = Watch(tmp_path / "feeds.json", Fetcher(private=True), 600.0)
    with Ledger.open(tmp_path / "sayso.db", create=True) as ledger:
        round = watch.round(ledger, reader, [f"{host.address}/feed"])
        next(round)
        next(round)
        round.close()  # whatever ends it
    assert became(look()) == ["known"]
    assert host.fetched("/a") == 1 and host.fetched("/b") == 2


def test_a_note_that_is_none_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "feeds.json").write_text("no")
    with pytest.raises(SettingsError, match="is no note of feeds"):
        Watch(tmp_path / "feeds.json", Fetcher(), 600.0)


def test_what_is_left_alone_is_told_with_the_reason(look, host: Host) -> None:
    feed = f"{host.address}/feed"
    look()
    assert host.left == []
    look(1)
    assert host.left == [
        Left(feed, "is left alone until 1970-01-12 13:56 UTC: it was asked a short while ago", True)
    ]
    host.status, host.retry = 503, "7200"
    host.updated = "2031-03-05T10:00:00Z"
    look(600)
    host.status = 200
    look(1)
    assert host.left == [Left(feed, "is left alone until 1970-01-12 15:56 UTC: it answers 503")]
    host.retry = ""
    look(7200)
    assert host.left == []


def test_a_feed_that_failed_more_than_once_says_how_often(look, host: Host) -> None:
    host.status = 500
    look()
    look(1201)
    look(1)
    assert host.left[0].message.endswith(": it answers 500, the 2 last times it was asked")


def test_an_article_that_is_tried_no_more_is_told(look, host: Host) -> None:
    host.items = {"/gone": ""}
    for number in range(TRIES + 1):
        host.updated = f"2031-03-0{number + 1}T00:00:00Z"
        look(601)
    assert host.left == [
        Left(f"{host.address}/gone", f"is left alone: it could not be had {TRIES} times")
    ]


def test_an_article_is_tried_again_though_its_feed_did_not_change(look, host: Host) -> None:
    host.items = {"/gone": ""}
    for _ in range(TRIES + 1):
        look(601)
    assert host.fetched("/gone") == TRIES
    assert host.asked[-1][0] == "/feed" and "if-none-match" in host.asked[-1][1]
    assert host.left == [Left("/gone", f"is left alone: it could not be had {TRIES} times")]


def test_a_page_that_refuses_is_told_where_the_feed_stands_in(look, host: Host) -> None:
    host.items = {"/gone": STORY}
    assert became(look()) == ["new"]
    assert host.left == [
        Left(f"{host.address}/gone", "answers 404; what the feed says of it is read instead")
    ]


def told_by_rss(item: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>Tidewatch</title><item>{item}</item></channel></rss>"
    )


def test_a_page_without_a_date_and_an_outlet_has_those_of_the_feed(look, host: Host) -> None:
    host.feed = lambda: told_by_rss(  # type: ignore[method-assign]
        "<guid>7</guid><title>The sea</title><link>/sea</link>"
        "<pubDate>Tue, 04 Mar 2031 18:30:00 +0200</pubDate>"
    )
    (added,) = look()
    assert added.document.outlet == "Tidewatch"
    assert added.document.published == "2031-03-04T16:30:00Z"
    assert (added.document.url, added.document.title) == (f"{host.address}/sea", "Sea")


def test_an_article_of_another_outlet_is_that_ones(look, host: Host) -> None:
    host.feed = lambda: told_by_rss(  # type: ignore[method-assign]
        "<guid>7</guid><link>sea</link><source url='https://lantern.example/rss'>Lantern</source>"
    )
    (added,) = look()
    assert added.document.outlet == "Lantern"


def test_lists_of_feeds_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_text(
        '<opml><body><outline xmlUrl="https://a.example/rss"/></body></opml>'
    )
    (tmp_path / "b.txt").write_text(
        "# ours\nhttps://b.example/rss  # daily\n\nhttps://a.example/rss\n"
    )
    names = [str(tmp_path / "a.opml"), str(tmp_path / "b.txt"), "https://c.example/rss"]
    assert listed(names, Fetcher()) == [
        "https://a.example/rss",
        "https://b.example/rss",
        "https://c.example/rss",
    ]
    (tmp_path / "c.txt").write_text("Two died.")
    for wrong in ("c.txt", "missing.opml"):
        with pytest.raises(InputError):
            listed([str(tmp_path / wrong)], Fetcher())
