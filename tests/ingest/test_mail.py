from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

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


def sent_on(over: str, date: str = "Monday, March 3, 2031 4:00 PM", mark: str = "") -> str:
    lines = [
        "From: Selm Courier <desk@selm.example>",
        f"Sent: {date}",
        "To: all",
        "Subject: Sea wall",
        "",
        TEXT,
    ]
    return "See below.\n\n" + over + "".join(f"{mark}{line}\n" for line in lines)


@pytest.mark.parametrize("mark", ["", "> "])
@pytest.mark.parametrize(
    "over",
    [
        "-----Original Message-----\n",
        "---------- Forwarded message ----------\n",
        "Begin forwarded message:\n\n",
        "________________________________\n",
        "",
    ],
)
def test_a_mail_that_is_sent_on_is_an_article_of_whoever_sent_it_first(over, mark) -> None:
    note, one = read(message(sent_on(over, mark=mark)).as_bytes())
    assert (note.outlet, note.text.strip()) == ("Tidewatch", "See below.")
    assert (one.outlet, one.title, one.published) == (
        "Selm Courier",
        "Sea wall",
        "2031-03-03T16:00:00",
    )
    assert one.text.strip() == TEXT


def test_a_mail_is_sent_on_as_often_as_it_is() -> None:
    text = "From: A <a@a.example>\nDate: 2031-03-02\n\nOne.\n" + sent_on("") + "Two.\n"
    own, one, two = read(message("Look.\n" + text).as_bytes())
    assert [each.outlet for each in (own, one, two)] == ["Tidewatch", "A", "Selm Courier"]
    assert one.published == "2031-03-02" and "See below." in one.text and "Two." in two.text


def test_the_date_of_a_mail_that_is_sent_on_is_told_of_where_it_is_none() -> None:
    _, one, problem = read(message(sent_on("", date="04/03/2031")).as_bytes())
    assert one.published is None and problem.message.startswith("is kept without its date")


def test_a_reply_and_a_line_like_a_head_are_text() -> None:
    text = f"On Monday the Courier wrote:\n> {TEXT}\nFrom: the harbour, a siren was heard.\nNothing else."
    (one,) = read(message(text).as_bytes())
    assert one.outlet == "Tidewatch"


@pytest.mark.parametrize("junk", [b"queued for delivery\r\n", b"\xff\xfe??\r\n"])
@pytest.mark.parametrize("before", [b"", b"Date:"])
def test_lines_that_are_no_fields_cost_no_field(junk: bytes, before: bytes) -> None:
    raw = message().as_bytes(policy=SMTP)
    (document,) = read(raw.replace(before, junk + before, 1))
    assert (document.title, document.outlet) == ("Seawall gives way", "Tidewatch")
    assert document.published == "2031-03-04T18:30:00+02:00" and document.text.strip() == TEXT


def test_fields_below_an_empty_line_are_fields() -> None:
    made = message(
        "Café owners counted three dead on the quay, the harbour board said in the night."
    ).as_bytes()
    head, body = made.split(b"\n\n", 1)
    early = [line for line in head.split(b"\n") if not line.startswith(b"Content-")]
    late = [line for line in head.split(b"\n") if line.startswith(b"Content-")]
    (document,) = read(b"\n".join([*early, b"", b"", *late, b"", body]))
    assert document.text.startswith("Café owners") and document.title == "Seawall gives way"


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_text_that_has_parts_is_its_parts(kind: str) -> None:
    made = EmailMessage()
    made["Subject"], made["From"] = "Seawall", "desk@tidewatch.example"
    made.set_content(TEXT)
    made.add_alternative(HTML, subtype="html")
    raw = made.as_bytes().replace(b"multipart/alternative", f"text/{kind}".encode())
    (document,) = read(raw)
    assert document.text.strip() == TEXT and document.title == "Seawall"


def test_files_that_are_attached_are_named() -> None:
    made = message()
    made.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="list of the dead.pdf"
    )
    made.add_attachment(b"x", maintype="image", subtype="png", filename="map.png")
    document, problem = read(made.as_bytes())
    assert document.text.strip() == TEXT
    assert (
        problem.message == "has 2 attached files, which are not read: list of the dead.pdf, map.png"
    )


def test_of_a_saved_page_in_frames_the_one_with_the_article_is_read() -> None:
    frames = saved(b"<html><body><div>Menu</div></body></html>").replace(
        b"--x\r\nContent-Type: image/png",
        b"--x\r\nContent-Type: text/html\r\n\r\n"
        + HTML.encode()
        + b"\r\n--x\r\nContent-Type: image/png",
    )
    document = saved_page(frames, "a.mhtml")
    assert isinstance(document, Document) and TEXT in document.text
    assert document.url == "https://tidewatch.example/sea"


@pytest.mark.parametrize(
    "head",
    [
        b"From: desk:;bell\r\nSubject: Seawall",
        b"From: =?utf-8?q?=ED=A0=80?= <a@a.example>\r\nSubject: =?nonsense?q?Sea?=",
        b'Content-Disposition: ;;;=\r\nContent-Transfer-Encoding: "\r\nSubject: Seawall',
        b'Subject: Seawall\r\nContent-Type: text/plain; x="' + b'"' * 200_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 5_000,
    ],
)
def test_a_field_that_is_none_costs_itself_alone(head: bytes) -> None:
    (document,) = read(head + b"\r\n\r\n" + TEXT.encode())
    assert document.text == TEXT and document.title


def test_fields_that_are_not_encoded_are_read() -> None:
    (document,) = read(
        "Subject: Café gives way\nFrom: Márów <a@a.example>\n\n".encode() + TEXT.encode()
    )
    assert (document.title, document.outlet) == ("Café gives way", "Márów")
