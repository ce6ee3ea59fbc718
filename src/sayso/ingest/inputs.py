"""What a person names on the command line, to documents.

Finds files and pages, tells what kind each is, and sees to it that no document is taken twice in a
run. Everything streams: one document is held at a time, of the others only a hash. Nothing that is
wrong with an input ever raises: it becomes a `Problem`, and the rest are done.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import archives, lines, tables
from sayso.ingest.articles import content_id, fault, guarded, sound, unread
from sayso.ingest.characters import decode
from sayso.ingest.fetching import Fetcher, fetched
from sayso.ingest.mail import mail, saved_page
from sayso.ingest.pages import doubts, page
from sayso.ingest.pdf import pdf
from sayso.records import Capture, Document, Problem
from sayso.wire import encode, version

LARGEST_FILE = 20_000_000
"""Bytes of one page or plain text, the limit that trafilatura sets; pages may hold pictures."""

Kind = Literal["jsonl", "html", "text", "mhtml", "mail", "pdf", "table", "warc", "wacz"]

KINDS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".htm": "html",
    ".html": "html",
    ".md": "text",
    ".txt": "text",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".eml": "mail",
    ".pdf": "pdf",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wacz": "wacz",
}
"""What a file holds, by the end of its name. Others are read only when named, by their content."""

Found = tuple[str, Capture] | Problem
"""A document, what it was read from and where it was found, or why it was not."""

Marks = tuple[bytes, bytes, bytes]
"""What a document is told apart by: its id, the id that it has as another `version`, its text."""

_NAMES: dict[Kind, str] = {
    "jsonl": "lines of JSON",
    "html": "a page",
    "text": "a text",
    "mhtml": "a saved page",
    "mail": "mail",
    "pdf": "a PDF",
    "table": "a table",
    "warc": "a web archive",
    "wacz": "a WACZ package",
}

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/x-opml")
_CONTENT: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
    "message/rfc822": "mail",
    "multipart/related": "mhtml",
    "text/csv": "table",
}
"""What an answer of the web holds; others by how they begin."""

_CHUNK = 1 << 16
_TAG = re.compile(rb"<(!doctype\s+html|html|head|body|main|article|div|p|h1)\b", re.IGNORECASE)


def documents(
    inputs: Sequence[str],
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document | Problem]:
    """The documents of `captures`, and its problems."""
    for found in captures(inputs, stdin, columns=columns):
        yield found.document if isinstance(found, Capture) else found


def captures(
    inputs: Sequence[str],
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Capture | Problem]:
    """The documents of all inputs, in the order given, each with the bytes it was read from, and a
    problem for each that is missing. The bytes are those of the page, mail or file; of a line of
    JSON or a row of a table they are its JSON in UTF-8.

    An input is a file, a folder (its files of known `KINDS`, in the order of their names, hidden
    ones left out), an address of the web, which `fetcher` fetches, or `-` for standard input.
    `columns` says how the columns of tables are called, by `tables.FIELDS`. A document that was met
    before in this run is left out with a problem; another text under its id is a `version`. A
    document that lost its date is followed by a problem.
    """
    yield from _once(
        found for name in inputs for found in _input(name, stdin, fetcher, columns or {})
    )


def handed(name: str, data: bytes) -> Iterator[Capture | Problem]:
    """The documents in bytes that were handed over as a file of that name, as `captures` has them.
    No file is opened."""
    yield from _once(_stream(name, lambda: nullcontext(BytesIO(data)), kind_of(name), {}))


def addressed(address: str, fetcher: Fetcher) -> Iterator[Capture | Problem]:
    """The document at an address, as `captures` has it."""
    yield from _once(_address(address, fetcher))


def kind_of(name: str) -> Kind | None:
    """What a file of that name holds; None where that does not tell."""
    lower = name.lower()
    return next((kind for end, kind in KINDS.items() if lower.endswith(end)), None)


def met(name: str) -> Iterator[Found]:
    """The documents of one file or folder as they stand there: each with where it was found, and
    none left out for having been met before."""
    yield from _input(name, None, None, {})


def streamed(name: str, opened: Callable[[], AbstractContextManager[BinaryIO]]) -> Iterator[Found]:
    """The documents in a file of that name which lies elsewhere, as `met` has them; `opened` opens
    it."""
    yield from _stream(name, opened, kind_of(name), {})


def marks(document: Document) -> Marks:
    """What a document is told apart by, eight bytes each."""
    return _digest(document.id), _digest(version(document).id), _digest(document.text)


def admitted(marks: Marks, texts: dict[bytes, bytes]) -> tuple[bool, bool]:
    """How a document comes after those that were met before: whether as another `version`, and
    whether it is new. `texts` remembers, by the mark of the id, the mark of the text."""
    own, other, text = marks
    again = texts.get(own, text) != text
    mark = other if again else own
    if mark in texts:
        return again, False
    texts[mark] = text
    return again, True


def told_apart(where: str, capture: Capture, again: bool, new: bool) -> Capture | Problem:
    """A document under the id that it has, or that it was met before; see `admitted`."""
    document = version(capture.document) if again else capture.document
    if new:
        return replace(capture, document=document)
    return Problem(input=where, message=f"is left out: {document.id!r} was read already")


def _once(items: Iterable[Found]) -> Iterator[Capture | Problem]:
    """Each document once."""
    texts: dict[bytes, bytes] = {}
    for found in items:
        if isinstance(found, Problem):
            yield found
        else:
            where, capture = found
            yield told_apart(where, capture, *admitted(marks(capture.document), texts))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _input(
    name: str, stdin: BinaryIO | None, fetcher: Fetcher | None, columns: Mapping[str, str]
) -> Iterator[Found]:
    if name == "-":
        yield from _stream("stdin", lambda: nullcontext(stdin or sys.stdin.buffer), None, columns)
    elif name.startswith(("http://", "https://")):
        if fetcher is None:
            yield Problem(input=name, message="is an address, and nothing is fetched here")
        else:
            yield from _address(name, fetcher)
    elif os.path.isdir(name):
        yield from _folder(Path(name), columns)
    else:
        yield from _file(Path(name), columns)


def _address(address: str, fetcher: Fetcher) -> Iterator[Found]:
    try:
        page_there = fetcher.fetch(address)
    except InputError as error:
        yield Problem(input=address, message=str(error))
        return
    except Exception as error:
        yield unread(address, "a page", error)
        return
    content = page_there.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content in _FEEDS:
        yield Problem(input=address, message="is a feed: sayso watch reads what it names")
        return
    kind = _CONTENT.get(content)
    for found in _read(BufferedReader(BytesIO(page_there.data)), address, kind, {}):
        if isinstance(found, Problem):
            yield found
        else:
            where, capture = found
            yield where, fetched(capture.document, page_there)


def _folder(folder: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    """Links to folders are not followed, which might lead in a circle; links to files are."""
    empty = True
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and (os.path.islink(path) or not os.path.isdir(path)):
            # What does not exist is a broken link or may not be looked at: opening it says which.
            special = os.path.exists(path) and not os.path.isfile(path)
            if kind_of(path.name) and not special:
                empty = False
                yield from _file(path, columns)
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            empty = False
            yield Problem(input=_shown(path), message=f"cannot be read: {error.strerror}")
            continue
        waiting += [path / name for name in names if not name.startswith(".")]
    if empty:
        kinds = ", ".join(sorted(KINDS))
        yield Problem(input=_shown(folder), message=f"has no document in it ({kinds})")


def _file(path: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    yield from _stream(
        _shown(path), lambda: path.open("rb", buffering=_CHUNK), kind_of(path.name), columns
    )


def _stream(
    where: str,
    opened: Callable[[], AbstractContextManager[BinaryIO]],
    kind: Kind | None,
    columns: Mapping[str, str],
) -> Iterator[Found]:
    try:
        with opened() as file:
            # To look at how a stream begins without taking it away.
            again = file if isinstance(file, BufferedReader) else BufferedReader(cast(Any, file))
            yield from _read(again, where, kind, columns)
    except FileNotFoundError:
        yield Problem(input=where, message="does not exist")
    except OSError as error:
        yield Problem(input=where, message=f"cannot be read: {error.strerror or error}")


def _shown(path: Path) -> str:
    """The path as characters that can be written anywhere, even where the name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _read(
    file: BufferedReader[Any], where: str, kind: Kind | None, columns: Mapping[str, str]
) -> Iterator[Found]:
    first = file.peek(_CHUNK)
    if not first:
        yield Problem(input=where, message="is empty")
        return
    kind = kind or _kind(first)
    for found in guarded(_documents(file, where, kind, columns), where, _NAMES[kind]):
        yield _kept(found, where)


def _kept(found: Found, where: str) -> Found:
    """What is found, where a file can hold it: a lone surrogate, half a character, no file can."""
    if isinstance(found, Problem):
        return Problem(input=sound(found.input), message=sound(found.message))
    try:
        encode(found[1].document)
    except UnicodeEncodeError:
        return Problem(input=sound(found[0]), message="has half a character in it")
    return found


def _documents(
    file: BufferedReader[Any], where: str, kind: Kind, columns: Mapping[str, str]
) -> Iterator[Found]:
    if kind == "jsonl":
        yield from lines.documents(iter(lambda: file.read(_CHUNK), b""), where)
    elif kind == "table":
        yield from tables.documents(file, where, columns)
    elif kind in ("warc", "wacz"):
        yield from (archives.warc if kind == "warc" else archives.wacz)(file, where)
    else:
        data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            yield Problem(input=where, message=f"is larger than {LARGEST_FILE:,} bytes")
            return
        for found in _whole(data, where, kind):
            if isinstance(found, Problem):
                yield found
            else:
                yield found[0], Capture(document=found[1], raw=data)


def _whole(data: bytes, where: str, kind: Kind) -> Iterator[tuple[str, Document] | Problem]:
    """What a file that is read as a whole has in it."""
    if kind == "mail":
        yield from mail(data, where)
        return
    if kind == "pdf":
        for part in pdf(data, where):
            yield part if isinstance(part, Problem) else (where, part)
        return
    readers: dict[Kind, Callable[[bytes, str], Document | Problem]]
    readers = {"html": page, "mhtml": saved_page}
    found = readers.get(kind, _plain)(data, where)
    if isinstance(found, Problem):
        yield found
        return
    yield where, found
    if kind == "html":
        yield from (Problem(input=where, message=why) for why in doubts(data, found))


def _kind(first: bytes) -> Kind:
    """What a stream holds, from how it begins."""
    known: dict[bytes, Kind] = {
        b"%PDF-": "pdf",
        b"WARC/1.": "warc",
        b"\x1f\x8b": "warc",
        b"PK\x03\x04": "wacz",
        b"From: <Saved by": "mhtml",
    }
    for start, kind in known.items():
        if first.startswith(start):
            return kind
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        first = first.decode("utf-16", "ignore").encode()
    start = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    return "html" if start.startswith(b"<") and _TAG.search(start) else "text"


def _plain(data: bytes, where: str) -> Document | Problem:
    """All of a plain text is its text: a first line that may be a title is part of it."""
    try:
        text = decode(data)
    except InputError as error:
        return Problem(input=where, message=str(error))
    if why := fault(text):
        return Problem(input=where, message=why)
    return Document(id=content_id(None, text), text=text)
