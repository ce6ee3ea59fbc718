"""Which figures enter a toll: those of this incident, of its own scope, each once.

A figure enters when it counts people of this incident (not of an older one, not of a period), when
it is said to be so, when it is no part of another figure, and when it counts the same stretch of
land as the others. What a copy repeats is no second figure, but a copy that has another one is an
update. Whose word is that of a side is settled in `sides`, what became of each in `supersession`,
and what they add up to in `tallies`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sayso.reconcile.copies import outlet
from sayso.reconcile.figure import (
    ABSENT,
    PAPERS,
    Counted,
    Figure,
    LeftOut,
    Row,
    denies,
    group,
    sums,
)
from sayso.reconcile.imprinting.making import length
from sayso.reconcile.independence import voices
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.order import day, moment, ordered, posts
from sayso.reconcile.reach import of_wider_ones, other_scope, other_unit
from sayso.reconcile.sides import Sides, Stake, at_large
from sayso.reconcile.together import together
from sayso.records import (
    COUNTED,
    Category,
    Claim,
    CopyGroup,
    Document,
    Kind,
    Voice,
    is_numbered,
)

FULLER = 1.25
"""A copy is taken for an old edition when an earlier member of its group is so many times as long:
agencies lengthen a running story, outlets may print an early edition late."""

ALL_OF_ONE_SORT: frozenset[Kind] = frozenset({"missing", "detained", "abducted", "rescued"})
"""Of these a report counts all in one number, whatever it calls them."""

_ANYBODY: tuple[Category, ...] = ("civilians",)
"""Groups that early reports call everybody by: "miners"."""

_SAID = ("asserted", "reported", "alleged")

_FRESH, _OLD = 30, 300
"""Days before the first report within which an event is of its time, and beyond which it is not."""


def rows(
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    copy_groups: Sequence[CopyGroup] = (),
    judged: Bonds | None = None,
) -> dict[tuple[Kind, Category], Row]:
    """The figures of one incident by kind and group of people, gravest kind first.

    `claims` are by document id; `copy_groups` are documents that are one text; `judged` are the
    names of sources that people say to be one, or two.
    """
    present = ordered(documents)
    counted = {d.id: _counted(claims.get(d.id, ())) for d in present}
    counted = _of_its_time(present, counted)
    voice = voices(counted, present, copy_groups, judged)
    said: dict[tuple[Kind, Category], list[Figure]] = defaultdict(list)
    denials: list[Figure] = []
    parts: dict[tuple[Kind, Category], list[tuple[Figure, str]]] = defaultdict(list)
    parted = [part for document in present for part in posts(document, counted[document.id])]
    for document, those in parted:
        kept, dropped = _main(those, voice)
        for claim, whole in dropped:
            part = Figure(document, claim, voice[claim.id], False, claim.modality == "denied")
            parts[part.row].append((part, whole.id))
        for claim in kept:
            denial = claim.modality == "denied"
            figure = Figure(document, claim, voice[claim.id], False, denial)
            (denials if denial else said[figure.row]).append(figure)
        for row_told in together(those, voice):
            _withsums(said, row_told)
    sides = Sides((d.id, claim) for d in present for claim in claims.get(d.id, ()))
    _with_those_meant(said, sides)
    _beside_their_wholes(said)
    _with_people_at_large(said)
    for denied in denials:
        for row in [row for row in said if _meant(denied, row, said[row])] or [denied.row]:
            said[row].append(denied)
    left, found = _left_out(present, claims, counted), {}
    for row in sorted(said, key=_gravest):
        figures = sorted(weighed(said[row], sides), key=lambda figure: figure.when)
        some = of_wider_ones(figures)
        figures = [f for f in figures if f not in (part for part, _ in some)]
        parts[row] += [(part, whole.claim.id) for part, whole in some]
        elsewhere = (*other_scope(figures), *other_unit(figures))
        figures = _copies([f for f in figures if f.claim.id not in elsewhere], copy_groups)
        left_out = left.get(row, LeftOut())
        told = (*left_out.parts, *((part.claim.id, whole) for part, whole in parts[row]))
        left_out = left_out._replace(scope=elsewhere, parts=told)
        beside = tuple(part for part, _ in parts[row] if not part.denial)
        found[row] = Row(tuple(figures), left_out, beside)
    return found


def _withsums(said: dict[tuple[Kind, Category], list[Figure]], row: Sequence[Claim]) -> None:
    """Give the figures of those told of in one row what they come to: by group, and of people at
    large where all are."""
    kind = row[0].kind
    groups = {who: [c for c in row if group(c) == who] for who in map(group, row)}
    sums = {who: those for who, those in groups.items() if len(those) > 1}
    if len(groups) > 1 and (kind in ALL_OF_ONE_SORT or all(map(at_large, groups))):
        sums["unspecified"] = list(row)
    own = {figure.claim.id: figure for who in groups for figure in said[kind, who]}
    for who, those in sums.items():
        first = next((own[claim.id] for claim in those if claim.id in own), None)
        if first is None:
            continue  # the text has a higher figure
        there, figure = said[kind, who], first._replace(sum=_sum(those))
        if who in groups:
            there[:] = [figure if f is first else f for f in there]
        elif all(f.document.id != figure.document.id for f in there):
            there.append(figure)


def _sum(claims: Iterable[Claim]) -> Counted:
    counts = [c.count for c in claims if c.count]
    open_ = any(c.high is None for c in counts)
    return sum(c.low or 0 for c in counts), None if open_ else sum(c.high or 0 for c in counts)


def weighed(figures: Sequence[Figure], sides: Sides) -> list[Figure]:
    """The figures of a row, those of its sides with what makes them so.

    Where a text says for itself what a side says in it too, it has it from there; so has any that
    gives the figure of a boast, of which nobody else knows. What a paper prints of an unsigned
    message it knows from that alone.
    """
    found, echoes = [], {}
    whole = max(map(_least, figures), default=0)
    for figure in figures:
        if not (figure.own_voice or figure.denial):
            stake = sides.stake(figure.claim, figure.voice, figure.row, whole)
            figure = figure._replace(stake=stake)
            if stake and stake.part != "own":
                echoes[figure.document.id, figure.span] = stake
            if stake and stake.part in ("boasts", "unsigned"):
                echoes["", figure.span] = stake
        found.append(figure)
    return [_echoing(figure, echoes) for figure in found]


def _echoing(figure: Figure, echoes: Mapping[tuple[str, tuple[float, float]], Stake]) -> Figure:
    """A figure of an outlet, with the stake of the side that it has it from if it is an echo."""
    stake = echoes.get((figure.document.id, figure.span)) or echoes.get(("", figure.span))
    printed = stake is not None and stake.part == "unsigned" and figure.voice.kind in PAPERS
    echo = (figure.own_voice or printed) and not figure.denial
    return figure._replace(stake=stake) if echo else figure


def _least(figure: Figure) -> int:
    """How many there are at the least by a figure, or at the most where that is all it says."""
    return 0 if figure.denial else figure.low or figure.high or 0


def _with_those_meant(said: dict[tuple[Kind, Category], list[Figure]], sides: Sides) -> None:
    """Put what only a side says of people at large with those of whom others count some: that one
    person was killed, or nobody, says of the protesters what it says of people at large, and is no
    toll of its own. A larger figure may take in more than them, unless it is a boast.
    """
    for row in [row for row in said if row[1] == "unspecified"]:
        figures = weighed(said[row], sides)
        if any(figure.stake is None and _least(figure) for figure in figures):
            continue
        groups = {
            other: weighed(those, sides)
            for other, those in said.items()
            if other[0] == row[0] and other != row and at_large(other[1])
        }
        counts = {other: max(map(_least, those)) for other, those in groups.items()}
        free = {
            other: max((_least(f) for f in those if not f.stake), default=0)
            for other, those in groups.items()
        }
        for figure in figures:
            if figure.stake is None:
                continue
            if not _least(figure):
                meant = [other for other, most in counts.items() if most]
            else:
                bound = 1 if figure.stake.part == "boasts" else _least(figure)
                most = max(free.values(), default=0)
                meant = [min(o for o in free if free[o] == most)] if most >= bound else []
            for other in meant:
                said[other].append(figure)
            if meant:
                said[row] = [f for f in said[row] if f.claim.id != figure.claim.id]
        if not said[row]:
            del said[row]


def _beside_their_wholes(said: dict[tuple[Kind, Category], list[Figure]]) -> None:
    """Put those counted beside others with the figures that they may add to: one more protester is
    one more of the people at large too, where these were counted, and whoever died of wounds is one
    less of the injured, as who was found is of the missing.
    """
    whole = {row for row, those in said.items() if any(not f.adds for f in those)}
    for row in list(said):
        for figure in [f for f in said[row] if not f.moved]:
            change = figure.claim.change
            kind, who = row
            people = (kind, "unspecified")
            groups = [r for r in whole if r[0] == kind and at_large(r[1])]
            if figure.adds and at_large(who) and row != people and people in whole:
                said[people].append(figure)
            if figure.adds and row not in whole and groups:
                said[row].remove(figure)
                if who == "unspecified" and len(groups) == 1:
                    said[groups[0]].append(figure)
            before = (change.of, who) if change and change.of else None
            if change and change.of and before not in said:
                before = (change.of, "unspecified")
            if before in whole:
                said[before].append(figure._replace(moved=True))
        if not said[row]:
            del said[row]


def _with_people_at_large(said: dict[tuple[Kind, Category], list[Figure]]) -> None:
    """Put with the figures of people at large, where there are any, what else counts them.

    Those treated are hurt: so many more than anybody counted till then are a figure of the injured.
    Of those held or sought, and before anybody counts people, "workers" and "suspects" are people;
    what is all that was ever said of such is no toll of its own: "nine miners", then 17 people.
    """
    for (kind, who), those in list(said.items()):
        if kind == "hospitalised":
            row: tuple[Kind, Category] = "injured", who
        elif who != "unspecified" and (kind in ALL_OF_ONE_SORT or at_large(who)):
            row = kind, "unspecified"
        else:
            continue
        there = said.get(row, [])
        early = []
        for figure in those:
            most = max((f.low or 0 for f in there if f.when < figure.when), default=0)
            if kind == "hospitalised":
                meant = most < (figure.low or 0)
            else:
                alone = all(f.document.id != figure.document.id for f in there)
                meant = alone and not figure.adds and (kind in ALL_OF_ONE_SORT or not most)
            if there and meant:
                said[row] = [*said[row], figure]
                early.append(figure)
        if kind not in ALL_OF_ONE_SORT and who in _ANYBODY and len(early) == len(those):
            del said[kind, who]


def _gravest(row: tuple[Kind, Category]) -> tuple[int, bool, str]:
    """Sorts rows: gravest kind first, people at large first."""
    return COUNTED.index(row[0]), row[1] != "unspecified", row[1]


def _meant(denial: Figure, row: tuple[Kind, Category], said: Sequence[Figure]) -> bool:
    """Whether a denial speaks of that row: of its own group, or of any with its figure."""
    kind, who = denial.row
    if kind != row[0] or who not in (row[1], "unspecified"):
        return False
    return who == row[1] or any(denies(denial, figure.span) for figure in said)


def _counted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a document that may change a toll: current figures said to be so, and denials.

    A part of another figure enters only where it counts something else: the six children among
    the injured are a toll of children, the five critical in hospital a toll of the critical.
    """
    by_id = {claim.id: claim for claim in claims}
    found = []
    for claim in claims:
        if claim.kind not in COUNTED or claim.scope != "current":
            continue
        if claim.part_of is not None:
            whole = by_id.get(claim.part_of)
            alike = whole is None or (
                whole.kind == claim.kind and group(claim) in (group(whole), "unspecified")
            )
            if alike or claim.because.get("kind") == "harm.named":
                continue  # "among the dead was a nurse" counts no nurses
        count = claim.count if is_numbered(claim) else None
        bounded = count is not None and (count.low, count.high) != (None, None)
        if claim.modality == "denied" or (bounded and claim.modality in _SAID):
            found.append(claim)
    return found


def _of_its_time(
    documents: Sequence[Document], counted: Mapping[str, list[Claim]]
) -> dict[str, list[Claim]]:
    """The claims without those of a time long before the first report, where others are of its
    time: a piece that recalls how many died there two years ago tells nothing of today."""
    first = next((d for document in documents if (d := day(document))), None)
    if first is None:
        return dict(counted)
    times = {c.id: _last_day(c) for those in counted.values() for c in those}
    recent = {id for id, last in times.items() if last and (first - last).days <= _FRESH}
    if not recent:
        return dict(counted)
    old = {id for id, last in times.items() if last and (first - last).days > _OLD}
    return {id: [c for c in those if c.id not in old] for id, those in counted.items()}


def _last_day(claim: Claim) -> date | None:
    """The last day that a claim's own sentence gives for it."""
    when = claim.when
    told = moment(when.end[:10]) if when and when.basis == "sentence" and when.end else None
    return told.date() if told else None


def _main(
    claims: Sequence[Claim], voice: Mapping[str, Voice]
) -> tuple[list[Claim], list[tuple[Claim, Claim]]]:
    """Per voice, kind and group the one figure that a document gives for the whole of it, and the
    smaller ones, each with that.

    That is the largest: smaller ones in the same text are parts that it does not mark as such. So
    is "the other four" beside a larger figure of the same kind, on whosever word. Those counted
    beside others ("two more"), and what was said before, are figures of their own.
    """
    best: dict[tuple[str, Kind, Category, bool, str | None], Claim] = {}
    told: dict[tuple[str, Kind, Category, bool, str | None], list[Claim]] = defaultdict(list)
    largest: dict[Kind, int] = defaultdict(int)
    for claim in claims:
        if claim.count and claim.modality != "denied":
            largest[claim.kind] = max(largest[claim.kind], claim.count.low or 0)
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.id)):
        low = (claim.count.low or 0) if claim.count else 0
        if _rest(claim) and low < largest[claim.kind]:
            continue
        how = claim.change.how if claim.change else None
        apart = how if how in ("added", "earlier") else None
        slot = (voice[claim.id].key, claim.kind, group(claim), claim.modality == "denied", apart)
        held = best.get(slot)
        if held is None or (_size(claim), sums(claim)) > (_size(held), sums(held)):
            best[slot] = claim
        told[slot].append(claim)
    dropped = [(c, best[slot]) for slot in told for c in told[slot] if _size(c) < _size(best[slot])]
    return sorted(best.values(), key=lambda c: (c.evidence.start, c.id)), dropped


def _rest(claim: Claim) -> bool:
    """Whether a claim counts those that another figure leaves: "the other four", "20 others"."""
    return claim.change is not None and claim.change.how == "rest"


def _size(claim: Claim) -> tuple[float, float]:
    count = claim.count
    if count is None:
        return -1, -1
    return count.low or 0, ABSENT if count.high is None else count.high


def _copies(figures: Sequence[Figure], copy_groups: Sequence[CopyGroup]) -> list[Figure]:
    """The figures, those marked that a copy repeats from an older print of the same text."""
    text_of = {document: i for i, g in enumerate(copy_groups) for document in g.documents}
    earlier: dict[tuple[int, str, bool], list[Figure]] = defaultdict(list)
    found = []
    for figure in figures:
        if (text := text_of.get(figure.printed)) is not None:
            before = earlier[text, figure.voice.key, figure.denial]
            older = [f for f in before if f.printed != figure.printed]
            if any(f.span == figure.span or _old_edition(figure, f) for f in older):
                figure = figure._replace(copy=True)
            before.append(figure)
        found.append(figure)
    return found


def _old_edition(figure: Figure, older: Figure) -> bool:
    """Whether another outlet's later print is so much shorter that it is an early edition."""
    shorter = length(figure.document) * FULLER < length(older.document)
    return shorter and outlet(figure.document) != outlet(older.document)


def _left_out(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    counted: Mapping[str, Sequence[Claim]],
) -> dict[tuple[Kind, Category], LeftOut]:
    """The figures of each kind and group that were not counted, and why."""
    found: dict[tuple[Kind, Category], LeftOut] = {}
    for document in documents:
        enters = {claim.id for claim in counted[document.id]}
        told = sorted(claims.get(document.id, ()), key=lambda c: (c.evidence.start, c.id))
        for claim in told:
            if claim.kind not in COUNTED or not is_numbered(claim) or claim.id in enters:
                continue
            row = claim.kind, group(claim)
            old = found.get(row, LeftOut())
            if claim.scope != "current":
                found[row] = old._replace(background=(*old.background, (document.id, claim.id)))
            elif claim.part_of is not None:
                found[row] = old._replace(parts=(*old.parts, (claim.id, claim.part_of)))
            else:
                found[row] = old._replace(unsure=(*old.unsure, claim.id))
    return found
