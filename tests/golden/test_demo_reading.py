"""What Sayso reads in the demo's articles, against what a careful reader finds there."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from sayso.ingest.inputs import documents
from sayso.pipeline import Known, Reader, known
from sayso.pipeline.running.stream import read_all
from sayso.records import Claim, Document, Reading, Toll
from sayso.settings import Settings

DEMO = Path(str(files("sayso"))) / "data" / "demo"
TRUTH = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
SAID = ("asserted", "reported", "alleged")


@pytest.fixture(scope="module")
def story(settings: Settings) -> list[tuple[Document, Reading]]:
    reader = Reader(settings)
    return list(read_all(reader, documents([str(DEMO / "story.jsonl")])))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found(story: list[tuple[Document, Reading]]) -> list[tuple[str, dict[str, Any], Claim | None]]:
    """Each row of truth with the claim that finds it: kind, bounds and overlapping evidence."""
    pairs = []
    for document, reading in story:
        used: set[str] = set()
        for row in TRUTH["documents"][document.id]["figures"]:
            start = document.text.index(row["evidence"])
            end = start + len(row["evidence"])
            match = next(
                (c for c in reading.claims if c.id not in used and finds(c, row, start, end)), None
            )
            if match:
                used.add(match.id)
            pairs.append((document.id, row, match))
    return pairs


def finds(claim: Claim, row: dict[str, Any], start: int, end: int) -> bool:
    return (
        claim.kind in row["kind"]
        and claim.count is not None
        and (claim.count.low, claim.count.high) == (row["low"], row["high"])
        and claim.evidence.start < end
        and start < claim.evidence.end
    )


def same(one: str, other: str) -> bool:
    """Whether two citations name one source: the words of one among those of the other."""
    skip = {"the", "a", "an", "of", "its", "s"}
    a, b = (set(text.lower().replace("'", " ").split()) - skip for text in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def sources_right(claim: Claim, row: dict[str, Any]) -> bool:
    chains = [row["sources"], *row.get("also", [])]
    if row.get("printed"):
        chains.append([row["printed"], *row["sources"][1:]])
    got = [source.text for source in claim.sources]
    return any(len(got) == len(c) and all(map(same, got, c)) for c in chains)


def report(name: str, wrong: list[str], of: int) -> str:
    return f"{name}: {of - len(wrong)} of {of}\n  " + "\n  ".join(wrong)


def test_figures_are_found(found) -> None:
    needed = [(name, row, claim) for name, row, claim in found if not row.get("optional")]
    missed = [f"{name}: {row['evidence']}" for name, row, claim in needed if claim is None]
    assert len(missed) <= 0.05 * len(needed), report("figures", missed, len(needed))


def test_no_figure_is_invented(story, found) -> None:
    accounted = {claim.id for _, _, claim in found if claim}
    extra = [
        f"{document.id}: {claim.kind} {claim.count.text!r}: {claim.evidence.text}"
        for document, reading in story
        for claim in reading.claims
        if claim.count and claim.id not in accounted and claim.count.high != 1
    ]
    assert len(extra) <= 2, report("extra", extra, len(accounted))


@pytest.mark.parametrize(
    ("what", "right", "share"),
    [
        ("sources", sources_right, 0.95),
        ("whom", lambda c, row: (c.who.category if c.who else "unspecified") in row["who"], 0.9),
        ("scope", lambda c, row: c.scope == row["scope"], 0.95),
        (
            "modality",
            lambda c, row: (
                c.modality == row["modality"] or {c.modality, row["modality"]} <= set(SAID)
            ),
            0.95,
        ),
        ("part of", lambda c, row: (c.part_of is not None) == ("part_of" in row), 0.95),
    ],
)
def test_fields_are_right(found, what, right, share) -> None:
    pairs = [(name, row, claim) for name, row, claim in found if claim]
    wrong = [
        f"{name}: {row['evidence']} -> {[s.text for s in claim.sources]} {claim.who} {claim.scope} "
        f"{claim.modality}, wanted {row['sources']} {row['who']} {row['scope']} {row['modality']}"
        for name, row, claim in pairs
        if not right(claim, row)
    ]
    assert len(wrong) <= (1 - share) * len(pairs), report(what, wrong, len(pairs))


def test_evidence_quotes_the_document(story) -> None:
    for document, reading in story:
        for claim in reading.claims:
            evidence = claim.evidence
            assert document.text[evidence.start : evidence.end] == evidence.text


def at(story: list[tuple[Document, Reading]], moment: str | None) -> Known:
    return known([d for d, _ in story], [r for _, r in story], Settings(), moment)


def test_incidents_are_told_apart(story) -> None:
    groups = {frozenset(i.documents) for i in at(story, None).incidents}
    for name, incident in TRUTH["incidents"].items():
        assert frozenset(incident["documents"]) in groups, name


def test_copies_count_once(story) -> None:
    copied = {frozenset(group) for i in at(story, None).incidents for group in i.copy_groups}
    assert {frozenset(group) for group in TRUTH["copy_groups"]} <= copied


@pytest.mark.parametrize("row", TRUTH["tolls"], ids=lambda row: row["as_of"])
def test_tolls_as_of_a_moment(story, row) -> None:
    then = at(story, row["as_of"])
    main = max(then.incidents, key=lambda i: len(i.documents))
    tolls: dict[tuple[str, str], Toll] = {(t.kind, t.who): t for t in main.tolls}
    wrong = []
    for want in row["tolls"]:
        got = tolls.get((want["kind"], want["who"]))
        bounds = (got.low, got.high) if got else None
        if bounds != (want["low"], want["high"]):
            wrong.append(
                f"{want['kind']} {want['who']}: {bounds}, wanted {want['low'], want['high']}"
            )
    assert len(wrong) <= 0.2 * len(row["tolls"]), report("tolls", wrong, len(row["tolls"]))
