"""JSON that programs and databases of news write, to the articles in it: one, a list, or lines.

Fields go by the names of `data/en/pages.toml`, as the columns of a table do: those of news-please,
MediaCloud and LexisNexis are among them. A list may stand under one of the names given there.
What names articles without their texts, as GDELT does, is said to.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import lines, telegram
from sayso.ingest.articles import guarded
from sayso.ingest.characters import decode
from sayso.ingest.fragments import fragment, is_marked_up
from sayso.ingest.fragments import lines as blocks
from sayso.lexicon import LANGUAGE, table
from sayso.records import Capture, Problem

Found = tuple[str, Capture] | Problem

DEEPEST = 4
"""Objects within objects in which a list of articles is looked for."""

_LIST = re.compile(r"\[\s*(?=\{)")
_MARKUP = re.compile(r"\s*<[?!a-zA-Z]")


def documents(data: bytes, where: str, named: Mapping[str, str]) -> Iterator[Found]:
    """The articles in a file of JSON with where each stands, and problems."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        try:
            data = decode(data).encode()
        except InputError as error:
            yield Problem(input=where, message=str(error))
            return
    try:
        top = _opened(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if data.lstrip().startswith(b"{") and _opens(data.lstrip().partition(b"\n")[0]):
            yield from lines.documents([data], where, mapped(named))
        else:
            yield from _broken(data, where, named, error)
        return
    if isinstance(top, dict) and telegram.is_chat(top):
        yield from telegram.documents(top, where)
        return
    each = _listed(top, 0)
    if each is not None and isinstance(top, dict) and _says(top, named):
        yield from guarded(_own(data, where, named), where, "an article")
    yield from _articles(each, data, top, where, named)


def _articles(
    each: list[msgspec.Raw] | None, data: bytes, top: Any, where: str, named: Mapping[str, str]
) -> Iterator[Found]:
    """The articles of a list; of none the one that the whole is."""
    if each is None and not isinstance(top, dict):
        yield Problem(input=where, message="has no article in it: it is no object and no list")
        return
    if each is None and not _has_text(top, named):
        keys = ", ".join(list(top)[:12]) or "nothing"
        message = f"has no article in it that Sayso knows; it has {keys}: name its text by --column"
        yield Problem(input=where, message=message)
        return
    textless = []
    whole = each is None
    found = False
    for number, raw in enumerate([msgspec.Raw(data)] if each is None else each, 1):
        place = where if whole else f"{where}:{number}"
        for one in guarded(_article(raw, place, named), place, "an article"):
            if one is None:
                textless.append(place)
            else:
                found = found or not isinstance(one, Problem)
                yield one
    if textless and not found:
        message = f"names {len(textless):,} articles and has the text of none"
        yield Problem(input=where, message=f"{message}: add them by their addresses")
    else:
        yield from (Problem(input=place, message="has no text") for place in textless)


def _own(data: bytes, where: str, named: Mapping[str, str]) -> Iterator[Found]:
    """The article that an object is, beside those in its lists."""
    yield from (found for found in _article(msgspec.Raw(data), where, named) if found is not None)


def _says(top: Mapping[str, Any], named: Mapping[str, str]) -> bool:
    """Whether an object has a text of its own, beside the articles in it."""
    lists = table("pages", LANGUAGE)["lists"]
    known = [named.get("text", "").strip().lower(), *table("pages", LANGUAGE)["columns"]["text"]]
    keys = {key.strip().lower(): bytes(raw)[:1] for key, raw in top.items()}
    return any(keys.get(name) == b'"' for name in known if name not in lists)


def _article(raw: msgspec.Raw, where: str, named: Mapping[str, str]) -> Iterator[Found | None]:
    """The document of an object; None where it has no text."""
    said = told(msgspec.json.decode(raw, type=dict[str, Any]), named)
    if not str(said.get("text") or "").strip():
        yield None
        return
    for found in lines.document(msgspec.json.encode(said), where):
        if isinstance(found, Problem):
            yield found
        else:
            yield found[0], replace(found[1], raw=bytes(raw).strip())


def mapped(named: Mapping[str, str]) -> lines.Mapped:
    """What names the fields of a line anew: of one that has no text by that name, and wherever
    somebody has `named` them."""

    def again(line: bytes) -> bytes | None:
        try:
            item = msgspec.json.decode(line, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        if item.get("text") and not named:
            return None
        said = told(item, named)
        return msgspec.json.encode(said) if said.get("text") else None

    return again


def told(item: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an article, by what the keys of an object are called, or `named`."""
    inner = item.get("_source")
    item = inner if isinstance(inner, dict) else item
    keys = {key.strip().lower(): value for key, value in item.items()}
    found: dict[str, Any] = {}
    for name, known in table("pages", LANGUAGE)["columns"].items():
        names = [named[name].strip().lower()] if name in named else known
        values = (_plain(keys[key]) for key in names if key in keys)
        value = next((value for value in values if value not in (None, "")), None)
        if value is not None:
            found[name] = value
    if isinstance(found.get("text"), str):
        if _MARKUP.match(found["text"]):
            found["text"] = _unmarked(found["text"])
        elif is_marked_up(found["text"]):
            found["text"] = fragment(found["text"])
    return found


def _has_text(keys: Mapping[str, Any], named: Mapping[str, str]) -> bool:
    known = table("pages", LANGUAGE)["columns"]
    names = {named.get("text", "").strip().lower(), *known["text"], *known["url"], "_source"}
    return any(key.strip().lower() in names for key in keys)


def _plain(value: Any) -> Any:
    """What stands in a field as text or number: of several names all, of an object what it is
    called or holds."""
    if isinstance(value, dict):
        keys = {key.lower(): inner for key, inner in value.items()}
        return next((_plain(keys[key]) for key in _INNER if key in keys), None)
    if isinstance(value, list):
        parts = [str(part) for part in map(_plain, value) if part not in (None, "")]
        return ", ".join(parts) or None
    return value


_INNER = ("name", "content", "text", "title", "$date", "$oid", "$numberlong")
"""What an object in a field says that is all of it; behind a dollar, as MongoDB writes it."""


def _unmarked(text: str) -> str:
    """The paragraphs of a text that is marked up, as LexisNexis has it (NITF)."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(text.strip().encode(), parser)
    if root is None or (isinstance(root.tag, str) and is_marked_up(f"<{root.tag}>")):
        return fragment(text)  # HTML, which may be a row of paragraphs
    for name in ("body.content", "bodyText", "body"):
        bodies = root.xpath("//*[local-name()=$name]", name=name)
        if bodies:
            root = bodies[0]
            break
    return blocks(root)


def _opened(data: bytes | msgspec.Raw) -> dict[str, msgspec.Raw] | list[msgspec.Raw] | Any:
    """An object or a list whose parts are left as they are; what else it is."""
    start = bytes(data[:200]).lstrip()[:1] if isinstance(data, bytes) else bytes(data)[:1]
    if start == b"{":
        return msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    if start == b"[":
        return msgspec.json.decode(data, type=list[msgspec.Raw])
    return msgspec.json.decode(data)


def _opens(line: bytes) -> bool:
    try:
        return isinstance(_opened(line), dict)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def _listed(top: Any, depth: int) -> list[msgspec.Raw] | None:
    """The articles of the lists in an object, or the list that it is; None where there is none."""
    if isinstance(top, list):
        return top
    if not isinstance(top, dict) or depth > DEEPEST:
        return None
    lower = {key.lower(): raw for key, raw in top.items()}
    each: list[msgspec.Raw] = []
    for name in table("pages", LANGUAGE)["lists"]:
        raw = bytes(lower.get(name, b"")).lstrip()
        if raw[:1] in (b"[", b"{"):
            found = _listed(_opened(raw), depth + 1)
            if found and bytes(found[0]).lstrip()[:1] == b"{":
                each += found
    return each or None


def _mended(told: Any, raw: bytes) -> bytes:
    """An object with null for the numbers that JSON does not have and Python's own writer puts
    there (NaN); as it is where it has half a character in it."""
    try:
        return msgspec.json.encode(told)
    except UnicodeEncodeError:
        return raw


def _begun(
    head: str, each: list[msgspec.Raw], data: bytes, where: str, named: Mapping[str, str]
) -> Iterator[Found]:
    """The articles of a list that breaks off, or the messages of a chat, by what stands before."""
    try:
        keys = msgspec.json.decode(f"{head}[]}}", type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        keys = {}
    if telegram.is_chat(keys) and not bytes(keys.get("messages", b"")).strip(b"[] "):
        messages = msgspec.Raw(b"[" + b",".join(map(bytes, each)) + b"]")
        yield from telegram.documents({**keys, "messages": messages}, where)
    else:
        yield from _articles(each, data, each, where, named)


def _broken(data: bytes, where: str, named: Mapping[str, str], error: Exception) -> Iterator[Found]:
    """The articles of a list up to where it is no JSON any more."""
    said = " ".join(str(error).split())[:120]
    text = data.decode("utf-8", "replace")
    begins = _LIST.search(text)
    at = begins.end() if begins else len(text)
    reader = json.JSONDecoder()
    each = []
    while text.startswith("{", at):
        try:
            told, end = reader.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        raw = text[at:end].encode("utf-8", "replace")
        each.append(msgspec.Raw(raw if _opens(raw) else _mended(told, raw)))
        at = end + len(text[end : end + 100]) - len(text[end : end + 100].lstrip(" \t\r\n,"))
    if each:
        yield from _begun(text[: begins.start()] if begins else "", each, data, where, named)
        message = f"is no JSON behind its first {len(each):,} articles: {said}"
        yield Problem(input=where, message=message)
    else:
        yield Problem(input=where, message=f"is not JSON: {said}")
