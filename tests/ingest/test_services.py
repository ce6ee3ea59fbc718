"""What programs and databases write: JSON of several shapes, Telegram's, RIS."""

from __future__ import annotations

import json

import pytest

from sayso.ingest import inputs
from sayso.records import Capture, Document

TEXT = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
OTHER = "Nine boats were lost on Monday, the board said."


def read(data: object, name: str = "a.json") -> tuple[list[Document], list[str]]:
    made = data if isinstance(data, bytes) else json.dumps(data).encode()
    found = list(inputs.handed(name, made))
    problems = [one.message for one in found if not isinstance(one, Capture)]
    return [one.document for one in found if isinstance(one, Capture)], problems


CRAWLED = {
    "authors": ["Ann Oakes", "Ben Ferry"],
    "date_download": "2031-03-06 10:00:00",
    "date_modify": "2031-03-05 08:00:00",
    "date_publish": "2031-03-04 18:30:00",
    "description": "A seawall.",
    "filename": "x.json",
    "language": "en",
    "maintext": TEXT,
    "source_domain": "tidewatch.example",
    "title": "Seawall gives way",
    "url": "https://tidewatch.example/sea",
}


def test_an_article_as_news_please_keeps_it() -> None:
    (document,), problems = read(CRAWLED)
    assert (document.text, document.title, document.outlet) == (
        TEXT,
        "Seawall gives way",
        "tidewatch.example",
    )
    assert (document.published, document.updated) == ("2031-03-04 18:30:00", "2031-03-05 08:00:00")
    assert document.byline == "Ann Oakes, Ben Ferry" and not problems


def test_stories_as_media_cloud_has_them() -> None:
    stories = [
        {
            "stories_id": 7,
            "title": "Seawall",
            "publish_date": "2031-03-04",
            "media_name": "Tidewatch",
            "url": "https://a.example",
            "story_text": TEXT,
        },
        {
            "stories_id": 8,
            "title": "Boats",
            "publish_date": "2031-03-05",
            "media_name": "Lantern",
            "story_text": OTHER,
        },
    ]
    documents, problems = read({"pagination_token": "x", "stories": stories})
    assert [(one.id, one.outlet, one.published) for one in documents] == [
        ("7", "Tidewatch", "2031-03-04"),
        ("8", "Lantern", "2031-03-05"),
    ]
    assert not problems


def test_results_as_lexis_nexis_has_them() -> None:
    marked = f'<?xml version="1.0" encoding="UTF-8"?><nitf:nitf xmlns:nitf="http://iptc.org/std/NITF/2006-10-18/"><nitf:body><nitf:body.head><p>Head</p></nitf:body.head><nitf:body.content><bodyText><p>{TEXT}</p><p>Nine are\n missing.</p></bodyText></nitf:body.content></nitf:body></nitf:nitf>'
    item = {
        "ResultId": "urn:1",
        "Byline": "Ann Oakes",
        "Date": "2031-03-04T00:00:00Z",
        "Title": "Seawall",
        "Source": {"Id": "S1", "Name": "Tidewatch"},
        "Document": {"DocumentId": "D", "Content": marked},
        "WebNewsUrl": "https://a.example/1",
    }
    (document,), problems = read({"@odata.context": "x", "@odata.count": 1, "value": [item]})
    assert (document.id, document.outlet, document.text) == (
        "urn:1",
        "Tidewatch",
        f"{TEXT}\nNine are missing.",
    )
    assert document.published == "2031-03-04T00:00:00Z" and not problems


def test_articles_without_their_texts_are_one_problem() -> None:
    articles = [
        {
            "url": f"https://a.example/{n}",
            "title": "Sea",
            "seendate": "20310304T183000Z",
            "domain": "a.example",
            "language": "English",
        }
        for n in range(3)
    ]
    documents, problems = read({"articles": articles})
    assert not documents
    assert problems == ["names 3 articles and has the text of none: add them by their addresses"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda each: each,
        lambda each: {"response": {"docs": each}},
        lambda each: {"hits": {"hits": [{"_id": "x", "_source": one} for one in each]}},
    ],
)
def test_a_list_is_found_where_it_stands(wrap) -> None:
    documents, problems = read(wrap([{"body": TEXT, "headline": "A"}, {"body": OTHER}]))
    assert [one.text for one in documents] == [TEXT, OTHER] and not problems


def test_one_bad_article_costs_none_of_the_others() -> None:
    documents, problems = read(
        [
            {"text": TEXT},
            {"title": "no text"},
            {"text": "x" * 1_000_001},
            5,
            {"text": OTHER, "date": "04/03/2031"},
            {"text": {"a": 1}},
        ]
    )
    assert [one.text for one in documents] == [TEXT, OTHER]
    assert len(problems) == 5


def test_a_list_that_breaks_off_keeps_what_came_before() -> None:
    data = json.dumps([{"text": TEXT}, {"text": OTHER}, {"text": "Three"}], indent=1).encode()
    documents, problems = read(data[:-20])
    assert [one.text for one in documents] == [TEXT, OTHER]
    assert problems[0].startswith("is no JSON behind its first 2 articles")


def test_a_number_of_thousands_of_digits_costs_its_article_alone() -> None:
    data = b'[{"text": "%s"}, {"text": "x", "n": %s}, {"text": "%s"}]' % (
        TEXT.encode(),
        b"9" * 5000,
        OTHER.encode(),
    )
    documents, problems = read(data)
    assert documents[0].text == TEXT and len(documents) + len(problems) >= 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"a": 1, "b": [2]}, "has no article in it that Sayso knows; it has a, b"),
        (b"5", "has no article in it: it is no object"),
        (b"{{", "is not JSON"),
        (b"[", "is not JSON"),
        ([], None),
    ],
)
def test_a_shape_that_is_not_known_is_said(data: object, said: str | None) -> None:
    documents, problems = read(data)
    assert not documents and (said is None or problems[0].startswith(said))


def test_the_text_may_be_called_anything() -> None:
    made = json.dumps([{"satz": TEXT, "text": "no"}]).encode()
    (found,) = inputs.captures(["-"], __import__("io").BytesIO(made), columns={"text": "Satz"})
    assert isinstance(found, Capture) and found.document.text == TEXT


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_lines_of_other_names_are_read_too(name: str) -> None:
    lines = b"\n".join(json.dumps(CRAWLED | {"maintext": text}).encode() for text in (TEXT, OTHER))
    documents, problems = read(lines, name)
    assert [one.text for one in documents] == [TEXT, OTHER] and not problems
    assert documents[0].outlet == "tidewatch.example"


def chat(*messages: dict[str, object]) -> dict[str, object]:
    return {"name": "Harbour watch", "type": "public_channel", "id": 77, "messages": list(messages)}


def message(number: int, text: object = TEXT, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": "2031-03-04T20:30:00",
        "date_unixtime": "1930415400",
        "from": "Harbour watch",
        "from_id": "channel77",
        "text": text,
        "text_entities": [],
    } | more


def test_the_messages_of_a_channel_are_documents() -> None:
    bold = [
        "At ",
        {"type": "bold", "text": "Old Town"},
        ": nine dead. ",
        {"type": "link", "text": "https://a.example"},
    ]
    documents, problems = read(chat(
        message(1), message(2, bold, forwarded_from="Quay news", edited_unixtime="1930419000"),
        message(3, "", photo="(File not included)"), {"id": 4, "type": "service", "action": "pin_message", "text": ""},
    ))  # fmt: skip
    one, two = documents
    assert (one.id, one.outlet, one.text) == ("telegram-77-1", "Harbour watch", TEXT)
    assert one.published == "2031-03-04T18:30:00+00:00" and one.byline is None
    assert two.text == "At Old Town: nine dead. https://a.example"
    assert (two.byline, two.updated) == ("Quay news", "2031-03-04T19:30:00+00:00")
    assert problems == [
        "has 2 messages without a text, which are not read: pictures, films, polls, comings and goings"
    ]


def test_all_chats_of_somebody_are_read_and_a_bad_message_costs_itself() -> None:
    both = {
        "about": "x",
        "chats": {"about": "y", "list": [chat(message(1), {"id": "no"}), chat(message(2, OTHER))]},
    }
    documents, problems = read(both)
    assert [one.text for one in documents] == [TEXT, OTHER]
    assert len(problems) == 1 and "a message of Telegram's" in problems[0]


RIS = f"TY  - NEWS\r\nTI  - Seawall gives way\r\nAU  - Oakes, Ann\r\nJO  - Tidewatch\r\nPY  - 2031/03/04/\r\nUR  - https://a.example/1\r\nN2  - {TEXT}\r\nER  - \r\n"


def test_records_of_ris_are_articles() -> None:
    (document,), problems = read(RIS.encode(), "a.ris")
    assert (document.title, document.outlet, document.text) == (
        "Seawall gives way",
        "Tidewatch",
        TEXT,
    )
    assert (document.published, document.url, document.byline) == (
        "2031-03-04",
        "https://a.example/1",
        "Oakes, Ann",
    )
    assert not problems


def test_a_record_of_ris_that_is_none_costs_none_of_the_others() -> None:
    bare = "TY  - NEWS\nTI  - Boats\nER  - \n"
    cut = "TY  - NEWS\nAB  - Nine boats were lost.\n"
    documents, problems = read(
        (RIS + bare + RIS.replace("Fourteen", "Nine") + cut).encode(), "a.ris"
    )
    assert [one.text[:8] for one in documents] == ["Fourteen", "Nine peo", "Nine boa"]
    assert problems == ["has no text", "breaks off: it has no end of record"]
    assert read(b"nothing", "a.ris")[1] == ["has no record of RIS in it"]
