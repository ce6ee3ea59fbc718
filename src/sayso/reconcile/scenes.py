"""The scenes of an incident: the days and places on and in which its texts say it was, each with
the claims of its own, for those who keep a row for every event, day and place.

A scene has a figure of its own: of people whom its sentence counts on that day. Two are told apart
by one text that has both, or adds up both, or by days that lie apart in two. What covers several
scenes, or none in particular, is a total, and belongs to none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from sayso.reconcile.accounts import tells
from sayso.reconcile.build import incident as made
from sayso.reconcile.build import words_of_id
from sayso.reconcile.coverage import named_apart
from sayso.reconcile.judgements import Bonds
from sayso.reconcile.order import moment
from sayso.reconcile.twofold import lie_beside
from sayso.records import (
    COUNTED,
    Claim,
    Document,
    Incident,
    Kind,
    Place,
    When,
    is_narrow,
    is_numbered,
    printed,
)

_OWN: tuple[Kind, ...] = ("killed", "casualties", "injured", "abducted", "participants")
"""Of these a figure says that something happened; arrests and care follow, and flight goes on."""

_MOVES = ("MOBILIZE", "RETREAT")
"""Types of event that are a row without a figure: in another town, on another day."""

_FAR = 2
"""Days that lie between what two texts tell of, at least: one that has the day wrong has it wrong
by one."""

Days = tuple[date, date]
Site = tuple[Days | None, str]
"""The days and the place of an incident, as `site` tells them."""


class Scenes(NamedTuple):
    """An incident in its scenes, each an incident of its own whose id begins with the id of the
    whole; and what its texts count over several of them, None where they count nothing so."""

    each: tuple[Incident, ...]
    total: Incident | None

    @property
    def all(self) -> tuple[Incident, ...]:
        """The scenes, and the total behind them where there is one."""
        return (*self.each, *filter(None, (self.total,)))


class _Told(NamedTuple):
    """A claim with its document, and the days and the place that it gives, if it does; `added` is
    one of the figures of several towns that its text adds up."""

    claim: Claim
    document: str
    days: Days | None
    place: Place | None
    added: bool = False


def scenes(
    incident: Incident,
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    judged: Bonds | None = None,
    policy: str = "latest",
    others: Collection[Site] = (),
) -> Scenes:
    """The scenes of an incident by its documents, oldest first, and their claims by document, the
    earliest first; itself alone where it has one, or where a person set its day or place. What is
    of the days and place of `others`, which are incidents, is told there."""
    own = set(incident.claims)
    told = [
        _Told(claim, document.id, _days(claim.when), claim.where)
        for document in documents
        for claim in sorted(claims.get(document.id, ()), key=lambda c: (c.evidence.start, c.id))
        if claim.id in own and tells(claim)
    ]
    fixed = {"where", "when"} & set(incident.mended)
    twice = {one.claim.id for one in told if _is_of_others(one.claim, claims[one.document], own)}
    sums = _sums(claims)
    twice |= {whole for whole, parts in sums.items() if not parts <= own}
    added = set().union(*sums.values())
    told = [one._replace(added=one.claim.id in added) for one in told]
    told = [one for one in told if one.claim.id not in twice]
    found = [] if fixed else _found(told, sums.keys())
    if others and len(found) > 1:
        own_site = found[_home(incident, found)]
        away = [f for f in found if f is not own_site and (f[0].days, _name(f[0].place)) in others]
        twice |= {one.claim.id for those in away for one in those}
        told = [one for one in told if one.claim.id not in twice]
        found = [those for those in found if those not in away]
    if len(found) < 2:
        if fixed or not twice:
            return Scenes((incident,), None)
        found = [told]
    home = _home(incident, found)
    of = _assigned(told, found, home) | dict.fromkeys(sums.keys() & own)

    def part(number: int | None) -> Incident:
        kept: dict[str, list[Claim]] = {}
        for one in told:
            if of[one.claim.id] == number:
                kept.setdefault(one.document, []).append(_alone(one, number, of))
        there = [document for document in documents if document.id in kept]
        families = [[d for d in there if d.id in group] for group in incident.copy_groups]
        built = made(there, kept, [f for f in families if f], policy=policy, judged=judged)
        mended = {"type": incident.type} if "type" in incident.mended else {}
        suffix = "total" if number is None else _suffix(number, found, home)
        id = ".".join(filter(None, (incident.id, suffix)))
        built = replace(built, mended=incident.mended, dossier=incident.dossier)
        return replace(built, id=id, title=incident.title, **mended)

    order = sorted(range(len(found)), key=lambda number: (found[number][0].days or (), number))
    over = [one for one in told if of[one.claim.id] is None]
    if any(map(_is_placed, over)):  # what is told of nowhere may be of all the country
        told = [one for one in told if one not in over or _is_placed(one)]
    total = part(None) if over else None
    return Scenes(tuple(named_apart(map(part, order))), total)


def _is_placed(one: _Told) -> bool:
    return one.place is not None and one.place.basis in ("sentence", "reference")


def site(incident: Incident) -> Site:
    """When and where an incident was."""
    return _days(incident.when), _name(incident.where)


def _is_of_others(total: Claim, said: Iterable[Claim], own: Collection[str]) -> bool:
    """Whether a total is what its text counts in another incident and those that it adds in this
    one: "two more were killed, bringing the toll to six"."""
    if total.change is None or total.change.how != "total" or total.kind not in COUNTED:
        return False
    alike = [c for c in said if c.kind == total.kind and c.count and c.id != total.id]
    added = [c for c in alike if c.id in own and c.change and c.change.how == "added"]
    before = [c for c in alike if c.id not in own and tells(c)]
    lows = {_low(a) + _low(b) for a in added for b in before}
    return _low(total) in lows


def _sums(claims: Mapping[str, Sequence[Claim]]) -> dict[str, set[str]]:
    """By the id of a figure those that it is the sum of: the figures of one kind that their text
    has of several towns, each in the sentence of its own."""
    found: dict[str, set[str]] = {}
    for said in claims.values():
        for kind in _OWN:
            alike = [c for c in said if c.kind == kind and tells(c) and c.count and _low(c)]
            towns = {_name(c.where): c for c in alike if _is_town(c.where) and not c.part_of}
            for whole in alike:
                parts = [town for name, town in towns.items() if name != _name(whole.where)]
                if len(parts) > 1 and _low(whole) == sum(map(_low, parts)):
                    found[whole.id] = {town.id for town in parts}
    return found


def _is_town(place: Place | None) -> bool:
    return place is not None and place.basis == "sentence" and is_narrow(place)


def _low(claim: Claim) -> int:
    return (claim.count.low or 0) if claim.count else 0


def _days(when: When | None) -> Days | None:
    """A day, or a night and its two; None of anything longer, and of what is only known to have
    happened by then."""
    start = moment(when.start[:10]) if when and when.start else None
    end = moment(when.end[:10]) if when and when.end else None
    if not (when and start and end) or (end - start).days > 1 or when.basis == "saying":
        return None
    return start.date(), end.date()


def _found(told: Sequence[_Told], sums: Collection[str] = ()) -> list[list[_Told]]:
    """The figures that make a scene, by scene: each with the first that none tells it apart from,
    one of the same days before any other. None of the `sums` of several does."""
    own = {one.claim.id: one for one in told if _has_own(one) and one.claim.id not in sums}
    parts: dict[str, list[_Told]] = {}
    for one in own.values():
        if one.claim.part_of:
            parts.setdefault(one.claim.part_of, []).append(one)
    wholes = {id for id, those in parts.items() if any(_apart(those[0], one) for one in those)}
    seeds = [o for id, o in own.items() if id not in wholes and o.claim.part_of not in own]
    seeds += [one for id in wholes & own.keys() for one in parts[id]]
    order = {one.claim.id: place for place, one in enumerate(told)}
    found: list[list[_Told]] = []
    for seed in sorted(
        seeds, key=lambda one: (one.claim.kind == "participants", order[one.claim.id])
    ):
        near = [those for those in found if not any(_apart(seed, other) for other in those)]
        near.sort(key=lambda those: all(other.days != seed.days for other in those))
        if near:
            near[0].append(seed)
        else:
            found.append([seed])
    return found


def _has_own(one: _Told) -> bool:
    """Whether a claim counts people anew on a day that its own sentence gives, or in a town whose
    figure its text adds to others; or forces move in a town on a day of their own."""
    claim = one.claim
    if _is_move(one):
        return one.days is not None and _own_day(claim) and _is_town(one.place)
    counts = claim.kind in _OWN and is_numbered(claim) and claim.modality != "denied"
    some = bool(claim.count and (claim.count.low or claim.count.high))
    dated = one.days is not None and _own_day(claim)
    return counts and some and (one.added or (dated and claim.change is None))


def _is_move(one: _Told) -> bool:
    return one.claim.event is not None and one.claim.event.type in _MOVES


def _own_day(claim: Claim) -> bool:
    return claim.when is not None and claim.when.basis == "sentence"


def _apart(a: _Told, b: _Told) -> bool:
    """Whether two figures are of two scenes: one text has both, on other days or in places that lie
    beside each other; or two texts count differently, days apart."""
    if a.days is None or b.days is None:
        return False
    first, then = sorted((a.days, b.days))
    between = (then[0] - first[1]).days
    if _is_move(a) or _is_move(b):
        return between > 0 and _differ(a.place, b.place)
    if a.document == b.document:
        if a.added and b.added and _differ(a.place, b.place):
            return True
        told = a.place and b.place and {a.place.basis, b.place.basis} == {"sentence"}
        alike = bool(told) and a.claim.kind == b.claim.kind
        return between > 0 or (alike and _beside(a.place, b.place))
    other = _is_march(a) != _is_march(b) or _differ(a.place, b.place)
    return between >= (1 if other else _FAR) and _figure(a.claim) != _figure(b.claim)


def _is_march(one: _Told) -> bool:
    return one.claim.kind == "participants"


def _figure(claim: Claim) -> tuple[object, ...]:
    count = claim.count
    return claim.kind, count and count.low, count and count.high


def _beside(a: Place | None, b: Place | None) -> bool:
    """Whether both are places of their own, neither in the other."""
    if a is None or b is None or not _differ(a, b):
        return False
    towns = a.precision == b.precision == "city" and a.geonameid != b.geonameid
    return towns or lie_beside({a}, {b})


def _differ(a: Place | None, b: Place | None) -> bool:
    """Whether both are towns or less, of two names, neither told as in the other."""
    if a is None or b is None or not (is_narrow(a) and is_narrow(b)):
        return False
    return _name(a) != _name(b) and not _is_in(a, b) and not _is_in(b, a)


def _is_in(a: Place, b: Place) -> bool:
    return printed(b).casefold() in (name.casefold() for name in a.chain)


def _home(incident: Incident, found: Sequence[Sequence[_Told]]) -> int:
    """The scene of the incident's own day and place, or the one most like it."""
    days, name = _days(incident.when), _name(incident.where)

    def unlike(number: int) -> tuple[bool, bool, int]:
        first = found[number][0]
        return first.days != days, _name(first.place) != name, number

    return min(range(len(found)), key=unlike)


def _name(place: Place | None) -> str:
    return (place.name or printed(place)).casefold() if place else ""


def _suffix(number: int, found: Sequence[Sequence[_Told]], home: int) -> str:
    """What tells a scene from that of the incident itself, in its id."""
    if number == home:
        return ""
    first, own = found[number][0], found[home][0]
    day = first.days[0].isoformat() if first.days and first.days != own.days else ""
    name = words_of_id(_name(first.place)) if _name(first.place) != _name(own.place) else ""
    return ".".join(filter(None, (day, name))) or "beside"


def _assigned(
    told: Sequence[_Told], found: Sequence[Sequence[_Told]], home: int
) -> dict[str, int | None]:
    """By the id of a claim the number of its scene; None of a figure that is of none alone."""
    of: dict[str, int | None] = {
        one.claim.id: number for number, those in enumerate(found) for one in those
    }
    parts: dict[str, set[int | None]] = {}
    for one in told:
        if one.claim.part_of and one.claim.id in of:
            parts.setdefault(one.claim.part_of, set()).add(of[one.claim.id])
    for one in told:
        if one.claim.id in of:
            continue
        whole = one.claim.part_of
        change = one.claim.change.how if one.claim.change else None
        dated = one.days and _own_day(one.claim)
        if len(parts.get(one.claim.id, ())) > 1 or (change == "total" and not dated):
            of[one.claim.id] = None
        elif whole in of:  # a child among the dead is of their scene
            of[one.claim.id] = of[whole]
        else:
            of[one.claim.id] = _scene(one, found, home)
    return of


def _scene(one: _Told, found: Sequence[Sequence[_Told]], home: int) -> int | None:
    """The scene of a claim that makes none: that of its days and place, or the only one that its
    text tells of, if it counts no more there; of who died later, or what is no figure, the
    incident's own."""
    claim = one.claim
    numbers = range(len(found))
    if one.days:
        those = [n for n in numbers if any(_meet(one.days, o.days) for o in found[n])]
        if claim.change:
            those = [n for n in those if not all(map(_is_march, found[n]))]
        named = [n for n in those if any(_name(o.place) == _name(one.place) for o in found[n])]
        here = [n for n in those if any(o.document == one.document for o in found[n])]
        return next(iter([n for n in named if n in here] or named or here or those), home)
    if claim.kind not in COUNTED or claim.change:
        same = [n for n in numbers if any(_is_same(one, o) for o in found[n])]
        return same[0] if len(same) == 1 and not claim.change else home
    over = _over(claim.when)
    here = [n for n in numbers if any(o.document == one.document for o in found[n])]
    named = [n for n in numbers if any(_name(o.place) == _name(one.place) for o in found[n])]
    for some in () if over else (here, named):
        alike = [o.claim for n in some for o in found[n] if o.claim.kind == claim.kind]
        if len(some) == 1 and (not alike or _low(claim) <= max(map(_low, alike))):
            return some[0]
    return None


def _is_same(a: _Told, b: _Told) -> bool:
    """Whether one text tells of one event in both."""
    first, then = (one.claim.event.id if one.claim.event else None for one in (a, b))
    return a.document == b.document and first is not None and first == then


def _over(when: When | None) -> bool:
    """Whether a claim says over which days it counts."""
    return bool(when and when.start and when.end and when.basis != "saying")


def _meet(a: Days, b: Days | None) -> bool:
    return b is not None and a[0] <= b[1] and b[0] <= a[1]


def _alone(one: _Told, number: int | None, of: Mapping[str, int | None]) -> Claim:
    """A claim as one of its scene: a part of what is not counted there is a figure of its own, and
    so are those whom its text adds to another town's."""
    claim = replace(one.claim, change=None) if one.added else one.claim
    if claim.part_of and of.get(claim.part_of, number) != number:
        return replace(claim, part_of=None)
    return claim
