"""The four jobs that people have, each from its first page to what it hands on: a coder, a recorder of
casualties, a crisis desk, a researcher. At a real desk, in a real browser, on a ledger that begins
empty; by command what people do by command.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_desk_in_chromium import waiting
from test_making_in_chromium import SELECT

from sayso.ledger.store import Ledger
from waiting import until

LANTERN = {
    "id": "lantern-0304", "outlet": "Lantern", "published": "2031-03-04T08:00:00Z",
    "title": "Nine villagers killed in Orlen",
    "text": "KARSA — Gunmen killed nine villagers in Orlen on Monday, the governor of Karsa district "
    "said. Four others were wounded when the attackers set fire to the market.\n\nA midwife who had "
    "hidden in the mill said that her brother had been taken to the hills.",
}  # fmt: skip
SPORT = {
    "id": "lantern-sport", "outlet": "Lantern", "published": "2031-03-04T18:00:00Z",
    "title": "Stand collapses at Tarn Park",
    "text": "TARN — Six fans were injured on Tuesday when a stand collapsed during a football match "
    "at Tarn Park, the club said.",
}  # fmt: skip
COURIER = (
    "ORLEN — Eleven people died in the attack on Orlen on Monday, a farmers' union said on Tuesday, "
    "two more than the governor of Karsa district had announced. The union said that the gunmen "
    "belonged to the Red Sash militia."
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with nothing in it yet."""
    with Ledger.open(tmp_path / "sayso.db", create=True):
        return tmp_path / "sayso.db"


def lines(path: Path, *documents: dict[str, str]) -> Path:
    path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    return path


def read(page: Page) -> None:
    """Have what stands in the form of the page to add read, and wait until it is."""
    page.get_by_role("button", name="Read and keep").click()
    page.get_by_role("link", name="Incidents").nth(1).wait_for()


def rows(page: Page, label: str) -> list[dict[str, str]]:
    """The rows of the file that the menu of exports gives under this name."""
    page.locator("#export summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=label).click()
    with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_coder_reads_judges_mends_and_hands_in_rows(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened("/")
    # An empty desk opens where one begins: two files, then one article out of a mail.
    page.get_by_label("Saved pages").set_input_files(
        str(lines(tmp_path / "monday.jsonl", LANTERN, SPORT))
    )
    read(page)
    page.get_by_label("Text", exact=True).fill(COURIER)
    page.get_by_label("Headline").fill("Orlen buries its dead")
    page.get_by_label("Outlet").fill("Hill Courier")
    page.get_by_label("Published").fill("5 March 2031")
    read(page)
    page.get_by_role("link", name="Incidents").first.click()
    expect(page.locator("table.incidents tbody tr")).to_have_count(2)
    # One is not for this project.
    page.get_by_role("link", name="Stand collapses").click()
    page.get_by_text("Mend its title").click()
    page.get_by_role("button", name="Not ours").click()
    page.goto("/incidents")
    expect(page.locator("table.incidents tbody tr")).to_have_count(1)
    # The queue: the governor's nine are accepted, and the union's eleven get their group.
    page.get_by_role("link", name="Review", exact=True).click()
    mended = 0
    for left in range(waiting(page), 0, -1):
        expect(page.locator("h1 .soft")).to_have_text(f"{left} left")
        if "killed 11" in page.locator(".facts dd").first.inner_text():
            page.get_by_text("Correct").first.click()
            page.get_by_label("who").fill("villagers (civilians)")
            page.get_by_label("doer").fill("Red Sash Front (attackers)")
            page.get_by_role("button", name="Correct", exact=True).click()
            expect(page.locator("article.claim")).to_contain_text("Red Sash Front")
            mended += 1
        page.keyboard.press("a")
    expect(page.get_by_text("Nothing waits to be judged")).to_be_visible()
    assert mended == 1
    # One more is abducted, which no rule has read.
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    page.locator("a[data-row]").first.click()
    page.get_by_text("Sources and documents").click()
    page.get_by_role("link", name=LANTERN["title"]).click()
    page.evaluate(SELECT, "her brother had been taken to the hills")
    form = page.locator("#by-hand form")
    form.get_by_label("kind").select_option("abducted")
    form.get_by_label("count").fill("1")
    form.get_by_label("who").fill("a midwife's brother (civilians)")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("abducted 1")
    # The incident gets its place, its day and a title.
    page.locator(".links a[href^='/incidents/']").click()
    page.get_by_text("Mend its title").click()
    form = page.locator("details.mend form").first
    form.get_by_label("title").fill("Attack on Orlen")
    form.get_by_label("place").fill("Orlen @ 41.2,29.1")
    form.get_by_label("day: pick a day").fill("2031-03-03")
    form.get_by_label("why").fill("by the parish's register")
    form.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Attack on Orlen")
    # What is handed in.
    page.goto("/incidents")
    (row,) = rows(page, "ACLED’s columns")
    assert (row["event_date"], row["location"]) == ("2031-03-03", "Orlen")
    assert (row["latitude"], row["longitude"]) == ("41.2", "29.1")
    assert row["fatalities"] == "11" and row["actor1"] == "Red Sash Front"
    assert "Title and place by a person" in row["notes"]
    assert "1 civilian was abducted" in row["notes"]
    claims = {claim["kind"]: claim for claim in rows(page, "CSV")}
    by_hand = claims["abducted"]
    assert by_hand["evidence"] == "her brother had been taken to the hills"
    assert by_hand["corrected"].split() == ["count", "evidence", "kind", "who"]
    assert (claims["killed"]["corrected"], claims["killed"]["judged"]) == ("by who", "accept")
    assert claims["killed"]["judged_by"] == "Aigul"
    assert claims["killed"]["mended"] == "incident.title incident.where"
