"""What a file holds, by how its name ends, how it begins, or what the web says of it."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Literal

import msgspec

from sayso.ingest.mailboxes import is_mailbox

Kind = Literal[
    "jsonl", "json", "html", "text", "mhtml", "mail", "mbox", "pdf", "docx", "odt", "ris", "table",
    "warc", "zip", "tar", "gzip",
]  # fmt: skip

KINDS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".htm": "html",
    ".html": "html",
    ".md": "text",
    ".txt": "text",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "mail",
    ".mbox": "mbox",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".ris": "ris",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "warc",
    ".warc.gz": "gzip",
    ".wacz": "zip",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gzip",
    ".gz": "gzip",
}
"""What a file holds, by the end of its name. Others are read only when named, by their content."""

STREAMS: tuple[Kind, ...] = (
    "jsonl", "json", "table", "mbox", "ris", "warc", "zip", "tar", "gzip",
)  # fmt: skip
"""Kinds of files that may hold any number of documents."""

NAMES: dict[Kind, str] = {
    "jsonl": "lines of JSON",
    "json": "JSON",
    "html": "a page",
    "text": "a text",
    "mhtml": "a saved page",
    "mail": "mail",
    "mbox": "a mailbox",
    "pdf": "a PDF",
    "docx": "a document of Word's",
    "odt": "an OpenDocument text",
    "ris": "RIS",
    "table": "a table",
    "warc": "a web archive",
    "zip": "a zip",
    "tar": "a tar",
    "gzip": "what gzip packed",
}

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/x-opml")

WEB: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
    "message/rfc822": "mail",
    "multipart/related": "mhtml",
    "text/csv": "table",
}
"""What an answer of the web holds; others by how they begin."""

_TAG = re.compile(rb"<(!doctype\s+html|html|head|body|main|article|div|p|h1)\b", re.IGNORECASE)
_BEGIN: dict[bytes, Kind] = {
    b"%PDF-": "pdf",
    b"WARC/1.": "warc",
    b"WARC/0.": "warc",
    b"PK\x03\x04": "zip",
    b"From: <Saved by": "mhtml",
    b"\xd0\xcf\x11\xe0": "docx",
}
_RIS = re.compile(rb"\s*TY  ?- ")


def kind_of(name: str) -> Kind | None:
    """What a file of that name holds; None where that does not tell."""
    lower = name.lower()
    return next((kind for end, kind in KINDS.items() if lower.endswith(end)), None)


def ending(name: str) -> str:
    """How the name of a file ends, for a person who counts such."""
    _, dot, end = name.rpartition("/")[2].rpartition(".")
    return f".{end.lower()}" if dot and 0 < len(end) < 12 else "without an ending"


def told(first: bytes, name: str, kind: Kind | None) -> Kind:
    """What a stream holds, from how it begins, where its `name` says that it is of a `kind` or does
    not say. What is packed by gzip is packed whatever its name says, or is not, and a mail may be a
    mailbox."""
    if first.startswith(b"\x1f\x8b"):
        return "warc" if _unpacked(first).startswith(b"WARC/") else "gzip"
    if kind in (None, "mail") and is_mailbox(first):
        return "mbox"
    if kind == "gzip":
        kind = kind_of(name.lower().removesuffix(".gz"))
    if kind not in (None, "gzip"):
        return kind
    for start, found in _BEGIN.items():
        if first.startswith(start):
            return found
    if first[257:262] == b"ustar":
        return "tar"
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        first = first.decode("utf-16", "ignore").encode()
    start = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"{"):
        return "jsonl" if _is_line(start) else "json"
    if _LIST.match(start):
        return "json"
    if _RIS.match(start):
        return "ris"
    if start.startswith(b"<") and b"<office:document " in start[:4_000]:
        return "odt"
    return "html" if start.startswith(b"<") and _TAG.search(start) else "text"


def _unpacked(first: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(first, 16)
    except zlib.error:
        return b""


def _is_line(start: bytes) -> bool:
    """Whether what begins with an object of JSON has one on each line: the first is whole and holds
    a text, or is so long that its end is not here."""
    line, more, rest = start.partition(b"\n")
    if not more and len(line) >= _LONG:
        return bool(_DOCUMENT.match(line))
    try:
        found = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return bool(_DOCUMENT.match(line)) and len(line.split()) > 1
    return isinstance(found, dict) and ("text" in found or bool(rest.strip()))


_LONG = 10_000
_DOCUMENT = re.compile(rb'\{\s*"(?:id|url|title|text|published|outlet|language)"\s*:')
_LIST = re.compile(rb"\[\s*[\[{]")
