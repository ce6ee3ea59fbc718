"""Low - best - high for each kind and group of one incident, as known at any moment.

Low and high span what stands: the latest figure of each voice. Nothing is added up and nothing is
averaged. `best` is the figure of one voice, chosen by a named policy, and every toll says which.
What a voice took back stays visible as withdrawn, and voices that cannot both be right stand side
by side.

A side of the event sets no figure for what it is said to have done, where anybody else counts; but
there are at least as many as it owns to. What it says stays in the record beside the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.errors import SettingsError
from sayso.reconcile.accord import corroboration, differing, joined
from sayso.reconcile.figure import Figure, denies
from sayso.reconcile.supersession import Histories, History
from sayso.reconcile.weighing import (
    bounds,
    chosen,
    heard,
    number,
    owned,
    rank,
    sound,
    told,
)
from sayso.records import (
    Bounds,
    Category,
    CurvePoint,
    Kind,
    Origin,
    Toll,
)

POLICIES = ("latest", "agreed", "lowest", "highest", "median")
"""How `best` is chosen. `latest` is the latest word of those who are placed best to know, see
`weighing`; `agreed` is the same where nothing that stands contradicts it, and no number where
something does."""


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
    single group, the largest group's. "At least seven" is seven where another voice that stands
    gives seven and no more. A kind of which nothing stands is left out. Raises `SettingsError` for
    an unknown policy.
    """
    choose = _chooser(policy)
    best: dict[Kind, dict[Category, Figure]] = {}
    for (kind, who), history in found.items():
        if (figure := choose(history)) is not None:
            exact = (f for f in history.standing if (f.low, f.high) == (figure.low, figure.low))
            best.setdefault(kind, {})[who] = next(exact, figure)
    settled: dict[str, Bounds] = {}
    for name, those in best.items():
        # What only a side says of its enemies is no toll of all, where others count anybody.
        figures = {who: f for who, f in those.items() if sound(f)} or those
        largest = max(figures.values(), key=lambda figure: figure.span)
        people = figures.get("unspecified")
        whole = people if people and people.span[1] >= largest.span[0] else largest
        settled[name] = Bounds(low=whole.low, high=whole.high)
    return settled


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
    rule = _CHOOSE.get(checked(policy))

    def choose(history: History) -> Figure | None:
        standing = history.standing
        if not standing or (policy == "agreed" and differing(standing)):
            return None
        if rule is None:
            return chosen(standing)
        best_heard = heard(standing)
        numbered = [figure for figure in best_heard if number(figure) is not None]
        picked = rule(numbered or best_heard)
        least = owned(standing)
        return least if least and picked.span[1] < least.span[0] else picked

    return choose


def _toll(kind: Kind, who: Category, history: History, best: Figure | None, policy: str) -> Toll:
    """The toll of one kind and group."""
    standing = history.standing
    denied = _denied(history)
    settled = best is not None and number(best) is not None
    grade, borne = corroboration(best, standing, denied) if best and settled else (None, "")
    low, high = bounds(standing, denied)
    counted = standing[-1].counts if standing else ("people", None)
    copies = {figure.printed for figure in history.figures if figure.copy}
    withdrawn = [
        figure.claim.id
        for figure, status in zip(history.figures, history.status, strict=True)
        if status == "withdrawn"
    ]
    return Toll(
        kind=kind,
        who=who,
        low=low,
        best=number(best) if best else None,
        high=high,
        origins=_origins(history),
        copies=len(copies),
        withdrawn=tuple(withdrawn),
        disputed=_disputed(history, denied),
        links=history.links,
        because=_because(history, best, policy, borne, len(copies), len(withdrawn)),
        corroboration=grade,
        unit=counted[0],
        manner=counted[1],
    )


def _origins(history: History) -> tuple[Origin, ...]:
    """The voices whose figures stand, best placed first, each with its claims that still stand; who
    told of deaths by which fewer are left is none where it has a figure of its own."""
    found = []
    own = {figure.voice.name for figure in history.standing if not figure.moved}
    ranked = sorted(history.standing, key=lambda f: (rank(f).place, f.voice.name, f.voice.key))
    voices = [f.voice for f in ranked if not (f.moved and f.voice.name in own)]
    for voice in voices:
        claims = [
            figure.claim.id
            for figure, status in zip(history.figures, history.status, strict=True)
            if figure.voice.key == voice.key and status == "stands" and not figure.copy
        ]
        found.append(Origin(name=voice.name, kind=voice.kind, claims=tuple(claims)))
    return tuple(found)


def _denied(history: History) -> list[Figure]:
    """What denies, in so many words, what another voice stands by."""
    return [
        figure
        for figure in history.figures
        if figure.denial
        and not figure.copy
        and any(f.voice != figure.voice and denies(figure, f.span) for f in history.standing)
    ]


def _disputed(history: History, denied: Sequence[Figure]) -> tuple[tuple[str, ...], ...]:
    """Every two claims that cannot both be true, the lower first, and what denies with what it
    denies. Empty when all that stands can be true at once and no other voice denies it."""
    pairs = [sorted(pair, key=lambda f: (f.span, f.when)) for pair in differing(history.standing)]
    pairs += [
        [figure, denial]
        for denial in denied
        for figure in history.standing
        if figure.voice != denial.voice and denies(denial, figure.span)
    ]
    return tuple(tuple(figure.claim.id for figure in pair) for pair in pairs)


def _because(
    history: History, best: Figure | None, policy: str, borne: str, copies: int, withdrawn: int
) -> str:
    """Who set `best` and by what policy, how it is borne out, what sides had to say, and what was
    left out of the toll."""
    rules = {
        "lowest": "lowest of all sources",
        "highest": "highest of all sources",
        "median": "median of all sources",
    }
    if best:
        placed = f"latest of {_leading(history, best)}, {rank(best).says}"
        rules |= {"latest": placed, "agreed": f"{placed}, none against it"}
        said = f"best: {rules[policy]}"
        if best.adds:
            said += ", with those added"
    else:
        said = "no best: sources contradict each other" if history.standing else "nothing stands"
    if best and number(best) is None:
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
    out_loud = [borne] if borne else []
    return "; ".join([said, *told(history.standing, best), *out_loud, *left_out])


def _leading(history: History, best: Figure) -> str:
    """The voices of the rank that set `best`, by name: "hospital and mortuary"."""
    those = [f for f in heard(history.standing) if rank(f) == rank(best)] or [best]
    names = dict.fromkeys([best.voice.name, *sorted(f.voice.name for f in those)])
    return joined(list(names))


def _point(figure: Figure, row: tuple[Kind, Category], status: str) -> CurvePoint:
    return CurvePoint(
        at=figure.document.published,
        doc=figure.printed,
        kind=row[0],
        who=row[1],
        low=figure.low,
        high=figure.high,
        sources=tuple(source.text for source in figure.claim.sources),
        claim=figure.claim.id,
        status=status,  # type: ignore[arg-type]
    )
