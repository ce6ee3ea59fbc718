"""The command that writes the record as others want it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso import outputs
from sayso.cli.keeping import bundle
from sayso.cli.looking import filtering, filters
from sayso.cli.session import (
    Session,
    as_of_option,
    codebook_option,
    common,
    derived,
    latest_option,
    ledger_option,
    names_option,
    on_record_option,
    opened,
    policy,
    recalled,
    session,
)
from sayso.cli.writing import Output, output
from sayso.outputs import Kind
from sayso.publish.wording import plural

if TYPE_CHECKING:
    from sayso.pipeline import Known
    from sayso.publish.codebooks import Codebook

    Rows = Iterator[Mapping[str, object]]

CLAIMS = ("csv", "parquet", "jsonl", "geojson")
INCIDENTS = ("acled", "ucdp-ged", "polecat", "plover", "hxl", "victims")
SHAPES = (*CLAIMS, *INCIDENTS, "bundle")
KINDS: dict[str, Kind] = {
    "parquet": "parquet",
    "jsonl": "lines",
    "geojson": "geojson",
    "plover": "lines",
    "bundle": "bundle",
}
"""What is written in each of these shapes; a table in all others."""


def of_shape(out: Path, given: Mapping[str, Any]) -> Kind:
    """What kind of output an export is."""
    return KINDS.get(given["shape"], "table")


@click.command()
@click.argument("shape", type=click.Choice(SHAPES))
@click.argument("out", type=Output(of_shape, stdout=True))
@click.option("--fields", metavar="NAME,...", help="Only these columns, in this order.")
@click.option("--disasters", is_flag=True, help="In acled, rows of disasters too: without a code.")
@codebook_option
@names_option
@click.option("--texts", is_flag=True, help="Put the texts of the documents into a bundle, too.")
@click.option("--bare", is_flag=True, help="Keep imprints of the texts out of a bundle, too.")
@filtering
@ledger_option
@as_of_option
@on_record_option
@latest_option
@common
def export(
    shape: str,
    out: Path,
    fields: str | None,
    disasters: bool,
    codebook: str | None,
    names: bool,
    texts: bool,
    bare: bool,
    as_of: str | None,
    on_record: str | None,
    latest: bool,
    **options: Any,
) -> None:
    """Write the record to OUT (- for standard output) as others want it.

    \b
      csv, parquet         a row for each claim
      jsonl, geojson       a line or a feature for each claim
      acled, ucdp-ged      a row for each event, day and place, in the columns of these projects
      polecat, plover      a row or a line for each event that is told of
      hxl                  a row for each toll, with HXL tags
      victims              a row for each person whom the texts name
      bundle               all that the ledger holds, with its hashes

    Beside a table goes OUT.datapackage.json, which says what each column holds, how a range became
    a number, and what is empty. `sayso verify` proves a bundle, and `sayso import` brings it into
    another ledger; the texts of the documents stay out of it unless they are asked for. What goes
    in their place are imprints, numbers from which the same incidents are derived; with --bare
    these stay out as well.

    The people whom texts name are given with --names only: without it, victims has "person 3" for
    a name, and the claims name nobody but in the words that they quote.

    An incident that was signed off is written as it was then, unless --latest asks for all that
    its documents tell now.
    """
    here = session(options)
    wanted = filters(options, here.settings)
    if shape in ("parquet", "bundle") and str(out) == "-":
        raise click.UsageError(f"{shape} is a file; give its name")
    if shape == "bundle":
        if as_of or on_record or fields or codebook or any(wanted):
            raise click.UsageError("a bundle is of all that the ledger holds, whole and as it is")
        bundle(here, out, texts, bare)
        return
    if names and shape in INCIDENTS and shape != "victims":
        raise click.UsageError(f"--names is for claims and victims; {shape} names nobody")
    if texts or bare:
        raise click.UsageError(f"{'--texts' if texts else '--bare'} is for a bundle")
    if disasters and shape != "acled":
        raise click.UsageError("--disasters is for acled; ucdp-ged has none, others all")
    if fields and shape in ("jsonl", "geojson", "plover"):
        raise click.UsageError(f"--fields is for tables; {shape} is whole")
    columns = [name.strip() for name in (fields or "").split(",") if name.strip()]
    from dataclasses import replace

    from sayso.pipeline.boards import under
    from sayso.publish.codebooks import OWN
    from sayso.publish.signed import FROZEN, LATEST
    from sayso.records import as_signed

    book = policy(codebook or OWN.get(shape))
    known = recalled(here, None, as_of, on_record, signed=not latest and shape in INCIDENTS)
    if shape in CLAIMS and not latest and not as_of:  # claims as they are, incidents as signed off
        known = replace(known, incidents=tuple(map(as_signed, known.incidents)))
    if book:
        known = under(known, book, here.settings.best)
    version = {"signed": LATEST if latest or as_of else FROZEN}
    keep = None
    if any(wanted):
        from sayso.pipeline.recalling import found

        with opened(here) as ledger:
            derived(here, ledger)
            keep = found(ledger, wanted)
    if shape in CLAIMS:
        those = None if keep is None else keep[0]
        count = _claims(here, shape, out, columns, known, those, book, names, version)
    else:
        those = None if keep is None else keep[1]
        told = here, shape, out, columns, known, those, disasters, book, names
        count = _incidents(*told, version)
    here.talk(f"{plural(count, 'row' if shape in INCIDENTS else 'claim')} written to {out}")


def _claims(
    here: Session,
    shape: str,
    out: Path,
    chosen: list[str],
    known: Known,
    keep: Any,
    book: Codebook | None,
    names: bool,
    version: dict[str, str],
) -> int:
    """Write the claims, those of `keep` or all."""
    from sayso.publish import exports, packages

    claims: Mapping[str, Any] = known.claims
    if keep is not None:
        claims = {id: [c for c in each if c.id in keep] for id, each in known.claims.items()}
    told = (known.documents, claims, known.incidents, known.standings)
    if shape in ("jsonl", "geojson"):
        with output(out, KINDS[shape]) as file:
            write = exports.jsonl if shape == "jsonl" else exports.geojson
            return write(file, *told, names=names)
    columns = packages.chosen(exports.COLUMNS, chosen)
    rows = exports.table(*told, names=names)
    if shape == "parquet":
        return packages.parquet(out, columns, rows, packages.under(exports.POLICY | version, book))
    return _table(here, out, "claims", columns, rows, exports.POLICY | version, book)


def _incidents(
    here: Session,
    shape: str,
    out: Path,
    chosen: list[str],
    known: Known,
    keep: Any,
    disasters: bool,
    book: Codebook | None,
    names: bool,
    version: dict[str, str],
) -> int:
    """Write the incidents, those of `keep` or all."""
    from sayso.pipeline.boards import boards, scenes
    from sayso.publish import acled, hxl, packages, polecat, rows, sheets, ucdp, victims
    from sayso.publish.actors import register
    from sayso.version import __version__

    if shape in ("acled", "ucdp-ged"):
        apart = scenes(known, keep, here.settings.best, book)
        who = register(here.settings.actors)
        if shape == "acled":
            columns = packages.chosen(acled.COLUMNS, chosen)
            told: Rows = (row for each in apart for row in acled.table(each, disasters, who))
        else:
            columns = packages.chosen(ucdp.COLUMNS, chosen)
            told = (row for each in apart for row in ucdp.table(each, who))
        return _table(here, out, "incidents", columns, told, rows.POLICY | version, book)
    laid = boards(known, keep)
    if shape == "plover":
        count = 0
        with output(out, "lines") as file:
            for board in laid:
                for record in polecat.records(board):
                    file.write(sheets.jsonl([record]))
                    count += 1
        return count
    if shape == "victims":
        columns = packages.chosen(victims.COLUMNS, chosen)
        named: Rows = (row for board in laid for row in victims.table(board, names))
        return _table(here, out, "victims", columns, named, victims.POLICY | version, None)
    if shape == "hxl":
        columns = packages.chosen(hxl.COLUMNS, chosen)
        told = (row for board in laid for row in hxl.table(board))
        return _table(here, out, "tolls", columns, told, hxl.POLICY | version, book, tags=hxl.TAGS)
    columns = packages.chosen(polecat.COLUMNS, chosen)
    told = (row for board in laid for row in polecat.table(board, __version__))
    return _table(here, out, "events", columns, told, polecat.POLICY | version, book, mark="\t")


def _table(
    here: Session,
    out: Path,
    name: str,
    columns: Mapping[str, str],
    rows: Rows,
    policy: Mapping[str, str],
    book: Codebook | None,
    **how: Any,
) -> int:
    """Write a table, and its description beside it where it is a file."""
    from sayso.publish import packages

    with output(out, "table") as file:
        count = packages.write(file, columns, rows, **how)
    if str(out) != "-" and not outputs.is_stream(out):
        told = packages.package(
            out, name, columns, packages.under(policy, book), how.get("mark", ",")
        )
        here.talk(f"what it holds is told in {packages.describe(out, told)}")
    return count
