from __future__ import annotations

import csv
import io
import json

from hostile import TRAP

from sayso.publish import sheets
from sayso.publish.board import Board
from sayso.records import Heading, Reading


def reading(told) -> Reading:
    document, claims = told[0][0], told[1][told[0][0].id]
    heading = Heading(
        id=document.id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        language=document.language,
    )
    return Reading(document=heading, claims=tuple(claims))


def test_claims_have_a_row_each_with_their_chain(told) -> None:
    sheet = sheets.claims([reading(told)])
    row = dict(zip(sheet.columns, sheet.rows[2], strict=True))
    assert row["what"] == "injured 9"
    assert row["say-so"] == "the health ministry → Harbour Post"
    assert row["evidence"] == "Nine people were injured"


def test_lines_make_the_same_rows_as_their_reading(told, laid: Board) -> None:
    of_reading = {row[0]: row for row in sheets.claims([reading(told)]).rows}
    first = [line for line in laid.lines.values() if line.document.id == told[0][0].id]
    assert first
    assert all(of_reading[row[0]] == row for row in sheets.lines(first).rows)


def test_plain_has_one_line_for_each_row(laid: Board) -> None:
    sheet = sheets.tolls(laid)
    lines = sheets.plain(sheet).splitlines()
    assert len(lines) == len(sheet.rows) + 1
    assert lines[1].split("\t")[:5] == ["killed", "unspecified", "18", "18", "27"]


def test_plain_keeps_its_columns_whatever_a_text_holds(hostile: Board) -> None:
    sheet = sheets.tolls(hostile)
    lines = sheets.plain(sheet).splitlines()
    assert {line.count("\t") for line in lines} == {len(sheet.columns) - 1}


def test_separated_reads_back_as_the_same_cells(laid: Board) -> None:
    sheet = sheets.tolls(laid)
    rows = list(csv.reader(io.StringIO(sheets.separated(sheet))))
    assert [tuple(row) for row in rows] == [sheet.columns, *sheet.rows]


def test_a_cell_cannot_be_a_formula() -> None:
    sheet = sheets.Sheet(("a", "b"), (("=1+1", "13"),))
    assert sheets.separated(sheet) == "a,b\n'=1+1,13\n"


def test_an_incident_shows_low_to_high_of_each_kind(found) -> None:
    assert sheets.tally(found[0])[:2] == ["killed 18–27", "injured 52"]


def test_an_incident_counts_texts_not_documents(found) -> None:
    assert found[0].texts == 13
    assert found[1].texts == 2


def test_incidents_say_where_accounts_differ(found) -> None:
    sheet = sheets.incidents(found)
    assert [row[-1] for row in sheet.rows] == ["differ", ""]


def test_a_document_row_names_its_incident_and_the_text_it_copies(told, found) -> None:
    rows = {row["id"]: row for row in sheets.document_rows(told[0], found)}
    assert rows["quayside-star-0304"]["copy_group"] == "orrin-0304"
    assert rows["orrin-0304"]["copy_group"] == "orrin-0304"
    assert rows["quayside-star-0306"]["incident"] == found[1].id
    assert rows["quayside-star-0306"]["copy_group"] == "quayside-star-0306"


def test_a_document_of_no_incident_says_so(told) -> None:
    (row,) = sheets.document_rows(told[0][:1], [])
    assert row["incident"] is None


def test_the_sheet_of_documents_marks_copies_only(told, found) -> None:
    rows = sheets.documents(sheets.document_rows(told[0], found)).rows
    assert [row[0] for row in rows if row[-1]] == [
        "harbour-post-0304",
        "selmarra-courier-0304",
        "halsten-monitor-0304",
        "quayside-star-0304",
    ]


def test_jsonl_is_the_record_as_it_is(found) -> None:
    lines = sheets.jsonl(found).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [incident.id for incident in found]


def test_jsonl_keeps_every_character(hostile: Board) -> None:
    (line,) = sheets.jsonl([hostile.incident]).splitlines()
    assert json.loads(line)["title"] == TRAP


def test_the_curve_says_whose_word_each_figure_is_and_what_it_changed(laid: Board) -> None:
    sheet = sheets.curve(laid)
    rows = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    ministry = [r for r in rows if r["kind"] == "killed" and r["say-so"].startswith("health min")]
    (corrects,) = [r for r in ministry if r["change"].startswith("corrected ")]
    (before,) = [r for r in rows if r["claim"] == corrects["change"].split()[1]]
    assert (before["low"], before["status"], corrects["low"]) == ("17", "withdrawn", "14")
