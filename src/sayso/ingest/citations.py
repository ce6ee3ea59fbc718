"""RIS, as databases of the press write the articles that somebody found, by rispy.

The text of a record is its abstract and its notes, each a paragraph: databases put the article in
either. One that has neither is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest import lines
from sayso.ingest.articles import guarded
from sayso.ingest.characters import decode
from sayso.records import Capture, Problem

Found = tuple[str, Capture] | Problem

_BEGINS = re.compile(r"^\s*TY  ?-", re.MULTILINE)
_ENDS = re.compile(r"^\s*ER  ?-", re.MULTILINE)
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:/.*)?$")

_TEXTS = ("abstract", "notes_abstract", "notes", "research_notes")
_FIELDS = {
    "id": ("id", "accession_number"),
    "title": ("title", "primary_title"),
    "outlet": ("journal_name", "secondary_title", "alternate_title3", "publisher"),
    "published": ("date", "publication_year", "year"),
    "url": ("urls",),
    "language": ("language",),
    "byline": ("authors", "first_authors"),
}


def documents(data: bytes, where: str) -> Iterator[Found]:
    """The articles of a file of RIS with where each stands, and problems."""
    try:
        text = decode(data)
    except InputError as error:
        yield Problem(input=where, message=str(error))
        return
    starts = [found.start() for found in _BEGINS.finditer(text)]
    if not starts:
        yield Problem(input=where, message="has no record of RIS in it")
        return
    if text[: starts[0]].strip("\ufeff \r\n\t"):
        yield Problem(input=where, message="has lines before its first record, which are of none")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
        place = f"{where}:{number}"
        yield from guarded(_record(text[start:end], place), place, "a record of RIS")


def _record(text: str, where: str) -> Iterator[Found]:
    import rispy

    ends = _ENDS.search(text)
    whole = text[: ends.start()] if ends else text
    (record,) = rispy.loads(f"{whole.rstrip()}\nER  - \n", skip_unknown_tags=True)
    said = {name: _first(record, keys) for name, keys in _FIELDS.items()}
    said["text"] = _text(record)
    if slashed := _SLASHES.match(said["published"] or ""):
        year, month, day = slashed.groups()
        said["published"] = f"{year}-{int(month):02}-{int(day):02}"
    for found in lines.document(msgspec.json.encode(said), where):
        if isinstance(found, Problem):
            yield found
        else:
            yield found[0], replace(found[1], raw=text.encode())
    if not ends:
        yield Problem(input=where, message="breaks off: it has no end of record")
    elif text[ends.end() :].strip(" -\r\n\t"):
        yield Problem(input=where, message="has lines behind its end, which are of no record")


def _text(record: dict[str, Any]) -> str:
    """The abstract and the notes, but for those that another has in it."""
    texts = {" ".join(text.split()): text for key in _TEXTS if (text := _first(record, (key,)))}
    kept = (text for said, text in texts.items()
            if not any(said in other and said != other for other in texts))  # fmt: skip
    return "\n\n".join(kept)


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """What the first of these fields says; of several values all, of links the first."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, list):
            value = value[0] if key == "urls" and value else "\n".join(map(str, value))
        if value:
            return str(value)
    return None
