"""What a file holds, of whatever kind, to documents: a package is read file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader, BytesIO
from typing import Any, cast

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import archives, citations, collected, exports, lines, packages, tables
from sayso.ingest.articles import content_id, fault, guarded, sound, unbroken
from sayso.ingest.characters import decode
from sayso.ingest.kinds import NAMES, Kind, ending, kind_of, told
from sayso.ingest.mail import mail, saved_page
from sayso.ingest.mailboxes import mails
from sayso.ingest.opendocument import odt
from sayso.ingest.pages import doubts, page
from sayso.ingest.pdf import pdf
from sayso.ingest.word import docx
from sayso.records import Capture, Document, Problem
from sayso.wire import encode

LARGEST_FILE = 20_000_000
"""Bytes of one page or plain text, the limit that trafilatura sets; pages may hold pictures."""

LARGEST_EXPORT = 400_000_000
"""Bytes of one file of JSON, which may be all that a channel ever said, or of a package that cannot
be read where it lies: both are held as a whole."""

DEEPEST = 3
"""Packages within packages."""

Found = tuple[str, Capture] | Problem
"""A document, what it was read from and where it was found, or why it was not."""

_CHUNK = 1 << 16


def held(
    file: BufferedReader[Any],
    where: str,
    kind: Kind | None,
    columns: Mapping[str, str],
    depth: int = 0,
) -> Iterator[Found]:
    """The documents in a file, with where each was found, and its problems. `where` names it,
    `kind` is what its name tells, `columns` are as in `inputs.captures`."""
    first = file.peek(_CHUNK)
    if not first:
        yield Problem(input=where, message="is empty")
        return
    if first.startswith(b"{\\rtf"):
        yield Problem(input=where, message="is RTF, which is not read: save it as .docx")
        return
    kind = told(first, where, kind)
    for found in guarded(_documents(file, where, kind, columns, depth), where, NAMES[kind]):
        yield _kept(found, where)


def _kept(found: Found, where: str) -> Found:
    """What is found, its words whole, where a file can hold it: a lone surrogate, half a character,
    no file can."""
    if isinstance(found, Problem):
        return Problem(input=sound(found.input), message=sound(found.message))
    place, capture = found
    try:
        encode(capture.document)
    except UnicodeEncodeError:
        return Problem(input=sound(place), message="has half a character in it")
    text = unbroken(capture.document.text)
    if text == capture.document.text:
        return found
    return place, replace(capture, document=replace(capture.document, text=text))


def _documents(
    file: BufferedReader[Any], where: str, kind: Kind, columns: Mapping[str, str], depth: int
) -> Iterator[Found]:
    if kind == "jsonl":
        chunks = iter(lambda: file.read(_CHUNK), b"")
        yield from lines.documents(chunks, where, exports.mapped(columns))
    elif kind == "table":
        yield from tables.documents(file, where, columns)
    elif kind == "warc":
        yield from archives.warc(file, where)
    elif kind == "mbox":
        yield from _mailbox(file, where)
    elif kind in ("zip", "tar", "gzip"):
        if depth >= DEEPEST:
            yield Problem(input=where, message=f"lies within more than {DEEPEST} packages")
            return
        yield from _package(file, where, kind, columns, depth + 1)
    else:
        most = LARGEST_EXPORT if kind == "json" else LARGEST_FILE
        data = file.read(most + 1)
        if len(data) > most:
            yield Problem(input=where, message=f"is larger than {most:,} bytes")
        elif kind == "json":
            yield from exports.documents(data, where, columns)
        elif kind == "ris":
            yield from citations.documents(data, where)
        else:
            for found in _whole(data, where, kind):
                if isinstance(found, Problem):
                    yield found
                else:
                    yield found[0], Capture(document=found[1], raw=data)


def _mailbox(file: BufferedReader[Any], where: str) -> Iterator[Found]:
    for number, data in enumerate(mails(file, LARGEST_FILE), 1):
        place = f"{where}:{number}"
        if data is None:
            yield Problem(input=place, message=f"is larger than {LARGEST_FILE:,} bytes")
            continue
        for found in guarded(mail(data, place), place, NAMES["mail"]):
            if isinstance(found, Problem):
                yield found
            else:
                yield found[0], Capture(document=found[1], raw=data)


def _package(
    file: BufferedReader[Any], where: str, kind: Kind, columns: Mapping[str, str], depth: int
) -> Iterator[Found]:
    """The documents of the files in a package."""
    if kind == "gzip":
        unpacked = packages.gunzipped(file)
        inner = kind_of(where.lower().removesuffix(".gz"))
        again = BufferedReader(unpacked)
        yield from held(again, where, inner if inner != "gzip" else None, columns, depth)
        while again.read(_CHUNK):  # what a package has behind its end may be broken, too
            pass
        if unpacked.wrong:
            yield Problem(input=where, message=unpacked.wrong)
        return
    if kind == "zip" and not file.seekable():
        data = file.read(LARGEST_EXPORT + 1)
        if len(data) > LARGEST_EXPORT:
            message = f"is larger than {LARGEST_EXPORT:,} bytes, and no file of its own"
            yield Problem(input=where, message=message)
            return
        file = BufferedReader(BytesIO(data))
    holds = packages.kind_of(file) if kind == "zip" else "tar"
    if kind == "zip":
        file.seek(0)
    if holds == "wacz":
        yield from archives.wacz(file, where)
        return
    if holds == "bundle":
        yield Problem(input=where, message="is a bundle of Sayso's: sayso import reads it")
        return
    if holds == "sheet":
        yield Problem(input=where, message="is a workbook, which is not read: save it as .csv")
        return
    if holds in ("docx", "odt"):
        yield from _documents(file, where, holds, columns, depth)
        return
    over: Counter[str] = Counter()
    empty = True
    for found in (packages.tarred if holds == "tar" else packages.zipped)(file, where):
        if isinstance(found, Problem):
            empty = False
            yield found
            continue
        parts = [part for part in found.name.split("/") if part not in (".", "..")]
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        inner = kind_of(found.name)
        if hidden:
            continue
        if isinstance(found, packages.Passed):
            over[found.what] += 1
            continue
        if inner is None:
            over[ending(found.name)] += 1
            continue
        empty = False
        place = f"{where}:{found.name}"
        yield from held(cast(Any, found.file), place, inner, columns, depth)
    if empty:
        yield Problem(input=where, message="has no document in it")
    else:
        yield from passed_over(over, where)


def _whole(data: bytes, where: str, kind: Kind) -> Iterator[tuple[str, Document] | Problem]:
    """What a file that is read as a whole has in it."""
    if kind == "mail":
        yield from mail(data, where)
        return
    if kind in ("pdf", "docx", "odt"):
        made = pdf if kind == "pdf" else docx if kind == "docx" else odt
        for part in made(data, where):
            if isinstance(part, Problem):
                yield part
            else:
                yield from collected.parted(part, where)
        return
    readers: dict[Kind, Callable[[bytes, str], Document | Problem]]
    readers = {"html": page, "mhtml": saved_page}
    found = readers.get(kind, _plain)(data, where)
    if isinstance(found, Problem):
        yield found
        return
    if kind == "text":
        yield from collected.parted(found, where)
        return
    yield where, found
    if kind == "html":
        yield from (Problem(input=where, message=why) for why in doubts(data, found))


def _plain(data: bytes, where: str) -> Document | Problem:
    """All of a plain text is its text: a first line that may be a title is part of it."""
    try:
        text = decode(data)
    except InputError as error:
        return Problem(input=where, message=str(error))
    if why := fault(text):
        return Problem(input=where, message=why)
    return Document(id=content_id(None, text), text=text)


def passed_over(over: Counter[str], where: str) -> Iterator[Problem]:
    """A problem that counts the files of a folder or package that were not read, by their ends, or
    what else they are."""
    if over:
        shown = [f"{count:,} {end}" for end, count in over.most_common(_SHOWN)]
        rest = over.total() - sum(count for _, count in over.most_common(_SHOWN))
        told = ", ".join([*shown, *([f"{rest:,} others"] if rest else [])])
        yield Problem(
            input=where, message=f"is not read whole: of its files, passed over are {told}"
        )


_SHOWN = 8
"""Kinds of files that are named when they are counted."""
