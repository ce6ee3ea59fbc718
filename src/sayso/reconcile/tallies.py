"""Low - best - high for each kind and group of one incident, as known at any moment.

Low and high span what stands: the latest figure of each voice. Nothing is added up and nothing is
averaged. `best` is the figure of one voice, chosen by a named policy, and every toll says which.
What a voice took back stays visible as withdrawn, and voices that cannot both be right stand side
by side.

A side of the event sets no figure for what it is said to have done, where anybody else counts; but
there are at least as many as it owns to. What it says stays in the record beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sayso.errors import SettingsError
from sayso.reconcile.figures import Figure, denies
from sayso.reconcile.supersession import Histories, History, camps
from sayso.reconcile.weighing import bounds, heard, owned, sound, told
from sayso.records import (
    Bounds,
    Category,
    CurvePoint,
    Kind,
    Origin,
    SourceKind,
    Toll,
)

POLICIES = ("latest", "agreed", "lowest", "highest", "median")
"""How `best` is chosen. `latest` is the latest word of the best-placed voice; `agreed` is the same
where nothing that stands contradicts it, and no number where something does."""

PLACED: tuple[tuple[str, frozenset[SourceKind]], ...] = (
    ("official", frozenset({"official", "hospital", "security_forces", "military", "court"})),
    ("independent", frozenset({"international_body", "ngo", "foreign_government", "document"})),
    ("media", frozenset({"media", "news_agency", "expert", "company", "opposition"})),
    ("unofficial", frozenset({"armed_group", "witness", "relative", "anonymous"})),
)
"""Kinds of source from best to least well placed to know a toll: who counts the dead, who checks,
who passes on, who saw a part of it or has a stake in it. An order, not a verdict on truth."""


def tolls(found: Histories, policy: str = "latest") -> tuple[Toll, ...]:
    """The tolls of one incident, gravest kind first, one for each group of people.

    A kind and group that was only ever denied has no toll. Raises `SettingsError` for an unknown
    policy.
    """
    choose = _chooser(policy)
    return tuple(
        _toll(kind, who, history, choose(history), policy)
        for (kind, who), history in found.items()
        if any(not figure.denial for figure in history.figures)
    )


def curve(found: Histories) -> tuple[CurvePoint, ...]:
    """What became known when: one point for each document, kind, group and voice, oldest first.

    `status` tells what became of the figure since; a point that is itself a denial is `denied`.
    Copies have points too, so that it can be seen how far a figure travelled.
    """
    points = [
        (figure.when, place, _point(figure, row, status))
        for place, (row, history) in enumerate(found.items())
        for figure, status in zip(history.figures, history.status, strict=True)
    ]
    return tuple(point for _, _, point in sorted(points, key=lambda found: found[:2]))


def final(found: Histories, policy: str = "latest") -> dict[str, Bounds]:
    """For each kind the bounds of the figure that the policy settles on, for all people.

    That is the figure for people at large; where there is none, or it is smaller than that of a
    single group, the largest group's. A kind of which nothing stands is left out. Raises
    `SettingsError` for an unknown policy.
    """
    choose = _chooser(policy)
    chosen: dict[str, list[Figure]] = {}
    for (kind, _), history in found.items():
        if (figure := choose(history)) is not None:
            chosen.setdefault(kind, []).append(figure)
    settled: dict[str, Bounds] = {}
    for name, those in chosen.items():
        # What only a side says of its enemies is no toll of all, where others count anybody.
        figures = [f for f in those if sound(f)] or those
        largest = max(figures, key=lambda figure: figure.span)
        people = [figure for figure in figures if figure.row[1] == "unspecified"]
        whole = people[0] if people and people[0].span[1] >= largest.span[0] else largest
        settled[name] = Bounds(low=whole.low, high=whole.high)
    return settled


def best(figure: Figure) -> int | None:
    """The one number that a figure gives: the exact one, the one named ("about 100"), or the least
    where only the least is given ("at least 13"); None for "dozens" and "up to 30"."""
    low, high = figure.low, figure.high
    if low is None or low == high:
        return low
    if high is None:
        return low
    text = figure.claim.count.text if figure.claim.count else ""
    named = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)}
    inside = [number for number in named if low <= number <= high]
    return inside[0] if len(named) == len(inside) == 1 else None


def placed(figure: Figure) -> int:
    """How well placed the voice behind a figure is to know it: 0 is best."""
    kinds = [kinds for _, kinds in PLACED]
    return next(i for i, those in enumerate(kinds) if (figure.voice.kind or "anonymous") in those)


def _latest(figures: Sequence[Figure]) -> Figure:
    top = min(map(placed, figures))
    those = [figure for figure in figures if placed(figure) == top]
    return max(those, key=lambda figure: (figure.when[0], figure.span, figure.when))


def _lowest(figures: Sequence[Figure]) -> Figure:
    return min(figures, key=_by_size)


def _highest(figures: Sequence[Figure]) -> Figure:
    return max(figures, key=_by_size)


def _median(figures: Sequence[Figure]) -> Figure:
    # Of an even number the lower middle one: a figure that somebody gave, not one in between.
    return sorted(figures, key=_by_size)[(len(figures) - 1) // 2]


def _by_size(figure: Figure) -> tuple[object, ...]:
    return figure.span, figure.when


_CHOOSE = {
    "latest": _latest,
    "agreed": _latest,
    "lowest": _lowest,
    "highest": _highest,
    "median": _median,
}


def checked(policy: str) -> str:
    """The name of a policy as it is. Raises `SettingsError` when there is no such policy."""
    if policy not in POLICIES:
        raise SettingsError(f"no policy {policy!r}: choose one of {', '.join(POLICIES)}")
    return policy


def _chooser(policy: str) -> Callable[[History], Figure | None]:
    """The policy of that name: it picks one of what stands, one with a number if any has."""
    rule = _CHOOSE[checked(policy)]

    def choose(history: History) -> Figure | None:
        standing = history.standing
        if not standing or (policy == "agreed" and len(camps(standing)) > 1):
            return None
        best_heard = heard(standing)
        numbered = [figure for figure in best_heard if best(figure) is not None]
        chosen = rule(numbered or best_heard)
        least = owned(standing)
        return least if least and chosen.span[1] < least.span[0] else chosen

    return choose


def _toll(kind: Kind, who: Category, history: History, chosen: Figure | None, policy: str) -> Toll:
    """The toll of one kind and group."""
    standing = history.standing
    low, high = bounds(standing)
    copies = {figure.document.id for figure in history.figures if figure.copy}
    withdrawn = [
        figure.claim.id
        for figure, status in zip(history.figures, history.status, strict=True)
        if status == "withdrawn"
    ]
    return Toll(
        kind=kind,
        who=who,
        low=low,
        best=best(chosen) if chosen else None,
        high=high,
        origins=_origins(history),
        copies=len(copies),
        withdrawn=tuple(withdrawn),
        disputed=_disputed(history),
        links=history.links,
        because=_because(history, chosen, policy, len(copies), len(withdrawn)),
    )


def _origins(history: History) -> tuple[Origin, ...]:
    """The voices whose figures stand, best placed first, each with its claims that still stand."""
    found = []
    for held in sorted(history.standing, key=lambda f: (placed(f), f.voice.name, f.voice.key)):
        claims = [
            figure.claim.id
            for figure, status in zip(history.figures, history.status, strict=True)
            if figure.voice.key == held.voice.key and status == "stands" and not figure.copy
        ]
        found.append(Origin(name=held.voice.name, kind=held.voice.kind, claims=tuple(claims)))
    return tuple(found)


def _disputed(history: History) -> tuple[tuple[str, ...], ...]:
    """The claims of accounts that cannot both be true, group by group, then what denies them.

    Empty when all that stands can be true at once and no other voice denies it.
    """
    accounts = camps(history.standing)
    denials = [
        figure
        for figure in history.figures
        if figure.denial
        and not figure.copy
        and any(f.voice != figure.voice and denies(figure, f.span) for f in history.standing)
    ]
    if denials:
        accounts.append(denials)
    if len(accounts) < 2:
        return ()
    return tuple(
        tuple(figure.claim.id for figure in sorted(those, key=lambda figure: figure.when))
        for those in accounts
    )


def _because(
    history: History, chosen: Figure | None, policy: str, copies: int, withdrawn: int
) -> str:
    """Which policy chose `best`, what sides had to say, and what was left out of the toll."""
    placing = PLACED[placed(chosen)][0] if chosen else "all"
    rules = {
        "latest": f"latest of {placing} sources",
        "agreed": f"latest of {placing} sources, none against it",
        "lowest": "lowest of all sources",
        "highest": "highest of all sources",
        "median": "median of all sources",
    }
    if chosen:
        said = f"best: {rules[policy]}"
    else:
        said = "no best: sources contradict each other" if history.standing else "nothing stands"
    if chosen and best(chosen) is None:
        said += " (they give no number)"
    fates = zip(history.figures, history.status, strict=True)
    superseded = sum(s == "superseded" and not figure.copy for figure, s in fates)
    left = history.left_out
    amounts = (
        (len(left.background), "background"),
        (len(left.parts), "part of another"),
        (len(left.scope), "of another scope"),
        (len(left.unsure), "not said to be so"),
        (superseded, "superseded"),
        (withdrawn, "withdrawn"),
        (copies, "copies" if copies > 1 else "copy"),
    )
    out = [f"{amount} {what}" for amount, what in amounts if amount]
    left_out = [f"left out: {', '.join(out)}"] if out else []
    return "; ".join([said, *told(history.standing, chosen), *left_out])


def _point(figure: Figure, row: tuple[Kind, Category], status: str) -> CurvePoint:
    return CurvePoint(
        at=figure.document.published,
        doc=figure.document.id,
        kind=row[0],
        who=row[1],
        low=figure.low,
        high=figure.high,
        sources=tuple(source.text for source in figure.claim.sources),
        claim=figure.claim.id,
        status=status,  # type: ignore[arg-type]
    )
