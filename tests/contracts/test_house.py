"""The house keeps its shape: who imports whom, how long a module may be, what ships with what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "sayso"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each of these libraries is known in one place only, so that it can be exchanged there.
ONLY_IN = {
    "spacy": {"language/with_spacy.py", "pipeline/component.py"},
    "onnxruntime": {"language/encoder.py"},
    "sqlalchemy": {"ledger/"},
    "alembic": {"ledger/migrations/"},
    "argon2": {"ledger/accounts.py"},
    "click": {"cli/"},
    "trafilatura": {"ingest/pages.py"},
    "feedparser": {"ingest/feeds.py"},
    "pypdf": {"ingest/pdf.py"},
    "mammoth": {"ingest/word.py"},
    "rispy": {"ingest/citations.py"},
    "py3langid": {"language/identify.py"},
    "duckdb": {"publish/packages.py"},
    "jinja2": {"publish/report.py", "serve/desk.py"},
    "starlette": {"serve/"},
    "uvicorn": {"serve/app.py"},
    "protego": {"ingest/robots.py"},
    "ray": {"scale/"},
    "pyarrow": {"scale/"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_layers_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_one_place(library: str) -> None:
    users = {str(p.relative_to(PACKAGE)) for p in MODULES if library in imports(p)}
    assert users, f"nothing imports {library}: drop the dependency"
    strangers = {u for u in users if not any(u.startswith(place) for place in ONLY_IN[library])}
    assert not strangers


@pytest.mark.parametrize("folder", ["benchmarks", "models", "tests"])
def test_onnx_runtime_is_told_to_be_quiet_before_it_is_loaded(folder: str) -> None:
    loud = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "onnxruntime" in imports(path):
            before = path.read_text(encoding="utf-8").partition("from onnxruntime")[0]
            if not re.search(r"^ +runtime\(\)", before, re.MULTILINE):
                loud.append(path.name)
    assert not loud, "take it from sayso.language.encoder.runtime"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_short_and_say_what_they_are_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 600
    assert ast.get_docstring(ast.parse(source))


def test_public_functions_and_classes_say_what_comes_back() -> None:
    silent = []
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(PACKAGE)}:{node.name}")
    assert not silent


def test_assert_is_for_tests_only() -> None:
    users = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert not users


def test_every_data_folder_says_its_licence() -> None:
    folders = {p.parent for p in (PACKAGE / "data").rglob("*") if p.is_file()}
    silent = [
        str(folder.relative_to(PACKAGE))
        for folder in sorted(folders)
        if not any(f.name.startswith(("LICENSE", "README")) for f in folder.iterdir())
    ]
    assert not silent


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert heading and heading[1] == sayso.__version__


def test_importing_sayso_is_light() -> None:
    heavy = (
        "spacy",
        "onnxruntime",
        "sqlalchemy",
        "argon2",
        "trafilatura",
        "numpy",
        "rich",
        "jinja2",
        "starlette",
        "protego",
        "ray",
        "pyarrow",
    )
    code = f"import sys, sayso.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
