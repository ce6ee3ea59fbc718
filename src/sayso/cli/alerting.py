"""The command that tells what people asked to be told of."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from sayso.cli.session import common, derived, ledger_option, opened, say, session
from sayso.errors import PARTIAL
from sayso.publish.wording import plural
from sayso.settings import table


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be told; send and note nothing.")
@ledger_option
@common
def alerts(dry_run: bool, **options: Any) -> None:
    """Tell what the rules in sayso.toml look for: each change once.

    A figure above a number, a second independent origin, accounts that differ, a signed-off toll
    that changed. It is printed and, where `[alerts]` says so, posted to a webhook and mailed; what
    could not be sent is said, and sent at the next run.
    """
    from sayso.publish import sheets, tables
    from sayso.records import Alert
    from sayso.review.alerts import Undelivered, delivery, rules, telling

    here = session(options)
    asked = rules(*table(here.config, "alerts"))
    failed: list[Undelivered] = []
    with opened(here) as ledger:
        derived(here, ledger)
        if dry_run:
            found = list(telling.due(ledger, asked).values())
        else:
            told = list(telling.tell(ledger, asked, partial(delivery.send, asked)))
            found = [one for one in told if isinstance(one, Alert)]
            failed = [one for one in told if isinstance(one, Undelivered)]
    sheet = sheets.Sheet(
        ("rule", "incident", "figure", "text"),
        tuple((one.rule, one.incident, one.figure, one.text) for one in found),
    )
    here.write(found, lambda: sheet, lambda width: tables.table(sheet))
    here.talk(f"{plural(len(found), 'alert')}{' would be told' if dry_run else ''}")
    for one in failed:
        count = plural(one.alerts, "alert")
        say(f"{count} could not be sent by {one.way}, and will be at the next run: {one.why}")
    if failed:
        raise click.exceptions.Exit(PARTIAL)
