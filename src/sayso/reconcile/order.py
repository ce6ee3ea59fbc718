"""Before and after, among documents: the one place that compares moments of publication.

A moment without a zone is read as UTC. A day without a time counts as the end of that day: only
then is it certain that the document was known. A document without a readable date comes before all
others, and is known at no moment that anyone asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from sayso.errors import SettingsError
from sayso.records import Claim, Document

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)

Key = tuple[datetime, str]
"""What documents are sorted by: the moment of publication, then the id."""


def moment(text: str | None) -> datetime | None:
    """The moment that an ISO date or date-time means; None when there is none to be read."""
    if not text:
        return None
    try:
        if len(text) <= 10:
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def key(document: Document) -> Key:
    """Where a document stands among all others."""
    return moment(document.published) or BEFORE_ALL, document.id


def day(document: Document) -> date | None:
    """The day of publication, None when undated."""
    found = moment(document.published)
    return found.date() if found else None


def ordered(documents: Iterable[Document]) -> list[Document]:
    """The documents, oldest first, each id once."""
    return sorted({document.id: document for document in documents}.values(), key=key)


def known(documents: Sequence[Document], as_of: str | None) -> list[Document]:
    """The documents published by that moment, oldest first; all of them when no moment is given.

    Raises `SettingsError` when `as_of` is not a date or date-time.
    """
    if as_of is None:
        return ordered(documents)
    limit = moment(as_of)
    if limit is None:
        raise SettingsError(f"{as_of!r} is not a date (2031-03-04) or date-time (2031-03-04T12:00)")
    published = ((document, moment(document.published)) for document in documents)
    return ordered(document for document, at in published if at is not None and at <= limit)


def posted(claims: Iterable[Claim], as_of: str | None) -> tuple[Claim, ...]:
    """The claims of a document that were known by a moment: without those of its later posts."""
    limit = moment(as_of)
    if limit is None:
        return tuple(claims)
    return tuple(c for c in claims if (at := moment(c.posted)) is None or at <= limit)


def posts(document: Document, claims: Iterable[Claim]) -> list[tuple[Document, list[Claim]]]:
    """A document with its claims, or each of its posts as a document of its moment with those of
    that post, the earliest first."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.posted or "", []).append(claim)
    each = [
        (replace(document, id=post_id(document.id, at), published=at) if at else document, those)
        for at, those in found.items()
    ]
    return sorted(each, key=lambda part: key(part[0]))


def post_id(document: str, posted: str | None) -> str:
    """What a post goes by among the figures of an incident."""
    return f"{document}#{posted}" if posted else document
