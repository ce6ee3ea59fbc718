"""The lines of a page as they stand on it, and what text they make."""

from __future__ import annotations

import pytest

from sayso.ingest.printed import printed

PAGE = """\
The river Odar burst its banks on Monday and flooded five districts, the relief
office said. Two shelters are open in Belt.
Casualties by district

District              Killed     Injured       Homes
                                               destroyed
Karsa                     12          40       1,209
Belt                       4           9         310
Upper Dorm and                         3          14
the hills east of it
Total                     16          52       1,533

Four bridges are gone."""


def text(page: str, headings: tuple[str, ...] = (), before: str = "") -> list[str]:
    levels = {"".join(line.split()): 2 for line in headings}
    return printed(page.split("\n"), levels, before)[0]


def test_a_page_has_its_paragraphs_headings_and_rows() -> None:
    assert text(PAGE, ("Casualties by district",)) == [
        "The river Odar burst its banks on Monday and flooded five districts, the relief office said. Two shelters are open in Belt.",
        "## Casualties by district",
        "| District | Killed | Injured | Homes destroyed |",
        "| --- | --- | --- | --- |",
        "| Karsa | 12 | 40 | 1,209 |",
        "| Belt | 4 | 9 | 310 |",
        "| Upper Dorm and the hills east of it |  | 3 | 14 |",
        "| Total | 16 | 52 | 1,533 |",
        "Four bridges are gone.",
    ]


@pytest.mark.parametrize(
    "page",
    [
        # One head over two columns.
        "District        People             Homes\n         Killed   Injured   Lost   Damaged\nKarsa     12        40       9         8\nBelt       4         9       7         6",
        # No heads at all.
        "Karsa     12        40\nBelt       4         9\nDorm       1         2",
        # A name on the lines around its figures.
        "District     Killed    Injured\nKarsa            12         40\nUpper Dorm\n                  4          9\nvalley\nBelt              1          2",
        # A figure under no one head.
        "District     Killed    Injured\nKarsa            12         40\nBelt           4   5         9",
        # Columns so close that they cannot be told apart.
        "District Killed Injured\nKarsa 12 40\nBelt 4 9\nDorm 1 2",
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_of_and_comes_out_as_its_lines(page: str) -> None:
    lines, unread = printed(page.split("\n"), {})
    assert unread == 1
    assert not any("|" in line for line in lines)
    assert " ".join(lines).split() == page.split(), "nothing is dropped"


def test_a_table_goes_on_under_a_row_of_the_page_before() -> None:
    page = "Karsa     12        40\nBelt       4         9"
    assert text(page, before="| Dorm | 1 | 2 |") == ["| Karsa | 12 | 40 |", "| Belt | 4 | 9 |"]
    assert printed(page.split("\n"), {}, "| Dorm | 1 |")[1] == 1


COLUMNS = """\
                                   shelters in Belt were closed by
The river Odar burst its banks     the district.
on Monday and flooded five
districts, the relief office       Four bridges are gone, and the
said.                              road to Dorm is under water.
                                   Nine people are missing there.
Rescue workers are in Dorm. Two

Response
The army sent boats to all of the five districts on Tuesday morning."""


def test_columns_are_read_one_after_the_other() -> None:
    assert text(COLUMNS) == [
        "The river Odar burst its banks on Monday and flooded five districts, the relief office said.",
        "Rescue workers are in Dorm. Two shelters in Belt were closed by the district.",
        "Four bridges are gone, and the road to Dorm is under water. Nine people are missing there.",
        "Response",
        "The army sent boats to all of the five districts on Tuesday morning.",
    ]


def test_a_word_in_bold_makes_no_columns() -> None:
    page = "At least   16   people were killed in the east of the country when the river\nOdar   burst its banks.\nIn   Belt   two shelters are open."
    assert text(page) == [
        "At least 16 people were killed in the east of the country when the river Odar burst its banks.",
        "In Belt two shelters are open.",
    ]


def test_items_keep_their_place_in_the_list() -> None:
    page = "•  Sixteen people were killed, and most of those who were lost have been\n   found.\n      o  Three were children.\n      o  Two were nurses.\n\uf0b7  Four bridges are gone.\nThe river is falling now."
    assert text(page) == [
        "- Sixteen people were killed, and most of those who were lost have been found.",
        "  - Three were children.",
        "  - Two were nurses.",
        "- Four bridges are gone.",
        "The river is falling now.",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("The sea-\nwall gave way.", "The seawall gave way."),
        ("The sea\xad\nwall gave way.", "The seawall gave way."),
        ("Police said twenty-\nfour died.", "Police said twenty-four died."),
        ("Men of Al-\nNur fled.", "Men of Al-Nur fled."),
        ("A boy of 13-\nodd years.", "A boy of 13-odd years."),
        ("The oﬃcer ﬁred once.", "The officer fired once."),
    ],
)
def test_words_are_whole(lines: str, whole: str) -> None:
    assert text(lines) == [whole]
