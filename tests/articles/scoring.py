"""How a reading answers coded documents: which claim is meant for which harm, and which fields are
right.

A reading is a list of claims in the record's JSON (see docs/reference/record.md). Only harms are
judged: an event, a crowd and a deployment may be claimed or not. The articles and the reports
(tests/reports) are such documents.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
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
FIELDS = (
    "bounds", "unit", "who", "names", "doer", "no doer", "place", "day", "origin", "reality",
    "scope", "manner", "whole",
)  # fmt: skip
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class Harm:
    """A harm as the recorder coded it; `start` and `end` are where the text prints it, both -1 where
    the text lacks it. `scopes` and `manners` are those that are right, none: not judged."""

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
    scopes: frozenset[str]
    unit: str = "people"
    manners: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True)
class Article:
    """A coded document, its harms, the names of those whom nobody may count, and the kinds that are
    judged in it."""

    id: str
    document: dict[str, Any]
    harms: tuple[Harm, ...]
    never: frozenset[str]
    kinds: frozenset[str] = HARMS


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


def article(file: Path, kinds: frozenset[str] = HARMS) -> Article:
    """A document as its file has it, a page as Sayso's own ingest reads it. Raises `ValueError` for
    a fragment that a text lacks; what a page's text lacks, ingest lost."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    paged = "html" in told
    text = page_text(file.parent / told["html"]) if paged else told["text"].strip()
    head = {key: told[key] for key in ("outlet", "published", "title")}
    return Article(
        id=file.stem,
        document={"id": file.stem, **head, "language": "en", "text": text},
        harms=tuple(harm(row, text, paged) for row in told["harm"]),
        never=frozenset(told["never"]),
        kinds=kinds,
    )


def page_text(file: Path) -> str:
    """What ingest makes of a page; nothing where it finds no text."""
    from sayso.ingest.pages import page

    return getattr(page(file.read_bytes(), file.name), "text", "")


def harm(row: dict[str, Any], text: str, paged: bool = False) -> Harm:
    """A row of a file; see README.md for its keys."""
    start, end = span(row["text"], text, row.get("after", ""))
    if start < 0 and not paged:
        raise ValueError(f"{row['text']!r} stands nowhere")
    first, _, last = row.get("day", "").partition("/")
    return Harm(
        text=row["text"],
        start=start,
        end=end,
        kinds=frozenset(row["kind"].split("/")),
        bounds=bounds(row["count"]) if "count" in row else None,
        who=words(row.get("who", "")),
        by=words(row.get("by", "")),
        place=words(row.get("place", "")),
        day=(first, last or first) if first else None,
        origin=words(row.get("origin", "")),
        reality=row.get("reality", "real"),
        scopes=scopes(row, several=first != (last or first)),
        unit=row.get("unit", "people"),
        manners=frozenset(filter(None, row.get("manner", "").split("/"))),
        names=tuple(row.get("names", ())),
        part_of=row.get("part_of"),
    )


def span(fragment: str, text: str, after: str = "") -> tuple[int, int]:
    """Where the text prints a fragment, figures whole: 12 is not in 412 or 12,000; the first that
    stands after the words `after`. White space may be any, or the bar between cells."""
    at = 0
    if after:
        edge = re.search(loose(after), text)
        at = edge.end() if edge else len(text)
    found = re.compile(loose(fragment)).search(text, at)
    return found.span() if found else (-1, -1)


def loose(fragment: str) -> str:
    """A fragment as an expression."""
    left = r"(?<!\d)(?<!\d[.,])" if fragment[0].isdigit() else r"(?<!\w)" * fragment[0].isalpha()
    right = r"(?!\d)(?![.,]\d)" if fragment[-1].isdigit() else ""
    return left + r"[\s|]+".join(map(re.escape, fragment.split())) + right


def scopes(row: dict[str, Any], several: bool) -> frozenset[str]:
    """The scopes that are right for a row: a harm of several days may be a period's."""
    match row.get("scope"), row.get("background", False):
        case "?", _:
            return frozenset()
        case "period", _:
            return frozenset({"period"})
        case _, True:
            return frozenset({"background", "period"})
        case _:
            return frozenset({"current", "period"} if several else {"current"})


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
    left = [claim for claim in claims if claim["kind"] in article.kinds]
    fits = [(fit(h, c), -i, -k) for i, h in enumerate(harms) for k, c in enumerate(left)]
    taken: dict[int, int] = {}
    for how, i, k in sorted((f for f in fits if f[0]), reverse=True):
        if how and -i not in taken and -k not in taken.values():
            taken[-i] = -k
    answers = {i: left[k] for i, k in taken.items()}
    for i, one in enumerate(harms):
        claim = answers.get(i)
        wholes = {c.get("id") for j, c in answers.items() if is_whole(harms[j], one, harms)}
        yield Pair(one, claim, dict(fields(one, claim, wholes)) if claim else {})
    yield from (Pair(None, c, {}) for k, c in enumerate(left) if k not in taken.values())


def is_whole(harm: Harm, part: Harm, harms: Iterable[Harm]) -> bool:
    """Whether a harm is the whole that a part names, or is told with its figure again."""
    return any(
        whole.text == part.part_of and (harm.kinds, harm.bounds) == (whole.kinds, whole.bounds)
        for whole in harms
    )


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


def fields(
    harm: Harm, claim: dict[str, Any], wholes: Set[str | None] = frozenset()
) -> Iterator[tuple[str, bool]]:
    """Each field of a claim that is judged, and whether it is right; `wholes` are the ids of the
    claims for the whole of which it is part: one that no claim answers is not judged again."""
    if harm.reality == "unreal":
        yield "reality", not vouched(claim)
    if harm.reality != "real":
        return
    yield "reality", vouched(claim) or harm.bounds == (0, 0)
    if harm.scopes:
        yield "scope", claim["scope"] in harm.scopes
    if harm.bounds:
        yield "bounds", found_bounds(claim) == harm.bounds
        yield "unit", (claim["count"] or {}).get("unit", "people") == harm.unit
    if harm.manners:
        yield "manner", claim.get("manner") in harm.manners
    if wholes:
        yield "whole", claim.get("part_of") in wholes
    if harm.who:
        yield "who", bool(harm.who & named(claim, "who"))
    if harm.names:
        yield "names", words(" ".join(harm.names)) <= named(claim, "who")
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
    if pair.harm or not claim or not vouched(claim):
        return False
    return any(words(name) <= named(claim, "who") for name in article.never)


def figures(results: Sequence[tuple[Article, Pair]]) -> dict[str, tuple[int, int]]:
    """Each figure as a number of how many: recall and precision of harms that happened, those fields
    of those found that are judged at all, all fields over every harm; and the two that are to be
    nought."""
    real = [p for _, p in results if p.harm and p.harm.reality == "real"]
    found = [p for p in real if p.claim]
    stray = [p for _, p in results if p.harm is None and p.claim and vouched(p.claim)]
    unreal = [p for _, p in results if p.harm and p.harm.reality == "unreal"]
    asked = Counter(name for p in found for name in p.fields)
    right = Counter(name for p in found for name in p.fields if p.fields[name])
    return {
        "recall": (len(found), len(real)),
        "precision": (len(found), len(found) + len(stray)),
        **{name: (right[name], asked[name]) for name in FIELDS if asked[name]},
        "all fields right": (sum(all(p.fields.values()) for p in found), len(real)),
        "unreal counted": (sum(False in p.fields.values() for p in unreal), len(unreal)),
        "wrongly counted": (sum(wrongly_counted(a, p) for a, p in results), len(results)),
    }


def shares(asked: Sequence[Article], claims: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """The figures of documents by their claims: shares, and numbers of what is counted."""
    pairs = [(a, pair) for a in asked for pair in judged(a, claims.get(a.id, []))]
    return {
        name: n if name.endswith("counted") else n / of for name, (n, of) in figures(pairs).items()
    }


def worse(found: dict[str, float], floors: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Each figure that is worse than its floor, or not asked for as the floors are."""
    for name in found.keys() ^ floors.keys():
        yield name, found.get(name, 0.0)
    for name in found.keys() & floors.keys():
        value, floor = found[name], floors[name]
        if value > floor if name.endswith("counted") else value < floor:
            yield name, value
