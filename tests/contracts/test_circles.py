"""No module imports, itself or through others, what imports it: not even late, in a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"


def modules(root: Path) -> dict[str, str]:
    """The source of every module under a folder, by its dotted name."""
    found = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def imported(source: str, known: Mapping[str, str]) -> Iterator[str]:
    """Which of the modules a source imports anywhere: at its top, in a function, or for types."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module


def circle(sources: Mapping[str, str]) -> list[str]:
    """Modules each of which imports the one before, the first being the last; none: empty."""
    graph = {name: set(imported(source, sources)) - {name} for name, source in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_nothing_imports_in_a_circle() -> None:
    assert not circle(modules(SOURCES))


@pytest.mark.parametrize(
    "late",
    [
        "def later():\n    from p.one import name\n",
        "def later():\n    import p.one\n",
        "if TYPE_CHECKING:\n    from p import one\n",
    ],
)
def test_a_circle_is_found_however_late_it_closes(late: str) -> None:
    sources = {"p": "", "p.one": "from p.two import other\n", "p.two": "import p.three\n"}
    assert not circle({**sources, "p.three": ""})
    assert set(circle({**sources, "p.three": late})) == {"p.one", "p.two", "p.three"}


def test_no_import_is_relative() -> None:
    """Which the search for circles would not see."""
    for name, source in modules(SOURCES).items():
        for node in ast.walk(ast.parse(source)):
            assert not (isinstance(node, ast.ImportFrom) and node.level), name
