"""The scores that are held: figures out of a scorer's answer, compared with their floors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from figures import figures, load, save, way
from page import head, renewed, shown
from ratchet import main, moves, raised
from sets import SETS

FLOORS = {"harbour": {"f1": 0.9, "recall": 0.8, "gold": 40}, "bridge": {"exact": 0.7}}


def kept(folder: Path, fresh: object, floors: object = FLOORS) -> tuple[str, str]:
    """A run and floors as files."""
    paths = folder / "fresh.json", folder / "floors.json"
    for path, scores in zip(paths, (fresh, floors), strict=True):
        path.write_text(json.dumps(scores))
    return str(paths[0]), str(paths[1])


def test_every_number_of_an_answer_is_a_figure_by_its_flat_name() -> None:
    answer = {"found": "3/4", "row": {"place": {"right": 0.12345}}, "by": {"storm": [0.5, 6]}}
    noise = {"set": "harbour", "missed": ["a b"], "who": None, "sure": True, "none": "0/0"}
    assert figures(answer | noise) == {
        "found": 0.75,
        "row.place.right": 0.1235,
        "by.storm": 0.5,
        "by.storm.asked": 6,
    }


@pytest.mark.parametrize(
    ("figure", "counts"),
    [
        ("geo-lgl.acc161", "higher"),
        ("acled-afg.row.fatalities.exact_over_0", "higher"),
        ("geo-lgl.mean_km", "lower"),
        ("isaf.killed.asked", "neither"),
        ("acled-afg.row.place.placed", "neither"),
        ("geo-lgl.acc161_placed", "higher"),
        ("when-timebank.longer_gold", "neither"),
        ("tolls.gold_claims", "neither"),
        ("plover.per_type.AID", "part"),
    ],
)
def test_which_way_a_figure_counts(figure: str, counts: str) -> None:
    assert way(*figure.split(".", 1)) == counts


def test_a_fall_of_more_than_the_slack_fails_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh, floors = kept(tmp_path, {"harbour": {"f1": 0.8949, "recall": 0.95, "gold": 12}})
    assert main([fresh, floors]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if "FELL" in line] == ["FELL -0.005  harbour.f1  0.9 -> 0.8949"]
    assert load(Path(floors)) == FLOORS


def test_a_fall_within_the_slack_passes_and_leaves_the_floor(tmp_path: Path) -> None:
    fresh, floors = kept(tmp_path, {"harbour": {"f1": 0.895, "recall": 0.95, "gold": 12}})
    assert main([fresh, floors]) == 0
    assert load(Path(floors)) == FLOORS | {"harbour": {"f1": 0.9, "recall": 0.95, "gold": 12}}


def test_a_figure_that_is_gone_fell_and_a_set_that_was_not_read_did_not() -> None:
    fallen = [m.name for m in moves({"harbour": {"f1": 0.9, "gold": 40}}, FLOORS) if m.fell]
    assert fallen == ["harbour.recall"]


def test_a_floor_is_lowered_only_by_name(tmp_path: Path) -> None:
    run = {"harbour": {"f1": 0.5, "recall": 0.7, "gold": 40}}
    fresh, floors = kept(tmp_path, run)
    assert main([fresh, floors, "--lower", "harbour.f1"]) == 1
    assert load(Path(floors)) == FLOORS
    assert main([fresh, floors, "--lower", "harbour.f1", "*.recall"]) == 0
    assert load(Path(floors)) == FLOORS | run


def test_checking_writes_nothing(tmp_path: Path) -> None:
    fresh, floors = kept(tmp_path, {"harbour": {"f1": 1.0, "recall": 1.0, "gold": 40}})
    assert main([fresh, floors, "--check"]) == 0
    assert load(Path(floors)) == FLOORS


def test_the_first_run_makes_the_floors(tmp_path: Path) -> None:
    fresh, _ = kept(tmp_path, FLOORS)
    assert main([fresh, str(tmp_path / "new.json")]) == 0
    assert load(tmp_path / "new.json") == FLOORS


def test_no_run_is_no_comparison(tmp_path: Path) -> None:
    assert main([str(tmp_path / "none.json"), str(tmp_path / "floors.json")]) == 2


def test_better_lower_is_told_and_not_held() -> None:
    floors = {"harbour": {"mean_km": 100.0}}
    [move] = moves({"harbour": {"mean_km": 150.0}}, floors)
    assert not move.fell
    assert "better lower" in str(move)
    assert raised({"harbour": {"mean_km": 150.0}}, floors) == {"harbour": {"mean_km": 150.0}}


def test_what_is_kept_is_figures(tmp_path: Path) -> None:
    save(tmp_path / "scores.json", FLOORS)
    assert load(tmp_path / "scores.json") == FLOORS
    (tmp_path / "other.json").write_text('{"harbour": {"f1": "good"}}')
    with pytest.raises(ValueError, match="figures by set and name"):
        load(tmp_path / "other.json")


def test_one_set_in_three_is_left_alone_and_every_kind_of_text_has_both() -> None:
    assert 3 * sum(s.held for s in SETS) >= len(SETS)
    kinds = {s.kind for s in SETS}
    assert kinds == {s.kind for s in SETS if s.held} == {s.kind for s in SETS if not s.held}


def test_named_sections_are_renewed_in_the_order_of_the_sets() -> None:
    first, second, third = (s.name for s in SETS[:3])
    page = renewed("", {third: f"## {third}\n\nold\n", first: f"## {first}\n\nkept\n"})
    page = renewed(page, {second: f"## {second}\n\nadded\n", third: f"## {third}\n\nnew\n"})
    told = "\n".join(
        f"## {name}\n\n{words}\n"
        for name, words in zip((first, second, third), ("kept", "added", "new"), strict=True)
    )
    assert page == f"{head()}\n{told}"


def test_an_answer_is_shown_a_line_a_figure_and_a_line_a_table() -> None:
    answer = {"f1": 0.5, "by": [0.25, 4], "missed": [], "killed": {"asked": 4, "exact": 0.25}}
    assert shown(answer, ()).splitlines() == [
        "f1                             0.5",
        "by                             0.25 (4)",
        "missed                         none",
        "killed                         asked 4  exact 0.25",
    ]
    assert shown(answer, ("f1",)).splitlines() == ["f1                             0.5"]
