"""Web archives: WARC files (ISO 28500), as Common Crawl's news archive has them, and WACZ packages.

Records stream by: one page is held at a time. What is no page, or was no success, is passed over;
so are packed bodies that would grow beyond the limit of a page. A record that is not what it says
of itself is read as far as it goes, and told.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import BinaryIO, cast

from sayso.errors import InputError
from sayso.ingest.articles import address_id, fault, guarded
from sayso.ingest.characters import decode
from sayso.ingest.crawled import Lost, Record, records
from sayso.ingest.fetching import Fetched, fetched
from sayso.ingest.kinds import WEB
from sayso.ingest.pages import doubts, page
from sayso.ingest.unpacking import unpacked
from sayso.records import KEPT_HEADERS, Capture, Document, Problem

LARGEST_PAGE = 20_000_000
"""Bytes of one page, unpacked; the same as of a file."""

PAGES = ("text/html", "application/xhtml+xml")

Found = tuple[str, Capture] | Problem

_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def warc(file: BinaryIO, where: str) -> Iterator[Found]:
    """The articles of a WARC file, packed by gzip or not, each with the address it was fetched
    from; a problem with each record that is not what it says, and where there is no page at all."""
    pages = known = 0
    over: Counter[str] = Counter()
    for record in records(file, LARGEST_PAGE):
        if isinstance(record, Lost):
            yield Problem(input=where, message=record.message)
            continue
        known += bool(record.fields)
        place = record.fields.get("warc-target-uri", "").strip("<>") or where
        for found in guarded(_record(record, place), place, "a page of a web archive"):
            if isinstance(found, str):
                over[found] += 1
            elif found is not None:
                pages += 1
                yield found
        if record.wrong:
            yield Problem(input=place, message=record.wrong)
    if not known:
        yield Problem(input=where, message="has no page in it: it is no WARC file, or breaks off")
    elif not pages:
        yield Problem(
            input=where, message=f"has no page in it: its {known:,} records are of others"
        )
    elif over:
        told = ", ".join(f"{count:,} of {kind}" for kind, count in over.most_common())
        yield Problem(input=where, message=f"has texts that are not read from archives: {told}")


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


def _record(record: Record, where: str) -> Iterator[Found | str | None]:
    """What a record has of an article: the page or the text in it, or why that cannot be read. Of
    another kind of text that kind, and None where it is of something else."""
    kind = record.fields.get("warc-type", "").lower()
    declared = Message()
    declared["Content-Type"] = record.fields.get("content-type", "")
    body, headers = record.block, declared
    if kind == "response":
        found = _HEADERS_END.search(body)
        status, _, rest = body.partition(b"\n")
        if not status.startswith(b"HTTP/") or status.split()[1:2] != [b"200"] or not found:
            return
        headers = BytesHeaderParser().parsebytes(rest[: found.end() - len(status) - 1])
        body = body[found.end() :]
    elif kind not in ("resource", "conversion"):
        return
    content = headers.get_content_type() if headers["Content-Type"] else ""
    plain = content == "text/plain" and kind != "response"
    if content not in PAGES and not plain:
        yield content if content in _TEXTS and not where.endswith("/robots.txt") else None
        return
    if not record.whole:
        yield Problem(input=where, message=f"is larger than {LARGEST_PAGE:,} bytes")
        return
    try:
        if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
            body, wrong = unchunked(body)
            if wrong and not record.wrong:
                yield Problem(input=where, message=wrong)
        body = _unpacked(body, str(headers.get("Content-Encoding", "")))
        charset = headers.get_content_charset()
        article = _text(body, where, charset) if plain else page(body, where, charset)
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    if isinstance(article, Problem):
        yield article
        return
    said = {name.lower(): str(value) for name, value in headers.items()}
    kept = {name: said[name] for name in KEPT_HEADERS if name in said}
    there = Fetched(where, body, kept, record.fields.get("warc-date", ""))
    yield where, fetched(article, there)
    for why in () if plain else doubts(body, article):
        yield Problem(input=where, message=why)


_TEXTS = frozenset(
    kind for kind in (*WEB, "application/msword", "application/rtf") if kind not in PAGES
)
"""Kinds of texts that a page may lead to: scripts, settings and pictures are no loss."""


def _unpacked(body: bytes, how: str) -> bytes:
    """A body that is packed as a header says, or is a page as it stands, whatever that says. Raises
    `InputError` where it is neither, or is too large."""
    try:
        return unpacked([body], how, LARGEST_PAGE)
    except InputError:
        if body.lstrip().startswith(b"<"):
            return body
        raise


def _text(body: bytes, where: str, charset: str | None) -> Document | Problem:
    """The text that somebody made of a page (Common Crawl's WET)."""
    text = decode(body, charset)
    if why := fault(text):
        return Problem(input=where, message=why)
    return Document(id=address_id(where), text=text)


def unchunked(body: bytes) -> tuple[bytes, str | None]:
    """A body that is said to come in chunks (RFC 9112, 7.1), and what is wrong with it, in words:
    some crawlers keep it as it came, others put it together and leave the header as it was."""
    found = bytearray()
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        at = chunk.end() + size
        found += body[chunk.end() : at]
        if not size:
            return bytes(found), None
        if at > len(body):
            break
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not found:
        return body, None
    return bytes(found), "breaks off between its chunks"
