"""A page's tree, rewritten so that trafilatura keeps of an article what it would drop or join: the
posts of a live page, lists and terms, links that are sentences, lines that are broken for looks.
"""

from __future__ import annotations

import re
from typing import Any

from sayso.ingest.moments import moment
from sayso.shapes.posts import is_stamp

# Under a picture stands a caption: what HTML calls so, and what most pages call so.
_CAPTIONS = """
    //figcaption
    | //*[self::p or self::div or self::span][
        contains(concat(' ', normalize-space(@class), ' '), ' caption ')
        or contains(@class, 'wp-caption-text') or contains(@class, 'image-caption')
        or contains(@class, 'photo-caption') or contains(@class, 'media-caption')]
"""

LONGEST_CAPTION = 1000
"""Characters; longer ones are no captions."""


def stamp(tree: Any) -> None:
    """Writes over each post of a live page when it was posted, as its `time` states it: the library
    drops that. Posts stand side by side, each with one time of its own and with prose; those that
    are items of a list are parts of their own. What shows a time alone is made a paragraph."""
    parts: dict[Any, list[tuple[Any, str]]] = {}
    for element in tree.xpath(_TIMES):
        part = element
        while (above := part.getparent()) is not None and len(above.xpath(_TIMES_IN)) == 1:
            part = above
        prose = "".join(part.xpath(".//p//text()"))
        posted = moment(element.get("datetime").strip())
        if above is not None and posted and len(prose) >= _PROSE:
            parts.setdefault(above, []).append((part, posted))
    shown = [
        element
        for element in tree.xpath(_SHOWN)
        if is_stamp(element.text_content().strip()) and not (element.tail or "").strip()
    ]
    if len({element.getparent() for element in shown}) > 1:  # else the page's own
        for element in shown:
            element.tag = "p"
    for above, those in parts.items():
        if len(those) < 2:
            continue
        if any(part.tag == "li" for part, _ in those):
            for one in (above, *(part for part, _ in those)):
                one.tag = "div"
        for part, written in those:
            # Of several that look like an article each, the library would read one.
            part.tag = "div" if part.tag == "article" else part.tag
            part.attrib.pop("class", None)
            line = part.makeelement("p", {})
            line.text = written
            part.insert(0, line)


def unlost(tree: Any) -> None:
    """Rewrites what the library would drop of an article: a date within a line, the pairs of a list
    of terms, which become lines ("Killed: 13"), and the lists and headings of a page that marks no
    article, which is then what stands beside its heading."""
    for element in tree.xpath(_DATES_IN_LINES):
        element.drop_tag()
    for terms in tree.iter("dl"):
        if [each.tag for each in terms] != ["dt", "dd"] * (len(terms) // 2):
            continue
        each = [" ".join(one.text_content().split()) for one in terms]
        for one in list(terms):
            terms.remove(one)
        terms.tag = "div"
        for term, told in zip(each[::2], each[1::2], strict=True):
            line = terms.makeelement("p", {})
            line.text = f"{term.rstrip(' :')}: {told}"
            terms.append(line)
    tops = tree.xpath("//body/h1")
    if len(tops) == 1 and not tree.xpath("//article | //main | //*[@role='main']"):
        article = tops[0].makeelement("article", {})
        body = tops[0].getparent()
        inner = [each for each in body if each.tag not in _OUTER]
        tops[0].addprevious(article)
        article.extend(inner)


_DATES_IN_LINES = """
    //time[parent::p or parent::li or parent::dd or parent::td]
        [preceding-sibling::node()[normalize-space()] or parent::dd or parent::td]
"""
_OUTER = ("header", "nav", "footer", "aside", "script", "style")

_TIMES = """
    //body//time[@datetime][not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::a
        or ancestor::*[contains(@class, 'comment') or contains(@class, 'related')])]
"""
_TIMES_IN = ".//time[@datetime]"
_SHOWN = """
    //body//*[self::span or self::div or self::time][not(*) and string-length(.) < 60]
        [parent::div or parent::section or parent::article or parent::main or parent::header]
        [not(ancestor::nav or ancestor::aside or ancestor::footer
        or ancestor::*[contains(@class, 'comment') or contains(@class, 'related')])]
"""
_PROSE = 20
"""Characters of the paragraphs of a post, at the least."""


def unseen(tree: Any) -> None:
    """Takes out what no reader of the page sees or is to believe: what is hidden, unless that is
    most of the page, or struck through, and the marks of footnotes, which would be digits of a
    number before them ("14" and a note 2); and the marks that say where a word may break."""
    most = len(tree.text_content()) / 2
    for element in tree.xpath(_UNSEEN):
        if element.getparent() is not None and len(element.text_content()) < most:
            element.drop_tree()
    for element in tree.xpath("//body//sup"):
        note = _NOTE.fullmatch(element.text_content().strip())
        before = _before(element)
        if note and not _UNIT.search(before):
            element.drop_tree()
        elif note and before.endswith("10"):
            element.text = f"^{element.text or ''}"
    for element in tree.iter():
        for at in ("text", "tail"):
            if (said := getattr(element, at)) and "\xad" in said:
                setattr(element, at, said.replace("\xad", ""))


_UNSEEN = "//body//*[self::template or self::del or self::s or self::strike or @hidden]"
_NOTE = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_UNIT = re.compile(r"(?:\b|\d)[ckm]?m$|\b10$")
"""What is raised to a power: a length, and ten."""


def unset(tree: Any) -> None:
    """Makes blocks of the cells of a table by which a page is only set: one that has the heading of
    the page, or paragraphs, in a cell, and rows of several cells at most once."""
    for each in tree.xpath("//body//table"):
        rows = each.xpath("./tr | ./tbody/tr | ./thead/tr")
        filled = [len([cell for cell in row if cell.text_content().strip()]) for row in rows]
        broken = any(_is_break(one) and _is_break(one.getnext()) for one in each.iter("br"))
        if sum(cells > 1 for cells in filled) > 1 or not (broken or each.xpath(_SET)):
            continue
        for part in (each, *each.xpath("./tbody | ./thead"), *rows, *(c for r in rows for c in r)):
            part.tag = "div"


_SET = ".//h1 | .//td[count(.//p) > 1]"


def _is_break(element: Any) -> bool:
    return element is not None and element.tag == "br"


def captions(tree: Any) -> tuple[str, ...]:
    """What stands under the pictures, which is taken out of the tree."""
    found: dict[str, None] = {}
    for element in tree.xpath(_CAPTIONS):
        text = " ".join(element.text_content().split())
        if 0 < len(text) <= LONGEST_CAPTION and element.getparent() is not None:
            found[text] = None
            element.drop_tree()
    return tuple(found)


def unbroken(tree: Any) -> None:
    """Joins what is one line or one sentence to a reader: a sentence over a line break, a paragraph
    that is wholly a link; and parts what only its setting parts ("11 March 2031By Ann Oakes")."""
    for paragraph in tree.xpath(_PARAGRAPHS):
        links = list(paragraph.iter("a"))
        said = " ".join(paragraph.text_content().split()) if len(links) == 1 else ""
        whole = said and said == " ".join(links[0].text_content().split())
        if whole and len(said.split()) >= _SENTENCE and said.endswith(_CLOSED):
            links[0].drop_tag()
    for element in list(tree.iter("br")):
        above, below = _before(element), _behind(element)
        if above and below[:1].islower() and not above.endswith(_ENDS):
            element.tail = f" {element.tail or ''}"
            element.drop_tag()
    for element in tree.iter("span", "time", "a", "strong", "b", "em", "i"):
        after = element.getnext()
        if after is None or after.tag not in _INLINE or element.tail:
            continue
        one, two = element.text_content(), after.text_content()
        if (one[-1:].isdigit() or one[-1:].islower()) and two[:1].isupper():
            element.tail = " "


def _before(element: Any) -> str:
    """What stands before an element within its block, to the next line break."""
    other = element.getprevious()
    if other is None:
        above = element.getparent()
        found = (above.text or "").rstrip()
        return found or (_before(above) if above.tag in _INLINE else "")
    if (other.tail or "").strip():
        return str(other.tail.rstrip())
    return str(other.text_content().rstrip()) if other.tag in _INLINE else ""


def _behind(element: Any) -> str:
    if (element.tail or "").strip():
        return str(element.tail.lstrip())
    other = element.getnext()
    if other is None:
        above = element.getparent()
        return _behind(above) if above is not None and above.tag in _INLINE else ""
    return str(other.text_content().lstrip()) if other.tag in _INLINE else ""


_INLINE = "a abbr b em font i mark small span strong sub sup time u".split()
_PARAGRAPHS = "//body//p[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::li)]"
_SENTENCE = 8
"""Words of a link that is a sentence of the article, at the least."""
_CLOSED = (".", "?", "!", ".”", '."', "?”", '?"')
_ENDS = (".", "?", "!", ":", ";", "”", '"')
