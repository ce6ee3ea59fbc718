"""PDFs as a report is made: with heads and feet, headings, lists, tables and columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from sayso.ingest.inputs import handed
from sayso.ingest.pdf import pdf
from sayso.records import Capture, Document, Problem
from sayso.shapes.blocks import blocks

STYLES = getSampleStyleSheet()
FLOOD = (
    "The river <b>Odar</b> burst its banks on Monday and flooded five districts in the east of the "
    "country, the Karsa relief office said. In <b>Belt</b>, where the water rose overnight, three "
    "villages are cut off."
)
BARE = FLOOD.replace("<b>", "").replace("</b>", "")
ONE = [(60, 475)]
TWO = [(60, 230), (305, 230)]


def set_(text: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(text, STYLES[style])


def made(story: Sequence[Any], columns: Sequence[tuple[int, int]] = ONE) -> tuple[str, list[str]]:
    """The text of a PDF of these parts, and what could not be read of it."""

    def around(canvas: Any, template: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 812, "Karsa Relief Office")
        canvas.drawRightString(535, 812, "Report 4")
        canvas.drawCentredString(297, 30, f"Page {template.page}")

    out = io.BytesIO()
    frames = [Frame(x, 60, width, 730) for x, width in columns]
    template = BaseDocTemplate(out, pagesize=A4)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=around)])
    template.build(list(story))
    document, *problems = pdf(out.getvalue(), "a.pdf")
    assert isinstance(document, Document)
    told = [p.message for p in problems if isinstance(p, Problem)]
    heads = [message for message in told if message.startswith("has running heads")]
    assert all("'Karsa Relief Office Report 4'" in message for message in heads)
    return document.text, [message for message in told if message not in heads]


def test_what_is_filled_into_a_form_or_put_over_a_page_is_named() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(60, 700, "Seven sai\xadlors drowned. Injured:")
    canvas.acroForm.textfield(name="injured", value="14", x=300, y=695)
    canvas.acroForm.textfield(name="empty", value="", x=300, y=595)
    canvas.freeTextAnnotation("Nine, by now", (60, 500, 200, 520))
    canvas.save()
    found = list(handed("a.pdf", out.getvalue()))
    (document,) = [one.document for one in found if isinstance(one, Capture)]
    assert document.text == "Seven sailors drowned. Injured:" and document.title is None
    assert [one.message for one in found if isinstance(one, Problem)] == [
        "has fields of a form filled in (1; 'injured' says '14') and notes put over its pages "
        "(1; 'Nine, by now'), which are not read"
    ]


def test_a_report_has_its_headings_items_and_rows() -> None:
    items = [
        set_("Sixteen people were killed."),
        ListFlowable([set_("Three were children.")], bulletType="bullet", start="–"),
        set_("Four bridges are gone."),
    ]
    top = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    rows = [
        ["District", "Killed", "Homes\ndestroyed"],
        ["Karsa", "12", "1,209"],
        ["Belt", "", "31"],
    ]
    text, problems = made([
        set_("Floods in Karsa", "Title"), set_(FLOOD), set_("Highlights", "Heading2"),
        ListFlowable(items, bulletType="bullet"), set_("By district", "Heading2"), Table(rows, style=top),
        set_(FLOOD), PageBreak(), set_("Nine people are missing in Dorm."),
    ])  # fmt: skip
    assert problems == []
    assert text.split("\n") == [
        "# Floods in Karsa", BARE, "## Highlights", "- Sixteen people were killed.",
        "  - Three were children.", "- Four bridges are gone.", "## By district",
        "| District | Killed | Homes destroyed |", "| --- | --- | --- |",
        "| Karsa | 12 | 1,209 |", "| Belt |  | 31 |", BARE, "Nine people are missing in Dorm.",
    ]  # fmt: skip


def test_heads_of_which_one_may_be_for_several_columns_are_told_of() -> None:
    rows = [
        ["District", "Killed", "Homes\ndestroyed"],
        ["Karsa", "12", "1,209"],
        ["Belt", "", "31"],
    ]
    text, problems = made([set_(FLOOD), Table(rows)])
    assert [p.partition(",")[0] for p in problems] == ["has what may be tables in it"]
    assert "|" not in text and "Karsa 12 1,209" in text


def test_a_table_over_three_pages_is_one() -> None:
    rows = [[f"Village {n}", str(n % 7), str(n % 5)] for n in range(100)]
    text, problems = made([Table([["Village", "Killed", "Injured"], *rows])])
    shown = [block for block in blocks(text) if block.kind == "row" and block.heads]
    assert problems == [] and len(shown) == 100
    assert {text[slice(*block.heads[1])] for block in shown} == {"Killed"}


def test_two_columns_are_read_in_their_order() -> None:
    parts = [set_(f"{n}. {FLOOD}") for n in range(1, 30)]
    text, problems = made([set_("Floods in Karsa", "Heading2"), *parts], TWO)
    assert problems == []
    assert text.split("\n") == ["# Floods in Karsa", *(f"{n}. {BARE}" for n in range(1, 30))]
