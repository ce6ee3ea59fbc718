"""What people decided, as a process that stays at a ledger remembers it.

A line of the log never changes, so each judgement is read once; then only what came since is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection

from sayso.ledger.log import PAGE, entries
from sayso.records import Entry, EntryKind, Judgement

_KINDS: tuple[EntryKind, ...] = ("judgement",)


class Decided(NamedTuple):
    """A line of the log with the judgement that it has."""

    entry: Entry
    judgement: Judgement


class Judgements:
    """All judgements of one ledger, by whatever threads they are asked for."""

    def __init__(self, decoded: Callable[[str], Judgement]) -> None:
        self._decoded = decoded
        self._held: tuple[Decided, ...] = ()
        self._lock = Lock()

    def upto_now(self, connection: Connection) -> Sequence[Decided]:
        """Those that this connection finds, in order."""
        held = self._held
        came: list[Decided] = []
        since = held[-1].entry.seq if held else 0
        while True:
            page = entries(connection, since, _KINDS)
            came += [Decided(entry, self._decoded(entry.record)) for entry in page]
            if len(page) < PAGE:
                break
            since = page[-1].seq
        if not came:
            return held
        found = (*held, *came)
        with self._lock:
            # Another thread may have found as many or more meanwhile.
            if len(found) > len(self._held):
                self._held = found
        return found
