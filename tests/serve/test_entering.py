"""Logging in, staying in and going out, and what people do with accounts at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger
from sayso.serve.app import app
from sayso.serve.attempts import FORGOTTEN, FREE, KEPT, LONGEST, Attempts

PASSWORD = "a lamp for nine miners"


@pytest.fixture
def accounts(ledger: Ledger, quick: None) -> Accounts:
    made = Accounts(ledger)
    made.add("Aigul", PASSWORD, Role.ADMIN)
    made.add("Cem", PASSWORD, Role.CODER)
    return made


@pytest.fixture
def opened(ledger: Ledger, settings, accounts) -> Iterator[Callable[..., TestClient]]:
    """A browser at a desk with accounts, at an address and from another."""
    desk = app(ledger, settings, name="Settings", public=True)

    def browser(address: str = "http://127.0.0.1", host: str = "127.0.0.1") -> TestClient:
        client = TestClient(desk, base_url=address, client=(host, 50_000), follow_redirects=False)
        client.headers["accept"] = "text/html"
        return client

    with TestClient(desk, base_url="http://127.0.0.1"):
        yield browser


def log_in(client: TestClient, name: str = "Cem", password: str = PASSWORD, **more: str):
    return client.post("/login", data={"name": name, "password": password} | more)


def test_a_page_asks_who_one_is_and_is_gone_on_to(opened) -> None:
    client = opened()
    asked = client.get("/incidents?view=time&country=TR")
    assert asked.status_code == 303
    page = client.get(asked.headers["location"]).text
    assert 'value="/incidents?view=time&amp;country=TR"' in page
    for told in (">Incidents<", "/search", '"/log"', "Selmarra"):
        assert told not in page
    entered = log_in(client, next="/incidents?view=time&country=TR")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/incidents?view=time&country=TR"
    assert client.get("/incidents").status_code == 200
    assert client.get("/account.json").json()["items"] == [{"name": "Cem", "role": "coder"}]


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_it_leads_nowhere_else(opened, next: str) -> None:
    assert log_in(opened(), next=next).headers["location"] == "/incidents"


def test_the_cookie_is_for_this_desk_alone(opened) -> None:
    said = log_in(opened()).headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=lax" in said and "path=/" in said
    assert "max-age=43200" in said and "domain" not in said and "secure" not in said
    encrypted = log_in(opened("https://desk.example", "192.0.2.7")).headers["set-cookie"]
    assert encrypted.startswith("__Host-sayso=") and "secure" in encrypted.lower()


def test_what_was_wrong_is_not_told(opened) -> None:
    pages = {
        (answer.status_code, answer.text.replace("nobody", "").replace("Cem", ""))
        for answer in (
            log_in(opened(), "nobody"),
            log_in(opened(), "Cem", "not it, not it"),
            log_in(opened(), "Cem", ""),
        )
    }
    assert len(pages) == 1
    status, text = pages.pop()
    assert status == 401 and "no account of that name and password" in text
    assert 'role="alert"' in text


def test_no_password_goes_over_an_open_way(opened) -> None:
    client = opened("http://desk.example", "192.0.2.7")
    assert '<form class="entry"' not in client.get("/login").text
    assert log_in(client).status_code == 403
    assert "set-cookie" not in log_in(client).headers


def test_whoever_goes_out_is_out(opened, accounts) -> None:
    client = opened()
    log_in(client)
    kept = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/incidents").status_code == 303
    client.cookies.update(kept)
    assert client.get("/incidents").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        lambda accounts: accounts.change_role("Cem", Role.EDITOR),
        lambda accounts: accounts.change_password("Cem", PASSWORD * 2),
        lambda accounts: accounts.remove("Cem"),
    ],
)
def test_a_change_of_the_account_ends_the_session(opened, accounts, change) -> None:
    client = opened()
    log_in(client)
    assert client.get("/incidents").status_code == 200
    change(accounts)
    assert client.get("/incidents").status_code == 303
    assert client.post("/judgements", data={"verdict": "accept", "a": "x"}).status_code == 401


def test_another_session_than_was_brought_is_given(opened) -> None:
    """Nobody can have somebody else log in to a session that they know."""
    client = opened()
    entered = client.post(
        "/login",
        data={"name": "Cem", "password": PASSWORD},
        headers={"cookie": "sayso_session=fixed"},
    )
    assert "sayso_session=" in entered.headers["set-cookie"]
    assert "fixed" not in entered.headers["set-cookie"]


def test_a_wrong_token_is_not_made_up_for_by_a_session(opened) -> None:
    client = opened()
    log_in(client)
    wrong = {"authorization": "Bearer sayso_wrong"}
    assert client.get("/incidents.json", headers=wrong).status_code == 401
    assert client.get("/incidents.json", headers=wrong).headers["www-authenticate"] == "Bearer"


def test_accounts_come_into_force_as_soon_as_there_is_one(ledger, settings, quick) -> None:
    desk = app(ledger, settings, name="Settings")
    with TestClient(desk, base_url="http://127.0.0.1", follow_redirects=False) as client:
        client.headers["accept"] = "text/html"
        assert client.get("/incidents").status_code == 200
        assert client.get("/login").status_code == 404
        Accounts(ledger).add("Aigul", PASSWORD, Role.ADMIN)
        assert client.get("/incidents").status_code == 303
        Accounts(ledger).remove("Aigul")  # not to be opened again by taking all away
        assert client.get("/incidents").status_code == 303


def test_accounts_can_be_asked_for_before_there_is_one(ledger, settings) -> None:
    desk = app(ledger, settings, accounts=True)
    with TestClient(desk, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        client.headers["accept"] = "text/html"
        assert "sayso user add" in client.get("/incidents").text
        assert client.get("/incidents.json").status_code == 401


def test_the_token_of_a_desk_opens_it_no_more_when_it_has_accounts(ledger, settings, quick) -> None:
    desk = app(ledger, settings, token="letmein")
    with TestClient(desk, base_url="http://desk.example", follow_redirects=False) as client:
        bearer = {"authorization": "Bearer letmein"}
        assert client.get("/incidents.json", headers=bearer).status_code == 200
        Accounts(ledger).add("Aigul", PASSWORD, Role.ADMIN)
        assert client.get("/incidents.json", headers=bearer).status_code == 401


def test_ones_own_password_is_changed_by_who_has_it(opened, accounts) -> None:
    client, other = opened(), opened()
    log_in(client)
    log_in(other)
    new = "another lamp, and brighter"

    def change(before: str, after: str, again: str):
        data = {"before": before, "after": after, "again": again}
        return client.post("/account/password", data=data)

    assert change("not it, not it", new, new).status_code == 403
    assert change(PASSWORD, new, new + ".").status_code == 400
    assert change(PASSWORD, "short", "short").status_code == 400
    assert client.get("/account").status_code == 200 and accounts.proved("Cem", PASSWORD)
    assert change(PASSWORD, new, new).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert log_in(opened()).status_code == 401
    assert log_in(opened(), password=new).status_code == 303


def test_a_token_is_made_shown_once_and_revoked(opened, accounts, ledger) -> None:
    client = opened()
    log_in(client)
    page = client.post("/account/tokens", data={"label": "<b>nightly</b>"}).text
    secret = page.partition("<code>sayso_")[2].partition("</code>")[0]
    assert "&lt;b&gt;nightly" in page and len(secret) >= 40
    assert secret not in client.get("/account").text
    bearer = {"authorization": f"Bearer sayso_{secret}"}
    program = opened()
    assert program.get("/account.json", headers=bearer).json()["items"][0]["name"] == "Cem"
    [token] = accounts.tokens("Cem")
    in_place = {"auth": ("whoever", f"sayso_{secret}")}  # of a password, as readers of feeds can
    assert program.get("/account.json", **in_place).status_code == 200
    assert program.get("/account.json", auth=("Cem", PASSWORD)).status_code == 401
    for sent in ("Basic !!!", "Basic", "Basic /w==", "Bearer"):
        assert program.get("/account.json", headers={"authorization": sent}).status_code == 401
    assert client.post("/account/tokens/revoke", data={"id": token.id}).status_code == 303
    assert program.get("/account.json", headers=bearer).status_code == 401


def test_an_admin_has_the_accounts(opened, accounts) -> None:
    client = opened()
    log_in(client, "Aigul")

    def change(do: str, **said: str) -> int:
        return client.post("/people", data={"do": do} | said).status_code

    assert change("add", name="Bo", password=PASSWORD, role="reader") == 303
    assert change("add", name="bo", password=PASSWORD, role="reader") == 400
    assert change("add", name="Di", password="short", role="reader") == 400
    assert change("add", name="Di", password=PASSWORD, role="king") == 400
    assert change("conquer", name="Bo") == 400
    assert change("role", name="Bo", role="editor") == 303
    assert change("password", name="Bo", password=PASSWORD * 2) == 303
    assert log_in(opened(), "Bo", PASSWORD * 2).status_code == 303
    assert change("remove", name="Bo") == 303
    assert change("remove", name="Bo") == 400
    assert change("remove", name="Aigul") == 400
    assert change("role", name="Aigul", role="editor") == 400
    assert [one.name for one in accounts.all()] == ["Aigul", "Cem"]
    page = client.post("/people", data={"do": "remove", "name": "<script>"}).text
    assert "<script>" not in page.replace("<script src", "")


def test_forms_of_people_are_small(opened) -> None:
    sent = {"name": "Cem", "password": "x" * 20_000}
    assert opened().post("/login", data=sent).status_code == 413


def test_who_tries_out_passwords_is_slowed_down(opened) -> None:
    client = opened()
    for _ in range(FREE):
        assert log_in(client, "Cem", "not it, not it").status_code == 401
    for name in ("Cem", "nobody"):
        slow = log_in(client, name)  # even with the right one
        assert slow.status_code == 429 and int(slow.headers["retry-after"]) >= 1
    elsewhere = log_in(opened(host="127.0.0.2"))
    assert elsewhere.status_code == 429  # by the name, for a second
    assert log_in(opened(host="127.0.0.2"), "Aigul").status_code == 303


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_try_waits_longer_but_no_name_is_shut_for_long() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for n in range(40):
        while wait := attempts.begin("Cem", f"192.0.2.{n}"):
            waits.append(wait)
            clock.now += wait
    assert waits[:5] == [1, 2, 4, 8, 16] and max(waits) == LONGEST["name"]
    attempts.succeeded("cem", "192.0.2.1")
    assert attempts.begin("Cem", "192.0.2.200") == 0


def test_one_network_is_one_whoever_is_tried() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for n in range(FREE):
        assert attempts.begin(f"name {n}", f"2001:db8::{n}") == 0
    assert attempts.begin("another", "2001:db8::ffff:1") > 0
    assert attempts.begin("another", "2001:db8:0:1::1") == 0
    for n in range(FREE + 1):  # of IPv4, as one sees it who listens for both
        assert attempts.begin(f"other {n}", f"::ffff:192.0.2.{n}") == 0
    clock.now += FORGOTTEN + 1
    assert attempts.begin("another", "2001:db8::1") == 0


def test_what_is_remembered_is_bounded() -> None:
    attempts = Attempts(Clock())
    for n in range(KEPT):
        attempts.begin("x" * 10_000 + str(n), f"10.0.{n // 256}.{n % 256}")
    assert len(attempts._tried) <= KEPT
    assert all(len(key) < 200 for _, key in attempts._tried)
