"""`sayso read --on ray`: reading on many machines, and what was read there into a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from sayso.cli.session import Session, finish, progress, say
from sayso.errors import SettingsError
from sayso.publish.wording import plural
from sayso.records import Document, Problem, Reading

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger

RAY = "ray"

Items = Iterator[tuple[Document, Reading] | Problem]
"""What was read, document by document."""


def spread(here: Session, inputs: Sequence[str], on: str | None, out: str | None) -> None:
    """Read the inputs on a cluster, and work out what they tell together."""
    where, _, address = (on or "").partition(":")
    if where != RAY or not out:
        raise click.UsageError("reading on many machines takes --on ray[:ADDRESS] and --out DIR")
    if "-" in inputs:
        raise click.UsageError("many machines cannot read one standard input; name files")
    needed()
    from sayso.scale import results
    from sayso.scale.spread import read

    with progress(here, "Reading") as moved:
        done = read(inputs, out, here.settings, address, moved)
    for item in results.read(out):
        if isinstance(item, Problem):
            say(f"{item.input}: {item.message}")
        else:
            here.note(item[1])
    what = f"{plural(done.documents, 'document')} read, {plural(done.claims, 'claim')}, in {out}"
    if done.before:
        what += f"; {plural(done.before, 'group')} of them had been read before"
    finish(here, what, done.problems)


def brought(source: str) -> tuple[str, Items]:
    """Who read what is in the folder of a run, and what was read. Raises `InputError` where it is
    none, or is not finished."""
    needed()
    from sayso.scale import results

    return results.reader(source), results.read(source)


def taken(here: Session, ledger: Ledger, reader: str, items: Items) -> int:
    """Brings what was read in the folder of a run into a ledger; how many problems there were."""
    from sayso.pipeline.writing import take

    new = known = problems = 0
    with progress(here, "Importing") as moved:
        for item in take(ledger, reader, items):
            if isinstance(item, Problem):
                say(f"{item.input}: {item.message}")
                problems += 1
            else:
                known += item.became == "known"
                new += item.became != "known"
            moved(new + known, 0)
    here.talk(f"{plural(new, 'document')} brought into {ledger.name}, {known} there already")
    return problems


def needed() -> None:
    """Raises `SettingsError` where Ray is not installed."""
    if not (find_spec("ray") and find_spec("pyarrow")):
        raise SettingsError("this needs Ray: pip install 'sayso[ray]'")
