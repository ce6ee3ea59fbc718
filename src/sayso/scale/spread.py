"""Archives in, readings out, on all machines of a cluster, by Ray Data.

First each archive gives its documents, a task for each; then, when it is known which documents are
the same, actors that each hold the engine read them, `GROUP` at a time. Whatever is written is not
done again, so that a run which was ended, by whatever, goes on where it was.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from io import BufferedReader
from threading import get_ident
from typing import Any, NamedTuple, cast

from sayso.errors import SettingsError
from sayso.ingest import inputs as ingest
from sayso.ingest.inputs import Marks
from sayso.ingest.kinds import STREAMS, kind_of
from sayso.ingest.opening import Found
from sayso.pipeline import Progress, Reader
from sayso.records import Capture, Document, Problem, Reading
from sayso.scale import results, stories
from sayso.scale.cluster import joined
from sayso.scale.results import GROUP, Folder
from sayso.settings import Settings
from sayso.wire import decode, encode

AHEAD = 4 * 2**20
"""Bytes that are fetched at a time of a file in an object store."""

LOOSE = 500
"""Single pages of a folder that are taken together, as if they were an archive."""


class Unit(NamedTuple):
    """What one task takes the documents from: an archive, or some pages of a folder. Its key begins
    with its place among all."""

    key: str
    names: tuple[str, ...]


class Done(NamedTuple):
    """How much was read: documents, their claims, problems; and how many groups of documents had
    been read before."""

    documents: int
    claims: int
    problems: int
    before: int


def read(
    inputs: Sequence[str],
    out: str,
    settings: Settings,
    address: str = "",
    progress: Progress | None = None,
) -> Done:
    """Read all inputs on the cluster at that address into the folder `out`, see `results`.

    An input is a file, a folder, or either in an object store (`s3://...`). Every machine must
    reach the inputs and `out` under the same name. Raises `SettingsError` where there is no such
    cluster, or `out` holds another run or cannot be written, `EngineError` where there is no such
    engine, and `SaysoError` where the cluster gives up.
    """
    folder = Folder(out)
    units = _units(inputs)
    reader = Reader(settings).name  # before a cluster is asked: it raises what is wrong here
    told = {"units": [[unit.key, list(unit.names)] for unit in units], "reader": reader}
    before = folder.said()
    if before is not None and {name: before.get(name) for name in told} != told:
        raise SettingsError(f"{out} holds the results of another run: name another folder")
    folder.say(told | {"finished": False})
    moved = progress or (lambda done, total: None)
    with joined(address) as cores:
        _extract(units, folder)
        groups = list(_groups(units, folder))
        todo = [group for group in groups if not folder.has(_file("readings", group))]
        moved(len(groups) - len(todo), len(groups))
        for done, _ in enumerate(_read(todo, folder, settings, cores), len(groups) - len(todo) + 1):
            moved(done, len(groups))
        stories.write(folder, settings.best, cores)
    folder.say(told | {"finished": True})
    documents = claims = problems = 0
    for item in results.read(out):
        if isinstance(item, Problem):
            problems += 1
        else:
            documents += 1
            claims += len(item[1].claims)
    return Done(documents, claims, problems, len(groups) - len(todo))


def _units(inputs: Sequence[str]) -> list[Unit]:
    """What is to be read, in the order in which one machine would read it."""
    found: list[tuple[str, ...]] = []
    for name in inputs:
        loose: list[str] = []
        for file in _files(name):
            if kind_of(file) in STREAMS:
                found += [tuple(loose)] if loose else []
                loose = []
                found.append((file,))
            else:
                loose.append(file)
                if len(loose) == LOOSE:
                    found.append(tuple(loose))
                    loose = []
        found += [tuple(loose)] if loose else []
    return [
        Unit(f"{number:06}-{hashlib.sha256(repr(names).encode()).hexdigest()[:8]}", names)
        for number, names in enumerate(found)
    ]


def _files(name: str) -> Iterator[str]:
    """The files of an input in their order; what is no folder is itself."""
    if "://" in name:
        from pyarrow.fs import FileSelector, FileType

        files, path = results.place(name)
        if files.get_file_info(path).type != FileType.Directory:
            yield name
            return
        scheme = name.partition("://")[0]
        chosen = files.get_file_info(FileSelector(path, recursive=True))
        for file in sorted(f.path for f in chosen if f.type == FileType.File):
            if kind_of(file):
                yield f"{scheme}://{file}"
    elif os.path.isdir(name):
        for entry in sorted(os.listdir(name)):
            path = os.path.join(name, entry)
            if entry.startswith(".") or (os.path.isdir(path) and os.path.islink(path)):
                continue
            if os.path.isdir(path):
                yield from _files(path)
            elif kind_of(entry):
                yield os.path.abspath(path)
    else:
        yield os.path.abspath(name)


def _extract(units: Sequence[Unit], folder: Folder) -> None:
    """Write the documents of each unit."""
    todo = [unit for unit in units if not folder.has(f"pages/{unit.key}.parquet")]
    if not todo:
        return
    import ray

    rows = [{"key": unit.key, "names": list(unit.names)} for unit in todo]
    data = ray.data.from_items(rows, override_num_blocks=len(rows))
    made = data.map(_Pages(folder.address), num_cpus=1)
    for _ in made.iter_rows():
        pass


class _Pages:
    """Writes the documents of a unit, as they stand there."""

    def __init__(self, out: str) -> None:
        self._out = out

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        key, names = str(row["key"]), [str(name) for name in row["names"]]
        found = (item for name in names for item in _met(name))
        count = Folder(self._out).write(f"pages/{key}.parquet", results.PAGES, map(_page, found))
        return {"key": key, "rows": count}


def _met(name: str) -> Iterator[Found]:
    if "://" not in name:
        yield from ingest.met(name)
        return
    files, path = results.place(name)

    def opened() -> BufferedReader:
        # An archive is asked where in it one is, which a plain stream does not know.
        return BufferedReader(files.open_input_file(path), AHEAD)

    yield from ingest.streamed(name, opened)


def _page(found: Found) -> dict[str, Any]:
    if isinstance(found, Problem):
        return {"input": found.input, "problem": encode(found)}
    where, capture = found
    own, other, text = ingest.marks(capture.document)
    return {
        "input": where,
        "document": encode(capture.document),
        "id_mark": own,
        "version_mark": other,
        "text_mark": text,
    }


class _Group(NamedTuple):
    """Some rows of a unit: which of its groups, and of each row whether it is a document that comes
    as another version, and whether it is new."""

    key: str
    number: int
    again: tuple[bool, ...]
    new: tuple[bool, ...]


def _groups(units: Sequence[Unit], folder: Folder) -> Iterator[_Group]:
    """What is to be read, now that all documents are known."""
    texts: dict[bytes, bytes] = {}
    columns = ("id_mark", "version_mark", "text_mark")
    for unit in units:
        rows = folder.rows(f"pages/{unit.key}.parquet", columns)
        for number, group in enumerate(results.batched(rows, GROUP)):
            told = [
                (False, True) if marks[0] is None else ingest.admitted(marks, texts)
                for marks in (_marks(row) for row in group)
            ]
            yield _Group(unit.key, number, *zip(*told, strict=True))


def _marks(row: dict[str, Any]) -> Marks:
    return row["id_mark"], row["version_mark"], row["text_mark"]


def _file(kind: str, group: _Group) -> str:
    return f"{kind}/{group.key}-{group.number:06}.parquet"


def _read(
    groups: Sequence[_Group], folder: Folder, settings: Settings, cores: int
) -> Iterator[None]:
    """Read these groups; something comes out for each that is done."""
    if not groups:
        return
    import ray

    rows = [
        {"key": g.key, "number": g.number, "again": list(g.again), "new": list(g.new)}
        for g in groups
    ]
    # No machine waits long for another: some groups for each core in a block, one where few.
    data = ray.data.from_items(rows, override_num_blocks=len(rows))
    made = data.map(
        cast(Any, _Engine),
        fn_constructor_args=(folder.address, settings),
        concurrency=(1, max(1, min(cores, len(rows)))),
        num_cpus=1,
    )
    for _ in made.iter_rows():
        yield None


class _Engine:
    """Reads groups of documents, with an engine that is loaded once."""

    def __init__(self, out: str, settings: Settings) -> None:
        self._folder = Folder(out)
        self._settings = settings
        self._own: tuple[int, Reader] | None = None

    @property
    def _reader(self) -> Reader:
        """The reader of this thread: Ray may make an actor in one and ask it in another, and what
        SQLite opens is for the thread that opened it."""
        if self._own is None or self._own[0] != get_ident():
            self._own = get_ident(), Reader(self._settings, threads=1)
        return self._own[1]

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        again, new = tuple(map(bool, row["again"])), tuple(map(bool, row["new"]))
        group = _Group(str(row["key"]), int(row["number"]), again, new)
        pages = self._folder.rows(f"pages/{group.key}.parquet", group=group.number)
        rows: list[dict[str, Any]] = []
        read: dict[str, tuple[Document, Reading]] = {}
        reader = self._reader
        for page, again_, new_ in zip(pages, group.again, group.new, strict=True):
            where = str(page["input"])
            if page["document"] is None:
                rows.append({"input": where, "problem": page["problem"]})
                continue
            capture = Capture(document=decode(page["document"], Document), raw=None)
            item = ingest.told_apart(where, capture, again_, new_)
            if isinstance(item, Problem):
                rows.append({"input": where, "problem": encode(item)})
                continue
            found = reader.attempt(item.document)
            rows.append(results.reading_row(where, item.document, found))
            if isinstance(found, Reading):
                read[item.document.id] = item.document, found
        claims = {id: found.claims for id, (_, found) in read.items()}
        told = results.claim_rows([document for document, _ in read.values()], claims)
        # Last what says that the group is done.
        self._folder.write(_file("claims", group), results.CLAIMS, told)
        self._folder.write(_file("readings", group), results.READINGS, rows)
        return {"key": group.key, "number": group.number}
