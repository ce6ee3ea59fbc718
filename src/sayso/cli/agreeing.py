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
    """How far each two people agree who judged the same things, as Cohen's kappa, by kind of
    decision: what a claim is worth, each field that was corrected, what is one incident or one
    source, and how well an incident is borne out.

    Of each person the last decision about a thing counts, or the first where the settings say that
    the second reading is blind. Kappa is 1 where two always agree, and 0
    where they agree no more than by chance. `sayso judge CLAIM reject --settle` decides where they
    differ.
    """
    from sayso.publish import sheets, tables, wording
    from sayso.review import history
    from sayso.review.agreement import agreements

    here = session(options)
    with opened(here) as ledger:
        found = agreements(ledger.judgements(), blind=here.settings.blind)
        about = [id for pair in found for one in pair.differences for id in (one.claim, one.other)]
        names = history.names(ledger, filter(None, about)) if differences else {}

    def called(*ids: str | None) -> list[str]:
        return [names[id] for id in ids if id is not None and id in names]

    if differences:
        sheet = sheets.Sheet(
            ("about", "what", "kind", "first", "says", "second", "says otherwise", "settled"),
            tuple(
                (
                    " ".join(map(wording.reference, filter(None, (one.claim, one.other)))),
                    wording.clean(" and ".join(called(one.claim, one.other))),
                    pair.kind,
                    wording.clean(pair.first),
                    wording.clean(one.said[0]),
                    wording.clean(pair.second),
                    wording.clean(one.said[1]),
                    wording.judgement(one.settled) if one.settled else "",
                )
                for pair in found
                for one in pair.differences
            ),
        )
    else:
        sheet = sheets.Sheet(
            ("first", "second", "kind", "both", "alike", "kappa"),
            tuple(
                (
                    pair.first,
                    pair.second,
                    pair.kind,
                    str(pair.both),
                    str(pair.alike),
                    wording.kappa(pair.kappa),
                )
                for pair in found
            ),
            frozenset(("both", "alike", "kappa")),
        )
    here.write((pair.record() for pair in found), lambda: sheet, lambda width: tables.table(sheet))
