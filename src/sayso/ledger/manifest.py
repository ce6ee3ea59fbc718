"""What is written in a bundle: its manifest, and the lines of its log."""

from __future__ import annotations

from collections.abc import Callable

from sayso.records import Entry, Record

Progress = Callable[[int, int], None]
"""Called with how many lines are done, and how many there are."""


class Manifest(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a bundle holds: lines of the log, the number, time and hash of the last, whether texts
    are within, and the SHA-256 of the log as it is packed; and that of the `imprints`, where there
    are any."""

    format: str
    sayso: str
    lines: int
    last: str
    hash: str
    texts: bool
    log: str
    imprints: str = ""


class Line(Record, frozen=True, kw_only=True):
    """A line of the log as a bundle has it; where it is withheld its `record` is empty."""

    seq: int
    at: str
    kind: str
    subject: str
    record: str
    hash: str
    withheld: bool = False

    def entry(self) -> Entry:
        """The line as the log has it."""
        return Entry(
            seq=self.seq,
            at=self.at,
            kind=self.kind,  # type: ignore[arg-type]  # the chain proves it
            subject=self.subject,
            record=self.record,
            hash=self.hash,
        )
