"""Which place lies in which, where the gazetteer has a container more than once, otherwise or not
as what the text calls it. The villages are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.language.gazetteer import Gazetteer
from sayso.language.geography import additions
from sayso.language.places import places

VILLAGES = """name,lat,lon,country,admin1
Dolsare,6.71,14.32,CM,Adamaoua
Petit-Berou,4.91,-6.41,CI,Lower Coast
Mesaru,-7.05,146.32,PG,Morobe
Upper Zenda,-7.02,146.35,PG,Morobe
Far Zenda,-9.40,147.10,PG,Central
Assinfuro,5.28,-0.88,GH,Central
"""


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    folder: Path = tmp_path_factory.mktemp("villages")
    (folder / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    additions.add(folder / "mine.db", [folder / "villages.csv"])
    known = Gazetteer.open(folder / "mine.db")
    yield known
    known.close()


@pytest.mark.parametrize(
    ("text", "village", "container", "country", "admin1"),
    [
        # a container of two countries, spelt otherwise in the one where the village lies
        ("Two men died at Dolsare, in Adamawa Region.", "Dolsare", "Adamawa Region", "CM", True),
        ("DOLSARE, Adamawa Region - Two men died.", "DOLSARE", "Adamawa Region", "CM", True),
        ("Two men died in Yola, Adamawa State.", "Yola", "Adamawa State", "NG", True),
        # ... or that has the word for its kind in its name in others alone
        ("A wall fell at Assinfuro, in the Central Region.", "Assinfuro", "Central Region", "GH", True),
        # one that the gazetteer has only as a town
        ("Five people died at Petit-Berou (San-Pedro).", "Petit-Berou", "San-Pedro", "CI", False),
        ("A hill fell on Mesaru, Upper Zenda district.", "Mesaru", "Upper Zenda", "PG", True),
    ],
)  # fmt: skip
def test_the_village_and_the_container_that_fit_are_meant(
    parse, villages, text, village, container, country, admin1
):
    found = {p.text: p for p in places(parse(text), villages)}
    assert found[village].name.lower() == village.lower()
    assert found[village].country == found[container].country == country
    assert not admin1 or found[village].admin1 == found[container].admin1


def test_a_village_too_far_off_is_not_in_a_district(parse, villages):
    found = {p.text: p for p in places(parse("It fell on Mesaru, Far Zenda district."), villages)}
    assert found["Mesaru"].name is None


@pytest.mark.parametrize(
    ("text", "region", "country"),
    [
        ("Gunmen stopped a bus in Cameroon's Adamawa Region.", "Adamawa Region", "CM"),
        ("Cameroonian police said gunmen stopped a bus in Adamawa Region.", "Adamawa Region", "CM"),
        ("Gunmen stopped a bus in Adamawa Region.", "Adamawa Region", "NG"),
        ("They left Yaounde and Garoua. Two died in Adamawa Region.", "Adamawa Region", "CM"),
        ("Gunmen killed two in Kaya, Centre-Nord Region.", "Centre-Nord Region", "BF"),
        ("A crush killed two in Ghana's Central Region.", "Central Region", "GH"),
        ("A crush killed two in Malawi's Central Region.", "Central Region", "MW"),
    ],
)
def test_a_region_is_that_of_the_land_which_the_text_speaks_of(
    parse, gazetteer, text, region, country
):
    found = {p.text: p for p in places(parse(text), gazetteer)}
    assert (found[region].country, found[region].precision) == (country, "region")
