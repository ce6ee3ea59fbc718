from __future__ import annotations

import pytest

from sayso.shapes.posts import posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Newest first, over midnight: the oldest is of the day of publication.
        (
            "Live\n14:35 GMT\nSeven fell.\n09:10 GMT\nFour fell.\n23:50 GMT\nTwo fell.",
            ["2031-03-12T14:35+00:00", "2031-03-12T09:10+00:00", "2031-03-11T23:50+00:00"],
        ),
        ("Live\n22.10\nTwo fell.\n00.15\nFour fell.", ["2031-03-11T22:10", "2031-03-11T00:15"]),
        ("2031-03-12T14:00Z\nSeven fell.\n2031-03-11T09:00Z\nFour fell.", ["2031-03-12T14:00+00:00", "2031-03-11T09:00+00:00"]),
        ("Posted at 2:35 p.m.\nTwo fell.\nPosted at 11:05 a.m.\nOne fell.", ["2031-03-11T14:35", "2031-03-11T11:05"]),
        ("12 March 2031, 14:50 GMT\nTwo fell.\n11 March, 10:00\nOne fell.", ["2031-03-12T14:50+00:00", "2031-03-11T10:00"]),
        ("Diary\nMonday, 10 March\nTwo fell.\n2031-03-11\nOne fell.", ["2031-03-10", "2031-03-11"]),
        # One time is the text's own, and what stands in a sentence is no stamp.
        ("14:35 GMT\nTwo fell.", []),
        ("At 14:35 two fell.\nAt 15:10 one fell.", []),
    ],
)  # fmt: skip
def test_each_post_has_its_moment(text: str, expected: list[str]) -> None:
    assert [block.moment for block in posts(text, "2031-03-11T06:00:00Z")] == expected


def test_a_post_reaches_to_the_next() -> None:
    text = "Live\n14:35 GMT\nSeven fell.\n09:10 GMT\nFour fell."
    assert [text[b.start : b.end] for b in posts(text, "2031-03-11")] == [
        "14:35 GMT\nSeven fell.\n",
        "09:10 GMT\nFour fell.",
    ]


def test_without_a_day_there_is_no_moment() -> None:
    assert posts("Live\n14:35 GMT\nSeven fell.\n09:10 GMT\nFour fell.", None) == ()
