"""Whether a harm that is read was done to people at all, by weights of words that were learned.

A film kills forty, a bank loses ten, a striker is hurt, an old man dies in his bed: each sentence has
the grammar of a harm, and no record of unrest, conflict and disaster would hold it. What tells them
from a stand that collapses during a match is all the words together: those of the text say what
it is about, those of the sentence and of the claim itself what was done in it.
`data/<language>/matter.npz`, made by `models/matter.py`, has three weights a word. A claim that they
tell against stays as it was read, and counts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from sayso.claims.event.acts import word
from sayso.language.trees import Sentence, Token
from sayso.records import COUNTED, Claim

SURE, LIKELY = -0.5, -1.75
"""A text tells of harm where one claim of it is worth `SURE`, and then each that is worth `LIKELY`: what
becomes of the others is told after it, in fewer words ("a guard died, too")."""

KINDS = frozenset(COUNTED) - {"participants", "deployed"}
"""The kinds of claims that are judged."""

RULE = "modality.other-matter"

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_STATED = ("asserted", "reported")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The table: for each word how much it counts, and what it tells for in a text, in a sentence and
    in a claim; `rest` is how much one counts that is not in it."""

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


def of_text(text: str) -> frozenset[str]:
    """The words of a text as the table has them: as they are written, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def of_tokens(tokens: Iterable[Token]) -> frozenset[str]:
    """The words of a sentence or of a claim as the table has them: lemmas, kinds of names, and the
    tenses and persons in which it is told."""
    return frozenset(w for token in tokens for w in _marks(token))


def of_claim(claim: Claim, tokens: Iterable[Token]) -> frozenset[str]:
    """The words of a claim, and what was read in them: what was done, to whom, to how many, and on whose
    word."""
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


_TOLD = ("Tense=", "VerbForm=")


def judged(
    claims: Sequence[Claim], sentences: Sequence[Sentence], text: str
) -> tuple[list[Claim], int]:
    """The claims, those of harm that is another matter as hypothetical, and how many these are."""
    asked = [c for c in claims if c.kind in KINDS and c.modality in _STATED]
    if not asked:
        return list(claims), 0
    table = weights(sentences[0].language)
    about = table.score(of_text(text), 0) + table.bias
    worth = {c.id: about + _own(table, c, sentences) for c in asked}
    least = LIKELY if max(worth.values()) >= SURE else np.inf
    told = [
        replace(c, modality="hypothetical", because=c.because | {"modality": RULE})
        if worth.get(c.id, np.inf) < least
        else c
        for c in claims
    ]
    return told, sum(w < least for w in worth.values())


def _own(table: Weights, claim: Claim, sentences: Sequence[Sentence]) -> float:
    """What the words of the claim and of its sentence tell for."""
    span = claim.evidence
    here = next((s for s in sentences if s.start <= span.start < s.end), None)
    if here is None:  # the cell of a table
        return 0.0
    own = [t for t in here.tokens if span.start <= t.start < span.end]
    return table.score(of_tokens(here.tokens), 1) + table.score(of_claim(claim, own), 2)


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
