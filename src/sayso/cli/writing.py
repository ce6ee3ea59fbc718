"""What a command writes: which of its options say where, and what may stand there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import click

from sayso import outputs
from sayso.outputs import Kind
from sayso.settings import FILE, Settings

Which = Callable[[Path, Mapping[str, Any]], Kind | None]
"""What kind of output goes to a path, by it and by what else a command was given; None where the
command refuses such a name."""

TREES = "conllu:"
"""What an engine's name begins with that is a file."""


class Output(click.Path):
    """A file that a command writes, or with `folder` a folder or the address of one. `stdout` says
    that it may be -. Before a command does anything, `spare` looks at every one of them."""

    def __init__(self, which: Which, *, stdout: bool = False, folder: bool = False) -> None:
        super().__init__()
        self.which = which
        self.stdout = stdout
        self.folder = folder

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | str:
        """The path, or of a folder the text as it was given."""
        said = str(value)
        if said == "-" and not self.stdout:
            self.fail("it goes to a file, and not to standard output: give its name", param, ctx)
        if not said or "\0" in said:
            self.fail("it must be the name of a file", param, ctx)
        return said if self.folder else Path(said)


def always(kind: Kind) -> Which:
    """Of an output that is always of one kind."""
    return lambda path, given: kind


def by_suffix(*known: str) -> Which:
    """Of an output whose name says its kind, by ends that the command knows."""
    return lambda path, given: outputs.BY_SUFFIX[path.suffix] if path.suffix in known else None


def spare(settings: Settings, config: Path | None) -> None:
    """Looks at every output of the command that runs. Raises `SettingsError` where one would be
    written over what it must not be: whatever else the command was given, its ledger, the files of
    its settings, or any file that is no earlier output of that kind."""
    context = click.get_current_context()
    given = {param: context.params.get(str(param.name)) for param in context.command.params}
    for param, value in given.items():
        if not isinstance(param.type, Output) or value is None or str(value) == "-":
            continue
        kind = param.type.which(Path(value), context.params)
        if kind is None or "://" in str(value):
            continue
        others: dict[bool, list[str]] = {False: [], True: []}
        for other, said in given.items():
            if other is not param and not isinstance(other.type, click.Choice):
                others[other.nargs == -1].extend(_paths(said))  # what is read can be many
        used: list[str | Path] = [*others[False], *_kept(settings, config)]
        outputs.spare(Path(value), kind, used, others[True])


def _paths(value: Any) -> Iterator[str]:
    """The paths that the value of a parameter may be."""
    for one in value if isinstance(value, tuple) else (value,):
        said = str(one).removeprefix(TREES) if isinstance(one, str | Path) else ""
        if said not in ("", "-") and "://" not in said and "\0" not in said:
            yield said


def _kept(settings: Settings, config: Path | None) -> Iterator[Path]:
    """The files that the settings name, and those that SQLite keeps beside a ledger."""
    yield from (config or FILE, settings.gazetteer, settings.actors)
    if "://" not in settings.ledger:
        for end in ("", *outputs.BESIDE_LEDGERS):
            yield Path(f"{settings.ledger}{end}")


@contextmanager
def output(path: Path, kind: Kind, *, live: bool = False) -> Iterator[TextIO]:
    """A file of that kind to write to, UTF-8; "-" is stdout. `live`, and what is raised, are as in
    `outputs.written`."""
    if str(path) == "-":
        yield sys.stdout
        return
    with outputs.written(path, kind, live=live) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield text
        finally:
            text.detach()  # what it holds goes to the file, which is not its own to close
