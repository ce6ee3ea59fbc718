"""What a gazetteer is made of on this machine: the packaged file, what was added, what waits.

Looks and reports; builds, repairs and changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from sayso.errors import SettingsError
from sayso.language import gazetteer
from sayso.language.gazetteer import (
    ADDED,
    UNFINISHED,
    UNSOUND,
    VERSION,
    adding_beside,
)
from sayso.language.geography.additions import facts
from sayso.language.geography.ownership import spare
from sayso.language.geography.workfile import files


class Holding(NamedTuple):
    """One part of a gazetteer: what Sayso brings, what was added, or an import that waits."""

    part: Literal["packaged", "added", "adding"]
    state: Literal["ok", "absent", "unfinished", "broken"]
    entries: int
    names: int
    megabytes: float
    what: str


def holdings(added: Path) -> list[Holding]:
    """The gazetteer that Sayso ships and what was added in the file at `added`, at this moment."""
    return [_packaged(), _added(added), *_adding(adding_beside(added))]


def _packaged() -> Holding:
    if about := facts(gazetteer.PACKAGED, VERSION):
        return _sound("packaged", gazetteer.PACKAGED, about)
    told = f"{gazetteer.PACKAGED} is missing, damaged or from another version: install Sayso again"
    return Holding("packaged", "broken", 0, 0, 0.0, told)


def _added(path: Path) -> Holding:
    about = facts(path, ADDED)
    if about:
        return _sound("added", path, about)
    try:
        spare(path)
    except SettingsError as error:
        return Holding("added", "broken", 0, 0, _size(path), str(error))
    if path.exists():
        return Holding("added", "broken", 0, 0, _size(path), f"{path} is left out: {UNSOUND}")
    told = "nothing; add what GeoNames gives, or a list of yours, with: sayso gazetteer add FILE"
    return Holding("added", "absent", 0, 0, 0.0, told)


def _adding(path: Path) -> Iterator[Holding]:
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=0)) as work:
            begun = ", ".join(f"{f.name} {100 * f.done // f.size} %" for f in files(work))
            counts = [
                work.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
                for table in ("place", "alias")
            ]
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_BUSY":
            told = "another process is adding places right now"
            yield Holding("adding", "unfinished", 0, 0, _size(path), told)
        else:
            told = f"{path} cannot be read ({error}); sayso gazetteer remove drops it"
            yield Holding("adding", "broken", 0, 0, _size(path), told)
        return
    told = f"{begun or 'nothing'} read; {UNFINISHED}"
    yield Holding("adding", "unfinished", counts[0], counts[1], _size(path), told)


def _sound(part: Literal["packaged", "added"], path: Path, about: dict[str, str]) -> Holding:
    told = f"{path}; sources: {about['sources']}; licences: {about['licences']}"
    return Holding(part, "ok", int(about["entries"]), int(about["names"]), _size(path), told)


def _size(path: Path) -> float:
    return round(path.stat().st_size / 1e6, 1)
