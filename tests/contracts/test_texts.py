"""Texts are looked at where the imprint is made, and nowhere else in `reconcile`."""

from __future__ import annotations

import ast
from pathlib import Path

import sayso.reconcile

HERE = Path(sayso.reconcile.__file__).parent
MAKER = HERE / "imprinting" / "making.py"


def looks(path: Path) -> list[int]:
    """The lines that ask a document for its text."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == "text":
            of = node.value
            name = of.id if isinstance(of, ast.Name) else getattr(of, "attr", "")
            if name in ("document", "documents", "d", "page", "doc"):
                found.append(node.lineno)
    return found


def test_reconcile_takes_from_a_text_what_its_imprint_has() -> None:
    asked = {path.name: lines for path in HERE.rglob("*.py") if (lines := looks(path))}
    assert set(asked) == {MAKER.name}
