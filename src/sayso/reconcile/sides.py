"""Which voices are a side of what they speak of, and what their word weighs there.

Who is said to have done something plays down whom it hurt and boasts of the enemies it killed. So
a voice is a side where it speaks for the doers that claims name, where it counts the dead of its
enemy, and where it has a war to tell of. What it owns to against its own interest, its own dead or
those of its own doing, is evidence all the same: there are at least so many.

A side is told by what it is called. The arms of one state are told apart, but its heads speak for
all of them; a ministry of health or a hospital speaks for none. The words stand in
`data/<language>/sides.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.accounts import tells
from sayso.reconcile.names import Words, read
from sayso.records import HARMS, Category, Claim, Kind, Party, SourceKind, Voice

Part = Literal["own", "interested", "boasts", "accused", "answerable", "unsigned", "denies"]


class Stake(NamedTuple):
    """What a side is to the people whom it counts: they are its `own`, it is `accused` of them or
    `denies` that there are any, it `boasts` of them, or it is `interested`, a party to the fight
    that speaks of what the other did. Whoever runs the place may be `answerable` for a mishap, and
    an `unsigned` message is nobody's word. `owns` says that it speaks against its own interest.
    """

    part: Part
    owns: bool = False

    @property
    def weight(self) -> int:
        """Whose word comes first, 0 is that of voices without a stake."""
        return _WEIGHTS[self.part]


_WEIGHTS: dict[Part, int] = {
    "own": 0,
    "interested": 1,
    "boasts": 2,
    "accused": 2,
    "answerable": 2,
    "unsigned": 3,
    "denies": 3,
}

Row = tuple[Kind, Category]

COUNTED_BY_SIDES: frozenset[Kind] = frozenset(HARMS) - {"detained"}
"""The harms that a side is no judge of. Whom it detained it has on a list."""

COMPARABLE = 2
"""A figure is about as large as another when it is half of it or more: who shot the one attacker
did not kill his nine victims."""

_ARMED: frozenset[SourceKind] = frozenset({"security_forces", "military", "armed_group"})
_POWERS: frozenset[SourceKind] = _ARMED | {
    "official",
    "foreign_government",
    "international_body",
    "document",
    "anonymous",
}
"""Kinds of source that may speak for those who did it; witnesses, hospitals and courts do not."""

_NOBODY: frozenset[SourceKind] = frozenset({"document", "anonymous", "witness", "official"})
"""Kinds of source of which a message may be that nobody has signed."""

_CAMPS: dict[Category, str] = {
    "military": "army",
    "security_forces": "police",
    "militants": "rebels",
    "attackers": "rebels",
    "suspects": "rebels",
}
"""Whose people they are; all others are the people at large."""

_AT_LARGE = "people"

_ENEMIES: dict[str, frozenset[Category]] = {
    "police": frozenset({"militants"}),
    "army": frozenset({"militants", "attackers", "suspects", "military"}),
    "rebels": frozenset(
        {"military", "security_forces", "officials", "foreigners", "militants", "unspecified"}
    ),
}
"""Of whose dead each boasts. The police lay out those whom they shot; an army tells of a field that
nobody else has seen, and an armed group that says "30" does not mean villagers."""


class _Deed(NamedTuple):
    """That a document names somebody as having harmed or attacked people of a camp, or whomever."""

    document: str
    doer: Party
    camp: str | None
    low: int | None


class Sides:
    """Who is a side of one incident, from all its claims, each with its document's id."""

    def __init__(self, claims: Iterable[tuple[str, Claim]]) -> None:
        self._deeds: list[_Deed] = []
        self._told: dict[tuple[str, SourceKind | None, str, int], bool] = {}
        attacked = disaster = 0
        for document, claim in claims:
            if not tells(claim):
                continue
            kind = claim.event.type if claim.event else None
            attacked += kind == "ASSAULT"
            disaster += kind == "DISASTER"
            if claim.by and (claim.kind in COUNTED_BY_SIDES or kind == "ASSAULT"):
                # Who is named as both was read wrongly as the one whom it happened to.
                told = claim.who is not None and claim.who.text != claim.by.text
                camp = _camp(claim.who.category) if claim.who and told else None
                low = claim.count.low if claim.count and told else None
                self._deeds.append(_Deed(document, claim.by, camp, low))
        self._fight = attacked > 0 or any(
            _arms_of(deed.doer.text, deed.doer.category) for deed in self._deeds
        )
        self._mishap = bool(disaster) and not self._fight
        self._of_itself = disaster >= attacked  # nobody is told of, by more, to have done it

    def stake(self, claim: Claim, voice: Voice, row: Row, whole: int = 0) -> Stake | None:
        """What a voice is to those whom it counts in a row, None when it is no side of it.

        `whole` is the most that anybody counts there.
        """
        text = f"{voice.name}; {claim.sources[0].text}" if claim.sources else voice.name
        if row[0] not in COUNTED_BY_SIDES:
            return None
        if voice.kind in _NOBODY and _is_unsigned(text):
            return Stake("unsigned")
        if self._of_itself and _is_answerable(text, voice.kind):
            return Stake("answerable", claim.count is None or claim.count.high != 0)
        if voice.kind not in _POWERS:
            return None
        arms = _arms(text, voice.kind)
        mine = claim.by is not None and _speaks(text, voice.kind, claim.by.text, claim.by.category)
        asked = text, voice.kind, _camp(row[1]), whole
        if asked not in self._told:
            self._told[asked] = self._accused(*asked)
        accused = mine or self._told[asked]
        own = (
            not mine
            and _camp(row[1]) in arms
            and not (claim.who and _foreign(claim.who.text, text))
        )
        if claim.count is not None and claim.count.high == 0:
            if own:
                return Stake("interested")
            armed = voice.kind in _ARMED and not self._mishap
            return Stake("denies") if accused or armed else None
        if own:
            return Stake("own", row[0] == "killed" and voice.kind != "security_forces")
        enemy = any(row[1] in _ENEMIES[arm] for arm in arms if voice.kind in _ARMED)
        if enemy and (mine or accused or self._fight):
            return Stake("boasts")
        if accused:
            return Stake("accused", claim.by is None or mine)
        if voice.kind == "armed_group" and self._fight:
            return Stake("interested")
        return None

    def _accused(self, text: str, kind: SourceKind | None, camp: str, whole: int) -> bool:
        """Whether those for whom a voice speaks are named as having harmed people of that camp: for
        about as many as are counted, unless more documents name somebody else for them; or for no
        number, when nobody else is named at all."""
        theirs: list[_Deed] = []
        others: list[_Deed] = []
        for deed in self._deeds:
            if deed.camp in (camp, None):
                doer = deed.doer
                spoken_for = _speaks(text, kind, doer.text, doer.category)
                (theirs if spoken_for else others).append(deed)
        counted, elsewhere = (
            {d.document for d in deeds if d.low is not None and d.low * COMPARABLE >= whole}
            for deeds in (theirs, others)
        )
        if counted:
            return len(counted) >= len(elsewhere)
        return not others and any(deed.low is None for deed in theirs)


def at_large(group: Category) -> bool:
    """Whether a group is of the people at large, and not of those who fight or police."""
    return _camp(group) == _AT_LARGE


def _camp(group: Category) -> str:
    return _CAMPS.get(group, _AT_LARGE)


@lru_cache(maxsize=100_000)  # a few voices and a few doers meet again and again
def _speaks(text: str, kind: SourceKind | None, doer: str, category: Category) -> bool:
    """Whether a voice of that name and kind speaks for a doer: it is called the same, or is of one
    arm and not of another nation."""
    arms = _arms_of(doer, category)
    if arms & _arms(text, kind):
        return arms == {"police"} or not _foreign(doer, text)
    if _apart(text):
        return False
    ours, theirs = _called(text), _called(doer)
    alike = bool(ours and theirs) and (ours <= theirs or theirs <= ours)
    same = read(doer)
    return alike or (same is not None and same in map(read, text.split("; ")))


@lru_cache(maxsize=10_000)
def _arms(text: str, kind: SourceKind | None) -> frozenset[str]:
    """For which arms a voice may speak: "police", "army", "rebels"."""
    if _apart(text):
        return frozenset()
    if kind == "armed_group":
        return frozenset({"rebels"})
    if found := _named(text):
        return found
    by_kind = {"security_forces": "police", "military": "army"}
    return frozenset({by_kind[kind]}) if kind in by_kind else frozenset()


def _arms_of(doer: str, category: Category) -> frozenset[str]:
    """Which arm a doer belongs to; none for a lone attacker, who has nobody to speak for him."""
    if category == "militants":
        return frozenset({"rebels"})
    by_category = frozenset({_CAMPS.get(category, "")}) & {"police", "army"}
    if by_category or category in ("officials", "unspecified"):
        return _named(doer) or by_category
    return frozenset()


@lru_cache(maxsize=10_000)
def _named(text: str) -> frozenset[str]:
    """The arms that the words of a name mean."""
    every = frozenset({"police", "army"})
    if _any("arms.both").search(text) or _any("arms.state").search(text):
        return every
    return frozenset(arm for arm in every if _any(f"arms.{arm}").search(text))


def _apart(text: str) -> bool:
    return _any("apart.words").search(text) is not None


def _is_unsigned(text: str) -> bool:
    """Whether it names a message that nobody puts their name to."""
    return bool(_any("unsigned.words").search(text) and not _any("unsigned.unless").search(text))


def _is_answerable(text: str, kind: SourceKind | None) -> bool:
    """Whether it names who runs a place or a vehicle: its owner or operator, or a company."""
    named = _any("answerable.words").search(text) and not _any("answerable.unless").search(text)
    return bool(kind == "company" or named)


@cache
def _any(key: str) -> re.Pattern[str]:
    """Finds any of a list of words and phrases."""
    listed = sorted(words("sides", key, LANGUAGE), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def _called(text: str) -> Words:
    """The words of a name that tell whose it is: of what nation or town, of what movement."""
    found: set[str] = set()
    for part in text.split("; "):
        name = read(part)
        capital = {word.lower() for word in re.findall(r"[\w-]+", part) if word[0].isupper()}
        found |= ((name.body or name.person) if name else set()) & capital
    told = (
        words("origins", "bodies", LANGUAGE)
        | words("origins", "roles", LANGUAGE)
        | words("sides", "common.words", LANGUAGE)
    )
    return frozenset(found - told)


def _foreign(a: str, b: str) -> bool:
    """Whether two names are those of different nations or towns: both have words of their own, and
    no two begin alike ("Karsian", "Karsia")."""
    ours, theirs = _called(a), _called(b)
    alike = any(x[:_STEM] == y[:_STEM] for x in ours for y in theirs)
    return bool(ours and theirs) and not alike


_STEM = 4
