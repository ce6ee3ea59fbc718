"""The commands that look after a ledger: prove it, make what is derived again, read again, and hand
it on."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from sayso.ledger.proof import Proof


@click.command()
@click.argument("bundle", required=False, type=click.Path(path_type=Path))
@click.option("--since", metavar="HASH", help="Prove, too, that the log still holds this line.")
@ledger_option
@common
def verify(bundle: Path | None, since: str | None, **options: Any) -> None:
    """Prove that a ledger, or a BUNDLE, is whole.

    Every line of the log is sealed with the line before; every text has its SHA-256; every claim's
    words stand in its text where it says. What is said at the end is the hash of the last line:
    written down elsewhere, it proves later, with --since, that nothing before it was changed.
    """
    from sayso.ledger import bundle as bundles
    from sayso.ledger import proof as proofs
    from sayso.reconcile.imprinting.making import imprint

    here = session(options)
    if bundle is not None:
        proof = bundles.verify(bundle, since, imprint)
    else:
        with opened(here) as ledger, progress(here, "Verifying") as moved:
            proof = proofs.verify(ledger, moved, since, imprint)
    report(here, proof)


def report(here: Session, proof: Proof) -> None:
    """Says what was proved; faults are data, and make the command fail."""
    from sayso.publish import sheets, tables

    faults = sheets.Sheet(
        ("line", "fault"),
        tuple((str(fault.seq or ""), fault.what) for fault in proof.faults),
        frozenset(("line",)),
    )
    if proof.faults:
        here.write(
            (fault._asdict() for fault in proof.faults),
            lambda: faults,
            lambda width: tables.table(faults),
        )
    parts = [
        plural(proof.entries, "line"),
        plural(proof.documents, "document"),
        plural(proof.claims, "claim"),
        plural(proof.judgements, "judgement"),
    ]
    here.talk(f"{', '.join(parts)}; the last line is {proof.head.seq}, {proof.head.hash or 'none'}")
    if proof.without_text:
        there = proof.documents - proof.without_text
        texts = f"texts of {there} of {plural(proof.documents, 'document')}"
        if proof.imprinted:
            texts += (
                f"; of {plural(proof.imprinted, 'document')} what incidents are derived from is "
                "there without the text, which alone could prove it"
            )
        here.talk(texts)
    if quoted := proof.without_text - proof.imprinted:
        here.talk(f"{plural(quoted, 'document')} known by quotations only")
    if proof.faults:
        say(f"not whole: {plural(len(proof.faults), 'fault')}")
        raise click.exceptions.Exit(1)
    here.talk("all of it is whole")


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
