"""The claims of rows: what their cells count, and where, when and on whose say-so.

A row's own cells say it first, then the head of its column, then the sentence that tells the total
of its table, then what leads its table in, then the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from sayso.claims.attribution.kinds import kind as kind_of
from sayso.claims.listed.cells import Cell
from sayso.claims.listed.heads import names_places, names_regions, year_of
from sayso.claims.setting.governing import Mention, covered, inside
from sayso.claims.setting.report import is_long, posted
from sayso.claims.setting.scope import scope
from sayso.claims.setting.where import at
from sayso.claims.stating import Text, identity, stated
from sayso.language.dates import span
from sayso.language.trees import Sentence
from sayso.records import Claim, Evidence, Kind, Place, Scope, Source, When

_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


class _Total(NamedTuple):
    """The claim of a sentence that tells what the rows of a table add up to, its figure, and
    whether a row of theirs says that again."""

    claim: Claim
    figure: int
    restated: bool


def listed(
    text: Text, rows: Sequence[Cell], told: Sequence[Claim] = (), report: When | None = None
) -> Iterator[Claim]:
    """The claims of rows; `told` are the claims of the sentences of the text, and `report` the days
    that it is of."""
    totals = _totals(rows, told)
    credited = _credited(text, rows)
    led: dict[tuple[int, Kind], Claim] = {}
    found: list[Claim] = []
    told_of: dict[tuple[str, str | None], str] = {}  # rows of a list of events, each of its own day
    dated: dict[str, str] = {}
    for row in rows:
        index = _led_in(text, row, told)
        total = totals.get((row.lead, row.kind)) or totals.get((row.lead, None))
        if (row.lead, row.kind) not in led:
            base = _leading(text, index, row.kind)
            led[row.lead, row.kind] = _as(base, total.claim) if total else base
        base = led[row.lead, row.kind]
        if not base.sources and (source := credited.get(row.lead)):
            because = base.because | {"sources": "source.citation"}
            base = replace(base, sources=(source,), basis="stated", because=because)
        place, time = _beside(text, row)
        above, since = _over(text, row)
        near = base.when
        if near and report and near.text in report.text:
            near = report  # they stand under the line that says it
        when = time or above or near or posted(text.sections[index]) or report
        scoped: tuple[Scope, str] = (base.scope, base.because["scope"])
        if scoped[0] == "period" and time and not is_long(time):
            scoped = "current", "scope.story"  # "Boats this month", and in it one of 3 May
        if scoped[0] == "current" and (since or not (time or above)) and is_long(when):
            scoped = "period", "scope.period"
        own = {"kind": row.rule, "count": "number.exact", "episode": "episode.main"}
        own |= {"who": f"group.{row.who.category}"} if row.who else {}
        own |= {"by": "by.role"} if row.by else {}
        own |= {"where": f"place.{place.basis}"} if place else {}
        own |= {"when": f"time.{when.basis}"} if when else {}
        claim = replace(
            base,
            count=row.number,
            manner=row.manner,
            who=row.who,
            by=row.by,
            where=place or base.where,
            when=when,
            scope=scoped[0],
            because=base.because | {"scope": scoped[1]} | own,
            evidence=Evidence(
                start=row.start, end=row.end, text=text.document.text[row.start : row.end]
            ),
        )
        said = (row.number.text, str(row.number.low), str(row.number.high))
        found.append(replace(claim, id=identity(claim, *said)))
        if time is not None:
            event = (place.text if place else "", time.start)
            dated[found[-1].id] = told_of.setdefault(event, f"r{len(told_of)}")
    for row, claim in zip(rows, found, strict=True):
        total = totals.get((row.lead, row.kind))
        if row.whole is not None:
            claim = replace(claim, part_of=found[row.whole].id)
        elif total and not total.restated and row.number.low != total.figure:
            claim = replace(claim, part_of=total.claim.id)
        elif len(told_of) > 1 and claim.id in dated:
            own = claim.because | {"episode": "episode.another"}
            claim = replace(claim, episode=dated[claim.id], because=own)
        yield claim


def _index(text: Text, offset: int) -> int:
    """The number of the last sentence that ends before an offset."""
    return max(0, bisect_right([s.end for s in text.sentences], offset) - 1)


def _led_in(text: Text, row: Cell, told: Sequence[Claim]) -> int:
    """The number of the sentence that leads a row in: the last one over it, but none that goes on
    about other harms ("Trigger: 19 people were killed.")."""
    last = _index(text, row.lead)
    for index in range(last, -1, -1):
        sentence = text.sentences[index]
        kinds = {c.kind for c in told if sentence.start <= c.evidence.start < sentence.end}
        colon = sentence.tokens[-1].text == ":"
        if colon or not kinds or row.kind in kinds or sentence.kind != "paragraph":
            return index
    return last


def _totals(rows: Sequence[Cell], told: Sequence[Claim]) -> dict[tuple[int, Kind | None], _Total]:
    """For the rows that begin at an offset, and each kind that they count, the sentence that tells
    what they add up to; under None the first of any kind."""
    found: dict[tuple[int, Kind | None], _Total] = {}
    ordered = sorted(rows, key=lambda row: (row.lead, row.kind))
    for (lead, kind), each in groupby(ordered, key=lambda row: (row.lead, row.kind)):
        cells = sorted(each, key=attrgetter("start"))
        wholes = {row.whole for row in cells}
        sums = [c for c in cells if rows.index(c) in wholes and c.whole is None]
        exact = [c.number.low or 0 for c in cells if c.whole is None]
        values = {c.number.low for c in sums} or {*list(accumulate(exact))[1:]}
        same = [
            claim
            for claim in told
            if claim.kind == kind
            and claim.count
            and claim.count.low in values
            and claim.count.unit == cells[0].number.unit
            and claim.modality in ("asserted", "reported")
        ]
        before = [claim for claim in same if claim.evidence.start < lead]
        if same:
            one = before[-1] if before else same[0]
            figure = one.count.low or 0 if one.count else 0
            found[lead, kind] = _Total(one, figure, bool(sums))
            found.setdefault((lead, None), found[lead, kind])
    return found


def _as(base: Claim, told: Claim) -> Claim:
    """A claim that is said where, when and by whom another is."""
    names = ("sources", "modality", "when", "scope", *(() if base.where else ("where",)))
    because = {name: told.because[name] for name in names if name in told.because}
    kept = {name: rule for name, rule in base.because.items() if name not in names}
    return replace(
        base,
        where=base.where or told.where,
        when=told.when,
        posted=told.posted,
        modality=told.modality,
        sources=told.sources,
        basis=told.basis,
        cues=told.cues,
        scope=told.scope,
        because=kept | because,
    )


def _leading(text: Text, index: int, kind: Kind) -> Claim:
    """What a sentence makes of the rows under it: on whose say-so they are, where and when."""
    sentence = text.sentences[index]
    told = [t for t in sentence.tokens if t.pos in ("VERB", "NOUN")]
    told = [t for t in told if not covered(t.start, text.apart)] or [*sentence.tokens]
    scoped, rule = scope(text.sentences, index, told[-1], text.times, text.document.published)
    base = stated(text, index, told[-1], told[-1:], kind)
    if base.when and base.when.basis not in ("sentence", "saying"):
        base = replace(base, when=None)  # what is near is nearer to the sentence than to the rows
    if since := _since(sentence, text):
        scoped, rule = "current", "scope.story"
        base = replace(base, when=since)
    elif scoped == "background" and sentence.tokens[-1].text != ":":
        scoped, rule = "current", "scope.story"  # the last sentence before them, and of another day
        base = replace(base, when=None)
    return replace(base, scope=scoped, because=base.because | {"scope": rule})


def _credited(text: Text, rows: Sequence[Cell]) -> dict[int, Source]:
    """Whom a line right under rows names as their source, by where those begin: "Source: INAD"."""
    found: dict[int, Source] = {}
    for lead, each in groupby(rows, key=attrgetter("lead")):
        last = max(max(row.end, row.head[1]) for row in each)
        under = next((s for s in text.sentences if s.kind == "note" and s.start >= last), None)
        if under is None or len(under.tokens) < 3 or under.tokens[1].text != ":":
            continue
        words = under.words("rows", "sources")
        between = [b for b in text.sentences if last <= b.start < under.start]
        if under.tokens[0].lower in words and all(b.kind in ("head", "cell") for b in between):
            named = list(takewhile(lambda t: t.text not in (";", "."), under.tokens[2:]))
            said = under.quote(named[0].start, named[-1].end) if named else ""
            if said:
                found[lead] = Source(text=said, kind=kind_of(named), role="origin")
    return found


def _since(sentence: Sentence, text: Text) -> When | None:
    """From when on a heading says that what stands below it is summed: "SINCE 1 JANUARY"."""
    words = {t.lower for t in sentence.tokens}
    verbs = any(t.pos == "VERB" and "VerbForm=Fin" in t.feats for t in sentence.tokens)
    if verbs or words.isdisjoint(sentence.words("dates", "prepositions.since")):
        return None
    begun = next((m for m in inside(sentence, text.times) if m.first), None)
    until = text.document.published
    if begun is None or until is None:
        return None
    return When(text=begun.text, start=begun.first, end=until[:10], basis="sentence")


def _first(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The first of the mentions, which are in text order, that stands between two offsets."""
    at = bisect_left(mentions, start, key=attrgetter("start"))
    return next((m for m in mentions[at : at + 1] if m.end <= end), None)


def _over(text: Text, row: Cell) -> tuple[When | None, bool]:
    """When the head of its column says that a figure is of, and whether that goes on until now:
    "Dead since 1 January", "2030"."""
    start, end = row.head
    printed = text.document.text[start:end]
    if _YEAR.fullmatch(printed):
        return _year(printed), False
    mention = _first(text.times, start, end)
    if mention is None or not mention.first:
        return None, False
    sentence = text.sentences[min(_index(text, start) + 1, len(text.sentences) - 1)]
    if not sentence.start <= start < sentence.end:
        sentence = text.sentences[_index(text, end)]
    first, last = span(mention, sentence, text.document.published)
    since = bool(first) and (mention.first, mention.last) != (first, last)
    return When(text=mention.text, start=first, end=last, basis="sentence"), since


def _year(printed: str) -> When:
    return When(text=printed, start=f"{printed}-01-01", end=f"{printed}-12-31", basis="sentence")


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
            time = time or _year(year)
        elif _YEAR.fullmatch(printed):
            time = time or _year(printed)
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
