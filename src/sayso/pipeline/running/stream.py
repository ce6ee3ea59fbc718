"""One document after another: who reads them, what passes through beside them, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from sayso.records import Capture, Document, Problem, Reading

T = TypeVar("T")
Item = TypeVar("Item")

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is, in any unit; 0 for an unknown whole."""


class Reads(Protocol):
    """A reader, or several that are one: see `reading.Reader` and `workers.Team`."""

    name: str

    def each(self, items: Iterable[Item]) -> Iterator[tuple[Item, Reading | Problem | None]]:
        """Each item with what it says, see `Reader.each`."""

    def attempt(self, document: Document) -> Reading | Problem:
        """What one says, see `Reader.attempt`."""


def read_all(
    reader: Reads, documents: Iterable[Document | Problem]
) -> Iterator[tuple[Document, Reading] | Problem]:
    """Each document with its reading, in order; problems pass through, and one bad document becomes
    a problem without stopping the rest."""
    for item, found in reader.each(documents):
        if isinstance(item, Problem):
            yield item
        elif isinstance(found, Reading):
            yield item, found
        elif found is not None:
            yield found


def document_of(item: object) -> Document | None:
    """The document that an item is or brings; None where it is neither."""
    if isinstance(item, Capture):
        return item.document
    return item if isinstance(item, Document) else None


def counted(items: Iterable[T], total: int, progress: Progress | None) -> Iterator[T]:
    """The same items, told to `progress` as they pass."""
    for number, item in enumerate(items, 1):
        if progress is not None:
            progress(number, total)
        yield item
