"""The command line: `session` is what commands share, `commands` and `demo` are the commands."""

from sayso.cli.commands import run

__all__ = ["run"]
