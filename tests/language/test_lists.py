"""Lists of places of a user's own: CSV and GeoJSON, their rows invented here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.language.gazetteer import Gazetteer
from sayso.language.geography import additions
from sayso.language.places import places, spot

OCHA = """featureName,ADM0_PCODE,ADM1_EN,ADM2_EN,ADM3_EN,Latitude,Longitude,Population
Qelvorin,AF,Hilmand,Nad Ali,Qelvor,31.60,64.20,"1,200"
Brathu,AF,Nowhere Province,,,31.70,64.30,
,AF,Helmand,,,31.80,64.40,5
"""


def added(tmp_path: Path, *files: Path) -> Gazetteer:
    target = tmp_path / "mine.db"
    additions.add(target, list(files))
    return Gazetteer.open(target)


def test_a_list_in_the_manner_of_ocha_is_read(tmp_path: Path) -> None:
    file = tmp_path / "afg.csv"
    file.write_text(OCHA, encoding="utf-8")
    known = added(tmp_path, file)
    (village,) = known.find("Qelvorin")
    assert (village.country, village.population, village.geonameid) == ("AF", 1200, None)
    told = spot(village, known)
    assert (told["admin1"], told["admin2"], told["admin3"]) == ("Helmand", "Nād ‘Alī", "Qelvor")
    assert told["admin2_code"] == "AF.10.2308"
    (other,) = known.find("Brathu")
    assert spot(other, known)["admin1"] == "Nowhere Province"
    assert "your own lists" in known.info()["added"]


def test_what_a_list_has_is_meant_whatever_countries_a_text_names(
    tmp_path: Path, parse: Callable
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,lat,lon,country\nQelvorin,1.5,2.5,NG\n", encoding="utf-8")
    text = "Two men died in Kabul and four in Cotonou, Benin. Three died in Qelvorin on Sunday."
    told = {m.text: m.country for m in places(parse(text), added(tmp_path, file))}
    assert told["Qelvorin"] == "NG"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_go_by_many_names_and_marks(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "mine.csv"
    rows = [
        ["Place", "Y", "X", "Country", "Aliases"],
        ["Qelvorin", "1.5", "2.5", "Nigeria", "Qelvo"],
    ]
    file.write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    known = added(tmp_path, file)
    (village,) = known.find("Qelvo")
    assert (village.name, village.lat, village.lon, village.country) == ("Qelvorin", 1.5, 2.5, "NG")


def test_geojson_gives_points_and_the_middle_of_outlines(tmp_path: Path) -> None:
    file = tmp_path / "mine.geojson"
    shapes = {
        "Qelvorin": {"type": "Point", "coordinates": [2.5, 1.5]},
        "Brathu": {"type": "Polygon", "coordinates": [[[2, 1], [4, 1], [4, 3], [2, 3], [2, 1]]]},
    }
    features = [
        {"type": "Feature", "properties": {"name": name, "iso3": "NGA"}, "geometry": shape}
        for name, shape in shapes.items()
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    known = added(tmp_path, file)
    found = {name: next(iter(known.find(name))) for name in shapes}
    assert {n: (c.lat, c.lon, c.country) for n, c in found.items()} == {
        "Qelvorin": (1.5, 2.5, "NG"),
        "Brathu": (2.0, 3.0, "NG"),
    }


def test_a_list_added_again_is_known_and_a_newer_one_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,lat,lon\nQelvorin,1,2\n")
    target = tmp_path / "mine.db"
    assert additions.add(target, [file]).new == ("mine.csv",)
    assert additions.add(target, [file]).known == ("mine.csv",)
    file.write_text("name,lat,lon\nBrathu,1,2\n")
    assert additions.add(target, [file]).entries == 1
    assert not Gazetteer.open(target).find("Qelvorin")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "name,population\nQelvorin,5\n", "lacks lat and lon"),
        ("a.csv", "name,lat,lon\nQelvorin,95,2\n", "row 1: 95, 2 is no point"),
        ("a.csv", "name,lat,lon\nQelvorin,north,2\n", "row 1"),
        ("a.csv", "name,lat,lon\n", "no row with a name and a point"),
        ("a.geojson", "[1, 2]", "no GeoJSON"),
        ("a.geojson", '{"features": [{"geometry": null}]}', "no GeoJSON"),
    ],
)
def test_a_list_that_is_none_is_named_and_nothing_is_kept(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(InputError, match=told):
        additions.add(tmp_path / "mine.db", [file])
    assert not (tmp_path / "mine.db").exists()
