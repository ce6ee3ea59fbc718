"""What each claim of a document tells of: the main event, another one, or one of the past."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from sayso.claims.episodes import episodes
from sayso.pipeline import Reader
from sayso.records import Claim, Count, Document, Event, Evidence, Party, Place, When

ROUND_UP = (
    "Gunmen shot the mayor of Belov on Monday outside the town hall, police said.\n\n"
    "Two of his guards were hurt.\n\n"
    "In Karsa, a bomb in the covered market killed nine traders on the same day, the Health "
    "Ministry said. Four more were missing.\n\n"
    "The president called for calm."
)
BELOV = Place(text="Belov", lat=40.0, lon=20.0, precision="city", basis="sentence")
KARSA = Place(text="Karsa", lat=41.0, lon=22.0, precision="city", basis="sentence")
SUBURB = Place(text="Karsa Mill", lat=41.02, lon=22.05, precision="city", basis="sentence")
HOSPITAL = Place(text="Morava Hospital", lat=43.0, lon=22.0, precision="point", basis="sentence")
PAGE = Document(id="r", text=ROUND_UP)


def said(
    name: str,
    low: int,
    quote: str,
    where: Place | None = None,
    day: str | None = None,
    **fields: object,
) -> Claim:
    at = ROUND_UP.index(quote)
    return Claim(
        id=name,
        count=Count(low=low, high=low, text=str(low)),
        where=where,
        when=When(text="that day", start=day, end=day, basis="sentence") if day else None,
        evidence=Evidence(start=at, end=at + 1, text=ROUND_UP[at]),
        **({"kind": "killed", "who": Party(text="people", category="unspecified")} | fields),
    )


MAYOR = said("mayor", 1, "shot the mayor", BELOV)
GUARDS = said("guards", 2, "Two of his", kind="injured")
TRADERS = said("traders", 9, "killed nine", KARSA)
MISSING = said("missing", 4, "Four more", kind="missing")


def told(*claims: Claim) -> dict[str, list[str]]:
    """The names of the claims by episode."""
    found: dict[str, list[str]] = {}
    for claim in episodes(PAGE, claims, "en"):
        found.setdefault(claim.episode, []).append(claim.id)
    return found


def test_what_happened_at_a_place_of_its_own_is_an_episode_of_its_own() -> None:
    parts = told(MAYOR, GUARDS, TRADERS, MISSING)
    assert parts == {"p0": ["mayor", "guards"], "p1": ["traders", "missing"]}


def test_what_takes_its_place_from_the_sentence_before_goes_on_about_that_place_alone() -> None:
    near = replace(KARSA, basis="neighbour")
    there = told(MAYOR, TRADERS, replace(MISSING, where=near))
    assert there == {"p0": ["mayor"], "p1": ["traders", "missing"]}
    elsewhere = replace(MISSING, where=replace(HOSPITAL, basis="neighbour"))
    assert told(MAYOR, TRADERS, elsewhere) == {"p0": ["mayor", "missing"], "p1": ["traders"]}


def test_a_text_without_paragraphs_says_by_none_what_goes_on() -> None:
    flat = Document(id="f", text=ROUND_UP.replace("\n\n", "  "))
    found = episodes(flat, (MAYOR, GUARDS, TRADERS, MISSING), "en")
    assert [c.id for c in found if c.episode != "p0"] == ["traders"]


def test_a_report_of_one_place_is_one_episode() -> None:
    assert told(MAYOR, said("guards", 2, "Two of his", BELOV)) == {"p0": ["mayor", "guards"]}


@pytest.mark.parametrize(
    "place",
    [
        Place(text="Karsa", precision="country", basis="sentence"),
        Place(text="Karsa Province", lat=44.0, lon=22.0, precision="city", basis="sentence"),
        Place(text="Karsa", lat=44.0, lon=22.0, precision="city", basis="dateline"),
        HOSPITAL,
    ],
)
def test_a_region_a_dateline_or_a_hospital_tells_no_other_event(place: Place) -> None:
    assert list(told(MAYOR, said("guards", 2, "Two of his", place))) == ["p0"]


HELM = Place(text="Helm", name="Helm", precision="region", country="KS", admin1_code="KS.1")
DRAVA = Place(text="Drava", name="Drava", precision="region", country="KS", admin1_code="KS.2")


def test_the_region_in_which_the_event_lies_is_no_other_place() -> None:
    here = replace(BELOV, country="KS", admin1_code="KS.1")
    whole = said("b", 9, "killed nine", replace(HELM, basis="sentence"))
    assert list(told(said("a", 1, "shot the mayor", here), whole)) == ["p0"]


def test_parts_of_one_figure_at_two_places_are_one_event() -> None:
    parts = (
        said("a", 3, "shot the mayor", BELOV, part_of="whole"),
        said("b", 2, "killed nine", KARSA, part_of="whole"),
    )
    assert list(told(*parts)) == ["p0"]


def test_a_suburb_is_no_other_place() -> None:
    mill = said("b", 9, "killed nine", SUBURB)
    assert list(told(said("a", 1, "shot the mayor", KARSA), mill)) == ["p0"]


def test_one_figure_under_two_places_is_one_event() -> None:
    assert list(told(said("a", 9, "shot the mayor", BELOV), TRADERS)) == ["p0"]


def test_a_report_leads_with_what_it_tells_first() -> None:
    fewer = said("bomb", 9, "killed nine", KARSA, day="2031-03-04")
    more = said("bombing", 9, "Four more", KARSA, kind="event", event=Event(type="ASSAULT"))
    assert told(MAYOR, fewer, more) == {"p0": ["mayor"], "p1": ["bomb", "bombing"]}


def test_what_happened_days_apart_is_two_events() -> None:
    monday = said("a", 1, "shot the mayor", day="2031-03-03")
    friday = said("b", 9, "killed nine", day="2031-02-28")
    assert told(monday, friday) == {"p0": ["a"], "p1": ["b"]}
    assert list(told(monday, said("b", 9, "killed nine", day="2031-03-02"))) == ["p0"]


def test_what_is_recalled_of_one_day_is_one_episode() -> None:
    old = {"scope": "background", "day": "2028-05-01"}
    parts = told(
        MAYOR,
        said("then", 40, "Two of his", **old),
        said("hurt", 70, "killed nine", **old, kind="injured"),
        said("other", 12, "Four more", day="2025-01-09", scope="background"),
    )
    assert parts == {"p0": ["mayor"], "p1": ["then", "hurt"], "p2": ["other"]}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Gunmen killed four farmers in Oslo on Monday, police said.\n\nAlso on Monday a bomb in "
            "Bergen wounded seven soldiers.",
            [{"killed 4"}, {"injured 7"}],
        ),
        (
            "A ferry sank off Bergen on Monday and 12 people died.\n\nTwo more people were missing, "
            "the coast guard said. A diver died on Tuesday.\n\nIn 2019, 43 people died when "
            "a barge sank there.",
            [{"killed 12", "missing 2", "killed 1"}, {"killed 43"}],
        ),
        (
            "Police arrested six students in Oslo on Monday. The six were taken to Bergen, where "
            "they were held on Tuesday.",
            [{"detained 6"}],
        ),
        (
            "A bomb killed nine in Oslo on Monday. The nine were buried in Bergen on Thursday.",
            [{"killed 9"}],
        ),
        (  # all in a paragraph that begins with a place is of there, what is added as well
            "Three people were shot dead in Bergen on Thursday, the mayor said.\n\nIn Oslo, far to "
            "the east, the night was calm. A woman died there of wounds that she received in "
            "Monday's shooting, which brought the toll to eight.",
            [{"killed 3"}, {"killed 1", "killed 8"}],
        ),
        (
            "Three people were shot dead in Bergen on Thursday, the mayor said.\n\nA fourth man "
            "died in Oslo of his wounds, which brought the toll to four.",
            [{"killed 3", "killed 1", "killed 4"}],
        ),
        (
            "It was a bad week.\n\nMonday, Oslo. Officially nine soldiers died.\n\nTuesday, "
            "Bergen. A column hit a mine. Four guards were killed and six wounded, a medic said.",
            [{"killed 9"}, {"killed 4", "injured 6"}],
        ),
    ],
)
def test_reports(reader: Reader, text: str, parts: Sequence[set[str]]) -> None:
    found: dict[str, set[str]] = {}
    for claim in reader.read(Document(id="x", text=text, published="2031-03-07")).claims:
        if claim.count:
            found.setdefault(claim.episode, set()).add(f"{claim.kind} {claim.count.low}")
    assert [found[name] for name in sorted(found)] == list(parts)


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        (  # remarks without a day or a place are no event since
            "A judge in Osk has ruled that 31 people died when a dam burst above the town on "
            "2 May. Nineteen bodies had been named by experts, she told a full court on Thursday. "
            "Another 12 people are to be registered as dead. Seven of the dead were children.",
            {"killed 31": "current", "killed 19": "current", "killed 7": "current"},
        ),
        (  # what came of it later is told with it
            "The last four are home. With these, 16 of the teachers abducted on 3 June near Osk "
            "have been freed. Pavel Orm, 40, was shot dead in July when he tried to run.",
            {"killed 1": "current"},
        ),
        (  # an older one that is recalled stays in the past
            "A judge ruled that 31 people died when a dam burst above Osk on 2 May. In 2019, nine "
            "people were killed by a flood in Vellin.",
            {"killed 9": "background"},
        ),
        (  # somebody was hurt now
            "Gunmen killed four traders in Osk on Tuesday. On 2 May a bomb killed 31 people there.",
            {"killed 4": "current", "killed 31": "background"},
        ),
        (  # and here, without a day, before the old one is told
            "Two rescuers died in the ruins. The quake of 2 May killed 31 people.",
            {"killed 31": "background"},
        ),
    ],
)
def test_months_later_an_old_event_is_the_story(
    reader: Reader, text: str, scopes: dict[str, str]
) -> None:
    claims = reader.read(Document(id="x", text=text, published="2031-12-05")).claims
    found = {f"{c.kind} {c.count.low}": c.scope for c in claims if c.count}
    assert {name: found.get(name) for name in scopes} == scopes


def test_a_sum_over_towns_is_no_figure_of_one(reader: Reader) -> None:
    text = (
        "Police killed most of the 17 people who died in two Norwegian cities last week, a rights "
        "group said.\n\nTwelve died in Oslo and five in Bergen, according to the group. The "
        "ministry, which has acknowledged 14 deaths, called the report a novel."
    )
    claims = reader.read(Document(id="x", text=text, published="2031-03-07")).claims
    scopes = {c.count.low: (c.episode, c.scope) for c in claims if c.count and c.kind == "killed"}
    assert scopes[12] == ("p0", "current")
    assert scopes[5] == ("p1", "current")
    assert scopes[17][1] == scopes[14][1] == "period"
    apart = reader.read(
        Document(id="x", text=text.replace("17", "19"), published="2031-03-07")
    ).claims
    assert {c.count.low: c.scope for c in apart if c.count}[19] == "current"


def headed(text: str, *quotes: str) -> list[list[str]]:
    """The quotes by episode, each a claim of somebody killed where it stands."""
    claims = [
        replace(said(quote, 9 + n, "shot"), evidence=Evidence(start=at, end=at + 1, text=text[at]))
        for n, quote in enumerate(quotes)
        if (at := text.index(quote)) >= 0
    ]
    found: dict[str, list[str]] = {}
    for claim in episodes(Document(id="h", text=text), claims, "en"):
        found.setdefault(claim.episode, []).append(claim.id)
    return list(found.values())


def test_a_round_up_with_heads_has_an_episode_under_each() -> None:
    text = "KARSA: Nine were killed.\n\nOSK: Ten guards were shot.\n\nVELL: It rained."
    assert headed(text, "Nine", "Ten") == [["Nine"], ["Ten"]]
    assert headed(text.replace(":", "."), "Nine", "Ten") == [["Nine"], ["Ten"]]


def test_one_head_makes_no_round_up() -> None:
    text = "KARSA: Nine were killed.\n\nTen guards were shot."
    assert headed(text, "Nine", "Ten") == [["Nine", "Ten"]]


@pytest.fixture(scope="module")
def reader(settings) -> Reader:
    return Reader(settings)
