"""What people decide at the desk: every decision is in the ledger, and leads on."""

from __future__ import annotations

import pytest

MAIN = "selmarra-2031-03-04"


def waiting(client) -> list[dict]:
    return client.get("/review.json").json()["items"]


def post(client, **fields):
    return client.post("/judgements", data=fields, follow_redirects=False)


def test_one_evidence_is_where_an_address_leads(client) -> None:
    """Beside the claim that is asked about stand the accounts that differ, with theirs."""
    page = client.get("/review").text
    assert page.count('class="evidence"') > page.count('id="evidence"') == 1


def test_the_queue_begins_with_what_differs(client) -> None:
    queue = waiting(client)
    assert queue[0]["reasons"][0] == "accounts differ" and queue[0]["kind"] == "killed"
    assert [one["weight"] for one in queue] == sorted((o["weight"] for o in queue), reverse=True)
    assert {one["kind"] for one in client.get("/review.json?kind=injured").json()["items"]} == {
        "injured"
    }
    assert client.get("/review.json?kind=unheard").status_code == 400


def test_a_decision_is_kept_and_the_next_claim_comes(client, ledger) -> None:
    first, second = waiting(client)[:2]
    page = client.get("/review").text
    assert f'value="/review?claim={second["claim"]}"' in page
    answer = post(
        client, verdict="accept", a=first["claim"], next=f"/review?claim={second['claim']}"
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review?claim={second['claim']}"
    (made,) = ledger.judgements()
    assert (made.verdict, made.a, made.by) == ("accept", first["claim"], "Aigul")
    assert first["claim"] not in {one["claim"] for one in waiting(client)}
    # Going back shows what was decided, and it can be decided anew.
    again = client.get(f"/review?claim={first['claim']}").text
    assert "accepted by Aigul" in again


def test_undo_brings_a_claim_back(client, ledger) -> None:
    claim = waiting(client)[0]["claim"]
    post(client, verdict="reject", a=claim, note="counted twice")
    made = ledger.judgements()[-1]
    assert made.note == "counted twice"
    answer = post(client, verdict="undo", a=made.id, next=f"/review?claim={claim}")
    assert answer.headers["location"] == f"/review?claim={claim}"
    assert waiting(client)[0]["claim"] == claim


def test_a_decision_is_undone_from_the_log(client, ledger) -> None:
    claim = waiting(client)[0]["claim"]
    post(client, verdict="reject", a=claim)
    made = ledger.judgements()[-1].id
    for address in ("/log", f"/log?subject={claim}", f"/claims/{claim}"):
        page = client.get(address).text
        assert f'name="a" value="{made}"' in page and 'value="undo"' in page, address
    assert f'href="/claims/{claim}"' in client.get("/log").text
    post(client, verdict="undo", a=made, next="/log")
    assert f'name="a" value="{ledger.judgements()[-1].id}"' not in client.get("/log").text


def test_only_what_was_changed_is_corrected(client, ledger) -> None:
    claim = waiting(client)[0]["claim"]
    page = client.get(f"/review?claim={claim}").text
    assert 'name="count" value="18"' in page
    fields = {"count": "18-20", "who": "people (unspecified)", "say_so": ""}
    assert post(client, verdict="correct", a=claim, **fields).status_code == 303
    correction = ledger.judgements()[-1].correction
    assert (correction.count.low, correction.count.high) == (18, 20)
    assert correction.who is None and correction.sources is None
    assert "corrected" in client.get(f"/claims/{claim}").text
    board = client.get(f"/incidents/{MAIN}.json").json()["items"][0]["tolls"]
    killed = next(t for t in board if (t["kind"], t["who"]) == ("killed", "unspecified"))
    assert killed["low"] == 18 and killed["high"] == 27


def test_a_correction_that_says_nothing_is_refused(client) -> None:
    claim = waiting(client)[0]["claim"]
    answer = post(client, verdict="correct", a=claim, count="many")
    assert answer.status_code == 400 and "count" in answer.text
    assert post(client, verdict="correct", a=claim, count="18").status_code == 400


def test_incidents_are_merged_and_split(client, ledger) -> None:
    names = [one["id"] for one in client.get("/incidents.json").json()["items"]]
    assert len(names) == 2
    other = next(name for name in names if name != MAIN)
    assert post(client, verdict="merge", a=MAIN, b=other).status_code == 303
    (one,) = client.get("/incidents.json").json()["items"]
    gone = next(name for name in names if name != one["id"])
    moved = client.get(f"/incidents/{gone}?as_of=2031-03-09", follow_redirects=False)
    assert moved.headers["location"] == f"/incidents/{one['id']}?as_of=2031-03-09"
    assert client.get(f"/incidents/{gone}.json").json()["items"] == [one]
    made = ledger.judgements()[-1]
    post(client, verdict="undo", a=made.id)
    assert len(client.get("/incidents.json").json()["items"]) == 2
    document = one["documents"][-1]
    assert (
        client.post(
            "/judgements", json={"verdict": "split", "a": MAIN, "b": [document]}
        ).status_code
        == 201
    )
    assert len(client.get("/incidents.json").json()["items"]) == 3


def test_a_program_decides_in_json(client) -> None:
    claim = waiting(client)[0]["claim"]
    sent = {"verdict": "correct", "a": claim, "correction": {"count": "19"}, "by": "Marat"}
    answer = client.post("/judgements", json=sent)
    assert answer.status_code == 201
    assert answer.json()["items"][0]["by"] == "Marat"
    for wrong in (
        {"verdict": "burn", "a": claim},
        {"verdict": "accept"},
        {"verdict": "accept", "a": claim, "b": ["x"]},
        {"verdict": "correct", "a": claim, "correction": {"colour": "red"}},
        {"verdict": "accept", "a": claim, "sudo": True},
        {"verdict": "accept", "a": claim, "note": "x\0"},
    ):
        refused = client.post("/judgements", json=wrong)
        assert refused.status_code == 400 and refused.json()["error"], wrong
    assert client.post("/judgements", json={"verdict": "accept", "a": "f" * 16}).status_code == 404


@pytest.mark.parametrize(
    "next", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", ""]
)
def test_a_decision_never_leads_away_from_the_desk(client, next: str) -> None:
    claim = waiting(client)[0]["claim"]
    answer = post(client, verdict="unsure", a=claim, next=next)
    assert answer.headers["location"] == f"/claims/{claim}"


def test_a_name_is_kept_in_the_browser(client, ledger) -> None:
    first, second = (one["claim"] for one in waiting(client)[:2])
    post(client, verdict="accept", a=first, by="Żaneta Kowalska")
    post(client, verdict="accept", a=second)
    assert [made.by for made in ledger.judgements()] == ["Żaneta Kowalska"] * 2


def test_two_names_are_said_to_be_one_source(client, ledger) -> None:
    def origins() -> set[str]:
        (board,) = client.get(f"/incidents/{MAIN}.json").json()["items"]
        return {origin["name"] for toll in board["tolls"] for origin in toll["origins"]}

    page = client.get("/sources").text
    assert 'value="same_source"' in page and 'value="other_source"' in page
    before = origins()
    assert {"health ministry", "a nurse"} <= {name.lower() for name in before}, before
    answer = post(client, verdict="same_source", a="health ministry", b="a nurse", next="/log")
    assert answer.headers["location"] == "/log"
    assert "health ministry is the same source as a nurse" in client.get("/log").text
    assert len(origins()) < len(before)
    assert post(client, verdict="same_source", a="health ministry", b="nobody").status_code == 404


def test_a_document_is_mended_and_read_again(client, ledger) -> None:
    name = next(iter(ledger.documents())).id
    page = client.get(f"/documents/{name}").text
    assert 'value="mend"' in page and 'name="published"' in page
    kept = ledger.document(name)
    sent = {"published": "9 March 2031", "outlet": kept.outlet, "title": kept.title}
    answer = post(client, verdict="mend", a=name, note="misprinted", **sent)
    assert answer.headers["location"] == f"/documents/{name}"
    assert ledger.document(name).published == "2031-03-09"
    made = ledger.judgements()[-1]
    assert made.correction.published == "2031-03-09" and made.correction.outlet is None
    assert "mended published to 2031-03-09" in client.get("/log").text
    assert post(client, verdict="mend", a=name, published="03/04/2031").status_code == 400
    assert post(client, verdict="undo", a=made.id, next="/log").status_code == 303
    assert ledger.document(name).published == kept.published


def test_an_incident_is_mended_by_its_form_and_marked_wherever_it_is_shown(client, ledger) -> None:
    page = client.get(f"/incidents/{MAIN}").text
    assert 'value="mend_incident"' in page and '<option value="PROTEST"' in page
    assert "by a person" not in page
    before = client.get(f"/incidents/{MAIN}.json").json()["items"][0]
    sent = {"title": "The night at the port", "where": before["where"]["name"], "type": "PROTEST"}
    there = f"/incidents/{MAIN}"
    answer = post(client, verdict="mend_incident", a=MAIN, note="the log", next=there, **sent)
    assert answer.headers["location"] == there
    made = ledger.judgements()[-1]
    assert made.correction.where is None, "what was left as it was is not put in"
    (after,) = client.get(f"{there}.json").json()["items"]
    assert (after["title"], after["type"], after["mended"]) == (
        "The night at the port",
        "PROTEST",
        ["title", "type"],
    )
    assert after["tolls"] == before["tolls"] and after["id"] == before["id"]
    page = client.get(there).text
    assert "title to The night at the port, type to PROTEST" in page
    assert "by Aigul" in page and "the log" in page and f'value="{made.id}"' in page
    mark = "title and type by a person"
    for address in ("/incidents", "/incidents?view=time"):
        assert mark in client.get(address).text, address
    assert mark.capitalize() in client.get(f"{there}/report").text
    for shape in ("acled", "hxl"):  # UCDP GED has no protests
        told = client.get(f"/export.{shape}?incident={MAIN}&of=incidents").text
        assert mark in told.lower(), shape
    assert "mended, of its incident: title to" in client.get(f"/log?subject={MAIN}").text
    assert post(client, verdict="undo", a=made.id, next=there).status_code == 303
    assert client.get(f"{there}.json").json()["items"] == [before]


def test_an_incident_is_mended_by_a_program(client, ledger) -> None:
    def send(**correction: str):
        asked = {"verdict": "mend", "a": MAIN, "correction": correction}
        return client.post("/judgements", json=asked)

    answer = send(where="Velm @ 41,29", when="2031-03-03")
    assert answer.status_code == 201
    (made,) = answer.json()["items"]
    assert made["verdict"] == "mend_incident"
    (found,) = client.get(f"/incidents/{MAIN}.json").json()["items"]
    assert (found["where"]["lat"], found["when"]["start"]) == (41.0, "2031-03-03")
    points = client.get("/incidents.geojson?place=velm").json()["features"]
    assert [one["geometry"]["coordinates"] for one in points] == [[29.0, 41.0]]
    assert points[0]["properties"]["mended"] == "place and day by a person"
    for wrong, said in (
        ({"type": "BRAWL"}, "no type of event; there are"),
        ({"when": "soon"}, "is not understood"),
        ({"where": "Velm @ 141,29"}, "is not understood"),
        ({"outlet": "Lantern"}, "cannot be mended of this incident"),
        ({"count": "3"}, "cannot be corrected"),
        ({}, "must say what is otherwise"),
    ):
        refused = send(**wrong)
        assert refused.status_code == 400 and said in refused.json()["error"], wrong
    gone = {"verdict": "mend", "a": "nowhere", "correction": {"title": "x"}}
    assert client.post("/judgements", json=gone).status_code == 404
