"""What a toll curve shows: each figure once with whose word it is, each origin's changes, and the
bounds that stood between them. Points of time and numbers only; the picture is made by `curve`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.publish import wording
from sayso.records import CurvePoint, Incident, Voice

LINES = 6
"""More step lines than this cannot be told apart; the origins beyond keep their marks only."""

SHAPES = {
    "official": "circle",
    "security_forces": "circle",
    "military": "circle",
    "court": "circle",
    "foreign_government": "circle",
    "armed_group": "circle",
    "media": "diamond",
    "news_agency": "diamond",
    "company": "diamond",
    "document": "diamond",
    "witness": "triangle",
    "relative": "triangle",
    "anonymous": "triangle",
}
"""The shape of a mark by kind of source; whoever is not named here is a square."""


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of one origin at one moment; copies of a text give it once."""

    at: datetime
    published: str
    low: int | None
    high: int | None
    line: str
    origin: str
    shape: str
    status: str

    @property
    def level(self) -> int:
        """Where the figure is drawn: the bound that stands in the words."""
        if self.low is None:
            return self.high or 0
        return self.low

    @property
    def figure(self) -> str:
        """The bounds in words."""
        return wording.bounds(self.low, self.high)

    @property
    def stood(self) -> bool:
        """Whether it ever bounded the toll: a denial never does."""
        return self.status != "denied"

    def replaces(self, before: Said | None) -> bool:
        """Whether it changes what its origin had said: "dozens" after "31" does not."""
        if not self.stood or before is None:
            return self.stood
        over = before.high is not None and (self.high is None or self.high >= before.high)
        vaguer = (self.low or 0) <= (before.low or 0) and (over or self.high == before.high)
        return not vaguer


def figures(
    incident: Incident, points: Sequence[CurvePoint], speakers: Mapping[str, Voice]
) -> list[Said]:
    """The points in order of time, each figure of one text once, with their origins' names.

    Points without a readable date or without any bound are left out.
    """
    group_of = {doc: group[0] for group in incident.copy_groups for doc in group}
    found: dict[tuple[object, ...], Said] = {}
    for point in sorted(points, key=lambda p: (wording.age(p.at), p.doc, p.claim)):
        at = wording.instant(point.at)
        if at is None or (point.low is None and point.high is None):
            continue
        line, name, kind = _speaker(incident, point, speakers)
        shape = _shape(kind, bool(point.sources))
        text = group_of.get(point.doc, point.doc)
        key = (text, line, point.low, point.high, point.status)
        published = point.at or ""
        said = Said(at, published, point.low, point.high, line, name, shape, point.status)
        found.setdefault(key, said)
    return list(found.values())


def _speaker(
    incident: Incident, point: CurvePoint, speakers: Mapping[str, Voice]
) -> tuple[str, str, str | None]:
    """Whose word a point is: what keeps it apart from others, its name, and its kind."""
    if voice := speakers.get(point.claim):
        return voice.line, voice.name, voice.kind
    name = point.sources[0] if point.sources else "the outlet"
    for toll in incident.tolls:
        for origin in toll.origins:
            if point.claim in origin.claims or _plain(origin.name) == _plain(name):
                return _plain(origin.name), origin.name, origin.kind
    return _plain(name), name, None


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _shape(kind: str | None, named: bool) -> str:
    if kind is None:
        return "square" if named else "diamond"
    return SHAPES.get(kind, "square")


def lines(said: Sequence[Said]) -> dict[str, list[Said]]:
    """Each origin's changes in order; those with most figures first, at most `LINES` of them."""
    found: dict[str, list[Said]] = {}
    for point in said:
        if point.stood:
            changes = found.setdefault(point.line, [])
            if point.replaces(changes[-1] if changes else None):
                changes.append(point)
    count = Counter(point.line for point in said)
    most = sorted(found, key=lambda line: (-count[line], line))
    return {line: found[line] for line in most[:LINES]}


def stretches(
    said: Sequence[Said], end: datetime
) -> list[tuple[datetime, datetime, int, int | None]]:
    """From when to when which bounds stood: the span of each origin's last word so far."""
    found: list[tuple[datetime, datetime, int, int | None]] = []
    moments = sorted({point.at for point in said})
    for at, until in zip(moments, [*moments[1:], end], strict=True):
        last: dict[str, Said] = {}
        for point in said:
            if point.at <= at and point.replaces(last.get(point.line)):
                last[point.line] = point
        if not last:
            continue
        low = min(point.low or 0 for point in last.values())
        highs = [point.high for point in last.values() if point.high is not None]
        high = max(highs) if len(highs) == len(last) else None
        if found and found[-1][1:] == (at, low, high):
            at = found.pop()[0]
        found.append((at, until, low, high))
    return found


def told(point: Said) -> str:
    """One figure in words: "17: health ministry, withdrawn, 5 Mar 2031 09:15"."""
    status = "" if point.status in ("stands", "superseded") else f", {point.status}"
    origin, at = wording.clean(point.origin), wording.moment(point.published)
    return f"{point.figure}: {origin}{status}, {at}"
