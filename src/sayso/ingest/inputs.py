"""What a person names on the command line, to documents.

Finds files and pages, tells what kind each is, and sees to it that no document is taken twice in a
run. Everything streams: one document is held at a time, of the others only a hash. Nothing that is
wrong with an input ever raises: it becomes a `Problem`, and the rest are done.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest.articles import unread
from sayso.ingest.fetching import Fetcher, fetched
from sayso.ingest.kinds import FEEDS, KINDS, WEB, Kind, ending, kind_of
from sayso.ingest.opening import Found, held, passed_over
from sayso.records import Capture, Document, Problem
from sayso.wire import version

Marks = tuple[bytes, bytes, bytes]
"""What a document is told apart by: its id, the id that it has as another `version`, its text."""

_CHUNK = 1 << 16


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

    An input is a file, a folder, an address of the web, which `fetcher` fetches, or `-`, standard
    input. Of a folder its files of known `KINDS` are read, in the order of their names; others are
    counted in a problem, but for hidden ones and what a browser saved beside a page.
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
    if content in FEEDS:
        yield Problem(input=address, message="is a feed: sayso watch reads what it names")
        return
    kind = WEB.get(content)
    for found in held(BufferedReader(BytesIO(page_there.data)), address, kind, {}):
        if isinstance(found, Problem):
            yield found
        else:
            where, capture = found
            yield where, fetched(capture.document, page_there)


def _folder(folder: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    """Links to folders are not followed, which might lead in a circle; links to files are."""
    empty = True
    over: Counter[str] = Counter()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and (os.path.islink(path) or not os.path.isdir(path)):
            # What does not exist is a broken link or may not be looked at: opening it says which.
            special = os.path.exists(path) and not os.path.isfile(path)
            if kind_of(path.name) and not special:
                empty = False
                yield from _file(path, columns)
            elif os.path.isdir(path):
                over["links to folders"] += 1
            else:
                over["no files" if special else ending(_shown(path))] += 1
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            empty = False
            yield Problem(input=_shown(path), message=f"cannot be read: {error.strerror}")
            continue
        pages = {name.rpartition(".")[0] for name in names if kind_of(name) == "html"}
        waiting += [
            path / name
            for name in names
            if not name.startswith(".") and name.removesuffix("_files") not in pages - {name}
        ]
    if empty:
        kinds = ", ".join(sorted(KINDS))
        yield Problem(input=_shown(folder), message=f"has no document in it ({kinds})")
    else:
        yield from passed_over(over, _shown(folder))


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
            yield from held(again, where, kind, columns)
    except FileNotFoundError:
        yield Problem(input=where, message="does not exist")
    except OSError as error:
        yield Problem(input=where, message=f"cannot be read: {error.strerror or error}")


def _shown(path: Path) -> str:
    """The path as characters that can be written anywhere, even where the name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
