"""The words that state an event, as a careful reader would quote them.

One contiguous stretch of the sentence: the subject where it stands close by, the predicate, its
objects and the short complements after it, without the "X said" of the sentence around it.
"""

from __future__ import annotations

from sayso import lexicon
from sayso.claims.event.words import states
from sayso.language.grammar.features import is_word
from sayso.language.trees import Token

_CLAUSES = ("acl", "advcl", "ccomp", "parataxis", "csubj", "appos", "discourse")


def below(head: Token) -> list[Token]:
    """The words of a phrase without the clauses, asides and punctuation that hang on it."""
    return head.subtree(without=lambda t: t.relation in _CLAUSES or t.dep == "punct")


def stretch(predicate: Token, needed: list[Token], line: tuple[Token, ...]) -> tuple[Token, ...]:
    """The contiguous words from the predicate's subject to the last of the needed phrases.

    `line` is the sentence's tokens. How far it may reach is `evidence` in the table of events.
    """
    reach = lexicon.events(predicate.language).evidence
    left, right = reach.left, reach.right
    first, last = _start(predicate, left), predicate.i
    for phrase in needed:
        span = [t.i for t in below(phrase)]
        if 0 < phrase.i - predicate.i <= right:
            last = max(last, *span)
        elif 0 < predicate.i - phrase.i <= left:
            first = min(first, *span)
    last = _extend(predicate, last, right)
    first, last = _without_sayings(predicate, first, last, line)
    last = min(last, predicate.i + right)
    while last > predicate.i and line[last].pos in ("PUNCT", "CCONJ", "ADP", "DET", "SCONJ"):
        last -= 1
    while first < predicate.i and line[first].pos in ("PUNCT", "CCONJ", "SCONJ"):
        first += 1
    return line[first : last + 1]


def _start(predicate: Token, left: int) -> int:
    """Where the subject begins; without one close by, the first auxiliary or adverb."""
    top = predicate
    while top.relation == "xcomp" and top.head.i < top.i and top.head.pos == "VERB":
        top = top.head
    subject = top.kid("nsubj", "csubj")
    if subject is not None and 0 < predicate.i - subject.i <= left:
        return top.i if is_word(subject, "relative") else min(t.i for t in below(subject))
    before = [c.i for c in top.kids("aux", "advmod", "expl") if c.i < predicate.i]
    own = predicate.kids("compound", "amod", "nummod", "nmod:poss") if not before else []
    before += [t.i for c in own for t in below(c) if c.i < predicate.i]
    return min([top.i, predicate.i, *(i for i in before if predicate.i - i <= left)])


def _extend(predicate: Token, last: int, right: int) -> int:
    """The end of the complements that follow without a break."""
    outside = (*_CLAUSES, "conj", "cc", "punct")
    for t in predicate.subtree(without=lambda t: t.relation in outside):
        if last < t.i <= predicate.i + right and t.i - last <= 2:
            last = t.i
    return last


def _without_sayings(
    predicate: Token, first: int, last: int, line: tuple[Token, ...]
) -> tuple[int, int]:
    """The bounds without a "the ministry said" on either side of the predicate."""
    for t in line[first : last + 1]:
        if t is predicate or not states(t):
            continue
        if t.relation != "parataxis" and predicate not in t.kids("ccomp"):
            continue
        words = [x.i for x in t.subtree(without=lambda x: x.relation in ("ccomp", "conj"))]
        if t.i < predicate.i:
            first = max(first, max(i for i in words if i < predicate.i) + 1)
        else:
            last = min(last, min(i for i in words if i > predicate.i) - 1)
    return first, last
