"""What people keep of incidents, at the desk and for programs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sayso.ledger.accounts import ROLES, Accounts
from sayso.ledger.store import Ledger
from sayso.serve.app import app
from sayso.settings import Settings

MAIN = "selmarra-2031-03-04"
LATER = {
    "id": "later",
    "outlet": "Quay",
    "published": "2031-03-08T10:00:00Z",
    "text": "The number of people killed when security forces fired on striking dockers in "
    "Selmarra on 4 March has risen to 31, the health ministry said on Saturday.",
}


def sent(client: TestClient, verdict: str, *values: str, **more: str):
    told = {"verdict": verdict, "a": MAIN, "b": values} | more
    return client.post("/judgements", json=told, headers={"accept": "application/json"})


def form(client: TestClient, verdict: str, value: str = "", **more: str):
    told = {"verdict": verdict, "a": MAIN, "b": value, "next": f"/incidents/{MAIN}"} | more
    return client.post("/judgements", data=told, follow_redirects=True).text


def killed(client: TestClient, query: str = "") -> int:
    (one,) = client.get(f"/incidents/{MAIN}.json{query}").json()["items"]
    return one["final"]["killed"]["low"]


def test_programs_sign_off_and_get_what_was_signed(client, ledger: Ledger) -> None:
    answer = sent(client, "sign", note="agreed at the desk")
    assert answer.status_code == 201
    (made,) = answer.json()["items"]
    assert (made["verdict"], made["value"], made["by"]) == ("sign", "signed off", "Aigul")
    assert made["signed"]["final"]["killed"] == {"low": 18, "high": 18}
    job = client.post("/documents", json=LATER).json()["items"][0]["id"]
    while not client.get(f"/add/{job}.json").json()["items"][0]["finished"]:
        pass
    assert (killed(client), killed(client, "?latest=1")) == (18, 31)
    (listed,) = client.get("/incidents.json?status=signed+off").json()["items"]
    assert listed["final"]["killed"]["low"] == 18 and listed["dossier"]["proposed"]["figures"] == 1
    (latest,) = client.get("/incidents.json?status=signed+off&latest=1").json()["items"]
    assert latest["final"]["killed"]["low"] == 31
    table = client.get(f"/export.hxl?incident={MAIN}").text.splitlines()
    assert ",killed,people,18," in table[2] and "1 figure came after sign-off" in table[2]
    assert ",killed,people,31," in client.get(f"/export.hxl?incident={MAIN}&latest=1").text
    report = client.get(f"/incidents/{MAIN}/report").text
    assert "would change killed, people 18–27, best 18 to 31" in report
    piece = client.get(f"/embed/{MAIN}/table").text
    assert re.search(r"\b18\b", piece) and not re.search(r"\b31\b", piece)
    sent(client, "sign")
    assert killed(client) == 31
    assert re.search(r"\b31\b", client.get(f"/embed/{MAIN}/table").text)


def test_people_keep_it_by_the_forms_of_its_page(client) -> None:
    assert "nobody" in client.get(f"/incidents/{MAIN}").text
    form(client, "status", "in review")
    form(client, "owner", "Marat <b>")
    form(client, "tag", "quay")
    text = form(client, "note", note="Ask the port & the ministry")
    for shown in ("in review", "Marat &lt;b&gt;", ">quay<", "Ask the port &amp; the ministry"):
        assert shown in text
    text = client.get("/incidents").text
    assert ">in review<" in text and "Marat &lt;b&gt;" in text and "in review (1)" in text
    for query, number in (
        ("status=in+review", 1), ("status=new", 1), ("tag=QUAY", 1), ("owner=Marat+%3Cb%3E", 1),
        ("status=published", 0), ("tag=nonsense", 0), ("tag=%00", 0),
    ):  # fmt: skip
        assert client.get(f"/incidents.json?{query}").json()["total"] == number, query
    text = form(client, "untag", "quay")
    assert 'href="/incidents?tag=quay"' not in text
    assert "nobody" in form(client, "owner", "")
    assert sent(client, "status", "done").status_code == 400
    assert sent(client, "status").status_code == 400
    assert sent(client, "tag", "x" * 200).status_code == 400


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("editor", 201)])
def test_to_sign_takes_an_editor_and_so_does_to_unsign(
    ledger: Ledger, settings: Settings, quick: None, role: str, status: int
) -> None:
    accounts = Accounts(ledger)
    accounts.add("Cem", "a lamp for nine miners", ROLES[role])
    accounts.add("Esra", "a lamp for nine miners", ROLES["editor"])

    with TestClient(app(ledger, settings), base_url="http://127.0.0.1") as client:

        def asks(name: str) -> TestClient:
            client.headers["authorization"] = f"Bearer {accounts.give_token(name)[1]}"
            return client

        assert sent(asks("Cem"), "status", "in review").status_code == 201
        for verdict, values in (("sign", ()), ("status", ("published",))):
            assert sent(asks("Cem"), verdict, *values).status_code == status
        signed = sent(asks("Esra"), "sign").json()["items"][0]["id"]
        undo = {"verdict": "undo", "a": signed}
        assert asks("Cem").post("/judgements", json=undo).status_code == status
        sent(asks("Esra"), "sign")
        assert sent(asks("Cem"), "status", "in review").status_code == status


def test_two_who_differ_are_shown_and_an_editor_settles(
    ledger: Ledger, settings: Settings, quick: None
) -> None:
    accounts = Accounts(ledger)
    for name, role in (("Aigul", "coder"), ("Marat", "coder"), ("Esra", "editor")):
        accounts.add(name, "a lamp for nine miners", ROLES[role])
    with TestClient(app(ledger, settings), base_url="http://127.0.0.1") as client:

        def asks(name: str) -> TestClient:
            client.headers["authorization"] = f"Bearer {accounts.give_token(name)[1]}"
            return client

        told = asks("Aigul").get(f"/incidents/{MAIN}.json").json()["items"][0]
        claim = told["tolls"][0]["origins"][0]["claims"][-1]
        for name, verdict in (("Aigul", "accept"), ("Marat", "reject")):
            answer = asks(name).post("/judgements", json={"verdict": verdict, "a": claim})
            assert answer.status_code == 201
        (one,) = client.get("/agreement.json").json()["items"]
        assert (one["first"], one["second"], one["both"], one["alike"]) == ("Aigul", "Marat", 1, 0)
        page = client.get("/agreement", headers={"accept": "text/html"}).text
        assert "Aigul and Marat" in page and claim in page
        settle = {"verdict": "accept", "a": claim, "settle": True}
        assert asks("Marat").post("/judgements", json=settle).status_code == 403
        assert asks("Esra").post("/judgements", json=settle).status_code == 201
        (one,) = client.get("/agreement.json").json()["items"]
        (differ,) = one["differences"]
        assert differ["settled"]["by"] == "Esra" and len(differ["settled"]["settles"]) == 2
        page = client.get("/agreement", headers={"accept": "text/html"}).text
        assert "settled: accepted by Esra" in page
