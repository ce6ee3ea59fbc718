"""Whether a harm that is read was done to people at all, by weights of words that were learned.

A film kills forty, a bank loses ten, a striker is hurt, an old man dies in his bed: each has the
grammar of a harm, and no record of unrest, conflict and disaster would hold it. What tells it from
a stand that collapses during a match is all the words together: those of the text say what it is
about, those of the sentence and of the claim what was done. `data/<language>/matter.npz`, made by
`models/matter.py`, has three weights a word. A claim that they tell against counts nobody, and its
`because` says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from sayso.claims.event.acts import word
from sayso.language.trees import Sentence, Token
from sayso.records import COUNTED, Claim, Kind

SURE, LIKELY = 0.0, -1.75
"""A text tells of harm where one claim of it is worth `SURE`, and then each that is worth `LIKELY`:
what became of others is told after it, in fewer words ("a guard died, too")."""

SHORTEST = 60
"""In fewer words than these a text does not say what it is about, and no claim is judged."""

KINDS = frozenset(COUNTED) - {"participants", "deployed"}
"""The kinds of claims that are judged: those that count whom something was done to."""

STATED = ("asserted", "reported")
"""Modalities of a harm that somebody vouches for."""

RULE = "modality.other-matter"
"""What the `because` of a claim says that is held to be of another matter."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TOLD = ("Tense=", "VerbForm=")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The table: for each word how much it counts, and what it tells for in a text, in a sentence
    and in a claim; `rest` is how much one counts that is not in it."""

    rows: dict[str, int]
    weights: NDArray[np.float32]
    counts: NDArray[np.float32]
    rest: float
    bias: float

    def score(self, words: Iterable[str], column: int) -> float:
        """What these words together tell for: harm above nought, another matter below."""
        known = sorted({self.rows[w] for w in words if w in self.rows})
        missing = sum(1 for w in set(words) if w not in self.rows)
        counts = self.counts[known]
        length = float(np.sqrt(np.sum(counts * counts) + missing * self.rest**2)) or 1.0
        return float(counts @ self.weights[known, column]) / length


def is_judged(kind: Kind, text: str) -> bool:
    """Whether claims of that kind are judged in a text."""
    return kind in KINDS and _is_long(text)


@lru_cache(4)
def _is_long(text: str) -> bool:
    """Whether a text says what it is about; it is asked of each claim of one."""
    return len(_WORD.findall(text.lower())) >= SHORTEST


def of_text(text: str) -> frozenset[str]:
    """The words of a text as the table has them: as they are written, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def of_tokens(tokens: Iterable[Token]) -> frozenset[str]:
    """The words of a sentence or of a claim as the table has them: lemmas, kinds of names, and the
    tenses and persons in which it is told."""
    return frozenset(w for token in tokens for w in _marks(token))


def of_claim(claim: Claim, tokens: Iterable[Token]) -> frozenset[str]:
    """The words of a claim, and what was read in them: what was done, to whom, to how many, and on
    whose word."""
    number = claim.because.get("count", "")
    read = (
        claim.kind,
        f"who {claim.who.category}" if claim.who else "who",
        f"by {claim.by.category}" if claim.by else "by",
        number if number.startswith("number") else "number",
        claim.basis,
        "named" if claim.people else "",
        "behind" if claim.event else "",
        claim.scope,
    )
    return of_tokens(tokens) | {f"={one}" for one in read}


def _marks(token: Token) -> Iterator[str]:
    if (said := word(token)) is not None:
        yield said
    if token.pos == "PRON":
        yield f"+{token.lower}"
    if token.pos in ("VERB", "AUX"):
        yield "+" + "|".join(sorted(f for f in token.feats.split("|") if f.startswith(_TOLD)))


def judged(
    claims: Sequence[Claim], sentences: Sequence[Sentence], text: str
) -> tuple[list[Claim], int]:
    """The claims, those of harm that is another matter as hypothetical, and how many these are.

    What a table counts is not judged: it has no sentence.
    """
    said = _WORD.findall(text.lower())
    if len(said) < SHORTEST or not sentences:
        return list(claims), 0
    table = weights(sentences[0].language)
    about = table.score(said, 0) + table.bias
    worth = {
        claim.id: about + own
        for claim in claims
        if claim.kind in KINDS and claim.modality in STATED
        if (own := _own(table, claim, sentences)) is not None
    }
    least = LIKELY if max(worth.values(), default=SURE) >= SURE else np.inf
    told = [
        replace(claim, modality="hypothetical", because=claim.because | {"modality": RULE})
        if worth.get(claim.id, np.inf) < least
        else claim
        for claim in claims
    ]
    return told, sum(w < least for w in worth.values())


def _own(table: Weights, claim: Claim, sentences: Sequence[Sentence]) -> float | None:
    """What the words of the claim and of its sentence tell for; None where no sentence has it."""
    span = claim.evidence
    n = bisect_right(sentences, span.start, key=attrgetter("start")) - 1
    if n < 0 or span.start >= sentences[n].end:
        return None
    own = [t for t in sentences[n].tokens if span.start <= t.start < span.end]
    return table.score(of_tokens(sentences[n].tokens), 1) + table.score(of_claim(claim, own), 2)


@cache
def weights(language: str) -> Weights:
    """The table of a language; treat it as read-only."""
    with (
        (files("sayso") / "data" / language / "matter.npz").open("rb") as file,
        np.load(file) as kept,
    ):
        words = bytes(kept["words"]).decode().split("\n")
        return Weights(
            rows={word: n for n, word in enumerate(words)},
            weights=kept["weights"].astype(np.float32) * kept["scale"],
            counts=kept["counts"].astype(np.float32),
            rest=float(kept["rest"]),
            bias=float(kept["bias"]),
        )
