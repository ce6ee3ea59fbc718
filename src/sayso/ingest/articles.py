"""What every document must satisfy, whatever kind of file it came from.

The one place for the limit on a text, for the id of a document that came without one, and for what
is no title. It reads no files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from sayso.lexicon import LANGUAGE, table
from sayso.records import Problem

T = TypeVar("T")

LONGEST_TEXT = 1_000_000
"""Characters: far beyond any article."""

LONGEST_ID = 500
"""Characters. A database looks documents up by their ids, and PostgreSQL takes no long ones."""


def content_id(outlet: str | None, text: str) -> str:
    """The id of a document that has none: 16 hex digits of the SHA-256 of outlet and text."""
    return hashlib.sha256(f"{outlet or ''}\n{text}".encode()).hexdigest()[:16]


def address_id(url: str) -> str:
    """The id of a document that was fetched: 16 hex digits of the SHA-256 of its address, so that
    what stands there at another time is another version of it."""
    return hashlib.sha256(f"url\n{url}".encode()).hexdigest()[:16]


def fault(text: str) -> str | None:
    """Why this text cannot be read, in words, or `None` where it can."""
    if not text.strip():
        return "has no text"
    if len(text) > LONGEST_TEXT:
        return f"is longer than {LONGEST_TEXT:,} characters"
    return None


_SOFT = re.compile(r"\xad(?:[ \t]*\r?\n)?")


def unbroken(text: str) -> str:
    """The text without soft hyphens, which only say where a word may break, and with the words
    whole that are broken there."""
    return _SOFT.sub("", text)


def title_told(said: str) -> str | None:
    """What a file says of itself as its title, in one line; None where nobody wrote it, but a
    program: "untitled", "Document1", the name of a file."""
    said = " ".join(said.split())
    none = "|".join(table("pages", LANGUAGE)["no_titles"])
    return None if not said or re.fullmatch(none, said, re.IGNORECASE) else said


def sound(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def unread(where: str, what: str, error: Exception) -> Problem:
    """The problem with an input in which reading failed as nobody foresaw. Libraries meet every way
    that a file can be broken, and so does our own code: the kind of the error is told, so that a
    fault of ours is not taken for one of the file's."""
    detail = " ".join(sound(str(error)).split())
    message = f"cannot be read as {what}: {type(error).__name__}"
    return Problem(input=where, message=f"{message}: {detail}"[:300] if detail else message)


def guarded(found: Iterable[T], where: str, what: str) -> Iterator[T | Problem]:
    """What is found in one input, and where that fails midway a problem in place of the rest."""
    try:
        yield from found
    except Exception as error:
        yield unread(where, what, error)
