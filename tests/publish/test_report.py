from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from laying import board
from markdown_it import MarkdownIt

from sayso.publish import report, summary, wording
from sayso.publish.board import Board

LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction"}
CSS = (files("sayso") / "publish" / "templates" / "report.css").read_text(encoding="utf-8")


class Page(HTMLParser):
    """The tags, links and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link", "img", "input", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def html(laid: Board) -> str:
    return report.html(laid, "2031-03-06T22:00:00+02:00")


@pytest.fixture(scope="module")
def markdown(laid: Board) -> str:
    return report.markdown(laid)


def test_every_claim_is_quoted(html: str, laid: Board) -> None:
    words = Page(html).words
    for line in laid.lines.values():
        assert wording.clean(line.claim.evidence.text) in words


def test_tags_are_balanced(html: str) -> None:
    assert Page(html).open == []


def test_nothing_is_loaded_and_nothing_runs(html: str) -> None:
    for tag, attributes in Page(html).tags:
        assert tag not in ("script", "link", "iframe", "img", "object", "embed", "base", "form")
        assert not LOADING & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "@import" not in html
    assert "url(" not in html


def test_links_go_to_the_web_or_within_the_page(html: str) -> None:
    page = Page(html)
    named = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert any(link.startswith("https://") for link in links)
    for link in links:
        assert link.startswith("https://") or link[1:] in named


def test_ids_are_unique(html: str) -> None:
    named = [attributes["id"] for _, attributes in Page(html).tags if attributes.get("id")]
    assert len(named) == len(set(named))


def test_headline_figures_are_those_of_the_record(html: str) -> None:
    figures = re.findall(r'<p class="figure">([^<]+)</p>\s*<p class="words">([^<]+)', html)
    assert [(figure, words.strip()) for figure, words in figures][:3] == [
        ("18–27", "killed"),
        ("52", "injured"),
        ("5–11", "in a critical condition"),
    ]


def test_copies_are_marked_and_counted_once(html: str) -> None:
    page = Page(html).words
    assert "Printed as well by Harbour Post, Selmarra Courier, Halsten Monitor, Quayside" in page
    assert page.count("copy of Orrin News Agency") == 4
    assert "17 documents, 13 different texts" in page


def test_withdrawn_and_denied_say_so_in_words(html: str) -> None:
    assert re.search(r"<s>17</s> <strong[^>]*><abbr[^>]*>withdrawn<", html)
    assert re.search(r"22 <strong[^>]*><abbr[^>]*>denied<", html)


def test_the_curves_stand_in_the_page(html: str) -> None:
    assert html.count("<svg ") == 2 * report.CURVES  # each once more, for telephones
    assert html.count("<figure") == report.CURVES
    assert "People killed" in Page(html).words


def test_the_time_of_the_report_is_the_one_given(html: str, laid: Board) -> None:
    assert "Report of 6 Mar 2031 22:00." in html
    assert "Report of" not in report.html(laid)


def test_the_same_record_gives_the_same_page(html: str, laid: Board) -> None:
    assert report.html(laid, "2031-03-06T22:00:00+02:00") == html


def test_hostile_text_is_harmless_in_html(hostile: Board) -> None:
    html = report.html(hostile)
    page = Page(html)
    assert page.open == []
    assert not any(tag == "script" for tag, _ in page.tags)
    assert not any(name.startswith("on") for _, found in page.tags for name in found)
    assert not any((found.get("href") or "").startswith("javascript:") for _, found in page.tags)
    assert not set(html) & set("\x00\x1b\u202e\u202c")
    assert "49" not in page.words
    assert "{{ 7*7 }}" in page.words


def test_hostile_text_is_harmless_in_markdown(hostile: Board) -> None:
    text = report.markdown(hostile)
    assert "<script" not in text
    assert "javascript:" not in text
    assert not set(text) & set("\x00\x1b\u202e\u202c")
    rows = [line for line in text.splitlines() if line.startswith("| killed")]
    assert len(rows) == 1
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == 9


def test_markdown_quotes_every_claim(markdown: str, laid: Board) -> None:
    plain = re.sub(r"\\(.)", r"\1", markdown)
    for line in laid.lines.values():
        assert wording.clean(line.claim.evidence.text) in plain


def test_it_leads_with_the_best_figure(html: str, markdown: str, laid: Board) -> None:
    lead = summary.lead(laid)
    assert markdown.split("\n\n")[1] == f"**{lead}**"
    words = Page(html).words
    assert words.index(lead) < words.index(summary.told(laid)[0])


@pytest.mark.parametrize("which", ["laid", "hostile"])
def test_it_is_markdown_as_commonmark_has_it(which: str, request: pytest.FixtureRequest) -> None:
    """Every heading, row and cell is one for a parser of Markdown, and nothing is HTML."""
    board: Board = request.getfixturevalue(which)
    told = report.content(board)
    tokens = MarkdownIt("commonmark").enable("table").parse(report.markdown(board))
    kinds = [token.type for token in tokens]
    inner = [child.type for token in tokens for child in token.children or ()]
    assert "html_block" not in kinds and "html_inline" not in inner
    tables = 2 + bool(told["rows"])
    assert kinds.count("table_open") == tables
    rows = len(told["rows"]) + len(told["sources"]) + len(told["documents"])
    assert kinds.count("tr_open") == rows + tables
    claims = sum(len(text["claims"]) for day in told["days"] for text in day["texts"])
    accounts = sum(len(one["accounts"]) for one in told["differences"])
    assert kinds.count("list_item_open") == claims + accounts + len(told["cards"])
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1


def test_markdown_tables_have_even_rows(markdown: str) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", markdown, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_markdown_gives_each_headline_figure_a_line(markdown: str, html: str) -> None:
    head = markdown.partition("## Toll board")[0]
    figures = re.findall(r"^- \*\*", head, re.MULTILINE)
    assert len(figures) == head.count("- **") > 1
    assert head.endswith("\n\n")


def test_markdown_has_the_sections_of_the_page(markdown: str, html: str) -> None:
    heads = re.findall(r"^## (.+)$", markdown, re.MULTILINE)
    of_page = re.findall(r"<h2>([^<]+)</h2>", html)
    assert [head for head in of_page if head != "What was known when"] == [
        *heads[:4],
        *(h for h in of_page if h in heads[4:] and h not in heads[:4]),
    ]
    assert set(heads) == set(of_page) - {"What was known when"}


def test_an_empty_record_is_still_a_page(told, found) -> None:
    empty = board(found[0], [], {})
    assert Page(report.html(empty)).open == []
    assert report.markdown(empty).startswith("# ")


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", range(3), ids=["light", "dark", "print"])
@pytest.mark.parametrize("ink", ["ink", "soft", "flag", "link"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_has_the_contrast_of_wcag_aa(palette: int, ink: str, ground: str) -> None:
    screen, paper = re.findall(r":root\{([^}]+)\}", CSS)
    both = re.findall(r"--(\w+):light-dark\(#(\w+),#(\w+)\)", screen)
    colours = (
        {name: (light, dark)[palette] for name, light, dark in both}
        if palette < 2
        else dict(re.findall(r"--(\w+):#(\w+)", paper))
    )
    lights = sorted((luminance(colours[ink]), luminance(colours[ground])))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
