"""What press databases hand out: many articles in one file."""

from __future__ import annotations

import pytest
from test_offices import p, word

from sayso.ingest import inputs
from sayso.records import Capture, Document

FIRST = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
SECOND = "Nine boats were lost, the board said.\n\nTwo were found on Monday."
LIST = "User Name: Ann Oakes\nDate and Time: Tuesday, March 11, 2031\nDocuments (2)\n1. Seawall gives way\n2. Boats lost\n"


def article(title: str, outlet: str, day: str, text: str, more: str = "") -> str:
    return f"{title}\n{outlet}\n{day}\n\nCopyright 2031 {outlet} All Rights Reserved\nSection: NEWS; Pg. 3\nLength: 45 words\nByline: Ann Oakes\n{more}Body\n\n{text}\n\nLoad-Date: March 9, 2031\n\nEnd of Document\n\n"


WHOLE = (
    LIST
    + article(
        "Seawall gives way", "Tidewatch", "March 4, 2031 Tuesday", FIRST, "Dateline: MARROW BAY\n"
    )
    + article("Boats lost", "The Lantern", "5 March 2031", SECOND)
)


def read(text: str, name: str = "a.txt") -> tuple[list[Document], list[str]]:
    data = (
        word("".join(p(line) for line in text.split("\n")))
        if name.endswith("docx")
        else text.encode()
    )
    found = list(inputs.handed(name, data))
    problems = [one.message for one in found if not isinstance(one, Capture)]
    return [one.document for one in found if isinstance(one, Capture)], problems


@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_each_article_is_a_document_of_its_outlet_and_day(name: str) -> None:
    (one, two), problems = read(WHOLE, name)
    assert (one.title, one.outlet, one.published, one.byline) == (
        "Seawall gives way",
        "Tidewatch",
        "2031-03-04",
        "Ann Oakes",
    )
    assert one.text == f"MARROW BAY — {FIRST}"
    assert (two.title, two.outlet, two.published) == ("Boats lost", "The Lantern", "2031-03-05")
    assert " ".join(two.text.split()) == " ".join(SECOND.split()) and not problems


def test_a_file_that_breaks_off_keeps_what_is_there_and_is_told_of() -> None:
    cut = WHOLE[: WHOLE.index("Two were found") + 8]
    (one, two), problems = read(cut)
    assert one.title == "Seawall gives way" and "Two were" in two.text
    assert problems == ["breaks off within its last article"]


def test_an_article_without_text_costs_none_of_the_others() -> None:
    (one,), problems = read(WHOLE.replace("Body\n\nFourteen", "Fourteen"))
    assert one.title == "Boats lost" and len(problems) == 1


def test_an_article_without_a_day_is_told_of() -> None:
    (_, two), problems = read(WHOLE.replace("5 March 2031", "Spring"))
    assert (two.published, two.outlet) == (None, None)
    assert problems == ["is kept without its date, title and outlet: none is found"]


def test_an_ordinary_text_that_has_such_a_line_is_one_document() -> None:
    (one,), problems = read(f"{FIRST}\nBody\nEnd of document\n{SECOND}")
    assert one.text.endswith("on Monday.") and not problems
