"""Time expressions: found, placed, and bounded by their prepositions. All texts are our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.dates import bound, printed, span, times
from sayso.language.times import periods
from sayso.language.trees import Sentence, Token, attach
from sayso.records import TimeMention

Parse = Callable[[str], list[Sentence]]
NOW = "2022-01-06"  # a Thursday

WEEK, DAYS_3, HALF = (
    ("2021-05-01", "2021-05-07"),
    ("2021-05-29", "2021-05-31"),
    ("2021-05-16", "2021-05-31"),
)

QUARTER = ("2020-01-01", "2020-03-31")

PLACED = [
    # text, words of the expression, from, to, value
    # --- days by their date
    ("Three people died on January 5, 2022.", "January 5, 2022", "2022-01-05", "2022-01-05", "="),
    ("Three people died on 5 January 2022.", "5 January 2022", "2022-01-05", "2022-01-05", "="),
    ("Three people died on Jan. 5.", "Jan. 5", "2022-01-05", "2022-01-05", "="),
    ("The wall fell on 5 Jan 2021.", "5 Jan 2021", "2021-01-05", "2021-01-05", "="),
    ("The wall fell on 2021-11-30.", "2021-11-30", "2021-11-30", "2021-11-30", "="),
    ("The wall fell on the 7th of December.", "the 7th of December", *["2021-12-07"] * 2, "="),
    ("The wall fell on 14.03.2021.", "14.03.2021", "2021-03-14", "2021-03-14", "="),
    ("The wall fell on 03/14/2021.", "03/14/2021", "2021-03-14", "2021-03-14", "="),
    ("The wall fell on 05/01/2021.", "05/01/2021", None, None, None),
    ("KARSA, 12 JAN 90 (OMN) -- REBELS STRUCK.", "12 JAN 90", *["1990-01-12"] * 2, "="),
    ("KARSA, Jan 5 (Omnia) - Troops came.", "Jan 5", "2022-01-05", "2022-01-05", "="),
    ("Clashes began on 30 December.", "30 December", "2021-12-30", "2021-12-30", "="),
    ("They named a board of four, effective 1 May.", "1 May", *["2022-05-01"] * 2, "="),
    ("The vote will be held on 12 March.", "12 March", "2022-03-12", "2022-03-12", "="),
    ("They met on 3-5 January.", "3-5 January", "2022-01-03", "2022-01-05", None),
    ("Police fired on Tuesday, January 4.", "Tuesday, January 4", *["2022-01-04"] * 2, "="),
    ("Easter 2021 was quiet.", "Easter 2021", "2021-04-04", "2021-04-04", "="),
    ("Churches were full on Christmas Eve.", "Christmas Eve", *["2021-12-24"] * 2, "="),
    # --- longer periods by name
    ("The dam was built in May 1989.", "May 1989", "1989-05-01", "1989-05-31", "1989-05"),
    ("The dam was built in 1991.", "1991", "1991-01-01", "1991-12-31", "1991"),
    ("The dam was built in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "199"),
    (
        "The dam broke in mid-January 2021.",
        "mid-January 2021",
        "2021-01-01",
        "2021-01-31",
        "2021-01",
    ),
    ("The dam broke in early 2021.", "early 2021", "2021-01-01", "2021-12-31", "2021"),
    ("It broke at the end of May.", "the end of May", "2021-05-01", "2021-05-31", "2021-05"),
    ("Troops arrived in December.", "December", "2021-12-01", "2021-12-31", "2021-12"),
    ("They will leave in March.", "March", "2022-03-01", "2022-03-31", "2022-03"),
    ("They left last March.", "last March", "2021-03-01", "2021-03-31", "2021-03"),
    (
        "Prices rose in the third quarter of 2020.",
        "the third quarter of 2020",
        "2020-07-01",
        "2020-09-30",
        "2020-Q3",
    ),
    (
        "It rained in the first half of 2019.",
        "the first half of 2019",
        "2019-01-01",
        "2019-06-30",
        "2019-H1",
    ),
    ("Fires raged last summer.", "last summer", "2021-06-01", "2021-08-31", "2021-SU"),
    ("War raged there in 2014-2016.", "2014-2016", "2014-01-01", "2016-12-31", None),
    # --- weekdays, by the tense of their clause
    ("Police said Thursday that two men were shot.", "Thursday", *["2022-01-06"] * 2, "="),
    ("Two men were shot on Friday.", "Friday", "2021-12-31", "2021-12-31", "="),
    ("The council will meet on Friday.", "Friday", "2022-01-07", "2022-01-07", "="),
    ("The council is due to meet on Friday.", "Friday", "2022-01-07", "2022-01-07", "="),
    ("The trial was scheduled for Friday.", "Friday", "2022-01-07", "2022-01-07", "="),
    ("Officials said Tuesday that troops will stay.", "Tuesday", *["2022-01-04"] * 2, "="),
    ("He vowed to avenge Friday's attack.", "Friday", "2021-12-31", "2021-12-31", "="),
    ("Many will watch Friday's election.", "Friday", "2022-01-07", "2022-01-07", "="),
    ("Crowds marched last Thursday.", "last Thursday", "2021-12-30", "2021-12-30", "="),
    ("A march is planned for next Tuesday.", "next Tuesday", "2022-01-11", "2022-01-11", "="),
    (
        "Shots were heard on Wednesday night.",
        "Wednesday night",
        *["2022-01-05"] * 2,
        "2022-01-05TNI",
    ),
    ("Shots were heard late Wednesday.", "late Wednesday", "2022-01-05", "2022-01-05", "="),
    ("Shots were heard early on Sunday.", "early on Sunday", "2022-01-02", "2022-01-02", "="),
    ("The store was shut until Monday.", "Monday", "2022-01-10", "2022-01-10", "="),
    ("The unrest lasted until Tuesday.", "Tuesday", "2022-01-04", "2022-01-04", "="),
    ("Five died over the weekend.", "the weekend", "2022-01-01", "2022-01-02", "2021-W52-WE"),
    # --- by distance from the day of publication
    ("A bomb went off yesterday.", "yesterday", "2022-01-05", "2022-01-05", "="),
    ("A bomb went off today.", "today", "2022-01-06", "2022-01-06", "="),
    ("Talks resume tomorrow.", "tomorrow", "2022-01-07", "2022-01-07", "="),
    ("The curfew starts tonight.", "tonight", "2022-01-06", "2022-01-06", "2022-01-06TNI"),
    ("A bomb went off last night.", "last night", "2022-01-05", "2022-01-05", "2022-01-05TNI"),
    ("A bomb went off this morning.", "this morning", *["2022-01-06"] * 2, "2022-01-06TMO"),
    ("The shop was looted overnight.", "overnight", "2022-01-05", "2022-01-06", "2022-01-05TNI"),
    (
        "Rockets fell overnight on Monday.",
        "overnight on Monday",
        "2022-01-03",
        "2022-01-04",
        "2022-01-03TNI",
    ),
    (
        "Rockets fell overnight to Monday.",
        "overnight to Monday",
        *("2022-01-02", "2022-01-03", "2022-01-02TNI"),
    ),
    (
        "Rockets fell overnight into Monday.",
        "overnight into Monday",
        "2022-01-02",
        "2022-01-03",
        "2022-01-02TNI",
    ),
    ("Ten died this week.", "this week", "2022-01-03", "2022-01-09", "2022-W01"),
    ("Ten died last week.", "last week", "2021-12-27", "2022-01-02", "2021-W52"),
    ("Ten died last month.", "last month", "2021-12-01", "2021-12-31", "2021-12"),
    ("Ten died earlier this year.", "earlier this year", "2022-01-01", "2022-12-31", "2022"),
    ("Aid arrives next year.", "next year", "2023-01-01", "2023-12-31", "2023"),
    ("He left three days ago.", "three days ago", "2022-01-03", "2022-01-03", "="),
    ("He left a week ago.", "a week ago", "2021-12-27", "2022-01-02", "2021-W52"),
    ("He left five months ago.", "five months ago", "2021-08-01", "2021-08-31", "2021-08"),
    ("He left two years ago.", "two years ago", "2020-01-01", "2020-12-31", "2020"),
    ("Nine died in the past 24 hours.", "the past 24 hours", "2022-01-05", "2022-01-06", "PT24H"),
    ("Nine died in the last two weeks.", "the last two weeks", "2021-12-23", "2022-01-06", "P2W"),
    ("He ruled for the last five years.", "the last five years", "2017-01-06", "2022-01-06", "P5Y"),
    ("He left two weeks ago Monday.", "two weeks ago Monday", *["2021-12-20"] * 2, "="),
    ("He left a week ago on Friday.", "a week ago on Friday", *["2021-12-31"] * 2, "="),
    # --- what looks ahead, and what only went as it was meant to
    ("The court is to hear him on Tuesday.", "Tuesday", *["2022-01-11"] * 2, "="),
    ("The march began as planned on Tuesday.", "Tuesday", *["2022-01-04"] * 2, "="),
    ("The march will begin as planned on Tuesday.", "Tuesday", *["2022-01-11"] * 2, "="),
    # --- a number behind a month that counts what follows
    ("In November 12 people died.", "November", "2021-11-01", "2021-11-30", "2021-11"),
    (
        "At the end of March 12 people died.",
        "the end of March",
        "2021-03-01",
        "2021-03-31",
        "2021-03",
    ),
    ("On November 12 people took to the streets.", "November 12", *["2021-11-12"] * 2, "="),
    ("The November 12 protests left three dead.", "November 12", *["2021-11-12"] * 2, "="),
    # --- times of day
    (
        "The raid began at 6 p.m. on Tuesday.",
        "6 p.m. on Tuesday",
        *["2022-01-04"] * 2,
        "2022-01-04T18:00",
    ),
    ("The raid began at 12:30 local time.", "12:30 local time", None, None, "XXXX-XX-XXT12:30"),
    (
        "REBELS STRUCK AT 1625 THIS AFTERNOON.",
        "1625 THIS AFTERNOON",
        *["2022-01-06"] * 2,
        "2022-01-06T16:25",
    ),
    # --- parts of a month
    ("It rained in the first week of May.", "the first week of May", *WEEK, "2021-05"),
    ("It rained in the last days of May.", "the last days of May", *DAYS_3, "2021-05"),
    ("It rained in the second half of May.", "the second half of May", *HALF, "2021-05"),
    # --- so far from a day that is named
    ("He fell on the eve of Monday's poll.", "the eve of Monday", *["2022-01-02"] * 2, "="),
    (
        "He fell a day before the 3 January poll.",
        "a day before the 3 January",
        *["2022-01-02"] * 2,
        "=",
    ),
    ("He fell two days after Sunday's poll.", "two days after Sunday", *["2022-01-04"] * 2, "="),
    (
        "He fell three days before Christmas.",
        "three days before Christmas",
        *["2021-12-22"] * 2,
        "=",
    ),
    (
        "It rained in the 48 hours to Tuesday.",
        "the 48 hours to Tuesday",
        "2022-01-02",
        "2022-01-04",
        "PT48H",
    ),
    (
        "It rained in the week before Monday.",
        "the week before Monday",
        "2021-12-27",
        "2022-01-02",
        "P1W",
    ),
    # --- days by the number alone, and two readings of one
    ("He fell on the 4th.", "the 4th", *["2022-01-04"] * 2, "="),
    (
        "He fell on the night of the 30th.",
        "the night of the 30th",
        *["2021-12-30"] * 2,
        "2021-12-30TNI",
    ),
    ("They fell on the 3rd and 4th in Karsa.", "the 3rd and 4th", "2022-01-03", "2022-01-04", None),
    (
        "They fell between the 3rd and the 5th of May.",
        "the 3rd and the 5th of May",
        "2021-05-03",
        "2021-05-05",
        None,
    ),
    ("They fell on 2021/12/25.", "2021/12/25", *["2021-12-25"] * 2, "="),
    ("They fell on 06/01/2022.", "06/01/2022", *["2022-01-06"] * 2, "="),
    ("They fell on 01/06/2022.", "01/06/2022", *["2022-01-06"] * 2, "="),
    (
        "They fell on the night of 4/5 January.",
        "the night of 4/5 January",
        "2022-01-04",
        "2022-01-05",
        None,
    ),
    (
        "They fell from 3 through 5 January.",
        "3 through 5 January",
        "2022-01-03",
        "2022-01-05",
        None,
    ),
    ("They fell on March 3 last year.", "March 3 last year", *["2021-03-03"] * 2, "="),
    # --- days of another week
    ("He fell on Monday last week.", "Monday last week", *["2021-12-27"] * 2, "="),
    ("He fell on Tuesday of this week.", "Tuesday of this week", *["2022-01-04"] * 2, "="),
    ("Last week's Friday raid failed.", "Last week's Friday", *["2021-12-31"] * 2, "="),
    ("They fell this weekend.", "this weekend", "2022-01-01", "2022-01-02", "2021-W52-WE"),
    ("They will meet this weekend.", "this weekend", "2022-01-08", "2022-01-09", "2022-W01-WE"),
    ("He fell 48 hours earlier.", "48 hours earlier", *["2022-01-04"] * 2, "="),
    # --- feasts
    ("He fell during Ramadan.", "Ramadan", "2021-04-13", "2021-05-12", None),
    ("He fell on the eve of Eid al-Fitr.", "the eve of Eid al-Fitr", *["2021-05-12"] * 2, "="),
    ("He fell on Ashura 2020.", "Ashura 2020", *["2020-08-29"] * 2, "="),
    ("He fell at Nowruz 2020.", "Nowruz 2020", "2020-03-20", "2020-03-23", None),
    ("He fell on Orthodox Easter.", "Orthodox Easter", *["2021-05-02"] * 2, "="),
    *(
        (
            f"He fell {said}.",
            said.partition(" ")[2],
            first,
            last or first,
            "=" if not last else None,
        )
        for said, first, last in (
            ("in the first week of Ramadan", "2021-04-13", "2021-04-19"),
            ("in the last days of Ramadan", "2021-05-10", "2021-05-12"),
            ("in the last ten days of Ramadan", "2021-05-03", "2021-05-12"),
            ("on the third night of Ramadan", "2021-04-15", None),
            ("on the last Friday of Ramadan", "2021-05-07", None),
            ("on the second day of Eid al-Fitr", "2021-05-14", None),
            ("on the second day of Eid", "2021-07-21", None),
            ("on Easter Monday", "2021-04-05", None),
            ("on the eve of Nowruz", "2021-03-20", None),
        )
    ),
    ("He fell on the last Friday of May.", "the last Friday of May", *["2021-05-28"] * 2, "="),
    ("He fell on the first day of May.", "the first day of May", *["2021-05-01"] * 2, "="),
    # --- days in a row
    ("They fell on 1, 2 and 3 May.", "1, 2 and 3 May", "2021-05-01", "2021-05-03", None),
    ("They fell on May 1, 2 and 3.", "May 1, 2 and 3", "2021-05-01", "2021-05-03", None),
    ("On May 3, 12 men and 4 women fell.", "May 3", *["2021-05-03"] * 2, "="),
    # --- years, and not so many
    ("In 2016 soldiers shot nine villagers.", "2016", "2016-01-01", "2016-12-31", "2016"),
    ("2019 saw the worst floods.", "2019", "2019-01-01", "2019-12-31", "2019"),
    ("2014 was a deadly year.", "2014", "2014-01-01", "2014-12-31", "2014"),
    # --- found, never placed
    ("The siege lasted for three days.", "three days", None, None, "P3D"),
    ("The siege lasted two and a half hours.", "two and a half hours", None, None, "PT2H30M"),
    ("A 24-hour ultimatum was issued.", "24-hour", None, None, "PT24H"),
    ("They fought for weeks.", "weeks", None, None, "PXW"),
    ("Rallies are held on Fridays.", "Fridays", None, None, "XXXX-WXX-5"),
    ("He lives abroad now.", "now", None, None, "PRESENT_REF"),
    ("He recently wrote home.", "recently", None, None, "PAST_REF"),
    ("He will return soon.", "soon", None, None, "FUTURE_REF"),
    ("He died several years ago.", "several years ago", None, None, "PAST_REF"),
]


@pytest.mark.parametrize(("text", "words", "first", "last", "value"), PLACED)
def test_expression_is_found_and_placed(
    parse: Parse, text: str, words: str, first: str | None, last: str | None, value: str | None
) -> None:
    found = {mention.text: mention for mention in times(parse(text), NOW)}
    assert words in found
    mention = found[words]
    assert (mention.first, mention.last) == (first, last)
    assert mention.value == (first if value == "=" else value)


NO_TIMES = [
    "Soldiers may march on the capital.",
    "The March of the Widows drew 1,990 people.",
    "Some 2000 marchers filled the square.",
    "More than 2000 killed and wounded lay there.",
    "2000 killed in the raid, the rebels claimed.",
    "1800 wounded as a quake hits the town",
    "Nine died and 1900 were hurt.",
    "The fighting spread to 2000 villages.",
    "He fell from the 10th floor.",
    "Troops reached the 10th village.",
    "The 7th brigade fired.",
    "Prime Minister May spoke to the Sunday Times.",
    "A 13-year-old boy was the second victim.",
    "State television Channel 24 reported the raid.",
    "The man sat down and the sun rose.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_words_that_only_look_like_times_are_left_alone(parse: Parse, text: str) -> None:
    assert times(parse(text), NOW) == []


STORIES = [
    ("A blast hit the mill on Monday. The following day, crowds gathered.", "2022-01-04"),
    ("A blast hit the mill on Monday. The next day, crowds gathered.", "2022-01-04"),
    ("A blast hit the mill on Monday. Two days later, troops came.", "2022-01-05"),
    ("A blast hit the mill on Monday. Hours later, troops came.", "2022-01-03"),
    ("A blast hit the mill on Monday. That same day, troops came.", "2022-01-03"),
    ("The mayor resigned on Tuesday. A day earlier, the hall had burned.", "2022-01-03"),
    ("The mayor resigned on Tuesday. The hall had burned the day before.", "2022-01-03"),
    ("It began on 30 November 2019. The following month, it ended.", "2019-12-01"),
    ("It began on 30 November 2019. Later that year, it ended.", "2019-01-01"),
]


@pytest.mark.parametrize(("text", "first"), STORIES)
def test_story_counts_from_the_day_it_named_last(parse: Parse, text: str, first: str) -> None:
    assert times(parse(text), NOW)[-1].first == first


@pytest.mark.parametrize("event", ["Monday's bombing", "the 3 May raid"])
def test_overnight_is_the_night_gone_by_whatever_event_is_meant(parse: Parse, event: str) -> None:
    text = f"Four more died overnight, bringing to 27 the dead of {event}."
    found = next(t for t in times(parse(text), "2022-05-08") if t.text == "overnight")
    assert (found.first, found.last) == ("2022-05-07", "2022-05-08")


def test_overnight_leads_to_the_day_that_its_sentence_names(parse: Parse) -> None:
    text = "Officers said on Thursday that the shop was looted overnight."
    overnight = times(parse(text), "2022-01-08")[-1]
    assert (overnight.first, overnight.last) == ("2022-01-05", "2022-01-06")


def test_a_night_after_a_day_reaches_into_the_next(parse: Parse) -> None:
    text = "Clashes broke out on Monday. Three people died during the night."
    night = times(parse(text), NOW)[-1]
    assert (night.first, night.last) == ("2022-01-03", "2022-01-04")


def test_background_year_does_not_move_the_story(parse: Parse) -> None:
    text = "Varda became independent in 1991. Fuel prices rose earlier in the year."
    assert times(parse(text), NOW)[-1].value == "2022"


def test_year_earlier_in_a_quarter_is_that_quarter(parse: Parse) -> None:
    text = "Sales fell in the third quarter from a year earlier. They were higher a year earlier."
    assert [m.value for m in times(parse(text), NOW)] == ["2021-Q3", "2020-Q3", "2020-Q3"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ten died in the first quarter of 2021, two in the same period of 2020.", *QUARTER),
        ("Ten died in the first quarter of 2021, two in the same period a year earlier.", *QUARTER),
        ("Ten died since November, two in the same period last year.", "2020-11-01", "2021-01-06"),
        ("Ten died from March to May, two in the same period of 2020.", "2020-03-01", "2020-05-31"),
        ("Ten died on Monday. In the same period last year two died.", "2021-01-01", "2021-12-31"),
    ],
)
def test_the_same_period_lies_in_the_year_that_is_named(
    parse: Parse, text: str, first: str, last: str
) -> None:
    *_, mention = times(parse(text), NOW)
    assert (mention.first, mention.last) == (first, last)


def test_a_quarter_told_of_in_the_past_is_not_to_come(parse: Parse) -> None:
    (mention,) = times(parse("Ten miners died in the first quarter."), "2021-10-26")
    assert mention.value == "2021-Q1"


def test_year_earlier_in_more_months_than_a_quarter_is_that_year(parse: Parse) -> None:
    text = "Sales fell in the third quarter. In the nine months, they fell from a year earlier."
    assert [m.value for m in times(parse(text), NOW)] == ["2021-Q3", "P9M", "2021"]


def test_time_of_day_falls_on_the_day_of_its_sentence(parse: Parse) -> None:
    text = "On Tuesday a shell hit the school at 0600 GMT."
    assert times(parse(text), NOW)[-1].value == "2022-01-04T06:00"


def test_impossible_date_stays_open(parse: Parse) -> None:
    (mention,) = times(parse("The letter is dated February 31, 2021."), NOW)
    assert (mention.first, mention.last) == (None, None)


SPANS = [
    ("Rain fell in early December.", "2021-12-01", "2021-12-10"),
    ("Rain fell in mid-November.", "2021-11-11", "2021-11-20"),
    ("Rain fell at the end of May.", "2021-05-21", "2021-05-31"),
    ("Rain fell at the beginning of this month.", "2022-01-01", "2022-01-10"),
    ("Rain fell sometime in May.", "2021-05-01", "2021-05-31"),
    ("Rain fell in early 2021.", "2021-01-01", "2021-12-31"),
    ("The curfew runs until January 19.", None, "2022-01-19"),
    ("Power has been out since Wednesday.", "2022-01-05", "2022-01-06"),
    ("All had left by Tuesday.", None, "2022-01-04"),
    ("The shops closed after Tuesday.", "2022-01-04", None),
    ("Talks ran from Monday.", "2022-01-03", None),
    ("The dead from Monday's blast were buried.", "2022-01-03", "2022-01-03"),
    ("It opened in the first three months of 2021.", "2021-01-01", "2021-03-31"),
    ("It opened in the last two weeks of 2021.", "2021-12-18", "2021-12-31"),
    ("More than a year ago, a mine collapsed.", None, "2021-12-31"),
    ("A year ago, a mine collapsed.", "2021-01-01", "2021-12-31"),
    ("Ten died between 2 and 4 January.", "2022-01-02", "2022-01-04"),
    ("Ten died on Tuesday.", "2022-01-04", "2022-01-04"),
    ("The siege lasted until recently.", None, None),
]


BOUNDS = [
    ("The curfew runs until January 19.", "until"),
    ("Power has been out since Wednesday.", "since"),
    ("All had left by late Tuesday.", "by"),
    ("The shops closed after Tuesday.", "after"),
    ("Ten died on Tuesday.", None),
]


@pytest.mark.parametrize(("text", "kind"), BOUNDS)
def test_preposition_says_which_side_is_open(parse: Parse, text: str, kind: str | None) -> None:
    (sentence,) = parse(text)
    (mention,) = times([sentence], NOW)
    assert bound(mention, sentence) == kind


@pytest.mark.parametrize(("text", "first", "last"), SPANS)
def test_preposition_bounds_the_span(
    parse: Parse, text: str, first: str | None, last: str | None
) -> None:
    (sentence,) = parse(text)
    (mention,) = times([sentence], NOW)
    assert span(mention, sentence, NOW) == (first, last)


def test_from_and_to_meet_in_the_middle(parse: Parse) -> None:
    (sentence,) = parse("Talks ran from Monday to Wednesday.")
    monday, wednesday = times([sentence], NOW)
    assert span(monday, sentence, NOW) == ("2022-01-03", None)
    assert span(wednesday, sentence, NOW) == (None, "2022-01-05")


ALL_TEXT = " ".join(text for text, *_ in PLACED) + "\n\n" + " ".join(t for t, _ in STORIES)


def test_every_mention_quotes_the_text_and_none_overlap(parse: Parse) -> None:
    mentions = times(parse(ALL_TEXT), NOW)
    assert len(mentions) > len(PLACED)
    assert all(ALL_TEXT[m.start : m.end] == m.text for m in mentions)
    assert all(one.end <= two.start for one, two in pairwise(mentions))


@pytest.mark.parametrize("published", [None, "", "last Tuesday", "2022-13-45"])
def test_without_a_publication_date_nothing_relative_is_placed(
    parse: Parse, published: str | None
) -> None:
    text = (
        "Police said Thursday that ten died yesterday, last week, in May, on Jan. 5, overnight, "
        "three days ago, this morning, over the weekend and in the past 24 hours."
    )
    mentions = times(parse(text), published)
    assert len(mentions) == 10
    assert all(m.first is None and m.last is None for m in mentions)


def test_named_date_is_placed_without_a_publication_date(parse: Parse) -> None:
    text = "It began on 4 May 2019. The following day, it ended."
    assert [m.first for m in times(parse(text), None)] == ["2019-05-04", "2019-05-05"]


def test_documents_do_not_touch_each_other(parse: Parse) -> None:
    one, two = parse("It began on 4 May 2019."), parse("The following day, it ended.")
    alone = times(two, NOW)
    times(one, NOW)
    assert times(two, NOW) == alone


def test_date_time_counts_by_its_day(parse: Parse) -> None:
    sentences = parse("A bomb went off yesterday.")
    assert times(sentences, "2022-01-06T23:59:00Z") == times(sentences, NOW)


def test_curly_apostrophes_and_growing_letters_keep_their_places(parse: Parse) -> None:
    text = "İzmir mourned Friday’s dead at 5 o’clock on New Year’s Eve."
    mentions = times(parse(text), NOW)
    assert [m.text for m in mentions] == ["Friday", "5 o’clock on New Year’s Eve"]


SOUP = st.lists(
    st.sampled_from(
        [
            *("the", "a", "last", "next", "this", "following", "early", "late", "of", "on", "and"),
            *("in", "to", "-", ",", ".", "'s", "(", "half", "ago", "later", "before", "until"),
            *("May", "Jan.", "Friday", "Fridays", "morning", "spring", "Easter", "noon", "weekend"),
            *("day", "days", "week", "month", "quarter", "year", "decades", "century", "hour"),
            *("today", "yesterday", "overnight", "tonight", "past", "first", "second", "31st"),
            *(
                "0",
                "5",
                "31",
                "99",
                "300",
                "1,500",
                "2.5",
                "1.2.3",
                "2 1/2",
                "1990",
                "0600",
                "2022",
            ),
            *("1990s", "'80s", "70s", "31/02/20", "05/01/2022", "2022-13-45", "12:75", "24:00"),
            *("p.m.", "GMT", "o'clock", "two", "hundred", "thousand", "nineteen", "ninety", "old"),
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(SOUP, st.sampled_from([None, NOW, "0001-01-01", "9999-12-31"]))
def test_any_heap_of_time_words_is_read_without_failing(
    heap: list[str], published: str | None
) -> None:
    text, tokens = "", []
    for i, word in enumerate(heap):
        start = len(text)
        text += word + " "
        tokens.append(Token(i, word, word, "NOUN", "NN", "dep", "", start, start + len(word)))
    attach(tokens, [0] * len(tokens))
    sentence = Sentence(text, 0, len(text), 0, tuple(tokens), (), "en")
    for mention in times([sentence], published):
        assert text[mention.start : mention.end] == mention.text
        if mention.first and mention.last:
            assert mention.first <= mention.last
        span(mention, sentence, published)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_every_period_holds_the_day_it_was_made_from(when: date) -> None:
    made = [
        periods.day(when),
        periods.week(when),
        periods.month(when.year, when.month),
        periods.quarter(when.year, (when.month + 2) // 3),
        periods.half(when.year, 1 if when.month < 7 else 2),
        periods.year(when.year),
        periods.decade(when.year // 10 * 10),
        periods.century(when.year // 100 + 1),
    ]
    assert all(period.first <= when <= period.last for period in made)


@given(DAYS, st.integers(-400, 400))
def test_months_run_on_over_the_year(when: date, number: int) -> None:
    moved = periods.shift(when, number, "M")
    assert (moved.first.year - when.year) * 12 + moved.first.month - when.month == number
    assert moved.first.day == 1


@given(st.integers(1900, 2099))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    sunday = periods.feast("easter+0", year).first
    assert sunday.isoweekday() == 7
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


def test_reading_twice_is_equal(parse: Parse) -> None:
    sentences = parse(ALL_TEXT)
    first: list[TimeMention] = times(sentences, NOW)
    assert times(sentences, NOW) == first


PRINTED = [
    ("KERIM (Nov. 20, 2030)\nRebels killed four men today.", "2030-11-20"),
    ("KERIM, 20 November 2030 (Meridien) — Rebels killed four men today.", "2030-11-20"),
    ("20 November 2030\nRebels killed four men today.", "2030-11-20"),
    ("Report of the Ministry of Health, 20 November 2030\n\nRebels killed four men.", "2030-11-20"),
    ("First published on 20 November 2030\nRebels killed four men today.", "2030-11-20"),
    ("Updated 21 November 2030. First published 20 November 2030.\nFour men died.", "2030-11-20"),
    ("Updated 21 November. First published 20 November 2030.\nFour men died.", "2030-11-20"),
    ("Updated 21 November 2030. First published 20 November.\nFour men died.", "2030-11-20"),
    ("Updated 2 January 2031\nFirst published 31 December\nFour men died.", "2030-12-31"),
    ("Updated 21 November. First published 20 November.\nFour men died.", None),
    ("Updated 21 November 2030\nRebels killed four men today.", None),
    ("KERIM (Nov. 20)\nRebels killed four men today.", None),
    ("On November 20, 2030, rebels killed four men.", None),
    ("Karsa was shelled on 20 November 2030. Four miners died on Monday.", None),
    ("In November 2030\nRebels killed four men today.", None),
]


@pytest.mark.parametrize(("text", "day"), PRINTED)
def test_a_text_says_when_it_was_printed(parse: Parse, text: str, day: str | None) -> None:
    assert printed(parse(text)) == day
