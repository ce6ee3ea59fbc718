"""What became of each figure: stands, superseded, withdrawn or denied, and by which claim.

Per voice the latest figure supersedes the earlier ones. Whatever changes a figure is tied to it,
claim to claim: raised, lowered, corrected, denied, withdrawn, contradicted, or of another scope.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.figures import Figure, LeftOut, Row, denies
from sayso.records import Category, Kind, Link, Relation

Status = Literal["stands", "superseded", "withdrawn", "denied"]

OUTGROWN = timedelta(days=1)
"""A figure that is lower and so much older than another may have been true when it was given: dead
are found, and who counts first seldom counts last."""


class History(NamedTuple):
    """The figures of one kind and group, oldest first, and what became of each.

    `standing` are those that stand, one for each voice that was not taken back, oldest first;
    `links` say which claim did what to which earlier one.
    """

    figures: tuple[Figure, ...]
    status: tuple[Status, ...]
    standing: tuple[Figure, ...]
    links: tuple[Link, ...]
    left_out: LeftOut


Histories = Mapping[tuple[Kind, Category], History]
"""The figures of one incident by kind and group of people, gravest kind first."""


def histories(rows: Mapping[tuple[Kind, Category], Row]) -> Histories:
    """What became of the figures of an incident, kind by kind and group by group."""
    return {name: _history(row) for name, row in rows.items()}


def camps(standing: Sequence[Figure]) -> list[list[Figure]]:
    """What stands, in groups that agree within and not with each other, the lowest first.

    A figure that another outgrew is in no group: it contradicts nothing.
    """
    fresh = [f for f in standing if not any(_outgrew(other, f) for other in standing)]
    found: list[list[Figure]] = []
    reach = -1.0
    for figure in sorted(fresh, key=lambda figure: (figure.span, figure.when)):
        if found and figure.span[0] <= reach:
            found[-1].append(figure)
            reach = min(reach, figure.span[1])
        else:
            found.append([figure])
            reach = figure.span[1]
    return found


def _outgrew(later: Figure, earlier: Figure) -> bool:
    """Whether a figure is higher and so much later than another that both may have been true."""
    apart = later.when[0][0] - earlier.when[0][0]
    return later.span[0] > earlier.span[1] and apart > OUTGROWN


def _history(row: Row) -> History:
    """What became of each figure, and which of them each voice stands by in the end.

    A voice's next figure supersedes its last one; one that is lower throughout, or a denial,
    withdraws it. A figure that is only vaguer ("dozens" after "31") changes nothing.
    """
    figures = row.figures
    fate: list[Status] = []
    links: list[Link] = []
    holds: dict[str, dict[str, int]] = defaultdict(dict)
    for i, figure in enumerate(figures):
        line = holds[figure.voice.line]
        own = line.get(figure.voice.key)
        said = figures[own].span if own is not None else None
        low, high = figure.span
        fate.append("denied" if figure.denial else "stands")
        if figure.denial:
            if not figure.copy:
                links += _denials(figure, figures, holds)
                if said and denies(figure, said):
                    _end(figures, fate, figure.voice.key, "withdrawn")
                    del line[figure.voice.key]
        elif figure.copy:
            if said != figure.span:
                fate[i] = "superseded"
        elif said and said != figure.span and low <= said[0] and said[1] <= high:
            continue
        else:
            for key, held in list(line.items()):
                before = figures[held]
                if before.span != figure.span:
                    change = _change(before, figure)
                    lowered = key == figure.voice.key and high < before.span[0]
                    _end(figures[:i], fate, key, "withdrawn" if lowered else "superseded")
                    links.append(_link(figure, change, before))
                    del line[key]
            line[figure.voice.key] = i
    holding = sorted(i for line in holds.values() for i in line.values())
    standing = tuple(figures[i] for i in holding)
    links += _contradictions(standing)
    links += _scopes(standing, row.left_out)
    return History(figures, tuple(fate), standing, tuple(links), row.left_out)


def _change(before: Figure, after: Figure) -> Relation:
    """How a voice's figure changes its last one: it owns to an error, or counts more, or less."""
    if _owns_to_an_error(after):
        return "corrected"
    return "lowered" if after.span < before.span else "raised"


def _owns_to_an_error(figure: Figure) -> bool:
    """Whether the sentence that gives a figure, or the next one, says that an earlier was wrong."""
    text, evidence = figure.document.text, figure.claim.evidence
    start = max((m.end() for m in _END.finditer(text, 0, evidence.start)), default=0)
    ends = [m.end() for m in _END.finditer(text, evidence.end)]
    until = ends[1] if len(ends) > 1 else len(text)
    told = re.findall(r"[^\W\d_]+", text[start:until].lower())
    return not words("corrections", "words", LANGUAGE).isdisjoint(told)


_END = re.compile(r"[.!?][”\"')]?\s+|\n\s*\n")


def _denials(
    denial: Figure, figures: Sequence[Figure], holds: Mapping[str, Mapping[str, int]]
) -> list[Link]:
    """What a denial does to what stands: a voice withdraws its own figure, and denies others'."""
    standing = sorted(i for line in holds.values() for i in line.values())
    return [
        _link(denial, "withdrawn" if figures[i].voice.key == denial.voice.key else "denied", said)
        for i in standing
        if denies(denial, (said := figures[i]).span)
    ]


def _contradictions(standing: Sequence[Figure]) -> list[Link]:
    """Each of the accounts that cannot both be true with the last word of each other, the later
    with the earlier."""
    found = []
    groups = camps(standing)
    for figure in sorted(standing, key=lambda figure: figure.when):
        for group in groups:
            if figure in group or not any(figure in other for other in groups):
                continue
            earlier = [f for f in group if f.when < figure.when and _disjoint(f, figure)]
            if earlier:
                found.append(_link(figure, "contradicted", max(earlier, key=lambda f: f.when)))
    return found


def _disjoint(a: Figure, b: Figure) -> bool:
    return a.span[1] < b.span[0] or b.span[1] < a.span[0]


def _scopes(standing: Sequence[Figure], left_out: LeftOut) -> list[Link]:
    """Figures of another scope, each tied to the last of those that stand."""
    if not standing:
        return []
    last = max(standing, key=lambda figure: figure.when).claim.id
    return [Link(claim=claim, relation="other_scope", of=last) for claim in left_out.scope]


def _link(claim: Figure, relation: Relation, of: Figure) -> Link:
    return Link(claim=claim.claim.id, relation=relation, of=of.claim.id)


def _end(figures: Sequence[Figure], fate: list[Status], voice: str, status: Status) -> None:
    """Mark what a voice had said as no longer standing."""
    for i, figure in enumerate(figures[: len(fate)]):
        if figure.voice.key == voice and fate[i] == "stands":
            fate[i] = status
