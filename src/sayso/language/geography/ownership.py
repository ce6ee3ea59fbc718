"""Which files are files of places of ours: those alone are ever replaced, emptied or deleted.

The path of a gazetteer is a setting, and may name anything by mistake: a ledger, a photograph. So
each file of places carries a mark in its header; those made before there was one are known by their
tables.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from sayso.errors import SettingsError

APPLICATION_ID = int.from_bytes(b"SayP", "big")
"""What SQLite keeps in the header of a file of places to tell whose it is."""

_HEAD = 100
_MAGIC = b"SQLite format 3\0"
# Where in the head: https://www.sqlite.org/fileformat.html, 1.3.18.
_MARK = slice(68, 72)
_TABLES = {"meta", "place", "alias"}
_MORE = {"file"}


def spare(*paths: Path) -> None:
    """Returns where at each path is nothing, an empty file, or a file of places, damaged or not.

    Raises `SettingsError` where anything else is there; it is only looked at.
    """
    for path in paths:
        if not _is_ours(path):
            raise SettingsError(
                f"{path} is no file of places of Sayso's, and is left as it is: name another path "
                "as `gazetteer`, or move that file away"
            )


def _is_ours(path: Path) -> bool:
    try:
        found = os.stat(path)
    except OSError:  # nothing, or out of reach: writing there says why
        return True
    if not stat.S_ISREG(found.st_mode):
        return False
    if found.st_size == 0:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    if not head.startswith(_MAGIC):
        return False
    mark = int.from_bytes(head[_MARK], "big")
    return mark == APPLICATION_ID or (mark == 0 and _has_our_tables(path))


def _has_our_tables(path: Path) -> bool:
    """Whether it has the tables that files of places had before they were marked, and no others."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    version = "SELECT count(*) FROM meta WHERE key = 'version'"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = {name for (name,) in connection.execute(tables)}
            if not _TABLES <= found <= _TABLES | _MORE:
                return False
            return bool(connection.execute(version).fetchone()[0])
    except sqlite3.Error:
        return False
