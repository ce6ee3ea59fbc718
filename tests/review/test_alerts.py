"""What people asked to be told of is told once, and sent by servers of ours, never to others."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sayso.errors import InputError, SettingsError
from sayso.ledger import bundle
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.publish import chronicle
from sayso.records import Alert, Capture, Document
from sayso.review import decide
from sayso.review.alerts import Undelivered, delivery, rules, tell, telling
from sayso.settings import Settings, load, table

SEA = "MARROW BAY, 4 March 2031 — {} people were killed when the seawall of Marrow Bay gave way on Tuesday, {} said."
BOARD = SEA.format("Fourteen", "the harbour board")


class Desk:
    """A ledger of texts entered in turn, and what its alerts tell."""

    def __init__(self, ledger: Ledger, reader: Reader) -> None:
        self.ledger, self.reader, self.count = ledger, reader, 0

    def enter(self, *texts: str) -> None:
        for text in texts:
            self.count += 1
            document = Document(
                id=f"d{self.count}", text=text, outlet=f"Outlet {self.count}",
                title="Seawall gives way", published=f"2031-03-04T{10 + self.count}:00:00Z",
            )  # fmt: skip
            list(add(self.ledger, self.reader, [Capture(document=document, raw=None)]))
        kept(self.ledger)

    def told(
        self, send: Callable = lambda way, batch: None, ways=None, **rule: object
    ) -> list[str]:
        found = self.tell(send, ways, **rule)
        return [one.text.partition(": ")[2] for one in found if isinstance(one, Alert)]

    def tell(self, send: Callable = lambda way, batch: None, ways=None, **rule: object) -> list:
        asked = rules({"rule": [{"name": "mine", **rule}], **(ways or {})}, Path("sayso.toml"))
        kept(self.ledger)
        return list(tell(self.ledger, asked, send))


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


@pytest.fixture
def desk(reader: Reader, tmp_path: Path) -> Iterator[Desk]:
    with Ledger.open(tmp_path / "sayso.db", create=True) as ledger:
        yield Desk(ledger, reader)


def test_a_figure_above_is_told_once_and_again_when_it_changes(desk: Desk) -> None:
    desk.enter(BOARD)
    above = {"kind": "killed", "above": 5}
    assert desk.told(**above) == ["people killed 14, above 5"]
    assert desk.told(**above) == []
    desk.enter(SEA.format("Sixteen", "the harbour board"))
    assert desk.told(**above) == ["people killed 16, above 5"]
    assert desk.told(**above) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"above": 14},
        {"above": 5, "kind": "injured"},
        {"above": 5, "who": "children"},
        {"above": 5, "country": "XX"},
        {"above": 5, "until": "2030-01-01"},
        {"origins": 2},
        {"differ": True},
        {"signed_off": True},
    ],
)
def test_what_does_not_hold_is_not_told(desk: Desk, rule: dict) -> None:
    desk.enter(BOARD)
    assert desk.told(**rule) == []


def test_a_second_independent_origin_is_told_but_no_third_and_no_copy(desk: Desk) -> None:
    desk.enter(BOARD, BOARD)
    assert desk.told(origins=2) == []
    desk.enter(SEA.format("Fourteen", "the coroner"))
    (told,) = desk.told(origins=2)
    assert "on the word of" in told and "coroner" in told and "harbour board" in told
    desk.enter(SEA.format("Fourteen", "the fire brigade"))
    assert desk.told(origins=2) == []


def test_accounts_that_differ_are_told(desk: Desk) -> None:
    desk.enter(BOARD, SEA.format("Thirty", "the doctors' union"))
    (told,) = desk.told(differ=True)
    assert told.startswith("accounts of people killed differ, 14–30")


def test_what_holds_no_more_is_told(desk: Desk) -> None:
    desk.enter(BOARD)
    assert desk.told(above=5)
    for claim in list(desk.ledger.claims()):
        decide(desk.ledger, "reject", claim.id, by="Aigul")
    (alert,) = desk.tell(above=5)
    assert alert.value == "" and alert.text.startswith("no longer: ")
    assert desk.told(above=5) == []


def test_what_would_change_a_signed_off_toll_is_told(desk: Desk) -> None:
    desk.enter(BOARD)
    (one,) = [one for one, _ in desk.ledger.incidents()]
    decide(desk.ledger, "sign", one.id, by="Aigul")
    assert desk.told(signed_off=True) == []
    desk.enter(SEA.format("Thirty", "the doctors' union"))
    (told,) = desk.told(signed_off=True)
    assert told == "people killed was signed off at 14 and would be 14–30, best 30 now"
    assert desk.told(signed_off=True) == []
    decide(desk.ledger, "sign", one.id, by="Aigul")
    assert desk.told(signed_off=True) == []


def test_signed_off_figures_are_told_of_unless_the_latest_are_asked_for(desk: Desk) -> None:
    desk.enter(BOARD)
    (one,) = [one for one, _ in desk.ledger.incidents()]
    decide(desk.ledger, "sign", one.id, by="Aigul")
    desk.enter(SEA.format("Thirty", "the harbour board"))
    assert desk.told(kind="killed", above=20) == []
    (told,) = desk.told(kind="killed", above=5)
    assert told == "people killed 14, above 5; 1 figure came after sign-off"
    (told,) = desk.told(kind="killed", above=20, latest=True)
    assert told == "people killed 30, above 20"


def test_it_stands_in_the_log_and_changes_nothing_else(desk: Desk) -> None:
    desk.enter(BOARD)
    before = [one for one, _ in desk.ledger.incidents()]
    desk.told(above=5, ways={"webhook": {"url": "https://hooks.example/a"}})
    entries = list(desk.ledger.entries(kinds=("alert",)))
    assert len(entries) == 2  # what was to be told, and that it was
    first, last = (step.what for step in chronicle.entries(entries, {}))
    assert first.startswith("told mine: ") and first.endswith("yet to be sent by webhook")
    assert "yet to be sent" not in last
    kept(desk.ledger)
    assert [one for one, _ in desk.ledger.incidents()] == before
    from sayso.ledger import proof

    assert not proof.verify(desk.ledger).faults


def test_another_ledger_does_not_take_it_for_told(desk: Desk, tmp_path: Path) -> None:
    desk.enter(BOARD)
    assert desk.told(above=5)
    bundle.write(desk.ledger, tmp_path / "b.zip", texts=True)
    with Ledger.open(tmp_path / "other.db", create=True) as ledger:
        bundle.read(tmp_path / "b.zip", ledger)
        other = Desk(ledger, desk.reader)
        assert not list(ledger.entries(kinds=("alert",)))
        assert len(other.told(above=5)) == 1


def test_what_could_not_be_sent_is_said_and_sent_the_next_time(desk: Desk) -> None:
    desk.enter(BOARD)
    ways = {"webhook": {"url": "https://hooks.example/a"}}
    sent: list[list[str]] = []

    def fails(way: str, batch) -> None:
        raise InputError("answers 500")

    def works(way: str, batch) -> None:
        sent.append([alert.text for _, alert in batch])

    alert, failed = desk.tell(fails, ways, above=5)
    assert failed == Undelivered("webhook", 1, "answers 500")
    assert desk.tell(fails, ways, above=5) == [failed]
    assert desk.tell(works, ways, above=5) == []
    assert sent == [[alert.text]]
    assert desk.tell(works, ways, above=5) == [] and len(sent) == 1


def test_what_would_be_told_can_be_looked_at(desk: Desk) -> None:
    desk.enter(BOARD)
    asked = rules({"rule": [{"name": "mine", "above": 5}]}, Path("sayso.toml"))
    assert len(telling.due(desk.ledger, asked)) == len(telling.due(desk.ledger, asked)) == 1


BATCH = [
    ("a1", Alert(rule="mine", incident="sea", figure="killed-unspecified", value="14", text="Sea: 14"))
]  # fmt: skip


@pytest.fixture
def hook() -> Iterator[tuple[str, list]]:
    """A server of ours that takes what is posted, or answers as its path says."""
    taken: list = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            taken.append((self.path, dict(self.headers), json.loads(body)))
            status = int(self.path.strip("/")) if self.path.strip("/").isdecimal() else 204
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


def alerts(**ways: object):
    return rules({"rule": [{"name": "mine", "above": 5}], **ways}, Path("sayso.toml"))


def test_a_webhook_is_posted_json(hook, monkeypatch: pytest.MonkeyPatch) -> None:
    url, taken = hook
    monkeypatch.setenv("HOOK_TOKEN", "secret")
    webhook = {"url": f"{url}/in?a=b", "token_env": "HOOK_TOKEN"}
    delivery.send(alerts(webhook=webhook, private=True), "webhook", BATCH)
    ((path, headers, body),) = taken
    assert path == "/in?a=b" and headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "application/json"
    assert body["text"] == "mine: Sea: 14" and body["alerts"][0]["id"] == "a1"
    assert body["alerts"][0]["holds"] is True
    monkeypatch.delenv("HOOK_TOKEN")
    with pytest.raises(SettingsError, match="no HOOK_TOKEN"):
        delivery.send(alerts(webhook=webhook, private=True), "webhook", BATCH)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_or_sends_on_has_failed(hook, status: int) -> None:
    url, taken = hook
    with pytest.raises(InputError, match=f"answers {status}"):
        delivery.send(alerts(webhook={"url": f"{url}/{status}"}, private=True), "webhook", BATCH)
    assert len(taken) == 1


def test_nothing_is_sent_within_the_network_unless_allowed(hook) -> None:
    url, taken = hook
    mail = {"host": "localhost", "sender": "a@b.example", "to": ["c@d.example"]}
    closed = alerts(webhook={"url": url}, mail=mail)
    for way in ("webhook", "mail"):
        with pytest.raises(InputError, match="is not on the public internet"):
            delivery.send(closed, way, BATCH)
    assert taken == []


class Postbox(socketserver.StreamRequestHandler):
    """As much of SMTP as takes a mail (RFC 5321)."""

    def handle(self) -> None:
        self.wfile.write(b"220 ours\r\n")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while not body.endswith(b"\r\n.\r\n"):
                    body += self.rfile.readline()
                self.server.taken.append(body[:-3])  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ours\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def postbox() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postbox) as server:
        server.daemon_threads = True
        server.taken = []  # type: ignore[attr-defined]
        server.handle_error = lambda *told: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_mail_is_sent(postbox) -> None:
    mail = {"host": "localhost", "port": postbox.server_address[1], "security": "none",
            "sender": "sayso@desk.example", "to": ["aigul@desk.example", "b@desk.example"]}  # fmt: skip
    hostile = Alert(
        rule="r", incident="i", figure="f", value="1", text="Sea\r\nBcc: x@y.example\n14"
    )
    delivery.send(alerts(mail=mail, private=True), "mail", [*BATCH, ("a2", hostile)])
    (taken,) = postbox.taken
    mail = message_from_bytes(taken, policy=policy.default)
    assert mail["subject"] == "Sayso: 2 alerts" and mail["auto-submitted"] == "auto-generated"
    assert mail["to"] == "aigul@desk.example, b@desk.example" and mail["bcc"] is None
    assert mail.get_content().splitlines() == ["mine: Sea: 14", "r: Sea Bcc: x@y.example 14"]


def test_a_mail_server_that_is_not_there_or_does_not_encrypt_has_failed(postbox) -> None:
    mail = {
        "host": "localhost",
        "port": postbox.server_address[1],
        "sender": "a@b.example",
        "to": ["c@d.example"],
    }
    with pytest.raises(InputError, match="localhost did not take the mail: STARTTLS"):
        delivery.send(alerts(mail=mail, private=True), "mail", BATCH)
    with pytest.raises(InputError, match="did not take the mail"):
        delivery.send(alerts(mail=mail | {"security": "tls"}, private=True), "mail", BATCH)
    assert postbox.taken == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({}, r"there is no \[\[alerts.rule\]\] in sayso.toml"),
        ({"rule": [{"name": "a"}]}, "rule 'a' must have one of above, origins, differ, signed_off"),
        ({"rule": [{"name": "a", "above": 1, "differ": True}]}, "must have one of"),
        ({"rule": [{"name": "a", "abve": 1}]}, r"rule\[0\]: Object contains unknown field `abve`"),
        ({"rule": [{"name": "a", "above": "x"}]}, r"rule\[0\].above: "),
        ({"rule": [{"name": "a", "above": 1, "kind": "slain"}]}, r"rule\[0\].kind: "),
        ({"rule": [{"name": "a", "above": 1}] * 2}, "there are two rules 'a'"),
        ({"rule": [{"name": "a", "above": 1}], "webhook": {"url": "ftp://a"}}, "webhook.url: "),
        ({"rule": [{"name": "a", "above": 1}], "mail": {"host": "a", "sender": "b@c", "to": ["d\n@e"]}}, "mail.to"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_told(written: dict, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        rules(written, Path("sayso.toml"))


def test_they_stand_in_the_file_of_settings_beside_the_others(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('by = "Aigul"\n[[alerts.rule]]\nname = "a"\nabove = 5\nsince = 2031-03-01\n')
    assert load(file, {}, {}).by == "Aigul"
    (rule,) = rules(*table(file, "alerts")).rule
    assert rule.filters.first == "2031-03-01"
    file.write_text("alerts = 3\n")
    with pytest.raises(SettingsError):
        load(file, {}, {})
    with pytest.raises(SettingsError, match="it must be a table"):
        table(file, "alerts")


def test_sending_is_what_the_command_does(desk: Desk, hook) -> None:
    url, taken = hook
    desk.enter(BOARD)
    asked = alerts(webhook={"url": url}, private=True)
    kept(desk.ledger)
    (told,) = tell(desk.ledger, asked, partial(delivery.send, asked))
    assert taken[0][2]["alerts"][0]["text"] == told.text
