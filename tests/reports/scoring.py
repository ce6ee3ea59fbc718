"""The reports as their files have them; a reading answers them as it does the articles."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from articles.scoring import HARMS, Article, article, judged, vouched

HERE = Path(__file__).parent
KINDS = HARMS | {"homes", "cases"}
"""The kinds that are judged."""


def reports(half: str) -> list[Article]:
    """The reports of a half, `open` or `held`."""
    return [article(file, KINDS) for file in sorted((HERE / half).glob("*.toml"))]


def nothing(half: str) -> list[Article]:
    """Short pieces of a half, `open` or `held`, that tell of no harm to record."""
    told = tomllib.loads((HERE / "nothing" / f"{half}.toml").read_text(encoding="utf-8"))
    head = {"outlet": "Vell Courier", "published": "2031-05-20T12:00:00+00:00", "language": "en"}
    return [
        Article(
            id=f"{half}-{n}",
            document={"id": f"{half}-{n}", **head, "text": text},
            harms=(),
            never=frozenset(),
            kinds=KINDS,
        )
        for n, text in enumerate(told["articles"], 1)
    ]


def false_figures(
    asked: list[Article], claims: dict[str, list[dict[str, Any]]]
) -> list[tuple[str, dict[str, Any]]]:
    """The claims of harm, counted or not, that pieces without any were read to make."""
    pairs = ((a.id, pair.claim) for a in asked for pair in judged(a, claims[a.id]))
    return [(id, claim) for id, claim in pairs if claim and vouched(claim)]


def per_thousand(figures: int, asked: list[Article]) -> float:
    """So many false figures for each thousand words of these pieces."""
    return figures * 1000 / sum(len(a.document["text"].split()) for a in asked)
