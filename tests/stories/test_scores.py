"""How near the stories' truth Sayso comes: it may only come nearer."""

from __future__ import annotations

import pytest

from sayso.settings import Settings
from stories.scoring import read, scored, shares

FLOORS = {
    "at moments: best right": 0.8,
    "at moments: all right": 0.75,
    "at the end: best right": 0.75,
    "at the end: all right": 0.71,
    "relations": 0.57,
    "bcubed": 0.88,
}


@pytest.fixture(scope="module")
def figures(settings: Settings) -> dict[str, float]:
    return shares(scored(read(settings)))


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]


def test_each_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS)
