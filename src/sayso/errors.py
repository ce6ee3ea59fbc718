"""Everything that Sayso raises on purpose.

    SaysoError            exit code 1
    ├── InputError        an input that cannot be read; names the input and the reason
    ├── EngineError       a language engine or its files are missing or broken
    ├── LedgerError       a ledger that is locked, newer, damaged, or not a ledger
    ├── NotFoundError     no such incident or claim in this ledger
    └── SettingsError     exit code 2: a setting that is unknown or has an impossible value

A message is one sentence for a person: what is wrong, with what, and what to do about it. One bad
document never raises through a run: it becomes a `records.Problem`, and the run ends with exit
code 3 (`PARTIAL`).
"""

from __future__ import annotations

from collections.abc import Mapping

PARTIAL = 3
"""Exit code of a run that finished although some inputs could not be read."""


class SaysoError(Exception):
    """The root of the tree; its text is fit to be shown to a person as it is."""

    exit_code = 1


class InputError(SaysoError):
    """An input that cannot be read."""


class EngineError(SaysoError):
    """A language engine that is unknown, or whose files are missing or broken."""


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written."""


class NotFoundError(SaysoError):
    """No such incident, claim or document."""


class SettingsError(SaysoError):
    """A setting that is unknown or has an impossible value. `fields` tells of which of several
    things that were said which is wrong, and how, where that is known."""

    exit_code = 2

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})
