from __future__ import annotations

from email.message import EmailMessage

import pytest

from sayso.ingest.mail import mail, saved_page
from sayso.records import Document, Problem

TEXT = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
DATE = b"Tue, 04 Mar 2031 18:30:00 +0200"
HTML = f"<html><body><article><h1>Seawall</h1><p>{TEXT}</p><p>More rain is expected in the lower town during the week.</p></article></body></html>"


def message(text: str | None = TEXT, html: str | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Seawall gives way"
    made["From"] = "Tidewatch <desk@tidewatch.example>"
    made["Date"] = "Tue, 04 Mar 2031 18:30:00 +0200"
    for name, value in headers.items():
        del made[name]
        made[name] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text else made.set_content(html, "html")
    return made


def read(data: bytes) -> list[Document | Problem]:
    return [one if isinstance(one, Problem) else one[1] for one in mail(data, "a.eml")]


def test_a_mail_is_an_article() -> None:
    (document,) = read(message().as_bytes())
    assert isinstance(document, Document)
    assert (document.title, document.outlet) == ("Seawall gives way", "Tidewatch")
    assert document.published == "2031-03-04T18:30:00+02:00"
    assert document.text.strip() == TEXT


def test_the_plain_text_is_preferred_and_a_page_is_read_where_there_is_none() -> None:
    (both,) = read(message(html="<p>Something else.</p>").as_bytes())
    assert both.text.strip() == TEXT
    (page,) = read(message(text=None, html=HTML).as_bytes())
    assert TEXT in page.text and "<p>" not in page.text


def test_a_digest_is_as_many_articles_as_it_has_mails() -> None:
    digest = EmailMessage()
    digest["Subject"] = "Daily digest"
    digest.make_mixed()
    for number in (1, 2, 3):
        digest.add_attachment(message(f"{number} sailors died.", Subject=f"Story {number}"))
    found = read(digest.as_bytes())
    assert [document.title for document in found] == ["Story 1", "Story 2", "Story 3"]


def test_headers_in_other_alphabets_are_read() -> None:
    (document,) = read(message(Subject="Şehirde yangın – 3 ölü").as_bytes())
    assert document.title == "Şehirde yangın – 3 ölü"


@pytest.mark.parametrize("date", ["yesterday", "", "Tue, 99 Mar 2031 18:30:00 +0200"])
def test_a_date_that_is_none_costs_the_date_only(date: str) -> None:
    raw = message().as_bytes().replace(b"Tue, 04 Mar 2031 18:30:00 +0200", date.encode())
    document, *told = read(raw)
    assert document.published is None and TEXT in document.text
    assert len(told) == bool(date)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff" * 100,
        b"Subject: nothing\n\n",
        b"Content-Type: text/plain; charset=nonsense\n\n\xff\xfe\xfd\x80\x81",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
    ],
)
def test_what_is_no_mail_is_a_problem_or_a_text_and_never_raises(data: bytes) -> None:
    for one in read(data):
        assert isinstance(one, Problem | Document)


def test_mails_within_mails_end_somewhere() -> None:
    inner = message()
    for _ in range(40):
        outer = EmailMessage()
        outer.make_mixed()
        outer.add_attachment(inner)
        inner = outer
    assert len(read(inner.as_bytes())) == 1


def saved(html: bytes, charset: str = "utf-8") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tidewatch.example/sea\r\n"
        "Subject: Seawall\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + html + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--x--\r\n"


def test_a_saved_page_is_the_page_in_it() -> None:
    document = saved_page(saved(HTML.encode()), "a.mhtml")
    assert isinstance(document, Document)
    assert document.url == "https://tidewatch.example/sea" and TEXT in document.text


def test_the_encoding_of_a_saved_page_is_the_one_its_part_declares() -> None:
    document = saved_page(saved(HTML.replace("Marrow", "Márów").encode("cp1250"), "cp1250"), "a")
    assert isinstance(document, Document) and "Márów" in document.text


def test_a_saved_page_without_a_page_is_a_problem() -> None:
    assert isinstance(saved_page(b"From: <Saved by Blink>\r\n\r\nnothing", "a.mhtml"), Problem)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("25/03/2031", "2031-03-25"),
        ("Tue, 04/03/2031 10:00 +0000", "2031-03-04T10:00:00+00:00"),
        ("March 4, 2031", "2031-03-04"),
    ],
)
def test_a_date_that_is_no_mail_s_is_read_where_it_has_one_reading(date, published) -> None:
    (document,) = read(message().as_bytes().replace(DATE, date.encode()))
    assert document.published == published


@pytest.mark.parametrize("date", ["04/03/2031", "some day"])
def test_a_date_that_is_not_understood_is_told(date) -> None:
    document, problem = read(message().as_bytes().replace(DATE, date.encode()))
    assert document.published is None
    assert problem.message.startswith(f"is kept without its date: {date!r}")
    (undated,) = read(message().as_bytes().replace(b"Date: " + DATE, b"X-No: date"))
    assert undated.published is None
