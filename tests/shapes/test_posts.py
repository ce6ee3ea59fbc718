from __future__ import annotations

import pytest

from sayso.shapes.posts import posts, undated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Newest first, over midnight: the oldest is of the day of publication.
        (
            "Live\n14:35 GMT\nSeven fell.\n09:10 GMT\nFour fell.\n23:50 GMT\nTwo fell.",
            ["2031-03-12T14:35+00:00", "2031-03-12T09:10+00:00", "2031-03-11T23:50+00:00"],
        ),
        ("Live\n22.10\nTwo fell.\n00.15\nFour fell.", ["2031-03-11T22:10", "2031-03-12T00:15"]),
        ("2031-03-12T14:00Z\nSeven fell.\n2031-03-11T09:00Z\nFour fell.", ["2031-03-12T14:00+00:00", "2031-03-11T09:00+00:00"]),
        ("Posted at 2:35 p.m.\nTwo fell.\nPosted at 11:05 a.m.\nOne fell.", ["2031-03-11T14:35", "2031-03-11T11:05"]),
        ("12 March 2031, 14:50 GMT\nTwo fell.\n11 March, 10:00\nOne fell.", ["2031-03-12T14:50+00:00", "2031-03-11T10:00"]),
        ("Diary\nMonday, 10 March\nTwo fell.\n2031-03-11\nOne fell.", ["2031-03-10", "2031-03-11"]),
        # Zones; of two times the one that says of which zone it is, and of a name that means several
        # zones the latest moment.
        ("14:05 BST\nSeven fell.\n13:10 EST\nFour fell.", ["2031-03-11T14:05+01:00", "2031-03-11T13:10-05:00"]),
        ("18h30 GMT\nSeven fell.\n1705 GMT\nFour fell.", ["2031-03-11T18:30+00:00", "2031-03-11T17:05+00:00"]),
        ("14:05 (11:05 GMT)\nSeven fell.\n13:00 (UTC+03:00)\nFour fell.", ["2031-03-11T11:05+00:00", "2031-03-11T13:00+03:00"]),
        ("14:05 IST\nSeven fell.\n13:10 local time\nFour fell.", ["2031-03-11T14:05", "2031-03-11T13:10"]),
        ("March 12, 2031 at 12:05 AM CST\nSeven fell.\n9pm\nFour fell.", ["2031-03-12T00:05-06:00", "2031-03-11T21:00"]),
        # Days are counted on from what is told, and back from it.
        ("14:35\nNine fell.\n09:10\nSeven fell.\n12 March 23:50\nFour fell.\n22:00\nTwo fell.", ["2031-03-13T14:35", "2031-03-13T09:10", "2031-03-12T23:50", "2031-03-12T22:00"]),
        ("12 March 22:00\nTwo fell.\n23:50\nFour fell.\n00:15\nSeven fell.", ["2031-03-12T22:00", "2031-03-12T23:50", "2031-03-13T00:15"]),
        # A day stands once above many posts, and its night may go on under it.
        (
            "Tuesday, 11 March\n09:00\nTwo fell.\n23:50\nFour fell.\n00:20\nSeven fell.\nThursday, 13 March\n08:00\nNine fell.",
            ["2031-03-11", "2031-03-11T09:00", "2031-03-11T23:50", "2031-03-12T00:20", "2031-03-13", "2031-03-13T08:00"],
        ),
        (
            "Thursday, 13 March\n14:00\nNine fell.\nTuesday, 11 March\n23:50\nFour fell.\n09:00\nTwo fell.",
            ["2031-03-13", "2031-03-13T14:00", "2031-03-11", "2031-03-11T23:50", "2031-03-11T09:00"],
        ),
        # How long ago is no moment: known by the next that is later, or when its day is over.
        ("Updated 3 hours ago\nNine fell.\n10:00 GMT\nSeven fell.\nan hour ago\nFour fell.", ["2031-03-11", "2031-03-11T10:00+00:00", "2031-03-11T10:00+00:00"]),
        # One is to be read by programs, the other is shown.
        ("2031-03-11T14:00Z\n3 hours ago\nSeven fell.\n2031-03-11T12:00Z\n12.00\nFour fell.", ["2031-03-11T14:00+00:00", "2031-03-11T12:00+00:00"]),
        # Words that are no zone.
        ("10:30 Mass\nTwo fell.\n11:30 Mass\nOne fell.", []),
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


def test_posts_that_say_only_how_long_ago_they_were_made_are_told_of() -> None:
    assert undated("Live\n2 hours ago\nNine fell.\n10:00 GMT\nSeven fell.") == 1
    assert undated("2 hours ago\nNine fell.") == 0
