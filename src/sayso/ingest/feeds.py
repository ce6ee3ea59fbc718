"""What a feed names: RSS and Atom by feedparser, JSON Feed 1.1, and OPML lists of feeds."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import NamedTuple

import msgspec
from lxml import etree

from sayso.errors import InputError
from sayso.ingest.articles import is_moment

MOST_ITEMS = 1_000
"""Of one feed at one time, the first that it names."""


class Item(NamedTuple):
    """One article that a feed names: a key of its own, where it is, and what the feed says of it;
    `content` is HTML. `mark` changes when what the feed says of it does."""

    key: str
    url: str | None
    title: str | None
    published: str | None
    content: str
    mark: str


class Feed(NamedTuple):
    """A feed: what it calls itself, and its articles."""

    title: str | None
    items: tuple[Item, ...]


class _Entry(msgspec.Struct):
    id: str | int = ""
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    title: str | None = None
    items: list[_Entry] = []


def feed(data: bytes) -> Feed:
    """The articles that a feed names. Raises `InputError` where it is no feed."""
    if data.lstrip()[:1] == b"{":
        return _json(data)
    return _xml(data)


def outlines(data: bytes) -> list[str]:
    """The feeds that an OPML list names, each once. Raises `InputError` where it is none."""
    # No entity of an unknown list is resolved, and nothing is fetched for it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(BytesIO(data), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"is no OPML list: {error}") from None
    if str(root.tag).lower() != "opml":
        raise InputError("is no OPML list")
    found = [outline.get("xmlUrl") for outline in root.iter("outline")]
    return list(dict.fromkeys(url.strip() for url in found if url and url.strip()))


def is_list(data: bytes) -> bool:
    """Whether these bytes look like an OPML list."""
    return b"<opml" in data[:2000].lower()


def _json(data: bytes) -> Feed:
    try:
        told = msgspec.json.decode(data, type=_JsonFeed)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError(f"is no JSON Feed: {error}") from None
    items = [
        _item(
            str(entry.id or entry.url or ""),
            entry.url,
            entry.title,
            entry.date_published,
            entry.content_html or entry.content_text or entry.summary or "",
            entry.date_modified or "",
        )
        for entry in told.items[:MOST_ITEMS]
    ]
    return Feed(told.title, tuple(item for item in items if item.key))


def _xml(data: bytes) -> Feed:
    import feedparser

    try:
        told = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it meets every way a feed can be broken
        raise InputError(f"cannot be read as a feed: {error!r}"[:200]) from None
    if not told.get("version") and not told.get("entries"):
        raise InputError("is no feed")
    items = []
    for entry in told["entries"][:MOST_ITEMS]:
        contents = [part.get("value", "") for part in entry.get("content", ())]
        items.append(
            _item(
                entry.get("id") or entry.get("link") or "",
                entry.get("link"),
                entry.get("title"),
                _moment(entry.get("published_parsed")),
                max([*contents, entry.get("summary", "")], key=len),
                dict.get(entry, "updated") or "",  # its own `get` takes another date in its place
            )
        )
    title = told.get("feed", {}).get("title")
    return Feed(title or None, tuple(item for item in items if item.key))


def _item(
    key: str, url: str | None, title: str | None, published: str | None, content: str, updated: str
) -> Item:
    address = url.strip() if url and url.strip().startswith(("http://", "https://")) else None
    said = f"{address}\n{title}\n{updated}\n{content}"
    mark = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
    moment = published if is_moment(published) else None
    return Item(key.strip(), address, title or None, moment, content, mark)


def _moment(parsed: object) -> str | None:
    """feedparser's moment, in UTC."""
    if not isinstance(parsed, tuple) or len(parsed) < 6:
        return None
    year, month, day, hour, minute, second = (int(part) for part in parsed[:6])
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
