"""Documents that try to act on whoever looks at them: no page lets them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from sayso.ledger.store import Ledger
from sayso.pipeline.deriving import kept
from sayso.records import (
    Claim,
    Count,
    Document,
    Event,
    Evidence,
    Heading,
    Party,
    Place,
    Reading,
    Source,
    When,
)
from sayso.serve.app import app

SCRIPT = "<script>alert(1)</script>"
TRAP = (
    f'{SCRIPT}"onload="x" \x1b[31m\u202egnp.exe\u202c ]]> {{{{ 4099*4099 }}}} \x07 =1+1 '
    + "Ж" * 3000
)


class Acts(HTMLParser):
    """What in a page could act: scripts that are not ours, handlers, and addresses of no page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script" and not (named.get("src") or "").startswith("/static/"):
            self.found.append((tag, attrs))
        for name, value in attrs:
            lead = name in ("href", "src", "action") and not (value or "/").startswith(
                ("/", "#", "http://", "https://")
            )
            if name.startswith("on") or lead or name == "style":
                self.found.append((tag, name, value))


@pytest.fixture(scope="module")
def hostile(settings, tmp_path_factory) -> TestClient:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger.open(path, create=True) as ledger:
        for number, low in enumerate((5, 9)):
            text = f"{TRAP} killed {low} {SCRIPT}"
            document = Document(
                id=f"{number}/../?#%{SCRIPT}\u202e",
                url="javascript:alert(1)",
                title=TRAP,
                text=text,
                outlet=f"{number} {TRAP}",
                published=f"2031-03-0{number + 1}T10:00:00+02:00",
            )
            claim = Claim(
                id=f"{number}'{SCRIPT}?#",
                kind="killed",
                event=Event(type="ASSAULT", mode=None),
                count=Count(low=low, high=low, text=TRAP),
                who=Party(text=TRAP, category="unspecified"),
                where=Place(text=TRAP, name=TRAP, lat=41.2, lon=29.1, precision="city"),
                when=When(text=TRAP, start="2031-03-01", end="2031-03-01"),
                modality="reported",
                sources=(Source(text=f"{number} {TRAP}", kind="official", role="origin"),),
                basis="stated",
                because={TRAP: TRAP},
                evidence=Evidence(start=0, end=len(text), text=text),
            )
            heading = Heading(
                id=document.id, url=document.url, title=document.title,
                outlet=document.outlet, published=document.published, language=None,
            )  # fmt: skip
            reading = Reading(document=heading, reader=TRAP, claims=(claim,), problems=(TRAP,))
            with ledger.transaction() as writer:
                writer.add(document, reading)
        kept(ledger)
        client = TestClient(app(ledger, settings), base_url="http://127.0.0.1")
        client.headers["accept"] = "text/html"
        yield client


def walk(client: TestClient) -> dict[str, str]:
    """Every page that can be come to, by its address."""
    pages: dict[str, str] = {}
    waiting = ["/incidents", "/incidents?view=time", "/incidents?view=map", "/review", "/sources",
               "/log", "/search", "/search?in=documents", f"/search?q={SCRIPT}", "/about",
               f"/incidents?place={SCRIPT}", f"/incidents/{SCRIPT}"]  # fmt: skip
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages[address] = answer.text
        assert answer.status_code == 200 or SCRIPT in address, address
        parser = _Links(answer.text)
        waiting += [link for link in parser.found if link.startswith(("/incidents/", "/claims/",
                    "/documents/", "/review?", "/log?", "/search?"))]  # fmt: skip
    return pages


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(v or "").partition("#")[0] for n, v in attrs if n == "href" and v]


def test_no_page_acts_or_shows_what_deceives_the_eye(hostile: TestClient) -> None:
    pages = walk(hostile)
    assert any("/claims/" in address for address in pages)
    assert any("/documents/" in address for address in pages)
    assert any("/report" in address for address in pages)
    for address, page in pages.items():
        assert not Acts(page).found, address
        assert "<script>alert" not in page, address
        assert not set(page) & set("\x00\x07\x1b\u202e\u202c"), address
        assert str(4099 * 4099) not in page, address


def test_json_says_it_as_it_is(hostile: TestClient) -> None:
    found = hostile.get("/search.json").json()["items"]
    assert len(found) == 2 and SCRIPT in found[0]["claim"]["evidence"]["text"]
    answer = hostile.get("/search.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_redirect_cannot_be_split(hostile: TestClient) -> None:
    answer = hostile.get("/claims/0%0d%0aset-cookie:%20x=1", follow_redirects=False)
    assert "set-cookie" not in answer.headers and answer.status_code == 404
