"""One Chromium for all tests of pages: Debian's, driven by Playwright, with no way out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sayso.settings import Settings
from served import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

TALK = ("GPU stall", "404 (Not Found)", "400 (Bad Request)", "401 (Unauthorized)")
"""The browser's own talk: that software WebGL is slow, that a missing page is missing, that a form
was not understood, and that a password was wrong."""

expect.set_options(timeout=60_000)  # for a busy machine: nothing here waits that long


# For the tests of a module, not of a session: while it is open no other test can run a loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and "CI" not in os.environ:
        pytest.skip("no chromium on this machine; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def ledger(story: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story, tmp_path / "sayso.db"))


@pytest.fixture
def desk(ledger: Path, settings: Settings, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a desk, started with the options that a test gives."""
    options = getattr(request, "param", lambda folder: [])(ledger.parent)
    with served(ledger, settings.gazetteer, *options) as address:
        yield address.rstrip("/")


@pytest.fixture
def visited(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of the desk at an address; the test fails if any asked for something elsewhere
    or complained."""
    asked: list[tuple[str, str]] = []
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def visit(desk: str, path: str = "/", **options: object) -> Page:
        context = browser.new_context(
            base_url=desk, **{"viewport": {"width": 1280, "height": 900}} | options
        )
        context.set_default_timeout(120_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append((desk, request.url)))
        page.on("console", lambda said: complaints.append(f"{said.text} ({said.location})"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not [url for desk, url in asked if not url.startswith((f"{desk}/", "data:", "blob:"))]
    assert not [said for said in complaints if not any(words in said for words in TALK)]


@pytest.fixture
def opened(visited: Callable[..., Page], desk: str) -> Callable[..., Page]:
    """Opens a page of the test's desk, as `visited` does."""
    return lambda path="/", **options: visited(desk, path, **options)
