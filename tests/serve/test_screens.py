"""What the pages say, with and without `.json`."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from sayso.ledger.store import Ledger

MAIN = "selmarra-2031-03-04"
SCREENS = ("/incidents", f"/incidents/{MAIN}", "/review", "/sources", "/log", "/search?q=killed")


class Links(HTMLParser):
    """Every address that a page leads to or asks with a form, without its fragment."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        sends = ("method", "post") in attrs
        for name, value in attrs:
            if name in ("href", "src", "action", "hx-get") and value and not sends:
                self.found.add(value.partition("#")[0])


def items(answer) -> list:
    body = answer.json()
    assert answer.status_code == 200, body
    assert body["ok"] is True and "next" in body
    return body["items"]


@pytest.mark.parametrize("address", SCREENS)
def test_every_screen_is_a_page_and_is_json(client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    path, _, query = address.partition("?")
    assert items(client.get(f"{path}.json?{query}"))
    assert items(client.get(address, headers={"accept": "application/json"}))


def test_the_list_is_put_in_order_by_its_heads(client) -> None:
    page = client.get("/incidents").text
    assert 'aria-sort="descending"><a href="/incidents?sort=-day">When' in page
    assert '<a href="/incidents?sort=dead">Figures' in page
    turned = client.get("/incidents?sort=dead").text
    assert 'aria-sort="descending"><a href="/incidents?sort=-dead">Figures' in turned
    assert [one["id"] for one in items(client.get("/incidents.json?sort=-dead"))][-1] == MAIN
    assert client.get("/incidents?sort=nonsense").status_code == 400


def test_the_list_is_searched_by_words_and_counted(client) -> None:
    found = items(client.get("/incidents.json?q=ferry OR lake"))
    assert MAIN not in {one["id"] for one in found} and found
    bars = items(client.get("/incidents/counts.json"))
    assert {bar["by"] for bar in bars} == {"week", "type", "place", "source"}
    page = client.get("/incidents/counts").text
    assert 'href="/incidents?from=2031-03-03&amp;to=2031-03-09"' in page


def test_the_map_names_the_towns_of_what_is_looked_at(client) -> None:
    towns = client.get("/towns.geojson?box=-5,10,0,15").json()["features"]
    assert {"Ouagadougou"} <= {town["properties"]["name"] for town in towns} and len(towns) <= 80
    over = client.get("/towns.geojson?box=177,-20,-175,-15").json()["features"]
    sides = {town["geometry"]["coordinates"][0] > 0 for town in over}
    assert sides == {True, False}  # Fiji lies on both sides of the 180th meridian
    for wrong in ("", "1,2,3", "a,b,c,d", "0,9,0,-9", "0,0,0,99", "nan,0,0,0"):
        assert client.get(f"/towns.geojson?box={wrong}").status_code == 400


def test_every_link_of_every_screen_leads_somewhere(client) -> None:
    seen, waiting = set(), {"/", "/about", "/add", *SCREENS}
    while waiting and len(seen) < 400:
        address = min(waiting, key=lambda a: (len(a), a))  # the same in every run
        waiting.remove(address)
        seen.add(address)
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html") and "/report" not in address:
            found = Links(answer.text).found
            waiting |= {a for a in found if a.startswith("/")} - seen
            assert all(a.startswith(("/", "http://", "https://")) or not a for a in found)
    assert len(seen) > 100


def test_the_board_says_how_many_and_on_whose_word(client) -> None:
    page = client.get(f"/incidents/{MAIN}").text
    row = re.search(r'<tr id="killed-unspecified".*?</tr>', page, re.DOTALL)[0]
    words = re.sub(r"<[^>]+>|\s+", " ", row)
    assert re.search(r"killed.*people.*18.*18.*27", words)
    assert "health ministry" in words and "doctors&#39; union" in words
    assert "accounts differ" in words and "withdrawn" in words


def test_as_of_shows_nothing_that_came_later(client) -> None:
    then = items(client.get(f"/incidents/{MAIN}.json?as_of=2031-03-04T20:00Z"))[0]
    now = items(client.get(f"/incidents/{MAIN}.json"))[0]
    assert len(then["documents"]) < len(now["documents"])
    page = client.get(f"/incidents/{MAIN}?as_of=2031-03-04T20:00Z").text
    assert "as of 4 Mar 2031 20:00" in page and "6 Mar 2031 12:00: " not in page
    assert (
        "Nothing of this had been published"
        in client.get(f"/incidents/{MAIN}?as_of=2020-01-01").text
    )


def test_filters_leave_what_they_say(client) -> None:
    every = items(client.get("/incidents.json"))
    ferry = items(client.get("/incidents.json?place=tervane"))
    assert len(ferry) == 1 < len(every)
    assert not items(client.get("/incidents.json?from=2040-01-01"))
    assert "No incident is left" in client.get("/incidents?from=2040-01-01").text
    assert 'value="2031-03-04"' in client.get("/incidents?from=2031-03-04").text


def test_a_claim_stands_in_its_document_with_its_chain(client) -> None:
    claim = items(client.get("/search.json?q=%2218+people%22"))[0]["claim"]
    page = client.get(f"/claims/{claim['id']}").text
    marked = re.search(r'<mark class="evidence"[^>]*id="evidence">(.*?)</mark>', page, re.DOTALL)
    assert marked and "18 " in marked[1]
    assert '<mark class="sayso"' in page and "printed it" in page
    short = client.get(f"/claims/{claim['id'][:10]}", follow_redirects=False)
    assert short.headers["location"] == f"/claims/{claim['id']}"


def test_sources_tell_who_took_figures_back(client) -> None:
    rows = {row["name"]: row for row in items(client.get("/sources.json"))}
    assert rows["health ministry"]["corrected"] >= 1
    assert any(row["passes_on"] for row in rows.values())


def test_an_export_is_of_the_view(client) -> None:
    def rows(address: str) -> list[dict[str, str]]:
        answer = client.get(address)
        assert "attachment" in answer.headers["content-disposition"]
        return list(csv.DictReader(io.StringIO(answer.text)))

    every = rows("/export.csv?of=incidents")
    ferry = rows("/export.csv?of=incidents&place=tervane")
    assert 0 < len(ferry) < len(every)
    assert {row["incident"] for row in ferry} == {"lake-tervane"} or len(
        {row["incident"] for row in ferry}
    ) == 1
    found = rows("/export.csv?q=%2218+people%22")
    assert found and all("18 people" in row["evidence"] for row in found)
    assert client.get("/export.jsonl?incident=" + MAIN).text.count("\n") > 20
    assert client.get("/export.geojson").json()["type"] == "FeatureCollection"
    assert client.get("/export.exe").status_code == 404


@pytest.mark.parametrize("shape", ["acled", "ucdp-ged", "hxl"])
def test_incidents_of_the_view_go_out_in_the_columns_of_others(client, shape: str) -> None:
    def rows(query: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(client.get(f"/export.{shape}?{query}").text)))

    assert len(rows("place=tervane")) < len(rows("of=incidents"))
    (main,) = [row for row in rows("incident=" + MAIN) if MAIN in row.values()][:1]
    assert "18" in main.values()


def test_what_is_not_there_is_said_in_words(client) -> None:
    for address in ("/incidents/none", "/claims/none", "/documents/none", "/nothing", "/add/none"):
        page = client.get(address)
        assert page.status_code == 404 and "Not done" in page.text
        answer = client.get(address, headers={"accept": "application/json"}).json()
        assert answer["ok"] is False and answer["status"] == 404 and answer["error"]


@pytest.mark.parametrize(
    "query", ["from=yesterday", "page=", "page=0", "page=x", "verdict=maybe", "page=99999999"]
)
def test_what_cannot_be_asked_is_said_in_words(client, query: str) -> None:
    answer = client.get(f"/incidents.json?{query}")
    assert answer.status_code == 400 and answer.json()["error"]


def test_an_empty_ledger_is_a_desk_too(settings, tmp_path) -> None:
    from starlette.testclient import TestClient

    from sayso.serve.app import app

    with Ledger.open(tmp_path / "new.db", create=True) as ledger:
        client = TestClient(app(ledger, settings), base_url="http://localhost")
        for address in ("/incidents", "/review", "/sources", "/log", "/search", "/about"):
            assert client.get(address).status_code == 200, address
        assert "Add documents" in client.get("/incidents").text


def test_a_view_is_saved_under_a_name_and_forgotten(client) -> None:
    sent = {"do": "save", "name": "  The lake ", "query": "q=lake&page=3&sort=dead"}
    answer = client.post("/views", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/incidents?q=lake&sort=dead"
    page = client.get("/incidents?q=lake&sort=dead").text
    link = '<a href="/incidents?q=lake&amp;sort=dead" aria-current="page">The lake</a>'
    assert link in page and 'value="The lake"' in page
    assert "The lake" in client.get("/incidents").text
    again = {"do": "save", "name": "The lake", "query": ""}
    assert client.post("/views", data=again, follow_redirects=False).status_code == 303
    assert '<a href="/incidents" aria-current="page">The lake</a>' in client.get("/incidents").text
    gone = client.post("/views", data={"do": "forget", "name": "The lake"})
    assert gone.status_code == 200 and "The lake" not in gone.text
    bogus = {"do": "save", "name": "x", "query": "sort=bogus"}
    for wrong in (bogus, {"do": "save", "name": " "}, {"do": "burn", "name": "x"}, {"name": "x"}):
        assert client.post("/views", data=wrong).status_code == 400
    assert client.post("/views", data={"do": "forget", "name": "x"}).status_code == 404


def test_what_is_not_there_is_told_without_where_the_ledger_lies(client) -> None:
    told = client.get("/documents/nothing.json").json()["error"]
    assert told == "no document 'nothing' in this ledger"
