"""Texts of hard shapes are read in work that grows with them: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from sayso.language import runs
from sayso.pipeline import Reader, stretches
from sayso.records import Document, Reading
from sayso.settings import Settings
from shapes import OURS, SHAPES, text

SIZE = 1_000
LIKE_PROSE = 20
"""How many times as many calls as prose of that size a text may take."""


@pytest.fixture(scope="module")
def read(settings: Settings) -> Callable[[str, int], int]:
    reader = Reader(settings, threads=1)

    def calls(name: str, size: int) -> int:
        """How many calls it takes to read a text of that shape and size."""
        document = Document(
            id=name, text=text(name, size), language="en", mended=OURS, published="2031-03-11"
        )
        count = 0

        def called(frame: FrameType, event: str, what: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(called)
        try:
            found = reader.read(document)
        finally:
            sys.setprofile(before)
        assert isinstance(found, Reading)
        return count

    calls("prose", 300)  # what is made once is made before it is counted
    return calls


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences and texts that are soon long: what is tested is that both are cut."""
    monkeypatch.setattr(runs, "LONGEST", 50)
    monkeypatch.setattr(stretches, "WHOLE", 800)
    monkeypatch.setattr(stretches, "STRETCH", 600)
    monkeypatch.setattr(stretches, "BEFORE", 150)


@pytest.mark.parametrize("name", SHAPES)
def test_four_times_the_text_takes_no_more_than_a_few_times_the_work(
    name: str, read: Callable[[str, int], int]
) -> None:
    part, whole = read(name, SIZE), read(name, 4 * SIZE)
    assert whole <= 7 * part, f"{whole / part:.1f} times the work for four times the text"
    assert whole <= LIKE_PROSE * read("prose", 4 * SIZE)
