"""Logging in at the desk in a real browser, by the keyboard alone, on a wide screen and a narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from test_desk_in_chromium import AXE, CHROMIUM, pytestmark  # noqa: F401 (skips where there is none)

from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger
from sayso.settings import Settings
from served import served

PASSWORD = "a lamp for nine miners"


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Iterator[str]:
    with Ledger.open(tmp_path / "sayso.db", create=True) as ledger:
        Accounts(ledger).add("Aigul Marat", PASSWORD, Role.ADMIN)
        Accounts(ledger).add("Cem", PASSWORD, Role.CODER)
    with served(tmp_path / "sayso.db", settings.gazetteer) as address:
        yield address


def is_clean(page: Page) -> None:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_one_logs_in_by_the_keyboard(desk: str, width: int, scheme: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=desk,
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            bypass_csp=True,  # axe is no script of the desk's
        )
        page = context.new_page()
        page.goto("/incidents?view=time")
        is_clean(page)
        for password in ("not it, not it", PASSWORD):
            if password != PASSWORD:
                page.keyboard.type("Aigul Marat")
                page.keyboard.press("Tab")
            page.keyboard.type(password)
            page.keyboard.press("Enter")
            if password != PASSWORD:
                expect(page.get_by_role("alert")).to_contain_text("no account of that name")
                expect(page.get_by_label("Password")).to_be_focused()
                is_clean(page)
        page.wait_for_url("**/incidents?view=time")
        page.get_by_role("link", name="Aigul Marat").click()
        page.get_by_role("button", name="Make a token").click()
        expect(page.get_by_role("status")).to_contain_text("sayso_")
        is_clean(page)
        page.get_by_role("link", name="People").click()
        is_clean(page)
        page.goto("/account")
        page.get_by_role("button", name="Log out").click()
        page.wait_for_url("**/login")
        browser.close()
