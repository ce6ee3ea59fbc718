"""The command that tells what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.session import Session, common, ledger_option, progress, session
from sayso.publish.wording import plural

if TYPE_CHECKING:
    from sayso.publish.board import Board


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--incident", metavar="ID", help="Only of this incident.")
@click.option(
    "--on-record",
    "recorded",
    is_flag=True,
    help="Moments are of what the ledger held then, rather than of what had been published.",
)
@ledger_option
@common
def diff(before: str, after: str, incident: str | None, recorded: bool, **options: Any) -> None:
    """What changed from A to B, figure by figure, and on whose word.

    A and B are two moments (2031-03-05, 2031-03-05T12:00, or now), or two ledgers.
    """
    from sayso.publish import comparison

    here = session(options)
    found = comparison.changes(state(here, before, recorded), state(here, after, recorded))
    if incident is not None:
        found = [change for change in found if change.incident.startswith(incident)]
    here.write(
        (change._asdict() for change in found),
        lambda: comparison.sheet(found),
        lambda width: list(comparison.told(found)),
    )
    here.talk(f"{plural(len(found), 'figure')} changed")


def state(here: Session, name: str, recorded: bool) -> list[Board]:
    """What the ledger of the settings tells at a moment, or the ledger of that name now, laid out
    incident by incident."""
    from sayso.ledger.store import Ledger
    from sayso.pipeline import recall
    from sayso.pipeline.boards import boards

    is_ledger = "://" in name or Path(name).exists()
    address = name if is_ledger else here.settings.ledger
    moment = None if is_ledger or name == "now" else name
    with Ledger.open(address) as ledger, progress(here, "Working out incidents") as moved:
        as_of, on_record = (None, moment) if recorded else (moment, None)
        return list(boards(recall(ledger, here.settings, None, as_of, on_record, moved)))
