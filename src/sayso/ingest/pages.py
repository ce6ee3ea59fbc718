"""A web page to the article in it, by trafilatura.

Only what the page says about itself is believed: a date is looked for in its head, its address and
its byline, never in its prose or its footer, and is left out where none is stated. What stands
under a picture is kept apart: it often tells of another day. Links, comments and forms are not
read, and nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import markup
from sayso.ingest.articles import content_id, fault, unread
from sayso.ingest.characters import decode
from sayso.ingest.moments import moment, moments, undated
from sayso.lexicon import LANGUAGE, table
from sayso.records import Block, BlockKind, Document, Problem
from sayso.shapes.blocks import blocks

# A library that finds a page hard to read says so in its log, and Python prints the log of a
# library on stderr when nobody listens. What matters of it comes back as a `Problem`.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"""<[^>]*\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)

# Where a date in a page is not its own: footers and lists of other stories, anything that speaks of
# copyright, and prose, which is a paragraph without a class of its own or any long run of words.
_NOT_ITS_OWN = """
    //footer | //aside | //nav
    | //body//*[contains(@class, 'footer') or contains(@class, 'related')]
    | //body//*[not(*) and not(self::script)][
        contains(., '©') or contains(translate(., 'COPYRIGHT', 'copyright'), 'copyright')
        or string-length(normalize-space(.)) > 100]
    | //body//p[not(@class) and not(@id)]
"""

# Where pages state the moment of publication, and of the last change: Open Graph and schema.org, as
# attributes.
_MOMENTS = """
    //meta[contains(@property, 'publish') or contains(@name, 'publish') or @name='pubdate'
           or contains(@itemprop, 'ublish')]/@content
    | //time[not(@itemprop='dateModified')]/@datetime
"""
_CHANGES = """
    //meta[contains(@property, 'modified') or contains(@property, 'updated')
           or contains(@name, 'modified') or contains(@itemprop, 'odified')]/@content
    | //time[@itemprop='dateModified']/@datetime
"""
_MOMENT_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_SLASHED = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_SHOWN_DATES = """
    //body//*[not(*) and string-length(normalize-space(.)) < 60 and contains(., '/')]
        [not(ancestor-or-self::footer or ancestor-or-self::aside or ancestor-or-self::nav)]
        [self::time or contains(@class, 'date') or contains(@class, 'time')
        or contains(@class, 'publish') or contains(@class, 'posted') or contains(@class, 'byline')]
"""
_CHANGE_IN_JSON = re.compile(r'"dateModified"\s*:\s*"([^"]+)"')

# What is no part of an article wherever it stands: forms to comment, subscribe or search, what asks
# to share, and lists of other stories.
_PRUNED = [
    "//form",
    "//*[@role='dialog' or @role='complementary']",
    "//*[contains(@class, 'newsletter') or contains(@id, 'newsletter')]",
    "//*[contains(@class, 'comment-respond') or @id='respond' or contains(@class, 'disqus')]",
    "//*[contains(@class, 'social-share') or contains(@class, 'share-buttons')]",
    "//*[contains(@class, 'related-') or contains(@class, 'read-more') or @class='related']",
    "//*[contains(@class, 'cookie-') or contains(@id, 'cookie-')]",
]

# htmldate does not believe in dates after today. Reading may not depend on the day it is done.
_LAST_DAY = "2200-12-31"


def page(html: bytes, where: str, charset: str | None = None) -> Document | Problem:
    """The article in a page, its paragraphs on lines of their own, or why there is none.

    `where` names the page in a problem, `charset` is what else is said of its encoding. The outlet
    is the site's own name, else its host.
    """
    try:
        document = _article(decode(html, charset or _declared(html)))
    except InputError as error:
        return Problem(input=where, message=str(error))
    except Exception as error:  # lxml and trafilatura meet every way a page can be broken
        return unread(where, "a page", error)
    if why := fault(document.text):
        return Problem(input=where, message=why)
    return document


def doubts(html: bytes, document: Document) -> list[str]:
    """What is to be said of the article of a page that was read, in words: that its date can mean
    two days, and that it breaks off where subscribers read on."""
    from trafilatura import load_html

    try:
        tree = load_html(decode(html, _declared(html)))
    except Exception:  # as in `page`
        return []
    if tree is None:
        return []
    found = []
    if document.published is None:
        told = map(undated, _stated(tree, _MOMENTS, _MOMENT_IN_JSON))
        shown = (" ".join(element.itertext()) for element in tree.xpath(_SHOWN_DATES))
        slashed = (undated(one) for text in shown for one in _SLASHED.findall(text))
        found += [why for why in (*told, *slashed) if why][:1]
    lines = (" ".join(element.text_content().split()) for element in tree.xpath(_LINES))
    if any(_lines("walls").fullmatch(line) for line in lines if len(line) < _LONGEST_WALL):
        found.append("breaks off where only subscribers read on")
    return found


_LINES = """
    //body//*[self::p or self::div or self::span or self::h2 or self::h3 or self::h4]
        [not(.//p or .//div)]
"""
_LONGEST_WALL = 300  # characters


def _declared(html: bytes) -> str | None:
    """The encoding that the page declares in its first bytes, where browsers look for it too."""
    found = _CHARSET.search(html[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _article(html: str) -> Document:
    """Raises `InputError` where there is no article, and whatever the libraries raise."""
    from trafilatura import bare_extraction, load_html

    tree = load_html(html)
    if tree is None:
        raise InputError("has no article in it")
    markup.unseen(tree)
    markup.unset(tree)
    captions = markup.captions(tree)
    markup.stamp(tree)
    markup.unlost(tree)
    markup.unbroken(tree)
    found = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        prune_xpath=_PRUNED,
        date_extraction_params={"extensive_search": False, "max_date": _LAST_DAY},
    )
    if found is None or not found.text:
        raise InputError("has no article in it")
    tree = load_html(html)
    title, outlet = _titled(tree, found.title or None, found.sitename or None)
    text, writer = _own(found.text)
    return Document(
        id=content_id(outlet, text),
        url=found.url or None,
        title=title,
        text=text,
        published=_published(tree, html),
        outlet=outlet,
        language=(tree.get("lang") or "").partition("-")[0].lower() or None,
        updated=_updated(load_html(html)),
        byline=found.author or writer,
        captions=captions,
        blocks=_blocks(text, found.body),
    )


def _blocks(text: str, body: Any) -> tuple[Block, ...]:
    """The blocks of a page's text with the headings and quotations that its own marks tell; () if
    these tell no more than the text shows."""
    told: dict[str, tuple[BlockKind, int]] = {}
    for element in body.iter("head", "quote"):
        level = int(element.get("rend", "h0")[1:] or 0) if element.tag == "head" else 0
        for line in "\n".join(element.itertext()).split("\n"):
            told[line.strip()] = ("heading" if element.tag == "head" else "quotation", level)
    shown = blocks(text)
    found = []
    for block in shown:
        kind, level = told.get(text[block.start : block.end], (block.kind, block.level))
        marked = block.kind in ("paragraph", "heading")
        found.append(replace(block, kind=kind, level=level) if marked else block)
    return () if tuple(found) == shown else tuple(found)


def _own(text: str) -> tuple[str, str | None]:
    """The text without the lines that speak to the reader of the page, not of the news, and without
    the line above it that says who wrote it, who comes back too."""
    lines = [
        line
        for line in text.split("\n")
        if not any(_lines(kind).fullmatch(line.strip()) for kind in ("asides", "walls"))
    ]
    for n, line in enumerate(lines[:_ABOVE]):
        if found := _byline().fullmatch(line.strip()):
            return "\n".join(lines[:n] + lines[n + 1 :]), found["who"]
    return "\n".join(lines), None


_ABOVE = 5
"""Lines at the top of a text among which the byline may be."""


@cache
def _byline() -> re.Pattern[str]:
    """ "By Ann Oakes and Ben Ferry", with the day before it or behind it."""
    words = table("pages", LANGUAGE)
    label = "|".join(map(re.escape, table("dates", LANGUAGE)["forms"]["heading"]))
    day = rf"(?:(?i:{label})\b:?\s*)?(?:(?:{_dates().pattern})|\d{{4}}-\d\d-\d\d)"
    name = rf"(?!(?:{'|'.join(words['bylined'])})\b)[A-Z][\w.’'-]+"
    names = rf"{name}(?:\s(?:{name}|(?:{'|'.join(words['within'])})\s{name})){{1,5}}"
    between = r"[\s,|·•–—-]*"
    return re.compile(
        rf"(?:(?i:{day}){between})?(?i:{'|'.join(words['by'])})\s(?P<who>{names}"
        rf"(?:(?:,\s|\s(?i:{'|'.join(words['beside'])})\s){names}){{0,3}})(?:{between}(?i:{day}))?"
    )


@cache
def _lines(kind: str) -> re.Pattern[str]:
    words = table("pages", LANGUAGE)[kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in words), re.IGNORECASE)


def _titled(tree: Any, title: str | None, outlet: str | None) -> tuple[str | None, str | None]:
    """The title of a page and its outlet, by the parts of what its window is called ("Seawall gives
    way | Lantern"), where its heading is one of these and not the longest: the name of the site or
    of a part of it."""
    window = " ".join("".join(tree.xpath("//head/title[1]//text()")).split())
    parts = [part for part in _BETWEEN.split(window) if part]
    longest = max(parts, key=len, default="")
    others = [part for part in parts if part != longest]
    if title is None or title == longest or title.lower() not in [part.lower() for part in others]:
        return title, outlet
    return longest, outlet or others[-1 if parts[0] == longest else 0]


_BETWEEN = re.compile(r"\s+[|·•:»«–—-]{1,2}\s+")


def _published(tree: Any, html: str) -> str | None:
    """When the page says it was published: to the moment where it states one, else the day; None
    where it can mean two days ("03/11/2031") and says it in no other form."""
    from htmldate import find_date

    said = _stated(tree, _MOMENTS, _MOMENT_IN_JSON)
    stated = [m for written in said if (m := moment(written))]
    for element in tree.xpath(_NOT_ITS_OWN):
        element.drop_tree()
    day = find_date(tree, original_date=True, extensive_search=False, max_date=_LAST_DAY)
    if first := _first(tree, day):
        return next((m for m in stated if m.startswith(first[:10])), first)
    if day is None:
        own = [m for w in _stated(tree, _MOMENTS, _MOMENT_IN_JSON) if (m := moment(w))]
        return own[0] if len({m[:10] for m in own}) == 1 else None
    if found := next((m for m in stated if m.startswith(day)), None):
        return found
    if day in html or day.replace("-", "/") in html or day.replace("-", "") in html:
        return day
    said += map(str, tree.xpath("//meta/@content"))
    slashed = [moments(w) for w in (*said, *_SLASHED.findall(" ".join(tree.itertext())))]
    return None if any(len(can_be) > 1 and day in can_be for can_be in slashed) else day


def _first(tree: Any, day: str | None) -> str | None:
    """The day of "First published 11 March", in the year of another date there where it has none
    of its own; `day` is that of the page."""
    text = " ".join(tree.itertext())
    for found in _firsts().finditer(text):
        around = text[max(0, found.start() - _BESIDE) : found.end() + _BESIDE]
        others = [m for one in _dates().finditer(around) if (m := moment(one[0]))]
        last = day or max(others, default=None)
        years = [] if last is None else [int(last[:4]), int(last[:4]) - 1]
        told = [moment(found["day"]), *(moment(f"{found['day']} {year}") for year in years)]
        first = next((m for m in told if m and (last is None or m[:10] <= last)), None)
        if first:
            return first
    return None


_BESIDE = 80
"""Characters within which the dates of the first print and of the last change stand."""


@cache
def _dates() -> re.Pattern[str]:
    """A date with the name of its month, with its year or without."""
    month = rf"(?:{'|'.join(table('dates', LANGUAGE)['months'])})\b\.?"
    return re.compile(
        rf"(?:\d{{1,2}}(?:[a-z]+)?\s{month}|{month}\s\d{{1,2}}(?:[a-z]+)?\b)(?:,?\s\d{{4}})?",
        re.IGNORECASE,
    )


@cache
def _firsts() -> re.Pattern[str]:
    words = "|".join(table("pages", LANGUAGE)["first"])
    before = rf"\b(?:{words})\W+(?:\w+\W+){{0,2}}?"
    return re.compile(rf"{before}(?P<day>{_dates().pattern})", re.IGNORECASE)


def _updated(tree: Any) -> str | None:
    """When the page says that it was last changed; None where it does not say."""
    changes = (moment(written) for written in _stated(tree, _CHANGES, _CHANGE_IN_JSON))
    return next((m for m in changes if m), None)


def _stated(tree: Any, attributes: str, in_json: re.Pattern[str]) -> list[str]:
    # lxml's strings know where in the tree they stood, and keep all of it in memory.
    moments = [str(moment) for moment in tree.xpath(attributes)]
    for script in tree.xpath("//script/text()"):
        moments += in_json.findall(str(script))
    return moments
