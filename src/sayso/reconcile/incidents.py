"""Which documents tell of the same incident, by their words, their places and their dates.

Each text joins, oldest first, the incident whose reports it resembles most, or begins a new one.
The words are weighed by a shipped table of how common they are in news, so that ten documents are
grouped as ten thousand are, and a later document never changes where an earlier one went. A
document belongs to one incident, that of its own current claims; what it recalls of older ones is
background.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sayso.reconcile.order import day, ordered
from sayso.reconcile.words import Vector, likeness, tokens, vector
from sayso.records import HARMS, Claim, CopyGroup, Document

ALIKE = 0.22
"""Mean likeness to the `NEAREST` reports of an incident that makes a text one of them: from .20 to
.24 the grouping of 92 news articles that people sorted stays at its best (BCubed F1 .92)."""

NEAREST = 3

FADE = 60.0
"""Days between two publications after which their likeness counts for 1/e."""

ELSEWHERE = 0.3
"""What is left of the likeness when each text happens in a place that the other never names."""

HARMED = 1.5
"""How much more alike two texts are that both count people harmed: reports of the toll, of the
curfew and of the burials have few words in common beside the place. Reports of different incidents
have fewer still: in 60 of them likeness never passed .12."""

ANOTHER_DAY = 0.5
"""What is left of it when the texts date their events to days more than `DAYS_APART` apart."""

DAYS_APART = 1

LEAD = 500
"""Characters at the beginning of a text in which places and days are taken for the story's own."""

_PHYSICAL = ("PROTEST", "ASSAULT")
_SPAN = 7  # days: a longer span dates a period, not an event
_MARKS = 40  # the words of a text that tell most, by which candidates are found
_COMMON = 400  # a word that marks so many texts finds no candidates any more
_CANDIDATES = 12  # incidents looked at closely
_REPORTS = 20  # of a long incident: so many of the oldest and of the newest reports are compared


class _Report(NamedTuple):
    vector: Vector
    words: frozenset[str]
    places: tuple[frozenset[str], ...]
    harms: bool
    published: date | None
    event: tuple[date, date] | None


def incidents_of(
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    copy_groups: Sequence[CopyGroup] = (),
) -> list[tuple[str, ...]]:
    """The ids of the documents of each incident, oldest first; incidents by their oldest document.

    Documents in which nothing current happened or was counted make no incident. They belong to one
    when they tell the same story in words.
    """
    return [
        story
        for story in stories(documents, claims, copy_groups)
        if any(tells(claim) for document in story for claim in claims.get(document, ()))
    ]


def tells(claim: Claim) -> bool:
    """Whether a claim says that something happened: it is current, and no threat, plan or guess."""
    return claim.scope == "current" and claim.modality in (
        "asserted",
        "reported",
        "alleged",
        "denied",
    )


def stories(
    documents: Iterable[Document],
    claims: Mapping[str, Sequence[Claim]],
    copy_groups: Sequence[CopyGroup] = (),
) -> list[tuple[str, ...]]:
    """All documents grouped by the story they tell, whether or not anybody was harmed in it.

    One text goes where its oldest document goes: copies neither draw a story together nor outweigh
    other reports of it.
    """
    oldest_first = ordered(documents)
    present = {document.id for document in oldest_first}
    first = {
        copy: next(d for d in group.documents if d in present)
        for group in copy_groups
        for copy in group.documents
        if copy in present
    }
    reports: list[_Report] = []
    members: list[list[int]] = []
    home: dict[str, int] = {}
    marked: dict[str, list[int]] = defaultdict(list)
    at: list[int] = []
    for document in oldest_first:
        if first.get(document.id, document.id) != document.id:
            continue
        new = _report(document, claims.get(document.id, ()))
        marks = sorted(new.vector, key=lambda w: (-new.vector[w], w))[:_MARKS]
        best = _nearest(new, marks, reports, members, marked, at)
        if best is None:
            best = len(members)
            members.append([])
        home[document.id] = best
        at.append(best)
        members[best].append(len(reports))
        for word in marks:
            marked[word].append(len(reports))
        reports.append(new)
    found: list[list[str]] = [[] for _ in members]
    for document in oldest_first:
        found[home[first.get(document.id, document.id)]].append(document.id)
    return [tuple(story) for story in found]


def _nearest(
    new: _Report,
    marks: Sequence[str],
    reports: Sequence[_Report],
    members: Sequence[Sequence[int]],
    marked: Mapping[str, Sequence[int]],
    at: Sequence[int],
) -> int | None:
    """The incident that a report belongs to, None when it begins one."""
    overlap: dict[int, float] = defaultdict(float)
    for word in marks:
        if len(found := marked.get(word, ())) <= _COMMON:
            for old in found:
                overlap[old] += new.vector[word] * reports[old].vector[word]
    close: dict[int, float] = {}
    for old, value in overlap.items():
        close[at[old]] = max(value, close.get(at[old], 0.0))
    candidates = sorted(close, key=lambda incident: (-close[incident], incident))[:_CANDIDATES]
    best, nearest = None, ALIKE
    for incident in sorted(candidates):
        those = members[incident]
        if len(those) > 2 * _REPORTS:
            those = [*those[:_REPORTS], *those[-_REPORTS:]]
        each = sorted((_alike(new, reports[old]) for old in those), reverse=True)[:NEAREST]
        if (mean := math.fsum(each) / len(each)) > nearest:
            best, nearest = incident, mean
    return best


def _report(document: Document, claims: Sequence[Claim]) -> _Report:
    """What a document is compared by."""
    current = [claim for claim in claims if tells(claim)]
    physical = [claim for claim in current if _on_the_ground(claim)]
    title = document.title or ""
    return _Report(
        vector=vector(title, document.text),
        words=frozenset(tokens(f"{title} {document.text}")),
        places=_places(physical),
        harms=any(claim.kind in HARMS for claim in current),
        published=day(document),
        event=_days(physical),
    )


def _on_the_ground(claim: Claim) -> bool:
    """Whether a claim tells where and when the story itself happens: people harmed, or a protest or
    an assault, told near the beginning, where a report says what it is about."""
    kinds = claim.kind in HARMS or (claim.event is not None and claim.event.type in _PHYSICAL)
    return kinds and claim.evidence.start < LEAD


def _places(claims: Sequence[Claim]) -> tuple[frozenset[str], ...]:
    """The words of the names of the places where most of it happened; no whole countries."""
    names = Counter(
        claim.where.text for claim in claims if claim.where and claim.where.precision != "country"
    )
    most = max(names.values(), default=0)
    return tuple(
        words
        for name in sorted(names)
        if names[name] == most and (words := frozenset(tokens(name)))
    )


def _days(claims: Sequence[Claim]) -> tuple[date, date] | None:
    """First and last day on which it happened, from the claims that date it to a few days."""
    spans = Counter(
        (claim.when.start[:10], claim.when.end[:10])
        for claim in claims
        if claim.when and claim.when.start and claim.when.end
    )
    dated = []
    for span in sorted(spans, key=lambda s: (-spans[s], s)):
        try:
            start, end = map(date.fromisoformat, span)
        except ValueError:
            continue
        if 0 <= (end - start).days <= _SPAN:
            dated.append((start, end))
    return dated[0] if dated else None


def _alike(a: _Report, b: _Report) -> float:
    """How alike two reports are in words, less what their places and dates say against it."""
    found = likeness(a.vector, b.vector)
    if a.published and b.published:
        found *= math.exp(-abs((a.published - b.published).days) / FADE)
    elsewhere = a.places and b.places and not _named(a.places, b.words)
    if elsewhere and not _named(b.places, a.words):
        found *= ELSEWHERE
    elif a.harms and b.harms:
        found *= HARMED
    if a.event and b.event:
        apart = max((b.event[0] - a.event[1]).days, (a.event[0] - b.event[1]).days)
        if apart > DAYS_APART:
            found *= ANOTHER_DAY
    return found


def _named(places: Sequence[frozenset[str]], words: frozenset[str]) -> bool:
    """Whether a text has all the words of one of these names, one of many or several of them."""
    return any(
        all(not words.isdisjoint((word, f"{word}s", word.removesuffix("s"))) for word in place)
        for place in places
    )
