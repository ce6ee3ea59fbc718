"""No cell of a table is taken for a formula by a spreadsheet, and `sayso` reads each back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso.cells import guarded, unguarded
from sayso.ingest import tables
from sayso.publish import packages, sheets
from sayso.records import Problem

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹢1",
    " =1+1",
    "   @x",
    "\u3000＝1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "\t=1",
    "\r=1",
    "\n=1",
    " \t\r\n =1",
    "\tplain",
    "\rplain",
    "\x00=1",
]
WORDS = [
    "",
    " ",
    "Karsa",
    "13",
    "13-15",
    "a=b",
    "– dash",
    "'quoted'",
    "'s-Hertogenbosch",
    "1+1",
    "’=1",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_could_be_a_formula_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(f"'{cell}") == cell


@pytest.mark.parametrize("cell", WORDS)
def test_words_are_as_they_were(cell: str) -> None:
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text(st.sampled_from("'=+-@＝ \t\r\n\ufeffa1"), max_size=6) | st.text(max_size=8))
def test_every_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell) in (cell, f"'{cell}")


@pytest.mark.parametrize("mark", [",", "\t"])
def test_both_ways_of_writing_tables_guard_their_cells(mark: str) -> None:
    out = io.StringIO(newline="")
    packages.write(out, {"cell": "", "n": ""}, [{"cell": c, "n": -1} for c in FORMULAS], mark=mark)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=mark))
    assert rows[1:] == [[f"'{cell}", "-1"] for cell in FORMULAS]
    sheet = sheets.Sheet(("cell",), tuple((cell,) for cell in FORMULAS))
    read = list(csv.reader(io.StringIO(sheets.separated(sheet), newline="")))
    assert read[1:] == [[f"'{cell}"] for cell in FORMULAS]


def test_a_table_of_ours_is_read_without_the_guard() -> None:
    out = io.StringIO(newline="")
    rows = [
        {"title": f"{cell} title", "text": f"{cell} Three were killed."} for cell in FORMULAS[:17]
    ]
    packages.write(out, {"title": "", "text": ""}, rows)
    found = list(tables.documents(io.BytesIO(out.getvalue().encode()), "t.csv"))
    titles = [one[1].document.title for one in found if not isinstance(one, Problem)]
    assert len(titles) == len(rows)
    assert not [title for title in titles if title and title.startswith("'")]


def test_whatever_writes_a_table_guards_its_cells() -> None:
    package = Path(sayso.__file__).parent
    writers = [path for path in package.rglob("*.py") if "csv.writer" in path.read_text("utf-8")]
    assert writers == [package / "cells.py"]
