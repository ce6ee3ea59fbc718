"""Claims and incidents made and mended at the desk, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from looking import SELECT, fits
from playwright.sync_api import Page, expect
from test_desk_in_chromium import MAIN

from sayso.ledger.store import Ledger

DOCUMENT = "/documents/orrin-0304"


def test_words_are_selected_and_become_a_claim(
    opened: Callable[..., Page],
    ledger: Path,
    tmp_path: Path,
) -> None:
    page = opened(DOCUMENT)
    page.evaluate(SELECT, "they")
    form = page.locator("#by-hand form")
    expect(form.get_by_label("words")).to_have_value("they")
    which = int(form.get_by_label("which").input_value())
    form.get_by_label("kind").select_option("injured")
    form.get_by_label("count").fill("many")
    form.get_by_role("button", name="Add the claim").click()
    expect(form.locator(".wrong .fault")).to_contain_text("is not understood")
    expect(form.get_by_label("words")).to_have_value("they")
    fits(page)
    form.get_by_label("count").fill("12+")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("injured 12+")
    expect(page.get_by_text("by hand", exact=True).first).to_be_visible()
    with Ledger.open(ledger) as kept:
        (made,) = kept.judgements()
        text = kept.document("orrin-0304").text
    assert made.made.evidence.start == text.rindex("they")
    assert text.count("they") == which > 1
    fits(page)


def test_a_claim_is_made_without_scripts(opened: Callable[..., Page]) -> None:
    page = opened(DOCUMENT, java_script_enabled=False)
    page.get_by_text("Add a claim by hand").click()
    form = page.locator("#by-hand form")
    form.get_by_label("words").fill("Two police")
    form.get_by_label("count").fill("2")
    form.get_by_label("when", exact=True).fill("4 March 2031")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("killed 2")


def test_an_incident_is_mended_and_set_aside(
    opened: Callable[..., Page],
    tmp_path: Path,
) -> None:
    page = opened(f"/incidents/{MAIN}")
    page.get_by_text("Mend its title").click()
    form = page.locator("details.mend form").first
    form.get_by_label("place").fill("Nowhereville")
    form.get_by_label("title").fill("The night at the port")
    form.get_by_label("day: pick a day").fill("2031-03-03")
    form.get_by_role("button", name="Mend").click()
    expect(form.locator(".fault").first).to_contain_text("the gazetteer has no")
    expect(form.get_by_label("title")).to_have_value("The night at the port")
    fits(page)
    form.get_by_label("place").fill("Selmarra @ 41.2,29.1")
    form.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The night at the port")
    page.get_by_text("Mend its title").click()
    page.get_by_role("button", name="Not ours").click()
    expect(page.get_by_text("It is set aside")).to_be_visible()
    fits(page)
    page.goto("/incidents")
    expect(page.locator("#found")).not_to_contain_text("The night at the port")
    page.goto("/incidents?ours=no")
    page.get_by_role("link", name="The night at the port").click()
    page.locator(".mended").get_by_role("button", name="undo").last.click()
    expect(page.get_by_text("It is set aside")).to_have_count(0)


def test_all_fields_of_a_claim_stand_in_review(
    opened: Callable[..., Page],
    tmp_path: Path,
) -> None:
    page = opened("/review")
    page.keyboard.press("e")
    form = page.locator("details.edit form").first
    form.get_by_label("modality").select_option("alleged")
    form.get_by_label("doer").fill("harbour guards (security_forces)")
    form.get_by_label("where").fill("Nowhereville")
    form.get_by_role("button", name="Correct").click()
    expect(form.locator(".fault").first).to_contain_text("the gazetteer has no")
    expect(form.get_by_label("modality")).to_have_value("alleged")
    fits(page)
    form.get_by_label("where").fill("Velm @ 41.2,29.1")
    form.get_by_role("button", name="Correct").click()
    expect(page.locator("article.claim")).to_contain_text("harbour guards")


def test_a_place_is_picked_on_the_map(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(f"/incidents/{MAIN}")
    page.get_by_text("Mend its title").click()
    place = page.locator("details.mend").get_by_label("place")
    place.fill("Velm")
    page.get_by_role("button", name="on the map").click()
    box = page.locator("dialog.pick .map")
    expect(box).to_have_attribute("data-drawn", "1")
    page.screenshot(path=tmp_path / "pick.png")
    box.click(position={"x": 300, "y": 200})
    expect(page.locator("dialog.pick")).to_be_hidden()
    assert re.fullmatch(r"Velm @ -?\d+\.\d{3},-?\d+\.\d{3}", place.input_value())
    page.locator("details.mend").get_by_role("button", name="Mend").click()
    expect(page.locator("header .setting")).to_contain_text("Velm")
