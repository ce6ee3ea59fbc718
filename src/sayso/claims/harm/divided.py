"""Figures at the head of blocks that divide one over them: "19 civilians were killed:", and below
"8 in Karsa: ..." and "11 in the port of Tovar".

The line over them ends in a colon and counts somebody; a block begins with a number and says by a
preposition where or how. Together they are no more than the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.claims.harm.figure import Figure
from sayso.language.quantities import quantities
from sayso.language.trees import Sentence


class Division:
    """The figure that the blocks of a text divide, sentence by sentence."""

    def __init__(self) -> None:
        self._whole: Figure | None = None
        self._left = 0
        self._paragraph = -1

    def part(self, sentence: Sentence) -> Figure | None:
        """The figure with which a sentence begins its block, if it is a part of that whole."""
        begins, self._paragraph = sentence.paragraph != self._paragraph, sentence.paragraph
        whole, line = self._whole, sentence.tokens
        if not begins or whole is None or len(line) < 3:
            return None
        first = next((q for q in quantities(sentence) if q.tokens[0] is line[0]), None)
        behind = line[first.tokens[-1].i + 1 :][:1] if first and first.unit is None else ()
        count = first.count.low if first and first.count.low == first.count.high else None
        if first is None or count is None or not behind or behind[0].pos != "ADP":
            return None
        if not 0 < count <= self._left:
            self._whole = None
            return None
        self._left -= count
        return Figure(
            kind=whole.kind,
            count=first.count,
            who=whole.who,
            by=whole.by,
            predicate=first.tokens[-1],
            tokens=first.tokens,
            whole=whole,
            because={
                "kind": "harm.of-the-whole",
                "count": f"number.{first.rule}",
                "part_of": "part.sum",
            },
        )

    def goes_on(self, sentence: Sentence, told: Sequence[Figure]) -> None:
        """Take what the sentence counts (`told`) as what the blocks below it divide, where it ends
        in a colon and is no part of another."""
        wholes = [f for f in told if f.whole is None and f.count and f.count.low == f.count.high]
        if sentence.tokens[-1].text == ":" and wholes and wholes[-1].count:
            self._whole, self._left = wholes[-1], wholes[-1].count.low or 0
