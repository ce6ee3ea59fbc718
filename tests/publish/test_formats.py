"""What goes out in the columns of others: held against the lists that they publish."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import duckdb
import hxl as humanitarian
import pytest
from hostile import TRAP
from laying import board, whole
from msgspec.structs import replace

from sayso.errors import SettingsError
from sayso.publish import acled, codes, exports, hxl, packages, polecat, rows, ucdp
from sayso.publish.board import Board, Line, Text
from sayso.records import (
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Incident,
    Origin,
    Party,
    Place,
    Toll,
    When,
)

# Each is copied from what the project publishes: ACLED's data export, the codebook of UCDP GED 25.1,
# and the header of POLECAT's files.
ACLED = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2
admin3 location latitude longitude geo_precision source source_scale notes fatalities tags timestamp""".split()
ACLED += ["admin1_code", "admin2_code", "status", "signed", "after_signing"]  # ours, behind theirs
GED = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
number_of_sources source_article source_office source_date source_headline source_original where_prec
where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region
event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa
gwnob""".split()
GED += ["adm_1_code", "adm_2_code"]  # ours, behind theirs
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|"
    "Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|"
    "GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|"
    "Story Locations|Language|Version|Mended"
).split("|")

IDS = ("event_id_cnty", "relid", "incident", "Event ID")

PLACE = Place(
    text="Karsa", name="Kars", geonameid=743952, lat=40.6, lon=43.1, country="TR", precision="city"
)


def incident(
    by: str | None = "security_forces",
    who: str = "protesters",
    type: str = "ASSAULT",
    mode: str | None = "firearms",
    killed: tuple[int | None, int | None, int | None] = (13, None, 18),
    dead: str = "unspecified",
) -> Board:
    """Soldiers shoot at a crowd in a town that is on the map, as one text tells it."""
    text = "Police opened fire on protesters in Karsa on Tuesday, killing at least 13."
    document = Document(
        id="d1", text=text, title="Police fire on crowd", outlet="Lantern", published="2031-03-05"
    )
    when = When(text="Tuesday", start="2031-03-04", end="2031-03-04")
    common = {
        "by": Party(text="police", category=by) if by else None,
        "where": PLACE,
        "when": when,
        "event": Event(type=type, mode=mode),
        "evidence": Evidence(start=0, end=len(text), text=text),
    }
    shooting = Claim(id="c1", kind="event", to=Party(text="protesters", category=who), **common)
    toll_claim = Claim(
        id="c2",
        kind="killed",
        count=Count(low=13, high=18, text="13"),
        who=Party(text="people", category=dead),
        **common,
    )
    low, best, high = killed
    toll = Toll(
        kind="killed", who=dead, low=low, best=best, high=high, copies=0, withdrawn=(), disputed=(),
        origins=(Origin(name="health ministry", kind="official", claims=("c2",)),), because="best: latest",
    )  # fmt: skip
    made = Incident(
        id="karsa-2031-03-04", title="Police fire on crowd", type=type, where=PLACE, when=when,
        documents=("d1",), copy_groups=(), tolls=(toll,), curve=(), final={}, claims=("c1", "c2"),
    )  # fmt: skip
    return board(made, [document], {"d1": [shooting, toll_claim]})


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(acled.COLUMNS, ACLED), (ucdp.COLUMNS, GED), (polecat.COLUMNS, POLECAT)],
    ids=["acled", "ucdp-ged", "polecat"],
)
def test_the_columns_are_the_published_ones(ours: dict[str, str], theirs: list[str]) -> None:
    assert list(ours) == theirs
    assert all(ours.values())


def test_an_incident_in_acled_s_terms() -> None:
    row = acled.row(incident())
    assert list(row) == ACLED
    assert row["sub_event_type"] == "Excessive force against protesters"
    assert row["event_type"] == "Protests"
    assert row["disorder_type"] == "Political violence; Demonstrations"
    assert (row["inter1"], row["inter2"]) == ("State forces", "Protesters")
    assert row["interaction"] == "State forces-Protesters"
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2031-03-04", "2031", 1)
    assert (row["iso"], row["country"], row["geo_precision"]) == (792, "Turkey", 1)
    assert row["fatalities"] == 13  # there is no best: the lower bound
    assert "Between 13 and 18 people were killed" in row["notes"]


@pytest.mark.parametrize(
    ("precision", "radius", "geo", "where"),
    [("near", 15, 2, 2), ("near", 80, 2, 5), ("near", 390, 3, 5), ("region", 50, 3, 4)],
)
def test_how_sure_a_place_is_follows_its_radius(
    precision: str, radius: int, geo: int, where: int
) -> None:
    one = incident()
    place = replace(one.incident.where, precision=precision, uncertainty_km=radius)
    one = dataclasses.replace(one, incident=replace(one.incident, where=place))
    assert acled.row(one)["geo_precision"] == geo
    assert ucdp.row(one)["where_prec"] == where


def test_an_incident_in_ucdp_s_terms() -> None:
    row = ucdp.row(incident(who="civilians", dead="civilians"))
    assert list(row) == GED
    assert row["type_of_violence"] == 3
    assert (row["low"], row["best"], row["high"]) == (13, 13, 18)
    assert row["deaths_civilians"] == 13 and row["deaths_unknown"] == ""
    assert row["geom_wkt"] == "POINT (43.1 40.6)"
    assert row["priogrid_gid"] == 261 * 720 + 446 + 1
    assert (row["date_prec"], row["where_prec"], row["event_clarity"]) == (1, 1, 1)
    rebels = ucdp.row(incident(by="militants", who="security_forces", dead="security_forces"))
    assert rebels["type_of_violence"] == 1 and rebels["deaths_a"] == 13


def test_a_disaster_is_a_row_of_acled_only_if_asked_for() -> None:
    flood = incident(by=None, who="unspecified", type="DISASTER", mode="flood")
    assert not list(acled.table(whole(flood)))
    (told,) = acled.table(whole(flood), disasters=True)
    assert told["sub_event_type"] == "" and told["fatalities"] == 13
    assert list(acled.table(whole(incident()))) == [acled.row(incident())]


def test_no_part_of_the_dead_is_more_than_the_row_has() -> None:
    one = incident(killed=(13, 13, None))
    (people,) = one.rows
    for who, dead in (("children", 19), ("militants", 13)):
        more = replace(people.toll, who=who, low=19, best=19, high=19)
        both = dataclasses.replace(one, rows=(people, dataclasses.replace(people, toll=more)))
        assert acled.row(both)["fatalities"] == dead


def test_where_no_rule_holds_there_is_no_code() -> None:
    nobody = incident(by=None, who="unspecified", type="DISASTER", mode=None)
    assert acled.row(nobody)["event_type"] == "" and ucdp.row(nobody)["type_of_violence"] is None
    assert codes.coded(nobody, "acled").code is None


@pytest.mark.parametrize(
    ("by", "who", "type", "mode", "code"),
    [
        (
            "militants",
            "unspecified",
            "ASSAULT",
            None,
            "Armed clash",
        ),  # of the dead, who are soldiers
        (None, "military", "ASSAULT", None, "Armed clash"),
        (None, "civilians", "ASSAULT", "beat", "Attack"),
        ("civilians", "civilians", "ASSAULT", None, "Mob violence"),
        ("civilians", "unspecified", "PROTEST", "strike", "Peaceful protest"),
    ],
)
def test_sides_are_those_of_all_claims(
    by: str | None, who: str, type: str, mode: str | None, code: str
) -> None:
    dead = "military" if who == "unspecified" else "unspecified"
    assert codes.coded(incident(by, who, type, mode, dead=dead), "acled").code == code


def with_act(read: Board, rule: str) -> Board:
    """The same incident, the words of all its claims telling of an act by a rule."""
    claims = [
        replace(line.claim, because=line.claim.because | {"act": rule})
        for line in read.lines.values()
    ]
    return board(read.incident, read.documents, {"d1": claims})


@pytest.mark.parametrize(
    ("by", "who", "mode", "act", "code"),
    [
        ("militants", "civilians", None, "act.sure:Suicide bomb", "Suicide bomb"),
        ("militants", "civilians", None, "act.likely:Suicide bomb", "Attack"),
        (
            "militants",
            "military",
            None,
            "act.sure:Attack",
            "Armed clash",
        ),  # sides are the grammar's
        ("militants", "civilians", "explosives", "act.likely:Grenade", "Grenade"),
        (
            "militants",
            "civilians",
            "explosives",
            "act.sure:Arrests",
            "Remote explosive/landmine/IED",
        ),
        (None, "civilians", None, "act.none", None),
        ("militants", "civilians", None, "act.none", "Attack"),
    ],
)
def test_learned_words_go_no_further_than_the_grammar_lets_them(
    by: str | None, who: str, mode: str | None, act: str, code: str | None
) -> None:
    read = with_act(incident(by, who, "ASSAULT", mode), act)
    assert codes.coded(read, "acled").code == code


@pytest.mark.parametrize(("year", "code"), [("2025", None), ("2030", "Attack")])
def test_what_is_recalled_years_after_is_no_row(year: str, code: str | None) -> None:
    read = incident("militants", "civilians", mode=None)
    day = f"{year}-03-04"
    old = replace(read.incident, when=When(text=year, start=day, end=day))
    assert codes.coded(dataclasses.replace(read, incident=old), "acled").code == code


def test_soldiers_who_die_in_an_accident_fought_nobody() -> None:
    read = with_act(incident(None, "unspecified", dead="military"), "act.none")
    claims = [replace(read.lines["c2"].claim, event=None)]
    crash = board(read.incident, read.documents, {"d1": claims})
    assert codes.coded(crash, "acled").code is None


def test_a_type_that_a_person_set_is_coded_and_no_other() -> None:
    read = incident()
    for type, code in (("ASSAULT", codes.coded(read, "acled").code), ("DISASTER", None)):
        mended = replace(read.incident, type=type, mended=("type",))
        assert codes.coded(dataclasses.replace(read, incident=mended), "acled").code == code


def dead_of(*groups: tuple[str, int, str | None]) -> Board:
    """An incident of which one text counts the dead of groups, each part of another or of none."""
    read = incident(by="militants", who="military")
    counted = read.lines["c2"].claim
    claims = [
        replace(
            counted,
            id=f"c{n}",
            count=Count(low=dead, high=dead, text=str(dead)),
            who=Party(text=who, category=who),
            part_of=part,
        )
        for n, (who, dead, part) in enumerate(groups, 2)
    ]
    tolls = tuple(
        replace(
            read.incident.tolls[0],
            who=claim.who.category,
            low=claim.count.low,
            high=claim.count.high,
            origins=(Origin(name="health ministry", kind="official", claims=(claim.id,)),),
        )
        for claim in claims
    )
    made = replace(read.incident, tolls=tolls, claims=("c1", *(claim.id for claim in claims)))
    return board(made, read.documents, {"d1": [read.lines["c1"].claim, *claims]})


@pytest.mark.parametrize(
    ("groups", "dead"),
    [
        ((("military", 3, None), ("militants", 5, None)), 8),
        ((("civilians", 9, None), ("children", 3, "c2")), 9),
        ((("unspecified", 9, None), ("military", 3, None)), 9),
        ((("unspecified", 0, None), ("civilians", 4, None)), 4),
        ((("unspecified", 0, None), ("military", 2, None), ("militants", 3, None)), 5),
        ((("civilians", 0, None), ("military", 2, None)), 2),
    ],
    ids=["apart", "part", "all", "none of some", "none of others", "no civilians"],
)
def test_groups_of_the_dead_add_and_a_part_never_does(
    groups: tuple[tuple[str, int, str | None], ...], dead: int
) -> None:
    assert acled.row(dead_of(*groups))["fatalities"] == dead


def test_side_a_is_the_state() -> None:
    row = ucdp.row(
        dead_of(("military", 3, None), ("security_forces", 2, None), ("militants", 5, None))
    )
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (
        1,
        "Government of Turkey",
        "police",
    )
    assert (row["deaths_a"], row["deaths_b"], row["best"]) == (5, 5, 10)


def test_what_nobody_counted_is_empty_and_never_nought() -> None:
    none = incident(killed=(None, None, None))
    assert acled.row(none)["fatalities"] is None
    assert ucdp.row(none)["best"] is None
    assert rows.number(None) is None


def test_an_event_of_polecat_is_told_by_all_claims_that_share_its_id() -> None:
    read = incident()
    shared = tuple(
        dataclasses.replace(text, lines=tuple(map(_of_one_event, text.lines)))
        for text in read.texts
    )
    one = dataclasses.replace(read, texts=shared)
    (row,) = polecat.table(one, "1.0")
    assert (row["Event ID"], row["Actor Name"], row["Recipient Name"]) == (
        "c1",
        "police",
        "protesters",
    )
    (record,) = polecat.records(one)
    assert (record["id"], record["dead"]) == ("c1", 13)


def _of_one_event(line: Line) -> Line:
    claim = line.claim
    by = claim.by if claim.kind != "event" else None  # only the harm names who did it
    return dataclasses.replace(
        line, claim=replace(claim, by=by, event=Event(type="ASSAULT", mode="firearms", id="e0"))
    )


def test_events_in_polecat_s_terms() -> None:
    first, second = polecat.table(incident(), "1.0")
    assert list(first) == POLECAT
    assert (first["Event Type"], first["Quad Code"]) == ("ASSAULT", "MATERIAL CONFLICT")
    assert (first["Primary Actor Sector"], first["Primary Recipient Sector"]) == ("COP", "CVL")
    assert (first["Country"], first["City"], first["Province"]) == ("TUR", "Kars", "None")
    assert first["Version"] == "Sayso 1.0" and second["Event ID"] == "c2"
    assert first["Mended"] == "None"


def test_what_a_person_mended_is_marked_in_events_too() -> None:
    read = incident()
    mended = dataclasses.replace(
        read,
        incident=replace(read.incident, mended=("where",)),
        texts=tuple(_mended(text) for text in read.texts),
    )
    first, _ = polecat.table(mended, "1.0")
    assert first["Mended"] == "published incident.where"
    assert next(polecat.records(mended))["mended"] == ["published", "incident.where"]


def _mended(text: Text) -> Text:
    lines = tuple(
        dataclasses.replace(line, document=replace(line.document, mended=("published",)))
        for line in text.lines
    )
    return dataclasses.replace(text, lines=lines)


def test_events_as_records_of_plover(laid: Board) -> None:
    first, second = polecat.records(incident())
    assert (first["event"], first["mode"]) == ("ASSAULT", "firearms")
    assert first["source"] == {"name": "police", "sector": "COP"}
    assert second["dead"] == 13 and "dead" not in first
    told = list(polecat.records(laid))
    assert all(json.loads(json.dumps(record)) == record for record in told)
    printed = {text.document.id for text in laid.texts}
    assert {r["publisher"] for r in told} <= {d.outlet for d in laid.documents if d.id in printed}


def test_hxl_is_read_by_the_library_of_hxl(laid: Board, tmp_path: Path) -> None:
    path = tmp_path / "tolls.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        count = packages.write(out, hxl.COLUMNS, hxl.table(laid), tags=hxl.TAGS)
    with path.open(encoding="utf-8", newline="") as file:
        source = humanitarian.data(list(csv.reader(file)))
    assert source.display_tags == list(hxl.TAGS.values())
    back = list(source)
    assert len(back) == count == len(laid.rows)
    dead = [row for row in back if row.get("#affected+type") == "killed"]
    assert dead[0].get("#affected+num+min") == "18" and dead[0].get("#affected+num+max") == "27"


def test_a_package_says_what_each_column_holds_and_by_which_policy(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    beside = packages.describe(
        path, packages.package(path, "incidents", acled.COLUMNS, rows.POLICY)
    )
    told = json.loads(beside.read_text(encoding="utf-8"))
    (resource,) = told["resources"]
    assert resource["path"] == "incidents.csv"
    fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert (
        list(fields) == ACLED and fields["fatalities"] == "integer" and fields["notes"] == "string"
    )
    assert told["sayso"]["number"].startswith("best")
    assert resource["schema"]["missingValues"] == [""]


@pytest.mark.parametrize("columns", [acled.COLUMNS, ucdp.COLUMNS, hxl.COLUMNS, exports.COLUMNS])
def test_what_a_package_calls_a_number_is_one(
    columns: dict[str, str], laid: Board, told, found
) -> None:
    one = incident()
    made = {
        id(acled.COLUMNS): [acled.row(one), acled.row(laid)],
        id(ucdp.COLUMNS): [ucdp.row(one), ucdp.row(laid)],
        id(hxl.COLUMNS): [*hxl.table(one), *hxl.table(laid)],
        id(exports.COLUMNS): list(exports.table(*told, found)),
    }[id(columns)]
    for row in made:
        for name, cell in row.items():
            if packages.kind(name) != "string" and cell not in (None, ""):
                float(cell)


def test_parquet_comes_back_as_it_was_written(told, found, tmp_path: Path) -> None:
    path = tmp_path / "claims' table.parquet"
    made = list(exports.table(*told, found))
    count = packages.parquet(path, exports.COLUMNS, made, exports.POLICY)
    back = duckdb.read_parquet(str(path))
    assert back.columns == list(exports.COLUMNS) and count == len(made)
    assert [row[0] for row in back.fetchall()] == [row["claim"] for row in made]
    low = back.project("low").fetchall()
    assert [one for (one,) in low] == [row["low"] for row in made]
    (kept,) = duckdb.sql(
        f"SELECT value FROM parquet_kv_metadata('{str(path).replace(chr(39), chr(39) * 2)}') WHERE key = 'datapackage'"
    ).fetchall()[0]
    assert json.loads(bytes(kept))["sayso"] == exports.POLICY


def test_csv_comes_back_as_it_was_written(told, found) -> None:
    out = io.StringIO()
    exports.csv(out, *told, found)
    back = list(csv.DictReader(io.StringIO(out.getvalue())))
    for row, was in zip(back, exports.table(*told, found), strict=True):
        for name, cell in was.items():
            assert row[name].removeprefix("'") == ("" if cell is None else str(cell)).removeprefix(
                "'"
            )


def test_fields_are_chosen_and_unknown_ones_named() -> None:
    assert list(packages.chosen(exports.COLUMNS, ["low", "claim"])) == ["low", "claim"]
    with pytest.raises(SettingsError, match="no field nonsense"):
        packages.chosen(exports.COLUMNS, ["nonsense"])


def test_hostile_words_do_nothing_in_any_format(hostile: Board, tmp_path: Path) -> None:
    whole = [
        acled.row(hostile),
        ucdp.row(hostile),
        *hxl.table(hostile),
        *polecat.table(hostile, "1"),
    ]
    for row in whole:
        for name, cell in row.items():
            if isinstance(cell, str):
                assert name in IDS or not set(cell) & set("\x00\x1b\u202e\n")
    out = io.StringIO()
    packages.write(out, {"a": "a"}, [{"a": "=1+1"}, {"a": TRAP}])
    assert "'=1+1" in out.getvalue()


def test_an_incident_without_a_place_or_a_day_is_a_row_too() -> None:
    bare = incident()
    bare = replace(bare.incident, where=None, when=None)
    one = board(
        bare, incident().documents, {"d1": [line.claim for line in incident().lines.values()]}
    )
    assert acled.row(one)["event_date"] == "" and acled.row(one)["geo_precision"] is None
    assert ucdp.row(one)["date_prec"] is None and ucdp.row(one)["geom_wkt"] == ""
    assert next(iter(hxl.table(one)))["start"] == ""
