"""The articles hold together, their scorer judges as it says, and Sayso reads them as well as it did."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from articles.__main__ import main, read
from articles.scoring import (
    HALVES,
    HARMS,
    HERE,
    UNJUDGED,
    Article,
    Harm,
    articles,
    figures,
    judged,
    shares,
    words,
    worse,
)
from sayso.settings import Settings

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
ALL = [(half, article) for half in HALVES for article in articles(half)]
KEYS = set("text kind count who by place day origin reality background".split())


def test_the_halves_are_even() -> None:
    assert [half for half, _ in ALL] == ["open"] * 12 + ["held"] * 12
    assert len({article.id for _, article in ALL}) == len(ALL)


@pytest.mark.parametrize("file", sorted(HERE.glob("*/*.toml")), ids=lambda file: file.stem)
def test_each_row_is_printed_and_valid(file: Path) -> None:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    published = datetime.fromisoformat(told["published"]).date()
    assert told["about"] and told["outlet"] and told["title"]
    assert 150 <= len(told["text"].split()) <= 420
    for row in told["harm"]:
        assert set(row) <= KEYS and told["text"].count(row["text"]) == 1, row
        assert set(row["kind"].split("/")) <= HARMS, row
        assert row.get("reality", "real") in ("real", "unreal", "may"), row
        days = [date.fromisoformat(day) for day in row.get("day", "").split("/") if day]
        assert days == sorted(days) and all(day <= published for day in days), row


@pytest.mark.parametrize("article", [a for _, a in ALL], ids=lambda article: article.id)
def test_nobody_is_both_to_be_counted_and_never(article: Article) -> None:
    assert article.never <= words(article.document["text"])
    assert not article.never & {word for one in article.harms for word in one.who}


def right(one: Harm) -> dict[str, Any]:
    """The claim that answers a harm in every field."""
    low, high = one.bounds or (None, None)
    origin = sorted(one.origin - {UNJUDGED})
    return {
        "kind": min(one.kinds),
        "count": {"low": low, "high": high, "text": ""},
        "who": {"text": " ".join(one.who)},
        "by": {"text": " ".join(one.by)} if one.by else None,
        "where": {"text": " ".join(one.place), "name": None},
        "when": {"start": one.day[0], "end": one.day[1]} if one.day else None,
        "sources": [{"text": text, "role": "origin"} for text in origin],
        "scope": min(one.scopes),
        "modality": "denied" if one.reality == "unreal" else "reported",
        "evidence": {"start": one.start, "end": one.end, "text": one.text},
    }


def test_a_right_reading_is_right_and_an_empty_one_finds_nothing() -> None:
    whole = figures([(a, p) for _, a in ALL for p in judged(a, map(right, a.harms))])
    assert all(n == of for name, (n, of) in whole.items() if "counted" not in name), whole
    assert whole["unreal counted"][0] == whole["wrongly counted"][0] == 0
    empty = figures([(a, p) for _, a in ALL for p in judged(a, [])])
    assert empty["recall"][0] == empty["all fields right"][0] == 0


ONE = Article(
    id="x",
    document={},
    harms=(
        Harm(
            text="killed nine men",
            start=10,
            end=25,
            kinds=frozenset({"killed"}),
            bounds=(9, 9),
            who=words("men"),
            by=words("gunmen"),
            place=words("Karsa"),
            day=("2031-03-01", "2031-03-02"),
            origin=frozenset(),
            reality="real",
            scopes=frozenset({"current", "period"}),
        ),
    ),
    never=frozenset({"mayor"}),
)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"by": None}, {"doer"}),
        ({"by": {"text": "the mayor"}}, {"doer"}),
        ({"count": {"low": 9, "high": None}}, {"bounds"}),
        ({"count": {"low": 4, "high": 4}}, {"bounds"}),
        ({"count": {"low": 4, "high": 4}, "who": {"text": "boys"}}, None),
        ({"kind": "injured"}, None),
        ({"evidence": {"start": 30, "end": 40, "text": ""}}, None),
        ({"when": {"start": None, "end": "2031-03-02"}}, set()),
        ({"when": None}, {"day"}),
        ({"where": {"text": "Tovar", "name": "Tovar"}}, {"place"}),
        ({"sources": [{"text": "police", "role": "origin"}]}, {"origin"}),
        ({"sources": [{"text": "a newspaper", "role": "relay"}]}, set()),
        ({"modality": "planned"}, {"reality"}),
        ({"scope": "period"}, set()),
        ({"scope": "background"}, {"scope"}),
    ],
)
def test_what_is_wrong(changed: dict[str, Any], wrong: set[str] | None) -> None:
    pair = next(judged(ONE, [right(ONE.harms[0]) | changed]))
    assert (pair.claim is None) == (wrong is None)
    assert {name for name, holds in pair.fields.items() if not holds} == (wrong or set())


def test_one_who_must_never_be_counted() -> None:
    stray = right(ONE.harms[0]) | {"who": {"text": "the mayor"}}
    for claims, counted in (([stray | {"modality": "denied"}], 0), ([stray, stray], 1)):
        assert figures([(ONE, p) for p in judged(ONE, claims)])["wrongly counted"][0] == counted


def test_the_held_half_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wrong", "held"]) == 2
    assert not capsys.readouterr().out


@pytest.fixture(scope="session")
def found(settings: Settings) -> dict[str, dict[str, float]]:
    return {half: shares(articles(half), read(articles(half), settings)) for half in HALVES}


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_is_worse_than_it_was(found: dict[str, dict[str, float]], half: str) -> None:
    assert not list(worse(found[half], FLOORS[half]))
