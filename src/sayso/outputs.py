"""Which files may be written over, and how files are written: the one place that says so.

A name given by mistake must cost nobody a ledger, a photograph or last year's export. So whatever
stands at a path is left alone unless it can be seen to be an earlier output of the same kind; what
is written appears whole or not at all, and is the owner's alone unless it is made to be shown.
"""

from __future__ import annotations

import csv
import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal

from sayso.errors import SaysoError, SettingsError

Kind = Literal[
    "table",
    "description",
    "lines",
    "geojson",
    "parquet",
    "bundle",
    "page",
    "markdown",
    "svg",
    "png",
    "note",
    "seal",
    "places",
    "run",
]
"""What is written: a CSV or TSV, what it holds (its data package), JSON lines, GeoJSON, Parquet, a
bundle, a page, Markdown, pictures, a note of feeds, a seal, the places that somebody added, the
folder of a run on many machines."""

NAMES: dict[Kind, str] = {
    "table": "table with its .datapackage.json beside it",
    "description": "description of a table",
    "lines": "JSON lines",
    "geojson": "GeoJSON",
    "parquet": "Parquet",
    "bundle": "bundle",
    "page": "page",
    "markdown": "report in Markdown",
    "svg": "picture in SVG",
    "png": "picture in PNG",
    "note": "note of feeds",
    "seal": "seal",
    "places": "file of places",
    "run": "folder of a run on many machines",
}
"""How people are told of them."""

SHOWN: frozenset[Kind] = frozenset(("page", "markdown", "svg", "png"))
"""Made to be shown to others: a new one has the rights that the umask gives. All else is the
record, and a new file of it can be read by its owner alone."""

BY_SUFFIX: dict[str, Kind] = {".html": "page", ".md": "markdown", ".svg": "svg", ".png": "png"}
"""What is meant by the end of a name, where the name says it."""

GENERATOR = b'<meta name="generator" content="Sayso">'
"""How our pages say whose they are."""

SOFTWARE = b"Software\0Sayso"
"""What our pictures in PNG carry, as that format has it."""

DESCRIPTION = ".datapackage.json"
"""What the name of the description of a table ends with, behind the name of the table."""

PLACES = int.from_bytes(b"SayP", "big")
"""What SQLite keeps in the header of a file of places to tell whose it is."""

BESIDE_LEDGERS = ("-journal", "-wal", "-shm")
"""What the names of SQLite's own files end with, behind the name of a ledger."""

PRIVATE = 0o600
"""The rights of what its owner alone may read and write."""

_END = b"This report was read by machine."
_HEAD, _TAIL = 4096, 65_536
_LONGEST = 1 << 26
_LINES = (
    {"document", "reader"},
    {"document", "claim", "judgements"},
    {"id", "event", "say_so", "publisher"},
)
"""Fields that each line of our JSON lines has: readings, claims, events of PLOVER."""


def spare(
    path: Path,
    kind: Kind,
    given: Sequence[str | Path] = (),
    read: Sequence[str | Path] = (),
) -> None:
    """Returns where a file, or a run's folder, of this kind may be written at a path: where nothing
    is, or an empty file, an earlier one of the same kind, or what is no file (a pipe, a terminal).

    `given` are paths that the same command uses, none of which is ever written over; in a folder
    that is `read` nothing is written. Raises `SettingsError` otherwise; what is there is only
    looked at.
    """
    for other in (*given, *read):
        if _is(path, Path(other)):
            called = "" if str(other) == str(path) else f" as {other}"
            raise SettingsError(
                f"{path} is what the same command uses{called}: name another file to write"
            )
    for folder in read:
        if _holds(Path(folder), path):
            raise SettingsError(f"{path} lies in {folder}, which is read: name another place")
    if kind == "table" and not is_stream(path):
        spare(path.with_name(f"{path.name}{DESCRIPTION}"), "description", given, read)
    _follow(path)
    if path.is_dir() if kind != "run" else path.exists() and not path.is_dir():
        wanted = "a folder, not a file" if kind != "run" else "a file, not a folder"
        raise SettingsError(f"{path} is {wanted}")
    if not is_earlier(path, kind):
        raise SettingsError(
            f"{path} is there and cannot be seen to be an earlier {NAMES[kind]} of Sayso's: it is "
            "left as it is; name another, or move it away"
        )


def is_stream(path: Path) -> bool:
    """Whether what is written there goes on to somebody: a pipe, a terminal, /dev/stdout."""
    if str(path) in ("/dev/stdout", "/dev/stderr") or path.parts[:3] == ("/", "dev", "fd"):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def written(path: Path, kind: Kind, *, live: bool = False) -> Iterator[BinaryIO]:
    """A file to write bytes to, which takes the place of what may be replaced there (see `spare`)
    when all is written; on any error what was there stays. A `live` one is there from the
    beginning, and what was written to it stays, whatever ends the writing.

    A link is followed to the file that it names. Raises `SettingsError` as `spare` does, and
    `SaysoError` where the file cannot be written.
    """
    spare(path, kind)
    if is_stream(path) or live:
        with _told(path), open(path, "wb", opener=_private) as out:
            yield out
        return
    with replaced(path, shown=kind in SHOWN) as out:
        yield out


@contextmanager
def replaced(path: Path, *, shown: bool = False) -> Iterator[BinaryIO]:
    """The same for a file that is known to be ours. It keeps the rights that it has; a new one can
    be read by its owner alone, unless it is to be `shown`."""
    import tempfile  # late, as zipfile below: every command imports this module

    target = _follow(path)
    with _told(path):
        # A name that nobody can have laid a link at, in the same folder, with no rights for others.
        number, name = tempfile.mkstemp(".part", f".{target.name[:80]}.", target.parent)
    part = Path(name)
    try:
        with _told(path), open(number, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        with _told(path):
            part.chmod(_rights(target, shown))
            os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def exposure(path: Path) -> str | None:
    """What anybody on this machine may do to a file because of its rights or its folder's, in
    words; None where they may do nothing. Rights are only looked at: they are their owner's."""
    if os.name != "posix":
        return None
    with suppress(OSError):
        if os.stat(path).st_mode & stat.S_IWOTH:
            return f"anybody on this machine can change {path}: chmod o-w takes that away"
        folder = Path(os.path.realpath(path)).parent
        if os.stat(folder).st_mode & stat.S_IWOTH:
            return f"anybody on this machine can put files beside {path}: keep it in another folder"
    return None


def _follow(path: Path) -> Path:
    """Where a path leads, over whatever links. Raises `SettingsError` for a link to nothing, by
    which others could have a file made where they cannot make one."""
    if path.is_symlink() and not path.exists():
        raise SettingsError(f"{path} is a link to nothing: name a file to write")
    return Path(os.path.realpath(path))


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, PRIVATE)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise SaysoError(f"{path} cannot be written: {error.strerror or error}") from error


def _rights(target: Path, shown: bool) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        if not shown:
            return PRIVATE
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever names; or would, once it is there."""
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return os.path.realpath(path) == os.path.realpath(other)


def _holds(folder: Path, path: Path) -> bool:
    return (
        folder.is_dir() and Path(os.path.realpath(folder)) in Path(os.path.realpath(path)).parents
    )


def is_earlier(path: Path, kind: Kind) -> bool:
    """Whether at a path is nothing, or nothing that writing there would cost anybody: an empty
    file, an earlier output of this kind, or, but for places, what is no file at all."""
    try:
        found = path.stat()
    except OSError:  # nothing, or out of reach: writing there says why
        return True
    if kind == "run":
        return not any(path.iterdir()) or _has(path / "run.json", {"units", "reader"})
    if not stat.S_ISREG(found.st_mode):
        return kind != "places"
    if found.st_size == 0:
        return True
    try:
        return _EARLIER[kind](path)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False  # not what one of ours is


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return file.read()


def _json(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        found = json.loads(file.read(_LONGEST))
    return found if isinstance(found, dict) else {}


def _has(path: Path, fields: set[str]) -> bool:
    try:
        return fields <= _json(path).keys()
    except (OSError, ValueError, RecursionError):
        return False


def _is_described(path: Path) -> bool:
    """Whether what stands beside a table says that it is ours, and the table begins as it says."""
    told: Any = _json(path.with_name(f"{path.name}{DESCRIPTION}"))
    if not _is_ours(told):
        return False
    (table,) = told["resources"]
    with path.open(encoding="utf-8", newline="") as file:
        line = file.readline(_TAIL)
    columns = next(csv.reader([line], delimiter=table["dialect"]["delimiter"]))
    return columns == [field["name"] for field in table["schema"]["fields"]]


def _is_ours(told: dict[str, object]) -> bool:
    return str(told["created_by"]).startswith("Sayso ")


def _is_lines(path: Path) -> bool:
    with path.open("rb") as file:
        line = json.loads(file.readline(_LONGEST))
    return isinstance(line, dict) and any(fields <= line.keys() for fields in _LINES)


def _is_bundle(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as packed, packed.open("manifest.json") as file:
            return str(json.loads(file.read(_TAIL))["format"]).startswith("sayso bundle ")
    except zipfile.BadZipFile:
        return False


def _is_note(path: Path) -> bool:
    each = _json(path).values()
    return all(isinstance(one, dict) and {"items", "due"} <= one.keys() for one in each)


def _is_page(path: Path) -> bool:
    head = _head(path)
    ours = GENERATOR in head or _END in _tail(path)
    return head.lstrip().startswith(b"<!doctype html>") and ours


def _is_parquet(path: Path) -> bool:
    tail = _tail(path)
    return _head(path).startswith(b"PAR1") and b'"created_by": "Sayso ' in tail


# https://www.sqlite.org/fileformat.html, 1.3.18: where in the head of a file its mark stands.
_SQLITE, _MARK = b"SQLite format 3\0", slice(68, 72)


def _is_places(path: Path) -> bool:
    """Whether it carries our mark; files made before there was one are known by their tables."""
    head = _head(path)
    mark = int.from_bytes(head[_MARK], "big")
    return head.startswith(_SQLITE) and (mark == PLACES or (mark == 0 and _has_places(path)))


def _has_places(path: Path) -> bool:
    import sqlite3

    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    version = "SELECT count(*) FROM meta WHERE key = 'version'"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = {name for (name,) in connection.execute(tables)}
            if not {"meta", "place", "alias"} <= found <= {"meta", "place", "alias", "file"}:
                return False
            return bool(connection.execute(version).fetchone()[0])
    except sqlite3.Error:
        return False


_EARLIER: dict[Kind, Callable[[Path], bool]] = {
    "table": _is_described,
    "description": lambda path: _is_ours(_json(path)),
    "lines": _is_lines,
    "geojson": lambda path: _head(path).startswith(b'{"type": "FeatureCollection", "sayso": '),
    "parquet": _is_parquet,
    "bundle": _is_bundle,
    "page": _is_page,
    "markdown": lambda path: _head(path).startswith(b"# ") and _END in _tail(path),
    "svg": lambda path: b' class="sayso-' in _head(path).partition(b">")[0],
    "png": lambda path: _head(path).startswith(b"\x89PNG") and SOFTWARE in _head(path),
    "note": _is_note,
    "seal": lambda path: _has(path, {"hash", "line", "at"}),
    "places": _is_places,
}
