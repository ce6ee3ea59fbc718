"""Lists of people under a line that says what became of them, one to a row.

"The dead:", "Names of those killed:", and below "1. Ada Voss, 34, nurse". Each row is one of them;
the first line that is none ends the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso import lexicon
from sayso.claims.harm.figure import Figure, named
from sayso.claims.harm.parts import among
from sayso.language.trees import Sentence, Token
from sayso.records import Count, Kind

LONGEST = 20
"""Words of a row of a list at most, punctuation among them: a longer line is a sentence."""


def heads(sentence: Sentence) -> Kind | None:
    """What became of those in the rows below a line, None where it heads no list of people."""
    line = sentence.tokens
    if len(line) < 2 or line[-1].text != ":" or len(line) > LONGEST:
        return None
    tables = lexicon.harm(sentence.language)
    for token in reversed(line):
        kinds = (*tables.named.words.items(), *tables.labels.items())
        if kind := next((k for k, words in kinds if token.lower in words), None):
            return kind
    return None


def row(sentence: Sentence, kind: Kind, told: Sequence[Figure]) -> Figure | None:
    """The one whom a row of such a list names, as a part of the figures `told` before it; None
    where the line is no row."""
    line = sentence.tokens
    name = next((t for t in line if t.pos not in ("PUNCT", "NUM", "SYM", "X")), None)
    if name is None or len(line) > LONGEST or any(map(_tells, line)):
        return None
    if name.entity != "PERSON" and not (name.pos == "PROPN" and name.kid("flat")):
        return None
    who = named(sentence, name)
    last = max(t.i for t in line if t.pos != "PUNCT")
    one = Figure(
        kind=kind,
        count=Count(low=1, high=1, text=who.text),
        who=who,
        by=None,
        predicate=name,
        tokens=line[name.i : last + 1],
        whole=None,
        because={"kind": "harm.listed", "count": "number.single"},
        noun=name,
    )
    return among(one, told)


def _tells(token: Token) -> bool:
    """Whether a word makes the line a sentence."""
    return token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.feats
