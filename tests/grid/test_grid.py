"""The grid is what its constructions make, judges as it says, and Sayso reads it as well as it did."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest

from grid import page
from grid.__main__ import rows
from grid.generate import FILE, constructions, written
from grid.reading import PAGE, read
from grid.scoring import HARMS, Judged, judge, judged
from grid.words import HERE, load, tokens
from sayso.settings import Settings

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
GRID = rows()


def test_the_file_is_what_the_constructions_make() -> None:
    assert FILE.read_bytes() == written(), "run `python -m grid write` with tests/ on the path"


def test_the_grid_is_wide() -> None:
    assert len(GRID) >= 3000
    assert len({row["text"] for row in GRID}) == len({row["id"] for row in GRID}) == len(GRID)
    assert {row["construction"] for row in GRID} == {c.name for c in constructions()}
    assert {verb for row in GRID for verb in row["verbs"]} == set(load().verbs)
    assert len(load().verbs) >= 60
    templates = [held for c in constructions() for _, _, held in c.templates()]
    assert 0.28 < sum(templates) / len(templates) < 0.4


def test_nobody_is_both_to_be_counted_and_never() -> None:
    for row in GRID:
        who = {head.lower() for claim in row["claims"] for head in claim["who"]}
        assert not who & set(row["never"]), row
        assert set(row["never"]) <= tokens(row["text"]), row


def test_sentences_are_whole() -> None:
    for row in GRID:
        text = row["text"]
        assert not re.search(r"[{}]|\s\s|\s[,.;]|,[,.;]|\.\.|\ba [aeio]", text.lower()), text
        assert text[0].isupper() or text[0] in '"(' or text[0].isdigit(), text


def answer(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The claims of a reading that is right."""
    for number, claim in enumerate(row["claims"]):
        yield {
            "kind": claim["kinds"][0],
            "count": {"low": claim["low"], "high": claim["high"], "text": ""},
            "who": {"text": (claim["who"] or ["people"])[0]},
            "by": {"text": claim["by"][0]} if claim["by"] else None,
            "modality": {"unreal": "denied", "said": "alleged"}.get(claim["reality"], "reported"),
            "part_of": str(number) if claim["part"] else None,
        }


def test_a_right_reading_is_right() -> None:
    for row in GRID:
        found = judge(row, list(answer(row)))
        assert found.outcome == "right", found
        assert judge(row, list(answer(row))[::-1]).outcome == "right"


def test_an_empty_reading_is_right_only_where_nothing_happened() -> None:
    for row in GRID:
        silent = all(claim["reality"] in ("unreal", "may") for claim in row["claims"])
        assert (judge(row, []).outcome == "right") == silent


SENTENCE: dict[str, Any] = {
    "claims": [
        {
            "reality": "real",
            "kinds": ["killed"],
            "low": 3,
            "high": 3,
            "who": ["men"],
            "by": ["policeman"],
            "part": False,
        }
    ],
    "never": ["policeman", "karsova"],
}


def claim(
    who: str | None, low: int | None = 3, by: str | None = "A policeman", **other: Any
) -> dict[str, Any]:
    told = {
        "kind": "killed",
        "count": {"low": low, "high": low, "text": str(low)},
        "who": {"text": who} if who else None,
        "by": {"text": by} if by else None,
        "modality": "asserted",
        "part_of": None,
    }
    return told | other


@pytest.mark.parametrize(
    ("claims", "outcome", "amiss"),
    [
        ([claim("three men")], "right", ()),
        ([claim("three men"), claim("A policeman", 1)], "dead", ("never",)),
        ([claim("three men"), claim("a clerk", 1)], "wrong", ("extra",)),
        (
            [claim("three men"), claim("A policeman", 1, modality="denied")],
            "wrong",
            ("extra, marked",),
        ),
        ([claim("A policeman")], "dead", ("never", "missed")),
        ([claim("men", 4)], "wrong", ("figure",)),
        ([claim("women")], "wrong", ("who",)),
        ([claim("men", by="Karsova")], "wrong", ("by",)),
        ([claim("men", by=None)], "wrong", ("by",)),
        ([claim("men", modality="alleged")], "wrong", ("modality",)),
        ([claim("men", kind="injured")], "wrong", ("missed", "extra")),
        ([], "wrong", ("missed",)),
    ],
)
def test_what_is_amiss(claims: list[dict[str, Any]], outcome: str, amiss: tuple[str, ...]) -> None:
    assert judge(SENTENCE, claims) == Judged(SENTENCE, outcome, amiss)


def test_a_harm_that_did_not_happen_stays_out_or_is_marked() -> None:
    row = {
        "claims": [SENTENCE["claims"][0] | {"reality": "unreal", "by": []}],
        "never": ["policeman"],
    }
    assert judge(row, [claim("men")]).outcome == "unreal"
    assert judge(row, [claim("men", 9)]).outcome == "unreal"
    assert judge(row, [claim("men", modality="denied")]).outcome == "right"
    assert judge(row, [claim("men", 0)]).outcome == "right"
    assert judge(row, [claim("A policeman", 1)]).outcome == "dead"


def test_events_are_not_judged() -> None:
    told = {"x": [claim("men"), claim("men", kind="event")]}
    assert next(judged([SENTENCE | {"id": "x"}], told)).outcome == "right"
    assert "event" not in HARMS


@pytest.fixture(scope="module")
def results(settings: Settings) -> list[Judged]:
    return list(judged(GRID, read(GRID, settings)))


def of(results: list[Judged], outcome: str) -> list[str]:
    return [f"{r.row['id']}: {r.row['text']}" for r in results if r.outcome == outcome]


def test_nobody_who_must_never_be_counted_is(results: list[Judged]) -> None:
    found = of(results, "dead")
    assert len(found) <= FLOORS["holds"]["wrong_dead"], "\n".join(found)


def test_what_did_not_happen_is_not_counted(results: list[Judged]) -> None:
    found = of(results, "unreal")
    assert len(found) <= FLOORS["holds"]["unreal"], "\n".join(found)


def test_the_share_that_is_right(results: list[Judged]) -> None:
    found = page.table(results)
    assert page.right(results) >= FLOORS["holds"]["right"], found
    held = [r for r in results if r.row["held"]]
    assert page.right(held) >= FLOORS["holds"]["held_right"], found


def test_what_holds_is_short_of_no_goal() -> None:
    holds, goal = FLOORS["holds"], FLOORS["goal"]
    assert holds.keys() == goal.keys()
    assert goal["wrong_dead"] == goal["unreal"] == 0
    assert holds["right"] <= goal["right"] and holds["held_right"] <= goal["held_right"]


def test_the_page_tells_of_every_construction() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for family, members in groupby(
        sorted(constructions(), key=lambda c: c.family), lambda c: c.family
    ):
        assert f"**{family}**" in text
        assert all(re.search(rf"\| {c.name} ", text) for c in members)


def test_words_of_a_possessive_are_those_of_its_name() -> None:
    assert tokens("the prosecutor's office") == {"prosecutor", "office"}
