"""Every file that others made, or that is made of what they made, stands in THIRD_PARTY.md with its
version, source and licence, and the wheel says the same."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = ("src/sayso/data", "src/sayso/serve/static")

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, cell by cell."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


THEIRS = rows("In the package, by others or made of what others made")
OURS = rows("In the package, Sayso's own")
ASIDE = rows("In the source alone")


def matches(path: str, row: list[str]) -> bool:
    glob = row[0].strip("`")
    return fnmatch(path, glob) and (glob.count("*") > 1 or path.count("/") == glob.count("/"))


@cache
def tracked() -> list[str]:
    """The files of the source that are not made anew by whoever runs it."""
    skipped = {"__pycache__"}
    return sorted(
        str(path.relative_to(ROOT))
        for folder in (*SHIPPED, "tests/browser")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not skipped & set(path.parts)
    )


def test_every_file_of_the_folders_of_data_stands_in_the_page() -> None:
    shipped = [path for path in tracked() if path.startswith(SHIPPED)]
    assert shipped
    assert not [path for path in shipped if not any(matches(path, row) for row in THEIRS + OURS)]
    scripts = [path for path in tracked() if path.startswith("tests/") and path.endswith(".js")]
    assert all(any(matches(path, row) for row in ASIDE) for path in scripts) and scripts


def test_every_row_is_of_files_that_are_there_and_has_all_its_cells() -> None:
    for row in THEIRS + OURS + ASIDE:
        assert any(matches(path, row) for path in tracked()), row
        assert all(row), row
        target = re.fullmatch(r"\[text\]\(([^)]+)\)", row[-1])
        assert target and (ROOT / target[1]).is_file(), row


def test_what_is_unchanged_carries_its_version_where_it_says_one() -> None:
    said = {"maplibre-gl.mjs": "v6.17.0", "axe.min.js": "axe v4.14.1"}
    for path in tracked():
        if (mark := said.get(Path(path).name)) is not None:
            head = (ROOT / path).read_bytes()[:2000].decode("utf-8", "replace")
            assert mark in head
            (row,) = [row for row in THEIRS + ASIDE if matches(path, row)]
            assert row[2] in mark


def test_the_wheel_names_every_licence_of_the_page_and_no_other() -> None:
    named = {part for row in THEIRS + OURS for part in row[-2].split(" AND ")}
    told = PROJECT["license"]
    assert canonicalize_license_expression(told) == told
    assert set(told.split(" AND ")) == named
    assert f"`{told}`" in PAGE
    assert told.startswith("Apache-2.0 AND CC-BY-SA-4.0 AND CC-BY-4.0")


def test_every_text_of_a_licence_goes_with_the_wheel() -> None:
    packed = {
        str(path.relative_to(ROOT)) for glob in PROJECT["license-files"] for path in ROOT.glob(glob)
    }
    texts = {row[-1].removeprefix("[text](").removesuffix(")") for row in THEIRS + OURS}
    assert texts <= packed
    assert {"LICENSE", "THIRD_PARTY.md"} <= packed


def pins(path: Path) -> dict[str, str]:
    return {
        canonicalize_name(name): version
        for name, version in PIN.findall(path.read_text(encoding="utf-8"))
    }


LOCKS = {"run": (), "test": ("test",)}


@pytest.mark.parametrize("name", LOCKS)
def test_whatever_make_installs_is_locked_by_its_hashes(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    for entry in entries:
        assert PIN.match(entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text  # of no index in particular
    locked, known = pins(ROOT / "locks" / f"{name}.txt"), pins(ROOT / "constraints.txt")
    assert len(locked) == len(entries)
    asked = [*PROJECT["dependencies"], "hatchling", "editables"]
    asked += [one for extra in LOCKS[name] for one in PROJECT["optional-dependencies"][extra]]
    lacking = {canonicalize_name(Requirement(one).name) for one in asked} - locked.keys()
    assert not lacking, "make lock"
    other = {
        name: (locked[name], known[name])
        for name in locked.keys() & known.keys()
        if locked[name] != known[name]
    }
    assert not other, "make lock"


def test_make_installs_by_hashes() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in LOCKS:
        assert f"install --require-hashes -r locks/{name}.txt" in rules
    assert "install --no-deps --no-build-isolation -e ." in rules
    # What is not locked is for makers of models, figures and mutants.
    loose = re.findall(r"install -c constraints.txt -e '\.\[([\w,]+)\]'", rules)
    assert not {"test"} & {extra for each in loose for extra in each.split(",")}
