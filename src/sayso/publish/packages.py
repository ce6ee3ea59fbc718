"""Tables as files that say what they are: CSV with a Frictionless data package beside it, and
Parquet with the same in its metadata.

The package (`FILE.datapackage.json`, Data Package 2.0) names each column with its type and what it
holds, and, under `sayso`, the policy by which the record became a table: how a range became a
number, and what is empty.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from sayso import outputs
from sayso.cells import Rows
from sayso.errors import SettingsError
from sayso.publish import codebooks
from sayso.publish.codebooks import Codebook
from sayso.version import __version__

WHOLE = frozenset(
    "low high best year iso fatalities time_precision geo_precision id type_of_violence "
    "number_of_sources where_prec priogrid_gid event_clarity date_prec deaths_a deaths_b "
    "deaths_civilians deaths_unknown geonameid runner_up_id evidence_start evidence_end origins "
    "texts age".split()
)
"""Columns that hold whole numbers, whatever the format."""

DECIMAL = frozenset("lat lon latitude longitude runner_up_lead".split())
"""Columns that hold other numbers."""

PARQUET = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR"}


def kind(column: str) -> str:
    """The type of a column, as Table Schema names it."""
    return "integer" if column in WHOLE else "number" if column in DECIMAL else "string"


def chosen(columns: Mapping[str, str], fields: Sequence[str]) -> dict[str, str]:
    """Only these columns, in the order given. Raises `SettingsError` for one that is none."""
    if unknown := [field for field in fields if field not in columns]:
        raise SettingsError(
            f"there is no field {', '.join(unknown)}; there are {', '.join(columns)}"
        )
    return {field: columns[field] for field in fields} if fields else dict(columns)


def write(
    out: TextIO,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, object]],
    *,
    mark: str = ",",
    tags: Mapping[str, str] | None = None,
) -> int:
    """Write a table as CSV, parted by `mark`, with its columns as first row and, where there are
    `tags`, these as second; how many rows it has. Open `out` with `newline=""`."""
    table = Rows(out, mark)
    table.add(columns)
    if tags is not None:
        table.add(tags[name] for name in columns)
    count = 0
    for row in rows:
        table.add(row.get(name) for name in columns)
        count += 1
    return count


def package(
    path: Path, name: str, columns: Mapping[str, str], policy: Mapping[str, Any], mark: str = ","
) -> dict[str, Any]:
    """The description of a table in the file at `path`."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"sayso-{name}",
        "created_by": f"Sayso {__version__}",
        "resources": [
            {
                "name": name,
                "path": path.name,
                "type": "table",
                "format": "tsv" if mark == "\t" else "csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": mark},
                "schema": {
                    "fields": [
                        {"name": column, "type": kind(column), "description": what}
                        for column, what in columns.items()
                    ],
                    "missingValues": [policy["missing"].split(",")[0]]
                    if policy["missing"].startswith("None")
                    else [""],
                },
            }
        ],
        "sayso": dict(policy),
    }


def under(policy: Mapping[str, str], book: Codebook | None) -> dict[str, Any]:
    """A policy with the codebook by which figures were counted, its rules and their sources."""
    return dict(policy) | ({"codebook": codebooks.policy(book)} if book else {})


def describe(path: Path, told: Mapping[str, Any]) -> Path:
    """Write the description of a table beside it; where it stands. Raises as `outputs.written`."""
    beside = path.with_name(f"{path.name}{outputs.DESCRIPTION}")
    with outputs.written(beside, "description") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")
    return beside


def parquet(
    path: Path,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, object]],
    policy: Mapping[str, Any],
) -> int:
    """Write a table as Parquet, with its description under `datapackage` in the file's metadata;
    how many rows it has. Raises `SettingsError` where DuckDB is not installed, and as
    `outputs.written`."""
    connection = _duckdb()
    told = json.dumps(package(path, "claims", columns, policy), ensure_ascii=False)
    with (
        outputs.written(path, "parquet") as out,
        TemporaryDirectory() as folder,
        connection,
    ):
        lines, made = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        count = _lines(lines, columns, rows)
        types = ", ".join(f"'{name}': '{PARQUET[kind(name)]}'" for name in columns)
        connection.execute(
            "COPY (SELECT * FROM "
            f"read_json(?, format = 'newline_delimited', columns = {{{types}}})) "
            f"TO '{_quoted(str(made))}' (FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{datapackage: '{_quoted(told)}'}})",
            [str(lines)],
        )
        with made.open("rb") as file:
            shutil.copyfileobj(file, out)
    return count


def arrow(columns: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> Any:
    """A table in memory that pandas, Polars, DuckDB and whatever else reads Arrow's C stream
    interface take as it is. Raises `SettingsError` where DuckDB is not installed."""
    connection = _duckdb()
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.jsonl"
        _lines(lines, columns, rows)
        types = ", ".join(f"'{name}': '{PARQUET[kind(name)]}'" for name in columns)
        connection.execute(
            "CREATE TABLE found AS SELECT * FROM "
            f"read_json(?, format = 'newline_delimited', columns = {{{types}}})",
            [str(lines)],
        )
    return connection.table("found")


def _lines(path: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            cells = {name: row.get(name) for name in columns}
            told = {n: None if c == "" and kind(n) != "string" else c for n, c in cells.items()}
            file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")
            count += 1
    return count


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise SettingsError("this needs DuckDB: pip install 'sayso[analysis]'") from None
    # Of itself it would fetch an extension that a query needs, into the home folder.
    quiet = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    return duckdb.connect(config=quiet)
