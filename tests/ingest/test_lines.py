from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest import lines
from sayso.ingest.articles import content_id
from sayso.records import Document, Problem

TEXT = "Fourteen people died when a seawall gave way, the harbour board said."


def read(*rows: bytes | dict) -> list:
    """What comes of these lines, the places left out of the documents."""
    data = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    return [
        found if isinstance(found, Problem) else found[1].document
        for found in lines.documents([data], "in.jsonl")
    ]


def test_all_fields_are_taken_as_given():
    row = {
        "id": "a1",
        "url": "https://courier.example/1",
        "title": "Seawall gives way",
        "text": TEXT,
        "published": "2031-03-04T18:30:00Z",
        "outlet": "The Marrow Courier",
        "language": "en",
    }
    assert read(row) == [Document(**row)]


def test_a_document_knows_the_line_it_was_found_on():
    found = list(lines.documents([b'\n{"text": "x"}\n'], "in.jsonl"))
    assert found[0][0] == "in.jsonl:2"


def test_all_but_the_text_may_be_absent():
    assert read({"text": TEXT}) == [Document(id=content_id(None, TEXT), text=TEXT)]


def test_all_but_the_text_may_be_null_or_empty():
    keys = ("id", "url", "title", "published", "outlet", "language")
    bare = [Document(id=content_id(None, TEXT), text=TEXT)]
    assert read({"text": TEXT} | dict.fromkeys(keys)) == bare
    assert read({"text": TEXT} | dict.fromkeys(keys, "")) == bare


def test_the_outlet_is_part_of_a_made_up_id():
    (document,) = read({"text": TEXT, "outlet": "Tidewatch"})
    assert document.id == content_id("Tidewatch", TEXT)


def test_fields_that_are_not_ours_are_passed_over():
    assert read({"text": TEXT, "score": 0.5, "tags": [{"a": None}]}) == read({"text": TEXT})


def test_a_number_will_do_for_an_id():
    (document,) = read({"text": TEXT, "id": 7})
    assert document.id == "7"


def test_control_characters_of_a_text_are_kept():
    text = "a\x00b\x0cc\x1b\x85\u2028d\r\ne"
    (document,) = read({"text": text})
    assert document.text == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_text_comes_through_to_the_character(text):
    (document,) = read({"text": text, "id": "a"})
    assert document.text == text


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": "cut of', "is not JSON: Input data was truncated"),
        (b'{"text": "a"} {"text": "b"}', "is not JSON: JSON is malformed: trailing characters"),
        (b"not json", "is not JSON: JSON is malformed: invalid character"),
        (b'{"x": ' + b"[" * 200_000, "is not JSON"),
        (b"[1, 2]", "is not a document: Expected `object`, got `array`"),
        (b'{"text": 5}', "is not a document: Expected `str | null`, got `int` - at `$.text`"),
        (b'{"text": "a", "title": []}', "is not a document: Expected `str | null`, got `array`"),
        (b'{"text": "caf\xe9 on fire"}', "is not UTF-8"),
        (b'{"title": "a"}', "has no text"),
        (b'{"text": null}', "has no text"),
        (b'{"text": " \\n"}', "has no text"),
        (b'{"text": "' + b"a" * 1_000_001 + b'"}', "is longer than 1,000,000 characters"),
    ],
)
def test_a_bad_line_is_one_problem_and_the_others_are_read(line, says):
    first, problem, last = read({"text": "one"}, line, {"text": "three"})
    assert (first.text, last.text) == ("one", "three")
    assert problem.input == "in.jsonl:2"
    assert problem.message.startswith(says)


@pytest.mark.parametrize("given", ["yesterday", "2031-02-30", "0031-03-04", ["2031"], "03/04/2031"])
def test_a_date_that_cannot_be_costs_the_date_and_not_the_document(given):
    document, problem = read({"text": TEXT, "published": given})
    assert (document.text, document.published) == (TEXT, None)
    assert problem.input == "in.jsonl:1"
    assert problem.message.startswith(f"is kept without its date: {given!r}")


def test_blank_lines_are_passed_over_and_counted():
    assert read(b"", b"  \r", b"{")[0].input == "in.jsonl:3"


@pytest.mark.parametrize("data", [b"\n", b" \r\n\n", b"\xef\xbb\xbf"])
def test_a_stream_without_a_document_is_a_problem(data):
    assert read(data) == [Problem(input="in.jsonl", message="has no document in it")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_is_understood(encoding):
    mark = "" if encoding in ("utf-8-sig", "utf-16") else "\ufeff"
    data = (mark + '{"text": "café"}\n{"text": "Ödön"}\n').encode(encoding)
    for size in (2, 3, 1000):
        chunks = [data[at : at + max(size, 3)] for at in range(0, len(data), max(size, 3))]
        texts = [found[1].document.text for found in lines.documents(chunks, "in.jsonl")]
        assert texts == ["café", "Ödön"]


def test_broken_utf16_is_a_problem_after_what_came_before():
    data = '{"text": "one"}\n'.encode("utf-16") + b"\x00\xd8\x00\xd8"
    first, problem = lines.documents([data[:34], data[34:]], "in.jsonl")
    assert first[1].document.text == "one"
    assert problem == Problem(
        input="in.jsonl", message="is broken UTF-16 from here on: save it as UTF-8"
    )


@given(st.binary(max_size=60), st.integers(1, 7))
def test_lines_do_not_depend_on_how_the_stream_is_cut(data, size):
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    split = data.split(b"\n")
    if not split[-1]:
        split.pop()
    assert list(lines.numbered(chunks)) == list(enumerate(split, start=1))


def test_a_line_too_long_is_passed_over_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 20)
    first, problem, last = read({"text": "one"}, {"text": "x" * 20}, {"text": "three"})
    assert (first.text, last.text) == ("one", "three")
    assert problem == Problem(input="in.jsonl:2", message="is longer than 20 bytes")


def test_a_line_just_short_enough_is_read(monkeypatch):
    line = b'{"text": "xxxxxxxx"}'
    monkeypatch.setattr(lines, "LONGEST_LINE", len(line))
    assert [document.text for document in read(line)] == ["xxxxxxxx"]


def test_a_last_line_too_long_is_a_problem(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 20)
    assert read(b"x" * 21) == [Problem(input="in.jsonl:1", message="is longer than 20 bytes")]


def test_a_line_of_fifty_megabytes_takes_no_memory_to_speak_of():
    def stream():
        yield b'{"text": "one"}\n{"text": "'
        for _ in range(800):
            yield b"x" * 65536
        yield b'"}\n{"text": "three"}\n'

    tracemalloc.start()
    found = list(lines.documents(stream(), "in.jsonl"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(item) for item in found] == [tuple, Problem, tuple]
    assert found[1].input == "in.jsonl:2"
    assert peak < 3 * lines.LONGEST_LINE
