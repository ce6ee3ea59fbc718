"""Which news agency's text a text says it is: in its dateline, byline or closing credit.

The names of agencies stand in `data/<language>/wires.toml`. An agency that a text only quotes
("told Reuters") is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sayso.lexicon import LANGUAGE, table


def credited(text: str) -> str | None:
    """The news agency whose text a text says it is, None when it names none."""
    return next(filter(None, map(agency, _credits(text))), None)


def _credits(text: str) -> Iterator[str]:
    """What stands where a text names its agency: dateline, byline, closing credit."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:3]:
        if dateline := _DATELINE.match(line[:200]):
            yield dateline["agency"]
        if byline := _BYLINE.fullmatch(line):
            yield byline["agency"]
    for line in lines[-2:]:
        if closing := _CLOSING.search(line):
            yield from re.split(r"[;/,]| and ", closing[0].strip("()[]."))
        if byline := _BYLINE.fullmatch(line):
            yield byline["agency"]


_DATELINE = re.compile(r"[^()\n]{0,80}?\((?P<agency>[^()\n]{2,40})\)\s*(?:[-—–:]|$)")
_BYLINE = re.compile(
    r"(?:by|from|source:|credit:|©|copyright|\(c\))?\s*(?:\d{4}\s+)?"
    r"(?P<agency>[\w .&'’-]{2,40}?)\.?",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[(\[][^()\[\]]{2,200}[)\]]\.?$|^reporting by .*", re.IGNORECASE)


def agency(text: str) -> str | None:
    """The usual name of the news agency that is called so, None when none is."""
    name = re.sub(
        r"^(?:by|source|via|from|with)\b:?\s+|^the\s+", "", text.strip(" .\t"), flags=re.I
    )
    listed = _listed().get(name.casefold())
    if listed:
        # Short names are words as well: "Pa" is no agency.
        return listed if len(name) > 3 or not name.istitle() else None
    endings = tuple(ending.casefold() for ending in table("wires", LANGUAGE)["unlisted"]["endings"])
    return name if name.casefold().endswith(endings) and name[:1].isupper() else None


@cache
def _listed() -> dict[str, str]:
    return {n.casefold(): a["name"] for a in table("wires", LANGUAGE)["agency"] for n in a["names"]}


def agencies() -> tuple[str, ...]:
    """The names of all agencies that are listed, in lower case."""
    return tuple(_listed())
