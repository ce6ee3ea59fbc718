"""Tables as they are written into records, and what is wrong in them by file and line.

TOML is read by `tomllib` and fitted to records by msgspec; neither knows lines. So it is only where
something is wrong that the text is gone through once more, statement by statement, to say where.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import msgspec

from sayso.errors import EngineError

T = TypeVar("T")

Path = tuple[str | int, ...]
"""Keys, and numbers of rows from 0, that lead to a place in a table."""

_STEP = re.compile(r"\.(?P<key>\w+)|\[(?P<row>\d+)\]|\[(?P<some>\.\.\.)\]")


class Sheet:
    """A table as it is written; `name` is what errors call it. Raises `EngineError` where it is no
    TOML."""

    def __init__(self, written: str, name: str) -> None:
        self.name = name
        self._lines = written.splitlines()
        try:
            self.rows = tomllib.loads(written)
        except tomllib.TOMLDecodeError as error:
            raise EngineError(f"{name}: {error}") from None

    def read(self, shape: type[T]) -> T:
        """The whole table as a record. Raises `EngineError` with the line of what does not fit."""
        return self.fit(self.rows, shape)

    def fit(self, part: Any, shape: type[T], at: Path = ()) -> T:
        """A part of the table, which stands `at` that place, as a record. Raises `EngineError` with
        the line of what does not fit."""
        try:
            return msgspec.convert(part, shape)
        except msgspec.ValidationError as error:
            wrong = _wrong(str(error), part, shape)
        raise self.fault(at + wrong.path, wrong.said(at), wrong.word)

    def fault(self, path: Path, said: str, word: str = "") -> EngineError:
        """The error that says what is wrong at a place: at the line of `word`, where it stands
        there, else at that where the place begins."""
        known = (path[:n] for n in range(len(path), 0, -1))
        first, last = next((self._places[p] for p in known if p in self._places), (0, 1))
        spelt = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        lines = range(first, last)
        line = next((n for n in lines if word and spelt.search(self._lines[n])), first)
        return EngineError(f"{self.name}, line {line + 1}: {said}")

    @cached_property
    def _places(self) -> dict[Path, tuple[int, int]]:
        """The first line, from 0, and one past the last, of each place with all that stands in it;
        of a place within a statement those of the whole statement."""
        found: dict[Path, tuple[int, int]] = {}
        rows: dict[Path, int] = {}  # the row that each list of tables is at
        head: Path = ()
        for first, last in _statements(self._lines):
            statement = tomllib.loads("\n".join(self._lines[first:last]))
            if self._lines[first].lstrip().startswith("["):
                head = _opened(statement, rows)
            else:
                found |= dict.fromkeys(
                    (head + below for below in _within(statement)), (first, last)
                )
            for above in (head[:n] for n in range(1, len(head) + 1)):
                found[above] = found.get(above, (first, last))[0], last
        return found


class _Wrong(NamedTuple):
    """What does not fit, where, and the word there to look for."""

    path: Path
    what: str
    word: str

    def said(self, at: Path) -> str:
        return self.what.format(table=_table((at + self.path)[:-1]), place=_dotted(at + self.path))


def _wrong(message: str, part: Any, shape: Any) -> _Wrong:
    """What msgspec complains of: the kind of fault, and its place in the table."""
    what, _, place = message.partition(" - at `")
    path: Path = ()
    for step in _STEP.finditer(place):
        if step["some"]:
            path += (_culprit(path, message, part, shape),)
        else:
            path += (step["key"] if step["key"] else int(step["row"]),)
    if strange := re.search(r"unknown field `(.+)`", what):
        return _Wrong((*path, strange[1]), f"unknown key {strange[1]!r} in {{table}}", strange[1])
    if absent := re.search(r"missing required field `(.+)`", what):
        return _Wrong((*path, absent[1]), f"{absent[1]!r} is missing in {{table}}", "")
    said = what[:1].lower() + what[1:].replace("{", "{{").replace("}", "}}")
    if place.startswith("key` in `"):
        value: Any = re.findall(r"'(.+)'", what)[0]
        return _Wrong((*path, value), f"{said} in {{table}}", value)
    value = _at(part, path)
    return _Wrong(path, f"{said} at {{place}}", str(value) if isinstance(value, str | int) else "")


def _culprit(path: Path, message: str, part: Any, shape: Any) -> str | int:
    """Which of the values at a place is meant by a message that names none: the one that makes the
    same complaint when it is alone there."""
    there = _at(part, path)
    pairs = there.items() if isinstance(there, dict) else enumerate(there)
    for key, value in pairs:
        alone = {key: value} if isinstance(there, dict) else [value]
        try:
            msgspec.convert(_put(part, path, alone), shape)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return key
    return 0


def _at(part: Any, path: Path) -> Any:
    for key in path:
        part = part[key]
    return part


def _put(part: Any, path: Path, value: Any) -> Any:
    """The part with another value at that place."""
    if not path:
        return value
    key, *rest = path
    copy = part.copy()
    copy[key] = _put(part[key], tuple(rest), value)
    return copy


def _statements(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The first line, from 0, and one past the last, of each head and each key with its value: the
    fewest lines that are TOML by themselves."""
    first = 0
    for last in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[first:last]))
        except tomllib.TOMLDecodeError:
            continue
        yield first, last
        first = last


def _opened(head: dict[str, Any], rows: dict[Path, int]) -> Path:
    """The place that a head opens, "[a.b]" or "[[a]]", given the rows that were opened before."""
    path: Path = ()
    part: Any = head
    while part:
        if isinstance(part, list):  # a row more
            rows[path] = rows.get(path, -1) + 1
            path, part = (*path, rows[path]), part[0]
            continue
        if path in rows and not isinstance(path[-1], int):
            path = (*path, rows[path])
        ((key, part),) = part.items()
        path = (*path, key)
    return path


def _within(value: Any) -> Iterator[Path]:
    """Every place in a value."""
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield (key,)
            yield from ((key, *path) for path in _within(below))


def _dotted(path: Path) -> str:
    return ".".join(key for key in path if isinstance(key, str))


def _table(path: Path) -> str:
    """The head under which a place stands, as it is written."""
    if not path:
        return "the table"
    return f"[[{_dotted(path)}]]" if isinstance(path[-1], int) else f"[{_dotted(path)}]"
