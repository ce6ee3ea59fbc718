"""The sides of an incident under the names that ACLED and UCDP have for them.

What a text calls somebody ("the army", "M23 fighters", "gunmen") becomes a name by the register of
actors, the country and the day: a name that the register lists, else a kind of people of the
country ("Military Forces of X", "Protesters (X)", "Unidentified Armed Group (X)"). A name that no
list has stays as it is written. Nothing is asked of anything but the claims of the incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from sayso.lexicon import LANGUAGE, table
from sayso.lexicon.actors import Actor, Actors, Arm, Entry, Forces, Kind, Telling, own, shipped
from sayso.lexicon.actors import telling as told_by
from sayso.publish import wording
from sayso.publish.countries import country
from sayso.records import Category, Party
from sayso.settings import Settings

STATE: tuple[Kind, ...] = ("State forces", "External/Other forces")
ARMED: tuple[Kind, ...] = ("Rebel group", "Political militia", "Identity militia")
CROWD: tuple[Kind, ...] = ("Rioters", "Protesters")

_FORCES: tuple[Category, ...] = ("military", "security_forces")
_BANDS: tuple[Category, ...] = ("militants", "attackers")
_LONGEST = 8
"""Words of the longest name that is looked for."""

_WORD = re.compile(r"[\w']+")

Key = tuple[str, ...]


class Named(NamedTuple):
    """A side: as ACLED and as UCDP call it, its kind to ACLED ("" where nobody says), and the
    groups that ACLED names beside it. It is `known` unless it is anybody who bears arms."""

    acled: str
    ucdp: str
    kind: Kind | str
    beside: tuple[str, ...] = ()
    known: bool = True


class Register:
    """The actors that names are looked up in, and the spelling of countries and governments: first
    a file of one's own, where there is one, then those that Sayso brings."""

    def __init__(self, *parts: Actors) -> None:
        self._entries: dict[Key, list[Entry]] = {}
        self._governments: dict[str, tuple[date, ...]] = {}
        self._spelt: dict[str, dict[str, str]] = {"acled": {}, "ucdp": {}}
        self.peoples: dict[Key, str] = {}
        for part in parts:
            for entry in (*part.forces, *part.actor):
                for name in entry.names:
                    self._entries.setdefault(_key(name), []).append(entry)
            self._governments = dict(part.governments) | self._governments
            for whose, names in (("acled", part.spelt.acled), ("ucdp", part.spelt.ucdp)):
                self._spelt[whose] = names | self._spelt[whose]
            self.peoples |= {_key(name): name for name in part.peoples.names}

    def find(self, text: str, land: str | None, day: str) -> Entry | None:
        """The entry of the longest name in a text that means somebody there and then."""
        for key in sorted(_within(_key(text)), key=len, reverse=True):
            for entry in self._entries.get(key, ()):
                if _fits(entry, land, day):
                    return entry
        return None

    def place(self, land: str | None, whose: str = "acled") -> str:
        """A country as ACLED or UCDP spells it, "" where none is known."""
        return self._spelt[whose].get(land or "", country(land).name)

    def government(self, land: str | None, day: str) -> str:
        """A country with the years of the government that it had on a day, where ACLED has them:
        "X (2014-2021)"."""
        days = [one.isoformat() for one in self._governments.get(land or "", ())]
        ruled = sum(one <= day for one in days) - 1
        if ruled < 0:
            return self.place(land)
        after = days[ruled + 1][:4] if ruled + 1 < len(days) else ""
        return f"{self.place(land)} ({days[ruled][:4]}-{after})"


@cache
def register(file: Path | None = None) -> Register:
    """The register, with a file of one's own before it, where there is one: none need be at the
    default of the setting. Raises `SettingsError` where that file cannot be read or holds what it
    cannot."""
    if file is not None and file == Settings._field_defaults["actors"] and not file.exists():
        file = None
    return Register(*([own(file)] if file else []), shipped())


class Scene(NamedTuple):
    """Where and when an incident was: the code of its country and its first day, as far as it is
    known, and the register that is asked."""

    land: str | None
    day: str
    register: Register

    def of(self, what: str) -> str:
        """A kind of people there: "Protesters (X)"."""
        there = self.register.place(self.land)
        return f"{what} ({there})" if there and not what.endswith(")") else what

    def anybody(self, text: str = "") -> Named:
        """Whoever bears arms without a name, in the words of a text to UCDP."""
        name = self.of("Unidentified Armed Group")
        return Named(name, text, "Political militia", known=False)

    def communal(self, name: str) -> Named:
        """Those of a village or a people who bear arms for it."""
        return Named(self.of(f"{name} Communal Militia"), name, "Identity militia")

    def people(self, beside: tuple[str, ...] = ()) -> Named:
        """Those who bear none."""
        return Named(self.of("Civilians"), "Civilians", "Civilians", beside)

    def crowd(self, riots: bool, beside: tuple[str, ...] = ()) -> Named:
        """A crowd, with what its people are by trade or otherwise."""
        kind = "Rioters" if riots else "Protesters"
        return Named(self.of(kind), self.people().ucdp, kind, beside)

    def state(self, arm: Arm, land: str | None, unit: str = "") -> Named | None:
        """The forces of a country, None where nobody knows whose they are; those of another
        country than it happens in are external."""
        if not country(land).name:
            return None
        at_home = self.land in (None, land)
        name = f"{arm} Forces of {self.register.government(land, self.day)} {unit}".strip()
        ruled = f"Government of {self.register.place(land, 'ucdp')}"
        return Named(name, ruled, "State forces" if at_home else "External/Other forces")


def named(party: Party, scene: Scene, acting: bool) -> tuple[Named, ...]:
    """Those whom a party names, "; " between them, under the names of the register; `acting` where
    they do something or are one of two that fight: herders who are attacked are civilians."""
    first, *others = wording.clean(party.text).split("; ")
    more = (_named(text, "unspecified", scene, acting) for text in others)
    return (_named(first, party.category, scene, acting), *more)


def is_rival(party: Party | None) -> bool:
    """Whether the words for one party are of two that fight each other: "rival gangs"."""
    return party is not None and bool({*_within(_plain(party.text))} & telling().rivals)


def _named(text: str, category: Category, scene: Scene, acting: bool) -> Named:
    words = telling()
    keys = frozenset(_within(_plain(text)))
    unarmed = category not in (*_FORCES, *_BANDS, "unspecified", "suspects", "protesters")
    beside = _beside(keys, scene)
    entry = scene.register.find(text, scene.land, scene.day)
    if isinstance(entry, Forces):
        return scene.state(entry.arm, entry.country, entry.unit) or scene.anybody()
    if isinstance(entry, Actor):
        if unarmed and not acting and entry.kind in ARMED:
            return scene.people((entry.acled, *beside))
        return Named(entry.acled, entry.ucdp or entry.acled.split(": ")[0], entry.kind)
    if keys & words.apart and not (acting and category in _BANDS):
        return scene.people(beside)
    by_words = category not in (*_FORCES, *_BANDS)
    if by_words and keys & words.mob:
        return scene.crowd(True, beside)
    if category == "protesters" or (by_words and keys & words.protest):
        return scene.crowd(False, beside)
    special = _called(text, keys, scene) if acting or not unarmed else None
    if special and not keys & words.police:
        return special
    arms = keys & (words.police | words.military - words.bodies)
    body = not unarmed and not arms and keys & words.bodies and _name(text)
    state = by_words and not unarmed and keys & (words.police | words.military)
    if not body and (category in _FORCES or state):
        return _state(text, category, keys, scene)
    if category == "officials" and acting:
        ruled = f"Government of {scene.register.place(scene.land, 'ucdp')}"
        name = f"Government of {scene.register.government(scene.land, scene.day)}"
        return Named(name, ruled, "State forces") if scene.land else Named(text, text, STATE[0])
    banded = category in _BANDS or bool(not unarmed and keys & words.armed) or bool(body)
    if found := _band(text, category, keys, scene, banded, acting):
        return found
    if category not in ("unspecified", *_BANDS) or beside:
        return scene.people(beside)
    return Named(text, text, "")


def _state(text: str, category: Category, keys: frozenset[Key], scene: Scene) -> Named:
    """Forces of a state: of the one whose name stands beside them, else of where it happened."""
    words = telling()
    if keys & words.outside:
        return Named(text, text, "External/Other forces")
    whose = next((lands()[key] for key in sorted(keys) if key in lands()), scene.land)
    police = keys & words.police or (category == "security_forces" and not keys & words.military)
    return scene.state("Police" if police else "Military", whose) or Named(text, text, STATE[0])


def _band(
    text: str, category: Category, keys: frozenset[Key], scene: Scene, banded: bool, acting: bool
) -> Named | None:
    """Who bears arms for no state: by their people or place, by a name that no list has, else
    anybody."""
    words = telling()
    name = _name(text)
    armed = banded or acting
    people = next((p for key, p in scene.register.peoples.items() if key in keys), None)
    if people and armed and (keys & words.communal or category == "unspecified"):
        return Named(scene.of(f"{people} Ethnic Militia"), people, "Identity militia")
    if armed and name and keys & words.communal:
        return scene.communal(name)
    raids = acting and bool(keys & words.raiders)
    if not banded and not raids:
        return None
    if name and not raids:
        kind: Kind = "Political militia" if category == "attackers" else "Rebel group"
        return Named(name, name, kind)
    if raids:
        called = scene.of(_COMMUNAL)
        return Named(called, text, "Identity militia", known=False)
    return scene.anybody(text)


def _called(text: str, keys: frozenset[Key], scene: Scene) -> Named | None:
    """Who bears arms by what they are: a gang, vigilantes; under a name of their own, if any."""
    for (called, kind), listed in telling().kinds:
        if keys & listed:
            name = _name(text)
            return Named(name or scene.of(called), name or text, kind, known=bool(name))
    return None


def _beside(keys: frozenset[Key], scene: Scene) -> tuple[str, ...]:
    """What ACLED calls the groups that these words tell of."""
    found = (name for name, listed in telling().associated.items() if keys & listed)
    return tuple(
        f"{name} of {scene.register.government(scene.land, scene.day)}"
        if name == _RULERS
        else scene.of(name)
        for name in found
        if name != _RULERS or scene.land
    )


_COMMUNAL = "Unidentified Communal Militia"
_RULERS = "Government"
"""The one associated group that ACLED writes with a country and its years."""


# -- words ----------------------------------------------------------------------------------------


class Words(NamedTuple):
    """The words of sides as they are looked for."""

    apart: frozenset[Key]
    outside: frozenset[Key]
    military: frozenset[Key]
    police: frozenset[Key]
    armed: frozenset[Key]
    communal: frozenset[Key]
    raiders: frozenset[Key]
    rivals: frozenset[Key]
    bodies: frozenset[Key]
    linking: frozenset[Key]
    leading: frozenset[Key]
    mob: frozenset[Key]
    protest: frozenset[Key]
    unnamed: frozenset[Key]
    kinds: tuple[tuple[tuple[str, Kind], frozenset[Key]], ...]
    associated: Mapping[str, frozenset[Key]]


@cache
def telling() -> Words:
    """The words of `data/<language>/actors.toml`, as keys."""
    told: Telling = told_by(LANGUAGE)
    lists = {
        name: _keys(getattr(told, name).words)
        for name in Words._fields
        if name not in ("kinds", "associated")
    }
    people = [
        word
        for group in table("people", LANGUAGE)["group"]
        for word in (*group.get("words", ()), *group.get("but", ()))
    ]
    lists["unnamed"] |= _keys(w for w in people if " " not in w)
    return Words(
        **lists,
        kinds=tuple(((one.name, one.kind), _keys(one.words)) for one in told.kind),
        associated={name: _keys(words) for name, words in told.associated.items()},
    )


@cache
def lands() -> dict[Key, str]:
    """Countries by their demonyms and their names."""
    listed: Mapping[str, Iterable[str]] = table("places", LANGUAGE)["demonyms"]
    names = {_plain(country(land).name): land for land in listed}
    return names | {_plain(name): land for land, each in listed.items() for name in each}


def land_of(text: str) -> str | None:
    """The country that words are the name or the adjective of, and nothing besides."""
    return lands().get(_plain(text))


def _fits(entry: Entry, land: str | None, day: str) -> bool:
    """Whether an entry's names mean it there and then; where the country is unknown, anywhere."""
    there = not isinstance(entry, Actor) or not entry.countries or land in (None, *entry.countries)
    begun = not entry.since or not day or entry.since.isoformat() <= day
    return there and begun and not (entry.until and day and entry.until.isoformat() < day)


def _name(text: str) -> str:
    """The name in a phrase: the first run of words with a capital letter, small words between them
    aside, of which one is no common word ("the Northern Front" is a name though each be)."""
    told = telling()
    small = {key[0] for key in told.linking}
    for run in _runs(_WORD.findall(text.replace("’", "'")), small):
        keys = [_plain(word) for word in run]
        while run and keys[0] in told.leading:
            run, keys = run[1:], keys[1:]
        bears = {*keys} & (told.armed | told.police | (told.military - told.bodies))
        couple = len(run) > 1 and not bears and set(keys) & told.bodies
        if couple or any(key not in _common() for key in keys):
            return " ".join(run)
    return ""


def _runs(words: list[str], small: set[str]) -> Iterator[list[str]]:
    """Words with a capital letter that follow each other, with small ones between them."""
    run: list[str] = []
    held: list[str] = []
    for word in words:
        if word[0].isupper():
            run, held = [*run, *held, word], []
        elif run and word in small:
            held.append(word)
        elif run:
            yield run
            run, held = [], []
    if run:
        yield run


@cache
def _common() -> frozenset[Key]:
    """The words that name nobody."""
    told = telling()
    lists = (told.apart, told.outside, told.military, told.police, told.armed, told.communal)
    more = (told.mob, told.protest, told.unnamed, *told.associated.values())
    return frozenset(lands()).union(*lists, *more, *(listed for _, listed in told.kinds))


def _keys(words: Iterable[str]) -> frozenset[Key]:
    return frozenset(map(_plain, words))


@lru_cache(maxsize=10_000)
def _plain(text: str) -> Key:
    """Words as they are compared: in lower case, without the ends of plural and genitive."""
    return tuple(_stem(word.lower()) for word in _WORD.findall(text.replace("’", "'")))


@lru_cache(maxsize=10_000)
def _key(name: str) -> Key:
    """The same of names, whose short forms keep their capitals: "IS" is no "is"."""
    words = _WORD.findall(name.replace("’", "'"))
    return tuple(w if w.isupper() and len(w) > 1 else _stem(w.lower()) for w in words)


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _within(key: Key) -> Iterator[Key]:
    """Every run of words in a phrase, up to the longest that is a name."""
    for start in range(len(key)):
        for end in range(start + 1, min(len(key), start + _LONGEST) + 1):
            yield key[start:end]
