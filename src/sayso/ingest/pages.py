"""A saved web page to the article in it, by trafilatura.

Only what the page says about itself is believed: a date is looked for in its head, its address and
its byline, never in its prose or its footer, and is left out where none is stated. Links, comments
and pictures are not read, and nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from sayso.errors import InputError
from sayso.ingest.articles import content_id, fault, is_moment
from sayso.ingest.characters import decode
from sayso.records import Document, Problem

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

# Where pages state the moment of publication: Open Graph and schema.org, as attributes.
_MOMENTS = """
    //meta[contains(@property, 'publish') or contains(@name, 'publish')
           or contains(@itemprop, 'ublish')]/@content
    | //time/@datetime
"""
_MOMENT_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')

# htmldate does not believe in dates after today. Reading may not depend on the day it is done.
_LAST_DAY = "2200-12-31"


def page(html: bytes, where: str) -> Document | Problem:
    """The article in a page, its paragraphs on lines of their own, or why there is none.

    `where` names the page in a problem. The outlet is the site's own name, else its host.
    """
    try:
        document = _article(decode(html, _declared(html)))
    except InputError as error:
        return Problem(input=where, message=str(error))
    except Exception as error:  # lxml and trafilatura meet every way a page can be broken
        return Problem(input=where, message=f"cannot be read as a page: {error!r}"[:200])
    if why := fault(document.text):
        return Problem(input=where, message=why)
    return document


def _declared(html: bytes) -> str | None:
    """The encoding that the page declares in its first bytes, where browsers look for it too."""
    found = _CHARSET.search(html[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _article(html: str) -> Document:
    """Raises `InputError` where there is no article, and whatever the libraries raise."""
    from trafilatura import bare_extraction, load_html

    found = bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "max_date": _LAST_DAY},
    )
    tree = load_html(html)
    if found is None or tree is None or not found.text:
        raise InputError("has no article in it")
    outlet = found.sitename or None
    return Document(
        id=content_id(outlet, found.text),
        url=found.url or None,
        title=found.title or None,
        text=found.text,
        published=_published(tree),
        outlet=outlet,
        language=(tree.get("lang") or "").partition("-")[0].lower() or None,
    )


def _published(tree: Any) -> str | None:
    """When the page says it was published: to the moment where it states one, else the day."""
    from htmldate import find_date

    # lxml's strings know where in the tree they stood, and keep all of it in memory.
    moments = [str(moment) for moment in tree.xpath(_MOMENTS)]
    for script in tree.xpath("//script/text()"):
        moments += _MOMENT_IN_JSON.findall(str(script))
    for element in tree.xpath(_NOT_ITS_OWN):
        element.drop_tree()
    day = find_date(tree, original_date=True, extensive_search=False, max_date=_LAST_DAY)
    return next((m for m in moments if day and m.startswith(day) and is_moment(m)), day)
