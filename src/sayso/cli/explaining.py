"""The command that tells what a rule is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.session import common, session

if TYPE_CHECKING:
    from rich.console import RenderableType

COLUMNS = ("rule", "field", "says", "word", "example", "gives")


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@common
def explain(rules: tuple[str, ...], **options: Any) -> None:
    """What a rule says, with an example and what it gives; without RULE, all of them.

    RULE is what `sayso why` and `sayso parse` name: number.at_least, modality.hypothetical:if.
    """
    from sayso.claims.rules import explained, register
    from sayso.publish import sheets

    here = session(options)
    found = [explained(rule) for rule in rules] or list(register().items())
    rows = [
        (name, one.field, one.says, one.word or "", one.example or "", one.gives or "")
        for name, one in found
    ]
    here.write(
        (dict(zip(COLUMNS, row, strict=True)) for row in rows),
        lambda: sheets.Sheet(COLUMNS, tuple(rows)),
        lambda width: drawn(rows),
    )


def drawn(rows: Sequence[tuple[str, ...]]) -> RenderableType:
    """Each rule as a block: its id, and below it what is known of it."""
    from rich.text import Text

    from sayso.publish import tables

    grid = tables.grid(max(map(len, COLUMNS)))
    for row in rows:
        for name, cell in zip(COLUMNS, row, strict=True):
            if cell:
                grid.add_row(name, Text(cell, style="bold" if name == "rule" else ""))
        grid.add_row("", "")
    return grid
