from __future__ import annotations

from laying import board

from sayso.publish.board import Board


def differences(laid: Board, reason: str) -> list[list[tuple[int, int]]]:
    return [
        [(a[0].claim.count.low, a[0].claim.count.high) for a in difference.accounts]
        for difference in laid.differences
        if difference.reason == reason
    ]


def test_documents_stand_oldest_first_and_only_those_of_the_incident(laid: Board) -> None:
    assert [document.id for document in laid.documents][:2] == ["harbour-post-0303", "orrin-0304"]
    assert len(laid.documents) == 17


def test_copies_are_one_text_under_the_first_that_printed_it(laid: Board) -> None:
    (text,) = (text for text in laid.texts if text.copies)
    assert text.document.id == "orrin-0304"
    assert len(text.copies) == 4
    assert len(laid.texts) == 13


def test_a_claim_that_all_copies_repeat_is_shown_once(laid: Board) -> None:
    (text,) = (text for text in laid.texts if text.copies)
    quoted = [line.claim.evidence.text for line in text.lines if line.claim.kind == "killed"]
    assert quoted == ["At least seven people were killed", "Two police officers also died"]


def test_rows_begin_with_the_gravest_and_with_people_at_large(laid: Board) -> None:
    rows = [(row.toll.kind, row.toll.who) for row in laid.rows]
    assert rows[0] == ("killed", "unspecified")
    assert rows.index(("killed", "security_forces")) < rows.index(("injured", "unspecified"))


def test_each_voice_has_its_last_word(laid: Board) -> None:
    last = {v.name: v.latest.claim.count.low for v in laid.rows[0].voices if v.latest}
    assert last == {"health ministry": 18, "doctors' union": 27}


def test_accounts_that_contradict_stand_side_by_side(laid: Board) -> None:
    assert [(18, 18), (27, 27)] in differences(laid, "contradicted")
    assert [(5, 5), (11, 11)] in differences(laid, "contradicted")


def test_a_withdrawn_figure_stands_beside_what_its_origin_said_next(laid: Board) -> None:
    assert differences(laid, "withdrawn") == [[(17, 17), (14, 14)]]


def test_a_denial_points_at_what_it_denies(laid: Board) -> None:
    (denial,) = (d for d in laid.differences if d.reason == "denied")
    said, denied = denial.accounts
    assert {line.document.id for line in said} == {"orrin-0305", "nordal-radio-0305"}
    assert [line.document.id for line in denied] == ["selmarra-courier-0305"]


def test_documents_that_nobody_gave_are_left_out(laid: Board, told, found) -> None:
    documents, claims = told
    fewer = board(found[0], documents[:3], claims)
    assert len(fewer.documents) == 3
    assert all(line.document in documents[:3] for line in fewer.lines.values())


def test_an_incident_without_claims_has_an_empty_board(told, found) -> None:
    empty = board(found[0], told[0], {})
    assert empty.lines == {}
    assert empty.differences == ()
