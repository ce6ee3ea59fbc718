"""Every page of the desk, light and dark, on a screen and a telephone: clean to axe, no wider than the
page, and without a word on the console.

The list of pages is the table of addresses itself, so that a new page is looked at by itself; an
address with a part to be filled in that nothing here can fill fails.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from looking import WIDTHS, faults, wider
from playwright.sync_api import Page
from starlette.routing import Route
from test_desk_in_chromium import MAIN

from sayso.ingest.inputs import captures
from sayso.ledger import saved
from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.publish import embeds
from sayso.review import decide
from sayso.review.corrections import correction
from sayso.review.making import Quoted
from sayso.serve.app import doors
from sayso.settings import Settings
from served import served

PAPER = {"width": 718, "height": 1047}
"""A4 less its margins of 10 mm, in CSS pixels."""

PASSWORD = "a lamp for nine miners"
ADMIN = "Aigul Marat"
DOCUMENT = "orrin-0304"
LATER = {
    "id": "later", "outlet": "Quay", "published": "2031-03-08T10:00:00Z", "title": "Toll rises",
    "text": "The number of people killed when security forces fired on striking dockers in Selmarra "
    "on 4 March has risen to 31, the health ministry said on Saturday. Among them were Mila Dorn, "
    "34, a nurse, and Tove Dorn, her son, 9.",
}  # fmt: skip

BESIDES = (
    "/incidents?view=map", "/incidents?view=time", "/incidents?ours=no", "/incidents?place=nowhere",
    "/incidents?sort=nonsense", "/incidents/nothing-here", "/no-such-page", "/search?q=killed",
    "/search?q=killed&in=documents", "/search?q=nothingofthekind", "/sources?about=Police",
    f"/log?subject={MAIN}", f"/incidents/{MAIN}?latest=1", f"/incidents/{MAIN}?as_of=2031-03-04",
    f"/incidents/{MAIN}?as_of=2001-01-01", f"/incidents/{MAIN}?near=ferry",
    "/review?kind=missing", "/review?kind=nonsense", f"/review?incident={MAIN}",
)  # fmt: skip
"""What the pages are besides, by what stands behind their address: views, empty ones, errors."""


@pytest.fixture(scope="module")
def worked_on(
    story: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A ledger in which everything that a page can show was done, and a claim of it."""
    path = tmp_path_factory.mktemp("worked_on") / "sayso.db"
    shutil.copy(story, path)
    later = path.with_name("later.jsonl")
    later.write_text(json.dumps(LATER), encoding="utf-8")

    def mended(**fields: str) -> dict[str, object]:
        return {"correction": correction(settings.gazetteer, **fields)}

    with Ledger.open(path) as ledger:
        incident, _ = ledger.incident(MAIN)
        first, second, third, fourth = incident.claims[:4]
        for by, verdict in (("Aigul", "accept"), ("Cem", "reject")):
            decide(ledger, verdict, first, by=by)
        decide(ledger, "unsure", second, by="Cem", note="which of the two lists?")
        decide(ledger, "reject", third, by="Cem")
        decide(ledger, "correct", fourth, by="Cem", **mended(when="4 March 2031", who="dockers"))
        place = mended(where="Selmarra @ 41.2,29.1", remark="To be read with the inquiry's report")
        decide(ledger, "mend_incident", MAIN, by="Cem", **place)
        decide(ledger, "claim", DOCUMENT, by="Cem", quoted=Quoted("Two police", None),
               **mended(kind="killed", count="2"))  # fmt: skip
        decide(ledger, "owner", MAIN, ("Cem",))
        decide(ledger, "tag", MAIN, ("quay", "strike"))
        decide(ledger, "note", MAIN, note="Ask the port for its log", by="Cem")
        decide(ledger, "note", MAIN, note=f"https://quay.example/{'logs' * 60}", by="Cem")
        decide(ledger, "not_ours", "lake-tervane-2031-03-05", by="Cem")
        decide(ledger, "source_kind", "Police", ("official",), by="Cem")
        kept(ledger)
        decide(ledger, "sign", MAIN, by="Aigul", settings=settings)
        list(add(ledger, Reader(settings), captures([str(later)])))
        kept(ledger)
        saved.save(ledger, "Selmarra", "place=selmarra", by="Cem")
    return path, first


@pytest.fixture(scope="module")
def desks(
    worked_on: tuple[Path, str], settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Three desks: where much was done, with nothing in it, and with accounts."""
    folder = tmp_path_factory.mktemp("desks")
    named = Path(shutil.copy(worked_on[0], folder / "named.db"))
    with Ledger.open(named) as ledger:
        Accounts(ledger).add(ADMIN, PASSWORD, Role.ADMIN)
        Accounts(ledger).add("Cem", PASSWORD, Role.CODER)
    with Ledger.open(folder / "empty.db", create=True):
        pass
    ledgers = {"worked on": worked_on[0], "empty": folder / "empty.db", "named": named}
    with ExitStack() as running:
        yield {
            name: running.enter_context(served(path, settings.gazetteer)).rstrip("/")
            for name, path in ledgers.items()
        }


def addresses(claim: str, job: str) -> list[str]:
    """Every address of the desk that may be a page."""
    filled = {
        "/incidents/{id}": f"/incidents/{MAIN}",
        "/claims/{id}": f"/claims/{quote(claim, safe='')}",
        "/documents/{id}": f"/documents/{DOCUMENT}",
        "/add/{id}": f"/add/{job}",
        "/embed/{id}": f"/embed/{MAIN}",
    }
    found = []
    for _, route in doors():
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        path = route.path_format
        if path.endswith(".json") or "{shape}" in path:
            continue
        for part, known in filled.items():
            if path.startswith(part):
                path = path.replace(part, known, 1)
        pieces = embeds.PIECES if "{piece}" in path else ("",)
        found += [path.replace("{piece}", piece) for piece in pieces]
    assert not [path for path in found if "{" in path], "say above how these are filled"
    return found


def wrong(page: Page, path: str) -> list[tuple[str, str, str, str]]:
    """What is wrong with a page, with all that it folds away opened, by how it is looked at."""
    answer = page.goto(path)
    if answer is None or "text/html" not in answer.headers["content-type"]:
        return []
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            found += [(path, f"{scheme} {width}", *one) for one in faults(page)]
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size(PAPER)
    found += [(path, "print", "wider than the page", f"{wide} px") for wide in wider(page)]
    page.emulate_media(media="screen")
    return found


def told(found: list[tuple[str, str, str, str]]) -> str:
    """All that was found, a line each, so that a test which fails shows it whole."""
    return "\n".join(map(" | ".join, found))


def test_every_page_of_a_desk_at_work(
    visited: Callable[..., Page], desks: dict[str, str], worked_on: tuple[Path, str]
) -> None:
    desk = desks["worked on"]
    page = visited(desk, "/add")
    read = page.request.post(f"{desk}/documents", data={"text": "Two men drowned off Marrow Bay."})
    job, claim = read.json()["items"][0]["id"], worked_on[1]
    page.goto(f"/add/{job}")
    page.get_by_text("1 of 1 input read").wait_for()
    paths = [*addresses(claim, job), *BESIDES, f"/review?claim={quote(claim, safe='')}"]
    assert told([found for path in paths for found in wrong(page, path)]) == ""


def test_every_page_of_a_desk_with_nothing_in_it(
    visited: Callable[..., Page], desks: dict[str, str]
) -> None:
    page = visited(desks["empty"], "/")
    paths = [path for path in addresses("none", "none") if "none" not in path and MAIN not in path]
    assert told([found for path in paths for found in wrong(page, path)]) == ""


def test_every_page_of_a_desk_with_accounts(
    visited: Callable[..., Page], desks: dict[str, str], worked_on: tuple[Path, str]
) -> None:
    page = visited(desks["named"], "/")
    found = wrong(page, "/login?next=/account")
    page.get_by_label("Name").fill(ADMIN)
    page.get_by_label("Password").fill("not it, not it")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert faults(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    paths = ("/account", "/people", "/review", "/agreement", f"/incidents/{MAIN}", "/sources")
    page.get_by_role("button", name="Make a token").click()
    assert faults(page) == []
    found += [one for path in paths for one in wrong(page, path)]
    assert told(found) == ""
