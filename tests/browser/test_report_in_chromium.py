"""The report in a real browser: Debian's Chromium, driven by Playwright, with no way out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from sayso.ingest.inputs import documents
from sayso.pipeline import Reader, known
from sayso.pipeline.boards import boards
from sayso.pipeline.running.stream import read_all
from sayso.publish import report
from sayso.settings import Settings

STORY = Path(str(files("sayso"))) / "data" / "demo" / "story.jsonl"


@pytest.fixture(scope="module")
def written(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    read = list(read_all(Reader(settings), documents([str(STORY)])))
    record = known([d for d, _ in read], [r for _, r in read], settings)  # type: ignore[misc]
    board = max(boards(record), key=lambda board: len(board.documents))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report.html(board), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, written: Path) -> Iterator[Page]:
    """The report, open; the test fails if it asked for anything but itself or complained."""
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.on("request", note)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(written.as_uri())
    yield page
    page.close()
    assert {url for url in asked if not url.startswith("data:")} == {written.as_uri()}
    assert not complaints


def test_the_board_answers_how_many_and_who_says_so(page: Page) -> None:
    row = page.locator("tr", has_text="killed").filter(has_text="people").first
    text = row.inner_text()
    assert "18" in text and "27" in text
    assert "health ministry" in text and "doctors' union" in text


def test_a_figure_leads_to_its_evidence(page: Page) -> None:
    link = page.locator("table a[href^='#']").first
    target = (link.get_attribute("href") or "")[1:]
    link.click()
    assert page.url.endswith(f"#{target}")
    assert page.locator(f"[id='{target}']").is_visible()


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_runs_off_the_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_mode_changes_the_paper(page: Page) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    light = paper()
    page.emulate_media(color_scheme="dark")
    assert paper() != light


def test_it_prints_on_two_pages(page: Page) -> None:
    pdf = page.pdf(format="A4")
    assert (
        pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") == 2
    )
