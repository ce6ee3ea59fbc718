"""A disk that remembers in what order SQLite wrote to it, so that it can be had as it was when the
power was cut; or one that is full from some write on.

SQLite does all that it does to files through a table of functions (its VFS). Those that change a
file are put behind ours, which note what was written and what was synced. When the power is cut
what was synced is there. Of what was written since, each sector is there or is not, and a file that
was made or deleted since may be there or not, unless its folder was synced.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, NamedTuple

SECTOR = 512
"""Bytes that a disk writes whole."""

FULL = 13
"""What SQLite calls a disk without space."""

OK = 0


class Event(NamedTuple):
    """What was done to a file: `open`, `write`, `truncate`, `sync` or `delete`; or `told`, that
    somebody was told that `data` is kept."""

    what: str
    path: str
    at: int = 0
    data: Any = b""


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Methods(Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", c_int),
        *((name, c_void_p) for name in ("close", "read")),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        *((f"other{number}", c_void_p) for number in range(13)),
    )


class _System(Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("size", c_int),
        ("longest", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        *((f"other{number}", c_void_p) for number in range(14)),
    )


class Disk:
    """What was done to files since it was put under SQLite; `space` is how many writes it takes
    until it is full."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.space: int | None = None
        self._files: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}

    def told(self, data: object) -> None:
        """Note that somebody was told that this is kept."""
        self.events.append(Event("told", "", data=data))

    @contextmanager
    def under_sqlite(self) -> Iterator[None]:
        """Within, SQLite opens files on this disk. Raises `RuntimeError` where Python's SQLite lets
        nobody at its VFS, as one that is built into the interpreter may not."""
        library = ctypes.CDLL(_sqlite3.__file__)
        try:
            find, register = library.sqlite3_vfs_find, library.sqlite3_vfs_register
            unregister = library.sqlite3_vfs_unregister
        except AttributeError as error:
            raise RuntimeError("this test needs a Python whose SQLite is a library") from error
        find.restype = POINTER(_System)
        base = find(None)
        own = _System.from_buffer_copy(base.contents)
        own.name, own.next = b"sayso-disk", None
        own.open = _OPEN(lambda _, *given: self._open(base, *given))
        own.delete = _DELETE(lambda _, *given: self._delete(base, *given))
        register(byref(own), 1)
        try:
            yield
        finally:
            register(base, 1)
            unregister(byref(own))

    def _open(self, base: Any, name: int, file: int, flags: int, out: Any) -> int:
        done: int = base.contents.open(ctypes.addressof(base.contents), name, file, flags, out)
        if done != OK or not name:
            return done
        path = ctypes.string_at(name).decode()
        self._files[file] = path
        self.events.append(Event("open", path))
        place = ctypes.cast(file, POINTER(c_void_p))
        there = place[0]
        if there not in self._methods:
            self._methods[there] = self._watched(ctypes.cast(there, POINTER(_Methods)).contents)
        place[0] = ctypes.addressof(self._methods[there])
        return done

    def _watched(self, real: _Methods) -> _Methods:
        own = _Methods.from_buffer_copy(real)

        def write(file: int, data: int, size: int, at: int) -> int:
            if self.space is not None:
                if self.space <= 0:
                    return FULL
                self.space -= 1
            self._note("write", file, at, ctypes.string_at(data, size))
            return int(real.write(file, data, size, at))

        def truncate(file: int, size: int) -> int:
            self._note("truncate", file, size)
            return int(real.truncate(file, size))

        def sync(file: int, flags: int) -> int:
            self._note("sync", file)
            return int(real.sync(file, flags))

        own.write, own.truncate, own.sync = _WRITE(write), _TRUNCATE(truncate), _SYNC(sync)
        return own

    def _note(self, what: str, file: int, at: int = 0, data: bytes = b"") -> None:
        if path := self._files.get(file):
            self.events.append(Event(what, path, at, data))

    def _delete(self, base: Any, name: bytes, synced: int) -> int:
        self.events.append(Event("delete", name.decode(), synced))
        return int(base.contents.delete(ctypes.addressof(base.contents), name, synced))


class _File:
    """A file as a disk may have it: what is safe, and what was done since."""

    def __init__(self) -> None:
        self.safe = bytearray()
        self.since: list[Event] = []
        self.there = False  # whether its name is safe in its folder
        self.gone = False  # whether it was deleted, and that is not safe

    def settle(self) -> None:
        """Make safe what was done."""
        for event in self.since:
            _do(self.safe, event)
        self.since, self.there = [], True


def _do(data: bytearray, event: Event) -> None:
    if event.what == "truncate":
        del data[event.at :]
    else:
        data.extend(bytes(max(0, event.at + len(event.data) - len(data))))
        data[event.at : event.at + len(event.data)] = event.data


def after_a_cut(events: list[Event], into: Callable[[str], Path], dice: random.Random) -> list[Any]:
    """Write files as they may be found when the power was cut after these events, each where `into`
    says; what comes back is what somebody was told is kept."""
    files: dict[str, _File] = {}
    told = []
    for event in events:
        if event.what == "told":
            told.append(event.data)
            continue
        file = files.setdefault(event.path, _File())
        if event.what == "open" and file.gone:
            files[event.path] = file = _File()
        elif event.what == "sync":
            file.settle()
        elif event.what == "delete":
            if event.at:
                files.pop(event.path)
            else:
                file.gone = True
        elif event.what != "open":
            file.since.append(event)
    for path, file in files.items():
        if (file.gone or not file.there) and dice.random() < 0.5:
            continue
        data = bytearray(file.safe)
        for event in file.since:
            if event.what == "truncate":
                if dice.random() < 0.5:
                    _do(data, event)
                continue
            for start in range(0, len(event.data), SECTOR):
                if dice.random() < 0.5:
                    piece = event.data[start : start + SECTOR]
                    _do(data, Event("write", path, event.at + start, piece))
        into(path).write_bytes(data)
    return told
