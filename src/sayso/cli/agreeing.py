"""The command that says how far people agree."""

from __future__ import annotations

from typing import Any

import click

from sayso.cli.session import common, ledger_option, opened, session


@click.command()
@click.option("--differences", is_flag=True, help="Each claim of which two people say otherwise.")
@ledger_option
@common
def agreement(differences: bool, **options: Any) -> None:
    """How far each two people agree who judged the same claims, as Cohen's kappa.

    Of each person the last decision about a claim counts: accepted, corrected, rejected or unsure.
    Kappa is 1 where two always agree, and 0 where they agree no more than by chance.
    """
    from sayso.publish import sheets, tables, wording
    from sayso.review.agreement import agreements

    here = session(options)
    with opened(here) as ledger:
        found = agreements(ledger.judgements())
    if differences:
        sheet = sheets.Sheet(
            ("claim", "first", "says", "second", "says otherwise", "fields"),
            tuple(
                (
                    wording.short(one.claim),
                    pair.first,
                    wording.judgement(one.first, by=False, dated=False),
                    pair.second,
                    wording.judgement(one.second, by=False, dated=False),
                    ", ".join(one.fields),
                )
                for pair in found
                for one in pair.differences
            ),
        )
    else:
        sheet = sheets.Sheet(
            ("first", "second", "claims", "alike", "kappa"),
            tuple(
                (
                    pair.first,
                    pair.second,
                    str(pair.both),
                    str(pair.alike),
                    wording.kappa(pair.kappa),
                )
                for pair in found
            ),
            frozenset(("claims", "alike", "kappa")),
        )
    here.write((pair.record() for pair in found), lambda: sheet, lambda width: tables.table(sheet))
