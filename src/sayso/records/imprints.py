"""What incidents are derived from of a text, without the text."""

from __future__ import annotations

from sayso.records.base import Record
from sayso.records.documents import Document

FORM = 1
"""Of the imprints that this version makes and understands."""


class Sequences(Record, frozen=True, kw_only=True):
    """What copies are found by: every sequence of five words as a number of 64 bits, sorted, each
    once; of these the `quoted`, that stand in quotation marks alone, and those `joined` only where
    quotations are left out. `opening` is the number of how the text begins."""

    opening: int
    whole: bytes
    quoted: bytes
    joined: bytes


class Parts(Record, frozen=True, kw_only=True):
    """What accounts are compared by: the numbers of the `words` of the text, sorted, each once;
    where its parts, which are sentences, begin, whether a paragraph does there, and how many words
    and words of names are `told` in it, four numbers of 32 bits for each; and of each part those
    words, and the `names` among them, by their places in `words`, sorted."""

    words: bytes
    parts: bytes
    told: bytes
    names: bytes


class Calls(Record, frozen=True, kw_only=True):
    """Whom a text may mean by a short name: the numbers of the phrases that may name a body, each
    with its `places`; and those of the names of `people` whom it introduces, each with where it
    stands first, where the sentence begins that calls a body "its" before that, and how many words
    of `offices` introduce it."""

    bodies: bytes
    places: bytes
    people: bytes
    firsts: bytes
    offices: bytes


class Sentences(Record, frozen=True, kw_only=True):
    """The places of marks that end sentences, of where sentences begin, and of the words by which a
    text owns to an error; numbers of 32 bits, sorted."""

    marks: bytes
    begins: bytes
    errors: bytes


class Imprint(Record, frozen=True, kw_only=True):
    """All that incidents are derived from of a text: numbers that stand for its words, not in its
    order but for `calls`, and places. Of its words only the `agency` that it names as its own is
    there.

    A number is a plain hash, and is no secret: whoever guesses a word can tell whether it is there,
    and who knows five words in a row can try what follows. Numbers are little-endian. `form` is the
    version of all this.
    """

    form: int
    length: int
    agency: str | None
    sequences: Sequences
    parts: Parts
    calls: Calls
    sentences: Sentences


class Imprinted(Document, frozen=True, kw_only=True):
    """A document whose text is not at hand, with the imprint of it; `text` is what is known of it
    by quotations, if it is anything."""

    imprint: Imprint
