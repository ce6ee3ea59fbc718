"""How a reading answers the articles: which claim is meant for which harm, and which fields are right.

A reading is a list of claims in the record's JSON (see docs/reference/record.md). Only harms are
judged: an event, a crowd and a deployment may be claimed or not.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HALVES = ("open", "held")
HARMS = frozenset(
    "killed injured critical hospitalised missing abducted detained displaced casualties "
    "dead_or_missing trapped rescued returned affected".split()
)
UNVOUCHED = frozenset("denied threatened planned hypothetical".split())
"""Modalities of a harm that is said not to have happened, or not yet."""

UNJUDGED = "?"
FIELDS = ("bounds", "who", "doer", "no doer", "place", "day", "origin", "reality", "scope")
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class Harm:
    """A harm as the recorder coded it; `start` and `end` are where the text prints it."""

    text: str
    start: int
    end: int
    kinds: frozenset[str]
    bounds: Bounds | None
    who: frozenset[str]
    by: frozenset[str]
    place: frozenset[str]
    day: tuple[str, str] | None
    origin: frozenset[str]
    reality: str
    background: bool


@dataclass(frozen=True)
class Article:
    """An article, its harms, and words of those whom nobody may count."""

    id: str
    document: dict[str, str]
    harms: tuple[Harm, ...]
    never: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """A harm and the claim that answers it, either of them None where it has no other, with each
    field that is judged, right or not."""

    harm: Harm | None
    claim: dict[str, Any] | None
    fields: dict[str, bool]


def articles(half: str) -> list[Article]:
    """The articles of a half, `open` or `held`."""
    return [article(file) for file in sorted((HERE / half).glob("*.toml"))]


def article(file: Path) -> Article:
    """An article as its file has it. Raises `ValueError` for a fragment that its text lacks."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    text = told["text"].strip()
    head = {key: told[key] for key in ("outlet", "published", "title")}
    return Article(
        id=file.stem,
        document={"id": file.stem, **head, "language": "en", "text": text},
        harms=tuple(harm(row, text) for row in told["harm"]),
        never=frozenset(told["never"]),
    )


def harm(row: dict[str, Any], text: str) -> Harm:
    """A row of a file; see README.md for its keys."""
    start = text.index(row["text"])
    first, _, last = row.get("day", "").partition("/")
    return Harm(
        text=row["text"],
        start=start,
        end=start + len(row["text"]),
        kinds=frozenset(row["kind"].split("/")),
        bounds=bounds(row["count"]) if "count" in row else None,
        who=words(row.get("who", "")),
        by=words(row.get("by", "")),
        place=words(row.get("place", "")),
        day=(first, last or first) if first else None,
        origin=words(row.get("origin", "")),
        reality=row.get("reality", "real"),
        background=row.get("background", False),
    )


def bounds(count: str) -> Bounds:
    """Low and high as a row writes them: "7", "7..", "..7" or "5..7"."""
    low, dots, high = count.partition("..")
    return int(low) if low else None, int(high if dots else low) if high or not dots else None


def words(text: str) -> frozenset[str]:
    """The words of a name, in lower case, and the mark of what is not judged."""
    return frozenset(re.findall(r"\w\w+|\d|\?", text.lower()))


def judged(article: Article, claims: Iterable[dict[str, Any]]) -> Iterator[Pair]:
    """Each harm with the claim that answers it best, one to one, and what is left of both."""
    harms = list(article.harms)
    left = [claim for claim in claims if claim["kind"] in HARMS]
    fits = [(fit(h, c), -i, -k) for i, h in enumerate(harms) for k, c in enumerate(left)]
    taken: dict[int, int] = {}
    for how, i, k in sorted((f for f in fits if f[0]), reverse=True):
        if how and -i not in taken and -k not in taken.values():
            taken[-i] = -k
    for i, one in enumerate(harms):
        claim = left[taken[i]] if i in taken else None
        yield Pair(one, claim, dict(fields(one, claim)) if claim else {})
    yield from (Pair(None, c, {}) for k, c in enumerate(left) if k not in taken.values())


def fit(harm: Harm, claim: dict[str, Any]) -> tuple[int, ...]:
    """How well a claim answers a harm, the more the better; empty where it does not: it must be of
    its kind, stand where it is printed, and agree in people or have a figure that may be the same."""
    evidence = claim["evidence"]
    shared = min(harm.end, evidence["end"]) - max(harm.start, evidence["start"])
    figure, people = found_bounds(claim), bool(harm.who & named(claim, "who"))
    if claim["kind"] not in harm.kinds or shared <= 0:
        return ()
    if not people and harm.bounds and not overlap(harm.bounds, figure):
        return ()
    return figure == harm.bounds, people, harm.reality == "real", shared


def fields(harm: Harm, claim: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each field of a claim that is judged, and whether it is right."""
    if harm.reality == "unreal":
        yield "reality", not vouched(claim)
    if harm.reality != "real":
        return
    yield "reality", vouched(claim) or harm.bounds == (0, 0)
    yield "scope", scope(harm, claim["scope"])
    if harm.bounds:
        yield "bounds", found_bounds(claim) == harm.bounds
    if harm.who:
        yield "who", bool(harm.who & named(claim, "who"))
    if UNJUDGED not in harm.by:
        by = named(claim, "by")
        yield ("doer", bool(harm.by & by)) if harm.by else ("no doer", not by)
    if harm.place:
        place = claim.get("where") or {}
        told = words(f"{place.get('text') or ''} {place.get('name') or ''}")
        yield "place", bool(harm.place & told)
    if harm.day:
        yield "day", within(claim.get("when") or {}, *harm.day)
    if UNJUDGED not in harm.origin:
        origins = (s["text"] for s in claim["sources"] if s["role"] == "origin")
        origin = words(" ".join(origins))
        yield "origin", bool(harm.origin & origin) if harm.origin else not origin


def scope(harm: Harm, found: str) -> bool:
    """Whether a scope is right; a harm of several days may be a period's."""
    if found == "period":
        return harm.background or bool(harm.day and harm.day[0] != harm.day[1])
    return (found == "background") == harm.background


def within(when: dict[str, Any], first: str, last: str) -> bool:
    """Whether a time lies in these days; one that only says by when ends in them."""
    end, start = when.get("end"), when.get("start")
    return end is not None and first <= end[:10] <= last and (not start or first <= start[:10])


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether two figures may be of the same number."""
    return all(
        low is None or high is None or low <= high
        for low, high in ((one[0], other[1]), (other[0], one[1]))
    )


def found_bounds(claim: dict[str, Any]) -> Bounds:
    """Low and high of a claim; one without a figure is open on both sides."""
    count = claim.get("count") or {}
    return count.get("low"), count.get("high")


def named(claim: dict[str, Any], party: str) -> frozenset[str]:
    """The words by which a claim names one of its parties; none for nobody."""
    return words((claim.get(party) or {}).get("text") or "")


def vouched(claim: dict[str, Any]) -> bool:
    """Whether a claim counts somebody as harmed."""
    return claim["modality"] not in UNVOUCHED and found_bounds(claim) != (0, 0)


def wrongly_counted(article: Article, pair: Pair) -> bool:
    """Whether a claim that answers no harm counts one who must never be."""
    claim = pair.claim
    return bool(
        pair.harm is None and claim and vouched(claim) and article.never & named(claim, "who")
    )


def figures(results: Sequence[tuple[Article, Pair]]) -> dict[str, tuple[int, int]]:
    """Each figure as a number of how many: recall and precision of harms that happened, fields of
    those found, all fields over every harm; and the two that are to be nought."""
    real = [p for _, p in results if p.harm and p.harm.reality == "real"]
    found = [p for p in real if p.claim]
    stray = [p for _, p in results if p.harm is None and p.claim and vouched(p.claim)]
    unreal = [p for _, p in results if p.harm and p.harm.reality == "unreal"]
    asked = Counter(name for p in found for name in p.fields)
    right = Counter(name for p in found for name in p.fields if p.fields[name])
    return {
        "recall": (len(found), len(real)),
        "precision": (len(found), len(found) + len(stray)),
        **{name: (right[name], asked[name]) for name in FIELDS},
        "all fields right": (sum(all(p.fields.values()) for p in found), len(real)),
        "unreal counted": (sum(False in p.fields.values() for p in unreal), len(unreal)),
        "wrongly counted": (sum(wrongly_counted(a, p) for a, p in results), len(results)),
    }
