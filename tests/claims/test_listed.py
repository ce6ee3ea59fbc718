"""Figures of tables and labels: what they count, where, and what is not read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records import Document, Reading
from sayso.settings import load


@pytest.fixture(scope="module")
def read() -> Callable[[str], Reading]:
    from sayso.pipeline import Reader

    reader = Reader(load(None, {}, {}))
    return lambda text: reader.read(
        Document(id="d", text=text, published="2031-03-11", outlet="The Marrow Courier")
    )


def told(reading: Reading) -> list[str]:
    return [
        f"{c.kind} {c.count.low}..{c.count.high} {c.who.category if c.who else '-'}"
        for c in reading.claims
        if c.count
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaths: 12 / Injured: 40", ["killed 12..12 -", "injured 40..40 -"]),
        ("Confirmed deaths = 43", ["killed 43..43 -"]),
        ("Civilians reported killed\n13 - 46", ["killed 13..46 civilians"]),
        ("Dead: 200+\nMissing: ~40", ["killed 200..None -", "missing 40..40 -"]),
        ("Dead: 1,204", ["killed 1204..1204 -"]),
        ("Dead or missing: 17", ["dead_or_missing 17..17 -"]),
        # Groups count what the words over them say.
        (
            "The death toll is as follows:\n- Civilians: 32\n- Soldiers: 6",
            ["killed 32..32 civilians", "killed 6..6 military"],
        ),
        (
            "Deaths by sector\n\nBuilding ..... 7\nMetal ........ 5",
            ["killed 7..7 -", "killed 5..5 -"],
        ),
        (
            "Killed on 4 March:\n- Karsa: 12\n- Tovar: 7\n- Total: 19",
            ["killed 12..12 -", "killed 7..7 -", "killed 19..19 -"],
        ),
        ("Of the dead: men 9, women 3", ["killed 9..9 unspecified", "killed 3..3 women"]),
        ("Dead: 6 (2 executed)", ["killed 6..6 -", "killed 2..2 -"]),
        ("40    people killed\n12    wells dug", ["killed 40..40 unspecified"]),
        ("▪️ Bodies recovered: 9\n▪️ Fires put out: 6", ["killed 9..9 -"]),
        ("In hospital: 12\nTreatment centres: 4", ["hospitalised 12..12 -"]),
        (
            "Police put the death toll at 19, the opposition at 27",
            ["killed 19..19 -", "killed 27..27 -"],
        ),
        # What adds up to nothing, or is divided by no heading, counts no harm.
        ("Killed on 4 March:\n- Trucks: 12\n- Tents: 7\n- Total: 30", []),
        ("Losses by sector\n\nBuilding ..... 7\nMetal ........ 5", []),
        # A share is of the label before it, and what becomes of homes of those on its line.
        (
            "Civilians killed: 13 - 46\nOf whom children: 4-11\nOf whom women: 2\nInjured: 4",
            [
                "killed 13..46 civilians",
                "killed 4..11 children",
                "killed 2..2 women",
                "injured 4..4 -",
            ],
        ),
        ("Dead: 4\nFires: 3\nOf whom women: 2", ["killed 4..4 -"]),
        (
            "- houses damaged 27, destroyed 2\n- mines removed 19",
            ["homes 27..27 -", "homes 2..2 -"],
        ),
        ("Houses burned: 4; shops: 6; damaged: 7", ["homes 4..4 -"]),
        ("Drones: shot down 20, destroyed 2", []),
        ("- dead 5\n- saved 4\n- trucks 6", ["killed 5..5 -", "rescued 4..4 -"]),
        # Those whom a label counts may stand behind their number.
        ("Dead: 3 porters\nMissing: 2 women", ["killed 3..3 civilians", "missing 2..2 women"]),
        ("Displaced: 40 families", ["displaced 40..40 civilians"]),
        ("Dead: 3 camels\nMissing: 2 trucks", []),
        # What is no harm, no people, or two harms at once is not read.
        ("Houses destroyed: 70\nMagnitude: 6", ["homes 70..70 -"]),
        ("Schools destroyed: 70\nHouses: 6", []),
        ("Civilians: 32\nSoldiers: 6", []),
        ("Animals killed: 300", []),
        ("Killed or arrested: 30", []),
        ("Growth: 2.5\nDead: 3.5", []),
    ],
)
def test_labels(read: Callable[[str], Reading], text: str, expected: list[str]) -> None:
    assert told(read(text)) == expected


def test_what_stands_in_brackets_is_part_of_the_figure(read: Callable[[str], Reading]) -> None:
    whole, part = read("Dead: 12 (including 3 children)").claims
    assert (whole.evidence.text, part.evidence.text) == ("Dead: 12", "3 children")
    assert part.part_of == whole.id and part.who and part.who.category == "children"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "15 death1 injured31,739 people displaced",
            ["killed 15..15 -", "injured 1..1 -", "displaced 31739..31739 unspecified"],
        ),
        (
            "15 death1 injured31,739 people affected",
            ["killed 15..15 -", "injured 1..1 -", "affected 31739..31739 unspecified"],
        ),
        ("37people were killed and 12injured.", ["killed 37..37 unspecified", "injured 12..12 -"]),
    ],
)
def test_a_number_that_is_glued_to_a_word_is_parted_from_it(
    read: Callable[[str], Reading], text: str, expected: list[str]
) -> None:
    assert told(read(text)) == expected


TABLE = (
    "The ministry said on Monday that the toll in Mali was as follows:\n"
    "District\tKilled\tInjured\nMopti\t12\t40\nGao\t3\t-\nTotal\t15\t40"
)


def test_a_row_is_of_its_place_and_part_of_the_total(read: Callable[[str], Reading]) -> None:
    found = {c.evidence.text: c for c in read(TABLE).claims if c.kind == "killed"}
    assert {text: c.where.text for text, c in found.items() if c.where and text != "15"} == {
        "12": "Mopti",
        "3": "Gao",
    }
    assert found["12"].part_of == found["3"].part_of == found["15"].id
    assert found["15"].part_of is None
    assert found["12"].because["kind"] == "row.column"


def test_a_table_is_said_by_whoever_leads_it_in(read: Callable[[str], Reading]) -> None:
    figures = [c for c in read(TABLE).claims if c.count]
    assert {tuple(s.text for s in c.sources) for c in figures} == {("ministry",)}
    assert {c.when.end for c in figures if c.when} == {"2031-03-10"}


@pytest.mark.parametrize(
    "text",
    [
        "Killed by month\n| | | |\n| Karsa | 3 | 4 |\n| Tovar | 5 | 6 |",
        "| District | Animals killed | Other |\n| Karsa | 3 | 4 |",
    ],
)
def test_what_cannot_be_understood_is_said(read: Callable[[str], Reading], text: str) -> None:
    reading = read(text)
    assert told(reading) == []
    assert any("not read" in problem for problem in reading.problems)


def test_a_number_never_takes_the_harm_of_the_item_before_it(
    read: Callable[[str], Reading],
) -> None:
    assert told(read("- Two men were killed\n- 40 houses\n- 31")) == ["killed 2..2 unspecified"]


def test_rows_of_days_of_their_own_are_events_of_their_own(read: Callable[[str], Reading]) -> None:
    text = "Attacks in Mali\nDate\tLocation\tKilled\n3 March 2031\tMopti\t12\n5 March 2031\tGao\t3"
    found = [c for c in read(text).claims if c.kind == "killed"]
    assert [(c.where.text, c.when.start) for c in found if c.where and c.when] == [
        ("Mopti", "2031-03-03"),
        ("Gao", "2031-03-05"),
    ]
    assert len({c.episode for c in found}) == 2


def test_names_in_a_table_are_places_without_being_parsed() -> None:
    from sayso.pipeline import Reader

    reader = Reader(load(None, {}, {}))
    text = "The toll by province:\n\nProvince\tKilled\nCabo Delgado\t12\nKarsa\t4"
    cells = [s for s in reader.sentences(text) if s.kind in ("head", "cell")]
    assert {t.relation for s in cells for t in s.tokens} <= {"root", "flat"}
    prose = "Province\tWhat\nKarsa\tAt least nine people were killed by gunmen on the road to the market.\nGao\t3"
    assert any(t.pos == "VERB" for s in reader.sentences(prose) for t in s.tokens)


OVER = "The toll of the floods by district:\n\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # A head over several columns says what those under it count.
        (
            "| | Killed | | Injured | |\n| District | Men | Women | Men | Women |\n"
            "|---|---|---|---|---|\n| Karsa | 3 | 4 | 5 | 6 |\n| Belt | 1 | 2 | 2 | 8 |",
            "killed 3 men, killed 4 women, injured 5 men, injured 6 women, "
            "killed 1 men, killed 2 women, injured 2 men, injured 8 women",
        ),
        (
            "| District | Killed | | Houses | |\n|---|---|---|---|---|\n"
            "| | Men | Women | Owned | Let |\n| Karsa | 3 | 4 | 5 | 6 |",
            "killed 3 men, killed 4 women",
        ),
        # Marks of footnotes are no part of a number.
        ("District\tKilled\nKarsa\t12*\nBelt\t4 [1]\nDorm\t5¹", "killed 12, killed 4, killed 5"),
        # Shares and changes are no people; a nought or a stroke claims nothing.
        ("District\tKilled\tKilled (%)\nKarsa\t6\t60\nBelt\t4\t40", "killed 6, killed 4"),
        ("District\tKilled\tShare\nKarsa\t6\t60%\nBelt\t-3\t40%", "killed 6"),
        ("District\tKilled\nKarsa\t6\nBelt\t-\nDorm\tn/a\nMoss\t0\nHolm\tNil", "killed 6"),
        # Columns of years that say no harm are not read.
        ("District\tKilled\t2029\t2030\nKarsa\t6\t4\t5\nBelt\t4\t2\t3", "killed 6, killed 4"),
        ("District\tKilled\nKarsa\t1 204\nBelt\t1.100", "killed 1204, killed 1100"),
        # A column that only sums up is of all that the others count; a share is of what is before it.
        (
            "| District | Killed | Injured | Total | of which women |\n|---|---|---|---|---|\n"
            "| Karsa | 3 | 4 | 7 | 2 |",
            "killed 3, injured 4, casualties 7, casualties 2 women",
        ),
        ("| District | Killed | Total visits |\n|---|---|---|\n| Karsa | 3 | 4 |", "killed 3"),
        # Words that are cut short, and columns that leave a cell empty.
        (
            "District   Cause   Inj.   Houses dam.   Fam. evac.\n"
            "Karsa      Flood   4      60            12\n"
            "Total              4      60            12",
            "injured 4, homes 60, displaced 12 fam, injured 4, homes 60, displaced 12 fam",
        ),
        # "Mopti total" is a row of Mopti's.
        (
            "| Region | Killed this week |\n|---|---|\n| Mopti total | 3 |\n| Gao total | 9 |",
            "killed 3, killed 9",
        ),
        # Kinds down the side, years over them.
        (
            "| | 2029 | 2030 | Change |\n|---|---|---|---|\n| Killed | 6 | 9 | 50% |\n"
            "| Roads closed | 4 | 5 | 25% |",
            "killed 6, killed 9",
        ),
        ("District\tTotally damaged houses\nKarsa\t6", "homes 6"),
        (
            "Category | Number\nDeaths | 14\nHouses damaged | 9\nGoats lost | 3",
            "killed 14, homes 9",
        ),
    ],
)
def test_tables(read: Callable[[str], Reading], table: str, expected: str) -> None:
    claims = [c for c in read(OVER + table).claims if c.count]
    shown = [
        f"{c.kind} {c.count.low}" + (f" {c.who.text.lower()}" if c.who else "")
        for c in claims
        if c.count
    ]
    assert ", ".join(shown) == expected


MATRIX = (
    "DISPLACEMENT MATRIX, KARSA\n\nArrivals between 3 and 5 March 2031\n\n"
    "Cause: on 1 March gunmen killed nine people in Tovar, the mayor of the town told us.\n\n"
    "Site ; households ; individuals ; of whom under 18\nBelt Camp ; 12 ; 60 ; 31\n"
    "Dorm ; 4 ; 21 ; n/a\nAll sites ; 16 ; 81 ; 31"
)


def test_a_line_that_names_the_tables_says_what_they_count(read: Callable[[str], Reading]) -> None:
    found = {c.evidence.text: c for c in read(MATRIX).claims if c.kind == "displaced"}
    assert {text: c.count.unit for text, c in found.items() if c.count} == {
        **dict.fromkeys(("12", "4", "16"), "households"),
        **dict.fromkeys(("60", "21", "81", "31"), "people"),
    }
    # They are of the line over them, and not of what goes on about other harms.
    assert {(c.when.start, c.when.end) for c in found.values() if c.when} == {
        ("2031-03-03", "2031-03-05")
    }
    assert found["60"].part_of == found["81"].id


@pytest.mark.parametrize(
    "text",
    [
        MATRIX.replace("DISPLACEMENT MATRIX", "SHELTER MATRIX"),
        "Displacement tracking\n\nSite ; tents ; latrines\nBelt ; 12 ; 60\nDorm ; 4 ; 21",
        "Two men killed in Karsa\n\nSite ; households\nBelt ; 12\nDorm ; 4",
    ],
)
def test_other_tables_count_nobody(read: Callable[[str], Reading], text: str) -> None:
    assert not [c for c in read(text).claims if c.because["kind"] == "row.column"]


def test_a_share_does_not_keep_a_total_from_being_read(read: Callable[[str], Reading]) -> None:
    table = (
        "Casualties by state\n\n| State | Killed | Injured | Total | of which children |\n"
        "|---|---|---|---|---|\n| Karsa | 3 | 4 | 7 | 2 |"
    )
    assert told(read(table)) == [
        "killed 3..3 -", "injured 4..4 -", "casualties 7..7 -", "casualties 2..2 children",
    ]  # fmt: skip


def test_a_total_that_is_not_the_sum_is_told(read: Callable[[str], Reading]) -> None:
    rows = OVER + "District\tKilled\nKarsa\t6\nBelt\t4\nDorm\t-\nTotal\t{}"
    assert read(rows.format(12)).problems == ("rows under 'Killed' add up to 10, the total is 12",)
    assert read(rows.format(10)).problems == ()
    # What is not known for some row is no sum.
    assert read(rows.format(12).replace("Dorm\t-", "Dorm\tmany")).problems == ()


def test_the_day_and_the_place_of_a_row(read: Callable[[str], Reading]) -> None:
    years = read("The toll:\n\nYear\tKilled\n2029\t12\n2030\t40")
    assert [c.when and c.when.start for c in years.claims] == ["2029-01-01", "2030-01-01"]
    days = read("The toll:\n\nDate\tKilled\n2031-03-08\t12\n9 March 2031\t4")
    assert [c.when and c.when.start for c in days.claims] == ["2031-03-08", "2031-03-09"]
    places = read("The toll:\n\nProvince\tDistrict\tKilled\nTovar\tKarsa\t12\nTovar\tBelt\t4")
    assert [c.where and c.where.text for c in places.claims] == ["Karsa", "Belt"]


def test_a_figure_is_part_of_the_total_under_its_own_head(read: Callable[[str], Reading]) -> None:
    table = (
        "| Area | Houses destroyed | Houses damaged |\n|---|---|---|\n| Karsa | 6 | 2 |\n"
        "| Belt | 4 | 1 |\n| All areas | 10 | 3 |"
    )
    found = {c.evidence.text: c for c in read("The losses:\n\n" + table).claims}
    assert found["6"].part_of == found["10"].id
    assert found["2"].part_of == found["3"].id


def test_a_head_names_who_did_it(read: Callable[[str], Reading]) -> None:
    (claim,) = read("Killed by soldiers: 7").claims
    assert claim.by and claim.by.text == "soldiers" and claim.who is None


def days(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [(c.when.start, c.when.end, c.scope) for c in reading.claims if c.count and c.when]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A line of its own says what days a report is of; what is long is a period's.
        (
            "SITUATION REPORT\n\nReporting period: 3 March to 4 March 2031\n\nDead: 4",
            [("2031-03-03", "2031-03-04", "current")],
        ),
        ("As of 9 March 2031, 18:00\n\nDead: 4", [(None, "2031-03-09", "current")]),
        (
            "Dead: 4\n\nCounting period: 1 September 2030 to 28 February 2031.",
            [("2030-09-01", "2031-02-28", "period")],
        ),
        ("Boat tracker - week 36/2031\n\nAll boats known to us.\n\nDead: 4", []),
        # So do headings, heads and years over the figures.
        (
            "The toll\n\nSINCE 1 JANUARY\n\nDead: 40",
            [("2031-01-01", "2031-03-11", "period")],
        ),
        (
            "Toll by state:\n\n| State | Dead since 1 January |\n|---|---|\n| Belt | 40 |",
            [("2031-01-01", "2031-03-11", "period")],
        ),
        (
            "The toll:\n\n| | 2029 | 2030 |\n|---|---|---|\n| Killed | 4 | 6 |",
            [("2029-01-01", "2029-12-31", "current"), ("2030-01-01", "2030-12-31", "current")],
        ),
    ],
)
def test_the_days_of_figures(
    read: Callable[[str], Reading], text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert days(read(text)) == expected


def test_rows_are_of_the_sentence_that_tells_their_total(read: Callable[[str], Reading]) -> None:
    text = (
        "In 2030 the office counted 19 people killed by mines. In 2029 it had counted 31.\n\n"
        "| Area | Killed |\n|---|---|\n| Karsa | 12 |\n| Belt | 7 |\n{}"
    )
    for last in ("| Total | 19 |", ""):
        found = [c for c in read(text.format(last)).claims if c.because["kind"] == "row.column"]
        assert {c.when.end for c in found if c.when} == {"2030-12-31"}
        assert {tuple(s.text for s in c.sources) for c in found} == {("office",)}


def test_rows_that_add_up_to_a_sentence_are_parts_of_its_figure(
    read: Callable[[str], Reading],
) -> None:
    text = "On Monday 19 workers were killed.\n\nDeaths by sector\n\nMetal: 12\nBuilding: 7"
    whole, *rows = read(text).claims
    assert [c.part_of for c in rows] == [whole.id, whole.id]
    assert {c.part_of for c in read(text.replace("7", "9")).claims} == {None}


def test_what_a_report_tells_without_a_day_is_of_its_days(read: Callable[[str], Reading]) -> None:
    text = "Reporting period: 3 March to 4 March 2031\n\nA wall fell in Karsa. Two people died."
    (claim,) = [c for c in read(text).claims if c.kind == "killed"]
    assert claim.when and (claim.when.start, claim.when.end) == ("2031-03-03", "2031-03-04")


def test_a_group_under_a_label_is_part_of_it(read: Callable[[str], Reading]) -> None:
    for text in (
        "- Killed: 4\n  - Children: 2\n- Injured: 9",
        "Killed: 4, of whom\n- Children: 2\n- Injured: 9",
    ):
        whole, part, other = read(text).claims
        assert (part.kind, part.part_of, other.part_of) == ("killed", whole.id, None)


def test_a_heading_counts_no_people_that_rows_count(read: Callable[[str], Reading]) -> None:
    reading = read("People killed by year:\n\nYear\tKilled\n2029\t12\n2030\t40")
    assert [c.count.low for c in reading.claims if c.count] == [12, 40]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The violence cost 21 lives in Mali:\n- 12 in Karsa, where gunmen attacked a bar\n"
            "- 6 in the port of Tovar\n- 3 near Belt",
            [("12", True), ("6", True), ("3", True)],
        ),
        # No more than the whole, and only behind a colon.
        ("Nine people were killed in Mali:\n- 12 in Karsa, by fire", []),
        ("Nine people were killed in Mali.\n- 6 in Karsa, by fire", []),
        ("Nine people were killed in Mali:\n- 6 buses in Karsa burned", []),
    ],
)
def test_blocks_under_a_colon_divide_its_figure(
    read: Callable[[str], Reading], text: str, expected: list[tuple[str, bool]]
) -> None:
    whole, *parts = [c for c in read(text).claims if c.kind == "killed"]
    assert [(c.evidence.text, c.part_of == whole.id) for c in parts] == expected


def test_a_chronicle_dates_its_blocks(read: Callable[[str], Reading]) -> None:
    text = (
        "3 March - Two miners killed at the pit. One was hurt.\n"
        "5 March: Gunmen shot dead a priest in Karsa.\n"
        "7 March. Bus overturned near Tovar; 6 dead."
    )
    found = [c for c in read(text).claims if c.count]
    assert [c.when and c.when.start for c in found] == [
        "2031-03-03",
        "2031-03-03",
        "2031-03-05",
        "2031-03-07",
    ]


def test_a_place_before_a_figure_says_nothing(read: Callable[[str], Reading]) -> None:
    claims = read("- Borno: 31 killed\n- Police: 12 killed").claims
    assert [[s.text for s in c.sources] for c in claims if c.count] == [[], ["Police"]]


@pytest.mark.parametrize(
    "rows", ["40    people killed\n12    people injured", "| District | Killed |\n| Karsa | 3 |"]
)
def test_a_line_under_rows_names_their_source(read: Callable[[str], Reading], rows: str) -> None:
    claims = read(f"The toll\n\n{rows}\n\nSource: Ministry of Health").claims
    figures = [c for c in claims if c.count]
    assert figures and {s.text for c in figures for s in c.sources} == {"Ministry of Health"}
    other = read(f"The toll\n\n{rows}\n\nNote: Ministry of Health").claims
    assert not any(c.sources for c in other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Received at the clinic after the strike in Karsa:\n\n| No. | Name | Age | Condition |\n"
            "|---|---|---|---|\n| 1 | Ada Voss | 34 | dead |\n| 2 | Emin Kaya | 9 | critical |\n"
            "| 3 | Rolf Dahl | 41 | discharged |",
            ["killed Ada Voss", "critical Emin Kaya"],
        ),
        (
            "The dead of Karsa:\n\n| Name | Trade |\n|---|---|\n| Ada Voss | nurse |",
            ["killed Ada Voss"],
        ),
        ("The council:\n\n| Name | Trade |\n|---|---|\n| Ada Voss | nurse |", []),
        ("Schools:\n\n| Name | State |\n|---|---|\n| Vell | damaged |", []),
    ],
)
def test_tables_of_names(read: Callable[[str], Reading], text: str, expected: list[str]) -> None:
    claims = [c for c in read(text).claims if c.because["kind"] == "row.name"]
    assert [f"{c.kind} {c.who.text}" for c in claims if c.who] == expected


def test_a_part_in_brackets_is_of_its_own_figure(read: Callable[[str], Reading]) -> None:
    text = "Killed this week\n\nKarsa: 14 (of them 3 minors)\nTovar: 9\nAll: 23"
    first, part, _, total = read(text).claims
    assert (first.part_of, part.part_of) == (total.id, first.id)


def test_the_label_of_a_place_is_no_sayer(read: Callable[[str], Reading]) -> None:
    claims = read("Province: Sofala\nDeaths: 12\nInjured: 40").claims
    assert [c.sources for c in claims if c.count] == [(), ()]
