"""How a reading answers the grid: for each sentence an outcome and what is amiss.

A reading is a list of claims in the record's JSON (see docs/reference/record.md). Only harms are
judged: `HARMS`. An event, a crowd and a deployment may be claimed or not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grid.words import tokens

HARMS = frozenset(
    "killed injured critical hospitalised missing abducted detained displaced casualties "
    "dead_or_missing trapped rescued returned affected".split()
)
UNREAL = frozenset("denied threatened planned hypothetical alleged".split())
"""Modalities of a harm that is marked as not, or not surely, having happened."""

VOUCHED = {
    "real": ("asserted", "reported"),
    "said": ("alleged", "reported"),
    "any": ("asserted", "reported", "alleged"),
}
"""Modalities of a harm that did happen, by how the sentence tells of it."""

OUTCOMES = ("right", "wrong", "unreal", "dead")
"""Right; something amiss; a harm that did not happen counted as if it had; and the gravest, one who
must never be counted is among those who came to harm. The last that holds is the outcome."""


@dataclass(frozen=True)
class Judged:
    """A sentence of the grid with its outcome, and in words what is amiss with its reading."""

    row: dict[str, Any]
    outcome: str
    amiss: tuple[str, ...]


def judged(
    rows: Iterable[dict[str, Any]], claims: dict[str, list[dict[str, Any]]]
) -> Iterator[Judged]:
    """Each sentence held against its claims, by id; a sentence that has none was read as empty."""
    for row in rows:
        yield judge(row, [c for c in claims.get(row["id"], ()) if c["kind"] in HARMS])


def judge(row: dict[str, Any], claims: list[dict[str, Any]]) -> Judged:
    """One sentence held against the harms that were read from it."""
    left = [claim for claim in claims if not forbidden(row, claim)]
    amiss = [surplus(row, claim) for claim in claims if forbidden(row, claim)]
    for wanted, found in paired(row["claims"], left):
        if found is not None:
            amiss += faults(wanted, found)
        elif wanted["reality"] not in ("unreal", "may"):
            amiss.append("missed")
    amiss += [surplus(row, claim) for claim in left]
    outcome = "wrong" if amiss else "right"
    for grave, fault in (("unreal", "unreal"), ("dead", "never")):
        if fault in amiss:
            outcome = grave
    return Judged(row, outcome, tuple(amiss))


def paired(
    wanted: list[dict[str, Any]], left: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each claim that is wanted with the one that answers it, which is taken out of `left`: first
    where figure and people agree, then where one of the two does, and last those that may be."""
    open_still = list(wanted)
    for strict in (True, False):
        for claim in sorted(open_still, key=lambda claim: claim["reality"] == "may"):
            found = next((c for c in left if answers(claim, c, strict)), None)
            if found is not None:
                left.remove(found)
                open_still.remove(claim)
                yield claim, found
    for claim in open_still:
        yield claim, None


def answers(wanted: dict[str, Any], claim: dict[str, Any], strict: bool) -> bool:
    """Whether a claim is meant for one that is wanted: of its kind, its figure and its people; or,
    not strictly, of one of the two. For a harm that is unreal a marked one of its kind will do."""
    if claim["kind"] not in wanted["kinds"]:
        return False
    figure, people = bounds(claim) == (wanted["low"], wanted["high"]), names(wanted, claim)
    if strict or wanted["reality"] == "may":
        return figure and people
    if wanted["reality"] == "unreal" and harmless(claim):
        return True
    return figure or (people and bool(wanted["who"]))


def faults(wanted: dict[str, Any], claim: dict[str, Any]) -> Iterator[str]:
    """What is amiss with the claim that answers one that is wanted."""
    if wanted["reality"] == "unreal":
        if not harmless(claim):
            yield "unreal"
        return
    if wanted["reality"] == "may":
        return
    if bounds(claim) != (wanted["low"], wanted["high"]):
        yield "figure"
    if not names(wanted, claim):
        yield "who"
    by = text(claim, "by")
    if by if wanted["by"] is None else wanted["by"] and not tokens(*wanted["by"]) & tokens(by):
        yield "by"
    if wanted["part"] and not claim.get("part_of"):
        yield "part"
    if claim["modality"] not in VOUCHED[wanted["reality"]]:
        yield "modality"


def surplus(row: dict[str, Any], claim: dict[str, Any]) -> str:
    """What is amiss with a claim that answers nothing."""
    if harmless(claim):
        return "extra, marked"
    count = tokens((claim.get("count") or {}).get("text") or "")
    if forbidden(row, claim) or set(row["never"]) & count:
        return "never"
    unreal = any(c["reality"] == "unreal" and claim["kind"] in c["kinds"] for c in row["claims"])
    return "unreal" if unreal else "extra"


def forbidden(row: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a claim is of somebody who must never be counted, and of nobody who is to be."""
    who = tokens(text(claim, "who"))
    wanted = tokens(*(head for claim in row["claims"] for head in claim["who"]))
    return bool(who & set(row["never"])) and not who & wanted


def harmless(claim: dict[str, Any]) -> bool:
    """Whether a claim is marked as unreal, or counts nought."""
    return claim["modality"] in UNREAL or bounds(claim) == (0, 0)


def names(wanted: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a claim is of the people that are wanted; anybody will do where the sentence has no
    word for them."""
    return not wanted["who"] or bool(tokens(*wanted["who"]) & tokens(text(claim, "who")))


def bounds(claim: dict[str, Any]) -> tuple[int | None, int | None]:
    """Low and high of a claim; one without a figure is open on both sides."""
    count = claim.get("count") or {}
    return count.get("low"), count.get("high")


def text(claim: dict[str, Any], party: str) -> str:
    """How a claim names one of its parties; empty for nobody."""
    return (claim.get(party) or {}).get("text") or ""


def claims_of(lines: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The claims of a file of readings, by document. Raises `ValueError` for a line that is none."""
    found = {}
    for number, line in enumerate(lines, 1):
        try:
            reading = json.loads(line)
            found[reading["document"]["id"]] = list(reading["claims"])
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"line {number} is no reading: {error!r}") from error
    return found
