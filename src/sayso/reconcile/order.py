"""Before and after, among documents: the one place that compares moments of publication.

A moment without a zone is read as UTC. A day without a time counts as the end of that day: only
then is it certain that the document was known. A document without a readable date comes before all
others, and is known at no moment that anyone asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from sayso.errors import SettingsError
from sayso.records import Document

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
