"""The commands that tell what is known: incidents, their tolls, and on whose say-so these are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from sayso import outputs
from sayso.cli.looking import filtering, filters
from sayso.cli.session import (
    Session,
    as_of_option,
    best_option,
    codebook_option,
    common,
    latest_option,
    ledger_option,
    names_option,
    on_record_option,
    opened,
    policy,
    progress,
    recalled,
    session,
)
from sayso.cli.writing import Output, always, by_suffix, output
from sayso.errors import NotFoundError
from sayso.records import Incident, as_signed

ENDS = (".html", ".md")
"""What the name of a report may end with."""

if TYPE_CHECKING:
    from sayso.ledger.conditions import Filters
    from sayso.ledger.store import Ledger
    from sayso.pipeline import Known
    from sayso.publish.board import Board, Line


@click.command()
@filtering
@ledger_option
@as_of_option
@on_record_option
@best_option
@latest_option
@names_option
@common
def incidents(
    as_of: str | None, on_record: str | None, latest: bool, names: bool, **options: Any
) -> None:
    """List the incidents that the ledger tells of, or those that the options leave."""
    from sayso.publish import sheets, tables

    here = session(options)
    wanted = filters(options, here.settings)
    if as_of or on_record or here.settings.best != "latest":
        if any(wanted):
            raise click.UsageError("incidents are chosen from what is known now, by latest figures")
        found = recalled(here, None, as_of, on_record).incidents
    else:
        found = chosen(here, wanted)
    if not latest and not as_of:
        found = tuple(map(as_signed, found))
    shown = found if names else [replace(one, people=()) for one in found]
    here.write(shown, lambda: sheets.incidents(found), lambda width: tables.incidents(found, width))


def chosen(here: Session, wanted: Filters) -> tuple[Incident, ...]:
    """The incidents that the filters leave, of those known now."""
    from sayso.ledger import search
    from sayso.pipeline.deriving import kept

    with opened(here) as ledger:
        with progress(here, "Working out incidents") as moved:
            current = kept(ledger, moved)
        if current or any(wanted):
            return search.incidents(ledger, wanted, limit=sys.maxsize).items
    return recalled(here).incidents


@click.command()
@ledger_option
@as_of_option
@on_record_option
@common
def documents(as_of: str | None, on_record: str | None, **options: Any) -> None:
    """List the documents, with the incident each tells of and the text it is a copy of."""
    from sayso.publish import sheets, tables

    here = session(options)
    record = recalled(here, None, as_of, on_record)
    rows = sheets.document_rows(record.documents, record.incidents)
    here.write(rows, lambda: sheets.documents(rows), lambda width: tables.documents(rows, width))


@click.command()
@click.argument("incident")
@ledger_option
@as_of_option
@on_record_option
@best_option
@codebook_option
@click.option(
    "--svg",
    type=Output(always("svg"), stdout=True),
    help="Write the curve of the dead to this file.",
)
@click.option("--names", is_flag=True, help="List the people whom the texts name, instead.")
@latest_option
@common
def toll(
    incident: str,
    as_of: str | None,
    on_record: str | None,
    codebook: str | None,
    svg: Path | None,
    names: bool,
    latest: bool,
    **options: Any,
) -> None:
    """The tolls of an incident: low, best and high by kind and group, and on whose say-so."""
    from sayso.publish import curve, sheets, signed, tables, victims

    here = session(options)
    record = recalled(here, incident, as_of, on_record, signed=not latest)
    board = laid_out(counted(record, codebook, here))
    for said in signed.told(board.incident):
        here.talk(said)
    named = "; ".join(victims.counted(board))
    if names:
        listed = victims.sheet(board)
        here.write(board.incident.people, lambda: listed, lambda width: tables.table(listed))
        here.talk(f"{named or 'nobody is named'}")
        return
    if named:
        here.talk(f"{named}; --names lists them")
    here.write(
        board.incident.tolls,
        lambda: sheets.tolls(board),
        lambda width: [tables.tolls(board, width), "", tables.differences(board)],
    )
    if svg is not None:
        drawn = curve.worth(board.incident)
        if not drawn:
            raise NotFoundError(f"{board.incident.id} has no figure to draw")
        with output(svg, "svg") as out:
            out.write(curve.svg(board.incident, *drawn[0], speakers=board.speakers))


@click.command()
@click.argument("incident")
@ledger_option
@as_of_option
@on_record_option
@common
def curve(incident: str, as_of: str | None, on_record: str | None, **options: Any) -> None:
    """The tolls of an incident as they grew: every figure, when it was printed, and what it did to
    those before it."""
    from sayso.publish import sheets, tables

    here = session(options)
    board = laid_out(recalled(here, incident, as_of, on_record))
    here.write(sheets.points(board), lambda: sheets.curve(board), lambda width: tables.curve(board))


@click.command()
@click.argument("subject", metavar="CLAIM|INCIDENT")
@ledger_option
@common
def why(subject: str, **options: Any) -> None:
    """The chain of say-so of a claim, in its sentence, and how people judged it; of an incident,
    of all its figures, and why its tolls are what they are."""
    from sayso.publish import sheets, tables

    here = session(options)
    tolls = []
    try:
        with opened(here) as ledger:
            lines = [judged(ledger, subject)]
    except NotFoundError as no_claim:
        try:
            board = laid_out(recalled(here, subject))
            lines, tolls = figures(board), [tables.grounds(board)]
        except NotFoundError:
            raise no_claim from None
    here.write(
        (line.claim for line in lines),
        lambda: sheets.lines(lines),
        lambda width: [*(part for line in lines for part in (tables.why(line), "")), *tolls],
    )


def judged(ledger: Ledger, name: str) -> Line:
    """The claim of that id as people corrected it, with what they decided about it."""
    from sayso.pipeline.recalling import standings
    from sayso.publish.board import Line

    claim, document = ledger.claim(name)
    standing = standings(ledger, [claim]).get(claim.id)
    return Line(standing.claim if standing else claim, document, standing)


def laid_out(record: Known) -> Board:
    """The one incident of what is known, laid out for the eye."""
    from sayso.pipeline.boards import boards

    (board,) = boards(record)
    return board


def counted(record: Known, codebook: str | None, here: Session) -> Known:
    """What is known as the codebook of that name would count it, or as it is."""
    from sayso.pipeline.boards import under

    book = policy(codebook)
    return under(record, book, here.settings.best) if book else record


def figures(board: Board) -> list[Line]:
    """The claims that the tolls of an incident rest on, in the order of the board, each once."""
    names = [name for row in board.rows for origin in row.toll.origins for name in origin.claims]
    return [board.lines[name] for name in dict.fromkeys(names) if name in board.lines]


@click.command()
@click.argument("incident")
@click.option(
    "-o",
    "--output",
    "out",
    type=Output(by_suffix(*ENDS)),
    required=True,
    help="The file to write; .html or .md says which kind.",
)
@ledger_option
@as_of_option
@on_record_option
@best_option
@codebook_option
@latest_option
@names_option
@common
def report(
    incident: str,
    out: Path,
    as_of: str | None,
    on_record: str | None,
    codebook: str | None,
    latest: bool,
    names: bool,
    **options: Any,
) -> None:
    """Write a situation report of one incident, to be read and printed."""
    from sayso.publish import report as writer

    here = session(options)
    if out.suffix not in ENDS:
        raise click.BadParameter("the file's name must end in .html or .md", param_hint="--output")
    write = writer.html if out.suffix == ".html" else writer.markdown
    record = recalled(here, incident, as_of, on_record, signed=not latest)
    text = write(laid_out(counted(record, codebook, here)), names=names)
    with output(out, outputs.BY_SUFFIX[out.suffix]) as file:
        file.write(text)
    here.talk(f"wrote {out}")
