"""What documents of word processors hide from their readers, taken out of their XML: text whose own
look or whose style hides it, and sections and rows that are hidden as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DISPLAY = f"{_T}display"
_STYLED = (f"{_T}p", f"{_T}h", f"{_T}span")

_KEPT = ("}rPr", "}fldChar", "}instrText")
"""What a hidden run of Word's keeps: a field that begins in one may end in another."""


def _inherited(told: Mapping[str, bool | None], above: Mapping[str, str]) -> dict[str, bool]:
    """Whether each style hides its text; where it does not say, what the style above it says."""
    found: dict[str, bool] = {}
    for name in told:
        at, met = name, set[str]()
        while at in told and told[at] is None and at not in met:
            met.add(at)
            at = above[at]
        if (said := told.get(at)) is not None:
            found[name] = said
    return found


# Word's.


def words_styles(styles: Any) -> dict[str, bool]:
    """Whether the styles in a part of Word's hide their text, by their ids, of those that say."""
    told: dict[str, bool | None] = {}
    above: dict[str, str] = {}
    for style in styles.iter("{*}style"):
        name = _value(style, "styleId")
        told[name] = _vanishes(style.find("{*}rPr"))
        above[name] = _value(style.find("{*}basedOn"), "val")
    return _inherited(told, above)


def words(root: Any, styles: Mapping[str, bool]) -> int:
    """Takes what is hidden out of a part of Word's; from how many paragraphs."""
    rows = [row for row in root.iter("{*}tr") if _is_on(row.find("{*}trPr/{*}hidden"))]
    paragraphs = {line for row in rows for line in row.iter("{*}p") if _has_text(line)}
    for row in rows:
        row.getparent().remove(row)
    for run in [*root.iter("{*}r")]:
        line = next(run.iterancestors("{*}p"), None)
        own = [run.find("{*}rPr/{*}rStyle")]
        own += [line.find("{*}pPr/{*}pStyle")] if line is not None else []
        told = [_vanishes(run.find("{*}rPr")), *(styles.get(_value(one, "val")) for one in own)]
        if next((one for one in told if one is not None), False):
            paragraphs |= {line} if _has_text(run) else set()
            for part in [*run]:
                if not str(part.tag).endswith(_KEPT):
                    run.remove(part)
    return len(paragraphs)


def _has_text(element: Any) -> bool:
    return any((part.text or "").strip() for part in element.iter("{*}t"))


def _vanishes(properties: Any) -> bool | None:
    """Whether these properties of text hide it; None where they do not say."""
    found = properties.find("{*}vanish") if properties is not None else None
    return None if found is None else _is_on(found)


def _is_on(switch: Any) -> bool:
    return switch is not None and _value(switch, "val") not in ("0", "false", "off", "none")


def _value(element: Any, name: str) -> str:
    """What an attribute of this name says, in whichever of Word's two namespaces."""
    said = element.attrib.items() if element is not None else ()
    return next((str(value) for key, value in said if key.endswith(f"}}{name}")), "")


# OpenDocument's.


def opened(body: Any, parts: Sequence[Any]) -> int:
    """Takes what is hidden out of the text of an OpenDocument, whose styles stand in these parts;
    how many sections, paragraphs, rows and words in a line."""
    styles = _styles(parts)
    found = [
        *(each for each in body.iter(*_STYLED) if styles.get(each.get(f"{_T}style-name"))),
        *(each for each in body.iter(f"{_T}section") if _is_hidden(each)),
        *(each.getparent() for each in body.iter(f"{_T}hidden-paragraph") if _is_hidden(each)),
        *body.iter(f"{_T}hidden-text"),
        *(
            each
            for each in body.iter(f"{_TABLE}table-row")
            if each.get(f"{_TABLE}visibility") in ("collapse", "filter")
        ),
    ]
    told = 0
    for element in dict.fromkeys(found):
        told += bool("".join(element.itertext()).strip() or element.get(f"{_T}string-value"))
        tail = element.tail  # what follows it in its line hangs on it
        element.clear()
        element.tag, element.tail = f"{_T}span", tail
    return told


def _styles(parts: Sequence[Any]) -> dict[str, bool]:
    told: dict[str, bool | None] = {}
    above: dict[str, str] = {}
    for part in parts:
        for style in part.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            look = style.find(f"{_STYLE}text-properties")
            said = look.get(_DISPLAY) if look is not None else None
            told[name] = said == "none" if said else None
            above[name] = style.get(f"{_STYLE}parent-style-name", "")
    return _inherited(told, above)


def _is_hidden(element: Any) -> bool:
    said = element.get(f"{_T}is-hidden")
    return bool(said == "true" if said else element.get(_DISPLAY) == "none")
