"""What a coder would call each snippet, and what Sayso does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.lexicon import codes as tables
from sayso.pipeline import Reader
from sayso.pipeline.boards import speakers
from sayso.publish import codes
from sayso.publish.board import board
from sayso.reconcile.coverage import incidents
from sayso.records import Document
from sayso.settings import Settings

HERE = Path(__file__).parent
HALVES = ("open", "held", "aside")
"""The halves of one set, and what is left aside of another."""
PUBLISHED = "2031-06-30"

Snippet = dict[str, Any]


def snippets(half: str) -> list[Snippet]:
    """The snippets of a half, by their ids."""
    lines = (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def asked(snippet: Snippet) -> str | None:
    """The sub-event of its first act; None of a decoy, or where ACLED has none."""
    return snippet["events"][0]["sub_event"] if snippet["events"] else None


def given(settings: Settings, those: Iterable[Snippet]) -> Iterator[tuple[Snippet, str | None]]:
    """Each snippet with the sub-event of its first incident that has one, None where none has."""
    reader = Reader(settings)
    for snippet in those:
        text = Document(
            id=snippet["id"],
            outlet="",
            title="",
            text=snippet["text"],
            published=PUBLISHED,
            language="en",
        )
        claims = {text.id: reader.read(text).claims}
        found = incidents([text], claims)
        told = (board(one, [text], claims, speakers(one, [text], claims)) for one in found)
        coded = (codes.coded(one, "acled").code for one in told)
        yield snippet, next(filter(None, coded), None)


def figures(pairs: Iterable[tuple[Snippet, str | None]]) -> dict[str, float]:
    """The shares that README tells of, three digits each."""
    wanted, got, right, decoys = Counter(), Counter(), Counter(), Counter()
    for snippet, code in pairs:
        want = asked(snippet)
        if want is None:
            decoys[code is None] += 1
            continue
        wanted[want] += 1
        if code is not None:
            got[code] += 1
        right[want] += code == want
    acts, said, hits = wanted.total(), got.total(), right.total()
    f1 = sum(wanted[k] * 2 * right[k] / (wanted[k] + got[k]) for k in wanted)
    shares = {
        "given": said / acts,
        "right": hits / acts,
        "of given": hits / said if said else 1.0,
        "f1": f1 / acts,
        "quiet": decoys[True] / decoys.total(),
    }
    return {name: round(share, 3) for name, share in shares.items()}


def sub_events() -> set[str]:
    """The sub-events that ACLED has."""
    return set(tables("acled")["sub_event_types"])
