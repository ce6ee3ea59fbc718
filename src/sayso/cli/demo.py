"""The demo: a story of an invented city, read, reconciled and shown."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import click

from sayso.cli.session import Session, draw, progress, reader, readings, told
from sayso.records import Problem

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sayso.pipeline import Known

NEXT = """
  sayso demo --ledger demo.db            keep this record, then:
  sayso toll {incident} --ledger demo.db --as-of 2031-03-05T12:00
  sayso why {claim} --ledger demo.db
  sayso report {incident} --ledger demo.db -o report.html
  sayso read your-article.txt            read something of your own
"""


def read(session: Session, story: str) -> Known:
    """What the story tells, without a ledger."""
    from sayso.pipeline import known

    pairs = [item for item in readings(session, [story]) if not isinstance(item, Problem)]
    return known([d for d, _ in pairs], [r for _, r in pairs], session.settings)


def kept(session: Session, story: str, address: str) -> Known:
    """What a ledger tells once the story is in it."""
    from sayso.ingest.inputs import captures
    from sayso.ledger.store import Ledger
    from sayso.pipeline import add, recall

    with Ledger.open(address, create=True) as ledger, progress(session, "Reading") as moved:
        for _ in told(session, moved, add(ledger, reader(session), captures([story]))):
            pass
        return recall(ledger, session.settings)


def show(session: Session, ledger: str | None) -> None:
    """Reads the story and prints its incidents, the toll board of the main one, the accounts that
    differ and one chain of say-so; keeps the record in `ledger` where one is given.
    """
    from rich.rule import Rule

    from sayso.pipeline.boards import boards
    from sayso.publish import sheets, tables

    with as_file(files("sayso") / "data" / "demo" / "story.jsonl") as story:
        record = kept(session, str(story), ledger) if ledger else read(session, str(story))
    if session.settings.format == "jsonl":
        click.echo(sheets.jsonl(record.incidents), nl=False)
        return
    incident = max(record.incidents, key=lambda i: len(i.documents))
    (board,) = boards(record, {incident.id})
    chains = [line for row in board.rows for voice in row.voices for line in voice.lines]
    example = max(chains, key=lambda line: len(line.claim.sources))

    def drawn(width: int) -> Iterator[RenderableType]:
        copies = len(incident.documents) - sum(1 for _ in board.texts)
        yield f"{len(record.documents)} articles by invented outlets, four days, one invented city."
        yield Rule("Incidents", align="left")
        yield tables.incidents(record.incidents, width)
        yield Rule(f"Toll board: {incident.id}", align="left")
        yield tables.tolls(board, width)
        yield f"\n{copies} of {len(incident.documents)} documents are copies and count once."
        yield Rule("Accounts that differ", align="left")
        yield tables.differences(board)
        yield Rule("Why: one figure, its sentence and its chain of say-so", align="left")
        yield tables.why(example)
        yield Rule("What to try next", align="left")

    draw(drawn)
    click.echo(NEXT.format(incident=incident.id, claim=example.claim.id[:8]))
