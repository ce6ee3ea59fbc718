"""The folder that a run on many machines writes: Parquet files, and what they are of.

    run.json                  what is read, by whom
    pages/UNIT.parquet        the documents in an archive, as they stand there
    readings/UNIT-ROWS.parquet  what they say: the record, in JSON
    claims/UNIT-ROWS.parquet  the same as a table, a row for each claim
    incidents.parquet         what they tell together: the record, in JSON

A file is there whole or not at all, so that what is there need not be done again. The folder may be
a local one, one that all machines share, or one in an object store (`s3://`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from sayso.errors import InputError, SettingsError
from sayso.publish import exports, packages
from sayso.records import Claim, Document, Problem, Reading
from sayso.wire import decode, encode

RUN = "run.json"

GROUP = 100
"""Documents that are read at a time, and are lost together where a machine is."""

_TYPES = {"integer": pa.int64(), "number": pa.float64(), "string": pa.string()}

PAGES = pa.schema(
    [
        ("input", pa.string()),
        ("document", pa.string()),
        ("problem", pa.string()),
        ("id_mark", pa.binary()),
        ("version_mark", pa.binary()),
        ("text_mark", pa.binary()),
    ]
)
READINGS = pa.schema(
    [
        ("input", pa.string()),
        ("id", pa.string()),
        ("document", pa.string()),
        ("reading", pa.string()),
        ("problem", pa.string()),
    ]
)
CLAIMS = pa.schema([(name, _TYPES[packages.kind(name)]) for name in exports.COLUMNS])
INCIDENTS = pa.schema([("id", pa.string()), ("incident", pa.string())])


class Folder:
    """A folder by its path or address. Raises `SettingsError` for an address of no known kind."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._files, self._root = place(address)

    def path(self, name: str) -> str:
        """Where a file of that name lies in its file system."""
        return f"{self._root.rstrip('/')}/{name}"

    def has(self, name: str) -> bool:
        """Whether a file of that name is there."""
        found = self._files.get_file_info(self.path(name))
        return bool(found.type == pafs.FileType.File)

    def names(self, kind: str) -> list[str]:
        """The names of the files in a folder of the folder, in order."""
        chosen = pafs.FileSelector(self.path(kind), allow_not_found=True)
        found = self._files.get_file_info(chosen)
        return sorted(
            f"{kind}/{file.base_name}" for file in found if file.base_name.endswith(".parquet")
        )

    def write(self, name: str, schema: pa.Schema, rows: Iterable[dict[str, Any]]) -> int:
        """Write a table, in groups of `GROUP` rows; how many rows it has."""
        target, count = self.path(name), 0
        self._files.create_dir(target.rpartition("/")[0])
        with (
            self._files.open_output_stream(f"{target}.part") as out,
            pq.ParquetWriter(out, schema, compression="zstd") as writer,
        ):
            for group in batched(rows, GROUP):
                writer.write_table(pa.Table.from_pylist(group, schema), row_group_size=GROUP)
                count += len(group)
        self._files.move(f"{target}.part", target)
        return count

    def rows(
        self, name: str, columns: Sequence[str] | None = None, group: int | None = None
    ) -> list[dict[str, Any]]:
        """The rows of a table, or of one of its groups."""
        with self._files.open_input_file(self.path(name)) as file:
            table = pq.ParquetFile(file)
            wanted = None if columns is None else list(columns)
            found = (
                table.read(columns=wanted)
                if group is None
                else table.read_row_group(group, columns=wanted)
            )
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows

    def say(self, told: dict[str, Any]) -> None:
        """Write down what the run is. Raises `SettingsError` where nothing can be written there."""
        try:
            if "://" not in self.address:
                os.makedirs(self._root, 0o700, exist_ok=True)  # the owner's alone, where it is new
            self._files.create_dir(self._root)
            with self._files.open_output_stream(self.path(RUN)) as out:
                out.write(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")
        except OSError as error:
            raise SettingsError(f"{self.address} cannot be written: {error}") from error

    def said(self) -> dict[str, Any] | None:
        """What the run is, None where there is none."""
        if not self.has(RUN):
            return None
        with self._files.open_input_stream(self.path(RUN)) as file:
            told: dict[str, Any] = json.loads(file.read())
        return told


def place(address: str) -> tuple[pafs.FileSystem, str]:
    """The file system of an address, and the path there. Raises `SettingsError` for an address of a
    kind that is not known."""
    if "://" not in address:
        return pafs.LocalFileSystem(), os.path.abspath(address)
    try:
        files, path = pafs.FileSystem.from_uri(address)
    except (pa.ArrowInvalid, OSError) as error:
        raise SettingsError(f"{address}: {error}") from error
    return files, path


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows, so many at a time."""
    group: list[Any] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def reading_row(where: str, document: Document, found: Reading | Problem) -> dict[str, Any]:
    """What was read of a document, as a row of `READINGS`; it must not be lost that it was not."""
    if isinstance(found, Problem):
        return {"input": where, "id": document.id, "problem": encode(found)}
    return {
        "input": where,
        "id": document.id,
        "document": encode(document),
        "reading": encode(found),
    }


def claim_rows(documents: Sequence[Document], claims: dict[str, tuple[Claim, ...]]) -> Any:
    """The claims of these documents as rows of `CLAIMS`."""
    for row in exports.table(documents, claims, (), {}):
        yield {name: None if row.get(name) in ("", None) else row[name] for name in exports.COLUMNS}


def read(address: str) -> Iterator[tuple[Document, Reading] | Problem]:
    """What a run has read, in the order of its inputs, as one machine would have read it.

    Raises `InputError` where it is not finished, or is no folder of a run.
    """
    folder = Folder(address)
    told = folder.said()
    if told is None:
        raise InputError(f"{address} holds no results: there is no {RUN} in it")
    if not told["finished"]:
        raise InputError(f"{address} is not finished: the same command goes on where it ended")
    return _items(folder)


def _items(folder: Folder) -> Iterator[tuple[Document, Reading] | Problem]:
    for name in folder.names("readings"):
        for row in folder.rows(name):
            try:
                if row["problem"] is not None:
                    yield decode(row["problem"], Problem)
                    continue
                item = decode(row["document"], Document), decode(row["reading"], Reading)
            except msgspec.MsgspecError as error:
                yield Problem(input=str(row["input"]), message=f"is no record in {name}: {error}")
                continue
            yield item


def reader(address: str) -> str:
    """Who read what is in the folder of a run, see `Reading.reader`."""
    return str((Folder(address).said() or {}).get("reader", ""))
