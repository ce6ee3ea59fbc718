"""A share of the bits that `make flips` turns over."""

from __future__ import annotations

from collections import Counter

import pytest

import flips


@pytest.mark.parametrize(("each", "many"), [(flips.of_ledger, 90), (flips.of_bundle, 30)])
def test_what_changes_what_is_shown_is_found_and_nothing_crashes(tmp_path, each, many):
    came = [what for _, _, what in each(tmp_path, many, 7)]
    counts = Counter(what.partition(":")[0] for what in came)
    assert counts["found"] + counts["harmless"] == many, [w for w in came if ":" in w]
    assert counts["found"] > many / 3
