"""What all commands share: the settings in force, how results are written, progress, talk.

stdout is data, stderr is talk. `--format auto` is a table on a terminal and JSONL when piped.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.writing import spare
from sayso.errors import PARTIAL
from sayso.outputs import exposure
from sayso.publish.wording import plural
from sayso.records import Document, Problem, Reading
from sayso.settings import Settings, load

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.ledger.store import Ledger
    from sayso.pipeline import Known, Progress, Reader
    from sayso.pipeline.deriving import Held
    from sayso.pipeline.running.stream import Reads
    from sayso.publish.codebooks import Codebook
    from sayso.publish.sheets import Sheet

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

FORMATS = ("auto", "table", "plain", "jsonl", "csv")


def say(message: str) -> None:
    """One line to the person, on stderr."""
    click.echo(f"sayso: {message}", err=True)


class Session:
    """The settings in force for one command, and how it talks."""

    def __init__(
        self, settings: Settings, quiet: bool, verbose: bool, config: Path | None = None
    ) -> None:
        self.settings = settings
        self.config = config
        self.quiet = quiet
        self.verbose = verbose
        self._aside: Counter[str] = Counter()

    def note(self, reading: Reading) -> None:
        """Counts a reading that was set aside for its language, to be told of at the end."""
        from sayso.pipeline.reading import other_language

        if other := other_language(reading.document):
            self._aside[other] += 1

    @property
    def aside(self) -> str:
        """How many documents were set aside for their languages, and which; empty for none."""
        each = ", ".join(f"{code} {count}" for code, count in sorted(self._aside.items()))
        return f"; {self._aside.total()} in another language set aside ({each})" if each else ""

    @property
    def format(self) -> str:
        """The format of the output, "auto" decided: a table for a person, JSONL for a pipe."""
        if self.settings.format == "auto":
            return "table" if sys.stdout.isatty() else "jsonl"
        return self.settings.format

    def write(
        self,
        records: Iterable[Any],
        sheet: Callable[[], Sheet],
        drawn: Callable[[int], RenderableType | Iterable[RenderableType]],
    ) -> None:
        """Writes one result in the chosen format: records, a sheet of cells, or what is drawn."""
        from sayso.publish import sheets

        if self.format == "jsonl":
            for record in records:
                click.echo(sheets.jsonl([record]), nl=False)
        elif self.format == "csv":
            click.echo(sheets.separated(sheet()), nl=False)
        elif self.format == "plain":
            click.echo(sheets.plain(sheet()), nl=False)
        else:
            draw(drawn)

    def talk(self, message: str) -> None:
        """One line on stderr, unless asked to be quiet."""
        if not self.quiet:
            say(message)


def draw(drawn: Callable[[int], RenderableType | Iterable[RenderableType]]) -> None:
    """Prints what is drawn for the width of the terminal; rich minds NO_COLOR and its like."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    made = drawn(console.width)
    parts = [made] if isinstance(made, str | Text) or not isinstance(made, Iterable) else made
    for part in parts:
        console.print(part)


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read this file of settings instead of sayso.toml.",
)


def common(command: F) -> F:
    """The options that every command takes."""
    for option in (
        click.option(
            "-v", "--verbose", is_flag=True, help="Say what is done, document by document."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
        config_option,
        click.option("--format", type=click.Choice(FORMATS), help="How to write the result."),
    ):
        command = option(command)
    return command


ledger_option = click.option(
    "--ledger", metavar="LEDGER", help="The ledger to use: a file, or postgresql://USER@HOST/NAME."
)
by_option = click.option("--by", metavar="NAME", help="Your name, to be noted with it.")
engine_option = click.option(
    "--engine", metavar="NAME", help="The language engine: default, spacy:NAME, conllu:FILE."
)
parse_option = click.option(
    "--parse",
    metavar="WHAT",
    help="Parse all, only paragraphs that can hold claims, or of those only articles about unrest.",
)
best_option = click.option(
    "--best",
    metavar="POLICY",
    help="Which standing figure is the best: latest, agreed, lowest, highest, median.",
)
codebook_option = click.option(
    "--codebook",
    metavar="NAME|FILE",
    help="Count as acled, airwars, ibc, idmc, isaf or ucdp would, or as a table of your own says.",
)
names_option = click.option(
    "--names", is_flag=True, help="With the names of the people whom the texts name."
)
column_option = click.option(
    "--column",
    multiple=True,
    metavar="FIELD=NAME",
    help="How a column of a table is called: text=Body. Can be given several times.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Read with so many processes; by default all cores but one where there is much to read.",
)
snapshots_option = click.option(
    "--no-snapshots", is_flag=True, help="Do not keep the bytes that a document was read from."
)
private_option = click.option(
    "--allow-private", is_flag=True, help="Fetch from machines that are not on the public internet."
)
as_of_option = click.option(
    "--as-of", metavar="TIME", help="What had been published then: an ISO date or date-time."
)
latest_option = click.option(
    "--latest", is_flag=True, help="As all documents tell now, whatever was signed off."
)
on_record_option = click.option(
    "--on-record", metavar="TIME", help="What this ledger held then: an ISO date or date-time."
)


def columns(given: Sequence[str]) -> dict[str, str]:
    """What `--column` says. Raises click's `UsageError` where it says nothing of a field."""
    from sayso.ingest.tables import FIELDS

    found = {}
    for one in given:
        field, _, name = one.partition("=")
        if field not in FIELDS or not name:
            raise click.UsageError(f"--column {one}: it is FIELD=NAME, of {', '.join(FIELDS)}")
        found[field] = name
    return found


def session(options: dict[str, Any]) -> Session:
    """Takes the shared options out of a command's and gives the settings in force."""
    quiet, verbose = options.pop("quiet"), options.pop("verbose")
    config = options.pop("config")
    flags = {name: options.pop(name, None) for name in Settings._fields}
    if re.match(r"\w+://[^/@]*:[^/@]+@", flags["ledger"] or "") and not quiet:
        say("anybody on this machine can see a password on a command line: ~/.pgpass keeps it")
    here = Session(load(config, flags, os.environ), quiet, verbose, config)
    spare(here.settings, config)
    return here


@contextmanager
def progress(session: Session, label: str) -> Iterator[Progress]:
    """A bar on stderr, where a person is watching, from when there is something to tell; it goes
    when the work is done."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    shown = Progress(*columns, console=Console(stderr=True), transient=True)
    task = shown.add_task(label, total=None, rate="")
    started = time.monotonic()

    def moved(done: int, total: int) -> None:
        rate = done / max(time.monotonic() - started, 0.001)
        shown.update(task, completed=done, total=total or None, rate=f"{rate:,.1f}/s")
        shown.start()

    try:
        yield moved
    finally:
        if shown.live.is_started:
            shown.stop()


def readings(
    session: Session,
    inputs: Sequence[str],
    workers: int | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[tuple[Document, Reading] | Problem]:
    """Each input read, in order, with progress; problems are named on stderr as they come.
    `columns` says how those of tables are called."""
    from sayso.ingest.inputs import documents
    from sayso.pipeline.running.stream import read_all

    with readers(session, workers, inputs) as made, progress(session, "Reading") as moved:
        found = documents(inputs, sys.stdin.buffer, columns)
        yield from told(session, moved, read_all(made, found))


@contextmanager
def readers(session: Session, workers: int | None, inputs: Sequence[str]) -> Iterator[Reads]:
    """So many readers as one; where nobody says how many, all cores but one for much input."""
    from sayso.pipeline.running.workers import Team, cores

    size = workers if workers is not None else max(1, cores() - 1) if _is_much(inputs) else 1
    if size == 1:
        yield reader(session)
        return
    from sayso.pipeline.reading import check_places

    check_places(session.settings)
    with Team(session.settings, size) as team:
        yield team


MUCH = 5_000_000
"""Bytes of input that are worth the seconds that more processes take to start."""


def _is_much(inputs: Sequence[str]) -> bool:
    """Whether these files and folders are much to read; of what streams in nobody knows."""
    size = 0
    for name in inputs:
        for path in Path(name).rglob("*") if os.path.isdir(name) else (Path(name),):
            with suppress(OSError):
                size += path.stat().st_size
            if size >= MUCH:
                return True
    return False


def reader(session: Session) -> Reader:
    """A reader of these settings."""
    from sayso.pipeline import Reader

    return Reader(session.settings)


def told(session: Session, moved: Progress, items: Iterable[T]) -> Iterator[T]:
    """The same documents read, with progress; problems are named on stderr as they come."""
    done = 0
    moved(0, 0)
    for item in items:
        if isinstance(item, Problem):
            say(f"{item.input}: {item.message}")
        else:
            done += 1
            moved(done, 0)
            document, reading = item[0], item[1]  # type: ignore[index]
            if reading is not None:
                session.note(reading)
            if session.verbose and reading is not None:
                say(f"{document.id}: {plural(len(reading.claims), 'claim')}")
        yield item


def finish(session: Session, done: str, problems: int) -> None:
    """Says what was done and what was set aside, and ends with exit code 3 where something could
    not be read."""
    done += session.aside
    if problems:
        done += f"; {problems} could not be read, or not whole"
    session.talk(done)
    if problems:
        raise click.exceptions.Exit(PARTIAL)


@contextmanager
def opened(session: Session, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger of the settings. Raises `LedgerError` where there is none."""
    from sayso.ledger.store import Ledger

    with Ledger.open(session.settings.ledger, create=create) as ledger:
        if ledger.upgraded:
            session.talk(ledger.upgraded)
        if "://" not in ledger.name and (open_to := exposure(Path(ledger.name))):
            session.talk(open_to)
        yield ledger


def recalled(
    session: Session,
    incident: str | None = None,
    as_of: str | None = None,
    on_record: str | None = None,
    *,
    signed: bool = False,
) -> Known:
    """What the ledger of the settings tells, of all or of one incident, see `pipeline.recall`; as
    it was signed off, where that is wanted."""
    from sayso.pipeline import recall
    from sayso.pipeline.signing import recall_signed

    with opened(session) as ledger, progress(session, "Working out incidents") as moved:
        asked = ledger, session.settings, incident, as_of, on_record, moved
        known = recall_signed(*asked) if signed else recall(*asked)
    if incident is not None and known.incidents:
        now = known.incidents[0].id
        if not now.startswith(incident):
            session.talk(f"what was {incident} is of {now} now")
    return known


def derived(session: Session, ledger: Ledger, held: Held | None = None) -> bool:
    """Brings the incidents of a ledger up to date, with progress; False where it may not be
    written, and then says so."""
    from sayso.pipeline.deriving import kept

    with progress(session, "Working out incidents") as moved:
        done = kept(ledger, moved, held)
    if not done:
        session.talk(f"{ledger.name} cannot be written: what is kept of incidents may be old")
    return done


def name(session: Session) -> str | None:
    """Who is at work: the name in the settings, else that of the login."""
    import getpass

    try:
        return session.settings.by or getpass.getuser()
    except (OSError, KeyError):  # a process of nobody's
        return None


def policy(name: str | None) -> Codebook | None:
    """The codebook that was asked for; None where none was, or `none`."""
    from sayso.publish.codebooks import codebook

    return None if name in (None, "none") else codebook(str(name))
