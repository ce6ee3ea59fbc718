"""Records as lines of JSON, the same characters for the same record, and back."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from sayso.records import Document, Evidence, Kind, Record

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="deterministic")


def encode(record: Record | dict[str, Any]) -> str:
    """One line of JSON for a record: the same record always gives the same characters."""
    return _encoder.encode(record).decode("utf-8")


def fingerprint(record: Record | dict[str, object]) -> str:
    """16 hex digits of the SHA-256 of the JSON of a record, or of its fields in their order:
    another for whatever differs in it."""
    written = msgspec.json.encode(record) if isinstance(record, dict) else _encoder.encode(record)
    return hashlib.sha256(written).hexdigest()[:16]


def claim_id(document: str, evidence: Evidence, kind: Kind, *what: str) -> str:
    """The id of a claim of this document, by what it is: the same reading of the same words always
    has the same."""
    parts = (document, str(evidence.start), str(evidence.end), kind, *what)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def version(document: Document) -> Document:
    """Another text under an id that is taken: the document by that id, `~`, and the first 8 hex
    digits of the SHA-256 of its text."""
    text = hashlib.sha256(document.text.encode()).hexdigest()
    return msgspec.structs.replace(document, id=f"{document.id}~{text[:8]}")


def decode(line: str | bytes, kind: type[T]) -> T:
    """The record of that kind in one line of JSON.

    Raises `msgspec.ValidationError` or `msgspec.DecodeError`, with the offending path, on anything
    that is not exactly such a record.
    """
    try:
        return msgspec.json.decode(line, type=kind)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error
