"""Which two sides an incident has, as a coder of ACLED's puts them into a row.

The claims of an incident name more people than a row has room for. Which of them are its sides is
a matter of what happened: a demonstration is its crowd's and has a second side only where somebody
steps in or is hit; a battle has two that bear arms; violence against civilians has somebody who
bears arms, known or not, and civilians. Whoever has a name goes before whoever has none, so that
gunmen are the group that later says it was them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sayso.lexicon import codes as tables
from sayso.publish import codes
from sayso.publish.actors import (
    ARMED,
    CROWD,
    STATE,
    Named,
    Register,
    Scene,
    is_rival,
    land_of,
    named,
    register,
)
from sayso.publish.board import Board
from sayso.publish.rows import days
from sayso.records import HARMS, Claim, Party

_FIGHTERS = (*STATE, *ARMED)


class Sides(NamedTuple):
    """Both sides, the one that acts first; `claimed` names the first where it is known only by its
    own claim or by what others lay to its charge."""

    by: Named | None
    to: Named | None
    claimed: str = ""


def sides(board: Board, coded: codes.Coded, actors: Register | None = None) -> Sides:
    """Both sides of an incident that was coded so."""
    told = _Told(board, scene(board, actors))
    kind = tables("acled")["sub_event_types"].get(coded.code, {}).get("event_type", "")
    found = _ROWS.get(kind, _plain)(told, str(coded.code or ""))
    by, to = found
    both = told.mutual and by is not None and (by.kind in CROWD or not by.known)
    if by == to and not both:
        to = None
    return Sides(by, to, told.claimed(by))


def within(board: Board, whole: Board, coded: codes.Coded, actors: Register | None = None) -> Sides:
    """Both sides of one scene of an incident: its own, else those of the whole; fighters without a
    name are those who have one there."""
    own = sides(board, coded, actors)
    if board is whole or (own.by and own.by.known and own.to and own.to.known):
        return own
    of = sides(whole, coded, actors)
    by, to = (_better(mine, theirs) for mine, theirs in zip(own[:2], of[:2], strict=True))
    return Sides(by, to, own.claimed if by == own.by else of.claimed)


def _better(own: Named | None, of: Named | None) -> Named | None:
    unnamed = own is not None and not own.known
    return of if own is None or (unnamed and of and of.known and of.kind in ARMED) else own


def scene(board: Board, actors: Register | None = None) -> Scene:
    """Where and when an incident was, with the register that is asked."""
    where = board.incident.where
    land = where.country if where else None
    return Scene(land, days(board.incident.when)[0], actors or register())


class _Told:
    """Who acts and who suffers by the claims of an incident, under the names of the register, each
    with how many claims say so."""

    def __init__(self, board: Board, there: Scene) -> None:
        self.scene = there
        self.claims = [c for c in (line.claim for line in board.lines.values()) if _counts(c)]
        self.deeds = [c for c in self.claims if _is_deed(c)] or self.claims
        self.acts = self._ranked((c.by, True) for c in self.deeds)
        hit = [c for c in self.deeds if not self._is_among(c)]
        self.suffers = self._ranked((c.to or c.who, codes.is_mutual(c)) for c in hit)
        self.gathered = self._ranked(
            (p, True) for c in self.claims if _is_protest(c) for p in (c.by, c.who)
        )
        self.joined = [
            other for c in self.deeds if c.by for other in named(c.by, self.scene, True)[1:]
        ]
        self.mutual = any(codes.is_mutual(c) or is_rival(c.by) for c in self.deeds)
        self.hurt = any(c.kind in HARMS and _some(c) for c in self.claims)

    def _is_among(self, claim: Claim) -> bool:
        """Whether a claim counts some of people of a known group: two soldiers among passengers."""
        whole = next((c for c in self.claims if c.id == claim.part_of), None)
        return whole is not None and whole.who is not None and whole.who.category != "unspecified"

    def _ranked(self, parties: Iterable[tuple[Party | None, bool]]) -> list[Named]:
        """The parties, each with whether it acts, the most told of first; whoever bears arms
        without a name is left out where somebody with one does."""
        told = [self._first(party, acting) for party, acting in parties if party]
        if any(one.known and one.kind in ARMED for one in told):
            told = [one for one in told if one.known]
        counted = Counter(one.acled for one in told)
        beside: dict[str, dict[str, None]] = {}
        for one in told:
            beside.setdefault(one.acled, {}).update(dict.fromkeys(one.beside))
        first: dict[str, Named] = {}
        for one in told:
            first.setdefault(one.acled, one)
        ranked = sorted(first, key=lambda name: -counted[name])
        return [first[name]._replace(beside=tuple(beside[name])) for name in ranked]

    def _first(self, party: Party, acting: bool) -> Named:
        """The first whom a party names, the others beside it."""
        one, *others = named(party, self.scene, acting)
        known = (other.acled for other in others if other.kind and other.acled != one.acled)
        beside = (*one.beside, *known)
        return one._replace(beside=tuple(dict.fromkeys(beside)))

    def claimed(self, one: Named | None) -> str:
        """The name of a side, where others tell of somebody without one and it acts only by what
        is claimed or laid to its charge."""
        by = [c for c in self.deeds if c.by]
        names = {c.id: {who.acled for who in named(c.by, self.scene, True)} for c in by if c.by}
        anybody = self.scene.anybody().acled
        if one is None or not any(anybody in each for each in names.values()):
            return ""
        told = [c for c in by if one.acled in names[c.id]]
        said = all((c.by_said or c).modality != "asserted" for c in told)
        return one.acled if told and said and one.acled != anybody else ""

    def crowd(self, riots: bool) -> Named:
        """The crowd, with what its people are."""
        those = [*self.gathered, *(one for one in self.acts if one.kind not in _FIGHTERS)]
        beside = dict.fromkeys(name for one in those for name in one.beside)
        groups = dict.fromkeys(
            one.acled for one in self.gathered if one.kind in ARMED and one.known
        )
        return self.scene.crowd(riots, (*groups, *beside))

    def people(self) -> Named:
        """Civilians, with what they are."""
        those = [one for one in self.suffers if one.kind not in _FIGHTERS]
        return self.scene.people(tuple(dict.fromkeys(n for one in those for n in one.beside)))

    def neighbours(self) -> tuple[Named, Named] | None:
        """The militias of two villages or peoples that fight each other, by their names."""
        acts = (named(c.by, self.scene, True) for c in self.deeds if c.by and codes.is_mutual(c))
        two = next((both for both in acts if len(both) == 2), ())
        if not two or any(side.kind or not side.ucdp[:1].isupper() for side in two):
            return None
        first, then = (self.scene.communal(side.ucdp) for side in two)
        return first, then

    def nation(self) -> Named | None:
        """The forces of a country that is said itself to have fired."""
        acts = (c.by.text for c in self.deeds if c.by and c.by.category == "unspecified")
        land = next(filter(None, map(land_of, acts)), None)
        return self.scene.state("Military", land) if land else None

    def one(self, those: Iterable[Named], kinds: Iterable[str]) -> Named | None:
        """The first of some kind."""
        return next((one for one in those if one.kind in kinds), None)


def _counts(claim: Claim) -> bool:
    return claim.scope == "current" and claim.modality in codes.STANDING


def _some(claim: Claim) -> bool:
    return claim.count is None or claim.count.high != 0


def _is_deed(claim: Claim) -> bool:
    """Whether a claim tells of force or harm: who demands or mourns is no side."""
    force = claim.event is not None and claim.event.type in ("ASSAULT", "COERCE", "CRIME")
    return force or claim.kind in HARMS


def _is_protest(claim: Claim) -> bool:
    protests = claim.event is not None and claim.event.type == "PROTEST"
    return protests or claim.kind == "participants"


# -- by type of event -----------------------------------------------------------------------------

Pair = tuple[Named | None, Named | None]


def _protest(told: _Told, code: str) -> Pair:
    """A crowd; the state where it stepped in, and first where it used too much force."""
    crowd = told.crowd(riots=False)
    if code == _PEACEFUL:
        return crowd, None
    state = told.one((*told.acts, *told.suffers), STATE)
    other = state or told.one(told.acts, ARMED) or told.scene.state("Police", told.scene.land)
    return (other, crowd) if code == _FORCE and other else (crowd, other)


_PEACEFUL, _FORCE = "Peaceful protest", "Excessive force against protesters"
_LYNCHED, _LOOTED = "Mob violence", "Looting/property destruction"
_STRIKE, _SHELLS = "Air/drone strike", "Shelling/artillery/missile attack"


def _riot(told: _Told, code: str) -> Pair:
    if code == _LYNCHED and told.one(told.acts, ARMED) and not told.one(told.acts, CROWD):
        return _battle(told, code) if told.one(told.suffers, _FIGHTERS) else _violence(told, code)
    crowd = told.crowd(riots=True)
    state = told.one((*told.acts, *told.suffers), STATE)
    if code == _LYNCHED and not state and (told.suffers or told.hurt):
        return crowd, crowd if told.mutual else told.people()
    rivals = any(is_rival(claim.by) for claim in told.claims)
    return crowd, state or (crowd if rivals else None)


def _battle(told: _Told, code: str) -> Pair:
    """Two that bear arms: on different sides, where there are such; anybody, where only the state
    is told of and something was done to it."""
    fighters = _FIGHTERS
    by = told.one(told.acts, fighters)
    others = [
        one
        for one in (*told.suffers, *told.acts, *told.joined)
        if one.kind in fighters and (not by or one.acled != by.acled)
    ]
    if by is None and others:
        first, *rest = others
        if all(one.kind in STATE for one in others):
            return told.scene.anybody(), first
        return (first, _against(first, rest)) if rest else (None, first)
    if by is None and told.mutual and (two := told.neighbours()):
        return two
    if by is None:
        crowd = told.crowd(riots=True)
        return (crowd, crowd) if told.mutual and told.acts else _plain(told, code)
    if not others and told.one(told.suffers, ("Civilians",)):
        return by, told.people()  # of a soldier who is one no more
    if not others and by in told.suffers and by.kind in STATE:
        return told.scene.anybody(), by
    if not others and told.mutual and told.joined:
        return by, told.crowd(riots=True)  # police and riders clashed
    if not others and told.mutual and not by.known:
        return by, by  # two gangs, two bands
    whom = _against(by, others)
    if whom and whom.acled in by.beside:  # they fought each other
        by = by._replace(beside=tuple(name for name in by.beside if name != whom.acled))
    return by, whom


def _against(by: Named, others: Iterable[Named]) -> Named | None:
    """Whom one fights: first somebody of another camp."""
    ranked = sorted(others, key=lambda one: (one.kind in STATE) == (by.kind in STATE))
    return next(iter(ranked), None)


def _remote(told: _Told, code: str) -> Pair:
    """Who fired or planted it, and whom it hit: the dead of whom nobody says what they were are
    civilians, as the codebook has it."""
    by = told.one(told.acts, _FIGHTERS) or told.nation()
    to = [one for one in told.suffers if one.kind in _FIGHTERS and one != by]
    if by is None and code not in (_STRIKE, _SHELLS):
        by = told.scene.anybody()
    whom = _against(by, to) if by else next(iter(to), None)
    unarmed = told.one(told.suffers, ("Civilians", *CROWD))
    return by, whom or (told.people() if unarmed or told.hurt else None)


def _violence(told: _Told, code: str) -> Pair:
    by = told.one(told.acts, _FIGHTERS)
    if by is None and told.one(told.acts, ("Civilians", *CROWD)):
        by = told.crowd(riots=True)
    by = by or told.scene.anybody()
    hit = [one for one in told.suffers if one.kind in _FIGHTERS and one.acled != by.acled]
    unarmed = told.one(told.suffers, ("Civilians", *CROWD))
    return by, hit[0] if hit and not unarmed else told.people()


def _other(told: _Told, code: str) -> Pair:
    """What is no violence: who did it, and to whom where that is told."""
    by = told.one(told.acts, _FIGHTERS)
    if by is None:
        return _plain(told, code)
    whom = [one for one in told.suffers if one.kind and one.acled != by.acled]
    return by, whom[0] if whom else told.people() if told.hurt or code == _LOOTED else None


def _plain(told: _Told, code: str) -> Pair:
    """Who acts and who suffers, and nothing that is not told."""
    acts = [*told.acts, *(one for one in told.gathered if one not in told.acts)]
    by = next(iter(sorted(acts, key=lambda one: not one.kind)), None)
    whom = [one for one in told.suffers if not by or one.acled != by.acled]
    to = next(iter(sorted(whom, key=lambda one: not one.kind)), None)
    if by and by.kind in _FIGHTERS and told.hurt and not (to and to.kind):
        to = told.people()
    return by, to


_ROWS: dict[str, Callable[[_Told, str], Pair]] = {
    "Protests": _protest,
    "Riots": _riot,
    "Battles": _battle,
    "Explosions/Remote violence": _remote,
    "Violence against civilians": _violence,
    "Strategic developments": _other,
}


def interaction(*kinds: str) -> str:
    """Two kinds of actor in ACLED's order, "X only" of one, "" of none."""
    known: Iterator[str] = filter(None, kinds)
    told = sorted(known, key=_ORDER.index)
    return f"{told[0]} only" if len(told) == 1 else "-".join(told)


_ORDER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "External/Other forces", "Civilians",
)  # fmt: skip
"""As the codebook of 2024 writes the pairs."""
