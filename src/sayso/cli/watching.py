"""The command that looks at feeds again and again."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

from sayso.cli.session import (
    common,
    derived,
    engine_option,
    finish,
    ledger_option,
    opened,
    parse_option,
    private_option,
    progress,
    reader,
    session,
    snapshots_option,
    told,
)
from sayso.publish.wording import plural
from sayso.records import Problem

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option(
    "--every", metavar="TIME", help="Go on, and look again after 10m, 2h or 1d; else look once."
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to note what was seen; else in the user's cache folder, by ledger.",
)
@snapshots_option
@private_option
@ledger_option
@engine_option
@parse_option
@common
def watch(
    feeds: tuple[str, ...],
    every: str | None,
    state: Path | None,
    no_snapshots: bool,
    allow_private: bool,
    **options: Any,
) -> None:
    """Put what is new in feeds into the ledger, once or again and again.

    FEEDS are addresses of feeds (RSS, Atom, JSON Feed), OPML lists, or files with one address on
    each line. An article that has changed is kept as another version of it.
    """
    from sayso.ingest.fetching import Fetcher
    from sayso.pipeline.deriving import Held
    from sayso.pipeline.running.feeds import OFTEN, Watch, listed, noted

    pause = None if every is None else seconds(every)
    here = session(options)
    counts: Counter[str] = Counter()
    fetcher = Fetcher(private=allow_private)
    addresses = listed(feeds, fetcher)
    if not addresses:
        raise click.UsageError("there is no feed in that")
    path = state or noted(here.settings)
    with opened(here, create=True) as ledger:
        made = reader(here)
        watched = Watch(path, fetcher, pause or OFTEN)
        held = Held()
        while True:
            new = counts["new"]
            with progress(here, "Reading") as moved:
                found = watched.round(ledger, made, addresses, snapshots=not no_snapshots)
                for item in told(here, moved, found):
                    counts["problem" if isinstance(item, Problem) else item.became] += 1
            derived(here, ledger, held)
            if pause is None:
                break
            here.talk(f"{plural(counts['new'] - new, 'document')} added; again in {every}")
            time.sleep(max(1.0, watched.wait(addresses)))
        done = f"{plural(counts['new'], 'document')} added to {ledger.name}"
    finish(here, f"{done}, {counts['known']} there already", counts["problem"])


def seconds(said: str) -> float:
    """A time as people write it, 10m. Raises `UsageError` where it is none, or too short."""
    from sayso.pipeline.running.feeds import OFTEN

    found = re.fullmatch(r"(\d{1,6})([smhd])", said.strip())
    if found is None:
        raise click.UsageError(f"--every {said}: it is a number and a unit, 10m, 2h or 1d")
    wait = int(found[1]) * UNITS[found[2]]
    if wait < OFTEN:
        raise click.UsageError(f"--every {said}: feeds are asked once in {OFTEN:.0f} s at most")
    return float(wait)
