"""Feeds of what is new on record, for readers of feeds and for programs: Atom (RFC 4287) and JSON
Feed 1.1.

An entry keeps its id for ever, whatever its incident comes to be called, and one that was told does
not change: a figure that moves once more is another entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from sayso.publish import chronicle, signed, wording
from sayso.records import Entry, Heading, Incident, Signed, Toll, TollChange, as_signed
from sayso.version import __version__

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"

NEVER = "1970-01-01T00:00:00Z"
"""When a feed with nothing in it changed."""


class News(NamedTuple):
    """One entry of a feed: its id, when it was entered (UTC), its title and text, the address of
    what it is about, and what it tells: an incident, a change of a toll, that it was signed off, or
    what came since and is proposed."""

    id: str
    at: str
    title: str
    text: str
    url: str
    what: str


def news(
    incident: Incident,
    key: str,
    begun: Entry,
    changes: Iterable[TollChange],
    headings: dict[str, Heading],
    at: str,
    *,
    latest: bool = False,
) -> Iterator[News]:
    """What a feed tells of an incident: that it is new, and each change of a toll after that. `key`
    is what it keeps under whatever name, `at` the address of its page.

    Of one that was signed off it tells no change that came after, but that it was signed off, and
    what came since and would change it; unless the `latest` is asked for."""
    incident = incident if latest else as_signed(incident)
    title = wording.clean(incident.title)
    where = incident.where.name or incident.where.text if incident.where else ""
    when = wording.span(incident.when.start, incident.when.end) if incident.when else ""
    setting = ", ".join(part for part in (wording.clean(where), when) if part)
    (step,) = chronicle.entries([begun], headings)
    text = ". ".join(part for part in (setting, f"First {step.what}") if part)
    yield News(_id(key, "incident"), begun.at, title, f"{text}.", at, "incident")
    changes, version = tuple(changes), None if latest else incident.signed
    if version is not None:
        later = [one for one in changes if one.entry.seq > version.line]
        changes = changes[: len(changes) - len(later)]
        yield from _signing(incident, key, version, later, at)
    for change in changes:
        toll = change.after or change.before
        if toll is None:
            continue
        (step,) = chronicle.tolls([change], headings)
        name, before, after = step.changes[0]
        yield News(
            _id(key, figure(toll), change.entry.hash),
            change.entry.at,
            f"{title}: {name} {before} → {after}",
            f"{name}: {before} → {after}. {step.what}",
            f"{at}#{figure(toll)}",
            "toll",
        )


def _signing(
    incident: Incident, key: str, version: Signed, after: Sequence[TollChange], at: str
) -> Iterator[News]:
    title, line = wording.clean(incident.title), str(version.line)
    said = " ".join(signed.told(incident, changes=False))
    told = f"{said} {wording.sentence(wording.signed(version))}.".strip()
    when = version.at or NEVER
    yield News(_id(key, "signed", line), when, f"{title}: signed off", told, at, "signed")
    if after and (words := signed.proposed(incident)):
        id, when = _id(key, "proposed", line, words), after[-1].entry.at
        words = f"{wording.sentence(words)}."
        yield News(id, when, f"{title}: {signed.since(incident)}", words, at, "proposed")


def figure(toll: Toll) -> str:
    """What a toll is called in addresses: "killed-children"."""
    return f"{toll.kind}-{toll.who}"


def latest(found: Iterable[News]) -> list[News]:
    """The same, the newest first."""
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def atom(found: Sequence[News], title: str, home: str, here: str) -> bytes:
    """A feed as Atom; `home` is the address of the page of the same, `here` its own."""
    from lxml import etree

    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})

    def put(under: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        made = etree.SubElement(under, f"{{{ATOM}}}{name}", **attributes)
        made.text = None if text is None else wording.clean(text)
        return made

    put(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, here)}")
    put(root, "title", title)
    put(root, "updated", max((one.at for one in found), default=NEVER))
    put(put(root, "author"), "name", "Sayso")
    put(root, "generator", "Sayso", version=__version__)
    put(root, "link", rel="self", href=here, type="application/atom+xml")
    put(root, "link", rel="alternate", href=home, type="text/html")
    for one in found:
        entry = put(root, "entry")
        put(entry, "id", one.id)
        put(entry, "title", one.title)
        put(entry, "published", one.at)
        put(entry, "updated", one.at)
        put(entry, "link", rel="alternate", href=one.url, type="text/html")
        put(entry, "category", term=one.what)
        put(entry, "content", one.text, type="text")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def json_feed(found: Sequence[News], title: str, home: str, here: str) -> dict[str, Any]:
    """The same as JSON Feed."""
    return {
        "version": JSON_FEED,
        "title": title,
        "home_page_url": home,
        "feed_url": here,
        "authors": [{"name": "Sayso"}],
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "content_text": one.text,
                "date_published": one.at,
                "date_modified": one.at,
                "tags": [one.what],
            }
            for one in found
        ],
    }


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('sayso', *parts)))}"
