"""The policy of tolls, as the guide prints it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from sayso.lexicon import table
from sayso.records import SourceKind

GUIDE = Path(__file__).parents[2] / "docs" / "concepts.md"


def test_the_guide_prints_the_policy_as_it_is() -> None:
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    printed = [line for line in lines if line.startswith("| ") and line.count("|") == 3]
    for row in table("weighing", "en")["rank"]:
        assert f"| {row['name']} | {row['means']} |" in printed


def test_every_kind_of_source_has_one_rank() -> None:
    kinds = [kind for row in table("weighing", "en")["rank"] for kind in row["kinds"]]
    assert sorted(kinds) == sorted(get_args(SourceKind))
