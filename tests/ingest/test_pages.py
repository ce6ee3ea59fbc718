from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.articles import content_id
from sayso.ingest.pages import doubts, page
from sayso.records import Document, Problem
from sayso.wire import decode, encode

FIRST = (
    "The governor of Marrow Bay said on Tuesday that 14 people had died when the seawall gave way."
)
SECOND = (
    "Rescue workers searched the lower town through the night, and three fishermen are still "
    "missing, according to the harbour board."
)
OLD = "It was the worst flood since 12 March 2019, when 40 people drowned, the board’s records say."


def html(head: str = "", body: str = "", after: str = "") -> str:
    return (
        "<!doctype html><html lang='en-GB'><head><title>Seawall gives way</title>"
        f"{head}</head><body><nav><a href='/'>Home</a> <a href='/sea'>Sea</a></nav><article>"
        f"<h1>Seawall gives way</h1>{body}<p>{FIRST}</p><p>{SECOND}</p><p>{OLD}</p></article>"
        f"{after}</body></html>"
    )


def read(text: str) -> Document:
    document = page(text.encode(), "page.html")
    assert isinstance(document, Document)
    return document


def test_the_paragraphs_stand_on_lines_of_their_own():
    assert read(html()).text.endswith(f"{FIRST}\n{SECOND}\n{OLD}")


def test_lists_of_a_page_that_marks_no_article_are_kept():
    items = "<ul><li>Nine people drowned.</li><li>In hospital: 4</li></ul>"
    text = html(body=items).replace("<article>", "").replace("</article>", "")
    assert "- Nine people drowned.\n- In hospital: 4\n" in read(text).text
    assert "Home" not in read(text).text


def test_terms_and_what_is_said_of_them_are_lines():
    terms = "<dl><dt>Date</dt><dd><time datetime='2031-03-10'>10 March 2031</time></dd>"
    terms += "<dt>Reported killed:</dt><dd>13 – 46</dd></dl>"
    assert "Date: 10 March 2031\nReported killed: 13 – 46\n" in read(html(body=terms)).text


def test_a_date_within_a_line_stays_in_it():
    line = "<p>Period: 3 to <time datetime='2031-03-10'>10 March 2031</time>, noon</p>"
    assert "Period: 3 to 10 March 2031, noon\n" in read(html(body=line)).text


def test_title_and_language_are_found():
    document = read(html())
    assert (document.title, document.language) == ("Seawall gives way", "en")


def test_outlet_and_address_are_found():
    document = read(
        html(
            "<meta property='og:site_name' content='The Marrow Courier'>"
            "<link rel='canonical' href='https://courier.example/sea/seawall'>"
        )
    )
    assert document.outlet == "The Marrow Courier"
    assert document.url == "https://courier.example/sea/seawall"


def test_a_site_without_a_name_goes_by_its_host():
    head = "<link rel='canonical' href='https://www.courier.example/sea/seawall'>"
    assert read(html(head)).outlet == "courier.example"


def test_the_id_is_made_of_outlet_and_text():
    document = read(html("<meta property='og:site_name' content='Tidewatch'>"))
    assert document.id == content_id("Tidewatch", document.text)


DATA = '<script type="application/ld+json">{{"datePublished": "{}"}}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            "<meta property='article:published_time' content='2031-03-04T18:30:00+02:00'>",
            "2031-03-04T18:30:00+02:00",
        ),
        (
            "<script type='application/ld+json'>"
            '{"@type": "NewsArticle", "datePublished": "2031-03-04T18:30:00Z"}</script>',
            "2031-03-04T18:30:00Z",
        ),
        (
            "<meta property='article:modified_time' content='2031-03-06T09:00:00Z'>"
            "<meta property='article:published_time' content='2031-03-04'>",
            "2031-03-04",
        ),
        ("<link rel='canonical' href='https://courier.example/2031/03/04/wall'>", "2031-03-04"),
        # It may be the fourth of March, or the third of April.
        ("<meta property='article:published_time' content='04/03/2031'>", None),
        ("<meta property='article:published_time' content='25/03/2031'>", "2031-03-25"),
        ("<meta name='pubdate' content='04/03/2031'>", None),
        (DATA.format("March 4, 2031"), "2031-03-04"),
        (DATA.format("Tuesday, March 4, 2031 6:30 p.m."), "2031-03-04T18:30:00"),
        (DATA.format("25/03/2031"), "2031-03-25"),
        (DATA.format("Tue 04/03/2031"), "2031-03-04"),
        (DATA.format("04/03/2031"), None),
        (DATA.format("4 March 2031") + DATA.format("11 June 2030"), None),
    ],
)
def test_the_date_is_the_one_that_the_page_states(head, published):
    document = read(html(head))
    assert document.published == published
    assert decode(encode(document), Document) == document


@pytest.mark.parametrize(
    ("byline", "published"),
    [
        ("<div class='byline'>By Ann Oakes, 4 March 2031</div>", "2031-03-04"),
        ("<p class='date'>Published 4 March 2031, 18:30</p>", "2031-03-04"),
        ("<time datetime='2031-03-04T18:30'>Tuesday</time>", "2031-03-04T18:30"),
    ],
)
def test_a_byline_states_the_date_as_well(byline, published):
    assert read(html(body=byline)).published == published


@pytest.mark.parametrize(
    "after",
    [
        "",
        "<footer>© 2019 The Marrow Courier</footer>",
        "<div class='footer'>Copyright © 2017-2019 The Marrow Courier</div>",
        "<div>Copyright 12 May 2018 The Marrow Courier. Last updated 2018-05-12</div>",
        "<p>The flood law of 2018-05-12 is quoted in full elsewhere.</p>",
        "<aside><h3>Related</h3><time datetime='2029-01-01'>1 January</time></aside>",
        "<div class='related'><time datetime='2029-01-01'>1 January</time></div>",
    ],
)
def test_a_date_that_is_not_the_page_s_own_is_not_taken(after):
    assert read(html(after=after)).published is None


def test_comments_and_scripts_are_not_read():
    after = (
        "<script>var story = 'Ninety people died in the script, it said.';</script>"
        "<div id='comments'><p class='comment'>I was told that 900 people died there.</p></div>"
    )
    text = read(html(after=after)).text
    assert "script" not in text
    assert "900" not in text


def test_a_page_cut_short_is_read_as_far_as_it_goes():
    whole = html()
    assert FIRST in read(whole[: whole.index("according")]).text


def test_a_wrong_declared_charset_does_not_spoil_the_text():
    assert "the board’s records" in read(html("<meta charset='koi8-r'>")).text


def test_a_declared_charset_is_followed_where_nothing_speaks_against_it():
    data = html("<meta charset='windows-1252'>").encode("cp1252")
    document = page(data, "page.html")
    assert isinstance(document, Document)
    assert "the board’s records" in document.text


def test_an_xml_declaration_does_no_harm():
    assert FIRST in read("<?xml version='1.0' encoding='iso-8859-1'?>\n" + html()).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><head><title>Seawall</title></head><body></body></html>", "has no article in it"),
        (b"<html></html>", "has no article in it"),
        (b"<html><body><script>var x = 'a';</script></body></html>", "has no article in it"),
        (b"   ", "has no article in it"),
        (b"", "has no article in it"),
        (b"<html>\x00\x01\x02</html>", "is binary data, not a text"),
        (b"<html><body>" + b"<div>" * 100_000, "has no article in it"),
    ],
)
def test_a_page_without_an_article_is_a_problem(data, says):
    assert page(data, "page.html") == Problem(input="page.html", message=says)


def test_a_fault_of_the_library_is_a_problem_of_the_page(monkeypatch):
    def broken(*args: object, **options: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    problem = page(html().encode(), "page.html")
    assert problem == Problem(
        input="page.html", message="cannot be read as a page: RecursionError: too deep"
    )


def test_a_bad_page_puts_nothing_on_stderr():
    code = "from sayso.ingest.pages import page; page(b'<html></html>', 'p'); page(b'', 'p')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_importing_the_module_does_not_import_the_library():
    code = "import sys, sayso.ingest.inputs; print({'trafilatura', 'lxml'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@given(st.text(alphabet="<>/!-=\"'& adeghilmnprstvy\n\x0c\u2019", max_size=200))
def test_any_page_is_a_document_or_a_problem(text):
    assert isinstance(page(f"<html><body>{text}".encode(), "p"), Document | Problem)


def test_a_caption_is_kept_apart_from_the_text():
    body = (
        "<figure><img src='a.jpg'><figcaption>Floods killed 40 people here in 2019. Photo: Ann Oakes"
        "</figcaption></figure><div class='wp-caption-text'>A boat in the harbour.</div>"
    )
    document = read(html(body=body))
    assert "2019" not in document.text.split(OLD)[0] and "A boat" not in document.text
    assert document.captions == (
        "Floods killed 40 people here in 2019. Photo: Ann Oakes",
        "A boat in the harbour.",
    )


@pytest.mark.parametrize(
    "aside",
    [
        "<p>Advertisement</p>",
        "<p>Sign up for our daily newsletter and never miss a story</p>",
        "<p>Read more: Ninety die in a flood at Karsa</p>",
        "<p>Follow us on Twitter and Facebook</p>",
        "<form action='/c'><p>Leave a comment: 900 people died, I heard.</p><textarea></textarea></form>",
        "<div class='newsletter-box'><p>900 readers have joined us this week alone.</p></div>",
        "<div class='related-stories'><p>900 people died in the storm of the year before.</p></div>",
        "<div id='respond'><p>900 people had commented on this story by Tuesday night.</p></div>",
    ],
)
def test_what_speaks_to_the_reader_of_the_page_is_left_out(aside):
    assert read(html(body=aside)).text == read(html()).text


def test_an_ordinary_sentence_is_never_taken_for_such():
    said = (
        "<p>The advertisement that the board had put up said the wall was safe.</p>"
        "<p>Follow-up surveys found 12 more cracks in the northern part of the wall.</p>"
        "<p>Read the report, the mayor said: it names nine people who were warned.</p>"
    )
    text = read(html(body=said)).text
    assert "wall was safe" in text and "12 more cracks" in text and "nine people" in text


def test_a_dateline_stays_in_the_text_wherever_the_page_puts_it():
    inline = "<p><span class='dateline'>MARROW BAY</span> — Nine boats were lost on Tuesday.</p>"
    assert "MARROW BAY — Nine boats" in " ".join(read(html(body=inline)).text.split())


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:modified_time' content='2031-03-06T09:00:00Z'>",
        '<script type=\'application/ld+json\'>{"dateModified": "2031-03-06T09:00:00Z"}</script>',
        "<meta itemprop='dateModified' content='2031-03-06T09:00:00Z'>",
    ],
)
def test_when_it_was_changed_is_told_from_when_it_was_published(head):
    published = "<meta property='article:published_time' content='2031-03-04T18:30:00Z'>"
    document = read(html(published + head))
    assert document.updated == "2031-03-06T09:00:00Z"
    assert document.published == "2031-03-04T18:30:00Z"


def test_the_writer_is_named():
    assert read(html("<meta name='author' content='Ann Oakes'>")).byline == "Ann Oakes"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Updated 14 March 2031. First published 11 March 2031", "2031-03-11"),
        ("Updated 14 March. First published 11 March 2031", "2031-03-11"),
        ("Updated 14 March 2031. First published 11 March", "2031-03-11"),
        ("Last modified on Jan. 2, 2031 | First published on Tuesday, Dec. 31", "2030-12-31"),
        ("Originally published March 11 - updated March 14, 2031", "2031-03-11"),
        ("Published 14 March 2031", "2031-03-14"),
    ],
)
def test_the_first_print_is_the_publication(line, published):
    assert read(html(body=f"<div class='meta'>{line}</div>")).published == published


def told(text: str) -> list[str]:
    return doubts(text.encode(), read(text))


def test_a_date_of_two_readings_is_told():
    said = told(html(DATA.format("04/03/2031")))
    assert said == ["is kept without its date: '04/03/2031' may be 2031-03-04 or 2031-04-03"]
    assert told(html()) == told(html(DATA.format("4 March 2031"))) == []
    assert doubts(b"", Document(id="a", text="b")) == []


@pytest.mark.parametrize(
    "wall",
    [
        "This story is for subscribers only. Log in or subscribe for $2.",
        "To continue reading, please log in or become a member.",
        "Subscribe to keep reading",
        "You have read all of your free articles this month.",
        "The rest of this report is open to our members alone.",
    ],
)
def test_an_article_that_breaks_off_for_those_who_do_not_pay_is_said_to(wall):
    text = html(after=f"<div><p>{wall}</p></div>").replace(f"<p>{OLD}</p>", f"<p>{wall}</p>")
    assert wall not in read(text).text
    assert told(text) == ["breaks off where only subscribers read on"]


def test_news_of_subscribers_is_no_such_line():
    said = "<p>The story is for subscribers of the board to judge, the mayor of Marrow Bay told the harbour meeting on Monday night, and for the widows of those who drowned there when the old sea wall gave way in the storm that no forecast had named, and that took four boats with it before the first siren was heard in the lower town by anyone at all, as one of the men who stood on it remembers well.</p>"
    assert told(html(body=said)) == [] and "for the widows" in read(html(body=said)).text


@pytest.mark.parametrize(
    "link",
    ["<a href='/x'>{}</a>", "<strong><a href='/x'>{}</a></strong>", "<a href='/x'><b>{}</b></a>"],
)
def test_a_paragraph_that_is_wholly_a_link_is_kept(link):
    said = "Two of the fishermen who had been missing since Monday were found dead, the board said."
    assert said in read(html(body=f"<p>{link.format(said)}</p>")).text


def test_a_line_break_within_a_sentence_is_a_space():
    body = "<p><b>Nine boats</b><br/>were lost<br>in the harbour.<br>Two were towed in.</p>"
    text = read(html(body=body)).text
    assert "Nine boats were lost in the harbour." in text
    assert "harbour. Two" not in text and "harbour.Two" not in text


def test_lines_of_their_own_stay_so():
    assert "Dead: 4\nHurt: 9" in read(html(body="<p>Dead: 4<br>Hurt: 9</p>")).text


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("<div><span>4 March 2031</span><span>By Ann Oakes</span></div>", "Ann Oakes"),
        ("<p>By Ann Oakes and Ben de Ferry | March 4, 2031</p>", "Ann Oakes and Ben de Ferry"),
        ("<p>Story by Ann Oakes, Ben Ferry</p>", "Ann Oakes, Ben Ferry"),
    ],
)
def test_the_line_of_who_wrote_it_is_no_part_of_the_text(line, who):
    document = read(html(body=line))
    assert document.text == read(html()).text and document.byline == who


def test_a_line_that_only_begins_so_stays():
    for line in (
        "By Monday Evening Nine Had Died",
        "By Ann Oakes’s count nine had died on Monday.",
    ):
        assert line in read(html(body=f"<p>{line}</p>")).text


@pytest.mark.parametrize(
    ("window", "over", "title", "outlet"),
    [
        ("Seawall gives way | Lantern", "Lantern", "Seawall gives way", "Lantern"),
        ("Lantern - Seawall gives way", "Lantern", "Seawall gives way", "Lantern"),
        ("Seawall gives way - News - Lantern", "News", "Seawall gives way", "Lantern"),
        ("Seawall gives way – Lantern", "Seawall gives way", "Seawall gives way", None),
        ("Sea | Lantern", "Seawall gives way", "Seawall gives way", None),
    ],
)
def test_a_heading_that_names_the_site_is_no_title(window, over, title, outlet):
    text = html().replace("<title>Seawall gives way", f"<title>{window}")
    document = read(text.replace("<h1>Seawall gives way", f"<h1>{over}"))
    assert (document.title, document.outlet) == (title, outlet)


def test_posts_that_look_like_an_article_each_keep_their_headings():
    post = "<article class='post'><time datetime='2031-03-04T{0}:00Z'>{0}.00</time><h2>Head of {0}</h2><p>At {0} the board counted {0} boats lost.</p></article>"
    posts = "".join(post.format(hour) for hour in (14, 12, 10))
    text = read(f"<html><body><main><h1>Storm: live</h1>{posts}</main></body></html>").text
    assert all(f"Head of {hour}\n" in text for hour in (14, 12, 10))
