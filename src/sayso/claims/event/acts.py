"""What a coder would call what a sentence tells of, by weights of its words that were learned.

The lexicon names the sense of a verb or a noun that it has. What it lacks, a linear model over all
the words of the sentence may know: `data/<language>/acts.npz`, a row of weights a word, made by
`models/acts.py`. It names the act, one of ACLED's sub-events, or nothing where it is in doubt;
who did it to whom, on whose word, and whether at all is the grammar's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.claims.event import actors, factuality
from sayso.claims.event.frames import SUFFERED, Frame
from sayso.claims.event.stretch import stretch
from sayso.language.grammar import clause as grammar
from sayso.language.topic import about_unrest
from sayso.language.trees import Sentence, Token
from sayso.lexicon import codes
from sayso.records import Event

SURE = 0.16
"""By so much the act must outdo every other: on snippets of a writer whose words it had not seen
four in five acts were right then, and one decoy in twenty was given one."""

NOTHING = 0.8
"""By so much more must words tell for nothing than for any act, where a text is held to be about
something else whatever single words say: so it was of more than half the decoys that had a code,
and of three in a hundred of the acts that had the right one."""

_BARE = frozenset(("PUNCT", "SYM", "DET", "CCONJ"))


class Act(NamedTuple):
    """An act, by ACLED's name for it, the verb in whose clause the words tell most for it, and
    whether all words leave no doubt."""

    name: str
    verb: Token
    is_sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The table: for each word a row of weights, one for each act and the last for none, and how
    much the word counts; `rest` is how much one counts that is not in it."""

    acts: tuple[str, ...]
    rows: dict[str, int]
    weights: NDArray[np.float32]
    counts: NDArray[np.float32]
    rest: float
    bias: NDArray[np.float32]

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """How much these words tell for each act, and for none."""
        known = sorted({self.rows[w] for w in words if w in self.rows})
        missing = sum(1 for w in set(words) if w not in self.rows)
        counts = self.counts[known]
        length = float(np.sqrt(np.sum(counts * counts) + missing * self.rest**2)) or 1.0
        told: NDArray[np.float32] = counts @ self.weights[known] / np.float32(length) + self.bias
        return told


def word(token: Token) -> str | None:
    """A word as the table has it: its lemma, the kind of a name or a number; None of what tells
    nothing."""
    if token.pos in _BARE:
        return None
    if token.pos == "PROPN":
        return f"@{token.entity}" if token.entity else token.lemma.lower()
    return "#" if token.pos == "NUM" or token.entity == "DATE" else token.lemma.lower()


def act(sentence: Sentence) -> Act | None:
    """What the sentence tells of, None where its words tell more for nothing; an act without a name
    where they leave no doubt that it is nothing."""
    table = weights(sentence.language)
    by_token = {t: w for t in sentence.tokens if (w := word(t)) is not None}
    scores = table.scores(by_token.values())
    best, second = np.argsort(-scores, kind="stable")[:2]
    if best == len(table.acts):
        return (
            None if scores[best] - scores[second] < NOTHING else Act("", sentence.tokens[0], True)
        )
    clauses: dict[Token, float] = {}
    for token, said in by_token.items():
        row = table.rows.get(said)
        verb = next((t for t in (token, *token.ancestors()) if t.pos == "VERB"), None)
        if row is not None and verb is not None:
            told = float(table.counts[row] * table.weights[row, best])
            clauses[verb] = clauses.get(verb, 0.0) + told
    if not clauses:
        return None
    found = max(clauses, key=clauses.__getitem__)
    while found.relation == "advcl" and found.head.pos == "VERB":
        found = found.head  # who "planted their flag after the garrison fled" is no garrison
    sure = bool(scores[best] - scores[second] >= SURE)
    return Act(table.acts[best], found, sure)


def frames(sentences: Sequence[Sentence], text: str) -> list[tuple[int, Frame]]:
    """The acts of a text in which no word of the lexicon tells of anything, each with the number of
    its sentence: none of a text that is about something else than unrest."""
    if not sentences or not about_unrest(text, sentences[0].language):
        return []
    told = ((n, act(sentence)) for n, sentence in enumerate(sentences))
    made = ((n, _frame(one)) for n, one in told if one and one.name and one.is_sure)
    return [(n, frame) for n, frame in made if frame is not None]


def _frame(one: Act) -> Frame | None:
    """The act with its parties, None where the sentence does not say that it happened."""
    verb = one.verb
    if factuality.unreal(verb) or factuality.void(verb):
        return None
    kind, _, mode = codes("acled")["sub_event_types"][one.name]["event"].partition("/")
    by, other = actors.actors(grammar.agent(verb), verb), _other(verb)
    party = actors.named(other) if other is not None else None
    suffered = kind in SUFFERED
    return Frame(
        predicate=verb,
        event=Event(type=kind, mode=mode or None),
        by=actors.joined(by),
        to=None if suffered else party,
        who=party if suffered else None,
        tokens=stretch(verb, [t for t in (*by, other) if t is not None], verb.line()),
        rule=f"learned:{verb.lemma.lower()}",
    )


def _other(verb: Token) -> Token | None:
    """Whom it was done to or fought with: "the Front clashed with soldiers"."""
    against = grammar.obliques(verb, *verb.words("events", "light.against"))
    return grammar.patient(verb) or next(filter(None, map(actors.reach, against)), None)


@cache
def weights(language: str) -> Weights:
    """The table of a language; treat it as read-only."""
    with (
        (files("sayso") / "data" / language / "acts.npz").open("rb") as file,
        np.load(file) as kept,
    ):
        names = [bytes(kept[name]).decode().split("\n") for name in ("acts", "words")]
        return Weights(
            acts=tuple(names[0]),
            rows={word: n for n, word in enumerate(names[1])},
            weights=kept["weights"].astype(np.float32) * kept["scale"],
            counts=kept["counts"].astype(np.float32),
            rest=float(kept["rest"]),
            bias=kept["bias"],
        )
