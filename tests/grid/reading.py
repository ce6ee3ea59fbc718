"""The grid read with Sayso, and the page that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grid.page import amiss, table
from grid.scoring import Judged
from sayso import __version__
from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "grid.md"


def read(
    rows: Iterable[dict[str, Any]], settings: Settings | None = None
) -> dict[str, list[dict[str, Any]]]:
    """The claims of each sentence, by id: every sentence is a document of its own. Raises
    `EngineError` where the engine or the gazetteer cannot be had."""
    reader = Reader(settings or Settings())
    return {
        row["id"]: [
            msgspec.to_builtins(claim)
            for claim in reader.read(
                Document(id=row["id"], text=row["text"], published=row["published"], language="en")
            ).claims
        ]
        for row in rows
    }


def refresh(results: Sequence[Judged]) -> None:
    """Write the figures anew into docs/grid.md: what stands above its last heading is kept."""
    page = PAGE.read_text(encoding="utf-8")
    head = re.split(r"(?m)^## Sayso's figures$", page)[0]
    PAGE.write_text(
        f"{head}## Sayso's figures\n\nSayso {__version__}, as `make grid` found it.\n\n"
        f"{table(results)}\n\nWhat is amiss, and in how many sentences:\n\n"
        f"| amiss | sentences |\n| ----- | --------: |\n{amiss(results)}\n",
        encoding="utf-8",
    )
