"""Reading on several cores: processes that load the engine once and read one document at a time.

What comes out is what one reader gives, in the order of the input. A process that dies takes only
the document with it that it was reading: that one is tried once more by another, and then reported.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Self, cast

from sayso.errors import EngineError
from sayso.pipeline.reading import Reader
from sayso.pipeline.running.stream import Item, document_of
from sayso.records import Document, Problem, Reading
from sayso.settings import Settings
from sayso.wire import decode, encode

AHEAD = 8
"""Documents that are taken from the input for each process, so that none waits for a long one."""

TRIES = 2
"""How often a document is given to a process that then dies."""

STOPPED = "not read: it was stopped"
"""What is said of a document that was being read, or waited for it, when that was stopped."""


_KINDS: dict[str, type[Reading] | type[Problem]] = {"reading": Reading, "problem": Problem}


@dataclass(eq=False)
class _Slot:
    """An item on its way, the document in it, and what became of that."""

    item: Any
    document: Document | None
    found: Reading | Problem | None = None
    tries: int = 0


@dataclass(eq=False)
class _Member:
    """A process, the way to it, and the document that it is reading."""

    process: BaseProcess
    way: Connection
    slot: _Slot | None = None


class Team:
    """So many readers of these settings, each in a process of its own that parses on so many
    `threads`. Close it, or use it in a `with` statement. `name` is that of a single reader: what
    they read is the same. While `stopped` says so, what is given is not read, see `interrupt`.

    Raises `EngineError` where the engine or the gazetteer cannot be had.
    """

    def __init__(
        self,
        settings: Settings,
        size: int,
        threads: int = 1,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._threads = threads
        self._stopped = stopped
        # Not by fork: what another library has started in threads would be left half done.
        self._context = multiprocessing.get_context("spawn")
        self._members = [self._start() for _ in range(size)]
        self.name = ""
        try:
            for member in self._members:
                self.name = self._greeting(member)
        except BaseException:
            self.close()
            raise

    def each(self, items: Iterable[Item]) -> Iterator[tuple[Item, Reading | Problem | None]]:
        """Each item with what it says, in order, see `Reader.each`."""
        source = iter(items)
        window: deque[_Slot] = deque()
        unread: deque[_Slot] = deque()
        more = True
        while more or window:
            if self._stopped():
                more = False
                for slot in unread:
                    slot.found = _stopped(slot)
                unread.clear()
            while more and len(window) < AHEAD * len(self._members):
                try:
                    item = next(source)
                except StopIteration:
                    more = False
                    break
                slot = _Slot(item, document_of(item))
                window.append(slot)
                if slot.document is not None:
                    unread.append(slot)
            for member in self._members:
                if member.slot is None and unread:
                    self._give(member, unread.popleft())
            while window and (window[0].found is not None or window[0].document is None):
                slot = window.popleft()
                yield slot.item, slot.found
            busy = [member for member in self._members if member.slot is not None]
            if busy:
                ready = wait([member.way for member in busy])
                for member in busy:
                    if member.way in ready:
                        self._take(member, unread)

    def attempt(self, document: Document) -> Reading | Problem:
        """What the document says, or why it could not be read, see `Reader.attempt`."""
        ((_, found),) = self.each([document])
        return cast(Reading | Problem, found)

    def interrupt(self) -> None:
        """End, from any thread, what is being read: it is read again by another process, or, where
        all is `stopped`, reported to be so."""
        for member in self._members:
            member.process.kill()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for member in self._members:
            member.way.close()
            member.process.terminate()
        for member in self._members:
            member.process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> _Member:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work,
            args=(theirs, self._settings, self._threads),
            name="sayso reader",
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Member(process, ours)

    def _greeting(self, member: _Member) -> str:
        """The name of a reader that is ready. Raises `EngineError` where it is not."""
        try:
            fine, words = member.way.recv()
        except EOFError:
            raise EngineError("a process to read with ended before it had begun") from None
        if not fine:
            raise EngineError(words)
        return str(words)

    def _give(self, member: _Member, slot: _Slot) -> None:
        member.slot = slot
        slot.tries += 1
        with suppress(OSError):  # where it is dead, taking from it says so
            member.way.send_bytes(encode(cast(Document, slot.document)).encode())

    def _take(self, member: _Member, unread: deque[_Slot]) -> None:
        """What a process has read; where it died, another takes its place."""
        slot, member.slot = member.slot, None
        if slot is None:
            return
        try:
            kind, record = member.way.recv()
            slot.found = decode(record, _KINDS[kind])
        except (EOFError, OSError):
            member.way.close()
            member.process.join()
            fresh = self._start()
            self._greeting(fresh)
            member.process, member.way = fresh.process, fresh.way
            if self._stopped():
                slot.found = _stopped(slot)
            elif slot.tries < TRIES:
                unread.appendleft(slot)
            else:
                message = f"not read: {TRIES} processes ended over it"
                slot.found = Problem(input=cast(Document, slot.document).id, message=message)


def _stopped(slot: _Slot) -> Problem:
    return Problem(input=cast(Document, slot.document).id, message=STOPPED)


def _work(way: Connection, settings: Settings, threads: int) -> None:
    """Reads what comes, until nothing does. Ctrl-C is for whoever started it to act upon."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        reader = Reader(settings, threads=threads)
    except Exception as error:
        way.send((False, str(error)))
        return
    way.send((True, reader.name))
    while True:
        try:
            document = decode(way.recv_bytes(), Document)
        except (EOFError, OSError):
            return
        found = reader.attempt(document)
        kind = "problem" if isinstance(found, Problem) else "reading"
        way.send((kind, encode(found)))


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
