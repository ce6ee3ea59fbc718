"""Several sources in one phrase: "police, residents and medics", "X, the mayor, and Y, the chief".

Where a phrase is one source with a description, or a name that holds an "and", it stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.grammar.features import is_plural, is_possessive
from sayso.language.trees import Token

_NOUNS = frozenset(["NOUN", "PROPN", "NUM", "PRON", "X"])


def parts(run: Sequence[Token]) -> list[list[Token]]:
    """The phrase cut where it names several sources: "police and witnesses" is two.

    Only whole phrases are parted: "Russian and Turkish officials" stays one, and so does a name
    that contains "and".
    """
    for n, token in enumerate(run):
        if token.text == "," and 0 < n < len(run) - 2 and _joined(run, n):
            return [list(run[:n]), *parts(_uncoordinated(run[n + 1 :]))]
        if token.lower not in ("and", "&") or not 0 < n < len(run) - 1:
            continue
        left, right = run[_before_aside(run, n - 1)], run[n + 1]
        if left.entity and left.entity == token.entity:
            continue
        tail = run[n + 1 :]
        if left.entity == "LOC" == tail[-1].entity and right.pos == "DET":
            continue  # "the Front of Selm and the Valley"
        lone = all(t.pos in ("NOUN", "PROPN") or t.text == "-" for t in run[:n])
        entities = ("ORG", "PERSON")
        named = left.entity in entities and (
            right.entity in entities
            or (right.pos == "PROPN" and any(t.entity == "PERSON" for t in tail))
        )
        plural = is_plural(left) and is_plural(tail[-1]) and lone
        articled = (right.pos == "DET" or is_possessive(right)) and left.pos in _NOUNS
        if named or plural or articled:
            return [list(run[:n]), *parts(tail)]
    return [list(run)]


def _before_aside(run: Sequence[Token], last: int) -> int:
    """Index of the word before the brackets that close at `last`: "Oren Vask (Greens) and"."""
    opening = next((k for k in range(last, 0, -1) if run[k].text == "("), 0)
    return opening - 1 if opening and run[last].text == ")" else last


def _joined(run: Sequence[Token], comma: int) -> bool:
    """Whether another source begins behind the comma: "police, residents and medics", "X, the
    mayor, and Y, the chief"; what only describes the one before it is none.
    """
    rest = _uncoordinated(run[comma + 1 :])
    heads = {t.i for t in run[: comma + 1]}
    stop = next((n for n, t in enumerate(rest) if t.text == "," or t.dep == "cc"), len(rest))
    item = rest[:stop]
    if not item:
        return False
    head = next((t for t in item if t.head.i in heads), None)
    if head is None or head.relation not in ("conj", "appos"):
        return False
    if run[comma + 1].dep == "cc":
        return head.relation == "conj"  # "X, the mayor, and Y"
    # A bare comma joins where an "and" still follows, and parts a name from an office.
    last = rest[stop + 1 : stop + 2] if rest[stop : stop + 1] and rest[stop].dep == "cc" else []
    alike = (run[0].entity == "PERSON") == (item[0].entity == "PERSON")
    whole = head.relation == "conj" or bool(last and item[0].pos == last[0].pos == "DET")
    return bool(last) and alike and whole


def _uncoordinated(run: Sequence[Token]) -> list[Token]:
    """The phrase without the "and" before it."""
    return list(run[1:] if run and run[0].dep == "cc" else run)
