"""Claims and incidents made and mended at the desk, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from test_desk_in_chromium import (  # noqa: F401  the fixtures of the other pages
    AXE,
    MAIN,
    browser,
    desk,
    ledger,
    opened,
    pytestmark,
    story,
)

from sayso.ledger.store import Ledger

DOCUMENT = "/documents/orrin-0304"
SELECT = """(words) => {
    const text = document.getElementById("text");
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.lastIndexOf(words);
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
}"""


def fits(page: Page, name: str, tmp_path: Path) -> None:
    """Nothing is wider than a phone, nor hidden from those who do not see."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id))")
    assert found == []


def test_words_are_selected_and_become_a_claim(
    opened: Callable[..., Page],  # noqa: F811
    ledger: Path,  # noqa: F811
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
    fits(page, "claim", tmp_path)
    form.get_by_label("count").fill("12+")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("injured 12+")
    expect(page.get_by_text("by hand", exact=True).first).to_be_visible()
    with Ledger.open(ledger) as kept:
        (made,) = kept.judgements()
        text = kept.document("orrin-0304").text
    assert made.made.evidence.start == text.rindex("they")
    assert text.count("they") == which > 1
    fits(page, "made", tmp_path)


def test_a_claim_is_made_without_scripts(opened: Callable[..., Page]) -> None:  # noqa: F811
    page = opened(DOCUMENT, java_script_enabled=False)
    page.get_by_text("Add a claim by hand").click()
    form = page.locator("#by-hand form")
    form.get_by_label("words").fill("Two police")
    form.get_by_label("count").fill("2")
    form.get_by_label("when", exact=True).fill("4 March 2031")
    form.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("killed 2")


def test_an_incident_is_mended_and_set_aside(
    opened: Callable[..., Page],  # noqa: F811
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
    fits(page, "incident", tmp_path)
    form.get_by_label("place").fill("Selmarra @ 41.2,29.1")
    form.get_by_role("button", name="Mend").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The night at the port")
    page.get_by_text("Mend its title").click()
    page.get_by_role("button", name="Not ours").click()
    expect(page.get_by_text("It is set aside")).to_be_visible()
    fits(page, "aside", tmp_path)
    page.goto("/incidents")
    expect(page.locator("#found")).not_to_contain_text("The night at the port")
    page.goto("/incidents?ours=no")
    page.get_by_role("link", name="The night at the port").click()
    page.locator(".mended").get_by_role("button", name="undo").last.click()
    expect(page.get_by_text("It is set aside")).to_have_count(0)


def test_all_fields_of_a_claim_stand_in_review(
    opened: Callable[..., Page],  # noqa: F811
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
    fits(page, "correct", tmp_path)
    form.get_by_label("where").fill("Velm @ 41.2,29.1")
    form.get_by_role("button", name="Correct").click()
    expect(page.locator("article.claim")).to_contain_text("harbour guards")
