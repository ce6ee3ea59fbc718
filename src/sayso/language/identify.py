"""In which language a text is written, by py3langid.

A text in a language that is not read is set aside, never misread. The text itself tells, where it
is long enough; a page that declares a language often has it from a template.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH = 200
"""Characters; a headline is too short to tell."""

LOOKED_AT = 4000
"""Characters that tell: what follows is of the same language, or of several."""

SURE = 0.95
"""How likely the language has to be, as py3langid has it, from 0 to 1."""


def language(text: str) -> str | None:
    """The language of a text, as ISO 639-1 has it; None where it cannot be told for sure."""
    looked_at = text[:LOOKED_AT].strip()
    if len(looked_at) < ENOUGH:
        return None
    # Wire reports in capitals are taken for languages that are written with few small letters.
    if looked_at.isupper():
        looked_at = looked_at.lower()
    found, sure = _identifier().classify(looked_at)
    return str(found) if sure >= SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
