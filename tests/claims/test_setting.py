"""Where and when a claim took place, and whether it is of this story."""

from __future__ import annotations

import pytest

from sayso.pipeline import Reader
from sayso.records import Claim, Document
from sayso.settings import Settings

DAY = "2031-03-06"  # a Thursday


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Reader:
    return Reader(settings)


def claims(reader: Reader, text: str) -> list[Claim]:
    return list(reader.read(Document(id="d", text=text, published=DAY)).claims)


@pytest.mark.parametrize(
    ("text", "name", "basis"),
    [
        ("Two men were killed in Oslo on Monday.", "Oslo", "sentence"),
        ("Two men were killed in Oslo, Norway, on Monday.", "Oslo", "sentence"),
        ("Oslo police said two men had been killed.", "Oslo", "sayer"),
        ("The fire broke out in Oslo. Two men were killed.", "Oslo", "neighbour"),
        (
            "The fire broke out in Oslo. The mayor went to Kerim Hospital. Two men were killed.",
            "Oslo",
            "neighbour",
        ),
        ("OSLO — Rain fell all night.\n\nIt was cold.\n\nTwo men were killed.", "Oslo", "dateline"),
        ("Moscow said two men had been killed in Oslo.", "Oslo", "sentence"),
        ("Two men were killed when a Moscow-led force entered Oslo.", "Oslo", "sentence"),
        ("Shells fell on Lviv overnight. Two men were killed in the city.", "Lviv", "reference"),
        ("Crowds filled Lviv. In the capital, two men were killed.", "Kyiv", "reference"),
        ("Norway is tense. Two men were killed across the country.", "Norway", "reference"),
        ("Troops left Bergen. Two men were killed in different regions.", "Norway", "reference"),
        ("Two men were killed in the Nigerian capital.", "Abuja", "reference"),
        ("Crowds left Borno State. Two men were killed in the state.", "Borno", "reference"),
        # a district is no province, and the place that hangs on a deeper word beats the dateline
        (
            "Rain fell on Zurmat district, Paktia province. Two men were killed in the province.",
            "Paktia",
            "reference",
        ),
        (
            "Rain fell on Zurmat district, Paktia province. Two men were killed in the district.",
            "Zurmat",
            "reference",
        ),
        (
            "KABUL, Afghanistan (March 5) - Troops killed two men in an operation targeting "
            "a leader in Zurmat district, Paktia province.",
            "Zurmat",
            "sentence",
        ),
        (
            "OSLO — Rain fell on Bergen.\n\nIt was cold.\n\nIt was dark.\n\nTwo men were killed.",
            "Bergen",
            "dateline",
        ),
        ("Lviv was shelled and two men were killed.", "Lviv", "sentence"),
        ("Meridien reported two men killed in Oslo.", "Oslo", "sentence"),
        # what the engine took for a date or a body, and something happens in it
        ("Two men were killed in Sirte 14 March.", "Sirte", "sentence"),
        ("Teachers marched in Ado-Ekiti and two men were killed.", "Ado-Ekiti", "sentence"),
        ("Two men were killed, police said. The dead came from Norway.", "Norway", "story"),
    ],
)
def test_where(reader: Reader, text: str, name: str, basis: str) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert (claim.where.name, claim.where.basis) == (name, basis)


def test_each_item_of_a_list_has_its_own_place(reader: Reader) -> None:
    text = "Nine people died: four in the port of Accra, three in Lomé and two in Cotonou."
    found = [c.where.name if c.where else None for c in claims(reader, text)]
    assert found == [None, "Accra", "Lomé", "Cotonou"]


def test_each_report_of_a_round_up_is_where_its_head_says(reader: Reader) -> None:
    text = (
        "TOLVA: Gunmen shot dead two farmers on a road, police said.\n\n"
        "KESH: A bomb hurt five workers.\n\n"
        "MARREN PASS: Three people drowned when a boat sank."
    )
    told = {c.count.low: c.where for c in claims(reader, text) if c.count}
    assert {n: (w.text, w.basis) if w else None for n, w in told.items()} == {
        2: ("TOLVA", "sentence"),
        5: ("KESH", "sentence"),
        3: ("MARREN PASS", "sentence"),
    }


def test_who_speaks_twice_heads_no_report(reader: Reader) -> None:
    text = (
        "SORRELL: Two men were killed in Quellmarra.\n\n"
        "MARREN: How many were hurt?\n\n"
        "SORRELL: Nine people were injured."
    )
    assert {c.episode for c in claims(reader, text) if c.count} == {"p0"}


def test_a_body_that_no_map_has_is_no_place(reader: Reader) -> None:
    text = "Aircraft struck a camp of the Free Column, an armed group, in Quellmarra, killing 12."
    (claim,) = [c for c in claims(reader, text) if c.count]
    assert claim.where is not None
    assert claim.where.text == "Quellmarra"


def test_no_place_is_invented(reader: Reader) -> None:
    (claim,) = [c for c in claims(reader, "Two men were killed.") if c.kind == "killed"]
    assert claim.where is None
    (claim,) = [c for c in claims(reader, "Two men were killed in Quellmarra.") if c.count]
    assert claim.where is not None
    assert (claim.where.text, claim.where.lat) == ("Quellmarra", None)


def test_words_that_stand_for_no_place_named_before_place_nothing(reader: Reader) -> None:
    for text in (
        "Two men were killed in the city.",
        "Buses left Oslo. Two men were killed in the next city.",
        "Buses left Oslo. Two men were killed in the city council.",
    ):
        (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
        assert claim.where is None or claim.where.basis != "reference", text


def test_a_country_that_something_is_done_to_is_a_party(reader: Reader) -> None:
    (claim,) = [
        c for c in claims(reader, "Kenya was condemned after two men were killed in Oslo.") if c.who
    ]
    assert claim.where is not None and claim.where.name == "Oslo"


def test_a_square_is_where_the_text_put_it(reader: Reader) -> None:
    text = "Troops stormed Freedom Square in Oslo. Two men were killed in the square."
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert (claim.where.text, claim.where.name) == ("Freedom Square", "Oslo")
    assert (claim.where.precision, claim.where.basis) == ("city", "reference")


def test_a_doubtful_place_names_the_other_that_it_may_be(reader: Reader) -> None:
    (claim,) = [c for c in claims(reader, "Two men were killed in Valencia.") if c.count]
    assert claim.where is not None and claim.where.runner_up is not None
    assert {claim.where.country, claim.where.runner_up.country} == {"ES", "VE"}
    assert 0 <= claim.where.runner_up.lead <= 2
    (claim,) = [c for c in claims(reader, "Two men were killed in Valencia, Spain.") if c.count]
    assert claim.where is not None
    assert (claim.where.country, claim.where.runner_up) == ("ES", None)


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "within"),
    [
        ("Three soldiers were killed 20 km north of Gao, the army said.", "Gao", 16.45, -0.04, 10),
        ("Three people died some 12 miles south-west of Maiduguri.", "Maiduguri", 11.72, 13.03, 10),
        ("Nine people were killed outside Kirkuk on Monday.", "Kirkuk", 35.47, 44.39, 20),
        ("Nine people were killed near Kirkuk on Monday.", "Kirkuk", 35.47, 44.39, 20),
        ("Nine people were killed on the outskirts of Kirkuk.", "Kirkuk", 35.47, 44.39, 20),
        ("Two people were killed between Kyiv and Zhytomyr.", "Kyiv", 50.36, 29.60, 80),
        ("Two people died on the road from Kabul to Ghazni.", "Ghazni", 34.04, 68.80, 80),
        ("A mine killed two people on the Kabul-Ghazni highway.", "Kabul", 34.04, 68.80, 80),
        ("Two people died on the road linking Kabul and Ghazni.", "Kabul", 34.04, 68.80, 80),
        ("Two died in a raid between Kabul and Ghazni, in Afghanistan.", "Kabul", 34.04, 68.8, 80),
        ("The ship was hit off Hodeidah, killing three men.", "Al Ḩudaydah", 14.8, 42.95, 50),
        ("Two people were killed on the Bamako-Kayes road.", "Bamako", 13.53, -9.71, 250),
    ],
)
def test_beside_a_place_is_not_in_it(
    reader: Reader, text: str, name: str, lat: float, lon: float, within: int
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    place = claim.where
    assert place is not None and place.lat is not None and place.lon is not None
    assert (place.name, place.precision) == (name, "near")
    assert abs(place.lat - lat) < 0.03 and abs(place.lon - lon) < 0.03
    assert 0 < (place.uncertainty_km or 0) <= within


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Kirkuk on Monday.",
        "Nine people were killed in the north of Kirkuk.",
        "Nine people were killed in Kirkuk, near a school.",
    ],
)
def test_in_a_place_is_not_beside_it(reader: Reader, text: str) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert (claim.where.name, claim.where.precision) == ("Kirkuk", "city")


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("Shells fell on Lviv. Two men were killed in a village 12 km away.", 12),
        ("Shells fell on Lviv. Nearby, two men were killed.", 15),
        ("Troops left Lviv Oblast. Two men were killed in a neighbouring province.", 100),
    ],
)
def test_what_lies_off_the_place_named_before_is_near_it(
    reader: Reader, text: str, radius: int
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert claim.where.precision == "near"
    assert (claim.where.uncertainty_km or 0) >= radius


def test_a_district_is_where_the_text_puts_it_though_another_bears_the_whole_name(
    reader: Reader,
) -> None:
    for name in ("Daman district", "Daman District"):
        text = f"Two men were killed in {name}, Kandahar province, on Monday."
        (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
        assert claim.where is not None
        assert claim.where.country == "AF"


def test_a_border_is_as_vague_as_its_countries(reader: Reader) -> None:
    (claim,) = [
        c
        for c in claims(reader, "Six people died near the border between Mali and Niger.")
        if c.who
    ]
    assert claim.where is not None and claim.where.precision == "near"
    assert (claim.where.uncertainty_km or 0) > 200


@pytest.mark.parametrize(
    ("text", "told", "country", "lat", "lon"),
    [
        ("Nine died off the coast of Libya.", "coast of Libya", "LY", 30.8, 18.2),
        ("Nine died off the Tunisian coast.", "Tunisian coast", "TN", 35.6, 11.0),
        ("Nine died on the border of Mali and Niger.", "border of Mali and Niger", "ML", 15.6, 3.7),
        ("Nine died on the Kenya-Ethiopia border.", "Kenya-Ethiopia border", "KE", 3.6, 38.2),
        ("Nine died near Mali's border with Niger.", "Mali's border with Niger", "ML", 15.6, 3.7),
        # told of one country alone, it is that of the other which the text speaks of
        ("Rain fell on Mali. Nine died near the border with Niger.", None, "ML", 15.6, 3.7),
        # in a region, where that is nearest to it
        ("Nine died in Idlib province, Syria, on the Turkish border.", None, "SY", 36.0, 36.3),
    ],
)
def test_what_is_on_a_border_or_off_a_coast_lies_on_that_line(
    reader: Reader, text: str, told: str | None, country: str, lat: float, lon: float
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    place = claim.where
    assert place is not None and place.lat is not None and place.lon is not None
    assert (place.country, place.precision) == (country, "near")
    assert told in (None, place.text)
    assert abs(place.lat - lat) < 0.1 and abs(place.lon - lon) < 0.1


def test_guards_of_a_border_put_nothing_on_it(reader: Reader) -> None:
    (claim,) = [c for c in claims(reader, "Turkish border guards killed nine in Idlib.") if c.count]
    assert claim.where is not None
    assert (claim.where.name, claim.where.precision) == ("Idlib", "city")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("- Gao: 12 people killed\n- Kidal: 8 people killed", ["Gao", "Kidal"]),
        ("- Marib: nine killed\n- Taiz: two killed", ["Marib", "Taiz"]),
        ("- Quellmarra: two dead\n- Kidal: one dead", ["Quellmarra", "Kidal"]),
        ("Gao - Twelve people were killed on Monday.", ["Gao"]),
        ("GAO, Mali (Tolva Wire) - Twelve people were killed on Monday.", ["Gao"]),
        ("- Obama: Nine people were killed.", [None]),
    ],
)
def test_an_item_of_a_list_and_a_report_are_where_their_heads_say(
    reader: Reader, text: str, names: list[str | None]
) -> None:
    found = [c.where for c in claims(reader, text) if c.kind == "killed"]
    assert [w and (w.name or w.text) for w in found] == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Three people were killed in Oslo and eight in Bergen.", ["Oslo", "Bergen"]),
        ("Two men from Oslo were shot dead in Bergen.", ["Bergen"]),
        ("A bus crashed in Costa Rica, killing nine tourists from New York.", ["Costa Rica"]),
        ("The Jerusalem Post said nine people were killed in Hebron.", ["Hebron"]),
        ("Islamic State fighters killed nine people in Mosul.", ["Mosul"]),
        # Whoever helps, mourns or kills from afar is not where it happened, nor are fowl and china.
        ("Japan sent condolences after 30 people were killed in a quake.", [None]),
        ("Norway and Sweden sent rescuers after a quake killed 30 people.", [None]),
        ("A turkey farm burned down, killing one worker.", [None]),
        ("A turkey farm burned and one worker was killed. China plates broke.", [None]),
        ("Two people were killed as the Geneva conventions were signed.", [None]),
        # Storms and ships bear names of places, and a part is elsewhere than the whole.
        ("Tropical storm Sydney killed four people in Cebu.", ["Cebu"]),
        ("The ferry Valencia capsized and 17 people drowned.", [None]),
        ("Six people, including a boy in Bergen, were killed by bullets in Oslo.", ["Oslo"]),
        ("Nine people were killed in Oslo, including four in Bergen.", ["Oslo", "Bergen"]),
        ("Fighting in Jonglei's Uror county killed 23 people.", ["Uror County"]),
        # The town at a report's head is not where it tells of, where it tells of another.
        (
            "KABUL, Afghanistan (March 3) - Troops killed nine men in Sangin district, Helmand.",
            ["Sangīn"],
        ),
        # Where a journey ends is none either, nor where the hurt are looked after.
        ("Gunmen attacked a bus heading to Bergen near Oslo, killing nine people.", ["Oslo"]),
        ("A lorry travelling from Bergen to Oslo overturned in Hamar. Two died.", ["Hamar"]),
        ("A bus burned in Hamar. It was on its way to the capital Oslo. Two died.", ["Hamar"]),
        ("A wall fell in Hamar. The hurt were flown to Oslo. Two died.", ["Hamar"]),
        ("A wall fell in Hamar. Four were treated in Oslo. Two died.", ["Hamar"]),
        ("A wall fell in Hamar. Ten were found safe in Oslo. Two died.", ["Hamar"]),
        # ... but of those who march and move there, and where nothing else is named.
        ("Troops left Hamar. They moved to Oslo and killed two people.", ["Oslo"]),
        ("Gunmen left Hamar. They drove to Oslo and killed two people.", ["Oslo"]),
        ("Gunmen left Hamar. They drove to Oslo, where they killed two people.", ["Oslo"]),
        ("The bus left for Oslo. Gunmen killed two people on it.", ["Oslo"]),
        ("Police in Kenya's Garissa County said four people died.", ["Garissa"]),
        # Sayers speak from where it happened only if they are of that place.
        ("A monitor based in London said nine people were killed.", [None]),
        ("The London-based Tovar Watch said nine people were killed.", [None]),
        ("A spokesman in Washington said nine people were killed.", [None]),
        ("The Jerusalem Post said nine people were killed.", [None]),
        ("Officials in Oslo said nine people were killed.", ["Oslo"]),
        ("A surgeon at a hospital in Oslo said nine people were killed.", ["Oslo"]),
        ("In Oslo, a spokesman said nine people were killed.", ["Oslo"]),
        # Where it is only told or answered it did not happen.
        ('"Nine people were killed," he told reporters in Geneva.', [None]),
        ("Speaking in Geneva, the minister said nine people were killed.", [None]),
        ("At a meeting in Paris, ministers heard that nine people had been killed.", [None]),
        ("Two men were killed at a meeting in Paris.", ["Paris"]),
        ("Obama was briefed on an attack in Nice. Nine people were killed.", ["Nice"]),
        ("Gunmen killed nine people in retaliation for a raid on Bergen.", [None]),
        ("Troops killed seven in Kenya's Garissa County.", ["Garissa"]),
        ("Nine died in the Democratic People's Republic of Korea.", ["North Korea"]),
        # Where somebody or something comes from.
        ("Amin Belo, 34, of Leeds, was shot dead.", [None]),
        ("Ida Marr, 27, of Dayton, Ohio, was shot dead.", [None]),
        ("A Leeds-born engineer was shot dead.", [None]),
        ("Rifles made in Tula killed nine people.", [None]),
    ],
)
def test_whose_place_it_is(reader: Reader, text: str, places: list[str | None]) -> None:
    found = [c.where and c.where.name for c in claims(reader, text) if c.kind == "killed"]
    assert found == places


def test_a_place_that_no_map_has_is_where_its_province_is(reader: Reader) -> None:
    text = "Two men were killed in Quellmarra village of Sangin district, Helmand province."
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    place = claim.where
    assert place is not None
    assert place.text == "Quellmarra village of Sangin district, Helmand"
    assert place.chain == ("Quellmarra", "Sangin", "Helmand")
    assert (place.name, place.precision, place.country) == (None, "region", "AF")
    assert (place.admin1, place.admin2_code) == ("Helmand", "AF.10.2312")
    assert place.lat is not None and 0 < (place.uncertainty_km or 0) < 100


def test_a_place_that_nothing_contains_is_somewhere_about_the_next_one(reader: Reader) -> None:
    text = "Two men were killed in Quellmarra on Monday. Their bodies were brought to Kirkuk."
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert (claim.where.text, claim.where.precision) == ("Quellmarra", "near")
    assert claim.where.lat is not None and (claim.where.uncertainty_km or 0) >= 100


@pytest.mark.parametrize(
    ("text", "lat", "lon", "within"),
    [
        ("Two men were killed in Quellmarra, 20 km north of Gao, on Monday.", 16.45, -0.04, 10),
        ("Two men were killed at Quellmarra, a hamlet 15 km from Gao.", 16.27, -0.04, 15),
        ("Two men died in Quellmarra, on the road from Kabul to Ghazni.", 34.04, 68.80, 80),
        ("Two men were killed at Quellmarra on the Kabul-Ghazni highway.", 34.04, 68.80, 80),
    ],
)
def test_a_place_that_no_map_has_is_where_the_words_put_it_beside_another(
    reader: Reader, text: str, lat: float, lon: float, within: int
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    place = claim.where
    assert place is not None and place.lat is not None and place.lon is not None
    assert (place.text, place.precision) == ("Quellmarra", "near")
    assert abs(place.lat - lat) < 0.03 and abs(place.lon - lon) < 0.03
    assert 0 < (place.uncertainty_km or 0) <= within


def test_what_lies_by_a_border_is_in_no_country_across_it(reader: Reader) -> None:
    text = "Two men were killed in Quellmarra forest near the border with Mali."
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None
    assert (claim.where.text, claim.where.lat, claim.where.country) == ("Quellmarra", None, None)


@pytest.mark.parametrize(
    ("text", "chain", "lat"),
    [
        ("Barangay San Roque, Jolo", ("Barangay San Roque", "Jolo"), 6.05),
        ("the Al-Nur quarter of Aden", ("Al-Nur", "Aden"), 12.78),
        (
            "Sitio Quell, Barangay Marra, Pikit, North Cotabato",
            ("Sitio Quell", "Barangay Marra", "Pikit", "North Cotabato"),
            7.05,
        ),
    ],
)
def test_a_quarter_is_in_its_town(
    reader: Reader, text: str, chain: tuple[str, ...], lat: float
) -> None:
    (claim,) = [c for c in claims(reader, f"Two men were killed in {text}.") if c.count]
    place = claim.where
    assert place is not None and place.lat is not None
    assert (place.chain, place.name, place.precision) == (chain, None, "city")
    assert abs(place.lat - lat) < 0.1 and 0 < (place.uncertainty_km or 0) < 20


def test_a_village_in_brackets_is_in_its_district(reader: Reader) -> None:
    for text in (
        "Two men were killed in the village of Quellmarra (Djibo, Soum).",
        "Two men were killed in Quellmarra village (Djibo, Soum).",
        "Two men were killed in Quellmarra (Djibo, Soum).",
    ):
        (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
        place = claim.where
        assert place is not None and place.chain == ("Quellmarra", "Djibo", "Soum")
        assert place.text.startswith("Quellmarra") and place.text.endswith("(Djibo, Soum)")
        assert (place.country, place.name) == ("BF", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen staged a raid on Jowhar, killing two men.", "Jawhar"),
        ("Fighters took control of Jowhar, killing two men.", "Jawhar"),
        ("The mayor of Jowhar and two men were killed.", "Jawhar"),
        ("An attack on Pissila killed two men.", "Pissila"),
        ("Gunmen attacked Mopti, killing two men.", "Mopti"),
        ("Two men were shot dead in the department of Titao (Loroum).", "Titao"),
        # a person, or a body, or what is his
        ("An attack on Obama was planned. Two men were killed.", None),
        ("An attack on the Department of Energy killed two men.", None),
    ],
)
def test_what_is_done_to_places_is_done_there(reader: Reader, text: str, name: str | None) -> None:
    found = {c.where and c.where.name for c in claims(reader, text) if c.kind == "killed"}
    assert found == {name}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Two men were killed on Monday.", "2031-03-03", "2031-03-03"),
        (
            "Police said on Wednesday that two men had been killed on Monday.",
            "2031-03-03",
            "2031-03-03",
        ),
        ("Two men have been killed since Monday.", "2031-03-03", "2031-03-06"),
        # An hour of a day is on that day, whatever it is before or after.
        ("Two men were killed before dawn on Monday.", "2031-03-03", "2031-03-03"),
        ("Two men were killed after midnight on Monday.", "2031-03-03", "2031-03-03"),
    ],
)
def test_when(reader: Reader, text: str, start: str, end: str) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == (start, end)


def test_a_report_is_of_the_day_in_its_dateline_though_utc_is_a_day_behind(reader: Reader) -> None:
    text = "KERIM, Norland, March 4 (Meridian) - Two men were killed before dawn on Tuesday."
    published = "2031-03-03T21:40:00Z"
    document = Document(id="d", text=text, title="", outlet="The Post", published=published)
    days = {c.when.start for c in reader.read(document).claims if c.when}
    assert days == {"2031-03-04"}


def test_each_figure_of_a_row_has_its_own_day(reader: Reader) -> None:
    text = "Nine miners died late on Sunday, four on Monday and one early on Tuesday."
    days = {c.count.low: c.when.text for c in claims(reader, text) if c.count and c.when}
    assert days == {9: "late on Sunday", 4: "Monday", 1: "early on Tuesday"}


def test_each_figure_of_a_row_has_its_own_place(reader: Reader) -> None:
    text = "Six people were killed in Kirkuk, two in Mosul and one in Basra, the army said."
    places = {c.count.low: c.where.text for c in claims(reader, text) if c.count and c.where}
    assert places == {6: "Kirkuk", 2: "Mosul", 1: "Basra"}


def test_the_day_that_owns_a_deed_is_its_own_though_others_died_after_it(reader: Reader) -> None:
    told = claims(reader, "Two more people have died after Monday's bombing of a bank in Karsa.")
    days = {c.kind: (c.when.start, c.when.end) for c in told if c.when}
    assert days == {"killed": ("2031-03-03", None), "event": ("2031-03-03", "2031-03-03")}


def test_the_day_of_publication_dates_no_event(reader: Reader) -> None:
    (claim,) = [c for c in claims(reader, "Two men were killed.") if c.kind == "killed"]
    assert claim.when is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # What is told on a day has happened by then, and goes on that day.
        ("Police said on Wednesday that two men had been killed.", None, "2031-03-05"),
        ("Police said on Wednesday that men were being killed.", *["2031-03-05"] * 2),
        ("Police said on Wednesday that troops had begun shelling Oslo.", *["2031-03-05"] * 2),
        ("The army threatened on Wednesday to shell Oslo.", *["2031-03-05"] * 2),
    ],
)
def test_the_day_of_the_saying_bounds_what_was_said(
    reader: Reader, text: str, start: str | None, end: str
) -> None:
    (claim,) = claims(reader, text)
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == (start, end)


def test_the_day_of_the_saying_dates_nothing_that_is_to_come(reader: Reader) -> None:
    found = claims(reader, "The governor said on Tuesday that troops would shell Oslo.")
    assert found and all(c.when is None for c in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A bomb exploded on Tuesday. The blast killed nine people.", "2031-03-04"),
        ("Crowds marched on Tuesday. Troops shot nine people dead.", "2031-03-04"),
        ("Crowds marched on Tuesday.\n\nTroops shot nine people dead.", "2031-03-04"),
        # another scene, too far back, two days, a year, or the day of a saying
        ("Crowds marched on Tuesday. Troops have killed nine people.", None),
        ("Crowds marched on Tuesday.\n\nIt rained.\n\nTroops shot nine people dead.", None),
        ("Crowds marched on Monday and Tuesday. Troops shot nine people dead.", None),
        (
            "Crowds marched on Tuesday. It was a day after a march in Oslo. Troops shot nine dead.",
            None,
        ),
        ("Crowds marched in 2030. Troops shot nine people dead.", None),
        ("Police said on Tuesday that it was over. Troops shot nine people dead.", None),
    ],
)
def test_the_day_that_the_story_is_at_is_carried_on(
    reader: Reader, text: str, day: str | None
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    when = claim.when
    told = (when.start, when.end, when.basis) if when else (None, None, None)
    assert told == (day, day, day and "neighbour")


def test_by_bounds_a_count_and_dates_an_act(reader: Reader) -> None:
    (act,) = claims(reader, "By Tuesday, rebels seized the airport in Juba.")
    assert act.when is not None and act.when.start == act.when.end == "2031-03-04"
    (toll,) = claims(reader, "By Tuesday, 40 people had been killed.")
    assert toll.when is not None and (toll.when.start, toll.when.end) == (None, "2031-03-04")


def test_a_night_belongs_to_two_days(reader: Reader) -> None:
    text = "Clashes broke out on Tuesday. During the night, two people were killed."
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == ("2031-03-04", "2031-03-05")


@pytest.mark.parametrize("zone", ["Z", "+05:30", "-08:00"])
def test_days_are_those_of_the_place_whatever_the_offset_of_the_timestamp(
    reader: Reader, zone: str
) -> None:
    published = f"2031-03-06T23:50:00{zone}"
    text = "Two men were killed in Oslo on Thursday."
    (claim,) = reader.read(Document(id="d", text=text, published=published)).claims
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == ("2031-03-06", "2031-03-06")


def test_without_a_publication_date_relative_days_stay_open_and_a_warning_says_so(
    reader: Reader,
) -> None:
    reading = reader.read(Document(id="d", text="Two men were killed on Monday."))
    assert [c.when for c in reading.claims] == [None]
    assert any("publication" in problem for problem in reading.problems)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The governor closed the border for two weeks on Tuesday.", ("2031-03-04", "2031-03-17")),
        ("The curfew, in force since March 3, ends on March 19.", ("2031-03-03", "2031-03-19")),
        ("The governor imposed a curfew from Friday until Sunday.", ("2031-03-07", "2031-03-09")),
    ],
)
def test_a_measure_ends_where_the_text_says(
    reader: Reader, text: str, days: tuple[str, str]
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.event and c.event.type == "COERCE"]
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == days


def test_a_measure_lasts_until_its_end(reader: Reader) -> None:
    text = "On Tuesday the governor imposed a curfew until March 19."
    (claim,) = [c for c in claims(reader, text) if c.event and c.event.type == "COERCE"]
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == ("2031-03-04", "2031-03-19")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Two men were killed on Monday.", "current"),
        ("Two men were killed in a mine accident in 2019.", "background"),
        ("Since January, 60 people have been killed in clashes.", "period"),
        ("The mine collapsed in 2024. That disaster killed 43 miners.", "background"),
        ("It is the first such fire since 1989. On that occasion nine guests died.", "background"),
        ("Nothing like it was seen since 2019. That night, nine guests died.", "background"),
        ("The rains came on Sunday. That night nine guests died.", "current"),
        ("A similar attack killed nine people.", "background"),
        ("Since January the outbreak has caused 61 deaths there.", "current"),
        ("Since January outbreaks have caused 61 deaths there.", "period"),
        ("It was the worst quake since 1987, when nearly 900 people died.", "background"),
        ("So far this year 60 people have been killed there.", "period"),
        ("It came ten years after a bombing killed 63 people there.", "background"),
        ("Vell on Monday marked a decade since the raid that killed 12 people.", "background"),
        ("Another died two days after the raid that killed 12 people.", "current"),
        ("The Dawn Column claimed two attacks in Vell this week that killed 20 people.", "period"),
        ("Clashes in Vell this week killed 20 people.", "current"),
        ("The death brings to nine the number killed in Vell this week.", "period"),
        ("Nine people have been killed in Vell since Sunday.", "period"),
        ("The death brings to nine the toll of the raid since Sunday.", "current"),
        ("In May 2024 a landslide hit Vell. An agency said 670 people had died.", "background"),
        ("In May 2024 a road reached Vell. An agency said 670 people had died.", "current"),
        ("The landslide hit a road built in 2024. An agency said 670 people had died.", "current"),
        ("In May 2024 a raid killed nine men in Vell. Four of them were nurses.", "background"),
        ("Since the coup, 60 people have been killed there.", "period"),
        ("In total 60 people have been arrested since the protests began on 2 January.", "period"),
        ("The toll from the war has reached 60 dead.", "period"),
        ("Nine people have been killed since the clashes began on Friday.", "current"),
        ("Two men who had fled since the coup were shot dead on Sunday.", "current"),
        ("Since the fire on Sunday nine guests have died in hospital.", "current"),
        ("In February 60 workers lost their lives in the mines of Vell.", "period"),
        ("In February a blast killed nine workers there.", "current"),
        ("From 3 January until 2 March the office recorded 60 deaths there.", "period"),
        ("The conflict has claimed 60 lives.", "period"),
        ("The latest conflict has killed nine people.", "current"),
        ("Some 60 teachers have been killed in the decade-long insurgency.", "period"),
        ("Nine soldiers have been killed in the war in Karsa this week.", "current"),
        ("The raid came two weeks after gunmen killed nine nurses.", "background"),
        ("Police arrested a man a week after the bomb that killed nine people.", "current"),
        ("Ada Voss had been in Karsa last week when nine guards were shot dead.", "background"),
        ("Troops had been searching the hills yesterday when nine were shot dead.", "current"),
    ],
)
def test_scope(reader: Reader, text: str, scope: str) -> None:
    found = [c for c in claims(reader, f"A miner was killed on Monday. {text}") if c.count]
    assert [c.scope for c in found][-1] == scope
    assert found[0].scope == "current"


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("The toll was nine dead, 20 injured.", ["period", "period"]),
        ("Raiders killed nine herders.", ["current"]),
        ("On 2 March nine herders were killed. A guard died.", ["current", "current"]),
        ("Nine are missing.", ["current"]),
    ],
)
def test_what_a_report_sums_is_of_its_stretch(reader: Reader, text: str, scopes: list[str]) -> None:
    lead = "From 3 January until 2 March the office recorded 60 deaths and 70 injuries."
    first, second, *rest = [c for c in claims(reader, f"{lead} {text}") if c.count]
    assert {first.scope, second.scope} == {"period"}
    assert [c.scope for c in rest] == scopes
    for claim in (first, *(c for c in rest if c.scope == "period")):
        assert claim.when is not None
        assert (claim.when.start, claim.when.end) == ("2031-01-03", "2031-03-02")


def test_what_a_report_covers_is_the_period_of_its_bare_totals(reader: Reader) -> None:
    lead = "This report covers the period from 3 January until 2 March."
    text = f"{lead} The office recorded 60 deaths. On 4 March raiders killed nine herders in Karsa."
    found = [c for c in claims(reader, text) if c.count]
    assert [c.scope for c in found] == ["period", "current"]
    assert found[0].when is not None
    assert (found[0].when.start, found[0].when.end) == ("2031-01-03", "2031-03-02")


@pytest.mark.parametrize(
    ("lead", "scopes"),
    [
        # What the lead tells of is what the text is about, months later too.
        ("A coroner has ruled that 58 people died in the slide of October 4.", ["current"]),
        ("Fifty-eight soldiers died, and inspectors knew it by the end of October.", ["current"]),
        ("A coroner has ruled that 58 people died in the slide of October 2024.", ["background"]),
        ("Ten died in Vell after 12 people were killed there in October.", [None, "background"]),
    ],
)
def test_a_lead_tells_what_a_text_is_about(
    reader: Reader, lead: str, scopes: list[str | None]
) -> None:
    found = [c for c in claims(reader, f"{lead} A miner was hurt on Monday.") if c.count]
    dead = [c.scope for c in found if c.kind == "killed"]
    assert [s for s, told in zip(dead, scopes, strict=True) if told] == [s for s in scopes if s]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("A raid took place in Vell on 3 March 2030. Twelve people were killed.", "current"),
        ("Two men were killed in a mine accident in 2019.", "current"),
        ("Monitors documented on Wednesday the killing of 34 villagers in April 2030.", "current"),
        ("Villagers marked the anniversary of the flood that killed nine people.", "background"),
        ("It was the worst quake since 1987, when nearly 900 people died.", "background"),
        ("A raid killed nine in 2019. A fire killed 30 in 2027.", "background"),
    ],
)
def test_a_report_without_another_story_is_about_an_old_one(
    reader: Reader, text: str, scope: str
) -> None:
    found = [c for c in claims(reader, text) if c.kind == "killed"]
    assert {c.scope for c in found} == {scope}


def test_a_harm_names_the_event_that_caused_it(reader: Reader) -> None:
    (claim,) = [c for c in claims(reader, "Two men were killed in a car bombing.") if c.count]
    assert claim.event is not None
    assert claim.event.type == "ASSAULT"


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people died, including three children.",
        "Twelve people died on Monday.\n\nIt rained all day.\n\nAmong the dead were two brothers.",
        "Twelve people drowned, the coast guard said.\n\nThe boat was old. Three of the dead were girls.",
        "At least 27 people drowned. The pier was shut. Two of them died in hospital.",
    ],
)
def test_a_figure_and_its_part_are_linked(reader: Reader, text: str) -> None:
    whole, part = [c for c in claims(reader, text) if c.count]
    assert (part.part_of, whole.part_of) == (whole.id, None)


@pytest.mark.parametrize(
    "text",
    [
        "Two miners died on Monday. The shaft was old. Twelve of them died last year.",
        "Nine miners were hurt on Monday. Two of them died.",
        "Twelve people died on Monday. Police shot three people on Friday.",
    ],
)
def test_what_cannot_be_some_of_those_told_before_is_no_part(reader: Reader, text: str) -> None:
    assert {c.part_of for c in claims(reader, text)} == {None}


def test_ids_are_stable_and_depend_on_the_document(reader: Reader) -> None:
    text = "Two men were killed on Monday."
    first, again = claims(reader, text), claims(reader, text)
    assert [c.id for c in first] == [c.id for c in again]
    other = reader.read(Document(id="e", text=text, published=DAY)).claims
    assert {c.id for c in other}.isdisjoint(c.id for c in first)


def test_every_claim_says_which_rules_made_it(reader: Reader) -> None:
    text = "Police said two men were killed on Monday when troops fired on a crowd in Oslo."
    for claim in claims(reader, text):
        assert {"sources", "modality"} <= set(claim.because)
        assert ("count" if claim.count else "event") in claim.because


def test_another_language_is_set_aside(reader: Reader) -> None:
    reading = reader.read(Document(id="d", text="Zwei Menschen starben.", language="de"))
    assert (reading.claims, len(reading.problems)) == ((), 1)


def test_the_day_of_a_dateline_dates_the_sentence_behind_it(reader: Reader) -> None:
    (first,) = claims(reader, "OSLO, March 4, 2031 (Meridien) — Two men were killed.")
    assert first.when is not None and first.where is not None
    assert (first.when.start, first.when.basis) == ("2031-03-04", "dateline")
    assert (first.where.name, first.where.basis) == ("Oslo", "dateline")
    (own,) = claims(reader, "OSLO, March 4, 2031 (Meridien) — Two men were killed on Monday.")
    assert own.when is not None and own.when.basis == "sentence"


FIELDS = ("event", "count", "who", "by", "to", "where", "when", "part_of")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels killed nine people in Oslo on Monday, including a nurse, police said.",
        "The army blamed rebels for the bombing of a school in Oslo.",
        "No one was hurt.",
        "Rebels murdered farmers near Oslo.",
        "Ada Brask was abducted and later killed.",
        "Police arrested 45 people and the mayor met union leaders.",
    ],
)
def test_because_names_the_rule_of_every_field(reader: Reader, text: str) -> None:
    found = claims(reader, text)
    assert found
    for claim in found:
        given = {name for name in FIELDS if getattr(claim, name) is not None}
        if claim.kind != "event":
            given = given - {"event"} | {"kind", "scope"}
        assert given | {"sources", "modality"} <= set(claim.because), claim


def test_the_date_of_a_citation_dates_no_event(reader: Reader) -> None:
    (cited,) = claims(reader, "Nine people were killed (Red Crescent, 4 March).")
    assert cited.when is None
    assert [source.text for source in cited.sources] == ["Red Crescent"]
    (dated,) = claims(reader, "Nine people were killed on Monday (Red Crescent, 4 March).")
    assert dated.when is not None
    assert dated.when.start == "2031-03-03"


def test_a_denial_stands_beside_the_figure_that_it_denies(reader: Reader) -> None:
    said, denied = sorted(
        claims(reader, "The mayor said six men had been killed; the police denied it."),
        key=lambda c: c.modality,
        reverse=True,
    )
    assert [(c.modality, c.sources[0].text) for c in (said, denied)] == [
        ("reported", "mayor"),
        ("denied", "police"),
    ]
    assert said.count == denied.count
    assert said.id != denied.id


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels killed three US soldiers at a post in Jordan.", "JO"),
        ("Rebels killed three US soldiers.", "US"),
    ],
)
def test_whose_soldiers_they_are_is_not_where_they_died(
    reader: Reader, text: str, country: str
) -> None:
    (claim,) = [c for c in claims(reader, text) if c.kind == "killed"]
    assert claim.where is not None and claim.where.country == country
