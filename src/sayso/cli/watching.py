"""The command that looks at feeds again and again."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
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
    private_option,
    progress,
    reader,
    session,
    snapshots_option,
    told,
)
from sayso.cli.writing import Output, always
from sayso.publish.wording import plural
from sayso.records import Problem

if TYPE_CHECKING:
    from sayso.pipeline import Added
    from sayso.pipeline.running.feeds import Left

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option(
    "--every", metavar="TIME", help="Go on, and look again after 10m, 2h or 1d; else look once."
)
@click.option(
    "--state",
    type=Output(always("note")),
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
    each line. An article that has changed is kept as another version of it. What is left alone is
    said with the reason: a feed that was asked or failed a short while ago, an article that could
    not be had. The feed's own title, outlet and date stand in where a page has none.
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
        said: set[str] | None = None if pause is None else set()
        while True:
            new = counts["new"]
            with progress(here, "Reading") as moved:
                found = watched.round(ledger, made, addresses, snapshots=not no_snapshots)
                for item in told(here, moved, spoken(here, found, said)):
                    counts["problem" if isinstance(item, Problem) else item.became] += 1
            derived(here, ledger, held)
            if pause is None:
                break
            here.talk(f"{plural(counts['new'] - new, 'document')} added; again in {every}")
            time.sleep(max(1.0, watched.wait(addresses)))
        done = f"{plural(counts['new'], 'document')} added to {ledger.name}"
    finish(here, f"{done}, {counts['known']} there already", counts["problem"])


def spoken(
    here: Session, found: Iterable[Added | Problem | Left], said: set[str] | None
) -> Iterator[Added | Problem]:
    """What a round found; what it left alone is said, with the reason. Of rounds that go on for
    ever `said` keeps what was said in them: that once, and nothing of feeds that only wait."""
    from sayso.pipeline.running.feeds import Left

    for item in found:
        if not isinstance(item, Left):
            yield item
            continue
        line = f"{item.input} {item.message}"
        if said is None or not (item.waits or line in said):
            here.talk(line)
        if said is not None:
            said.add(line)


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
