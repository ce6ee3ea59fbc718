"""The commands that add places to the gazetteer, show what it holds, and drop what was added."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from sayso.cli.session import common, progress, session
from sayso.publish.wording import plural


@click.group()
def gazetteer() -> None:
    """The places that Sayso knows, and those you add."""


@gazetteer.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@common
def add(files: tuple[Path, ...], **options: Any) -> None:
    """Add places from files of GeoNames or a list of yours.

    FILE is allCountries.zip or the zip of a country, like SY.zip, from
    https://download.geonames.org/export/dump/, or the text in it; alternateNamesV2.zip gives those
    places more names. A list is a CSV or a GeoJSON with name and point (lat, lon) and, if it can,
    country, admin1, admin2, admin3 and population, like OCHA's gazetteers. Ended half way, the same
    command goes on from there.
    """
    from sayso.language.geography import additions

    here = session(options)
    done = additions.add(here.settings.gazetteer, files, partial(progress, here))
    for name in done.given_up:
        here.talk(f"the unfinished import of {name} was dropped")
    for name in done.known:
        here.talk(f"{name} was there already")
    for name in done.new:
        here.talk(f"{name} is added")
    total = f"{plural(done.entries, 'place')} with {plural(done.names, 'name')}"
    here.talk(f"added by now: {total}")


@gazetteer.command()
@common
def status(**options: Any) -> None:
    """What it holds.

    Entries, names, size in megabytes, sources and licences of what Sayso brings and of what was
    added, and whether an import is unfinished.
    """
    from sayso.language.geography.holdings import holdings
    from sayso.publish import sheets, tables

    here = session(options)
    parts = holdings(here.settings.gazetteer)
    sheet = sheets.Sheet(
        ("part", "state", "entries", "names", "megabytes", "what"),
        tuple(tuple(map(str, part)) for part in parts),
        frozenset(("entries", "names", "megabytes")),
    )
    here.write((p._asdict() for p in parts), lambda: sheet, lambda width: tables.table(sheet))
    if any(part.state == "broken" for part in parts):
        raise click.exceptions.Exit(1)


@gazetteer.command()
@common
def remove(**options: Any) -> None:
    """Drop all that was added, an unfinished import too."""
    from sayso.language.geography import additions

    here = session(options)
    dropped = additions.remove(here.settings.gazetteer)
    here.talk("what had been added is dropped" if dropped else "nothing has been added")
