"""The imprint of a text, and of a document whatever is at hand of it, its text or its imprint."""

from __future__ import annotations

from functools import lru_cache

from sayso.reconcile.imprinting import calling, credit, parts, sentences, sequences
from sayso.records import FORM, Calls, Document, Imprint, Imprinted, Parts, Sentences, Sequences

_OF_INCIDENT = 1000  # texts of one incident, of which names are asked again and again
_AT_ONCE = 8  # texts of which all accounts are compared one after another


def imprint(text: str) -> Imprint:
    """All that incidents are derived from of a text; nothing but the text goes into it."""
    return Imprint(
        form=FORM,
        length=len(text),
        agency=credit.credited(text),
        sequences=sequences.sequences(text),
        parts=parts.parts(text),
        calls=calling.calls(text),
        sentences=sentences.sentences(text),
    )


def imprinted(document: Document) -> Imprinted:
    """A document with its imprint in place of its text."""
    fields = {name: getattr(document, name) for name in Document.__struct_fields__}
    made = document.imprint if isinstance(document, Imprinted) else imprint(document.text)
    return Imprinted(**{**fields, "text": "", "imprint": made})


def length(document: Document) -> int:
    """How many characters the text of a document has."""
    return document.imprint.length if isinstance(document, Imprinted) else len(document.text)


def agency_of(document: Document) -> str | None:
    """The agency that the text of a document names as its own."""
    if isinstance(document, Imprinted):
        return document.imprint.agency
    return _agency(document.text)


def sequences_of(document: Document) -> Sequences:
    """The sequences of words of a document."""
    if isinstance(document, Imprinted):
        return document.imprint.sequences
    return sequences.sequences(document.text)


def parts_of(document: Document) -> Parts:
    """The words of a document."""
    return document.imprint.parts if isinstance(document, Imprinted) else _parts(document.text)


def calls_of(document: Document) -> Calls:
    """Whom a document calls what."""
    return document.imprint.calls if isinstance(document, Imprinted) else _calls(document.text)


def sentences_of(document: Document) -> Sentences:
    """The sentences of a document."""
    if isinstance(document, Imprinted):
        return document.imprint.sentences
    return _sentences(document.text)


_agency = lru_cache(_OF_INCIDENT)(credit.credited)
_parts = lru_cache(_AT_ONCE)(parts.parts)
_calls = lru_cache(_OF_INCIDENT)(calling.calls)
_sentences = lru_cache(_OF_INCIDENT)(sentences.sentences)
