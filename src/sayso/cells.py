"""Cells of tables that no spreadsheet takes for a formula, and the same cells read back.

The rule of the OWASP page on CSV injection, and what spreadsheets do beyond it: white space before
the sign is passed over, and full-width signs (＝ ＋ － ＠) count as the others. An apostrophe in
front makes a spreadsheet show the cell as it is.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from typing import TextIO

GUARD = "'"
_END = "\r\n"

_SIGNS = frozenset("=+-@")
# White space, and what is not seen: joiners, marks of direction, the mark of byte order.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*")


class Rows:
    """Writes the rows of a table: CSV (RFC 4180, but with bare line feeds), its cells parted by
    `mark`, and those of text guarded. Open `out` with `newline=""`."""

    def __init__(self, out: TextIO, mark: str = ",") -> None:
        self._out = out
        # Python before 3.13 puts in quotation marks only what stands in the end of a line: with
        # the usual one, a carriage return in a cell is no new row to whoever reads it.
        self._writer = csv.writer(self, delimiter=mark, lineterminator=_END)

    def write(self, row: str) -> None:
        """What the library writes: one row."""
        self._out.write(row.removesuffix(_END) + "\n")

    def add(self, cells: Iterable[object]) -> None:
        """One row more."""
        self._writer.writerow(guarded(c) if isinstance(c, str) else c for c in cells)


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet could take it for a formula, or
    where it begins with one before such; any other is as it was."""
    return f"{GUARD}{cell}" if _is_formula(cell.lstrip(GUARD)) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`; any cell that this did not change is as it is."""
    bare = cell.startswith(GUARD) and _is_formula(cell.lstrip(GUARD))
    return cell.removeprefix(GUARD) if bare else cell


def _is_formula(cell: str) -> bool:
    if cell[:1] in ("\t", "\r", "\n"):
        return True
    rest = cell[_UNSEEN.match(cell).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    return unicodedata.normalize("NFKC", rest[:1])[:1] in _SIGNS if rest else False
