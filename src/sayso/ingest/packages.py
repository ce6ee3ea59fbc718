"""Files that hold files: zip, tar, and what is packed by gzip. One file is open at a time, and
nothing is written anywhere.

What would grow beyond all measure is given up, and said to be: a file beyond `LARGEST` bytes, and
what is packed beyond `MOST_TIMES` of its size.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, Literal, NamedTuple, cast

from sayso.records import Problem

MOST_FILES = 100_000
"""Files in one package."""

MOST_TIMES = 200
"""How much larger than it is packed something may be, beyond `FREE` bytes: text shrinks to a tenth,
a table to a thirtieth."""

FREE = 100_000_000

_END_OF_ZIP = struct.Struct("<10xH10x")
"""The record at the end of a zip, of which the number of its files is of interest."""


class Inner(NamedTuple):
    """A file in a package, by its name there, to be read before the next is asked for."""

    name: str
    file: BinaryIO


class Passed(NamedTuple):
    """What stands in a package under a name and is no file, and what it is: "links", or "special
    files", such as devices."""

    name: str
    what: str


class Measured(io.RawIOBase):
    """A file that is given up where it grows beyond all measure, and whose end says what is wrong
    with it rather than raising that: what came before is kept."""

    def __init__(self, inner: IO[bytes], packed: int | None) -> None:
        self._inner = inner
        self.most = FREE + MOST_TIMES * packed if packed is not None else None
        self._size = 0
        self.wrong: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.wrong:
            return 0
        view = memoryview(buffer)
        try:
            # Piece by piece: what is wrong behind a piece would take that along.
            read = getattr(self._inner, "read1", self._inner.read)
            data = read(len(view))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError) as error:
            self.wrong = f"breaks off: {' '.join(str(error).split()) or type(error).__name__}"[:200]
            return 0
        except (NotImplementedError, RuntimeError) as error:  # how it is packed, or a password
            self.wrong = f"cannot be unpacked: {error}"[:200]
            return 0
        self._size += len(data)
        if self.most is not None and self._size > self.most:
            self.wrong = f"is given up: it grows beyond {MOST_TIMES} times what it is packed"
            return 0
        view[: len(data)] = data
        return len(data)


def kind_of(file: BinaryIO) -> Literal["docx", "odt", "sheet", "wacz", "bundle", "zip"]:
    """What a zip is: "docx", "odt", a "sheet" of Excel's or OpenDocument's, "wacz", a "bundle" of
    Sayso's own, or "zip" of any files."""
    try:
        package = zipfile.ZipFile(file)
        names = package.namelist()
        if "word/document.xml" in names:
            return "docx"
        told = package.read("mimetype")[:80] if "mimetype" in names else b""
        if b"opendocument.text" in told:
            return "odt"
        if "xl/workbook.xml" in names or b"opendocument.spreadsheet" in told:
            return "sheet"
        if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
            return "wacz"
        if {"manifest.json", "log.jsonl"} <= set(names):
            return "bundle"
    except Exception:  # reading it says what is wrong
        return "zip"
    return "zip"


def zipped(file: BinaryIO, where: str) -> Iterator[Inner | Passed | Problem]:
    """The files in a zip, in the order of their names, what is none, and problems."""
    try:
        package = zipfile.ZipFile(file)
        members = sorted(package.infolist(), key=lambda one: one.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Problem(input=where, message=f"is no zip that can be read: {error}")
        return
    for member in members[:MOST_FILES]:
        if member.is_dir() and not member.file_size:
            continue
        if stat.S_ISLNK(member.external_attr >> 16):  # what it holds is where it leads
            yield Passed(member.filename, "links")
            continue
        place = f"{where}:{member.filename}"
        if member.flag_bits & 1:
            yield Problem(input=place, message="is locked by a password")
            continue
        try:
            inner = package.open(member)
        except Exception as error:  # a header may say anything
            yield Problem(input=place, message=f"cannot be unpacked: {error}"[:200])
            continue
        with inner:
            yield from _measured(member.filename, inner, member.compress_size, place)
    yield from _too_many(len(members), where)
    if (told := _files_told(file)) and told != len(members):
        message = f"says that it holds {told:,} files, and {len(members):,} are found in it"
        yield Problem(input=where, message=message)


def _files_told(file: BinaryIO) -> int | None:
    """How many files the end of a zip says are in it, which the library reads and does not compare;
    None where that is told elsewhere, as in very large ones. APPNOTE 6.3.10, 4.3.16."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _END_OF_ZIP.size - 0xFFFF))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) - at < _END_OF_ZIP.size:
        return None
    (told,) = _END_OF_ZIP.unpack_from(end, at)
    return told if told != 0xFFFF else None


def tarred(file: BinaryIO, where: str) -> Iterator[Inner | Passed | Problem]:
    """The files in a tar, in its order, what is none, and problems."""
    count = 0
    blocks = _Blocks(file)
    try:
        # Block by block: the library ends in silence at one that is none.
        with tarfile.open(
            fileobj=cast(IO[bytes], blocks), mode="r|", bufsize=tarfile.BLOCKSIZE
        ) as package:
            for member in package:
                count += 1
                if count > MOST_FILES:
                    yield from _too_many(count, where)
                    return
                if not member.isfile() and not member.isdir():
                    is_link = member.issym() or member.islnk()
                    yield Passed(member.name, "links" if is_link else "special files")
                inner = package.extractfile(member) if member.isfile() else None
                if inner is not None:
                    yield from _measured(member.name, inner, None, f"{where}:{member.name}")
    except Exception as error:  # a header may say anything
        what = " ".join(str(error).split()) or type(error).__name__
        yield Problem(input=where, message=f"breaks off after {count:,} files: {what}"[:300])
        return
    if blocks.last.strip(b"\0") or not blocks.last:
        yield Problem(input=where, message=f"breaks off after {count:,} files")


class _Blocks:
    """A file as a tar is read, and the last block of it, empty where it is at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.last = b""

    def read(self, size: int) -> bytes:
        self.last = self._file.read(size)
        return self.last


def gunzipped(file: BinaryIO) -> Measured:
    """What is packed by gzip, all members of it one after another. What is wrong with it, once it
    is read, is its `wrong`."""
    import gzip

    counted = _Counted(file)
    made = Measured(cast(IO[bytes], gzip.GzipFile(fileobj=counted)), None)
    counted.told = made
    return made


class _Counted(io.RawIOBase):
    """A file that tells how much of it was read to what unpacks it."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._size = 0
        self.told: Measured | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._size += len(data)
        if self.told is not None:
            self.told.most = FREE + MOST_TIMES * self._size
        return len(data)


def _measured(
    name: str, inner: IO[bytes], packed: int | None, where: str
) -> Iterator[Inner | Problem]:
    measured = Measured(inner, packed)
    yield Inner(name, io.BufferedReader(measured))
    if measured.wrong:
        yield Problem(input=where, message=measured.wrong)


def _too_many(count: int, where: str) -> Iterator[Problem]:
    if count > MOST_FILES:
        message = f"has more than {MOST_FILES:,} files, of which the rest is not read"
        yield Problem(input=where, message=message)
