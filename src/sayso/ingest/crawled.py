"""The records of a WARC file (ISO 28500), packed by gzip or not, as far as they can be told apart.

Sayso's own, since readers that are to be had give up at the first record that lies: here each
record is taken for what it is, and where its length or its packing is wrong the next is looked for,
at the next member of gzip or where a line says that a record begins.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

LONGEST_HEAD = 1 << 16
"""Bytes of the named fields of a record."""

_CHUNK = 1 << 16
_PIECE = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b\x08"
_OVER = 16  # bytes at the end of what is here that may be the beginning of a record
_BEGINS = re.compile(rb"WARC/[01]\.\d+\r?\n")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d+\r?\n)")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")


class Record(NamedTuple):
    """The named fields of a record, in small letters, its block up to a limit, whether that is all
    of it, and what is wrong with it, in words."""

    fields: dict[str, str]
    block: bytes
    whole: bool
    wrong: str | None


class Lost(NamedTuple):
    """Bytes that belong to no record: why, in words."""

    message: str


class _Ahead:
    """The unpacked bytes of a file that come next, the places among them where a member of gzip
    begins, and what went wrong before them."""

    def __init__(self, file: BinaryIO) -> None:
        self._pieces = unzipped(file)
        self._marks: deque[int] = deque()
        self._start = 0
        self.buffer = bytearray()
        self.faults: deque[str] = deque()

    def fill(self, size: int) -> int:
        """How many bytes lie ahead, at least so many unless the file ends or a member begins."""
        while len(self.buffer) < size and not self._marks:
            try:
                piece = next(self._pieces)
            except StopIteration:
                break
            if piece is None:
                self._marks.append(self._start + len(self.buffer))
            elif isinstance(piece, str):
                self.faults.append(piece)
            else:
                self.buffer += piece
        return min(len(self.buffer), self.room())

    def room(self) -> int:
        """Bytes up to where the next member begins; all that are here where none is known to."""
        return self._marks[0] - self._start if self._marks else len(self.buffer)

    def over(self) -> bool:
        """Goes on into the next member, where what lies ahead is done; whether there is one."""
        self.fill(1)
        if self._marks and not self.room():
            self._marks.popleft()
            return True
        return False

    def take(self, size: int) -> bytes:
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        self._start += len(data)
        return data

    def back(self, data: bytes) -> None:
        """What was taken last, again."""
        self.buffer[:0] = data
        self._start -= len(data)


def records(file: BinaryIO, most: int) -> Iterator[Record | Lost]:
    """The records of a file, the block of each up to so many bytes, and what is lost between."""
    ahead = _Ahead(file)
    while True:
        while ahead.fill(1) and ahead.buffer[0] in b"\r\n":
            ahead.take(1)
        if not ahead.fill(1):
            if ahead.over():
                continue
            yield from map(Lost, ahead.faults)
            return
        yield from map(Lost, ahead.faults)
        ahead.faults.clear()
        ahead.fill(LONGEST_HEAD)
        begins = _BEGINS.match(ahead.buffer)
        ends = _HEAD_ENDS.search(ahead.buffer, 0, min(LONGEST_HEAD, ahead.room()))
        if not begins or not ends:
            lost = _skipped(ahead)
            yield Lost(f"has {lost:,} bytes that are no record of a web archive")
            continue
        fields = _fields(ahead.take(ends.end()))
        yield _record(ahead, fields, most)


def _record(ahead: _Ahead, fields: dict[str, str], most: int) -> Record:
    """The record with these fields, which takes its block from what lies ahead."""
    said = fields.get("content-length", "")
    length = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
    block = bytearray()
    there = 0
    while there < length and (here := min(ahead.fill(1), length - there)):
        data = ahead.take(here)
        block += data[: most + 1 - len(block)]
        there += len(data)
    whole = there <= most
    if there == length and _is_between(ahead):
        return Record(fields, bytes(block), whole, None)
    if whole and (other := _NEXT.search(block)):  # it takes in what is another record
        ahead.back(bytes(block[other.end() :]))
        wrong = f"is {other.start():,} bytes long, not {length:,}"
        return Record(fields, bytes(block[: other.start()]), whole, wrong)
    if there < length:
        wrong = f"is cut short: {there:,} of its {length:,} bytes are there"
        return Record(fields, bytes(block), whole, wrong)
    while not _is_between(ahead) and len(block) <= most and (here := ahead.fill(_PIECE)):
        found = _NEXT.search(ahead.buffer, 0, here)
        block += ahead.take(found.start() if found else here - _OVER if here > _OVER else here)
    wrong = f"is {len(block):,} bytes long, not {length:,}"
    return Record(fields, bytes(block), len(block) <= most, wrong)


def _is_between(ahead: _Ahead) -> bool:
    """Whether a record may end here: the file or the member does, or another record begins."""
    here = ahead.fill(64)
    rest = bytes(ahead.buffer[: min(here, 64)]).lstrip(b"\r\n")
    return not rest or _BEGINS.match(rest) is not None


def _skipped(ahead: _Ahead) -> int:
    """How many bytes are passed over up to where the next record may begin."""
    lost = len(ahead.take(1))
    while here := ahead.fill(_CHUNK):
        found = _NEXT.search(ahead.buffer, 0, here)
        if found:
            return lost + len(ahead.take(found.end()))
        lost += len(ahead.take(here - _OVER if here > _OVER else here))
    return lost


def _fields(head: bytes) -> dict[str, str]:
    """The named fields; what is said twice counts as it was said first."""
    found: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def unzipped(file: BinaryIO) -> Iterator[bytes | str | None]:
    """The bytes of a file in pieces, unpacked where it is packed by gzip. None where a member
    begins; in words what went wrong with one, behind which the next is looked for."""
    raw = file.read(_CHUNK)
    if not raw.startswith(_MAGIC[:2]):
        while raw:
            yield raw
            raw = file.read(_CHUNK)
        return
    while raw := raw or file.read(_CHUNK):
        if raw.startswith(_MAGIC[: len(raw)]):
            yield None
            raw = yield from _member(raw, file)
        elif raw.strip(b"\0"):
            at = raw.find(_MAGIC, 1)
            yield "has bytes between its packed members"
            while at < 0 and (raw := raw[-2:] + file.read(_CHUNK)) and len(raw) > 2:
                at = raw.find(_MAGIC)
            raw = raw[at:] if at >= 0 else b""
            if not raw:
                return
        else:
            raw = b""


def _member(raw: bytes, file: BinaryIO) -> Generator[bytes | str | None, None, bytes]:
    """The bytes of a member of gzip, and comes back with what was read behind it."""
    packed = zlib.decompressobj(_GZIP)
    while True:
        try:
            piece = packed.decompress(raw, _PIECE)
        except zlib.error as error:
            yield f"is packed wrongly ({error}): what stands there is lost"
            at = raw.find(_MAGIC, 1)
            return raw[at:] if at > 0 else b""
        if piece:
            yield piece
        if packed.eof:
            return packed.unused_data
        raw = packed.unconsumed_tail
        if not raw and not (raw := file.read(_CHUNK)):
            yield "breaks off within a packed member"
            return b""
