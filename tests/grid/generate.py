"""All sentences of the grid, in the same order and the same bytes every time."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from grid.casting import Dealer, Unfit
from grid.sentences import make
from grid.words import HERE, Words, load

FILE = HERE / "grid.jsonl"
SIZE = 54
"""Sentences of a construction that does not say how many."""
TRIES = 60


@dataclass(frozen=True)
class Construction:
    """One way to say it: its templates, and what may fill their slots."""

    name: str
    family: str
    seen: tuple[str | dict[str, Any], ...]
    held: tuple[str | dict[str, Any], ...]
    fill: dict[str, Any]
    size: int = SIZE

    def templates(self) -> Iterator[tuple[str, dict[str, Any], bool]]:
        """Each template with what may fill it, and whether it is held out."""
        for held, rows in ((False, self.seen), (True, self.held)):
            for row in rows:
                text, own = (row, {}) if isinstance(row, str) else (row["text"], row)
                yield text, self.fill | own, held


def constructions() -> list[Construction]:
    """The constructions of all files, by name. Raises `KeyError` for one without templates."""
    found = []
    for path in sorted((HERE / "constructions").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            fill = dict(row)
            seen, held = fill.pop("seen"), fill.pop("held")
            size = fill.pop("size", SIZE)
            found.append(Construction(name, path.stem, tuple(seen), tuple(held), fill, size))
    return sorted(found, key=lambda construction: construction.name)


def grid() -> Iterator[dict[str, Any]]:
    """Every sentence with its answer, sorted by id."""
    words, texts = load(), set[str]()
    for construction in constructions():
        yield from sentences(construction, words, texts)


def sentences(
    construction: Construction, words: Words, texts: set[str]
) -> Iterator[dict[str, Any]]:
    """The sentences of one construction, an even share for each template, and none that is in
    `texts`, to which they are added. A template that can say no more than it has said gives fewer.
    Raises `ValueError` for a template at fault."""
    dealer = Dealer(words, Random(construction.name))
    templates = list(construction.templates())
    share = -(-construction.size // len(templates))
    number = 0
    for template, fill, held in templates:
        made = 0
        for _ in range(share * TRIES):
            if made == share:
                break
            try:
                sentence = make(template, fill, dealer)
            except Unfit:
                continue
            except (KeyError, ValueError, IndexError, AttributeError) as error:
                raise ValueError(f"{construction.name}: {template!r}: {error!r}") from error
            if sentence.text in texts:
                continue
            texts.add(sentence.text)
            made, number = made + 1, number + 1
            yield {
                "id": f"{construction.name}-{number:03d}",
                "family": construction.family,
                "construction": construction.name,
                "held": held,
                "verbs": list(sentence.verbs),
                "text": sentence.text,
                "language": "en",
                "published": words.published,
                "claims": list(sentence.claims),
                "never": list(sentence.never),
            }
        if not made:
            raise ValueError(f"{construction.name}: {template!r}: nothing fits its slots")


def written() -> bytes:
    """The file that others run their systems on: a sentence a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in grid()).encode()
