"""Who may do what at a desk with accounts: the whole table of addresses and roles, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from sayso.ledger.accounts import ROLES, Accounts, Role
from sayso.ledger.store import Ledger
from sayso.pipeline.deriving import kept
from sayso.records import Judgement
from sayso.serve.app import app, doors
from sayso.serve.guard import Guard
from sayso.serve.people import DECIDES
from sayso.serve.review import DECISIONS

PASSWORD = "a lamp for nine miners"
NAMES = {"reader": "Rana", "coder": "Cem", "editor": "Esra", "admin": "Aigul"}
WHO = (None, *ROLES)
PAGES = [
    (needs, route.path, "POST" if "POST" in route.methods else "GET")
    for needs, route in doors()
    if isinstance(route, Route)
]


@pytest.fixture
def accounts(ledger: Ledger, quick: None) -> Accounts:
    made = Accounts(ledger)
    for role, name in NAMES.items():
        made.add(name, PASSWORD, ROLES[role])
    return made


@pytest.fixture
def desk(ledger: Ledger, settings, accounts) -> Iterator[Guard]:
    made = app(ledger, settings, name="Settings")
    with TestClient(made, base_url="http://127.0.0.1"):
        yield made


def browser(desk: Guard, role: str | None, accounts: Accounts) -> TestClient:
    """A browser in which a person of that role has logged in."""
    client = TestClient(desk, base_url="http://127.0.0.1", raise_server_exceptions=False)
    client.headers["accept"] = "text/html"
    if role:
        client.cookies["sayso_session"] = accounts.log_in(NAMES[role], PASSWORD) or ""
    return client


def program(desk: Guard, role: str | None, accounts: Accounts) -> TestClient:
    """A program that sends the token of a person of that role."""
    client = TestClient(desk, base_url="http://127.0.0.1", raise_server_exceptions=False)
    client.headers["accept"] = "application/json"
    if role:
        client.headers["authorization"] = f"Bearer {accounts.give_token(NAMES[role])[1]}"
    return client


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda m: "csv" if m[1] == "shape" else "nothing", path)


def test_every_address_says_what_it_takes(desk) -> None:
    """Also one that was put into the app past the table: then it is for admins."""
    declared = {id(route): needs for needs, route in desk.doors}
    for route in desk.app.routes:
        assert id(route) in declared, f"{route} declares no role"
        assert isinstance(declared[id(route)], Role)
        assert isinstance(route, Route | Mount)
    desk.app.routes.append(Route("/secret", lambda request: None))
    scope = {"type": "http", "path": "/secret", "method": "GET", "root_path": "", "headers": []}
    assert desk.needs(scope) is Role.ADMIN
    desk.app.routes.pop()


def test_what_changes_something_takes_more_than_to_read() -> None:
    own = {"/login", "/logout", "/account/password", "/account/tokens", "/account/tokens/revoke"}
    for needs, path, method in PAGES:
        if method != "GET" and path not in own:
            assert needs >= Role.CODER, path
    public = {path for needs, path, _ in PAGES if needs is Role.ANYONE}
    assert public == {"/login", "/style.css"}


@pytest.mark.parametrize("kind", [browser, program])
@pytest.mark.parametrize("role", WHO)
def test_the_whole_table(desk, accounts, ledger, kind, role: str | None) -> None:
    """Whoever may is answered, also that there is no such thing; whoever may not, is refused."""
    client = kind(desk, role, accounts)
    has = ROLES[role] if role else Role.ANYONE
    for needs, path, method in PAGES:
        if path in ("/logout", "/account/password"):  # these end the session that is tried with
            continue
        before = ledger.head()
        answer = client.request(method, filled(path), follow_redirects=False)
        if has >= needs:
            assert answer.status_code < 500, (path, method)
            assert answer.status_code not in (401, 403) or path == "/login", (path, method)
            assert "/login" not in answer.headers.get("location", ""), (path, method)
            continue
        assert ledger.head() == before
        page = method == "GET" and not path.endswith(".json")
        if role is None and kind is browser and page:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login?next="), path
        else:
            assert answer.status_code == (401 if role is None else 403), (path, method)
            if role:
                assert f"takes the role {needs.word}" in answer.text, path


@pytest.mark.parametrize("kind", [browser, program])
@pytest.mark.parametrize("role", WHO)
def test_each_decision_takes_its_role(desk, accounts, ledger, kind, role: str | None) -> None:
    client = kind(desk, role, accounts)
    claim = next(iter(ledger.claims())).id
    before = ledger.head()
    for verdict in DECISIONS:
        assert verdict in DECIDES, f"{verdict} declares no role"
        needs = DECIDES[verdict]
        sent = {"verdict": verdict, "a": "nothing of that name", "b": ["nothing"]}
        answer = (
            client.post("/judgements", json=sent)
            if kind is program
            else client.post("/judgements", data=sent)
        )
        refused = answer.status_code in (401, 403)
        assert refused == (role is None or ROLES[role] < needs), verdict
    assert ledger.head() == before
    answer = client.post(
        "/judgements", data={"verdict": "accept", "a": claim}, follow_redirects=False
    )
    if role in (None, "reader"):
        assert answer.status_code in (401, 403) and ledger.head() == before
    else:
        assert answer.status_code == 303
        assert ledger.judgements()[-1].by == NAMES[role]


def test_to_undo_takes_what_the_decision_took(desk, accounts, ledger) -> None:
    one, two = [claim.id for claim in ledger.claims()][:2]
    editor, coder = (program(desk, role, accounts) for role in ("editor", "coder"))
    made = editor.post("/judgements", json={"verdict": "same", "a": one, "b": [two]}).json()
    undo = {"verdict": "undo", "a": made["items"][0]["id"]}
    before = ledger.head()
    for a in (undo["a"], undo["a"][:4]):
        assert coder.post("/judgements", json=undo | {"a": a}).status_code == 403
    assert ledger.head() == before
    assert editor.post("/judgements", json=undo).status_code == 201


def test_to_take_up_again_takes_what_the_decision_took(desk, accounts, ledger) -> None:
    editor, coder = (program(desk, role, accounts) for role in ("editor", "coder"))

    def decided(said: dict[str, object]) -> dict[str, str]:
        """The undoing of what an editor decides."""
        answer = editor.post("/judgements", json=said)
        assert answer.status_code == 201, answer.text
        return {"verdict": "undo", "a": answer.json()["items"][0]["id"]}

    one, two = [claim.id for claim in ledger.claims()][:2]
    assert coder.post("/judgements", json={"verdict": "reject", "a": one}).status_code == 201
    decided({"verdict": "accept", "a": one})
    settled = decided({"verdict": "reject", "a": one, "settle": True})
    *_, (other, _) = ledger.incidents()
    incident = other.id
    decided({"verdict": "sign", "a": incident})
    unsigned = decided({"verdict": "status", "a": incident, "b": ["in review"]})
    merged = decided(decided({"verdict": "same", "a": one, "b": [two]}))
    before = ledger.head()
    for undo in (settled, unsigned, merged, merged | {"a": merged["a"][:6]}):
        assert coder.post("/judgements", json=undo).status_code == 403
    assert ledger.head() == before
    for undo in (settled, unsigned, merged):
        assert editor.post("/judgements", json=undo).status_code == 201
    kept(ledger)
    (signed,) = (found for found, _ in ledger.incidents() if found.signed)
    assert signed.id == incident


def test_a_status_that_signs_nothing_is_undone_by_whoever_set_it(desk, accounts, ledger) -> None:
    editor, coder = (program(desk, role, accounts) for role in ("editor", "coder"))
    *_, (other, _) = ledger.incidents()
    incident = other.id
    for who, said in (
        (editor, {"verdict": "sign", "b": []}),
        (editor, {"verdict": "status", "b": ["in review"]}),
        (coder, {"verdict": "status", "b": ["new"]}),
    ):
        answer = who.post("/judgements", json=said | {"a": incident})
        assert answer.status_code == 201, answer.text
    undo = {"verdict": "undo", "a": answer.json()["items"][0]["id"]}
    assert coder.post("/judgements", json=undo).status_code == 201


def test_no_name_is_forged(desk, accounts, ledger) -> None:
    claim = next(iter(ledger.claims())).id
    before = ledger.head()
    form, json = browser(desk, "coder", accounts), program(desk, "coder", accounts)
    form.cookies["sayso_by"] = "Esra"
    said = {"verdict": "accept", "a": claim}
    assert form.post("/judgements", data=said | {"by": "Esra"}).status_code == 403
    assert json.post("/judgements", json=said | {"by": "Esra"}).status_code == 403
    assert ledger.head() == before
    for sent in (said, said | {"by": "Cem"}):
        assert json.post("/judgements", json=sent).status_code == 201
        assert form.post("/judgements", data=sent, follow_redirects=False).status_code == 303
    made: list[Judgement] = ledger.judgements()
    assert [one.by for one in made] == ["Cem"] * 4
    page = form.get("/review").text
    assert 'name="by"' not in page and ">Cem</a>" in page


@pytest.mark.parametrize("kind", [browser, program])
@pytest.mark.parametrize("role", ROLES)
def test_nothing_from_elsewhere_is_taken_for_a_persons(desk, accounts, ledger, kind, role) -> None:
    client = kind(desk, role, accounts)
    claim = next(iter(ledger.claims())).id
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ):
        for path in [path for _, path, method in PAGES if method == "POST"]:
            before = ledger.head(), accounts.all(), accounts.tokens(NAMES[role])
            data = {"verdict": "accept", "a": claim, "text": "Two died.", "do": "remove"}
            data |= {"name": "Rana", "label": "x", "document": "a", "note": "x"}
            assert client.post(path, data=data, headers=headers).status_code == 403, path
            assert (ledger.head(), accounts.all(), accounts.tokens(NAMES[role])) == before
    assert client.get("/account").status_code == 200  # nor was the session ended


def test_forms_are_shown_to_whom_they_are_for(desk, accounts, ledger) -> None:
    claim = browser(desk, "reader", accounts).get("/review.json").json()["items"][0]["claim"]
    document = ledger.claim(claim)[1].id
    for role in ROLES:
        client = browser(desk, role, accounts)
        shown = {
            "judge": 'value="accept"' in client.get(f"/review?claim={claim}").text,
            "mend": 'value="mend"' in client.get(f"/documents/{document}").text,
            "merge": 'value="split"' in client.get("/incidents/selmarra-2031-03-04").text,
            "sources": "same_source" in client.get("/sources").text,
            "redact": "/redactions" in client.get(f"/documents/{document}").text,
            "add": 'href="/add"' in client.get("/incidents").text,
            "people": 'href="/people"' in client.get("/account").text,
        }
        wanted = {"judge": 2, "mend": 2, "add": 2, "merge": 3, "sources": 3, "redact": 4}
        wanted["people"] = 4
        assert shown == {what: ROLES[role] >= least for what, least in wanted.items()}, role


def test_what_is_shown_goes_by_the_role() -> None:
    """Not by whether the desk is for reading only: that makes a reader of everybody."""
    for page in (files("sayso") / "serve" / "templates").iterdir():
        assert "desk.read_only" not in page.read_text(encoding="utf-8"), page.name


def test_a_desk_for_reading_only_has_readers_only(ledger, settings, accounts) -> None:
    desk = app(ledger, settings, read_only=True)
    with TestClient(desk, base_url="http://127.0.0.1"):
        client = browser(desk, "admin", accounts)
        for needs, path, method in PAGES:
            if needs > Role.READER:
                answer = client.request(method, filled(path))
                assert answer.status_code == 403 and "reading only" in answer.text, path
        assert client.get("/incidents").status_code == 200


def test_a_document_is_redacted_under_ones_name(desk, accounts, ledger) -> None:
    client = browser(desk, "admin", accounts)
    document = next(ledger.documents()).id
    sent = {"document": document, "note": "names a child"}
    assert client.post("/redactions", data=sent | {"note": " "}).status_code == 400
    assert client.post("/redactions", data=sent | {"by": "Esra"}).status_code == 403
    assert client.post("/redactions", data=sent, follow_redirects=False).status_code == 303
    entry = list(ledger.entries(kinds=("redaction",)))[-1]
    assert '"by":"Aigul"' in entry.record
    assert client.get(f"/documents/{document}").status_code == 404
