"""The claims of rows: what their cells count, where and when their own row says, or else what
leads them in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from msgspec.structs import replace

from sayso.claims.listed.cells import Cell
from sayso.claims.listed.heads import names_places, names_regions, year_of
from sayso.claims.setting.governing import Mention, covered
from sayso.claims.setting.scope import scope
from sayso.claims.setting.where import at
from sayso.claims.stating import Text, identity, stated
from sayso.records import Claim, Evidence, Kind, Place, When

_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def listed(text: Text, rows: Sequence[Cell]) -> Iterator[Claim]:
    """The claims of rows: said by whoever says what leads them in, where and when that is so, or
    where and when their own row says."""
    ends = [s.end for s in text.sentences]
    led: dict[tuple[int, Kind], Claim] = {}
    found: list[Claim] = []
    told_of: dict[tuple[str, str | None], str] = {}  # rows of a list of events, each of its own day
    dated: dict[str, str] = {}
    for row in rows:
        index = max(0, bisect_right(ends, row.lead) - 1)
        if (index, row.kind) not in led:
            led[index, row.kind] = _leading(text, index, row.kind)
        base = led[index, row.kind]
        place, time = _beside(text, row)
        own = {"kind": row.rule, "count": "number.exact", "episode": "episode.main"}
        own |= {"who": f"group.{row.who.category}"} if row.who else {}
        own |= {"where": f"place.{place.basis}"} if place else {}
        own |= {"when": f"time.{time.basis}"} if time else {}
        claim = replace(
            base,
            count=row.number,
            manner=row.manner,
            who=row.who,
            by=row.by,
            where=place or base.where,
            when=time or base.when,
            because=base.because | own,
            evidence=Evidence(
                start=row.start, end=row.end, text=text.document.text[row.start : row.end]
            ),
        )
        told = (row.number.text, str(row.number.low), str(row.number.high))
        found.append(replace(claim, id=identity(claim, *told)))
        if time is not None:
            event = (place.text if place else "", time.start)
            dated[found[-1].id] = told_of.setdefault(event, f"r{len(told_of)}")
    for row, claim in zip(rows, found, strict=True):
        if row.whole is not None:
            claim = replace(claim, part_of=found[row.whole].id)
        elif len(told_of) > 1 and claim.id in dated:
            own = claim.because | {"episode": "episode.another"}
            claim = replace(claim, episode=dated[claim.id], because=own)
        yield claim


def _leading(text: Text, index: int, kind: Kind) -> Claim:
    """What a sentence makes of the rows under it: on whose say-so they are, where and when."""
    sentence = text.sentences[index]
    told = [t for t in sentence.tokens if t.pos in ("VERB", "NOUN")]
    told = [t for t in told if not covered(t.start, text.apart)] or [*sentence.tokens]
    scoped, rule = scope(text.sentences, index, told[-1], text.times, text.document.published)
    base = stated(text, index, told[-1], told[-1:], kind)
    return replace(base, scope=scoped, because=base.because | {"scope": rule})


def _first(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The first of the mentions, which are in text order, that stands between two offsets."""
    at = bisect_left(mentions, start, key=attrgetter("start"))
    return next((m for m in mentions[at : at + 1] if m.end <= end), None)


def _beside(text: Text, row: Cell) -> tuple[Place | None, When | None]:
    """Where and when the other cells of a row say that it is."""
    language = text.sentences[0].language
    place: Place | None = None
    time: When | None = None
    wide = False  # whether the place found so far has others of its row in it
    for head, (start, end) in row.beside:
        spot, day = _first(text.places, start, end), _first(text.times, start, end)
        printed, over = text.document.text[start:end], text.document.text[slice(*head)]
        if year := year_of(printed, over, language):
            time = time or When(
                text=year, start=f"{year}-01-01", end=f"{year}-12-31", basis="sentence"
            )
        elif _ISO.fullmatch(printed):
            time = time or When(text=printed, start=printed, end=printed, basis="sentence")
        elif day is not None and spot is None:
            time = time or When(text=day.text, start=day.first, end=day.last, basis="sentence")
        elif place is None or wide:
            other = at(spot, "sentence") if spot else None
            if other is None and names_places(over, language):
                other = Place(text=printed, basis="sentence", chain=(printed,))
            place, wide = other or place, wide if other is None else names_regions(over, language)
    return place, time
