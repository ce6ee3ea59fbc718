"""Adds places of GeoNames and of lists to the gazetteer, in a file of the user's own.

An import appends rows to a work file, some megabytes of text in a transaction that also notes how
far it has come: killed at any time, it goes on from there. When all is read, a new file is made of
the work and of what had been added before, sorted, and takes the old one's place at one stroke. So
nothing that works is ever touched, whoever reads meanwhile reads on undisturbed, and sorting once
at the end is far quicker than keeping millions of rows sorted all along.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from sayso.errors import EngineError, InputError
from sayso.language import gazetteer
from sayso.language.gazetteer import ADDED, COLUMNS, NOTHING, Progress, adding_beside
from sayso.language.geography import filing, geonames, lists, workfile
from sayso.language.geography.geonames import Batch, Source
from sayso.language.geography.ownership import spare
from sayso.language.geography.workfile import File

Watch = Callable[[str], AbstractContextManager[Progress]]
"""Opens a bar with that label, to be told how much is done of how much."""

_LICENCE, _LISTS = "GeoNames (geonames.org), CC BY 4.0", "; your own lists"
_MB = 1_000_000

# Nobody opens the fresh file if it stays unfinished: no journal is needed.
_FRESH = f"""
    PRAGMA journal_mode=OFF;
    {filing.TABLES}
    ALTER TABLE place ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE place ADD COLUMN admin3 TEXT;
    {workfile.FILE.format("main")}
"""
# What the fresh file is made of. Numbers of files go on from the old ones; a file replaces an old
# one of its name, a place an old one of its number.
_FILL = (
    "INSERT INTO fresh.file SELECT * FROM old.file WHERE name NOT IN (SELECT name FROM main.file)",
    """INSERT INTO fresh.file SELECT id + :last, name, holds, size, mark, done, lines
    FROM main.file ORDER BY id""",
    f"""INSERT OR REPLACE INTO fresh.place SELECT {COLUMNS}, source + :last, admin3
    FROM main.place ORDER BY id, rowid""",
    """INSERT OR IGNORE INTO fresh.place SELECT * FROM old.place
    WHERE source IN (SELECT id FROM fresh.file) ORDER BY id""",
    """INSERT INTO fresh.alias SELECT key, place, max(main) FROM (
        SELECT key, place, main FROM main.alias
        UNION ALL SELECT key, place, main FROM old.alias JOIN fresh.place ON id = place
        WHERE source <= :last
    ) GROUP BY key, place ORDER BY key, place""",
    """DELETE FROM fresh.file WHERE holds = 'places'
    AND id NOT IN (SELECT DISTINCT source FROM fresh.place)""",
    f"""INSERT INTO fresh.meta VALUES ('version', '{ADDED}'), ('licences', '{_LICENCE}' || CASE WHEN
    EXISTS (SELECT 1 FROM fresh.file WHERE name NOT LIKE '%.txt') THEN '{_LISTS}' ELSE '' END),
    ('entries', (SELECT count(*) FROM fresh.place)), ('names', (SELECT count(*) FROM fresh.alias)),
    ('sources', (SELECT coalesce(group_concat(name, ', '), '') FROM fresh.file))""",
    *(index.format("fresh.") for index in filing.INDEXES),
)
# Places that the fresh file will have.
_NUMBERS = """
    SELECT id FROM main.place UNION ALL
    SELECT id FROM old.place WHERE source IN (
        SELECT id FROM old.file WHERE name NOT IN (SELECT name FROM main.file)
    )
"""


class Added(NamedTuple):
    """What became of some files, by their names: those `new` were read now, those `known` had been
    before; an unfinished import of those `given_up` was dropped for it. `entries` and `names` count
    all that has been added by now.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    given_up: tuple[str, ...]
    entries: int
    names: int


def _unwatched(label: str) -> AbstractContextManager[Progress]:
    return nullcontext(lambda done, total: None)


def add(target: Path, paths: Sequence[Path], watch: Watch = _unwatched) -> Added:
    """Adds the files to those in the file at `target`: all of them, or none.

    Goes on where an earlier call with the same files was ended, however it was ended. Raises
    `InputError` for a file that is not what GeoNames gives, or damaged; `EngineError` where nothing
    can be written or another import is running; `SettingsError` where something is in the way that
    is no file of places. What had been added before stays whole.
    """
    sources = sorted(map(_source, paths), key=lambda source: source.holds == "names")
    work = adding_beside(target)
    spare(target, work)
    given_up: tuple[str, ...] = ()
    with _writing(target):
        work.parent.mkdir(parents=True, exist_ok=True)
        with workfile.locked(work) as connection:
            last = _attach_old(connection, target)
            held = workfile.files(connection, "old")
            begun = workfile.files(connection)
            new = _unknown(sources, held)
            others = [f for f in begun if not any(map(f.is_of, held)) | any(map(f.is_of, new))]
            if new:
                if not all(any(map(f.is_of, new)) for f in begun):
                    given_up = tuple(file.name for file in others)
                    workfile.clear(connection)
                _read(connection, new, watch)
                with watch("Putting them in order") as moved:
                    _finish(connection, target, last, moved)
            if new or not others:
                connection.execute("DELETE FROM file")
    about = facts(target, ADDED)
    return Added(
        tuple(source.name for source in new),
        tuple(source.name for source in sources if source not in new),
        given_up,
        int(about["entries"]),
        int(about["names"]),
    )


def remove(target: Path) -> bool:
    """Drops everything that was added in the file at `target`; false if there was nothing.

    Raises `EngineError` while an import is running, or where files cannot be deleted, and
    `SettingsError` where one of them is no file of places.
    """
    work = adding_beside(target)
    spare(target, work)
    found = [path for path in (target, work, _fresh(target)) if path.exists()]
    with _writing(target):
        if work in found:
            with workfile.locked(work) as connection:
                connection.execute("DELETE FROM file")
        for path in found:
            path.unlink(missing_ok=True)
    return bool(found)


def facts(path: Path, version: str) -> dict[str, str]:
    """What a file of places says of itself; nothing if it is missing or unsound."""
    connection = gazetteer.connect(path, version)
    if connection is None:
        return {}
    with closing(connection):
        return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _unknown(sources: Sequence[Source], held: Sequence[File]) -> list[Source]:
    """Those that have to be read, each once. Names are out of date once places came after them."""
    new = [s for s in sources if s.holds == "places" and not any(f.is_of(s) for f in held)]
    last = max((f.id for f in held if f.holds == "places"), default=0)
    current = [] if new else [f for f in held if f.id > last]
    new += [s for s in sources if s.holds == "names" and not any(f.is_of(s) for f in current)]
    if new and not held and new[0].holds == "names":
        raise InputError(
            f"{new[0].path} holds further names of places, and no places have been added yet: "
            "give a file of places with it"
        )
    return list({(s.name, s.size, s.mark): s for s in new}.values())


def _read(connection: sqlite3.Connection, new: Sequence[Source], watch: Watch) -> None:
    wanted = bytearray()
    try:
        for source in new:
            if source.holds == "names" and not wanted:
                wanted = _numbers(connection)
            file, whole = workfile.begin(connection, source), source.size // _MB
            if file.done == source.size:
                continue
            with watch(f"Reading {source.name}, MB") as moved:
                moved(file.done // _MB, whole)
                for batch in _batches(source, file, wanted):
                    workfile.append(connection, file, batch)
                    moved(batch.size // _MB, whole)
    except InputError as error:
        if not isinstance(error.__cause__, OSError):  # a disk may come back; a bad file stays bad
            workfile.clear(connection)
        raise


def _source(path: Path) -> Source:
    return geonames.bare(path) if lists.is_list(path) else geonames.source(path)


def _batches(source: Source, file: File, wanted: bytearray) -> Iterator[Batch]:
    """The rows of a file, a few megabytes at a time; a list's all at once."""
    if not lists.is_list(source.path):
        yield from geonames.read(source, file.done, file.lines, wanted)
        return
    known = gazetteer.Gazetteer.open(NOTHING)
    try:
        found = lists.read(source.path, known)
    finally:
        known.close()
    yield Batch(source.size, len(found.places), found.places, found.aliases)


def _numbers(connection: sqlite3.Connection) -> bytearray:
    """A 1 at the number of each place that is, or is about to be, added: 14 MB for the world."""
    most = max(0, connection.execute(f"SELECT max(id) FROM ({_NUMBERS})").fetchone()[0] or 0)
    found = bytearray(most + 1)
    for (number,) in connection.execute(_NUMBERS):
        if number > 0:  # of GeoNames, and of no list
            found[number] = 1
    return found


def _finish(connection: sqlite3.Connection, target: Path, last: int, moved: Progress) -> None:
    """Makes the new file of added places and puts it in the old one's place."""
    fresh = _fresh(target)
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as made:
        made.executescript(_FRESH)
    connection.execute("ATTACH ? AS fresh", (fresh.absolute().as_uri(),))
    connection.executescript("PRAGMA fresh.journal_mode=OFF; PRAGMA fresh.synchronous=OFF")
    for done, step in enumerate(_FILL):
        moved(done, len(_FILL))
        connection.execute(step, {"last": last} if ":last" in step else {})
    connection.executescript("DETACH fresh; DETACH old")
    with fresh.open("rb+") as written:
        os.fsync(written.fileno())
    os.replace(fresh, target)
    moved(len(_FILL), len(_FILL))


def _fresh(target: Path) -> Path:
    return target.with_name(f".{target.name}.new")


def _attach_old(connection: sqlite3.Connection, target: Path) -> int:
    """What had been added before, as `old`, be it nothing; the largest number of a file there."""
    sound = gazetteer.connect(target, ADDED)
    if sound is None:
        connection.execute("ATTACH ':memory:' AS old")
        workfile.make_tables(connection, "old")
    else:
        sound.close()
        connection.execute("ATTACH ? AS old", (f"{target.absolute().as_uri()}?mode=ro",))
    return max((file.id for file in workfile.files(connection, "old")), default=0)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Tells in one sentence why nothing can be written."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_INTERRUPT":  # what SQLite makes of Ctrl-C
            raise KeyboardInterrupt from error
        if name == "SQLITE_BUSY":
            raise EngineError(
                f"another import is writing to {target}: wait until it has ended"
            ) from error
        raise EngineError(
            f"{target} cannot be written: {error}; what had been added before is as it was, and "
            "once there is room or leave the same command goes on"
        ) from error
