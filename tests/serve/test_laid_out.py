"""How the desk shows the shape of a text."""

from __future__ import annotations

import pytest

from sayso.records import Claim, Count, Document, Evidence
from sayso.serve.marking import laid_out

TEXT = (
    "# Floods in Karsa\nTwo <b>men</b> died.\n| District | Killed |\n| --- | --- |\n| Karsa | 12 |\n"
    "- Four are missing.\n  - One is a child.\nInjured: 9"
)


def claim(words: str) -> Claim:
    start = TEXT.index(words)
    evidence = Evidence(start=start, end=start + len(words), text=words)
    return Claim(
        id=f"c{start}", kind="killed", count=Count(low=1, high=1, text="1"), evidence=evidence
    )


def test_headings_items_and_rows_are_shown_as_such() -> None:
    page = str(laid_out(Document(id="d", text=TEXT), []))
    assert page == (
        '<p class="heading">Floods in Karsa</p><p class="paragraph">Two &lt;b&gt;men&lt;/b&gt; died.</p>'
        "<table><tr><th>District</th><th>Killed</th></tr><tr><td>Karsa</td><td>12</td></tr></table>"
        '<p class="item deep1">Four are missing.</p><p class="item deep2">One is a child.</p>'
        '<p class="paragraph">Injured: 9</p>'
    )


@pytest.mark.parametrize("words", ["12", "Injured: 9", "Four are missing"])
def test_evidence_leads_to_its_claim(words: str) -> None:
    page = str(laid_out(Document(id="d", text=TEXT), [claim(words)]))
    assert f">{words}</a>" in page and "<td>Karsa</td>" in page


def test_evidence_over_two_parts_is_shown_in_the_lines_of_the_text() -> None:
    page = str(laid_out(Document(id="d", text=TEXT), [claim("Karsa | 12")]))
    assert ">Karsa | 12</a>" in page and "| --- |" in page


def test_prose_keeps_its_lines() -> None:
    assert str(laid_out(Document(id="d", text="Two men died.\n\nNine are hurt."), [])) == (
        "Two men died.\n\nNine are hurt."
    )
