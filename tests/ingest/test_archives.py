"""Web archives as crawlers write them, made here record by record."""

from __future__ import annotations

import gzip
import io
import zipfile

import brotli
import pytest

from sayso.ingest import archives
from sayso.ingest.articles import address_id
from sayso.records import Capture, Problem

TEXT = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said in a statement."
HTML = f"<html><head><title>Seawall</title></head><body><article><p>{TEXT}</p><p>Rain is expected in the lower town during the week, it said.</p></article></body></html>".encode()


def record(
    url: str,
    body: bytes = HTML,
    status: str = "200 OK",
    kind: str = "text/html",
    packed: str = "",
    type: str = "response",
) -> bytes:
    headers = f'HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nETag: "x"\r\nSet-Cookie: a=b\r\n'
    if packed:
        headers += f"Content-Encoding: {packed}\r\n"
    block = headers.encode() + b"\r\n" + body
    warc = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-04T20:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype={type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return warc.encode() + block + b"\r\n\r\n"


def read(data: bytes, how=archives.warc) -> list[Capture | Problem]:
    found = how(io.BufferedReader(io.BytesIO(data)), "a.warc")
    return [one if isinstance(one, Problem) else one[1] for one in found]


INFO = (
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"WARC-Date: 2031-03-04T20:00:00Z\r\nContent-Length: 2\r\n\r\nx:\r\n\r\n"
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_pages_come_out_with_where_and_when_they_were_fetched(pack) -> None:
    urls = [f"https://tidewatch.example/{n}" for n in (1, 2)]
    data = b"".join(pack(one) for one in (INFO, *(record(url) for url in urls)))
    found = read(data)
    assert [one.document.url for one in found] == urls
    assert [one.document.id for one in found] == [address_id(url) for url in urls]
    assert found[0].document.text.startswith(TEXT) and found[0].raw == HTML
    assert found[0].retrieved == "2031-03-04T20:00:00Z"
    assert found[0].headers["etag"] == '"x"' and "set-cookie" not in found[0].headers


def test_what_is_no_page_is_passed_over() -> None:
    data = INFO + record("https://a.example/1", status="404 Not Found")
    data += record("https://a.example/2", kind="image/png") + record(
        "https://a.example/3", type="request"
    )
    data += record("https://a.example/4")
    assert [one.document.url for one in read(data)] == ["https://a.example/4"]


@pytest.mark.parametrize(
    ("how", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)], ids=["gzip", "br"]
)
def test_a_packed_page_is_unpacked_and_a_bomb_is_not(how: str, pack) -> None:
    packed = record("https://a.example/1", pack(HTML), packed=how)
    bomb = record("https://a.example/2", pack(bytes(100_000_000)), packed=how)
    found = read(packed + bomb + record("https://a.example/3"))
    assert [isinstance(one, Capture) for one in found] == [True, False, True]
    assert found[1].message == "is larger than 20,000,000 bytes"


@pytest.mark.parametrize("cut", [40, 200, 300])
def test_a_file_that_breaks_off_keeps_what_came_before(cut: int) -> None:
    whole = gzip.compress(record("https://a.example/1")) + gzip.compress(
        record("https://a.example/2")
    )
    found = read(whole[:-cut])
    captures = [one for one in found if isinstance(one, Capture)]
    assert [one.document.url for one in captures][:1] == ["https://a.example/1"]
    assert len(found) == 1 or isinstance(found[-1], Problem) or cut < 200


@pytest.mark.parametrize(
    "data", [b"nothing like it", gzip.compress(b"nothing"), b"WARC/1.0\r\n\r\n", b"\x1f\x8b"]
)
def test_what_is_no_archive_is_said(data: bytes) -> None:
    found = read(data)
    assert found and all(isinstance(one, Problem) for one in found)


def package(*archives: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("datapackage.json", "{}")
        for name, data in archives:
            made.writestr(name, data)
    return out.getvalue()


def test_a_package_is_the_archives_in_it() -> None:
    data = package(
        ("archive/b.warc", record("https://a.example/2")),
        ("archive/a.warc.gz", gzip.compress(record("https://a.example/1"))),
    )
    found = read(data, archives.wacz)
    assert [one.document.url for one in found] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04nothing", package(), package(("archive/a.warc", b"x"))]
)
def test_a_package_with_nothing_in_it_is_said_to_be_empty(data: bytes) -> None:
    found = read(data, archives.wacz)
    assert found and all(isinstance(one, Problem) for one in found)
