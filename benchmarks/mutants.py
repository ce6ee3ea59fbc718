"""Break a rule at random and see whether a test notices: what survives is a missing test.

    python benchmarks/mutants.py [HOW_MANY [SEED]]

cosmic-ray finds every place where `claims` and `language/grammar` can be changed by one small step:
a comparison turned round, an "and" for an "or", a number off by one, a loop that never runs. Some
of them, drawn by a seed, are made one by one in a copy of the project, and the tests of reading
run on each. stdout has the mutants that no test noticed; 0 when at most 15 in 100 of them survived.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parents[1]
NOTICED = 0.85  # a rule that no test holds is a rule that anybody may break

# Steps that change what is said. Left out are those that give the same program (`is` for `==`),
# none at all (a number added to a list), or another annotation (`X | None`).
STEPS = re.compile(
    "core/(AddNot|ReplaceTrueWithFalse|ReplaceFalseWithTrue|ReplaceAndWithOr|ReplaceOrWithAnd"
    "|ReplaceBreakWithContinue|ReplaceContinueWithBreak|NumberReplacer|ZeroIterationForLoop"
    "|ReplaceUnaryOperator_Delete_Not|ReplaceBinaryOperator_(Add_Sub|Sub_Add)"
    "|ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is))"
)

# The quick ones first: most mutants die by them.
TESTS = "tests/claims tests/language tests/golden tests/grid"

CONFIG = """
[cosmic-ray]
module-path = ["src/sayso/claims", "src/sayso/language/grammar"]
timeout = 1200
excluded-modules = []
test-command = "{python} -m pytest -x {tests}"

[cosmic-ray.distributor]
name = "local"
"""


def main(arguments: list[str]) -> int:
    """Make the mutants and test them: 0 when enough were noticed, 1 when not."""
    many, seed = (int(a) for a in [*arguments, *("40", "1")[len(arguments) :]])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "sayso")
        for part in ("src", "tests", "docs", "models"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for page in (*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "Makefile"):
            shutil.copy(page, copy)
        settings = CONFIG.format(python=sys.executable, tests=TESTS)
        (copy / "mutants.toml").write_text(settings, encoding="utf-8")
        _ray(copy, "init", "mutants.toml", "mutants.sqlite")
        with use_db(str(copy / "mutants.sqlite"), mode=WorkDB.Mode.open) as mutants:
            _draw(mutants, many, random.Random(seed))
        _ray(copy, "exec", "mutants.toml", "mutants.sqlite")
        with use_db(str(copy / "mutants.sqlite"), mode=WorkDB.Mode.open) as mutants:
            return _tell(mutants)


def _ray(folder: Path, *command: str) -> None:
    """Run cosmic-ray on the copy, whose own source is the one that is imported."""
    run = Path(sys.executable).with_name("cosmic-ray")
    subprocess.run([run, *command], cwd=folder, check=True, env={"PYTHONPATH": str(folder / "src")})


def _draw(mutants: WorkDB, many: int, chance: random.Random) -> None:
    """Keep so many of them; the others are marked as left out."""
    items = sorted(mutants.work_items, key=lambda item: _place(item))
    told = [item for item in items if STEPS.fullmatch(item.mutations[0].operator_name)]
    kept = {item.job_id for item in chance.sample(told, min(many, len(told)))}
    left = [item.job_id for item in items if item.job_id not in kept]
    mutants.set_multiple_results(left, WorkResult(WorkerOutcome.SKIPPED))
    print(f"{len(kept)} of {len(told)} mutants", file=sys.stderr)


def _tell(mutants: WorkDB) -> int:
    """Print those that no test noticed, with what was changed."""
    made = [r for _, r in mutants.completed_work_items if r.worker_outcome == WorkerOutcome.NORMAL]
    lived = [result for result in made if result.test_outcome == TestOutcome.SURVIVED]
    for result in lived:
        print(result.diff)
    noticed = len(made) - len(lived)
    print(f"{noticed} of {len(made)} mutants were noticed by a test")
    return 0 if made and noticed >= NOTICED * len(made) else 1


def _place(item: WorkItem) -> tuple[str, tuple[int, int], str, int]:
    """Where a mutant lies, so that a seed always draws the same."""
    step = item.mutations[0]
    return str(step.module_path), step.start_pos, step.operator_name, step.occurrence


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
