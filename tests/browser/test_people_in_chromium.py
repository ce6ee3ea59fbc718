"""Logging in at the desk in a real browser, by the keyboard alone, on a wide screen and a narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from looking import faults
from playwright.sync_api import Page, expect

from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger

PASSWORD = "a lamp for nine miners"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "sayso.db", create=True) as made:
        Accounts(made).add("Aigul Marat", PASSWORD, Role.ADMIN)
        Accounts(made).add("Cem", PASSWORD, Role.CODER)
    return tmp_path / "sayso.db"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_one_logs_in_by_the_keyboard(opened: Callable[..., Page], width: int, scheme: str) -> None:
    page = opened(
        "/incidents?view=time", viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    assert faults(page) == []
    for password in ("not it, not it", PASSWORD):
        if password != PASSWORD:
            page.keyboard.type("Aigul Marat")
            page.keyboard.press("Tab")
        page.keyboard.type(password)
        page.keyboard.press("Enter")
        if password != PASSWORD:
            expect(page.get_by_role("alert")).to_contain_text("no account of that name")
            expect(page.get_by_label("Password")).to_be_focused()
            assert faults(page) == []
    page.wait_for_url("**/incidents?view=time")
    page.get_by_role("link", name="Aigul Marat").click()
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_role("status")).to_contain_text("sayso_")
    assert faults(page) == []
    page.get_by_role("link", name="People").click()
    assert faults(page) == []
    page.goto("/account")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
