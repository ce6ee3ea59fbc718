"""What a figure is to one before it, by its own words and by when it was given: the link between
their claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.reconcile.figure import Figure, LeftOut
from sayso.reconcile.imprinting.making import sentences_of
from sayso.reconcile.imprinting.sentences import owns_to_an_error
from sayso.reconcile.weighing import SOON, is_slow, knows, number, overtaken, rank, weight
from sayso.records import Link, Relation


def how(figure: Figure) -> str | None:
    """What a figure says that it is to those before it, None where it says nothing."""
    return figure.claim.change.how if figure.claim.change else None


def corrects(figure: Figure) -> bool:
    """Whether a figure takes the place of one that was wrong, as it says or the words around it."""
    return how(figure) == "revised" or _owns_to_an_error(figure)


def is_put_right(before: Figure, by: Figure) -> bool:
    """Whether a figure is a higher one that a lower one, of a voice placed as well, puts right."""
    placed = rank(by).place <= rank(before).place and knows(before)
    return placed and before.span[0] > by.span[1] and not weight(before)


def is_whole(figure: Figure) -> bool:
    """Whether a figure says that it counts all so far."""
    return figure.claim.because.get("kind") == "harm.toll" or how(figure) == "total"


def change(before: Figure, after: Figure) -> Relation:
    """How a voice's figure changes its last one: it owns to an error, or counts more, or less."""
    if corrects(after):
        return "corrected"
    return "lowered" if after.span < before.span else "raised"


def _owns_to_an_error(figure: Figure) -> bool:
    """Whether the sentence that gives a figure, or the next one, says that an earlier was wrong."""
    return owns_to_an_error(sentences_of(figure.document), figure.claim.evidence)


def counts_later(last: Figure, figure: Figure) -> bool:
    """Whether a higher figure is a later count and no other account: of who can know, and so much
    later."""
    if last.claim.id in overtaken([last, figure]):
        return True
    later = figure.when[0][0] - last.when[0][0] >= SOON and last.span[1] < figure.span[0]
    return later and knows(figure) and not is_slow(figure) and not weight(figure)


def surpasses(figure: Figure, last: Figure) -> bool:
    """Whether a figure is higher than what another gave as the least: 17 after "at least nine"."""
    now, was = number(figure), number(last)
    return now is not None and was is not None and last.high is None and was < now


def scopes(figures: Sequence[Figure], left_out: LeftOut) -> list[Link]:
    """What counts another stretch of land, or an older event, each tied to the highest figure that
    its own document gives of this one, or the last of all."""
    last: dict[str, Figure] = {}
    for figure in (f for f in figures if not f.denial):
        held = last.get(figure.document.id)
        if held is None or (figure.low or 0) >= (held.low or 0):
            last[figure.document.id] = figure
    if not last:
        return []
    latest = max(last.values(), key=lambda figure: figure.when).claim.id
    found = [Link(claim=claim, relation="other_scope", of=latest) for claim in left_out.scope]
    for document, claim in left_out.background:
        if document in last:
            of = last[document].claim.id
            found.append(Link(claim=claim, relation="other_scope", of=of))
    return found


def link(claim: Figure, relation: Relation, of: Figure) -> Link:
    """That a figure did that to an earlier one."""
    return Link(claim=claim.claim.id, relation=relation, of=of.claim.id)
