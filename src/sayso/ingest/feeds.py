"""What a feed names: RSS and Atom by feedparser, JSON Feed 1.1, and OPML lists of feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from email.utils import parsedate
from html import escape
from io import BytesIO
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urljoin
from xml.sax import SAXException

import msgspec
from lxml import etree

from sayso.errors import InputError
from sayso.ingest.articles import unread
from sayso.ingest.fragments import plain
from sayso.ingest.moments import is_moment, moment, moments, undated

T = TypeVar("T")

MOST_ITEMS = 1_000
"""Of one feed at one time, the first that it names."""


class Item(NamedTuple):
    """One article that a feed names: a key of its own, where it is, and what the feed says of it;
    `content` is HTML. `mark` changes when what the feed says of it does, `undated` says why it
    has no date where the feed gives it one, and `outlet` whose it is where the feed has it from
    another (RSS 2.0, `source`; RFC 4287, 4.2.11)."""

    key: str
    url: str | None
    title: str | None
    published: str | None
    content: str
    mark: str
    undated: str | None = None
    outlet: str | None = None


class Feed(NamedTuple):
    """A feed: what it calls itself, its articles, and a sentence for each that cannot be read."""

    title: str | None
    items: tuple[Item, ...]
    broken: tuple[str, ...] = ()


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
    items: list[msgspec.Raw] = []


def feed(data: bytes, base: str = "") -> Feed:
    """The articles that a feed names; `base` is its own address, from which links of it start that
    have no host. Raises `InputError` where it is no feed."""
    if data.lstrip()[:1] == b"{":
        return _json(data, base)
    return _xml(data, base)


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


def _json(data: bytes, base: str) -> Feed:
    try:
        told = msgspec.json.decode(data, type=_JsonFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"is no JSON Feed: {error}") from None
    return _feed(told.title, told.items, lambda raw: _json_item(raw, base))


def _feed(title: str | None, entries: Sequence[T], read: Callable[[T], Item]) -> Feed:
    """The feed of these entries; one that cannot be read costs none of the others."""
    items, broken = [], []
    for number, entry in enumerate(entries[:MOST_ITEMS], 1):
        try:
            items.append(read(entry))
        except Exception as error:  # a feed may hold anything in any place
            broken.append(unread("", f"a feed in item {number}", error).message)
    if len(entries) > MOST_ITEMS:
        rest = len(entries) - MOST_ITEMS
        broken.append(f"names {len(entries):,} articles, of which the last {rest:,} are not read")
    broken += [f"{item.key} {item.undated}" for item in items if item.key and item.undated]
    kept = tuple(item for item in items if item.key)
    if len(kept) < len(items):
        broken.append(f"names {len(items) - len(kept):,} articles by no address and with no text")
    return Feed(plain(title) if title else None, kept, tuple(broken))


def _json_item(raw: msgspec.Raw, base: str) -> Item:
    entry = msgspec.json.decode(raw, type=_Entry)
    return _item(
        str(entry.id or entry.url or ""),
        _joined(base, entry.url),
        entry.title,
        entry.date_published,
        entry.content_html or _html(entry.content_text or entry.summary or ""),
        entry.date_modified or "",
    )


def _html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def _xml(data: bytes, base: str) -> Feed:
    import feedparser

    try:
        told = feedparser.parse(
            BytesIO(data),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-location": base} if base else {},
        )
    except Exception as error:  # it meets every way a feed can be broken
        raise InputError(unread("", "a feed", error).message) from None
    if not told.get("version") and not told.get("entries"):
        raise InputError("is no feed")
    found = _feed(told.get("feed", {}).get("title") or None, told["entries"], _xml_item)
    fault = told.get("bozo_exception")
    if not isinstance(fault, SAXException):  # others are of its encoding, and cost nothing
        return found
    why = " ".join(str(fault).split())[:120]
    return found._replace(broken=(*found.broken, f"is no whole XML, so that items may lack: {why}"))


def _xml_item(entry: Any) -> Item:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    return _item(
        entry.get("id") or entry.get("link") or "",
        entry.get("link"),
        entry.get("title"),
        _published(entry.get("published"), entry.get("published_parsed")),
        max([*contents, entry.get("summary") or ""], key=len),
        dict.get(entry, "updated") or "",  # its own `get` takes another date in its place
        (entry.get("source") or {}).get("title"),
    )


def _joined(base: str, url: str | None) -> str | None:
    try:
        return urljoin(base, url.strip()) if url else None
    except ValueError:
        return url


def _item(
    key: str,
    url: str | None,
    title: str | None,
    published: str | None,
    content: str,
    updated: str,
    outlet: str | None = None,
) -> Item:
    address = url.strip() if url and url.strip().startswith(("http://", "https://")) else None
    said = f"{address}\n{title}\n{updated}\n{content}"
    mark = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
    when, why = moment(published), undated(published)
    title, outlet = (plain(text) if text else None for text in (title, outlet))
    # One that has neither a name nor an address is known by what it says.
    told = f"{title}\n{content}".encode("utf-8", "replace") if content.strip() else b""
    own = key.strip() or (hashlib.sha256(told).hexdigest() if told else "")
    return Item(own, address, title or None, when, content, mark, why, outlet or None)


def _published(written: str | None, parsed: object) -> str | None:
    """When an item was published: feedparser's moment, in UTC, which knows zones by their names;
    but where it is of another day than what is written, or more than is, that."""
    days = {day[:10] for day in moments(written)}
    dated = written and (days or parsedate(written))
    if not dated or not isinstance(parsed, tuple) or len(parsed) < 6 or written in days:
        return written
    year, month, day, hour, minute, second = (int(part) for part in parsed[:6])
    made = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    if not days or (is_moment(made) and any(_apart(made, other) <= 1 for other in days)):
        return made
    return written


def _apart(one: str, other: str) -> int:
    """Days between two; a zone moves a moment by one at the most."""
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
