"""`python -m sayso`, and the `sayso` command."""

from __future__ import annotations


def main() -> None:
    """Runs the command line; ends the process with its exit code."""
    from sayso.cli import run

    run()


if __name__ == "__main__":
    main()
