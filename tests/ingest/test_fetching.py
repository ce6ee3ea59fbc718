"""Pages from a server of ours that does what servers should not."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from sayso.errors import InputError
from sayso.ingest import connecting, fetching
from sayso.ingest.fetching import Fetcher

PAGE = b"<html><body><p>Nine died in Karsa.</p></body></html>"


class Host(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str]]] = []
    robots = (200, b"User-agent: *\nDisallow: /private\n\nUser-agent: sayso\nDisallow: /ours")

    def do_GET(self) -> None:
        Host.asked.append((self.path, self.headers["User-Agent"]))
        if self.path == "/robots.txt":
            return self.answer(*Host.robots)
        if self.path == "/page":
            return self.answer(200, PAGE)
        if self.path == "/packed":
            return self.answer(200, gzip.compress(PAGE), encoding="gzip")
        if self.path == "/bomb":
            return self.answer(200, gzip.compress(bytes(50_000_000)), encoding="gzip")
        if self.path == "/cut":
            return self.answer(200, gzip.compress(PAGE)[:-12], encoding="gzip")
        if self.path == "/loop":
            return self.answer(302, location="/loop")
        if self.path == "/moved":
            return self.answer(301, location="/page")
        if self.path == "/out":
            return self.answer(302, location="file:///etc/passwd")
        if self.path == "/nowhere":
            return self.answer(302, location="http://[::1")
        if self.path == "/into-private":
            return self.answer(302, location="/ours/x")
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(10_000):  # minutes: nobody gets to the end of it
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return None
                time.sleep(0.05)
            return None
        return self.answer(404)

    def answer(
        self, status: int, body: bytes = b"", encoding: str = "", location: str = ""
    ) -> None:
        self.send_response(status)
        for name, value in (("content-encoding", encoding), ("location", location)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Host, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fault(address: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises(InputError) as raised:
        (fetcher or Fetcher(private=True)).fetch(address)
    return str(raised.value)


def test_a_page_comes_as_it_is(host: str) -> None:
    fetched = Fetcher(private=True).fetch(f"{host}/page")
    assert fetched.data == PAGE and fetched.url == f"{host}/page"
    assert Fetcher(private=True).fetch(f"{host}/packed").data == PAGE
    assert all(agent.startswith("sayso/") for _, agent in Host.asked)


def test_redirects_are_followed_and_counted(host: str) -> None:
    assert Fetcher(private=True).fetch(f"{host}/moved").url == f"{host}/page"
    assert fault(f"{host}/loop") == "sends on to another address more than 5 times"
    assert fault(f"{host}/out") == "is no address of a page"
    assert "robots.txt" in fault(f"{host}/into-private")


def test_too_much_is_given_up(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(f"{host}/bomb") == "is larger than 10,000,000 bytes"
    monkeypatch.setattr(fetching, "PATIENCE", 0.5)
    assert "took more than" in fault(f"{host}/slow")


def test_what_goes_wrong_is_said_in_words(host: str) -> None:
    assert fault(f"{host}/none") == "answers 404"
    assert fault(f"{host}/cut") == "breaks off before its end"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached" in fault(f"http://127.0.0.1:{port}/")
    assert "no host" in fault("http://nowhere.invalid/")
    for wrong in ("ftp://a.example/x", "karsa", "http://", "http://a.example:99999999/", ""):
        assert fault(wrong) == "is no address of a page", wrong


def test_a_name_is_resolved_once_and_gone_to(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means another machine a moment later gains nothing by it."""
    port = int(host.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def named(name: str, *args: object, **kwargs: object) -> list:
        asked.append(name)
        return real("127.0.0.1" if name == "rebind.example" else name, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", named)
    assert Fetcher(private=True).fetch(f"http://rebind.example:{port}/page").data == PAGE
    # Once for robots.txt and once for the page; the connections go to the number that was found.
    assert asked == ["rebind.example", "127.0.0.1"] * 2


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://a:b/", "http://", "http:///x", "http://a.example/\ud800"]
)
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with pytest.raises(InputError, match="is no address of a page"):
        Fetcher(private=True).fetch(address)


def test_a_redirect_to_what_is_no_address_is_said_to_be_one(host: str) -> None:
    with pytest.raises(InputError, match="sends on to what is no address of a page"):
        Fetcher(private=True).fetch(f"{host}/nowhere")


def test_a_host_in_other_letters_is_asked_by_its_ascii_name() -> None:
    assert connecting.in_ascii("b\u00fccher.example:80") == "xn--bcher-kva.example:80"


def test_no_proxy_is_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a proxy leads nobody can say, so that none is public."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Fetcher(private=True).fetch(f"{host}/page").data == PAGE
