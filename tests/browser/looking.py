"""Looking at a page as those do who do not see it, see it in the dark, or hold it in one hand."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")

WIDTHS = (1280, 390)
"""A screen on a desk, and a telephone, in CSS pixels."""

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
"""What selects words in the text of a document as a mouse does; of words that stand there more than
once, the last."""


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds on a page as it stands: the rule, and the first element that breaks it; and
    what is wider than the page."""
    # Evaluated by the test, since no page may take a script from elsewhere.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    wrong = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    return [*wrong, *(("wider than the page", f"{wide} px") for wide in wider(page))]


def wider(page: Page) -> list[int]:
    """By how many pixels a page runs off to the side, if it does."""
    wide = int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
    return [wide] if wide > 0 else []


def fits(page: Page) -> None:
    """Nothing is wider than a screen or a telephone, nor hidden from those who do not see."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], width
