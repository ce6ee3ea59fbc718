"""A queue worked from end to end without a mouse, the focus in sight after every step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from test_desk_in_chromium import waiting

from sayso.ledger.store import Ledger

FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing has the focus";
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (box.bottom <= 0 || box.top >= innerHeight || box.width < 2) return `out of sight: ${one.outerHTML}`;
  if (style.outlineStyle === "none" || !parseFloat(style.outlineWidth)) return `no ring: ${one.outerHTML}`;
  return "";
}"""


def in_sight(page: Page) -> None:
    assert page.evaluate(FOCUS) == ""


def left(page: Page, number: int) -> None:
    expect(page.locator("h1 .soft")).to_have_text(f"{number} left")
    expect(page.locator("article.claim")).to_be_focused()
    in_sight(page)


def test_a_queue_is_worked_without_a_mouse(opened: Callable[..., Page], ledger: Path) -> None:
    page = opened("/review", reduced_motion="reduce")
    total = waiting(page)
    left(page, total)
    page.keyboard.press("a")
    left(page, total - 1)
    # Corrected, and what is not understood is said where the focus is.
    page.keyboard.press("e")
    in_sight(page)
    page.keyboard.press("1")
    expect(page.get_by_label("count 1")).to_be_focused()
    for typed in ("many", "20-24"):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        if typed == "many":
            expect(page.get_by_label("count 1")).to_have_attribute("aria-invalid", "true")
            expect(page.get_by_label("count 1")).to_be_focused()
            in_sight(page)
    expect(page.locator("article.claim")).to_contain_text("20–24")
    left(page, total - 2)
    # Rejected with a reason, undone, rejected again.
    page.keyboard.press("Space")
    page.wait_for_url("**/review?claim=*")
    left(page, total - 2)
    page.keyboard.press("n")
    page.keyboard.type("counted twice")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    left(page, total - 3)
    expect(page.locator(".latest li").first).to_contain_text("counted twice")
    page.keyboard.press("Backspace")
    left(page, total - 2)
    page.keyboard.press("x")
    left(page, total - 3)
    # Moved: found among all incidents, and one lands on what came of it.
    page.keyboard.press("s")
    in_sight(page)
    for _ in range(5):
        page.keyboard.press("Tab")
        in_sight(page)
        if page.evaluate("document.activeElement.name") == "near":
            break
    page.keyboard.type("ferry")
    expect(page.locator("#near li")).to_have_count(1)
    expect(page.locator("#near li")).to_contain_text("Ferry")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="of this")).to_be_focused()
    in_sight(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ferry sinks")
    with Ledger.open(ledger) as kept:
        told = [one.verdict for one in kept.judgements()]
    assert told[:5] == ["accept", "correct", "reject", "undo", "reject"]
    assert set(told[5:]) == {"different", "same"}


def test_whatever_takes_the_focus_shows_it(opened: Callable[..., Page]) -> None:
    page = opened("/review", reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("document.activeElement.blur()")
    seen = 0
    while seen < 200:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        in_sight(page)
        seen += 1
    assert 30 < seen < 200
