"""Files that hold files."""

from __future__ import annotations

import gzip
import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from test_archives import HTML, record

from fuzz.seeds import tarred, zipped
from sayso.ingest import inputs, packages
from sayso.ingest.mailboxes import mails
from sayso.records import Capture, Document, Problem

TEXT = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
FILES = {
    "a.txt": b"Nine people died on Monday.",
    "b/c.csv": b"id,text\n1,Two died.\n2,Three died.\n",
    "b/d.jsonl": b'{"id": "x", "text": "Four died."}\n',
    "e.warc.gz": gzip.compress(record("https://a.example/1")),
}
TEXTS = ["Nine people died on Monday.", "Two died.", "Three died.", "Four died."]


def read(data: bytes, name: str) -> tuple[list[Document], list[str]]:
    found = list(inputs.handed(name, data))
    problems = [one.message for one in found if not isinstance(one, Capture)]
    return [one.document for one in found if isinstance(one, Capture)], problems


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar", tarred(FILES)),
        ("a.tar.gz", gzip.compress(tarred(FILES))),
        ("a.tgz", gzip.compress(tarred(FILES))),
        ("no-end", zipped(FILES)),
        ("no-end-either", tarred(FILES)),
        ("b.zip", zipped({"inner.zip": zipped(FILES)})),
        ("b.zip", zipped({"inner.tar.gz": gzip.compress(tarred(FILES))})),
    ],
)
def test_every_file_of_a_package_is_read(name: str, data: bytes) -> None:
    documents, problems = read(data, name)
    assert [one.text for one in documents][:4] == TEXTS
    assert documents[4].url == "https://a.example/1" and not problems


def test_a_package_is_read_from_standard_input() -> None:
    class Pipe(io.RawIOBase):
        inner = io.BytesIO(zipped(FILES))

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            return self.inner.readinto(buffer)

    found = list(inputs.captures(["-"], io.BufferedReader(Pipe())))
    assert len(found) == 5 and all(isinstance(one, Capture) for one in found)


@pytest.mark.parametrize("end", [".csv", ".jsonl", ".html"])
def test_a_file_that_gzip_packed_is_what_it_was(end: str) -> None:
    data = {".csv": b"text\nTwo died.\n", ".jsonl": b'{"text": "Two died."}', ".html": HTML}[end]
    (document,), problems = read(gzip.compress(data[:5]) + gzip.compress(data[5:]), f"a{end}.gz")
    assert "died" in document.text and not problems


def test_what_is_packed_by_gzip_and_breaks_off_is_told_of() -> None:
    lines = b"".join(
        b'{"id": "%d", "text": "%d people died."}\n' % (n, n * 7919) for n in range(3000)
    )
    documents, problems = read(gzip.compress(lines)[:-2000], "a.jsonl.gz")
    assert len(documents) > 1000
    assert any(message.startswith("breaks off: Compressed file ended") for message in problems)


def test_one_bad_file_of_a_package_costs_none_of_the_others() -> None:
    data = bytearray(zipped({"a.txt": b"Nine people died on Monday." * 30, "b.txt": b"Two died."}))
    data[60:70] = bytes(10)
    documents, problems = read(bytes(data), "a.zip")
    assert documents[-1].text == "Two died." and problems


def test_what_is_passed_over_in_a_package_is_counted() -> None:
    files = {
        "a.txt": b"Nine people died.",
        "b.png": b"x",
        "c.png": b"x",
        "d/README": b"x",
        ".hidden": b"x",
        "__MACOSX/._a.txt": b"x",
    }
    documents, problems = read(zipped(files), "a.zip")
    assert len(documents) == 1
    assert problems == [
        "is not read whole: of its files, passed over are 2 .png, 1 without an ending"
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", b"PK\x03\x04nothing", "is no zip that can be read: File is not a zip file"),
        ("a.zip", zipped({}), "has no document in it"),
        ("a.tar", b"nothing", "breaks off after 0 files: "),
        ("a.gz", b"\x1f\x8b\x08nothing", "breaks off: "),
    ],
)
def test_what_is_no_package_is_said(name: str, data: bytes, said: str) -> None:
    documents, problems = read(data, name)
    assert not documents and any(message.startswith(said) for message in problems)


def test_packages_within_packages_end_somewhere() -> None:
    data = zipped(FILES)
    for _ in range(6):
        data = zipped({"a.zip": data})
    documents, problems = read(data, "a.zip")
    assert not documents and problems == ["lies within more than 3 packages"]


def test_what_grows_beyond_measure_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(packages, "FREE", 1_000_000)
    bomb = b"text\n" + b"\n" * 50_000_000
    documents, problems = read(zipped({"a.csv": bomb, "b.txt": b"Two died."}), "a.zip")
    assert [one.text for one in documents] == ["Two died."]
    assert any("is given up" in message for message in problems)
    assert any("is given up" in message for message in read(gzip.compress(bomb), "a.csv.gz")[1])


def test_a_package_locked_by_a_password_is_said_to_be() -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(data), "a.zip")[1] == ["is locked by a password"]


def mail(text: str) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = "Seawall", "Tidewatch <desk@tidewatch.example>"
    made["Date"] = "Tue, 04 Mar 2031 18:30:00 +0200"
    made.set_content(text)
    return made.as_bytes()


BOX = b"".join(
    b"From desk@a.example Tue Mar  4 18:30:00 2031\n"
    + mail(text).replace(b"\nFrom ", b"\n>From ")
    + b"\n"
    for text in ("Nine people died.", "Two died.\nFrom the quay, 12 saw it.", "Three died.")
)


@pytest.mark.parametrize("name", ["a.mbox", "a.eml", "inbox"])
def test_a_mailbox_is_as_many_mails_as_it_has(name: str) -> None:
    documents, problems = read(BOX, name)
    assert [one.text.strip() for one in documents] == [
        "Nine people died.",
        "Two died.\nFrom the quay, 12 saw it.",
        "Three died.",
    ]
    assert {one.outlet for one in documents} == {"Tidewatch"} and not problems


def test_a_mail_of_a_mailbox_that_is_too_long_costs_itself() -> None:
    assert [None if one is None else len(one) > 0 for one in mails(io.BytesIO(BOX), 300)] == [
        True,
        True,
        True,
    ]
    found = list(mails(io.BytesIO(BOX.replace(b"Two died.", b"x" * 5000)), 1000))
    assert [one is None for one in found] == [False, True, False]


def test_what_a_browser_saved_beside_a_page_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "sea.html").write_bytes(HTML)
    (tmp_path / "sea_files").mkdir()
    (tmp_path / "sea_files" / "a.css").write_text("x")
    (tmp_path / "sea_files" / "frame.html").write_bytes(HTML)
    assert len(list(inputs.captures([str(tmp_path)]))) == 1


def test_a_zip_of_which_some_files_cannot_be_found_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped(FILES))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    # Its comment is said to be as long as what the directory says of the next two files.
    fourth = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02", second + 1) + 1)
    third = data.index(b"PK\x01\x02", second + 1)
    data[second + 32 : second + 34] = (fourth - third).to_bytes(2, "little")
    path = tmp_path / "some.zip"
    path.write_bytes(data)
    told = [one.message for one in inputs.documents([str(path)]) if isinstance(one, Problem)]
    assert told == ["says that it holds 4 files, and 3 are found in it"]
