"""How near the stories' truth Sayso comes: it may only come nearer. `floors.toml` has the figures."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sayso.settings import Settings

from .scoring import read, scored, shares

FLOORS: dict[str, float] = tomllib.loads(
    Path(__file__).with_name("floors.ini").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def figures(settings: Settings) -> dict[str, float]:
    return shares(scored(read(settings)))


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]


def test_each_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS)
