"""The pieces as their file has them; how many of their harms a reading finds, and how many it makes up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from articles.scoring import Article, vouched
from reports.scoring import KINDS, per_thousand

PIECES = Path(__file__).parent / "pieces.toml"

Claims = Iterable[dict[str, Any]]


class Piece(NamedTuple):
    """A piece as an article, and the spans of the harms that it tells of."""

    article: Article
    harms: list[tuple[int, int]]


def pieces() -> list[Piece]:
    """The pieces, in the order of their file."""
    told = tomllib.loads(PIECES.read_text(encoding="utf-8"))["piece"]
    return [piece(n, one) for n, one in enumerate(told, 1)]


def piece(number: int, told: dict[str, str]) -> Piece:
    """A piece as its row has it."""
    text, harms = bare(told["text"].strip())
    head = {"outlet": "Vell Courier", "published": "2031-05-20T12:00:00+00:00", "language": "en"}
    id = f"{number}-{told['topic']}"
    document = {"id": id, "title": told.get("title"), "text": text} | head
    return Piece(Article(id, document, (), frozenset(), KINDS), harms)


def bare(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its braces, and the spans of what stood in them."""
    text, spans = "", list[tuple[int, int]]()
    for part in marked.split("{"):
        inner, closing, rest = part.partition("}")
        if closing:
            spans.append((len(text), len(text) + len(inner)))
        text += inner + rest
    return text, spans


def missed(piece: Piece, claims: Claims) -> list[str]:
    """The harms of a piece that no claim counts."""
    spans = [c["evidence"] for c in claims if c["kind"] in KINDS and vouched(c)]
    text = piece.article.document["text"]
    return [
        text[start:end]
        for start, end in piece.harms
        if not any(span["start"] < end and start < span["end"] for span in spans)
    ]


def made_up(piece: Piece, claims: Claims) -> list[dict[str, Any]]:
    """The harms that are counted as of its own day in a piece that tells of none."""
    counted = (c for c in claims if c["kind"] in KINDS and vouched(c) and c["scope"] == "current")
    return [] if piece.harms else list(counted)


def figures(asked: Sequence[Piece], claims: Mapping[str, list[dict[str, Any]]]) -> dict[str, float]:
    """The share of harms that are found, and false figures in a thousand words where there are none."""
    lost = sum(len(missed(one, claims[one.article.id])) for one in asked)
    false = sum(len(made_up(one, claims[one.article.id])) for one in asked)
    return {
        "found": 1 - lost / sum(len(one.harms) for one in asked),
        "false": per_thousand(false, [one.article for one in asked if not one.harms]),
    }
