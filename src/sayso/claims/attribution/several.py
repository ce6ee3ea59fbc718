"""Several sources in one phrase: "police, residents and medics", "X, the mayor, and Y, the chief".

Where a phrase is one source with a description, or a name that holds an "and", it stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.language.grammar.features import is_plural
from sayso.language.grammar.noun_phrase import fellows
from sayso.language.people import is_collective
from sayso.language.trees import Token


def parts(run: Sequence[Token]) -> list[list[Token]]:
    """The phrase cut where it names several sources: "police and witnesses" is two.

    Only whole phrases are parted: "Russian and Turkish officials" stays one, and so does a name
    that contains "and".
    """
    inside = {t.i: n for n, t in enumerate(run)}
    head = next((t for t in run if t.head.i not in inside or t.head is t), run[0])
    cuts = [0]
    for fellow in sorted({*fellows(head), *_listed(head)}, key=lambda t: t.i):
        if fellow is head or fellow.i not in inside:
            continue
        own = fellow.subtree(without=lambda t: t.relation == "conj")
        first = next(t.i for t in own if t.dep != "cc" and t.pos != "PUNCT")
        if inside.get(first, 0) > cuts[-1] and _is_another(fellow, head):
            cuts.append(inside[first])
    ends = [*cuts[1:], len(run)]
    return [_trimmed(run[a:b]) for a, b in zip(cuts, ends, strict=True)]


def _listed(head: Token) -> list[Token]:
    """Those of a list whose first the tree takes for a description: "the governor, a judge and the
    bishop"."""
    same = [a for a in head.kids("appos") if a.entity == head.entity]
    lists = [a.conjuncts() for a in same]
    found = [t for one in lists if len(one) > 1 and all(o.kid("det") for o in one) for t in one]
    # Two names are two, where another follows: "Norland, the Red Crescent and elders".
    names = [a for a in same if a.entity and any(c.i > a.i for c in head.kids("conj"))]
    return found + names


def _is_another(fellow: Token, head: Token) -> bool:
    """Whether what is joined to a head is a source of its own."""
    joint = fellow.kid("cc")
    if joint is None and (fellow.entity == "PERSON") != (head.entity == "PERSON"):
        return False  # "Oren Vask, the mayor, and ..."
    if (joint is not None and joint.entity not in ("", "PERSON")) or fellow.kid("case"):
        return False  # "the Front of Selm and the Valley"
    if head.entity in ("LOC", "NORP") and is_plural(fellow) and not fellow.kid("det"):
        return not any(t.entity == head.entity for t in fellow.kids("compound", "amod"))
    if fellow.pos == "NUM":
        return head.entity != "PERSON"  # "Jon Sesk, a Green and one of the first"
    # "a doctor and activist" is one person
    one = fellow.pos == "NOUN" and not fellow.kids("det", "nmod:poss") and _is_one(fellow)
    return not (one and (_is_one(head) or bool(head.kid("det", "appos"))))


def _is_one(noun: Token) -> bool:
    """Whether a noun is a word for one human being."""
    return noun.pos == "NOUN" and not (is_plural(noun) or is_collective(noun))


def _trimmed(run: Sequence[Token]) -> list[Token]:
    """The words without the marks and the "and" at their end."""
    end = len(run)
    while end > 1 and (run[end - 1].text in (",", ";") or run[end - 1].dep == "cc"):
        end -= 1
    return list(run[:end])
