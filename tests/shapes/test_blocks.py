from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.shapes.blocks import blocks, leaves

TABLE = "| District | Killed |\n|---|---|\n| Karsa | 12 |\n| Total | 12 |"


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One fell.\nTwo fell.", [("paragraph", "One fell."), ("paragraph", "Two fell.")]),
        # Wrapped to a width, as in mail, with a list in it.
        (
            "Gunmen came to the\nvillage at night and\nfired at all.\n\n- Two men\n  fell\n- One fled",
            [
                ("paragraph", "Gunmen came to the\nvillage at night and\nfired at all."),
                ("item", "Two men\n  fell"),
                ("item", "One fled"),
            ],
        ),
        ("1. Two fell.\n2) One fled.", [("item", "Two fell."), ("item", "One fled.")]),
        ("• Two fell.\n– One fled.", [("item", "Two fell."), ("item", "One fled.")]),
        ("> We lost nine.", [("quotation", "We lost nine.")]),
        ("## Karsa ##\nTwo fell.", [("heading", "Karsa"), ("paragraph", "Two fell.")]),
        ("Karsa\n=====\nTwo fell.", [("heading", "Karsa"), ("paragraph", "Two fell.")]),
        (
            "Karsa\nTwo men fell there.",
            [("heading", "Karsa"), ("paragraph", "Two men fell there.")],
        ),
        ("Photo: the harbour of Karsa", [("caption", "Photo: the harbour of Karsa")]),
        ("Note: figures may change.", [("note", "Note: figures may change.")]),
        # A line that ends as a sentence does heads nothing, and neither does one under which none stands.
        (
            "Two fell.\nThe others fled to Karsa.",
            [("paragraph", "Two fell."), ("paragraph", "The others fled to Karsa.")],
        ),
        ("By Ann Oakes | Karsa", [("paragraph", "By Ann Oakes | Karsa")]),
    ],
)
def test_the_shape_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "District\tKilled\nKarsa\t12\nTotal\t12",
        "District    Killed\nKarsa       12\nTotal       12",
        "District | Killed\nKarsa | 12\nTotal | 12",
        "District ; Killed\nKarsa ; 12\nTotal ; 12",
    ],
)
def test_rows_have_their_cells_under_the_heads_of_their_columns(text: str) -> None:
    head, *rows = blocks(text)
    assert [text[a:b] for a, b in head.cells] == ["District", "Killed"]
    assert [[text[a:b] for a, b in row.cells] for row in rows] == [["Karsa", "12"], ["Total", "12"]]
    assert all(row.heads == head.cells for row in rows)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Deaths: 12 / Injured: 40", [("Deaths", "12"), ("Injured", "40")]),
        ("Confirmed deaths = 43", [("Confirmed deaths", "43")]),
        ("Dead: 4. Injured: 11.", [("Dead", "4"), ("Injured", "11")]),
        ("Dead: 12 (including 3 children)", [("Dead", "12 (including 3 children)")]),
        ("Civilians reported killed\n13 - 46", [("Civilians reported killed", "13 - 46")]),
        ("- Dead\n- 1,200", [("Dead", "1,200")]),
    ],
)
def test_labels_are_the_heads_of_their_numbers(text: str, pairs: list[tuple[str, str]]) -> None:
    (row,) = blocks(text)
    each = zip(row.heads, row.cells, strict=True)
    assert [(text[a:b], text[c:d]) for (a, b), (c, d) in each] == pairs


@pytest.mark.parametrize("text", ["KARSA: 12 killed in a blast", "Police: two men held", "12"])
def test_what_is_no_label(text: str) -> None:
    assert [block.kind for block in blocks(text)] == ["paragraph"]


def test_an_item_knows_how_deep_it_stands() -> None:
    assert [b.level for b in blocks("- One fell.\n  - One fled.\n- One hid.")] == [1, 2, 1]


def test_a_list_that_lost_its_line_breaks_is_cut_where_they_were() -> None:
    text = "15 death1 injured31,739 people"
    read = [text[leaf.start : leaf.end] for leaf in leaves(text)]
    assert read == ["15 death", "1 injured", "31,739 people"]


def test_marks_of_the_shape_stand_outside_of_what_is_read() -> None:
    text = f"- Two men fell.\n{TABLE}"
    read = [text[leaf.start : leaf.end] for leaf in leaves(text)]
    assert read == ["Two men fell.", "District", "Killed", "Karsa", "Total"]


@given(st.text("ab1:|-=>#\n\t .•()", max_size=80))
def test_blocks_stand_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for block in blocks(text):
        assert end <= block.start < block.end <= len(text)
        end = block.end
        assert all(block.start <= a <= b <= block.end for a, b in block.cells)
    assert all(text[leaf.start : leaf.end].strip() for leaf in leaves(text))
