"""Lists of people under a line that says what became of them, one to a row.

"The dead:", "Names of those killed:", and below "1. Ada Voss, 34, nurse". Each row is one of them;
the first line that is none ends the list. Under a heading without a colon only items are rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso import lexicon
from sayso.claims.harm.figure import Figure, named
from sayso.claims.harm.parts import among
from sayso.language.groups import party
from sayso.language.people import known
from sayso.language.trees import Sentence, Token
from sayso.lexicon import table
from sayso.records import Count, Kind, Party

_OF_PERSONS: frozenset[Kind] = frozenset(
    ("killed", "injured", "critical", "hospitalised", "missing", "abducted", "detained", "rescued")
)
"""Kinds of which people are listed by name."""

LONGEST = 20
"""Words of a row of a list at most, punctuation among them: a longer line is a sentence."""


class Roster:
    """The list of people that a text is in, sentence by sentence."""

    def __init__(self) -> None:
        self._kind: Kind | None = None
        self._only_items = False
        self._row: int | None = None  # the paragraph of the last row

    def row(self, sentence: Sentence, told: Sequence[Figure]) -> Figure | None:
        """Those whom the next sentence names as a row of the list, as a part of the figures `told`
        before it; None where it is no row."""
        fits = sentence.kind == "item" or not self._only_items
        found = _row(sentence, self._kind, told) if self._kind and fits else None
        if found:
            self._row = sentence.paragraph
        elif sentence.paragraph != self._row:  # and not what else its row says: "Born in May."
            self._kind, self._only_items = heads(sentence), sentence.tokens[-1].text != ":"
        return found


def heads(sentence: Sentence) -> Kind | None:
    """What became of those in the rows below a line, None where it heads no list of people."""
    line = sentence.tokens
    colon = line[-1].text == ":"
    if len(line) > LONGEST or not ((colon and len(line) > 1) or sentence.kind == "heading"):
        return None
    if not colon and any(map(_tells, line)):
        return None  # "Ten killed as bus falls": what happened, and over the whole text
    if {t.lower for t in line} & sentence.words("rows", "divided"):
        return None  # "Deaths by town": no people stand below
    tables = lexicon.harm(sentence.language)
    also: dict[Kind, list[str]] = table("rows", sentence.language)["labels"]
    for token in reversed(line):
        kinds = (*tables.named.words.items(), *tables.labels.items(), *also.items())
        if kind := next((k for k, words in kinds if token.lower in words), None):
            return kind if kind in _OF_PERSONS else None
    return None


def _row(sentence: Sentence, kind: Kind, told: Sequence[Figure]) -> Figure | None:
    line = sentence.tokens
    name = next((t for t in line if t.pos not in ("PUNCT", "NUM", "SYM", "X", "DET")), None)
    if name is None or len(line) > LONGEST or any(map(_tells, line)):
        return None
    who, count = _named(sentence, name)
    if who is None:
        return None
    last = max(t.i for t in line if t.pos != "PUNCT")
    one = Figure(
        kind=kind,
        count=Count(low=count, high=count, text=who.text),
        who=who,
        by=None,
        predicate=name,
        tokens=line[name.i : last + 1],
        whole=None,
        because={"kind": "harm.listed", "count": "number.single"},
        noun=name,
    )
    return among(one, told)


def _named(sentence: Sentence, name: Token) -> tuple[Party | None, int]:
    """Whom a row names, and how many they are: by name, or as somebody whose name is not known."""
    others = [t for t in name.kids("conj") if t.pos == "PROPN"]
    is_item = sentence.kind == "item"
    aged = is_item and not name.entity and any(t.pos == "NUM" for t in sentence.tokens)
    if name.entity == "PERSON" or (name.pos == "PROPN" and (name.kid("flat") or aged)):
        one = named(sentence, name)
        if not others:
            return one, 1
        end = max(t.end for t in others[-1].subtree() if t is others[-1] or t.relation == "flat")
        return Party(text=sentence.quote(name.start, end), category=one.category), 1 + len(others)
    words = sentence.words("rows", "nameless")
    nameless = next((t for t in sentence.tokens if t.lower in words), None)
    if not is_item or nameless is None:
        return None, 0
    noun = next((t for t in sentence.tokens if known(t) is not None), None)
    if noun is None:
        return Party(text=nameless.text, category="unspecified"), 1
    return party(noun), 1


def _tells(token: Token) -> bool:
    """Whether a word makes the line a sentence."""
    return token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.feats
