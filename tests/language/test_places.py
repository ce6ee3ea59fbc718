from __future__ import annotations

from itertools import pairwise

import pytest

from sayso.language.geography.senses import DOUBT
from sayso.language.places import places


@pytest.fixture
def read(parse, gazetteer):
    """The mentions of one text, by their words (the last of those that are alike)."""
    return lambda text: {p.text: p for p in places(parse(text), gazetteer)}


def test_the_state_after_the_comma_says_which_town(read):
    paris = read("Two men were shot in Paris, Texas, on Friday.")["Paris"]
    assert paris.country == "US" and round(paris.lat) == 34


def test_without_more_a_name_is_the_largest_of_its_name(read):
    paris = read("The president left Paris for Lyon.")["Paris"]
    assert (paris.country, paris.precision) == ("FR", "city")


def test_an_abbreviated_state_says_which_town(read):
    found = read("A fire in Gary, Ind., killed two people.")
    assert round(found["Gary"].lat, 1) == 41.6 and found["Ind."].name == "Indiana"


def test_a_county_is_that_of_its_state(read):
    county = read("Deputies in Orange County, Fla., found the body.")["Orange County"]
    assert county.precision == "region" and round(county.lat) == 29


def test_the_province_after_the_comma_says_which_town(read):
    found = read("Two people died in London, Ontario. Police from Toronto came to London.")
    assert found["London"].country == "CA"


def test_a_name_has_one_sense_in_a_document(parse, gazetteer):
    text = "A mill burned in Paris, Texas. Nobody in Paris was hurt, and Paris slept."
    found = [p.geonameid for p in places(parse(text), gazetteer) if p.text == "Paris"]
    assert len(found) == 3 and len(set(found)) == 1


def test_towns_around_vote_for_their_neighbour(read):
    text = "A bus overturned near Springfield. It had come from Peoria and Decatur."
    assert round(read(text)["Springfield"].lon) == -90


def test_a_people_votes_for_its_country(read):
    georgia = read("Georgian police fired tear gas in Tbilisi. Georgia is tense.")["Georgia"]
    assert (georgia.country, georgia.precision) == ("GE", "country")


def test_towns_vote_for_their_state(read):
    text = "A storm killed three people in Georgia. Power failed across Atlanta and Savannah."
    assert read(text)["Georgia"].precision == "region"


def test_a_people_is_no_place(read):
    assert read("Kazakh and Russian soldiers met.") == {}


def test_an_unknown_name_is_recognised_and_not_placed(read):
    mine = read("A mine collapsed in Qelvori, killing nine people.")["Qelvori"]
    assert mine.lat is mine.lon is mine.name is mine.country is mine.precision is None


def test_an_unknown_village_lies_somewhere_in_its_state_and_says_so(read):
    found = read("Soldiers killed six herders in Tarrabo, a village in Borno State.")
    village, state = found["Tarrabo"], found["Borno State"]
    assert (village.lat, village.country, village.precision) == (state.lat, "NG", "region")
    assert (village.name, village.geonameid) == (None, None)


def test_the_middle_east_is_no_hamlet(read):
    found = read("Unrest spread across the Middle East and the Sahel.")
    assert {p.precision for p in found.values()} == {"area"}
    assert found["Middle East"].country is None


def test_a_region_is_meant_by_the_name_of_an_area_where_the_text_says_so(read):
    found = read("Gunmen attacked a village in the Oudalan province of the Sahel region.")
    assert [(p.precision, p.country) for p in found.values()] == [("region", "BF")] * 2
    assert read("A bomb went off in North Sinai.")["North Sinai"].precision == "region"


def test_a_quarter_called_district_lies_in_its_town(read):
    quarter = read("Fighting went on in the Quellmarra district of Port Sudan.")["Quellmarra"]
    assert (quarter.precision, quarter.country, quarter.name) == ("city", "SD", None)


def test_what_a_land_owns_says_where_it_is(read):
    village = read("Villagers in Ouaro, in Mali's Mopti region, fled.")["Ouaro"]
    assert (village.precision, village.admin1) == ("region", "Mopti")
    killed = "Gunmen killed 12 people in Ouaro in Mali's Mopti region on Monday, police said."
    assert read(killed)["Ouaro"].admin1 == "Mopti"  # where the engine takes both for one name
    assert list(read("Rain fell on King's Lynn.")) == ["King's Lynn"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("Qamishli", "Al Qāmishlī"), ("Elkarsour", None)],
)
def test_a_large_town_is_found_in_other_letters(read, written, name):
    assert read(f"A bomb went off in {written}.")[written].name == name


def test_a_district_without_towns_is_placed_and_says_how_wide_it_is(read):
    found = read("Two men were shot dead in Quellmarra, Soum.")
    assert {(p.precision, p.country) for p in found.values()} == {("region", "BF")}
    assert all(p.uncertainty_km for p in found.values())


@pytest.mark.parametrize(
    ("area", "country"),
    [("Donbas", "UA"), ("Darfur", "SD"), ("Gaza", "PS"), ("the West Bank", "PS")],
)
def test_lands_within_a_country_know_it(read, area, country):
    found = read(f"Fighting went on in {area} on Monday.")[area.removeprefix("the ")]
    assert (found.country, found.precision) == (country, "area")


def test_persons_are_no_places(read):
    text = "Paris Hollin and Jordan Velling met Mr. Israel Velling in Nairobi."
    assert list(read(text)) == ["Nairobi"]


def test_bodies_named_for_unknown_towns_are_no_places(read):
    assert read("The Velmark Police Department said so.") == {}


def test_a_body_named_for_a_state_names_it(read):
    found = read("The bridge is shut, the Illinois State Police said.")
    assert found["Illinois"].precision == "region"


def test_a_capital_speaks_for_its_government(read):
    assert read("Washington said it would cut aid to Burma.")["Washington"].country == "US"


def test_a_headlines_town_is_a_place(read):
    assert read("A Kisumu man was held after the attack.")["Kisumu"].country == "KE"


def test_province_and_town_of_one_name_are_told_apart(parse, gazetteer):
    text = "Twelve people died in Kandahar province. The road to Kandahar was closed."
    found = [p.precision for p in places(parse(text), gazetteer)]
    assert found == ["region", "city"]


def test_lists_are_single_places(read):
    found = read("Rockets hit Donetsk, Luhansk and Kharkiv overnight.")
    assert list(found) == ["Donetsk", "Luhansk", "Kharkiv"]


def test_one_name_with_and_stays_one(read):
    found = read("Floods struck Bosnia and Herzegovina.")
    assert [(p.text, p.country) for p in found.values()] == [("Bosnia and Herzegovina", "BA")]


def test_a_town_and_its_state_are_two_without_a_comma(read):
    found = read("The blast in Maiduguri Borno State killed nine people.")
    assert {t: p.precision for t, p in found.items()} == {
        "Maiduguri": "city",
        "Borno State": "region",
    }


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Amhara", "ET"),
        ("Hodeidah", "YE"),
        ("Shabwa", "YE"),
        ("Hiraan", "SO"),
        ("Catatumbo", "CO"),
        ("Northamptonshire", "GB"),
    ],
)
def test_regions_have_their_names_in_the_news(read, name, country):
    assert read(f"Fighting spread across {name} on Monday.")[name].country == country


def test_the_article_is_no_part_of_the_name(read):
    assert "Philippines" in read("A ferry sank off the Philippines.")


def test_a_part_of_a_country_is_the_country(read):
    assert read("Shelling was heard in eastern Ukraine.")["Ukraine"].precision == "country"


def test_a_square_lies_in_the_town_that_its_sentence_names(read):
    square = read("Thousands gathered on Republic Square in Almaty.")["Republic Square"]
    assert (square.name, square.precision) == ("Almaty", "city")


def test_a_square_of_no_named_town_is_not_placed(read):
    assert read("Thousands gathered on Republic Square on Monday.")["Republic Square"].lat is None


def test_a_square_between_two_towns_is_not_placed(read):
    text = "They marched to Republic Square after buses came from Almaty and Astana."
    assert read(text)["Republic Square"].lat is None


def test_an_airport_lies_in_the_town_that_it_is_named_for(read):
    assert read("A blast hit Kabul Airport on Monday.")["Kabul Airport"].name == "Kabul"


def test_a_hospital_whose_name_is_a_plain_word_is_in_no_town_of_that_name(read):
    found = read("Nine men were taken to the Central Mental Hospital and to Federal University.")
    assert [p for p in found.values() if p.lat is not None] == []


def test_upper_case_text_is_read_alike(read):
    found = read("GUERRILLAS ATTACKED A STATION IN MEDELLIN, COLOMBIA, AND FLED TOWARD BOGOTA.")
    assert [(p.text, p.country) for p in found.values()] == [
        ("MEDELLIN", "CO"),
        ("COLOMBIA", "CO"),
        ("BOGOTA", "CO"),
    ]


def test_a_text_may_end_behind_a_name_and_a_comma(read):
    assert read("Killed were Jackson,") == {}


def test_a_dateline_is_a_place(read):
    text = "ZHANAOZEN, Kazakhstan (Steppe Wire) -- Police opened fire in the Mangistau region."
    found = read(text)
    assert found["ZHANAOZEN"].country == "KZ"
    assert (found["Mangistau"].name, found["Mangistau"].precision) == ("Mangystau", "region")


def test_letters_are_countries_and_no_villages(read):
    found = read("The U.S. and the UK sent aid.")
    assert [p.country for p in found.values()] == ["US", "GB"]


def test_congo_is_the_one_of_its_provinces(read):
    found = read("Dozens were killed in Congo, in North Kivu province.")
    assert found["Congo"].country == "CD"


def test_names_of_countries_in_a_list_do_not_contain_each_other(read):
    found = read("The storm crossed Georgia, Alabama and Florida.")
    assert {p.precision for p in found.values()} == {"region"}


def test_mentions_quote_the_text_in_order_and_apart(parse, gazetteer):
    text = (
        "NAIROBI, Kenya (Lake Wire) -- Gunmen from the Rift Valley killed six people in Kisumu "
        "County.\n\nThe U.S. Embassy in Nairobi and the University of Nairobi were shut; so was "
        "the road from Karumba to Mombasa, Kenya's largest port."
    )
    found = places(parse(text), gazetteer)
    assert all(text[p.start : p.end] == p.text for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len(found) >= 7


def test_reading_twice_gives_the_same(parse, gazetteer):
    text = "Springfield and Paris, Georgia and Jordan, Lebanon and Cuba: all are towns as well."
    assert places(parse(text), gazetteer) == places(parse(text), gazetteer)


def test_a_text_without_names_has_no_places(read):
    assert read("Nine people were killed on Monday, police said.") == {}


def test_no_sentences_no_places(gazetteer):
    assert places([], gazetteer) == []


def test_a_person_of_the_document_is_no_town_of_that_name(read):
    text = "Marta Clinton spoke first. Clinton supporters cheered, and police held one of them."
    assert read(text) == {}


def test_a_politicians_state_is_a_place(read):
    found = read("Senator Ines Velmark, D-N.Y., and Oda Fell, R-Texas, voted against the bill.")
    assert [(p.text, p.name) for p in found.values()] == [("N.Y.", "New York"), ("Texas", "Texas")]


def test_what_a_town_was_once_called_does_not_bring_it_back(read, gazetteer):
    once = [c for c in gazetteer.find("East River") if not c.main]
    assert once  # a town in New England has borne the name
    assert read("A ferry sank in the East River near Manhattan.")["East River"].lat is None


def test_a_name_that_may_mean_two_towns_tells_of_both(read):
    valencia = read("A fire broke out in Valencia.")["Valencia"]
    assert {valencia.country, valencia.runner_up.country} == {"ES", "VE"}
    assert 0 <= valencia.runner_up.lead <= DOUBT


def test_the_rest_of_the_text_settles_a_doubtful_name(read):
    text = "A fire broke out in Valencia. It could be seen from Maracay and Caracas."
    valencia = read(text)["Valencia"]
    assert (valencia.country, valencia.runner_up) == ("VE", None)


def test_a_square_stays_in_its_town_in_later_sentences(read):
    text = "Troops entered Freedom Square in Oslo. Later, Freedom Square was empty."
    assert read(text)["Freedom Square"].name == "Oslo"


def test_a_county_and_its_town_tell_each_other(read):
    found = read("Deputies from Lamar County drove to Paris. Paris was quiet.")
    assert found["Paris"].admin1 == found["Lamar County"].admin1 == "Texas"


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        # a small namesake far from all that the text speaks of: somewhere in the region it is about
        (
            "Storms hit Lincoln, Nebraska, then Omaha and Kearney. Barns burned in Dallastown.",
            "Dallastown",
            "US",
            "Nebraska",
        ),
        # ... or in its country, where a far town has the name in another language
        ("Kenyan police fled. A crowd burned their cars at Bitom.", "Bitom", "KE", None),
        ("KDF units fled. A crowd burned their cars at Bitom.", "Bitom", "KE", None),
    ],
)
def test_a_far_namesake_is_not_what_is_meant(read, text, name, country, admin1):
    mention = read(text)[name]
    assert (mention.country, mention.admin1) == (country, admin1)
    assert mention.name is None  # it is no entry's


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # large towns, those whose country is spoken of, and those that nothing else stands beside
        ("Kenyan police left Nairobi and Mombasa. Talks go on in Geneva.", "Geneva", "CH"),
        ("Kenya and Somalia agreed. Shells fell near Beled Hawo.", "Beled Hawo", "SO"),
        ("Barns burned in Dallastown.", "Dallastown", "US"),
        ("Fires burned in Rochester, New Hampshire, in Portsmouth and in Dover.", "Dover", "US"),
    ],
)
def test_what_the_text_makes_likely_stays_on_the_map(read, text, name, country):
    mention = read(text)[name]
    assert mention.name == name and mention.country == country


def test_an_army_votes_for_its_country(read):
    assert read("Gunmen entered Wamba and fought FARDC soldiers.")["Wamba"].country == "CD"
    assert read("Gunmen entered Wamba and fought soldiers.")["Wamba"].country == "NG"


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("A lorry burned near Elwak at noon.", "Elwak", "El Wak"),
        ("Boats were burned off Lamu Island in Kenya.", "Lamu Island", "Lamu"),
        ("A chase through L.A. ended in a crash.", "L.A.", "Los Angeles"),
        (
            "They live in the United States of America.",
            "United States of America",
            "United States",
        ),
        ("Crews closed a road near Ohio 63 at noon.", "Ohio 63", "Ohio"),
        ("A clerk was killed in Sirte 14 March.", "Sirte", "Sirte"),
    ],
)
def test_names_are_found_in_the_forms_that_news_gives_them(read, text, name, meant):
    assert read(text)[name].name == meant


@pytest.mark.parametrize("text", ["A trial began in March 2031.", "They voted in Spring 2031."])
def test_the_beginning_of_a_date_is_no_place(read, text):
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("Nurses at St Luke's counted the dead. Two died at St Luke's.", "St Luke", None),
        ("Crowds filled St. Louis's north side.", "St. Louis", "St. Louis"),
        ("Two men were shot in St. John's, Newfoundland.", "St. John", "Saint John"),
        ("Two men were shot in Gorse Park, Kisumu, on Friday.", "Gorse Park", "Kisumu"),
    ],
)
def test_what_is_a_saints_and_what_grounds_lie_in(read, text, name, meant):
    found = {k.removesuffix("'s"): m for k, m in read(text).items()}
    assert (found[name].name if name in found else None) == meant
