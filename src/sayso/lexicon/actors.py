"""Who is who: the shapes of the register of actors, `data/codes/actors.toml` or a file of one's own
in the same form, and of the words that tell a side without a name, `data/<language>/actors.toml`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from sayso.errors import EngineError, SettingsError
from sayso.lexicon import sheet
from sayso.lexicon.checking import Sheet
from sayso.lexicon.shapes import Listed, Shape, Words

Kind = Literal[
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "External/Other forces", "Civilians",
]  # fmt: skip
"""ACLED's kinds of actor (codebook of 2024, `inter1`)."""

Arm = Literal["Military", "Police"]


class Entry(Shape, frozen=True, kw_only=True):
    """What news calls somebody, and from which day to which."""

    names: Words
    since: date | None = None
    until: date | None = None


class Actor(Entry, frozen=True, kw_only=True):
    """[[actor]]: `countries` where the names mean it; `ucdp` else what stands before the colon."""

    acled: str
    ucdp: str = ""
    kind: Kind
    countries: Words = ()


class Forces(Entry, frozen=True, kw_only=True):
    """[[forces]]: an arm of a state, or a unit of it."""

    country: str
    arm: Arm
    unit: str = ""


class Peoples(Shape, frozen=True, kw_only=True):
    """[peoples]"""

    names: Words = ()


class Spelt(Shape, frozen=True, kw_only=True):
    """[spelt]: names of countries by their codes."""

    acled: dict[str, str] = msgspec.field(default_factory=dict)
    ucdp: dict[str, str] = msgspec.field(default_factory=dict)


class Actors(Shape, frozen=True, kw_only=True):
    """A register; a file of one's own may leave any part out."""

    actor: tuple[Actor, ...] = ()
    forces: tuple[Forces, ...] = ()
    governments: dict[str, tuple[date, ...]] = msgspec.field(default_factory=dict)
    spelt: Spelt = msgspec.field(default_factory=Spelt)
    peoples: Peoples = msgspec.field(default_factory=Peoples)


class Called(Listed, frozen=True, kw_only=True):
    """[[kind]]: what ACLED calls those whom these words tell of."""

    name: str
    kind: Kind


class Telling(Shape, frozen=True, kw_only=True):
    """The words of sides that have no name."""

    apart: Listed
    outside: Listed
    military: Listed
    police: Listed
    armed: Listed
    kind: tuple[Called, ...]
    communal: Listed
    raiders: Listed
    rivals: Listed
    bodies: Listed
    linking: Listed
    leading: Listed
    mob: Listed
    protest: Listed
    associated: dict[str, Words]
    unnamed: Listed


@cache
def shipped() -> Actors:
    """The register that Sayso brings. Raises `EngineError` with the line of what does not fit."""
    return sheet("actors", "codes").read(Actors)


@cache
def telling(language: str) -> Telling:
    """The words of sides, `actors.toml`. Raises `EngineError`, see `lexicon.table`."""
    return sheet("actors", language).read(Telling)


def own(file: Path) -> Actors:
    """A register of one's own. Raises `SettingsError` for a file that cannot be read, or, naming
    its line, for what cannot stand in it."""
    try:
        return Sheet(file.read_text(encoding="utf-8-sig"), str(file)).read(Actors)
    except OSError as error:
        raise SettingsError(f"the actors in {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not a TOML file: {error}") from error
    except EngineError as error:
        raise SettingsError(str(error)) from None
