"""Pieces that an editor made public are shown to those who never log in, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from sayso.errors import SettingsError
from sayso.ledger.accounts import ROLES, Accounts
from sayso.ledger.store import Ledger
from sayso.pipeline.deriving import kept
from sayso.review import decide, judge
from sayso.serve.app import app, doors
from sayso.serve.guard import Guard

MAIN, OTHER = "selmarra-2031-03-04", "lake-tervane-2031-03-05"
PIECES = [
    f"/embed/{{}}/{piece}{end}" for piece in ("card", "curve", "table") for end in ("", ".svg")
]


@pytest.fixture
def desk(ledger: Ledger, settings, quick: None) -> Iterator[Guard]:
    accounts = Accounts(ledger)
    for role in ROLES:
        accounts.add(role, "a lamp for nine miners", ROLES[role])
    made = app(ledger, settings)
    with TestClient(made, base_url="http://127.0.0.1"):
        yield made


def who(desk: Guard, role: str | None) -> TestClient:
    client = TestClient(desk, base_url="http://127.0.0.1", follow_redirects=False)
    if role:
        client.headers["authorization"] = f"Bearer {desk.accounts.give_token(role)[1]}"
    return client


@pytest.mark.parametrize("role", [None, *ROLES])
@pytest.mark.parametrize("public", [False, True])
def test_the_table_of_pieces_and_roles(desk, ledger, role: str | None, public: bool) -> None:
    if public:
        decide(ledger, "embed", MAIN, ["public"], by="editor")
    client = who(desk, role)
    for path in PIECES:
        expected = 200 if public or role else 401
        assert client.get(path.format(MAIN)).status_code == expected, path
        assert client.get(path.format(OTHER)).status_code in ((200, 404) if role else (401,)), path
    for id, expected in ((MAIN, 200 if public or role else 401), (OTHER, 200 if role else 401)):
        asked = client.get("/oembed", params={"url": f"http://127.0.0.1/incidents/{id}"})
        assert asked.status_code == expected


def test_what_was_not_signed_off_is_for_who_may_read(desk, ledger) -> None:
    decide(ledger, "embed", MAIN, ["public"], by="editor")
    for asked in ("latest=1", "as_of=2031-03-05"):
        path = f"{PIECES[0].format(MAIN)}?{asked}"
        assert who(desk, None).get(path).status_code == 401
        assert who(desk, "reader").get(path).status_code == 200


def test_nothing_else_is_opened_by_it(desk, ledger) -> None:
    decide(ledger, "embed", MAIN, ["public"], by="editor")
    client = who(desk, None)
    for needs, route in doors():
        path = getattr(route, "path", "")
        if needs > 0 and not path.startswith(("/embed", "/static")):
            path = path.replace("{id}", MAIN).replace("{id:path}", MAIN).replace("{shape}", "csv")
            assert client.get(path).status_code in (401, 405), path
    for path in (f"/embed/{MAIN}/card?latest=1", f"/embed/{MAIN}/../../log", "/embed/", "/oembed",
                 f"/incidents/{MAIN}?x=/embed/{MAIN}/card", "/oembed?url=http://127.0.0.1/log"):  # fmt: skip
        assert client.get(path).status_code in (401, 404), path
    assert client.post(f"/embed/{MAIN}/card").status_code == 401
    assert client.get(f"/embed/{MAIN}/card?kind=zz").status_code == 400
    page = client.get(f"/embed/{MAIN}/card").text
    assert "/incidents/" not in page and "The whole record" not in page
    assert "The whole record" in who(desk, "reader").get(f"/embed/{MAIN}/card").text


def test_it_is_a_line_of_the_log_that_is_taken_back(desk, ledger) -> None:
    anybody, coder, editor = (who(desk, role) for role in (None, "coder", "editor"))
    said = {"verdict": "embed", "a": MAIN, "b": ["public"]}
    assert coder.post("/judgements", json=said).status_code == 403
    (made,) = editor.post("/judgements", json=said).json()["items"]
    assert editor.post("/judgements", json=said).status_code == 400  # it is already
    assert anybody.get(f"/embed/{MAIN}/card").status_code == 200
    undo = {"verdict": "undo", "a": made["id"]}
    assert coder.post("/judgements", json=undo).status_code == 403
    judge(ledger, "undo", made["id"], by="editor")
    assert anybody.get(f"/embed/{MAIN}/card").status_code == 401
    with pytest.raises(SettingsError, match="there is public"):
        decide(ledger, "embed", MAIN, ["everybody"])


def test_what_was_signed_off_is_what_strangers_see(desk, ledger) -> None:
    decide(ledger, "embed", MAIN, ["public"], by="editor")
    decide(ledger, "sign", MAIN, by="editor")
    claim = next(c for t in ledger.incident(MAIN)[0].tolls for o in t.origins for c in o.claims)
    decide(ledger, "reject", claim, by="coder")
    kept(ledger)
    page = who(desk, None).get(f"/embed/{MAIN}/card").text
    assert "18–27" in page and "igned off" in page


def test_so_it_is_at_a_desk_with_a_token(ledger, settings) -> None:
    with TestClient(app(ledger, settings, token="secret"), base_url="http://127.0.0.1") as client:
        assert client.get(f"/embed/{MAIN}/card").status_code == 401
        decide(ledger, "embed", MAIN, ["public"], by="editor")
        assert client.get(f"/embed/{MAIN}/card").status_code == 200
        assert client.get("/incidents").status_code == 401
