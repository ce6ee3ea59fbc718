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


def lying(url: str, body: bytes = HTML, by: int = 0, **headers: str) -> bytes:
    """A record whose length is wrong by so many bytes, with other headers of HTTP."""
    said = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{said}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(block) + by}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def urls(found: list[Capture | Problem]) -> list[str | None]:
    return [one.document.url for one in found if isinstance(one, Capture)]


def messages(found: list[Capture | Problem]) -> list[str]:
    return [one.message for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("by", [-90, -3, 30, 100_000])
def test_a_record_that_lies_of_its_length_costs_none_of_the_next(pack, by: int) -> None:
    parts = [
        record("https://a.example/1"),
        lying("https://a.example/2", by=by),
        record("https://a.example/3"),
    ]
    found = read(b"".join(map(pack, parts)))
    assert urls(found) == [f"https://a.example/{n}" for n in (1, 2, 3)]
    assert TEXT in found[1].document.text
    assert len(messages(found)) == 1 and "bytes" in messages(found)[0]


def test_all_records_of_one_packed_member_are_read() -> None:
    data = gzip.compress(b"".join(record(f"https://a.example/{n}") for n in range(3)))
    assert len(urls(read(data))) == 3


def test_a_damaged_member_costs_none_of_the_next() -> None:
    parts = [gzip.compress(record(f"https://a.example/{n}")) for n in range(3)]
    parts[1] = parts[1][:60] + bytes(8) + parts[1][68:]
    found = read(b"".join(parts))
    assert {"https://a.example/0", "https://a.example/2"} <= set(urls(found))
    assert any("is packed wrongly" in message for message in messages(found))


def test_bytes_that_are_no_record_are_counted() -> None:
    found = read(
        record("https://a.example/1") + b"x" * 500 + b"\r\n\r\n" + record("https://a.example/2")
    )
    assert urls(found) == ["https://a.example/1", "https://a.example/2"]
    assert len(messages(found)) == 1


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Transfer-Encoding": "chunked"}, HTML),
        ({"Transfer-Encoding": "chunked"}, b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)),
        (
            {"Transfer-Encoding": "chunked"},
            b"5;a=b\r\n<html\r\n%x\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(HTML) - 5, HTML[5:]),
        ),
        ({"Content-Encoding": "gzip"}, HTML),
        ({"Content-Encoding": "br"}, HTML),
    ],
)
def test_a_page_is_what_it_is_whatever_its_headers_say(
    headers: dict[str, str], body: bytes
) -> None:
    found = read(lying("https://a.example/1", body, **headers) + record("https://a.example/2"))
    assert urls(found) == ["https://a.example/1", "https://a.example/2"] and not messages(found)
    assert found[0].raw == HTML


def test_a_body_that_breaks_off_between_its_chunks_is_said_to() -> None:
    body = b"%x\r\n%s\r\n99\r\nand" % (len(HTML), HTML)
    found = read(lying("https://a.example/1", body, **{"Transfer-Encoding": "chunked"}))
    assert len(urls(found)) == 1 and messages(found) == ["breaks off between its chunks"]


def other(type: str, content: str, body: bytes) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {type}\r\nWARC-Target-URI: https://a.example/{type}\r\nContent-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def test_pages_kept_without_their_headers_and_texts_made_of_pages_are_read() -> None:
    data = other("resource", "text/html", HTML) + other("conversion", "text/plain", TEXT.encode())
    found = read(data + other("resource", "image/png", b"x"))
    assert urls(found) == ["https://a.example/resource", "https://a.example/conversion"]
    assert found[1].document.text == TEXT and not messages(found)


def test_an_archive_of_nothing_but_failures_is_said_to_have_no_page() -> None:
    (problem,) = read(INFO + record("https://a.example/1", status="404 Not Found"))
    assert problem.message == "has no page in it: its 2 records are of others"
