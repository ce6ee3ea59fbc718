"""Whole files of every kind, with how many documents each has; made here, in words of our own."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

FIRST = (
    "At least 13 people were killed in Velmora on Sunday, the harbour board said in a statement."
)
SECOND = "Police denied on Monday that 25 protesters had been detained near the quay, according to the mayor."
THIRD = "“We counted 16 bodies,” a fire officer told the Courier. The toll rose to 1,204 overnight."
TEXTS = (f"{FIRST}\n{SECOND}", f"{SECOND}\n{THIRD}", f"{THIRD}\n{FIRST}")


class Seed(NamedTuple):
    """A whole file: what it is called, its bytes, and how many documents it has. In a `loose` one a
    change may turn a document into something that is passed over with good reason, or two into one:
    a page into one that the server refused, the line between two mails into a line of the first."""

    name: str
    data: bytes
    documents: int
    loose: bool = False


def page(text: str, title: str = "Seawall gives way") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    head = "<meta charset='utf-8'><meta property='article:published_time' content='2031-03-04T18:30:00Z'>"
    table = (
        "<table><tr><th>District</th><th>Dead</th></tr><tr><td>Quays</td><td>5</td></tr></table>"
    )
    return f"<!doctype html><html lang='en'><head>{head}<title>{title} | Courier</title></head><body><article><h1>{title}</h1><p>By Ann Oakes</p>{body}{table}<ul><li>Nine boats were lost.</li></ul></article></body></html>".encode()


def live() -> bytes:
    posts = "".join(
        f"<article class='post'><time datetime='2031-03-04T1{n}:00Z'>1{n}.00</time><p>{text}</p></article>"
        for n, text in enumerate(TEXTS)
    )
    return f"<html><head><title>Storm</title></head><body><main><h1>Storm: live</h1>{posts}</main></body></html>".encode()


def mail(text: str, subject: str = "Seawall") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "Tidewatch <desk@tidewatch.example>"
    made["Date"] = "Tue, 04 Mar 2031 18:30:00 +0200"
    made.set_content(text)
    return made


def digest() -> bytes:
    outer = MIMEMultipart("digest")
    outer["From"] = "desk@courier.example"
    for text in TEXTS:
        one = mail(text)
        one.add_alternative(page(text).decode(), subtype="html")
        outer.attach(MIMEMessage(one))
    return outer.as_bytes()


def box() -> bytes:
    return b"".join(
        b"From desk@a.example Tue Mar  4 18:30:00 2031\n" + mail(text).as_bytes() + b"\n"
        for text in TEXTS
    )


def saved() -> bytes:
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    return (
        head
        + b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        + page(FIRST)
        + b"\r\n--b--\r\n"
    )


def record(number: int, text: str, how: str) -> bytes:
    body, headers = page(text), ""
    if how == "chunked":
        body, headers = (
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
            "Transfer-Encoding: chunked\r\n",
        )
    elif how == "gzip":
        body, headers = gzip.compress(body, mtime=0), "Content-Encoding: gzip\r\n"
    block = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode()
        + body
    )
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2031-03-04T20:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def records() -> list[bytes]:
    hows = ("", "chunked", "gzip")
    return [
        record(number, text, how)
        for number, (text, how) in enumerate(zip(TEXTS, hows, strict=True))
    ]


def pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for text in TEXTS:
        for n, line in enumerate(text.split("\n")):
            canvas.drawString(60, 760 - 14 * n, line[:90])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def docx() -> bytes:
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXTS[0].split("\n")
    )
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("Quays", "5")
    )
    return zipped({
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraphs}<w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>'.encode(),
    })  # fmt: skip


def odt() -> bytes:
    lines = "".join(f"<t:p>{line}</t:p>" for line in TEXTS[1].split("\n"))
    content = f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0"><o:body><o:text><t:h>Sea</t:h>{lines}<t:list><t:list-item><t:p>Nine boats.</t:p></t:list-item></t:list></o:text></o:body></o:document-content>'
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}
    )


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name, (2031, 3, 4, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def lines() -> bytes:
    rows = [
        {
            "id": f"n{n}",
            "title": "Sea",
            "published": f"2031-03-0{n + 1}",
            "outlet": "Tidewatch",
            "text": text,
        }
        for n, text in enumerate(TEXTS)
    ]
    return b"\n".join(json.dumps(row).encode() for row in rows)


def articles() -> bytes:
    each = [
        {
            "maintext": text,
            "date_publish": "2031-03-04 18:30:00",
            "source_domain": "a.example",
            "authors": ["Ann Oakes"],
            "n": 7,
        }
        for text in TEXTS
    ]
    return json.dumps({"page": 1, "articles": each}, indent=1).encode()


def channel() -> bytes:
    each = [
        {
            "id": n,
            "type": "message",
            "date": "2031-03-04T20:30:00",
            "date_unixtime": "1930415400",
            "from": "Quay",
            "text": [text[:20], {"type": "bold", "text": text[20:]}],
        }
        for n, text in enumerate(TEXTS)
    ]
    return json.dumps(
        {"name": "Quay", "type": "public_channel", "id": 7, "messages": each}
    ).encode()


def table(mark: str) -> bytes:
    rows = [
        f'{n}{mark}"T{mark} ""x"""{mark}2031-03-04{mark}"{text}"{mark}x'
        for n, text in enumerate(TEXTS)
    ]
    return "\r\n".join([mark.join(("id", "title", "date", "text", "source")), *rows, ""]).encode()


def ris() -> bytes:
    return "".join(
        f"TY  - NEWS\r\nTI  - Sea\r\nJO  - Tidewatch\r\nPY  - 2031/03/04\r\nAB  - {' '.join(text.split())}\r\nER  - \r\n\r\n"
        for text in TEXTS
    ).encode()


FILES = {"one.txt": TEXTS[0].encode(), "two.csv": table(","), "six.html": page(TEXTS[1])}

SEEDS = (
    Seed("a.txt", "\n\n".join(TEXTS).encode(), 1),
    Seed("a.md", f"# Sea\n\n{FIRST}\n\n| District | Dead |\n|---|---|\n| Quays | 5 |\n\n- {SECOND}\n".encode(), 1),
    Seed("a.html", page(TEXTS[0]), 1),
    Seed("b.html", live(), 1),
    Seed("a.jsonl", lines(), 3),
    Seed("a.json", articles(), 3),
    Seed("result.json", channel(), 3),
    Seed("a.csv", table(","), 3),
    Seed("a.tsv", table("\t"), 3),
    Seed("b.csv", table(";").decode().encode("utf-16"), 3),
    Seed("a.ris", ris(), 3),
    Seed("a.eml", mail(TEXTS[0]).as_bytes(), 1),
    Seed("b.eml", digest(), 3, loose=True),
    Seed("c.eml", mail(f"See below.\n\n-----Original Message-----\nFrom: Selm Courier <a@a.example>\nSent: March 3, 2031\nSubject: Sea\n\n{FIRST}\n").as_bytes(), 2, loose=True),
    Seed("a.mbox", box(), 3, loose=True),
    Seed("a.mhtml", saved(), 1),
    Seed("a.pdf", pdf(), 1),
    Seed("a.docx", docx(), 1),
    Seed("a.odt", odt(), 1),
    Seed("a.warc", b"".join(records()), 3, loose=True),
    Seed("a.warc.gz", b"".join(gzip.compress(one, mtime=0) for one in records()), 3),
    Seed("a.wacz", zipped({"datapackage.json": b"{}", "archive/a.warc": b"".join(records())}), 3),
    Seed("a.zip", zipped(FILES), 5),
    Seed("a.tar", tarred(FILES), 5),
    Seed("a.tar.gz", gzip.compress(tarred(FILES), mtime=0), 5),
    Seed("a.jsonl.gz", gzip.compress(lines(), mtime=0), 3),
)  # fmt: skip

ITEMS = "".join(
    f"<item><guid>{n}</guid><link>https://a.example/{n}</link><title>Sea</title><pubDate>Tue, 11 Mar 2031 09:00:00 +0000</pubDate><description>{text}</description></item>"
    for n, text in enumerate(TEXTS)
)
FEEDS = (
    Seed("rss", f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{ITEMS}</channel></rss>'.encode(), 3, loose=True),
    Seed("json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": str(n), "url": f"https://a.example/{n}", "content_text": text} for n, text in enumerate(TEXTS)]}).encode(), 3, loose=True),
)  # fmt: skip
