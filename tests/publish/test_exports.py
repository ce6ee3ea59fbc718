from __future__ import annotations

import csv
import io
import json

import msgspec
from hostile import TRAP

from sayso.publish import exports
from sayso.publish.board import Board
from sayso.records import Claim, Evidence, Heading, Place, RunnerUp


def written(write, documents, claims, incidents) -> tuple[str, int]:
    out = io.StringIO()
    count = write(out, documents, claims, incidents)
    return out.getvalue(), count


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def placed(place: Place | None) -> Claim:
    return Claim(id="c", kind="event", where=place, evidence=Evidence(start=0, end=1, text="x"))


def test_csv_has_a_row_for_each_claim_and_says_how_many(told, found) -> None:
    text, count = written(exports.csv, *told, found)
    assert len(rows(text)) == count == sum(map(len, told[1].values()))


def test_csv_columns_are_those_documented(told, found) -> None:
    text, _ = written(exports.csv, *told, found)
    assert text.splitlines()[0].split(",") == list(exports.COLUMNS)


def test_csv_rows_quote_their_document(told, found) -> None:
    text, _ = written(exports.csv, *told, found)
    texts = {document.id: document.text for document in told[0]}
    for row in rows(text):
        start, end = int(row["evidence_start"]), int(row["evidence_end"])
        assert texts[row["document"]][start:end] == row["evidence"]


def test_csv_keeps_open_bounds_empty_and_chains_whole(told, found) -> None:
    text, _ = written(exports.csv, *told, found)
    (row,) = (r for r in rows(text) if r["evidence"] == "The dead numbered seven or more")
    assert (row["low"], row["high"]) == ("7", "")
    assert row["origin"] == "the health ministry"
    assert row["relays"] == "Orrin News Agency"
    assert row["say_so"] == "the health ministry → Orrin News Agency → Open Square"
    assert row["incident"] == found[0].id


def test_csv_tells_of_the_other_place_that_a_name_may_mean() -> None:
    other = RunnerUp(
        name="Valencia", geonameid=3625549, lat=10.2, lon=-68.0, country="VE", lead=0.4
    )
    spain = Place(text="Valencia", name="Valencia", country="ES", runner_up=other)
    flat = exports.flat(
        Heading(id="d", url=None, title=None, outlet=None, published=None, language=None),
        placed(spain),
        None,
    )
    told = (flat["runner_up"], flat["runner_up_id"], flat["runner_up_lead"])
    assert told == ("Valencia, VE", 3625549, 0.4)


def test_what_a_person_mended_of_document_and_incident_is_marked(told, found) -> None:
    documents = [msgspec.structs.replace(told[0][0], mended=("published", "language"))]
    incidents = [msgspec.structs.replace(one, mended=("title",)) for one in found]
    text, _ = written(exports.csv, documents, told[1], incidents)
    marks = {bool(row["incident"]): row["mended"] for row in rows(text)}
    assert marks == {True: "published language incident.title", False: "published language"}
    collection = json.loads(written(exports.geojson, documents, told[1], incidents)[0])
    assert {one["properties"]["mended"] for one in collection["features"]} == set(marks.values())
    lines = written(exports.jsonl, documents, told[1], incidents)[0].splitlines()
    assert {" ".join(json.loads(line)["mended"]) for line in lines} == set(marks.values())
    plain = rows(written(exports.csv, *told, found)[0])
    assert not any(row["mended"] for row in plain)


def test_csv_cannot_be_a_formula(told) -> None:
    document = Heading(
        id="d", url=None, title="=HYPERLINK(1)", outlet="@x", published=None, language=None
    )
    claim = Claim(id="c", kind="event", evidence=Evidence(start=0, end=2, text="+1"))
    text, _ = written(exports.csv, [document], {"d": [claim]}, [])
    (row,) = rows(text)
    assert (row["title"], row["outlet"], row["evidence"]) == ("'=HYPERLINK(1)", "'@x", "'+1")
    assert row["incident"] == ""


def test_jsonl_claims_decode_as_claims(told, found) -> None:
    text, count = written(exports.jsonl, *told, found)
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == count
    assert "text" not in lines[0]["document"]
    decoded = [msgspec.convert(line["claim"], type=Claim) for line in lines]
    assert decoded == [claim for document in told[0] for claim in told[1][document.id]]


def test_geojson_is_a_feature_collection_with_a_feature_for_each_claim(told, found) -> None:
    text, count = written(exports.geojson, *told, found)
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == count
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["geometry"] is None
        assert feature["properties"]["evidence"]


def test_geojson_puts_longitude_first() -> None:
    place = Place(text="x", lat=12.5, lon=-70.25)
    assert exports.geometry(place) == {"type": "Point", "coordinates": [-70.25, 12.5]}


def test_geojson_leaves_unplaced_and_impossible_places_off_the_map() -> None:
    assert exports.geometry(None) is None
    assert exports.geometry(Place(text="x")) is None
    assert exports.geometry(Place(text="x", lat=float("nan"), lon=1.0)) is None
    assert exports.geometry(Place(text="x", lat=91.0, lon=1.0)) is None


def test_geojson_of_nothing_is_an_empty_collection() -> None:
    text, count = written(exports.geojson, [], {}, [])
    assert json.loads(text) == {
        "type": "FeatureCollection",
        "sayso": exports.POLICY,
        "features": [],
    }
    assert count == 0


def test_geojson_properties_are_documented_columns() -> None:
    document = Heading(id="d", url=None, title=None, outlet=None, published=None, language=None)
    claim = placed(Place(text="x", lat=1.0, lon=2.0))
    text, _ = written(exports.geojson, [document], {"d": [claim]}, [])
    (feature,) = json.loads(text)["features"]
    assert feature["geometry"]["coordinates"] == [2.0, 1.0]
    assert list(feature["properties"]) == [n for n in exports.COLUMNS if n not in ("lat", "lon")]


def test_hostile_text_comes_through_json_unharmed(hostile: Board) -> None:
    claims = {line.document.id: [line.claim] for line in hostile.lines.values()}
    for write in (exports.jsonl, exports.geojson):
        text, _ = written(write, hostile.documents, claims, [hostile.incident])
        assert json.dumps(TRAP, ensure_ascii=False)[1:-1] in text.replace("\\u001b", "\\u001b")
