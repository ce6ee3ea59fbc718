"""The same words, counted as different projects would: where their numbers differ, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso
from sayso.errors import SettingsError
from sayso.pipeline.boards import boards, scenes, under
from sayso.pipeline.recalling import Known, known
from sayso.publish import acled, codebooks, packages, rows, ucdp
from sayso.records import Document
from sayso.settings import Settings

ALL = ("acled", "airwars", "ibc", "idmc", "isaf", "ucdp")


def told(*texts: str) -> Known:
    """What texts of one day tell, each of an outlet of its own."""
    documents = [
        Document(id=f"d{n}", text=text, outlet=f"Outlet {n}", published="2031-03-05")
        for n, text in enumerate(texts)
    ]
    return known(documents, map(sayso.read, documents), Settings())


def counted(record: Known, name: str, kind: str = "killed") -> Iterator[tuple[str, ...]]:
    """Group, low, the number printed and high of each toll of a kind."""
    for board in boards(under(record, codebooks.codebook(name))):
        for row in board.rows:
            if row.toll.kind == kind:
                one = rows.number(row.toll)
                yield (
                    row.toll.who,
                    *(("" if n is None else str(n)) for n in (row.toll.low, one, row.toll.high)),
                )


def dead(record: Known, name: str) -> int | None:
    """The dead of all groups of the one incident."""
    (board,) = boards(under(record, codebooks.codebook(name)))
    return rows.number(rows.killed(board))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Shelling killed dozens of people in Karsa on Tuesday.", {"acled": 12, "ucdp": 24, "airwars": 24}),
        ("Shelling killed hundreds of people in Karsa on Tuesday.", {"acled": 100, "ucdp": 200, "airwars": 200}),
        ("Shelling killed scores of people in Karsa on Tuesday.", {"acled": 20, "ucdp": 40}),
        ("Shelling killed thousands of people in Karsa on Tuesday.", {"acled": 1000, "ucdp": 2000}),
        ("Shelling killed tens of people in Karsa on Tuesday.", {"acled": 10, "ucdp": 20}),
        ("Shelling killed several hundred people in Karsa on Tuesday.", {"acled": 300, "ucdp": 300}),
        ("Shelling killed more than 50 people in Karsa on Tuesday.", {"acled": 50, "ucdp": 51, "isaf": 50}),
        ("Shelling killed villagers in Karsa on Tuesday.", {"acled": 3, "ucdp": 2, "airwars": 2}),
        ("Shelling killed about 100 people in Karsa on Tuesday.", {"acled": 100, "ucdp": 100, "airwars": 90}),
        ("Soldiers killed nine insurgents in Karsa on Tuesday.", {"ucdp": 9, "isaf": 9, "airwars": None}),
        ("Insurgents killed nine villagers in Karsa on Tuesday.", {"ucdp": 9, "isaf": None, "airwars": 9}),
        ("A bomb killed 12 people, including two attackers, in Karsa on Tuesday.", {"acled": 12, "airwars": 10, "isaf": 12}),
        ("A bomb killed nine people and the bomber in Karsa on Tuesday.", {"acled": 10, "ucdp": 10, "airwars": 9}),
        ("A bomb killed nine people, including four soldiers, in Karsa on Tuesday.", {"ucdp": 9, "airwars": 5, "isaf": 5}),
        ("A bomb killed nine people, including four policemen, in Karsa on Tuesday.", {"ucdp": 9, "airwars": 5}),
    ],
)  # fmt: skip
def test_the_same_words_in_other_numbers(text: str, numbers: dict[str, int | None]) -> None:
    record = told(text)
    assert {name: dead(record, name) for name in numbers} == numbers


def test_accounts_that_differ() -> None:
    record = told(
        "Shelling killed 11 people in Karsa on Tuesday, the hospital said.",
        "Shelling killed seven people in Karsa on Tuesday, the mayor said.",
    )
    assert [*counted(record, "acled")] == [("unspecified", "7", "7", "11")]
    assert [*counted(record, "ucdp")] == [("unspecified", "7", "11", "11")]
    assert [*counted(record, "airwars")] == [("unspecified", "7", "7", "11")]


def test_a_vague_word_is_no_account_against_a_number() -> None:
    record = told(
        "Shelling killed dozens of people in Karsa on Tuesday, witnesses said.",
        "Shelling killed 40 people in Karsa on Tuesday, the hospital said.",
    )
    assert [dead(record, name) for name in ("acled", "ucdp")] == [40, 40]


def test_people_without_a_number_are_one_only_where_nobody_gives_one() -> None:
    record = told(
        "Shelling killed villagers in Karsa on Tuesday, witnesses said.",
        "Shelling killed 40 people in Karsa on Tuesday, the hospital said.",
    )
    assert [dead(record, name) for name in ("acled", "ucdp", "airwars")] == [40, 40, 40]


def test_what_a_side_alone_says_of_its_enemy() -> None:
    record = told("The army said it killed 20 rebels near Karsa on Tuesday.")
    assert [*counted(record, "acled")] == [("militants", "", "20", "20")]
    assert [*counted(record, "ucdp")] == [("militants", "", "", "20")]
    assert [*counted(record, "isaf")] == [("militants", "", "20", "20")]


def test_two_outlets_or_one() -> None:
    text = "Shelling killed nine people in Karsa on Tuesday, the mayor said."
    again = "Nine people were killed on Tuesday by shelling in Karsa, according to the hospital."
    assert [dead(told(text), name) for name in ("ibc", "airwars")] == [None, 9]
    assert [dead(told(text, again), name) for name in ("ibc", "airwars")] == [9, 9]


def test_on_the_militarys_word_alone() -> None:
    record = told("Nine insurgents were killed in Karsa on Tuesday, residents said.")
    assert [dead(record, name) for name in ("isaf", "ucdp")] == [None, 9]


def test_households_are_people_to_who_counts_the_displaced() -> None:
    record = told("Some 200 families fled Karsa on Tuesday after the shelling, the mayor said.")
    assert [*counted(record, "idmc", "displaced")] == [("civilians", "900", "1000", "1100")]
    assert [*counted(record, "ucdp", "displaced")] == [("civilians", "180", "200", "220")]
    assert not [*counted(told("Shelling killed nine in Karsa on Tuesday."), "idmc")]


def test_the_record_itself_is_not_changed() -> None:
    record = told("Shelling killed dozens of people in Karsa on Tuesday.")
    before = record.claims["d0"], record.incidents
    assert dead(record, "acled") == 12
    assert (record.claims["d0"], record.incidents) == before
    assert all(
        c.count.text == "dozens"
        for c in under(record, codebooks.codebook("acled")).claims["d0"]
        if c.count
    )


def test_rows_of_several_days_are_counted_so_too() -> None:
    record = told(
        "Shelling in Karsa killed dozens of people on Monday and more than 50 on Tuesday, "
        "the mayor said."
    )
    found = []
    for name, row in (("acled", acled.table), ("ucdp", ucdp.table)):
        book = codebooks.codebook(name)
        one = scenes(under(record, book), book=book)
        found.append([r.get("fatalities", r.get("best")) for each in one for r in row(each)])
    assert found == [[12, 50], [24, 51]]


@pytest.mark.parametrize("name", ALL)
def test_every_rule_names_its_source(name: str) -> None:
    assert codebooks.names() == ALL
    book = codebooks.codebook(name)
    policy = codebooks.policy(book)
    assert book.title and book.publication
    assert all(rule["source"] for rule in policy.values() if isinstance(rule, dict))
    assert json.dumps(packages.under(rows.POLICY, book))


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    table = Path(codebooks.__file__).parents[1] / "data" / "codebooks" / "acled.toml"
    own = tmp_path / "ours.toml"
    own.write_text(table.read_text().replace("least = 3", "least = 10"))
    assert dead(told("Shelling killed villagers in Karsa on Tuesday."), str(own)) == 10
    own.write_text(table.read_text().replace("beyond = 0", "beyond = 7"))
    for wrong in (str(own), "nobody's"):
        with pytest.raises(SettingsError):
            codebooks.codebook(wrong)
