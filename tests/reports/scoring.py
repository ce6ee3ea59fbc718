"""The reports as their files have them; a reading answers them as it does the articles."""

from __future__ import annotations

from pathlib import Path

from articles.scoring import HARMS, Article, article

HERE = Path(__file__).parent
KINDS = HARMS | {"homes", "cases"}
"""The kinds that are judged."""


def reports(half: str) -> list[Article]:
    """The reports of a half, `open` or `held`."""
    return [article(file, KINDS) for file in sorted((HERE / half).glob("*.toml"))]
