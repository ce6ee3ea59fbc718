from __future__ import annotations

import io

import pytest

from sayso.ingest.tables import documents
from sayso.records import Capture, Problem


def read(table: str | bytes, **named: str) -> list[Capture | Problem]:
    data = table.encode() if isinstance(table, str) else table
    found = documents(io.BytesIO(data), "a.csv", named)
    return [one if isinstance(one, Problem) else one[1] for one in found]


def test_columns_go_by_their_names() -> None:
    rows = 'Headline,Body,Source,Date,Link\nFire,"Two died,\nthey said.",Lantern,2031-03-04,https://a.example/1\n'
    (one,) = read(rows)
    document = one.document
    assert document.text == "Two died,\nthey said."
    assert (document.title, document.outlet, document.published, document.url) == (
        "Fire", "Lantern", "2031-03-04", "https://a.example/1")  # fmt: skip


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_cells_are_parted_as_the_first_row_shows(mark: str) -> None:
    (one,) = read(f"id{mark}text\n7{mark}Two died.\n")
    assert (one.document.id, one.document.text) == ("7", "Two died.")


def test_a_column_can_be_named() -> None:
    (one,) = read("Satz,Blatt\nTwo died.,Lantern\n", text="Satz", outlet="Blatt")
    assert (one.document.text, one.document.outlet) == ("Two died.", "Lantern")
    (problem,) = read("Satz\nTwo died.\n", text="Text")
    assert "no column 'Text'" in problem.message and "Satz" in problem.message


def test_one_bad_row_costs_none_of_the_others() -> None:
    found = read("text,date\nTwo died.,2031-03-04\n,\n  ,2031-03-05\nThree died.,soon\n")
    texts = [one.document.text for one in found if isinstance(one, Capture)]
    problems = [one for one in found if isinstance(one, Problem)]
    assert texts == ["Two died.", "Three died."]
    assert [p.message.split(":")[0] for p in problems] == [
        "has no text",
        "is kept without its date",
    ]
    assert problems[0].input == "a.csv:4"


def test_a_row_with_more_cells_than_columns_is_told_of() -> None:
    one, problem, two = read(
        "id,text\n1,Police said 3, among them 2 children, died.\n2,Two died.,\n"
    )
    assert (one.document.text, two.document.text) == ("Police said 3", "Two died.")
    assert problem.input == "a.csv:2"
    assert problem.message.startswith("may not be whole: 4 cells for 2 columns")


def test_a_table_that_is_cut_is_told_of() -> None:
    whole = 'id,text\n1,"Two ""old"" men died,\nthey said."\n2,"Three died,\nthey said."\n'
    assert [type(one) for one in read(whole)] == [Capture, Capture]
    _, two, problem = read(whole[:-12])
    assert two.document.text == "Three died,\n"
    assert problem.message == "breaks off within quotation marks: its last row may not be whole"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("a,b\n1,2\n", "no column of texts"),
        ("text\n", "has no row"),
        (b"text\nTwo \xff died\n", "is not UTF-8"),
        ('text\n"Two died', None),
        ("text\n" + "x" * 5_000_000 + "\n", "is longer than 4,000,000 characters"),
        (b"\x00\x01\x02", "no column of texts"),
    ],
)
def test_what_is_no_table_is_said(data: str | bytes, why: str | None) -> None:
    found = read(data)
    assert found
    if why is not None:
        assert why in found[-1].message


def test_a_mark_of_byte_order_is_no_part_of_a_name() -> None:
    (one,) = read(b"\xef\xbb\xbftext\nTwo died.\n")
    assert one.document.text == "Two died."


ACCENTS = "id,text\n1,Zwölf people died near the café by the harbour on Tuesday and nine others were hurt.\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_table_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    (one,) = read(ACCENTS.replace(",", "\t").encode(encoding))
    assert one.document.text.startswith("Zwölf people died near the café")


def test_a_byte_that_is_not_utf_8_costs_its_row_alone() -> None:
    one, bad, two = read(b"id,text\n1,Zw\xc3\xb6lf died.\n2,Tw\xff\xfe died.\n3,Three died.\n")
    assert (one.document.id, two.document.id) == ("1", "3")
    assert (bad.input, bad.message) == ("a.csv:3", "is not UTF-8: save the table as UTF-8")


@pytest.mark.parametrize("mark", [";", ",", "|", "\t"])
def test_the_line_that_tells_a_spreadsheet_its_mark_is_no_row(mark: str) -> None:
    (one,) = read(f'sep={mark}\r\nid{mark}text\r\n4{mark}"Two died, or three; or four."\r\n')
    assert (one.document.id, one.document.text) == ("4", "Two died, or three; or four.")


def test_a_quotation_mark_without_its_other_is_told_of_where_it_joins_rows() -> None:
    one, problem, two = read('id,text\n1,"Two died.\n2,"Three died."\n3,Four died.\n')
    assert (one.document.id, two.document.id) == ("1", "3")
    assert problem.message.startswith("may be several rows in one")
    assert [type(each) for each in read('id,text\n1,A 6" pipe burst\n')] == [Capture]


def test_a_cell_over_the_limit_costs_its_row_alone() -> None:
    found = read(f'id,text\n1,"{"x" * 4_500_000}"\n2,Two died.\n')
    assert [one.document.id for one in found if isinstance(one, Capture)] == ["2"]
    assert any(isinstance(one, Problem) for one in found)


def test_a_last_row_that_breaks_off_between_cells_is_told_of() -> None:
    _, _, problem = read("id,text,url\n1,Two died.,u\n2,Three di")
    assert problem.message == "breaks off: 2 cells for 3 columns"
    assert len(read("id,text,url\n1,Two died.\n2,Three died.\n")) == 2
