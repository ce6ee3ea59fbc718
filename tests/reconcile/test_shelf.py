"""A shelf is a list, whatever of it is at hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reconcile import shelf
from sayso.reconcile.shelf import Shelf

STEPS = st.lists(
    st.tuples(st.sampled_from(("append", "append", "pop", "look", "put")), st.integers(0, 99)),
    max_size=80,
)


@given(STEPS, st.integers(1, 4))
def test_it_holds_what_a_list_holds(steps, at_hand):
    plain: list[dict[str, int]] = []
    with pytest.MonkeyPatch.context() as few:
        few.setattr(shelf, "OPEN", at_hand)
        kept: Shelf[dict[str, int]] = Shelf()
        for step, number in steps:
            if step == "append":
                plain.append({"item": number})
                kept.append({"item": number})
            elif plain and step == "pop":
                assert kept.pop() == plain.pop()
            elif plain and step == "look":
                assert kept[number % len(plain)] == plain[number % len(plain)]
            elif plain:
                plain[number % len(plain)] = {"put": number}
                kept[number % len(plain)] = {"put": number}
        assert len(kept) == len(plain)
        assert [kept[n] for n in range(len(plain))] == plain


def test_only_what_was_looked_at_lately_is_at_hand(monkeypatch):
    monkeypatch.setattr(shelf, "OPEN", 2)
    kept: Shelf[list[int]] = Shelf()
    items = [[0], [1], [2]]
    for item in items:
        kept.append(item)
    assert kept[2] is items[2]
    assert kept[1] is items[1]
    assert kept[0] == items[0]
    assert kept[0] is not items[0], "it was packed, and is another object now"
