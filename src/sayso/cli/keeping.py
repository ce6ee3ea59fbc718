"""The commands that look after a ledger: make what is derived again, read again, and hand it on."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from sayso.cli.session import (
    Session,
    common,
    derived,
    engine_option,
    finish,
    ledger_option,
    opened,
    parse_option,
    progress,
    reader,
    say,
    session,
    told,
)
from sayso.cli.spreading import brought, taken
from sayso.publish.wording import plural
from sayso.records import Problem


@click.command()
@ledger_option
@common
def rebuild(**options: Any) -> None:
    """Drop all that is derived from the log, and make it again.

    Texts and files that no line of the log speaks of, as an import by Sayso up to 0.10.0 may have
    left them, are dropped, too, and named.
    """
    here = session(options)
    with opened(here) as ledger:
        with ledger.transaction() as writer:
            dropped = writer.drop_unnamed()
            writer.rebuild()
        for name in dropped:
            here.talk(f"dropped a text or file that no line of the log speaks of: {name}")
        derived(here, ledger)
        counts = ledger.count()
    done = f"{plural(counts.documents, 'document')} and {plural(counts.claims, 'claim')}"
    here.talk(f"made again from the log: {done}, with their incidents")


@click.command()
@ledger_option
@engine_option
@parse_option
@common
def reread(**options: Any) -> None:
    """Read again what was last read by another version or engine.

    What people decided stays; where a claim reads otherwise now, it is shown as needing another
    look.
    """
    from sayso import pipeline

    here = session(options)
    again = problems = 0
    with opened(here) as ledger:
        made = reader(here)
        with progress(here, "Reading") as moved:
            for item in told(here, moved, pipeline.reread(ledger, made)):
                problems += isinstance(item, Problem)
                again += not isinstance(item, Problem)
        derived(here, ledger)
    finish(here, f"{plural(again, 'document')} read again", problems)


@click.command("import")
@click.argument("source", metavar="BUNDLE|LEDGER|DIR")
@ledger_option
@common
def import_(source: str, **options: Any) -> None:
    """Bring in what a bundle, another ledger, or the folder of `sayso read --on ray` holds; what is
    there already is passed over."""
    from sayso.ledger import bundle as bundles
    from sayso.ledger import postgresql
    from sayso.ledger.store import Ledger

    here = session(options)
    # Where there is nothing to bring in, no ledger is made.
    shared = source.startswith(postgresql.SCHEMES)
    if not shared and ("://" in source or Path(source).is_dir()):
        by, items = brought(source)
        with opened(here, create=True) as ledger:
            problems = taken(here, ledger, by, items)
            derived(here, ledger)
            counts = ledger.count()
        finish(here, f"{plural(counts.documents, 'document')} in {ledger.name}", problems)
        return
    with ExitStack() as open_:
        other: Path | Ledger = Path(source)
        if not bundles.is_bundle(source):
            other = open_.enter_context(Ledger.open(source))
        ledger = open_.enter_context(opened(here, create=True))
        with progress(here, "Importing") as moved:
            done = bundles.read(other, ledger, moved)
        derived(here, ledger)
        for problem in done.problems:
            say(f"{problem.input}: {problem.message}")
        told = (
            f"{plural(done.documents, 'document')}, {plural(done.readings, 'reading')} and "
            f"{plural(done.judgements, 'judgement')} brought into {ledger.name}; "
            f"{done.known} lines were known"
        )
        finish(here, told, len(done.problems))


def bundle(here: Session, out: Path, texts: bool, bare: bool) -> None:
    """Write all that the ledger holds into a zip."""
    from sayso.ledger import bundle as bundles
    from sayso.reconcile.imprinting.making import imprint

    with opened(here) as ledger:
        manifest = bundles.write(ledger, out, texts=texts, imprint=None if bare else imprint)
    beside = ", with imprints of the texts that stay out" if manifest.imprints else ""
    here.talk(f"{plural(manifest.lines, 'line')} of the log written to {out}{beside}")
