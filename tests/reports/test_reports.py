"""The reports hold together, and Sayso reads them as well as it did."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.__main__ import main, read
from articles.scoring import HALVES, Article, Pair, article, figures, harm, judged, span, worse
from articles.scoring import shares as shared
from reports.scoring import HERE, KINDS, false_figures, nothing, per_thousand, reports
from sayso.settings import Settings

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
FILES = [path for half in HALVES for path in sorted((HERE / half).glob("*.toml"))]
KEYS = set(
    "text after kind count who by place day origin reality background scope manner unit part_of "
    "names".split()
)
MANNERS = {
    "displaced": {"fled", "evacuated", "relocated", "sheltered", "evicted"},
    "homes": {"destroyed", "damaged"},
}


def test_the_halves_are_even() -> None:
    assert [file.parent.name for file in FILES] == ["open"] * 20 + ["held"] * 20
    assert sum("html" in tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES) == 12


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_each_row_is_valid(file: Path) -> None:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    published = datetime.fromisoformat(told["published"]).date()
    assert (
        told["about"] and told["outlet"] and told["title"] and ("text" in told) != ("html" in told)
    )
    texts = [row["text"] for row in told["harm"]]
    for row in told["harm"]:
        kinds = set(row["kind"].split("/"))
        assert set(row) <= KEYS and kinds <= KINDS, row
        assert row.get("reality", "real") in ("real", "unreal", "may"), row
        assert row.get("scope", "?") == "?" or (row["scope"], row["background"]) == ("period", True)
        assert row.get("unit", "people") in ("people", "households", "homes"), row
        assert kinds != {"homes"} or row["unit"] == "homes", row
        known = set().union(*(MANNERS.get(kind, set()) for kind in kinds))
        assert set(row.get("manner", "").split("/")) - {""} <= known, row
        assert "part_of" not in row or texts.count(row["part_of"]) == 1, row
        days = [date.fromisoformat(day) for day in row.get("day", "").split("/") if day]
        assert days == sorted(days) and all(day <= published for day in days), row
        assert re.fullmatch(r"\d+|\d+\.\.\d*|\.\.\d+", row.get("count", "1")), row


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_fragment_of_a_plain_text_is_missing_or_coded_twice(file: Path) -> None:
    one = article(file, KINDS)
    spans = [(each.start, each.text) for each in one.harms if each.start >= 0]
    assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(
    ("fragment", "after", "found"),
    [
        ("12", "", "12 dead"),
        ("412", "", "412 or"),
        ("2", "", ""),
        ("Karsa 7", "", "Karsa | 7 |"),
        ("7", "Karsa", "7 |"),
        ("12", "Karsa", ""),
        ("7", "Tovar", ""),
    ],
)
def test_a_fragment_is_found_whole_and_after_its_words(
    fragment: str, after: str, found: str
) -> None:
    text = "412 or 12,000, 1.12 12 dead | Karsa | 7 |"
    start, _ = span(fragment, text, after)
    assert text[start:].startswith(found) if found else start == -1


@pytest.mark.parametrize(
    ("row", "claim", "wrong"),
    [
        ({"scope": "period", "background": True}, {"scope": "background"}, {"scope"}),
        ({"scope": "?"}, {"scope": "background"}, set()),
        ({"unit": "households"}, {}, {"unit"}),
        ({}, {"count": {"low": 9, "high": 9, "unit": "households"}}, {"unit"}),
        ({"manner": "fled/sheltered"}, {"manner": "sheltered"}, set()),
        ({"manner": "fled"}, {}, {"manner"}),
        (
            {"names": ["Ana Dorel"], "who": "Dorel"},
            {"who": {"text": "the mother"}},
            {"who", "names"},
        ),
    ],
)
def test_what_is_wrong(row: dict[str, Any], claim: dict[str, Any], wrong: set[str]) -> None:
    row = {"text": "nine fled", "kind": "displaced", "count": "9", "by": "?", "origin": "?"} | row
    pair = next(judged(_one(row), [_claim() | claim]))
    assert {name for name, holds in pair.fields.items() if not holds} == wrong


def _one(*rows: dict[str, Any]) -> Article:
    harms = tuple(harm(row, "nine fled, two fled") for row in rows)
    return Article(id="x", document={}, harms=harms, never=frozenset(), kinds=KINDS)


def _claim(start: int = 0, **fields: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "kind": "displaced",
        "count": {"low": 9, "high": 9},
        "sources": [],
        "modality": "asserted",
        "scope": "current",
        "evidence": {"start": start, "end": start + 9, "text": ""},
    } | fields


@pytest.mark.parametrize(("part_of", "right"), [("a", True), ("z", False), (None, False)])
def test_a_part_says_of_what(part_of: str | None, right: bool) -> None:
    row = {"kind": "displaced", "by": "?", "origin": "?"}
    one = _one(
        row | {"text": "nine fled", "count": "9"},
        row | {"text": "two fled", "count": "2", "part_of": "nine fled"},
    )
    part = _claim(11, id="b", count={"low": 2, "high": 2}, part_of=part_of)
    pairs = list(judged(one, [_claim(), part]))
    assert [pair.fields.get("whole") for pair in pairs] == [None, right]
    alone: list[Pair] = list(judged(one, [part]))
    assert "whole" not in alone[1].fields
    assert figures([(one, pair) for pair in alone])["recall"] == (1, 2)


def test_the_held_half_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wrong", "held"], reports) == 2
    assert not capsys.readouterr().out


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_is_worse_than_it_was(half: str, settings: Settings) -> None:
    found = shared(reports(half), read(reports(half), settings))
    assert not list(worse(found, FLOORS[half]))


@pytest.mark.parametrize("half", HALVES)
def test_where_nothing_is_to_record_little_is_counted(half: str, settings: Settings) -> None:
    asked = nothing(half)
    assert len(asked) == 20
    assert all(60 <= len(one.document["text"].split()) <= 150 for one in asked)
    found = false_figures(asked, read(asked, settings))
    assert per_thousand(len(found), asked) <= FLOORS["nothing"][half]
