from __future__ import annotations

import json
import time

import pytest

from sayso.errors import InputError
from sayso.ingest import feeds

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Tidewatch</title>
<item><title>Seawall gives way</title><link>https://tidewatch.example/sea</link><guid>t-1</guid>
<pubDate>Tue, 04 Mar 2031 18:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Fourteen people died.</p>]]></content:encoded></item>
<item><title>No address</title><description>Two died.</description><guid>t-2</guid></item>
<item><title>Of no use</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lantern</title>
<entry><id>urn:1</id><title>Fire</title><link href="https://lantern.example/fire"/>
<published>2031-03-04T18:30:00Z</published><updated>2031-03-05T10:00:00Z</updated>
<content type="html">&lt;p&gt;Three died.&lt;/p&gt;</content></entry></feed>"""

JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Radio Kerim",
    "items": [{"id": 7, "url": "https://kerim.example/7", "title": "Flood", "content_html": "<p>Nine died.</p>",
               "date_published": "2031-03-04T18:30:00+02:00", "tags": ["x"]}],
})  # fmt: skip


def test_rss_names_its_articles() -> None:
    found = feeds.feed(RSS.encode())
    assert found.title == "Tidewatch"
    first, second = found.items
    assert (first.key, first.url) == ("t-1", "https://tidewatch.example/sea")
    assert first.published == "2031-03-04T16:30:00Z"
    assert first.content == "<p>Fourteen people died.</p>"
    assert second.url is None and second.content == "Two died."


def test_atom_names_its_articles() -> None:
    (item,) = feeds.feed(ATOM.encode()).items
    assert (item.key, item.url, item.title) == ("urn:1", "https://lantern.example/fire", "Fire")
    assert item.published == "2031-03-04T18:30:00Z" and "Three died" in item.content


def test_a_json_feed_names_its_articles() -> None:
    (item,) = feeds.feed(JSON.encode()).items
    assert (item.key, item.url) == ("7", "https://kerim.example/7")
    assert item.published == "2031-03-04T18:30:00+02:00"


def test_the_mark_changes_with_what_the_feed_says() -> None:
    (one,) = feeds.feed(ATOM.encode()).items
    (other,) = feeds.feed(ATOM.replace("05T10:00", "05T11:00").encode()).items
    (same,) = feeds.feed(ATOM.encode()).items
    assert one.mark == same.mark != other.mark


def test_a_feed_that_is_broken_is_read_as_far_as_it_goes() -> None:
    (item, *_) = feeds.feed(RSS[: RSS.index("<item><title>No")].encode()).items
    assert item.key == "t-1"
    (item,) = feeds.feed(
        ATOM.replace("Fire", "Fire & smoke &nosuch; caf\xe9").encode("latin-1")
    ).items
    assert item.title.startswith("Fire & smoke")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>Not here</body></html>",
        b"",
        b"\x00\xff\xfe",
        b'{"items": 3}',
        b'{"version": "1"',
        b"Two died.",
    ],
)
def test_what_is_no_feed_is_said(data: bytes) -> None:
    with pytest.raises(InputError, match=r"feed|Feed"):
        feeds.feed(data)


def test_entities_are_not_multiplied_and_no_file_is_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    body = RSS.replace("<rss", f"{bomb}<rss").replace("Seawall gives way", "&l9; &f;")
    started = time.process_time()
    items = feeds.feed(body.encode()).items
    assert time.process_time() - started < 10
    assert all(
        len(item.title or "") < 10_000 and "root:" not in (item.title or "") for item in items
    )


def test_a_feed_of_a_hundred_thousand_is_read_from_its_beginning() -> None:
    item = "<item><title>A</title><guid>{0}</guid><link>https://a.example/{0}</link></item>"
    head, tail = RSS.split("<item>", 1)[0], "</channel></rss>"
    whole = head + "".join(item.format(n) for n in range(100_000)) + tail
    started = time.process_time()
    found = feeds.feed(whole.encode())
    assert [one.key for one in found.items[:2]] == ["0", "1"]
    assert len(found.items) == feeds.MOST_ITEMS
    assert time.process_time() - started < 60


def test_a_list_of_feeds_names_each_once() -> None:
    opml = """<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
    <outline type="rss" xmlUrl="https://a.example/rss"/><outline xmlUrl=" https://b.example/atom "/></outline>
    <outline xmlUrl="https://a.example/rss"/><outline text="nothing"/></body></opml>"""
    assert feeds.is_list(opml.encode())
    assert feeds.outlines(opml.encode()) == ["https://a.example/rss", "https://b.example/atom"]
    bomb = opml.replace(
        "<opml", '<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml', 1
    )
    assert "root:" not in "".join(feeds.outlines(bomb.encode()))
    for wrong in (b"<rss/>", b"no", b""):
        with pytest.raises(InputError):
            feeds.outlines(wrong)


def test_a_date_in_any_form_is_read_and_one_of_two_readings_is_told() -> None:
    def dated(date: str) -> feeds.Feed:
        item = f"<item><guid>a</guid><title>Seawall</title><pubDate>{date}</pubDate></item>"
        return feeds.feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode())

    for written in ("25/03/2031", "March 25, 2031"):
        found = dated(written)
        assert (found.items[0].published, found.broken) == ("2031-03-25", ())
    found = dated("04/03/2031")
    assert found.items[0].published is None
    (told,) = found.broken
    assert "'04/03/2031' may be 2031-03-04 or 2031-04-03" in told


@pytest.mark.parametrize(
    "data",
    [
        RSS.replace("https://tidewatch.example/sea", "../sea"),
        ATOM.replace("https://lantern.example/fire", "/sea"),
        ATOM.replace("<feed ", "<feed xml:base='https://tidewatch.example/x/' ").replace(
            "https://lantern.example/fire", "../sea"
        ),
        JSON.replace("https://kerim.example/7", "/sea"),
    ],
)
def test_links_without_a_host_start_from_the_feed(data: str) -> None:
    (item, *_) = feeds.feed(data.encode(), "https://tidewatch.example/feeds/all").items
    assert item.url == "https://tidewatch.example/sea"


def test_an_article_says_which_outlet_the_feed_has_it_from() -> None:
    source = "<source url='https://lantern.example/rss'>Lantern</source>"
    (item, *_) = feeds.feed(RSS.replace("<guid>t-1", f"{source}<guid>t-1").encode()).items
    assert item.outlet == "Lantern"
    source = "<source><id>urn:9</id><title>Radio Kerim</title></source>"
    (item,) = feeds.feed(ATOM.replace("<entry>", f"<entry>{source}").encode()).items
    assert item.outlet == "Radio Kerim"
    (item,) = feeds.feed(ATOM.encode()).items
    assert item.outlet is None
