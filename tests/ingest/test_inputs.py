from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import tracemalloc
from pathlib import Path

import pytest

from sayso.ingest import inputs, opening
from sayso.ingest.articles import content_id
from sayso.records import Document, Problem

TEXT = "Fourteen people died when a seawall gave way, the harbour board said."
PAGE = f"<html><body><article><p>{TEXT}</p><p>{TEXT[:-1]} again.</p></article></body></html>"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(path: str, content: str | bytes = TEXT) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def row(**fields: object) -> str:
    return json.dumps({"text": TEXT} | fields) + "\n"


def read(*names: str, stdin: bytes | None = None) -> list[Document | Problem]:
    return list(inputs.documents(names, None if stdin is None else io.BytesIO(stdin)))


def ids(found: list[Document | Problem]) -> list[str]:
    return [item.id if isinstance(item, Document) else "!" for item in found]


def test_a_plain_text_is_its_text_and_nothing_else():
    text = "Seawall gives way\n\nFourteen people died.\n"
    assert read(write("a.txt", text)) == [Document(id=content_id(None, text), text=text)]


def test_every_kind_of_file_is_told_by_its_name():
    for name in ("b.html", "b.HTM"):
        assert read(write(name, PAGE))[0].text.startswith(TEXT)
    assert ids(read(write("c.jsonl", row(id="c1")))) == ["c1"]
    assert ids(read(write("c.ndjson", row(id="c1")))) == ["c1"]
    assert read(write("d.md", "<html> is a tag"))[0].text == "<html> is a tag"


def test_a_file_of_no_known_name_is_told_by_its_content():
    assert read(write("page", PAGE))[0].text.startswith(TEXT)
    assert ids(read(write("rows.json", row(id="c1")))) == ["c1"]
    assert read(write("note.text", TEXT))[0].text == TEXT


@pytest.mark.parametrize(
    "stdin", [row(id="s1").encode(), b" \n" + row(id="s1").encode(), row(id="s1").encode("utf-16")]
)
def test_standard_input_that_begins_with_a_brace_is_jsonl(stdin):
    assert ids(read("-", stdin=stdin)) == ["s1"]


@pytest.mark.parametrize(
    "start", ["", "<!DOCTYPE html>", "\n<!-- saved page -->", "<?xml version='1.0'?>", "\ufeff"]
)
def test_standard_input_that_looks_like_a_page_is_one(start):
    assert read("-", stdin=(start + PAGE).encode())[0].text.startswith(TEXT)


@pytest.mark.parametrize("text", [TEXT, "<MARROW BAY, March 4> " + TEXT, "[1] " + TEXT])
def test_other_standard_input_is_prose(text):
    assert [document.text for document in read("-", stdin=text.encode())] == [text]


def test_standard_input_of_the_process_is_the_default(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert [document.text for document in inputs.documents(["-"])] == [TEXT]


def test_a_folder_is_read_in_the_order_of_names_and_to_the_bottom():
    for name in ("f/b.jsonl", "f/a/z.jsonl", "f/c/x/y.jsonl", "f/a.jsonl"):
        write(name, row(id=name, text=name))
    assert ids(read("f")) == ["f/a/z.jsonl", "f/a.jsonl", "f/b.jsonl", "f/c/x/y.jsonl"]


def test_hidden_and_other_files_of_a_folder_are_passed_over():
    write("f/a.txt")
    for name in ("f/.hidden.txt", "f/.git/b.txt", "f/photo.jpg", "f/README"):
        write(name, "another text")
    os.mkfifo("f/pipe.txt")
    document, problem = read("f")
    assert document.text == TEXT
    said = (
        "is not read whole: of its files, passed over are 1 .jpg, 1 without an ending, 1 no files"
    )
    assert sorted(problem.message) == sorted(said)


def test_a_folder_that_links_to_itself_is_read_once():
    write("f/a.txt")
    os.symlink(".", "f/again")
    _, problem = read("f")
    assert problem.message == "is not read whole: of its files, passed over are 1 links to folders"


def test_a_link_to_a_file_is_followed_and_a_broken_one_is_a_problem():
    write("elsewhere/a.txt")
    os.mkdir("f")
    os.symlink("../elsewhere/a.txt", "f/a.txt")
    os.symlink("../elsewhere/gone.txt", "f/b.txt")
    document, problem = read("f")
    assert document.text == TEXT
    assert problem == Problem(input="f/b.txt", message="does not exist")


def test_a_folder_without_documents_is_a_problem():
    write("f/x/photo.jpg")
    says = "has no document in it (.csv, .docx, .eml, .gz, .htm, .html, .json, .jsonl, .mbox, .md, .mht, .mhtml, .ndjson, .odt, .pdf, .ris, .tar, .tgz, .tsv, .txt, .wacz, .warc, .warc.gz, .zip)"
    assert read("f") == [Problem(input="f", message=says)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n", "has no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "is binary data, not a text"),
        (b"a" * 1_000_001, "is longer than 1,000,000 characters"),
        ("Kentte on üç polis öldü, açıkladı".encode("cp1254"), "is in an encoding that cannot be"),
    ],
)
def test_a_bad_file_is_one_problem_and_the_others_are_read(content, says):
    before, problem, after = read(
        write("a.txt", "one"), write("b.txt", content), write("c.txt", "three")
    )
    assert (before.text, after.text) == ("one", "three")
    assert problem.input == "b.txt"
    assert problem.message.startswith(says)


def test_a_missing_input_is_a_problem_and_the_others_are_read():
    problem, document = read("gone.txt", write("a.txt"))
    assert problem == Problem(input="gone.txt", message="does not exist")
    assert document.text == TEXT


def test_empty_standard_input_is_a_problem():
    assert read("-", stdin=b"") == [Problem(input="stdin", message="is empty")]


def test_a_file_too_large_is_a_problem(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 100)
    assert read(write("a.html", "<p>" + "x" * 98)) == [
        Problem(input="a.html", message="is larger than 100 bytes")
    ]


def test_an_endless_input_is_a_problem(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 1_000_000)
    assert read("/dev/zero") == [
        Problem(input="/dev/zero", message="is larger than 1,000,000 bytes")
    ]


def test_a_name_that_is_not_utf8_can_be_written_down():
    name = os.fsdecode(b"caf\xe9.txt")
    write(name, b"")
    (problem,) = read(name)
    assert problem.input == "caf\ufffd.txt"


def test_a_link_in_a_circle_is_a_problem():
    os.symlink("loop.txt", "loop.txt")
    (problem,) = read("loop.txt")
    assert problem.message == "cannot be read: Too many levels of symbolic links"


@pytest.fixture
def as_nobody(monkeypatch):
    """A folder to work in, with the rights of anybody: root could read and write everything."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.chdir(folder)
    was = os.geteuid()
    if was == 0:
        os.chown(folder, 65534, -1)
        os.seteuid(65534)
    yield folder
    os.seteuid(was)
    monkeypatch.undo()
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_an_unreadable_file_is_a_problem(as_nobody):
    os.chmod(write("a.txt"), 0)
    assert read("a.txt") == [Problem(input="a.txt", message="cannot be read: Permission denied")]


def test_an_unreadable_folder_is_a_problem(as_nobody):
    write("f/a.txt")
    os.chmod("f", 0)
    problems = read("f")
    os.chmod("f", 0o700)
    assert problems == [Problem(input="f", message="cannot be read: Permission denied")]


def test_an_unreadable_folder_within_a_folder_costs_only_itself(as_nobody):
    write("f/closed/a.txt")
    write("f/open/b.txt")
    os.chmod("f/closed", 0)
    problem, document = read("f")
    os.chmod("f/closed", 0o700)
    assert problem == Problem(input="f/closed", message="cannot be read: Permission denied")
    assert document.text == TEXT


def test_a_folder_whose_files_may_not_be_looked_at_is_told_of(as_nobody):
    write("f/a.txt")
    os.chmod("f", 0o600)
    problems = read("f")
    os.chmod("f", 0o700)
    assert problems == [Problem(input="f/a.txt", message="cannot be read: Permission denied")]


def test_standard_input_that_cannot_be_read_is_a_problem():
    with open(os.devnull, "wb") as closed:
        problems = list(inputs.documents(["-"], closed))
    assert problems == [
        Problem(input="stdin", message="cannot be read: File or stream is not readable.")
    ]


def test_the_same_document_twice_is_left_out_with_a_problem():
    path = write("a.jsonl", row(id="a") + row(id="b", text="another") + row(id="a"))
    *kept, problem = read(path)
    assert ids(kept) == ["a", "b"]
    assert problem == Problem(input="a.jsonl:3", message="is left out: 'a' was read already")


def test_an_id_with_another_text_is_a_version():
    rows = row(id="a") + row(id="a", text="another") + row(id="a", text="another")
    first, second, problem = read(write("a.jsonl", rows))
    assert (first.id, first.text) == ("a", TEXT)
    assert (second.id, second.text) == ("a~ae448ac8", "another")
    assert problem == Problem(
        input="a.jsonl:3", message="is left out: 'a~ae448ac8' was read already"
    )


def test_a_document_comes_with_the_bytes_it_was_read_from():
    path = write("a.jsonl", row(id="a") + row(id="b", text="another"))
    assert b"".join(c.raw + b"\n" for c in inputs.captures([path])) == Path(path).read_bytes()
    page = write("a.txt")
    assert [c.raw for c in inputs.captures([page])] == [Path(page).read_bytes()]


def test_a_document_is_known_again_across_inputs():
    document, problem = read(write("a.txt"), write("b.txt"))
    assert document.text == TEXT
    assert problem.input == "b.txt"


def test_one_text_in_two_outlets_is_two_documents():
    found = read(write("a.jsonl", row(outlet="Tidewatch") + row(outlet="The Marrow Courier")))
    assert all(isinstance(item, Document) for item in found)


def test_a_lost_date_is_told_of_after_its_document():
    document, problem = read(write("a.jsonl", row(id="a", published="Tuesday")))
    assert document.published is None
    assert problem.message.startswith("is kept without its date: 'Tuesday'")


def test_documents_are_not_held_together_in_memory():
    size = 100_000
    rows = (row(id=str(number), text="x" * size) for number in range(300))
    Path("a.jsonl").write_text("".join(rows))
    tracemalloc.start()
    count = sum(1 for _ in inputs.documents(["a.jsonl"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 30 * size


def test_reading_begins_before_the_input_has_ended():
    class Endless(io.RawIOBase):
        number = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            self.number += 1
            line = row(id=str(self.number)).encode()
            buffer[: len(line)] = line
            return len(line)

    found = inputs.documents(["-"], io.BufferedReader(Endless()))
    assert ids([next(found), next(found)])[0] == "1"


def test_reading_twice_is_equal():
    write("f/a.txt")
    write("f/b.html", PAGE)
    write("f/c.jsonl", row(id="c") + "{\n" + row(id="c"))
    assert read("f") == read("f")
