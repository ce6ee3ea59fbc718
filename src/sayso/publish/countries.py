"""Countries by their ISO 3166-1 code, as GeoNames has them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
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


def codes() -> list[str]:
    """The codes of two letters of all countries."""
    return list(_countries())


@cache
def _countries() -> dict[str, Country]:
    table = files("sayso") / "data" / "codes" / "countries.csv"
    return {
        row["iso2"]: Country(row["name"], row["iso3"], int(row["number"] or 0) or None)
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    }
