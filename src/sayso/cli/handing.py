"""The command that hands a piece of an incident on: to a page, a paper or a message of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso import outputs
from sayso.cli.session import (
    as_of_option,
    best_option,
    codebook_option,
    common,
    latest_option,
    ledger_option,
    on_record_option,
    recalled,
    session,
)
from sayso.cli.telling import counted, laid_out
from sayso.cli.writing import Output, by_suffix

ENDS = (".svg", ".png", ".html")


@click.command()
@click.argument("incident")
@click.option("--card", "piece", flag_value="card", default="card", help="The headline figures.")
@click.option("--curve", "piece", flag_value="curve", help="What was known when, of one figure.")
@click.option("--map", "piece", flag_value="map", help="Where it was.")
@click.option("--table", "piece", flag_value="table", help="All figures, low, best and high.")
@click.option(
    "--figure", metavar="KIND-WHO", help="Which curve, as killed-children; else the gravest."
)
@click.option("--link", metavar="URL", help="Where a page says that the whole record is.")
@click.option(
    "-o",
    "--output",
    "out",
    type=Output(by_suffix(*ENDS)),
    required=True,
    help="The file to write; .svg, .png or .html says which kind.",
)
@ledger_option
@as_of_option
@on_record_option
@best_option
@codebook_option
@latest_option
@common
def embed(
    incident: str,
    piece: Any,
    figure: str | None,
    link: str | None,
    out: Path,
    as_of: str | None,
    on_record: str | None,
    codebook: str | None,
    latest: bool,
    **options: Any,
) -> None:
    """Write a toll card, curve, map or table of one incident, as a picture or a page of its own.

    A page (.html) fits any width, loads nothing and can stand in a frame on any site. A picture is
    SVG or, with the extra `png`, PNG.
    """
    from sayso.publish import embeds, pictures

    here = session(options)
    if out.suffix not in ENDS:
        ends = ", ".join(ENDS)
        raise click.BadParameter(
            f"the file's name must end in one of {ends}", param_hint="--output"
        )
    if figure is not None and piece != "curve":
        raise click.UsageError("--figure is of --curve")
    if link is not None and not link.startswith(("http://", "https://")):
        raise click.BadParameter("it is no address of a page", param_hint="--link")
    record = recalled(here, incident, as_of, on_record, signed=not latest)
    board = laid_out(counted(record, codebook, here))
    if out.suffix == ".html":
        text = embeds.html(board, piece, figure, link)
    else:
        text = embeds.svg(board, piece, figure)
    made = pictures.png(text) if out.suffix == ".png" else text.encode()
    with outputs.written(out, outputs.BY_SUFFIX[out.suffix]) as file:
        file.write(made)
    here.talk(f"wrote {out}")
