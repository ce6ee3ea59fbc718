from __future__ import annotations

import pytest

from sayso.errors import SettingsError
from sayso.records import Correction, Count, Event, Party, Person, Place, Source, When
from sayso.review.corrections import correction


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("18", 18, 18),
        ("18-20", 18, 20),
        ("18–20", 18, 20),
        ("18+", 18, None),
        ("<=20", None, 20),
        ("≤ 20", None, 20),
        ("1,500", 1500, 1500),
    ],
)
def test_a_figure(said, low, high):
    assert correction(count=said) == Correction(count=Count(low=low, high=high, text=said))


def test_a_group():
    assert correction(who="police officers (security_forces)").who == Party(
        text="police officers", category="security_forces"
    )
    assert correction(who="people").who == Party(text="people", category="unspecified")


def test_a_time():
    assert correction(when="2031-03-04").when == When(
        text="2031-03-04", start="2031-03-04", end="2031-03-04", basis="sentence"
    )
    assert correction(when="2031-03-04/2031-03-06").when.end == "2031-03-06"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("4 March 2031", "2031-03-04", "2031-03-04"),
        ("March 4, 2031", "2031-03-04", "2031-03-04"),
        ("4-6 March 2031", "2031-03-04", "2031-03-06"),
        ("30 March 2031/2 April 2031", "2031-03-30", "2031-04-02"),
        ("25/03/2031", "2031-03-25", "2031-03-25"),
    ],
)
def test_a_day_as_people_write_it(said, start, end):
    found = correction(when=said).when
    assert (found.start, found.end, found.text) == (start, end, said)


def test_a_day_of_two_readings_is_none():
    for said in ("4/3/2031", "4 March", "6-4 March 2031", "4 March 2031/1 March 2031"):
        with pytest.raises(SettingsError, match="when"):
            correction(when=said)
    with pytest.raises(SettingsError, match="may be 2031-03-04 or 2031-04-03"):
        correction(published="4/3/2031")


def test_every_field_of_a_claim():
    made = correction(
        kind="injured",
        event="assault/firearms",
        count="12 households",
        doer="harbour guards (security_forces)",
        target="the union",
        scope="Background",
        modality="alleged",
        part_of="ab12",
        people="Mila Dorn (34, f, nurse); Tove Dorn",
    )
    assert made == Correction(
        kind="injured",
        event=Event(type="ASSAULT", mode="firearms"),
        count=Count(low=12, high=12, text="12 households", unit="households"),
        by=Party(text="harbour guards", category="security_forces"),
        to=Party(text="the union", category="unspecified"),
        scope="background",
        modality="alleged",
        part_of="ab12",
        people=(Person(name="Mila Dorn", age=34, sex="f", role="nurse"), Person(name="Tove Dorn")),
    )


def test_what_is_to_say_nothing_is_cleared():
    fields = ("who", "doer", "where", "when", "say_so", "part_of", "people")
    made = correction(**dict.fromkeys(fields, "-"))
    assert made.cleared == ("who", "by", "where", "when", "sources", "part_of", "people")
    with pytest.raises(SettingsError, match="scope '-' is none"):
        correction(scope="-")


def test_each_wrong_field_is_told_of():
    with pytest.raises(SettingsError) as told:
        correction(count="many", kind="hurt", modality="said", who="people")
    assert set(told.value.fields) == {"count", "kind", "modality"}
    assert "there are killed, " in told.value.fields["kind"]


def test_a_chain_of_say_so():
    assert correction(say_so="Health Ministry (official) > Lantern (media)").sources == (
        Source(text="Health Ministry", kind="official", role="origin"),
        Source(text="Lantern", kind="media", role="relay"),
    )


def test_a_place_with_its_point():
    assert correction(where="Karsa @ 41.5, 29").where == Place(
        text="Karsa", name="Karsa", lat=41.5, lon=29.0, precision="point", basis="sentence"
    )


def test_a_place_is_looked_up(settings):
    found = correction(settings.gazetteer, where="Paris").where
    assert (found.country, found.precision) == ("FR", "city")
    assert correction(settings.gazetteer, where="Paris, US").where.country == "US"
    assert correction(settings.gazetteer, where="Paris, Texas").where.admin1 == "Texas"


def test_a_name_that_the_gazetteer_lacks_needs_a_point_or_what_it_lies_in(settings):
    with pytest.raises(
        SettingsError, match=r"no 'Timbuktuu' \(near it: Timbuktu \(ML\).*its point"
    ):
        correction(settings.gazetteer, where="Timbuktuu")
    found = correction(settings.gazetteer, where="Quellmarra, Borno").where
    assert (found.text, found.name, found.country) == ("Quellmarra, Borno", None, "NG")
    assert (found.precision, found.admin1, found.uncertainty_km) == ("region", "Borno", 246)
    assert correction(settings.gazetteer, where="Quellmarra, NG").where.precision == "country"


@pytest.mark.parametrize(
    ("point", "country", "admin1", "code"),
    [
        ("11.85,13.2", "NG", "Borno", "NG.27.124"),
        ("16.3,-0.05", "ML", "Gao", None),
        ("48.58,7.8", "FR", "Grand-Est", "FR.44.67"),  # a German town is nearer
        ("23.5,5", "DZ", None, None),  # far from any town
        ("33.5,18", None, None, None),  # at sea
    ],
)
def test_a_point_lies_in_a_country_and_in_the_divisions_of_its_nearest_town(
    settings, point, country, admin1, code
):
    found = correction(settings.gazetteer, where=f"Quellmarra @ {point}").where
    assert (found.name, found.precision) == ("Quellmarra", "point")
    assert (found.country, found.admin1, found.admin2_code) == (country, admin1, code)


def test_what_is_not_given_stays_as_it_is():
    assert correction(count=None, who=None) == Correction()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"count": "many"}, "count 'many' is not understood; give 18, 18-20"),
        ({"count": "20-18"}, "is not understood"),
        ({"count": " "}, "is not understood"),
        ({"who": "police (cops)"}, "'cops' is no category; there are civilians, "),
        ({"when": "4 March"}, "is not understood; give a day"),
        ({"when": "2031-03-06/2031-03-04"}, "is not understood"),
        ({"say_so": "Health Ministry"}, "say-so 'Health Ministry' is not understood"),
        ({"say_so": "Ministry (office)"}, "'office' is no kind of source; there are official, "),
        ({"where": "Karsa @ 91,0"}, "is not understood"),
        ({"where": "Karsa @ 1.2.3,0"}, "is not understood"),
    ],
)
def test_what_cannot_be_understood_is_told_of(given, said):
    with pytest.raises(SettingsError, match=said):
        correction(**given)


@pytest.mark.parametrize("typed", ["10000000001", "3-99999999999", "<=99,999,999,999", "9" * 5000])
def test_nobody_can_correct_to_more_people_than_there_can_be(typed):
    with pytest.raises(SettingsError, match="a count is of people, and there are no more than"):
        correction(count=typed)


def test_as_many_as_there_can_be_can_be_typed():
    assert correction(count="10,000,000,000+").count == Count(
        low=10_000_000_000, high=None, text="10,000,000,000+"
    )
