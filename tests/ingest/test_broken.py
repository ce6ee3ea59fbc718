"""Broken files of every kind beside a good one: each is one problem, and the good one is read."""

from __future__ import annotations

import csv
import email.message
import gzip
import io
import json
import random
import zipfile
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from pathlib import Path

import pytest
from test_archives import HTML, INFO, record
from test_pdf import made

from sayso.errors import InputError, SettingsError
from sayso.ingest import feeds, inputs
from sayso.records import Capture, Problem
from sayso.settings import load
from sayso.wire import encode

GOOD = "Four people were killed in Selm on Monday, police said."
RUNS = 60


def digest() -> bytes:
    mail = email.message.EmailMessage()
    mail["From"], mail["Subject"] = "Ilse Brandt <ilse@courier.example>", "=?utf-8?b?QnJpZGdl?="
    mail["Date"] = "Tue, 04 Mar 2031 18:30:00 +0000"
    mail.set_content(f"{GOOD} café\n")
    mail.add_alternative(HTML.decode(), subtype="html")
    outer = MIMEMultipart("digest")
    outer["From"] = "desk@courier.example"
    outer.attach(MIMEMessage(mail))
    outer.attach(MIMEMessage(mail))
    return outer.as_bytes()


def package(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("datapackage.json", "{}")
        for name, part in parts.items():
            file.writestr(f"archive/{name}.warc", part)
    return data.getvalue()


def table() -> bytes:
    out = io.StringIO()
    rows = [("id", "title", "text"), ("1", 'T, "x"', f"{GOOD}\nMore."), ("2", "T", GOOD)]
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


RECORDS = [INFO, record("https://a.example/1"), record("https://a.example/2")]
SEEDS = {
    "eml": digest(),
    "mhtml": b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
    b'boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
    + HTML
    + b"\r\n--b--\r\n",
    "warc": b"".join(RECORDS),
    "warc.gz": b"".join(map(gzip.compress, RECORDS)),
    "wacz": package(a=b"".join(RECORDS)),
    "pdf": made([GOOD]),
    "csv": table(),
    "html": HTML,
    "jsonl": b"\n".join(json.dumps({"id": n, "text": GOOD}).encode() for n in (1, 2)),
}
ODD = (b"\0", b"\xff\xfe", b"[", b'"', b"\r\n\r\n", b"9" * 5000, b"&#xD800;", b"\xed\xa0\x80", b"<")
ODD += (b";,:", b"\\ud800", b"(", b"=?utf-8?q?=ED=A0=80?=")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut, flipped, doubled, taken out or put in at random."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        at = chance.randrange(len(made) + 1)
        to = min(len(made), at + chance.randrange(1, 60))
        what = chance.randrange(5)
        if what == 0:
            del made[at:]
        elif what == 1:
            made[at:to] = bytes(byte ^ 1 << chance.randrange(8) for byte in made[at:to][:1])
        elif what == 2:
            made[at:at] = made[at:to]
        elif what == 3:
            del made[at:to]
        else:
            made[at:at] = chance.choice(ODD)
    return bytes(made)


def read(folder: Path) -> list[Capture | Problem]:
    found = list(inputs.captures([str(folder)]))
    for one in found:
        encode(one if isinstance(one, Problem) else one.document)  # it can be kept
    return found


@pytest.mark.parametrize("kind", SEEDS)
def test_no_broken_file_costs_the_one_beside_it(tmp_path, kind):
    (tmp_path / "good.txt").write_text(GOOD)
    chance = random.Random(kind)
    for number in range(RUNS):
        (tmp_path / f"bad.{kind}").write_bytes(mutated(SEEDS[kind], chance))
        texts = [one.document.text for one in read(tmp_path) if isinstance(one, Capture)]
        assert GOOD in texts, number


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.wacz",
            SEEDS["wacz"].replace(b"PK\x01\x02\x14\x03\x14\0", b"PK\x01\x02\x14\x03\xcb\0"),
            "is no zip that can be read: zip file version 20.3",
        ),
        (
            "a.warc",
            RECORDS[0] + RECORDS[1] + RECORDS[2][:-44],
            f"is cut short: {len(HTML) + 47} of its {len(HTML) + 87} bytes are there",
        ),
    ],
)
def test_what_is_broken_is_said(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    assert [one.message for one in read(tmp_path) if isinstance(one, Problem)] == [said]


def test_a_fault_of_our_own_is_told_by_its_kind(tmp_path, monkeypatch):
    def faulty(*args: object) -> None:
        raise KeyError("title")

    monkeypatch.setattr("sayso.ingest.mail._sender", faulty)
    (tmp_path / "a.eml").write_bytes(SEEDS["eml"])
    (tmp_path / "b.txt").write_text(GOOD)
    one, two, good = read(tmp_path)
    assert one.message == two.message == "cannot be read as mail: KeyError: 'title'"
    assert good.document.text == GOOD


def test_an_id_that_no_database_can_look_up_is_refused():
    line = json.dumps({"id": "x" * 501, "text": GOOD}).encode()
    (problem,) = inputs.handed("a.jsonl", line)
    assert problem.message == "has an id of more than 500 characters"


ITEM = "<item><guid>{}</guid><link>{}</link><description>{}</description></item>"
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
    + ITEM.format(1, "http://[::1", GOOD)
    + ITEM.format(2, "https://a.example/2", GOOD)
    + "</channel></rss>"
).encode()
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": 1}]}


def test_a_feed_item_that_is_none_costs_none_of_the_others():
    odd = JSON | {"items": [{"id": 1, "url": 5}, {"id": 2, "url": "https://a.example/2"}]}
    found = feeds.feed(json.dumps(odd).encode())
    assert [item.key for item in found.items] == ["2"]
    (said,) = found.broken
    assert said.startswith("cannot be read as a feed in item 1: ValidationError: Expected `str")


@pytest.mark.parametrize("seed", [RSS, json.dumps(JSON).encode()], ids=["rss", "json"])
def test_a_broken_feed_is_read_or_refused(seed):
    chance = random.Random(1)
    for _ in range(RUNS):
        try:
            for item in feeds.feed(mutated(seed, chance)).items:
                encode({"key": item.key, "content": item.content})
        except InputError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by = " + "9" * 5000, "is not a TOML file|by"),
        ("by = 0x" + "f" * 5000, "'by' in .* is what cannot be shown; it must be a name, as text"),
        ("by = " + "[" * 5000, "is not a TOML file|it must be a name"),
        ('gazetteer = "~nobody-of-that-name/x.db"', "'gazetteer' in .*: Could not determine home"),
    ],
)
def test_settings_that_cannot_be_are_said(tmp_path, text, said):
    path = tmp_path / "sayso.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=said):
        load(path, {}, {})
