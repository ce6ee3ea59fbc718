"""A server of ours that says anything, a byte at a time if need be, for ever: that a fetch comes to
an end at all is what is tested."""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sayso.errors import InputError
from sayso.ingest import connecting, fetching, hosts
from sayso.ingest.fetching import Fetcher

PAGE = b"<html><body><p>Nine died in Karsa.</p></body></html>"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

Says = Callable[[], Iterator[bytes]]


class Server:
    """Answers each request for a page by what `says` gives, a tenth of a second between parts, and
    one for a robots.txt with none, unless `robots` says otherwise."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.says: Says = lambda: iter(())
        self.robots: Says = lambda: iter([ROBOTS])
        self.asked: list[str] = []
        self._context = context
        self._stopped = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if context else "http"
        self.port = self._socket.getsockname()[1]
        self.address = f"{scheme}://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(one,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        try:
            with plain, self._wrapped(plain) as one:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += (more := one.recv(4096))
                    if not more:
                        return
                self.asked.append(asked.split()[1].decode())
                for part in self.robots() if b" /robots.txt " in asked else self.says():
                    one.sendall(part)
                    if self._stopped.wait(0.1 if len(part) == 1 else 0):
                        return
        except OSError:
            return

    def _wrapped(self, plain: socket.socket) -> socket.socket:
        return self._context.wrap_socket(plain, server_side=True) if self._context else plain

    def close(self) -> None:
        self._stopped.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def drips(begun: bytes) -> Says:
    return lambda: chain([begun], repeat(b"x"))


def fault(address: str, **options: bool) -> str:
    with pytest.raises(InputError) as raised:
        Fetcher(private=options.get("private", True)).fetch(f"{address}/page")
    return str(raised.value)


@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 ", OK + b"X-Long: ", OK + b"\r\n", OK + b"Content-Length: 9999\r\n\r\n",
     CHUNKED, CHUNKED + b"1\r\ny\r\n", CHUNKED + b"0\r\nX-Trailer: ",
     OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:20]],
)  # fmt: skip
def test_a_server_that_drips_is_given_up(
    server: Server, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.7)
    server.says = drips(begun)
    said = fault(server.address)
    assert said == "took more than 1 seconds" or "gzip" in begun.decode("latin-1"), said


def test_headers_without_end_are_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.7)
    server.says = lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert fault(server.address) == "took more than 1 seconds"
    server.says = lambda: chain([OK], repeat(b"X-Another: one\r\n"))
    assert "cannot be reached" in fault(server.address)
    server.says = lambda: chain([OK, b"X-Long: "], repeat(b"x" * 1000))
    assert "cannot be reached" in fault(server.address)


def test_a_robots_txt_that_drips_costs_no_more(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.7)
    server.robots = drips(OK + b"\r\n")
    assert fault(server.address) == "took more than 1 seconds"
    assert server.asked == ["/robots.txt"]


def test_what_is_posted_is_given_up_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.7)
    server.says = drips(b"HTTP/1.1 204 ")
    with pytest.raises(InputError, match="took more than 1 seconds"):
        fetching.post(f"{server.address}/hook", b"{}", {}, private=True)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (OK + b"Content-Length: 500\r\n\r\n" + PAGE, "breaks off before its end"),
        (CHUNKED + b"400\r\n" + PAGE, "cannot be reached"),
        (CHUNKED + b"zz\r\n" + PAGE, "cannot be reached"),
        (CHUNKED + b"-5\r\n" + PAGE, "cannot be reached"),
        (CHUNKED + b"34\r\n" + PAGE, "cannot be reached"),
        (OK + b"Content-Encoding: gzip\r\n\r\n" + PAGE, "is packed wrongly"),
        (OK + b"Content-Encoding: br\r\n\r\n" + PAGE, "is packed wrongly"),
        (OK + b"Content-Encoding: zstd\r\n\r\n" + PAGE, "is packed as 'zstd', which is not read"),
        (OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(gzip.compress(PAGE)), "is packed as"),
        (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(50_000_000)), "is larger than 10,000,000 bytes"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "cannot be reached"),
        (b"", "cannot be reached"),
        (b"HTTP/1.1 abc\r\n\r\n", "cannot be reached"),
        (b"HTTP/1.1 301 Moved\r\nLocation: http://[::1\r\n\r\n", "sends on to what is no address"),
    ],
)  # fmt: skip
def test_a_server_that_lies_is_told(server: Server, answer: bytes, said: str) -> None:
    server.says = lambda: iter([answer])
    found = fault(server.address)
    assert said in found and "\n" not in found, found


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: soon\r\n\r\n" + PAGE,
        OK + b"Content-Length: -1\r\n\r\n" + PAGE,
        CHUNKED + b"34\r\n" + PAGE + b"\r\n0\r\n\r\n",
        OK + b"Content-Length: 52\r\n\r\n" + PAGE + b"and what is none of it",
        b"HTTP/1.0 200\r\n\r\n" + PAGE,
    ],
)
def test_what_can_be_read_all_the_same_is_read(server: Server, answer: bytes) -> None:
    assert len(PAGE) == 52
    server.says = lambda: iter([answer])
    assert Fetcher(private=True).fetch(f"{server.address}/page").data == PAGE


def test_a_redirect_into_the_network_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "public", lambda number: number == "127.0.0.1")
    for where in ("127.0.0.2", "0x7f.2", "2130706434", "[::ffff:127.0.0.1]"):
        to = f"http://{where}:{server.port}/inside"
        server.says = lambda to=to: iter([f"HTTP/1.1 302 Go\r\nLocation: {to}\r\n\r\n".encode()])
        assert fault(server.address, private=False).endswith("is not on the public internet")
    assert "/inside" not in server.asked


def test_an_address_with_odd_characters_is_asked_for(server: Server) -> None:
    server.says = lambda: iter([OK + b"\r\n" + PAGE])
    fetcher = Fetcher(private=True)
    assert fetcher.fetch(f"{server.address}/a b/\u00e9%20?q=\u0416#part").data == PAGE
    assert server.asked[-1] == "/a%20b/%C3%A9%20?q=%D0%96"
    server.says = lambda: iter(
        [b"HTTP/1.1 302 Go\r\nLocation: /\xc3\xa9\r\n\r\n"]
        if "/%C3%A9" not in server.asked
        else [OK + b"\r\n" + PAGE]
    )
    assert fetcher.fetch(f"{server.address}/to").url == f"{server.address}/\u00e9"


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server that encrypts, and what it signed itself with."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lantern.example")])
    now = datetime.datetime.now(datetime.UTC)
    own = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([own]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "own.pem"
    pem.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Server(context)
    yield server, pem
    server.close()


def test_a_host_has_to_prove_who_it_is(
    encrypted: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, pem = encrypted
    server.says = lambda: iter([OK + b"\r\n" + PAGE])
    assert "it does not prove to be that host" in fault(server.address)
    trusts = ssl.create_default_context(cafile=str(pem))
    monkeypatch.setattr(connecting, "_encrypted", lambda: trusts)
    assert Fetcher(private=True).fetch(f"{server.address}/page").data == PAGE
    elsewhere = server.address.replace("127.0.0.1", "localhost")
    assert "it does not prove to be that host" in fault(elsewhere)
    monkeypatch.setattr(fetching, "PATIENCE", 1.0)
    server.says = drips(OK + b"\r\n")
    assert fault(server.address) == "took more than 1 seconds"


def test_who_never_begins_to_encrypt_is_given_up(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.7)
    server.says = drips(b"")
    assert fault(server.address.replace("http:", "https:")) == "took more than 1 seconds"
