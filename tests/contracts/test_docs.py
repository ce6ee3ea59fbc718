"""Every command, setting and field is documented, and the generated pages are what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sayso.cli.commands import main
from sayso.settings import Settings, describe

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_reference_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_has_help(name: str) -> None:
    command = main.commands[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_stands_in_a_page_written_by_hand(name: str) -> None:
    written = [p for p in (*DOCS.glob("*.md"), *DOCS.glob("guides/*.md"), ROOT / "README.md")]
    assert any(f"sayso {name}" in p.read_text(encoding="utf-8") for p in written)


def test_every_setting_is_described() -> None:
    assert [name for name, _, _ in describe()] == list(Settings._fields)
    assert all(what for _, _, what in describe())


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert not broken
