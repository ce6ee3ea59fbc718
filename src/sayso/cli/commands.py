"""The commands, one function each: parse flags, call the pipeline, choose the output.

Exit codes: 0 all done, 1 failed, 2 wrong usage, 3 done but some inputs could not be read (each is
named on stderr), 130 interrupted. Whatever is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.comparing import diff
from sayso.cli.explaining import explain
from sayso.cli.exporting import export
from sayso.cli.gazetteer import gazetteer
from sayso.cli.judging import judge, redact
from sayso.cli.keeping import import_, rebuild, reread, verify
from sayso.cli.looking import filtering, filters, log, search, sources
from sayso.cli.parsing import parse
from sayso.cli.serving import serve
from sayso.cli.session import (
    Session,
    as_of_option,
    best_option,
    column_option,
    columns,
    common,
    derived,
    draw,
    engine_option,
    finish,
    ledger_option,
    on_record_option,
    opened,
    output,
    parse_option,
    private_option,
    progress,
    readers,
    readings,
    recalled,
    say,
    session,
    snapshots_option,
    told,
    workers_option,
)
from sayso.cli.spreading import spread
from sayso.cli.watching import watch
from sayso.errors import NotFoundError, SaysoError
from sayso.publish.wording import plural
from sayso.records import Incident, Problem, Reading
from sayso.version import __version__

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.ledger.search import Filters
    from sayso.ledger.store import Ledger
    from sayso.pipeline import Known
    from sayso.publish.board import Board, Line

INTERRUPTED = 130


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    # Ctrl-C may come while SQLAlchemy hands a connection back: it logs a traceback and lets the
    # interruption through, of which the person is told below.
    logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())
    try:
        code = main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; everything finished before this is kept")
        code = INTERRUPTED
    except SaysoError as error:
        say(str(error))
        code = error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone; pointing stdout elsewhere keeps Python silent at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def main() -> None:
    """Reads news of unrest, conflict and disaster and keeps the record: what happened, where, when,
    to how many, and on whose say-so.
    """


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--jsonl", type=click.Path(path_type=Path, allow_dash=True), help="Write JSONL to this file."
)
@click.option(
    "--on",
    metavar="ray[:ADDRESS]",
    help="Read on a Ray cluster, or on all cores of this machine as one; needs --out.",
)
@click.option("--out", metavar="DIR", help="With --on: the folder, or s3://..., for the results.")
@engine_option
@parse_option
@workers_option
@common
def read(
    inputs: tuple[str, ...],
    jsonl: Path | None,
    on: str | None,
    out: str | None,
    workers: int | None,
    **options: Any,
) -> None:
    """Documents in, claims out; nothing is kept.

    INPUT is a file, a folder, a saved web page, plain text, JSONL, or - for standard input.

    With --on ray, archives are read by a task each and results are Parquet files in a folder, with
    what they tell together; `sayso import` brings them into a ledger. A run that was ended goes on
    where it was when the same is asked again.
    """
    from sayso.publish import sheets

    here = session(options)
    if on is not None or out is not None:
        if jsonl is not None or workers is not None:
            raise click.UsageError("--on writes to the folder of --out, with all cores it is given")
        spread(here, inputs, on, out)
        return
    problems = documents = claims = 0

    def each() -> Iterator[Reading]:
        nonlocal problems, documents, claims
        for item in readings(here, inputs, workers):
            if isinstance(item, Problem):
                problems += 1
            else:
                documents += 1
                claims += len(item[1].claims)
                yield item[1]

    if jsonl is not None:
        with output(jsonl) as file:
            for reading in each():
                file.write(sheets.jsonl([reading]))
    elif here.format == "table":
        for reading in each():
            draw(partial(_page, reading))
    else:
        here.write(each(), lambda: sheets.claims(each()), lambda width: [])
    finish(here, f"{plural(documents, 'document')} read, {plural(claims, 'claim')}", problems)


def _page(reading: Reading, width: int) -> list[RenderableType]:
    from sayso.publish import tables

    return [tables.claims(reading), ""]


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@engine_option
@parse_option
@workers_option
@column_option
@snapshots_option
@private_option
@common
def add(
    inputs: tuple[str, ...],
    workers: int | None,
    column: tuple[str, ...],
    no_snapshots: bool,
    allow_private: bool,
    **options: Any,
) -> None:
    """Read documents and keep them, with their claims, in the ledger.

    INPUT is a file, a folder, an address (https://...), or - for standard input. Read are saved
    pages (.html, .mhtml), plain text, JSONL, tables (.csv, .tsv), mail (.eml), PDF, and web
    archives (.warc, .warc.gz, .wacz).
    """
    from sayso.ingest.fetching import Fetcher
    from sayso.ingest.inputs import captures
    from sayso.pipeline import add as adding

    named = columns(column)
    here = session(options)
    counts: Counter[str] = Counter()
    with opened(here, create=True) as ledger:
        with readers(here, workers, inputs) as made, progress(here, "Reading") as moved:
            fetcher = Fetcher(private=allow_private)
            found = captures(inputs, sys.stdin.buffer, fetcher, named)
            for item in told(here, moved, adding(ledger, made, found, not no_snapshots)):
                counts["problem" if isinstance(item, Problem) else item.became] += 1
        derived(here, ledger)
        done = f"{plural(counts['new'], 'document')} added to {ledger.name}"
    done += f", {counts['known']} there already"
    if counts["read again"]:
        done += f", {counts['read again']} read again"
    finish(here, done, counts["problem"])


@main.command()
@filtering
@ledger_option
@as_of_option
@on_record_option
@best_option
@common
def incidents(as_of: str | None, on_record: str | None, **options: Any) -> None:
    """List the incidents that the ledger tells of, or those that the options leave."""
    from sayso.publish import sheets, tables

    wanted = filters(options)
    here = session(options)
    if as_of or on_record or here.settings.best != "latest":
        if any(wanted):
            raise click.UsageError("incidents are chosen from what is known now, by latest figures")
        found = recalled(here, None, as_of, on_record).incidents
    else:
        found = chosen(here, wanted)
    here.write(found, lambda: sheets.incidents(found), lambda width: tables.incidents(found, width))


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


@main.command()
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


@main.command()
@click.argument("incident")
@ledger_option
@as_of_option
@on_record_option
@best_option
@click.option(
    "--svg", type=click.Path(path_type=Path), help="Write the curve of the dead to this file."
)
@common
def toll(
    incident: str, as_of: str | None, on_record: str | None, svg: Path | None, **options: Any
) -> None:
    """The tolls of an incident: low, best and high by kind and group, and on whose say-so."""
    from sayso.publish import curve, sheets, tables

    here = session(options)
    board = laid_out(recalled(here, incident, as_of, on_record))
    here.write(
        board.incident.tolls,
        lambda: sheets.tolls(board),
        lambda width: [tables.tolls(board, width), "", tables.differences(board)],
    )
    if svg is not None:
        drawn = curve.worth(board.incident)
        if not drawn:
            raise NotFoundError(f"{board.incident.id} has no figure to draw")
        with output(svg) as out:
            out.write(curve.svg(board.incident, *drawn[0], speakers=board.speakers))


@main.command()
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


@main.command()
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
    from sayso.publish.board import Line
    from sayso.reconcile.verdicts import Verdicts

    claim, document = ledger.claim(name)
    standing = Verdicts(ledger.judgements()).of(claim)
    return Line(standing.claim if standing else claim, document, standing)


def laid_out(record: Known) -> Board:
    """The one incident of what is known, laid out for the eye."""
    from sayso.pipeline.boards import boards

    (board,) = boards(record)
    return board


def figures(board: Board) -> list[Line]:
    """The claims that the tolls of an incident rest on, in the order of the board, each once."""
    names = [name for row in board.rows for origin in row.toll.origins for name in origin.claims]
    return [board.lines[name] for name in dict.fromkeys(names) if name in board.lines]


@main.command()
@click.argument("incident")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="The file to write; .html or .md says which kind.",
)
@ledger_option
@as_of_option
@on_record_option
@best_option
@common
def report(
    incident: str, out: Path, as_of: str | None, on_record: str | None, **options: Any
) -> None:
    """Write a situation report of one incident, to be read and printed."""
    from sayso.publish import report as writer

    here = session(options)
    if out.suffix not in (".html", ".md"):
        raise click.BadParameter("the file's name must end in .html or .md", param_hint="--output")
    write = writer.html if out.suffix == ".html" else writer.markdown
    text = write(laid_out(recalled(here, incident, as_of, on_record)))
    with output(out) as file:
        file.write(text)
    here.talk(f"wrote {out}")


@main.command()
@click.option("--ledger", metavar="LEDGER", help="Keep the demo's record in this ledger.")
@common
def demo(ledger: str | None, **options: Any) -> None:
    """Read a story of nineteen articles, all invented, and print the record of it."""
    from sayso.cli.demo import show

    show(session(options), ledger)


@main.command()
@ledger_option
@common
def doctor(**options: Any) -> None:
    """What Sayso finds on this machine: engine, gazetteer, ledger, versions and licences."""
    from sayso.doctor import examine
    from sayso.publish import sheets, tables

    here = session(options)
    findings = examine(here.settings)
    sheet = sheets.Sheet(
        ("part", "state", "what"), tuple((f.part, f.state, f.what) for f in findings)
    )
    here.write((f._asdict() for f in findings), lambda: sheet, lambda width: tables.table(sheet))
    if any(finding.state == "broken" for finding in findings):
        raise click.exceptions.Exit(1)


main.add_command(gazetteer)
for command in (
    judge,
    parse,
    explain,
    log,
    search,
    sources,
    redact,
    reread,
    rebuild,
    verify,
    import_,
    serve,
    watch,
    export,
    diff,
):
    main.add_command(command)


@main.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete commands: put it where your shell reads it."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise SaysoError(f"no completion for {shell}")
    click.echo(made(main, {}, "sayso", "_SAYSO_COMPLETE").source())
