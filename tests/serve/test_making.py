"""Every record can be made and mended at the desk, and what is not understood is kept as typed."""

from __future__ import annotations

import re

import pytest

from sayso.records import is_by_hand

MAIN = "selmarra-2031-03-04"
DOCUMENT = "orrin-0304"


def post(client, **fields):
    return client.post("/judgements", data=fields, follow_redirects=False)


@pytest.fixture
def words(ledger) -> str:
    """A sentence of a document that it has once."""
    text = ledger.document(DOCUMENT).text
    return " ".join(re.split(r"(?<=[.])\s", text)[1].split()[:6])


def test_a_claim_is_made_by_its_exact_words(client, ledger, words) -> None:
    page = client.get(f"/documents/{DOCUMENT}").text
    assert 'name="words"' in page and 'value="claim"' in page and "choose.js" in page
    sent = {
        "words": words,
        "kind": "injured",
        "count": "12-15",
        "who": "dockers (civilians)",
        "when": "4 March 2031",
        "say_so": "Port Hospital (hospital)",
        "note": "not read",
    }
    answer = post(client, verdict="claim", a=DOCUMENT, **sent)
    (made,) = ledger.judgements()
    there = f"/claims/{made.made.id}"
    assert answer.headers["location"] == there
    claim = client.get(f"{there}.json").json()["items"][0]["claim"]
    assert (claim["kind"], claim["count"]["high"]) == ("injured", 15)
    assert claim["evidence"]["text"].split() == words.split()
    page = client.get(there).text
    assert "by hand" in page and f'value="{made.id}"' in page
    assert "by hand" in client.get(f"/documents/{DOCUMENT}").text
    assert "claimed by hand: injured 12–15" in client.get("/log").text
    assert "by hand" in client.get(f"/incidents/{MAIN}").text
    assert f'name="a" value="{made.id}"' in client.get("/review").text
    row = next(line for line in client.get("/export.csv").text.splitlines() if made.made.id in line)
    assert "count evidence kind sources when who" in row and "Aigul" in row
    assert post(client, verdict="undo", a=made.id, next="/log").headers["location"] == "/log"
    assert client.get(f"{there}.json").status_code == 404


def test_a_program_makes_a_claim(client, ledger, words) -> None:
    asked = {
        "verdict": "claim",
        "a": DOCUMENT,
        "words": words,
        "correction": {"kind": "event", "event": "PROTEST/strike"},
    }
    answer = client.post("/judgements", json=asked)
    assert answer.status_code == 201
    made = answer.json()["items"][0]["made"]
    assert made["event"]["mode"] == "strike"
    assert client.post("/judgements", json=asked | {"words": "no such"}).status_code == 400
    twice = client.post("/judgements", json=asked | {"words": "the", "which": 2})
    assert twice.status_code == 201


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"words": "no such words", "kind": "killed"}, "does not stand in"),
        ({"words": "the", "kind": "killed"}, "times: say which"),
        ({"words": "the", "which": "two", "kind": "killed"}, "is no number"),
        ({"words": "the", "which": "1", "kind": "killed", "count": "many"}, "is not understood"),
        ({"words": "the", "which": "1", "kind": "event"}, "say of which type it is"),
    ],
)
def test_what_is_wrong_with_a_claim_stands_beside_the_field(client, ledger, sent, fault) -> None:
    sent = {"note": "as typed", "who": "dockers here (civilians)"} | sent
    answer = post(client, verdict="claim", a=DOCUMENT, **sent)
    assert answer.status_code == 400 and not ledger.judgements()
    assert 'aria-invalid="true"' in answer.text
    marked = re.search(r'class="field wrong">.*?</p>', answer.text, re.DOTALL).group()
    assert fault in marked
    assert "dockers here (civilians)" in answer.text, "what was typed is kept"


def test_all_that_is_wrong_is_said_at_once_and_kept(client, ledger) -> None:
    claim = client.get("/review.json").json()["items"][0]["claim"]
    sent = {"count": "a lot", "where": "Nowhereville", "when": "some day", "who": "dockers x"}
    answer = post(client, verdict="correct", a=claim, **sent)
    assert answer.status_code == 400
    assert answer.text.count('aria-invalid="true"') == 3
    for said in sent.values():
        assert f'value="{said}"' in answer.text
    sent = {"where": "Nowhereville", "title": "Kept as it was typed"}
    answer = post(client, verdict="mend_incident", a=MAIN, **sent)
    assert answer.status_code == 400 and "the gazetteer has no" in answer.text
    assert 'value="Nowhereville"' in answer.text and "Kept as it was typed" in answer.text
    answer = post(client, verdict="mend", a=DOCUMENT, published="3/4/2031", outlet="Quay News")
    assert answer.status_code == 400 and "may be 2031-04-03 or 2031-03-04" in answer.text
    assert 'value="Quay News"' in answer.text
    assert not ledger.judgements()


def test_every_field_is_corrected_by_the_form_and_what_is_emptied_is_nothing(client, ledger):
    one = next(
        c
        for c in ledger.claims()
        if c.kind == "killed" and c.sources and c.count and not is_by_hand(c)
    )
    page = client.get(f"/review?claim={one.id}").text
    for name in ("kind", "event", "doer", "target", "scope", "modality", "part_of"):
        assert f'name="{name}"' in page, name
    sent = {"kind": "injured", "event": "PROTEST/riot", "doer": "guards", "say_so": ""}
    sent |= {"scope": "background", "modality": "alleged", "when_picked": "2031-03-02"}
    assert post(client, verdict="correct", a=one.id, **sent).status_code == 303
    shown = client.get(f"/claims/{one.id}.json").json()["items"][0]["claim"]
    assert (shown["kind"], shown["event"]["mode"], shown["by"]["text"]) == (
        "injured",
        "riot",
        "guards",
    )
    assert (shown["scope"], shown["modality"], shown["sources"]) == ("background", "alleged", [])
    assert shown["when"]["start"] == "2031-03-02" and shown["who"] == one_who(one)
    page = client.get(f"/claims/{one.id}").text
    assert "kind, event, doer, when, scope, modality and say-so by a person" in page


def one_who(claim) -> dict | None:
    return claim.who and {"text": claim.who.text, "category": claim.who.category}


def test_a_note_is_shown_and_what_is_not_ours_is_set_aside(client, ledger) -> None:
    there = f"/incidents/{MAIN}"
    post(client, verdict="mend_incident", a=MAIN, remark="Ask the harbour office", next=there)
    for address in (there, "/incidents", f"{there}/report"):
        assert "Ask the harbour office" in client.get(address).text, address
    answer = post(client, verdict="not_ours", a=MAIN, note="an accident", next=there)
    assert answer.headers["location"] == there
    page = client.get(there).text
    assert "not ours" in page and 'value="ours"' in page
    made = ledger.judgements()[-1]
    assert f'value="{made.id}"' in page, "it can be undone there"
    left = [one["id"] for one in client.get("/incidents.json").json()["items"]]
    assert MAIN not in left and len(left) == 1
    assert MAIN not in client.get("/export.csv").text
    assert MAIN not in client.get("/export.acled?of=incidents").text
    assert not [o for o in client.get("/review.json").json()["items"] if o["incident"] == MAIN]
    (aside,) = client.get("/incidents.json?ours=no").json()["items"]
    assert aside["id"] == MAIN and aside["ours"] is False
    assert MAIN in client.get("/incidents?ours=no").text
    assert client.get("/incidents?ours=maybe").status_code == 400
    post(client, verdict="undo", a=made.id, next=there)
    assert len(client.get("/incidents.json").json()["items"]) == 2


def test_a_mending_is_undone_in_the_log(client, ledger) -> None:
    post(client, verdict="mend", a=DOCUMENT, published_picked="2031-03-09")
    assert ledger.document(DOCUMENT).published == "2031-03-09"
    made = ledger.judgements()[-1]
    assert f'name="a" value="{made.id}"' in client.get("/log").text


def test_who_may_only_read_has_no_forms(at, words) -> None:
    reading = at(read_only=True)
    for address in (f"/documents/{DOCUMENT}", f"/incidents/{MAIN}"):
        page = reading.get(address).text
        assert "/judgements" not in page and "choose.js" not in page
    assert post(reading, verdict="claim", a=DOCUMENT, words=words).status_code in (403, 405)


def test_the_page_asks_with_the_other_account_beside(client) -> None:
    one = client.get("/review.json").json()["items"][0]
    assert one["reasons"][0] == "accounts differ"
    page = client.get("/review").text
    against = page[page.index("What stands against it") :]
    assert 'href="/claims/' in against and one["claim"] not in against.split("</section>")[0]


def test_incidents_are_found_by_words_and_merged_from_the_board(client, ledger) -> None:
    other = next(
        one["id"] for one in client.get("/incidents.json").json()["items"] if one["id"] != MAIN
    )
    assert f'value="{other}"' in client.get(f"/incidents/{MAIN}?near=ferry").text
    assert "No other incident has" in client.get(f"/incidents/{MAIN}?near=zeppelin").text
    (found,) = client.get(f"/incidents/{MAIN}/near.json?near=lake").json()["items"]
    assert found["incident"]["id"] == other
    answer = post(client, verdict="merge", a=other, b=MAIN)
    (one,) = client.get("/incidents.json").json()["items"]
    assert answer.headers["location"] == f"/incidents/{one['id']}"
    out = one["documents"][-1]
    there = post(client, verdict="split", a=one["id"], b=out).headers["location"]
    assert client.get(f"{there}.json").json()["items"][0]["documents"] == [out]


def test_a_claim_is_moved_to_another_incident(client, ledger) -> None:
    other = next(
        one["id"] for one in client.get("/incidents.json").json()["items"] if one["id"] != MAIN
    )
    claim = client.get("/review.json").json()["items"][0]["claim"]
    assert 'value="move"' in client.get(f"/claims/{claim}?near=ferry").text
    assert f'name="b" value="{other}"' in client.get(f"/review?claim={claim}&near=ferry").text
    answer = post(client, verdict="move", a=claim, b=other)
    (now,) = [one.id for one, _ in ledger.incidents_of([claim])]
    assert answer.headers["location"] == f"/incidents/{now}"
    assert now == ledger.incident(other)[0].id, "its id may say another day now"
    assert MAIN in [one.id for one, _ in ledger.incidents()]
    assert post(client, verdict="move", a=claim, b=other).status_code == 400
