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

from sayso.cli.agreeing import agreement
from sayso.cli.alerting import alerts
from sayso.cli.comparing import diff
from sayso.cli.explaining import explain
from sayso.cli.exporting import export
from sayso.cli.gazetteer import gazetteer
from sayso.cli.handing import embed
from sayso.cli.judging import judge, redact
from sayso.cli.keeping import import_, rebuild, reread
from sayso.cli.looking import log, search, sources
from sayso.cli.parsing import parse
from sayso.cli.proving import seal, verify
from sayso.cli.serving import serve
from sayso.cli.session import (
    column_option,
    columns,
    common,
    derived,
    draw,
    engine_option,
    finish,
    ledger_option,
    opened,
    parse_option,
    private_option,
    progress,
    readers,
    readings,
    say,
    session,
    snapshots_option,
    told,
    workers_option,
)
from sayso.cli.spreading import spread
from sayso.cli.telling import curve, documents, incidents, report, toll, why
from sayso.cli.users import user
from sayso.cli.watching import watch
from sayso.cli.writing import Output, always, output
from sayso.errors import SaysoError
from sayso.publish.wording import plural
from sayso.records import Problem, Reading
from sayso.version import __version__

if TYPE_CHECKING:
    from rich.console import RenderableType


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
    "--jsonl", type=Output(always("lines"), stdout=True), help="Write JSONL to this file."
)
@click.option(
    "--on",
    metavar="ray[:ADDRESS]",
    help="Read on a Ray cluster, or on all cores of this machine as one; needs --out.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=Output(always("run"), folder=True),
    help="With --on: the folder, or s3://..., for the results.",
)
@engine_option
@parse_option
@workers_option
@column_option
@common
def read(
    inputs: tuple[str, ...],
    jsonl: Path | None,
    on: str | None,
    out: str | None,
    workers: int | None,
    column: tuple[str, ...],
    **options: Any,
) -> None:
    """Documents in, claims out; nothing is kept.

    INPUT is a file, a folder, or - for standard input, of any kind that `sayso add` reads.

    With --on ray, archives are read by a task each and results are Parquet files in a folder, with
    what they tell together; `sayso import` brings them into a ledger. A run that was ended goes on
    where it was when the same is asked again.
    """
    from sayso.publish import sheets

    named = columns(column)
    here = session(options)
    if on is not None or out is not None:
        if jsonl is not None or workers is not None:
            raise click.UsageError("--on writes to the folder of --out, with all cores it is given")
        if named:
            raise click.UsageError("--column is for reading on this machine, not for --on")
        spread(here, inputs, on, out)
        return
    problems = documents = claims = 0

    def each() -> Iterator[Reading]:
        nonlocal problems, documents, claims
        for item in readings(here, inputs, workers, named):
            if isinstance(item, Problem):
                problems += 1
            else:
                documents += 1
                claims += len(item[1].claims)
                yield item[1]

    if jsonl is not None:
        with output(jsonl, "lines", live=True) as file:
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
    pages (.html, .mhtml), plain text, documents (.docx, .odt, .pdf), JSONL, tables (.csv, .tsv),
    JSON that databases and Telegram write, RIS, mail (.eml, .mbox), web archives (.warc, .wacz),
    and any of these in a zip, a tar or packed by gzip.
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
main.add_command(user)
for command in (
    incidents,
    documents,
    toll,
    curve,
    why,
    report,
    embed,
    judge,
    parse,
    explain,
    log,
    search,
    sources,
    agreement,
    redact,
    reread,
    rebuild,
    verify,
    seal,
    import_,
    serve,
    watch,
    alerts,
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
