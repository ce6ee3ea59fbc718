"""Bounds, words and units of figures, by the real engine."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.engine import Engine
from sayso.language.quantities import Quantity, quantities

OPEN = None


@pytest.fixture(scope="session")
def read(parse):
    """All figures of a text; each is checked to quote the text exactly and to have sane bounds."""

    def figures(text: str) -> list[Quantity]:
        found = [(s, q) for s in parse(text) for q in quantities(s)]
        for _, q in found:
            assert_sane(text, q)
        return [q for _, q in found]

    return figures


def assert_sane(text: str, q: Quantity) -> None:
    """A figure quotes its own words, and "half of the 60" those of its whole besides."""
    start, end = q.tokens[0].start, q.tokens[-1].end
    ends = {end} | ({q.whole.tokens[-1].end} if q.whole else set())
    assert q.count.text in {text[start:end] for end in ends}
    assert q.count.low is None or q.count.high is None or 0 <= q.count.low <= q.count.high


def one(found: list[Quantity], text: str) -> Quantity:
    matches = [q for q in found if q.count.text == text]
    assert len(matches) == 1, [q.count.text for q in found]
    return matches[0]


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high", "rule"),
    [
        # the rules of reading
        ("13 people were killed in Velm.", "13", 13, 13, "exact"),
        ("At least 13 people were killed in Velm.", "At least 13", 13, OPEN, "at_least"),
        ("More than 50 miners are missing.", "More than 50", 51, OPEN, "more_than"),
        ("Up to 32 soldiers may be held.", "Up to 32", OPEN, 32, "up_to"),
        ("Nearly 400 people were hurt.", "Nearly 400", 350, 400, "nearly"),
        ("About 100 people were hurt.", "About 100", 90, 110, "about"),
        ("Dozens of villagers fled.", "Dozens", 24, 99, "soft"),
        ("Hundreds of villagers fled.", "Hundreds", 200, 999, "soft"),
        ("Several villagers fled.", "Several", 3, 9, "soft"),
        ("A couple of villagers fled.", "A couple", 2, 2, "soft"),
        ("Scores of villagers fled.", "Scores", 40, 99, "soft"),
        ("Five to six villagers fled.", "Five to six", 5, 6, "range"),
        # figures and words
        ("Some 1,250 houses burned.", "Some 1,250", 1125, 1375, "about"),
        ("The flood drove out 12,500,000 people.", "12,500,000", 12_500_000, 12_500_000, "exact"),
        ("The flood drove out 1 250 people.", "1 250", 1250, 1250, "exact"),
        ("The flood drove out 1.250 people.", "1.250", 1250, 1250, "exact"),
        ("The flood drove out 1,50,000 people.", "1,50,000", 150_000, 150_000, "exact"),
        ("The flood drove out 1.5 million people.", "1.5 million", 1_500_000, 1_500_000, "exact"),
        ("The flood drove out 2.3m people.", "2.3m", 2_300_000, 2_300_000, "exact"),
        ("The flood drove out 12k people.", "12k", 12_000, 12_000, "exact"),
        ("The flood drove out 12 hundred people.", "12 hundred", 1200, 1200, "exact"),
        ("The flood drove out 3 lakh people.", "3 lakh", 300_000, 300_000, "exact"),
        ("Twenty-three people were hurt.", "Twenty-three", 23, 23, "exact"),
        ("Two hundred and five people fled.", "Two hundred and five", 205, 205, "exact"),
        ("A hundred people fled.", "A hundred", 100, 100, "exact"),
        ("A thousand people fled.", "A thousand", 1000, 1000, "exact"),
        ("Half a million people fled.", "Half a million", 500_000, 500_000, "exact"),
        (
            "A quarter of a million people fled.",
            "A quarter of a million",
            250_000,
            250_000,
            "exact",
        ),
        ("One-and-a-half thousand people fled.", "One-and-a-half thousand", 1500, 1500, "exact"),
        (
            "Two and a half million people fled.",
            "Two and a half million",
            2_500_000,
            2_500_000,
            "exact",
        ),
        ("A dozen people fled.", "A dozen", 12, 12, "exact"),
        ("Two dozen people fled.", "Two dozen", 24, 24, "exact"),
        ("Half a dozen people fled.", "Half a dozen", 6, 6, "exact"),
        ("A half-dozen people fled.", "A half-dozen", 6, 6, "exact"),
        ("More than a dozen people fled.", "More than a dozen", 13, OPEN, "more_than"),
        ("More than two dozen people fled.", "More than two dozen", 25, OPEN, "more_than"),
        # ranges
        ("Some 13-15 people were hurt.", "Some 13-15", 13, 15, "about"),
        ("The blast hurt 13-15 people.", "13-15", 13, 15, "range"),
        ("The blast hurt 13–15 people.", "13–15", 13, 15, "range"),
        ("Between 13 and 15 people were hurt.", "Between 13 and 15", 13, 15, "range"),
        ("From 13 to 15 people were hurt.", "From 13 to 15", 13, 15, "range"),
        ("The blast hurt 13 to 15 people.", "13 to 15", 13, 15, "range"),
        ("The blast hurt 20 or 30 people.", "20 or 30", 20, 30, "range"),
        ("The blast hurt two or three people.", "two or three", 2, 3, "range"),
        (
            "Two to three million people fled.",
            "Two to three million",
            2_000_000,
            3_000_000,
            "range",
        ),
        (
            "Between one hundred and two hundred fled.",
            "Between one hundred and two hundred",
            100,
            200,
            "range",
        ),
        ("The blast drove out 20-30,000 people.", "20-30,000", 20_000, 30_000, "range"),
        # hedges before
        ("A least 13 people were hurt.", "A least 13", 13, OPEN, "at_least"),
        ("No fewer than 13 people were hurt.", "No fewer than 13", 13, OPEN, "at_least"),
        ("Not less than 13 people were hurt.", "Not less than 13", 13, OPEN, "at_least"),
        ("As many as 13 people were hurt.", "As many as 13", OPEN, 13, "up_to"),
        ("Over 50 people were hurt.", "Over 50", 51, OPEN, "more_than"),
        ("Well over 50 people were hurt.", "Well over 50", 51, OPEN, "more_than"),
        ("Upwards of 50 people were hurt.", "Upwards of 50", 51, OPEN, "more_than"),
        ("The toll climbed above 50 on Monday.", "above 50", 51, OPEN, "more_than"),
        ("The toll has exceeded 50.", "exceeded 50", 51, OPEN, "more_than"),
        ("Fewer than 50 people were hurt.", "Fewer than 50", OPEN, 49, "less_than"),
        ("Under 50 people were hurt.", "Under 50", OPEN, 49, "less_than"),
        ("At most 50 people were hurt.", "At most 50", OPEN, 50, "up_to"),
        ("No more than 50 people were hurt.", "No more than 50", OPEN, 50, "up_to"),
        ("Almost 80 people were hurt.", "Almost 80", 70, 80, "nearly"),
        ("Close to 80 people were hurt.", "Close to 80", 70, 80, "nearly"),
        ("Around 50 people were hurt.", "Around 50", 45, 55, "about"),
        ("Some 50 people were hurt.", "Some 50", 45, 55, "about"),
        ("Roughly 50 people were hurt.", "Roughly 50", 45, 55, "about"),
        ("An estimated 50 people were hurt.", "An estimated 50", 45, 55, "about"),
        (
            "At least several dozen people were hurt.",
            "At least several dozen",
            36,
            OPEN,
            "at_least",
        ),
        # hedges after
        ("The blast hurt 50 or so people.", "50 or so", 45, 55, "about"),
        ("The blast hurt 50 or more people.", "50 or more", 50, OPEN, "at_least"),
        ("The blast hurt 50 or fewer people.", "50 or fewer", OPEN, 50, "up_to"),
        ("The blast hurt 50-odd people.", "50-odd", 45, 55, "about"),
        ("The blast hurt 50+ people.", "50+", 50, OPEN, "at_least"),
        (
            "The blast hurt 50 people; the dead were 13, at least.",
            "13, at least",
            13,
            OPEN,
            "at_least",
        ),
        # soft nouns
        ("Tens of thousands of people fled.", "Tens of thousands", 20_000, 99_999, "soft"),
        (
            "Hundreds of thousands of people fled.",
            "Hundreds of thousands",
            200_000,
            999_999,
            "soft",
        ),
        ("Thousands of people fled.", "Thousands", 2000, 9999, "soft"),
        ("Millions of people fled.", "Millions", 2_000_000, 9_999_999, "soft"),
        ("Several hundred people fled.", "Several hundred", 300, 999, "soft"),
        ("A few thousand people fled.", "A few thousand", 3000, 9999, "soft"),
        ("A handful of people fled.", "A handful", 3, 9, "soft"),
        ("A few people fled.", "A few", 3, 9, "soft"),
        ("Both soldiers fled.", "Both", 2, 2, "soft"),
        ("Multiple people were hurt.", "Multiple", 3, OPEN, "soft"),
        ("Numerous people were hurt.", "Numerous", 4, OPEN, "soft"),
        ("A number of soldiers were hurt.", "A number", 3, OPEN, "soft"),
        # a group beside others
        ("Two people died and dozens more were hurt.", "dozens more", 24, 99, "soft"),
        ("Two people died and another 12 were hurt.", "another 12", 12, 12, "exact"),
        ("Two people died and a further 12 were hurt.", "a further 12", 12, 12, "exact"),
        (
            "Two people died and at least another 12 were hurt.",
            "at least another 12",
            12,
            OPEN,
            "at_least",
        ),
        ("Two people died and 12 more were hurt.", "12 more", 12, 12, "exact"),
        # one
        ("One was killed.", "One", 1, 1, "exact"),
        ("One of them was killed.", "One", 1, 1, "exact"),
        ("Five people were hurt, one critically.", "one", 1, 1, "exact"),
        # wire in capitals
        ("AT LEAST 13 SOLDIERS WERE KILLED.", "AT LEAST 13", 13, OPEN, "at_least"),
        ("SOME 200 GUERRILLAS ATTACKED THE TOWN.", "SOME 200", 180, 220, "about"),
        ("TWENTY-THREE SOLDIERS WERE KILLED.", "TWENTY-THREE", 23, 23, "exact"),
        ("DOZENS OF PEASANTS FLED.", "DOZENS", 24, 99, "soft"),
    ],
)
def test_bounds(read, sentence, text, low, high, rule):
    found = one(read(sentence), text)
    assert (found.count.low, found.count.high, found.rule, found.unit) == (low, high, rule, None)


@pytest.mark.parametrize(
    ("sentence", "text", "unit"),
    [
        ("Ada Lom, 34, was killed in Velm.", "34", "age"),
        ("Ada Lom (34) was killed in Velm.", "34", "age"),
        ("A 34-year-old farmer was killed.", "34", "age"),
        ("A thirty-four-year-old farmer was killed.", "thirty-four", "age"),
        ("A farmer aged 34 was killed.", "34", "age"),
        ("The girls, aged 9, 8 and 4, were found.", "4", "age"),
        ("A boy of 12 was killed.", "12", "age"),
        ("The dead were children under 12.", "under 12", "age"),
        ("ADA LOM, 34, WAS KILLED IN VELM.", "34", "age"),
        ("The man, in his 30s, was killed.", "30s", "age"),
        ("He was killed on 5 January.", "5", "date"),
        ("He was killed on January 5, 2019.", "2019", "date"),
        ("He was killed in 2019.", "2019", "date"),
        ("The party was banned in the 1990s.", "1990s", "date"),
        ("The party was banned in the early 1990s.", "1990s", "date"),
        ("The wall dates from 500 BC.", "500", "date"),
        ("He was killed on 13/01/2022.", "13/01/2022", "date"),
        ("HE WAS KILLED ON 12 NOVEMBER.", "12", "date"),
        ("The 2016 attack was worse.", "2016", "date"),
        ("The bomb went off at 12:30.", "12:30", "time"),
        ("The bomb went off at 6 p.m.", "6", "time"),
        ("THE BOMB WENT OFF AT 0600 GMT.", "0600", "time"),
        ("THE ATTACK BEGAN AT APPROXIMATELY 2130.", "APPROXIMATELY 2130", "time"),
        ("The fine is $5 million.", "5 million", "money"),
        ("The fine is 50 tenge.", "50", "money"),
        ("The fine is 3 million euros.", "3 million", "money"),
        ("The loss is £40.", "40", "money"),
        ("The loss runs to millions of dollars.", "millions", "money"),
        ("About 12.5% of the town is dark.", "About 12.5", "percent"),
        ("Some 12 per cent of the town is dark.", "Some 12", "percent"),
        ("The village lies 12 km from Velm.", "12", "measure"),
        ("The village lies 12km from Velm.", "12", "measure"),
        ("The quake had a magnitude of 6.1.", "6.1", "measure"),
        ("A 6.1-magnitude quake hit Velm.", "6.1", "measure"),
        ("They found 7.62mm rounds.", "7.62", "measure"),
        ("The pipe lost 3 million barrels.", "3 million", "measure"),
        ("The siege lasted three days.", "three", "duration"),
        ("The siege lasted more than 24 hours.", "more than 24", "duration"),
        ("A two-week truce holds.", "two", "duration"),
        ("The Velm 24 channel showed the fire.", "24", "label"),
        ("Article 5 of the charter applies.", "5", "label"),
        ("Flight 370 never landed.", "370", "label"),
        ("THE UNIT IS DETACHMENT NO. 4.", "4", "label"),
        ("Velm won 3-1 on Monday.", "3-1", "label"),
        ("The house voted 52-48.", "52-48", "label"),
        ("Photo: 1 of 25.", "25", "label"),
        ("Call +7 727 123-45-67 for help.", "+7 727 123-45-67", "label"),
        ("Call the desk at 619-3946.", "619-3946", "label"),
        ("A two-storey house burned.", "two", "label"),
        ("A mother-of-two was hurt.", "two", "label"),
        ("Two thirds of the dead were children.", "Two thirds", "share"),
        ("Half of the dead were children.", "Half", "share"),
        ("One in five is a child.", "One in five", "share"),
        ("At least three-fourths of them are free.", "three-fourths", "share"),
    ],
)
def test_what_is_no_count_is_marked(read, sentence, text, unit):
    assert one(read(sentence), text).unit == unit


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was hurt.",
        "One must wait and see.",
        "They fear one another.",
        "One day the war will end.",
        "They left one by one.",
        "The one who fled was caught.",
        "It was one of the worst attacks in years.",
        "Many people were hurt.",
        "Some people were hurt.",
        "A man was hurt.",
        "Both the army and the police fled.",
        "He scores goals.",
        "The scores were high.",
        "The twenty-first attack failed.",
        "They carried AK-47 rifles.",
    ],
)
def test_words_that_are_no_figure(read, sentence):
    assert read(sentence) == []


def test_a_toll_that_rose_from_one_figure_to_another_is_two_figures(read):
    found = read("The toll rose from 13 to 15 on Monday.")
    assert [(q.count.low, q.count.high) for q in found] == [(13, 13), (15, 15)]


def test_over_as_a_preposition_is_no_hedge(read):
    assert one(read("There is anger over 13 deaths."), "13").count.low == 13


def test_at_least_before_the_next_figure_belongs_to_that_figure(read):
    found = read("The blast killed 13, at least 20 were hurt.")
    assert [q.count.text for q in found] == ["13", "at least 20"]


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high"),
    [
        ("Two thirds of the 84 dead were children.", "Two thirds of the 84", 56, 56),
        ("Half of the 84 dead were children.", "Half of the 84", 42, 42),
        ("All but two of the 14 crew died.", "All but two of the 14", 12, 12),
        ("Ten percent of at least 300 men fled.", "Ten percent of at least 300", 30, None),
        ("None of the nine was hurt.", "None of the nine", 0, 0),
    ],
)
def test_a_share_of_a_number_is_a_number(read, sentence, text, low, high):
    share, whole = read(sentence)
    assert (share.count.text, share.count.low, share.count.high) == (text, low, high)
    assert share.whole is whole and whole.unit is None


def test_a_part_of_a_whole_gives_both_figures(read):
    found = read("Of the wounded, 2 of the 5 are soldiers.")
    assert [(q.count.text, q.unit) for q in found] == [("2", None), ("5", None)]


def test_a_day_does_not_swallow_the_figure_after_the_month(read):
    found = read("On 23 May 28 bodies were found.")
    assert [(q.count.text, q.unit) for q in found] == [("23", "date"), ("28", None)]


def test_a_year_after_the_month_stays_a_year_before_a_plural(read):
    assert one(read("The 19 March 2019 elections were calm."), "2019").unit == "date"


def test_a_round_figure_of_people_is_no_year(read):
    assert one(read("In the 2016 attacks 2000 people died."), "2000").unit is None


def test_a_figure_that_says_no_number_has_open_bounds(read):
    count = one(read("The bomb went off at 12:30."), "12:30").count
    assert (count.low, count.high) == (None, None)


@pytest.mark.parametrize(
    ("sentence", "text", "head", "counted"),
    [
        ("At least 13 officers were killed.", "At least 13", "13", "officers"),
        ("Dozens of villagers fled.", "Dozens", "Dozens", "villagers"),
        ("Tens of thousands of villagers fled.", "Tens of thousands", "Tens", "villagers"),
        ("More than two dozen villagers fled.", "More than two dozen", "dozen", "villagers"),
        ("Both soldiers fled.", "Both", "Both", "soldiers"),
        ("The toll has exceeded 50.", "exceeded 50", "50", None),
        ("One of the attackers fled.", "One", "One", "attackers"),
    ],
)
def test_head_and_what_is_counted(read, sentence, text, head, counted):
    found = one(read(sentence), text)
    assert found.head.text == head
    assert (found.counted.text if found.counted else None) == counted


UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
]
UNITS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(n: int, joint: str) -> str:
    """The number in words, with `joint` after "hundred" and before the last part."""
    if n < 20:
        return UNITS[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    for scale, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if n >= scale:
            rest = n % scale
            tail = f"{joint if rest < 100 else ' '}{spelled(rest, joint)}" if rest else ""
            return f"{spelled(n // scale, joint)} {name}{tail}"
    raise AssertionError(n)


STYLES = {
    "digits": str,
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "thin spaces": lambda n: f"{n:,}".replace(",", "\u00a0"),
    "points": lambda n: f"{n:,}".replace(",", "."),
    "words": lambda n: spelled(n, " "),
    "words with and": lambda n: spelled(n, " and "),
    "capitals": lambda n: spelled(n, " and ").upper(),
    "millions": lambda n: f"{n} million",
}


@settings(max_examples=150, deadline=None)
@given(n=st.integers(2, 999_999_999) | st.integers(2, 1500), style=st.sampled_from(sorted(STYLES)))
def test_any_number_in_any_style_is_read_back(engine: Engine, n: int, style: str):
    if style == "digits" and 1500 <= n <= 2099:
        n += 1000  # could be a year
    written = STYLES[style](n)
    text = f"The flood drove out at least {written} people."
    sentence = next(iter(engine.sentences([text])))[0]
    found = quantities(sentence)
    value = n * 10**6 if style == "millions" else n
    assert [(q.count.text, q.count.low, q.count.high) for q in found] == [
        (f"at least {written}", value, None)
    ]


HEDGES = [
    "",
    "at least ",
    "more than ",
    "up to ",
    "nearly ",
    "about ",
    "some ",
    "fewer than ",
    "between 2 and ",
]


@settings(max_examples=60, deadline=None)
@given(
    hedge=st.sampled_from(HEDGES),
    number=st.sampled_from(
        ["13", "4,500", "2.5 million", "two dozen", "several hundred", "6.1", "12:30"]
    ),
    after=st.sampled_from(["", " or so", " or more", "-odd", "+"]),
    noun=st.sampled_from(["people", "days", "km", "of them", "percent", ""]),
)
def test_bounds_and_words_always_hold(engine: Engine, hedge, number, after, noun):
    text = f"The fire drove out {hedge}{number}{after} {noun}, and 3 died."
    for sentence in next(iter(engine.sentences([text]))):
        last = -1
        for q in quantities(sentence):
            assert_sane(text, q)
            assert q.tokens[0].i > last
            assert q.head in q.tokens
            last = q.tokens[-1].i


HEAP = [
    "a",
    "and",
    "half",
    "third",
    "of",
    "to",
    "or",
    "in",
    "-",
    "–",
    ",",
    ".",
    "(",
    ")",
    "+",
    "$",
    "%",
    "m",
    "k",
    "one",
    "two",
    "dozen",
    "dozens",
    "hundred",
    "million",
    "several",
    "few",
    "0",
    "00",
    "13",
    "000",
    "1,000",
    "1.5",
    "2019",
    "12:30",
    "13–15",
    "12k",
    "20s",
    "May",
    "at",
    "least",
    "more",
    "than",
    "up",
    "about",
    "between",
    "from",
    "over",
    "no",
    "some",
    "another",
    "further",
    "odd",
    "plus",
    "old",
    "years",
    "people",
    "soldiers",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HEAP), min_size=1, max_size=14))
def test_any_heap_of_words_reads_without_failing(engine: Engine, heap: list[str]):
    text = " ".join(heap)
    for sentence in next(iter(engine.sentences([text]))):
        last = -1
        for q in quantities(sentence):
            assert_sane(text, q)
            assert q.tokens[0].i > last
            last = q.tokens[-1].i
