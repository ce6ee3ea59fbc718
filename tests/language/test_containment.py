"""Which place lies in which, and what becomes of a place that no map has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.language.gazetteer import Gazetteer
from sayso.language.geography.spelling import spelled
from sayso.language.places import places
from sayso.records import PlaceMention


@pytest.fixture
def read(parse: Callable, gazetteer: Gazetteer) -> Callable[[str], dict[str, PlaceMention]]:
    return lambda text: {m.text: m for m in places(parse(text), gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Nine people died in Tripoli, in the north of Lebanon, on Monday.", "Tripoli", "LB"),
        ("Nine people died in Tripoli, northern Lebanon, on Monday.", "Tripoli", "LB"),
        ("Nine people died in the Lebanese city of Tripoli on Monday.", "Tripoli", "LB"),
        ("Nine people died in Tripoli on Monday.", "Tripoli", "LY"),
        ("Nine people died in Cordoba, in southern Spain, on Monday.", "Cordoba", "ES"),
        ("Nine people died in the Spanish city of Cordoba on Monday.", "Cordoba", "ES"),
        ("Nine people died in a flood in London, Ont., on Monday.", "London", "CA"),
        ("Nine people died in Birmingham, Ala., on Monday.", "Birmingham", "US"),
        # a town and a province of the same name: no row of two provinces
        ("Nine people died in San Jose, California, on Monday.", "San Jose", "US"),
        ("Nine people died in Moscow, Idaho, on Monday.", "Moscow", "US"),
        # no such town is known in that country: it is there all the same, large as the other is
        ("Nine people died in Palma, Mozambique, on Monday.", "Palma", "MZ"),
        ("Nine people died in Merced, Peru, on Monday.", "Merced", "PE"),
        # a building is where the text puts it, whatever it is called after
        ("Nine people died in a fire at Russia Hospital in Kisumu.", "Russia Hospital", "KE"),
        ("Nine people died in a fire at the Paris Hotel in Lyon.", "Paris Hotel", "FR"),
        ("Nine people died in Paris, Germany and Spain on Monday.", "Paris", "FR"),
    ],
)
def test_the_country_or_province_beside_a_name_outranks_its_size(
    read: Callable, text: str, name: str, country: str
) -> None:
    assert read(text)[name].country == country


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "A mine went off in Brathu village of Sangin district, Helmand, in Afghanistan.",
            ("Brathu", "Sangin", "Helmand", "Afghanistan"),
        ),
        (
            "A mine went off in the Brathu area of Sangin district, Helmand province.",
            ("Brathu", "Sangin", "Helmand"),
        ),
        ("A mine went off in Brathu, a small town in Helmand province.", ("Brathu", "Helmand")),
    ],
)
def test_a_village_that_no_map_has_lies_in_its_district(
    read: Callable, text: str, chain: tuple[str, ...]
) -> None:
    village = read(text)["Brathu"]
    assert village.chain == chain
    assert (village.name, village.geonameid, village.precision) == (None, None, "region")
    assert village.country == "AF" and village.admin1 == "Helmand"
    assert village.lat is not None and 0 < (village.uncertainty_km or 0) < 300


def test_a_quarter_has_the_point_of_its_city_whatever_its_name(read: Callable) -> None:
    found = read("Three people were hurt in the Al-Quds neighbourhood of Aden on Monday.")
    quarter = found["Al-Quds"]
    assert (quarter.lat, quarter.country) == (found["Aden"].lat, "YE")
    assert (quarter.precision, quarter.name) == ("city", None)
    assert 2 < (quarter.uncertainty_km or 0) < 30


def test_a_famous_name_is_not_taken_elsewhere_where_the_text_says_what_it_lies_in(
    read: Callable,
) -> None:
    found = read("A soldier was shot in the Rabat area of Sangin district, Helmand.")
    assert found["Rabat"].country == "AF"


def test_names_of_one_row_share_what_they_lie_in(read: Callable) -> None:
    found = read("Clashes broke out in Brathu and Qelvorin in Helmand province, Afghanistan.")
    assert {found[n].admin1 for n in ("Brathu", "Qelvorin")} == {"Helmand"}


@pytest.mark.parametrize(
    "text",
    [
        "Buses run to Copenhagen, Hamburg and Oslo.",
        "He flew to Georgia, Alabama and Florida.",
        "He spoke in Mexico, the US, and Canada.",
        "Trains ran from Vienna to Prague.",
    ],
)
def test_rows_of_equals_contain_nothing(read: Callable, text: str) -> None:
    assert all(len(m.chain) == 1 for m in read(text).values())


def test_a_province_tells_its_names_and_codes(read: Callable) -> None:
    town = read("A bomb went off in Lashkar Gah in Afghanistan.")["Lashkar Gah"]
    assert (town.admin1, town.admin1_code, town.admin2_code) == ("Helmand", "AF.10", "AF.10.2301")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Charbolak", "Chahār Bōlak"),
        ("Deh Rahwod", "Deh Rāwud"),
        ("Mohamad Agha", "Muḩammad Āghah"),
        ("Bati Kot", "Batī Kōṯ"),
    ],
)
def test_districts_are_known_in_other_spellings(
    gazetteer: Gazetteer, written: str, meant: str
) -> None:
    found = spelled(written, [d for d in gazetteer.divisions("AF") if d.part])
    assert found is not None and found.name == meant


def test_what_only_sounds_alike_a_little_is_no_spelling(gazetteer: Gazetteer) -> None:
    for name in ("Qelvorin", "Brathu", "Oslo", "Karsa"):
        assert spelled(name, gazetteer.divisions("AF")) is None, name


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # a large town's other name is no ground to leave the district that the text says
        ("Herders were shot at Canton in Adavi Local Government Area of Kogi state.", "NG"),
        ("Herders were shot at Canton in Barkin Ladi Local Government Area of Plateau.", "NG"),
        ("Two men died at Vessa in Tovar sub-county of Moroto district, Uganda.", "UG"),
    ],
)
def test_a_kind_of_several_words_leads_on_to_what_holds_it(
    read: Callable, text: str, country: str
) -> None:
    assert {mention.country for mention in read(text).values()} == {country}


def test_the_district_of_a_large_town_lies_in_it(read: Callable) -> None:
    found = read("Two men were shot in the north Tripoli district of Abu Vessa.")
    assert found["Abu Vessa"].chain == ("Abu Vessa", "Tripoli")
    assert {found[name].country for name in ("Abu Vessa", "Tripoli")} == {"LY"}


def test_the_quarter_of_a_name_before_it_lies_in_the_town_behind(read: Callable) -> None:
    assert read("A bomb went off in the Nur district of Gao.")["Nur"].chain == ("Nur", "Gao")


def test_the_region_after_the_comma_holds_what_is_before(read: Callable) -> None:
    assert read("Marchers were beaten in Vessa, Gedo.")["Vessa"].chain == ("Vessa", "Gedo")
