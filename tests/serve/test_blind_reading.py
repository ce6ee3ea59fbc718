"""A blind second reading at the desk: no page and no answer gives away to a coder what others
decided of what they have not judged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from sayso.ledger.accounts import ROLES, Accounts
from sayso.ledger.store import Ledger
from sayso.pipeline.deriving import kept
from sayso.records import Claim, Correction, Count
from sayso.review import decide
from sayso.serve.app import app, doors
from sayso.serve.people import TELLING

MAIN = "selmarra-2031-03-04"
NOTE = "quillwort"
PASSWORD = "a lamp for nine miners"
PEOPLE = {"Zoltan": "coder", "Dana": "coder", "Rana": "reader", "Esra": "editor", "Aigul": "admin"}


@pytest.fixture
def told(ledger: Ledger) -> list[Claim]:
    """Three claims behind the toll, which Zoltan rejected, corrected and left unsure; and he graded
    the incident."""
    incident, _ = ledger.incident(MAIN)
    said = [origin.claims[-1] for toll in incident.tolls for origin in toll.origins]
    claims = [ledger.claim(id)[0] for id in list(dict.fromkeys(said))[:3]]
    assert [claim.kind for claim in claims[:2]] == ["killed", "killed"]
    count = Correction(count=Count(low=7654, high=7654, text="7,654"))
    for claim, verdict, correction in zip(
        claims, ("reject", "correct", "unsure"), (None, count, None), strict=True
    ):
        decide(ledger, verdict, claim.id, correction=correction, by="Zoltan", note=NOTE)
    decide(ledger, "grade", MAIN, ["contested"], by="Zoltan", note=NOTE)
    kept(ledger)
    return claims


@pytest.fixture
def at(ledger: Ledger, settings, quick: None, told) -> Iterator[dict[str, TestClient]]:
    accounts = Accounts(ledger)
    desk = app(ledger, settings._replace(second_reading="blind"))
    found = {}
    with TestClient(desk, base_url="http://127.0.0.1"):
        for name, role in PEOPLE.items():
            accounts.add(name, PASSWORD, ROLES[role])
            client = TestClient(desk, base_url="http://127.0.0.1")
            client.headers["authorization"] = f"Bearer {accounts.give_token(name)[1]}"
            found[name] = client
        yield found


def gives_away(text: str) -> list[str]:
    """What of a page or an answer tells what Zoltan decided."""
    signs = (
        NOTE,
        "7,654",
        "7654",
        "Zoltan",
        "rejected by",
        "corrected</strong>",
        '"grade":"',
        "Held by",
    )
    return [sign for sign in signs if sign in text]


def addresses(claims: list[Claim], ledger: Ledger) -> list[str]:
    """Every address that a reader can ask, filled in with what was judged."""
    found = []
    for _, route in doors():
        path = getattr(route, "path", "")
        if "GET" not in (getattr(route, "methods", None) or ()) or path.startswith("/basemap"):
            continue
        if path.startswith("/claims"):
            found += [path.replace("{id:path}", claim.id) for claim in claims]
        elif path.startswith("/documents"):
            found += [path.replace("{id:path}", ledger.claim(c.id)[1].id) for c in claims]
        elif path.startswith("/review"):
            found += [path, *(f"{path}?claim={claim.id}" for claim in claims)]
        elif path == "/towns.geojson":
            found.append(f"{path}?box=0,0,1,1")
        else:
            path = path.replace("{id}", MAIN).replace("{piece}", "card")
            path = path.replace("{shape}", "json" if path.startswith("/feed") else "csv")
            found += [path, f"{path}?latest=1"]
    return [*found, f"/incidents/{MAIN}?as_of=2031-12-31", f"/log?subject={claims[0].id}"]


def test_nothing_is_given_away_before_one_has_judged(at, told, ledger: Ledger) -> None:
    seen = 0
    for path in addresses(told, ledger):
        for accept in ("text/html", "application/json"):
            answer = at["Dana"].get(path, headers={"accept": accept})
            if answer.status_code == 200:
                seen += 1
            assert not gives_away(answer.text), (path, accept, gives_away(answer.text))
    assert seen > 20
    assert at["Dana"].get("/incidents?verdict=reject").status_code == 403
    for claim in told:
        (answer,) = at["Dana"].get(f"/claims/{claim.id}.json").json()["items"]
        assert answer["judgements"] == [] and answer["claim"] == answer["as_read"]


def test_the_board_stands_as_if_others_had_judged_nothing(at, ledger: Ledger) -> None:
    def killed(who: str) -> list:
        (one,) = at[who].get(f"/incidents/{MAIN}.json").json()["items"]
        return [t for t in one["tolls"] if t["kind"] == "killed" and t["who"] == "unspecified"]

    (theirs,), (whole,) = killed("Dana"), killed("Esra")
    assert (theirs["low"], theirs["high"]) == (18, 27) and whole["high"] == 7654
    (listed,) = [
        one for one in at["Dana"].get("/incidents.json").json()["items"] if one["id"] == MAIN
    ]
    assert next(t for t in listed["tolls"] if t["kind"] == "killed")["high"] == 27


def test_the_words_of_a_note_that_is_hidden_find_nothing(at) -> None:
    def found(who: str) -> list[str]:
        return [one["id"] for one in at[who].get(f"/incidents.json?q={NOTE}").json()["items"]]

    assert found("Esra") == found("Zoltan") == [MAIN] and found("Dana") == []


def test_all_is_shown_once_one_has_judged_it(at, told, ledger: Ledger) -> None:
    first, second, _ = told
    said = {"verdict": "accept", "a": first.id}
    assert at["Dana"].post("/judgements", json=said).status_code == 201
    page = at["Dana"].get(f"/claims/{first.id}").text
    assert NOTE in page and "<b>Zoltan</b>" in page
    assert not gives_away(
        at["Dana"].get(f"/claims/{second.id}", headers={"accept": "text/html"}).text
    )
    (pair,) = at["Esra"].get("/agreement.json").json()["items"]
    assert {pair["first"], pair["second"]} == {"Zoltan", "Dana"} and pair["alike"] == 0


def test_a_second_reader_is_asked_what_one_other_judged(at, told) -> None:
    def asked(who: str) -> dict[str, tuple]:
        found = at[who].get("/review.json").json()["items"]
        return {one["claim"]: tuple(one["reasons"]) for one in found}

    ids = {claim.id for claim in told}
    assert ids <= asked("Dana").keys() and not ids & asked("Zoltan").keys()
    assert {asked("Dana")[id] for id in ids} == {("a second reading",)}
    for claim in told:
        at["Dana"].post("/judgements", json={"verdict": "accept", "a": claim.id})
    assert not ids & asked("Dana").keys()


@pytest.mark.parametrize("path", sorted(TELLING))
def test_what_tells_of_all_takes_an_editor(at, path: str) -> None:
    shape = "json" if path.startswith("/feed") else "csv"
    path = path.replace("{id}", MAIN).replace("{piece}", "card").replace("{shape}", shape)
    answer = at["Dana"].get(path)
    assert answer.status_code == 403 and "second reading is blind" in answer.text
    for who in ("Rana", "Esra", "Aigul"):
        assert at[who].get(path).status_code != 403, who


def test_the_addresses_that_tell_of_all_are_there() -> None:
    assert {getattr(route, "path", "") for _, route in doors()} >= TELLING


def test_where_it_is_open_all_is_shown(ledger: Ledger, settings, quick: None, told) -> None:
    accounts = Accounts(ledger)
    accounts.add("Dana", PASSWORD, ROLES["coder"])
    with TestClient(app(ledger, settings), base_url="http://127.0.0.1") as client:
        client.headers["authorization"] = f"Bearer {accounts.give_token('Dana')[1]}"
        assert NOTE in client.get(f"/claims/{told[0].id}").text
        assert client.get("/log").status_code == 200
