"""Whose day a time of a sentence is: the harm's, that of its counting, a part's, or one at a
distance."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Document
from sayso.settings import Settings

DAY = "2031-03-06"  # a Thursday
MONDAY, TUESDAY, WEDNESDAY = "2031-03-03", "2031-03-04", "2031-03-05"


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def days(reader: Reader, text: str) -> dict[int | None, str]:
    """The count of each harm of a text, and its days: one, both ends, or one of them."""
    found = {}
    for claim in reader.read(Document(id="d", text=text, published=DAY)).claims:
        if claim.count is not None and claim.kind != "event":
            start, end = (claim.when.start, claim.when.end) if claim.when else (None, None)
            one = start if start == end else f"{start or ''}..{end or ''}"
            found[claim.count.low] = one or ".."
    return found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Raids on Monday, Tuesday and Wednesday killed nine.", {9: f"{MONDAY}..{WEDNESDAY}"}),
        ("Nine died on Tuesday, Wednesday and Thursday.", {9: f"{TUESDAY}..{DAY}"}),
        ("Nine people were killed on Thursday and Friday.", {9: "2031-02-27..2031-02-28"}),
        ("Nine people died on 1, 2 and 3 March.", {9: "2031-03-01..2031-03-03"}),
    ],
)
def test_days_one_after_the_other_are_all_meant(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what is counted or found on a day had happened by then
        ("The toll rose to 47 on Tuesday.", {47: f"..{TUESDAY}"}),
        ("Twelve bodies were found in a well on Tuesday.", {12: f"..{TUESDAY}"}),
        ("Nine people were confirmed dead on Tuesday.", {9: f"..{TUESDAY}"}),
        ("Twelve people killed in the raid were identified on Tuesday.", {12: f"..{TUESDAY}"}),
        ("The rebels freed 12 hostages on Tuesday.", {12: f"..{TUESDAY}"}),
        # unless the text dates it elsewhere
        ("A bomb went off in Oslo on Monday. The toll rose to 47 on Tuesday.", {47: MONDAY}),
        ("The toll from Monday's bombing rose to 47 on Tuesday.", {47: MONDAY}),
        # what was done that day, and what is counted for longer than a day
        ("The toll rose to 47 as four people died on Tuesday.", {47: f"..{TUESDAY}", 4: TUESDAY}),
        ("Rescuers brought out nine survivors on Tuesday.", {9: TUESDAY}),
        ("Two of the wounded died on Tuesday of their injuries.", {2: TUESDAY}),
        ("The number of dead in the past week rose to 53.", {53: f"2031-02-27..{DAY}"}),
        # nor does the day on which somebody is met again date what he had done
        ("A man who killed two tourists was arrested on Tuesday.", {2: f"..{TUESDAY}"}),
        ("On Tuesday, police arrested a man who had killed two guards.", {2: f"..{TUESDAY}"}),
        ("Nine miners killed by a blast were flown home on Tuesday.", {9: f"..{TUESDAY}"}),
        ("A raid on Tuesday left nine people wounded.", {9: TUESDAY}),
        ("A blast that killed two tourists shook Oslo on Tuesday.", {2: TUESDAY}),
    ],
)
def test_the_day_of_counting_is_no_day_of_harm(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text).items() >= told.items()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Fourteen people were killed on Tuesday across the north, "
            "including a boy in Karsa on Monday.",
            {14: TUESDAY, 1: MONDAY},
        ),
        ("Nine people, including two boys, were killed on Monday.", {9: MONDAY, 2: MONDAY}),
    ],
)
def test_a_part_has_its_own_day(reader: Reader, text: str, told: dict[int | None, str]) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Five people were killed on Tuesday, a day after rebels shelled Karsa and killed three.",
            {5: TUESDAY, 3: MONDAY},
        ),
        ("Two days after the vote on Sunday, gunmen killed nine people.", {9: TUESDAY}),
        ("Two days before the vote on Wednesday, gunmen killed nine people.", {9: MONDAY}),
        ("Gunmen killed nine people on Monday, hours after a vote.", {9: MONDAY}),
        (
            "Two days after a mob killed three traders, police shot dead six men on Wednesday.",
            {3: MONDAY, 6: WEDNESDAY},
        ),
        # no day but that of another event, so many days off
        (
            "The day before the raid, gunmen had killed nine farmers. The raid on Tuesday left "
            "six people dead.",
            {9: "..", 6: TUESDAY},
        ),
        (
            "The truce ended on Monday. Within hours rebels shelled Karsa, and nine people died.",
            {9: MONDAY},
        ),
    ],
)
def test_days_before_and_after_are_counted(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Police opened fire, killing four, on Monday, and on Tuesday shot dead two mourners.",
            {4: MONDAY, 2: TUESDAY},
        ),
        (
            "Troops had killed four herders on Monday before villagers stormed the barracks on "
            "Tuesday, killing two soldiers.",
            {4: MONDAY, 2: TUESDAY},
        ),
        (
            "Six people died in Karsa on Monday, three in Tovar on Tuesday and one in Helm a day "
            "later.",
            {6: MONDAY, 3: TUESDAY, 1: WEDNESDAY},
        ),
        ("Nine people were killed last week, on Friday.", {9: "2031-02-28"}),
        ("Nine people were killed on Monday and Tuesday.", {9: f"{MONDAY}..{TUESDAY}"}),
        (
            "It was the deadliest raid since February 12, when a missile killed 15 people.",
            {15: "2031-02-12"},
        ),
    ],
)
def test_each_deed_has_the_day_of_its_own_clause(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what is said stands between the word of saying and the day: the day is of what is said
        ("The firm said nine were killed at its mine in Karsa, Ontario, on Tuesday.", {9: TUESDAY}),
        ("Karsa police say a man killed two people in Rome, Georgia, on Monday.", {2: MONDAY}),
        (
            "At 3 a.m. on Monday a fire in Hanoi's Karsa ward killed 14, an agency said.",
            {14: MONDAY},
        ),
        (
            "The army says troops killed 19 in Karsa, Ontario, in an ambush on Tuesday.",
            {19: TUESDAY},
        ),
        # and else of the saying
        ("The mayor said on Tuesday that nine people had died in Oslo.", {9: f"..{TUESDAY}"}),
        ("On Tuesday, the mayor said nine people had died in Oslo.", {9: f"..{TUESDAY}"}),
        ("The mayor said nine people had died in Oslo, speaking on Tuesday.", {9: f"..{TUESDAY}"}),
        ("Six died in Oslo, the army said in a statement on Monday.", {6: f"..{MONDAY}"}),
    ],
)
def test_a_day_across_what_is_said_is_none_of_the_saying(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("As of Tuesday, cholera had killed 23 people in Oslo.", {23: f"..{TUESDAY}"}),
        (
            "As of Tuesday, cholera had killed 23 people in Oslo since the start of the year.",
            {23: f"2031-01-01..{TUESDAY}"},
        ),
        (
            "As of Tuesday, 145 people had died in Oslo since 1 March.",
            {145: f"2031-03-01..{TUESDAY}"},
        ),
        (
            "Since rebels attacked Karsa on 1 March, 350 people have been killed.",
            {350: f"2031-03-01..{DAY}"},
        ),
        ("Since rebels killed nine on 1 March, Oslo has been calm.", {9: "2031-03-01"}),
        ("Two days earlier, on 1 March, rebels had killed four guards.", {4: "2031-03-01"}),
        ("Rebels killed four guards on 15 April last year.", {4: "2030-04-15"}),
    ],
)
def test_what_a_count_is_of_and_what_a_distance_comes_to(
    reader: Reader, text: str, told: dict[int | None, str]
) -> None:
    assert days(reader, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The quake in Oslo on Monday left 2000 killed.", {2000: MONDAY}),
        ("The quake in Oslo on Monday left 2012 dead.", {2012: MONDAY}),
        ("The quake killed 2000 in Oslo on Monday.", {2000: MONDAY}),
        ("The quake of 2012 killed 15 people in Oslo.", {15: "2012-01-01..2012-12-31"}),
    ],
)
def test_so_many_people_are_no_year(reader: Reader, text: str, told: dict[int | None, str]) -> None:
    assert days(reader, text) == told
