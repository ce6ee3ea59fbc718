"""Files in which a press database gives the articles that somebody asked for, one after another, as
Nexis Uni does in documents of Word's, PDFs and plain text: to the articles in them.

Over the text of each stand its title, its outlet, its day and some fields; behind it stands a line
that ends it. What stands before the first is the list of what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from sayso.ingest.articles import content_id, fault
from sayso.ingest.moments import moment, moments
from sayso.lexicon import LANGUAGE, table
from sayso.records import Document, Problem

_MARKS = re.compile(r"^(?:#+|-)\s+")


def parted(document: Document, where: str) -> Iterator[tuple[str, Document] | Problem]:
    """The articles of such a file, each with where it stands, and problems; the document itself
    where it is none."""
    lines = [_MARKS.sub("", line).strip() for line in document.text.split("\n")]
    ends = [n for n, line in enumerate(lines) if _line("ends").fullmatch(line)]
    lengths = sum(_field("length").match(line) is not None for line in lines)
    if not ends or lengths < len(ends):
        yield where, document
        return
    raw = document.text.split("\n")
    starts = [0, *(end + 1 for end in ends)]
    if any(lines[starts[-1] :]):
        ends.append(len(lines))
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), 1):
        yield from _article(raw[start:end], lines[start:end], document, f"{where}:{number}")
    if ends[-1] == len(lines):
        yield Problem(input=where, message="breaks off within its last article")


def _article(
    raw: Sequence[str], lines: Sequence[str], whole: Document, where: str
) -> Iterator[tuple[str, Document] | Problem]:
    body = next((n for n, line in enumerate(lines) if _line("body").fullmatch(line)), None)
    if body is None:
        yield Problem(input=where, message="has no text: it may be a part of a list")
        return
    dated = max((n for n, line in enumerate(lines[:body]) if moments(line)), default=None)
    above = [line for line in lines[: body if dated is None else dated] if line]
    behind = next(
        (n for n, line in enumerate(lines) if n > body and _field("behind").match(line)), len(lines)
    )
    fields = {name: _said(lines[:body], name) for name in ("byline", "dateline")}
    text = "\n".join(raw[body + 1 : behind]).strip("\n")
    text = f"{fields['dateline']} — {text}" if fields["dateline"] else text
    if why := fault(text):
        yield Problem(input=where, message=why)
        return
    outlet = above[-1] if dated is not None and above else None
    yield (
        where,
        replace(
            whole,
            id=content_id(outlet, text),
            text=text,
            title=above[-2] if outlet and len(above) > 1 else None,
            outlet=outlet,
            published=None if dated is None else moment(lines[dated]),
            byline=fields["byline"],
            blocks=(),
        ),
    )
    if dated is None:
        yield Problem(
            input=where, message="is kept without its date, title and outlet: none is found"
        )


def _said(lines: Sequence[str], name: str) -> str | None:
    found = next((match for line in lines if (match := _field(name).match(line))), None)
    return found[1].strip() or None if found else None


@cache
def _line(name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, table("pages", LANGUAGE)["collected"][name]))
    return re.compile(rf"(?:{words})", re.IGNORECASE)


@cache
def _field(name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, table("pages", LANGUAGE)["collected"][name]))
    return re.compile(rf"(?:{words}):\s*(.*)", re.IGNORECASE)
