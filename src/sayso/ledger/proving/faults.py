"""What is wrong with a ledger, in words, and how the words are put."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

LONGEST = 60
"""Characters of a value that are shown."""


class Fault(NamedTuple):
    """Something that is not as it was entered: the line of the log, if it is one, and what; and
    whether it is in what is `derived`, which can be made again from the log."""

    seq: int | None
    what: str
    derived: bool = False


def derived(what: str) -> Fault:
    """A fault in what is made of the log."""
    return Fault(None, what, derived=True)


def otherwise(
    name: str, kept: Mapping[str, Any], made: Mapping[str, Any], but: Iterable[str] = ()
) -> list[Fault]:
    """A fault for each column of a row, but for some, that is kept otherwise than the log makes it;
    `name` says what the row is of."""
    return [
        differs(name, f"the {column}", kept.get(column), value)
        for column, value in made.items()
        if column not in but and not same(kept.get(column), value)
    ]


def differs(name: str, what: str, kept: object, made: object) -> Fault:
    """The fault where something is kept otherwise than the log makes it."""
    return derived(f"{name}: {what} kept says {shown(kept)}, the log gives {shown(made)}")


def same(kept: object, made: object) -> bool:
    """Whether a value is the very same: 1 is not "1", and where there is a flag, 2 is not true."""
    if isinstance(made, bool) or isinstance(kept, bool):
        return kept in (0, 1) and made in (0, 1) and bool(kept) is bool(made)
    return kept == made and isinstance(kept, str) is isinstance(made, str)


def shown(value: object) -> str:
    """A value as a person may read it."""
    if value is None:
        return "nothing"
    told = str(value) if isinstance(value, str | int | float) else repr(value)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
