"""The commands that prove a ledger: that it is whole, and that it is the one it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.session import (
    Session,
    common,
    ledger_option,
    opened,
    progress,
    say,
    session,
)
from sayso.cli.writing import Output, always, output
from sayso.publish.wording import plural

if TYPE_CHECKING:
    from sayso.ledger.proof import Proof


@click.command()
@click.argument("bundle", required=False, type=click.Path(path_type=Path))
@click.option(
    "--since",
    metavar="SEAL",
    help="Prove, too, that the log still holds the line of this seal: a file of sayso seal, or 12 "
    "and more digits of the hash.",
)
@click.option(
    "--quick",
    is_flag=True,
    help="Only the log, texts and files: what is made of them is not compared.",
)
@ledger_option
@common
def verify(bundle: Path | None, since: str | None, quick: bool, **options: Any) -> None:
    """Prove that a ledger, or a BUNDLE, is whole.

    Every line of the log is sealed with the line before; every text has its SHA-256; every claim's
    words stand in its text where it says. All that is looked up - documents, claims, sources, the
    index of words, incidents, tolls, verdicts, what is kept of an incident - is made of the log
    again and compared. Whoever has the file and time can write all of it anew: against that, keep
    a seal elsewhere (sayso seal) and give it as --since.
    """
    from sayso.ledger import bundle as bundles
    from sayso.ledger import seals
    from sayso.pipeline import proving
    from sayso.reconcile.imprinting.making import imprint

    here = session(options)
    seal = None if since is None else seals.read(since)
    if bundle is not None:
        proof = bundles.verify(bundle, seal, imprint)
    else:
        with opened(here) as ledger, progress(here, "Verifying") as moved:
            proof = proving.verify(ledger, moved, seal, quick=quick)
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
    for told in proof.unproved:
        here.talk(told)
    if proof.faults:
        say(f"not whole: {plural(len(proof.faults), 'fault')}")
        if derived := sum(fault.derived for fault in proof.faults):
            here.talk(f"{derived} of them in what sayso rebuild makes again from the log")
        raise click.exceptions.Exit(1)
    here.talk("all that was looked at is whole" if proof.unproved else "all of it is whole")


@click.command()
@click.option(
    "-o",
    "--output",
    "out",
    type=Output(always("seal")),
    help="Write the seal to this file, too, for sayso verify --since.",
)
@ledger_option
@common
def seal(out: Path | None, **options: Any) -> None:
    """Print the hash of the last line of the log, with its number and date: a seal.

    Kept where nobody who can write to the ledger can change it - on paper, in a mail, with a
    notary - it proves later, by sayso verify --since, that no line up to it was changed or taken
    away.
    """
    from sayso.errors import LedgerError
    from sayso.ledger.seals import Seal
    from sayso.publish import sheets

    here = session(options)
    with opened(here) as ledger:
        last = ledger.head()
        if not last.seq:
            raise LedgerError(f"{ledger.name} has no line yet to be sealed")
    made = Seal(hash=last.hash, line=last.seq, at=last.at)
    if out is not None:
        with output(out, "seal") as file:
            file.write(sheets.jsonl([made]))
    sheet = sheets.Sheet(("hash", "line", "date"), ((made.hash, str(last.seq), last.at),))
    here.write([made], lambda: sheet, lambda width: f"{made.hash}\nline {last.seq} of {last.at}")
    if out is not None:
        here.talk(f"sealed line {last.seq} in {out}")
