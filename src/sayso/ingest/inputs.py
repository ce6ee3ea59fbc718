"""What a person names on the command line, to documents.

Finds the files, tells what kind each is, and sees to it that no document is taken twice in a run.
Everything streams: one document is held at a time, of the others only a hash. Nothing that is wrong
with an input ever raises: it becomes a `Problem`, and the rest are done.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

from sayso.errors import InputError
from sayso.ingest import lines
from sayso.ingest.articles import content_id, fault
from sayso.ingest.characters import decode
from sayso.ingest.pages import page
from sayso.records import Capture, Document, Problem, version

LARGEST_FILE = 20_000_000
"""Bytes of one page or plain text, the limit that trafilatura sets; pages may hold pictures."""

Kind = Literal["jsonl", "html", "text"]

KINDS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".htm": "html",
    ".html": "html",
    ".md": "text",
    ".txt": "text",
}
"""What a file holds, by the end of its name. Others are read only when named, by their content."""

Found = tuple[str, Capture] | Problem
"""A document, what it was read from and where it was found, or why it was not."""

_CHUNK = 1 << 16
_TAG = re.compile(rb"<(!doctype\s+html|html|head|body|main|article|div|p|h1)\b", re.IGNORECASE)


def documents(inputs: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Document | Problem]:
    """The documents of `captures`, and its problems."""
    for found in captures(inputs, stdin):
        yield found.document if isinstance(found, Capture) else found


def captures(inputs: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Capture | Problem]:
    """The documents of all inputs, in the order given, each with the bytes it was read from, and a
    problem for each that is missing. The bytes are the whole file, or of JSONL the line in UTF-8.

    An input is a file, a folder (its files of known `KINDS`, in the order of their names, hidden
    ones left out) or `-` for standard input. A document that was met before in this run is left out
    with a problem; another text under its id is a `version`. A document that lost its date is
    followed by a problem.
    """
    yield from _once(found for name in inputs for found in _input(name, stdin))


def handed(name: str, data: bytes) -> Iterator[Capture | Problem]:
    """The documents in bytes that were handed over as a file of that name, as `captures` has them.
    No file is opened."""
    kind = KINDS.get(os.path.splitext(name)[1].lower())
    yield from _once(_stream(name, lambda: nullcontext(BytesIO(data)), kind))


def _once(items: Iterable[Found]) -> Iterator[Capture | Problem]:
    """Each document once."""
    texts: dict[bytes, bytes] = {}
    for found in items:
        if isinstance(found, Problem):
            yield found
            continue
        where, capture = found
        document, text = capture.document, _digest(capture.document.text)
        if texts.get(_digest(document.id), text) != text:
            document = version(document)
        if _digest(document.id) in texts:
            yield Problem(input=where, message=f"is left out: {document.id!r} was read already")
            continue
        texts[_digest(document.id)] = text
        yield Capture(document=document, raw=capture.raw)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _input(name: str, stdin: BinaryIO | None) -> Iterator[Found]:
    if name == "-":
        yield from _stream("stdin", lambda: nullcontext(stdin or sys.stdin.buffer), None)
    elif os.path.isdir(name):
        yield from _folder(Path(name))
    else:
        yield from _file(Path(name))


def _folder(folder: Path) -> Iterator[Found]:
    """Links to folders are not followed, which might lead in a circle; links to files are."""
    empty = True
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and (os.path.islink(path) or not os.path.isdir(path)):
            # What does not exist is a broken link or may not be looked at: opening it says which.
            special = os.path.exists(path) and not os.path.isfile(path)
            if path.suffix.lower() in KINDS and not special:
                empty = False
                yield from _file(path)
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


def _file(path: Path) -> Iterator[Found]:
    kind = KINDS.get(path.suffix.lower())
    yield from _stream(_shown(path), lambda: path.open("rb"), kind)


def _stream(
    where: str, opened: Callable[[], AbstractContextManager[BinaryIO]], kind: Kind | None
) -> Iterator[Found]:
    try:
        with opened() as file:
            yield from _read(file, where, kind)
    except FileNotFoundError:
        yield Problem(input=where, message="does not exist")
    except OSError as error:
        yield Problem(input=where, message=f"cannot be read: {error.strerror or error}")


def _shown(path: Path) -> str:
    """The path as characters that can be written anywhere, even where the name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _read(file: BinaryIO, where: str, kind: Kind | None) -> Iterator[Found]:
    first = file.read(_CHUNK)
    if not first:
        yield Problem(input=where, message="is empty")
        return
    kind = kind or _kind(first)
    if kind == "jsonl":
        chunks = chain([first], iter(lambda: file.read(_CHUNK), b""))
        yield from lines.documents(chunks, where)
        return
    data = first + file.read(LARGEST_FILE + 1 - len(first))
    if len(data) > LARGEST_FILE:
        yield Problem(input=where, message=f"is larger than {LARGEST_FILE:,} bytes")
        return
    found = page(data, where) if kind == "html" else _plain(data, where)
    yield found if isinstance(found, Problem) else (where, Capture(document=found, raw=data))


def _kind(first: bytes) -> Kind:
    """What a stream holds, from how it begins: an object of JSON, a tag of HTML, or else prose."""
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
