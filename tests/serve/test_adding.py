"""Documents that come in by the browser, read by the real engine."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from sayso.ingest.fetching import Fetcher
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader
from sayso.pipeline.running import workers
from sayso.serve.app import app
from sayso.settings import Settings
from served import served
from waiting import PATIENCE, until

TEXT = "KARSA — Nine miners were killed when a shaft flooded on Friday, the governor said."
PAGE = f"""<html><head><title>Shaft floods near Karsa</title>
<meta property="article:published_time" content="2031-05-02T09:00:00Z"></head>
<body><article><h1>Shaft floods near Karsa</h1>{f"<p>{TEXT}</p>" * 1}
<p>Pumps were brought from Belov during the night, and the families waited at the gate.</p>
</article></body></html>"""


DEADLY, ENDLESS = "Deadly.", "Endless."
_work = workers._work


def dies(*given: object) -> None:
    """A process to read with that ends over one text and never over another."""
    attempt = Reader.attempt

    def attempted(reader: Reader, document):
        if document.text.startswith(DEADLY):
            os._exit(1)
        while document.text.startswith(ENDLESS):
            time.sleep(0.1)
        return attempt(reader, document)

    Reader.attempt = attempted
    _work(*given)


class Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        item = {"id": "1", "url": f"http://{self.headers['host']}/shaft", "title": "Shaft floods"}
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Lantern", "items": [item]}
        found = {
            "/robots.txt": b"User-agent: *\nDisallow: /private",
            "/shaft": PAGE.encode(),
            "/feed": json.dumps(feed).encode(),
        }
        body = found.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def done(client, answer) -> list[dict]:
    """What became of each input, once all are read."""
    address = answer.headers["location"] if answer.status_code == 303 else answer.json()["next"]
    address = address.removesuffix(".json")
    assert answer.status_code in (202, 303)

    def finished() -> dict | None:
        job = client.get(f"{address}.json").json()["items"][0]
        return job if job["finished"] else None

    job = until(finished)
    assert "read" in client.get(address).text
    return job["outcomes"]


def send(client, fields: dict | None = None, files: list | None = None):
    return client.post(
        "/documents",
        data=fields or {},
        files=files or [("files", ("", b""))],
        follow_redirects=False,
    )


def test_a_pasted_text_is_read_and_kept(client, ledger) -> None:
    fields = {"text": TEXT, "title": "Shaft floods", "outlet": "Lantern", "published": "2031-05-02"}
    (outcome,) = done(client, send(client, fields))
    assert outcome["became"] == "added" and outcome["claims"] >= 1
    document = ledger.document(outcome["document"])
    assert (document.outlet, document.published) == ("Lantern", "2031-05-02")
    assert any(
        "2031-05-0" in one["id"] or "karsa" in one["id"]
        for one in client.get("/incidents.json").json()["items"]
    )
    (again,) = done(client, send(client, fields))
    assert again["became"] == "there already"


def test_files_are_read_each_by_its_kind(client, ledger) -> None:
    line = json.dumps({"id": "one", "text": TEXT, "outlet": "Tidewatch"})
    files = [
        ("files", ("page.html", PAGE.encode())),
        ("files", ("more.jsonl", f"{line}\nnot json\n".encode())),
        ("files", ("../../etc/evil.txt", b"Two fishermen drowned off Marrow Bay on Monday.")),
        ("files", ("empty.txt", b"")),
        ("files", ("noise.html", b"\xff\xfe\x00\x01" * 50)),
    ]
    outcomes = done(client, send(client, files=files))
    added = [outcome for outcome in outcomes if outcome["became"] == "added"]
    assert {o["input"] for o in added} >= {"page.html", "more.jsonl", "evil.txt"}
    faults = {o["input"]: o["became"] for o in outcomes if o["document"] is None}
    assert faults["empty.txt"] == "is empty" and any("JSON" in why for why in faults.values())
    assert ledger.document("one").outlet == "Tidewatch"


def test_addresses_are_fetched_and_say_where_they_came_from(at, ledger, host: str) -> None:
    client = at(fetcher=Fetcher(private=True))
    addresses = f"{host}/shaft\n{host}/missing {host}/private/x\nnonsense"
    outcomes = done(client, send(client, {"addresses": addresses}))
    (page,) = [o for o in outcomes if o["document"]]
    assert page["became"] == "added"
    assert ledger.document(page["document"]).url == f"{host}/shaft"
    why = {o["input"]: o["became"] for o in outcomes if not o["document"]}
    assert why[f"{host}/missing"] == "answers 404"
    assert "robots.txt" in why[f"{host}/private/x"]
    assert why["nonsense"] == "is no address of a page"


def test_this_network_cannot_be_looked_into_through_the_desk(client, host: str) -> None:
    (outcome,) = done(client, send(client, {"addresses": f"{host}/shaft"}))
    assert outcome["document"] is None and "not on the public internet" in outcome["became"]


def test_a_program_sends_lines_of_json(client) -> None:
    body = json.dumps({"text": TEXT, "outlet": "Lantern"})
    answer = client.post(
        "/documents", content=body, headers={"content-type": "application/x-ndjson"}
    )
    (outcome,) = done(client, answer)
    assert outcome["became"] == "added"


def test_the_news_of_a_feed_is_read_once(at, ledger, host: str) -> None:
    client = at(fetcher=Fetcher(private=True))
    (item,) = done(client, send(client, {"feeds": f"{host}/feed"}))
    assert (item["input"], item["became"]) == (f"{host}/feed", "added")
    assert ledger.document(item["document"]).url == f"{host}/shaft"
    (again,) = done(client, send(client, {"feeds": f"{host}/feed"}))
    assert again["document"] is None


def test_a_desk_without_anything_begins_with_what_can_be_read(settings, tmp_path) -> None:
    with (
        Ledger.open(tmp_path / "new.db", create=True) as empty,
        TestClient(app(empty, settings), base_url="http://127.0.0.1") as client,
    ):
        client.headers["accept"] = "text/html"
        first = client.get("/")
        assert first.url.path == "/add" and "Nothing has been read yet" in first.text
        outcomes = done(client, send(client, {"demo": "yes"}))
        assert len(outcomes) == 19 and {o["became"] for o in outcomes} == {"added"}
        assert client.get("/").url.path == "/incidents"
        assert "Read the demo" not in client.get("/add").text


def test_nothing_to_read_is_said(client) -> None:
    assert send(client).status_code == 400
    answer = client.post("/documents", content=b"x", headers={"content-type": "image/png"})
    assert answer.status_code == 415


def test_while_documents_are_read_a_board_is_what_it_was(client, ledger) -> None:
    board = client.get("/incidents/selmarra-2031-03-04")
    client.app.app.state.desk.reading = True
    last = list(ledger.documents())[-1]
    with ledger.transaction() as writer:
        copy = replace(last, id="later", title="The same again")
        heading = replace(ledger.reading(last.id).document, id="later", title=copy.title)
        writer.add(copy, replace(ledger.reading(last.id), document=heading))
    during = client.get("/incidents/selmarra-2031-03-04")
    assert during.status_code == 200 and "Documents are being read" in during.text
    assert int(ledger.state()["seq"]) < ledger.head().seq, "nothing was worked out for a page"
    client.app.app.state.desk.reading = False
    client.get("/incidents/selmarra-2031-03-04")
    assert int(ledger.state()["seq"]) == ledger.head().seq
    assert board.status_code == 200


def lines(count: int) -> str:
    """So many documents, a line of JSON each."""
    return "\n".join(json.dumps({"id": f"d{n}", "text": f"{n + 2} {TEXT}"}) for n in range(count))


def test_a_reader_that_dies_is_one_problem_and_the_next_text_is_read(client, monkeypatch) -> None:
    monkeypatch.setattr(workers, "_work", dies)
    (outcome,) = done(client, send(client, {"text": f"{DEADLY} {TEXT}"}))
    assert outcome["became"] == "not read: 2 processes ended over it"
    (outcome,) = done(client, send(client, {"text": TEXT}))
    assert outcome["became"] == "added"


def test_what_is_being_read_can_be_stopped(client, ledger, monkeypatch) -> None:
    """It never comes to its end by itself; the pages answer meanwhile, and what was read stays."""
    monkeypatch.setattr(workers, "_work", dies)
    files = [
        ("files", ("one.jsonl", lines(3).encode())),
        ("files", ("endless.txt", f"{ENDLESS} {TEXT}".encode())),
        ("files", ("more.jsonl", lines(9).encode())),
    ]
    address = send(client, files=files).headers["location"]

    def job() -> dict:
        return client.get(f"{address}.json").json()["items"][0]

    until(lambda: job()["now"] == "endless.txt")
    page = client.get(address).text
    assert "Being read: endless.txt" in page and "Stop reading" in page
    assert client.get("/incidents").status_code == 200
    assert not job()["finished"]
    answer = client.post(f"{address}/stop", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == address
    until(lambda: job()["finished"])
    became = [(o["input"], o["became"]) for o in job()["outcomes"]]
    assert became[:3] == [("one.jsonl", "added")] * 3
    assert became[3][1] == workers.STOPPED
    assert became[4:] == [("1 of 3 inputs", workers.STOPPED)]
    assert (
        ledger.document("d2").text.startswith("4 KARSA")
        and "Stop reading" not in client.get(address).text
    )
    (outcome,) = done(client, send(client, {"text": TEXT}))
    assert outcome["became"] == "added"


def test_a_decision_that_needs_a_reader_does_not_wait_for_a_long_text(
    client, ledger, monkeypatch
) -> None:
    monkeypatch.setattr(workers, "_work", dies)
    address = send(client, {"text": f"{ENDLESS} {TEXT}"}).headers["location"]
    until(lambda: client.get(f"{address}.json").json()["items"][0]["now"])
    document = next(iter(ledger.documents()))
    asked = {"verdict": "mend", "a": document.id, "outlet": "Tidewatch", "by": "Aigul"}
    answer = client.post("/judgements", data=asked, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert ledger.document(document.id).outlet == "Tidewatch"
    assert not client.get(f"{address}.json").json()["items"][0]["finished"]
    client.post(f"{address}/stop", headers={"accept": "application/json"})
    until(lambda: client.get(f"{address}.json").json()["items"][0]["finished"])


def test_a_job_that_is_unknown_cannot_be_stopped(client) -> None:
    assert client.post("/add/nonsense/stop").status_code == 404


def test_pages_answer_while_a_long_text_is_read_and_the_desk_ends_at_once(
    story: Path, settings: Settings, tmp_path: Path
) -> None:
    path = Path(shutil.copy(story, tmp_path / "sayso.db"))
    text = "\n".join(f"{n} miners were killed near Karsa, police said." for n in range(2, 20_000))
    with served(path, settings.gazetteer) as address:

        def asked(page: str, body: bytes | None = None) -> dict:
            headers = {"content-type": "application/json", "accept": "application/json"}
            request = urllib.request.Request(address + page, body, headers)
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)

        job = asked("documents", json.dumps({"text": text}).encode())["items"][0]["id"]
        until(lambda: asked(f"add/{job}.json")["items"][0]["now"])
        for _ in range(20):
            assert asked("incidents.json")["items"]
        told = asked(f"add/{job}.json")["items"][0]
        assert told["now"] == "request.jsonl" and not told["finished"]
    with Ledger.open(path) as ledger:
        assert not any(document.text == text for document in ledger.documents())
