"""Web archives: WARC files (ISO 28500), as Common Crawl's news archive has them, and WACZ packages.

Records stream by: one page is held at a time. What is no page, or was no success, is passed over;
so are packed bodies that would grow beyond the limit of a page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from sayso.errors import InputError
from sayso.ingest.articles import guarded
from sayso.ingest.fetching import Fetched, fetched
from sayso.ingest.pages import page
from sayso.ingest.unpacking import unpacked
from sayso.records import KEPT_HEADERS, Capture, Problem

LARGEST_PAGE = 20_000_000
"""Bytes of one page, unpacked; the same as of a file."""

_CHUNK = 1 << 16

PAGES = ("text/html", "application/xhtml+xml")

Found = tuple[str, Capture] | Problem


def warc(file: BinaryIO, where: str) -> Iterator[Found]:
    """The articles of a WARC file, packed by gzip or not, each with the address it was fetched
    from; a problem where the file breaks off."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    pages = answers = 0
    records = iter(
        ArchiveIterator(
            cast(Any, file),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="transfer",
        )
    )
    while True:
        try:
            record = next(records, None)
        except Exception as error:  # what comes after cannot be told apart any more
            what = f"{type(error).__name__}: {error}"[:200]
            yield Problem(input=where, message=f"breaks off after {pages} pages: {what}")
            return
        if record is None:
            break
        answers += 1
        place = _address(record) or where
        pages += _is_page(record)
        yield from guarded(_record(record, place), place, "a page of a web archive")
    if not answers:
        yield Problem(input=where, message="has no page in it: it is no WARC file, or breaks off")


def wacz(file: BinaryIO, where: str) -> Iterator[Found]:
    """The articles of the WARC files in a WACZ package (Webrecorder's, version 1.1)."""
    try:
        package = zipfile.ZipFile(file)
        names = [name for name in package.namelist() if name.startswith("archive/")]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Problem(input=where, message=f"is no WACZ package: {error}")
        return
    names = sorted(name for name in names if name.endswith((".warc", ".warc.gz")))
    if not names:
        yield Problem(input=where, message="has no archive in it")
    for name in names:
        inner = f"{where}:{name}"
        yield from guarded(_unzipped(package, name, inner), inner, "part of a WACZ package")


def _unzipped(package: zipfile.ZipFile, name: str, where: str) -> Iterator[Found]:
    with package.open(name) as inner:
        yield from warc(cast(BinaryIO, inner), where)


def _is_page(record: Any) -> bool:
    """Whether a record is of a page that the server gave."""
    if record.http_headers is None or record.http_headers.status_code != 200:
        return False
    return (record.http_content_type or "").lower() in PAGES


def _record(record: Any, where: str) -> Iterator[Found]:
    """The page in a record, if it is of one, and a problem where the record is cut short."""
    length, before = record.content_length, record.reader.tell()
    if _is_page(record):
        yield _page(record, where)
    record.reader.consume()
    there = record.reader.tell() - before
    headers = record.http_headers
    chunked = headers is not None and "transfer-encoding" in {
        name.lower() for name, _ in headers.astuples()
    }
    if there < length and not chunked:
        message = f"is cut short: {there:,} of its {length:,} bytes are there"
        yield Problem(input=where, message=message)


def _address(record: Any) -> str:
    return str(record.headers.get("WARC-Target-URI", "")).strip("<>")


def _page(record: Any, place: str) -> Found:
    headers = {name.lower(): value for name, value in record.http_headers.astuples()}
    try:
        data = _body(record, headers.get("content-encoding", ""))
    except InputError as error:
        return Problem(input=place, message=str(error))
    found = page(data, place, record.http_charset)
    if isinstance(found, Problem):
        return found
    kept = {name: headers[name] for name in KEPT_HEADERS if name in headers}
    there = Fetched(place, data, kept, record.headers.get("WARC-Date") or "")
    return place, fetched(found, there)


def _body(record: Any, packed: str) -> bytes:
    """The body of a page, unpacked. Raises `InputError` where it is too large or breaks off."""
    chunks = iter(lambda: record.reader.read(_CHUNK), b"")
    return unpacked(chunks, packed, LARGEST_PAGE)
