"""On pages of sport, money and arts few harms are made up, and the real ones are found."""

from __future__ import annotations

from articles.__main__ import read
from matter.scoring import bare, figures, pieces
from sayso.settings import Settings

FOUND, FALSE = 0.85, 1.4
"""A share at least, and false figures in a thousand words at most."""


def test_half_tell_of_harm() -> None:
    asked = pieces()
    assert len(asked) == 56
    assert sum(bool(one.harms) for one in asked) == 25
    assert all(one.article.document["text"][a:b].strip() for one in asked for a, b in one.harms)


def test_braces_are_spans() -> None:
    assert bare("a {bc} d {e}.") == ("a bc d e.", [(2, 4), (7, 8)])


def test_no_figure_is_worse_than_it_was(settings: Settings) -> None:
    asked = pieces()
    told = figures(asked, read((one.article for one in asked), settings))
    assert told["found"] >= FOUND
    assert told["false"] <= FALSE
