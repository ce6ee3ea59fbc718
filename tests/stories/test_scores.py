"""How near the stories' truth Sayso comes: it may only come nearer."""

from __future__ import annotations

import pytest

from sayso.settings import Settings
from stories.scoring import read, scored, shares, stories

FLOORS = {
    "at moments: best right": 0.72,
    "at moments: all right": 0.64,
    "at the end: best right": 0.65,
    "at the end: all right": 0.58,
    "relations": 0.49,
    "bcubed": 0.89,
}


@pytest.fixture(scope="module")
def figures(settings: Settings) -> dict[str, float]:
    return shares(scored(read(settings, stories().values())))


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]


def test_each_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(figures) == set(FLOORS)
