"""Where sentences of a text end and begin, and where it owns to an error."""

from __future__ import annotations

import re

import numpy as np

from sayso.lexicon import LANGUAGE, words
from sayso.reconcile.imprinting.numbers import places, places_in
from sayso.records import Evidence, Sentences

_MARK = re.compile(r"[.!?\n]")
_END = re.compile(r"[.!?][”\"')]?\s+|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+")


def sentences(text: str) -> Sentences:
    """Those of a text."""
    owning = words("corrections", "words", LANGUAGE)
    return Sentences(
        marks=places(m.start() for m in _MARK.finditer(text)),
        begins=places(m.end() for m in _END.finditer(text)),
        errors=places(m.start() for m in _WORD.finditer(text) if m[0].lower() in owning),
    )


def parted(held: Sentences, first: int, then: int) -> bool:
    """Whether a sentence ends between the one place in a text and the other."""
    return _any(held.marks, first, then)


def owns_to_an_error(held: Sentences, evidence: Evidence) -> bool:
    """Whether the sentence that has this evidence, or the next one, says that an earlier figure was
    wrong."""
    begins = places_in(held.begins)
    before = int(np.searchsorted(begins, evidence.start, "right"))
    after = int(np.searchsorted(begins, evidence.end, "right")) + 1
    start = int(begins[before - 1]) if before else 0
    until = int(begins[after]) if after < len(begins) else None
    return _any(held.errors, start, until)


def _any(held: bytes, start: int, until: int | None) -> bool:
    """Whether any of these places is from the one on and before the other."""
    found = places_in(held)
    at = int(np.searchsorted(found, start, "left"))
    return at < len(found) and (until is None or int(found[at]) < until)
