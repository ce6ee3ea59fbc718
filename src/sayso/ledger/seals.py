"""A seal: the hash of the last line of a log, to be kept elsewhere.

Whoever has the file and time can write another log, every line of it sealed anew. What they cannot
write is one with a line of the same hash: who kept that can tell.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from sayso.errors import SettingsError
from sayso.records import Record
from sayso.wire import decode

SHORTEST = 12
"""Hex digits of a hash that a seal must have at least: 48 bits, too many to be met by trying, for
who has to write the rest of the log for each."""

LONGEST = 64
"""Hex digits of a hash."""

LARGEST_FILE = 10_000
"""Bytes that a file with a seal may have; it has some two hundred."""


class Seal(Record, frozen=True, kw_only=True):
    """The hash of a line of the log, or its beginning; and which line that was and when it was
    entered, where that is known."""

    hash: str
    line: int | None = None
    at: str | None = None


def read(given: str) -> Seal:
    """The seal in the file of that name, or the hash, or its beginning, itself. Raises
    `SettingsError` where it is neither."""
    try:
        told = Path(given).read_bytes() if Path(given).is_file() else given.strip().encode()
    except (OSError, ValueError, UnicodeError) as error:
        raise SettingsError(f"the seal {given!r} cannot be read: {error}") from error
    try:
        seal = decode(told[:LARGEST_FILE], Seal)
    except msgspec.MsgspecError:
        words = told[:LARGEST_FILE].decode("utf-8", "replace").split()
        seal = Seal(hash=words[0] if words else "")
    hash = seal.hash.lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},{LONGEST}}}", hash):
        raise SettingsError(
            f"{given!r} is no seal: it is a file that sayso seal wrote, or {SHORTEST} to {LONGEST} "
            "of the hex digits of a hash"
        )
    return msgspec.structs.replace(seal, hash=hash)
